//! `homeward bench reports`: refuses what is not there, writes the same file for the same seed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn homeward(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_homeward")).args(args).output().unwrap()
}

fn reports(names: &Path, out: &Path, seed: &str) -> Output {
    let (names, out) = (names.to_str().unwrap(), out.to_str().unwrap());
    homeward(&["bench", "reports", "--count", "500", "--seed", seed, "--names", names, "--out", out])
}

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("names")).unwrap();
    fs::create_dir_all(folder.join("gazetteer")).unwrap();
    folder
}

/// Tables just large enough, in the columns of the real ones.
fn tables(folder: &Path) {
    let letters = "абвгдежзиклм";
    let both = |one: char| letters.chars().map(move |two| format!("{one}{two}"));
    let numbers: Vec<String> = letters.chars().flat_map(both).collect();
    let table = |head: &str, row: &dyn Fn(&str) -> String| {
        format!("{head}\n{}", numbers.iter().map(|name| row(name)).collect::<String>())
    };
    let pairs = "uk,ru_variants,latin_kmu2010,ru_proxy_count";
    let surnames = table(pairs, &|name| format!("Пе{name}енко,Пе{name}енко,,9\n"));
    let cities = table("code,1,2,3,4,extra,category,name", &|name| format!("UA,,,,,,M,Мі{name}сто\n"));
    for (path, text) in [
        ("names/uk_last_with_ru_and_latin.csv", surnames),
        ("names/ru_last_counts.csv", "count,gender,ethnic,f_form,fname,text\n9,m,,,,Петров\n".to_owned()),
        ("names/uk_first_with_ru_and_latin.csv", format!("{pairs}\nПанас,Панас,,3\nОдарка,Одарка,,3\n")),
        (
            "names/shevchenko_uk_given_names_gender.json",
            r#"{"панас":"masculine","одарка":"feminine"}"#.to_owned(),
        ),
        ("gazetteer/katottg_2024.csv", cities),
    ] {
        fs::write(folder.join(path), text).unwrap();
    }
}

#[test]
fn the_file_is_that_of_the_seed_and_is_never_overwritten() {
    let folder = folder("bench-reports");
    tables(&folder);
    let file = |name: &str| folder.join(name);
    for (name, seed) in [("one.csv", "7"), ("same.csv", "7"), ("other.csv", "8")] {
        let output = reports(&folder, &file(name), seed);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(
            String::from_utf8(output.stdout).unwrap().starts_with("500 reports of at most 400 people in ")
        );
    }
    let one = fs::read_to_string(file("one.csv")).unwrap();
    assert_eq!(one.lines().count(), 501);
    assert_eq!(one, fs::read_to_string(file("same.csv")).unwrap());
    assert_ne!(one, fs::read_to_string(file("other.csv")).unwrap());
    let again = reports(&folder, &file("one.csv"), "8");
    assert_eq!(again.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&again.stderr).contains("exists already"));
    assert_eq!(one, fs::read_to_string(file("one.csv")).unwrap());
}

#[test]
fn tables_that_are_missing_or_empty_are_refused() {
    let folder = folder("bench-reports-empty");
    let out = folder.join("out.csv");
    let missing = reports(&folder, &out, "7");
    assert_eq!(missing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("cannot open"));
    tables(&folder);
    fs::write(folder.join("gazetteer/katottg_2024.csv"), "").unwrap();
    let empty = reports(&folder, &out, "7");
    assert_eq!(empty.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&empty.stderr).contains("the table of settlements has 0 rows"));
    assert!(!out.exists());
}
