#!/usr/bin/env python3
"""Lays `homeward link` beside Splink in one run: the same files, one after the other, judged by the same program.

compare_links.py DATA FOLDER [SET ...] takes the program from the environment, HOMEWARD, and the invented reports' SEED and
COUNT. DATA has the folders that link_sets.py names; FOLDER gets result.md and result.json. Exit code 1 where a target is not
met, a time was measured under load, or a set is not there.
"""

import importlib.metadata
import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

import judge_links
import link_sets
from link_sets import PEOPLE, REPORTS
from measure import measured

HERE = Path(__file__).parent
SEED, COUNT = 4711, 1_000_000
OURS, PEER = "homeward", "splink"
# What is asked of `homeward link`: the set, the figure (a path in what is judged and measured) and the least or greatest value.
# A is a family's report, B a captor's list, C a Red Cross confirmation, D a sighting. Those of the reports are for a million.
LEAST, MOST = "at least", "at most"
# How often ours runs on the reports: the least of its times is the one that other programs disturbed least. All are told.
TIMES = 3
# Processor time is not judged where other programs ran when the comparison began: it grows with them, unlike for each engine.
LOAD_MOST = 1.5
TARGETS = [
    (PEOPLE, "f1", LEAST, 0.97),
    (PEOPLE, "recall_at_precision_0.99", LEAST, 0.95),
    (REPORTS, "f1", LEAST, 0.95),
    (REPORTS, "recall_at_precision_0.99", LEAST, 0.92),
    (REPORTS, "recall_by_sources.A-B", LEAST, 0.98),
    (REPORTS, "recall_by_sources.A-C", LEAST, 0.985),
    (REPORTS, "recall_by_sources.B-C", LEAST, 0.96),
    (REPORTS, "recall_by_sources.A-D", LEAST, 0.87),
    (REPORTS, "clusters.precision", LEAST, 0.999),
    (REPORTS, "cpu_times", LEAST, 15),
    (REPORTS, "cpu", MOST, 8),
    (REPORTS, "cpu_scoring", MOST, 6),
    (REPORTS, "peak_mb", MOST, 476),
    ("febrl3", "f1", LEAST, 0.999),
    ("febrl4", "f1", LEAST, 0.999),
    ("historical_50k", "f1", LEAST, 0.85),
]
SAID = {
    "f1": "best F1",
    "recall_at_precision_0.99": "R at P 0.99",
    "recall_by_sources.A-B": "recall family-captor",
    "recall_by_sources.A-C": "recall family-Red Cross",
    "recall_by_sources.B-C": "recall captor-Red Cross",
    "recall_by_sources.A-D": "recall family-sighting",
    "clusters.precision": "precision of clusters",
    "cpu_times": "Splink's CPU by ours",
    "cpu": "CPU s, whole job",
    "cpu_scoring": "CPU s, weights known, from records in memory to clusters",
    "peak_mb": "peak MB of 2^20 bytes (0.5 GB are 476)",
}


def main(data, folder, *names):
    folder = Path(folder).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    seed, count = int(os.environ.get("SEED") or SEED), int(os.environ.get("COUNT") or COUNT)
    unknown = sorted(set(names) - set(link_sets.FILES))
    if unknown:
        raise SystemExit(f"peers: no set {', '.join(unknown)}; there are {', '.join(link_sets.FILES)}")
    result = {"about": about(), "seed": seed, "sets": {}}
    print(f"peers: {result['about']}", file=sys.stderr)
    load = os.getloadavg()[0]
    faults = []
    for name in names or link_sets.FILES:
        absent = link_sets.missing(name, data)
        if absent:
            faults.append(f"{name}: not there: {', '.join(map(str, absent))}")
            continue
        of = folder / name
        of.mkdir(exist_ok=True)
        result["sets"][name] = compared(name, Path(data), of, seed, count)
        # What was found is kept if a later set fails.
        written(folder, result, faults)
    found = targets(result["sets"], count, load)
    faults += [f"{set_}: {says}" for set_, says, is_met in found if not is_met]
    print(written(folder, result, faults, found))
    return 1 if faults else 0


def about():
    load = os.getloadavg()[0]
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("splink", "duckdb"))
    ours = subprocess.run([os.environ["HOMEWARD"], "--version"], capture_output=True, text=True, check=True).stdout.strip()
    loaded = "" if load < 0.5 else ": other programs ran, so seconds are too many on both sides"
    return (
        f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, {ours}, {versions}, Python {platform.python_version()},"
        f" load before {load:.1f}{loaded}"
    )


def compared(name, data, folder, seed, count):
    """The figures of both engines on one set, one after the other."""
    files = sources(name, data, folder, seed, count)
    blinded = link_sets.blind(name, files, folder)
    sides = {}
    for engine, run in ((OURS, homeward), (PEER, splink)):
        print(f"peers: {name}: {engine}, load {os.getloadavg()[0]:.1f}", file=sys.stderr)
        out = folder / engine
        out.mkdir(exist_ok=True)
        load = os.getloadavg()[0]
        sides[engine] = run(name, blinded, out, data) | {"load_before": load}
        sides[engine] |= judge_links.judge(folder / "truth.csv", out / "pairs.csv", out / "clusters.csv")
    # Ours is the whole process; of Splink only from the file to the clusters counts, without starting Python and writing.
    sides[OURS]["cpu_times"] = sides[PEER]["cpu_from_file_to_clusters"] / sides[OURS]["cpu"]
    return sides


def sources(name, data, folder, seed, count):
    """The set's own files; invented reports are made."""
    if name == PEOPLE:
        import duckdb

        made = folder / "made.csv"
        duckdb.read_parquet(str(data / link_sets.FILES[name][0])).write_csv(str(made), header=True)
        return [made]
    if name == REPORTS:
        made = folder / "made.csv"
        made.unlink(missing_ok=True)
        words = ["bench", "reports", "--count", count, "--seed", seed, "--names", data / "ref", "--out", made]
        subprocess.run([os.environ["HOMEWARD"], *map(str, words)], check=True, stdout=sys.stderr)
        return [made]
    return [data / file for file in link_sets.FILES[name]]


def homeward(name, files, out, _data):
    """The command as a user gives it; the invented reports several times, and as often with weights that are known: the whole of it, and
    without reading and writing."""
    command = [os.environ["HOMEWARD"], "link", *map(str, files), "--force", "--json", "--out", str(out / "pairs.csv")]
    command += ["--clusters", str(out / "clusters.csv")]
    weights = str(out / "weights.txt")
    runs = []
    for _ in range(TIMES if name == REPORTS else 1):
        said, _, used = measured([*command, "--keep-weights", weights], out / "usage.json")
        runs.append(used)
    (out / "said.json").write_text(said)
    used = min(runs, key=lambda used: used["cpu"]) | {"cpu_runs": [used["cpu"] for used in runs]}
    if name == REPORTS:
        known = [word.replace("pairs.csv", "pairs-known.csv").replace("clusters.csv", "clusters-known.csv") for word in command]
        whole, scoring = [], []
        for _ in range(TIMES):
            said, _, again = measured([*known, "--weights", weights], out / "usage.json")
            cost = json.loads(said)
            whole.append(again["cpu"])
            scoring.append(cost["cpu_seconds_linked"] - cost["cpu_seconds_read"])
        used |= {"cpu_weights_known": min(whole), "cpu_scoring": min(scoring)}
        used |= {"cpu_weights_known_runs": whole, "cpu_scoring_runs": scoring}
    return used


def splink(name, files, out, data):
    names = [data / "ref/names"] if link_sets.SETTINGS[name] == "reports" else []
    words = [sys.executable, HERE / "splink_link.py", link_sets.SETTINGS[name], out, *names, *files]
    said, _, used = measured(list(map(str, words)), out / "usage.json")
    steps = json.loads(said.splitlines()[-1])
    return used | {
        "cpu_from_file_to_clusters": steps["cpu_seconds"],
        "cpu_prepare": steps["cpu_prepare"],
        "cpu_predict": steps["cpu_predict"],
    }


def targets(sets, count, load):
    """Each target: its set, what is said of it, and whether it is met. Time under load is not."""
    found = []
    for name, figure, side, bar in TARGETS:
        if name not in sets or (name == REPORTS and count != COUNT):
            continue
        value = sets[name][OURS]
        for part in figure.split(".", 1) if figure not in sets[name][OURS] else [figure]:
            value = value[part]
        is_met = value >= bar if side == LEAST else value <= bar
        says = f"{SAID[figure]} {side} {bar}: {shown(value)}"
        if figure.startswith("cpu") and load > LOAD_MOST:
            says, is_met = f"{says}, under a load of {load:.1f}: not judged", False
        found.append((name, says, is_met))
    return found


def shown(value):
    return f"{value:.4f}" if value < 10 else f"{value:.1f}"


def written(folder, result, faults, found=()):
    """Writes result.md and result.json; answers the page."""
    page = "\n".join([*tables(result), *told(found, faults)]) + "\n"
    (folder / "result.md").write_text(page, encoding="utf-8")
    kept = result | {"targets": [{"set": name, "target": says, "met": is_met} for name, says, is_met in found]}
    (folder / "result.json").write_text(json.dumps(kept, indent=1), encoding="utf-8")
    return page


HEAD = [
    "set", "engine", "true pairs", "written", "best F1 (P / R) at", "R at P 0.99, 0.999", "clusters P / R",
    "chains from 0.95 P / R", "from 0.99 P / R", "CPU s", "wall s", "peak MB",
]  # fmt: skip


def tables(result):
    """Everything that was found, as Markdown."""
    yield f"# Links beside Splink\n\n{result['about']}. Reports of seed {result['seed']}.\n"
    yield row(HEAD) + "\n" + row(["---"] * len(HEAD))
    for name, sides in result["sets"].items():
        for engine, of in sides.items():
            yield row([name if engine == OURS else "", engine, *figures(of)])
    yield (
        "\n*Written* is the share of the true pairs among those that were written. *Clusters* are as the engine wrote them: ours from"
        " 0.99 on, Splink's from 0.95. *Chains* are every chain of written pairs followed, alike for both. CPU is of the whole"
        " process, in brackets without starting Python and writing.\n"
    )
    ours = result["sets"].get(REPORTS, {}).get(OURS, {})
    if "cpu_scoring" in ours:
        each = {figure: " / ".join(f"{cpu:.2f}" for cpu in ours[f"{figure}_runs"]) for figure in ("cpu", "cpu_weights_known", "cpu_scoring")}
        yield (
            f"Ours ran {len(ours['cpu_runs'])} times, of which the least counts: {each['cpu']} CPU s in all; with weights known"
            f" {each['cpu_weights_known']}, of them {each['cpu_scoring']} from records in memory to clusters.\n"
        )
    by_source = [(name, engine, of) for name, sides in result["sets"].items() for engine, of in sides.items() if "recall_by_sources" in of]
    if by_source:
        names = sorted({names for _, _, of in by_source for names in of["recall_by_sources"]})
        yield "Recall by pair of sources at the best threshold:\n"
        yield row(["set", "engine", *names]) + "\n" + row(["---"] * (len(names) + 2))
        for name, engine, of in by_source:
            yield row([name, engine, *(f"{of['recall_by_sources'].get(pair, 0):.3f}" for pair in names)])
        yield ""
    yield "Pairs by the probability that was written: how many, how many of them are right, how many ought to be:\n"
    least = judge_links.BANDS
    yield row(["set", "engine", *(f"from {one}" for one in least)]) + "\n" + row(["---"] * (len(least) + 2))
    for name, sides in result["sets"].items():
        for engine, of in sides.items():
            bands = {band["least"]: band for band in of["bands"]}
            cells = [f"{b['pairs']:,}: {b['right']:.3f} of {b['foretold']:.3f}" if (b := bands.get(one)) else "" for one in least]
            yield row([name, engine, *cells])


def figures(of):
    def both(figure):
        return f"{of[figure]['precision']:.4f} / {of[figure]['recall']:.4f}"

    last = " (the last)" if of["is_best_at_least_written"] else ""
    steps = f" ({of['cpu_from_file_to_clusters']:.1f})" if "cpu_from_file_to_clusters" in of else ""
    return [
        f"{of['pairs_true']:,}",
        f"{of['recall_written']:.4f}",
        f"{of['f1']:.4f} ({of['precision']:.4f} / {of['recall']:.4f}) {of['threshold']:.3f}{last}",
        f"{of['recall_at_precision_0.99']:.4f}, {of['recall_at_precision_0.999']:.4f}",
        both("clusters"),
        both("chains_0.95"),
        both("chains_0.99"),
        f"{of['cpu']:.2f}{steps}",
        f"{of['wall']:.1f}",
        f"{of['peak_mb']:.0f}",
    ]


def row(cells):
    return f"| {' | '.join(cells)} |"


def told(found, faults):
    """The targets, and what is not as it ought to be."""
    if found:
        yield "\n| target | | met |\n|---|---|---|"
        for name, says, is_met in found:
            yield row([name, says, "yes" if is_met else "NO"])
    yield ""
    yield from (f"peers: {fault}" for fault in faults)
    yield f"peers: {len(faults)} targets not met" if faults else "peers: every target that was judged is met"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
