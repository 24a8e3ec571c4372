//! The account of one agreement: read, booked, and laid out.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;

use exchange::agreement::Terms;
use exchange::ledger::file::{Acts, FILE_BYTES_MAX, Labels, LineNo};
use exchange::ledger::{
    Act, Difference, Ledger as Accounts, Posting, Unbookable, What, reconcile, sums_that_differ,
};
use exchange::moment::Moment;
use exchange::{notice, phase};

use super::answer::{Answer, Behind};
use super::{Ledger, words};
use crate::cli::{DONE, NOT_HELD, files, measured, out, progress};
use crate::clock::Stopwatch;

/// A file of acts, booked.
pub struct Booked {
    /// The accounts.
    pub accounts: Accounts,
    /// The acts by which phases, notices and conditions are judged, with their lines: all of them where the terms have
    /// windows, daily limits or conditions, otherwise those that move nobody.
    pub acts: Vec<Act>,
    /// Their lines.
    pub lines: Vec<LineNo>,
    /// The last moment of any act.
    pub last: Option<Moment>,
    /// How many acts were booked.
    pub count: usize,
}

/// Books the acts under the terms and shows what was asked.
pub fn run(args: &Ledger, text: &str) -> anyhow::Result<ExitCode> {
    let began = Stopwatch::start();
    let terms = match Terms::parse(text) {
        Ok(terms) => terms,
        Err(error) => return out::refused(args.json, &format!("{}: {error}", files::name(&args.terms))),
    };
    let at = match args.at.as_deref().map(|text| (text, Moment::read(text))) {
        Some((text, None)) => {
            let why = format!(
                "--at {text}: write a day such as 2025-06-09, or a time with its offset from UTC, such as \
                 2025-06-09T08:00:00Z or 2025-06-09T11:00:00+03:00"
            );
            return out::refused(args.json, &why);
        }
        given => given.and_then(|(_, moment)| moment),
    };
    let bytes = files::read_bounded(&args.acts, FILE_BYTES_MAX)?;
    let name = files::name(&args.acts);
    let booked = match progress::during("booking the acts", || book(&terms, &bytes)) {
        Ok(booked) => booked,
        Err(why) => return out::refused(args.json, &format!("{name}: {why}")),
    };
    let outside = phase::check(&terms, &booked.acts);
    if let Some(first) = outside.first().filter(|_| !args.outside) {
        let why = words::outside(&terms, &booked, first);
        let more =
            if outside.len() > 1 { format!(" (and {} more)", outside.len() - 1) } else { String::new() };
        let hint = "book it all the same with --outside, and it is listed";
        return out::refused(args.json, &format!("{name}: {why}{more}; {hint}"));
    }
    if let Some(first) = notice::notices(&terms, &booked.acts).refused.first() {
        let why = format!("{name}: line {}: {}", booked.lines[first.act], first.refused);
        return out::refused(args.json, &why);
    }
    let code = if let Some(account) = &args.of {
        behind(args, &terms, &bytes, account)?
    } else if let Some(other) = &args.against {
        against(args, &terms, &booked, &bytes, other)?
    } else {
        let Some(answer) = Answer::of(&terms, &booked, &outside, at) else {
            anyhow::bail!("a sum does not fit into exact fractions of 128 bits");
        };
        if args.json {
            out::json(&answer)?
        } else {
            words::say(&terms, &answer)?
        }
        ExitCode::from(DONE)
    };
    if args.measure {
        measure(began, booked.count);
    }
    Ok(code)
}

/// Books a file, or says which line is refused and why.
fn book(terms: &Terms, bytes: &[u8]) -> Result<Booked, String> {
    let judged = !terms.phases.is_empty()
        || !terms.conditions.is_empty()
        || terms.quantities.iter().any(|quantity| quantity.per_day.is_some());
    let mut booked =
        Booked { accounts: Accounts::open(terms), acts: Vec::new(), lines: Vec::new(), last: None, count: 0 };
    for read in Acts::over(terms, bytes).map_err(|error| error.to_string())? {
        let (line, act) = read.map_err(|error| error.to_string())?;
        booked.accounts.post(terms, &act).map_err(|refused| place(terms, line, &act, &refused))?;
        booked.count += 1;
        booked.last = booked.last.max(act.at);
        if judged || !matches!(act.what, What::Move(_) | What::Gate { .. }) {
            booked.acts.push(act);
            booked.lines.push(line);
        }
    }
    Ok(booked)
}

/// Says which line is refused and why, with the clause: the one that the refusal names, or else that of the act's leg.
fn place(terms: &Terms, line: LineNo, act: &Act, refused: &Unbookable) -> String {
    let why = refused.to_string();
    let leg = match act.what {
        What::Move(moved) => terms.legs.get(usize::from(moved.leg)),
        _ => None,
    };
    match leg.filter(|_| !why.starts_with("clause ")) {
        Some(leg) => format!("line {line}: clause {}: {why}", leg.clause),
        None => format!("line {line}: {why}"),
    }
}

/// The acts behind one figure, with their sum.
fn behind(args: &Ledger, terms: &Terms, bytes: &[u8], account: &str) -> anyhow::Result<ExitCode> {
    let wanted = match Wanted::read(terms, account) {
        Ok(wanted) => wanted,
        Err(why) => return out::refused(args.json, &why),
    };
    let mut accounts = Accounts::open(terms);
    let mut found = Vec::new();
    // The file was booked once already, so nothing is refused here.
    let mut acts = Acts::over(terms, bytes)?;
    while let Some(Ok((line, act))) = acts.next() {
        let postings = accounts.post(terms, &act).unwrap_or(&[]);
        let touched: Vec<Posting> =
            postings.iter().copied().filter(|posting| wanted.touches(posting)).collect();
        if !touched.is_empty() {
            let details = acts.details();
            found.push(Behind::of(terms, line, &act, &details, &touched, |posting| wanted.sum(posting)));
        }
    }
    let sum: i64 = found.iter().map(|one| one.into_account).sum();
    if args.json {
        out::json(&serde_json::json!({ "account": account, "acts": found, "sum": sum }))?;
    } else {
        words::behind(account, &found, sum)?;
    }
    Ok(ExitCode::from(DONE))
}

/// The account that is asked for: a leg, perhaps a round, perhaps a post.
struct Wanted {
    leg: u8,
    round: Option<u32>,
    post: Option<exchange::ledger::Post>,
}

impl Wanted {
    fn read(terms: &Terms, account: &str) -> Result<Self, String> {
        let mut parts = account.split('/');
        let id = parts.next().unwrap_or_default();
        let known = || terms.legs.iter().map(|leg| leg.id.as_str()).collect::<Vec<_>>().join(", ");
        let place = terms.leg_index(id).and_then(|place| u8::try_from(place).ok());
        let leg = place.ok_or_else(|| format!("--of {account}: no leg {id}; the legs are {}", known()))?;
        let round = parts
            .next()
            .map(|round| round.parse().map_err(|_| {
                format!("--of {account}: {round:?} is no round; write {id} alone, or a round as in {id}/1 (0 where there is none)")
            }));
        let posts = exchange::ledger::Post::ALL;
        let post = parts.next().map(|word| {
            posts.into_iter().find(|post| post.code() == word).ok_or_else(|| {
                let words: Vec<_> = posts.iter().map(|post| post.code()).collect();
                format!("--of {account}: no post {word}; the posts are {}", words.join(", "))
            })
        });
        if parts.next().is_some() {
            return Err(format!(
                "--of {account}: write LEG, LEG/ROUND or LEG/ROUND/POST, such as {id}/1/filled"
            ));
        }
        Ok(Self { leg, round: round.transpose()?, post: post.transpose()? })
    }

    fn touches(&self, posting: &Posting) -> bool {
        let here = posting.cell.leg == self.leg && self.round.is_none_or(|round| round == posting.cell.round);
        here && self.post.is_none_or(|post| posting.from == post || posting.into == post)
    }

    /// What a posting adds to the account that was asked for; where no post was named, to what is filled.
    fn sum(&self, posting: &Posting) -> i64 {
        let post = self.post.unwrap_or(exchange::ledger::Post::Filled);
        let count = i64::from(posting.count);
        i64::from(posting.into == post) * count - i64::from(posting.from == post) * count
    }
}

/// Lays the account beside another file of acts.
fn against(
    args: &Ledger,
    terms: &Terms,
    ours: &Booked,
    our_bytes: &[u8],
    other: &Path,
) -> anyhow::Result<ExitCode> {
    let bytes = files::read_bounded(other, FILE_BYTES_MAX)?;
    let theirs = match progress::during("booking the other acts", || book(terms, &bytes)) {
        Ok(booked) => booked,
        Err(why) => return out::refused(args.json, &format!("{}: {why}", files::name(other))),
    };
    // A file has no party's name; it is called by its own.
    let [us, them] = ["ours", "theirs"].map(|label| exchange::ids::Party::new(label).ok());
    let (Some(us), Some(them)) = (us, them) else { anyhow::bail!("a label is not read") };
    let own = ours.accounts.statement(us);
    let their = match args.stated_by.as_deref() {
        None => theirs.accounts.statement(them),
        Some(label) => match terms.voice(label) {
            Some(voice) => theirs.accounts.statement_of(voice, them),
            None => {
                return out::refused(args.json, &format!("--stated-by {label}: no such party in the terms"));
            }
        },
    };
    let differences = reconcile(&own, &their);
    let items: BTreeSet<_> = differences
        .iter()
        .flat_map(|one| match one {
            Difference::Item { item, .. } | Difference::Lot { lot: item, .. } => vec![*item],
            Difference::Container { person, container, .. } => vec![*person, *container],
            Difference::Count { .. } | Difference::CountAgainstItems { .. } => Vec::new(),
        })
        .collect();
    let labels = [Labels::of(our_bytes, &items)?, Labels::of(&bytes, &items)?];
    let mut names = [files::name(&args.acts), files::name(other)];
    if names[0] == names[1] {
        names = [args.acts.display().to_string(), other.display().to_string()];
    }
    // What one party alone states has no sums of its own.
    let sums = match args.stated_by {
        None => sums_that_differ(terms, &ours.accounts, &theirs.accounts),
        Some(_) => Some(Vec::new()),
    };
    let Some(sums) = sums else { anyhow::bail!("a sum does not fit into exact fractions of 128 bits") };
    if args.json {
        out::json(&words::differences_json(terms, &differences, &sums, &labels, &names))?;
    } else {
        words::differences(terms, &differences, &sums, &labels, &names)?;
    }
    let same = differences.is_empty() && sums.is_empty();
    Ok(ExitCode::from(if same { DONE } else { NOT_HELD }))
}

/// Says on standard error how long the command took and the most memory that the process held, where the system tells it.
fn measure(began: Stopwatch, acts: usize) {
    let peak_kb = measured::peak_kb();
    let line =
        serde_json::json!({ "acts": acts, "seconds": began.elapsed().as_secs_f64(), "peak_kb": peak_kb });
    // Nothing is left to tell it to when standard error is closed.
    let _ = std::io::Write::write_all(&mut std::io::stderr(), format!("{line}\n").as_bytes());
}
