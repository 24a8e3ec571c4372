//! Draws one of the best rolls so that everybody has exactly their chance.
//!
//! Lanes that carry a broken number of places lead round in circles, since what comes to a node leaves it. Along a circle
//! some places move one way or the other, until a lane carries a whole number; a coin says which way, and weighs the two
//! so that on average nothing moves (dependent rounding: Gandhi, Khuller, Parthasarathy, Srinivasan, JACM 2006).

use sha2::{Digest as _, Sha256};

use super::face::Face;
use super::fraction::{Fraction, TooFine, common};

/// Coins that neither party can steer.
pub struct Coins<'a> {
    agreement: &'a str,
    seed: &'a [u8; 32],
    tossed: u64,
}

impl<'a> Coins<'a> {
    /// The coins of an agreement and a joint seed.
    pub fn new(agreement: &'a str, seed: &'a [u8; 32]) -> Self {
        Self { agreement, seed, tossed: 0 }
    }

    /// Whether a coin falls that does so `favours` times of `all`, exactly; `all` is above 0.
    ///
    /// A toss is the first 127 bits of `SHA-256("homeward coin v1" || 0x00 || agreement || 0x00 || seed || tosses before)`, the
    /// last 8 bytes big-endian, of which the first bits count that can hold `all - 1`. One of `all` or more is tossed again.
    pub fn falls(&mut self, favours: i128, all: i128) -> bool {
        let spare = (all - 1).leading_zeros() - 1;
        loop {
            let toss = self.toss() >> spare;
            if toss < all {
                return toss < favours;
            }
        }
    }

    fn toss(&mut self) -> i128 {
        let mut hash = Sha256::new();
        hash.update(b"homeward coin v1\0");
        hash.update(self.agreement.as_bytes());
        hash.update([0]);
        hash.update(self.seed);
        hash.update(self.tossed.to_be_bytes());
        self.tossed += 1;
        let hash: [u8; 32] = hash.finalize().into();
        let bits = hash[..16].iter().fold(0_u128, |number, &byte| number << 8 | u128::from(byte));
        (bits >> 1) as i128
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
            went[kind] = flow.num() as u32;
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
            let below = self.flows[lane].minus(Fraction::new(self.flows[lane].floor(), 1))?;
            let above = Fraction::ONE.minus(below)?;
            let (ahead, behind) = if along { (above, below) } else { (below, above) };
            (forth, back) = (forth.min(ahead), back.min(behind));
        }
        let parts = common(forth.den(), back.den())?;
        let (long, short) = (forth.over(parts)?, back.over(parts)?);
        // Forth by the one as often as the other is long: on average nothing moves.
        let goes_forth = coins.falls(short, long.checked_add(short).ok_or(TooFine)?);
        for &(lane, along) in circle {
            let by = if goes_forth { forth } else { back };
            let flow = self.flows[lane];
            self.flows[lane] = if along == goes_forth { flow.plus(by)? } else { flow.minus(by)? };
        }
        Ok(())
    }
}
