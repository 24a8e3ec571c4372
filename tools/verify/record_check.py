#!/usr/bin/env python3
"""Checks the shared record of an agreement from its log files, with a program of one's own.

    record_check.py FOLDER --parties FIRST,SECOND [--root LABEL=FINGERPRINT]... [--beside FILE]... [--json]

FOLDER holds one file LABEL.log for every member, as a node keeps them in its folder `record`. The parties stand in the agreement's order.
FINGERPRINT is SHA-256 of a member's root key in hex, from the paper agreement. FILE holds entries that lie beside the logs: the
proof of a fork, what was set aside, what somebody says was signed.

Exit code 0: every entry holds by every rule, and the state of each round is printed. 3: something does not hold, and one line
says which entry and by which rule of the table in docs/protocol.md, or that a log has forked. 2: an input is not of the form of
docs/formats/entry.md, or a file is missing.

It needs Python 3.11 and, for signatures, the package `cryptography`. A journal (`journal.log`) is not read.
"""

import argparse
import base64
import hashlib
import json
import sys
from pathlib import Path

from cbor import Unreadable
from record_beside import Beside
from record_entry import Fault, entry_of, is_party, pieces_of
from record_logs import Misfit, Record, named, read_log
from record_rules import PHASES, joint_seed

LOG_BYTES_MAX = 256 << 20
BESIDE_BYTES_MAX = 64 << 20
BESIDE_MAX = 10_000
MEMBERS_MAX = 16


# What follows, in words and as data.


def round_data(record, number):
    state, round_ = record.merged, record.merged.round(number)
    listed = state.effective(number)
    seeds = [round_.side(party).seed for party in record.parties]
    data = {
        "round": number,
        "version": listed.version if listed else 0,
        "list": listed.entry.id.hex() if listed else None,
        "open": sorted(one.entry.id.hex() for one in state.open_proposals(number)),
        "joint_seed": joint_seed(record.agreement, number, *seeds).hex() if all(seeds) else None,
        "withheld": next((party for party in record.parties if round_.side(party).withheld), None),
        "in_transit": state.in_transit(number),
        "closed_by": round_.closed_by(),
        "sides": {},
        "items": {},
    }
    crossed = data["in_transit"] or data["open"]
    data["closed"] = len(data["closed_by"]) == 2 and not crossed
    for party in record.parties:
        side = round_.side(party)
        data["sides"][party] = {"phase": PHASES[side.phase], "counts": state.counts(number, party)}
    for item, holder in sorted(round_.ever.items()):
        data["items"][item.hex()] = [holder, state.item_state(number, item)]
    return data


def data_of(record, forks):
    state = record.merged
    texts = [[name.hex(), one.entry.author, bool(one.accepted), bool(one.rejected), one.withdrawn is not None]
             for name, one in sorted(state.texts.items())]
    runs = [[run.params["run"], session.hex(), bool(run.accepted), [[side.evaluated, side.closed is not None] for side in run.sides]]
            for session, run in sorted(state.runs.items(), key=lambda one: (one[1].params["run"], one[0]))]
    return {
        "heads": {author: [seq, name.hex()] for author, (seq, name) in sorted(state.heads.items())},
        "rounds": [round_data(record, number) for number in sorted(state.rounds)],
        "texts": texts,
        "runs": runs,
        "forks": [[author, seq] for author, (seq, _) in sorted(forks.items())],
    }


def say_round(data):
    version = f"version {data['version']} of the list is in force" if data["version"] else "no list is in force"
    void = f", void: {data['withheld']} states a withheld seed" if data["withheld"] else ""
    closed = "closed" if data["closed"] else f"closed by {', '.join(data['closed_by']) or 'nobody'}"
    yield f"round {data['round']}: {version}, {len(data['open'])} open proposals, {closed}{void}"
    for party, side in data["sides"].items():
        released, received, returned, disputed = side["counts"]
        yield f"  {party}: {side['phase']}; released {released}, received {received}, returned {returned}, disputed {disputed}"
    for item, (holder, where) in data["items"].items():
        yield f"  {item} of {holder}: {where}"


def say(record, roots, data):
    for author, log in sorted(record.files.items()):
        head = log.entries[-1]
        compared = "as named" if author in roots else "not compared"
        yield f"{author}.log: {len(log.entries)} entries, all hold"
        yield f"  head {head.id.hex()}"
        yield f"  root {base64.b64encode(log.root()).decode()}"
        yield f"  root key {hashlib.sha256(log.root_key).hexdigest()}, {compared}"
        if author in record.pending:
            yield f"  entry {head.seq} is an offer that nobody has agreed to, and does not count"
    for one in data["rounds"]:
        yield from say_round(one)
    for run, session, accepted, sides in data["runs"]:
        counted = " and ".join(str(evaluated) for evaluated, _ in sides)
        yield f"run {run}, {'agreed' if accepted else 'not agreed'}: {counted} points evaluated"


# What is asked on the command line.


def bytes_of(path, most):
    with path.open("rb") as file:
        raw = file.read(most + 1)
    if len(raw) > most:
        raise Unreadable(f"{path.name}: more than {most} bytes")
    return raw


def logs_of(folder):
    names = sorted(path.name.removesuffix(".log") for path in folder.iterdir() if path.name.endswith(".log"))
    names = [name for name in names if name != "journal"]
    if not names or len(names) > MEMBERS_MAX or not all(map(is_party, names)):
        raise Unreadable(f"{folder}: 1 to {MEMBERS_MAX} files LABEL.log are needed, each named by its author")
    return {name: read_log(name, bytes_of(folder / f"{name}.log", LOG_BYTES_MAX)) for name in names}


def beside_of(files):
    entries = []
    for file in files:
        entries += [entry_of(piece) for _, piece in pieces_of(bytes_of(Path(file), BESIDE_BYTES_MAX))]
    if len(entries) > BESIDE_MAX:
        raise Unreadable(f"more than {BESIDE_MAX} entries beside the logs")
    return entries


def check_roots(logs, roots):
    for author, fingerprint in roots.items():
        if author not in logs:
            raise Unreadable(f"{author}.log is missing")
        if hashlib.sha256(logs[author].root_key).hexdigest() != fingerprint:
            raise Misfit(author, 0, 0, Fault("keys", "the root key is not the one with the fingerprint named"))


def checked(folder, parties, roots, beside):
    """The record, what lies beside it, and the verdict on each of these."""
    logs = logs_of(folder)
    missing = [party for party in parties if party not in logs]
    if missing:
        raise Unreadable(f"{missing[0]}.log is missing: a record has the logs of two parties")
    check_roots(logs, roots)
    found = Beside(Record(parties, logs), beside)
    return found, [found.verdict(entry) for entry in beside]


def arguments(argv):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--parties", required=True)
    parser.add_argument("--root", action="append", default=[])
    parser.add_argument("--beside", action="append", default=[])
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(argv)
    args.parties = args.parties.split(",")
    if len(args.parties) != 2 or len(set(args.parties)) != 2 or not all(map(is_party, args.parties)):
        raise Unreadable("two different labels of parties are needed, parted by a comma")
    args.roots = dict(one.partition("=")[::2] for one in args.root)
    return args


def answer(args):
    """Prints what holds; the exit code."""
    entries = beside_of(args.beside)
    found, verdicts = checked(args.folder, args.parties, args.roots, entries)
    data = data_of(found.record, found.forks)
    data["beside"] = [[entry.id.hex(), word, fault and fault.rule] for entry, (word, fault) in zip(entries, verdicts)]
    if args.json:
        print(json.dumps(data, indent=1))
    else:
        print("\n".join(say(found.record, args.roots, data)))
        for entry, (word, fault) in zip(entries, verdicts):
            print(f"beside: entry {entry.seq} of {entry.author}, {entry.id.hex()}: {word}{': ' + named(fault) if fault else ''}")
    for author, (seq, names) in sorted(found.forks.items()):
        both = " and ".join(name.hex() for name in names)
        print(f"FORKED: {author} signed two entries under number {seq}, {both}: the state is that before it, "
              f"{named(Fault('convergence', 'a fork freezes'))}", file=sys.stderr)
    return 3 if found.forks else 0


def main(argv):
    try:
        return answer(arguments(argv))
    except Misfit as misfit:
        print(f"DOES NOT HOLD: {misfit}", file=sys.stderr)
        return 3
    except (Unreadable, OSError) as error:
        print(f"UNREADABLE: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
