//! A name written by any table of romanisation is recognised: its key, or one of its readings, is that of the Cyrillic one.

mod common;

use common::{Scheme, level, shared};
use linkage::forms::{Folding, Forms, Level, Role};
use serde_json::Value;

/// All tables that the folder of references has.
fn schemes() -> Option<Vec<Scheme>> {
    let tables: Value =
        serde_json::from_str(&shared("ref/transliteration/translitua_tables.json")?).expect("tables in JSON");
    let mut schemes: Vec<Scheme> =
        tables.as_object()?.iter().map(|(name, table)| Scheme::of_translitua(name, table)).collect();
    for name in IULIIA {
        let text = shared(&format!("ref/transliteration/iuliia_ru_schemas/{name}.json"))?;
        let schema: Value = serde_json::from_str(&text).expect("a schema in JSON");
        let scheme = Scheme::of_iuliia(&schema);
        for sample in schema["samples"].as_array().expect("samples") {
            let words = |at: usize| sample[at].as_str().unwrap_or_default().to_lowercase();
            let ours: Vec<String> = words(0).split(' ').map(|word| scheme.romanise_all(word)).collect();
            assert_eq!(ours.join(" "), words(1), "{name} is applied as its author does");
        }
        schemes.push(scheme);
    }
    Some(schemes)
}

const IULIIA: [&str; 28] = [
    "ala_lc",
    "ala_lc_alt",
    "bgn_pcgn",
    "bgn_pcgn_alt",
    "bs_2979",
    "bs_2979_alt",
    "gost_16876",
    "gost_16876_alt",
    "gost_52290",
    "gost_52535",
    "gost_7034",
    "gost_779",
    "gost_779_alt",
    "icao_doc_9303",
    "iso_9_1954",
    "iso_9_1968",
    "iso_9_1968_alt",
    "mosmetro",
    "mvd_310",
    "mvd_310_fr",
    "mvd_782",
    "scientific",
    "telegram",
    "ungegn_1987",
    "uz",
    "wikipedia",
    "yandex_maps",
    "yandex_money",
];

/// Names of a column, without repetition, the most frequent first.
fn names(path: &str, column: usize, most: usize) -> Option<Vec<String>> {
    let text = shared(path)?;
    let mut names: Vec<String> = Vec::new();
    for line in text.lines().skip(1) {
        let name = line.split(',').nth(column).unwrap_or_default().to_owned();
        if name.chars().count() > 2
            && name.chars().all(|c| c.is_alphabetic() || "'’".contains(c))
            && !names.contains(&name)
        {
            names.push(name);
        }
        if names.len() == most {
            break;
        }
    }
    Some(names)
}

/// What a table does to names, per mille: recognised as one name, nearly, by one key; and of other names, taken for this one.
struct Measured {
    one: usize,
    near: usize,
    key: usize,
    false_one: usize,
    false_near: usize,
    missed: Vec<String>,
}

fn measure(scheme: &Scheme, names: &[String]) -> Measured {
    let mut forms = Forms::new(Folding::Name);
    let cyrillic: Vec<u32> = names.iter().map(|name| forms.form(name)).collect();
    let latin: Vec<u32> = names.iter().map(|name| forms.form(&scheme.romanise(name))).collect();
    forms.settle();
    let mut found = Measured { one: 0, near: 0, key: 0, false_one: 0, false_near: 0, missed: Vec::new() };
    let mut others = 0;
    for (at, name) in names.iter().enumerate() {
        let (c, l) = (cyrillic[at], latin[at]);
        found.key += usize::from(forms.key(c, Role::Surname) == forms.key(l, Role::Surname));
        match forms.level(c, l, Role::Surname) {
            Level::Same | Level::OneName => found.one += 1,
            level => {
                found.near += usize::from(level == Level::Near);
                found.missed.push(format!("{name}~{}", scheme.romanise(name)));
            }
        }
        for step in 1..=40 {
            let other = (at * 7 + step * 37 + step * step) % names.len();
            if forms.level(c, cyrillic[other], Role::Surname) >= Level::Alike {
                others += 1;
                match forms.level(l, cyrillic[other], Role::Surname) {
                    Level::Same | Level::OneName => found.false_one += 1,
                    Level::Near => found.false_near += 1,
                    _ => {}
                }
            }
        }
    }
    let (all, others) = (names.len().max(1), others.max(1));
    Measured {
        one: found.one * 1_000 / all,
        near: found.near * 1_000 / all,
        key: found.key * 1_000 / all,
        false_one: found.false_one * 1_000_000 / others,
        false_near: found.false_near * 1_000_000 / others,
        missed: found.missed,
    }
}

/// Rows of our own for every table, so that each is tried where the folder of references is not.
#[test]
fn a_name_in_every_table_is_recognised_and_no_other_one() {
    let mut names: Vec<&str> = Vec::new();
    let mut tables = 0;
    for line in include_str!("data/romanised.txt").lines().filter(|line| !line.starts_with('#')) {
        let (table, row) = line.split_once(' ').expect("a table and its row");
        if matches!(table, "uk" | "ru") {
            names = row.split(' ').collect();
            continue;
        }
        tables += 1;
        let row: Vec<&str> = row.split(' ').collect();
        assert_eq!(row.len(), names.len(), "{table}");
        for (name, latin) in names.iter().zip(&row) {
            let found = level(name, latin.trim_start_matches('~'), Role::Surname);
            let as_expected = match latin.starts_with('~') {
                true => matches!(found, Level::Near | Level::Alike),
                false => found == Level::OneName,
            };
            assert!(as_expected, "{table}: {name} {latin} {found:?}");
            for other in names.iter().filter(|other| *other != name) {
                assert!(level(other, latin, Role::Surname) > Level::OneName, "{table}: {other} {latin}");
            }
        }
    }
    assert_eq!(tables, 56);
}

/// Of names that a table writes, the least share, per mille, that is recognised as one name, where it is not 980: the table
/// gives one letter to two sounds and leaves no sign which.
const LESS: [(&str, usize); 2] = [("UkrainianGerman", 920), ("uz", 950)];

#[test]
#[expect(clippy::print_stderr, reason = "the measured shares are meant to be read in the test's output")]
fn every_table_of_romanisation_is_recognised() {
    let Some(schemes) = schemes() else { return };
    let lists = [
        ("ref/names/uk_last_with_ru_and_latin.csv", 0, true, 1_000),
        ("ref/names/uk_first_with_ru_and_latin.csv", 0, true, 300),
        ("ref/names/ru_last_counts.csv", 5, false, 1_000),
        ("ref/names/ru_first_counts.csv", 1, false, 300),
    ];
    eprintln!(
        "table, list: one name, near, one key (per mille); taken for another: one name, near (per million)"
    );
    for (path, column, ukrainian, most) in lists {
        let Some(names) = names(path, column, most) else { return };
        for scheme in schemes.iter().filter(|scheme| scheme.ukrainian == ukrainian) {
            let found = measure(scheme, &names);
            let what = path.rsplit('/').next().unwrap_or_default();
            eprintln!(
                "{:42} {:12} {:4} {:4} {:4}  {:4} {:5}  {}",
                scheme.name,
                &what[..8],
                found.one,
                found.near,
                found.key,
                found.false_one,
                found.false_near,
                found.missed[..found.missed.len().min(6)].join(" ")
            );
            let least = LESS.iter().find(|(name, _)| *name == scheme.name).map_or(980, |(_, least)| *least);
            assert!(found.one >= least && found.one + found.near >= 990, "{}", scheme.name);
            assert!(found.false_one <= 50 && found.false_near <= 200, "{}: taken for others", scheme.name);
        }
    }
}
