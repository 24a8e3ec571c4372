#!/usr/bin/env python3
"""Invents a round for every engine alike: invent.py PEOPLE-PER-SIDE SEED FOLDER writes rules.toml and pool.csv.

Forty sites a side in five transports in one round of 1,000 places; eight categories, of which two go all for all, five
one for one and one three for one; six classes and eight quarters of captivity. One in a hundred refuses and one in two
hundred is vetoed: they are not in the pool. One in five hundred is asked for by name. Nobody is in a group.
"""

import sys
from pathlib import Path

import numpy

PARTIES = ["aronia", "belmar"]
AGREEMENT = "0123456789abcdef0123456789abcdef"
SITES, TRANSPORTS, ROUND = 40, 5, 1000
AGAINST = ["all-for-all"] * 2 + ["one-for-one"] * 5 + ["3:1"]
# Shares of the six classes and of the eight categories, in percent: few of the gravest, most in the last.
CLASSES = [2, 3, 5, 10, 30, 50]
CATEGORIES = [4, 6, 40, 20, 12, 8, 6, 4]


def main(people, seed, folder):
    chance = numpy.random.default_rng([int(seed), int(people)])
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rules.toml").write_text(rules(chance))
    with open(folder / "pool.csv", "w") as file:
        file.write("item,side,site,category,class,held,requested,group\n")
        for party in PARTIES:
            file.writelines(side(chance, party, int(people)))


def rules(chance):
    lines = [f'agreement = "{AGREEMENT}"', 'objective = "priority-first"', "classes = 6", 'group_class = "first"']
    for party in PARTIES:
        caps = [("round", None, ROUND)]
        caps += [(f"transport-{at}", "round", 260) for at in range(TRANSPORTS)]
        caps += [(f"site-{at}", f"transport-{at % TRANSPORTS}", chance.integers(10, 61)) for at in range(SITES)]
        lines += ["", "[[sides]]", f'party = "{party}"']
        for id_, within, at_most in caps:
            lines += ["[[sides.caps]]", f'id = "{id_}"', f"at_most = {at_most}"]
            lines += [f'within = "{within}"'] if within else []
    for at, against in enumerate(AGAINST):
        lines += ["", "[[categories]]", f'id = "kind-{at}"', f'against = "{against}"']
    return "\n".join(lines) + "\n"


def side(chance, party, people):
    there = people - chance.binomial(people, 0.01) - chance.binomial(people, 0.005)
    # Sites differ in size by far, as camps do.
    sizes = chance.pareto(1.2, SITES) + 0.2
    sites = chance.choice(SITES, there, p=sizes / sizes.sum())
    categories = chance.choice(len(CATEGORIES), there, p=numpy.array(CATEGORIES) / 100)
    classes = chance.choice(len(CLASSES), there, p=numpy.array(CLASSES) / 100) + 1
    held = chance.integers(1, 9, there)
    requested = chance.random(there) < 0.002
    items = chance.bytes(32 * there).hex()
    for at in range(there):
        yield (
            f"{items[64 * at : 64 * at + 64]},{party},site-{sites[at]},kind-{categories[at]},{classes[at]},{held[at]},"
            f"{'yes' if requested[at] else ''},\n"
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
