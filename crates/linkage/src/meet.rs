//! Records brought together by their keys, each pair shown once.

use crate::block::{Join, Parts};
use crate::intern::{NONE, joined};
use crate::packed::Both;
use crate::rows::Rows;
use crate::table::Table;
use crate::weights::Pair;

/// Records that one key may bring together.
const BLOCK_MAX: usize = 120;
/// Rows that are fetched side by side: few enough to stay in the processor's first cache.
const BATCH: usize = 256;
/// Bits of a key by which it is sorted in one pass.
const DIGIT: u32 = 11;
/// Passes in which a key of 32 bits is sorted.
const PASSES: u32 = 3;

/// What the joins found.
#[derive(Clone, Copy, Debug, Default)]
pub struct Met {
    /// Pairs met, those met twice counted twice.
    pub pairs: u64,
    /// Pairs that were looked at.
    pub looked_at: u64,
    /// Keys that too many records shared, and that were given up.
    pub given_up: u64,
}

impl Met {
    fn add(&mut self, more: Self) {
        self.pairs += more.pairs;
        self.looked_at += more.looked_at;
        self.given_up += more.given_up;
    }
}

/// Sorts by the upper half of each number, in passes of some bits; equal ones stay in their order.
pub(crate) fn sort(keyed: &mut Vec<u64>, spare: &mut Vec<u64>) {
    spare.resize(keyed.len(), 0);
    let digit = |key: u64, pass: u32| (key >> (32 + pass * DIGIT)) as usize & ((1 << DIGIT) - 1);
    let mut starts = [[0_u32; 1 << DIGIT]; PASSES as usize];
    for key in &*keyed {
        (0..PASSES).zip(&mut starts).for_each(|(pass, starts)| starts[digit(*key, pass)] += 1);
    }
    for (pass, starts) in (0..PASSES).zip(&mut starts) {
        let mut sum = 0;
        for start in &mut *starts {
            sum += std::mem::replace(start, sum);
        }
        for key in &*keyed {
            let place = &mut starts[digit(*key, pass)];
            spare[*place as usize] = *key;
            *place += 1;
        }
        std::mem::swap(keyed, spare);
    }
}

/// Runs of two and more with one key.
pub(crate) fn blocks(keyed: &[u64]) -> impl Iterator<Item = &[u64]> {
    keyed.chunk_by(|a, b| a >> 32 == b >> 32).filter(|block| block.len() > 1)
}

/// Brings records together by every join; `look` judges each pair that `may` be worth it. A pair that several joins bring
/// together is shown by the first of them, but for those of keys that many records share.
pub struct Meeting<'a> {
    table: &'a Table,
    parts: &'a Parts<'a>,
    joins: &'a [Join],
    masks: Vec<u32>,
    /// By what two rows share: the first join that brings them together.
    first: Vec<u8>,
    /// By join: keys that many records share.
    many: Vec<Vec<u32>>,
}

impl<'a> Meeting<'a> {
    /// Of the rows of a table, by these joins.
    pub fn new(table: &'a Table, parts: &'a Parts<'a>, joins: &'a [Join]) -> Self {
        let masks: Vec<u32> = joins.iter().map(|join| parts.mask(&join.parts)).collect();
        let first = |shared: u32| masks.iter().position(|mask| shared & mask == *mask).unwrap_or(joins.len());
        let first = (0..1_u32 << table.packed.bits()).map(|shared| first(shared) as u8).collect();
        Self { table, parts, joins, masks, first, many: Vec::new() }
    }

    /// Brings records together, and gives every pair that `look` keeps, by rows: the same in any number of threads.
    pub fn pairs(
        mut self,
        rows: Rows<'_>,
        threads: usize,
        may: impl Fn(&[u32], &[u32], Both) -> bool + Sync,
        look: impl Fn(u32, u32) -> Option<Pair> + Sync,
    ) -> (Met, Vec<Pair>) {
        let mut all = Found::default();
        let (mut keyed, mut spare) = (Vec::new(), Vec::new());
        for at in 0..self.joins.len() {
            self.parts.keyed(self.table.len(), &self.joins[at].parts, &mut keyed);
            rows.narrow(&mut keyed);
            sort(&mut keyed, &mut spare);
            let work = slices(&keyed, threads).into_iter().map(|slice| {
                let (meeting, may, look) = (&self, &may, &look);
                move || meeting.slice(at, rows, slice, may, look)
            });
            let found = side_by_side(work.collect());
            let mut many = Vec::new();
            for mut one in found {
                all.met.add(one.met);
                all.pairs.append(&mut one.pairs);
                many.append(&mut one.many);
            }
            self.many.push(many);
        }
        all.pairs.sort_unstable_by_key(|pair| (pair.one, pair.other));
        all.pairs.dedup_by_key(|pair| (pair.one, pair.other));
        (all.met, all.pairs)
    }

    /// The pairs of some blocks of a join.
    fn slice(
        &self,
        at: usize,
        rows: Rows<'_>,
        keyed: &[u64],
        may: &impl Fn(&[u32], &[u32], Both) -> bool,
        look: &impl Fn(u32, u32) -> Option<Pair>,
    ) -> Found {
        let mut found = Found::default();
        let mut batch = Batch::default();
        let mut add = |block: &[u64], found: &mut Found| {
            batch.add(block);
            if batch.keyed.len() >= BATCH {
                self.batch(at, rows, &mut batch, found, may, look);
            }
        };
        for block in blocks(keyed).filter(|block| rows.wants(block)) {
            if block.len() <= BLOCK_MAX {
                add(block, &mut found);
                continue;
            }
            // A key that too many records share is joined with each other part in turn.
            found.many.push((block[0] >> 32) as u32);
            for more in self.parts.beside(&self.joins[at].parts) {
                let value = |key: u64| {
                    let row = self.table.packed.row(key as u32 as usize);
                    Some(self.table.packed.value(row, more)).filter(|value| *value != NONE)
                };
                let key = |key: &u64| {
                    Some(joined(*key >> 32, u64::from(value(*key)?)) & !0xffff_ffff | *key & 0xffff_ffff)
                };
                let mut narrower: Vec<u64> = block.iter().filter_map(key).collect();
                sort(&mut narrower, &mut Vec::new());
                for block in blocks(&narrower).filter(|block| rows.wants(block)) {
                    if block.len() <= BLOCK_MAX {
                        add(block, &mut found);
                    } else {
                        found.met.given_up += 1;
                    }
                }
            }
        }
        self.batch(at, rows, &mut batch, &mut found, may, look);
        found
    }

    /// The pairs of the blocks of a batch, which is empty afterwards.
    fn batch(
        &self,
        at: usize,
        rows: Rows<'_>,
        batch: &mut Batch,
        found: &mut Found,
        may: &impl Fn(&[u32], &[u32], Both) -> bool,
        look: &impl Fn(u32, u32) -> Option<Pair>,
    ) {
        let packed = &self.table.packed;
        packed.fetch(batch.keyed.iter().map(|key| *key as u32 as usize));
        let mut start = 0;
        for end in batch.ends.drain(..) {
            found.met.pairs += rows.pairs(&batch.keyed[start..end], |one, other| {
                let (a, b) = (packed.row(one as usize), packed.row(other as usize));
                let both = packed.both(a, b);
                if self.is_first(at, a, both.shared) && may(a, b, both) {
                    batch.worth_a_look.push((one.min(other), one.max(other)));
                }
            });
            start = end;
        }
        found.met.looked_at += batch.worth_a_look.len() as u64;
        self.table.fetch(&batch.worth_a_look);
        found.pairs.extend(batch.worth_a_look.drain(..).filter_map(|(one, other)| look(one, other)));
        batch.keyed.clear();
    }

    /// Whether no earlier join brings together two rows that share this; a row of them is `a`.
    fn is_first(&self, at: usize, a: &[u32], shared: u32) -> bool {
        // What has one key by chance shares nothing.
        if shared & self.masks[at] != self.masks[at] {
            return false;
        }
        let first = usize::from(self.first[shared as usize]);
        first >= at
            || (first..at).all(|earlier| {
                let mask = self.masks[earlier];
                shared & mask != mask || self.is_shared_by_many(earlier, a)
            })
    }

    fn is_shared_by_many(&self, join: usize, row: &[u32]) -> bool {
        let many = &self.many[join];
        !many.is_empty()
            && (self.parts.key(row, &self.joins[join].parts))
                .is_some_and(|key| many.binary_search(&((key >> 32) as u32)).is_ok())
    }
}

/// Blocks that are worked off together: their rows are fetched side by side, since most of the time would go by waiting for them.
#[derive(Default)]
struct Batch {
    /// The blocks, one behind the other.
    keyed: Vec<u64>,
    /// Where each ends.
    ends: Vec<usize>,
    /// Pairs to look at.
    worth_a_look: Vec<(u32, u32)>,
}

impl Batch {
    fn add(&mut self, block: &[u64]) {
        self.keyed.extend_from_slice(block);
        self.ends.push(self.keyed.len());
    }
}

/// What a part of the work found.
#[derive(Default)]
struct Found {
    met: Met,
    pairs: Vec<Pair>,
    many: Vec<u32>,
}

/// Sorted keys in as many slices, no block in two of them.
fn slices(keyed: &[u64], threads: usize) -> Vec<&[u64]> {
    let mut rest = keyed;
    let mut slices = Vec::with_capacity(threads);
    for left in (2..=threads.max(1)).rev() {
        let mut end = rest.len() / left;
        while end > 0 && end < rest.len() && rest[end - 1] >> 32 == rest[end] >> 32 {
            end += 1;
        }
        let (slice, more) = rest.split_at(end);
        slices.push(slice);
        rest = more;
    }
    slices.push(rest);
    slices
}

/// Does each work in a thread of its own; one alone in this one.
pub(crate) fn side_by_side<T: Send, W: FnOnce() -> T + Send>(mut work: Vec<W>) -> Vec<T> {
    let Some(last) = work.pop() else { return Vec::new() };
    std::thread::scope(|scope| {
        let others: Vec<_> = work.into_iter().map(|work| scope.spawn(work)).collect();
        let last = last();
        let done = others.into_iter().map(|other| match other.join() {
            Ok(found) => found,
            Err(why) => std::panic::resume_unwind(why),
        });
        done.chain([last]).collect()
    })
}
