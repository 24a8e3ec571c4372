"""Reads and writes what entries, receipts and splits use of CBOR, in its one deterministic form (RFC 8949 section 4.2.1).

Numbers, byte and text strings, arrays, maps with numbers or texts as keys, tags and null: nothing else, and each value in the
one form that it can be written in.
"""

import struct

CBOR_DEPTH_MAX = 8


class Unreadable(Exception):
    """An input that is not of the form of the documents."""


def text_of(raw, most):
    if len(raw) > most:
        raise Unreadable(f"{len(raw)} bytes, at most {most} are allowed")
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise Unreadable("not UTF-8") from error


class Tag(tuple):
    pass


def cbor_head(major, number):
    for code, form in ((24, ">B"), (25, ">H"), (26, ">I"), (27, ">Q")):
        if number < 24 or number < 1 << 8 * struct.calcsize(form):
            return bytes([major << 5 | number]) if number < 24 else bytes([major << 5 | code]) + struct.pack(form, number)
    raise Unreadable("a number beyond 64 bits")


def cbor_write(value):
    if value is None:
        return b"\xf6"
    if isinstance(value, Tag):
        return cbor_head(6, value[0]) + cbor_write(value[1])
    if isinstance(value, int):
        return cbor_head(0, value) if value >= 0 else cbor_head(1, -1 - value)
    if isinstance(value, bytes):
        return cbor_head(2, len(value)) + value
    if isinstance(value, str):
        return cbor_head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return cbor_head(4, len(value)) + b"".join(map(cbor_write, value))
    pairs = sorted((cbor_write(key), cbor_write(one)) for key, one in value.items())
    return cbor_head(5, len(value)) + b"".join(key + one for key, one in pairs)


def cbor_first(raw, at, depth=CBOR_DEPTH_MAX):
    """The value at a place and where it ends. Other forms of the same value are found by writing it again."""
    if at >= len(raw) or depth == 0:
        raise Unreadable(f"CBOR ends or is nested too deep at byte {at}")
    first, major, small = raw[at], raw[at] >> 5, raw[at] & 31
    if first == 0xF6:
        return None, at + 1
    if major == 7 or small > 27:
        raise Unreadable(f"a kind of CBOR that is not used at byte {at}")
    wide = 1 << small - 24 if small > 23 else 0
    number = int.from_bytes(raw[at + 1:at + 1 + wide], "big") if wide else small
    at += 1 + wide
    if at > len(raw) or (major > 1 and major < 6 and number > len(raw)):
        raise Unreadable(f"CBOR ends at byte {at}")
    if major < 2:
        return (number, -1 - number)[major], at
    if major < 4:
        part = raw[at:at + number]
        if len(part) != number:
            raise Unreadable(f"CBOR ends at byte {at}")
        return (part if major == 2 else text_of(part, len(raw))), at + number
    values = []
    for _ in range({4: number, 5: 2 * number, 6: 1}[major]):
        value, at = cbor_first(raw, at, depth - 1)
        values.append(value)
    if major == 4:
        return values, at
    if major == 6:
        return Tag((number, values[0])), at
    if any(not isinstance(key, (int, str)) for key in values[::2]) or len(set(values[::2])) != number:
        raise Unreadable("a key of a map is there twice or no number or text")
    return dict(zip(values[::2], values[1::2])), at


def cbor_read(raw):
    value, end = cbor_first(raw, 0)
    if end != len(raw) or cbor_write(value) != raw:
        raise Unreadable("not the deterministic CBOR of one value")
    return value
