//! Agreements of history as cases: every folder of `examples/agreements` is read as its files stand, without a line of
//! code of its own.

use std::fs;
use std::path::{Path, PathBuf};

use exchange::agreement::Terms;

/// The folders, by name.
fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/agreements");
    let entries = fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    found.sort();
    assert!(found.len() >= 11, "{} holds {} cases", root.display(), found.len());
    found
}

#[test]
fn the_terms_of_every_case_read() {
    let mut refused = Vec::new();
    for folder in folders() {
        let text = fs::read_to_string(folder.join("terms.toml")).unwrap();
        if let Err(error) = Terms::parse(&text) {
            refused.push(format!("{}: {error}", folder.display()));
        }
    }
    assert!(refused.is_empty(), "\n{}", refused.join("\n"));
}
