#!/usr/bin/env python3
"""Lays private matching beside OpenMined's private set intersection: processor time, bytes a key, cost of the proof, threads.

compare_match.py [KEYS ...] takes the program from the environment: MATCH, and MATCH_AVX512 for one that is built with
RUSTFLAGS='--cfg curve25519_dalek_backend="avx512"'; each is called with SOUGHT HELD THREADS. Engines take turns in one
run, and of each the shortest time of all turns counts. Exit code 1 where a bar is not met.
"""

import json
import os
import shlex
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
SIZES = [10_000, 100_000]
TURNS = 3
# Our processor time as a part of the peer's; bytes of all messages a key; what the proof adds to the work without it; how
# much faster two threads are on the wall. Small runs are over in a moment: threads are judged from this many keys on.
BAR_CPU, BAR_CPU_AVX512, BAR_BYTES, BAR_PROOF, BAR_THREADS = 0.55, 0.40, 80, 0.10, 1.8
THREADS_FROM = 100_000
# Above this load before a run, times on the wall say nothing about threads.
LOAD_MOST = 0.5


def main(arguments):
    sizes = [int(one) for one in arguments] or SIZES
    ours = shlex.split(os.environ.get("MATCH", "target/release/examples/match_bench"))
    wide = shlex.split(os.environ.get("MATCH_AVX512", ""))
    if wide and "avx512ifma" not in Path("/proc/cpuinfo").read_text():
        wide = []
        print("peers: this processor has no avx512ifma, MATCH_AVX512 is not measured")
    load = os.getloadavg()[0]
    print(f"peers: {os.cpu_count()} cores, load before {load:.1f}, {time.strftime('%Y-%m-%d')}")
    faults = []
    for size in sizes:
        peer, one, two, one_wide = turns(size, ours, wide)
        faults += judged(size, peer, one, two, one_wide, load)
    for fault in faults:
        print(f"peers: {fault}")
    return 1 if faults else 0


def turns(size, ours, wide):
    """The shortest of several turns of each engine: the peer, ours with one thread and two, ours with AVX-512."""
    words = [str(size), str(size)]
    commands = [
        [sys.executable, str(HERE / "psi_match.py"), *words],
        [*ours, *words, "1"],
        [*ours, *words, "2"],
        [*wide, *words, "1"] if wide else None,
    ]
    runs = [[run(command) if command else None for command in commands] for _ in range(TURNS)]
    return [shortest(engine) for engine in zip(*runs)]


def run(command):
    ended = subprocess.run(command, capture_output=True, text=True)
    if ended.returncode != 0:
        raise SystemExit(f"peers: {command[0]} ended with exit code {ended.returncode}\n{ended.stderr}")
    return json.loads(ended.stdout)


def shortest(runs):
    """Of every figure the least: what other programs on the machine took is only ever added."""
    return runs[0] and {name: min(run[name] for run in runs) for name in runs[0]}


def judged(size, peer, one, two, wide, load):
    """Prints the figures of one size and gives back the bars that are not met."""
    figures = [
        ("CPU, part of the peer's", one["cpu"] / peer["cpu"], BAR_CPU, "most"),
        ("bytes a key", one["bytes"] / size, BAR_BYTES, "most"),
        ("proof, part of the rest", one["proof"] / one["unproved"], BAR_PROOF, "most"),
    ]
    if wide:
        figures.append(("CPU with AVX-512, part of the peer's", wide["cpu"] / peer["cpu"], BAR_CPU_AVX512, "most"))
    if size >= THREADS_FROM and load <= LOAD_MOST:
        figures.append(("two threads, times one", one["wall"] / two["wall"], BAR_THREADS, "least"))
    elif size >= THREADS_FROM:
        print(f"peers: {size}: two threads {one['wall'] / two['wall']:.2f} times one, not judged at a load of {load:.1f}")
    print(f"peers: {size}: peer {peer['cpu']:.2f} CPU s, {peer['bytes'] / size:.1f} bytes a key, {peer['hits']} hits")
    print(f"peers: {size}: ours {one['cpu']:.2f} CPU s, with the RFC's weights the proof is "
          f"{one['proof_rfc9497'] / one['unproved']:.3f} of the rest")
    faults = []
    if one["hits"] != size // 2:
        faults.append(f"{size}: ours found {one['hits']} of {size // 2}")
    for name, figure, bar, sort in figures:
        met = figure <= bar if sort == "most" else figure >= bar
        print(f"peers: {size}: {name}: {figure:.3f} (at {sort} {bar})")
        if not met:
            faults.append(f"{size}: {name} is {figure:.3f}, the bar is {bar}")
    return faults


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
