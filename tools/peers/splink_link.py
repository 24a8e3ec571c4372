"""Splink 5 on DuckDB as a peer of linking: one JSON line for each data set.

    splink_link.py reports FILE.csv NAMES   invented reports (`homeward bench reports`); NAMES has uk_*_with_ru_and_latin.csv
    splink_link.py febrl3 dataset3.csv
    splink_link.py febrl4 dataset4a.csv dataset4b.csv
    splink_link.py historical FILE.csv

What it is: our own set-up, as good as we could make it, not one its authors approved. For the reports the columns are made
canonical first (canonical.py) and compared with Splink's own levels: term frequencies on canonical names, initials,
Jaro-Winkler, dates by their parts with partial ones, fifteen blocking rules with the exchanged names among them. Nicknames, a
joint comparison of the whole name and rates by source are not in it: Splink has none of them. The others use the comparisons
of Splink's documentation. Weights are learned by expectation maximisation without labels.

Truth is read only after the clusters are made. CPU is user and system of this process with its children, from reading the file
to the clusters; making the columns canonical is in it and also told apart, judging is not in it.
"""

import itertools
import json
import logging
import resource
import sys
import time

import duckdb
import numpy
import pandas
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

import canonical

WEIGHT_LEAST = -20
CLUSTER_PROBABILITY = 0.95


def cpu():
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in (own, children))


def peak_mb():
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024


def level(sql, label, column=None):
    made = cll.CustomLevel(sql, label)
    return made.configure(tf_adjustment_column=column) if column else made


def name(column, *similar, exchanged=None):
    """Equal with its frequency, exchanged with another column, an initial, similar by steps."""
    left, right = f'"{column}_l"', f'"{column}_r"'
    short = f"(length({left}) = 1 or length({right}) = 1) and left({left}, 1) = left({right}, 1)"
    levels = [cll.NullLevel(column), level(f"{left} = {right}", "equal", column), level(short, "initial")]
    if exchanged:
        swapped = f"{left} = {exchanged}_r and {right} = {exchanged}_l"
        levels.append(level(swapped, f"exchanged with {exchanged}"))
    steps = [level(f"jaro_winkler_similarity({left}, {right}) >= {step}", f"similar {step}") for step in similar]
    return cl.CustomComparison([*levels, *steps, cll.ElseLevel()], output_column_name=column)


def born():
    """Whole dates, then parts of them: a year alone and a first of January are evidence of the year only."""
    whole = "born_whole_l = born_whole_r"
    exchanged = (
        "left(born_whole_l, 4) = left(born_whole_r, 4) and substr(born_whole_l, 6, 2) = substr(born_whole_r, 9, 2)"
        " and substr(born_whole_l, 9, 2) = substr(born_whole_r, 6, 2)"
    )
    partial = "(born_whole_l is null or born_whole_r is null)"
    levels = [
        cll.NullLevel("born_year"),
        level(whole, "equal", "born_whole"),
        level(f"({exchanged}) or damerau_levenshtein(born_whole_l, born_whole_r) <= 1", "one slip"),
        level(f"{partial} and born_year_l = born_year_r", "the year, one in part"),
        level(f"{partial} and abs(born_year_l - born_year_r) <= 2", "near the year, one in part"),
        level("born_year_l = born_year_r", "the year of two whole"),
        level("damerau_levenshtein(born_whole_l, born_whole_r) <= 2", "two slips"),
        cll.ElseLevel(),
    ]
    return cl.CustomComparison(levels, output_column_name="born")


def equal(column, *more):
    levels = [cll.NullLevel(column), level(f'"{column}_l" = "{column}_r"', "equal", column), *more, cll.ElseLevel()]
    return cl.CustomComparison(levels, output_column_name=column)


def read_reports(path, names):
    """The reports in canonical columns, and what judges them."""
    rows = pandas.read_csv(path, dtype=str, keep_default_na=False)
    began = cpu()
    forms = canonical.Names(names)
    table = pandas.DataFrame({"unique_id": rows.unique_id.astype("int64")})
    for column, kind in [("last_name", "last"), ("first_name", "first"), ("patronymic", "patronymic")]:
        form = {word: forms.form(kind, word) for word in rows[column].unique()}
        table[column] = rows[column].map(form)
    for column, made in [("place", canonical.place), ("unit", canonical.number), ("service_no", canonical.number)]:
        table[column] = rows[column].map({word: made(word) for word in rows[column].unique()})
    whole = (rows.dob.str.len() == 10) & ~rows.dob.str.endswith("-01-01")
    table["born_whole"] = rows.dob.where(whole, None)
    table["born_year"] = pandas.to_numeric(rows.dob.str[:4], errors="coerce").astype("Int64")
    table["sex"] = rows.sex.where(rows.sex != "", None)
    return [table], rows.person_id, rows.source, cpu() - began


REPORTS = SettingsCreator(
    link_type="dedupe_only",
    comparisons=[
        name("last_name", 0.93, 0.85, exchanged="first_name"),
        name("first_name", 0.9, 0.8),
        name("patronymic", 0.93, 0.85, exchanged="first_name"),
        born(),
        equal("place"),
        equal("unit"),
        equal("service_no", level("levenshtein(service_no_l, service_no_r) <= 1", "one digit")),
        equal("sex"),
    ],
    blocking_rules_to_generate_predictions=[
        block_on("service_no"),
        block_on("last_name", "first_name"),
        block_on("born_whole"),
        block_on("last_name", "born_year"),
        block_on("last_name", "unit"),
        block_on("last_name", "place"),
        block_on("first_name", "patronymic", "born_year"),
        block_on("substr(last_name, 1, 3)", "substr(first_name, 1, 3)", "born_year"),
        block_on("first_name", "unit", "place"),
        block_on("substr(last_name, 1, 3)", "first_name", "unit"),
        block_on("substr(last_name, 1, 4)", "first_name", "place"),
        block_on("last_name", "patronymic"),
        block_on("unit", "place", "born_year"),
        "l.last_name = r.first_name and l.first_name = r.last_name",
        "l.last_name = r.last_name and l.first_name = r.patronymic and l.patronymic = r.first_name",
    ],
    additional_columns_to_retain=[],
    retain_matching_columns=False,
)
TRAIN_REPORTS = [block_on("born_whole"), block_on("last_name", "first_name")]
SURE_REPORTS = [block_on("service_no"), block_on("last_name", "first_name", "born_whole")]


def read_febrl3(path):
    rows = pandas.read_csv(path, dtype=str)
    truth = rows.pop("label_true")
    rows = rows.rename(columns={"record_id": "unique_id"})
    rows["unique_id"] = rows.unique_id.astype("int64")
    return [rows], truth, None, 0


def read_febrl4(left, right):
    tables = [pandas.read_csv(path, dtype=str, skipinitialspace=True) for path in (left, right)]
    rows = pandas.concat(tables, ignore_index=True)
    truth = rows.rec_id.str.split("-").str[1]
    rows["unique_id"] = rows.index
    rows = rows.drop(columns="rec_id")
    return [rows[: len(tables[0])], rows[len(tables[0]) :]], truth, None, 0


def febrl(link_type):
    return SettingsCreator(
        link_type=link_type,
        comparisons=[
            cl.NameComparison("given_name"),
            cl.NameComparison("surname"),
            cl.LevenshteinAtThresholds("date_of_birth", [1, 2]),
            cl.LevenshteinAtThresholds("soc_sec_id", [1, 2]),
            cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("address_1", [0.9, 0.7]).configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("soc_sec_id"),
            block_on("given_name", "surname"),
            block_on("date_of_birth"),
            block_on("surname", "postcode"),
            block_on("given_name", "postcode"),
            block_on("street_number", "address_1"),
            block_on("surname", "street_number"),
            block_on("given_name", "street_number"),
            block_on("address_1", "given_name"),
            block_on("address_1", "surname"),
            block_on("suburb", "street_number"),
            block_on("substr(surname, 1, 3)", "substr(given_name, 1, 3)"),
        ],
        retain_matching_columns=False,
    )


TRAIN_FEBRL = [block_on("date_of_birth"), block_on("surname"), block_on("postcode")]
SURE_FEBRL = [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")]


def read_historical(path):
    rows = pandas.read_csv(path, dtype=str)
    truth = rows.pop("cluster")
    rows["unique_id"] = rows.index
    return [rows], truth, None, 0


HISTORICAL = SettingsCreator(
    link_type="dedupe_only",
    comparisons=[
        cl.ForenameSurnameComparison(
            "first_name", "surname", forename_surname_concat_col_name="first_and_surname"
        ),
        cl.DateOfBirthComparison("dob", input_is_string=True),
        cl.PostcodeComparison("postcode_fake"),
        cl.ExactMatch("birth_place").configure(term_frequency_adjustments=True),
        cl.ExactMatch("occupation").configure(term_frequency_adjustments=True),
    ],
    blocking_rules_to_generate_predictions=[
        block_on("first_name", "surname"),
        block_on("surname", "dob"),
        block_on("first_name", "dob"),
        block_on("postcode_fake", "first_name"),
        block_on("postcode_fake", "surname"),
        block_on("dob", "birth_place"),
        block_on("substr(postcode_fake, 1, 3)", "dob"),
        block_on("substr(postcode_fake, 1, 3)", "first_name"),
        block_on("substr(postcode_fake, 1, 3)", "surname"),
        block_on("substr(first_name, 1, 2)", "substr(surname, 1, 2)", "substr(dob, 1, 4)"),
    ],
    retain_matching_columns=False,
)
TRAIN_HISTORICAL = [block_on("first_name", "surname"), block_on("dob")]
SURE_HISTORICAL = [block_on("first_name", "surname", "dob"), block_on("substr(first_and_surname, 1, 9)", "dob")]

SETS = {
    "reports": (read_reports, REPORTS, TRAIN_REPORTS, SURE_REPORTS, 0.7),
    "febrl3": (read_febrl3, febrl("dedupe_only"), TRAIN_FEBRL, SURE_FEBRL, 0.9),
    "febrl4": (read_febrl4, febrl("link_only"), TRAIN_FEBRL, SURE_FEBRL, 0.9),
    "historical": (read_historical, HISTORICAL, TRAIN_HISTORICAL, SURE_HISTORICAL, 0.6),
}


def linked(tables, settings, train, sure, recall):
    """The pairs with their weights and the clusters: pairs as two arrays of ids and one of weights, (id, cluster) rows."""
    con = duckdb.connect(config={"threads": 2})
    api = DuckDBAPI(connection=con)
    linker = Linker([api.register(table) for table in tables], settings, log_level=logging.ERROR)
    linker.training.estimate_probability_two_random_records_match(sure, recall=recall)
    linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=7)
    for rule in train:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    trained = cpu()
    scored = linker.inference.predict(threshold_match_weight=WEIGHT_LEAST)
    predicted = cpu()
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(scored, CLUSTER_PROBABILITY)
    ended = cpu(), time.monotonic()
    columns = "unique_id_l, unique_id_r, match_weight"
    pairs = con.sql(f"select {columns} from {scored.physical_name}").fetchnumpy()
    clusters = con.sql(f"select unique_id, cluster_id from {found.physical_name}").df()
    return pairs, clusters, trained, predicted, ended


def figures(pairs, clusters, truth, source, between):
    """Everything that is judged. `between` counts only pairs of two tables, of which the first has so many rows."""
    truth = truth.to_numpy()
    left, right = pairs["unique_id_l"].astype("int64"), pairs["unique_id_r"].astype("int64")
    weight = pairs["match_weight"].astype("float64")
    good = truth[left] == truth[right]
    if between:
        counts = pandas.Series(truth[:between]).value_counts()
        other = pandas.Series(truth[between:]).value_counts()
        all_true = int((counts * other).dropna().sum())
    else:
        counts = pandas.Series(truth).value_counts()
        all_true = int((counts * (counts - 1) // 2).sum())
    order = numpy.argsort(-weight, kind="stable")
    hits, ranked = numpy.cumsum(good[order]), weight[order]
    # A threshold lies only where the weight changes.
    ends = numpy.append(numpy.flatnonzero(numpy.diff(ranked)), len(ranked) - 1)
    precision, recall = hits[ends] / (ends + 1), hits[ends] / all_true
    f1 = 2 * precision * recall / (precision + recall + 1e-12)
    best = int(numpy.argmax(f1))
    out = {
        "pairs_true": all_true,
        "pairs_scored": len(weight),
        "recall_scored": round(float(hits[-1] / all_true), 4),
        "f1": round(float(f1[best]), 4),
        "precision": round(float(precision[best]), 4),
        "recall": round(float(recall[best]), 4),
    }
    for at_least in (0.99, 0.999):
        reached = recall[precision >= at_least]
        out[f"recall_at_precision_{at_least}"] = round(float(reached.max()), 4) if len(reached) else None
    if source is not None:
        out["recall_by_sources"] = by_sources(truth, source.to_numpy(), left, right, good & (weight >= ranked[ends[best]]))
    out["cluster_precision"], out["cluster_recall"] = cluster_figures(clusters, truth, between, all_true)
    return out


def by_sources(truth, source, left, right, found):
    people = pandas.DataFrame({"truth": truth, "source": source})
    counts = people.groupby(["truth", "source"]).size().unstack(fill_value=0)
    both = pandas.Series(numpy.minimum(source[left], source[right]) + numpy.maximum(source[left], source[right]))
    hits = both[found].value_counts()
    recall = {}
    for one, two in itertools.combinations_with_replacement(sorted(counts), 2):
        same = one == two
        pairs = counts[one] * (counts[one] - 1) // 2 if same else counts[one] * counts[two]
        recall[one + two] = round(float(hits.get(one + two, 0) / max(1, pairs.sum())), 3)
    return recall


def cluster_figures(clusters, truth, between, all_true):
    table = pandas.DataFrame({
        "cluster": clusters.cluster_id.to_numpy(),
        "truth": truth[clusters.unique_id.astype("int64")],
        "left": clusters.unique_id.astype("int64").to_numpy() < between,
    })

    def pairs(columns):
        groups = table.groupby(columns).left
        if between:
            first = groups.sum()
            return int((first * (groups.size() - first)).sum())
        size = groups.size()
        return int((size * (size - 1) // 2).sum())

    right, made = pairs(["cluster", "truth"]), pairs(["cluster"])
    return round(right / max(1, made), 4), round(right / all_true, 4)


def main(kind, *files):
    read, settings, train, sure, recall = SETS[kind]
    began, began_cpu = time.monotonic(), cpu()
    tables, truth, source, prepared = read(*files)
    pairs, clusters, trained, predicted, (ended_cpu, ended) = linked(tables, settings, train, sure, recall)
    peak = peak_mb()
    between = len(tables[0]) if len(tables) == 2 else 0
    answer = {"set": kind, "records": sum(map(len, tables))}
    answer |= figures(pairs, clusters, truth, source, between)
    answer |= {
        "cpu_seconds": round(ended_cpu - began_cpu, 1),
        "cpu_prepare": round(prepared, 1),
        "cpu_predict": round(predicted - trained, 1),
        "wall_seconds": round(ended - began, 1),
        "peak_mb": round(peak),
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
