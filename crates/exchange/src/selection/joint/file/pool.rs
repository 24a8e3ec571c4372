//! The people of both sides, streamed from a table with nothing kept but the people themselves.

use std::io::{self, BufRead};

use super::lines::{LineError, LineProblem, Lines, NoLine, item};
use crate::ids::Item;
use crate::selection::joint::people::{PEOPLE_MAX, People, PeopleError, Person};
use crate::selection::joint::rules::Rules;

/// The first line of the table.
pub const POOL_HEADER: &str = "item,side,site,category,class,held,requested,group";
const FIELDS: usize = 8;

/// Why a table of people is refused.
#[derive(Debug, thiserror::Error)]
pub enum PoolError {
    /// It cannot be read from where it lies.
    #[error("cannot be read")]
    Io(#[from] io::Error),
    /// A line is refused.
    #[error(transparent)]
    Line(#[from] LineError),
    /// The same person on two lines.
    #[error("lines {} and {}: item {item} is there twice", lines[0], lines[1])]
    Twice {
        /// Who.
        item: Item,
        /// Where.
        lines: [u64; 2],
    },
    /// A group with members of two sides: they cannot go in one vehicle.
    #[error("lines {} and {}: group {group} has members of both sides", lines[0], lines[1])]
    GroupOfBothSides {
        /// Its number.
        group: u32,
        /// A member of each side.
        lines: [u64; 2],
    },
    /// Refused as a whole.
    #[error(transparent)]
    People(PeopleError),
}

impl From<NoLine> for PoolError {
    fn from(no_line: NoLine) -> Self {
        match no_line {
            NoLine::Io(why) => Self::Io(why),
            NoLine::Refused(refused) => Self::Line(refused),
        }
    }
}

/// Reads the people of a round. `open` opens the table from its beginning; it is opened a second time only to say on which
/// lines a fault stands that shows when everybody is read.
///
/// # Errors
/// The first line that is refused, or the lines that cannot stand together.
pub fn people<R: BufRead>(
    rules: &Rules,
    mut open: impl FnMut() -> io::Result<R>,
) -> Result<People, PoolError> {
    let labels = Labels::of(rules);
    let mut rows = Vec::new();
    each(&labels, open()?, |_, person| rows.push(person))?;
    let error = match People::new(rules, rows) {
        Ok(people) => return Ok(people),
        Err(error) => error,
    };
    let mut lines = Vec::new();
    match error {
        PeopleError::Twice(item) => {
            each(&labels, open()?, |line, person| lines.extend((person.item == item).then_some(line)))?;
            Err(match lines[..] {
                [first, second, ..] => PoolError::Twice { item, lines: [first, second] },
                _ => PoolError::People(error),
            })
        }
        PeopleError::GroupOfBothSides(group) => {
            let mut seen = [false; 2];
            each(&labels, open()?, |line, person| {
                if person.group == group && !std::mem::replace(&mut seen[usize::from(person.side)], true) {
                    lines.push(line);
                }
            })?;
            Err(match lines[..] {
                [first, second] => PoolError::GroupOfBothSides { group, lines: [first, second] },
                _ => PoolError::People(error),
            })
        }
        PeopleError::TooMany | PeopleError::Unknown { .. } => Err(PoolError::People(error)),
    }
}

fn each(
    labels: &Labels<'_>,
    input: impl BufRead,
    mut take: impl FnMut(u64, Person),
) -> Result<(), PoolError> {
    let mut lines = Lines::after_header(input, POOL_HEADER)?;
    let mut count = 0;
    while let Some(line) = lines.next()? {
        let read =
            if count == PEOPLE_MAX { Err(LineProblem::TooMany(PEOPLE_MAX)) } else { labels.person(line) };
        count += 1;
        match read {
            Ok(person) => take(lines.number(), person),
            Err(problem) => return Err(lines.refused(problem).into()),
        }
    }
    Ok(())
}

/// The labels of the rules, sorted, with their places.
struct Labels<'a> {
    parties: [&'a [u8]; 2],
    sites: [Vec<(&'a [u8], u16)>; 2],
    categories: Vec<(&'a [u8], u8)>,
    classes: u8,
}

impl<'a> Labels<'a> {
    fn of(rules: &'a Rules) -> Self {
        let sites = [0, 1].map(|side: usize| {
            let caps = rules.sides[side].caps.iter().zip(0_u16..);
            let mut sites: Vec<_> = caps.map(|(cap, at)| (cap.id.as_bytes(), at)).collect();
            sites.sort_unstable();
            sites
        });
        let numbered = rules.categories.iter().zip(0_u8..);
        let mut categories: Vec<_> = numbered.map(|(one, at)| (one.id.as_bytes(), at)).collect();
        categories.sort_unstable();
        let parties = [0, 1].map(|side: usize| rules.sides[side].party.as_str().as_bytes());
        Self { parties, sites, categories, classes: rules.classes }
    }

    fn person(&self, line: &[u8]) -> Result<Person, LineProblem> {
        let mut fields = [&line[..0]; FIELDS];
        let mut found = 0;
        for field in line.split(|byte| *byte == b',') {
            if let Some(place) = fields.get_mut(found) {
                *place = field;
            }
            found += 1;
        }
        if found != FIELDS {
            return Err(LineProblem::Fields { found, wanted: FIELDS });
        }
        let [digits, party, site, category, class, held, requested, group] = fields;
        let Some(side) = self.parties.iter().position(|known| *known == party) else {
            let parties = self.parties.map(String::from_utf8_lossy);
            let expected = format!("neither {} nor {}", parties[0], parties[1]);
            return Err(LineProblem::field("side", party, expected));
        };
        Ok(Person {
            item: item(digits)?,
            // There are two.
            side: side as u8,
            site: place(&self.sites[side], site)
                .ok_or_else(|| LineProblem::field("site", site, "no cap of this side"))?,
            category: place(&self.categories, category)
                .ok_or_else(|| LineProblem::field("category", category, "no category of the rules"))?,
            class: self.class(class)?,
            held: number(held)
                .and_then(|held| u16::try_from(held).ok())
                .ok_or_else(|| LineProblem::field("held", held, "no number from 0 to 65535"))?,
            requested: match requested {
                b"yes" => true,
                b"" => false,
                _ => return Err(LineProblem::field("requested", requested, "neither \"yes\" nor empty")),
            },
            group: match group {
                b"" => 0,
                _ => number(group)
                    .filter(|number| *number > 0)
                    .ok_or_else(|| LineProblem::field("group", group, "neither empty nor a number from 1"))?,
            },
        })
    }

    fn class(&self, text: &[u8]) -> Result<u8, LineProblem> {
        let class = number(text).and_then(|class| u8::try_from(class).ok());
        class.filter(|class| (1..=self.classes).contains(class)).ok_or_else(|| {
            LineProblem::field("class", text, format!("no class: they go from 1 to {}", self.classes))
        })
    }
}

fn place<N: Copy>(labels: &[(&[u8], N)], label: &[u8]) -> Option<N> {
    labels.binary_search_by_key(&label, |(label, _)| *label).ok().map(|at| labels[at].1)
}

/// A whole number in digits, written in one way only: no sign, no leading zero.
fn number(text: &[u8]) -> Option<u32> {
    let plain = matches!(text, [b'0'] | [b'1'..=b'9', ..]);
    plain.then_some(())?;
    text.iter().try_fold(0_u32, |number, digit| {
        let digit = digit.is_ascii_digit().then(|| u32::from(digit - b'0'))?;
        number.checked_mul(10)?.checked_add(digit)
    })
}
