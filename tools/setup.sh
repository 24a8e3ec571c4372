#!/usr/bin/env bash
# Checks what building and testing need. As root it installs the Debian packages that lack, otherwise it prints the one
# line to run. Rust and Node are the two things it does not install. Says nothing and changes nothing when all is there.
#
#   tools/setup.sh          to build and run: a missing Chromium is only mentioned
#   tools/setup.sh test     for every test: without Chromium it fails now and not after half an hour
set -euo pipefail
cd "$(dirname "$0")/.."
what_for=${1:-build}

rust_wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
node_wanted=20
lacks=()
packages=()
for_pages=()

# True when version $1 is at least version $2.
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

have() { command -v "$1" >/dev/null 2>&1; }

rust_found=$(cargo --version 2>/dev/null | awk '{ print $2 }' || true)
if [ -z "$rust_found" ] || ! at_least "$rust_found" "$rust_wanted"; then
  lacks+=("Rust $rust_wanted or newer (found: ${rust_found:-none}); rustup installs it: rustup toolchain install $rust_wanted")
else
  cargo fmt --version >/dev/null 2>&1 || lacks+=("rustfmt: rustup component add rustfmt")
  cargo clippy --version >/dev/null 2>&1 || lacks+=("clippy: rustup component add clippy")
fi

node_found=$(node --version 2>/dev/null | tr -d v || true)
if [ -z "$node_found" ] || ! at_least "$node_found" "$node_wanted" || ! have npm; then
  lacks+=("Node $node_wanted or newer, with npm (found: ${node_found:-none})")
fi

# SQLite is compiled from its C source.
have cc || packages+=(gcc libc6-dev)
# The second checker of a selection is Python, and so is its test; 3.11 is the first that reads TOML.
if [ "$what_for" = test ]; then
  python_found=$(python3 -c 'import platform; print(platform.python_version())' 2>/dev/null || true)
  if [ -z "$python_found" ]; then
    packages+=(python3)
  elif ! at_least "$python_found" 3.11; then
    lacks+=("Python 3.11 or newer for the tests (found: $python_found)")
  fi
  # The checker of heads uses one library for signatures, installed beside the build and not into the system.
  python3 -c 'import ensurepip, venv' >/dev/null 2>&1 || packages+=(python3-venv)
fi
# The browser tests and the opening of pages need Chromium; a node in service does not.
have chromium || have chromium-browser || have google-chrome || for_pages+=(chromium)
[ -e /etc/ssl/certs/ca-certificates.crt ] || packages+=(ca-certificates)
cyrillic_font() {
  if have fc-list; then [ -n "$(fc-list :lang=uk family)" ]; else [ -d /usr/share/fonts/truetype/dejavu ]; fi
}
cyrillic_font || for_pages+=(fonts-dejavu-core)

apt="apt-get install --yes --no-install-recommends"
if [ "$(id -u)" -eq 0 ] && have apt-get; then
  all=("${packages[@]}" "${for_pages[@]}")
  if [ ${#all[@]} -gt 0 ]; then
    echo "setup: installing ${all[*]}"
    export DEBIAN_FRONTEND=noninteractive
    # An image without package lists fails at the first try; fetch the lists then, not on every run.
    if ! $apt "${all[@]}" >/dev/null 2>&1; then
      apt-get update >/dev/null
      $apt "${all[@]}" >/dev/null
    fi
  fi
else
  if [ "$what_for" = test ]; then packages+=("${for_pages[@]}"); for_pages=(); fi
  if [ ${#packages[@]} -gt 0 ]; then lacks+=("Debian packages; run: sudo $apt ${packages[*]}"); fi
  if [ ${#for_pages[@]} -gt 0 ]; then echo "setup: to open pages as the tests do, run: sudo $apt ${for_pages[*]}"; fi
fi

if [ ${#lacks[@]} -gt 0 ]; then
  echo "setup: this machine lacks:" >&2
  printf '  %s\n' "${lacks[@]}" >&2
  exit 1
fi
