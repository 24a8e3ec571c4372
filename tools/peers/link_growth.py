#!/usr/bin/env python3
"""How `homeward link` grows: the same kind of invented reports at growing sizes, each a process of its own.

link_growth.py DATA FOLDER [COUNT ...] takes the program from the environment, HOMEWARD, and SEED. FOLDER gets growth.md and
growth.json. Exit code 1 where the processor time a record at the largest size is more than BAR times that of the size before.

Memory: the *file* is what was given; *read* is what the process held when all records were read and none was compared, as it
says of itself; the *peak* is the system's. What is above the data is told both ways, as bytes a record.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from measure import measured

SEED = 4711
COUNTS = [100_000, 1_000_000, 10_000_000]
# Of the processor time a record, the largest size by the one before.
BAR = 1.5
HEAD = ["records", "file MB", "pairs compared", "CPU s", "us a record", "wall s", "read MB", "peak MB", "peak above read, B a record", "above the file"]


def main(data, folder, *counts):
    folder = Path(folder).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    seed = int(os.environ.get("SEED") or SEED)
    load = os.getloadavg()[0]
    loaded = "" if load < 0.5 else ": other programs ran, so seconds are too many"
    lines = [f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, load before {load:.1f}{loaded}. Reports of seed {seed}.\n"]
    lines += [row(HEAD), row(["---"] * len(HEAD))]
    print("\n".join(lines), flush=True)
    sizes = []
    for count in map(int, counts or COUNTS):
        sizes.append(linked(Path(data), folder, count, seed))
        lines.append(row(cells(sizes[-1])))
        print(lines[-1], flush=True)
    lines.append("")
    grown, says = growth(sizes)
    lines.append(says)
    print("\n" + says)
    (folder / "growth.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "growth.json").write_text(json.dumps({"load_before": load, "seed": seed, "sizes": sizes}, indent=1), encoding="utf-8")
    return 0 if grown <= BAR else 1


def linked(data, folder, count, seed):
    """The figures of one size. The files are removed: ten million reports are a gigabyte."""
    reports, pairs, clusters = (folder / name for name in ("reports.csv", "pairs.csv", "clusters.csv"))
    reports.unlink(missing_ok=True)
    homeward = os.environ["HOMEWARD"]
    words = ["bench", "reports", "--count", count, "--seed", seed, "--names", data / "ref", "--out", reports]
    subprocess.run([homeward, *map(str, words)], check=True, stdout=subprocess.DEVNULL)
    words = ["link", reports, "--out", pairs, "--clusters", clusters, "--force", "--json"]
    said, _, used = measured([homeward, *map(str, words)], folder / "usage.json")
    said = json.loads(said)
    file_bytes = reports.stat().st_size
    for path in (reports, pairs, clusters):
        path.unlink()
    compared = [column["header"] for columns in said["columns"] for column in columns if column["as"] != "ignore"]
    if "person_id" in compared or said["records"] != count:
        raise SystemExit(f"growth: {said['records']} of {count} records read, compared {', '.join(compared)}")
    return used | {
        "records": count,
        "file_bytes": file_bytes,
        "pairs_compared": said["compared_pairs"],
        "read_mb": said["read_kb"] / 1024,
    }


def cells(size):
    count = size["records"]
    above_read = (size["peak_mb"] - size["read_mb"]) * 2**20 / count
    above_file = (size["peak_mb"] * 2**20 - size["file_bytes"]) / count
    return [
        f"{count:,}",
        f"{size['file_bytes'] / 1e6:.0f}",
        f"{size['pairs_compared']:,}",
        f"{size['cpu']:.1f}",
        f"{size['cpu'] / count * 1e6:.2f}",
        f"{size['wall']:.1f}",
        f"{size['read_mb']:.0f}",
        f"{size['peak_mb']:.0f}",
        f"{above_read:.0f}",
        f"{above_file:.0f}",
    ]


def growth(sizes):
    """How many times the processor time a record of the largest size is that of the size before, and the words for it."""
    if len(sizes) < 2:
        return 0, "growth: one size alone does not grow"
    before, last = sizes[-2:]
    grown = (last["cpu"] / last["records"]) / (before["cpu"] / before["records"])
    verdict = "within" if grown <= BAR else "NOT within"
    return grown, f"growth: a record at {last['records']:,} costs {grown:.2f} times one at {before['records']:,}, {verdict} {BAR}"


def row(cells):
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
