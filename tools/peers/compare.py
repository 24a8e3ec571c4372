#!/usr/bin/env python3
"""Lays `homeward select` beside HiGHS and CP-SAT: the same levels, the same people, and what each took.

compare.py FOLDER [PEOPLE-PER-SIDE ...] takes the program from the environment, HOMEWARD (HOMEWARD_SELECT where the command
is not `$HOMEWARD select`). Exit code 1 where two proved answers differ or our own time is above its bar.
"""

import csv
import hashlib
import json
import os
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy

import invent
from measure import measured
from model import FIELDS, outwards, read_rules

HERE = Path(__file__).parent
SIZES = [2_000, 10_000, 100_000, 1_000_000]
# CP-SAT is asked where it has an answer in minutes.
CP_SAT_MOST = 10_000
LEVELS_SEED = 7
# The second checker is Python and holds the whole pool in memory.
CHECKED_MOST = 100_000
PEOPLE_SEEDS = [1, 2, 3]
# Wall seconds of one engine on one round.
SECONDS = {"highs": 240, "cp-sat": 180, "people": 60}
# Of the largest round: HiGHS, with the cells made ready for it, takes at least so many times the processor time that we
# take from the people read to the roll. Reading the pool is counted for neither; the whole command is in the table too.
BAR_TIMES, BAR_PEOPLE = 20, 1_000_000
LOT_BITS = 40


def main(arguments):
    folder = Path(arguments[0]).resolve()
    sizes = [int(one) for one in arguments[1:]] or SIZES
    faults = []
    print(f"peers: {os.cpu_count()} cores, load before {os.getloadavg()[0]:.1f}, {time.strftime('%Y-%m-%d')}")
    print(f"{'people a side':>13} {'engine':<22} {'variables':>9} {'CPU s':>8} {'solving':>8} {'peak MB':>8} {'wall s':>7}  levels")
    for size in sizes:
        round_ = Round(folder, size, LEVELS_SEED)
        ours = round_.homeward()
        if size <= CHECKED_MOST and not round_.second_checker():
            faults.append(f"{size}: the second checker does not accept our roll")
        asked = ["highs"] + ["cp-sat"] * (size <= CP_SAT_MOST)
        for engine in asked:
            peer = round_.peer(engine, SECONDS[engine])
            same_levels(faults, size, engine, ours, peer)
            if engine == "highs" and size >= BAR_PEOPLE and peer["cpu_solving"] < BAR_TIMES * ours["cpu_solving"]:
                times = peer["cpu_solving"] / ours["cpu_solving"]
                faults.append(f"{size}: HiGHS took {times:.1f} times our processor time, the bar is {BAR_TIMES}")
    for seed in PEOPLE_SEEDS:
        same_people(faults, Round(folder, SIZES[0], seed))
    for fault in faults:
        print(f"peers: {fault}")
    print("peers: every proved answer is the same" if not faults else f"peers: {len(faults)} faults")
    return 1 if faults else 0


def same_levels(faults, size, engine, ours, peer):
    proved = len(peer["levels"])
    if proved < len(ours["levels"]):
        print(f"{size:>13} {engine}: {proved} of {len(ours['levels'])} levels proved in {SECONDS[engine]} s")
    if peer["levels"] != ours["levels"][:proved]:
        faults.append(f"{size}: {engine} has the levels {peer['levels']}, ours are {ours['levels']}")


def same_people(faults, round_):
    """Who goes, by the persons' model and the lot as its last level, with 40 bits and with 20."""
    ours = round_.homeward()
    file = round_.first_of_cells()
    for bits in (LOT_BITS, 20):
        name = f"seed {round_.seed}, lots of {bits} bits"
        peer = round_.peer("cp-sat", SECONDS["people"], "--people", str(file), str(bits))
        if "people" not in peer:
            print(f"people, {name}: not proved in {SECONDS['people']} s")
            continue
        differ = set(ours["roll"]) ^ set(peer["people"])
        sum_ = sum(round_.lot(item) >> (LOT_BITS - bits) for item in ours["roll"])
        print(f"people, {name}: {len(ours['roll'])} go, {len(differ)} differ, lots {sum_} against {peer['lots']}")
        if peer["levels"] != ours["levels"]:
            faults.append(f"people, {name}: other levels")
        if bits == LOT_BITS and differ:
            faults.append(f"people, {name}: {len(differ)} differ")
        # The engine's lots have 40 bits. Cut to 20, its roll need not be the smallest sum, but it is off by less than one
        # for each person: 2^20 a <= A <= B < 2^20 (b + people), for its sums A and a and the peer's B and b.
        if bits < LOT_BITS and not peer["lots"] <= sum_ < peer["lots"] + len(ours["roll"]):
            faults.append(f"people, {name}: sums {sum_} and {peer['lots']} are too far apart")


class Round:
    """An invented round on disk, with what the engines say of it."""

    def __init__(self, folder, size, seed):
        self.size, self.seed = size, seed
        self.folder = folder / f"round-{size}-{seed}"
        invent.main(size, seed, self.folder)
        self.rules = read_rules(self.folder / "rules.toml")
        self.joint_seed = hashlib.sha256(f"peers {seed}".encode()).hexdigest()
        self.items, self.people = self.read_pool()
        cells, counts = numpy.unique(self.people, axis=0, return_counts=True)
        numpy.savez(self.folder / "cells.npz", cells=cells, counts=counts)

    def read_pool(self):
        sides = {side["party"]: at for at, side in enumerate(self.rules["sides"])}
        sites = [{cap["id"]: at for at, cap in enumerate(side["caps"])} for side in self.rules["sides"]]
        categories = {category["id"]: at for at, category in enumerate(self.rules["categories"])}
        items, people = [], numpy.empty((2 * self.size, len(FIELDS)), dtype=numpy.int64)
        with open(self.folder / "pool.csv", newline="") as file:
            for at, row in enumerate(csv.DictReader(file)):
                side = sides[row["side"]]
                items.append(row["item"])
                people[at] = (
                    side,
                    sites[side][row["site"]],
                    categories[row["category"]],
                    int(row["class"]),
                    int(row["held"]),
                    row["requested"] == "yes",
                )
        return items, people[: len(items)]

    def lot(self, item):
        text = b"homeward lot v1\0" + self.rules["agreement"].encode() + b"\0" + bytes.fromhex(self.joint_seed + item)
        return int.from_bytes(hashlib.sha256(text).digest()[:5], "big")

    def first_of_cells(self):
        """Those who can come to their turn: of each cell, in the order of lots, as many as its narrowest cap has places."""
        lots = numpy.array([self.lot(item) for item in self.items])
        order = numpy.lexsort((lots, *self.people.T[::-1]))
        kept, before, behind = [], None, 0
        for at in order:
            cell = tuple(self.people[at])
            behind = behind + 1 if cell == before else 0
            before = cell
            caps = self.rules["sides"][cell[0]]["caps"]
            narrowest = min(cap.get("at_most", self.size) for cap in caps if cap["id"] in outwards(caps, cell[1]))
            if behind < narrowest:
                kept.append(at)
        file = self.folder / "people.npz"
        numpy.savez(file, people=self.people[kept], lots=lots[kept], items=numpy.array(self.items)[kept])
        return file

    def homeward(self):
        command = os.environ.get("HOMEWARD_SELECT") or f"{os.environ['HOMEWARD']} select"
        out = self.folder / "out"
        shutil.rmtree(out, ignore_errors=True)
        files = {"--rules": self.folder / "rules.toml", "--pool": self.folder / "pool.csv", "--out": out}
        words = [str(word) for pair in files.items() for word in pair]
        words += ["--seed", self.joint_seed, "--json", "--timings"]
        _, said, used = measured([*shlex.split(command), *words], self.folder / "usage.json")
        used["cpu_solving"] = json.loads(said.splitlines()[-1])["select_seconds"]
        roll = (out / "roll.csv").read_text().split()[1:]
        # What the roll is worth is added up here from the pool, not taken from the program's word.
        place = {item: at for at, item in enumerate(self.items)}
        going = self.people[[place[item] for item in roll]]
        side, site, category, class_, held, requested = going.T
        levels = [int(requested.sum())]
        levels += [int((class_ == number).sum()) for number in range(1, self.rules["classes"] + 1)] + [int(held.sum())]
        self.say("homeward select", "", used, used["cpu_solving"], levels)
        return used | {"roll": roll, "levels": levels}

    def second_checker(self):
        """Whether tools/verify/select_check.py, which shares nothing with the engine, accepts the roll and its certificate."""
        out, rules, pool = self.folder / "out", self.folder / "rules.toml", self.folder / "pool.csv"
        files = [rules, pool, self.joint_seed, out / "roll.csv", out / "certificate.json"]
        checked = subprocess.run([sys.executable, HERE.parent / "verify/select_check.py", *files], capture_output=True, text=True)
        print(f"{self.size:>13} second checker: {checked.stdout.splitlines()[0] if checked.stdout else checked.stderr}"[:160])
        return checked.returncode == 0

    def peer(self, engine, seconds, *more):
        words = [sys.executable, HERE / "peer.py", engine, self.folder, str(seconds), *more]
        text, _, used = measured(words, self.folder / "usage.json")
        found = json.loads(text) | used
        self.say(engine + (" and people" if more else ", cells"), found["variables"], used, found["cpu_solving"], found["levels"])
        return found

    def say(self, engine, variables, used, solving, levels):
        print(
            f"{self.size:>13} {engine:<22} {variables:>9} {used['cpu']:>8.2f} {solving:>8.2f} {used['peak_mb']:>8.0f}"
            f" {used['wall']:>7.1f}  {' '.join(map(str, levels))}",
            flush=True,
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
