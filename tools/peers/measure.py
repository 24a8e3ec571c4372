"""Runs a command and writes its processor time and peak memory to a file: measure.py FILE COMMAND...

A process of its own, started small for each command: Linux counts the memory of whoever starts a process to its peak.
"""

import json
import os
import subprocess
import sys
import time

began = time.monotonic()
child = subprocess.Popen(sys.argv[2:])
_, status, usage = os.wait4(child.pid, 0)
with open(sys.argv[1], "w") as file:
    cpu = usage.ru_utime + usage.ru_stime
    json.dump({"cpu": cpu, "peak_mb": usage.ru_maxrss / 1024, "wall": time.monotonic() - began}, file)
sys.exit(os.waitstatus_to_exitcode(status))
