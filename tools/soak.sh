#!/usr/bin/env bash
# Plays the demo with each seed given, twice each: the report must be the same, and the record of every node must verify.
# tools/soak.sh SEED...
set -euo pipefail
cd "$(dirname "$0")/.."

program=$(realpath "${CARGO_TARGET_DIR:-target}/debug/homeward")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for seed in "$@"; do
  for time in first second; do
    echo "soak: seed $seed, $time time"
    "$program" demo --headless --seed "$seed" --dir "$work/$time" >/dev/null
    for record in "$work/$time"/*/record; do "$program" record verify "$record" >/dev/null; done
  done
  # Times and memory differ from run to run and are the only things that may.
  for time in first second; do
    node -e '
      const report = JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"));
      delete report.timings;
      process.stdout.write(JSON.stringify(report, null, 1));
    ' "$work/$time/report.json" >"$work/$time.json"
  done
  cmp "$work/first.json" "$work/second.json"
  rm -rf "$work/first" "$work/second"
done
echo "soak: done, seeds $*"
