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
import functools
import hashlib
import json
import sys
from pathlib import Path

from cbor import Unreadable
from record_entry import OFFERS, Fault, Log, entry_of, is_party, pieces_of, require
from record_rules import PHASES, RULES, State, joint_seed
from record_speaker import judge

LOG_BYTES_MAX = 256 << 20
BESIDE_BYTES_MAX = 64 << 20
BESIDE_MAX = 10_000
MEMBERS_MAX = 16


class Misfit(Exception):
    """An entry that does not hold: whose, its number, and why."""

    def __init__(self, author, seq, at, fault):
        super().__init__(fault.why)
        self.author, self.seq, self.at, self.fault = author, seq, at, fault

    def __str__(self):
        at = "" if self.at is None else f" at byte {self.at}"
        return f"{self.author}.log, entry {self.seq}{at}: {named(self.fault)}"


def named(fault):
    invariants = RULES.get(fault.rule)
    numbers = f" (invariant {', '.join(map(str, sorted(invariants)))})" if invariants else ""
    return f"rule \"{fault.rule}\"{numbers}: {fault.why}"


def read_log(author, raw):
    """The log whose file this is: every entry's form, place, keys and signatures."""
    log, number, at = None, 0, 0
    try:
        for at, piece in pieces_of(raw):
            entry = entry_of(piece)
            if log is None:
                log = Log(entry)
                require(log.author == author, "past", f"the file holds the log of {log.author}")
            else:
                log.push(entry)
            number += 1
    except Unreadable as error:
        raise Unreadable(f"{author}.log, entry {number}: {error}") from error
    except Fault as fault:
        raise Misfit(author, number, at, fault) from fault
    if log is None:
        raise Unreadable(f"{author}.log has no entry")
    return log


class Record:
    """All logs of an agreement together: each entry judged by what its author had seen."""

    def __init__(self, parties, logs, cut=None):
        """`cut` names for forked logs the number from which on nothing counts; what rests on that falls too."""
        self.parties, self.logs, self.cut = parties, logs, cut or {}
        self.agreement = logs[parties[0]].agreement
        self.entries = {author: [] for author in logs}
        self.knew = {author: State(parties) for author in logs}
        self.merged = State(parties)
        self.order, self.place = [], {}
        self.pending, self.settled = {}, []
        counting = self.offers_that_count()
        for author, log in logs.items():
            foreign = log.agreement != self.agreement
            if foreign:
                raise Misfit(author, 0, 0, Fault("past", "the log is of another agreement"))
        while any([self.go_on(author, counting) for author in logs]):
            pass
        self.check_all_in()

    def offers_that_count(self):
        """The offers in the logs that a party agrees to there, each with the one that it answers."""
        every = [entry for log in self.logs.values() for entry in log.entries]
        offers = {entry.id: entry for entry in every if entry.kind in OFFERS}
        counting = set()
        for entry in every:
            if entry.kind == "log.agree":
                offer = offers.get(entry.body["entry"])
                answered = offer and any(name == entry.prev for _, _, name in offer.seen)
                counting |= {entry.body["entry"], *([entry.prev] if answered else [])}
        return counting

    def go_on(self, author, counting):
        """Takes in what can come in of one log; whether anything did."""
        log, here, before = self.logs[author], self.entries[author], len(self.entries[author])
        while author not in self.pending and len(here) < min(len(log.entries), self.cut.get(author, 2**64)):
            entry = log.entries[len(here)]
            try:
                if self.lacks(entry):
                    break
                if entry.kind in OFFERS and entry.id not in counting:
                    self.pending[author] = entry
                else:
                    self.take_in(entry)
            except Fault as fault:
                raise Misfit(author, entry.seq, None, fault) from fault
        return len(here) > before

    def lacks(self, entry):
        """What is not here of what the author had seen; another entry in its place does not hold."""
        lacks = []
        for by, seq, name in entry.seen:
            require(by in self.logs, "past", f"its author had seen entry {seq} of {by}, whose log is not here")
            here = self.entries[by]
            if seq >= len(here):
                lacks.append((by, seq))
            else:
                require(here[seq].id == name, "past", f"its author had seen another entry {seq} of {by} than the one here")
        return lacks

    def check_past(self, entry):
        """Whoever has seen an entry names what that one had seen."""
        for by, seq, _ in entry.seen:
            for implied, number, _ in self.entries[by][seq].seen:
                named_ = implied == entry.author or (entry.head_of(implied) or (-1,))[0] >= number
                require(named_, "past", f"it had seen entry {seq} of {by} and leaves out entry {number} of {implied}, which that had seen")

    def check_said(self, entry, state):
        """Whether somebody may say this who knows that; and what is observed is what was seen."""
        judge(state, entry)
        for by, seq, name in entry.body["heads"] if entry.kind == "observe" else []:
            known = entry.seq - 1 if by == entry.author else (entry.head_of(by) or (-1,))[0]
            holds = seq <= known and self.entries[by][seq].id == name
            require(holds, "past", f"it observes entry {seq} of {by}, which it had not seen")

    def learn(self, state, seen):
        """Gives a reader what it has newly seen, in an order in which no entry stands before one it had seen."""
        new = []
        for by, seq, _ in seen:
            known = state.heads.get(by, (-1,))[0]
            new += [self.place[one.id] for one in self.entries[by][known + 1:seq + 1]]
        for at in sorted(new):
            state.apply(self.order[at])

    def take_in(self, entry):
        self.check_past(entry)
        state = self.knew[entry.author]
        self.learn(state, entry.seen)
        self.check_said(entry, state)
        if entry.kind == "log.agree":
            self.check_agreed(entry)
        state.apply(entry)
        self.merged.apply(entry)
        self.place[entry.id] = len(self.order)
        self.order.append(entry)
        self.entries[entry.author].append(entry)

    def check_all_in(self):
        for author, log in self.logs.items():
            here = len(self.entries[author])
            left = len(log.entries) - here
            if left == 0 or self.cut:
                continue
            entry = log.entries[here]
            if author in self.pending:
                if left > 1:
                    fault = Fault("offers about logs", "it stands behind an offer that nobody has agreed to")
                    raise Misfit(author, entry.seq + 1, None, fault)
                continue
            lacks = ", ".join(f"entry {seq} of {by}" for by, seq in self.lacks(entry))
            raise Misfit(author, entry.seq, None, Fault("past", f"it had seen {lacks}, which no log here has"))

    # Offers about logs.

    def check_agreed(self, agree):
        """Whether a word that agrees to an offer stands in the one place where it can, and what it sets aside."""
        offer = self.order[self.place[agree.body["entry"]]]
        before = (agree.seq - 1, agree.prev)
        right = offer.head_of(agree.author) == before and agree.head_of(offer.author) == (offer.seq, offer.id)
        require(right, "offers about logs", "it agrees elsewhere than in its author's next entry after those that the offer had seen")
        self.settle(offer, agree)
        answered = self.place.get(agree.prev)
        if answered is not None and self.order[answered].kind in OFFERS:
            # Both had lost entries: the offer agreed to was the answer to this one.
            self.settle(self.order[answered], offer)

    def settle(self, offer, agree):
        if offer.kind == "log.resume":
            self.check_resumption(offer)
            of = offer.body["kept"][0][0]
        else:
            of = offer.author
        after = (offer.author, offer.seq) if agree.author == of else (agree.author, agree.seq)
        self.settled.append((of, offer.body["from"], offer.id, agree.id, after))

    def check_resumption(self, offer):
        (of, seq, name), since = offer.body["kept"][0], offer.body["from"]
        saw = (of, seq, name) in offer.seen or (of, seq, name) == (offer.author, offer.seq - 1, offer.prev)
        require(saw and seq + 1 >= since, "offers about logs", "its author had not seen the last entry that is to count")
        on_branch = seq < since or self.entries[of][since].id in offer.body["fork"]
        require(on_branch, "offers about logs", "the last entry that is to count is on neither branch of the fork")

    def sealed_to(self, author):
        """Below which number nothing else of a log can count: it went over to another key there and every other party saw it."""
        others = [party for party in self.parties if party != author]
        changes = [since for since, _ in self.logs[author].keys[1:]]
        return max((since for since in changes if all(self.merged.saw(by, author, since - 1) for by in others)), default=0)

    def is_cut(self, by, seq, name):
        """Whether another entry than this one stands under its number, in a log where a party agreed that some do not count."""
        reached = any(of == by and since <= seq for of, since, *_ in self.settled)
        return reached and seq < len(self.entries[by]) and name not in self.place

    def is_set_aside(self, entry):
        for of, since, offer, agree, (by, seq) in self.settled:
            if entry.author == of and entry.seq >= since and entry.id not in (offer, agree):
                head = entry.head_of(by)
                if head is None or head[0] < seq or self.is_cut(by, *head):
                    return True
        return 0 < entry.seq < self.sealed_to(entry.author)


# What lies beside the logs.


class Beside:
    """Entries that lie beside the logs, and the record as far as no fork takes it."""

    def __init__(self, record, entries):
        self.whole, self.entries = record, entries
        self.check_proofs()
        self.forks = self.find_forks()

    @functools.cached_property
    def record(self):
        cut = {author: seq for author, (seq, _) in self.forks.items()}
        reaches = any(seq < len(self.whole.entries[author]) for author, seq in cut.items())
        return Record(self.whole.parties, self.whole.logs, cut) if reaches else self.whole

    def check_proofs(self):
        """A resumption counts nowhere before the proof of its fork is there."""
        known = {entry.id: entry for entry in self.entries + self.whole.order}
        for resume in self.whole.order:
            if resume.kind != "log.resume":
                continue
            (of, _, _), since = resume.body["kept"][0], resume.body["from"]
            both = [known.get(name) for name in resume.body["fork"]]
            proven = all(one and (one.author, one.seq) == (of, since) and self.is_by_author(one) for one in both)
            if not proven:
                why = "the two entries that prove the fork are not both here: give them with --beside"
                raise Misfit(resume.author, resume.seq, None, Fault("offers about logs", why))

    def is_by_author(self, entry):
        """Whether its author has signed it, under a key that the log had come to at its number."""
        log = self.whole.logs.get(entry.author)
        if log is None or entry.agreement != log.agreement:
            return False
        signer = entry.body["node_key"] if entry.kind == "key.compromise" else None
        keys = [signer] if signer else [key for since, key in log.keys if since <= entry.seq]
        return any(entry.is_signed_by(key) for key in keys)

    def find_forks(self):
        """Two different entries of one author under one number that both count: the first such number of each author."""
        by_place = {}
        for entry in self.entries:
            log = self.whole.logs.get(entry.author)
            offered = entry.kind in OFFERS
            if log is None or offered or entry.id in self.whole.place or not self.signed_now(log, entry):
                continue
            if not self.whole.is_set_aside(entry):
                by_place.setdefault((entry.author, entry.seq), {})[entry.id] = entry
        forks = {}
        for (author, seq), others in sorted(by_place.items()):
            names = set(others)
            if seq < len(self.whole.entries[author]):
                names.add(self.whole.entries[author][seq].id)
            if len(names) > 1:
                forks.setdefault(author, (seq, sorted(names)))
        return forks

    def signed_now(self, log, entry):
        try:
            log.check_keys(entry, at_end=entry.seq >= len(log.entries))
        except Fault:
            return False
        return (entry.agreement, entry.author) == (log.agreement, log.author) and (entry.seq > 0) == (entry.kind != "genesis")

    def verdict(self, entry):
        """What an entry beside the logs is, judged with everything in the logs: a word, and a fault or nothing."""
        if any(entry.id in names for _, names in self.forks.values()):
            return "fork", None
        record = self.record
        if entry.id in record.place:
            return "in the record", None
        try:
            log = record.logs.get(entry.author)
            require(log is not None, "past", f"{entry.author} has no log here")
            require(entry.agreement == log.agreement, "past", "it is of another agreement")
            require((entry.seq == 0) == (entry.kind == "genesis"), "past", "a genesis stands at the beginning of a log and nowhere else")
            named_ = [(entry.author, entry.seq), *((by, seq) for by, seq, _ in entry.seen)]
            if any(by in self.forks and seq >= self.forks[by][0] for by, seq in named_):
                require(self.is_by_author(entry), "keys", "no key of its log has signed it")
                return "behind a fork", None
            if record.is_set_aside(entry):
                require(self.is_by_author(entry), "keys", "no key of its log has signed it")
                return "set aside", None
            log.check_keys(entry, at_end=entry.seq >= len(record.entries[entry.author]))
            if entry.kind in OFFERS:
                return "offered", None
            return self.verdict_on_next(entry)
        except Fault as fault:
            return "refused", fault

    def verdict_on_next(self, entry):
        record, here = self.record, self.record.entries[entry.author]
        lacks = record.lacks(entry)
        if lacks or entry.seq > len(here):
            return "waits", None
        last = here[-1]
        require(entry.prev == last.id and entry.seq == last.seq + 1, "past", "it does not follow the last entry of its log")
        for by, seq, name in last.seen:
            now = entry.head_of(by)
            require(now and (now[0] > seq or now == (seq, name)), "past", "what it had seen goes back")
        record.check_past(entry)
        state = State(record.parties)
        record.learn(state, [*entry.seen, (entry.author, last.seq, last.id)])
        try:
            record.check_said(entry, state)
        except Fault as fault:
            return "unlawful", fault
        return "lawful", None


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
    for author, log in sorted(record.logs.items()):
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
