"""Runs a command and writes its processor time and peak memory to a file: measure.py FILE COMMAND...

A process of its own, started small for each command: Linux counts the memory of whoever starts a process to its peak.
"""

import json
import os
import subprocess
import sys
import time


def measured(words, usage_file):
    """What a command writes and says, with the processor time, peak memory and wall time of that one process."""
    starter = [sys.executable, "-I", "-S", __file__, usage_file]
    ended = subprocess.run([*starter, *words], capture_output=True, text=True)
    if ended.returncode != 0:
        raise SystemExit(f"peers: {words[0]} ended with exit code {ended.returncode}\n{ended.stderr}")
    with open(usage_file) as file:
        return ended.stdout, ended.stderr, json.load(file)


def main(usage_file, *words):
    began = time.monotonic()
    child = subprocess.Popen(words)
    _, status, usage = os.wait4(child.pid, 0)
    with open(usage_file, "w") as file:
        cpu = usage.ru_utime + usage.ru_stime
        json.dump({"cpu": cpu, "peak_mb": usage.ru_maxrss / 1024, "wall": time.monotonic() - began}, file)
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
