//! Guards of the house: what each crate may know, where each kind of text may stand, and that the book holds together.
//!
//! Every guard is a function of text that returns what it found wrong, so that beside each run over the real tree
//! stands a run over a broken sample that must find something. A finding names the file, the line and the rule.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a crate may depend on directly, outside tests: names with a space between. A new name here comes with an entry in `docs/decisions`.
const MAY_USE: &[(&str, &str)] = &[
    ("exchange", "serde sha2 thiserror time toml"),
    ("linkage", ""),
    (
        "parley",
        "base64 chacha20poly1305 coset curve25519-dalek ed25519-dalek hkdf hpke minicbor ml-dsa sha2 thiserror \
         x25519-dalek zeroize",
    ),
    (
        "register",
        "chacha20poly1305 exchange hkdf hmac minicbor parley sha2 sqlx thiserror time tokio \
         tracing zeroize",
    ),
    ("rehearsal", "exchange time"),
    (
        "homeward",
        "anyhow askama axum clap csv encoding_rs exchange fluent-bundle fluent-syntax getrandom hkdf hmac \
         http-body-util hyper hyper-util indicatif linkage minicbor parley parquet register rehearsal \
         rust-embed serde serde_json sha2 thiserror time tokio toml tracing tracing-subscriber \
         unic-langid zeroize",
    ),
];

/// What may appear nowhere under a crate, however deep.
const MAY_NOT_REACH: &[(&str, &[&str])] = &[
    ("exchange", &["axum", "ed25519-dalek", "getrandom", "hyper", "openssl", "rand", "sqlx-core", "tokio"]),
    ("linkage", &["axum", "ed25519-dalek", "getrandom", "hyper", "openssl", "rand", "sqlx-core", "tokio"]),
    ("parley", &["axum", "exchange", "getrandom", "hyper", "openssl", "register", "sqlx-core", "tokio"]),
    ("register", &["askama", "axum", "hyper", "linkage", "openssl"]),
    ("homeward", &["openssl", "openssl-sys", "native-tls"]),
];

/// A kind of text and the only places it may stand in.
struct Place {
    /// What the guard keeps apart, as a finding words it.
    what: &'static str,
    /// Paths the guard looks at; a finding needs one of these at the start.
    under: &'static [&'static str],
    /// Paths in which the text is at home.
    home: &'static [&'static str],
    /// The texts; `…` inside one stands for anything on the same line.
    texts: &'static [&'static str],
}

const PLACES: &[Place] = &[
    Place {
        what: "SQL is written in the register alone",
        under: &["crates/"],
        home: &["crates/register/"],
        texts: &["SELECT ", "INSERT INTO", "UPDATE … SET", "DELETE FROM", "CREATE TABLE", "PRAGMA "],
    },
    Place {
        what: "pages are written in homeward's templates and charts alone",
        under: &["crates/"],
        home: &["crates/homeward/src/web/"],
        texts: &["<!DOCTYPE", "<html", "<div", "<p>", "<table", "<form", "<svg", "</a>", "</p>"],
    },
    Place {
        what: "keys are made and signatures checked in parley alone",
        under: &["crates/"],
        home: &["crates/parley/"],
        texts: &["SigningKey", "VerifyingKey", "verify_strict", "ed25519_dalek", "x25519_dalek"],
    },
    Place {
        what: "the clock is read in homeward::clock alone",
        under: &["crates/"],
        home: &["crates/homeward/src/clock.rs"],
        texts: &["SystemTime::now", "Instant::now", "now_utc(", "now_local("],
    },
    Place {
        what: "randomness is drawn in homeward::chance alone",
        under: &["crates/"],
        home: &["crates/homeward/src/chance.rs"],
        texts: &["getrandom::", "OsRng", "thread_rng", "SysRng"],
    },
    Place {
        what: "rules, linkage and the protocol take values and bytes: no files, sockets, environment, async",
        under: &["crates/exchange/", "crates/linkage/", "crates/parley/"],
        home: &[],
        texts: &["std::fs", "std::net", "std::env", "std::process", "async fn", "tokio::"],
    },
    Place {
        what: "threads are for records that meet alone and points worked on alone: any number gives the same answer",
        under: &["crates/exchange/", "crates/linkage/", "crates/parley/"],
        home: &["crates/linkage/src/meet.rs", "crates/parley/src/matching/workers.rs"],
        texts: &["std::thread"],
    },
    Place {
        what: "a lint that keeps the house is lifted in its one place alone",
        under: &["crates/"],
        home: &[
            "crates/homeward/src/clock.rs",
            "crates/homeward/src/chance.rs",
            "crates/register/src/sql.rs",
        ],
        texts: &["(clippy::disallowed_methods", "(clippy::disallowed_types", "(unsafe_code"],
    },
];

/// What is built or installed and not ours, by its path from the root, or by its name anywhere.
const NOT_OURS: &[&str] = &["target", "demo", "test-output"];
const NOT_OURS_ANYWHERE: &[&str] = &[".git", "node_modules", "dist"];

/// The words of the project that the glossary defines, as its entries spell them.
const WORDS: &str = "party, neutral, node, desk, officer, person, claim, dossier, capture card, held, sought, \
    ground, examination, commission, agreement, clause, reading, phase, round, slot, leg, pool, roll, lot, \
    reason sheet, entry, log, checkpoint, accept, freeze, bundle, will, clearance, handover, receipt, disputed, \
    notice, reply, bulletin, embargo, withheld, kin, case, call list, seal, shred, canary";

#[test]
fn each_crate_depends_only_on_what_it_may_know() {
    for (name, allowed) in MAY_USE {
        let manifest = read(&format!("crates/{name}/Cargo.toml"));
        assert_none(foreign_dependencies(name, &manifest, allowed));
    }
    let crates: BTreeSet<String> = fs::read_dir(root().join("crates"))
        .expect("crates/ is there")
        .map(|entry| entry.expect("crates/ can be listed").file_name().to_string_lossy().into_owned())
        .collect();
    let listed: BTreeSet<String> = MAY_USE.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(crates, listed, "a crate needs its list in MAY_USE");
}

#[test]
fn a_dependency_that_a_crate_may_not_know_is_found_in_every_kind_of_table() {
    let cases = [
        ("[dependencies]\nsqlx.workspace = true", 1),
        ("[dependencies]\nsha2.workspace = true", 0),
        ("[build-dependencies]\ntokio = \"1\"", 1),
        ("[target.'cfg(unix)'.dependencies]\ntokio = \"1\"", 1),
        ("[dependencies]\nplain = { package = \"tokio\", version = \"1\" }", 1),
        ("[dependencies]\nsha2 = { package = \"tokio\", version = \"1\" }", 1),
        ("[dev-dependencies]\nproptest.workspace = true", 0),
    ];
    for (manifest, findings) in cases {
        assert_eq!(foreign_dependencies("exchange", manifest, "sha2").len(), findings, "{manifest}");
    }
}

#[test]
fn nothing_a_crate_may_not_reach_is_anywhere_below_it() {
    for (name, banned) in MAY_NOT_REACH {
        let out = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(["tree", "--offline", "--prefix", "none", "--edges", "normal,build", "--package", name])
            .current_dir(root())
            .output()
            .expect("cargo runs");
        assert!(out.status.success(), "cargo tree: {}", String::from_utf8_lossy(&out.stderr));
        assert_none(reached(name, &String::from_utf8_lossy(&out.stdout), banned));
    }
}

#[test]
fn a_banned_crate_deep_in_the_graph_is_found() {
    let graph = "exchange v0.1.0 (path)\ntime v0.3.55\ntokio v1.54.0 (*)\ntokio-util v0.7.0\n";
    assert_eq!(reached("exchange", graph, &["tokio", "sqlx-core"]), ["exchange reaches tokio"]);
    assert_none(reached("exchange", graph, &["sqlx-core"]));
}

#[test]
fn each_kind_of_text_stands_in_its_place() {
    for (path, text) in product_sources() {
        assert_none(PLACES.iter().flat_map(|place| misplaced(place, &path, &text)).collect());
    }
}

#[test]
fn text_out_of_its_place_is_found() {
    let cases = [
        ("crates/homeward/src/desk.rs", "let q = \"SELECT id FROM people\";", 1),
        ("crates/homeward/src/desk.rs", "\"UPDATE people SET version = 2\"", 1),
        ("crates/homeward/src/desk.rs", "// an UPDATE of the page, and no SET of rows", 0),
        ("crates/register/src/people.rs", "\"DELETE FROM people\"", 0),
        ("crates/register/src/people.rs", "format!(\"<p>{name}</p>\")", 2),
        ("crates/homeward/src/cli/demo.rs", "let key = SigningKey::from_bytes(&seed);", 1),
        ("crates/exchange/src/ledger.rs", "let now = SystemTime::now();", 1),
        ("crates/homeward/src/clock.rs", "let now = SystemTime::now();", 0),
        ("crates/parley/src/log.rs", "std::fs::read(path)", 1),
        ("crates/homeward/src/desk.rs", "#[allow(clippy::disallowed_methods)]", 1),
        ("crates/rehearsal/src/people.rs", "getrandom::fill(&mut seed)", 1),
    ];
    for (path, text, findings) in cases {
        let found: Vec<String> = PLACES.iter().flat_map(|place| misplaced(place, path, text)).collect();
        assert_eq!(found.len(), findings, "{path}: {text}: {found:?}");
    }
    let tested = "fn a() {}\n#[cfg(test)]\nmod tests {\n    use std::fs;\n}\n";
    assert_eq!(product(tested), "fn a() {}\n");
}

#[test]
fn the_workspace_keeps_its_lints_and_every_crate_inherits_them() {
    assert_none(loosened(&read("Cargo.toml"), &read("clippy.toml")));
    for (name, _) in MAY_USE {
        assert!(
            inherits_lints(&read(&format!("crates/{name}/Cargo.toml"))),
            "{name} lacks [lints] workspace = true"
        );
    }
}

#[test]
fn a_lint_taken_out_is_found() {
    let (manifest, bans) = (read("Cargo.toml"), read("clippy.toml"));
    let without = |text: &str, word: &str| {
        assert!(text.contains(word), "{word} is there to be taken out");
        text.replace(word, "")
    };
    for lint in ["unsafe_code = \"forbid\"", "missing_docs = \"deny\"", "disallowed_methods = \"deny\""] {
        assert_eq!(loosened(&without(&manifest, lint), &bans).len(), 1, "{lint}");
    }
    assert_eq!(loosened(&manifest, &without(&bans, "std::time::SystemTime::now")).len(), 1);
    assert_eq!(loosened(&manifest.replace("\"forbid\"", "\"warn\""), &bans).len(), 1);
    assert!(!inherits_lints("[package]\nname = \"x\"\n"));
    assert!(!inherits_lints("[lints]\nworkspace = false\n"));
}

#[test]
fn no_file_names_a_machine_or_a_host_of_a_package_registry() {
    for (path, text) in tree() {
        assert_none(machine_bound(&path, &text));
    }
}

#[test]
fn a_machine_path_and_a_registry_host_are_found() {
    let cases = [
        (format!("see {}/main/notes", concat!("/wo", "rk")), 1),
        (format!("{}/x.txt", concat!("/t", "mp")), 1),
        (format!("\"resolved\": \"https://registry.{}/sass\"", concat!("npm", "js.org")), 1),
        ("a network of tmp files at https://example.org/homework/x".to_owned(), 0),
    ];
    for (text, findings) in cases {
        assert_eq!(machine_bound("README.md", &text).len(), findings, "{text}");
    }
}

#[test]
fn every_link_of_the_book_leads_somewhere() {
    for (path, text) in tree().into_iter().filter(|(path, _)| path.ends_with(".md")) {
        assert_none(dead_links(&path, &text, &|target| root().join(target).exists()));
    }
    for (path, text) in tree().into_iter().filter(|(path, _)| !path.contains('/') && path.ends_with(".md")) {
        assert_none(dead_paths(&path, &text, &|target| root().join(target).exists()));
    }
}

#[test]
fn every_page_of_the_book_is_in_its_table_of_contents() {
    let pages: Vec<String> = tree().into_iter().map(|(path, _)| path).collect();
    assert_none(left_out(&read("docs/SUMMARY.md"), &pages));
}

#[test]
fn a_page_left_out_of_the_book_is_found() {
    let pages = ["docs/SUMMARY.md", "docs/a.md", "docs/formats/b.md", "README.md"].map(str::to_owned);
    assert_none(left_out("- [A](a.md)\n- [B](formats/b.md)", &pages));
    assert_eq!(left_out("- [A](a.md)", &pages), ["docs/formats/b.md is not in docs/SUMMARY.md"]);
}

#[test]
fn a_link_and_a_path_that_lead_nowhere_are_found() {
    let there =
        |target: &Path| target == Path::new("docs/concepts.md") || target == Path::new("crates/parley");
    let cases = [
        ("docs/SUMMARY.md", "- [Concepts](concepts.md)", 0),
        ("docs/SUMMARY.md", "- [Concepts](concepts.md#slots)", 0),
        ("docs/SUMMARY.md", "- [Gone](gone.md)", 1),
        ("docs/decisions/0001-a.md", "as [concepts](../concepts.md) say", 0),
        ("README.md", "[out](https://example.org/x) and [here](#below)", 0),
    ];
    for (path, text, findings) in cases {
        assert_eq!(dead_links(path, text, &there).len(), findings, "{path}: {text}");
    }
    assert_none(dead_paths("README.md", "in `crates/parley` and `cargo test`", &there));
    assert_eq!(dead_paths("README.md", "in `crates/common`", &there).len(), 1);
}

#[test]
fn the_configuration_in_the_book_is_one() {
    let page = read("docs/operating.md");
    let example =
        page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("node.toml");
    fs::write(&file, example).expect("a file");
    let config = homeward::config::Config::read(&file).unwrap_or_else(|error| panic!("{error:#}"));
    assert_eq!((config.party.as_str(), config.peers.len(), config.officers.len()), ("aronia", 2, 1));
}

#[test]
fn the_law_index_marks_the_conditions_as_the_data_does() {
    let conditions = exchange::medical::conditions();
    let codes: Vec<(&str, bool)> = conditions.iter().map(|c| (c.code.as_str(), c.is_verified())).collect();
    assert_none(wrongly_marked(&read("docs/law.md"), &codes));
}

#[test]
fn a_condition_marked_otherwise_than_the_data_says_is_found() {
    let index = "verified to A3b; A3c unverified | `A3a` to `A3c` |\n";
    assert_none(wrongly_marked(index, &[("A3a", true), ("A3b", true), ("A3c", false)]));
    assert_eq!(wrongly_marked(index, &[("A3a", true), ("A3b", true), ("A3c", true)]).len(), 1);
    assert_eq!(wrongly_marked(index, &[("A3a", true), ("A3b", false), ("A3c", false)]).len(), 1);
}

#[test]
fn the_glossary_defines_every_word_in_one_line() {
    assert_none(undefined_words(&read("docs/glossary.md"), WORDS));
}

#[test]
fn a_word_without_a_definition_is_found() {
    let glossary = "**held**: In a party's custody.\n\n**lot**:\n";
    assert_none(undefined_words(glossary, "held"));
    assert_eq!(undefined_words(glossary, "held, lot, sought").len(), 2);
}

/// Direct dependencies, outside tests, that are not on the crate's list.
fn foreign_dependencies(name: &str, manifest: &str, allowed: &str) -> Vec<String> {
    let manifest: toml::Table = manifest.parse().expect("a manifest is TOML");
    let targets = manifest.get("target").and_then(toml::Value::as_table).cloned().unwrap_or_default();
    let tables = targets.values().filter_map(toml::Value::as_table).chain([&manifest]);
    let mut found = Vec::new();
    for table in tables {
        for kind in ["dependencies", "build-dependencies"] {
            let Some(listed) = table.get(kind).and_then(toml::Value::as_table) else { continue };
            for (key, value) in listed {
                let real = value.get("package").and_then(toml::Value::as_str).unwrap_or(key);
                if !allowed.split_whitespace().any(|name| name == real) {
                    found.push(format!("{name} may not depend on {real} ({kind}); see MAY_USE"));
                }
            }
        }
    }
    found
}

/// Banned names in the output of `cargo tree --prefix none`.
fn reached(name: &str, graph: &str, banned: &[&str]) -> Vec<String> {
    let all: BTreeSet<&str> = graph.lines().filter_map(|line| line.split(' ').next()).collect();
    banned.iter().filter(|b| all.contains(**b)).map(|b| format!("{name} reaches {b}")).collect()
}

/// Lines of one file that hold a text outside its place. Comments are read over: they may speak of anything.
fn misplaced(place: &Place, path: &str, text: &str) -> Vec<String> {
    let looked_at = place.under.iter().any(|under| path.starts_with(under));
    if !looked_at || place.home.iter().any(|home| path.starts_with(home)) {
        return Vec::new();
    }
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
    lines
        .flat_map(|(at, line)| {
            let found = place.texts.iter().filter(|sought| holds(line, sought));
            found.map(move |sought| format!("{path}:{}: {sought:?}: {}", at + 1, place.what))
        })
        .collect()
}

fn holds(line: &str, sought: &str) -> bool {
    let mut rest = line;
    for part in sought.split('…') {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    true
}

/// A source without its tests, which come last in a file.
fn product(text: &str) -> &str {
    text.find("#[cfg(test)]\nmod ").map_or(text, |at| &text[..at])
}

/// Lints and bans that the workspace lacks.
fn loosened(manifest: &str, bans: &str) -> Vec<String> {
    let manifest: toml::Table = manifest.parse().expect("the manifest is TOML");
    let level = |group: &str, lint: &str| {
        let value = manifest.get("workspace")?.get("lints")?.get(group)?.get(lint)?;
        value.as_str().or_else(|| value.get("level")?.as_str()).map(str::to_owned)
    };
    let wanted = [
        ("rust", "unsafe_code", "forbid"),
        ("rust", "missing_docs", "deny"),
        ("clippy", "all", "deny"),
        ("clippy", "disallowed_methods", "deny"),
        ("clippy", "disallowed_types", "deny"),
        ("clippy", "todo", "deny"),
        ("clippy", "unimplemented", "deny"),
        ("clippy", "print_stdout", "deny"),
        ("clippy", "print_stderr", "deny"),
    ];
    let mut found: Vec<String> = wanted
        .iter()
        .filter(|(group, lint, is)| level(group, lint).as_deref() != Some(is))
        .map(|(group, lint, is)| format!("Cargo.toml: {group}::{lint} is not {is}"))
        .collect();
    let banned = [
        "std::time::SystemTime::now",
        "std::time::Instant::now",
        "time::OffsetDateTime::now_utc",
        "getrandom::fill",
        "sqlx::query",
        "sqlx::query_as",
        "sqlx::query_scalar",
        "sqlx::raw_sql",
        "std::collections::HashMap",
        "std::collections::HashSet",
    ];
    let lacking = banned.iter().filter(|path| !bans.contains(&format!("\"{path}\"")));
    found.extend(lacking.map(|path| format!("clippy.toml: {path} is not banned")));
    found
}

fn inherits_lints(manifest: &str) -> bool {
    let manifest: toml::Table = manifest.parse().expect("a manifest is TOML");
    manifest.get("lints").and_then(|lints| lints.get("workspace")).and_then(toml::Value::as_bool)
        == Some(true)
}

/// Lines that name a folder of a machine, or a package registry's host.
fn machine_bound(path: &str, text: &str) -> Vec<String> {
    // Joined from halves, so that this file does not name them.
    let banned = [
        concat!("/wo", "rk/"),
        concat!("/t", "mp/"),
        concat!("/ro", "ot/"),
        concat!("/ho", "me/"),
        concat!("npm", "js.org"),
        concat!("py", "pi.org"),
        concat!("static.", "crates.io"),
    ];
    let lines = text.lines().enumerate();
    lines
        .flat_map(|(at, line)| {
            let found = banned.iter().filter(|sought| line.contains(**sought));
            found.map(move |sought| format!("{path}:{}: names {sought}", at + 1))
        })
        .collect()
}

/// Links of a Markdown file, relative to it, whose target is missing.
fn dead_links(path: &str, text: &str, there: &dyn Fn(&Path) -> bool) -> Vec<String> {
    let folder = Path::new(path).parent().unwrap_or(Path::new(""));
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        for tail in line.split("](").skip(1) {
            let Some(target) = tail.split(')').next() else { continue };
            let target = target.split('#').next().unwrap_or_default();
            if target.is_empty() || target.contains("://") {
                continue;
            }
            if !there(&normal(&folder.join(target))) {
                found.push(format!("{path}:{}: nothing at {target}", at + 1));
            }
        }
    }
    found
}

/// Pages under `docs/` that the table of contents does not lead to.
fn left_out(summary: &str, paths: &[String]) -> Vec<String> {
    let pages = paths.iter().filter(|path| path.starts_with("docs/") && path.ends_with(".md"));
    pages
        .filter(|path| {
            *path != "docs/SUMMARY.md" && !summary.contains(&format!("]({})", &path["docs/".len()..]))
        })
        .map(|path| format!("{path} is not in docs/SUMMARY.md"))
        .collect()
}

/// Code spans that look like a path of the repository and name nothing in it.
fn dead_paths(path: &str, text: &str, there: &dyn Fn(&Path) -> bool) -> Vec<String> {
    let folders = ["crates/", "docs/", "examples/", "tools/", "web/", ".ci/"];
    let spans = text.split('`').skip(1).step_by(2);
    spans
        .filter(|span| {
            folders.iter().any(|folder| span.starts_with(folder)) && !span.contains([' ', '*', '\n'])
        })
        .filter(|span| !there(Path::new(span.trim_end_matches('/'))))
        .map(|span| format!("{path}: nothing at {span}"))
        .collect()
}

/// Resolves `..` in a relative path by its words alone.
fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::ParentDir => _ = out.pop(),
            std::path::Component::CurDir => {}
            other => out.push(other),
        }
    }
    out
}

/// Words of the list that have no entry `**word**: a definition` on one line.
fn undefined_words(glossary: &str, words: &str) -> Vec<String> {
    let entries: BTreeMap<&str, &str> = glossary
        .lines()
        .filter_map(|line| line.strip_prefix("**")?.split_once("**:"))
        .filter(|(_, definition)| !definition.trim().is_empty())
        .collect();
    words
        .split(',')
        .map(str::trim)
        .filter(|word| !entries.contains_key(word))
        .map(|word| format!("docs/glossary.md: no definition of {word:?}"))
        .collect()
}

/// Conditions of Annex I, I.A(3), whose mark in the index of the law is not the one of the data.
fn wrongly_marked(index: &str, conditions: &[(&str, bool)]) -> Vec<String> {
    let ill: Vec<&(&str, bool)> = conditions.iter().filter(|(code, _)| code.starts_with("A3")).collect();
    let read = ill.iter().take_while(|(_, verified)| *verified).count();
    let (Some(last), Some(next)) = (read.checked_sub(1).map(|at| ill[at].0), ill.get(read)) else {
        return vec![
            "docs/law.md: the illnesses are all read, or none; the line about A3 is out of date".to_owned(),
        ];
    };
    let said = format!("verified to {last}; {} ", next.0);
    if index.contains(&said) { Vec::new() } else { vec![format!("docs/law.md: the data says {said:?}")] }
}

/// Every text file of the tree with its path from the root, in order.
fn tree() -> Vec<(String, String)> {
    let mut folders = vec![root()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the tree can be listed") {
            let path = entry.expect("a folder of the tree can be listed").path();
            let inside = path.strip_prefix(root()).expect("the walk began at the root");
            let inside = inside.to_string_lossy().into_owned();
            let name = inside.rsplit('/').next().unwrap_or_default();
            if NOT_OURS.contains(&inside.as_str()) || NOT_OURS_ANYWHERE.contains(&name) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if name != "Cargo.lock" {
                // Pictures and the like are no text and cannot name a path.
                let Ok(text) = fs::read_to_string(&path) else { continue };
                files.push((inside, text));
            }
        }
    }
    files.sort();
    files
}

/// The Rust sources of the crates without their tests.
fn product_sources() -> Vec<(String, String)> {
    let mut sources = tree();
    sources.retain(|(path, _)| {
        path.starts_with("crates/")
            && path.contains("/src/")
            && path.ends_with(".rs")
            && !path.contains("tests")
    });
    sources.into_iter().map(|(path, text)| (path, product(&text).to_owned())).collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the workspace is there")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[track_caller]
fn assert_none(findings: Vec<String>) {
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}
