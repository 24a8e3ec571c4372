"""Reads the logs of a record from their bytes: the form of every entry, its name, its place in the chain, its key and its signatures.

What is checked is in docs/formats/entry.md and entry.cddl. Nothing of what an entry means for others is judged here: that is
record_rules.py. Shares no line with the program that wrote the files.
"""

import copy
import hashlib
import re
from dataclasses import dataclass

from cbor import Unreadable, cbor_first, cbor_read, cbor_write
from heads_check import ed25519_holds, leaf, tree_root

ENTRY_BYTES_MAX = 1 << 20
PARAMS_BYTES_MAX = 4096
HEADS_MAX = 16
HEADER = bytes.fromhex("a3012703781f") + b"application/homeward-entry+cbor" + b"\x04\x48"
OFFERS = {"log.reset", "log.resume", "key.compromise"}


class Fault(Exception):
    """What does not hold: by which rule, and in words."""

    def __init__(self, rule, why):
        super().__init__(why)
        self.rule, self.why = rule, why


def require(holds, rule, why):
    if not holds:
        raise Fault(rule, why)


# The schema, kind by kind: each field with what it may hold.


def is_uint(value, most=2**64 - 1, least=0):
    return isinstance(value, int) and least <= value <= most


def is_bytes(length):
    return lambda value: isinstance(value, bytes) and len(value) == length


def matches(pattern):
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value, re.ASCII) is not None


def one_of(*allowed):
    return lambda value: isinstance(value, (int, str)) and value in allowed


def ascending(values):
    return all(one < other for one, other in zip(values, values[1:]))


is_party = matches(r"[a-z0-9-]{1,32}")
is_label = matches(r"[ -~]{1,64}")
is_digest = is_bytes(32)
is_signature = is_bytes(64)


def is_round(value):
    return is_uint(value, 2**32 - 1, 1)


def is_uint32(value):
    return is_uint(value, 2**32 - 1)


def is_items(value):
    return isinstance(value, list) and all(map(is_digest, value)) and ascending(value)


def is_listed(value):
    pairs = isinstance(value, list) and all(isinstance(one, list) and len(one) == 2 for one in value)
    return pairs and all(is_party(one[1]) for one in value) and is_items([one[0] for one in value])


def is_heads(value):
    if not isinstance(value, list) or len(value) > HEADS_MAX:
        return False
    threes = all(isinstance(one, list) and len(one) == 3 for one in value)
    formed = threes and all(is_party(by) and is_uint(seq) and is_digest(name) for by, seq, name in value)
    return formed and ascending([by for by, _, _ in value])


def is_pair(value):
    return is_items(value) and len(value) == 2


def is_head(value):
    return is_heads(value) and len(value) == 1


def is_params(value):
    try:
        return isinstance(value, bytes) and params_of(value) is not None
    except Unreadable:
        return False


ABOUT_ITEM = {"round": is_round, "item": is_digest}
GROUNDS = one_of("died", "escaped", "recovered", "already-returned", "unwilling", "not-brought")
KINDS = {
    "genesis": {"party": is_party, "root_key": is_digest, "node_key": is_digest, "transport_key": is_digest,
                "next_key?": is_digest, "root_signature": is_signature},
    "text": {"digest": is_digest},
    "commit": {"round": is_round, "pool": is_digest, "seed": is_digest},
    "reveal": {"round": is_round, "seed": is_digest},
    "withheld": {"round": is_round},
    "nominate": {"round": is_round, "items": is_items, "digest": is_digest},
    "propose": {"round": is_round, "version": is_uint32, "replaces": is_uint32, "items": is_listed, "digest": is_digest},
    "accept": {"entry": is_digest},
    "reject": {"entry": is_digest, "ground": is_label},
    "withdraw": {"entry": is_digest},
    "will": {**ABOUT_ITEM, "occasion": one_of(1, 2), "answer": one_of("willing", "unwilling", "unable")},
    "depart": {**ABOUT_ITEM, "ground": GROUNDS},
    "release": ABOUT_ITEM,
    "receipt": {"release": is_digest},
    "dispute": {"release": is_digest, "ground": one_of("not-delivered", "other-person")},
    "take-back": {"release": is_digest},
    "notice": {"round": is_round, "kind": one_of("postponed", "resumed", "cancelled"), "until?": is_uint},
    "account": {"round": is_round, "digest": is_digest, "delivered": is_uint, "received": is_uint},
    "close": {"round": is_round},
    "observe": {"heads": is_heads},
    "memo": {"kind": is_label, "digest": is_digest},
    "psi.params": {"params": is_params},
    "psi.commit": dict.fromkeys(["session", "sought", "held", "key", "tags", "queries"], is_digest),
    "psi.eval": {"session": is_digest, "from": is_uint32, "to": is_uint32, "hash": is_digest},
    "psi.close": {"session": is_digest, "transcript": is_digest},
    "log.reset": {"from": is_uint, "reason": is_label, "root_signature": is_signature},
    "log.resume": {"from": is_uint, "fork": is_pair, "kept": is_head},
    "log.agree": {"entry": is_digest},
    "key.rotate": {"node_key": is_digest, "next_key": is_digest, "signature": is_signature},
    "key.compromise": {"from": is_uint, "root": is_digest, "lost": is_digest, "node_key": is_digest,
                       "next_key": is_digest, "root_signature": is_signature},
}
PAYLOAD = {
    "v": one_of(1), "agreement": is_digest, "author": is_party, "seq": is_uint, "prev": is_digest, "seen": is_heads,
    "time": is_uint, "type": one_of(*KINDS), "body": lambda value: isinstance(value, dict),
}


def is_caps(value):
    return isinstance(value, list) and len(value) == 2 and all(is_uint(one, 1_000_000) for one in value)


def is_recipes(value):
    return isinstance(value, list) and 1 <= len(value) <= 16 and all(map(is_party, value)) and ascending(value)


PARAMS = {
    "v": one_of(1), "kind": one_of("psi.params"), "agreement": is_digest, "profile": one_of("VOPRF-ristretto255-SHA512"),
    "run": lambda value: is_uint(value, 2**32 - 1, 1), "runs": is_uint32, "normalisation": is_party, "tables": is_digest,
    "recipes": is_recipes, "keys": lambda value: is_uint(value, 64, 1), "sought": is_caps, "held": is_caps,
    "chunk": lambda value: is_uint(value, 4096, 1), "audit": lambda value: is_uint(value, 1000), "retention": is_uint32,
    "reference": lambda value: is_uint(value, 64),
}


def check_form(value, fields, what):
    """Refuses a map with a key too many, a key too few, or a value of another kind."""
    optional = {name[:-1] for name in fields if name.endswith("?")}
    known = {name.rstrip("?"): check for name, check in fields.items()}
    if not isinstance(value, dict) or not known.keys() - optional <= value.keys() <= known.keys():
        raise Unreadable(f"{what} has a key too many or too few")
    for name, check in known.items():
        if name in value and not check(value[name]):
            raise Unreadable(f"{what}: {name} has a value of the wrong kind, length or range")


def params_of(raw):
    """The parameters of a run of private matching: docs/protocol/matching.md."""
    if len(raw) > PARAMS_BYTES_MAX:
        raise Unreadable("parameters of more than 4096 bytes")
    params = cbor_read(raw)
    check_form(params, PARAMS, "the parameters")
    if params["run"] > params["runs"]:
        raise Unreadable("a run beyond the runs of the period")
    return params


# One entry.


@dataclass(frozen=True)
class Entry:
    raw: bytes
    id: bytes
    agreement: bytes
    author: str
    seq: int
    prev: bytes
    seen: tuple
    kind: str
    body: dict
    kid: bytes
    signed: bytes
    signature: bytes

    def is_signed_by(self, key):
        return self.kid == hashlib.sha256(key).digest()[:8] and ed25519_holds(key, self.signed, self.signature)

    def is_signed_over(self):
        """Whether the new key of a rotation has signed that it takes the log over."""
        message = self.place() + self.body["node_key"] + self.body["next_key"]
        return ed25519_holds(self.body["node_key"], message, self.body["signature"])

    def head_of(self, author):
        """Number and name of the last entry of a log that this one had seen."""
        return next(((seq, name) for by, seq, name in self.seen if by == author), None)

    def place(self):
        """What the root key and the next key sign: where the entry stands."""
        label = self.author.encode()
        start = b"homeward " + self.kind.encode() + self.agreement + bytes([len(label)]) + label
        seen = hashlib.sha256(cbor_write([list(one) for one in self.seen])).digest()
        return start + self.seq.to_bytes(8, "big") + self.prev + seen


def string_at(raw, at):
    """The byte string at a place, in its one form, and where it ends."""
    if at >= len(raw) or raw[at] >> 5 != 2:
        raise Unreadable(f"no byte string at byte {at}")
    value, end = cbor_first(raw, at)
    if len(value) > ENTRY_BYTES_MAX or raw[at:end] != cbor_write(value):
        raise Unreadable(f"a byte string that is too long or not in its shortest form at byte {at}")
    return value, end


def frame_at(raw, start):
    """Header, payload and signature of the entry that begins at a place, and where it ends."""
    if raw[start:start + 2] != b"\xd2\x84":
        raise Unreadable(f"not a COSE_Sign1 at byte {start}")
    protected, at = string_at(raw, start + 2)
    if raw[at:at + 1] != b"\xa0":
        raise Unreadable(f"the unprotected header at byte {at} is not empty")
    payload, at = string_at(raw, at + 1)
    signature, end = string_at(raw, at)
    if len(signature) != 64 or end - start > ENTRY_BYTES_MAX:
        raise Unreadable(f"the entry at byte {start} is too large, or its signature is not 64 bytes")
    return protected, payload, signature, end


def entry_of(raw):
    """The entry whose bytes these are, and nothing behind it."""
    protected, payload, signature, end = frame_at(raw, 0)
    if end != len(raw):
        raise Unreadable("bytes follow the entry")
    if len(protected) != len(HEADER) + 8 or not protected.startswith(HEADER):
        raise Unreadable("not the header of an entry of a shared log")
    said = cbor_read(payload)
    check_form(said, PAYLOAD, "the payload")
    check_form(said["body"], KINDS[said["type"]], f"the body of {said['type']}")
    if any(by == said["author"] for by, _, _ in said["seen"]):
        raise Unreadable("the author names its own log among those it had seen")
    signed = cbor_write(["Signature1", protected, b"", payload])
    seen = tuple(tuple(one) for one in said["seen"])
    return Entry(raw, hashlib.sha256(raw).digest(), said["agreement"], said["author"], said["seq"], said["prev"], seen,
                 said["type"], said["body"], protected[-8:], signed, signature)


def pieces_of(raw):
    """Each entry of a file with the byte at which it begins."""
    at = 0
    while at < len(raw):
        end = frame_at(raw, at)[3]
        yield at, raw[at:end]
        at = end


# One log.


class Log:
    """The entries of one author in their order, with the keys that were valid."""

    def __init__(self, genesis):
        require(genesis.kind == "genesis" and genesis.seq == 0, "past", "a log begins with a genesis under number 0")
        require(genesis.prev == bytes(32), "past", "a genesis names no entry before it")
        body, label = genesis.body, genesis.author.encode()
        message = b"homeward genesis" + genesis.agreement + bytes([len(label)]) + label
        message += body["node_key"] + body["transport_key"]
        if "next_key" in body:
            message += b"next" + body["next_key"]
        require(body["party"] == genesis.author, "keys", "the genesis is of another party than its author")
        holds = genesis.is_signed_by(body["node_key"]) and ed25519_holds(body["root_key"], message, body["root_signature"])
        require(holds, "keys", "the genesis is not signed by its node key and its root key")
        self.author, self.agreement, self.root_key = genesis.author, genesis.agreement, body["root_key"]
        self.entries, self.leaves = [genesis], [leaf(genesis.raw)]
        self.keys, self.next_key = [(0, body["node_key"])], body.get("next_key")

    def key_at(self, seq):
        return [key for since, key in self.keys if since <= seq][-1]

    def root(self, size=None):
        return tree_root(self.leaves[:size])

    def upto(self, size):
        """The log as it was with so many entries; nothing is checked again."""
        if size == len(self.entries):
            return self
        log = copy.copy(self)
        log.entries, log.leaves = self.entries[:size], self.leaves[:size]
        genesis = self.entries[0].body
        log.keys, log.next_key = [(0, genesis["node_key"])], genesis.get("next_key")
        for entry in log.entries:
            log.go_over(entry)
        return log

    def check_chain(self, entry):
        """Whether an entry is the next one, names the one before it, and goes not back behind what that one had seen."""
        last = self.entries[-1]
        same = (entry.agreement, entry.author) == (self.agreement, self.author)
        require(same, "past", "the entry is of another agreement or another author than its log")
        require(entry.seq == last.seq + 1, "past", f"it has number {entry.seq}, number {last.seq + 1} is next")
        require(entry.kind != "genesis", "past", "a genesis stands at the beginning of a log and nowhere else")
        self.check_follows(entry, last)

    def check_follows(self, entry, last):
        require(entry.prev == last.id, "past", "it names another entry before it than the one in this log")
        for by, seq, name in last.seen:
            now = entry.head_of(by)
            goes_on = now and (now[0] > seq or now == (seq, name))
            require(goes_on, "past", f"what it had seen of {by} goes back behind entry {last.seq}")

    def check_keys(self, entry, at_end=True):
        """Whether the signatures hold under the key that is valid at the entry's number."""
        self.check_under(entry, self.key_at(entry.seq), at_end)

    def holds_under(self, entry, key, at_end):
        """Whether the signatures hold under a key, be it the one valid at that number or not."""
        try:
            self.check_under(entry, key, at_end)
        except Fault:
            return False
        return True

    def check_under(self, entry, key, at_end):
        body = entry.body
        signer = body["node_key"] if entry.kind == "key.compromise" else key
        require(entry.is_signed_by(signer), "keys", "the signature is not by the key that is valid at this number")
        if entry.kind == "genesis":
            # Another beginning of this log: its own signatures must hold, and under the same node key.
            require(Log(entry).keys == self.keys[:1], "keys", "it begins the log under another key")
        if entry.kind == "key.rotate":
            laid_down = not at_end or hashlib.sha256(body["node_key"]).digest() == self.next_key
            require(laid_down and body["node_key"] != key, "keys", "the new key is not the one that was laid down")
            require(entry.is_signed_over(), "keys", "the new key has not signed that it takes the log over")
        if entry.kind in ("log.reset", "key.compromise"):
            require(body["from"] == entry.seq, "keys", "it names another number than its own")
            fields = ["reason"] if entry.kind == "log.reset" else ["root", "lost", "node_key", "next_key"]
            parts = [body[name].encode() if name == "reason" else body[name] for name in fields]
            holds = ed25519_holds(self.root_key, entry.place() + b"".join(parts), body["root_signature"])
            require(holds, "keys", "the root key has not signed it")
        if entry.kind == "key.compromise":
            require(body["lost"] == key, "keys", "it names another key as lost than the one valid here")
            require(body["node_key"] not in [old for _, old in self.keys], "keys", "the new key was a key of this log before")

    def check_tree(self, entry):
        """Whether a compromise names the tree over what stands before it."""
        if entry.kind == "key.compromise":
            require(entry.body["root"] == self.root(entry.seq), "keys", "it names another tree than that of the entries before it")

    def go_over(self, entry):
        if entry.kind in ("key.rotate", "key.compromise"):
            self.keys.append((entry.seq + (entry.kind == "key.rotate"), entry.body["node_key"]))
            self.next_key = entry.body["next_key"]

    def push(self, entry):
        self.check_chain(entry)
        self.check_keys(entry)
        self.check_tree(entry)
        self.go_over(entry)
        self.entries.append(entry)
        self.leaves.append(leaf(entry.raw))
