//! Tests of the register, against real files in a temporary directory.

mod damage;
mod faults;
mod figures;
mod kill;
mod pairs;
mod signing;
mod writes;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use exchange::ids::{Party, PersonId};
use exchange::person::{
    Capture, Claim, Custody, Examination, Examiner, Grade, Kin, List, Name, NameKind, PartialDate, Person,
    Provenance, Rank, Sex, Source, State, Text,
};
use time::macros::date;

use crate::keys::sha256;
use crate::{Actor, Entropy, NodeKey, Opening, Register, RegisterError, Sign};

/// Words that stand in the sealed part of a test person, and nowhere else.
const SECRETS: [&str; 5] = ["Мігда", "Максим", "A3gEpilepsy", "+000 55 01 23", "Лужки-над-Вільшанкою"];

/// Bytes that differ with every call and every `seed`.
fn entropy(seed: u64) -> Entropy {
    let calls = AtomicU64::new(0);
    Arc::new(move |purpose: &str| {
        let call = calls.fetch_add(1, Ordering::Relaxed);
        sha256(format!("{seed} {call} {purpose}").as_bytes())
    })
}

/// Stands in for a signature: a frame around the body, as a signed message has.
fn sign() -> Sign {
    Arc::new(|draft| [b"signed(", draft.body.as_slice(), b")by ", draft.officer.as_bytes(), b";"].concat())
}

async fn try_open(dir: &Path, key: u8, seed: u64) -> Result<Register, RegisterError> {
    Register::open(Opening {
        dir,
        node_key: NodeKey::new([key; 32]),
        entropy: entropy(seed),
        sign: sign(),
        genesis: b"opening entry;".to_vec(),
    })
    .await
}

async fn open(dir: &Path) -> Register {
    // Another seed at every opening would hide a nonce drawn twice; the same seed is the harder case.
    try_open(dir, 7, 1).await.unwrap()
}

fn registrar() -> Actor {
    Actor { officer: "registrar".to_owned(), purpose: Some("to tell the family".to_owned()) }
}

/// A person with something in every field.
fn person(id: u8, list: List) -> Person {
    let text = |text: &str| Some(Text(text.to_owned()));
    Person {
        list,
        id: PersonId([id; 16]),
        power: Party::new("belmar").unwrap(),
        names: vec![Name {
            surname: Text(format!("{} {id}", SECRETS[0])),
            given: text(SECRETS[1]),
            patronymic: text("Олегович"),
            kind: NameKind::Main,
        }],
        sex: Some(Sex::Male),
        birth: Some(PartialDate::Day(date!(1987 - 03 - 04))),
        birth_place: text(SECRETS[4]),
        rank: Some(Rank { code: Some("OR-3".to_owned()), written: "старший солдат".to_owned() }),
        service_number: text("AB-001234"),
        unit: text("3rd battalion"),
        prisoner_number: None,
        capture: Some(Capture { date: Some(PartialDate::Month(2022, 5)), place: text("at the river") }),
        custody: vec![Custody { site: "S-04".to_owned(), from: Some(PartialDate::Year(2022)), to: None }],
        examinations: vec![Examination {
            date: date!(2025 - 06 - 01),
            condition: SECRETS[2].to_owned(),
            onset: Some(date!(2024 - 01 - 31)),
            by: Examiner::MixedCommission,
        }],
        claims: vec![Claim {
            says: State::Held,
            of: date!(2025 - 06 - 02),
            source: Source::HoldingPower,
            grade: Grade::Confirmed,
        }],
        kin: vec![Kin {
            relation: "mother".to_owned(),
            name: Text("Мігда Олена".to_owned()),
            phone: text(SECRETS[3]),
            language: Some("uk".to_owned()),
        }],
        remarks: None,
        provenance: Provenance {
            list_name: "first list".to_owned(),
            row: u32::from(id),
            key: None,
            map: None,
        },
    }
}

/// Saves some people in one write.
async fn save(register: &Register, people: impl IntoIterator<Item = Person>) {
    let mut write = register.begin(&registrar(), "import", None, 1_000).await.unwrap();
    for person in people {
        let keys = [format!("surname:{}", person.names[0].surname.as_str()), "given:maksym".to_owned()];
        write.save_person(&person, &keys).await.unwrap();
    }
    write.commit().await.unwrap();
}

/// Numbers below a bound, the same for the same seed.
fn chance(seed: u64) -> impl FnMut(usize) -> usize {
    let (seed, mut call) = (seed, 0_u64);
    move |below| {
        call += 1;
        let drawn = sha256(format!("chance {seed} {call}").as_bytes());
        let (number, _) = drawn.split_first_chunk::<8>().unwrap();
        (u64::from_be_bytes(*number) % below as u64) as usize
    }
}

/// Says something a reader of the test's output should know: a figure, or a test that could not run.
#[expect(clippy::print_stderr, reason = "figures and skipped tests are said aloud")]
fn say(line: &str) {
    eprintln!("{line}");
}

/// All bytes of all files in a directory.
fn files(dir: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        all.extend(if path.is_dir() { files(&path) } else { std::fs::read(&path).unwrap() });
    }
    all
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
