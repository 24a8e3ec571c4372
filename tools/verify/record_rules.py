"""What follows from entries, and the names of the rules: the table in docs/protocol.md.

`State` is what one reader of a set of entries knows. Who knows that may say what record_speaker.py judges. Shares no line with the
program that wrote the entries.
"""

import hashlib
from dataclasses import dataclass, field

from record_entry import OFFERS, params_of

# The rules by their names in the table, each with its invariants.
RULES = {
    "priority": {1}, "one answer": {1}, "withdrawal": {1}, "versions": {2}, "dropping": {2, 3}, "freeze": {3}, "list": {3},
    "once": {4}, "two wills": {5}, "one outcome": {6}, "take-back": {6}, "the end": {9}, "close": {10}, "seeds": {11},
    "order": {11}, "who speaks": {11}, "matching": {12}, "past": {11}, "convergence": {13, 14, 15},
    "offers about logs": {15}, "keys": {11, 15},
}
ENDS = {"died", "escaped", "already-returned"}
AT_LARGE = {"in transit", "received", "disputed"}
NOTHING, COMMITTED, REVEALED, NOMINATED = range(4)
PHASES = ["nothing", "committed", "revealed", "nominated"]


@dataclass
class Answered:
    """A text, a list or parameters that were put forward, and what became of them."""

    entry: object
    accepted: bytes = None
    rejected: bytes = None
    withdrawn: int = None

    def is_untouched(self):
        return self.accepted is None and self.rejected is None and self.withdrawn is None


@dataclass
class Proposal(Answered):
    holders: dict = field(default_factory=dict)

    def __post_init__(self):
        body = self.entry.body
        self.round, self.version, self.author = body["round"], body["version"], self.entry.author
        self.holders = dict(body["items"])


@dataclass
class Release:
    round: int
    item: bytes
    holder: str
    seq: int
    received: bool = False
    dispute: str = None
    back: int = None


@dataclass
class Side:
    phase: int = NOTHING
    commit: tuple = None
    seed: bytes = None
    withheld: bytes = None
    items: frozenset = frozenset()
    nomination: bytes = None
    closed: bool = False
    account: tuple = None


@dataclass
class Round:
    sides: dict = field(default_factory=dict)
    proposals: list = field(default_factory=list)
    effective: bytes = None
    ever: dict = field(default_factory=dict)
    wills: dict = field(default_factory=dict)
    departed: dict = field(default_factory=dict)
    releases: list = field(default_factory=list)

    def side(self, party):
        return self.sides.get(party) or Side()

    def is_void(self):
        return any(side.withheld for side in self.sides.values())

    def closed_by(self):
        return sorted(party for party, side in self.sides.items() if side.closed)


@dataclass
class RunSide:
    commit: bytes = None
    key: bytes = None
    accepted: bytes = None
    evaluated: int = 0
    closed: bytes = None


@dataclass
class Run(Answered):
    params: dict = None
    sides: tuple = None


class State:
    """What follows from a set of entries that holds the whole past of each. Every part has one author, so order does not matter."""

    def __init__(self, parties):
        self.parties = parties
        self.heads, self.seen_by = {}, {}
        self.texts, self.proposals, self.rounds, self.releases, self.runs = {}, {}, {}, {}, {}
        self.releases_of, self.run_named, self.ended, self.offers, self.agreed = {}, {}, {}, {}, set()

    def other(self, party):
        return self.parties[1 - self.parties.index(party)] if party in self.parties else None

    def asked(self, member):
        """Who agrees to what a member offers about a log."""
        return self.other(member) or self.parties[0]

    def round(self, number):
        return self.rounds.get(number) or Round()

    def saw(self, by, author, seq):
        """Whether somebody has written an entry that had seen this one."""
        return self.seen_by.get(by, {}).get(author, -1) >= seq

    def open_offer(self, author):
        return next((offer for offer, by in self.offers.items() if by == author and offer not in self.agreed), None)

    # Lists.

    def effective(self, number):
        return self.proposals.get(self.round(number).effective)

    def version(self, number):
        listed = self.effective(number)
        return listed.version if listed else 0

    def standing(self, proposal):
        """What became of a proposal: open, withdrawing, accepted, rejected, superseded or withdrawn."""
        if proposal.accepted or proposal.rejected:
            return "accepted" if proposal.accepted else "rejected"
        if self.version(proposal.round) >= proposal.version:
            return "superseded"
        if proposal.withdrawn is None:
            return "open"
        final = self.saw(self.other(proposal.author), proposal.author, proposal.withdrawn)
        return "withdrawn" if final else "withdrawing"

    def can_become_effective(self, proposal):
        return self.standing(proposal) in ("open", "withdrawing")

    def open_proposals(self, number):
        all_ = [self.proposals[name] for name in self.round(number).proposals]
        return [one for one in all_ if self.can_become_effective(one)]

    # Items.

    def outcome(self, release):
        """Where a release stands: in transit, received, disputed or returned."""
        if release.received:
            return "received"
        if release.back is not None:
            if release.dispute or self.saw(self.other(release.holder), release.holder, release.back):
                return "returned"
        return "disputed" if release.dispute else "in transit"

    def standing_release(self, item):
        return any(self.outcome(one) != "returned" for one in self.releases_of.get(item, []))

    def item_state(self, number, item):
        """Where an item stands that is or was on the list of a round; nothing where it never was."""
        round_ = self.round(number)
        holder = round_.ever.get(item)
        if holder is None:
            return None
        here = [one for one in self.releases_of.get(item, []) if (one.round, one.holder) == (number, holder)]
        mine = sorted(here, key=lambda one: one.seq)
        if mine and self.outcome(mine[-1]) != "returned":
            return self.outcome(mine[-1])
        if (item, holder) in round_.departed:
            return "departed"
        if item not in self.effective(number).holders:
            return "dropped"
        first, second = round_.wills.get((item, holder), [None, None])
        if first and second:
            return "asked twice, willing" if first == second == "willing" else "asked twice, not willing"
        if mine:
            return "returned"
        return "asked once" if first else "listed"

    def counts(self, number, holder):
        """Releases of one holder: all, received, returned, disputed."""
        outcomes = [self.outcome(self.releases[name]) for name in self.round(number).releases
                    if self.releases[name].holder == holder]
        return [len(outcomes)] + [outcomes.count(one) for one in ("received", "returned", "disputed")]

    def in_transit(self, number):
        counts = [self.counts(number, party) for party in self.parties]
        return sum(all_ - received - returned for all_, received, returned, _ in counts)

    def slot_elsewhere(self, number, item):
        """Another round in which somebody has a slot: on the list in force, not vacated, not closed by the holder."""
        for other, round_ in self.rounds.items():
            listed = self.effective(other)
            holder = listed.holders.get(item) if listed and other != number else None
            if holder and not round_.side(holder).closed and self.item_state(other, item) not in ("departed", "returned"):
                return other
        return None

    # Runs of private matching.

    def agreed_runs(self):
        return [run for run in self.runs.values() if run.accepted]

    def last_run(self):
        return max((run.params["run"] for run in self.agreed_runs()), default=0)

    # Taking in.

    def apply(self, entry):
        """Takes in an entry that was found lawful and whose past is here."""
        self.heads[entry.author] = (entry.seq, entry.id)
        self.seen_by[entry.author] = {by: seq for by, seq, _ in entry.seen}
        if entry.kind in OFFERS:
            answered = [offer for offer, by in self.offers.items() if self.asked(by) == entry.author]
            self.agreed |= {offer for offer in answered if offer == self.open_offer(self.offers[offer])}
            self.offers[entry.id] = entry.author
        elif handler := getattr(self, "apply_" + entry.kind.replace(".", "_").replace("-", "_"), None):
            handler(entry, entry.body)
        elif entry.kind in ABOUT_ROUND:
            self.say(entry, entry.body)

    def at(self, number):
        return self.rounds.setdefault(number, Round())

    def say(self, entry, body):
        side = self.at(body["round"]).sides.setdefault(entry.author, Side())
        if entry.kind == "commit":
            side.phase, side.commit = max(side.phase, COMMITTED), (body["pool"], body["seed"])
        elif entry.kind == "reveal":
            side.phase, side.seed = max(side.phase, REVEALED), body["seed"]
        elif entry.kind == "nominate":
            side.phase, side.items, side.nomination = NOMINATED, frozenset(body["items"]), entry.id
        elif entry.kind == "withheld":
            side.withheld = entry.id
        elif entry.kind == "account":
            side.account = (body["digest"], body["delivered"], body["received"])
        elif entry.kind == "close":
            side.closed = True

    def apply_log_agree(self, entry, body):
        self.agreed.add(body["entry"])

    def apply_text(self, entry, body):
        self.texts[entry.id] = Answered(entry)

    def apply_propose(self, entry, body):
        self.proposals[entry.id] = Proposal(entry)
        self.at(body["round"]).proposals.append(entry.id)

    def apply_accept(self, entry, body):
        target = body["entry"]
        run = self.runs.get(self.run_named.get(target))
        if run and run.entry.id != target:
            next(side for side in run.sides if side.commit == target).accepted = entry.id
            return
        cell = run or self.texts.get(target) or self.proposals[target]
        cell.accepted = entry.id
        if target in self.proposals and cell.version > self.version(cell.round):
            round_ = self.at(cell.round)
            round_.effective = target
            round_.ever.update(cell.holders)

    def put_forward(self, target):
        """What was put forward under this name and can be answered as a whole: a text, a list, parameters."""
        run = self.runs.get(self.run_named.get(target))
        if run:
            return run if run.entry.id == target else None
        return self.texts.get(target) or self.proposals.get(target)

    def apply_reject(self, entry, body):
        self.put_forward(body["entry"]).rejected = entry.id

    def apply_withdraw(self, entry, body):
        self.put_forward(body["entry"]).withdrawn = entry.seq

    def apply_will(self, entry, body):
        wills = self.at(body["round"]).wills.setdefault((body["item"], entry.author), [None, None])
        wills[body["occasion"] - 1] = body["answer"]

    def apply_depart(self, entry, body):
        self.at(body["round"]).departed[body["item"], entry.author] = body["ground"]
        if body["ground"] in ENDS:
            self.ended.setdefault(body["item"], body["ground"])

    def apply_release(self, entry, body):
        release = Release(body["round"], body["item"], entry.author, entry.seq)
        self.releases[entry.id] = release
        self.releases_of.setdefault(body["item"], []).append(release)
        self.at(body["round"]).releases.append(entry.id)

    def apply_receipt(self, entry, body):
        self.releases[body["release"]].received = True

    def apply_dispute(self, entry, body):
        self.releases[body["release"]].dispute = body["ground"]

    def apply_take_back(self, entry, body):
        release = self.releases[body["release"]]
        release.back = entry.seq
        # Whoever goes to a crossing again is asked again there.
        wills = self.at(release.round).wills.setdefault((release.item, entry.author), [None, None])
        wills[1] = None

    def apply_psi_params(self, entry, body):
        session = hashlib.sha256(body["params"]).digest()
        self.runs[session] = Run(entry, params=params_of(body["params"]), sides=(RunSide(), RunSide()))
        self.run_named[entry.id] = session

    def run_side(self, entry, body):
        return self.runs[body["session"]].sides[self.parties.index(entry.author)]

    def apply_psi_commit(self, entry, body):
        side = self.run_side(entry, body)
        side.commit, side.key = entry.id, body["key"]
        self.run_named[entry.id] = body["session"]

    def apply_psi_eval(self, entry, body):
        self.run_side(entry, body).evaluated = body["to"]

    def apply_psi_close(self, entry, body):
        self.run_side(entry, body).closed = body["transcript"]


ABOUT_ROUND = {"commit", "reveal", "withheld", "nominate", "notice", "account", "close"}


def seed_digest(number, author, seed):
    label = author.encode()
    return hashlib.sha256(b"homeward seed" + number.to_bytes(4, "big") + bytes([len(label)]) + label + seed).digest()


def joint_seed(agreement, number, first, second):
    return hashlib.sha256(b"homeward joint seed" + agreement + number.to_bytes(4, "big") + first + second).digest()
