//! How the values of an agreement are said in the language of a page: who, which way, how many, under which condition.
//!
//! Decides words alone; refuses to know where they stand on a page and what they come to.

use exchange::agreement::{
    Against, Amount, CategoryId, CountingDay, CountsOn, Family, LabelId, Object, Predicate, Quota, Status,
    Test, Unit,
};
use exchange::agreement::{Destination, Side, Terms};
use exchange::ids::Party;
use exchange::ledger::Voice;
use exchange::medical::Group;
use exchange::moment::Moment;
use exchange::person::Sex;
use exchange::rational::Rational;
use exchange::wording::Wording;

use super::Words;

/// The words for the values of one agreement in one language.
#[derive(Clone, Copy)]
pub struct Say<'a> {
    /// The agreement.
    pub terms: &'a Terms,
    /// The language.
    pub t: Words,
}

impl Say<'_> {
    /// A text of the agreement in the page's language.
    pub fn text(&self, wording: &Wording) -> String {
        wording.in_language(self.t.lang.code()).to_owned()
    }

    /// The name of a party or a neutral.
    pub fn party(&self, label: &Party) -> String {
        self.terms.name(label).map_or_else(|| label.to_string(), |name| self.text(name))
    }

    /// The name of whoever states an act.
    pub fn voice(&self, voice: Voice) -> String {
        self.terms.voice_id(voice).map_or_else(String::new, |label| self.party(label))
    }

    /// Which way: `Aronia to Belmar`.
    pub fn direction(&self, from: &Party, to: &Party) -> String {
        self.t.s2("terms-direction", "from", self.party(from), "to", self.party(to))
    }

    /// A leg: which way, and what sets it apart from living persons who go home under the exchange.
    pub fn leg(&self, place: usize) -> String {
        let leg = &self.terms.legs[place];
        let mut apart = Vec::new();
        if leg.object != Object::Persons {
            apart.push(self.object(leg.object));
        }
        if !matches!(leg.account, Family::Exchange | Family::RemainsAndEffects) {
            apart.push(self.family(leg.account));
        }
        if leg.object == Object::Persons && leg.destination != Destination::Home {
            apart.push(self.t.code("terms-destination", leg.destination.code()));
        }
        if leg.counts_on == CountsOn::Declaration {
            apart.push(self.t.s("terms-on-parole"));
        }
        let direction = self.direction(&leg.from, &leg.to);
        if apart.is_empty() { direction } else { format!("{direction} ({})", apart.join(", ")) }
    }

    /// Several legs, one after another.
    pub fn legs(&self, places: &[usize]) -> String {
        let mut legs: Vec<String> = places.iter().map(|place| self.leg(*place)).collect();
        legs.dedup();
        joined(legs.into_iter())
    }

    /// What goes along a leg.
    pub fn object(&self, object: Object) -> String {
        self.t.s(match object {
            Object::Persons => "terms-object-persons",
            Object::Remains => "terms-object-remains",
            Object::Effects => "terms-object-effects",
        })
    }

    /// A family of accounts.
    pub fn family(&self, family: Family) -> String {
        self.t.code("ledger-family", family.code())
    }

    /// A category's name.
    pub fn category(&self, id: &CategoryId) -> String {
        self.terms.category(id).map_or_else(|| id.to_string(), |category| self.text(&category.name))
    }

    /// What stands against a category in a round; nothing where nothing does.
    pub fn against(&self, against: Against) -> Option<String> {
        match against {
            Against::AllForAll => None,
            Against::OneForOne => Some(self.t.s("terms-against-one-for-one")),
            Against::Ratio([first, second]) => {
                let parties = self.terms.parties.iter().map(|side| self.text(&side.name));
                let parties = parties.collect::<Vec<_>>().join(" : ");
                let ratio = format!("{first} : {second}");
                Some(self.t.s2("terms-against-ratio", "ratio", ratio, "parties", parties))
            }
        }
    }

    /// A category with how many of it go in one round, where the round bounds it: `Officers (Aronia: at most 10)`.
    pub fn with_quota(&self, id: &CategoryId, quotas: &[Quota]) -> String {
        let name = self.category(id);
        let Some(quota) = quotas.iter().find(|quota| quota.category == *id) else { return name };
        let of_side = |(side, party): (usize, &Side)| {
            let amount = match (quota.at_least[side], quota.at_most[side]) {
                (0, None) => return None,
                (0, Some(most)) => Amount::AtMost(most),
                (least, None) => Amount::AtLeast(least),
                (least, Some(most)) if least == most => Amount::Exactly(most),
                (least, Some(most)) => Amount::Between(least, most),
            };
            Some(format!("{}: {}", self.text(&party.name), self.amount(amount)))
        };
        let sides = listed(self.terms.parties.iter().take(2).enumerate().filter_map(of_side));
        if sides.is_empty() { name } else { format!("{name} ({sides})") }
    }

    /// A class's name.
    pub fn class(&self, id: &LabelId) -> String {
        let named = self.terms.classes.iter().find(|class| class.id == *id);
        named.map_or_else(|| id.to_string(), |class| self.text(&class.name))
    }

    /// How many: `at least 1,000`.
    pub fn amount(&self, amount: Amount) -> String {
        let n = |number: u32| self.t.number(number);
        match amount {
            Amount::Exactly(number) => self.t.s1("terms-amount-exactly", "n", n(number)),
            Amount::AtLeast(number) => self.t.s1("terms-amount-at-least", "n", n(number)),
            Amount::AtMost(number) => self.t.s1("terms-amount-at-most", "n", n(number)),
            Amount::Between(least, most) => {
                self.t.s2("terms-amount-between", "least", n(least), "most", n(most))
            }
            Amount::All { known: Some(known) } => self.t.s1("terms-amount-all-known", "n", n(known)),
            Amount::All { known: None } => self.t.s("terms-amount-all"),
            Amount::NotPublished => self.t.s("terms-amount-not-published"),
        }
    }

    /// In what a quantity counts.
    pub fn unit(&self, unit: &Unit) -> String {
        match unit {
            Unit::Heads => self.t.s("terms-unit-heads"),
            Unit::Value(scale) => self.t.s1("terms-unit-value", "scale", scale.as_str()),
            Unit::Containers => self.t.s("terms-unit-containers"),
            Unit::Identified => self.t.s("terms-unit-identified"),
            Unit::Items => self.t.s("terms-unit-items"),
        }
    }

    /// Who counts in a category.
    pub fn predicate(&self, predicate: &Predicate) -> String {
        if predicate.tests.is_empty() {
            return self.t.s("terms-test-everyone");
        }
        joined(predicate.tests.iter().map(|test| self.test(test)))
    }

    fn test(&self, test: &Test) -> String {
        let t = self.t;
        match test {
            Test::Medical(groups) => {
                let group = |group: &Group| t.code("terms-group", group.code());
                t.s1("terms-test-medical", "groups", listed(groups.iter().map(group)))
            }
            Test::Age { from, below, on } => {
                let day = t.s(match on {
                    CountingDay::Capture => "terms-day-capture",
                    CountingDay::Signing => "terms-day-signing",
                    CountingDay::Listing => "terms-day-listing",
                    CountingDay::Handover => "terms-day-handover",
                });
                match (from, below) {
                    (Some(from), Some(below)) => {
                        t.s3("terms-test-age-between", "from", from, "below", below, "day", day)
                    }
                    (Some(from), None) => t.s2("terms-test-age-from", "from", from, "day", day),
                    (None, Some(below)) => t.s2("terms-test-age-below", "below", below, "day", day),
                    (None, None) => t.s("terms-test-everyone"),
                }
            }
            Test::Sex(Sex::Male) => t.s("terms-test-men"),
            Test::Sex(Sex::Female) => t.s("terms-test-women"),
            Test::Captured { from, until } => match (from, until) {
                (Some(from), Some(until)) => {
                    t.s2("terms-test-captured-between", "from", t.date(from), "until", t.date(until))
                }
                (Some(from), None) => t.s1("terms-test-captured-from", "from", t.date(from)),
                (None, Some(until)) => t.s1("terms-test-captured-until", "until", t.date(until)),
                (None, None) => t.s("terms-test-everyone"),
            },
            Test::Rank(codes) => t.s1("terms-test-rank", "ranks", codes.join(", ")),
            Test::Status(statuses) => {
                let status = |status: &Status| t.code("terms-held-as", code_of(&Status::ALL, status));
                t.s1("terms-test-status", "statuses", listed(statuses.iter().map(status)))
            }
            Test::NotUnits(units) => t.s1("terms-test-not-units", "units", units.join(", ")),
            Test::Identified => t.s("terms-test-identified"),
        }
    }

    /// An exact number: whole with the separators of the language, else as a fraction.
    pub fn exact(&self, number: Rational) -> String {
        exact(self.t, number)
    }

    /// A moment to the minute, in UTC.
    pub fn moment(&self, at: Moment) -> String {
        self.t.time(at.0.saturating_mul(1000))
    }
}

/// An exact number: whole with the separators of the language, else as a fraction.
pub fn exact(t: Words, number: Rational) -> String {
    let part = |part: i128| i64::try_from(part).map_or_else(|_| part.to_string(), |part| t.number(part));
    match number.under() {
        1 => part(number.over()),
        under => format!("{}/{}", part(number.over()), part(under)),
    }
}

/// The word used in files for a value out of a table of words; empty for one that is not in it.
pub fn code_of<T: PartialEq>(words: &[(&'static str, T)], value: &T) -> &'static str {
    words.iter().find(|(_, known)| known == value).map_or("", |(code, _)| code)
}

/// Parts that all hold, one after another.
pub fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join("; ")
}

/// The members of a list.
pub fn listed(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}
