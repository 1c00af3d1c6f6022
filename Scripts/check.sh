#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Runs everything that a commit must pass and ends with a summary. Every step runs, even after a
# failure, so that one run tells the whole story.
set -uo pipefail
cd "$(dirname "$0")/.."

log=$(mktemp)
trap 'rm -f "$log"' EXIT
summary=() failures=0

step() {
  local name=$1 start=$SECONDS verdict=passed
  printf '\n==> check: %s\n' "$name"
  make --no-print-directory "$name" 2>&1 | tee "$log" || {
    verdict=FAILED
    failures=$((failures + 1))
  }
  summary+=("$(printf '%-6s %s in %d s' "$name" "$verdict" $((SECONDS - start)))")
  if [[ $name == test ]]; then
    while IFS= read -r line; do summary+=("       $line"); done \
      < <(grep 'Test run with' "$log")
  fi
}

Scripts/bootstrap.sh || exit
step lint
step test
step demo

printf '\n==> check: summary\n'
printf '    %s\n' "${summary[@]}"
if ((failures > 0)); then
  printf '==> check: %d of 3 steps failed.\n' "$failures"
  exit 1
fi
printf '==> check: everything passed in %d seconds.\n' "$SECONDS"
