//! Names, numbers, places, kin and phones that occur nowhere else are brought into a node, read, searched for and got
//! wrong in every way; then every byte the node left behind is searched for them.
//!
//! What is searched: the database and its side files, the record files, both streams of the process, its folder for
//! temporary files, the names of all files, and the headers of every answer. A condition has a code of the law's list and
//! no token of its own; its sealed column lies beside the others.

mod live;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use homeward::http::Answer;
use homeward::officer::Role;
use live::{Folder, HELD, Running, Session};

/// People on each of the two lists.
const PEOPLE: usize = 40;
/// Where a planted token must be found: the search is not blind.
const PLANTED: &str = "planted.txt";

const SOUGHT: &str = "case_number,surname,given_name,patronymic,sex,birth_date,rank_code,rank,service_number,unit,\
    last_seen_on,last_seen_at,status,status_source,status_grade,status_on,kin_relation,kin_name,kin_phone,kin_language";

/// Words that stand for somebody and occur nowhere else.
struct Tokens(Vec<String>);

impl Tokens {
    /// A new word: letters that no language puts together, and which one it is.
    fn make(&mut self, kind: &str) -> String {
        let mut number = self.0.len();
        let mut letters = String::new();
        for _ in 0..4 {
            letters.push(char::from(b'a' + u8::try_from(number % 26).unwrap()));
            number /= 26;
        }
        let token = match kind {
            "cyrillic" => {
                let shifted = letters.chars().map(|c| char::from_u32(c as u32 - 0x61 + 0x430).unwrap());
                format!("Щьґж{}", shifted.collect::<String>())
            }
            "phone" => format!("+999{:09}", 771_000_000 + self.0.len()),
            "number" => format!("QX{:07}", 4_410_000 + self.0.len()),
            _ => format!("Qzxvj{letters}"),
        };
        self.0.push(token.clone());
        token
    }

    /// The ways in which a word could stand in a file: as typed, folded, in UTF-16, in hexadecimal digits.
    fn forms(&self) -> Vec<Vec<u8>> {
        let mut forms = Vec::new();
        for token in &self.0 {
            let lower = token.to_lowercase();
            forms.push(token.encode_utf16().flat_map(u16::to_le_bytes).collect());
            forms.push(homeward::chance::hex(token.as_bytes()).into_bytes());
            forms.push(token.to_uppercase().into_bytes());
            forms.push(token.clone().into_bytes());
            forms.push(lower.into_bytes());
        }
        forms.sort();
        forms.dedup();
        forms
    }
}

#[tokio::test]
async fn no_name_is_found_in_any_byte_a_node_leaves_behind() {
    let place = tempfile::tempdir().unwrap();
    let first = [("administrator-1", &[Role::Administrator][..]), ("everything-1", &Role::ALL[..])];
    let folder = Folder::prepare(place.path(), &first);
    let mut node = folder.start();
    let administrator = node.sign_in(&node.printed_link("administrator-1")).await;
    let officer = node.sign_in_by(&administrator, "everything-1").await;
    let mut tokens = Tokens(Vec::new());
    let mut answers = bring_in(&officer, &node, &mut tokens).await;
    answers.extend(use_every_page(&officer, &node, &tokens).await);
    answers.extend(get_it_wrong(&officer, &node, &mut tokens).await);
    let forms = tokens.forms();
    for (what, answer) in &answers {
        assert_eq!(hits(&forms, format!("{:?}", answer.headers).as_bytes()), 0, "headers of {what}");
        if answer.status.is_client_error() || answer.status.is_server_error() {
            assert_eq!(hits(&forms, &answer.body), 0, "{what}: {}", answer.status);
        }
    }
    let shown = answers.iter().filter(|(_, answer)| hits(&forms, &answer.body) > 0).count();
    assert!(shown > PEOPLE, "the pages show whom they are about: {shown} of {}", answers.len());

    let while_it_runs = search(place.path(), &forms);
    node.kill();
    drop(folder.start());
    let after_a_restart = search(place.path(), &forms);
    for (when, found) in [("while it runs", &while_it_runs), ("after a restart", &after_a_restart)] {
        assert_eq!(found.hits, Vec::<PathBuf>::new(), "{when}: names in these files");
    }
    std::fs::write(place.path().join("data").join(PLANTED), format!("a line about {}", tokens.0[3])).unwrap();
    let planted = search(place.path(), &forms);
    assert_eq!(planted.hits, [place.path().join("data").join(PLANTED)], "a planted name is found");
    say(&format!(
        "canary: {} words in {} forms x {} bytes in {} files, {} answers: 0 hits; a planted word was found",
        tokens.0.len(),
        forms.len(),
        while_it_runs.bytes + after_a_restart.bytes,
        while_it_runs.files + after_a_restart.files,
        answers.len()
    ));
}

type Answers = Vec<(String, Answer)>;

/// Imports both lists; every cell that may tell somebody who it is about is a token.
async fn bring_in(officer: &Session, node: &Running, tokens: &mut Tokens) -> Answers {
    let purpose = [("purpose", "registration"), ("back", "/")];
    let answer = officer.post(&node.desk, "/purpose", &purpose).await.unwrap();
    assert!(answer.status.is_redirection(), "{answer:?}");
    let mut answers = Vec::new();
    for (list, header) in [("held", HELD), ("sought", SOUGHT)] {
        let rows: Vec<String> = (0..PEOPLE).map(|nth| row(list, nth, tokens)).collect();
        let csv = format!("{header}\r\n{}\r\n", rows.join("\r\n"));
        let fields = [("list", list), ("map", list), ("name", list)];
        let preview = officer.upload(&node.desk, "/import", &fields, &csv).await.unwrap();
        let view: serde_json::Value = preview.json().unwrap();
        assert_eq!(view["accepted"], PEOPLE, "{view}");
        let confirm = format!("/import/{}/confirm", view["import"].as_str().unwrap());
        let done = officer.post(&node.desk, &confirm, &[]).await.unwrap();
        assert!(done.status.is_success(), "{done:?}");
        answers.extend([(format!("preview of {list}"), preview), (format!("import of {list}"), done)]);
    }
    answers
}

fn row(list: &str, nth: usize, tokens: &mut Tokens) -> String {
    let script = if nth.is_multiple_of(2) { "cyrillic" } else { "latin" };
    let [surname, given, patronymic] = [(); 3].map(|()| tokens.make(script));
    let (number, unit, place) = (tokens.make("number"), tokens.make("latin"), tokens.make("latin"));
    let born = format!("{}-0{}-1{}", 1970 + nth % 30, 1 + nth % 9, nth % 10);
    let person = format!(
        "{surname},{given},{patronymic},male,{born},OR-3,Sergeant,{number},{unit},2023-05-1{}",
        nth % 10
    );
    if list == "held" {
        let card = tokens.make("number");
        return format!(
            "{card},{person},{place},S-01,Mill,2023-06-01,,seriously_wounded,A3a,2023-06-01,2025-05-20,detaining_power"
        );
    }
    let (case, kin, phone) = (tokens.make("number"), tokens.make(script), tokens.make("phone"));
    format!("{case},{person},{place},held,family,likely,2023-09-01,mother,{kin},{phone},uk")
}

/// Opens every page there is, and every dossier, as a page and as JSON.
async fn use_every_page(officer: &Session, node: &Running, tokens: &Tokens) -> Answers {
    let pages = [
        "/",
        "/agreement",
        "/drafts",
        "/import",
        "/rounds",
        "/ledger",
        "/log",
        "/calls",
        "/bulletins",
        "/officers",
    ];
    let mut paths: Vec<String> = pages.iter().map(|path| (*path).to_owned()).collect();
    for list in ["held", "sought"] {
        paths.push(format!("/people?list={list}"));
        let view: serde_json::Value =
            officer.get(&node.desk, &format!("/people?list={list}")).await.unwrap().json().unwrap();
        let people = view["people"].as_array().unwrap();
        assert!(people.len() >= PEOPLE / 2, "{} people on the first page of {list}", people.len());
        paths.extend(people.iter().map(|person| format!("/people/{}", person["id"].as_str().unwrap())));
    }
    let mut answers = Vec::new();
    for path in paths {
        answers.push((format!("page {path}"), officer.page(&node.desk, &path).await.unwrap()));
        answers.push((format!("view {path}"), officer.get(&node.desk, &path).await.unwrap()));
    }
    let search = [("list", "held"), ("q", tokens.0[10].as_str())];
    answers.push(("a search".to_owned(), officer.post(&node.desk, "/people", &search).await.unwrap()));
    assert!(answers.iter().all(|(_, answer)| answer.status.is_success()), "{:?}", failed(&answers));
    answers
}

/// Sends names where they do not belong, lists that are refused, forms that do not read.
async fn get_it_wrong(officer: &Session, node: &Running, tokens: &mut Tokens) -> Answers {
    let mut answers = Vec::new();
    let mut name = || tokens.make("latin");
    let bad_list =
        format!("{HELD}\r\nP-1,{},{},,male,{},OR-77,,,,,,,,,,,,,,\r\n\"{}", name(), name(), name(), name());
    let unknown = format!("{},{}\r\n{},{}\r\n", name(), name(), name(), name());
    for csv in [bad_list, unknown] {
        let fields = [("list", "held"), ("map", "held"), ("name", "wrong")];
        answers.push((
            "a refused list".to_owned(),
            officer.upload(&node.desk, "/import", &fields, &csv).await.unwrap(),
        ));
    }
    let wrong = [
        ("/people/nobody/claims".to_owned(), "says", name()),
        (format!("/people/{}/claims", "ab".repeat(16)), "of", name()),
        ("/purpose".to_owned(), "purpose", name()),
        ("/officers".to_owned(), "id", name()),
        ("/agreement".to_owned(), "terms", name()),
        (format!("/drafts/{}/approve", name()), "x", name()),
        ("/rounds/1/wills".to_owned(), "will.x", name()),
        ("/rounds/1/notice".to_owned(), "until", name()),
        ("/calls/nobody".to_owned(), "who", name()),
        (format!("/{}", name()), "x", name()),
    ];
    for (path, field, value) in wrong {
        for answer in [
            officer.post(&node.desk, &path, &[(field, &value)]).await.unwrap(),
            officer.submit(&node.desk, &path, &[(field, &value)]).await.unwrap(),
        ] {
            assert!(answer.status.is_client_error(), "{path} {field}: {answer:?}");
            answers.push((format!("{path} with a name as {field}"), answer));
        }
    }
    answers
}

fn failed(answers: &Answers) -> Vec<String> {
    let failed = answers.iter().filter(|(_, answer)| !answer.status.is_success());
    failed.map(|(what, answer)| format!("{what}: {}", answer.status)).collect()
}

#[derive(Default)]
struct Found {
    files: usize,
    bytes: usize,
    hits: Vec<PathBuf>,
}

/// Searches every file under a folder, and its name.
fn search(folder: &Path, forms: &[Vec<u8>]) -> Found {
    let mut found = Found::default();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            found.files += 1;
            found.bytes += bytes.len();
            if hits(forms, &bytes) + hits(forms, path.to_string_lossy().as_bytes()) > 0 {
                found.hits.push(path);
            }
        }
    }
    found
}

/// How many of the forms stand in the bytes. Forms begin with few different bytes, so these are looked for first.
fn hits(forms: &[Vec<u8>], bytes: &[u8]) -> usize {
    let mut by_start: BTreeMap<[u8; 4], Vec<&[u8]>> = BTreeMap::new();
    for form in forms {
        by_start.entry([form[0], form[1], form[2], form[3]]).or_default().push(form);
    }
    let starts: BTreeSet<u8> = by_start.keys().map(|start| start[0]).collect();
    let mut first = [false; 256];
    for start in starts {
        first[usize::from(start)] = true;
    }
    let mut seen: BTreeSet<&[u8]> = BTreeSet::new();
    for at in 0..bytes.len().saturating_sub(3) {
        if !first[usize::from(bytes[at])] {
            continue;
        }
        let start = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]];
        if let Some(forms) = by_start.get(&start) {
            seen.extend(forms.iter().copied().filter(|form| bytes[at..].starts_with(form)));
        }
    }
    seen.len()
}

fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
