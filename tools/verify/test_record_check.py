#!/usr/bin/env python3
"""Tests the checker of records: python3 tools/verify/test_record_check.py

On the sample exchange of docs/protocol/samples/exchange; on the histories that a test of `parley` writes from its simulator to
target/histories, with what that program makes of them; on the sample with single bits turned; and on made-up histories, for each
rule some that break it and nothing else.
"""

import contextlib
import io
import json
import os
import re
import tempfile
import unittest
from collections import Counter
from pathlib import Path

import record_check as checker
from record_entry import KINDS, entry_of, pieces_of
from record_rules import RULES
from record_writer import AGREEMENT, A, B, C, Writer, digest, item, listed, public, secret, seed

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "docs/protocol/samples/exchange"
HISTORIES = ROOT / "target/histories"
# Of how many bits of the samples one is turned; STEP=1 turns all.
STEP = int(os.environ.get("STEP", "601"))
PARTIES = ["--parties", f"{A},{B}"]


def run(*arguments):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = checker.main([str(one) for one in arguments])
    return code, out.getvalue().strip(), err.getvalue().strip()


def check(logs, *options, beside=()):
    """Checks logs, each a list of entries, as files."""
    with tempfile.TemporaryDirectory() as folder:
        for author, entries in logs.items():
            if entries:
                (Path(folder) / f"{author}.log").write_bytes(b"".join(entries))
        if beside:
            (Path(folder) / "beside").write_bytes(b"".join(beside))
            options = [*options, "--beside", Path(folder) / "beside"]
        return run(folder, *PARTIES, *options)


def rule_in(err):
    found = re.search(r'rule "([a-z ]+)"', err)
    return found and found[1]


# What breaks each rule. Each history is lawful up to its last entry.


def crossed(w):
    """Both parties propose version 1 at once; the two proposals."""
    w.nominated()
    theirs = w.propose(B, 1, 1, 2, 11, 12)
    return w.propose(A, 1, 1, 2, 11, 12, upto={B: 3}), theirs


def amended(w, *numbers, by=A):
    """The first party's amendment of a list in force."""
    w.in_force()
    return w.propose(by, 2, *numbers)


def psi(w, step):
    session = w.both_committed()
    step(session)


UNLAWFUL = {
    "priority": {
        "who has priority accepts though its own is open": lambda w: w.accept(B, crossed(w)[0]),
    },
    "one answer": {
        "a proposal is rejected when it was accepted": lambda w: w.reject(B, w.in_force().names[A][-1]),
        "a rejected proposal is accepted": lambda w: [name := w.nominated().propose(A, 1, 1, 11), w.reject(B, name), w.accept(B, name)],
        "a withdrawn one is accepted": lambda w: [name := w.nominated().propose(A, 1, 1, 11), w.withdraw(A, name), w.accept(B, name)],
        "an overtaken version is accepted": lambda w: [both := crossed(w), w.accept(A, both[1]), w.accept(B, both[0])],
        "two proposals are open": lambda w: [w.nominated().propose(A, 1, 1, 11), w.propose(A, 1, 2, 11)],
        "a text is accepted twice": lambda w: [text := w.say(A, "text", {"digest": item(3)}), w.accept(B, text), w.accept(B, text)],
    },
    "withdrawal": {
        "what was accepted is withdrawn": lambda w: w.withdraw(A, w.in_force().names[A][-1]),
        "a proposal is withdrawn twice": lambda w: [name := w.nominated().propose(A, 1, 1, 11), w.withdraw(A, name), w.withdraw(A, name)],
    },
    "versions": {
        "version 2 comes first": lambda w: w.nominated().propose(A, 2, 1, 11),
        "an amendment adds somebody held by a neutral": lambda w: w.in_force().say(
            A, "propose", {"round": 1, "version": 2, "replaces": 1, "items": [[item(1), A], [item(2), A], [item(3), C], *listed(11, 12)],
                           "digest": item(7)}),
        "an amendment replaces another version": lambda w: w.in_force().propose(A, 2, 1, 2, 11, 12, replaces=0),
        "version 1 lists who was not nominated": lambda w: w.nominated().propose(A, 1, 1, 3, 11),
        "the holder is a neutral": lambda w: w.nominated().say(
            A, "propose", {"round": 1, "version": 1, "replaces": 0, "items": [[item(1), C]], "digest": item(7)}),
    },
    "dropping": {
        "the other party's item is dropped": lambda w: amended(w, 1, 2, 11),
        "who is released is dropped by the proposer": lambda w: [w.released(), w.propose(A, 2, 2, 11, 12)],
        "who is released is dropped by the acceptor": lambda w: [
            w.about(A, "take-back", w.released()), w.memo(B), name := w.propose(B, 2, 2, 11, 12), w.will(A, 1, 2, upto={B: 5}),
            w.release(A, 1, blind=True), w.accept(A, name)],
    },
    "freeze": {
        "a release while the own amendment is open": lambda w: [w.in_force().willing(), w.propose(A, 2, 1, 2, 11, 12), w.release(A, 1)],
    },
    "list": {
        "the other party's item is released": lambda w: w.in_force().release(A, 11),
        "a release before any list": lambda w: w.nominated().release(A, 1),
        "the will of the other party's item": lambda w: w.in_force().will(A, 11, 1),
        "who was not nominated departs": lambda w: w.nominated().depart(A, 3, "recovered"),
    },
    "once": {
        "an item is released twice": lambda w: [w.released(), w.release(A, 1)],
        "so it is after a receipt": lambda w: [w.about(B, "receipt", w.released()), w.release(A, 1)],
        "so it is while the other party has not answered that it was taken back": lambda w: [
            w.about(A, "take-back", w.released()), w.will(A, 1, 2)],
        "both nominate an item": lambda w: [w.revealed().nominate(A, 1), w.nominate(B, 1)],
        "who is on the way is nominated elsewhere": lambda w: [w.released(), w.revealed(2).nominate(A, 1, round=2)],
        "who has a slot is nominated elsewhere": lambda w: w.in_force().revealed(2).nominate(A, 1, round=2),
        "who is listed under one party is nominated by the other": lambda w: [
            w.in_force(), w.revealed(2).nominate(B, 1, round=2)],
        "who was received is nominated when all is closed": lambda w: [
            w.about(B, "receipt", w.released()), w.close(A), w.close(B), w.revealed(2).nominate(A, 1, round=2)],
        "who was listed is nominated by the other party when all is closed": lambda w: [
            w.in_force(), w.close(A), w.close(B), w.revealed(2).nominate(B, 1, round=2)],
        "a list takes who has got a slot elsewhere": lambda w: [
            w.nominated(), w.nominated(2), w.accept(B, w.propose(A, 1, 1, 2, 11, 12)), w.propose(A, 1, 1, 11, round=2)],
        "a proposal of such a list is accepted": lambda w: [
            w.nominated(), w.nominated(2), first := w.propose(A, 1, 1, 2, 11, 12), second := w.propose(A, 1, 1, 11, round=2),
            w.accept(B, first), w.accept(B, second)],
    },
    "two wills": {
        "a release with nobody asked": lambda w: w.in_force().release(A, 1),
        "a release after one answer": lambda w: [w.in_force().will(A, 1, 1), w.release(A, 1)],
        "a release against the second answer": lambda w: [
            w.in_force().will(A, 1, 1), w.will(A, 1, 2, "unwilling"), w.release(A, 1)],
        "a release after an answer was taken back": lambda w: [
            w.in_force().willing(), w.will(A, 1, 1, "unable"), w.release(A, 1)],
        "the second occasion first": lambda w: w.in_force().will(A, 1, 2),
        "a second release without a second asking": lambda w: [
            w.about(A, "take-back", w.released()), w.memo(B), w.release(A, 1)],
    },
    "one outcome": {
        "a receipt after a denial": lambda w: [name := w.released(), w.about(B, "dispute", name), w.about(B, "receipt", name)],
        "a second receipt": lambda w: [name := w.released(), w.about(B, "receipt", name), w.about(B, "receipt", name)],
        "a receipt after it was taken back": lambda w: [name := w.released(), w.about(A, "take-back", name), w.about(B, "receipt", name)],
        "a received person is taken back": lambda w: [name := w.released(), w.about(B, "receipt", name), w.about(A, "take-back", name)],
    },
    "the end": {
        "who died is asked": lambda w: [w.in_force().depart(A, 1, "died"), w.will(A, 1, 1)],
        "who died departs again": lambda w: [w.nominated().depart(A, 1, "died"), w.depart(A, 1, "died")],
        "who escaped is nominated in another round": lambda w: [w.in_force().depart(A, 1, "escaped"), w.revealed(2).nominate(A, 1, round=2)],
        "who recovered is released": lambda w: [w.in_force().willing(), w.depart(A, 1, "recovered"), w.release(A, 1)],
        "who left before the list is listed": lambda w: [w.nominated().depart(A, 1, "unwilling"), w.propose(A, 1, 1, 11)],
    },
    "close": {
        "with somebody in transit": lambda w: [w.released(), w.close(A)],
        "so it is by the other party": lambda w: [w.released(), w.close(B)],
        "with somebody denied": lambda w: [w.about(B, "dispute", w.released()), w.close(B)],
        "with a proposal open": lambda w: [w.nominated().propose(A, 1, 1, 11), w.close(B)],
        "with a withdrawal that nobody has answered": lambda w: [w.withdraw(A, w.nominated().propose(A, 1, 1, 11)), w.close(A)],
        "twice": lambda w: [w.close(A), w.close(A)],
        "a release after the other's close": lambda w: [w.in_force().willing(), w.close(B), w.release(A, 1)],
        "an amendment after a close": lambda w: [w.in_force().close(B), w.propose(A, 2, 1, 2, 11, 12)],
        "a commit after a close": lambda w: [w.close(B), w.commit(A)],
        "an accept after a close": lambda w: [
            w.nominated().close(B), w.accept(B, w.propose(A, 1, 1, 11, upto={B: 3}))],
        "a will after the own close": lambda w: [w.in_force().close(A), w.will(A, 1, 1)],
    },
    "seeds": {
        "another seed than the one committed": lambda w: w.committed().say(A, "reveal", {"round": 1, "seed": item(5)}),
        "the seed of another round": lambda w: w.committed().say(A, "reveal", {"round": 1, "seed": seed(A, 2)}),
        "withheld before the own seed": lambda w: w.committed().say(A, "withheld", {"round": 1}),
        "withheld with the other's seed seen": lambda w: w.revealed().say(A, "withheld", {"round": 1}),
        "withheld twice": lambda w: [w.committed().reveal(A), w.say(A, "withheld", {"round": 1}), w.say(A, "withheld", {"round": 1})],
        "a seed after it": lambda w: [w.committed().reveal(A), w.say(A, "withheld", {"round": 1}), w.reveal(B)],
        "a list after it": lambda w: [w.committed().reveal(A), w.say(A, "withheld", {"round": 1}), w.propose(A, 1, 1)],
        "a nomination after it": lambda w: [
            w.committed().reveal(A), w.say(A, "withheld", {"round": 1}), w.reveal(B, blind=True), w.nominate(A, 1)],
    },
    "order": {
        "a second commit": lambda w: [w.commit(A), w.commit(A)],
        "a seed without a commit": lambda w: [w.commit(A), w.reveal(B)],
        "a seed before the other's commit": lambda w: [w.commit(A), w.reveal(A)],
        "a second seed": lambda w: [w.committed().reveal(A), w.reveal(A)],
        "a nomination before the other's seed": lambda w: [w.committed().reveal(A), w.nominate(A, 1)],
        "a second nomination": lambda w: w.nominated().nominate(A, 1),
        "a list before both nominations": lambda w: [w.revealed().nominate(A, 1), w.propose(A, 1, 1)],
        "withheld before both commits": lambda w: [w.commit(A), w.say(A, "withheld", {"round": 1})],
    },
    "who speaks": {
        "a neutral commits": lambda w: w.commit(C),
        "a neutral accepts a text": lambda w: w.accept(C, w.say(A, "text", {"digest": item(3)})),
        "one accepts the own proposal": lambda w: w.accept(A, w.nominated().propose(A, 1, 1, 11)),
        "an accept of nothing": lambda w: w.accept(A, item(5)),
        "a rejection of something else": lambda w: w.reject(A, w.memo(B)),
        "the other's proposal is withdrawn": lambda w: w.withdraw(B, w.nominated().propose(A, 1, 1, 11)),
        "the own release is confirmed": lambda w: w.about(A, "receipt", w.released()),
        "the other's release is taken back": lambda w: w.about(B, "take-back", w.released()),
        "what was not seen is accepted": lambda w: w.accept(B, w.nominated().propose(A, 1, 1, 11), blind=True),
    },
    "matching": {
        "the second party puts parameters forward": lambda w: w.params(by=B),
        "parameters of another agreement": lambda w: w.params(agreement=item(1)),
        "run 2 first": lambda w: w.params(run=2),
        "another number of runs": lambda w: [w.agreed_run(), w.params(run=2, runs=3)],
        "the same parameters again": lambda w: [w.params(), w.params()],
        "a commit before the parameters are accepted": lambda w: w.psi_commit(A, w.params()[1]),
        "a second commit": lambda w: [s := w.agreed_run(), w.psi_commit(A, s), w.psi_commit(A, s, item(3))],
        "a key of another run": lambda w: [w.psi_commit(A, w.agreed_run()), w.psi_commit(A, w.agreed_run(2))],
        "the other's key": lambda w: [s := w.agreed_run(), w.psi_commit(A, s), w.psi_commit(B, s, item(10))],
        "a commit accepted without one's own": lambda w: w.accept(B, w.psi_commit(A, w.agreed_run())),
        "a commit accepted twice": lambda w: [psi(w, lambda s: None), w.accept(B, w.names[A][-2])],
        "an evaluation before both are accepted": lambda w: [
            s := w.agreed_run(), one := w.psi_commit(A, s), w.psi_commit(B, s), w.accept(B, one), w.evaluate(B, s, 0, 4)],
        "a gap": lambda w: psi(w, lambda s: w.evaluate(B, s, 1, 4)),
        "a point twice": lambda w: psi(w, lambda s: [w.evaluate(B, s, 0, 4), w.evaluate(B, s, 0, 4)]),
        "more than a chunk": lambda w: psi(w, lambda s: w.evaluate(B, s, 0, 5)),
        "nothing": lambda w: psi(w, lambda s: w.evaluate(B, s, 0, 0)),
        "more than the budget": lambda w: psi(w, lambda s: [w.evaluate(B, s, 0, 4), w.evaluate(B, s, 4, 7)]),
        "a close with points left": lambda w: psi(w, lambda s: [w.evaluate(B, s, 0, 4), w.evaluate(A, s, 0, 4), w.psi_close(A, s)]),
        "an evaluation after a later run": lambda w: psi(w, lambda s: [w.agreed_run(2), w.evaluate(B, s, 0, 4)]),
        "an evaluation after the own close": lambda w: psi(w, lambda s: [
            w.evaluate(B, s, 0, 4), w.evaluate(B, s, 4, 6), w.evaluate(A, s, 0, 4), w.psi_close(A, s), w.evaluate(A, s, 4, 5)]),
    },
    "past": {
        "a number is left out": lambda w: w.memo(A, seq=2),
        "another entry before it": lambda w: w.memo(A, prev=item(1)),
        "another agreement": lambda w: w.memo(A, agreement=item(1)),
        "another author": lambda w: w.memo(A, author=B, seen=[]),
        "what was seen goes back": lambda w: [w.memo(B), w.memo(A), w.memo(A, seen=[[B, 0, w.names[B][0]], [C, 0, w.names[C][0]]])],
        "what was seen is left out": lambda w: [w.memo(A), w.memo(A, seen=[[B, 0, w.names[B][0]]])],
        "another entry was seen": lambda w: w.memo(A, seen=[[B, 0, item(1)]]),
        "an entry was seen that nobody has": lambda w: w.memo(A, seen=[[B, 7, item(1)]]),
        "a log was seen that is not here": lambda w: w.memo(A, seen=[["dahlia", 0, item(1)]]),
        "what the other had seen is left out": lambda w: [w.memo(C), w.memo(B), w.memo(A, seen=[[B, 1, w.names[B][1]]])],
        "an entry is observed that was not seen": lambda w: [w.memo(B), w.say(A, "observe", {"heads": [[B, 1, w.names[B][1]]]}, seen=[])],
        "another entry is observed than the one seen": lambda w: w.say(A, "observe", {"heads": [[B, 0, item(1)]]}),
        "a second genesis": lambda w: w.genesis(A),
    },
    "offers about logs": {
        "what is no offer is agreed to": lambda w: w.agree(A, w.memo(B)),
        "one agrees to the own offer": lambda w: w.agree(A, w.reset(A)),
        "the second party agrees to a neutral's offer": lambda w: w.agree(B, w.reset(C)),
        "one agrees later": lambda w: [offer := w.reset(B), w.memo(A, blind=True), w.agree(A, offer)],
        "something is said behind an open offer": lambda w: [w.reset(A), w.memo(A)],
        "something is said before the agreement was seen": lambda w: [w.agree(B, w.reset(A)), w.memo(A, blind=True)],
    },
    "keys": {
        "another key": lambda w: w.memo(A, key=secret(21)),
        "a former key": lambda w: [w.rotate(A), w.memo(A, key=secret(11))],
        "a key that was not laid down": lambda w: w.rotate(A, new=secret(99)),
        "a new key that has not signed": lambda w: w.rotate(A, signer=secret(99)),
        "a reset that the root key has not signed": lambda w: w.reset(A, root=secret(99)),
        "a reset that names another number": lambda w: w.reset(A, number=9),
        "a compromise that names another tree": lambda w: w.compromise(A, item(1)),
        "a compromise that names another key": lambda w: w.compromise(A, tree_of(w, A), lost=item(1)),
    },
}


def tree_of(w, author):
    return checker.read_log(author, b"".join(w.logs[author])).root()


class Rules(unittest.TestCase):
    def test_each_rule_of_the_table_is_known_with_its_invariants(self):
        table = (ROOT / "docs/protocol.md").read_text().split("| rule | says | invariant |")[1].split("\n\n")[0]
        rows = [line.strip("|").split("|") for line in table.splitlines()[2:]]
        found = {row[0].strip(): {int(one) for one in row[-1].split(",")} for row in rows}
        # No dead end is a property of the rules, not of an entry.
        self.assertEqual({rule: numbers for rule, numbers in found.items() if rule != "no dead end"}, RULES)

    def test_what_breaks_a_rule_is_refused_by_its_name_and_holds_without_the_last_entry(self):
        for rule, cases in UNLAWFUL.items():
            for what, write in cases.items():
                with self.subTest(rule=rule, what=what):
                    w = LastWriter()
                    write(w)
                    code, out, err = check(w.logs)
                    self.assertEqual((code, out, rule_in(err)), (3, "", rule), err)
                    self.assertIn(f"{w.last}.log, entry {len(w.logs[w.last]) - 1}", err)
                    w.logs[w.last].pop()
                    self.assertEqual(check(w.logs)[::2], (0, ""), f"{rule}: {what}")

    def test_every_rule_is_broken_by_some_history(self):
        # What is taken back is a release until the other party has written: that shows in `once` and in what follows below.
        self.assertEqual(RULES.keys() - UNLAWFUL.keys(), {"take-back", "convergence"})


class LastWriter(Writer):
    """Remembers who spoke last."""

    def say(self, author, /, *rest, **how):
        self.last = author
        return super().say(author, *rest, **how)


def state(w, *options, beside=()):
    code, out, err = check(w.logs, "--json", *options, beside=beside)
    return code, json.loads(out) if out else None, err


class States(unittest.TestCase):
    def where(self, w, number=1):
        code, data, err = state(w)
        self.assertEqual((code, err), (0, ""))
        return data["rounds"][0]["items"][item(number).hex()][1]

    def test_what_is_taken_back_is_held_again_when_the_other_party_has_written_since(self):
        w = Writer()
        name = w.released()
        self.assertEqual(self.where(w), "in transit")
        w.about(A, "take-back", name)
        self.assertEqual(self.where(w), "in transit")
        w.memo(B, blind=True)
        self.assertEqual(self.where(w), "in transit", "it had not seen it")
        w.memo(B)
        self.assertEqual(self.where(w), "returned")

    def test_a_receipt_that_crossed_wins_and_a_denied_release_is_returned_at_once(self):
        w = Writer()
        name = w.released()
        w.memo(B)
        w.about(A, "take-back", name)
        w.about(B, "receipt", name, blind=True)
        self.assertEqual(self.where(w), "received")
        w = Writer()
        name = w.released()
        w.about(B, "dispute", name)
        self.assertEqual(self.where(w), "disputed")
        w.about(A, "take-back", name)
        self.assertEqual(self.where(w), "returned")

    def test_an_accept_that_crossed_a_withdrawal_wins(self):
        w = Writer().nominated()
        name = w.propose(A, 1, 1, 11)
        w.memo(B)
        w.withdraw(A, name)
        w.accept(B, name, blind=True)
        code, data, _ = state(w)
        self.assertEqual((code, data["rounds"][0]["version"]), (0, 1))

    def test_a_whole_round_closes_and_a_rejection_may_follow(self):
        w = Writer()
        w.about(B, "receipt", w.released())
        w.close(A)
        w.propose(B, 2, 1, 2, 11, 12, blind=True)
        self.assertFalse(state(w)[1]["rounds"][0]["closed"])
        w.reject(A, w.names[B][-1])
        w.close(B)
        code, data, _ = state(w)
        self.assertEqual((code, data["rounds"][0]["closed_by"], data["rounds"][0]["closed"]), (0, [A, B], True))

    def test_the_joint_seed_is_that_of_the_example_in_the_format(self):
        seeds = [bytes(range(32)), bytes(range(255, 223, -1))]
        text = (ROOT / "docs/formats/entry.md").read_text()
        self.assertIn(checker.joint_seed(AGREEMENT, 7, *seeds).hex(), text)


class Forks(unittest.TestCase):
    def test_a_second_entry_under_a_number_is_a_fork_and_what_had_seen_it_falls(self):
        w = Writer()
        w.commit(A)
        second, _ = w.entry(A, "memo", {"kind": "note", "digest": item(1)}, seq=1, prev=w.names[A][0])
        w.commit(B)
        code, data, err = state(w, beside=[second])
        self.assertEqual((code, rule_in(err), data["forks"]), (3, "convergence", [[A, 1]]))
        self.assertEqual([data["heads"][one][0] for one in (A, B, C)], [0, 0, 0])

    def test_two_beside_the_logs_are_a_fork_and_unlawful_ones_too(self):
        w = Writer()
        both = [w.entry(C, "commit", {"round": 1, "pool": item(n), "seed": item(n)})[0] for n in (1, 2)]
        self.assertEqual(state(w, beside=both)[1]["forks"], [[C, 1]])
        code, data, err = state(w, beside=both[:1])
        self.assertEqual((code, err, data["forks"]), (0, "", []))
        self.assertEqual(data["beside"][0][1:], ["unlawful", "who speaks"])

    def test_what_its_author_has_not_signed_is_no_fork(self):
        w = Writer()
        w.commit(A)
        forged, _ = w.entry(A, "memo", {"kind": "note", "digest": item(1)}, seq=1, prev=w.names[A][0], key=secret(21))
        code, data, _ = state(w, beside=[forged])
        self.assertEqual((code, data["forks"], data["beside"][0][1:]), (0, [], ["refused", "keys"]))

    def test_another_beginning_is_a_fork_if_its_own_signatures_hold(self):
        w, other = Writer(), Writer()
        genesis, _ = other.entry(A, "genesis", entry_of(w.logs[A][0]).body, seen=[], seq=0, prev=bytes(32), time=7)
        self.assertEqual(state(w, beside=[genesis])[1]["forks"], [[A, 0]])
        body = {**entry_of(w.logs[A][0]).body, "transport_key": item(1)}
        genesis, _ = other.entry(A, "genesis", body, seen=[], seq=0, prev=bytes(32))
        code, data, _ = state(w, beside=[genesis])
        self.assertEqual((code, data["forks"], data["beside"][0][1:]), (0, [], ["refused", "keys"]))

    def test_what_a_party_has_agreed_to_leave_out_is_set_aside_and_no_fork(self):
        w = Writer()
        lost, _ = w.entry(A, "commit", {"round": 1, "pool": item(7), "seed": item(7)})
        w.agree(B, w.reset(A))
        after, _ = w.entry(A, "memo", {"kind": "note", "digest": item(1)}, seq=1, prev=w.names[A][0])
        w.memo(A)
        code, data, err = state(w, beside=[lost])
        self.assertEqual((code, err, data["beside"][0][1:]), (0, "", ["set aside", None]))
        code, data, _ = state(w, beside=[after])
        self.assertEqual((code, data["forks"]), (3, [[A, 1]]), "it had seen that a party agreed")

    def test_both_parties_have_lost_entries(self):
        w = Writer()
        first = w.reset(A)
        second = w.reset(B)
        w.agree(A, second)
        w.memo(B)
        code, data, err = state(w)
        self.assertEqual((code, err, data["heads"][A][0], data["heads"][B][0]), (0, "", 2, 2))
        self.assertEqual(w.names[A][1], first)

    def test_what_a_former_key_signs_is_set_aside_once_the_other_party_has_seen_the_new_one(self):
        w = Writer()
        w.memo(A)
        other, _ = w.entry(A, "memo", {"kind": "note", "digest": item(1)}, seq=1, prev=w.names[A][0])
        w.rotate(A)
        self.assertEqual(state(w, beside=[other])[1]["forks"], [[A, 1]])
        w.memo(B)
        code, data, _ = state(w, beside=[other])
        self.assertEqual((code, data["beside"][0][1:]), (0, ["set aside", None]))

    def test_a_resumption_needs_the_proof_of_its_fork(self):
        w = Writer()
        w.memo(C)
        other, _ = w.entry(C, "memo", {"kind": "note", "digest": item(1)}, seq=1, prev=w.names[C][0])
        names = sorted([w.names[C][1], digest(other)])
        offer = w.say(A, "log.resume", {"from": 1, "fork": names, "kept": [[C, 1, w.names[C][1]]]})
        w.agree(B, offer)
        w.memo(A)
        code, _, err = check(w.logs)
        self.assertEqual((code, rule_in(err)), (3, "offers about logs"))
        code, data, err = state(w, beside=[other])
        self.assertEqual((code, err, data["beside"][0][1:]), (0, "", ["set aside", None]))

    def test_a_compromise_goes_on_under_its_new_key(self):
        w = Writer()
        w.memo(A)
        w.agree(B, w.compromise(A, tree_of(w, A)))
        w.memo(A)
        self.assertEqual(check(w.logs)[::2], (0, ""))


class Sample(unittest.TestCase):
    def logs(self):
        return {file.stem: [piece for _, piece in pieces_of(file.read_bytes())] for file in sorted(SAMPLE.glob("*.log"))}

    def test_the_sample_exchange_holds_with_its_state(self):
        roots = {A: 10, B: 20, C: 30}
        options = [f"--root={author}={digest(public(secret(number))).hex()}" for author, number in roots.items()]
        code, data, err = run(SAMPLE, *PARTIES, "--json", *options)
        self.assertEqual((code, err), (0, ""))
        first, second = json.loads(data)["rounds"]
        self.assertEqual((first["version"], first["open"], first["closed"]), (2, [], True))
        where = {item(1).hex(): [A, "received"], item(2).hex(): [A, "dropped"], item(11).hex(): [B, "received"],
                 item(12).hex(): [B, "departed"]}
        self.assertEqual(first["items"], where)
        self.assertEqual(first["sides"][A], {"phase": "nominated", "counts": [2, 1, 1, 0]})
        self.assertEqual((second["version"], second["withheld"], second["closed"]), (0, A, True))
        out = run(SAMPLE, *PARTIES, *options)[1]
        self.assertIn("round 1: version 2 of the list is in force, 0 open proposals, closed", out)
        self.assertIn("run 1, agreed: 4 and 6 points evaluated", out)
        self.assertEqual(out.count("as named"), 3)

    def test_it_has_every_kind_of_entry_but_a_resumption(self):
        kinds = {entry_of(piece).kind for log in self.logs().values() for piece in log}
        self.assertEqual(KINDS.keys() - kinds, {"log.resume"})

    def test_the_order_of_the_parties_matters(self):
        self.assertEqual(run(SAMPLE, "--parties", f"{B},{A}")[0], 3)

    def test_no_entry_holds_with_a_bit_turned_and_no_log_with_an_entry_taken_out(self):
        logs = self.logs()
        for author, entries in logs.items():
            whole = b"".join(entries)
            bits = set(range(0, 8 * len(whole), STEP))
            at = 0
            for entry in entries:
                # Of every entry some bit of the frame, of the header, of the payload and of the signature.
                bits |= {8 * (at + place) for place in (0, 3, 50, len(entry) // 2, len(entry) - 40)}
                at += len(entry)
            for bit in sorted(bits):
                turned = whole[:bit // 8] + bytes([whole[bit // 8] ^ 1 << bit % 8]) + whole[bit // 8 + 1:]
                with self.assertRaises((checker.Unreadable, checker.Misfit), msg=f"{author}: bit {bit}"):
                    checker.read_log(author, turned)
            for number in range(len(entries) - 1):
                left = entries[:number] + entries[number + 1:]
                self.assertIn(check({**logs, author: left})[0], (2, 3), f"{author}: without {number}")

    def test_the_logs_of_the_heads_hold_with_another_party(self):
        other = {B: Writer().logs[B]}
        for name in ("aronia.log", "aronia-keys.log", "aronia-reset.log", "aronia-forked.log"):
            raw = (ROOT / "docs/protocol/samples/heads" / name).read_bytes()
            code, out, err = check({A: [raw], **other})
            self.assertEqual((code, err), (0, ""), name)
            self.assertEqual("nobody has agreed to" in out, name in ("aronia-keys.log", "aronia-reset.log"))
        forked = [piece for _, piece in pieces_of((ROOT / "docs/protocol/samples/heads/aronia-forked.log").read_bytes())]
        whole = (ROOT / "docs/protocol/samples/heads/aronia.log").read_bytes()
        code, _, err = check({A: [whole], **other}, beside=forked)
        self.assertEqual((code, rule_in(err)), (3, "convergence"))
        self.assertIn("under number 16", err)


class Histories(unittest.TestCase):
    """What the other program made of its own simulated histories: `cargo test -p parley histories -- --ignored`."""

    def folders(self):
        folders = sorted(HISTORIES.glob("[0-9]*"), key=lambda folder: int(folder.name))
        self.assertGreaterEqual(len(folders), 100, f"{HISTORIES} is empty: the test of parley that writes them has not run")
        return folders

    def test_each_history_has_the_same_state_and_each_entry_beside_it_the_same_verdict(self):
        met, walked = Counter(), Counter()
        for folder in self.folders():
            expected = json.loads((folder / "expected.json").read_text())
            verdicts = expected["verdicts"]
            logs = checker.logs_of(folder)
            proofs = checker.beside_of([folder / "proofs.cbor"])
            found = checker.Beside(checker.Record([A, B], logs), proofs)
            data = checker.data_of(found.record, found.forks)
            self.assertEqual(data, expected["state"], folder.name)
            probes = checker.beside_of([folder / "probes.cbor"])
            self.assertEqual(len(probes), len(verdicts))
            for probe, verdict in zip(probes, verdicts):
                got = checker.Beside(found.whole, [*proofs, probe]).verdict(probe)
                met[self.same(folder, found, probe, got, verdict)] += 1
            for entry, verdict in zip(checker.beside_of([folder / "walk.cbor"]), expected["walk"], strict=True):
                got = checker.Beside(found.record, []).verdict(entry)
                walked[self.same(folder, found, entry, got, verdict)] += 1
                if verdict[0] == "lawful":
                    found.record.logs[entry.author].push(entry)
                    found.record.take_in(entry)
            self.assertEqual(checker.data_of(found.record, found.forks), expected["after"], folder.name)
        words = {word for word, _ in met}
        self.assertLessEqual({"lawful", "unlawful", "refused", "waits", "fork", "set aside", "in the record"}, words, met)
        # Every rule by which an entry is refused that follows the others is met.
        rules = {rule for word, rule in walked if word == "unlawful"}
        self.assertEqual(RULES.keys() - rules, {"take-back", "convergence", "keys", "offers about logs"}, walked)
        print(f"\n{len(self.folders())} histories; beside them {met}; after them {walked}")

    def same(self, folder, found, entry, got, expected):
        """Whether both programs say the same of an entry: a word, and a rule with the invariant that the other names."""
        (word, fault), (wanted, invariant) = got, expected
        same = word == wanted or (found.forks and {word, wanted} == {"fork", "behind a fork"})
        self.assertTrue(same, f"{folder.name}: {word} {fault}, not {wanted} {invariant}: {entry.kind} {entry.seq} of {entry.author}")
        if wanted == "unlawful":
            self.assertIn(invariant, RULES[fault.rule], f"{folder.name}: {fault.why}")
        return word, fault and fault.rule

    def test_some_are_forked_some_open_and_some_closed(self):
        all_ = [json.loads((folder / "expected.json").read_text()) for folder in self.folders()]
        rounds = [one for data in all_ for one in data["state"]["rounds"]]
        self.assertTrue(any(data["state"]["forks"] for data in all_))
        for what in ("open", "in_transit", "closed", "withheld", "version"):
            self.assertTrue(any(one[what] for one in rounds), what)
            self.assertFalse(all(one[what] for one in rounds), what)


class Files(unittest.TestCase):
    def test_a_root_key_is_compared_with_its_fingerprint(self):
        w = Writer()
        right = digest(public(secret(10))).hex()
        self.assertEqual(check(w.logs, "--root", f"{A}={right}")[0], 0)
        self.assertIn("as named", check(w.logs, "--root", f"{A}={right}")[1])
        code, _, err = check(w.logs, "--root", f"{A}={'0' * 64}")
        self.assertEqual((code, rule_in(err)), (3, "keys"))

    def test_what_is_not_there_or_not_of_the_form_is_unreadable(self):
        w = Writer()
        cases = {
            "a party's log is missing": {A: w.logs[A]},
            "no log": {},
            "a log of another name": {A: w.logs[A], B: w.logs[B], "Dahlia": w.logs[C]},
            "bytes behind the end": {A: w.logs[A] + [b"\x00"], B: w.logs[B]},
            "cut short": {A: [w.logs[A][0][:-1]], B: w.logs[B]},
            "nested": {A: [b"\x81" * 4096], B: w.logs[B]},
            "a length beyond all": {A: [b"\xd2\x84\x5b" + b"\xff" * 8], B: w.logs[B]},
        }
        for what, logs in cases.items():
            self.assertEqual(check(logs)[:2], (2, ""), what)
        code, _, err = check({A: w.logs[B], B: w.logs[A]})
        self.assertEqual((code, rule_in(err)), (3, "past"), "a log under another's name")
        self.assertEqual(run("/nowhere", *PARTIES)[0], 2)
        self.assertEqual(run(".", "--parties", f"{A},{A}")[0], 2)

    def test_too_much_is_refused_before_it_is_read(self):
        with tempfile.TemporaryDirectory() as folder:
            with (Path(folder) / f"{A}.log").open("wb") as file:
                file.truncate(checker.LOG_BYTES_MAX + 1)
            self.assertIn("more than", run(folder, *PARTIES)[2])

    def test_a_body_that_is_not_of_its_schema_is_unreadable(self):
        bodies = {
            "text": [{}, {"digest": item(1), "x": 0}, {"digest": item(1)[:31]}, {"digest": "a"}, []],
            "close": [{"round": 0}, {"round": 2**32}, {"round": -1}, {"round": "1"}],
            "nominate": [{"round": 1, "items": [item(2), item(1)], "digest": item(1)},
                         {"round": 1, "items": [item(1), item(1)], "digest": item(1)}],
            "propose": [{"round": 1, "version": 1, "replaces": 0, "items": [[item(1), "No Party"]], "digest": item(1)},
                        {"round": 1, "version": 1, "replaces": 0, "items": listed(2, 1), "digest": item(1)}],
            "will": [{"round": 1, "item": item(1), "occasion": 3, "answer": "willing"},
                     {"round": 1, "item": item(1), "occasion": 1, "answer": "perhaps"}],
            "memo": [{"kind": "", "digest": item(1)}, {"kind": "é", "digest": item(1)}, {"kind": "a\n", "digest": item(1)}],
            "observe": [{"heads": [[B, 0, item(1)], [A, 0, item(1)]]}, {"heads": [[A, 0]]}],
            "psi.params": [{"params": b""}, {"params": b"\xa0"}],
            "journal": [{"action": "a", "officer": "b", "rows": b""}],
            "unknown": [{}],
        }
        for kind, all_ in bodies.items():
            for body in all_:
                w = Writer()
                w.say(A, kind, body)
                self.assertEqual(check(w.logs)[:2], (2, ""), f"{kind}: {body}")
        for change in ({"v": 2}, {"time": -1}, {"author": "No"}, {"x": 1}, {"seen": [[A, 0, item(1)]]}):
            w = Writer()
            w.memo(A, **change)
            self.assertEqual(check(w.logs)[:2], (2, ""), str(change))


if __name__ == "__main__":
    unittest.main()
