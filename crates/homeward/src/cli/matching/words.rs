//! What `homeward match` says, in words or in JSON.

use std::path::Path;

use parley::matching::Params;
use serde_json::json;

use super::recipes::{self, Recipe};
use super::steps::{Found, Reached};
use crate::chance::hex;
use crate::cli::out;
use crate::web::Words;

/// What a list comes to.
pub struct Counted {
    /// Its people.
    pub people: usize,
    /// Keys, each once.
    pub keys: usize,
    /// Keys that stand for more than one person.
    pub shared: usize,
    /// People without a key.
    pub without: usize,
    /// Keys of each recipe.
    pub by: Vec<usize>,
}

/// Says why a step is refused, with the code that both sides and the book know.
pub fn say_refused(t: Words, as_json: bool, code: &str, at: &str) -> anyhow::Result<()> {
    let says = t.code("match-why", code);
    let at = if at.is_empty() || at == "0" { String::new() } else { format!(" ({at})") };
    if as_json {
        return out::json(&json!({ "refused": code, "says": says, "at": at.trim() }));
    }
    Ok(out::line(t.s3("match-refused", "code", code, "says", says, "at", at))?)
}

/// Says how far a run has come and what is next.
pub fn say_reached(t: Words, as_json: bool, folder: &Path, reached: &Reached) -> anyhow::Result<()> {
    if as_json {
        return out::json(reached);
    }
    let folder = folder.display().to_string();
    let [answered, cap] = reached.answered;
    out::line(t.s2("match-answered", "n", u64::from(answered), "cap", u64::from(cap)))?;
    if let Some(found) = reached.found {
        out::line(t.s1("match-found", "n", found as u64))?;
    }
    let file = reached.carry.as_ref().map(|file| file.display().to_string()).unwrap_or_default();
    if reached.next == "commit" {
        return Ok(out::line(t.s1("match-next-commit", "folder", folder))?);
    }
    if reached.next == "done" {
        out::line(t.s1("match-next-last", "file", file))?;
        return Ok(out::line(t.s1("match-next-done", "folder", folder))?);
    }
    if reached.next != "compare" {
        out::line(t.s1("match-next-carry", "file", file))?;
    }
    match &reached.code {
        Some(code) => {
            out::line(t.s1("match-code", "code", code.as_str()))?;
            out::line(t.s1("match-next-confirm", "folder", folder))?;
        }
        None => out::line(t.s1("match-next-take", "folder", folder))?,
    }
    Ok(())
}

/// Says what is to be agreed on.
pub fn say_params(t: Words, as_json: bool, params: &Params) -> anyhow::Result<()> {
    if as_json {
        return Ok(());
    }
    let number = |n: u32| u64::from(n);
    out::line(t.s3(
        "match-params-run",
        "run",
        number(params.run),
        "runs",
        number(params.runs),
        "session",
        hex(&params.session().as_bytes()[..8]),
    ))?;
    for (key, pair) in [("match-params-sought", params.sought), ("match-params-held", params.held)] {
        out::line(t.s2(key, "first", number(pair[0]), "second", number(pair[1])))?;
    }
    out::line(t.s3(
        "match-params-rest",
        "keys",
        number(params.keys_per_person),
        "chunk",
        number(params.chunk),
        "days",
        number(params.retention_days),
    ))?;
    for recipe in params.recipes.iter().filter_map(|name| recipes::named(name)) {
        out::line(format!("  {}", discloses(t, recipe)))?;
    }
    Ok(())
}

/// What a hit by a recipe tells.
fn discloses(t: Words, recipe: &Recipe) -> String {
    let parts: Vec<String> = recipe.parts.iter().map(|part| t.code("match-part", part.code())).collect();
    let rate = format!("{:.4} %", f64::from(recipe.false_hits) / 10_000.0);
    t.s3("match-discloses", "recipe", recipe.name, "parts", parts.join(", "), "rate", rate)
}

/// Says what both lists come to.
pub fn say_keys(t: Words, as_json: bool, recipes: &[&Recipe], lists: &[Counted]) -> anyhow::Result<()> {
    if as_json {
        let of = |at: usize| {
            let list = &lists[at];
            let by: serde_json::Map<String, serde_json::Value> =
                recipes.iter().zip(&list.by).map(|(recipe, n)| (recipe.name.to_owned(), json!(n))).collect();
            json!({ "people": list.people, "keys": list.keys, "shared": list.shared, "without": list.without,
                    "by": by })
        };
        return out::json(&json!({ "sought": of(0), "held": of(1) }));
    }
    for (key, list) in ["match-keys-sought", "match-keys-held"].iter().zip(lists) {
        let values: [(&str, u64); 4] = [
            ("people", list.people as u64),
            ("keys", list.keys as u64),
            ("shared", list.shared as u64),
            ("without", list.without as u64),
        ];
        let values: Vec<(&str, &dyn crate::web::words::Value)> =
            values.iter().map(|(name, n)| (*name, n as &dyn crate::web::words::Value)).collect();
        out::line(t.with(key, &values))?;
    }
    for (at, recipe) in recipes.iter().enumerate() {
        out::line(format!("  {}", discloses(t, recipe)))?;
        let counts = (lists[0].by[at] as u64, lists[1].by[at] as u64);
        out::line(format!("    {}", t.s2("match-keys-by", "sought", counts.0, "held", counts.1)))?;
    }
    Ok(())
}

/// Says how many were found and where it stands.
pub fn say_found(
    t: Words,
    as_json: bool,
    found: &[Found],
    out_file: Option<&Path>,
    is_closed: bool,
) -> anyhow::Result<()> {
    if as_json {
        return out::json(&json!({ "found": found, "closed": is_closed }));
    }
    out::line(t.s1("match-found", "n", found.len() as u64))?;
    if let Some(path) = out_file {
        out::line(t.s1("match-found-file", "file", path.display().to_string()))?;
    }
    if !is_closed {
        out::line(t.s("match-found-so-far"))?;
    }
    Ok(())
}

/// Says where the opened leaves are.
pub fn say_opened(t: Words, as_json: bool, file: &Path) -> anyhow::Result<()> {
    let file = file.display().to_string();
    if as_json {
        return out::json(&json!({ "opened": file }));
    }
    Ok(out::line(t.s1("match-opened", "file", file))?)
}

/// Says what the other side opened and which of one's own rows it is about.
pub fn say_shown(t: Words, as_json: bool, shown: &[(String, Vec<String>)]) -> anyhow::Result<()> {
    if as_json {
        let one = |(key, rows): &(String, Vec<String>)| json!({ "key": key, "held": rows });
        return out::json(&shown.iter().map(one).collect::<Vec<_>>());
    }
    for (key, rows) in shown {
        out::line(t.s2("match-shown", "key", key.as_str(), "rows", rows.join(", ")))?;
    }
    Ok(())
}
