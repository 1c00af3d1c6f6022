#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Checks that Swift is there, installs the Debian packages that cxr links or calls, and gets libtorch,
# without which cxr builds but does not train. Exits 0 when everything is present, 69 when something is missing that it cannot install.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly swift_wanted="6.2"
packages=(
  # What Swift needs to link a program.
  g++ tzdata
  # What cxr links.
  libarchive-dev libcharls-dev libcsv-dev libgdcm-dev liblapacke-dev libopenblas-dev
  libopenjp2-7-dev libpng-dev libsqlite3-dev libturbojpeg0-dev libxlsxwriter-dev zlib1g-dev
  # What cxr loads when several processes train together.
  libopenmpi-dev openmpi-bin
  # What cxr and its build call.
  ca-certificates git gnuplot-nox make pkg-config
)

# What Swift's package manager needs to run at all.
readonly swift_packages=(libcurl4 libncurses6 libsqlite3-0 libxml2)

say() { printf '==> %s\n' "$*"; }
give_up() {
  printf 'bootstrap: %s\n' "$@" >&2
  exit 69
}

check_debian_packages() {
  local missing=() name
  swift build --version >/dev/null 2>&1 || packages+=("${swift_packages[@]}")
  for name in "${packages[@]}"; do
    dpkg-query --show --showformat='${db:Status-Status}\n' "$name" 2>/dev/null \
      | grep -qx installed || missing+=("$name")
  done
  if ((${#missing[@]} == 0)); then
    say "Debian packages: all ${#packages[@]} are installed."
    return
  fi

  local as_root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || give_up "these packages are missing: ${missing[*]}" \
      "run as root, or install sudo, or ask for: apt-get install ${missing[*]}"
    as_root=(sudo)
  fi
  say "Installing ${#missing[@]} missing Debian packages (about a minute): ${missing[*]}"
  "${as_root[@]}" apt-get update --quiet --quiet
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install --yes --quiet --quiet --no-install-recommends "${missing[@]}" >/dev/null
  say "Installed."
}

check_other_system() {
  local missing=() name
  for name in git make pkg-config gnuplot; do
    command -v "$name" >/dev/null || missing+=("$name")
  done
  say "This is not Debian, so nothing is installed. cxr needs the development files of SQLite,"
  say "libcsv, zlib, libarchive, libxlsxwriter, libpng, TurboJPEG, GDCM, CharLS, OpenJPEG, OpenBLAS and"
  say "LAPACKE, and the programs git, make, pkg-config and gnuplot; with OpenMPI several processes train."
  ((${#missing[@]} == 0)) || give_up "these programs are missing: ${missing[*]}"
}

check_swift_version() {
  local version
  version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9.]*\).*/\1/p' | head -n 1)
  [[ -n $version ]] || give_up "swift --version does not answer; reinstall Swift from" \
    "https://www.swift.org/install/linux/"
  # The lower of the two versions must be the wanted one.
  [[ $(printf '%s\n' "$swift_wanted" "$version" | sort --version-sort | head -n 1) \
    == "$swift_wanted" ]] || give_up "Swift $version is too old: $swift_wanted or later is needed." \
    "Get it from https://www.swift.org/install/linux/"
  say "Swift $version."
}

command -v swift >/dev/null || give_up "Swift is not installed, or not on the PATH." \
  "Get Swift 6.3 from https://www.swift.org/install/linux/ and run this again."
if command -v dpkg-query >/dev/null && command -v apt-get >/dev/null; then
  check_debian_packages
else
  check_other_system
fi
check_swift_version
# Curation and audits need no libtorch, so its absence is told and does not end the build.
Scripts/libtorch.sh || say "Going on without libtorch: cxr will not train or generate."
