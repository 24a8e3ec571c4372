#!/usr/bin/env python3
"""Shows that the comparison of private matching can fail; needs Python alone: python3 tools/peers/test_compare_match.py"""

import contextlib
import io
import unittest

import compare_match

OURS = {"cpu": 5.0, "wall": 5.0, "bytes": 7_900_000, "hits": 50_000, "proof": 0.3, "proof_rfc9497": 0.6, "unproved": 4.7}
PEER = {"cpu": 10.0, "bytes": 7_600_000, "hits": 50_000}


class Comparison(unittest.TestCase):
    def test_each_bar_that_is_not_met_is_a_fault(self):
        two, wide = {**OURS, "wall": 2.6}, {**OURS, "cpu": 3.9}
        for name, ours, two, wide, load, faults in [
            ("all met", {}, two, wide, 0.1, 0),
            ("too slow", {"cpu": 5.6}, two, wide, 0.1, 1),
            ("too many bytes", {"bytes": 8_000_001}, two, wide, 0.1, 1),
            ("a dear proof", {"proof": 0.5}, two, wide, 0.1, 1),
            ("hits lost", {"hits": 49_999}, two, wide, 0.1, 1),
            ("AVX-512 too slow", {}, two, {**OURS, "cpu": 4.1}, 0.1, 1),
            ("no AVX-512", {}, two, None, 0.1, 0),
            ("the second thread idle", {}, OURS, wide, 0.1, 1),
            ("the second thread idle on a busy machine", {}, OURS, wide, 2.0, 0),
        ]:
            with self.subTest(name), contextlib.redirect_stdout(io.StringIO()):
                found = compare_match.judged(100_000, PEER, {**OURS, **ours}, two, wide, load)
                self.assertEqual(len(found), faults, found)

    def test_the_shortest_of_all_turns_counts(self):
        runs = [{"cpu": 3, "wall": 9}, {"cpu": 4, "wall": 5}]
        self.assertEqual(compare_match.shortest(runs), {"cpu": 3, "wall": 5})
        self.assertIsNone(compare_match.shortest([None, None]))


if __name__ == "__main__":
    unittest.main()
