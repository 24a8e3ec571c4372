//! Columns that follow from others: a camp's number, its name and its town say one thing.
//!
//! Decides how much of what a column says is still news once an earlier one is known to agree. Weights add up what columns say as if
//! they erred apart (Fellegi and Sunter 1969); counted twice, one camp would make strangers one person. So it is counted how much
//! oftener strangers agree in a column where they agree in the other (collision entropy; Rényi 1961).

use crate::intern::NONE;
use crate::table::{Kind, Table};

/// Rows that are looked at.
const SAMPLE: usize = 1 << 16;
/// With how many rows behind it each is compared.
const BESIDE: usize = 4;
/// Pairs below which nothing is said.
const PAIRS_MIN: u32 = 30;
/// What a column must lose by another, at least, to count as following from it.
const LOSS_MIN: f32 = 0.1;

/// By column beside the name: the earlier columns of which one follows from the other.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Follows(Vec<Vec<Beside>>);

/// An earlier column.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Beside {
    known: usize,
    /// How much agreement in the column says where the earlier one agrees, from 0 to 1.
    agree: f32,
    /// How much agreement in the earlier one would say where the column agrees: who is in no town of a camp is not in the camp.
    back: f32,
}

/// Pairs of strangers that both say something, and those that agree.
#[derive(Clone, Copy, Default)]
struct Counted {
    pairs: u32,
    agree: u32,
}

impl Counted {
    fn add(&mut self, x: u32, y: u32) {
        if x != NONE && y != NONE {
            self.pairs += 1;
            self.agree += u32::from(x == y);
        }
    }

    /// What agreement says, in bits.
    fn bits(self) -> f32 {
        -((self.agree as f32 + 0.5) / (self.pairs as f32 + 1.0)).log2()
    }
}

impl Follows {
    /// Counts on the first rows of a settled table, which lie in no order of what they say.
    pub(crate) fn of(table: &Table) -> Self {
        let rows = table.len().min(SAMPLE);
        let key = |row: u32, at: usize| table.keys(row as usize)[3 + at];
        let is_told = |at: usize| !matches!(table.columns[at].kind, Kind::Birth | Kind::Number);
        let count = |order: &[u32], known: Option<usize>, at: usize| {
            let mut counted = Counted::default();
            for (place, row) in order.iter().enumerate() {
                for other in order[place + 1..].iter().take(BESIDE) {
                    let is_known = known.is_none_or(|known| {
                        key(*row, known) != NONE && key(*row, known) == key(*other, known)
                    });
                    if is_known && are_strangers(table, *row as usize, *other as usize) {
                        counted.add(key(*row, at), key(*other, at));
                    }
                }
            }
            counted
        };
        let drawn: Vec<u32> = (0..rows as u32).collect();
        let alone: Vec<Counted> = (0..table.columns.len()).map(|at| count(&drawn, None, at)).collect();
        let told: Vec<usize> = (0..table.columns.len()).filter(|at| is_told(*at)).collect();
        let mut left = vec![vec![1.0; table.columns.len()]; table.columns.len()];
        for known in &told {
            let mut order = drawn.clone();
            order.sort_by_key(|row| key(*row, *known));
            for at in told.iter().filter(|at| *at != known) {
                let beside = count(&order, Some(*known), *at);
                if beside.pairs >= PAIRS_MIN && alone[*at].pairs >= PAIRS_MIN {
                    let share = (beside.bits() / alone[*at].bits()).clamp(0.0, 1.0);
                    left[*known][*at] = if share <= 1.0 - LOSS_MIN { share } else { 1.0 };
                }
            }
        }
        let earlier = |at: usize| {
            let beside = (0..at).map(|known| Beside { known, agree: left[known][at], back: left[at][known] });
            beside.filter(|one| one.agree < 1.0 || one.back < 1.0).collect()
        };
        Self((0..table.columns.len()).map(earlier).collect())
    }

    /// How much of what an agreeing column says is news beside the earlier ones that agree, from 0 to 1.
    pub(crate) fn news_of_agreement(&self, at: usize, agrees: impl Fn(usize) -> bool) -> f32 {
        let known = self.0[at].iter().filter(|one| agrees(one.known));
        known.fold(1.0, |least, one| least.min(one.agree))
    }

    /// How much of what a differing column says is news beside the earlier ones that differ, from 0 to 1.
    pub(crate) fn news_of_difference(&self, at: usize, differs: impl Fn(usize) -> bool) -> f32 {
        let known = self.0[at].iter().filter(|one| differs(one.known));
        known.fold(1.0, |least, one| least.min(one.back))
    }
}

/// Whether two rows are surely of two people: two surnames, and neither given name nor year of birth in common.
fn are_strangers(table: &Table, one: usize, other: usize) -> bool {
    let packed = &table.packed;
    let (a, b) = (packed.row(one), packed.row(other));
    let surnames = a[0] != NONE && b[0] != NONE && a[0] != b[0];
    let shared = packed.both(a, b).shared;
    surnames && shared >> 1 & 1 == 0 && shared >> packed.year() & 1 == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intern::joined;

    /// Prisoners of invented camps: town and name of a camp follow from its number, the rank from nothing.
    fn table() -> Table {
        let mut table = Table::new(&[Kind::Code, Kind::Words, Kind::Words, Kind::Words]);
        for row in 0..2_000_u64 {
            let drawn = |salt: u64| joined(joined(salt, 77), joined(row, salt));
            let camp = drawn(1) % 40;
            const PARTS: [&str; 8] = ["ba", "ko", "me", "nu", "ti", "ra", "so", "li"];
            let surname = [10, 11, 12].map(|salt| PARTS[drawn(salt) as usize % 8]).concat();
            let word = |number: u64| [number / 8, number % 8].map(|at| PARTS[at as usize]).concat();
            let cells = [format!("7{camp}"), word(camp), word(63 - camp / 4), word(drawn(5) % 12)];
            table.push("list", [&surname, "", ""], &cells.each_ref().map(String::as_str));
        }
        table.settle();
        table
    }

    #[test]
    fn what_follows_from_a_camps_number_is_no_news_beside_it() {
        let follows = Follows::of(&table());
        let news = |at: usize, known: usize| follows.news_of_agreement(at, |one| one == known);
        assert!(news(1, 0) < 0.05 && news(2, 0) < 0.05, "{follows:?}");
        assert!(news(3, 0) > 0.99 && news(3, 1) > 0.99, "{follows:?}");
        assert_eq!(follows.news_of_agreement(1, |_| false), 1.0, "alone it says all");
    }

    #[test]
    fn another_camp_may_be_in_the_same_town_and_no_camp_is_in_two() {
        let follows = Follows::of(&table());
        let news = |at: usize, known: usize| follows.news_of_difference(at, |one| one == known);
        assert!(news(1, 0) < 0.05, "two names of two numbers: {follows:?}");
        assert!(news(2, 1) > 0.3, "two towns of two camps: {follows:?}");
        assert!(news(3, 2) > 0.99, "two ranks in two towns: {follows:?}");
    }

    #[test]
    fn too_few_pairs_say_nothing() {
        let mut few = Table::new(&[Kind::Code, Kind::Code]);
        for (surname, code) in [("Andrus", "7"), ("Boruk", "7"), ("Cygan", "8")] {
            few.push("list", [surname, "", ""], &[code, code]);
        }
        few.settle();
        assert_eq!(Follows::of(&few), Follows(vec![Vec::new(), Vec::new()]));
    }
}
