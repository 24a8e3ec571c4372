"""The sets that links are compared on, made blind: what an engine reads has no truth in it, and the truth lies beside it.

Identifiers tell the truth in some of the public sets (rec-17-org, rec-17-dup-0), so every record is numbered anew.
"""

import csv
import re
from pathlib import Path

PEOPLE = "people_100k"
REPORTS = "reports"
# Where each set lies below the folder of data; the reports are made.
FILES = {
    PEOPLE: ["invented_people/people_100k.parquet"],
    REPORTS: [],
    "febrl3": ["synthetic_linkage/dataset3.csv"],
    "febrl4": ["synthetic_linkage/dataset4a.csv", "synthetic_linkage/dataset4b.csv"],
    "historical_50k": ["historical_50k/historical_50k.csv"],
}
# The column of the identifier, that of the truth and how the person is read from it.
COLUMNS = {
    PEOPLE: ("unique_id", "person_id", "(.*)"),
    REPORTS: ("unique_id", "person_id", "(.*)"),
    "febrl3": ("record_id", "label_true", "(.*)"),
    "febrl4": ("rec_id", "rec_id", r"rec-(\d+)-(?:org|dup-\d+)"),
    "historical_50k": ("unique_id", "cluster", "(.*)"),
}
# What `splink_link.py` calls the set-up.
SETTINGS = {PEOPLE: "reports", REPORTS: "reports", "febrl3": "febrl3", "febrl4": "febrl4", "historical_50k": "historical"}


def missing(name, data):
    """Files of the set that are not there."""
    return [path for path in (Path(data) / file for file in FILES[name]) if not path.exists()]


def blind(name, files, folder):
    """Writes truth.csv and, for each file, the same rows in the same order without the truth. Answers where those are."""
    identifier, label, pattern = COLUMNS[name]
    blinded, number = [], 0
    with open(folder / "truth.csv", "w", newline="", encoding="utf-8") as truth_file:
        truth = csv.writer(truth_file, lineterminator="\n")
        truth.writerow(["id", "person", "source", "list"])
        for of, path in enumerate(files):
            blinded.append(folder / f"records-{of}.csv")
            with open(path, newline="", encoding="utf-8") as file, open(blinded[-1], "w", newline="", encoding="utf-8") as out:
                rows, written = csv.reader(file), csv.writer(out, lineterminator="\n")
                header = next(rows)
                at, label_at = header.index(identifier), header.index(label)
                source_at = header.index("source") if "source" in header else None
                kept = [column for column in range(len(header)) if column == at or column != label_at]
                written.writerow([header[column] for column in kept])
                for row in rows:
                    person = re.fullmatch(pattern, row[label_at])
                    if person is None:
                        raise SystemExit(f"peers: {path}: no person can be read from {row[label_at]!r}")
                    truth.writerow([number, person[1], "" if source_at is None else row[source_at], of])
                    row[at] = str(number)
                    written.writerow([row[column] for column in kept])
                    number += 1
    return blinded
