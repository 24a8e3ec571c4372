#!/usr/bin/env bash
# Times the demo in release and reads each process's peak memory: tools/bench.sh SEED PEOPLE
# The peak is the kernel's own high-water mark (VmHWM) of the demo and of every process below it, read ten times a second.
set -euo pipefail
cd "$(dirname "$0")/.."

seed=${1:-7} people=${2:-2000}
program=$(realpath "${CARGO_TARGET_DIR:-target}/release/homeward")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
declare -A peak_kb what

# The demo and the processes it started, and those that they started.
below() {
  local pid=$1 child
  echo "$pid"
  for child in $(cat "/proc/$pid/task/$pid/children" 2>/dev/null); do below "$child"; done
}

read_peaks() {
  local pid kb
  for pid in $(below "$1"); do
    kb=$(awk '/^VmHWM:/ { print $2 }' "/proc/$pid/status" 2>/dev/null || true)
    [ -n "$kb" ] || continue
    peak_kb[$pid]=$kb
    what[$pid]=$(tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | sed -e "s#$program#homeward#" -e "s#$dir#DIR#g")
  done
}

echo "bench: homeward demo --headless --seed $seed --people $people on $(nproc) cores, load before $(cut -d ' ' -f 1-3 /proc/loadavg), $(date -u +%F)"
began=$(date +%s%N)
"$program" demo --headless --seed "$seed" --people "$people" --dir "$dir/demo" >"$dir/out" 2>"$dir/err" &
demo=$!
while kill -0 "$demo" 2>/dev/null; do
  read_peaks "$demo"
  sleep 0.1
done
code=0
wait "$demo" || code=$?
took_ms=$((($(date +%s%N) - began) / 1000000))

if [ "$code" -ne 0 ]; then
  echo "bench: the demo failed with exit code $code" >&2
  tail -n 20 "$dir/err" >&2
  exit "$code"
fi
printf 'bench: %d.%03d s wall\n' $((took_ms / 1000)) $((took_ms % 1000))
for pid in "${!peak_kb[@]}"; do
  printf 'bench: peak %5d MB  %s\n' $((peak_kb[$pid] / 1024)) "${what[$pid]}"
done | sort -k 4
