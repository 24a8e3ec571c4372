#!/usr/bin/env python3
"""Shows that the comparison of links can fail, and that no engine is handed the truth: python3 tools/peers/test_compare_links.py"""

import copy
import tempfile
import unittest
from pathlib import Path

import compare_links
import link_growth
import link_sets
from link_sets import PEOPLE, REPORTS

# Every figure exactly at its bar.
AT_THE_BARS = {}
for _name, _figure, _side, _bar in compare_links.TARGETS:
    _of = AT_THE_BARS.setdefault(_name, {compare_links.OURS: {}})[compare_links.OURS]
    *_above, _last = [_figure] if "precision_0" in _figure else _figure.split(".", 1)
    for _part in _above:
        _of = _of.setdefault(_part, {})
    _of[_last] = _bar


def missed(sets, count=compare_links.COUNT, load=0):
    return [(name, says.split(":")[0]) for name, says, is_met in compare_links.targets(sets, count, load) if not is_met]


class Targets(unittest.TestCase):
    def test_at_the_bars_every_target_is_met(self):
        self.assertEqual(missed(AT_THE_BARS), [])
        self.assertEqual(len(compare_links.targets(AT_THE_BARS, compare_links.COUNT, 0)), len(compare_links.TARGETS))

    def test_each_target_can_be_missed_alone(self):
        for name, figure, side, bar in compare_links.TARGETS:
            sets = copy.deepcopy(AT_THE_BARS)
            of = sets[name][compare_links.OURS]
            *above, last = [figure] if figure in of else figure.split(".", 1)
            for part in above:
                of = of[part]
            of[last] = bar * (0.999 if side == compare_links.LEAST else 1.001)
            with self.subTest(set=name, figure=figure):
                self.assertEqual([name for name, _ in missed(sets)], [name])

    def test_fewer_reports_are_not_judged_by_the_bars_of_a_million(self):
        bad = copy.deepcopy(AT_THE_BARS)
        bad[REPORTS][compare_links.OURS]["f1"] = 0
        bad[PEOPLE][compare_links.OURS]["f1"] = 0
        self.assertEqual({name for name, _ in missed(bad)}, {REPORTS, PEOPLE})
        self.assertEqual({name for name, _ in missed(bad, 1_000)}, {PEOPLE})

    def test_time_is_not_judged_under_load(self):
        found = [says for _, says in missed(AT_THE_BARS, load=4)]
        self.assertEqual(len(found), 3)
        self.assertTrue(all("CPU" in says for says in found))

    def test_a_set_that_is_not_there_is_a_fault(self):
        with tempfile.TemporaryDirectory() as empty:
            self.assertEqual(len(link_sets.missing("febrl4", empty)), 2)


class Growth(unittest.TestCase):
    def test_a_record_that_costs_more_at_the_largest_size_is_told(self):
        for cpu, times in [(10, 1.0), (15, 1.5), (30, 3.0)]:
            grown, says = link_growth.growth([{"cpu": 1.0, "records": 10}, {"cpu": float(cpu), "records": 100}])
            self.assertAlmostEqual(grown, times)
            self.assertEqual("NOT within" in says, times > link_growth.BAR)


class Blind(unittest.TestCase):
    def test_what_an_engine_reads_has_neither_the_truth_nor_an_identifier_that_tells_it(self):
        text = "rec_id, given_name, surname\nrec-17-org, Ann, Lee\nrec-9-org, Eve, Roe\n"
        other = "rec_id, given_name, surname\nrec-17-dup-0, Anne, Lee\n"
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            files = [folder / "a.csv", folder / "b.csv"]
            for file, of in zip(files, (text, other)):
                file.write_text(of)
            made = link_sets.blind("febrl4", files, folder)
            self.assertEqual(made[0].read_text().split("\n"), ["rec_id, given_name, surname", "0, Ann, Lee", "1, Eve, Roe", ""])
            self.assertEqual(made[1].read_text().splitlines()[1], "2, Anne, Lee")
            truth = (folder / "truth.csv").read_text().split()
            self.assertEqual(truth, ["id,person,source,list", "0,17,,0", "1,9,,0", "2,17,,1"])

    def test_the_column_of_the_truth_is_taken_out(self):
        text = "unique_id,person_id,source,last_name\nx7,41,B,Мігда\n"
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            (folder / "made.csv").write_text(text, encoding="utf-8")
            made = link_sets.blind(REPORTS, [folder / "made.csv"], folder)
            self.assertEqual(made[0].read_text(encoding="utf-8").split(), ["unique_id,source,last_name", "0,B,Мігда"])
            self.assertEqual((folder / "truth.csv").read_text().split(), ["id,person,source,list", "0,41,B,0"])

    def test_an_identifier_that_names_nobody_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            (folder / "a.csv").write_text("rec_id,surname\n17,Lee\n")
            with self.assertRaises(SystemExit):
                link_sets.blind("febrl4", [folder / "a.csv"], folder)


if __name__ == "__main__":
    unittest.main()
