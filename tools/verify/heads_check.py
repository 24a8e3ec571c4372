#!/usr/bin/env python3
"""Checks logs, heads and what proves something about them, with a program of one's own.

    heads_check.py log LOG                                    entries, numbers, links, signatures; prints size and root
    heads_check.py head HEAD --author KEYS [--witness KEYS]... [--log LOG]
    heads_check.py request REQUEST --author KEYS [--since HEAD]      what a witness is asked to cosign
    heads_check.py proof PROOF --author KEYS [--witness KEYS]...     one entry under a head, as a text
    heads_check.py receipt RECEIPT ENTRY --author KEYS               one entry, in COSE
    heads_check.py split SPLIT --author KEYS                         two histories by one author

KEYS is a file of verifier keys, one a line: every key in it must have signed, but for a split, where one is enough.
Exit code 0: it holds, and a line says what does. 3: it does not, and one sentence says why. 2: an input is not what
docs/protocol/heads.md and docs/formats/entry.md say.

It needs Python 3.11, cbor.py beside it and the package `cryptography` for the two signature schemes, and shares no line with the program
that wrote the files. Of an entry it checks the envelope, not whether its body follows the schema or is lawful.
"""

import argparse
import base64
import binascii
import functools
import hashlib
import re
import struct
import sys
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey

from cbor import Tag, Unreadable, cbor_first, cbor_read, cbor_write, text_of

NOTE_BYTES_MAX, SIGNATURES_MAX, LINE_MAX, NAME_MAX, PATH_MAX = 128 << 10, 32, 8 << 10, 255, 64
ENTRY_BYTES_MAX = 1 << 20
DASH = "\u2014 "
AUTHOR, COSIGNER, LASTING = 0x01, 0x04, 0x06


class Wrong(Exception):
    """An input of the right form that does not show what it should."""


# The tree: RFC 6962 section 2.1, as defined there and not as it is fast.


def leaf(entry):
    return hashlib.sha256(b"\x00" + entry).digest()


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def tree_root(leaves):
    """The root by joining neighbours row by row; the odd one out goes up as it is."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    row = list(leaves)
    while len(row) > 1:
        pairs = [node(row[at], row[at + 1]) for at in range(0, len(row) - 1, 2)]
        row = pairs + row[len(row) & ~1:]
    return row[0]


def below(size):
    """The largest power of two below size."""
    return 1 << (size - 1).bit_length() - 1


def root_by_inclusion(own, index, size, path):
    """The root that follows, by the recursion of section 2.1.1 read backwards."""
    if index >= size:
        raise Wrong(f"there is no entry {index} among {size}")
    if size == 1:
        if path:
            raise Wrong("the proof has too many digests")
        return own
    if not path:
        raise Wrong("the proof has too few digests")
    half, rest, other = below(size), path[:-1], path[-1]
    if index < half:
        return node(root_by_inclusion(own, index, half, rest), other)
    return node(other, root_by_inclusion(own, index - half, size - half, rest))


def roots_by_prefix(old, size, path):
    """The roots of the first `old` and of all entries, by the recursion of section 2.1.2 read backwards. The digest
    that the standard leaves out when `old` is a power of two stands first."""
    if old == size:
        if len(path) != 1:
            raise Wrong("the proof has the wrong number of digests")
        return path[0], path[0]
    if not path:
        raise Wrong("the proof has too few digests")
    half, rest, other = below(size), path[:-1], path[-1]
    if old <= half:
        first, left = roots_by_prefix(old, half, rest)
        return first, node(left, other)
    first, right = roots_by_prefix(old - half, size - half, rest)
    return node(other, first), node(other, right)


def check_consistency(old, new, path):
    (old_size, old_root), (size, root) = old, new
    if old_size > size:
        raise Wrong(f"the log shrank from {old_size} to {size}")
    if old_size in (0, size):
        if path:
            raise Wrong("the proof has too many digests")
        if old_root != (tree_root([]) if old_size == 0 else root):
            raise Wrong("two roots for one size")
        return
    if old_size & (old_size - 1) == 0:
        path = [old_root, *path]
    if roots_by_prefix(old_size, size, path) != (old_root, root):
        raise Wrong("the log does not go on from the older head")


# Signatures. Acceptance is part of the protocol: docs/formats/entry.md.

P = 2**255 - 19
# The y of the eight points of small order.
Y8 = 2707385501144840649318225287225658788936804267575313519463743609750303402022
SMALL_ORDER = {0, 1, P - 1, Y8, P - Y8}


def good_point(encoded):
    y = int.from_bytes(encoded, "little") & (2**255 - 1)
    return y < P and y not in SMALL_ORDER


def ed25519_holds(key, message, signature):
    if len(signature) != 64 or not good_point(key) or not good_point(signature[:32]):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def mldsa_holds(key, message, signature):
    try:
        MLDSA44PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


# Notes, keys, checkpoints (C2SP signed-note, tlog-checkpoint, tlog-cosignature).


def decode64(text):
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Unreadable(f"not base64: {text[:20]!r}") from error
    if base64.b64encode(raw).decode() != text:
        raise Unreadable(f"not the one form of base64: {text[-20:]!r}")
    return raw


def digest64(text):
    raw = decode64(text)
    if len(raw) != 32:
        raise Unreadable("a digest is not 32 bytes")
    return raw


def size_of(text):
    if not re.fullmatch(r"0|[1-9][0-9]{0,19}", text, re.ASCII) or int(text) >= 2**64:
        raise Unreadable(f"not a size: {text[:30]!r}")
    return int(text)


def name_of(text):
    if not text or len(text.encode()) > NAME_MAX or "+" in text or any(c.isspace() or ord(c) < 32 for c in text):
        raise Unreadable(f"not a name: {text[:30]!r}")
    return text


@dataclass(frozen=True)
class Key:
    name: str
    id: bytes
    kind: int
    raw: bytes

    @staticmethod
    def read(text):
        parts = text.split("+", 2)
        if len(parts) != 3:
            raise Unreadable("not a verifier key")
        typed = decode64(parts[2])
        lengths = {AUTHOR: 33, COSIGNER: 33, LASTING: 1313}
        if not typed or lengths.get(typed[0]) != len(typed):
            raise Unreadable("a verifier key of a type or length that is not used here")
        id_ = hashlib.sha256(name_of(parts[0]).encode() + b"\n" + typed).digest()[:4]
        if id_.hex() != parts[1]:
            raise Unreadable("the number of a verifier key does not follow from it")
        return Key(parts[0], id_, typed[0], typed[1:])

    def time_if_signed(self, text, signature):
        """The stated time, 0 where there is none; nothing when the signature does not hold."""
        if self.kind == AUTHOR:
            return 0 if ed25519_holds(self.raw, text.encode(), signature) else None
        time = int.from_bytes(signature[:8], "big")
        if len(signature) < 8 or time >= 2**63:
            return None
        if self.kind == COSIGNER:
            message = f"cosignature/v1\ntime {time}\n{text}".encode()
            return time if ed25519_holds(self.raw, message, signature[8:]) else None
        origin, (size, root) = checkpoint_of(text)
        short = [bytes([len(name.encode())]) + name.encode() for name in (self.name, origin)]
        message = b"subtree/v1\n\x00" + short[0] + struct.pack(">Q", time) + short[1]
        message += struct.pack(">QQ", 0, size) + root
        return time if mldsa_holds(self.raw, message, signature[8:]) else None


@dataclass(frozen=True)
class Note:
    text: str
    lines: tuple

    @staticmethod
    def read(raw):
        text = text_of(raw, NOTE_BYTES_MAX)
        if any(ord(c) < 32 and c != "\n" for c in text) or "\n\n" not in text:
            raise Unreadable("not a note")
        end = text.rindex("\n\n") + 1
        lines = text[end + 1:].split("\n")
        if lines.pop() != "" or not 1 <= len(lines) <= SIGNATURES_MAX:
            raise Unreadable("a note ends with 1 to 32 signature lines")
        return Note(text[:end], tuple(signature_line(line) for line in lines))

    def held(self, keys):
        """Who of these has signed, with the times. Every line of a known key must hold."""
        held = []
        for name, id_, signature in self.lines:
            for key in keys:
                if (key.name, key.id) == (name, id_):
                    time = key.time_if_signed(self.text, signature)
                    if time is None:
                        raise Wrong(f"the signature of {name} does not hold")
                    held.append((key, time))
        return held


def signature_line(line):
    name, _, encoded = line.removeprefix(DASH).partition(" ")
    if not line.startswith(DASH) or len(line.encode()) >= LINE_MAX:
        raise Unreadable("not a signature line")
    raw = decode64(encoded)
    if len(raw) < 5:
        raise Unreadable("a signature line without a signature")
    return name_of(name), raw[:4], raw[4:]


def checkpoint_of(text):
    """Origin, and size with root."""
    lines = text.split("\n")
    if len(lines) != 4 or lines[3]:
        raise Unreadable("a checkpoint has three lines")
    size, root = size_of(lines[1]), digest64(lines[2])
    if size == 0 and root != tree_root([]):
        raise Unreadable("the root is not that of a log without entries")
    return name_of(lines[0]), (size, root)


def check_head(note, author, witnesses):
    """Origin and head of a note that every key of the author and of each witness has signed; who cosigned when."""
    origin, head = checkpoint_of(note.text)
    if not author or any(key.name != origin or key.kind == COSIGNER for key in author):
        raise Wrong(f"the keys are not of the author of {origin}")
    known = author + [key for keys in witnesses for key in keys]
    names = [keys[0].name for keys in (author, *witnesses) if keys]
    of_one = all(key.name == keys[0].name for keys in witnesses for key in keys)
    if len({key.raw for key in known}) < len(known) or len(set(names)) <= len(witnesses) or not of_one:
        raise Wrong("a name or a key stands for two")
    held = note.held(known)
    missing = [key for key in author if key not in [by for by, _ in held]]
    if missing:
        raise Wrong(f"a key of {missing[0].name} has not signed")
    times = []
    for keys in witnesses:
        for key in keys:
            stated = [time for by, time in held if by == key and time]
            if not stated:
                raise Wrong(f"a key of {key.name} has not cosigned")
            times.append((key.name, min(stated)))
    return origin, head, times


# Entries and receipts in COSE (RFC 9052).


def sign1_of(value):
    if not isinstance(value, Tag) or value[0] != 18 or not isinstance(value[1], list) or len(value[1]) != 4:
        raise Unreadable("not a COSE_Sign1")
    protected, unprotected, payload, signature = value[1]
    if not isinstance(protected, bytes) or not isinstance(unprotected, dict) or not isinstance(signature, bytes):
        raise Unreadable("not a COSE_Sign1")
    header = cbor_read(protected)
    if not isinstance(header, dict) or header.get(1) != -8:
        raise Unreadable("the algorithm is not EdDSA")
    return protected, header, unprotected, payload, signature


def sign1_holds(key, protected, payload, signature):
    return ed25519_holds(key, cbor_write(["Signature1", protected, b"", payload]), signature)


# Logs.


def entries_of(raw):
    at = 0
    while at < len(raw):
        _, end = cbor_first(raw, at)
        if end - at > ENTRY_BYTES_MAX:
            raise Unreadable(f"the entry at byte {at} is too large")
        yield raw[at:end]
        at = end


def envelope_of(entry):
    protected, header, unprotected, payload, signature = sign1_of(cbor_read(entry))
    if header.keys() != {1, 3, 4} or header[3] != "application/homeward-entry+cbor" or unprotected:
        raise Unreadable("not the header of an entry")
    said = cbor_read(payload) if isinstance(payload, bytes) else None
    keys = {"v", "seq", "body", "prev", "seen", "time", "type", "author", "agreement"}
    if not isinstance(said, dict) or said.keys() != keys or said["v"] != 1:
        raise Unreadable("not the payload of an entry")
    kinds = {"agreement": bytes, "author": str, "seq": int, "prev": bytes, "type": str, "time": int}
    if any(not isinstance(said[key], kind) for key, kind in kinds.items()) or min(said["seq"], said["time"]) < 0:
        raise Unreadable("not the payload of an entry")
    return said, lambda key: (
        header[4] == hashlib.sha256(key).digest()[:8] and sign1_holds(key, protected, payload, signature)
    )


def origin_of(said):
    return f"{said['agreement'].hex()}/{said['author']}"


def check_log(raw):
    """Every entry of a log under the key valid at its place: the leaves, the origin and the last key."""
    leaves, before, key, log, root_key, next_key = [], bytes(32), None, None, None, None
    for number, entry in enumerate(entries_of(raw)):
        said, holds = envelope_of(entry)
        if number == 0:
            key, log = check_genesis(said), origin_of(said)
            root_key, next_key = said["body"]["root_key"], said["body"].get("next_key")
        if (said["seq"], said["prev"], origin_of(said)) != (number, before, log):
            raise Wrong(f"entry {number} is not the next one of its log")
        if said["type"] in KEEPING:
            typed_keeping(said)
        signer = said["body"]["node_key"] if said["type"] == "key.compromise" else key
        if (said["type"] == "genesis") != (number == 0) or not holds(signer):
            raise Wrong(f"the signature of entry {number} does not hold")
        if said["type"] in KEEPING:
            key, next_key = check_keeping(said, leaves, key, next_key, root_key)
        before = hashlib.sha256(entry).digest()
        leaves.append(leaf(entry))
    if not leaves:
        raise Unreadable("a log without entries")
    return leaves, log, key


# What stands behind the place of an entry in the message that the root key or the next key signs.
KEEPING = {
    "log.reset": ("root_signature", ["reason"]),
    "key.rotate": ("signature", ["node_key", "next_key"]),
    "key.compromise": ("root_signature", ["root", "lost", "node_key", "next_key"]),
}


def typed_keeping(said):
    """Refuses a reset or a change of key that is not of the form of the schema."""
    body, (signature, fields) = said["body"], KEEPING[said["type"]]
    numbers = set() if said["type"] == "key.rotate" else {"from"}
    if not isinstance(body, dict) or body.keys() != numbers | {signature, *fields}:
        raise Unreadable(f"entry {said['seq']} is not of the form of its kind")
    kinds = {"from": int, "reason": str}
    lengths = {signature: 64, "reason": None, "from": None}
    for name, value in body.items():
        length = lengths.get(name, 32)
        if not isinstance(value, kinds.get(name, bytes)) or (length and len(value) != length):
            raise Unreadable(f"entry {said['seq']} is not of the form of its kind")


def check_keeping(said, leaves, key, next_key, root_key):
    """A reset or a change of key: its inner signature, and the key and the digest that are valid after it."""
    body, kind = said["body"], said["type"]
    signature, fields = KEEPING[kind]
    if kind != "key.rotate" and body["from"] != said["seq"]:
        raise Wrong(f"entry {said['seq']} names another number")
    label = said["author"].encode()
    message = b"homeward " + kind.encode() + said["agreement"] + bytes([len(label)]) + label
    message += said["seq"].to_bytes(8, "big") + said["prev"] + hashlib.sha256(cbor_write(said["seen"])).digest()
    message += b"".join(body[name].encode() if name == "reason" else body[name] for name in fields)
    signer = body["node_key"] if kind == "key.rotate" else root_key
    if not ed25519_holds(signer, message, body[signature]):
        raise Wrong(f"what the root key or the next key is to have signed in entry {said['seq']} does not hold")
    if kind == "log.reset":
        return key, next_key
    if kind == "key.rotate" and hashlib.sha256(body["node_key"]).digest() != next_key:
        raise Wrong(f"entry {said['seq']} hands over to a key that was not laid down")
    if kind == "key.compromise" and (body["lost"] != key or body["root"] != tree_root(leaves)):
        raise Wrong(f"entry {said['seq']} names another key or another tree than this log's")
    return body["node_key"], body["next_key"]


def check_genesis(said):
    body = said["body"]
    names = {"party", "root_key", "node_key", "transport_key", "root_signature"}
    if isinstance(body, dict) and "next_key" in body:
        names.add("next_key")
    if said["type"] != "genesis" or not isinstance(body, dict) or body.keys() != names:
        raise Unreadable("a log begins with a genesis")
    lengths = {"root_key": 32, "node_key": 32, "transport_key": 32, "root_signature": 64, "next_key": 32}
    lengths = {key: length for key, length in lengths.items() if key in names}
    if any(not isinstance(body[key], bytes) or len(body[key]) != length for key, length in lengths.items()):
        raise Unreadable("a log begins with a genesis")
    label = said["author"].encode()
    if not 1 <= len(label) <= 32:
        raise Unreadable("the author is not a label")
    message = b"homeward genesis" + said["agreement"] + bytes([len(label)]) + label
    message += body["node_key"] + body["transport_key"]
    if "next_key" in body:
        message += b"next" + body["next_key"]
    if body["party"] != said["author"] or not ed25519_holds(body["root_key"], message, body["root_signature"]):
        raise Wrong("the genesis does not hold")
    return body["node_key"]


# What is asked on the command line.


def of_log(options):
    leaves, origin, _ = check_log(read(options.log))
    return f"log {origin} {len(leaves)} {base64.b64encode(tree_root(leaves)).decode()}"


def of_head(options):
    note = Note.read(read(options.head))
    origin, head, times = check_head(note, options.author, options.witness)
    if options.log:
        leaves, log, key = check_log(read(options.log))
        if log != origin or all(key != one.raw for one in options.author):
            raise Wrong("the log is not that of the head")
        if len(leaves) < head[0] or tree_root(leaves[:head[0]]) != head[1]:
            raise Wrong("the log has another root")
    return said("head", origin, head, times)


def of_request(options):
    head, _, rest = text_of(read(options.request), NOTE_BYTES_MAX + 4096).partition("\n\n")
    first, *lines = head.split("\n")
    if not first.startswith("old ") or len(lines) > 63:
        raise Unreadable("not a request to cosign")
    old, path = size_of(first[4:]), [digest64(line) for line in lines]
    origin, new, _ = check_head(Note.read(rest.encode()), options.author, [])
    since = (0, tree_root([]))
    if options.since:
        before, since, _ = check_head(Note.read(read(options.since)), options.author, [])
        if before != origin:
            raise Wrong("the older head is of another log")
    if old != since[0]:
        raise Wrong(f"the request goes on from {old}, the older head has {since[0]} entries")
    check_consistency(since, new, path)
    return said("request", origin, new, [])


def of_proof(options):
    head, _, rest = text_of(read(options.proof), 2 * ENTRY_BYTES_MAX + NOTE_BYTES_MAX).partition("\n\n")
    lines = head.split("\n")
    if len(lines) < 3 or lines[0] != "c2sp.org/tlog-proof@v1" or len(lines) > 3 + PATH_MAX:
        raise Unreadable("not a proof")
    if not lines[1].startswith("extra ") or not lines[2].startswith("index "):
        raise Unreadable("a proof has the lines extra and index")
    entry, index = decode64(lines[1][6:]), size_of(lines[2][6:])
    origin, (size, root), times = check_head(Note.read(rest.encode()), options.author, options.witness)
    if root_by_inclusion(leaf(entry), index, size, [digest64(line) for line in lines[3:]]) != root:
        raise Wrong("the entry is not under this head")
    envelope, _ = envelope_of(entry)
    if (envelope["seq"], origin_of(envelope)) != (index, origin):
        raise Wrong("the entry is of another log or has another number")
    return said(f"proof {index} {hashlib.sha256(entry).hexdigest()}", origin, (size, root), times)


def of_receipt(options):
    raw, entry = read(options.receipt), read(options.entry)
    protected, header, unprotected, payload, signature = sign1_of(cbor_read(raw))
    claims, proofs = header.get(15), unprotected.get(396)
    if header.keys() != {1, 4, 15, 395} or header[395] != 1 or payload is not None or unprotected.keys() != {396}:
        raise Unreadable("not a receipt")
    if not isinstance(claims, dict) or claims.keys() != {1, 2, 6} or not isinstance(proofs, dict) or proofs.keys() != {-1}:
        raise Unreadable("not the claims and the proof of a receipt")
    if not isinstance(proofs[-1], list) or len(proofs[-1]) != 1 or not isinstance(proofs[-1][0], bytes):
        raise Unreadable("not one inclusion proof")
    proof = cbor_read(proofs[-1][0])
    if not isinstance(proof, list) or list(map(type, proof)) != [int, int, list] or not 1 <= len(proof[2]) <= PATH_MAX:
        raise Unreadable("not an inclusion proof")
    size, index, path = proof
    if any(not isinstance(digest, bytes) or len(digest) != 32 for digest in path) or min(size, index) < 0:
        raise Unreadable("not an inclusion proof")
    if claims[2] != f"{index}/{size}":
        raise Unreadable("the subject is not the entry of the proof")
    root = root_by_inclusion(leaf(entry), index, size, path)
    issuers = [key for key in options.author if key.kind == AUTHOR and key.name == claims[1]]
    issuers = [key for key in issuers if hashlib.sha256(key.raw).digest()[:8] == header[4]]
    if not any(sign1_holds(key.raw, protected, root, signature) for key in issuers):
        raise Wrong("no known key has signed this receipt of this entry")
    return said(f"receipt {index} {hashlib.sha256(entry).hexdigest()}", claims[1], (size, root), [])


def of_split(options):
    value = cbor_read(read(options.split))
    if not isinstance(value, dict) or value.keys() != {"v", "first", "second", "proof"} or value["v"] != 1:
        raise Unreadable("not a split")
    if not all(isinstance(value[key], str) for key in ("first", "second")) or not isinstance(value["proof"], list):
        raise Unreadable("not a split")
    path = value["proof"]
    if len(path) > PATH_MAX or any(not isinstance(digest, bytes) or len(digest) != 32 for digest in path):
        raise Unreadable("not a split")
    heads = []
    for key in ("first", "second"):
        note = Note.read(value[key].encode())
        origin, head = checkpoint_of(note.text)
        author = [one for one in options.author if one.name == origin and one.kind != COSIGNER]
        if not note.held(author):
            raise Wrong("a head is not signed by its author")
        heads.append((origin, head))
    (origin, (old, first)), (other, (size, second)) = heads
    if origin != other or old > size:
        raise Wrong("the heads are of two logs, or the larger comes first")
    if old == size:
        contradicts = not path and first != second
    else:
        if old == 0:
            raise Wrong("every log begins with nothing")
        begins, root = roots_by_prefix(old, size, path)
        if root != second:
            raise Wrong("the digests do not lead to the larger head")
        contradicts = begins != first
    if not contradicts:
        raise Wrong("the heads do not contradict each other")
    return f"split {origin} {old} {size}"


def said(what, origin, head, times):
    earliest = {name: min(time for one, time in times if one == name) for name, _ in times}
    stated = "".join(f" {name}@{time}" for name, time in earliest.items())
    return f"{what} {origin} {head[0]} {base64.b64encode(head[1]).decode()}{stated}"


def read(path):
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror}") from error


def keys_of(path):
    try:
        return [Key.read(line) for line in text_of(read(path), NOTE_BYTES_MAX).splitlines()]
    except Unreadable as error:
        raise Unreadable(f"{path}: {error}") from error


@functools.cache
def command_line():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kinds = parser.add_subparsers(required=True)
    asked = {
        of_log: ("log", ["log"], []),
        of_head: ("head", ["head"], ["author", "witness", "log"]),
        of_request: ("request", ["request"], ["author", "since"]),
        of_proof: ("proof", ["proof"], ["author", "witness"]),
        of_receipt: ("receipt", ["receipt", "entry"], ["author"]),
        of_split: ("split", ["split"], ["author"]),
    }
    for run, (name, files, options) in asked.items():
        kind = kinds.add_parser(name)
        kind.set_defaults(run=run, author=None, witness=[])
        for file in files:
            kind.add_argument(file)
        for option in options:
            several = "append" if option == "witness" else "store"
            kind.add_argument(f"--{option}", required=option == "author", action=several)
    return parser


def main(arguments):
    options = command_line().parse_args(arguments)
    try:
        if options.author is not None:
            options.author = keys_of(options.author)
        options.witness = [keys_of(path) for path in options.witness or []]
        print(options.run(options))
    except Unreadable as error:
        print(error, file=sys.stderr)
        return 2
    except Wrong as error:
        print(error, file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
