//! What of an agreement the shared record can carry today, and the clause of what it cannot.
//!
//! Decides whether a text that reads well can also be run: the record knows persons one by one, listed in numbered rounds,
//! asked twice, released and received. A clause that needs another word of the parties would be signed and then counted by
//! nobody, or would stop every release; so such a text is neither put forward nor accepted. It can still be reckoned from
//! files (`homeward ledger`). Refuses to know whether a clause is wise.

use exchange::agreement::{
    CountsOn, Family, Gate, GateBy, GateKind, Object, Quantity, Ratio, Shown, SideWorth, Terms, Unit,
};

use crate::act::ActError;

/// A clause that the record cannot carry yet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotYet {
    /// Code of what it asks for; the desk says it as `refusal-<code>`.
    pub code: &'static str,
    /// The clause.
    pub clause: u32,
}

impl From<NotYet> for ActError {
    fn from(why: NotYet) -> Self {
        Self::rule(why.code, why.clause)
    }
}

/// The times that the record lets a person be asked: after listing and at the crossing.
const OCCASIONS: u8 = 2;

/// Checks that acts of the shared record can fill every leg, quantity, ratio and gate of the terms.
///
/// # Errors
/// The first clause that it cannot carry: legs, then amounts, then gates, each in the order of the text.
pub fn check(terms: &Terms) -> Result<(), NotYet> {
    (0..terms.legs.len()).try_for_each(|place| leg(terms, place))?;
    if terms.rounds.is_empty() {
        // The terms have at least one leg. Only whoever is listed in a numbered round can be released.
        return not_yet("not-yet-without-rounds", terms.legs[0].clause);
    }
    terms.quantities.iter().try_for_each(|one| quantity(terms, one))?;
    terms.ratios.iter().try_for_each(|one| ratio(terms, one))?;
    terms.gates.iter().try_for_each(gate)
}

fn not_yet(code: &'static str, clause: u32) -> Result<(), NotYet> {
    Err(NotYet { code, clause })
}

/// A release in the record names a person and a holder, not a leg: one leg of persons of the exchange from each party.
fn leg(terms: &Terms, place: usize) -> Result<(), NotYet> {
    let one = &terms.legs[place];
    let before = &terms.legs[..place];
    if one.object != Object::Persons {
        not_yet("not-yet-object", one.clause)
    } else if one.account != Family::Exchange {
        not_yet("not-yet-account", one.clause)
    } else if before.iter().any(|other| other.from == one.from && other.to == one.to) {
        not_yet("not-yet-second-leg", one.clause)
    } else if one.together.is_some() {
        // No entry says that a leg is ready.
        not_yet("not-yet-together", one.clause)
    } else if one.counts_on == CountsOn::Declaration {
        not_yet("not-yet-declaration", one.clause)
    } else {
        Ok(())
    }
}

/// No entry names the class of a person, so nothing has a worth by a scale.
fn quantity(terms: &Terms, one: &Quantity) -> Result<(), NotYet> {
    match &one.unit {
        Unit::Value(scale) => not_yet("not-yet-class", terms.scale(scale).map_or(one.clause, |of| of.clause)),
        _ if !one.classes.is_empty() => not_yet("not-yet-class", one.clause),
        _ => Ok(()),
    }
}

fn ratio(terms: &Terms, one: &Ratio) -> Result<(), NotYet> {
    let scale = one.sides.iter().find_map(|side| match &side.worth {
        SideWorth::Scale(scale) => Some(scale),
        SideWorth::Each(_) => None,
    });
    match scale {
        Some(scale) => not_yet("not-yet-class", terms.scale(scale).map_or(one.clause, |of| of.clause)),
        None => Ok(()),
    }
}

/// The record keeps the answers of the person, twice, and no other gate; a gate shown among the acts would stop everybody.
fn gate(one: &Gate) -> Result<(), NotYet> {
    let kept = one.kind == GateKind::Will
        && one.shown == Shown::InRecord
        && one.occasions <= OCCASIONS
        // A party writes both answers into the record; a neutral writes none.
        && !matches!(one.by, GateBy::Neutral(_));
    if kept { Ok(()) } else { not_yet("not-yet-gate", one.clause) }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    const REMAINS: &str = "\n[[legs]]\nid = \"fallen\"\nclause = 2\nfrom = \"aronia\"\nto = \"belmar\"\nobject = \"remains\"\n\
        [[quantities]]\nid = \"coffins\"\nclause = 2\nlegs = [\"fallen\"]\nunit = \"containers\"\nall = true\n";
    const SECOND: &str = "\n[[legs]]\nid = \"again\"\nclause = 3\nfrom = \"aronia\"\nto = \"belmar\"\ndestination = \"home\"\n\
        [[quantities]]\nid = \"more\"\nclause = 3\nlegs = [\"again\"]\nat_least = 1\n";
    const SCALE: &str = "\n[[classes]]\nid = \"general\"\nname = \"General\"\n\
        [[scales]]\nid = \"ranks\"\nclause = 4\nworths = [{ class = \"general\", worth = 40 }]\n";
    const BY_VALUE: &str = "[[quantities]]\nid = \"worth\"\nclause = 5\nlegs = [\"to-belmar\"]\nunit = \"value\"\nscale = \"ranks\"\nat_least = 1\n";
    const BY_CLASS: &str = "[[quantities]]\nid = \"generals\"\nclause = 5\nlegs = [\"to-belmar\"]\nclasses = [\"general\"]\nexactly = 1\n";
    const BY_SCALE: &str = "[[ratios]]\nid = \"like\"\nclause = 5\nrounding = \"down\"\ncarry = \"carried\"\nequal_first = true\n\
        sides = [{ legs = [\"to-belmar\"], scale = \"ranks\" }, { legs = [\"to-aronia\"], scale = \"ranks\" }]\n";
    const EACH: &str = "\n[[ratios]]\nid = \"three\"\nclause = 5\nrounding = \"down\"\ncarry = \"carried\"\n\
        sides = [{ legs = [\"to-belmar\"], each = 1 }, { legs = [\"to-aronia\"], each = 3 }]\n";
    const OF_CATEGORY: &str = "\n[[quantities]]\nid = \"young\"\nclause = 3\nlegs = [\"to-belmar\"]\ncategories = [\"under-25\"]\nall = true\n";
    const AGAINST: &str = "all_for_all = false\nagainst = \"3:1\"";
    const OBJECTIVE: &str = "objective = \"priority-first\"\n";
    const KEPT: &str = "objective = \"priority-first\"\nkept_together = \"first\"\n";
    // Of the last round, which the text ends with.
    const QUOTAS: &str = "quotas = [{ category = \"long-held\", at_most = { aronia = 2 } }]\n";
    const HOME: &str = "destination = \"home\"";
    const WILL: &str = "by = \"receiver\"";

    fn text() -> String {
        rehearsal::terms::istanbul_shaped(8, 4, &[(1, date!(2025 - 06 - 10)), (2, date!(2025 - 06 - 19))])
    }

    #[test]
    fn a_clause_that_no_entry_can_carry_is_refused_and_no_other() {
        let with = |more: &[&str]| text() + &more.concat();
        let legs = |more: &str| text().replace(HOME, &format!("{HOME}\n{more}"));
        let gate = |more: &str| text().replace(WILL, more);
        let other_gate = |kind: &str| with(&["\n[[gates]]\nclause = 7\nby = \"holder\"\n", kind]);
        let cases = [
            ("the rehearsed agreement", text(), None),
            ("so many against so many, each worth the same", with(&[EACH]), None),
            ("a quantity of one category", with(&[OF_CATEGORY]), None),
            ("a scale that values nobody", with(&[SCALE]), None),
            ("so many of a category for so many", text().replace("all_for_all = false", AGAINST), None),
            ("kept together", text().replace(OBJECTIVE, KEPT), None),
            ("the total first", text().replace("priority-first", "total-first"), None),
            ("quotas of a round", with(&[QUOTAS]), None),
            ("remains", with(&[REMAINS]), Some(("not-yet-object", 2))),
            (
                "effects",
                with(&[&REMAINS.replace("remains", "effects").replace("\nunit = \"containers\"", "")]),
                Some(("not-yet-object", 2)),
            ),
            ("returns by law", legs("account = \"by-law\""), Some(("not-yet-account", 1))),
            ("given for nothing", legs("account = \"unilateral\""), Some(("not-yet-account", 1))),
            ("two legs one way", with(&[SECOND]), Some(("not-yet-second-leg", 3))),
            ("legs together", legs("together = \"both\""), Some(("not-yet-together", 1))),
            ("on declaration", legs("counts_on = \"declaration\""), Some(("not-yet-declaration", 1))),
            ("a quantity by value", with(&[SCALE, BY_VALUE]), Some(("not-yet-class", 4))),
            ("a quantity of a class", with(&[SCALE, BY_CLASS]), Some(("not-yet-class", 5))),
            ("rank for rank", with(&[SCALE, BY_SCALE]), Some(("not-yet-class", 4))),
            (
                "a gate shown in acts",
                gate("by = \"receiver\"\nshown = \"in-acts\""),
                Some(("not-yet-gate", 6)),
            ),
            ("a will that a neutral writes", gate("by = \"calder\""), Some(("not-yet-gate", 6))),
            (
                "asked three times",
                text().replace("occasions = 2", "occasions = 3"),
                Some(("not-yet-gate", 6)),
            ),
            ("a physician's word", other_gate("kind = \"fitness\"\n"), Some(("not-yet-gate", 7))),
            (
                "no rounds",
                text().split("[[rounds]]").next().unwrap_or_default().to_owned(),
                Some(("not-yet-without-rounds", 1)),
            ),
        ];
        for (what, text, expect) in cases {
            let terms = Terms::parse(&text).unwrap_or_else(|why| panic!("{what}: {why}"));
            let found = check(&terms).err().map(|why| (why.code, why.clause));
            assert_eq!(found, expect, "{what}");
        }
    }
}
