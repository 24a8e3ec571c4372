//! Which numbers of people an agreement speaks of: the ones it withholds, and the total a bulletin may give.
//!
//! Decides the unknowns of the [`guard`](super::guard) for one agreement, and gives each number a code that reads back, so
//! that a desk can name it in its own language. Refuses to know what has been published.

use std::fmt;

use super::guard::{Fact, Form, Relation, Unknown, Withheld};
use crate::agreement::{CategoryId, Field, Openness, Terms};
use crate::ids::{Party, RoundNo};

/// How many values a withheld number must still be able to take beyond the least one: a narrower interval counts as told.
pub const WIDTH_MIN: i128 = 10;

/// A number of people that somebody could ask for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Number {
    /// Those of one round.
    Round {
        /// The round.
        round: RoundNo,
        /// Released by this party; by both together when there is none.
        from: Option<Party>,
        /// Of this category; of all when there is none.
        category: Option<CategoryId>,
    },
    /// Everyone a party has released from the first round to this one.
    ToDate {
        /// The last round that counts.
        round: RoundNo,
        /// Who released them.
        from: Party,
    },
}

impl fmt::Display for Number {
    /// The code: `round/5/belmar/under-25`, `-` for both parties or all categories; `to-date/5/belmar`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Round { round, from, category } => {
                let from = from.as_ref().map_or("-", Party::as_str);
                let category = category.as_ref().map_or("-", CategoryId::as_str);
                write!(f, "round/{round}/{from}/{category}")
            }
            Self::ToDate { round, from } => write!(f, "to-date/{round}/{from}"),
        }
    }
}

impl Number {
    /// Reads a code.
    pub fn of(code: &str) -> Option<Self> {
        let parts: Vec<&str> = code.split('/').collect();
        match parts[..] {
            ["round", round, from, category] => Some(Self::Round {
                round: round.parse().ok()?,
                from: if from == "-" { None } else { Some(Party::new(from).ok()?) },
                category: if category == "-" { None } else { Some(CategoryId::new(category)?) },
            }),
            ["to-date", round, from] => {
                Some(Self::ToDate { round: round.parse().ok()?, from: Party::new(from).ok()? })
            }
            _ => None,
        }
    }

    /// The number as a sum of what the guard counts: one unknown for each round, releasing party and category admitted.
    pub fn form(&self, terms: &Terms) -> Form {
        let mut unknowns = Vec::new();
        for round in &terms.rounds {
            for party in &terms.parties {
                for category in &round.categories {
                    if self.counts(round.no, &party.id, category) {
                        unknowns.push(Unknown::Part {
                            round: round.no,
                            direction: party.id.as_str().to_owned(),
                            category: category.as_str().to_owned(),
                        });
                    }
                }
            }
        }
        Form::sum(unknowns)
    }

    fn counts(&self, no: RoundNo, by: &Party, of: &CategoryId) -> bool {
        match self {
            Self::Round { round, from, category } => {
                *round == no
                    && from.as_ref().is_none_or(|from| from == by)
                    && category.as_ref().is_none_or(|category| category == of)
            }
            Self::ToDate { round, from } => no <= *round && from == by,
        }
    }
}

/// Every number of people of a round that the agreement withholds: each direction, both together, and each category of
/// these. None when the agreement lets the number of a round be published.
pub fn withheld(terms: &Terms) -> Vec<Withheld> {
    if terms.openness(Field::RoundNumberOfPersons) == Openness::Published {
        return Vec::new();
    }
    let mut withheld = Vec::new();
    for round in &terms.rounds {
        let sides = [None].into_iter().chain(terms.parties.iter().map(|party| Some(party.id.clone())));
        for from in sides {
            let categories = [None].into_iter().chain(round.categories.iter().cloned().map(Some));
            for category in categories {
                let number = Number::Round { round: round.no, from: from.clone(), category };
                withheld.push(Withheld { name: number.to_string(), form: number.form(terms) });
            }
        }
    }
    withheld
}

/// The statement that so many people have come home from one party by the end of a round.
pub fn to_date(terms: &Terms, round: RoundNo, from: Party, value: i64) -> Fact {
    let number = Number::ToDate { round, from };
    Fact { name: number.to_string(), form: number.form(terms), relation: Relation::Equal, value }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bulletin::guard::{How, check};

    fn terms() -> Terms {
        Terms::parse(include_str!("../../../../examples/agreements/istanbul-shaped.toml")).unwrap()
    }

    fn belmar() -> Party {
        Party::new("belmar").unwrap()
    }

    #[test]
    fn every_number_of_every_round_is_withheld_and_its_code_reads_back() {
        let withheld = withheld(&terms());
        // Round 1 admits two categories, the other seven three; each number for either party and for both.
        assert_eq!(withheld.len(), 3 * 3 + 7 * 3 * 4);
        for number in &withheld {
            assert_eq!(Number::of(&number.name).map(|read| read.to_string()), Some(number.name.clone()));
            assert!(!number.form.0.is_empty(), "{}", number.name);
        }
        for code in ["", "round/5", "round/x/-/-", "to-date/5/-/-", "to-date/5/Belmar", "round/5/-/a b"] {
            assert_eq!(Number::of(code), None, "{code}");
        }
    }

    #[test]
    fn a_total_passes_until_the_next_one_gives_the_round_between_them() {
        let (terms, withheld) = (terms(), withheld(&terms()));
        let after_four = to_date(&terms, 4, belmar(), 530);
        assert_eq!(check(&[], std::slice::from_ref(&after_four), &withheld, WIDTH_MIN), Ok(Vec::new()));
        let after_five = to_date(&terms, 5, belmar(), 663);
        let found = check(&[after_four], &[after_five], &withheld, WIDTH_MIN).unwrap();
        // The round's number of one direction, which is exact, and its three categories, none of which can be larger.
        let exact: Vec<&str> = found
            .iter()
            .filter(|derivation| matches!(&derivation.how, How::Exact { value, .. } if value.to_string() == "133"))
            .map(|derivation| derivation.withheld.as_str())
            .collect();
        assert_eq!(exact, ["round/5/belmar/-"]);
        let first = to_date(&terms, 1, belmar(), 133);
        assert!(!check(&[], &[first], &withheld, WIDTH_MIN).unwrap().is_empty());
        let few = to_date(&terms, 4, belmar(), 9);
        assert!(!check(&[], &[few], &withheld, WIDTH_MIN).unwrap().is_empty());
    }
}
