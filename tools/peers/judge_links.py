#!/usr/bin/env python3
"""Judges links against the truth, by whomever they were made: judge_links.py TRUTH.csv PAIRS.csv CLUSTERS.csv

    truth      id,person,source,list     who each record is of; source may be empty; list is 0, or 0 and 1 where two are linked
    pairs      left_id,right_id,probability
    clusters   id,person                 each record with its person; other columns are not read

Reads nothing but what was written, needs Python alone, and knows neither engine. Judged are the pairs by their probability, one
threshold after the other; recall by pair of sources at the threshold of the best F1; the pairs that the written clusters put
together, and those that pairs of at least 0.95 and 0.99 put together when every chain of them is followed; and in each
band of probability how many pairs are right beside how many ought to be. Of two lists only pairs across them count.

A file that would make the figures wrong is refused: a pair twice, a record with itself or within one of two lists, a probability
that is none, a record that is not in the truth, or not exactly once in the clusters.
"""

import collections
import csv
import itertools
import json
import sys

PRECISIONS = (0.99, 0.999)
CUTS = (0.95, 0.99)
BANDS = (0.0, 0.05, 0.5, 0.9, 0.99, 0.999)


class Unusable(Exception):
    """A file that cannot be judged, and where."""


class Truth:
    """Who each record is of, and how many pairs are right."""

    def __init__(self, rows):
        self.person, self.source, self.list = {}, {}, {}
        for row in rows:
            if row["id"] in self.person:
                raise Unusable(f"truth: record {row['id']} twice")
            self.person[row["id"]] = row["person"]
            self.source[row["id"]] = row["source"]
            self.list[row["id"]] = row["list"]
        self.is_across = len(set(self.list.values())) > 1
        self.pairs = self.pairs_within(self.person)

    def pairs_within(self, group_of):
        """How many pairs that count have the same group, of groups by record."""
        counts = collections.Counter((group, self.list[record]) for record, group in group_of.items())
        sizes = collections.defaultdict(list)
        for (group, _), count in counts.items():
            sizes[group].append(count)
        if self.is_across:
            return sum(one * other for of in sizes.values() for one, other in itertools.combinations(of, 2))
        return sum(size * (size - 1) // 2 for of in sizes.values() for size in of)

    def pairs_by_sources(self):
        """How many right pairs there are of each two sources, in their order."""
        people = collections.defaultdict(collections.Counter)
        for record, person in self.person.items():
            people[person][self.source[record], self.list[record]] += 1
        found = collections.Counter()
        for counts in people.values():
            for (one, size), (other, others) in itertools.combinations(counts.items(), 2):
                if not self.is_across or one[1] != other[1]:
                    found[sources(one[0], other[0])] += size * others
            if not self.is_across:
                for (source, _), size in counts.items():
                    found[sources(source, source)] += size * (size - 1) // 2
        return +found


def sources(one, other):
    return "-".join(sorted((one, other)))


def read_pairs(rows, truth):
    """Pairs as (probability, one, other), the likeliest first."""
    seen, pairs = set(), []
    for line, row in enumerate(rows, 2):
        one, other = row["left_id"], row["right_id"]
        for record in (one, other):
            if record not in truth.person:
                raise Unusable(f"pairs, line {line}: no record {record} in the truth")
        key = (one, other) if one < other else (other, one)
        if one == other or key in seen:
            raise Unusable(f"pairs, line {line}: {one} and {other} are the same record or there twice")
        if truth.is_across and truth.list[one] == truth.list[other]:
            raise Unusable(f"pairs, line {line}: {one} and {other} are in one list")
        probability = float(row["probability"])
        if not 0 <= probability <= 1:
            raise Unusable(f"pairs, line {line}: {row['probability']} is no probability")
        seen.add(key)
        pairs.append((probability, one, other))
    pairs.sort(key=lambda pair: -pair[0])
    return pairs


def read_clusters(rows, truth):
    """The person of each record, as it was written."""
    person_of = {}
    for line, row in enumerate(rows, 2):
        if row["id"] in person_of or row["id"] not in truth.person:
            raise Unusable(f"clusters, line {line}: record {row['id']} twice or not in the truth")
        person_of[row["id"]] = row["person"]
    if len(person_of) < len(truth.person):
        raise Unusable(f"clusters: {len(truth.person) - len(person_of)} records are missing")
    return person_of


def judged(truth, pairs, person_of):
    """Every figure, by name."""
    good = [truth.person[one] == truth.person[other] for _, one, other in pairs]
    figures = {"records": len(truth.person), "pairs_true": truth.pairs, "pairs_written": len(pairs)}
    figures |= by_threshold(truth, pairs, good)
    threshold = figures["threshold"]
    hits = collections.Counter(
        sources(truth.source[one], truth.source[other])
        for (probability, one, other), right in zip(pairs, good)
        if right and probability >= threshold
    )
    every = truth.pairs_by_sources()
    if len(every) > 1:
        figures["recall_by_sources"] = {names: hits[names] / count for names, count in sorted(every.items())}
        figures["pairs_by_sources"] = dict(sorted(every.items()))
    figures["clusters"] = clusters(truth, person_of)
    for cut in CUTS:
        figures[f"chains_{cut}"] = clusters(truth, chained(truth, pairs, cut))
    figures["bands"] = bands(pairs, good)
    return figures


def by_threshold(truth, pairs, good):
    """The best F1 over every threshold at which a probability ends, and recall where precision is high enough."""
    best = {"f1": 0.0, "precision": 0.0, "recall": 0.0, "threshold": 1.0}
    reached = dict.fromkeys(PRECISIONS, 0.0)
    hits = 0
    for at, right in enumerate(good):
        hits += right
        # A threshold lies only where the probability changes: equal ones go together.
        if at + 1 < len(pairs) and pairs[at + 1][0] == pairs[at][0]:
            continue
        precision, recall = hits / (at + 1), hits / truth.pairs
        f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
        if f1 > best["f1"]:
            best = {"f1": f1, "precision": precision, "recall": recall, "threshold": pairs[at][0]}
        for least in PRECISIONS:
            if precision >= least:
                reached[least] = max(reached[least], recall)
    found = {f"recall_at_precision_{least}": recall for least, recall in reached.items()}
    # Where the best threshold is the last one, more might have been gained below what was written.
    ends_at_last = bool(pairs) and best["threshold"] == pairs[-1][0]
    return best | found | {"recall_written": hits / truth.pairs, "is_best_at_least_written": ends_at_last}


def clusters(truth, person_of):
    """Precision and recall of the pairs that are put together."""
    both = {record: (truth.person[record], person) for record, person in person_of.items()}
    right, made = truth.pairs_within(both), truth.pairs_within(person_of)
    return {"precision": right / made if made else 1.0, "recall": right / truth.pairs}


def chained(truth, pairs, cut):
    """Records by the first of those they come together with, when every chain of pairs from the cut on is followed."""
    first = {record: record for record in truth.person}

    def root(record):
        while first[record] != record:
            first[record] = first[first[record]]
            record = first[record]
        return record

    for probability, one, other in pairs:
        if probability < cut:
            break
        first[root(one)] = root(other)
    return {record: root(record) for record in first}


def bands(pairs, good):
    """By band of probability: pairs, the share of right ones, and the share that was foretold."""
    found = [{"least": least, "pairs": 0, "right": 0, "foretold": 0.0} for least in BANDS]
    for (probability, _, _), right in zip(pairs, good):
        band = next(band for band in reversed(found) if probability >= band["least"])
        band["pairs"] += 1
        band["right"] += right
        band["foretold"] += probability
    for band in found:
        count = max(1, band["pairs"])
        band["right"], band["foretold"] = band["right"] / count, band["foretold"] / count
    return [band for band in found if band["pairs"]]


def judge(truth_path, pairs_path, clusters_path):
    """The figures of three files."""
    with open(truth_path, newline="", encoding="utf-8") as file:
        truth = Truth(csv.DictReader(file))
    if not truth.pairs:
        raise Unusable("truth: no two records are of one person")
    with open(pairs_path, newline="", encoding="utf-8") as file:
        pairs = read_pairs(csv.DictReader(file), truth)
    with open(clusters_path, newline="", encoding="utf-8") as file:
        person_of = read_clusters(csv.DictReader(file), truth)
    return judged(truth, pairs, person_of)


if __name__ == "__main__":
    print(json.dumps(judge(*sys.argv[1:]), indent=1))
