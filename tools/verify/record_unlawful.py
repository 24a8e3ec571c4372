"""What breaks each rule of the table in docs/protocol.md: for test_record_check.py. Each history is lawful up to its last entry."""

import record_logs
from record_writer import A, B, C, item, listed, secret, seed


def tree_of(w, author):
    return record_logs.read_log(author, b"".join(w.logs[author])).root()


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
