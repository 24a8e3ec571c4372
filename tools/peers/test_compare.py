#!/usr/bin/env python3
"""Shows that the comparison can fail: python tools/peers/test_compare.py, with the packages of requirements.txt."""

import contextlib
import io
import tempfile
import unittest
from pathlib import Path

import numpy

import compare
import invent


class Comparison(unittest.TestCase):
    def test_levels_that_differ_are_a_fault_and_levels_not_proved_are_none(self):
        for name, proved, faults in [
            ("the same", [3, 5, 70], 0),
            ("one more of the second class", [3, 6, 70], 1),
            ("the last not proved", [3, 5], 0),
            ("the last not proved, the second another", [3, 4], 1),
        ]:
            found = []
            with self.subTest(name), contextlib.redirect_stdout(io.StringIO()):
                compare.same_levels(found, 2, "highs", {"levels": [3, 5, 70]}, {"levels": proved})
                self.assertEqual(len(found), faults)

    def test_people_and_sums_that_differ_are_faults(self):
        for name, ours, peers, sums, levels, faults in [
            ("the same", "ab", "ab", {40: 3 << 20, 20: 3}, [1], 0),
            ("another person", "ac", "ab", {40: 3 << 20, 20: 3}, [1], 1),
            ("other levels", "ab", "ab", {40: 3 << 20, 20: 3}, [2], 2),
            ("a short sum below ours by as much as there are people", "ab", "ab", {40: 3 << 20, 20: 1}, [1], 1),
            ("a short sum above ours", "ab", "ab", {40: 3 << 20, 20: 4}, [1], 1),
        ]:
            found = []
            with self.subTest(name), contextlib.redirect_stdout(io.StringIO()):
                compare.same_people(found, Stub(ours, peers, sums, levels))
                self.assertEqual(len(found), faults, found)

    def test_who_can_come_to_their_turn_is_kept_of_each_cell(self):
        with tempfile.TemporaryDirectory() as folder:
            round_ = compare.Round(Path(folder), 3_000, 1)
            stored = numpy.load(round_.first_of_cells())
        cells, counts = numpy.unique(stored["people"], axis=0, return_counts=True)
        self.assertLess(len(stored["items"]), len(round_.items))
        caps = [{cap["id"]: cap["at_most"] for cap in side["caps"]} for side in round_.rules["sides"]]
        for cell, count in zip(cells, counts):
            there = (round_.people == cell).all(axis=1).nonzero()[0]
            site = round_.rules["sides"][cell[0]]["caps"][cell[1]]["id"]
            self.assertEqual(count, min(len(there), caps[cell[0]][site]))
            kept = set(stored["items"][(stored["people"] == cell).all(axis=1)])
            by_lot = sorted((round_.items[at] for at in there), key=round_.lot)
            self.assertEqual(kept, set(by_lot[:count]))

    def test_the_same_seed_invents_the_same_round(self):
        with tempfile.TemporaryDirectory() as folder:
            for name, seed in (("one", 1), ("again", 1), ("other", 2)):
                invent.main(50, seed, f"{folder}/{name}")
            texts = [Path(folder, name, "pool.csv").read_text() for name in ("one", "again", "other")]
        self.assertEqual(texts[0], texts[1])
        self.assertNotEqual(texts[0], texts[2])


class Stub:
    """A round of two people whose lots are 1 and 2, in units of 2^20."""

    seed = 0

    def __init__(self, ours, peers, sums, levels):
        self.ours, self.peers, self.sums, self.levels = ours, peers, sums, levels

    def homeward(self):
        return {"roll": list(self.ours), "levels": [1]}

    def first_of_cells(self):
        return ""

    def peer(self, _engine, _seconds, _people, _file, bits):
        return {"people": list(self.peers), "lots": self.sums[int(bits)], "levels": self.levels}

    def lot(self, item):
        return {"a": 1, "b": 2, "c": 2}[item] << 20


if __name__ == "__main__":
    unittest.main()
