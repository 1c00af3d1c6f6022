#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Times cxr beside its peers in one run and prints ratios. Peers live in .venv, inputs in
# .build/bench; both are made when absent. Arguments are handed on: --full, --task NAME.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly data=.build/bench venv=.venv
say() { printf '==> %s\n' "$*"; }

if [[ ! -x $venv/bin/pip ]]; then
  rm -rf "$venv"
  python3 -m venv "$venv" || {
    echo "bench: Python 3.11 with venv is needed: apt-get install python3-venv" >&2
    exit 69
  }
fi
if ! cmp --silent Benchmarks/requirements.txt "$venv/installed.txt"; then
  say "Installing the peers into $venv (about a minute)."
  "$venv/bin/pip" install --quiet --disable-pip-version-check -r Benchmarks/requirements.txt
  cp Benchmarks/requirements.txt "$venv/installed.txt"
fi
command -v Rscript >/dev/null || say "R is absent: DeLong is timed beside NumPy instead of pROC" \
  "(apt-get install r-base-core r-cran-proc)."

Scripts/libtorch.sh
say "Building in release mode (3 to 4 minutes the first time)."
for product in cxr CXRBench CXRTorch; do
  ${SWIFT:-swift} build -c release --product "$product" ${TRAITS:---traits Torch} ${SWIFT_BUILD_FLAGS:-}
done

if [[ ! -f $data/complete || ! -d $data/pictures/store-64 || ! -d $data/diffusion ]]; then
  say "Making the inputs in $data (half a minute)."
  rm -rf "$data"
  "$venv/bin/python" Benchmarks/make_data.py "$data"
  mkdir -p "$data/nih"
  real=../shared/data/nih/Data_Entry_2017_v2020.csv.gz
  if [[ -f $real ]]; then
    cp "$real" "$data/nih/"
  else
    .build/release/cxr phantom --only nih --out "$data/phantom" --patients 34000 --seed 7
    mv "$data/phantom/nih/Data_Entry_2017_v2020.csv" "$data/nih/"
    rm -r "$data/phantom"
  fi
  pictures=$data/pictures
  .build/release/cxr phantom --only nih --out "$pictures" --patients 40 --images 1024 >/dev/null
  # As large as the JPEG files of MIMIC-CXR and CheXpert are.
  .build/release/cxr phantom --only chexpert --out "$pictures" --patients 12 --images 2304 >/dev/null
  .build/release/cxr ingest nih --root "$pictures/nih" --catalog "$pictures/cxr.sqlite" >/dev/null
  for side in 224 64; do
    .build/release/cxr images build --dataset nih --root "$pictures/nih" --side "$side" \
      --catalog "$pictures/cxr.sqlite" --out "$pictures/store-$side" >/dev/null
  done
  touch "$data/complete"
fi

say "Timing one after another; nothing else should run meanwhile (about five minutes)."
"$venv/bin/python" Benchmarks/run.py --bench .build/release/CXRBench \
  --cxr .build/release/cxr --data "$data" "$@"
# A single task was asked for when there is --task; curation is none of them.
[[ " $* " == *" --task"* ]] && exit
echo
"$venv/bin/python" Benchmarks/curation.py --cxr .build/release/cxr --data .build/bench-curation
