#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Copies the program, its libraries, man pages and completions below PREFIX (/usr/local), as
# packages of DESTDIR when that is given. `make install` builds all of it first.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly root=${DESTDIR:-}${PREFIX:-/usr/local} release=.build/release manual=.build/manual
put() { # MODE FILE... FOLDER
  local mode=$1 folder=${*: -1}
  install -d "$folder"
  install -m "$mode" "${@:2:$#-2}" "$folder"
}

put 755 $release/cxr "$root/bin"
for library in $release/libCXRTorch.so $release/libCXRMPI.so; do
  [[ ! -f $library ]] || put 644 "$library" "$root/lib"
done
put 644 $manual/man1/*.1 "$root/share/man/man1"
put 644 $manual/bash/cxr "$root/share/bash-completion/completions"
put 644 $manual/zsh/_cxr "$root/share/zsh/site-functions"
put 644 $manual/fish/cxr.fish "$root/share/fish/vendor_completions.d"
echo "==> Installed $root/bin/cxr"
