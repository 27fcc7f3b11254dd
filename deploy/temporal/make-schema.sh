#!/bin/sh
# Makes Temporal's two databases, or brings them to this image's version. Safe to run again: what is there is left alone.
set -eu
SQL_PASSWORD="$(cat "$SQL_PASSWORD_FILE")"
export SQL_PASSWORD
for name in temporal visibility; do
  database=temporal
  [ "$name" = visibility ] && database=temporal_visibility
  tool() { temporal-sql-tool --plugin postgres12 --ep "$SQL_HOST" -p "$SQL_PORT" -u "$SQL_USER" --db "$database" "$@"; }
  tool create || true # it is there
  tool setup-schema -v 0.0 || true # it has been set up; a real failure shows in the next line
  tool update-schema -d "/etc/temporal/schema/postgresql/v12/$name/versioned"
done
