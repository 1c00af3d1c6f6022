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
# Benchmarks and fuzzers are programs of this package too, but nobody installs them.
find "$out/man1" -type f ! -name 'cxr.1' ! -name 'cxr.*.1' -delete
# Help comes as plain text: empty lines become paragraphs, indented lines keep their breaks.
for page in "$out"/man1/*.1; do
  awk '
    function close_block() { if (literal) print ".Ed"; literal = 0 }
    /^\.Os/ { print; print ".nh"; next }
    /^  / {
      if (blank) print ".Pp"
      if (!literal) print ".Bd -literal -compact"
      literal = 1; blank = 0
      gsub(/-/, "\\-"); print; next
    }
    { close_block() }
    /^$/ { blank = 1; next }
    /^\.Bl/ { print ".Pp"; blank = 0 }
    blank { print ".Pp"; blank = 0 }
    { print }
    END { close_block() }
  ' "$page" >"$out/page"
  mv "$out/page" "$page"
done

# Where the program has no words to offer, most options name a file or a folder.
"$cxr" --generate-completion-script bash |
  sed 's/^complete -o filenames -F/complete -o filenames -o default -F/' >"$out/bash/cxr"
"$cxr" --generate-completion-script zsh |
  sed "s/\(:[a-z-]*:\)'\$/\1_files'/" >"$out/zsh/_cxr"
"$cxr" --generate-completion-script fish |
  sed -e "s/ -rfka ''\$/ -rF/" -e "/^complete -c 'cxr' -f\$/d" >"$out/fish/cxr.fish"
echo "==> $(find "$out/man1" -type f | wc -l) pages; read one with: man -l $out/man1/cxr.1"
