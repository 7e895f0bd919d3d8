#!/bin/sh
# Creates Temporal's schemas or brings them up to this server's version; does nothing where they are.
set -eu

schema=/etc/temporal/schema/mysql/v8

for pair in temporal:temporal temporal_visibility:visibility; do
  database=${pair%%:*}
  temporal-sql-tool --db "$database" setup-schema -v 0.0
  temporal-sql-tool --db "$database" update-schema -d "$schema/${pair##*:}/versioned"
done
