"""The round as a plain integer model: one variable for each cell, one row for each rule, one objective for each level.

A cell is everyone of one side, site, category, class, time held and request; no rule tells them apart. With one person
to a cell it is the model of persons. The variables of the ratios' units follow those of the cells.
"""

import tomllib
from dataclasses import dataclass

import numpy

FIELDS = ["side", "site", "category", "class", "held", "requested"]


@dataclass
class Model:
    # The most of each variable; the fewest is 0.
    most: list
    # (variables, factors, fewest, most) of each row; nothing where it is not bounded.
    rows: list
    # (name, factors of the cells' variables), to be made as large as can be, first to last.
    levels: list


def model(rules, cells, counts):
    """`cells` holds one line per cell, with the columns of FIELDS."""
    side, site, category, class_, held, requested = cells.T
    rows = []
    for at, one in enumerate(rules["sides"]):
        caps = one["caps"]
        for cap in caps:
            inside = [place for place in range(len(caps)) if cap["id"] in outwards(caps, place)]
            bound(rows, (side == at) & numpy.isin(site, inside), cap.get("at_least"), cap.get("at_most"))
    most, ratios = counts.tolist(), 0
    for at, one in enumerate(rules["categories"]):
        of = [(category == at) & (side == place) for place in (0, 1)]
        for place in (0, 1):
            bound(rows, of[place], *(one[key][place] if key in one else None for key in ("at_least", "at_most")))
        first, second = of[0].nonzero()[0], of[1].nonzero()[0]
        if one["against"] == "one-for-one":
            rows.append((numpy.concatenate([first, second]), [1] * len(first) + [-1] * len(second), 0, 0))
        elif one["against"] != "all-for-all":
            units = len(counts) + ratios
            ratios += 1
            most.append(int(counts.sum()))
            for heads, of_side in zip(one["against"].split(":"), (first, second)):
                rows.append((numpy.append(of_side, units), [1] * len(of_side) + [-int(heads)], 0, 0))
    levels = [("requested", requested)]
    levels += [(f"class-{number}", (class_ == number).astype(int)) for number in range(1, rules["classes"] + 1)]
    levels.append(("time-held", held))
    return Model(most, rows, levels)


def bound(rows, which, least, most):
    if least or most is not None:
        variables = which.nonzero()[0]
        rows.append((variables, [1] * len(variables), least or 0, most))


def outwards(caps, at):
    """A cap's label and those of every cap that it lies in."""
    labels, by_label = [caps[at]["id"]], {cap["id"]: cap for cap in caps}
    while "within" in by_label[labels[-1]]:
        labels.append(by_label[labels[-1]]["within"])
    return labels


def read_rules(path):
    with open(path, "rb") as file:
        return tomllib.load(file)
