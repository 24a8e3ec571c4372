#!/usr/bin/env bash
# The tests in a real Chromium (web/tests): installs their packages when missing or older than the lock file, then runs
# them against the program that `make build` built.
set -euo pipefail
cd "$(dirname "$0")/.."

HOMEWARD_BIN=${HOMEWARD_BIN:-$(realpath "${CARGO_TARGET_DIR:-target}/debug/homeward")}
HOMEWARD_CHROMIUM=${HOMEWARD_CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
[ -x "$HOMEWARD_BIN" ] || { echo "browser tests: no program at $HOMEWARD_BIN; run make build" >&2; exit 1; }
[ -n "$HOMEWARD_CHROMIUM" ] || { echo "browser tests: no Chromium; run make setup" >&2; exit 1; }
export HOMEWARD_BIN HOMEWARD_CHROMIUM

cd web/tests
if [ ! -d node_modules ] || [ package-lock.json -nt node_modules ]; then
  npm ci --no-audit --no-fund
  touch node_modules
fi
node --test
