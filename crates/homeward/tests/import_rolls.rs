//! The two historical rolls, read in place: exact counts of what is accepted and what is refused, by reason.
//!
//! The rolls are not part of this repository. `HOMEWARD_SHARED` says where they are; without them the tests say so and pass.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use exchange::ids::PersonId;
use exchange::person::{List, NameKind, Person, Provenance};
use homeward::import::builtin::{fitting, named};
use homeward::import::refusal::{FindingKind, Reason, by_reason};
use homeward::import::{Known, Preview, Refusals, Source, Target, read};

/// The folder of the shared data, or nothing, said aloud.
fn shared(roll: &str) -> Option<PathBuf> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let folder = std::env::var("HOMEWARD_SHARED").unwrap_or_else(|_| default.to_owned());
    let folder = PathBuf::from(folder).join("data").join(roll);
    if folder.is_dir() {
        return Some(folder);
    }
    let _ = writeln!(std::io::stderr(), "SKIPPED: {} is absent, so the roll was not read", folder.display());
    None
}

fn import(map: &str, folder: &Path, file: &str) -> Result<Preview, Box<Refusals>> {
    let map = named(map).unwrap();
    let bytes = std::fs::read(folder.join(file)).unwrap();
    assert_eq!(fitting(&bytes).iter().map(|map| &*map.name).collect::<Vec<_>>(), [&*map.name]);
    let files = map.lookups.iter().map(|lookup| std::fs::read(folder.join(&lookup.file)).unwrap());
    let files = files.collect::<Vec<_>>();
    let lookups = map.lookups.iter().zip(&files);
    let lookups = lookups.map(|(lookup, bytes)| Source { name: &lookup.file, bytes }).collect::<Vec<_>>();
    let target =
        Target { list: List::Sought, power: None, list_name: "the roll".into(), known: Known::default() };
    let mut next = 0_u128;
    read(Source { name: file, bytes: &bytes }, &lookups, &map, &target, &mut || {
        next += 1;
        PersonId(next.to_be_bytes())
    })
}

#[test]
fn the_british_roll_is_refused_for_its_orphans_and_impossible_dates_and_the_rest_can_be_taken() {
    let Some(folder) = shared("uk_cmp_pow") else { return };
    let refusals = import("uk-cmp", &folder, "imprisonment.csv").unwrap_err();
    assert_eq!(refusals.rows, 947);
    let expected = [(Reason::OrphanKey, 198), (Reason::DateOutOfRange, 2), (Reason::EndBeforeStart, 2)];
    assert_eq!(by_reason(&refusals.list), BTreeMap::from(expected));
    let year = refusals.list.iter().find(|refusal| refusal.found.to_string().starts_with("1040")).unwrap();
    assert_eq!(
        year.to_string(),
        "imprisonment.csv, row 331, column dateFrom: date-out-of-range \
         (1040-06-11, plausible 1914-08-04 to 1946-12-31)"
    );
    let orphan = refusals.list.iter().find(|refusal| refusal.reason == Reason::OrphanKey).unwrap();
    assert!(
        orphan.to_string().contains("this key of imprisonment.csv is in no row of soldiers_pow_only.csv")
    );
    let refused = refusals.rows_refused();
    let aside = refusals.set_aside().unwrap();
    let counts = &aside.preview.counts;
    assert_eq!(counts.lookup_rows["pow_camps.csv"], 116);
    assert_eq!(counts.lookup_rows["soldiers_pow_only.csv"], 749);
    assert_eq!(counts.lookup_rows["ranks.csv"], 110);
    assert_eq!(counts.rows_accepted + refused, 947);
    assert_eq!((refused, aside.rows), (201, 201));
    assert_eq!((counts.people, counts.spells, counts.sites), (746, 746, 75));
}

#[test]
fn the_australian_roll_gives_the_same_persons_from_json_and_from_csv() {
    let Some(folder) = shared("au_ww2_pow") else { return };
    let json = import("au-dva-json", &folder, "pows.original_format.json").unwrap();
    let csv = import("au-dva-csv", &folder, "au_ww2_pow_born_1915_or_before.csv").unwrap();
    for (left, right) in json.people.iter().zip(&csv.people) {
        assert!(without_place(left) == without_place(right), "row {} of the JSON", left.provenance.row);
    }
    let counts = &json.counts;
    assert_eq!(counts, &csv.counts);
    assert_eq!((counts.rows, counts.rows_accepted, counts.people, counts.aliases), (2715, 2715, 2707, 13));
    let finding = |kind| json.findings.iter().filter(|finding| finding.kind == kind).count();
    assert_eq!(finding(FindingKind::SharedServiceNumber), 0);
    assert_eq!(finding(FindingKind::DiffersWithinPerson), 0);
    let year_only = |person: &&Person| person.birth.is_some_and(|birth| birth.day().is_none());
    assert_eq!(json.people.iter().filter(year_only).count(), 19);
    assert_eq!(json.people.iter().filter(|person| person.service_number.is_none()).count(), 24);
    assert!(json.people.iter().all(|person| person.names[0].kind == NameKind::Main));
}

fn without_place(person: &Person) -> Person {
    Person { provenance: Provenance { row: 0, map: None, ..person.provenance.clone() }, ..person.clone() }
}
