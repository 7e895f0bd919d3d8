#!/bin/bash
# Runs once, when the database is new. The migrator owns the schema; the API and the worker can change rows, never tables.
set -euo pipefail

for password in "$KEYTURN_MIGRATOR_PASSWORD" "$KEYTURN_API_PASSWORD" "$KEYTURN_WORKER_PASSWORD"; do
  if [[ ! "$password" =~ ^[A-Za-z0-9]{16,}$ ]]; then
    echo 'A Keyturn password must be 16 or more letters and digits: it becomes part of a URL.' >&2
    exit 1
  fi
done

MYSQL_PWD="$MYSQL_ROOT_PASSWORD" mysql --user=root <<SQL
CREATE USER keyturn_migrator@'%' IDENTIFIED BY '$KEYTURN_MIGRATOR_PASSWORD';
CREATE USER keyturn_api@'%' IDENTIFIED BY '$KEYTURN_API_PASSWORD';
CREATE USER keyturn_worker@'%' IDENTIFIED BY '$KEYTURN_WORKER_PASSWORD';
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, ALTER, INDEX, REFERENCES, TRIGGER, CREATE VIEW, SHOW VIEW
  ON keyturn.* TO keyturn_migrator@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON keyturn.* TO keyturn_api@'%', keyturn_worker@'%';
SQL
