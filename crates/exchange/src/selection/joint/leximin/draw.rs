//! Draws one of the best rolls so that everybody has exactly their chance.
//!
//! Lanes that carry a broken number of places lead round in circles, since what comes to a node leaves it. Along a circle
//! some places move one way or the other, until a lane carries a whole number; a coin says which way, and weighs the two
//! so that on average nothing moves (dependent rounding: Gandhi, Khuller, Parthasarathy, Srinivasan, JACM 2006).

use sha2::{Digest as _, Sha256};

use super::face::Face;
use super::fraction::{Fraction, common};
use super::wide::{TooFine, Wide};

/// Coins that neither party can steer.
pub struct Coins<'a> {
    agreement: &'a str,
    seed: &'a [u8; 32],
    hashes: u64,
}

impl<'a> Coins<'a> {
    /// The coins of an agreement and a joint seed.
    pub fn new(agreement: &'a str, seed: &'a [u8; 32]) -> Self {
        Self { agreement, seed, hashes: 0 }
    }

    /// Whether a coin falls that does so `favours` times of `all`, exactly; `all` is above 0.
    ///
    /// A toss is the first bits, so many as `all - 1` has, of the hashes next in turn put end to end, as few as hold them and
    /// at least one. The hash in turn is `SHA-256("homeward coin v1" || 0x00 || agreement || 0x00 || seed || hashes before it)`,
    /// the last a number of 8 bytes; all is big-endian. A toss of `all` or more is tossed again.
    pub fn falls(&mut self, favours: Wide, all: Wide) -> bool {
        let bits = (all - Wide::ONE).bits();
        let hashes = bits.div_ceil(256).max(1);
        loop {
            let words: Vec<u64> = (0..hashes).flat_map(|_| self.hash()).collect();
            let toss = Wide::of_words(words.into_iter()).lowered(256 * hashes - bits);
            if toss < all {
                return toss < favours;
            }
        }
    }

    fn hash(&mut self) -> [u64; 4] {
        let mut hash = Sha256::new();
        hash.update(b"homeward coin v1\0");
        hash.update(self.agreement.as_bytes());
        hash.update([0]);
        hash.update(self.seed);
        hash.update(self.hashes.to_be_bytes());
        self.hashes += 1;
        let hash: [u8; 32] = hash.finalize().into();
        let word =
            |at: usize| hash[8 * at..8 * at + 8].iter().fold(0, |word, &byte| word << 8 | u64::from(byte));
        std::array::from_fn(word)
    }
}

/// How many of each kind go: the whole number below or above what is expected, and every way of the rules likewise.
pub fn draw(face: &Face, flows: Vec<Fraction>, coins: &mut Coins<'_>) -> Result<Vec<u32>, TooFine> {
    let mut leaving = vec![Vec::new(); face.nodes];
    for (at, lane) in face.lanes.iter().enumerate().filter(|(at, _)| !flows[*at].is_whole()) {
        leaving[lane.from].push(at);
        leaving[lane.to].push(at);
    }
    let mut drawn = Drawing { face, flows, leaving };
    for lane in 0..face.lanes.len() {
        while !drawn.flows[lane].is_whole() {
            let circle = drawn.circle(lane);
            drawn.turn(&circle, coins)?;
        }
    }
    let mut went = vec![0; face.kinds.len()];
    for (lane, flow) in face.lanes.iter().zip(&drawn.flows) {
        if let Some(kind) = lane.kind {
            // Whole now, and bounded by the size of the kind.
            went[kind] = flow.floor().small().map_or(0, |whole| whole as u32);
        }
    }
    Ok(went)
}

struct Drawing<'a> {
    face: &'a Face,
    flows: Vec<Fraction>,
    /// Lanes at each node that carried a broken number at first, ascending.
    leaving: Vec<Vec<usize>>,
}

impl Drawing<'_> {
    /// A circle of lanes with broken numbers, each with whether it is gone along its direction: from the start of a lane on,
    /// always by the first such lane but the one just come by, until a node comes again.
    fn circle(&self, first: usize) -> Vec<(usize, bool)> {
        let mut seen = vec![None; self.face.nodes];
        let (mut node, mut way): (usize, Vec<(usize, bool)>) = (self.face.lanes[first].from, Vec::new());
        loop {
            if let Some(at) = seen[node].replace(way.len()) {
                return way.split_off(at);
            }
            let came_by = way.last().map(|(lane, _)| *lane);
            let on = |lane: &&usize| Some(**lane) != came_by && !self.flows[**lane].is_whole();
            // What comes to a node leaves it: if one of its lanes carries a broken number, another does.
            let lane = *self.leaving[node].iter().find(on).expect("a second lane with a broken number");
            let along = self.face.lanes[lane].from == node;
            node = if along { self.face.lanes[lane].to } else { self.face.lanes[lane].from };
            way.push((lane, along));
        }
    }

    /// Moves places along a circle or against it until a lane carries a whole number.
    fn turn(&mut self, circle: &[(usize, bool)], coins: &mut Coins<'_>) -> Result<(), TooFine> {
        let (mut forth, mut back) = (Fraction::ONE, Fraction::ONE);
        for &(lane, along) in circle {
            let below = self.flows[lane].minus(Fraction::new(self.flows[lane].floor(), Wide::ONE))?;
            let above = Fraction::ONE.minus(below)?;
            let (ahead, behind) = if along { (above, below) } else { (below, above) };
            (forth, back) = (forth.min(ahead), back.min(behind));
        }
        let parts = common(forth.den(), back.den())?;
        let (long, short) = (forth.over(parts)?, back.over(parts)?);
        // Forth by the one as often as the other is long: on average nothing moves.
        let goes_forth = coins.falls(short, long.plus(short)?);
        for &(lane, along) in circle {
            let by = if goes_forth { forth } else { back };
            let flow = self.flows[lane];
            self.flows[lane] = if along == goes_forth { flow.plus(by)? } else { flow.minus(by)? };
        }
        Ok(())
    }
}
