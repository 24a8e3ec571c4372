//! Rules and people as files, as the readers read them.

use std::fmt::Write as _;

use super::pool::POOL_HEADER;
use crate::selection::joint::{Against, Balance, ChanceRule, GroupClass, Objective, People, Rules};

/// The file of the rules.
pub fn rules_text(rules: &Rules) -> String {
    let objective = match rules.objective {
        Objective::PriorityFirst => "priority-first",
        Objective::TotalFirst => "total-first",
    };
    let group_class = match rules.group_class {
        GroupClass::First => "first",
        GroupClass::Middle => "middle",
        GroupClass::Last => "last",
    };
    let mut text = format!(
        "agreement = {:?}\nobjective = \"{objective}\"\nclasses = {}\ngroup_class = \"{group_class}\"\n",
        rules.agreement, rules.classes
    );
    if rules.chances == ChanceRule::Leximin {
        text.push_str("chances = \"leximin\"\n");
    }
    // Writing to a String cannot fail.
    for side in &rules.sides {
        let _ = write!(text, "\n[[sides]]\nparty = {:?}\n", side.party.as_str());
        for cap in &side.caps {
            let _ = write!(text, "[[sides.caps]]\nid = {}\n", quoted(&cap.id));
            let within = cap.within.map(|at| format!("within = {}\n", quoted(&side.caps[at].id)));
            let least = (cap.at_least > 0).then(|| format!("at_least = {}\n", cap.at_least));
            let most = cap.at_most.map(|most| format!("at_most = {most}\n"));
            [within, least, most].into_iter().flatten().for_each(|line| text.push_str(&line));
        }
    }
    for (at, category) in rules.categories.iter().enumerate() {
        let against = match category.against {
            Against::AllForAll => "all-for-all".to_owned(),
            Against::OneForOne => "one-for-one".to_owned(),
            Against::Ratio([first, second]) => format!("{first}:{second}"),
        };
        let _ = write!(text, "\n[[categories]]\nid = {}\nagainst = \"{against}\"\n", quoted(&category.id));
        if category.at_least != [0, 0] {
            let _ = writeln!(text, "at_least = {:?}", category.at_least);
        }
        let bound = |side: usize| category.at_most[side].map(|most| (rules.sides[side].party.as_str(), most));
        let bounds: Vec<String> =
            (0..2).filter_map(bound).map(|(party, most)| format!("{party} = {most}")).collect();
        if !bounds.is_empty() {
            let _ = writeln!(text, "at_most = {{ {} }}", bounds.join(", "));
        }
        if let Some(worth) = rules.balance.as_ref().and_then(|balance| balance.worths.get(at)) {
            let _ = writeln!(text, "worth = {worth}");
        }
    }
    if let Some(Balance { carried, tolerance, .. }) = &rules.balance {
        let _ = write!(text, "\n[balance]\ncarried = {carried}\ntolerance = {tolerance}\n");
    }
    text
}

fn quoted(label: &str) -> String {
    format!("\"{}\"", label.replace('\\', "\\\\"))
}

/// The file of the people.
pub fn people_text(rules: &Rules, people: &People) -> String {
    let mut text = format!("{POOL_HEADER}\n");
    for person in people.rows() {
        let side = &rules.sides[usize::from(person.side)];
        let site = &side.caps[usize::from(person.site)].id;
        let category = &rules.categories[usize::from(person.category)].id;
        let requested = if person.requested { "yes" } else { "" };
        let group = if person.group == 0 { String::new() } else { person.group.to_string() };
        let _ = writeln!(
            text,
            "{},{},{site},{category},{},{},{requested},{group}",
            person.item,
            side.party.as_str(),
            person.class,
            person.held
        );
    }
    text
}
