#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Feeds damaged files to each decoder under the address and leak sanitizers.
#
#   FUZZ_SECONDS   how long to feed each decoder, 60 by default
#   FUZZ_SEED      the seed of all inputs, 1 by default
#   FUZZ_DECODERS  which decoders, all by default
#
# Ends with the command that repeats the input at which a decoder crashed.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly seconds="${FUZZ_SECONDS:-60}" seed="${FUZZ_SEED:-1}"
readonly decoders="${FUZZ_DECODERS:-png jpeg dicom header}"
readonly scratch=.build/fuzz

say() { printf '==> %s\n' "$*"; }

say "Building CXRFuzz under the address sanitizer: a build of its own, 3 to 4 minutes the first time."
# shellcheck disable=SC2086
"${SWIFT:-swift}" build -c release --sanitize=address --scratch-path "$scratch" \
  --product CXRFuzz ${SWIFT_BUILD_FLAGS:-}

export LSAN_OPTIONS="suppressions=$PWD/Scripts/lsan.supp:print_suppressions=0"
for decoder in $decoders; do
  say "Feeding $decoder for $seconds seconds, seed $seed."
  state="$scratch/$decoder.number"
  if ! "$scratch/release/CXRFuzz" "$decoder" --seconds "$seconds" --seed "$seed" --state "$state"
  then
    say "It failed at input $(cat "$state") or leaked; repeat the input with"
    say "$scratch/release/CXRFuzz $decoder --seed $seed --only $(cat "$state")"
    exit 1
  fi
done
say "No decoder crashed or leaked."
