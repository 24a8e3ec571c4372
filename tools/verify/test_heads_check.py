#!/usr/bin/env python3
"""Tests the checker of heads: python3 tools/verify/test_heads_check.py

On the sample files that the other program wrote (docs/protocol/samples/heads), on published vectors, and on every one of
these with a bit turned. Nothing turned may hold, and nothing may end in anything but a sentence.
"""

import base64
import contextlib
import hashlib
import io
import os
import tempfile
import unittest
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

import heads_check as checker

DOCS = Path(__file__).parents[2] / "docs/protocol"
SAMPLES = DOCS / "samples/heads"
# Every how many bits one is turned where each try costs signatures of both schemes; STEP=1 tries all.
STEP = int(os.environ.get("STEP", "601"))


def run(*arguments):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = checker.main([str(one) for one in arguments])
    return code, out.getvalue().strip(), err.getvalue().strip()


def sample(name):
    return SAMPLES / name


AUTHOR = ["--author", sample("aronia.keys")]
WITNESSES = ["--witness", sample("belmar.keys"), "--witness", sample("calder.keys")]
ORIGIN = "a9" * 32 + "/aronia"
CASES = {
    "aronia.log": ("log", []),
    "aronia-keys.log": ("log", []),
    "aronia-reset.log": ("log", []),
    "13.checkpoint": ("head", AUTHOR + ["--log", sample("aronia.log")]),
    "20.checkpoint": ("head", AUTHOR + WITNESSES + ["--log", sample("aronia.log")]),
    "13-to-20.add-checkpoint": ("request", AUTHOR + ["--since", sample("13.checkpoint")]),
    "5.tlog-proof": ("proof", AUTHOR + WITNESSES),
    "5.receipt": ("receipt", [sample("5.entry")] + AUTHOR),
    "equal-size.split": ("split", AUTHOR),
    "prefix.split": ("split", AUTHOR),
}


class Samples(unittest.TestCase):
    def test_each_sample_holds(self):
        root = "TWAcmbG9bZDKDBPyn52cIdl7d5eNp6rjDPNUyGRPUV8="
        times = "".join(f" {'a9' * 32}/{name}@1900000060" for name in ("belmar", "calder"))
        entry = hashlib.sha256(sample("5.entry").read_bytes()).hexdigest()
        expected = {
            "aronia.log": f"log {ORIGIN} 20 {root}",
            "20.checkpoint": f"head {ORIGIN} 20 {root}{times}",
            "13-to-20.add-checkpoint": f"request {ORIGIN} 20 {root}",
            "5.tlog-proof": f"proof 5 {entry} {ORIGIN} 20 {root}{times}",
            "5.receipt": f"receipt 5 {entry} {ORIGIN} 20 {root}",
            "equal-size.split": f"split {ORIGIN} 20 20",
            "prefix.split": f"split {ORIGIN} 18 20",
        }
        for name, (kind, rest) in CASES.items():
            code, out, err = run(kind, sample(name), *rest)
            self.assertEqual((code, err), (0, ""), name)
            self.assertEqual(out, expected.get(name, out), name)

    def test_the_answers_of_the_witnesses_make_the_cosigned_head(self):
        request = sample("13-to-20.add-checkpoint").read_text()
        answers = sample("13-to-20.answers").read_text()
        self.assertEqual(request.split("\n\n", 1)[1] + answers, sample("20.checkpoint").read_text())

    def test_a_sample_shows_nothing_that_it_does_not(self):
        cases = [
            (3, "has not cosigned", ["head", sample("13.checkpoint")] + AUTHOR + WITNESSES),
            (3, "another root", ["head", sample("20.checkpoint")] + AUTHOR + ["--log", sample("aronia-forked.log")]),
            (3, "the keys are not of the author", ["head", sample("20.checkpoint"), "--author", sample("belmar.keys")]),
            (3, "goes on from 13", ["request", sample("13-to-20.add-checkpoint")] + AUTHOR),
            (3, "has not signed", ["proof", sample("5-short.tlog-proof")] + AUTHOR + WITNESSES),
            (3, "no known key", ["receipt", sample("5.receipt"), sample("20.checkpoint")] + AUTHOR),
            (3, "no known key", ["receipt", sample("5.receipt"), sample("5.entry"), "--author", sample("belmar.keys")]),
            (3, "not signed by its author", ["split", sample("prefix.split"), "--author", sample("belmar.keys")]),
            (3, "stands for two", ["head", sample("20.checkpoint")] + AUTHOR + WITNESSES + WITNESSES[:2]),
            (3, "stands for two", ["head", sample("20.checkpoint")] + AUTHOR + ["--witness", sample("aronia.keys")]),
            (2, "not a split", ["split", sample("5.receipt")] + AUTHOR),
            (2, "No such file", ["log", sample("none.log")]),
        ]
        for code, words, arguments in cases:
            got, out, err = run(*arguments)
            self.assertEqual((got, out), (code, ""), arguments)
            self.assertIn(words, err)

    def test_an_entry_with_a_field_of_another_kind_is_unreadable(self):
        raw = next(iter(checker.entries_of(sample("aronia.log").read_bytes())))
        protected, _, unprotected, payload, signature = checker.sign1_of(checker.cbor_read(raw))
        for key in checker.cbor_read(payload):
            for other in (None, -1, b"", "x", [], {}):
                said = checker.cbor_read(payload)
                if said[key] == other:
                    continue
                said[key] = other
                turned = checker.Tag((18, [protected, unprotected, checker.cbor_write(said), signature]))
                with tempfile.NamedTemporaryFile() as file:
                    Path(file.name).write_bytes(checker.cbor_write(turned))
                    self.assertIn(run("log", file.name)[0], (2, 3), f"{key} = {other!r}")

    def test_nothing_holds_with_a_bit_turned_or_the_end_cut(self):
        with tempfile.TemporaryDirectory() as folder:
            keys = []
            for name in ("aronia", "belmar", "calder"):
                keys.append(Path(folder) / f"{name}.keys")
                keys[-1].write_text(sample(f"{name}.keys").read_text().splitlines()[0] + "\n")
            short = ["--author", keys[0], "--witness", keys[1], "--witness", keys[2]]
            cases = [(name, kind, rest, STEP) for name, (kind, rest) in CASES.items() if not name.endswith(".log")]
            small = (STEP + 99) // 100
            cases += [("5-short.tlog-proof", "proof", short, small), ("5.receipt", "receipt", CASES["5.receipt"][1], small)]
            cases += [("aronia.log", "log", [], STEP)]
            cases += [(name, "log", [], small) for name in ("aronia-keys.log", "aronia-reset.log")]
            for name, kind, rest, step in cases:
                self.nothing_holds(Path(folder) / "turned", name, kind, rest, step)

    def nothing_holds(self, file, name, kind, rest, step):
        raw = sample(name).read_bytes()
        file.write_bytes(raw)
        holds = run(kind, file, *rest)
        self.assertEqual(holds[0], 0, name)
        for bit in range(0, len(raw) * 8, step):
            file.write_bytes(raw[:bit // 8] + bytes([raw[bit // 8] ^ 1 << bit % 8]) + raw[bit // 8 + 1:])
            turned = run(kind, file, *rest)
            if kind == "split" and turned[0] == 0:
                # A line whose name or number is turned is of an unknown key; the author's other line is enough.
                self.assertEqual(turned, holds)
                self.assertTrue(in_name_or_number(raw, bit // 8), f"{name}: bit {bit}")
                continue
            self.assertIn(turned[0], (2, 3), f"{name}: bit {bit}")
        for cut in range(0, len(raw), max(1, step // 4)):
            whole = kind == "log" and any(cut == end for end in ends_of(raw))
            file.write_bytes(raw[:cut])
            self.assertEqual(run(kind, file, *rest)[0] == 0, whole, f"{name}: cut at {cut}")


def in_name_or_number(raw, at):
    start = raw.rfind("\n— ".encode(), 0, at)
    return 0 <= start and at < raw.index(b" ", start + 5) + 7


def ends_of(log):
    end, ends = 0, []
    for entry in checker.entries_of(log):
        end += len(entry)
        ends.append(end)
    return ends


class Vectors(unittest.TestCase):
    def test_the_lasting_keys_follow_from_their_secrets(self):
        for name, secret in (("aronia", 13), ("belmar", 23), ("calder", 33)):
            key = checker.Key.read(sample(f"{name}.keys").read_text().splitlines()[1])
            self.assertEqual(key.kind, checker.LASTING)
            self.assertEqual(MLDSA44PrivateKey.from_seed_bytes(bytes([secret] * 32)).public_key().public_bytes_raw(), key.raw)

    def test_the_reference_tree_of_certificate_transparency(self):
        leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
        leaves = [checker.leaf(bytes.fromhex(one)) for one in leaves]
        roots = {
            0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        }
        for size, root in roots.items():
            self.assertEqual(checker.tree_root(leaves[:size]).hex(), root)
        head = {size: (size, bytes.fromhex(root)) for size, root in roots.items()}
        inclusion = [
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ]
        path = [bytes.fromhex(one) for one in inclusion]
        self.assertEqual(checker.root_by_inclusion(leaves[5], 5, 8, path), head[8][1])
        path[0] = bytes.fromhex("0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a")
        checker.check_consistency(head[6], head[8], path)
        for wrong in ([], path[:2], path[1:], path + path[:1], [path[1], path[0], path[2]]):
            with self.assertRaises(checker.Wrong):
                checker.check_consistency(head[6], head[8], wrong)
        with self.assertRaises(checker.Wrong):
            checker.check_consistency((6, head[5][1]), head[8], path)

    def test_published_notes(self):
        notes = [
            (
                "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
                "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n",
            ),
            (
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "This is an example message.\n\n"
                "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n",
            ),
            (
                (DOCS / "vectors/mldsa-log.vkey").read_text().strip(),
                (DOCS / "vectors/mldsa-log.note").read_text(),
            ),
        ]
        for key, note in notes:
            key = checker.Key.read(key)
            self.assertEqual(checker.Note.read(note.encode()).held([key]), [(key, 0)])
            # The author of the ML-DSA-44 vector signs origin, size and root; the others the whole text.
            turned = note.replace("\n1\n", "\n2\n").replace("problem", "Problem").replace("example m", "Example m")
            with self.assertRaises(checker.Wrong):
                checker.Note.read(turned.encode()).held([key])

    def test_points_of_small_order_are_no_keys(self):
        p, d = checker.P, -121665 * pow(121666, -1, checker.P) % checker.P

        def double(x, y):
            k = d * x * x * y * y % p
            return 2 * x * y * pow(1 + k, -1, p) % p, (y * y + x * x) * pow(1 - k, -1, p) % p

        for y in checker.SMALL_ORDER:
            square = (y * y - 1) * pow(d * y * y + 1, -1, p) % p
            root = pow(square, (p + 3) // 8, p)
            x = root if root * root % p == square else root * pow(2, (p - 1) // 4, p) % p
            self.assertEqual(x * x % p, square)
            for _ in range(3):
                x, y = double(x, y)
            self.assertEqual((x, y), (0, 1), "eight times it is nothing")
        for key in (bytes(32), bytes([1]) + bytes(31), checker.P.to_bytes(32, "little"), bytes([255] * 32)):
            self.assertFalse(checker.good_point(key))
        # With such a key the signature R = 1, s = 0 would hold for any message where these are let through.
        self.assertFalse(checker.ed25519_holds(bytes([1]) + bytes(31), b"any", bytes([1]) + bytes(63)))

    def test_only_deterministic_cbor_is_read(self):
        good = {"05": 5, "20": -1, "4101": b"\x01", "6161": "a", "820102": [1, 2], "a10102": {1: 2}, "f6": None}
        for raw, value in good.items():
            self.assertEqual(checker.cbor_read(bytes.fromhex(raw)), value)
        bad = ["", "1805", "0505", "18", "9fff", "5fff", "f5", "f97e00", "a201000100", "a202000100", "8101ff", "5bffffffffffffffff"]
        bad += ["9bffffffffffffffff", "bbffffffffffffffff", "81" * 9, "61ff", "a18000", "1c"]
        for raw in bad:
            with self.assertRaises(checker.Unreadable, msg=raw):
                checker.cbor_read(bytes.fromhex(raw))

    def test_malformed_notes_and_keys(self):
        good = "a\n1\n" + base64.b64encode(bytes(32)).decode() + "\n\n— a AAAAAAA=\n"
        checker.checkpoint_of(checker.Note.read(good.encode()).text)
        for before, after in (("— ", "- "), ("— a", "— a+"), ("AAA=\n", "AAA=\n\n"), ("AAA=\n", "AAA="), ("AAAAAAA=", "AAAAAAB=")):
            with self.assertRaises(checker.Unreadable, msg=after):
                checker.Note.read(good.replace(before, after).encode())
        for before, after in (("\n1\n", "\n01\n"), ("\n1\n", "\n+1\n"), ("\n1\n", f"\n{2**64}\n"), ("\n1\n", "\n1\nx\n"), ("a\n1", "a b\n1")):
            with self.assertRaises(checker.Unreadable, msg=after):
                checker.checkpoint_of(checker.Note.read(good.replace(before, after).encode()).text)
        for key in ("", "a+00000000+AQ==", "a+00000000", "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"):
            with self.assertRaises(checker.Unreadable, msg=key):
                checker.Key.read(key)


if __name__ == "__main__":
    unittest.main()
