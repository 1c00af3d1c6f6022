#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Puts libtorch's headers and libraries into .libtorch, for builds with the trait Torch: a link to
# the folder that CXR_LIBTORCH names or that Python's torch package has, or the parts that are
# needed of PyTorch's package for Python, which pip gets (200 MB). Exits 0 when libtorch is there,
# 69 when it cannot be had; cxr then builds without the verbs that train and generate.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly version="2.13.0"
readonly folder=".libtorch"

say() { printf '==> %s\n' "$*"; }
give_up() {
  printf 'libtorch: %s\n' "$@" >&2
  exit 69
}

is_libtorch() { [[ -e $1/lib/libtorch_cpu.so && -e $1/include/ATen/ATen.h ]]; }

found_version() {
  sed -n 's/^#define TORCH_VERSION_\(MAJOR\|MINOR\|PATCH\) //p' \
    "$folder/include/torch/headeronly/version.h" | paste -sd .
}

link_to() {
  [[ ! $1 -ef $folder ]] || return 0
  rm -rf "$folder"
  ln -s "$1" "$folder"
  say "libtorch: linked $1."
}

# The parts of the package that a C++ program needs; the rest serves Python.
unpack() {
  python3 - "$1" "$folder.part" <<'PYTHON'
import pathlib, sys, zipfile

wheel, target = sys.argv[1], pathlib.Path(sys.argv[2])
libraries = ("lib/libc10", "lib/libtorch.so", "lib/libtorch_c", "lib/libgomp", "lib/libshm",
             "lib/libtorch_global_deps", "lib/libcu", "lib/libnv")
with zipfile.ZipFile(wheel) as archive:
    for entry in archive.infolist():
        name = entry.filename.removeprefix("torch/")
        if name == entry.filename or entry.is_dir():
            continue
        if name.startswith("include/") or name.startswith(libraries):
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(entry) as source, open(path, "wb") as copy:
                while block := source.read(1 << 20):
                    copy.write(block)
    for entry in archive.namelist():
        if entry.endswith(("LICENSE", "NOTICE")) and ".dist-info/" in entry:
            (target / pathlib.Path(entry).name).write_bytes(archive.read(entry))
PYTHON
  mv "$folder.part" "$folder"
}

install_with_pip() {
  command -v python3 >/dev/null && python3 -m pip --version >/dev/null 2>&1 || give_up \
    "pip is not there, so libtorch cannot be installed." \
    "Unpack libtorch $version for C++ somewhere and set CXR_LIBTORCH to its folder."
  local download
  download=$(mktemp -d)
  # shellcheck disable=SC2064 # the folder's name is wanted as it is now
  trap "rm -rf '$download' '$folder.part'" EXIT
  say "libtorch: getting version $version with pip (200 MB)."
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: \
    --dest "$download" "torch==$version" || give_up \
    "pip could not get torch $version." \
    "Unpack libtorch $version for C++ somewhere and set CXR_LIBTORCH to its folder."
  rm -rf "$folder" "$folder.part"
  unpack "$download"/torch-*.whl
  say "libtorch: unpacked into $folder."
}

python_torch() {
  command -v python3 >/dev/null || return 0
  python3 -c 'import importlib.util as u; s = u.find_spec("torch"); print(s.submodule_search_locations[0] if s else "")' \
    2>/dev/null || true
}

if [[ -n ${CXR_LIBTORCH:-} ]]; then
  is_libtorch "$CXR_LIBTORCH" || give_up "CXR_LIBTORCH names $CXR_LIBTORCH, where libtorch is not." \
    "Name a folder with include/ATen/ATen.h and lib/libtorch_cpu.so."
  link_to "$(cd "$CXR_LIBTORCH" && pwd)"
elif ! is_libtorch "$folder"; then
  existing=$(python_torch)
  if [[ -n $existing ]] && is_libtorch "$existing"; then
    link_to "$existing"
  else
    install_with_pip
  fi
fi
say "libtorch: $(found_version)."
