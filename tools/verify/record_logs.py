"""All logs of an agreement together: each entry judged by what its author had seen, and offers by who agrees to them.

Decides what counts of whole logs, and what offers that count set aside. Knows nothing of entries that lie beside them: that is
record_beside.py. Shares no line with the program that wrote the files.
"""

from cbor import Unreadable
from record_entry import OFFERS, Fault, Log, entry_of, pieces_of, require
from record_rules import RULES, State
from record_speaker import judge


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
        self.parties, self.files, self.logs, self.cut = parties, logs, logs, cut or {}
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
        # What does not count gives no key and no tree.
        self.logs = {author: log.upto(len(self.entries[author])) for author, log in logs.items() if self.entries[author]}

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

    def check_resumption(self, offer, known=None):
        """Whether a resumption keeps what its author had seen, of a branch of the fork; `known` are entries by their names."""
        (of, seq, name), since = offer.body["kept"][0], offer.body["from"]
        saw = (of, seq, name) in offer.seen or (of, seq, name) == (offer.author, offer.seq - 1, offer.prev)
        require(saw and seq + 1 >= since, "offers about logs", "its author had not seen the last entry that is to count")
        known = known or {entry.id: entry for entry in self.entries[of]}
        while seq > since and name in known:
            seq, name = seq - 1, known[name].prev
        on_branch = seq != since or name in offer.body["fork"]
        require(on_branch, "offers about logs", "the last entry that is to count is on neither branch of the fork")
        both = [known[name] for name in offer.body["fork"] if name in known]
        proven = all((one.author, one.seq) == (of, since) for one in both)
        require(proven, "offers about logs", "the entries that it names are no fork of that log at that number")

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
