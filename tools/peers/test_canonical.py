"""Tests of canonical.py, without a dictionary on disk."""

import pathlib
import tempfile

import canonical

ALIKE = [
    ("Сергійович", "Serhiiovych"),
    ("Щербак", "Shcherbak"),
    ("Щербак", "Ščerbak"),
    ("Дoкшина", "Докшина"),
    ("Юрій", "Iouriy"),
    ("Мігда", "Mihda"),
]
APART = [("Шевченко", "Савченко"), ("Андрій", "Андріян")]
TABLE = "uk,ru_variants,latin_kmu2010,ru_proxy_count\nОлексій,Алексей,Oleksii,9\nМикола,Николай,Mykola,7\n"

for one, two in ALIKE:
    forms = [canonical.skeleton(canonical.romanised(word)) for word in (one, two)]
    assert forms[0] == forms[1], (one, two, forms)
for one, two in APART:
    forms = [canonical.skeleton(canonical.romanised(word)) for word in (one, two)]
    assert forms[0] != forms[1], (one, two, forms)
with tempfile.TemporaryDirectory() as folder:
    for kind in ("last", "first", "patronymic"):
        (pathlib.Path(folder) / f"uk_{kind}_with_ru_and_latin.csv").write_text(TABLE, encoding="utf-8")
    names = canonical.Names(folder)
    assert names.form("first", "Олексій") == names.form("first", "Алексей") == names.form("first", "Oleksij")
    assert names.form("first", "Микола") != names.form("first", "Олексій")
    assert names.form("first", "") is None
assert canonical.number("А4522") == canonical.number("A4522") == "A4522"
print("canonical forms: ok")
