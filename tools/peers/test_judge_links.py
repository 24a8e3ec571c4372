#!/usr/bin/env python3
"""Tests the judge of links on lists small enough to count by hand: python3 tools/peers/test_judge_links.py"""

import csv
import io
import itertools
import random
import unittest

import judge_links as judge

# Of person p there are a, b, c; of q there are d, e; f and g stand alone. Four right pairs.
TRUTH = """id,person,source,list
a,p,family,0
b,p,captor,0
c,p,captor,0
d,q,family,0
e,q,sighting,0
f,r,family,0
g,s,captor,0
"""
PAIRS = """left_id,right_id,probability
a,b,0.999
d,e,0.97
f,g,0.96
b,c,0.6
a,g,0.2
"""
CLUSTERS = """file,id,person
left,a,1
left,b,1
left,c,3
left,d,2
left,e,2
left,f,2
left,g,4
"""
# Two lists: only pairs across them count, so a-c and b-c of the first person and d-e of the second.
ACROSS = """id,person,source,list
a,p,,0
b,p,,0
c,p,,1
d,q,,0
e,q,,1
f,r,,1
"""


def rows(text):
    return csv.DictReader(io.StringIO(text))


def judged(truth=TRUTH, pairs=PAIRS, clusters=CLUSTERS):
    truth = judge.Truth(rows(truth))
    return judge.judged(truth, judge.read_pairs(rows(pairs), truth), judge.read_clusters(rows(clusters), truth))


def close(figure):
    return round(figure, 4)


class ByHand(unittest.TestCase):
    def test_the_figures_are_those_counted_by_hand(self):
        found = judged()
        for name, expected in [
            ("records", 7),
            ("pairs_true", 4),
            ("pairs_written", 5),
            # Three of four at 0.6, with one wrong pair among four.
            ("f1", 0.75),
            ("precision", 0.75),
            ("recall", 0.75),
            ("threshold", 0.6),
            ("recall_written", 0.75),
            # Before f-g two are right and none is wrong.
            ("recall_at_precision_0.99", 0.5),
            ("is_best_at_least_written", False),
            ("recall_by_sources", {"captor-captor": 1.0, "captor-family": 0.5, "family-sighting": 1.0}),
            ("pairs_by_sources", {"captor-captor": 1, "captor-family": 2, "family-sighting": 1}),
            # Made: a-b, d-e, d-f, e-f; right: a-b, d-e.
            ("clusters", {"precision": 0.5, "recall": 0.5}),
            # Chains from 0.95: a-b, d-e, f-g.
            ("chains_0.95", {"precision": 2 / 3, "recall": 0.5}),
            ("chains_0.99", {"precision": 1.0, "recall": 0.25}),
        ]:
            with self.subTest(name):
                self.assertEqual(found[name], expected)

    def test_equal_probabilities_are_taken_together_in_any_order(self):
        # One right and two wrong pairs of 0.9: no threshold lies between them, whichever comes first.
        lines = ["a,b,0.9", "f,g,0.9", "a,d,0.9"]
        for order in itertools.permutations(lines):
            found = judged(pairs="left_id,right_id,probability\n" + "\n".join(order) + "\n")
            self.assertEqual((close(found["precision"]), found["recall"]), (0.3333, 0.25))
            self.assertEqual(found["recall_at_precision_0.99"], 0)

    def test_of_two_lists_only_pairs_across_count(self):
        pairs = "left_id,right_id,probability\na,c,0.99\nd,f,0.98\n"
        clusters = "file,id,person\nl,a,1\nl,b,1\nr,c,1\nl,d,2\nr,f,2\nr,e,3\n"
        found = judged(ACROSS, pairs, clusters)
        self.assertEqual((found["pairs_true"], found["precision"], close(found["recall"])), (3, 1.0, 0.3333))
        # Made across: a-c, b-c, d-f. That a and b are together is right but does not count.
        self.assertEqual([close(found["clusters"][name]) for name in ("precision", "recall")], [0.6667, 0.6667])

    def test_a_chain_of_pairs_is_followed_to_its_end(self):
        pairs = "left_id,right_id,probability\na,b,0.96\nb,g,0.96\ng,f,0.96\n"
        # a, b, f, g: six pairs, of which a-b is right.
        self.assertEqual(close(judged(pairs=pairs)["chains_0.95"]["precision"]), 0.1667)

    def test_bands_show_what_was_foretold_beside_what_is_right(self):
        found = {band["least"]: band for band in judged()["bands"]}
        self.assertEqual((found[0.9]["pairs"], found[0.9]["right"], close(found[0.9]["foretold"])), (2, 0.5, 0.965))
        self.assertEqual((found[0.999]["pairs"], found[0.999]["right"]), (1, 1.0))

    def test_nothing_written_is_nothing_found(self):
        found = judged(pairs="left_id,right_id,probability\n")
        self.assertEqual((found["f1"], found["recall_written"], found["chains_0.95"]["recall"]), (0, 0, 0))


class Refused(unittest.TestCase):
    def test_files_that_would_flatter_are_refused(self):
        header = "left_id,right_id,probability\n"
        for name, text in [
            ("a pair twice", "a,b,0.9\nb,a,0.8\n"),
            ("a record with itself", "a,a,0.9\n"),
            ("a record that is not there", "a,z,0.9\n"),
            ("more than certain", "a,b,1.1\n"),
            ("no number", "a,b,nan\n"),
        ]:
            with self.subTest(name), self.assertRaises(judge.Unusable):
                judged(pairs=header + text)
        with self.assertRaises(judge.Unusable):
            judged(ACROSS, header + "a,b,0.9\n", "file,id,person\n")
        for name, text in [
            ("a record is missing", CLUSTERS.replace("left,g,4\n", "")),
            ("a record twice", CLUSTERS + "left,a,9\n"),
            ("a record of nobody", CLUSTERS + "left,z,9\n"),
        ]:
            with self.subTest(name), self.assertRaises(judge.Unusable):
                judged(clusters=text)
        with self.assertRaises(judge.Unusable):
            judge.Truth(rows(TRUTH + "a,p,family,0\n"))


class AgainstCounting(unittest.TestCase):
    def test_random_lists_are_judged_as_by_counting_every_pair(self):
        for seed in range(40):
            chance = random.Random(seed)
            records = [f"r{number}" for number in range(14)]
            lists = [str(chance.randrange(2)) if seed % 2 else "0" for _ in records]
            person = {record: str(chance.randrange(6)) for record in records}
            source = {record: chance.choice("ABC") for record in records}
            text = "id,person,source,list\n" + "".join(
                f"{record},{person[record]},{source[record]},{of}\n" for record, of in zip(records, lists)
            )
            counted = [
                (one, other)
                for (one, first), (other, second) in itertools.combinations(list(zip(records, lists)), 2)
                if len(set(lists)) == 1 or first != second
            ]
            right = {pair for pair in counted if person[pair[0]] == person[pair[1]]}
            if not right:
                continue
            written = {pair: chance.randrange(1, 9) / 10 for pair in chance.sample(counted, len(counted) // 2)}
            pairs = "left_id,right_id,probability\n" + "".join(
                f"{other},{one},{probability}\n" for (one, other), probability in written.items()
            )
            group = {record: chance.randrange(5) for record in records}
            clusters = "file,id,person\n" + "".join(f"left,{record},{group[record]}\n" for record in records)
            with self.subTest(seed=seed):
                found = judged(text, pairs, clusters)
                self.assertEqual(found["pairs_true"], len(right))
                best = max(self.f1({p for p in written if written[p] >= least}, right) for least in written.values())
                self.assertAlmostEqual(found["f1"], best)
                together = {pair for pair in counted if group[pair[0]] == group[pair[1]]}
                self.assertAlmostEqual(found["clusters"]["recall"], len(together & right) / len(right))
                self.assertAlmostEqual(
                    found["clusters"]["precision"], len(together & right) / len(together) if together else 1
                )
                by_sources = found.get("pairs_by_sources", {})
                self.assertIn(sum(by_sources.values()), (0, len(right)))

    @staticmethod
    def f1(made, right):
        return 2 * len(made & right) / (len(made) + len(right))


if __name__ == "__main__":
    unittest.main()
