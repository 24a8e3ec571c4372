//! The account of an agreement in words, for a terminal.

use exchange::agreement::{Expiry, Terms};
use exchange::ledger::file::Labels;
use exchange::ledger::{Difference, Of, Stated, SumDifference, Voice};
use exchange::moment::Moment;
use exchange::phase::{Closed, Outside, Reason, State, Why};
use serde_json::{Value, json};

use super::account::Booked;
use super::answer::{Answer, BalanceAnswer, Behind, RatioAnswer, voice};
use crate::cli::out;

/// Writes the whole answer.
pub fn say(terms: &Terms, answer: &Answer) -> anyhow::Result<()> {
    out::line(&answer.title)?;
    out::line(format!("{} acts booked; terms {}", answer.acts, &answer.terms_digest[..16]))?;
    section("balances: posted is what both sides have said", &answer.balances, balance)?;
    section("ratios: heads and value", &answer.ratios, ratio)?;
    let apart: Vec<_> = answer
        .accounts
        .iter()
        .filter(|one| matches!(one.family, "by-law" | "unilateral") && one.post == "filled")
        .collect();
    section("outside the exchange", &apart, |one| {
        vec![format!("{}{}: {} posted, {}", one.leg, round(one.round), one.balance, one.family)]
    })?;
    section("remains and effects", &answer.remains, |one| {
        vec![format!("{}: {} posted, {} persons identified", one.leg, one.containers, one.identified)]
    })?;
    section("slots left, by ground", &answer.grounds, |one| {
        vec![format!("{}{}: {} {}", one.leg, round(one.round), one.count, one.ground)]
    })?;
    section("sums stated, beside what the acts come to", &answer.stated, |one| {
        let whole = one.round.map_or(String::new(), round);
        let verdict = if one.agrees { "they agree" } else { "they DIFFER, none is corrected" };
        vec![format!(
            "{}{whole}: {} states {}; posted {}, releasing side {}, receiving side {}: {verdict}",
            one.leg, one.by, one.stated, one.posted, one.releasing_states, one.receiving_states
        )]
    })?;
    if let Some(at) = &answer.at {
        section(&format!("phases at {at}"), &answer.phases, |one| {
            vec![format!("clause {}, {}: {}", one.clause, one.phase, one.says)]
        })?;
        section(&format!("notices at {at}"), &answer.notices, |one| {
            let since = one.since.as_ref().map_or(String::new(), |since| match one.state {
                "open" => format!(", answer due before {since}"),
                _ => format!(" since {since}"),
            });
            vec![format!(
                "{} of {} by {}, clause {}: {}{since}",
                one.no, one.given, one.by, one.clause, one.state
            )]
        })?;
        section(&format!("after-conditions at {at}"), &answer.conditions, |one| {
            vec![format!("clause {}, {}: binds {}, {}", one.clause, one.condition, one.bound, one.state)]
        })?;
    }
    section("alerts: seen, not judged", &answer.alerts, |one| {
        let at = one.at.as_ref().map_or(String::new(), |at| format!(" at {at}"));
        vec![format!(
            "line {}, clause {}, {}: seen by {}{at}; {}",
            one.line, one.clause, one.condition, one.by, one.then
        )]
    })?;
    section("acts outside the windows of their phases", &answer.outside, |one| vec![one.clone()])?;
    section("days over or under their limits", &answer.days, |one| {
        vec![format!(
            "clause {}, {} on {}: {} received, {}",
            one.clause, one.quantity, one.day, one.count, one.limit
        )]
    })?;
    section(
        "left open by the sources; what stands for it decides no figure",
        &answer.stand_ins,
        |(clause, says)| vec![format!("clause {clause}: {says}")],
    )?;
    let unverified =
        terms.scales.iter().flat_map(|scale| &scale.worths).filter(|worth| !worth.verified).count();
    if unverified > 0 {
        out::line(format!("\n† {unverified} worths of the scales were not verified at their source"))?;
    }
    Ok(())
}

fn section<T>(title: &str, rows: &[T], words: impl Fn(&T) -> Vec<String>) -> anyhow::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    out::line(format!("\n{title}"))?;
    for line in rows.iter().flat_map(words) {
        out::line(format!("  {line}"))?;
    }
    Ok(())
}

fn round(round: u32) -> String {
    if round == 0 { String::new() } else { format!(", round {round}") }
}

fn balance(one: &BalanceAnswer) -> Vec<String> {
    let reader = one.reader.as_ref().map_or("the text".to_owned(), |reader| format!("as {reader} reads it"));
    let mut line = format!(
        "clause {}, {} ({}): {} asks {}; posted {}",
        one.clause, one.quantity, one.unit, reader, one.asks, one.filled
    );
    match one.outstanding.as_deref() {
        None => {}
        Some("0") => line.push_str(", nothing owed"),
        Some(left) => match left.strip_prefix('-') {
            Some(above) => line.push_str(&format!(", {above} above the least")),
            None => line.push_str(&format!(", still owed {left}")),
        },
    }
    if let Some(over) = &one.over {
        line.push_str(&format!(", over the most by {over}"));
    }
    for (count, what) in [
        (&one.listed, "listed"),
        (&one.pending, "released, not acknowledged"),
        (&one.disputed, "disputed"),
        (&one.acknowledged, "acknowledged without a release"),
        (&one.held, "held with other legs"),
        (&one.carried, "carried on parole"),
    ] {
        if count != "0" {
            line.push_str(&format!(", {count} {what}"));
        }
    }
    if one.releasing_states != one.receiving_states {
        line.push_str(&format!(
            "; the releasing side states {}, the receiving side {}",
            one.releasing_states, one.receiving_states
        ));
    }
    let reason = one.says.as_ref().map(|says| format!("    reason: {says}"));
    std::iter::once(line).chain(reason).collect()
}

fn ratio(one: &RatioAnswer) -> Vec<String> {
    let reader = one.reader.as_ref().map_or(String::new(), |reader| format!(" as {reader} reads it"));
    let names = [0, 1].map(|side: usize| one.sides[side].join(" + "));
    let mut lines =
        vec![format!("clause {}, {}{reader}: {} against {}", one.clause, one.ratio, names[0], names[1])];
    lines.push(format!("    heads {} against {}", one.heads[0], one.heads[1]));
    lines.push(format!(
        "    value {} against {}, difference {}",
        one.values[0], one.values[1], one.difference
    ));
    for class in one.classes.iter().filter(|class| class.heads != [0, 0]) {
        let mark = if class.verified { "" } else { " †" };
        lines.push(format!(
            "    {}{mark}: {} against {}, like for like {}, left {} against {}",
            class.class, class.heads[0], class.heads[1], class.matched, class.left[0], class.left[1]
        ));
    }
    lines.push(match &one.due {
        None => "    even".to_owned(),
        Some(due) => {
            let heads = due.heads.as_ref().map_or(String::new(), |heads| format!(", in heads {heads}"));
            format!("    due along {}: a value of {}{heads}", names[due.side], due.value)
        }
    });
    lines
}

/// Says which act fell outside, and why.
pub fn outside(terms: &Terms, booked: &Booked, one: &Outside) -> String {
    let closed: Vec<String> = one.closed.iter().map(|closed| closed_words(terms, closed)).collect();
    let at = booked.acts[one.act].at.map_or(String::new(), |at| format!("at {at}, "));
    format!("line {}: {at}leg {}: {}", booked.lines[one.act], terms.legs[one.leg].id, closed.join("; "))
}

fn closed_words(terms: &Terms, closed: &Closed) -> String {
    let why = match &closed.reason {
        Reason::NotYetOpen { opens } => format!("opens at {opens}"),
        Reason::WaitsForPhases(phases) => format!("waits for {}", phase_names(terms, phases)),
        Reason::WaitsForWord(voices) => format!("waits for the word of {}", voices_of(terms, voices)),
        Reason::Suspended { since, by } => format!("suspended since {since} by {}", voices_of(terms, by)),
        Reason::Complete { at } => format!("complete since {at}"),
        Reason::Expired { at } => format!("its window closed at {at}"),
    };
    format!("clause {}: phase {} is not open: {why}", closed.clause, terms.phases[closed.phase].id)
}

/// A phase's state: its code, in words, and when it closes.
pub fn phase_state(terms: &Terms, state: &State) -> (&'static str, String, Option<Moment>) {
    match state {
        State::Waiting { why } => {
            let why = match why {
                Why::Phases(phases) => format!("waits for {}", phase_names(terms, phases)),
                Why::Until(opens) => format!("opens at {opens}"),
                Why::Word(voices) => format!("waits for the word of {}", voices_of(terms, voices)),
            };
            ("waiting", why, None)
        }
        State::Open { since, closes } => {
            let until = closes.map_or("without an end".to_owned(), |closes| format!("closes at {closes}"));
            ("open", format!("open since {since}, {until}"), *closes)
        }
        State::Suspended { since, by } => {
            ("suspended", format!("suspended since {since} by {}", voices_of(terms, by)), None)
        }
        State::Complete { at } => ("complete", format!("complete since {at}"), None),
        State::Expired { at, owed } => {
            let owed = match owed {
                Expiry::Lapses => "anything still owed then has lapsed",
                Expiry::StaysOwed => "anything still owed then stays owed",
            };
            ("expired", format!("its window closed at {at}; {owed}"), Some(*at))
        }
    }
}

fn phase_names(terms: &Terms, phases: &[usize]) -> String {
    phases.iter().map(|place| terms.phases[*place].id.to_string()).collect::<Vec<_>>().join(", ")
}

fn voices_of(terms: &Terms, voices: &[Voice]) -> String {
    voices.iter().map(|one| voice(terms, *one)).collect::<Vec<_>>().join(", ")
}

/// Writes the acts behind a figure, with their sum.
pub fn behind(account: &str, acts: &[Behind], sum: i64) -> anyhow::Result<()> {
    out::line(format!("{account}: the acts behind it"))?;
    for one in acts {
        let at = one.at.as_deref().unwrap_or("no date");
        let mark = if one.unverified { " †" } else { "" };
        let mut line = format!(
            "  line {}: {at} {} {} {}{mark}: {} ({:+})",
            one.line,
            one.by,
            one.act,
            one.item,
            one.moves.join(", "),
            one.into_account
        );
        for text in [&one.note, &one.source] {
            if !text.is_empty() {
                line.push_str(&format!("; {text}"));
            }
        }
        out::line(line)?;
    }
    out::line(format!("  sum {sum} of {} acts", acts.len()))?;
    Ok(())
}

/// Writes the differences of two accounts.
pub fn differences(
    terms: &Terms,
    found: &[Difference],
    sums: &[SumDifference],
    labels: &[Labels; 2],
    names: &[String; 2],
) -> anyhow::Result<()> {
    let [first, second] = names;
    out::line(format!("received, in {first} and {second}: {} differences; neither is changed", found.len()))?;
    for one in found {
        out::line(format!("  {}", difference(terms, one, labels, names)))?;
    }
    if !sums.is_empty() {
        out::line("what it comes to:")?;
    }
    for one in sums {
        let quantity = &terms.quantities[one.quantity].id;
        let reader = one.reader.as_ref().map(|reader| format!(" as {reader} reads it")).unwrap_or_default();
        out::line(format!(
            "  {quantity} (clause {}){reader}: {} {} in {first}, {} in {second}",
            one.clause, one.sum, one.own, one.theirs
        ))?;
    }
    Ok(())
}

fn difference(terms: &Terms, one: &Difference, labels: &[Labels; 2], names: &[String; 2]) -> String {
    let leg = |leg: &u8| &terms.legs[usize::from(*leg)].id;
    let [first, second] = names;
    match one {
        Difference::Count { of, leg: place, own, theirs } => {
            let (own, theirs) = (number(own), number(theirs));
            format!("{}{}: {first} has {own}, {second} has {theirs}", leg(place), counted(of))
        }
        Difference::Lot { of, leg: place, lot, own, theirs } => {
            let (own, theirs, lot) = (number(own), number(theirs), label(lot, labels));
            format!("{}{}: lot {lot}: {first} has {own}, {second} has {theirs}", leg(place), counted(of))
        }
        Difference::Item { of, leg: place, item, stated_by, .. } => {
            let ([has, lacks], named) = (sources(stated_by.as_str(), names), label(item, labels));
            format!("{}{}: {named} is in {has}, not in {lacks}", leg(place), counted(of))
        }
        Difference::Container { leg: place, person, container, stated_by, .. } => {
            let [has, lacks] = sources(stated_by.as_str(), names);
            let (person, container) = (label(person, labels), label(container, labels));
            format!("{}, identified: {has} finds {person} in {container}, {lacks} does not", leg(place))
        }
        Difference::CountAgainstItems { of, leg: place, by, count, named } => {
            let [has, _] = sources(by.as_str(), names);
            format!("{}{}: {has} counts {count} and names {named}", leg(place), counted(of))
        }
    }
}

fn number(stated: &Stated) -> String {
    stated.count.map_or("no figure".to_owned(), |count| count.to_string())
}

/// What a figure counts, behind the leg: nothing for what was received without a round.
fn counted(of: &Of) -> String {
    match of {
        Of::Received(no) => round(*no),
        Of::Outside(family) => format!(", outside the exchange, {}", family.code()),
        Of::Identified => ", identified".to_owned(),
    }
}

/// The differences of two accounts in JSON.
pub fn differences_json(
    terms: &Terms,
    found: &[Difference],
    sums: &[SumDifference],
    labels: &[Labels; 2],
    names: &[String; 2],
) -> Value {
    let leg = |place: &u8| terms.legs[usize::from(*place)].id.to_string();
    let one = |one: &Difference| match one {
        Difference::Count { of, leg: place, own, theirs } => {
            let own = json!({ "kind": "count", "leg": leg(place), "own": own.count, "theirs": theirs.count });
            of_json(own, of)
        }
        Difference::Lot { of, leg: place, lot, own, theirs } => {
            let lot = json!({
                "kind": "lot", "leg": leg(place), "item": label(lot, labels),
                "own": own.count, "theirs": theirs.count,
            });
            of_json(lot, of)
        }
        Difference::Item { of, leg: place, item, stated_by, .. } => {
            let [has, lacks] = sources(stated_by.as_str(), names);
            let item = label(item, labels);
            of_json(
                json!({ "kind": "person", "leg": leg(place), "item": item, "in": has, "not_in": lacks }),
                of,
            )
        }
        Difference::Container { leg: place, person, container, stated_by, .. } => {
            let [has, lacks] = sources(stated_by.as_str(), names);
            json!({
                "kind": "container", "leg": leg(place), "of": "identified", "person": label(person, labels),
                "item": label(container, labels), "in": has, "not_in": lacks,
            })
        }
        Difference::CountAgainstItems { of, leg: place, by, count, named } => {
            let [has, _] = sources(by.as_str(), names);
            let own = json!({
                "kind": "count-against-persons", "leg": leg(place), "by": has,
                "count": count, "named": named,
            });
            of_json(own, of)
        }
    };
    let sum = |one: &SumDifference| {
        json!({
            "quantity": terms.quantities[one.quantity].id.to_string(), "clause": one.clause,
            "reader": one.reader.as_ref().map(ToString::to_string), "sum": one.sum,
            "own": one.own.to_string(), "theirs": one.theirs.to_string(),
        })
    };
    json!({
        "own": names[0], "theirs": names[1],
        "differences": found.iter().map(one).collect::<Vec<_>>(), "sums": sums.iter().map(sum).collect::<Vec<_>>(),
    })
}

/// Says what a difference counts, too: `received` with its round, an account outside the exchange, or `identified`.
fn of_json(mut difference: Value, of: &Of) -> Value {
    match of {
        Of::Received(no) => {
            difference["of"] = json!("received");
            difference["round"] = json!(no);
        }
        Of::Outside(family) => difference["of"] = json!(family.code()),
        Of::Identified => difference["of"] = json!("identified"),
    }
    difference
}

/// The file that has it, then the one that lacks it.
fn sources<'a>(label: &str, names: &'a [String; 2]) -> [&'a str; 2] {
    if label == "ours" { [&names[0], &names[1]] } else { [&names[1], &names[0]] }
}

fn label(item: &exchange::ids::Item, labels: &[Labels; 2]) -> String {
    let known = labels.iter().find_map(|labels| labels.label(item));
    known.map_or_else(|| item.to_string(), ToOwned::to_owned)
}
