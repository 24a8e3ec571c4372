//! About the most that a pair can weigh, before any text is compared.
//!
//! Decides which pairs are worth comparing letter by letter. Equal keys are worth what they are worth; of others only it is known
//! which letters they have, so that most that differ are seen to differ. It is an estimate, by what is believed before anything is
//! learned: a pair of which several columns differ may weigh more once it is known that they follow from one another or often err,
//! and is not looked at.

use crate::birth::{AGREEMENTS, Born, agreement};
use crate::forms::Level;
use crate::intern::NONE;
use crate::packed::{Both, DIGITS, EIGHTHS, LETTERS, Packed, SURE, letters, signs};
use crate::table::{Kind, Table};

/// What keys are taken to be worth whose letters leave it open whether they are a slip apart, or alike, in bits: of the surname, of
/// other parts of the name, of other columns. Most are neither, so this is less than a slip can be worth.
const OPEN_BITS: [[f32; 2]; 3] = [[5.0, 1.0], [3.0, 0.0], [2.0, 0.0]];
/// What a part of a name is worth at most that stands in another's place, in bits.
const CROSSING_BITS: f32 = 8.0;
/// The parts of the name in a set.
const NAMES: u32 = 0b111;

/// The bound on weights of a table's pairs. Numbers are eighths of a bit.
pub struct Bound<'a> {
    packed: &'a Packed,
    before: i32,
    names: [Lane; 3],
    /// The parts of the name and the other columns but dates, as a set.
    told: u32,
    /// By what two rows share of these: what equal keys are worth beside their rarity.
    same: Vec<i32>,
    /// By what two rows both have and do not share: what other columns are worth at most.
    open: Vec<i32>,
    /// Of the date of birth: where it stands, and what it is worth by agreement.
    births: Vec<(usize, [i32; AGREEMENTS])>,
    others: Vec<Other>,
}

/// What a column is worth.
#[derive(Clone, Copy)]
struct Lane {
    /// What an equal key is worth beside its rarity.
    same: i32,
    /// What keys are worth that are a slip apart, perhaps alike, and surely not.
    apart: [i32; 3],
}

/// A column beside the name and dates.
struct Other {
    at: usize,
    lane: Lane,
    /// The letters of each key, or the signs of codes.
    letters: Vec<u32>,
    is_code: bool,
}

fn eighths(bits: f32) -> i32 {
    (bits * EIGHTHS).ceil() as i32
}

impl Lane {
    /// Of what each level is worth, in bits. Of codes and categories an equal key is an equal writing.
    fn new(bits: &[f32], open: [f32; 2], has_one_name: bool) -> Self {
        let of = |level: Level| bits.get(level as usize).copied().unwrap_or(0.0);
        let [slip, alike] = open;
        let differs = of(Level::Differs);
        let (slip, alike) =
            (differs.max(slip.min(of(Level::Near))), differs.max(alike.min(of(Level::Alike))));
        let one_name = if has_one_name { of(Level::OneName) } else { f32::MIN };
        Self { same: eighths(of(Level::Same).max(one_name)), apart: [slip, alike, differs].map(eighths) }
    }
}

impl<'a> Bound<'a> {
    /// Of a table, by what each level of each lane is worth, in bits, beside rarity, and what is believed before.
    pub fn new(table: &'a Table, before: f32, worth: impl Fn(usize) -> Vec<f32>) -> Self {
        let mut bound = Self {
            packed: &table.packed,
            before: eighths(before),
            names: [0, 1, 2].map(|at| Lane::new(&worth(at), OPEN_BITS[at.min(1)], true)),
            told: NAMES,
            same: Vec::new(),
            open: Vec::new(),
            births: Vec::new(),
            others: Vec::new(),
        };
        for (at, column) in (3..).zip(&table.columns) {
            let bits = worth(at);
            if column.kind == Kind::Birth {
                let mut born = [0; AGREEMENTS];
                born.iter_mut().zip(&bits).for_each(|(place, bits)| *place = eighths(*bits));
                bound.births.push((at, born));
                continue;
            }
            let is_code = column.kind != Kind::Words;
            let of = if is_code { signs } else { letters };
            let keys = 0..column.forms.keys_len() as u32;
            bound.told |= 1 << at;
            bound.others.push(Other {
                at,
                lane: Lane::new(&bits, OPEN_BITS[2], !is_code),
                letters: keys.map(|key| of(column.forms.key_text(key))).collect(),
                is_code,
            });
        }
        bound.tabled(3 + table.columns.len())
    }

    /// With what each set of columns is worth.
    fn tabled(mut self, columns: usize) -> Self {
        let names = (0..).zip(&self.names).map(|(at, lane)| (at, lane, 0));
        let others = self.others.iter().map(|other| (other.at, &other.lane, other.lane.apart[0]));
        let lanes: Vec<(usize, &Lane, i32)> = names.chain(others).collect();
        let sum = |set: usize, worth: fn(&(usize, &Lane, i32)) -> i32| {
            lanes.iter().filter(|(at, ..)| set >> at & 1 == 1).map(worth).sum()
        };
        let same = (0..1 << columns).map(|set| sum(set, |(_, lane, _)| lane.same)).collect();
        let open = (0..1 << columns).map(|set| sum(set, |(.., open)| *open)).collect();
        (self.same, self.open) = (same, open);
        self
    }

    /// Whether two packed rows can weigh `least` bits, by what they have.
    pub fn may_weigh(&self, least: f32, a: &[u32], b: &[u32], both: Both) -> bool {
        let least = (least * EIGHTHS) as i32;
        let (shared, differ) = (both.shared & self.told, both.filled & !both.shared & self.told);
        let mut sum = self.before + self.same[shared as usize] + self.open[differ as usize];
        sum += self.packed.worth(a, shared);
        for (at, born) in &self.births {
            let (x, y) = (a[*at], b[*at]);
            if x != NONE && y != NONE {
                sum += born[agreement(Born::of_bits(x), Born::of_bits(y)) as usize];
            }
        }
        sum += self.of_names(a, b, differ & NAMES);
        if sum < least {
            return false;
        }
        for other in self.others.iter().filter(|other| differ >> other.at & 1 == 1) {
            let (x, y) = (other.letters[a[other.at] as usize], other.letters[b[other.at] as usize]);
            let apart = if other.is_code { codes_apart(x, y) } else { apart(x, y) };
            sum += other.lane.apart[apart] - other.lane.apart[0];
        }
        sum >= least
    }

    /// What parts of the names are worth at most that are not equal.
    fn of_names(&self, a: &[u32], b: &[u32], differ: u32) -> i32 {
        if differ == 0 {
            return 0;
        }
        // A part in another's place is worth as much as in its own. A father's name is often his son's: of these two only both say so.
        let is_in = |part: u32, one: u32, other: u32| part != NONE && (part == one || part == other);
        let both = a[1] != NONE && a[2] != NONE && a[1] == b[2] && a[2] == b[1];
        if both || is_in(a[0], b[1], b[2]) || is_in(b[0], a[1], a[2]) {
            return (CROSSING_BITS * EIGHTHS) as i32 * differ.count_ones() as i32;
        }
        let lanes = self.names.iter().enumerate().filter(|(at, _)| differ >> at & 1 == 1);
        lanes
            .map(|(at, lane)| lane.apart[apart(self.packed.letters(a, at), self.packed.letters(b, at))])
            .sum()
    }
}

/// How far two keys are apart by the letters that only one of them has: 0 where a slip may be all, which changes two; 2 where
/// they are not even alike, as hardly any are that begin with two letters.
fn apart(a: u32, b: u32) -> usize {
    match ((a ^ b) & LETTERS).count_ones() {
        _ if a & b & SURE != 0 => 2,
        0..=2 => 0,
        3..=5 if (a ^ b) >> 27 == 0 => 1,
        _ => 2,
    }
}

/// The same of two codes: 0 where a slip may be all, or they may differ in other signs than digits; codes are never alike.
fn codes_apart(a: u32, b: u32) -> usize {
    let differ = a ^ b;
    if differ.count_ones() <= 2 || differ & DIGITS == 0 { 0 } else { 2 }
}
