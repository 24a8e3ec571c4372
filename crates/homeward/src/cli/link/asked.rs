//! What is asked for on the command line, judged before anything is read: which options go together, and which files may be written.
//!
//! Decides that no file that is read is ever written over, by whatever name it is called.

use std::path::{Path, PathBuf};

use super::tell::brief;
use super::{LinkArgs, is_nowhere, is_stdout};
use crate::cli::files;
use crate::web::Words;
use crate::web::words::Value;

/// A file of the command line with the option that names it.
type Named<'a> = (&'static str, &'a Path);

/// The most threads that compare pairs.
const THREADS_MAX: usize = 256;

/// The numbers of the command line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbers {
    /// The least probability of a pair that is written.
    pub least: f64,
    /// How many threads compare pairs.
    pub threads: usize,
}

impl Numbers {
    /// Reads the numbers, or says which is none or out of its limits: in the language of the answer, which what reads the options does not
    /// know.
    pub fn read(t: Words, args: &LinkArgs) -> Result<Self, String> {
        let least = args.least.parse().ok().filter(|share| (0.0..=1.0).contains(share));
        let least = least.ok_or_else(|| t.s1("link-asked-least", "found", brief(&args.least)))?;
        let Some(threads) = &args.threads else { return Ok(Self { least, threads: processors() }) };
        let number = threads.parse().ok().filter(|threads| (1..=THREADS_MAX).contains(threads));
        let of = || t.s2("link-asked-threads", "most", THREADS_MAX, "found", brief(threads));
        Ok(Self { least, threads: number.ok_or_else(of)? })
    }
}

/// How many processors there are, as far as can be told.
fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Says what is refused of what is asked for.
pub(super) fn refused(t: Words, args: &LinkArgs) -> Option<String> {
    wrongly_combined(t, args)
        .or_else(|| written_over(t, args))
        .or_else(|| there_already(t, args))
        .or_else(|| cannot_be_written(t, args))
}

/// Options that do not go together, or one without what it needs, with what to do.
fn wrongly_combined(t: Words, args: &LinkArgs) -> Option<String> {
    let over = &args.over;
    let is_stdout = |path: &Option<PathBuf>| is_stdout(path.as_deref());
    let others = [&args.clusters, &args.report, &over.events, &over.keep_weights];
    let writes = args.out.is_some() || others.iter().any(|path| path.is_some());
    let is_one_list = args.right.as_ref().is_some_and(|right| is_one_file(&args.left, right));
    let rules = [
        (is_one_list, "same-list"),
        (over.only_new && (over.before.is_none() || over.weights.is_none()), "only-new"),
        (args.explain.is_some() && writes, "explain"),
        (args.clusters.is_some() && args.out.is_none(), "clusters"),
        (args.examples && args.report.is_none(), "examples"),
        (over.events.is_some() && over.before.is_none(), "events"),
        (over.keep_weights.is_some() && over.weights.is_some(), "weights"),
        (args.out.is_none() && args.explain.is_none() && args.report.is_none(), "nothing"),
        (args.json && is_stdout(&args.out), "json"),
        (others.into_iter().any(is_stdout), "stdout"),
    ];
    let (_, code) = rules.into_iter().find(|(is_so, _)| *is_so)?;
    Some(t.code("link-asked", code))
}

/// The files that are read: the lists under no option.
fn inputs(args: &LinkArgs) -> Vec<Named<'_>> {
    let over = &args.over;
    let options = [
        ("--settings", &args.settings),
        ("--before", &over.before),
        ("--decided", &over.decided),
        ("--weights", &over.weights),
    ];
    let lists = std::iter::once(args.left.as_path()).chain(args.right.as_deref());
    lists.map(|path| ("", path)).chain(given(options)).collect()
}

/// The files that are written.
fn outputs(args: &LinkArgs) -> Vec<Named<'_>> {
    let over = &args.over;
    let all = given([
        ("--out", &args.out),
        ("--clusters", &args.clusters),
        ("--report", &args.report),
        ("--events", &over.events),
        ("--keep-weights", &over.keep_weights),
    ]);
    all.filter(|(_, path)| !is_stdout(Some(path)) && !is_nowhere(path)).collect()
}

/// Standard output as a file, where it is one of a disk and the pairs go there: a shell may have opened a list for it.
fn to_stdout(args: &LinkArgs) -> Option<Named<'static>> {
    let stdout = Path::new("/dev/stdout");
    let is_file = std::fs::metadata(stdout).is_ok_and(|meta| meta.is_file());
    (is_stdout(args.out.as_deref()) && is_file).then_some(("--out", stdout))
}

fn given<'a, const N: usize>(
    all: [(&'static str, &'a Option<PathBuf>); N],
) -> impl Iterator<Item = Named<'a>> {
    all.into_iter().filter_map(|(option, path)| Some((option, path.as_deref()?)))
}

/// An output that is an input, or another output: what is read would be lost, also where --force is given.
fn written_over(t: Words, args: &LinkArgs) -> Option<String> {
    let read = inputs(args);
    let written: Vec<Named<'_>> = to_stdout(args).into_iter().chain(outputs(args)).collect();
    for (at, (option, path)) in written.iter().enumerate() {
        let is_it = |(_, other): &&Named<'_>| is_one_file(path, other);
        let shown = path.display().to_string();
        if let Some((of, input)) = read.iter().find(is_it) {
            let input = format!("{of} {}", input.display());
            let values: [(&str, &dyn Value); 3] =
                [("option", option), ("path", &shown), ("input", &input.trim_start())];
            return Some(t.with("link-refused-input", &values));
        }
        if let Some((other, _)) = written[..at].iter().find(is_it) {
            let values: [(&str, &dyn Value); 3] = [("option", option), ("path", &shown), ("other", other)];
            return Some(t.with("link-refused-outputs", &values));
        }
    }
    None
}

/// Whether two paths lead to one file, by whatever name: spelled otherwise, or by a symbolic or a hard link.
fn is_one_file(one: &Path, other: &Path) -> bool {
    let is_same = |a: Option<PathBuf>, b: Option<PathBuf>| a.is_some() && a == b;
    one == other || is_same(whole(one), whole(other)) || is_linked(one, other)
}

/// A path without any link in it; of a file that is not there yet, that of its folder and its name.
fn whole(path: &Path) -> Option<PathBuf> {
    std::fs::canonicalize(path).ok().or_else(|| {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Some(std::fs::canonicalize(folder).ok()?.join(path.file_name()?))
    })
}

/// Whether two names are of one file of the disk.
#[cfg(unix)]
fn is_linked(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;

    let place = |path: &Path| std::fs::metadata(path).ok().map(|meta| (meta.dev(), meta.ino()));
    place(one).is_some_and(|here| place(other) == Some(here))
}

/// Hard links are told from nothing here; a file is replaced by another and never written into, so that the other name keeps it.
#[cfg(not(unix))]
fn is_linked(_: &Path, _: &Path) -> bool {
    false
}

fn there_already(t: Words, args: &LinkArgs) -> Option<String> {
    let (option, path) = outputs(args).into_iter().find(|(_, path)| path.exists() && !args.force)?;
    Some(t.s2("link-refused-there", "option", option, "path", path.display().to_string()))
}

/// What stands against writing what is asked for, as it is found by trying: said before hours of reading and comparing, not after. A
/// file that is there stays as it is.
fn cannot_be_written(t: Words, args: &LinkArgs) -> Option<String> {
    outputs(args).into_iter().find_map(|(option, path)| {
        let shown = path.display().to_string();
        if path.exists() && !path.is_file() {
            return Some(t.s2("link-refused-no-file", "option", option, "path", shown));
        }
        // It is written under another name first, which may be too long or not allowed where its own is not.
        let own = (!path.exists()).then(|| path.to_owned());
        let tried =
            |path: &PathBuf| files::write_new(path, b"").and_then(|()| Ok(std::fs::remove_file(path)?)).err();
        let why = own.into_iter().chain([files::meanwhile(path)]).find_map(|path| tried(&path))?;
        let why = why.root_cause().to_string();
        let values: [(&str, &dyn Value); 3] = [("option", &option), ("path", &shown), ("why", &why)];
        Some(t.with("link-refused-not-written", &values))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_file_is_known_by_all_its_names() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        std::fs::create_dir(at("folder")).unwrap();
        std::fs::write(at("list.csv"), "a").unwrap();
        std::fs::write(at("other.csv"), "a").unwrap();
        std::fs::hard_link(at("list.csv"), at("hard.csv")).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(at("list.csv"), at("soft.csv")).unwrap();
        let check = |one: &str, other: &str, expect: bool| {
            assert_eq!(is_one_file(&at(one), &at(other)), expect, "{one} {other}");
            assert_eq!(is_one_file(&at(other), &at(one)), expect, "{other} {one}");
        };
        check("list.csv", "list.csv", true);
        check("list.csv", "folder/../list.csv", true);
        check("new.csv", "folder/../new.csv", true);
        check("list.csv", "other.csv", false);
        check("new.csv", "newer.csv", false);
        check("nowhere/new.csv", "nowhere/newer.csv", false);
        #[cfg(unix)]
        for link in ["hard.csv", "soft.csv"] {
            check("list.csv", link, true);
            check("other.csv", link, false);
        }
    }
}
