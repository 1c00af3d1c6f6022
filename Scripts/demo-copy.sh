#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Makes Documentation/Demo from the report of `make demo`, for visitors who look before they build: the
# text without its links into the HTML page, the figures as small pictures.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly report=reports/demo copy=Documentation/Demo

[[ -f $report/report.md ]] || {
  echo "demo-copy: $report/report.md is missing; run 'make demo' first." >&2
  exit 66
}
for tool in rsvg-convert pngquant; do
  command -v "$tool" >/dev/null || {
    echo "demo-copy: $tool is missing: apt-get install librsvg2-bin pngquant" >&2
    exit 69
  }
done

rm -rf "$copy"
mkdir -p "$copy/figures"
cp "$report/simulated.png" "$report/generated.png" "$copy/figures/"
for figure in "$report"/figures/*.svg; do
  rsvg-convert --width 900 --background-color white "$figure" |
    pngquant --nofs --speed 1 48 - >"$copy/figures/$(basename "$figure" .svg).png"
done
{
  printf '*This is the report of `make demo`, made by `make demo-copy`. Its patients are simulated: no\n'
  printf 'number in it says anything about medicine. The HTML page that the demo makes has this text and\n'
  printf 'these figures, links from each number to its predictions, and the tables as CSV and LaTeX.*\n\n'
  printf 'Simulated radiographs:\n\n![Simulated radiographs](figures/simulated.png)\n\n'
  printf 'Radiographs that the small diffusion model made of prompts, having learned from such:\n\n'
  printf '![Generated radiographs](figures/generated.png)\n\n'
  sed -E 's/\[([^][]*)\]\(index\.html[^)]*\)/\1/g; s/(figures\/[a-z0-9-]*)\.svg/\1.png/g' \
    "$report/report.md"
} >"$copy/README.md"
printf '==> %s: %s\n' "$copy" "$(du -sh "$copy" | cut -f1)"
