"""Which entry somebody may write who knows a state: every rule of the table in docs/protocol.md, by its name.

`judge` refuses what an author may not say. Shares no line with the program that wrote the entries.
"""

import hashlib

from record_entry import OFFERS, params_of, require
from record_rules import AT_LARGE, COMMITTED, NOMINATED, NOTHING, PHASES, REVEALED, Proposal, seed_digest

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
