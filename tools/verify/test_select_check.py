#!/usr/bin/env python3
"""Tests the checker on small rounds where every roll can be tried: python3 tools/verify/test_select_check.py

The best roll is found by trying all of them, from the rules alone; prices come from a flow of this file's own, by
cancelling circles of negative cost. Nothing here comes from the program that selects.
"""

import contextlib
import functools
import hashlib
import io
import itertools
import json
import os
import random
import re
import sys
import tempfile
import time
import tomllib
import unittest
import unittest.mock
from pathlib import Path

import select_check as checker

SEED = "07" * 32
ROUNDS = int(os.environ.get("ROUNDS", "320"))
SELECTION_PAGE = Path(__file__).parents[2] / "docs/formats/selection.md"


class SmallRounds(unittest.TestCase):
    """Rounds of at most nine people, of every shape that the rules know."""

    def test_the_best_roll_is_accepted_and_every_neighbour_refused(self):
        seen = {"accepted": 0, "impossible": 0, "neighbours": 0, "with units": 0, "with groups": 0}
        for at in range(ROUNDS):
            round_ = Round(random.Random(at), ratios=at % 2 == 1, groups=at % 4 == 3)
            with self.subTest(round=at):
                best = round_.best_by_trying()
                certificate, flow_cost = round_.certificate()
                if best is None:
                    seen["impossible"] += 1
                    self.assertTrue(flow_cost is None or flow_cost[0] > 0, "the flow found a roll where there is none")
                    continue
                roll, cost = best
                # A second way to the same number: the trial of every roll and the flow know nothing of one another.
                self.assertEqual(flow_cost, cost)
                self.assertEqual(round_.check(roll, certificate), 0)
                seen["accepted"] += 1
                seen["with units"] += any("units" in part for part in certificate["parts"])
                seen["with groups"] += any("group" in part for part in certificate["parts"])
                for other in neighbours(roll, [person["item"] for person in round_.people]):
                    self.assertEqual(round_.check(other, certificate), 3, other)
                    seen["neighbours"] += 1
        self.assertGreater(seen["accepted"], ROUNDS // 2)
        self.assertTrue(all(seen.values()), seen)

    def test_no_prices_show_a_bound_above_the_best_roll(self):
        for at in range(ROUNDS // 4):
            chance = random.Random(at)
            round_ = Round(chance, ratios=at % 2 == 1, groups=at % 4 == 3)
            best = round_.best_by_trying()
            if best is None:
                continue
            certificate, _ = round_.certificate()
            for part in certificate["parts"]:
                for price in part.get("prices", []):
                    if chance.random() < 0.3:
                        level = chance.randrange(len(price))
                        price[level] += chance.choice([-1, 1]) * chance.choice([1, 3, 2**39])
            # Bad prices give a bound that is too low, never one that is too high: the checker's own assertion holds.
            self.assertIn(round_.check(best[0], certificate), (0, 3))
            # One node dear or cheap beyond anybody's worth, all others free: the ways to it or from it pay by the place.
            for node, step in itertools.product(range(round_.nodes), (-1, 1)):
                prices = [[step * (at == node)] * len(round_.levels) for at in range(round_.nodes)]
                certificate["parts"] = [{"prices": prices}]
                self.assertIn(round_.check(best[0], certificate), (0, 3))

    def test_prices_of_one_level_moved_by_one_are_noticed(self):
        noticed = 0
        for at in range(0, 60, 2):
            round_ = Round(random.Random(at), ratios=False, groups=False)
            best = round_.best_by_trying()
            if best is None or not best[0]:
                continue
            certificate, _ = round_.certificate()
            # The prices of one category, so that everyone of that category is charged otherwise than the flow did.
            for level in range(1, 4):
                moved = json.loads(json.dumps(certificate))
                moved["parts"][0]["prices"][-1][level] += 1
                noticed += round_.check(best[0], moved) == 3
        self.assertGreater(noticed, 10)


class Units(unittest.TestCase):
    def test_units_of_a_ratio_are_whole_on_both_sides(self):
        # Three of the first side against two of the second, two to one.
        for least, most, units in [
            ([0, 0], [9, 9], (0, 1)),
            ([1, 0], [9, 9], (1, 1)),
            ([3, 0], [9, 9], (2, 1)),
            ([0, 0], [1, 9], (0, 0)),
            ([0, 0], [9, 0], (0, 0)),
        ]:
            round_ = fixed_round(ratio=True)
            round_.people[1]["side"], round_.people[1]["site"] = 1, 1
            round_.rules["categories"][1] |= {"at_least": least, "at_most": most}
            with self.subTest(least=least, most=most):
                self.assertEqual(checker.units_of(*round_.read(), 1), units)

    def test_a_half_without_any_units_closes_with_any_prices(self):
        round_ = fixed_round(ratio=True)
        roll, _ = round_.best_by_trying()
        certificate, _ = round_.certificate()
        for part in certificate["parts"]:
            part |= {half: part[half] + 2 for half in ("yes", "no") if half in part}
        above_all = {"units": {"category": "privates", "at_most": 1000}, "yes": 2, "no": 1}
        free = {"prices": [[0] * len(round_.levels)] * round_.nodes}
        certificate["parts"] = [above_all, free, *certificate["parts"]]
        self.assertEqual(round_.check(roll, certificate), 0, round_.said)
        # The same prices where there are units show nothing.
        certificate["parts"][0]["units"]["at_most"] = 0
        self.assertEqual(round_.check(roll, certificate), 3)


class Only(unittest.TestCase):
    """Equal lots do not happen; with nearly everybody's made equal, rolls tie all the time."""

    def test_a_roll_is_the_only_one_just_when_no_other_costs_the_same(self):
        seen = {"only": 0, "tied": 0}
        few = lambda lots, item: (item[0] & 1) << checker.LEVEL_BITS
        fewer = lambda round_, person: [*Round.cost_of(round_, person)[:-2], int(person["item"][:2], 16) & 1, 0]
        for at in range(ROUNDS):
            round_ = Round(random.Random(at), ratios=at % 2 == 1, groups=at % 4 == 3)
            round_.cost_of = functools.partial(fewer, round_)
            for person in round_.people:
                person |= {"class": 1, "held": 0}
            with self.subTest(round=at), unittest.mock.patch.object(checker.Lots, "of", few):
                best = round_.best_by_trying()
                if best is None:
                    continue
                certificate, _ = round_.certificate()
                code = round_.check(best[0], certificate)
                self.assertIn(code, (0, 3))
                self.assertIn(checker.AS_GOOD if code else "no other roll is as good", round_.said)
                # Every number of units and every group is decided, so that nothing is left unsaid.
                self.assertEqual(code == 0, round_.times_reached(best[1]) == 1)
                seen["tied" if code else "only"] += 1
        self.assertGreater(min(seen.values()), ROUNDS // 20, seen)

    def test_circles(self):
        for ways, circle in [
            ([], False),
            ([(1, 2), (2, 1)], False),
            ([(1, 2), (2, 3)], False),
            ([(1, 2), (2, 3), (3, 1)], True),
            ([(1, 2), (2, 1), (2, 3), (3, 2)], False),
            ([(1, 2), (2, 1), (2, 3), (3, 2), (1, 3), (3, 1)], True),
            ([(1, 2), (2, 1), (2, 3), (3, 2), (1, 3)], True),
            ([(1, 2), (2, 1), (2, 3), (1, 3)], False),
            ([(1, 2), (2, 1), (2, 3), (3, 4), (4, 1)], True),
        ]:
            with self.subTest(ways=ways):
                self.assertEqual(checker.has_circle(set(ways)), circle)


class Work(unittest.TestCase):
    def test_more_people_times_parts_than_are_checked_are_refused_unread(self):
        round_ = fixed_round(ratio=True)
        roll, _ = round_.best_by_trying()
        certificate, _ = round_.certificate()
        work = len(round_.people) * sum("prices" in part for part in certificate["parts"])
        for most, code in ((work, 0), (work - 1, 2)):
            with unittest.mock.patch.object(checker, "WORK_MAX", most):
                self.assertEqual(round_.check(roll, certificate), code)
        self.assertIn("closed parts is more than", round_.said)
        page = SELECTION_PAGE.with_name("certificate.md").read_text(encoding="utf-8")
        self.assertIn(f"{checker.WORK_MAX:,} people times closed parts", page)


class Lots(unittest.TestCase):
    def test_lots_are_those_of_the_published_vectors(self):
        page = SELECTION_PAGE.read_text(encoding="utf-8")
        vectors = re.findall(r"^\| (.*?) ?\| ([0-9a-f]{2}) \| ([0-9a-f]{2}) \| (\d+) \| (\d+) \|$", page, re.MULTILINE)
        self.assertEqual(len(vectors), 7)
        for agreement, seed, item, first, following in vectors:
            lots = checker.Lots(agreement, bytes.fromhex(seed * 32))
            self.assertEqual(lots.of(bytes.fromhex(item * 32)), (int(first) << checker.LEVEL_BITS) + int(following))


    def test_equal_first_halves_and_a_joint_seed_are_those_of_the_pages(self):
        agreement = "0123456789abcdef0123456789abcdef"
        page = SELECTION_PAGE.read_text(encoding="utf-8")
        equal = re.findall(r"^\* item `([0-9a-f]{64})`: (\d+), then (\d+)$", page, re.MULTILINE)
        self.assertEqual((len(equal), len({first for _, first, _ in equal})), (2, 1))
        for item, first, following in equal:
            lot = checker.Lots(agreement, bytes.fromhex("07" * 32)).of(bytes.fromhex(item))
            self.assertEqual(lot, (int(first) << checker.LEVEL_BITS) + int(following))
        page = SELECTION_PAGE.with_name("entry.md").read_text(encoding="utf-8")
        stated = dict(re.findall(r"^\* (.*) = `([0-9a-f]{64})`$", page, re.MULTILINE))
        seeds, number = {}, (7).to_bytes(4, "big")
        for party in ("aronia", "belmar"):
            seeds[party] = bytes.fromhex(stated[f"seed of {party}"])
            digest = hashlib.sha256(b"homeward seed" + number + bytes([len(party)]) + party.encode() + seeds[party])
            self.assertEqual(digest.hexdigest(), stated[f"seed digest of {party}"])
        joint = hashlib.sha256(b"homeward joint seed" + b"\xa9" * 32 + number + seeds["aronia"] + seeds["belmar"]).digest()
        self.assertEqual(joint.hex(), stated["joint seed"])
        first, following = re.search(r"^\* by that seed.* is (\d+), then (\d+)$", page, re.MULTILINE).groups()
        lot = checker.Lots(agreement, joint).of(b"\x11" * 32)
        self.assertEqual(lot, (int(first) << checker.LEVEL_BITS) + int(following))


class Levels(unittest.TestCase):
    def test_one_integer_holds_levels_of_any_sign_and_compares_as_they_do(self):
        chance = random.Random(1)
        rules = fixed_round().read()[0]
        wide = [[chance.randrange(-(2**100), 2**100) for _ in rules.levels] for _ in range(200)]
        near = [[chance.randrange(-1, 2) for _ in rules.levels] for _ in range(200)]
        for levels in wide + near:
            self.assertEqual(checker.levels_of(rules, checker.packed(levels)), levels)
        for a, b in itertools.product(near[:40], repeat=2):
            self.assertEqual(checker.packed(a) < checker.packed(b), a < b)


class Groups(unittest.TestCase):
    def test_a_group_has_the_class_of_its_first_middle_or_last_member(self):
        for whose, of_two, of_three in [("first", 1, 1), ("middle", 3, 2), ("last", 3, 3)]:
            round_ = fixed_round()
            round_.rules["group_class"] = whose
            for person, class_ in zip(round_.people, [3, 1, 2]):
                person["class"] = class_
            for members, expected in ((2, of_two), (3, of_three)):
                for at, person in enumerate(round_.people):
                    person["group"] = 7 if at < members else 0
                _, pool = round_.read()
                with self.subTest(whose=whose, members=members):
                    self.assertEqual({person.class_ for person in pool.people[:members]}, {expected})


class Sentences(unittest.TestCase):
    """What is wrong is said of the item or the rule."""

    def refusal(self, roll, round_=None):
        round_ = round_ or fixed_round()
        certificate, _ = round_.certificate()
        self.assertEqual(round_.check(roll, certificate), 3)
        return round_.said

    def test_each_broken_rule_is_named(self):
        sick, other, private, theirs = (one["item"] for one in fixed_round().people)
        stranger = "ee" * 32
        cases = [
            ("somebody who is not in the pool", [sick, stranger], f"item {stranger} is in the roll and not in the pool"),
            ("somebody twice", [sick, sick], f"item {sick} is in the roll twice"),
            ("a full site", [sick, other], "cap 'north' of aronia: 2 go where at most 1 may"),
            ("one for none", [private], "category 'privates': 1 of aronia against 0 of belmar is not one-for-one"),
        ]
        for name, roll, sentence in cases:
            with self.subTest(name):
                self.assertIn(sentence, self.refusal(sorted(roll)))

    def test_a_least_a_ratio_and_a_group_are_named(self):
        round_ = fixed_round()
        round_.rules["categories"][0]["at_least"] = [1, 0]
        self.assertIn("category 'sick' of aronia: 0 go where at least 1 must", self.refusal([], round_))
        round_ = fixed_round()
        round_.rules["categories"][1]["against"] = "2:1"
        pair = sorted(one["item"] for one in round_.people[2:])
        self.assertIn("category 'privates': 1 of aronia against 1 of belmar is not 2:1", self.refusal(pair, round_))
        # One against one is in proportion, and still half a unit of two against two.
        round_.rules["categories"][1]["against"] = "2:2"
        self.assertIn("category 'privates': 1 against 1 are not whole units of 2:2", self.refusal(pair, round_))
        round_ = fixed_round()
        round_.people[0]["group"] = round_.people[2]["group"] = 4
        self.assertIn("group 4 is split", self.refusal([round_.people[0]["item"]], round_))

    def test_who_should_go_and_who_should_stay_are_named(self):
        sick, other, private, theirs = (one["item"] for one in fixed_round().people)
        said = self.refusal(sorted([other, private, theirs]))
        self.assertTrue(f"item {sick} stays and should go" in said or f"item {other} goes and should stay" in said, said)
        self.assertIn("at level class-1 than the bound", said)


class Malformed(unittest.TestCase):
    """Inputs that are not what the formats say are refused as unreadable, never accepted and never a traceback."""

    def setUp(self):
        self.round = fixed_round(ratio=True)
        best = self.round.best_by_trying()
        self.certificate, _ = self.round.certificate()
        self.files = self.round.files(best[0], self.certificate)
        self.assertEqual(run(self.files, SEED)[0], 0)

    def refused(self, name, file, change, seed=SEED):
        files = self.files | ({file: change(self.files[file])} if file else {})
        self.assertNotEqual((files, seed), (self.files, SEED), f"{name}: the case changes nothing")
        with self.subTest(name):
            code, said = run(files, seed)
            self.assertEqual(code, 2, said)
            self.assertTrue(said.startswith("unreadable: "), said)

    def test_rules(self):
        def replaced(old, new):
            return lambda text: text.replace(old, new, 1)

        for name, old, new in [
            ("not TOML", "objective", "= objective"),
            ("an unknown field", "classes =", "surplus = 1\nclasses ="),
            ("an unknown objective", "priority-first", "guess"),
            ("no objective", 'objective = "priority-first"', ""),
            ("an agreement in capitals", "0123456789abcdef0123456789abcdef", "0123456789ABCDEF0123456789ABCDEF"),
            ("no class", "classes = 3", "classes = 0"),
            ("true for a number", "classes = 3", "classes = true"),
            ("a fraction", "classes = 3", "classes = 3.0"),
            ("the same party twice", "belmar", "aronia"),
            ("a cap twice", 'id = "north"', 'id = "round"'),
            ("a cap within none", 'within = "round"', 'within = "train"'),
            ("a least above the most", "at_most = 1\n", "at_most = 1\nat_least = 2\n"),
            ("a negative most", "at_most = 1\n", "at_most = -1\n"),
            ("a ratio of nothing", "2:1", "0:1"),
            ("a ratio too large", "2:1", "1001:1"),
            ("a category twice", 'id = "privates"', 'id = "sick"'),
            ("a most of nobody's", 'id = "sick"', 'id = "sick"\nat_most = { cedria = 1 }'),
            ("a most for three", 'id = "sick"', 'id = "sick"\nat_most = [1, 1, 1]'),
        ]:
            self.refused(name, "rules.toml", replaced(old, new))

    def test_pool(self):
        def in_first_row(field, value):
            def change(text):
                lines = text.split("\n")
                row = lines[1].split(",")
                row[field] = value
                return "\n".join([lines[0], ",".join(row), *lines[2:]])

            return change

        for name, field, value in [
            ("an item too short", 0, "01"),
            ("an item in capitals", 0, "AB" * 32),
            ("an unknown side", 1, "cydonia"),
            ("a site of the other side", 2, "south"),
            ("an unknown category", 3, "sailors"),
            ("class 0", 4, "0"),
            ("a class too high", 4, "4"),
            ("held too long", 5, "65536"),
            ("held with a sign", 5, "+1"),
            ("held in other digits", 5, "١"),
            ("requested otherwise", 6, "true"),
            ("group 0", 7, "0"),
        ]:
            self.refused(name, "pool.csv", in_first_row(field, value))
        self.refused("a field too few", "pool.csv", lambda text: text.replace(",\n", "\n", 1))
        self.refused("another header", "pool.csv", lambda text: text.replace("held", "days", 1))
        self.refused("somebody twice", "pool.csv", lambda text: text + text.split("\n")[1] + "\n")
        self.refused("a quoted label", "pool.csv", lambda text: text.replace("aronia", '"aronia"', 1))
        self.refused("an open quote", "pool.csv", lambda text: text.replace("aronia", '"aronia', 1))
        both = fixed_round()
        both.people[0]["group"] = both.people[3]["group"] = 1
        self.refused("a group of both sides", "pool.csv", lambda _: both.files([], {})["pool.csv"])
        self.refused("no text", "pool.csv", lambda _: b"\xff\xfe")

    def test_roll(self):
        self.refused("no header", "roll.csv", lambda text: text.split("\n", 1)[1])
        self.refused("descending", "roll.csv", lambda text: "\n".join(["item"] + sorted(text.split()[1:])[::-1]) + "\n")
        self.refused("an item too long", "roll.csv", lambda text: text.replace("\n", "\n00", 1))

    def test_seed(self):
        self.refused("a seed too short", None, None, seed="07" * 31)
        self.refused("a seed that is no hex", None, None, seed="zz" * 32)

    def test_certificate(self):
        def changed(by):
            def change(text):
                certificate = json.loads(text)
                by(certificate)
                return json.dumps(certificate)

            return change

        def part(certificate, key):
            return next(one for one in certificate["parts"] if key in one)

        def price(value):
            return changed(lambda c: part(c, "prices")["prices"][0].__setitem__(0, value))

        for name, change in [
            ("not JSON", lambda text: text[:-1]),
            ("a field twice", lambda text: text.replace("{", '{"levels": [], ', 1)),
            ("nested beyond measure", lambda _: "[" * 100_000),
            ("a list", lambda _: "[]"),
            ("other levels", changed(lambda c: c["levels"].reverse())),
            ("an unknown field", changed(lambda c: c.update(surplus=1))),
            ("no parts", changed(lambda c: c.update(parts=[]))),
            ("a price too few", changed(lambda c: part(c, "prices")["prices"].pop())),
            ("a level too few", changed(lambda c: part(c, "prices")["prices"][0].pop())),
            ("a price too large", price(2**60 + 1)),
            ("a fraction for a price", price(0.5)),
            ("true for a price", price(True)),
            ("text for a price", price("1")),
            ("NaN for a price", lambda text: text.replace("[[0", "[[NaN", 1) if "[[0" in text else "NaN"),
            ("a ratio that is not there", changed(lambda c: part(c, "units")["units"].update(category="sick"))),
            ("units below nothing", changed(lambda c: part(c, "units")["units"].update(at_most=-1))),
            ("a group that is not there", changed(lambda c: c["parts"].__setitem__(0, {"group": 9, "yes": 1, "no": 2}))),
            ("a half that is itself", changed(lambda c: part(c, "units").update(yes=0))),
            ("a half twice", changed(lambda c: part(c, "units").update(no=part(c, "units")["yes"]))),
            ("both halves one part", changed(lambda c: c.update(parts=[part(c, "units") | {"yes": 1, "no": 1}, part(c, "prices")]))),
            ("a half that is not there", changed(lambda c: part(c, "units").update(no=len(c["parts"])))),
            ("a part that belongs to none", changed(lambda c: c["parts"].append(part(c, "prices")))),
        ]:
            self.refused(name, "certificate.json", change)

    def test_a_group_decided_twice_on_one_way_down(self):
        round_ = Round(random.Random(15), ratios=False, groups=True)
        numbers = round_.group_numbers()
        self.assertTrue(numbers)
        closed = {"prices": [[0] * len(round_.levels)] * round_.nodes}
        again = {"group": numbers[0], "yes": 3, "no": 4}
        parts = [{"group": numbers[0], "yes": 1, "no": 2}, again, closed, closed, closed]
        certificate = {"levels": round_.levels, "cost": [], "bound": [], "parts": parts}
        roll, _ = round_.best_by_trying()
        self.assertEqual(round_.check(roll, certificate), 2)
        self.assertIn("is decided twice", round_.said)

    def test_a_missing_file_and_missing_words(self):
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stderr(io.StringIO()):
            self.assertEqual(checker.main([f"{folder}/none"] * 2 + [SEED] + [f"{folder}/none"] * 2), 2)
            self.assertEqual(checker.main([]), 2)


class Linear(unittest.TestCase):
    def test_two_hundred_thousand_people_take_seconds(self):
        chance = random.Random(5)
        round_ = fixed_round()
        round_.people = [
            {
                "item": chance.randbytes(32).hex(),
                "side": at % 2,
                "site": 1,
                "category": chance.randrange(2),
                "class": chance.randrange(1, 4),
                "held": chance.randrange(3000),
                "requested": False,
                "group": 0,
            }
            for at in range(200_000)
        ]
        files = round_.files([], {"levels": round_.levels, "cost": [], "bound": [], "parts": [{"prices": [[0] * 8] * round_.nodes}]})
        began = time.process_time()
        code, said = run(files, SEED)
        self.assertEqual(code, 3, said)
        self.assertLess(time.process_time() - began, 20)


# --- small rounds


CLASSES = 3


class Round:
    """A small round: three caps of a side inside one another and a fourth beside them, two or four categories."""

    def __init__(self, chance, ratios, groups):
        def cap(id_, within, largest):
            stated = {"id": id_}
            if within:
                stated["within"] = within
            if chance.random() < 0.7:
                stated["at_most"] = chance.randrange(largest)
            if chance.random() < 0.12 and stated.get("at_most", 1) > 0:
                stated["at_least"] = 1
            return stated

        def side(party):
            caps = [cap("round", None, 6), cap("bus", "round", 5), cap("north", "bus", 4), cap("south", "round", 4)]
            return {"party": party, "caps": caps}

        def category(id_, against):
            stated = {"id": id_, "against": against}
            if chance.random() < 0.3:
                stated["at_most"] = [chance.randrange(1, 4), chance.randrange(1, 4)]
            if chance.random() < 0.12:
                stated["at_least"] = [chance.randrange(2), chance.randrange(2)]
            return stated

        against = ["all-for-all", "one-for-one"] + ["2:1", "1:2"] * ratios
        self.rules = {
            "agreement": chance.randbytes(16).hex(),
            "objective": chance.choice(["priority-first", "total-first"]),
            "classes": CLASSES,
            "group_class": chance.choice(["first", "middle", "last"]),
            "sides": [side("aronia"), side("belmar")],
            "categories": [category(f"kind-{at}", against) for at, against in enumerate(against)],
        }
        self.people = []
        for _ in range(chance.randrange(1, 10)):
            held_by = chance.randrange(2)
            self.people.append(
                {
                    "item": chance.randbytes(32).hex(),
                    "side": held_by,
                    "site": chance.randrange(1, 4),
                    "category": chance.randrange(len(against)),
                    "class": chance.randrange(1, CLASSES + 1),
                    # Few values, so that lots decide often.
                    "held": chance.randrange(3),
                    "requested": chance.random() < 0.1,
                    "group": 2 * chance.randrange(1, 3) - held_by if groups and chance.random() < 0.5 else 0,
                }
            )
        self.said, self.seed = "", SEED

    @classmethod
    def of_files(cls, rules, pool, seed):
        round_ = cls(random.Random(0), ratios=False, groups=False)
        round_.rules, round_.people, round_.seed = rules, [], seed
        parties = [side["party"] for side in rules["sides"]]
        for category in rules["categories"]:
            for key, absent in (("at_least", 0), ("at_most", 99)):
                if isinstance(category.get(key), dict):
                    category[key] = [category[key].get(party, absent) for party in parties]
        for line in pool.splitlines()[1:]:
            item, side, site, category, class_, held, requested, group = line.split(",")
            side = parties.index(side)
            round_.people.append(
                {
                    "item": item,
                    "side": side,
                    "site": [cap["id"] for cap in rules["sides"][side]["caps"]].index(site),
                    "category": [one["id"] for one in rules["categories"]].index(category),
                    "class": int(class_),
                    "held": int(held),
                    "requested": requested == "yes",
                    "group": int(group or 0),
                }
            )
        return round_

    def digest(self, roll):
        hashed = hashlib.sha256(b"homeward roll v2\n")
        for side in (0, 1):
            items = sorted(one["item"] for one in self.people if one["side"] == side and one["item"] in roll)
            hashed.update(len(items).to_bytes(4, "big") + bytes.fromhex("".join(items)))
        return hashed.hexdigest()

    @property
    def levels(self):
        total = ["total"] if self.rules["objective"] == "total-first" else []
        classes = [f"class-{n}" for n in range(1, self.rules["classes"] + 1)]
        return ["missing", *total, "requested", *classes, "time-held", "lot", "next-lot"]

    @property
    def nodes(self):
        return 2 + sum(len(side["caps"]) for side in self.rules["sides"]) + 2 * len(self.rules["categories"])

    def group_numbers(self):
        stated = [person["group"] for person in self.people if person["group"]]
        return sorted({number for number in stated if stated.count(number) > 1})

    def class_of(self, person):
        members = sorted(one["class"] for one in self.people if one["group"] == person["group"])
        if not person["group"] or len(members) == 1:
            return person["class"]
        return {"first": members[0], "middle": members[len(members) // 2], "last": members[-1]}[self.rules["group_class"]]

    def cost_of(self, person):
        text = b"homeward lot v1\0" + self.rules["agreement"].encode() + b"\0" + bytes.fromhex(self.seed + person["item"])
        lot = hashlib.sha256(text).hexdigest()
        total = [-1] if self.rules["objective"] == "total-first" else []
        classes = [-int(self.class_of(person) == n) for n in range(1, self.rules["classes"] + 1)]
        return [0, *total, -int(person["requested"]), *classes, -person["held"], int(lot[:10], 16), int(lot[10:20], 16)]

    def best_by_trying(self):
        """The cheapest of all lawful rolls, and what it costs; None where no roll is lawful."""
        best = None
        costs = [self.cost_of(person) for person in self.people]
        for chosen in itertools.product((False, True), repeat=len(self.people)):
            if self.keeps_every_rule([one for one, goes in zip(self.people, chosen) if goes]):
                cost = [sum(level) for level in zip(*[[0] * len(self.levels)], *itertools.compress(costs, chosen))]
                if best is None or cost < best[1]:
                    best = (sorted(one["item"] for one in itertools.compress(self.people, chosen)), cost)
        return best

    def times_reached(self, cost):
        """How many lawful rolls cost just this."""
        costs, times = [self.cost_of(person) for person in self.people], 0
        for chosen in itertools.product((False, True), repeat=len(self.people)):
            if [sum(level) for level in zip(*[[0] * len(self.levels)], *itertools.compress(costs, chosen))] == cost:
                times += self.keeps_every_rule([one for one, goes in zip(self.people, chosen) if goes])
        return times

    def keeps_every_rule(self, going):
        for side, stated in enumerate(self.rules["sides"]):
            names = [cap["id"] for cap in stated["caps"]]
            found = dict.fromkeys(names, 0)
            for one in going:
                name = names[one["site"]] if one["side"] == side else None
                while name is not None:
                    found[name] += 1
                    name = stated["caps"][names.index(name)].get("within")
            for cap in stated["caps"]:
                if not cap.get("at_least", 0) <= found[cap["id"]] <= cap.get("at_most", 99):
                    return False
        for at, stated in enumerate(self.rules["categories"]):
            heads = [sum(one["category"] == at and one["side"] == side for one in going) for side in (0, 1)]
            least, most = stated.get("at_least", [0, 0]), stated.get("at_most", [99, 99])
            if not all(least[side] <= heads[side] <= most[side] for side in (0, 1)):
                return False
            words = {"all-for-all": None, "one-for-one": "1:1"}.get(stated["against"], stated["against"])
            ratio = words and [int(heads) for heads in words.split(":")]
            if ratio and not any(heads == [units * ratio[0], units * ratio[1]] for units in range(10)):
                return False
        if "balance" in self.rules:
            worths = [stated["worth"] for stated in self.rules["categories"]]
            given = [sum(worths[one["category"]] for one in going if one["side"] == side) for side in (0, 1)]
            if abs(given[0] - given[1] + self.rules["balance"]["carried"]) > self.rules["balance"]["tolerance"]:
                return False
        for number in self.group_numbers():
            members = [one for one in self.people if one["group"] == number]
            if len([one for one in going if one["group"] == number]) not in (0, len(members)):
                return False
        return True

    def certificate(self):
        """A certificate in which every number of units and every group is decided, and the cost it shows."""
        parts, cheapest = [], None
        ratios = [at for at, one in enumerate(self.rules["categories"]) if ":" in one["against"]]

        def prove(units, decided):
            nonlocal cheapest
            at = len(parts)
            parts.append(None)
            wide = next((ratio for ratio in ratios if units[ratio][0] < units[ratio][1]), None)
            number = next((number for number in self.group_numbers() if number not in decided), None)
            if wide is not None:
                least, most = units[wide]
                division = {"units": {"category": self.rules["categories"][wide]["id"], "at_most": least}}
                yes = prove(units | {wide: (least, least)}, decided)
                no = prove(units | {wide: (least + 1, most)}, decided)
                parts[at] = division | {"yes": yes, "no": no}
            elif number is not None:
                yes, no = prove(units, decided | {number: True}), prove(units, decided | {number: False})
                parts[at] = {"group": number, "yes": yes, "no": no}
            else:
                cost, prices = self.flow({ratio: least for ratio, (least, _) in units.items()}, decided)
                parts[at] = {"prices": prices}
                cheapest = cost if cheapest is None else min(cheapest, cost)
            return at

        prove({ratio: self.units_of(ratio) for ratio in ratios}, {})
        cost = cheapest or []
        return {"levels": self.levels, "cost": cost, "bound": cost, "parts": parts}, cheapest

    def units_of(self, at):
        stated = self.rules["categories"][at]
        bounds = []
        for side, heads in enumerate(int(word) for word in stated["against"].split(":")):
            there = sum(one["side"] == side for one in self.people)
            most = min(there, stated.get("at_most", [99, 99])[side])
            bounds.append((-(-stated.get("at_least", [0, 0])[side] // heads), most // heads))
        least = max(bound[0] for bound in bounds)
        return least, max(least, min(bound[1] for bound in bounds))

    def flow(self, units, decided):
        """The cheapest flow with every number of units and every group decided: its cost and its prices."""
        wide = len(self.levels)
        source, sink, first_cap = 0, 1, [2, 2 + len(self.rules["sides"][0]["caps"])]
        first_category = first_cap[1] + len(self.rules["sides"][1]["caps"])
        demanded = pack([-1] + [0] * (wide - 1))
        arcs = []  # from, to, room, cost, flow

        def way(from_, to, least, most):
            arcs.extend([[from_, to, least, demanded, 0], [from_, to, max(0, most - least), 0, 0]])
            return least

        demands = 0
        for side, stated in enumerate(self.rules["sides"]):
            names = [cap["id"] for cap in stated["caps"]]
            for at, cap in enumerate(stated["caps"]):
                outer = first_cap[side] + names.index(cap["within"]) if "within" in cap else (source, sink)[side]
                ends = [outer, first_cap[side] + at][:: 1 if side == 0 else -1]
                demands += way(*ends, cap.get("at_least", 0), cap.get("at_most", 99))
        for at, stated in enumerate(self.rules["categories"]):
            ends = [first_category + at, first_category + len(self.rules["categories"]) + at]
            least, most = stated.get("at_least", [0, 0]), stated.get("at_most", [99, 99])
            if stated["against"] == "one-for-one":
                if max(least) > min(most):
                    return [99] + [0] * (wide - 1), [[0] * wide] * self.nodes
                demands += way(*ends, max(least), min(most))
                continue
            for side in (0, 1):
                bounds = least[side], most[side]
                if at in units:
                    heads = units[at] * int(stated["against"].split(":")[side])
                    bounds = heads, heads
                demands += way(*((ends[0], sink) if side == 0 else (source, ends[1])), *bounds)
        for person in self.people:
            goes = decided.get(person["group"])
            if goes is False:
                continue
            ends = [
                first_cap[person["side"]] + person["site"],
                first_category + person["side"] * len(self.rules["categories"]) + person["category"],
            ]
            demands += goes is True
            ends = ends if person["side"] == 0 else ends[::-1]
            arcs.append([*ends, 1, pack(self.cost_of(person)) + (demanded if goes else 0), 0])
        arcs.append([sink, source, 99, 0, 0])
        while circle := negative_circle(self.nodes, arcs):
            for arc, step in circle:
                arc[4] += step
        cost = unpack(sum(arc[3] * arc[4] for arc in arcs), wide)
        cost[0] += demands
        return cost, [unpack(price, wide) for price in distances(self.nodes, arcs)[0]]

    def files(self, roll, certificate):
        lines = []
        for key in ("agreement", "objective", "classes", "group_class"):
            lines.append(f"{key} = {json.dumps(self.rules[key])}")
        for side in self.rules["sides"]:
            lines += ["[[sides]]", f"party = {json.dumps(side['party'])}"]
            for cap in side["caps"]:
                lines += ["[[sides.caps]]", *(f"{key} = {json.dumps(value)}" for key, value in cap.items())]
        for category in self.rules["categories"]:
            lines += ["[[categories]]", *(f"{key} = {json.dumps(value)}" for key, value in category.items())]
        pool = ["item,side,site,category,class,held,requested,group"]
        for one in self.people:
            side = self.rules["sides"][one["side"]]
            row = [one["item"], side["party"], side["caps"][one["site"]]["id"], self.rules["categories"][one["category"]]["id"]]
            row += [str(one["class"]), str(one["held"]), "yes" if one["requested"] else "", str(one["group"] or "")]
            pool.append(",".join(row))
        texts = {"rules.toml": lines, "pool.csv": pool, "roll.csv": ["item", *roll]}
        return {name: "\n".join(text) + "\n" for name, text in texts.items()} | {"certificate.json": json.dumps(certificate)}

    def check(self, roll, certificate):
        files = self.files(roll, certificate)
        # From memory: thousands of rolls need not go through a disk.
        with unittest.mock.patch.object(checker, "read", files.__getitem__):
            code, self.said = said_by_checker("rules.toml", "pool.csv", SEED, "roll.csv", "certificate.json")
        return code

    def read(self):
        files = self.files([], {})
        rules = checker.read_rules(files["rules.toml"])
        return rules, checker.read_pool(rules, files["pool.csv"])


def fixed_round(ratio=False):
    """Two sick of one site with one place, and a private on each side."""
    round_ = Round(random.Random(0), ratios=False, groups=False)

    def cap(id_, within, **more):
        return {"id": id_} | ({"within": within} if within else {}) | more

    round_.rules = {
        "agreement": "0123456789abcdef0123456789abcdef",
        "objective": "priority-first",
        "classes": CLASSES,
        "group_class": "first",
        "sides": [
            {"party": "aronia", "caps": [cap("round", None, at_most=3), cap("north", "round", at_most=1), cap("west", "round")]},
            {"party": "belmar", "caps": [cap("round", None, at_most=3), cap("south", "round")]},
        ],
        "categories": [
            {"id": "sick", "against": "all-for-all"},
            {"id": "privates", "against": "2:1" if ratio else "one-for-one"},
        ],
    }

    def one(number, side, site, category, class_):
        place = {"item": f"{number:02x}" * 32, "side": side, "site": site, "category": category}
        return place | {"class": class_, "held": 1, "requested": False, "group": 0}

    round_.people = [one(1, 0, 1, 0, 1), one(2, 0, 1, 0, 2), one(3, 0, 2, 1, 2), one(4, 1, 1, 1, 3)]
    if ratio:
        round_.people.append(one(5, 0, 2, 1, 3))
    return round_


def neighbours(roll, items):
    """Every roll with one person in, out or exchanged."""
    stay = [item for item in items if item not in roll]
    for out in roll:
        yield [item for item in roll if item != out]
    for in_ in stay:
        yield sorted([*roll, in_])
    for out, in_ in itertools.product(roll, stay):
        yield sorted([*(item for item in roll if item != out), in_])


# Levels in one integer, as the flow adds and compares them; wide enough for nine people.
BITS = 64


def pack(levels):
    return functools.reduce(lambda sum_, level: (sum_ << BITS) + level, levels, 0)


def unpack(amount, wide):
    levels = []
    for _ in range(wide):
        level = (amount + (1 << (BITS - 1))) % (1 << BITS) - (1 << (BITS - 1))
        levels.insert(0, level)
        amount = (amount - level) >> BITS
    return levels


def distances(nodes, arcs):
    """Bellman and Ford's distances from everywhere at once, with the steps that led there and the last node that moved."""
    price, by, moved = [0] * nodes, [None] * nodes, None
    for _ in range(nodes):
        moved = None
        for arc in arcs:
            from_, to, room, cost, flow = arc
            if flow < room and price[from_] + cost < price[to]:
                price[to], by[to], moved = price[from_] + cost, (from_, arc, 1), to
            if flow > 0 and price[to] - cost < price[from_]:
                price[from_], by[from_], moved = price[to] - cost, (to, arc, -1), from_
        if moved is None:
            break
    return price, by, moved


def negative_circle(nodes, arcs):
    """The steps of a circle that lowers the cost; None where there is none, and the flow is the cheapest."""
    _, by, node = distances(nodes, arcs)
    if node is None:
        return None
    for _ in range(nodes):
        node = by[node][0]
    steps, at = [], node
    while not steps or at != node:
        at, arc, step = by[at]
        steps.append((arc, step))
    return steps


def run(files, seed):
    """The checker's exit code on these files, and what it said."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name in ("rules.toml", "pool.csv", "roll.csv", "certificate.json"):
            content = files[name]
            paths.append(f"{folder}/{name}")
            Path(paths[-1]).write_bytes(content if isinstance(content, bytes) else content.encode())
        code, said = said_by_checker(*paths[:2], seed, *paths[2:])
        return code, said.replace(folder + "/", "")


def said_by_checker(*arguments):
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        return checker.main(arguments), said.getvalue()


def try_every_roll(lines, out):
    """One round a line, with the texts of `rules` and `pool` and with `seed`: the roll that trying every set of people finds,
    and its digest; nothing of a round without a roll. Rules are read as TOML alone, and nothing else is the checker's."""
    for line in lines:
        stated = json.loads(line)
        round_ = Round.of_files(tomllib.loads(stated["rules"]), stated["pool"], stated["seed"])
        best = round_.best_by_trying()
        print(json.dumps({"roll": best[0], "digest": round_.digest(best[0])} if best else {"digest": None}), file=out)
    return 0


if __name__ == "__main__":
    if sys.argv[1:] == ["--try"]:
        sys.exit(try_every_roll(sys.stdin, sys.stdout))
    unittest.main()
