"""Names in one form whatever their script and language: what a careful user of Splink would prepare.

Cyrillic words with Latin look-alikes are folded, everything is romanised by any_ascii, then brought to a coarse Slavic
skeleton, and a skeleton that the dictionary of Ukrainian and Russian forms (names_translator) knows becomes that of the first
Russian form. Nicknames are not resolved. Every distinct word is worked out once.
"""

import csv
import functools
import pathlib
import re

from anyascii import anyascii

CYRILLIC = re.compile("[\u0400-\u04ff]")
LATIN = re.compile("[a-z]")
LOOK_ALIKE = str.maketrans("aeiopcyxkmtbh", "аеіорсухкмтвн")
# In this order, longest first: spellings of one sound by different systems become one.
SOUNDS = [
    ("schtsch", "S"), ("chtch", "S"), ("shch", "S"), ("shh", "S"), ("stch", "S"), ("sc", "S"),
    ("tsch", "C"), ("tch", "C"), ("ch", "C"), ("sch", "S"), ("sh", "S"), ("zgh", "zg"), ("zh", "Z"),
    ("kh", "g"), ("gh", "g"), ("h", "g"), ("x", "g"), ("tc", "c"), ("ts", "c"), ("tz", "c"),
    ("ou", "u"), ("w", "v"), ("jj", "i"), ("j", "i"), ("y", "i"),
]  # fmt: skip


def skeleton(word):
    """The coarse form of a romanised word in small letters."""
    word = re.sub("[^a-z]", "", word)
    for spelling, sound in SOUNDS:
        word = word.replace(spelling, sound)
    word = re.sub("i+", "i", word)
    word = re.sub("i([aeou])", r"\1", word)
    return re.sub(r"(.)\1+", r"\1", word)


def romanised(word):
    word = word.lower()
    if CYRILLIC.search(word) and LATIN.search(word):
        word = word.translate(LOOK_ALIKE)
    return anyascii(word).lower()


class Names:
    """The dictionary: from the skeleton of any known form to that of the first Russian form."""

    def __init__(self, folder):
        self.known = {kind: self.read(pathlib.Path(folder), kind) for kind in ("last", "first", "patronymic")}
        self.form = functools.cache(self.form)

    @staticmethod
    def read(folder, kind):
        best = {}
        with open(folder / f"uk_{kind}_with_ru_and_latin.csv", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                russian = row["ru_variants"].split("|")
                target = skeleton(romanised(russian[0]))
                count = int(row["ru_proxy_count"] or 0)
                for form in {row["uk"], row["latin_kmu2010"], *russian}:
                    key = skeleton(romanised(form))
                    if count >= best.get(key, ("", -1))[1]:
                        best[key] = (target, count)
        # Of names that share a skeleton the more frequent one decides.
        return {key: target for key, (target, _) in best.items()}

    def form(self, kind, word):
        if not word:
            return None
        key = skeleton(romanised(word))
        return self.known[kind].get(key, key) or None


def place(word):
    return skeleton(romanised(word)) or None if word else None


def number(word):
    """A unit or service number: Cyrillic letters that look Latin become so."""
    back = str.maketrans("АВЕКМНОРСТХІ", "ABEKMHOPCTXI")
    return word.upper().translate(back) or None if word else None
