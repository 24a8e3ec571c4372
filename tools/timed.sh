#!/usr/bin/env bash
# Runs a command and says how long it took: tools/timed.sh NAME COMMAND...
# The line goes to standard error and, if TIMINGS names a file, into that file as well.
set -uo pipefail
name=$1
shift
began=$SECONDS
"$@"
code=$?
outcome=ok
[ $code -eq 0 ] || outcome="FAILED ($code)"
line=$(printf '%6d s  %-12s %s' $((SECONDS - began)) "$name" "$outcome")
echo "$line" >&2
if [ -n "${TIMINGS:-}" ]; then echo "$line" >>"$TIMINGS"; fi
exit $code
