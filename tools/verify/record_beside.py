"""What lies beside the logs of a record: forks, what was set aside, what a former key has signed.

Decides by signatures alone who has signed what lies there, and which of it freezes the record. Does not mend: where what lies
beside the logs would settle a fork in them, the fork is told all the same. Shares no line with the program that wrote the files.
"""

import hashlib
from dataclasses import dataclass

from record_entry import OFFERS, Fault, require
from record_logs import Misfit, Record
from record_rules import State


@dataclass(frozen=True)
class Handover:
    """A rotation whose three signatures hold, wherever it stands: the key before, the one laid down, and the name of both."""

    entry: object
    old: bytes

    @property
    def new(self):
        return self.entry.body["node_key"]


class Handovers:
    """Who has gone over from which key to which, in the record or along any other line."""

    def __init__(self, logs, entries):
        self.known = {entry.id: entry for log in logs.values() for entry in log.entries} | {entry.id: entry for entry in entries}
        self.of = {}
        for author, log in logs.items():
            found = {one.id: Handover(one, log.key_at(one.seq)) for one in log.entries if one.kind == "key.rotate"}
            rotations = [one for one in entries if one.author == author and one.kind == "key.rotate" and one.id not in found]
            news = True
            while news:
                news = [(one, old) for one in rotations for old in self.keys_before(log, found, one)]
                found |= {one.id: Handover(one, old) for one, old in news}
                rotations = [one for one in rotations if one.id not in found]
            self.of[author] = list(found.values())

    def keys_before(self, log, found, rotation):
        """The key from which a rotation hands over: one that laid its new key down and signed it."""
        if rotation.agreement != log.agreement:
            return
        laid = [(log.key_at(2**64), log.next_key)]
        for one in found.values():
            laid += [(one.new, one.entry.body["next_key"]), (one.old, hashlib.sha256(one.new).digest())]
        new = rotation.body["node_key"]
        for key in dict(laid):
            pairs = hashlib.sha256(new).digest() in [after for before, after in laid if before == key]
            if pairs and key != new and rotation.is_signed_by(key) and rotation.is_signed_over():
                yield key
                return

    def line_before(self, entry, least):
        """The names of what stands before an entry in its log, back to a number, as far as it is here."""
        line = set()
        while entry and entry.seq > least:
            line.add(entry.prev)
            entry = self.known.get(entry.prev)
        return line

    def is_retired(self, entry):
        """Whether its author has gone over from the key of this entry, and along no line on which the entry stands."""
        kid = entry.kid
        gone = [one for one in self.of.get(entry.author, []) if hashlib.sha256(one.old).digest()[:8] == kid]
        return bool(gone) and not any(entry.id in self.line_before(one.entry, entry.seq) for one in gone)

    def is_signed(self, log, entry):
        """Whether its author has signed it, under a key that the log had come to, or to which it was handed over on some line."""
        if log is None or entry.agreement != log.agreement:
            return False
        at_end = entry.seq >= len(log.entries)
        if any(log.holds_under(entry, key, at_end) for since, key in log.keys if since <= entry.seq):
            return True
        later = [one for one in self.of.get(entry.author, []) if one.entry.seq < entry.seq]
        if entry.kind == "key.rotate":
            return bool(later) and any(one.entry.id == entry.id for one in self.of[entry.author])
        return any(log.holds_under(entry, one.new, at_end) for one in later)


class Beside:
    """Entries that lie beside the logs, and the record as far as no fork takes it."""

    def __init__(self, whole, entries):
        self.whole, self.entries = whole, entries
        self.handed = Handovers(whole.files, entries)
        self.check_proofs()
        self.forks, self.record = {}, whole
        # A fork takes back what had set other entries aside, which may then be forks themselves.
        while news := self.find_forks():
            self.forks |= news
            self.record = self.cut()

    def cut(self):
        cut = {author: seq for author, (seq, _) in self.forks.items()}
        reaches = any(seq < len(self.whole.entries[author]) for author, seq in cut.items())
        return Record(self.whole.parties, self.whole.files, cut) if reaches else self.whole

    def check_proofs(self):
        """A resumption counts nowhere before the proof of its fork is there."""
        for resume in self.whole.order:
            if resume.kind != "log.resume":
                continue
            (of, _, _), since = resume.body["kept"][0], resume.body["from"]
            both = [self.handed.known.get(name) for name in resume.body["fork"]]
            proven = all(one and (one.author, one.seq) == (of, since) and self.is_by_author(one) for one in both)
            if not proven:
                why = "the two entries that prove the fork are not both here: give them with --beside"
                raise Misfit(resume.author, resume.seq, None, Fault("offers about logs", why))

    def is_by_author(self, entry):
        return self.handed.is_signed(self.record_log(entry.author), entry)

    def record_log(self, author):
        return self.record.logs.get(author) if hasattr(self, "record") else self.whole.logs.get(author)

    def find_forks(self):
        """The numbers, not yet known, of which two entries count: the first of each author."""
        by_place = {}
        for entry in self.entries:
            log = self.record.logs.get(entry.author)
            if log is None or entry.kind in OFFERS or entry.id in self.record.place or not self.signed_now(log, entry):
                continue
            if not self.record.is_set_aside(entry):
                by_place.setdefault((entry.author, entry.seq), set()).add(entry.id)
        found = self.unsettled()
        for (author, seq), names in sorted(by_place.items()):
            here = self.record.entries[author]
            names |= {here[seq].id} if seq < len(here) else set()
            if len(names) > 1 and seq < found.get(author, (2**64,))[0]:
                found[author] = (seq, sorted(names))
        return {author: one for author, one in found.items() if one[0] < self.forks.get(author, (2**64,))[0]}

    def unsettled(self):
        """The forks that were settled by a key which its author turns out to have handed over."""
        found = {}
        for of, since, offer, agree, _ in self.record.settled:
            offered, agreed = self.handed.known[offer], self.handed.known[agree]
            if offered.kind == "log.resume" and any(map(self.handed.is_retired, (offered, agreed))):
                found[of] = min(found.get(of, (2**64, [])), (since, list(offered.body["fork"])))
        return found

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
            behind = any(by in self.forks and seq >= self.forks[by][0] for by, seq in named_)
            if behind:
                self.check_may_hold(log, entry)
                return "behind a fork", None
            if record.is_set_aside(entry):
                require(self.is_by_author(entry), "keys", "no key of its log has signed it")
                return "set aside", None
            return self.verdict_on_offer(log, entry) if entry.kind in OFFERS else self.verdict_on_next(log, entry)
        except Fault as fault:
            return "refused", fault

    def check_may_hold(self, log, entry):
        """Whether it is its author's, or may be: under the key that was laid down and is not known yet."""
        laid_down = log.next_key is not None and log.next_key[:8] == entry.kid and entry.seq > len(log.entries)
        require(laid_down or self.is_by_author(entry), "keys", "no key of its log has signed it")

    def verdict_on_offer(self, log, offer):
        """What a party could still agree to, as far as the logs say so."""
        if self.record.lacks(offer) or offer.seq > len(log.entries):
            self.check_may_hold(log, offer)
            return "waits", None
        log.check_keys(offer, at_end=offer.seq >= len(log.entries))
        log.check_follows(offer, log.entries[offer.seq - 1])
        log.check_tree(offer)
        if offer.kind == "log.resume":
            self.record.check_resumption(offer, self.handed.known)
        return "offered", None

    def verdict_on_next(self, log, entry):
        record, here = self.record, self.record.entries[entry.author]
        if record.lacks(entry) or entry.seq > len(here):
            self.check_may_hold(log, entry)
            return "waits", None
        log.check_keys(entry, at_end=entry.seq >= len(here))
        last = here[-1]
        require(entry.seq == last.seq + 1, "past", "it does not follow the last entry of its log")
        log.check_follows(entry, last)
        record.check_past(entry)
        state = State(record.parties)
        record.learn(state, [*entry.seen, (entry.author, last.seq, last.id)])
        try:
            record.check_said(entry, state)
        except Fault as fault:
            return "unlawful", fault
        return "lawful", None
