#!/bin/sh
# Builds web/dist: the style sheet of every page and the small files beside it.
# Installs the two packages it needs when they are missing or older than the lock, and does nothing when dist is newer
# than every source.
set -eu
cd "$(dirname "$0")"

stale() { # stale TARGET SOURCE...: is the target missing or older than any file among the sources?
  target=$1
  shift
  [ ! -e "$target" ] || [ -n "$(find "$@" -type f -newer "$target" -print | head -n 1)" ]
}

if stale dist/desk.css styles static package.json package-lock.json build.sh; then
  if stale node_modules/.package-lock.json package-lock.json; then
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  fi
  mkdir -p dist
  npm run --silent build
  cp static/* dist/
  # A page must work with nothing but this file: no font, no image, no other address.
  if grep -Eq '@font-face|@import|url\(' dist/desk.css; then
    rm -f dist/desk.css
    echo "web/build.sh: the style sheet refers to something outside itself" >&2
    exit 1
  fi
fi
