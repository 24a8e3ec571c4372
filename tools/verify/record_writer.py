"""Signs what three members say, lawful or not, for the tests of record_check.py. The keys are those of docs/formats/entry.md."""

import hashlib

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cbor import Tag, cbor_write
from record_entry import HEADER
from record_rules import seed_digest

AGREEMENT = bytes([0xA9] * 32)
A, B, C = "aronia", "belmar", "calder"
NUMBERS = {A: 10, B: 20, C: 30}


def secret(number):
    return Ed25519PrivateKey.from_private_bytes(bytes([number] * 32))


def public(key):
    return key.public_key().public_bytes_raw()


def digest(raw):
    return hashlib.sha256(raw).digest()


def item(number):
    return bytes([number] * 32)


def listed(*numbers):
    """Items 1 to 9 are of the first party, 11 to 19 of the second."""
    return [[item(number), A if number < 10 else B] for number in numbers]


def seed(author, number):
    return digest(f"{author} {number}".encode())


class Writer:
    def __init__(self):
        self.logs = {author: [] for author in NUMBERS}
        self.names = {author: [] for author in NUMBERS}
        self.seen = {author: [] for author in NUMBERS}
        self.keys = {author: secret(number + 1) for author, number in NUMBERS.items()}
        for author in NUMBERS:
            self.genesis(author)

    def genesis(self, author, /, **changes):
        number, label = NUMBERS[author], author.encode()
        body = {"party": author, "root_key": public(secret(number)), "node_key": public(self.keys[author]),
                "transport_key": item(number + 2), "next_key": digest(public(secret(number + 4)))}
        message = b"homeward genesis" + AGREEMENT + bytes([len(label)]) + label + body["node_key"] + body["transport_key"]
        body["root_signature"] = secret(number).sign(message + b"next" + body["next_key"])
        return self.say(author, "genesis", {**body, **changes}, seen=[])

    def heads(self, author, upto=None):
        others = [other for other in NUMBERS if other != author and self.names[other]]
        numbers = {other: (upto or {}).get(other, len(self.names[other]) - 1) for other in others}
        return [[other, number, self.names[other][number]] for other, number in numbers.items()]

    def entry(self, author, kind, body, /, seen=None, blind=False, upto=None, key=None, **changes):
        """The next entry of a log: having seen all, what is named, of a log up to a number, or (blind) what it had seen before."""
        names = self.names[author]
        seen = self.seen[author] if blind else self.heads(author, upto) if seen is None else seen
        payload = {"v": 1, "agreement": AGREEMENT, "author": author, "seq": len(names), "prev": names[-1] if names else bytes(32),
                   "seen": seen, "time": 1000 + len(names), "type": kind, "body": body, **changes}
        key = key or self.keys[author]
        protected, raw = HEADER + digest(public(key))[:8], cbor_write(payload)
        signature = key.sign(cbor_write(["Signature1", protected, b"", raw]))
        return cbor_write(Tag((18, [protected, {}, raw, signature]))), seen

    def say(self, author, kind, body, /, **how):
        raw, seen = self.entry(author, kind, body, **how)
        self.logs[author].append(raw)
        self.names[author].append(digest(raw))
        self.seen[author] = seen
        return self.names[author][-1]

    def place(self, author, kind, seen):
        label, names = author.encode(), self.names[author]
        start = b"homeward " + kind.encode() + AGREEMENT + bytes([len(label)]) + label
        return start + len(names).to_bytes(8, "big") + names[-1] + digest(cbor_write(seen))

    # Words of a round, with what is usual filled in.

    def commit(self, by, number=1, **how):
        body = {"round": number, "pool": item(7), "seed": seed_digest(number, by, seed(by, number))}
        return self.say(by, "commit", body, **how)

    def reveal(self, by, number=1, **how):
        return self.say(by, "reveal", {"round": number, "seed": seed(by, number)}, **how)

    def nominate(self, by, *numbers, round=1, **how):
        body = {"round": round, "items": [item(one) for one in numbers], "digest": item(7)}
        return self.say(by, "nominate", body, **how)

    def propose(self, by, version, *numbers, round=1, replaces=None, **how):
        replaces = version - 1 if replaces is None else replaces
        body = {"round": round, "version": version, "replaces": replaces, "items": listed(*numbers), "digest": item(7)}
        return self.say(by, "propose", body, **how)

    def accept(self, by, entry, **how):
        return self.say(by, "accept", {"entry": entry}, **how)

    def reject(self, by, entry, **how):
        return self.say(by, "reject", {"entry": entry, "ground": "no"}, **how)

    def withdraw(self, by, entry, **how):
        return self.say(by, "withdraw", {"entry": entry}, **how)

    def will(self, by, number, occasion, answer="willing", round=1, **how):
        return self.say(by, "will", {"round": round, "item": item(number), "occasion": occasion, "answer": answer}, **how)

    def depart(self, by, number, ground, round=1, **how):
        return self.say(by, "depart", {"round": round, "item": item(number), "ground": ground}, **how)

    def release(self, by, number, round=1, **how):
        return self.say(by, "release", {"round": round, "item": item(number)}, **how)

    def about(self, by, kind, release, **how):
        ground = {"ground": "not-delivered"} if kind == "dispute" else {}
        return self.say(by, kind, {"release": release, **ground}, **how)

    def close(self, by, round=1, **how):
        return self.say(by, "close", {"round": round}, **how)

    def memo(self, by, /, **how):
        return self.say(by, "memo", {"kind": "note", "digest": item(7)}, **how)

    # How far a round has come.

    def committed(self, round=1):
        self.commit(A, round), self.commit(B, round)
        return self

    def revealed(self, round=1):
        self.committed(round)
        self.reveal(A, round), self.reveal(B, round)
        return self

    def nominated(self, round=1, first=(1, 2), second=(11, 12)):
        self.revealed(round)
        self.nominate(A, *first, round=round), self.nominate(B, *second, round=round)
        return self

    def in_force(self, round=1, first=(1, 2), second=(11, 12)):
        self.nominated(round, first, second)
        self.accept(B, self.propose(A, 1, *first, *second, round=round))
        return self

    def willing(self, by=A, number=1):
        self.will(by, number, 1), self.will(by, number, 2)
        return self

    def released(self):
        """The first party's item 1 is on the way; the name of the release."""
        self.in_force().willing()
        return self.release(A, 1)

    # Runs of private matching.

    def params(self, run=1, runs=2, by=A, **changes):
        params = {"v": 1, "kind": "psi.params", "agreement": AGREEMENT, "profile": "VOPRF-ristretto255-SHA512", "run": run,
                  "runs": runs, "normalisation": "n1", "tables": item(7), "recipes": ["r1"], "keys": 6, "sought": [6, 4],
                  "held": [6, 4], "chunk": 4, "audit": 1, "retention": 30, "reference": 0, **changes}
        raw = cbor_write(params)
        return self.say(by, "psi.params", {"params": raw}), digest(raw)

    def psi_commit(self, by, session, key=None):
        body = {"session": session, "sought": item(1), "held": item(2), "key": key or item(NUMBERS[by]), "tags": item(4),
                "queries": item(5)}
        return self.say(by, "psi.commit", body)

    def agreed_run(self, run=1):
        entry, session = self.params(run)
        self.accept(B, entry)
        return session

    def both_committed(self):
        session = self.agreed_run()
        first, second = self.psi_commit(A, session), self.psi_commit(B, session)
        self.accept(A, second), self.accept(B, first)
        return session

    def evaluate(self, by, session, since, to):
        return self.say(by, "psi.eval", {"session": session, "from": since, "to": to, "hash": item(6)})

    def psi_close(self, by, session):
        return self.say(by, "psi.close", {"session": session, "transcript": item(8)})

    # Keys and offers.

    def rotate(self, by, new=None, signer=None):
        new, seen = new or secret(NUMBERS[by] + 4), self.heads(by)
        body = {"node_key": public(new), "next_key": digest(public(secret(NUMBERS[by] + 5)))}
        message = self.place(by, "key.rotate", seen) + body["node_key"] + body["next_key"]
        body["signature"] = (signer or new).sign(message)
        name = self.say(by, "key.rotate", body, seen=seen)
        self.keys[by] = new
        return name

    def reset(self, by, root=None, number=None):
        seen = self.heads(by)
        signature = (root or secret(NUMBERS[by])).sign(self.place(by, "log.reset", seen) + b"disk lost")
        number = len(self.names[by]) if number is None else number
        return self.say(by, "log.reset", {"from": number, "reason": "disk lost", "root_signature": signature}, seen=seen)

    def compromise(self, by, root, lost=None):
        seen, new = self.heads(by), secret(NUMBERS[by] + 6)
        body = {"from": len(self.names[by]), "root": root, "lost": lost or public(self.keys[by]), "node_key": public(new),
                "next_key": item(9)}
        message = self.place(by, "key.compromise", seen)
        message += b"".join(body[name] for name in ("root", "lost", "node_key", "next_key"))
        body["root_signature"] = secret(NUMBERS[by]).sign(message)
        name = self.say(by, "key.compromise", body, seen=seen, key=new)
        self.keys[by] = new
        return name

    def agree(self, by, offer, **how):
        return self.say(by, "log.agree", {"entry": offer}, **how)
