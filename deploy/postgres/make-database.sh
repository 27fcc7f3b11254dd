#!/bin/sh
# Runs once, when the warehouse's volume is empty: the hub's own user and database. That user is no superuser, so that SQL which
# people send through the hub can read no file of this server. A password of a secret goes in by a variable, never by the text.
set -eu
psql --username "$POSTGRES_USER" --dbname postgres --set ON_ERROR_STOP=1 \
  --set password="$(cat /run/secrets/warehouse_password)" <<'SQL'
create role millrace login password :'password';
create database millrace owner millrace template template0 encoding 'UTF8' locale 'C';
revoke connect on database postgres from public;
SQL
