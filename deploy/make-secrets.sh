#!/bin/sh
# Writes a random secret into each file of secrets/ that is not there yet. The folder is for its owner alone; the files in it are
# readable, since a container's user (uid 1000, or the database's own) is not who started it.
set -eu
cd "$(dirname "$0")"
mkdir -p secrets
chmod 700 secrets
for name in warehouse_admin_password warehouse_password temporal_db_password cube_api_secret metrics_token; do
  [ -s "secrets/$name" ] && continue
  od -An -N24 -tx1 /dev/urandom | tr -d ' \n' >"secrets/$name"
  chmod 644 "secrets/$name"
  echo "wrote secrets/$name"
done
