#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# A whole study on simulated radiographs, by one manifest: five sites, cohorts, splits, prompts, a
# generator trained from scratch, generated and checked images, four training strategies, five test
# sets, tables and figures. It may be interrupted and repeated: what is done is not done again.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly cxr=.build/release/cxr manifest=manifests/studies/phantom.yaml
readonly study=study-data/phantom report=reports/demo

[[ -x $cxr ]] || {
  echo "demo: $cxr is missing; run 'make build' first." >&2
  exit 66
}
printf '==> Demo: the study of %s.\n' "$manifest"
printf '    Data go to %s/, the report to %s/.\n\n' "$study" "$report"
"$cxr" study run "$manifest"
rm -rf "$report"
mkdir -p "$(dirname "$report")"
cp -r "$study/report" "$report"

# Radiographs that the generator learned from, and some that it made.
sheet() { "$cxr" images sheet --catalog "$study/study.sqlite" --count 12 --side 128 --seed 3 "$@"; }
sheet --cohort mimic-pa --split study:train --root "$study/phantoms/home/mimic-cxr" \
  --out "$report/simulated.png"
sheet --dataset synthetic --root "$study/generators/tiny/images" --out "$report/generated.png"

printf '\n==> Done in %d seconds. Open %s/index.html; a page of each test set is in\n' \
  "$SECONDS" "$report"
printf '    %s/evaluation/index.html, the catalog is %s/study.sqlite.\n' "$study" "$study"
printf '    %s/generated.png shows what the generator made.\n' "$report"
