//! How long matching takes: one direction, from the lists to the hits, and what the proof costs of it.
//!
//! Refuses to read a clock: the caller gives one.

use std::time::Duration;

use super::list::Person;
use super::params::{CHUNK_MAX, Params, Side};
use super::proof::{self, Answers, Weights};
use super::refusal::Refusal;
use super::session::{Event, Own, Session};
use super::voprf::{HolderKey, Points, unblind};
use super::workers::Workers;
use crate::id::{AgreementId, Digest};

/// A clock, read: both count from any point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// Processor time of all threads of the process.
    pub processor: Duration,
    /// Time on the wall.
    pub wall: Duration,
}

/// What a run took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// A whole run of both sides, in order: processor time and wall time.
    pub whole: Reading,
    /// The same work on points without proof, without lists, messages and tags' order: processor time.
    pub unproved: Duration,
    /// Proving and checking all chunks: processor time.
    pub proof: Duration,
    /// The same with the weights of the RFC: processor time.
    pub proof_rfc9497: Duration,
    /// Bytes of all messages both ways.
    pub bytes: u64,
    /// How many keys were found.
    pub hits: usize,
}

/// Plays a run in which the first side asks for `sought` keys and the second holds `held`, a half of the fewer in common.
///
/// # Errors
/// A number beyond the largest cap.
pub fn measure(
    sought: u32,
    held: u32,
    workers: Workers,
    clock: &mut dyn FnMut() -> Reading,
) -> Result<Measured, Refusal> {
    let params = params(sought, held);
    params.check()?;
    let shift = sought.min(held) / 2;
    let (seekers, holders) = (persons(0, sought), persons(sought - shift, held));
    let before = clock();
    let (bytes, hits) = whole(&params, &seekers, &holders, workers)?;
    let after = clock();
    let whole = Reading { processor: after.processor - before.processor, wall: after.wall - before.wall };
    let mut lap = || clock().processor;
    let started = lap();
    let (key, chunks) = unproved(&seekers, &holders, workers);
    let unproved = lap() - started;
    let mut proof = |how| {
        let started = lap();
        chunks.iter().for_each(|chunk| chunk.prove_and_check(&key, how, workers));
        lap() - started
    };
    let (proof, proof_rfc9497) = (proof(Weights::Chunk(b"bench")), proof(Weights::Rfc9497));
    Ok(Measured { whole, unproved, proof, proof_rfc9497, bytes, hits })
}

fn params(sought: u32, held: u32) -> Params {
    Params {
        agreement: AgreementId([0; 32]),
        run: 1,
        runs: 1,
        normalisation: "bench".to_owned(),
        tables: Digest([0; 32]),
        recipes: vec!["service".to_owned()],
        keys_per_person: 1,
        sought: [sought, 0],
        held: [0, held],
        chunk: CHUNK_MAX,
        audit: 90,
        retention_days: 0,
        reference: 0,
    }
}

fn persons(from: u32, count: u32) -> Vec<Person> {
    let person = |n| Person { keys: vec![format!("v1|service|{n:08}").into_bytes()], reference: Vec::new() };
    (from..from + count).map(person).collect()
}

fn whole(
    params: &Params,
    sought: &[Person],
    held: &[Person],
    workers: Workers,
) -> Result<(u64, usize), Refusal> {
    let side = |side, sought, held, seed| {
        let own = Own { sought, held, run_secret: [seed; 32], list_secret: [seed + 1; 32] };
        Session::begin(params.clone(), side, own, workers)
    };
    let mut asker = side(Side::First, sought, &[], 1)?;
    let mut holder = side(Side::Second, &[], held, 3)?;
    let mut bytes = 0;
    let mut carry = |to: &mut Session, message: &[u8]| {
        bytes += message.len() as u64;
        to.receive(message)
    };
    carry(&mut asker, holder.commit())?;
    carry(&mut holder, asker.commit())?;
    carry(&mut asker, &holder.accept()?)?;
    carry(&mut holder, &asker.accept()?)?;
    carry(&mut asker, &holder.tags()?)?;
    carry(&mut holder, &asker.tags()?)?;
    while let Some(query) = asker.query()? {
        let Event::EvaluationDue(entry) = carry(&mut holder, &query)? else { break };
        carry(&mut asker, &holder.recorded(&entry)?)?;
    }
    carry(&mut asker, &holder.close()?)?;
    carry(&mut holder, &asker.close()?)?;
    Ok((bytes, asker.matches().len()))
}

struct Chunk {
    asked: Points,
    evaluated: Points,
}

impl Chunk {
    fn prove_and_check(&self, key: &HolderKey, how: Weights<'_>, workers: Workers) {
        let (asked, public) = (&self.asked, &key.public());
        let proof = proof::prove_evaluated(key, asked, self.evaluated.bytes(), how, workers);
        let answers = Answers { public, asked, evaluated: self.evaluated.bytes(), proof: &proof };
        proof::holds(answers, &self.evaluated, how, workers);
    }
}

/// Everything that is done to points in a run, but for the proofs.
fn unproved(sought: &[Person], held: &[Person], workers: Workers) -> (HolderKey, Vec<Chunk>) {
    let key = HolderKey::derive(&[1; 32], b"bench");
    let keys = |persons: &[Person]| -> Vec<Vec<u8>> { persons.iter().flat_map(|p| p.keys.clone()).collect() };
    key.outputs(&keys(held), workers);
    let salted: Vec<(Vec<u8>, [u8; 32])> =
        keys(sought).into_iter().map(|key| (key.clone(), Digest::of(&key).0)).collect();
    let chunk = |keys: &[(Vec<u8>, [u8; 32])]| {
        let blinded = Points::blind(keys, workers);
        // Points of our own making are read without fail.
        let asked = Points::read(blinded.bytes(), workers).ok()?;
        let evaluated = Points::read(&key.evaluate(asked.points(), workers), workers).ok()?;
        let answers: Vec<_> = keys
            .iter()
            .zip(evaluated.points())
            .map(|((key, salt), point)| (key.as_slice(), *salt, *point))
            .collect();
        unblind(&answers, workers);
        Some(Chunk { asked, evaluated })
    };
    let chunks = salted.chunks(CHUNK_MAX as usize).filter_map(chunk).collect();
    (key, chunks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_of_the_bench_finds_what_is_common_and_reads_the_clock_it_is_given() {
        let mut readings = (0..).map(|n| Duration::from_secs(n * n));
        let mut clock = || {
            let processor = readings.next().unwrap();
            Reading { processor, wall: processor * 2 }
        };
        let measured = measure(20, 12, Workers::ONE, &mut clock).unwrap();
        assert_eq!(measured.hits, 6);
        let seconds = [measured.whole.processor, measured.whole.wall, measured.unproved, measured.proof];
        assert_eq!(seconds.map(|d| d.as_secs()), [1, 2, 5, 9]);
        assert!(measure(2_000_000, 1, Workers::ONE, &mut clock).is_err());
    }
}
