//! The lines of an account, each found by its person or lot.
//!
//! Decides where a line stands, and nothing about it. A million acts look a line up more than once each, so that most of
//! the time of booking is spent here: lines stand in the order in which they came, close to one another, and an index
//! over the leading bits of an item leads to small trees. The bits are taken as they are and not mixed, so that the order
//! of the items is the order of the index; whoever chose items that all begin alike would get one tree, no worse.

use std::collections::BTreeMap;
use std::fmt;

use super::Line;
use super::line::Gates;
use crate::ids::Item;

/// Bits by which the index grows at a time.
const STEP_BITS: u32 = 4;
/// The most leading bits of an item that the index uses.
const BITS_MAX: u32 = 16;
/// So many items for each tree of the index make it grow.
const CROWDED: usize = 16;

/// Every person's and every lot's line, in order of the items.
#[derive(Clone)]
pub struct Lines {
    /// Where each item stands among the entries: one tree for each pattern of the leading bits, in order.
    index: Vec<BTreeMap<Item, u32>>,
    /// How many leading bits choose the tree.
    bits: u32,
    entries: Vec<Entry>,
    /// How many of the entries have a line.
    len: usize,
    /// How many of the entries have gates.
    gated: usize,
    /// The item that was sought last, and where it stands.
    sought: Option<(Item, u32)>,
}

/// What is known of one person or lot. Gates can be passed before anybody is listed.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Entry {
    item: Item,
    line: Option<Line>,
    gates: Option<Gates>,
}

impl Lines {
    pub(super) fn new() -> Self {
        Self { index: vec![BTreeMap::new()], bits: 0, entries: Vec::new(), len: 0, gated: 0, sought: None }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The line of a person or lot.
    pub fn get(&self, item: &Item) -> Option<&Line> {
        self.entry(item)?.line.as_ref()
    }

    /// Every line, in order of the items.
    pub fn iter(&self) -> impl Iterator<Item = (&Item, &Line)> {
        self.entries().filter_map(|entry| Some((&entry.item, entry.line.as_ref()?)))
    }

    /// Every person and lot that has a line, in order.
    pub fn keys(&self) -> impl Iterator<Item = &Item> {
        self.iter().map(|(item, _)| item)
    }

    /// How many persons have passed or failed a gate.
    pub(super) fn gated(&self) -> usize {
        self.gated
    }

    /// The gates of every person who has passed or failed one, in order of the items.
    pub(super) fn gates(&self) -> impl Iterator<Item = (&Item, &Gates)> {
        self.entries().filter_map(|entry| Some((&entry.item, entry.gates.as_ref()?))).take(self.gated)
    }

    /// The gates that a person has passed or failed.
    pub(super) fn gates_of(&self, item: &Item) -> Gates {
        self.entry(item).and_then(|entry| entry.gates).unwrap_or_default()
    }

    /// Remembers where an item stands: what is asked about it next is answered at once.
    pub(super) fn seek(&mut self, item: &Item) {
        self.sought = self.place(item).map(|place| (*item, place));
    }

    /// Puts a line in the place of the one before it.
    pub(super) fn insert(&mut self, item: Item, line: Line) {
        let had = self.entry_mut(item).line.replace(line);
        self.len += usize::from(had.is_none());
    }

    /// The gates of a person, to be changed.
    pub(super) fn gates_mut(&mut self, item: Item) -> &mut Gates {
        if self.entry(&item).is_none_or(|entry| entry.gates.is_none()) {
            self.gated += 1;
        }
        self.entry_mut(item).gates.get_or_insert_default()
    }

    fn entries(&self) -> impl Iterator<Item = &Entry> {
        let places = self.index.iter().flat_map(BTreeMap::values);
        places.map(|place| &self.entries[*place as usize])
    }

    fn entry(&self, item: &Item) -> Option<&Entry> {
        self.place(item).map(|place| &self.entries[place as usize])
    }

    fn entry_mut(&mut self, item: Item) -> &mut Entry {
        let place = self.place(&item).unwrap_or_else(|| self.add(item));
        &mut self.entries[place as usize]
    }

    fn place(&self, item: &Item) -> Option<u32> {
        match &self.sought {
            Some((sought, place)) if sought == item => Some(*place),
            _ => self.index[leading(item, self.bits)].get(item).copied(),
        }
    }

    fn add(&mut self, item: Item) -> u32 {
        if self.bits < BITS_MAX && self.entries.len() >= CROWDED << self.bits {
            self.grow();
        }
        // One item an act at most, and there are fewer than 2^32.
        let place = self.entries.len() as u32;
        self.entries.push(Entry { item, line: None, gates: None });
        self.index[leading(&item, self.bits)].insert(item, place);
        self.sought = Some((item, place));
        place
    }

    fn grow(&mut self) {
        self.bits += STEP_BITS;
        let trees = std::mem::replace(&mut self.index, vec![BTreeMap::new(); 1 << self.bits]);
        for (item, place) in trees.into_iter().flatten() {
            self.index[leading(&item, self.bits)].insert(item, place);
        }
    }
}

/// The leading bits of an item, 16 at most.
fn leading(item: &Item, bits: u32) -> usize {
    usize::from(u16::from_be_bytes([item.0[0], item.0[1]])) >> (BITS_MAX - bits)
}

impl PartialEq for Lines {
    fn eq(&self, other: &Self) -> bool {
        self.entries().eq(other.entries())
    }
}

impl Eq for Lines {}

impl fmt::Debug for Lines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::moves::new_line;
    use crate::ledger::{Move, MoveKind, Who};

    /// A line by which one can be told from another.
    fn line(number: u32) -> Line {
        let item = Item([0; 32]);
        let (who, kind) = (Who::Lot(number + 1), MoveKind::Listed);
        new_line(&Move { leg: 0, round: number, item, who, category: None, class: None, kind })
    }

    /// Items as they come from a hash, and items that all begin alike.
    fn items(count: u32, alike: bool) -> Vec<Item> {
        let of = |number: u32| {
            let mixed = number.wrapping_mul(0x9e37_79b1).to_be_bytes();
            let mut item = Item([7; 32]);
            item.0[if alike { 28..32 } else { 0..4 }].copy_from_slice(&mixed);
            item
        };
        (0..count).map(of).collect()
    }

    #[test]
    fn every_line_is_found_in_the_order_of_the_items_however_many_there_are() {
        for (count, alike) in
            [(0, false), (1, false), (17, false), (300, true), (5_000, false), (70_000, false)]
        {
            let items = items(count, alike);
            let mut lines = Lines::new();
            let mut plain = BTreeMap::new();
            for (number, item) in (0..).zip(&items) {
                assert_eq!(lines.get(item), None);
                lines.insert(*item, line(number));
                plain.insert(*item, line(number));
            }
            assert_eq!(lines.len(), plain.len(), "{count}");
            assert!(lines.iter().eq(plain.iter()), "{count}");
            assert!(lines.keys().eq(plain.keys()), "{count}");
            assert!(items.iter().all(|item| lines.get(item) == plain.get(item)), "{count}");
        }
    }

    #[test]
    fn the_order_in_which_lines_came_is_not_part_of_them() {
        let items = items(300, false);
        let (mut forth, mut back) = (Lines::new(), Lines::new());
        items.iter().for_each(|item| forth.insert(*item, line(0)));
        items.iter().rev().for_each(|item| back.insert(*item, line(0)));
        assert_eq!(forth, back);
        back.seek(&items[3]);
        assert_eq!(forth, back, "nor what was sought last");
        back.insert(items[5], line(1));
        assert_ne!(forth, back);
        assert_eq!((back.len(), back.get(&items[5])), (300, Some(&line(1))));
    }

    #[test]
    fn gates_stand_without_a_line() {
        let items = items(2, false);
        let mut lines = Lines::new();
        lines.gates_mut(items[1]).failed[0] = true;
        assert_eq!((lines.len(), lines.is_empty(), lines.get(&items[1])), (0, true, None));
        assert!(lines.gates_of(&items[1]).failed[0]);
        assert_eq!(lines.gates_of(&items[0]), Gates::default());
        lines.insert(items[1], line(0));
        assert_eq!((lines.len(), lines.gated(), lines.gates().count()), (1, 1, 1));
        assert!(lines.gates_of(&items[1]).failed[0], "and stay when there is one");
    }
}
