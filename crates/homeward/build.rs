//! Fails the build when the pages could not be served whole: no style sheet, a word missing in a language, a template
//! that the content policy would break. Writes the list of word files that `web::words` embeds.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, process};

#[path = "src/web/words_check.rs"]
mod words_check;

use words_check::{Area, Source};

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    for watched in ["build.rs", "locales", "templates", "src", "../../web/dist"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    let mut faults = Vec::new();
    if !root.join("../../web/dist/desk.css").is_file() {
        faults.push("web/dist/desk.css is missing: run make web first (or sh web/build.sh)".to_owned());
    }

    let words = files(&root, "locales", &["ftl"]);
    let areas: Vec<Area<'_>> = words.iter().map(|(path, text)| area(path, text)).collect();
    let templates = files(&root, "templates", &["html", "txt"]);
    let code = files(&root, "src", &["rs"]);
    let sources: Vec<Source<'_>> =
        templates.iter().chain(&code).map(|(path, text)| Source { path, text }).collect();
    faults.extend(words_check::faults(&areas, &sources));
    for (path, text) in &templates {
        faults.extend(words_check::template_faults(&Source { path, text }));
    }

    for fault in &faults {
        println!("cargo::error={fault}");
    }
    if !faults.is_empty() {
        process::exit(1);
    }
    fs::write(out.join("locales.rs"), locales(&areas)).expect("the build directory can be written");
}

/// Every file below `folder` with one of these endings: its path from the crate and its text, in order of path.
fn files(root: &Path, folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![root.join(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().and_then(|e| e.to_str()).is_some_and(|e| endings.contains(&e)) {
                let text = fs::read_to_string(&path).expect("a source file is UTF-8 text");
                let name =
                    path.strip_prefix(root).expect("it lies below").to_string_lossy().replace('\\', "/");
                found.push((name, text));
            }
        }
    }
    found.sort();
    found
}

/// `locales/uk/shell.ftl` as language and file.
fn area<'a>(path: &'a str, text: &'a str) -> Area<'a> {
    let mut parts = path.split('/').skip(1);
    Area { lang: parts.next().unwrap_or_default(), file: parts.next().unwrap_or_default(), text }
}

fn locales(areas: &[Area<'_>]) -> String {
    let mut text = String::from("const LOCALES: &[(&str, &str, &str)] = &[\n");
    for Area { lang, file, .. } in areas {
        let include =
            format!("include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/locales/{lang}/{file}\"))");
        writeln!(text, "    ({lang:?}, {file:?}, {include}),").expect("a string grows");
    }
    text + "];\n"
}
