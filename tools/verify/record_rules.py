"""What follows from entries, and which entry is lawful after which others: the table of rules in docs/protocol.md.

`State` is what one reader of a set of entries knows; `judge` says by which rule somebody who knows that may not say something.
Shares no line with the program that wrote the entries.
"""

import hashlib
from dataclasses import dataclass, field

from record_entry import OFFERS, Fault, params_of, require

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


# What may be said.

ANYONE = {"genesis", "memo", "observe", "log.agree", "key.rotate", *OFFERS}


def judge(state, entry):
    """Refuses what an author may not say whose causal past gives this state."""
    open_offer = state.open_offer(entry.author)
    require(open_offer is None, "offers about logs", "its author has made an offer and has not seen that a party agreed to it")
    if entry.kind == "log.agree":
        by = state.offers.get(entry.body["entry"])
        require(by and state.asked(by) == entry.author, "offers about logs", "it agrees to what its author is not asked")
    if entry.kind in ANYONE:
        return
    require(entry.author in state.parties, "who speaks", f"a neutral does not say {entry.kind}")
    Speaker(state, entry).judge()


class Speaker:
    """A party that says something, with what it knew."""

    def __init__(self, state, entry):
        self.state, self.entry, self.body = state, entry, entry.body
        self.me, self.other = entry.author, state.other(entry.author)
        self.number = self.body.get("round")

    def judge(self):
        rule = getattr(self, "judge_" + self.entry.kind.replace(".", "_").replace("-", "_"), None)
        # A text, a notice and an account can be said at any time.
        if rule:
            rule()

    # What many rules ask.

    def not_closed(self, number, by):
        closed = [party for party in by if self.state.round(number).side(party).closed]
        require(not closed, "close", f"{', '.join(closed)} had closed round {number}")

    def phase(self, party):
        return self.state.round(self.number).side(party).phase

    def first_time(self, own):
        self.not_closed(self.number, self.state.parties)
        require(not self.state.round(self.number).is_void(), "seeds", "the round is void: a seed was withheld")
        require(self.phase(self.me) <= own, "order", f"its author had said this in round {self.number} already")

    def both(self, phase):
        behind = [party for party in self.state.parties if self.phase(party) < phase]
        require(not behind, "order", f"{', '.join(behind)} had not {PHASES[phase]} in round {self.number}")

    def own_open(self, number):
        return [one for one in self.state.open_proposals(number) if one.author == self.me]

    def can_still_go(self, item):
        require(item not in self.state.ended, "the end", f"nothing follows for item {item.hex()}: {self.state.ended.get(item)}")
        require(not self.state.standing_release(item), "once", f"a release of item {item.hex()} stands")

    def one_holder(self, item, holder):
        for number, round_ in self.state.rounds.items():
            for name in round_.proposals:
                proposal = self.state.proposals[name]
                alive = name == round_.effective or self.state.can_become_effective(proposal)
                clash = alive and proposal.holders.get(item, holder) != holder
                require(not clash, "once", f"item {item.hex()} is listed in round {number} under the other party")

    def one_slot(self, number, item):
        elsewhere = self.state.slot_elsewhere(number, item)
        require(elsewhere is None, "once", f"item {item.hex()} has a slot in round {elsewhere}")

    # Before the list.

    def judge_commit(self):
        self.first_time(NOTHING)

    def judge_reveal(self):
        self.first_time(COMMITTED)
        self.both(COMMITTED)
        laid_down = self.state.round(self.number).side(self.me).commit[1]
        shown = seed_digest(self.number, self.me, self.body["seed"])
        require(shown == laid_down, "seeds", "the seed is not the one committed")

    def judge_withheld(self):
        self.not_closed(self.number, self.state.parties)
        round_ = self.state.round(self.number)
        require(round_.side(self.me).withheld is None, "seeds", "its author has said so already")
        self.both(COMMITTED)
        require(self.phase(self.me) >= REVEALED, "seeds", "its author has not shown its own seed")
        require(self.phase(self.other) < REVEALED, "seeds", "its author had seen the other party's seed")

    def judge_nominate(self):
        self.first_time(REVEALED)
        self.both(REVEALED)
        theirs = self.state.round(self.number).side(self.other).items
        for item in self.body["items"]:
            require(item not in theirs, "once", f"item {item.hex()} is nominated by the other party")
            self.can_still_go(item)
            self.one_holder(item, self.me)
            self.one_slot(self.number, item)

    # Lists.

    def judge_propose(self):
        state, number, body = self.state, self.number, self.body
        self.not_closed(number, state.parties)
        require(not state.round(number).is_void(), "seeds", "the round is void: a seed was withheld")
        self.both(NOMINATED)
        require(not self.own_open(number), "one answer", "another proposal of its author is open")
        due = state.version(number) + 1
        right = (body["version"], body["replaces"]) == (due, due - 1)
        require(right, "versions", f"version {due} is next, replacing {due - 1}")
        listed = state.effective(number)
        self.check_dropped(listed, dict(body["items"]), by_proposer=True)
        for item, holder in body["items"]:
            require(holder in state.parties, "versions", f"the holder of item {item.hex()} is no party")
            self.one_holder(item, holder)
            if listed is None or item not in listed.holders:
                self.check_new(item, holder, first=listed is None)

    def check_new(self, item, holder, first):
        """Somebody who was not on the list before."""
        self.can_still_go(item)
        self.one_slot(self.number, item)
        round_ = self.state.round(self.number)
        nominated = not first or item in round_.side(holder).items
        require(nominated, "versions", f"item {item.hex()} was not nominated by its holder")
        require((item, holder) not in round_.departed, "the end", f"item {item.hex()} has left the round")

    def check_dropped(self, listed, kept, by_proposer):
        for item, holder in sorted(listed.holders.items()) if listed else []:
            if item in kept:
                continue
            where = self.state.item_state(listed.round, item)
            require(where not in AT_LARGE, "dropping", f"item {item.hex()} is released and cannot be dropped")
            may = not by_proposer or where in ("departed", "returned") or holder == self.me
            require(may, "dropping", f"item {item.hex()} is the other party's and its slot is not vacated")

    def named(self):
        """The proposal, text or parameters that an answer is about, which must be the other party's."""
        cell = self.state.put_forward(self.body["entry"])
        require(cell is not None, "who speaks", "it names no entry of the kind that can be answered so")
        require(cell.entry.author != self.me, "who speaks", "it answers its own author")
        return cell

    def judge_accept(self):
        target = self.body["entry"]
        run = self.state.runs.get(self.state.run_named.get(target))
        if run and run.entry.id != target:
            return self.accept_commit(run, target)
        cell = self.named()
        if not isinstance(cell, Proposal):
            require(cell.is_untouched(), "one answer", "it was answered or withdrawn before")
            if run:
                self.next_run(run.params)
            return None
        number, version = cell.round, cell.version
        self.not_closed(number, self.state.parties)
        require(self.state.standing(cell) == "open", "one answer", f"the proposal is {self.state.standing(cell)}")
        due = self.state.version(number) + 1
        require(version == due, "versions", f"version {due} is next")
        proposes = self.own_open(number) and self.state.parties[version % 2] == self.me
        require(not proposes, "priority", f"its author has priority for version {version} and has proposed it itself")
        listed = self.state.effective(number)
        self.check_dropped(listed, cell.holders, by_proposer=False)
        for item, holder in cell.holders.items():
            self.one_holder(item, holder)
            if listed is None or item not in listed.holders:
                self.one_slot(number, item)
        return None

    def judge_reject(self):
        cell = self.named()
        if isinstance(cell, Proposal):
            answered = cell.accepted or cell.rejected
            require(not answered, "one answer", "the proposal was answered before")
        else:
            require(cell.is_untouched(), "one answer", "it was answered or withdrawn before")

    def judge_withdraw(self):
        cell = self.state.put_forward(self.body["entry"])
        require(cell is not None, "who speaks", "it names no entry of the kind that can be withdrawn")
        require(cell.entry.author == self.me, "who speaks", "it withdraws what the other party has said")
        is_open = self.state.standing(cell) == "open" if isinstance(cell, Proposal) else cell.is_untouched()
        require(is_open, "withdrawal", "it was answered, withdrawn or overtaken before")

    # People.

    def own_listed(self):
        """An item of the list in force that the author holds and that has not left, nor been released."""
        item, listed = self.body["item"], self.state.effective(self.number)
        mine = listed is not None and listed.holders.get(item) == self.me
        require(mine, "list", f"item {item.hex()} is not on the list in force as held by its author")
        where = self.state.item_state(self.number, item)
        gone = item in self.state.ended or where == "departed"
        require(not gone, "the end", f"item {item.hex()} has left the round, or every round")
        require(where not in AT_LARGE, "once", f"item {item.hex()} is {where}")
        return item, where

    def judge_will(self):
        self.not_closed(self.number, [self.me])
        item, _ = self.own_listed()
        asked = self.state.round(self.number).wills.get((item, self.me), [None])[0]
        require(self.body["occasion"] == 1 or asked, "two wills", f"item {item.hex()} was not asked on the first occasion")

    def judge_depart(self):
        self.not_closed(self.number, [self.me])
        if self.state.effective(self.number):
            self.own_listed()
            return
        item, round_ = self.body["item"], self.state.round(self.number)
        mine = item in round_.side(self.me).items
        require(mine, "list", f"item {item.hex()} is on no list, nor nominated by its author")
        left = (item, self.me) in round_.departed or item in self.state.ended
        require(not left, "the end", f"item {item.hex()} has left before")

    def judge_release(self):
        self.not_closed(self.number, self.state.parties)
        item, where = self.own_listed()
        require(not self.state.standing_release(item), "once", f"a release of item {item.hex()} stands")
        require(not self.own_open(self.number), "freeze", "its author's proposal is open")
        willing = where == "asked twice, willing"
        require(willing, "two wills", f"item {item.hex()} has not said on both occasions that it is willing")

    def release(self):
        release = self.state.releases.get(self.body["release"])
        require(release is not None, "who speaks", "it names no release")
        return release

    def judge_receipt(self):
        release = self.release()
        require(release.holder != self.me, "who speaks", "it answers its own author's release")
        settled = release.received or release.dispute or release.back is not None
        require(not settled, "one outcome", "the release was confirmed, denied or taken back before")

    judge_dispute = judge_receipt

    def judge_take_back(self):
        release = self.release()
        require(release.holder == self.me, "who speaks", "it takes the other party's release back")
        settled = release.received or release.back is not None
        require(not settled, "one outcome", "the release was confirmed or taken back before")

    def judge_close(self):
        self.not_closed(self.number, [self.me])
        count = self.state.in_transit(self.number)
        require(count == 0, "close", f"{count} are in transit")
        require(not self.state.open_proposals(self.number), "close", "a proposal is open")

    # Private matching: all by one rule.

    def run_rule(self, holds, why):
        require(holds, "matching", why)

    def own_side(self, run):
        return run.sides[self.state.parties.index(self.me)]

    def next_run(self, params):
        due = self.state.last_run() + 1
        self.run_rule(params["run"] == due, f"run {due} is next")
        agreed = {run.params["runs"] for run in self.state.agreed_runs()}
        self.run_rule(agreed <= {params["runs"]}, f"{agreed} runs are agreed")

    def current_run(self):
        run = self.state.runs.get(self.body["session"])
        self.run_rule(run and run.accepted, "the parameters of this run are not accepted")
        self.not_over(run)
        return run

    def not_over(self, run):
        self.run_rule(run.params["run"] >= self.state.last_run(), "a later run is agreed")

    def judge_psi_params(self):
        params = params_of(self.body["params"])
        self.run_rule(params["agreement"] == self.entry.agreement, "the parameters name another agreement")
        self.run_rule(self.me == self.state.parties[0], "the first party puts parameters forward")
        session = hashlib.sha256(self.body["params"]).digest()
        self.run_rule(session not in self.state.runs, "these parameters were put forward before")
        self.next_run(params)

    def judge_psi_commit(self):
        run = self.current_run()
        self.run_rule(self.own_side(run).commit is None, "its author has committed in this run before")
        used = {side.key for one in self.state.runs.values() for side in one.sides}
        self.run_rule(self.body["key"] not in used, "the key was committed to before")

    def accept_commit(self, run, target):
        own, other = self.own_side(run), run.sides[self.state.parties.index(self.other)]
        require(other.commit == target, "who speaks", "it answers its own author")
        self.not_over(run)
        self.run_rule(own.commit, "its author has not committed itself")
        self.run_rule(other.accepted is None, "the commit was accepted before")

    def judge_psi_eval(self):
        run, body = self.current_run(), self.body
        own = self.own_side(run)
        self.run_rule(all(side.accepted for side in run.sides), "both commits are not accepted")
        self.run_rule(own.closed is None, "its author has closed the run")
        self.run_rule(body["from"] == own.evaluated, f"the next point is {own.evaluated}")
        self.run_rule(0 < body["to"] - body["from"] <= run.params["chunk"], "it is not one chunk")
        cap = run.params["sought"][self.state.parties.index(self.other)]
        self.run_rule(body["to"] <= cap, f"the budget is {cap} points")

    def judge_psi_close(self):
        run = self.current_run()
        self.run_rule(self.own_side(run).closed is None, "its author has closed the run before")
        self.run_rule(all(side.accepted for side in run.sides), "both commits are not accepted")
        due = [run.params["sought"][1], run.params["sought"][0]]
        self.run_rule(all(side.evaluated >= one for side, one in zip(run.sides, due)), "not all that could be asked is evaluated")
