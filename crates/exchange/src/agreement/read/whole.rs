//! What only the whole shows: places against floors, categories nobody can use, legs nothing is said about.

use super::At;
use crate::agreement::{
    Amount, CountsOn, Family, GateKind, Neutral, NeutralRole, Object, Quantity, Refused, Terms, TermsError,
    Unit,
};

/// Refuses what leaves open, or contradicts, what the rules would need.
pub(super) fn check(terms: &Terms) -> Result<(), TermsError> {
    every_leg_is_counted(terms)?;
    someone_names_the_persons(terms)?;
    custodians_keep(terms)?;
    together(terms)?;
    if !terms.rounds.is_empty() {
        rounds(terms)?;
    }
    Ok(())
}

fn at(clause: u32) -> At {
    At { line: None, clause: Some(clause) }
}

/// A leg of the exchange or of remains stands in a quantity or a ratio: otherwise nobody says how many.
fn every_leg_is_counted(terms: &Terms) -> Result<(), TermsError> {
    for (place, leg) in terms.legs.iter().enumerate() {
        let owed = matches!(leg.account, Family::Exchange | Family::RemainsAndEffects);
        let counted = terms.quantities.iter().any(|one| one.legs.contains(&place))
            || terms.ratios.iter().any(|one| one.sides.iter().any(|side| side.legs.contains(&place)));
        if owed && !counted {
            return at(leg.clause).open("how many go along a leg: no quantity and no ratio counts it");
        }
    }
    Ok(())
}

/// Where not all go, somebody chooses; who, must be said.
fn someone_names_the_persons(terms: &Terms) -> Result<(), TermsError> {
    if terms.lists.is_some() || terms.selection.is_some() {
        return Ok(());
    }
    let chosen = |quantity: &&Quantity| {
        let persons = matches!(quantity.unit, Unit::Heads | Unit::Value(_));
        let exchange = quantity.legs.iter().any(|leg| {
            terms.legs[*leg].account == Family::Exchange && terms.legs[*leg].object == Object::Persons
        });
        persons && exchange && !matches!(quantity.amount, Amount::All { .. } | Amount::NotPublished)
    };
    terms
        .quantities
        .iter()
        .find(chosen)
        .map_or(Ok(()), |quantity| at(quantity.clause).open("who names the persons: [lists] or [selection]"))
}

fn custodians_keep(terms: &Terms) -> Result<(), TermsError> {
    for leg in &terms.legs {
        let Some(custodian) = &leg.custodian else { continue };
        let keeps =
            |neutral: &Neutral| neutral.id == *custodian && neutral.roles.contains(&NeutralRole::Custodian);
        if !terms.neutrals.iter().any(keeps) {
            return at(leg.clause)
                .contradiction("the custodian of a leg is a neutral with the role custodian");
        }
    }
    Ok(())
}

fn together(terms: &Terms) -> Result<(), TermsError> {
    for leg in &terms.legs {
        let Some(label) = &leg.together else { continue };
        let same = terms.legs.iter().filter(|other| other.together.as_ref() == Some(label)).count();
        if same < 2 {
            return at(leg.clause).contradiction("a leg that completes together with no other");
        }
        if leg.counts_on == CountsOn::Declaration {
            return at(leg.clause)
                .contradiction("a leg counts on declaration, or completes with others; not both");
        }
    }
    Ok(())
}

/// Rounds with places are chosen by the published order between two parties: everything that this needs is there.
fn rounds(terms: &Terms) -> Result<(), TermsError> {
    let first = |what| At::NOWHERE.open(what);
    if terms.parties.len() != 2 {
        return At::NOWHERE.contradiction("rounds with places are between two parties; others have phases");
    }
    if terms.selection.is_none() {
        return first("rounds without [selection]: who goes first");
    }
    if terms.replacement.is_none() {
        return first("rounds without [replacement]: how a vacated slot is filled");
    }
    if !terms.gates.iter().any(|gate| gate.kind == GateKind::Will && gate.occasions >= 2) {
        return first("rounds without a gate of the will on 2 occasions: after listing and at the crossing");
    }
    if terms.families.is_none() {
        return first("rounds without [families]: how long families come first");
    }
    let places = terms.rounds.iter().map(|round| u64::from(round.places)).sum();
    for quantity in &terms.quantities {
        if let Some(floor) = quantity.amount.least().filter(|_| quantity.unit == Unit::Heads)
            && places < u64::from(floor)
        {
            return at(quantity.clause).refuse(Refused::FloorImpossible { places, floor });
        }
    }
    for category in &terms.categories {
        if !terms.rounds.iter().any(|round| round.categories.contains(&category.id)) {
            return at(category.clause).open("a category that no round admits");
        }
    }
    Ok(())
}
