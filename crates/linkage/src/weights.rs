//! What each level of each column is worth, learned from the pairs themselves.
//!
//! The model is that of Fellegi and Sunter (1969): a pair's weight is the logarithm of how much likelier its levels are for two
//! records of one person than for two strangers. What strangers have in common is counted; what records of one person have in
//! common is learned by expectation and maximisation (Dempster, Laird, Rubin 1977; Winkler 1988), without labels, for each pair
//! of sources where it has pairs enough, and else leaning on all together. The name is one column: its parts err together.
//! Agreement on a rare name is worth more than on a common one (Newcombe 1959).

mod doubt;
pub mod kept;
mod strangers;

use crate::birth::{AGREEMENTS, Agreement, Born};
use crate::bound::Bound;
use crate::follow::Follows;
use crate::forms::{LEVELS, Level, ROLES};
use crate::packed::EIGHTHS;
use crate::pair::{Levels, NAMES, levels_of};
use crate::table::{Column, Kind, Table};
pub use doubt::{DOUBT_BITS, Doubt, NAME_ALONE_BITS, doubt, is_name_alone};
use strangers::Strangers;

/// A pair that was looked at, with its levels.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    /// The lower row.
    pub one: u32,
    /// The higher row.
    pub other: u32,
    /// How it compares.
    pub levels: Levels,
}

/// The most rounds of learning.
const ROUNDS: usize = 25;
/// How many times as often as is believed before anything is learned a part of a name, or a number, of one person may be found to
/// differ. Without this, a list in which nobody is twice teaches that men of one camp are one man.
const DIFFERS_AT_MOST: f64 = 4.0;
/// Pairs that what is known of all sources together weighs as much as.
const LEAN: f64 = 40.0;

/// How likely levels are, for one pair of sources or for all.
#[derive(Clone, PartialEq, Debug)]
struct Likely {
    name: Vec<f64>,
    columns: Vec<Vec<f64>>,
    /// How likely two records are of one person.
    of_one: f64,
}

/// The learned weights.
#[derive(Clone, Debug)]
pub struct Weights {
    sources: usize,
    /// By pair of sources: how likely levels are for records of one person.
    one_person: Vec<Likely>,
    /// What was believed before anything was learned.
    believed: Likely,
    /// For strangers: by part of the name and by column; same key by what it is.
    strangers: Strangers,
    rarity: Rarity,
    follows: Follows,
    /// By pair of sources: what each level weighs, in bits, but for the rarity of a shared key.
    bits: Vec<Bits>,
}

/// What each level weighs for a pair of sources.
#[derive(Clone, Debug, Default)]
struct Bits {
    /// By the name's levels; with how likely two records are of one person.
    name: Vec<f32>,
    columns: Vec<[f32; 16]>,
}

/// How rare each key is, in bits.
#[derive(Clone, Debug)]
pub(crate) struct Rarity {
    names: [Vec<f32>; 3],
    columns: Vec<Vec<f32>>,
    days: Vec<Vec<(u32, f32)>>,
    /// By part of the name: what a shared first letter says, and by key how much more or less.
    initials: [(f32, Vec<f32>); 3],
}

/// How likely strangers may be to share a day of birth before it says less: ten times what forty classes of one size would.
const COMMON_DAY: f32 = 10.0 / 14_600.0;

/// The most that a number can say, in bits: of two digits there are a hundred.
fn of_digits(column: &Column, key: usize) -> f32 {
    std::f32::consts::LOG2_10 * digits(column, key) as f32
}

/// How many digits a number has.
fn digits(column: &Column, key: usize) -> usize {
    let text = u32::try_from(key).map_or("", |key| column.forms.key_text(key));
    text.bytes().filter(u8::is_ascii_digit).count()
}

impl Rarity {
    pub(crate) fn of(table: &Table) -> Self {
        let names = |role: usize| {
            let all = f64::from(table.name_filled[role]);
            let chance = |count: &u32| (f64::from(*count) + 1.0) / (all + 1.0 / strangers::NAME_SHARED[role]);
            table.name_counts[role].iter().map(|count| -chance(count).log2() as f32).collect()
        };
        let column = |column: &Column| {
            let all = f64::from(column.filled);
            let beside = |count: f64| (count - 2.0) / (all - 2.0).max(1.0);
            // Of a value that nearly every record of a short list has, the others tell that it says nothing.
            let chance =
                |count: f64| beside(count).max((count + 1.0) / (all + 1.0 / strangers::shared(column.kind)));
            let bits = |count: &u32| -chance(f64::from(*count)).min(1.0).log2() as f32;
            let bits = column.counts.iter().map(bits);
            match column.kind {
                Kind::Number => {
                    bits.enumerate().map(|(key, bits)| bits.min(of_digits(column, key))).collect()
                }
                _ => bits.collect(),
            }
        };
        let columns = table.columns.iter().map(column).collect();
        let initials = [0, 1, 2].map(|role| Self::of_initials(table, role));
        Self { names: [0, 1, 2].map(names), columns, days: Self::common_days(table), initials }
    }

    /// What a shared first letter of a name says, in bits: usually, and by key how much more or less.
    fn of_initials(table: &Table, role: usize) -> (f32, Vec<f32>) {
        let texts = (0..table.names.keys_len() as u32).map(|key| table.names.key_text(key));
        let first = |text: &str| usize::from(text.bytes().next().unwrap_or(0));
        let mut counts = [0.0_f32; 256];
        for (text, count) in texts.clone().zip(&table.name_counts[role]) {
            // Of a letter alone the name is not known.
            counts[first(text)] += if text.len() > 1 { *count as f32 } else { 0.0 };
        }
        let all: f32 = counts.iter().sum();
        let leant = |count: f32| (count + LEAN_INITIAL * INITIAL_SHARED) / (all + LEAN_INITIAL);
        let usual = -leant(counts.iter().map(|count| count / all.max(1.0) * count).sum()).log2();
        (usual, texts.map(|text| -leant(counts[first(text)]).log2() - usual).collect())
    }

    /// By column, the days of birth that more records share than the days of a year and some forty classes would have it, ascending,
    /// with how likely two of them are to share it: one that was filled in for many says little.
    fn common_days(table: &Table) -> Vec<Vec<(u32, f32)>> {
        let days = |at: usize| {
            if table.columns[at].kind != Kind::Birth {
                return Vec::new();
            }
            let cell =
                |row: usize| Some(table.cells(row)[3 + at]).filter(|day| Born::of_bits(*day).is_whole());
            let mut all: Vec<u32> = (0..table.len()).filter_map(cell).collect();
            all.sort_unstable();
            let others = (all.len() as f32 - 2.0).max(1.0);
            let days = all.chunk_by(PartialEq::eq).filter(|day| day.len() > 2);
            let shared = days.map(|day| (day[0], (day.len() as f32 - 2.0) / others));
            shared.filter(|(_, share)| *share > COMMON_DAY).collect()
        };
        (0..table.columns.len()).map(days).collect()
    }

    /// By place in a row and key, in eighths of a bit, rounded up; of a date nothing.
    pub(crate) fn eighths(&self) -> Vec<Vec<u8>> {
        let eighths = |bits: &f32| (bits * EIGHTHS).ceil().clamp(0.0, 255.0) as u8;
        let all = self.names.iter().chain(&self.columns);
        all.map(|bits| bits.iter().map(eighths).collect()).collect()
    }
}

/// How parts of a name of one person are believed to compare before anything is learned, by level: rough figures of our own, which
/// some hundred pairs outweigh.
const PART: [f64; LEVELS] = [1.0, 0.55, 0.27, 0.08, 0.02, 0.05, 0.03];

/// How likely two names are believed to begin with one letter: a rough figure of our own.
const INITIAL_SHARED: f32 = 0.1;
/// Names that it weighs as much as.
const LEAN_INITIAL: f32 = 30.0;
/// What an initial says less than its letter, in bits: of equal names too a part is believed to be chance before a list has taught.
const INITIAL_LESS: f32 = 0.5;

/// How often the names of one person are believed to compare like this.
fn name_believed(found: Levels) -> f64 {
    let parts: f64 = ROLES.iter().map(|role| PART.get(found.part(*role)).copied().unwrap_or(0.0)).product();
    parts * if found.is_moved() { 0.03 } else { 0.97 }
}

/// What is believed of records of one person before anything is learned.
fn believed(table: &Table) -> Likely {
    let mut name = vec![0.0; NAMES];
    name.iter_mut().enumerate().for_each(|(at, place)| *place = name_believed(Levels(at as u64)));
    let columns = table.columns.iter().map(|column| match column.kind {
        Kind::Birth => {
            let mut likely = vec![0.01; AGREEMENTS];
            likely[Agreement::Missing as usize] = 1.0;
            likely[Agreement::Same as usize] = 0.8;
            likely[Agreement::SameYear as usize] = 0.05;
            likely[Agreement::OtherDay as usize] = 0.03;
            likely[Agreement::OtherYear as usize] = 0.004;
            likely
        }
        Kind::Category => vec![1.0, 0.97, 0.01, 0.005, 0.005, 0.01, 0.005],
        _ => vec![1.0, 0.6, 0.2, 0.06, 0.02, 0.11, 0.01],
    });
    Likely { name, columns: columns.collect(), of_one: 0.2 / table.len().max(2) as f64 }
}

impl Weights {
    /// What is believed before anything is learned, with what strangers have in common.
    pub fn believed(table: &Table) -> Self {
        let sources = table.source_names.len().max(1);
        let mut weights = Self {
            sources,
            one_person: vec![believed(table); sources * sources],
            believed: believed(table),
            strangers: Strangers::of(table),
            rarity: Rarity::of(table),
            follows: Follows::of(table),
            bits: Vec::new(),
        };
        weights.set_bits();
        weights
    }

    /// What each level weighs by what is known now.
    fn set_bits(&mut self) {
        let strangers = &self.strangers;
        let bits = self.one_person.iter().map(|likely| {
            let name = likely.name.iter().enumerate().map(|(at, share)| -> f32 {
                let found = Levels(at as u64);
                let parts = ROLES.iter().map(|role| strangers.parts[*role as usize].get(found.part(*role)));
                let bits: f64 = parts.map(|bits| bits.copied().unwrap_or(0.0)).sum();
                (bits + share.max(1e-9).log2() + likely.of_one.log2()) as f32
            });
            let column = |(shares, strangers): (&Vec<f64>, &Vec<f64>)| {
                let mut bits = [0.0; 16];
                for (level, place) in bits.iter_mut().enumerate().take(shares.len()).skip(1) {
                    *place = (shares[level].max(1e-9).log2() + strangers[level]) as f32;
                }
                bits
            };
            Bits {
                name: with_initials_bounded(name.collect(), &self.rarity.initials),
                columns: likely.columns.iter().zip(&strangers.columns).map(column).collect(),
            }
        });
        self.bits = bits.collect();
    }

    fn sources_of(&self, table: &Table, pair: &Pair) -> usize {
        let (a, b) = (table.sources[pair.one as usize], table.sources[pair.other as usize]);
        usize::from(a.min(b)) * self.sources + usize::from(a.max(b))
    }

    /// The weight of a pair in bits: 0 is even, 10 is a thousand to one that they are of one person.
    pub fn weight(&self, table: &Table, pair: &Pair) -> f32 {
        let bits = self.undoubted(table, pair);
        // No doubt lowers what is less than doubt allows.
        if bits <= DOUBT_BITS { bits } else { bits.min(most(table, pair)) }
    }

    /// The weight of a pair before what lets doubt of it limits that, in bits.
    pub(crate) fn undoubted(&self, table: &Table, pair: &Pair) -> f32 {
        self.learned_bits(self.sources_of(table, pair), pair) + self.rarity_bits(table, pair)
    }

    /// What was learned of the levels of a pair, in bits.
    fn learned_bits(&self, sources: usize, pair: &Pair) -> f32 {
        let learned = &self.bits[sources];
        let of_columns = (0..learned.columns.len()).map(|at| {
            let bits = learned.columns[at][pair.levels.column(at)];
            bits * self.news(pair, at)
        });
        learned.name[pair.levels.name()] + of_columns.sum::<f32>()
    }

    /// What a pair's keys weigh because they are rare, in bits.
    fn rarity_bits(&self, table: &Table, pair: &Pair) -> f32 {
        let (one, other) = (table.keys(pair.one as usize), table.keys(pair.other as usize));
        // Of two keys that are one name the commoner counts: by it a stranger agrees as often.
        let commoner = |rarity: &[f32], at: usize| rarity[one[at] as usize].min(rarity[other[at] as usize]);
        let shared = ROLES.into_iter().filter(|role| is_shared(pair.levels.part(*role)));
        let of_names: f32 =
            shared.map(|role| commoner(&self.rarity.names[role as usize], role as usize)).sum();
        let initials = ROLES.into_iter().filter(|role| pair.levels.part(*role) == Level::Initial as usize);
        let of_initials: f32 =
            initials.map(|role| commoner(&self.rarity.initials[role as usize].1, role as usize)).sum();
        let of_columns = (0..table.columns.len()).map(|at| self.rarity_of_column(table, pair, at));
        of_names + of_initials + of_columns.sum::<f32>()
    }

    fn rarity_of_column(&self, table: &Table, pair: &Pair, at: usize) -> f32 {
        if table.columns[at].kind == Kind::Birth {
            return self.common_day(table, pair, at);
        }
        if !is_shared(pair.levels.column(at)) {
            return 0.0;
        }
        let key = |row: u32| table.keys(row as usize)[3 + at] as usize;
        let rarity = &self.rarity.columns[at];
        rarity[key(pair.one)].min(rarity[key(pair.other)]) * self.news(pair, at)
    }

    /// What a shared day of birth says less because many have it, in bits: nothing or below.
    fn common_day(&self, table: &Table, pair: &Pair, at: usize) -> f32 {
        let days = &self.rarity.days[at];
        if days.is_empty() || pair.levels.column(at) != Agreement::Same as usize {
            return 0.0;
        }
        let day = table.cells(pair.one as usize)[3 + at];
        let found = days.binary_search_by_key(&day, |(day, _)| *day);
        let usual = self.strangers.columns[at][Agreement::Same as usize] as f32;
        found.map_or(0.0, |place| (-days[place].1.log2() - usual).min(0.0))
    }

    /// How much of what a column says of a pair is news beside the columns before it.
    fn news(&self, pair: &Pair, at: usize) -> f32 {
        let level = pair.levels.column(at);
        let known = |known: usize| pair.levels.column(known);
        match is_shared(level) {
            true => self.follows.news_of_agreement(at, |earlier| is_shared(known(earlier))),
            false => self.follows.news_of_difference(at, |earlier| known(earlier) == level),
        }
    }

    /// What a column adds to the weight of a pair, in bits.
    pub fn column_bits(&self, table: &Table, pair: &Pair, at: usize) -> f32 {
        let learned = self.bits[self.sources_of(table, pair)].columns[at][pair.levels.column(at)];
        learned * self.news(pair, at) + self.rarity_of_column(table, pair, at)
    }

    /// What is believed of a pair before it is compared, in bits.
    pub fn before(&self, table: &Table, pair: &Pair) -> f32 {
        self.one_person[self.sources_of(table, pair)].of_one.log2() as f32
    }

    /// The bound on what pairs can weigh before anything is learned.
    pub fn bound<'a>(&self, table: &'a Table) -> Bound<'a> {
        let before = self.believed.of_one.log2() as f32;
        let worth = |shares: &[f64], strangers: &[f64]| -> Vec<f32> {
            shares.iter().zip(strangers).map(|(share, bits)| (share.max(1e-9).log2() + bits) as f32).collect()
        };
        Bound::new(table, before, |at| match at.checked_sub(3) {
            Some(at) => worth(&self.believed.columns[at], &self.strangers.columns[at]),
            None => worth(&PART, &self.strangers.parts[at]),
        })
    }

    /// Learns from pairs, until the weights rest; from those that weigh `least` bits by what is known now. Answers in how many rounds.
    pub fn learn(&mut self, table: &Table, pairs: &[Pair], least: f32) -> usize {
        let rows_of =
            |source: usize| table.sources.iter().filter(|one| usize::from(**one) == source).count() as f64;
        let rows: Vec<f64> = (0..self.sources).map(rows_of).collect();
        // What does not change while the rest is learned.
        let fixed: Vec<(&Pair, f32, f32)> = pairs
            .iter()
            .filter(|pair| self.weight(table, pair) >= least)
            .map(|pair| (pair, self.rarity_bits(table, pair), most(table, pair)))
            .collect();
        for round in 1..=ROUNDS {
            let mut sums: Vec<Likely> = vec![self.empty(table); self.sources * self.sources];
            for (pair, rarity, most) in &fixed {
                let learned = self.learned_bits(self.sources_of(table, pair), pair);
                let bits = f64::from((learned + rarity).min(*most));
                let of_one = 1.0 / (1.0 + (-bits).exp2());
                if of_one < 1e-4 {
                    continue;
                }
                let sums = &mut sums[self.sources_of(table, pair)];
                sums.of_one += of_one;
                sums.name[pair.levels.name()] += of_one;
                for (at, column) in sums.columns.iter_mut().enumerate() {
                    column[pair.levels.column(at)] += of_one;
                }
            }
            let moved = self.take(&rows, &sums);
            if moved < 0.002 {
                return round;
            }
        }
        ROUNDS
    }

    fn empty(&self, table: &Table) -> Likely {
        Likely {
            name: vec![0.0; NAMES],
            columns: table.columns.iter().map(|column| vec![0.0; levels_of(column.kind)]).collect(),
            of_one: 0.0,
        }
    }

    /// Takes what was counted; answers by how much the share of pairs of one person moved.
    fn take(&mut self, rows: &[f64], sums: &[Likely]) -> f64 {
        let mut all = sums[0].clone();
        for more in &sums[1..] {
            add(&mut all, more);
        }
        let together = shares(&all, &self.believed, true);
        let universe =
            |a: usize, b: usize| if a == b { rows[a] * (rows[a] - 1.0) / 2.0 } else { rows[a] * rows[b] };
        let mut moved = 0.0_f64;
        for a in 0..self.sources {
            for b in a..self.sources {
                let at = a * self.sources + b;
                let mut next = shares(&sums[at], &together, false);
                // A pair of sources that has hardly any pairs is believed to be as others are.
                let believed = 0.5 / self.believed.of_one;
                next.of_one = ((sums[at].of_one + 0.5) / (universe(a, b) + believed)).min(1.0);
                let before = self.one_person[at].of_one;
                if sums[at].of_one > 100.0 {
                    moved = moved.max((next.of_one / before - 1.0).abs());
                }
                self.one_person[at] = next;
            }
        }
        self.set_bits();
        moved
    }
}

/// What names weigh by their levels, an initial that fits never more above the part not known at all than its letter says: full
/// names teach little of how many an initial fits.
fn with_initials_bounded(mut bits: Vec<f32>, initials: &[(f32, Vec<f32>); 3]) -> Vec<f32> {
    for at in 0..bits.len() {
        for role in ROLES.iter().filter(|role| Levels(at as u64).part(**role) == Level::Initial as usize) {
            // The place of the same levels without that part is a lower one, so that of two initials each is bounded.
            let without = at & !(0b111 << (3 * *role as usize));
            bits[at] = bits[at].min(bits[without] + (initials[*role as usize].0 - INITIAL_LESS).max(0.0));
        }
    }
    bits
}

/// The most that a pair can weigh, in bits.
fn most(table: &Table, pair: &Pair) -> f32 {
    match doubt(table, pair) {
        Some(_) => DOUBT_BITS,
        None if is_name_alone(table, pair.levels) => NAME_ALONE_BITS,
        None => f32::INFINITY,
    }
}

/// Whether two values at this level have one key.
fn is_shared(level: usize) -> bool {
    level == Level::Same as usize || level == Level::OneName as usize
}

fn add(all: &mut Likely, more: &Likely) {
    all.of_one += more.of_one;
    all.name.iter_mut().zip(&more.name).for_each(|(sum, more)| *sum += more);
    for (sums, more) in all.columns.iter_mut().zip(&more.columns) {
        sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
    }
}

/// Counts as probabilities, each name among those with the same parts missing. They lean on what was known before; a name that
/// is counted over all sources leans on its parts taken singly.
fn shares(counts: &Likely, before: &Likely, singly: bool) -> Likely {
    let columns = counts.columns.iter().zip(&before.columns).map(|(counts, before)| {
        let all: f64 = counts[1..].iter().sum();
        let known: f64 = before[1..].iter().sum();
        let share = |at: usize| (counts[at] + LEAN * before[at] / known) / (all + LEAN);
        (0..counts.len()).map(|at| if at == 0 { 1.0 } else { share(at) }).collect()
    });
    Likely {
        columns: columns.collect(),
        name: name_shares(&counts.name, (!singly).then_some(before)),
        of_one: 0.0,
    }
}

/// Which parts of a name's levels are missing, as three bits.
fn missing(found: Levels) -> usize {
    ROLES.iter().map(|role| usize::from(found.part(*role) == 0) << *role as usize).sum()
}

fn name_shares(counts: &[f64], lean: Option<&Likely>) -> Vec<f64> {
    // Parts taken singly, for names seldom seen.
    let mut parts = [[0.0_f64; LEVELS + 1]; 3];
    parts.iter_mut().for_each(|part| (1..LEVELS).for_each(|level| part[level] = LEAN * PART[level]));
    let mut moved = [LEAN * 0.97, LEAN * 0.03];
    let mut of_pattern = [0.0_f64; 8];
    for (at, count) in counts.iter().enumerate() {
        let found = Levels(at as u64);
        of_pattern[missing(found)] += count;
        moved[usize::from(found.is_moved())] += count;
        ROLES.iter().for_each(|role| parts[*role as usize][found.part(*role)] += count);
    }
    let single = |found: Levels| -> f64 {
        let parts = ROLES.iter().map(|role| {
            let of = &parts[*role as usize];
            let level = found.part(*role);
            if level == 0 { 1.0 } else { of[level] / of[1..LEVELS].iter().sum::<f64>() }
        });
        parts.product::<f64>() * moved[usize::from(found.is_moved())] / (moved[0] + moved[1])
    };
    let share = |(at, count): (usize, &f64)| {
        let found = Levels(at as u64);
        let before = lean.map_or_else(|| single(found), |lean| lean.name[at]);
        let share = (count + LEAN * before) / (of_pattern[missing(found)] + LEAN);
        if ROLES.iter().any(|role| found.part(*role) == Level::Differs as usize) {
            share.min(DIFFERS_AT_MOST * name_believed(found))
        } else {
            share
        }
    };
    counts.iter().enumerate().map(share).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_of_strangers_do_not_teach_that_names_of_one_person_differ() {
        let differs = Level::Differs as usize;
        let at = differs | differs << 3;
        let mut counts = vec![0.0; NAMES];
        counts[at] = 10_000.0;
        let shares = name_shares(&counts, None);
        assert!(shares[at] <= DIFFERS_AT_MOST * name_believed(Levels(at as u64)), "{}", shares[at]);
        let same = Level::Same as usize | (Level::Same as usize) << 3;
        counts[same] = 30_000.0;
        assert!(name_shares(&counts, None)[same] > 0.7, "what agrees is learned as it is found");
    }
}
