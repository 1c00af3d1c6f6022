#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Writes a man page for each verb and completions for bash, zsh and fish into .build/manual, from the
# help of the program itself. Arguments are handed to `swift package`, such as --traits Torch.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly out=.build/manual swift=${SWIFT:-swift} cxr=.build/release/cxr
rm -rf "$out"
mkdir -p "$out/man1" "$out/bash" "$out/zsh" "$out/fish"
echo "==> Writing man pages into $out (a debug build the first time)."
"$swift" package "$@" plugin --allow-writing-to-directory "$out/man1" generate-manual \
  --multi-page --output-directory "$out/man1" >"$out/log" 2>&1 || {
  tail -20 "$out/log" >&2
  exit 1
}
"$cxr" --generate-completion-script bash >"$out/bash/cxr"
"$cxr" --generate-completion-script zsh >"$out/zsh/_cxr"
"$cxr" --generate-completion-script fish >"$out/fish/cxr.fish"
echo "==> $(find "$out/man1" -type f | wc -l) pages; read one with: man $out/man1/cxr.1"
