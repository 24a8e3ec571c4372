"""Splink 5 on DuckDB as a peer of linking: pairs.csv and clusters.csv in a folder, and one JSON line of what each step took.

    splink_link.py reports FOLDER NAMES FILE.csv   invented reports; NAMES has uk_*_with_ru_and_latin.csv
    splink_link.py febrl3 FOLDER FILE.csv
    splink_link.py febrl4 FOLDER LEFT.csv RIGHT.csv
    splink_link.py historical FOLDER FILE.csv

What it is: our own set-up, as good as we could make it, not one its authors approved. For the reports the columns are made
canonical first (canonical.py) and compared with Splink's own levels: term frequencies on canonical names, initials,
Jaro-Winkler, dates by their parts with partial ones, fifteen blocking rules with the exchanged names among them. Nicknames, a
joint comparison of the whole name and rates by source are not in it: Splink has none of them. The others use the comparisons
of Splink's documentation. Weights are learned by expectation maximisation without labels.

The files have no truth in them (link_sets.py takes it out), and nothing is judged here (judge_links.py does). CPU is user and
system of this process with its children, from reading the file to the clusters: starting Python and writing the pairs are not in it,
making the columns canonical is, and is told apart.
"""

import json
import logging
import os
import pathlib
import resource
import sys
import time

import duckdb
import pandas
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

import canonical

WEIGHT_LEAST = -20
CLUSTER_PROBABILITY = 0.95
# The least probability that is written; the best threshold of none of the sets is near it.
WRITTEN_LEAST = 0.001


def cpu():
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in (own, children))


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


def read_reports(names, path):
    """The reports in canonical columns, and what making them so took."""
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
    return [table], cpu() - began


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
    return [numbered(rows, "record_id")], 0


def read_febrl4(left, right):
    return [numbered(pandas.read_csv(path, dtype=str, skipinitialspace=True), "rec_id") for path in (left, right)], 0


def numbered(rows, column):
    rows = rows.rename(columns={column: "unique_id"})
    rows["unique_id"] = rows.unique_id.astype("int64")
    return rows


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
    return [numbered(pandas.read_csv(path, dtype=str), "unique_id")], 0


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
    """The tables of scored pairs and of clusters, and the processor time when training, scoring and clustering had ended."""
    con = duckdb.connect(config={"threads": os.cpu_count()})
    api = DuckDBAPI(connection=con)
    linker = Linker([api.register(table) for table in tables], settings, log_level=logging.ERROR)
    linker.training.estimate_probability_two_random_records_match(sure, recall=recall)
    linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=7)
    for rule in train:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    ends = [cpu()]
    scored = linker.inference.predict(threshold_match_weight=WEIGHT_LEAST)
    ends.append(cpu())
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(scored, CLUSTER_PROBABILITY)
    ends.append(cpu())
    return con, scored.physical_name, found.physical_name, ends


def write(con, scored, found, folder):
    """Pairs and clusters as `homeward link` calls their columns."""
    pairs = (
        "select unique_id_l as left_id, unique_id_r as right_id, match_probability as probability"
        f" from {scored} where match_probability >= {WRITTEN_LEAST}"
    )
    clusters = f"select unique_id as id, cluster_id as person from {found}"
    for query, name in ((pairs, "pairs.csv"), (clusters, "clusters.csv")):
        con.sql(query).write_csv(str(folder / name), header=True)


def main(kind, folder, *files):
    read, settings, train, sure, recall = SETS[kind]
    began, began_cpu = time.monotonic(), cpu()
    tables, prepared = read(*files)
    con, scored, found, (trained, predicted, ended) = linked(tables, settings, train, sure, recall)
    took = {
        "cpu_seconds": round(ended - began_cpu, 2),
        "cpu_prepare": round(prepared, 2),
        "cpu_predict": round(predicted - trained, 2),
        "wall_seconds": round(time.monotonic() - began, 2),
        "pairs_scored": con.sql(f"select count(*) from {scored}").fetchall()[0][0],
    }
    write(con, scored, found, pathlib.Path(folder))
    print(json.dumps(took))


if __name__ == "__main__":
    main(*sys.argv[1:])
