//! A pair of records as a vector of levels: how each column compares, the name as one.

use crate::birth::{self, Born};
use crate::forms::{LEVELS, Level, ROLES, Role};
use crate::intern::NONE;
use crate::table::{Kind, Table};

/// Levels of a pair in 64 bits: nine of the name, one whether parts stand elsewhere, then four for each column.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Levels(pub u64);

/// How many values the name's part can have.
pub const NAMES: usize = 1 << 10;

impl Levels {
    /// The name's part: three levels and whether parts stand elsewhere.
    pub fn name(self) -> usize {
        (self.0 & 1_023) as usize
    }

    /// The level of a part of the name.
    pub fn part(self, role: Role) -> usize {
        (self.0 >> (3 * role as u32) & 7) as usize
    }

    /// Whether parts of one name were found in other columns of the other.
    pub fn is_moved(self) -> bool {
        self.0 >> 9 & 1 == 1
    }

    /// The level of a column beside the name.
    pub fn column(self, at: usize) -> usize {
        (self.0 >> (10 + 4 * at) & 15) as usize
    }
}

const ORDERS: [[usize; 3]; 6] = [[0, 1, 2], [1, 0, 2], [0, 2, 1], [2, 1, 0], [1, 2, 0], [2, 0, 1]];

/// What a level of a name's part is worth for finding which part is which.
fn fit(level: Level) -> i32 {
    match level {
        Level::Same | Level::OneName => 8,
        Level::Near => 5,
        Level::Alike | Level::Initial => 2,
        Level::Missing => 0,
        Level::Differs => -4,
    }
}

/// Compares two rows of a table.
pub fn levels(table: &Table, a: usize, b: usize) -> Levels {
    let (one, other) = (table.cells(a), table.cells(b));
    let mut bits = name(table, one, other);
    for (at, column) in table.columns.iter().enumerate() {
        let (x, y) = (one[3 + at], other[3 + at]);
        let level = match column.kind {
            Kind::Birth => birth::agreement(Born::of_bits(x), Born::of_bits(y)) as u64,
            _ if x == NONE || y == NONE => Level::Missing as u64,
            Kind::Number if column.forms.are_neighbours(x, y) => Level::Differs as u64,
            _ => column.forms.level(x, y, Role::Surname) as u64,
        };
        bits |= level << (10 + 4 * at);
    }
    Levels(bits)
}

/// The three parts of two names, matched so that they fit best; as written where no other order fits clearly better.
fn name(table: &Table, one: &[u32], other: &[u32]) -> u64 {
    let level = |x: usize, y: usize| match (one[x], other[y]) {
        (NONE, _) | (_, NONE) => Level::Missing,
        // A son's name and his father's are one word and two names.
        (a, b) if x != y && table.names.is_patronymic(a) != table.names.is_patronymic(b) => Level::Differs,
        (a, b) => match table.names.level(a, b, ROLES[x]) {
            // Of two equal initials no more is known than of one that fits.
            Level::Same | Level::OneName if table.names.is_initial(a) => Level::Initial,
            Level::Near | Level::Alike if x == 0 && table.names.are_derived(a, b) => Level::Differs,
            level => level,
        },
    };
    let as_written = [0, 1, 2].map(|at| level(at, at));
    let packed = |levels: [Level; 3]| {
        levels.iter().zip([0, 3, 6]).fold(0, |bits, (level, shift)| bits | (*level as u64) << shift)
    };
    let worth = |levels: &[Level; 3]| levels.iter().map(|level| fit(*level)).sum::<i32>();
    // Only where a part is found in another's place can another order be better.
    let crossing = (0..3).any(|x| {
        (0..3).any(|y| {
            x != y && one[x] != NONE && other[y] != NONE && {
                one[x] == other[y] || table.names.key(one[x], ROLES[x]) == table.names.key(other[y], ROLES[x])
            }
        })
    });
    if !crossing || as_written.iter().filter(|level| fit(**level) >= 5).count() >= 2 {
        return packed(as_written);
    }
    let moved = ORDERS[1..].iter().map(|order| [0, 1, 2].map(|at| level(at, order[at])));
    let best = moved.max_by_key(|levels| worth(levels)).unwrap_or(as_written);
    if worth(&best) >= worth(&as_written) + 6 { packed(best) | 1 << 9 } else { packed(as_written) }
}

/// How many levels a column can have.
pub fn levels_of(kind: Kind) -> usize {
    if kind == Kind::Birth { birth::AGREEMENTS } else { LEVELS }
}
