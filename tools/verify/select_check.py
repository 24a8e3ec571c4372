#!/usr/bin/env python3
"""Checks a joint roll with a program of one's own: python3 select_check.py RULES POOL SEED ROLL CERTIFICATE

Decides whether the roll keeps every rule of the round, and whether the certificate shows that no other roll is as good.
It selects nobody, needs nothing but Python 3.11, and shares no line with the program that selected. Exit code 0: the roll
is the best there is, and the only one so good. 3: it is not, or it is not shown to be, and one sentence each says where.
2: an input is not what the formats say.

python3 select_check.py --batch checks many: one case a line on standard input, a JSON object with the texts of `rules`,
`pool` and `certificate`, with `seed` and with `roll`, a list of items. What a line leaves out is as on the line before.
One line each says the verdict: `holds`, `as-good` (no roll is better, another as good is not ruled out), `not-the-best`,
`lawless` or `unreadable`; the sentences; and of a lawful roll cost and bound, each number as text, and the digest.

The method. A place taken is a unit of flow: from the source through the caps of the first side, outermost first, over
one person to the person's category, through the category to the other side, over one person there and out through the
caps to the sink; from the sink it flows back to the source. Give every node a price, any price. Going round a circle,
prices gained and given cancel, so a roll costs just as much when every way from `a` to `b` is charged price(a) - price(b)
on top. Each way then costs at least its charge times its fewest places (or its most, where the charge is negative), and
each person at least nothing (or the charged cost, where that is negative). The sum of these is a bound that no roll of
the round can be below. Where a roll costs exactly the bound, it is the best.

Levels never mix: costs are compared at the first level at which they differ.
"""

import csv
import functools
import graphlib
import hashlib
import io
import json
import re
import sys
import tomllib
from dataclasses import dataclass, field

# Numbers that the rules may name at most. With them no sum at one level reaches 127 bits.
PLACES_MAX = 10_000_000
HEADS_MAX = 1_000
CAPS_MAX = 4_096
CATEGORIES_MAX = 64
CLASSES_MAX = 64
HELD_MAX = 65_535
GROUP_MAX = 2**32 - 1
PEOPLE_MAX = 20_000_000
PRICE_MAX = 2**60
# The most people times closed parts that are checked: a foreign certificate must not cost hours.
WORK_MAX = 4_000_000_000
WORTH_MAX = 60
CARRIED_MAX = 1_000_000_000
# Where a balance is kept, every price is in so many parts of a unit.
SCALE = 840

# Levels side by side in one integer, each with this many bits: adding and comparing the integers is adding and comparing
# the levels, first to last.
LEVEL_BITS = 128
LOT_BITS = 40
# The last two levels are the two halves of the lot.
LOTS_SHIFT = 2 * LEVEL_BITS
LOT_LARGEST = ((2**LOT_BITS - 1) << LEVEL_BITS) + 2**LOT_BITS - 1

SOURCE, SINK = 0, 1


class Unreadable(Exception):
    """An input is not what its format says."""


class Refused(Exception):
    """The roll breaks a rule, or is not shown to be the best."""

    def __init__(self, *sentences):
        super().__init__("; ".join(sentences))
        self.sentences = sentences


class Lawless(Refused):
    """The roll breaks a rule."""


class NotTheBest(Refused):
    """The roll is lawful and costs more than the bound."""

    def __init__(self, cost, bound, sentences):
        super().__init__(*sentences)
        self.cost, self.bound = cost, bound


AS_GOOD = "no roll is better, and the certificate does not rule out another that is as good"


def main(arguments):
    if arguments == ["--batch"]:
        return batch(sys.stdin, sys.stdout)
    if len(arguments) != 5:
        print("usage: select_check.py RULES POOL SEED ROLL CERTIFICATE (SEED: 64 hex digits)", file=sys.stderr)
        return 2
    rules_path, pool_path, seed, roll_path, certificate_path = arguments
    try:
        rules = read_rules(read(rules_path))
        pool = read_pool(rules, read(pool_path))
        roll = read_roll(read(roll_path))
        certificate = read_certificate(rules, pool, read(certificate_path))
        verdict = check(roll, Shown(rules, pool, read_seed(seed), certificate))
        if not verdict.only:
            raise Refused(AS_GOOD)
    except Unreadable as fault:
        print(f"unreadable: {fault}", file=sys.stderr)
        return 2
    except Refused as refused:
        for sentence in refused.sentences:
            print(f"refused: {sentence}")
        return 3
    worth = ", ".join(f"{level} {amount}" for level, amount in zip(rules.levels, verdict.cost))
    print(f"the roll of {len(roll)} people keeps every rule, and no other roll is as good: {worth}")
    for claim in verdict.false_claims:
        print(f"note: the certificate claims another {claim} than the one worked out here", file=sys.stderr)
    return 0


def batch(lines, out):
    case, known = {}, {}

    def once(kind, *key, make):
        if known.get(kind, (None, None))[0] != key:
            known[kind] = (key, make())
        return known[kind][1]

    for line in lines:
        case |= json.loads(line)
        texts = [case[name] for name in ("rules", "pool", "seed", "certificate")]
        try:
            rules = once("rules", *texts[:1], make=lambda: read_rules(texts[0]))
            pool = once("pool", *texts[:2], make=lambda: read_pool(rules, texts[1]))
            certificate = once("certificate", *texts, make=lambda: read_certificate(rules, pool, texts[3]))
            shown = once("shown", *texts, make=lambda: Shown(rules, pool, read_seed(texts[2]), certificate))
            answer = judged([read_item(item, "roll") for item in case["roll"]], shown)
        except Unreadable as fault:
            answer = {"verdict": "unreadable", "says": [str(fault)]}
        print(json.dumps(answer), file=out)
    return 0


def judged(roll, shown):
    try:
        verdict = check(roll, shown)
    except Lawless as lawless:
        return {"verdict": "lawless", "says": lawless.sentences}
    except NotTheBest as less:
        answer = {"verdict": "not-the-best", "says": less.sentences}
        levels = {"cost": levels_of(shown.rules, less.cost), "bound": levels_of(shown.rules, less.bound)}
        return answer | {name: [str(level) for level in levels] for name, levels in levels.items()}
    answer = {"verdict": "holds" if verdict.only else "as-good", "says": [] if verdict.only else [AS_GOOD]}
    answer |= {"cost": [str(level) for level in verdict.cost], "bound": [str(level) for level in verdict.bound]}
    return answer | {"digest": roll_digest(shown.pool, roll), "false_claims": verdict.false_claims}


def roll_digest(pool, roll):
    """What both parties compare; of a lawful roll."""
    hashed = hashlib.sha256(b"homeward roll v2\n")
    for side in (0, 1):
        items = sorted(item for item in roll if pool.people[pool.place[item]].side == side)
        hashed.update(len(items).to_bytes(4, "big") + b"".join(items))
    return hashed.hexdigest()


# --- the check


@dataclass
class Verdict:
    cost: list
    bound: list
    only: bool
    false_claims: list


class Shown:
    """What a certificate shows of a round, whatever the roll."""

    def __init__(self, rules, pool, seed, certificate):
        self.rules, self.pool, self.certificate = rules, pool, certificate
        self.lots = Lots(rules.agreement, seed)

    @functools.cached_property
    def closed(self):
        """Every closed part: the bound of its rolls, the part, its prices."""
        parts = closed_parts(self.rules, self.pool, self.certificate)
        return [(self.whole(bound_of(self.rules, self.pool, self.lots, part, prices)), part, prices) for part, prices in parts]

    def whole(self, bound):
        """A bound in whole numbers: a level that is a fraction is rounded up, and those after it are the least there can be."""
        if self.rules.balance is None:
            return bound
        rounded = []
        for level in levels_of(self.rules, bound):
            rounded.append(-(-level // SCALE))
            if level % SCALE:
                rounded += self.least[len(rounded) :]
                break
        return packed(rounded)

    @functools.cached_property
    def least(self):
        """What no roll is below, level by level: the sum of everyone's costs below nothing."""
        return levels_of(self.rules, sum(self.pool.ranks) << LOTS_SHIFT)

    @functools.cached_property
    def lowest(self):
        return min(self.closed, key=lambda one: one[0])


def check(roll, shown):
    """The roll's cost and the bound, which are the same; raises Refused where the roll is not shown to be the best."""
    rules, pool, lots = shown.rules, shown.pool, shown.lots
    goes = lawful(rules, pool, roll)
    cost = sum((pool.ranks[at] << LOTS_SHIFT) + lots.of(pool.people[at].item) for at in goes)
    # The roll is lawful and the parts leave no roll out, so one of them has it, and its bound is at most the cost.
    assert shown.closed, "no part left: this checker is wrong"
    bound, part, prices = shown.lowest
    assert bound <= cost, "a bound above a lawful roll's cost: this checker is wrong"
    if bound < cost:
        raise NotTheBest(cost, bound, gap(rules, pool, lots, goes, cost, bound, part, prices))
    worked_out = {"cost": levels_of(rules, cost), "bound": levels_of(rules, bound)}
    false = [name for name, levels in worked_out.items() if shown.certificate.claims[name] != levels]
    return Verdict(worked_out["cost"], worked_out["bound"], is_only(shown, goes, cost), false)


def is_only(shown, goes, cost):
    """Whether the certificate rules out every other roll of the same cost."""
    used = taken(shown.rules, shown.pool, goes)

    def other_as_good(bound, part, prices):
        if not part.holds(shown.pool, goes, used):
            return bound == cost
        exact = bound_of(shown.rules, shown.pool, shown.lots, part, prices)
        # A bound that reaches the cost by rounding alone leaves room for another roll.
        rounded = bound == cost and exact != cost * shown.rules.scale
        return rounded or is_level_circle(shown, goes, used, part, prices)

    return not any(other_as_good(*closed) for closed in shown.closed)


def is_level_circle(shown, goes, used, part, prices):
    """Whether ways without a charge lead round in a circle, so that another roll may be as good."""
    rules, pool = shown.rules, shown.pool
    more, less, at_site = set(), set(), {}
    for way in charges(rules, pool, part, prices):
        if way.charge != 0:
            continue
        if way.what[0] == "units":
            # More units, or fewer, are more or fewer places on the ways of both sides.
            for ends in way.ends:
                if used[way.what] < way.most:
                    more.add(ends)
                if used[way.what] > way.least:
                    less.add(ends[::-1])
        elif way.what[0] == "back":
            more.add(way.ends)
            if goes:
                less.add(way.ends[::-1])
        else:
            if used[way.what] < way.most:
                more.add(way.ends)
            if used[way.what] > way.least:
                less.add(way.ends[::-1])
    decided = {at for number in part.decided for at in pool.groups[number]}
    for at, person in enumerate(pool.people):
        if at not in decided and charged_cost(rules, pool, shown.lots, prices, at) == 0:
            cell = (person.side, person.site, person.category)
            # Two of one cell, one of whom goes, can change places.
            if at_site.setdefault(cell, at in goes) != (at in goes):
                return True
            ends = (rules.cap_node(person.side, person.site), rules.category_node(person.side, person.category))
            leads_in = (person.side == 0) != (at in goes)
            (less if at in goes else more).add(ends if leads_in else ends[::-1])
    return has_circle(more | less)


def has_circle(ways):
    """Whether directed ways have a circle other than to and fro between two nodes."""
    joined = {}

    def joint(node):
        while node in joined:
            node = joined[node]
        return node

    both = {way for way in ways if way[::-1] in ways}
    for a, b in both:
        if a < b:
            a, b = joint(a), joint(b)
            if a == b:
                return True
            joined[a] = b
    leads = {}
    for a, b in ways - both:
        leads.setdefault(joint(a), set()).add(joint(b))
    if any(node in to for node, to in leads.items()):
        return True
    try:
        graphlib.TopologicalSorter(leads).prepare()
    except graphlib.CycleError:
        return True
    return False


def lawful(rules, pool, roll):
    """The places in the pool of those who go; raises Lawless with every rule that the roll breaks."""
    goes, broken = set(), []
    for item in roll:
        at = pool.place.get(item)
        if at is None:
            broken.append(f"item {item.hex()} is in the roll and not in the pool")
        elif at in goes:
            broken.append(f"item {item.hex()} is in the roll twice")
        else:
            goes.add(at)
    inside = [[0] * len(caps) for caps in rules.caps]
    heads = [[0, 0] for _ in rules.categories]
    for at in goes:
        person = pool.people[at]
        heads[person.category][person.side] += 1
        cap = person.site
        while cap is not None:
            inside[person.side][cap] += 1
            cap = rules.caps[person.side][cap].within
    for side, caps in enumerate(rules.caps):
        for cap, found in zip(caps, inside[side]):
            broken += out_of_bounds(f"cap {cap.id!r} of {rules.parties[side]}", found, cap.at_least, cap.at_most)
    for category, found in zip(rules.categories, heads):
        for side in (0, 1):
            name = f"category {category.id!r} of {rules.parties[side]}"
            broken += out_of_bounds(name, found[side], category.at_least[side], category.at_most[side])
        if category.ratio is not None and found[0] * category.ratio[1] != found[1] * category.ratio[0]:
            broken.append(
                f"category {category.id!r}: {found[0]} of {rules.parties[0]} against {found[1]} of {rules.parties[1]}"
                f" is not {category.against}"
            )
        elif category.ratio is not None and found[0] % category.ratio[0]:
            broken.append(f"category {category.id!r}: {found[0]} against {found[1]} are not whole units of {category.against}")
    if rules.balance is not None:
        given = sum(rules.worth(side, at) * found[side] for at, found in enumerate(heads) for side in (0, 1))
        least, most = rules.balance
        if not least <= given <= most:
            broken.append(
                f"balance: {rules.parties[0]} gives {given} more than {rules.parties[1]} where {least} to {most} is within it"
            )
    for number, members in pool.groups.items():
        if 0 < sum(at in goes for at in members) < len(members):
            broken.append(f"group {number} is split")
    if broken:
        raise Lawless(*broken)
    return goes


def out_of_bounds(name, found, least, most):
    if found < least:
        return [f"{name}: {found} go where at least {least} must"]
    if most is not None and found > most:
        return [f"{name}: {found} go where at most {most} may"]
    return []


@dataclass
class Part:
    """A part of all rolls: between how many units each ratio has and heads each category of one side, and what is decided of
    each group."""

    units: dict
    decided: dict = field(default_factory=dict)
    heads: dict = field(default_factory=dict)

    def halves(self, part):
        """The part divided in two, no roll left out: where what divides it holds, and where it does not."""
        if "group" in part:
            if part["group"] in self.decided:
                raise Unreadable(f"certificate: group {part['group']} is decided twice on one way down")
            return [Part(self.units, self.decided | {part["group"]: goes}, self.heads) for goes in (True, False)]
        category, at_most = part["category"], part["at_most"]
        if "side" in part:
            key = part["side"], category
            least, most = self.heads.get(key, (0, PLACES_MAX))
            intervals = (least, min(most, at_most)), (max(least, at_most + 1), most)
            return [Part(self.units, self.decided, self.heads | {key: interval}) for interval in intervals]
        least, most = self.units[category]
        intervals = (least, min(most, at_most)), (max(least, at_most + 1), most)
        return [Part(self.units | {category: interval}, self.decided, self.heads) for interval in intervals]

    def holds(self, pool, goes, used):
        """Whether a roll lies in this part."""
        return all(least <= used["units", 0, at] <= most for at, (least, most) in self.units.items()) and all(
            group_goes == (pool.groups[number][0] in goes) for number, group_goes in self.decided.items()
        ) and all(least <= used["category", side, at] <= most for (side, at), (least, most) in self.heads.items())

    def bounds(self, rules, side, at):
        """The fewest and the most heads of a category of one side, all for all."""
        category = rules.categories[at]
        least, most = self.heads.get((side, at), (0, PLACES_MAX))
        own_most = PLACES_MAX if category.at_most[side] is None else category.at_most[side]
        return max(least, category.at_least[side]), min(most, own_most)

    def empty(self, rules):
        intervals = [self.bounds(rules, side, at) for side, at in self.heads]
        return any(least > most for least, most in [*self.units.values(), *intervals])


def closed_parts(rules, pool, certificate):
    """The parts that the certificate closes, each with its prices. Together they have every roll."""
    closed = sum("prices" in part for part in certificate.parts)
    if closed * len(pool.people) > WORK_MAX:
        raise Unreadable(f"certificate: {len(pool.people)} people times {closed} closed parts is more than {WORK_MAX}")
    open_parts = [(0, Part({at: units_of(rules, pool, at) for at in rules.in_ratio}))]
    while open_parts:
        at, part = open_parts.pop()
        stated = certificate.parts[at]
        if "prices" in stated:
            if not part.empty(rules):
                yield part, Prices(stated["prices"], stated["balance"])
        else:
            yes, no = part.halves(stated)
            open_parts += [(stated["no"], no), (stated["yes"], yes)]


class Prices(list):
    """The price of each node, and of a unit of worth."""

    def __init__(self, of_nodes, balance):
        super().__init__(of_nodes)
        self.balance = balance


def units_of(rules, pool, at):
    """The fewest and the most units of a category in a ratio that its own bounds and the people there are allow."""
    category = rules.categories[at]
    least = max(-(-category.at_least[side] // category.ratio[side]) for side in (0, 1))
    most = min(
        min(pool.heads[side], PLACES_MAX if category.at_most[side] is None else category.at_most[side])
        // category.ratio[side]
        for side in (0, 1)
    )
    return least, most


def bound_of(rules, pool, lots, part, prices):
    """What no roll of a part costs less than."""
    bound = sum(way.charge * way.pays() for way in charges(rules, pool, part, prices))
    if rules.balance is not None:
        # What is charged for worth is given back for as much as may be given, where that is least.
        bound -= prices.balance * rules.balance[prices.balance > 0]
    for (side, site, category), ranks in pool.cells.items():
        charge = charge_of(rules, prices, side, site, category)
        for rank, members in ranks:
            before_lot = rules.scale * (rank << LOTS_SHIFT) + charge
            # A lot is never negative: nobody here or further back can count for the bound.
            if before_lot >= 0:
                break
            if before_lot + rules.scale * LOT_LARGEST < 0:
                bound += before_lot * len(members) + rules.scale * lots.sum_of(pool, members)
            else:
                bound += sum(min(0, before_lot + rules.scale * lots.of(pool.people[at].item)) for at in members)
    # Those of decided groups were counted as if they were free to go or stay.
    for number, group_goes in part.decided.items():
        for at in pool.groups[number]:
            charged = charged_cost(rules, pool, lots, prices, at)
            bound += (charged if group_goes else 0) - min(0, charged)
    return bound


@dataclass
class Way:
    """A way that is not a person, or the two of a ratio: between which nodes, what a place on it costs, and how to count what a roll takes."""

    name: str
    ends: tuple
    charge: int
    least: int
    most: int
    what: tuple

    def pays(self):
        """How many places it pays to take."""
        return self.most if self.charge < 0 else self.least


def charges(rules, pool, part, prices):
    """Every way that is not a person; a ratio is one way, counted in units."""
    everyone = len(pool.people)

    def way(name, ends, least, most, what):
        return Way(name, ends, prices[ends[0]] - prices[ends[1]], least, most, what)

    for side, caps in enumerate(rules.caps):
        edge = (SOURCE, SINK)[side]
        for at, cap in enumerate(caps):
            outer = edge if cap.within is None else rules.cap_node(side, cap.within)
            ends = (outer, rules.cap_node(side, at)) if side == 0 else (rules.cap_node(side, at), outer)
            most = max(everyone, cap.at_least) if cap.at_most is None else cap.at_most
            yield way(f"cap {cap.id!r} of {rules.parties[side]}", ends, cap.at_least, most, ("cap", side, at))
    for at, category in enumerate(rules.categories):
        # Through a category flow leaves the first side and enters the second: to the other side's category where heads are
        # matched one for one, to the sink and from the source where they are not.
        outside = (rules.category_node(0, at), SINK), (SOURCE, rules.category_node(1, at))
        most = [PLACES_MAX if most is None else most for most in category.at_most]
        name = f"category {category.id!r}"
        if category.against == "all-for-all":
            for side, ends in enumerate(outside):
                of_side = f"{name} of {rules.parties[side]}"
                one = way(of_side, ends, *part.bounds(rules, side, at), ("category", side, at))
                one.charge += prices.balance * rules.worth(side, at)
                yield one
        elif category.against == "one-for-one":
            ends = outside[0][0], outside[1][1]
            yield way(name, ends, max(category.at_least), min(most), ("category", 0, at))
        else:
            # One unit is so many heads of each side; its charge is linear in the units.
            out, into = (prices[ends[0]] - prices[ends[1]] for ends in outside)
            charge = out * category.ratio[0] + into * category.ratio[1]
            charge += prices.balance * sum(rules.worth(side, at) * category.ratio[side] for side in (0, 1))
            yield Way(name, outside, charge, *part.units[at], ("units", 0, at))
    yield way("the way back", (SINK, SOURCE), 0, everyone, ("back", 0, 0))


def charge_of(rules, prices, side, site, category):
    """The charge on a person of a site and category: from site to category on the first side, the other way on the second."""
    charge = prices[rules.cap_node(side, site)] - prices[rules.category_node(side, category)]
    return charge if side == 0 else -charge


def charged_cost(rules, pool, lots, prices, at):
    person = pool.people[at]
    charge = charge_of(rules, prices, person.side, person.site, person.category)
    return rules.scale * ((pool.ranks[at] << LOTS_SHIFT) + lots.of(person.item)) + charge


# How many sentences say what stands between a roll and the bound: the weightiest.
SENTENCES_MAX = 5


def gap(rules, pool, lots, goes, cost, bound, part, prices):
    """What stands between the roll and the lowest bound, weightiest first."""
    level, by = next((name, by) for name, by in zip(rules.levels, levels_of(rules, cost - bound)) if by)
    opening = f"the roll is not shown to be the best: it costs {by} more at level {level} than the bound"
    used = taken(rules, pool, goes)
    outside = [
        f"ratio {rules.categories[at].id!r} has {least} to {most} units"
        for at, (least, most) in part.units.items()
        if not least <= used["units", 0, at] <= most
    ]
    for side, at in part.heads:
        least, most = part.bounds(rules, side, at)
        if not least <= used["category", side, at] <= most:
            outside.append(f"category {rules.categories[at].id!r} of {rules.parties[side]} has {least} to {most} heads")
    for number, group_goes in part.decided.items():
        if group_goes != (pool.groups[number][0] in goes):
            outside.append(f"group {number} {'goes' if group_goes else 'stays'}")
    if outside:
        return [opening, f"the bound is that of another part, where {' and '.join(outside)}"]
    faults = []
    for way in charges(rules, pool, part, prices):
        places, what = way.pays(), way.what
        if what[0] != "back" and way.charge != 0 and used[what] != places:
            unit = "units" if what[0] == "units" else "places"
            by = way.charge * (used[what] - places)
            faults.append((by, f"{way.name} takes {used[what]} {unit} where it pays to take {places}"))
    decided = {at for number in part.decided for at in pool.groups[number]}
    for at, person in enumerate(pool.people):
        if at in decided:
            continue
        charged = charged_cost(rules, pool, lots, prices, at)
        if at in goes and charged > 0:
            faults.append((charged, f"item {person.item.hex()} goes and should stay"))
        elif at not in goes and charged < 0:
            faults.append((-charged, f"item {person.item.hex()} stays and should go"))
    faults.sort(reverse=True)
    return [opening] + [sentence for _, sentence in faults[:SENTENCES_MAX]]


def taken(rules, pool, goes):
    """How many places of each way a roll takes, and how many units of each ratio."""
    used = {("cap", side, at): 0 for side in (0, 1) for at in range(len(rules.caps[side]))}
    used |= {("category", side, at): 0 for side in (0, 1) for at in range(len(rules.categories))}
    for at in goes:
        person = pool.people[at]
        used["category", person.side, person.category] += 1
        cap = person.site
        while cap is not None:
            used["cap", person.side, cap] += 1
            cap = rules.caps[person.side][cap].within
    for at in rules.in_ratio:
        used["units", 0, at] = used["category", 0, at] // rules.categories[at].ratio[0]
    return used


class Lots:
    """The lots of a round, each drawn once and only when asked for."""

    def __init__(self, agreement, seed):
        self.begun = hashlib.sha256(b"homeward lot v1\0" + agreement.encode() + b"\0" + seed)
        self.drawn, self.sums = {}, {}

    def of(self, item):
        """Both halves of a person's lot, at the last two levels."""
        lot = self.drawn.get(item)
        if lot is None:
            hashed = self.begun.copy()
            hashed.update(item)
            drawn = hashed.digest()
            lot = (int.from_bytes(drawn[:5], "big") << LEVEL_BITS) + int.from_bytes(drawn[5:10], "big")
            self.drawn[item] = lot
        return lot

    def sum_of(self, pool, members):
        """The sum of the lots of everyone of one rank in one cell; the list stays as it is while the pool is there."""
        if id(members) not in self.sums:
            self.sums[id(members)] = sum(self.of(pool.people[at].item) for at in members)
        return self.sums[id(members)]


def packed(levels):
    """Levels as one integer."""
    sum_ = 0
    for level in levels:
        sum_ = (sum_ << LEVEL_BITS) + level
    return sum_


def levels_of(rules, amount):
    """The levels of one integer."""
    half = 1 << (LEVEL_BITS - 1)
    levels = []
    for _ in rules.levels:
        level = (amount + half) % (2 * half) - half
        levels.append(level)
        amount = (amount - level) >> LEVEL_BITS
    return levels[::-1]


# --- the rules


@dataclass
class Cap:
    id: str
    within: int | None
    at_least: int
    at_most: int | None


@dataclass
class Category:
    id: str
    against: str
    # Heads of each side per unit; one for one is 1 to 1, all for all has none.
    ratio: tuple | None
    at_least: list
    at_most: list
    worth: int = 0


@dataclass
class Rules:
    agreement: str
    objective: str
    classes: int
    group_class: str
    parties: list
    caps: list
    categories: list
    # The least and the most that the first side may give more than the second, in worth; None where it is not weighed.
    balance: tuple | None = None

    def __post_init__(self):
        total = ["total"] if self.objective == "total-first" else []
        classes = [f"class-{number}" for number in range(1, self.classes + 1)]
        self.levels = ["missing", *total, "requested", *classes, "time-held", "lot", "next-lot"]
        self.in_ratio = [at for at, category in enumerate(self.categories) if ":" in category.against]
        self.scale = 1 if self.balance is None else SCALE
        self.nodes = 2 + len(self.caps[0]) + len(self.caps[1]) + 2 * len(self.categories)

    def worth(self, side, at):
        """What one person adds to what the first side gives more than the second."""
        return -self.categories[at].worth if side else self.categories[at].worth

    def cap_node(self, side, at):
        return 2 + (len(self.caps[0]) if side else 0) + at

    def category_node(self, side, at):
        return 2 + len(self.caps[0]) + len(self.caps[1]) + side * len(self.categories) + at

    def rank(self, class_, held, requested):
        """What a person costs at every level but the lots, lowest first: who goes before whom at one site and category."""
        total = [-1] if self.objective == "total-first" else []
        classes = [-(number == class_) for number in range(1, self.classes + 1)]
        return packed([0, *total, -requested, *classes, -held])


def read_rules(text):
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as fault:
        raise Unreadable(f"rules: {fault}") from None
    fields(table, "rules", ["agreement", "objective", "classes", "group_class", "sides", "categories"], ["balance", "chances"])
    agreement = table["agreement"]
    if not isinstance(agreement, str) or not re.fullmatch("[0-9a-f]{32}", agreement):
        raise Unreadable("rules: agreement is not 32 lower-case hex digits")
    one_of(table, "rules", "objective", ["priority-first", "total-first"])
    # Rolls that chances draw have no certificate; there is nothing here to check them by.
    if "chances" in table:
        one_of(table, "rules", "chances", ["lots"])
    one_of(table, "rules", "group_class", ["first", "middle", "last"])
    classes = number(table["classes"], "rules: classes", 1, CLASSES_MAX)
    sides = tables(table["sides"], "rules: sides", 2, 2)
    for side in sides:
        fields(side, "a side", ["party", "caps"])
    parties = [label(side["party"], "party") for side in sides]
    if parties[0] == parties[1]:
        raise Unreadable("rules: both sides are the same party")
    caps = [read_caps(side["caps"], party) for side, party in zip(sides, parties)]
    stated = tables(table["categories"], "rules: categories", 1, CATEGORIES_MAX)
    categories = [read_category(one, parties, "balance" in table) for one in stated]
    once([category.id for category in categories], "category")
    return Rules(agreement, table["objective"], classes, table["group_class"], parties, caps, categories, read_balance(table))


def read_balance(table):
    if "balance" not in table:
        return None
    stated = table["balance"]
    fields(stated, "balance", ["carried", "tolerance"])
    carried = number(stated["carried"], "balance: carried", -CARRIED_MAX, CARRIED_MAX)
    tolerance = number(stated["tolerance"], "balance: tolerance", 0, CARRIED_MAX)
    return -tolerance - carried, tolerance - carried


def read_caps(stated, party):
    caps, place = [], {}
    for one in tables(stated, f"caps of {party}", 1, CAPS_MAX):
        fields(one, "a cap", ["id"], ["within", "at_most", "at_least"])
        id_ = label(one["id"], "cap")
        name = f"cap {id_!r} of {party}"
        if id_ in place:
            raise Unreadable(f"rules: {name} is there twice")
        within = None
        if "within" in one:
            within = place.get(label(one["within"], name))
            if within is None:
                raise Unreadable(f"rules: {name} lies in a cap that does not stand before it")
        at_least = number(one.get("at_least", 0), f"{name}: at_least", 0, PLACES_MAX)
        at_most = number(one["at_most"], f"{name}: at_most", 0, PLACES_MAX) if "at_most" in one else None
        least_and_most(name, at_least, at_most)
        place[id_] = len(caps)
        caps.append(Cap(id_, within, at_least, at_most))
    return caps


def read_category(one, parties, in_balance):
    fields(one, "a category", ["id", "against", *["worth"] * in_balance], ["at_least", "at_most"])
    id_ = label(one["id"], "category")
    name = f"category {id_!r}"
    against, ratio = one["against"], None
    if against == "one-for-one":
        ratio = (1, 1)
    elif against != "all-for-all":
        if not isinstance(against, str) or not re.fullmatch("[1-9][0-9]{0,3}:[1-9][0-9]{0,3}", against):
            raise Unreadable(f"rules: {name}: against is neither all-for-all, one-for-one nor a ratio such as 3:1")
        ratio = tuple(number(int(heads), f"{name}: ratio", 1, HEADS_MAX) for heads in against.split(":"))
    bounds = []
    for key, absent in (("at_least", 0), ("at_most", None)):
        stated = one.get(key, {})
        if isinstance(stated, dict):
            fields(stated, f"{name}: {key}", [], parties)
            stated = [stated.get(party, absent) for party in parties]
        if not isinstance(stated, list) or len(stated) != 2:
            raise Unreadable(f"rules: {name}: {key} is not two numbers, one per side, nor a table of them by party")
        bounds.append([value if value is absent else number(value, f"{name}: {key}", 0, PLACES_MAX) for value in stated])
    for least, most in zip(*bounds):
        least_and_most(name, least, most)
    if against == "one-for-one":
        known = [most for most in bounds[1] if most is not None]
        least_and_most(name, max(bounds[0]), min(known, default=None))
    worth = number(one["worth"], f"{name}: worth", 0, WORTH_MAX) if in_balance else 0
    return Category(id_, against, ratio, *bounds, worth)


def least_and_most(name, least, most):
    if least > (PLACES_MAX if most is None else most):
        raise Unreadable(f"rules: {name}: at least {least} is more than at most {most}")


# --- the people


@dataclass(slots=True)
class Person:
    item: bytes
    side: int
    site: int
    category: int
    class_: int
    held: int
    requested: bool


class Pool:
    """Everyone who may go, with who stands where in each site and category."""

    def __init__(self, rules, people, groups):
        self.people = people
        # A group of one is someone who goes alone.
        self.groups = {number: members for number, members in groups.items() if len(members) > 1}
        self.heads = [sum(person.side == side for person in people) for side in (0, 1)]
        self.place = {}
        for at, person in enumerate(people):
            if self.place.setdefault(person.item, at) != at:
                raise Unreadable(f"pool: item {person.item.hex()} is there twice")
        for number, members in self.groups.items():
            if len({people[at].side for at in members}) > 1:
                raise Unreadable(f"pool: group {number} has members of both sides")
            classes = sorted(people[at].class_ for at in members)
            whose = {"first": 0, "middle": len(classes) // 2, "last": -1}[rules.group_class]
            for at in members:
                people[at].class_ = classes[whose]
        ranked, cells, self.ranks = {}, {}, []
        for at, person in enumerate(people):
            key = (person.class_, person.held, person.requested)
            rank = ranked.get(key)
            if rank is None:
                rank = ranked[key] = rules.rank(*key)
            self.ranks.append(rank)
            cells.setdefault((person.side, person.site, person.category), {}).setdefault(rank, []).append(at)
        self.cells = {cell: sorted(ranks.items()) for cell, ranks in cells.items()}


POOL_HEADER = ["item", "side", "site", "category", "class", "held", "requested", "group"]


def read_pool(rules, text):
    sides = {party: side for side, party in enumerate(rules.parties)}
    sites = [{cap.id: at for at, cap in enumerate(caps)} for caps in rules.caps]
    categories = {category.id: at for at, category in enumerate(rules.categories)}
    people, groups = [], {}
    for line, row in rows(text, "pool", POOL_HEADER):
        where = f"pool, line {line}"
        item, side, site, category, class_, held, requested, group = row
        side = known(sides, side, f"{where}: side")
        if requested not in ("yes", ""):
            raise Unreadable(f"{where}: requested is neither yes nor empty")
        if group:
            groups.setdefault(written(group, f"{where}: group", 1, GROUP_MAX), []).append(len(people))
        people.append(
            Person(
                read_item(item, where),
                side,
                known(sites[side], site, f"{where}: site"),
                known(categories, category, f"{where}: category"),
                written(class_, f"{where}: class", 1, rules.classes),
                written(held, f"{where}: held", 0, HELD_MAX),
                requested == "yes",
            )
        )
        if len(people) > PEOPLE_MAX:
            raise Unreadable(f"{where}: more than {PEOPLE_MAX} people")
    return Pool(rules, people, groups)


def read_roll(text):
    roll = [read_item(row[0], f"roll, line {line}") for line, row in rows(text, "roll", ["item"])]
    for before, after in zip(roll, roll[1:]):
        if before > after:
            raise Unreadable(f"roll: item {after.hex()} stands after a higher one")
    return roll


# --- the certificate


@dataclass
class Certificate:
    # By number: {"prices": one integer per node} or what divides the part, with the numbers of its halves.
    parts: list
    claims: dict


def read_certificate(rules, pool, text):
    try:
        stated = json.loads(text, object_pairs_hook=no_key_twice, parse_float=no_fraction, parse_constant=no_fraction)
    except (ValueError, RecursionError) as fault:
        raise Unreadable(f"certificate: {fault}") from None
    fields(stated, "certificate", ["levels", "cost", "bound", "parts"])
    if stated["levels"] != rules.levels:
        raise Unreadable("certificate: the levels are not those of the rules")
    parts = tables(stated["parts"], "certificate: parts", 1, None)
    named = [False] * len(parts)
    named[0] = True
    read_parts = []
    for at, part in enumerate(parts):
        if "prices" in part:
            fields(part, f"part {at}", ["prices"], [] if rules.balance is None else ["balance"])
            [balance] = read_prices(rules, [part["balance"]], at, 1) if part.get("balance") else [0]
            read_parts.append({"prices": read_prices(rules, part["prices"], at, rules.nodes), "balance": balance})
            continue
        for half in ("yes", "no"):
            to = part.get(half)
            if not is_number(to) or not at < to < len(parts) or named[to]:
                raise Unreadable(f"certificate: part {at}: {half} is not the number of a later part that is named once")
            named[to] = True
        read_parts.append(read_division(rules, pool, part, at))
    if not all(named):
        raise Unreadable(f"certificate: part {named.index(False)} belongs to no division")
    return Certificate(read_parts, {"cost": stated["cost"], "bound": stated["bound"]})


def read_division(rules, pool, part, at):
    halves = {"yes": part["yes"], "no": part["no"]}
    if "group" in part:
        fields(part, f"part {at}", ["group", "yes", "no"])
        group = part["group"]
        if not is_number(group) or group not in pool.groups:
            raise Unreadable(f"certificate: part {at}: no such group of two or more: {group}")
        return halves | {"group": group}
    if "heads" in part:
        fields(part, f"part {at}", ["heads", "yes", "no"])
        fields(part["heads"], f"heads of part {at}", ["party", "category", "at_most"])
        sides = {party: side for side, party in enumerate(rules.parties)}
        side = known(sides, part["heads"]["party"], f"certificate: part {at}: party")
        all_for_all = {one.id: at for at, one in enumerate(rules.categories) if one.ratio is None and one.worth}
        category = known(all_for_all, part["heads"]["category"], f"certificate: part {at}: category that is weighed")
        at_most = number(part["heads"]["at_most"], f"part {at}: at_most", 0, PLACES_MAX)
        return halves | {"side": side, "category": category, "at_most": at_most}
    fields(part, f"part {at}", ["units", "yes", "no"])
    fields(part["units"], f"units of part {at}", ["category", "at_most"])
    in_ratio = {rules.categories[at].id: at for at in rules.in_ratio}
    category = known(in_ratio, part["units"]["category"], f"certificate: part {at}: category in a ratio")
    return halves | {"category": category, "at_most": number(part["units"]["at_most"], f"part {at}: at_most", 0, PLACES_MAX)}


def read_prices(rules, stated, at, nodes):
    right = isinstance(stated, list) and len(stated) == nodes
    for price in stated if right else []:
        right &= isinstance(price, list) and len(price) == len(rules.levels)
        right = right and all(is_number(level) and -PRICE_MAX <= level <= PRICE_MAX for level in price)
    if not right:
        raise Unreadable(f"certificate: part {at} does not give each of {nodes} prices at every level")
    return [packed(price) for price in stated]


# --- reading


def read(path):
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as fault:
        raise Unreadable(f"{path}: {fault}") from None


def read_seed(text):
    if not re.fullmatch("[0-9a-f]{64}", text):
        raise Unreadable("seed: not 64 lower-case hex digits")
    return bytes.fromhex(text)


ITEM = re.compile("[0-9a-f]{64}")


def read_item(text, where):
    if not ITEM.fullmatch(text):
        raise Unreadable(f"{where}: item is not 64 lower-case hex digits")
    return bytes.fromhex(text)


def rows(text, name, header):
    """The lines of a table below its header, with their numbers."""
    at = text.find('"')
    if at >= 0:
        raise Unreadable(f"{name}, line {text.count(chr(10), 0, at) + 1}: a quote")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        if next(reader, None) != header:
            raise Unreadable(f"{name}: the first line is not {','.join(header)}")
        for row in reader:
            if len(row) != len(header):
                raise Unreadable(f"{name}, line {reader.line_num}: {len(row)} fields where there are {len(header)}")
            yield reader.line_num, row
    except csv.Error as fault:
        raise Unreadable(f"{name}, line {reader.line_num}: {fault}") from None


def fields(table, name, required, optional=()):
    if not isinstance(table, dict):
        raise Unreadable(f"{name}: not a table of fields")
    for key in required:
        if key not in table:
            raise Unreadable(f"{name}: field {key} is missing")
    for key in table:
        if key not in required and key not in optional:
            raise Unreadable(f"{name}: unknown field {key!r}")


def tables(stated, name, least, most):
    if not isinstance(stated, list) or not all(isinstance(one, dict) for one in stated):
        raise Unreadable(f"{name}: not a list of tables")
    if len(stated) < least or (most is not None and len(stated) > most):
        raise Unreadable(f"{name}: {len(stated)} entries")
    return stated


def one_of(table, name, key, words):
    if table[key] not in words:
        raise Unreadable(f"{name}: {key} is not one of {', '.join(words)}")


def label(value, name):
    if not isinstance(value, str) or not value:
        raise Unreadable(f"rules: {name}: not a label")
    return value


def once(ids, what):
    twice = next((id_ for at, id_ in enumerate(ids) if id_ in ids[:at]), None)
    if twice is not None:
        raise Unreadable(f"rules: {what} {twice!r} is there twice")


def known(places, id_, name):
    if not isinstance(id_, str) or id_ not in places:
        raise Unreadable(f"{name}: there is no {id_!r}")
    return places[id_]


def is_number(value):
    # To Python True is a number; to a table of numbers it is not.
    return isinstance(value, int) and not isinstance(value, bool)


def number(value, name, least, most):
    if not is_number(value) or not least <= value <= most:
        raise Unreadable(f"{name}: {value!r} is not {least} to {most}")
    return value


def written(text, name, least, most):
    if not text.isascii() or not text.isdigit() or len(text) > 10:
        raise Unreadable(f"{name}: {text!r} is not a number")
    return number(int(text), name, least, most)


def no_key_twice(pairs):
    table = dict(pairs)
    if len(table) != len(pairs):
        raise ValueError("a field is there twice")
    return table


def no_fraction(text):
    raise ValueError(f"{text} is not a whole number")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
