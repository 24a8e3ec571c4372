//! The most that a pair can weigh, before any text is compared.
//!
//! Decides which pairs are worth comparing letter by letter. Equal keys are worth what they are worth; of others only it is known
//! which letters they have, so that most that differ are seen to differ.

use crate::birth::{AGREEMENTS, Born, agreement};
use crate::forms::Level;
use crate::intern::NONE;
use crate::packed::{EIGHTHS, Packed, letters};
use crate::table::{Kind, Table};

/// What keys are taken to be worth whose letters leave it open whether they are a slip apart, or alike, in bits: of the surname, of
/// other parts of the name, of other columns. Most are neither, so this is less than a slip can be worth.
const OPEN_BITS: [[f32; 2]; 3] = [[5.0, 1.0], [3.0, 0.0], [2.0, 0.0]];
/// What a part of a name is worth at most that stands in another's place, in bits.
const CROSSING_BITS: f32 = 8.0;

/// The bound on weights of a table's pairs. Numbers are eighths of a bit.
pub struct Bound<'a> {
    packed: &'a Packed,
    before: i32,
    lanes: Vec<Lane>,
}

/// A column of packed rows.
struct Lane {
    kind: Kind,
    /// What an equal key is worth beside its rarity.
    same: i32,
    /// What keys are worth that are a slip apart, perhaps alike, and surely not.
    apart: [i32; 3],
    /// Of a date of birth, by agreement.
    born: [i32; AGREEMENTS],
    /// The letters of each key, but for names, where the row has them.
    letters: Vec<u32>,
}

impl<'a> Bound<'a> {
    /// Of a table, by what each level of each lane is worth, in bits, beside rarity, and what is believed before.
    pub fn new(table: &'a Table, before: f32, worth: impl Fn(usize) -> Vec<f32>) -> Self {
        let packed = &table.packed;
        let eighths = |bits: f32| (bits * EIGHTHS).ceil() as i32;
        let lane = |at: usize| {
            let bits = worth(at);
            let of = |level: Level| bits.get(level as usize).copied().unwrap_or(0.0);
            let kind = at
                .checked_sub(3)
                .map_or(Kind::Name(crate::forms::ROLES[at.min(2)]), |at| table.columns[at].kind);
            let [slip, alike] = OPEN_BITS[if at < 3 { at.min(1) } else { 2 }];
            let differs = of(Level::Differs);
            let (slip, alike) =
                (differs.max(slip.min(of(Level::Near))), differs.max(alike.min(of(Level::Alike))));
            // Of codes and categories an equal key is an equal writing.
            let one_name =
                if matches!(kind, Kind::Name(_) | Kind::Words) { of(Level::OneName) } else { f32::MIN };
            let mut born = [0; AGREEMENTS];
            if kind == Kind::Birth {
                born.iter_mut().zip(&bits).for_each(|(place, bits)| *place = eighths(*bits));
            }
            let letters_of = |forms: &crate::forms::Forms| {
                (0..forms.keys_len() as u32).map(|key| letters(forms.key_text(key))).collect()
            };
            Lane {
                kind,
                same: eighths(of(Level::Same).max(one_name)),
                apart: [slip, alike, differs].map(eighths),
                born,
                letters: at.checked_sub(3).map(|at| letters_of(&table.columns[at].forms)).unwrap_or_default(),
            }
        };
        let lanes: Vec<Lane> = (0..table.width()).map(lane).collect();
        Self { packed, before: eighths(before), lanes }
    }

    /// Whether two packed rows can weigh `least` bits, by what they share.
    pub fn may_weigh(&self, least: f32, a: &[u32], b: &[u32], shared: u32) -> bool {
        // A part in another's place is worth as much as in its own.
        let crossing = (a[0] != NONE && (a[0] == b[1] || a[0] == b[2])) || (a[1] != NONE && a[1] == b[0]);
        let mut sum = self.before;
        for (at, lane) in self.lanes.iter().enumerate() {
            let (x, y) = (a[at], b[at]);
            if x == NONE || y == NONE {
                continue;
            }
            sum += match lane.kind {
                Kind::Birth => lane.born[agreement(Born::of_bits(x), Born::of_bits(y)) as usize],
                _ if shared >> at & 1 == 1 => lane.same + self.packed.worth(a, at),
                Kind::Name(_) if crossing => (CROSSING_BITS * EIGHTHS) as i32,
                Kind::Name(_) => lane.apart[apart(self.packed.letters(a, at), self.packed.letters(b, at))],
                _ => lane.apart[0],
            };
        }
        let least = (least * EIGHTHS) as i32;
        if sum < least {
            return false;
        }
        for (at, lane) in self.lanes.iter().enumerate().skip(3) {
            let (x, y) = (a[at], b[at]);
            if shared >> at & 1 == 0 && x != NONE && y != NONE && !matches!(lane.kind, Kind::Birth) {
                let apart = apart(lane.letters[x as usize], lane.letters[y as usize]);
                sum += lane.apart[apart] - lane.apart[0];
            }
        }
        sum >= least
    }
}

/// How far two keys are apart by the letters that only one of them has: 0 where a slip may be all, which changes two; 2 where
/// they are not even alike.
fn apart(a: u32, b: u32) -> usize {
    match (a ^ b).count_ones() {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    }
}
