//! The roll of a round: who goes, of both sides.

use std::io::{self, BufRead};

use sha2::{Digest as _, Sha256};

use super::lines::{LineError, LineProblem, Lines, NoLine, item};
use crate::ids::{Digest, Item};
use crate::selection::joint::people::{PEOPLE_MAX, People};

/// The first line of a roll.
pub const ROLL_HEADER: &str = "item";

/// Who goes, of each side, ascending.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Roll {
    sides: [Vec<Item>; 2],
}

/// Why a roll is refused.
#[derive(Debug, thiserror::Error)]
pub enum RollError {
    /// It cannot be read from where it lies.
    #[error("cannot be read")]
    Io(#[from] io::Error),
    /// A line is refused.
    #[error(transparent)]
    Line(#[from] LineError),
}

impl Roll {
    /// The roll of those who go, by place among the people, ascending.
    pub fn of(people: &People, chosen: &[usize]) -> Self {
        let mut sides = [Vec::new(), Vec::new()];
        for person in chosen.iter().map(|&at| &people.rows()[at]) {
            sides[usize::from(person.side)].push(person.item);
        }
        Self { sides }
    }

    /// Who goes of each side, in the order of the agreement's parties.
    pub fn sides(&self) -> &[Vec<Item>; 2] {
        &self.sides
    }

    /// Everyone who goes, ascending.
    pub fn items(&self) -> Vec<Item> {
        let mut items = self.sides.concat();
        items.sort_unstable();
        items
    }

    /// The file of the roll.
    pub fn text(&self) -> String {
        let items = self.items();
        let mut text = String::with_capacity(ROLL_HEADER.len() + 1 + 65 * items.len());
        text.push_str(ROLL_HEADER);
        text.push('\n');
        for item in items {
            text.push_str(&format!("{item}\n"));
        }
        text
    }

    /// The digest by which both parties see that they hold the same roll.
    pub fn digest(&self) -> Digest {
        let mut hash = Sha256::new();
        hash.update(b"homeward roll v2\n");
        for side in &self.sides {
            // Bounded by PEOPLE_MAX.
            hash.update((side.len() as u32).to_be_bytes());
            side.iter().for_each(|item| hash.update(item.0));
        }
        Digest(hash.finalize().into())
    }
}

/// Reads a roll.
///
/// # Errors
/// The first line that is no item or does not come after the one before it.
pub fn roll(input: impl BufRead) -> Result<Vec<Item>, RollError> {
    let read = |input| -> Result<Vec<Item>, NoLine> {
        let mut lines = Lines::after_header(input, ROLL_HEADER)?;
        let mut items: Vec<Item> = Vec::new();
        while let Some(line) = lines.next()? {
            let next = item(line).map_err(|problem| lines.refused(problem))?;
            if items.last().is_some_and(|last| *last >= next) {
                return Err(lines.refused(LineProblem::Order(next)));
            }
            if items.len() == PEOPLE_MAX {
                return Err(lines.refused(LineProblem::TooMany(PEOPLE_MAX)));
            }
            items.push(next);
        }
        Ok(items)
    };
    read(input).map_err(|no_line| match no_line {
        NoLine::Io(why) => RollError::Io(why),
        NoLine::Refused(refused) => RollError::Line(refused),
    })
}
