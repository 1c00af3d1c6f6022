#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# From nothing to an audit report: simulates a dataset in the NIH layout with the predictions of two
# models, ingests it, chooses thresholds on one half of the patients and audits on the other.
# Starts afresh every time, so it may be interrupted and repeated.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly cxr=.build/release/cxr data=demo-audit-data report=reports/demo-audit
export CXR_CATALOG=$data/audit.sqlite

step=0
run() {
  step=$((step + 1))
  printf '\n==> %d of 9: cxr %s\n' "$step" "$*"
  "$cxr" "$@"
}

[[ -x $cxr ]] || {
  echo "demo-audit: $cxr is missing; run 'make build' first." >&2
  exit 66
}
printf '==> Audit: nine commands, about a minute. Data go to %s/, the report to %s/.\n' \
  "$data" "$report"
rm -rf "$data" "$report"
mkdir -p "$data" "$(dirname "$report")"

run phantom --only nih --out $data --patients 2000 --seed 7
run ingest nih --root $data/nih
run predictions import $data/nih/predictions-a.csv --dataset nih --model demo-a
run predictions import $data/nih/predictions-b.csv --dataset nih --model demo-b
run split create --dataset nih --name demo --method group-shuffle --test-size 0.5 --seed 42
run thresholds select --dataset nih --model demo-a --split demo:train
run thresholds select --dataset nih --model demo-b --split demo:train
run audit --dataset nih --model demo-a --model demo-b --labels eight --split demo:test \
  --group sex --age-bins 18,40,60,80 --bootstrap 200 --seed 7
run report --dataset nih --model demo-a --model demo-b --labels eight --split demo:test \
  --group sex --group age --group 'sex*age' --age-bins 18,40,60,80 --bootstrap 1000 --seed 7 \
  --out $report

printf '\n==> Done in %d seconds. Open %s/index.html; the catalog is %s.\n' \
  "$SECONDS" "$report" "$CXR_CATALOG"
