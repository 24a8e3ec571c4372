//! The rules by which runs of private matching are counted in the record (invariant 12), and what follows from them.
//!
//! Decides whether an entry about a run is lawful after its causal past, and what a set of entries says of every run.
//! Refuses to know lists, keys of people and how messages travel: that is [`matching`](crate::matching). A run needs no
//! round (`docs/decisions/0017-matching-in-the-record.md`).
//!
//! Parameters are put forward by the party that the agreement names first and answered by the other, which alone writes
//! accepts of parameters: so no two runs have one number, whatever crosses on the way.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use thiserror::Error;

use crate::id::{Digest, EntryId, PartyId};
use crate::matching::{Params, RunEntry};
use crate::members::Members;
use crate::session::Unlawful;
use crate::view::View;

/// Why an entry about a run is not lawful. All of invariant 12.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RunUnlawful {
    /// The parameters are of another agreement.
    #[error("the parameters name another agreement")]
    Agreement,
    /// Only the party named first in the agreement puts parameters forward.
    #[error("only the party that the agreement names first puts parameters forward")]
    Proposer,
    /// Runs come in order.
    #[error("run {expected} is next")]
    Number {
        /// The next number.
        expected: u32,
    },
    /// The number of runs stands with the first accepted parameters.
    #[error("{agreed} runs are agreed")]
    Runs {
        /// How many.
        agreed: u32,
    },
    /// The author has said this already: these parameters, its commit, its close.
    #[error("the author has already said this of the run")]
    Again,
    /// No run with this session is agreed.
    #[error("the parameters of this run are not accepted by both")]
    NotAgreed,
    /// A later run is agreed; this one is over.
    #[error("run {run} is agreed since; this one is over")]
    Over {
        /// The later run.
        run: u32,
    },
    /// The key was committed to before.
    #[error("the key was committed to before: one run per key")]
    Key,
    /// Whoever accepts a commit has committed itself.
    #[error("the author has not committed itself")]
    OwnCommit,
    /// Nothing is answered before both commits are accepted.
    #[error("both commits are not accepted")]
    Commits,
    /// Evaluations follow one another without gap.
    #[error("the evaluation begins at another place than {expected}")]
    Place {
        /// Where the next begins.
        expected: u32,
    },
    /// More in one answer than a chunk.
    #[error("an answer is to one chunk, {chunk} points at most, and not to none")]
    Chunk {
        /// Points of a chunk.
        chunk: u32,
    },
    /// The budget is spent.
    #[error("up to point {to} is evaluated, the budget is {cap}")]
    Budget {
        /// Up to which point.
        to: u32,
        /// How many points both agreed on.
        cap: u32,
    },
    /// The author has closed the run.
    #[error("the author has closed the run")]
    Closed,
    /// A run closes when all that was asked is answered.
    #[error("not all queries of both sides are evaluated")]
    Unanswered,
}

/// What the record says of one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The entry that put the parameters forward.
    pub entry: EntryId,
    /// By whom.
    pub author: PartyId,
    /// The parameters.
    pub params: Params,
    /// The other party's entry that accepted them: then the run is agreed.
    pub accepted: Option<EntryId>,
    /// The other party's entry that rejected them.
    pub rejected: Option<EntryId>,
    /// The author's entry that withdrew them; without effect when it crossed an accept.
    pub withdrawn: Option<EntryId>,
    /// What each party said, in the agreement's order.
    pub sides: [RunSide; 2],
}

/// What the record says of one party in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RunSide {
    /// Its commit.
    pub commit: Option<EntryId>,
    /// The public half of its key.
    pub key: Option<[u8; 32]>,
    /// The other party's entry that accepted its commit.
    pub accepted: Option<EntryId>,
    /// How many points of the other party it has counted, and so may have answered.
    pub evaluated: u32,
    /// The transcript over which it closed.
    pub closed: Option<Digest>,
}

impl Run {
    /// Whether the parameters may still be answered.
    pub fn is_open(&self) -> bool {
        self.accepted.is_none() && self.rejected.is_none() && self.withdrawn.is_none()
    }

    /// Who wrote this entry of the run, parameters or a commit.
    pub(crate) fn author_of(&self, entry: &EntryId, members: &Members) -> Option<PartyId> {
        if self.entry == *entry {
            return Some(self.author);
        }
        let index = self.sides.iter().position(|side| side.commit == Some(*entry))?;
        Some(members.parties()[index])
    }
}

/// All runs of which something was said, by session.
#[derive(Debug, Clone, Default)]
pub(crate) struct Runs {
    of: BTreeMap<Digest, Run>,
    /// Which session an entry of parameters, or a commit, is about.
    named: BTreeMap<EntryId, Digest>,
}

impl Runs {
    /// Takes in an entry that was found lawful.
    pub(crate) fn apply(&mut self, members: &Members, id: EntryId, author: PartyId, entry: &RunEntry) {
        let index = members.index(&author).unwrap_or_default();
        match entry {
            RunEntry::Params { params } => {
                // What does not decode is no entry: `RunEntry::read` has looked.
                let Ok(params) = Params::decode(params) else { return };
                let session = params.session();
                let (accepted, rejected, withdrawn) = (None, None, None);
                let sides = [RunSide::default(); 2];
                let run = Run { entry: id, author, params, accepted, rejected, withdrawn, sides };
                self.of.insert(session, run);
                self.named.insert(id, session);
            }
            RunEntry::Commit { session, key, .. } => {
                self.named.insert(id, *session);
                self.side(session, index, |side| (side.commit, side.key) = (Some(id), Some(*key)));
            }
            RunEntry::Evaluation { session, to, .. } => {
                self.side(session, index, |side| side.evaluated = *to);
            }
            RunEntry::Close { session, transcript } => {
                self.side(session, index, |side| side.closed = Some(*transcript));
            }
        }
    }

    fn side(&mut self, session: &Digest, index: usize, change: impl FnOnce(&mut RunSide)) {
        if let Some(run) = self.of.get_mut(session) {
            change(&mut run.sides[index]);
        }
    }

    /// Takes in an accept of parameters or of a commit.
    pub(crate) fn accept(&mut self, target: &EntryId, by: EntryId) {
        let Some(run) = self.about_mut(target) else { return };
        if run.entry == *target {
            run.accepted = Some(by);
        }
        for side in run.sides.iter_mut().filter(|side| side.commit == Some(*target)) {
            side.accepted = Some(by);
        }
    }

    /// Takes in a rejection of parameters.
    pub(crate) fn reject(&mut self, target: &EntryId, by: EntryId) {
        if let Some(run) = self.about_mut(target) {
            run.rejected = Some(by);
        }
    }

    /// Takes in that parameters are withdrawn.
    pub(crate) fn withdraw(&mut self, target: &EntryId, by: EntryId) {
        if let Some(run) = self.about_mut(target) {
            run.withdrawn = Some(by);
        }
    }

    fn about_mut(&mut self, target: &EntryId) -> Option<&mut Run> {
        self.of.get_mut(self.named.get(target)?)
    }

    /// The run of which an entry is the parameters or a commit.
    pub(crate) fn about(&self, target: &EntryId) -> Option<&Run> {
        self.of.get(self.named.get(target)?)
    }

    /// Who put these parameters forward, and whether they may still be answered.
    pub(crate) fn open(&self, target: &EntryId) -> Option<(PartyId, bool)> {
        let run = self.about(target).filter(|run| run.entry == *target)?;
        Some((run.author, run.is_open()))
    }

    /// The runs, by number and then by session.
    pub(crate) fn all(&self) -> Vec<&Run> {
        let mut all: Vec<&Run> = self.of.values().collect();
        all.sort_by_key(|run| run.params.run);
        all
    }

    fn agreed(&self) -> impl Iterator<Item = &Run> {
        self.of.values().filter(|run| run.accepted.is_some())
    }

    fn last(&self) -> u32 {
        self.agreed().map(|run| run.params.run).max().unwrap_or(0)
    }

    /// The runs as lines of text, for the digest of the state.
    pub(crate) fn summary(&self, out: &mut String) {
        for (session, run) in &self.of {
            let verdict = (run.accepted.is_some(), run.rejected.is_some(), run.withdrawn.is_some());
            // Writing into a String has no error case.
            let _ = writeln!(out, "run {} {session} {verdict:?}", run.params.run);
            for side in &run.sides {
                let accepted = side.accepted.is_some();
                let _ =
                    writeln!(out, " side {:?} {accepted} {} {:?}", side.commit, side.evaluated, side.closed);
            }
        }
    }
}

/// Who writes, and after what.
pub(crate) struct Author<'a> {
    pub view: &'a View,
    pub party: PartyId,
}

impl Author<'_> {
    /// A test can switch a rule off, to show that its absence is found.
    fn applies(&self, _rule: &'static str) -> bool {
        #[cfg(test)]
        if self.view.without == Some(_rule) {
            return false;
        }
        true
    }

    fn runs(&self) -> &Runs {
        &self.view.runs
    }

    /// The author's place in the agreement's order.
    fn index(&self) -> usize {
        self.view.members.index(&self.party).unwrap_or_default()
    }

    /// Whether the author may write this.
    ///
    /// # Errors
    /// The rule that it would break.
    pub(crate) fn check(&self, entry: &RunEntry) -> Result<(), RunUnlawful> {
        match entry {
            RunEntry::Params { params } => match Params::decode(params) {
                Ok(params) => self.params(&params),
                // What does not decode is no entry: `RunEntry::read` has looked.
                Err(_) => Err(RunUnlawful::NotAgreed),
            },
            RunEntry::Commit { session, key, .. } => self.commit(session, key),
            RunEntry::Evaluation { session, from, to, .. } => self.evaluation(session, *from, *to),
            RunEntry::Close { session, .. } => self.close(session),
        }
    }

    fn params(&self, params: &Params) -> Result<(), RunUnlawful> {
        if params.agreement != self.view.members.agreement() {
            return Err(RunUnlawful::Agreement);
        }
        if self.index() != 0 {
            return Err(RunUnlawful::Proposer);
        }
        if self.runs().of.contains_key(&params.session()) {
            return Err(RunUnlawful::Again);
        }
        self.number(params)
    }

    /// The run is the next, and the number of runs is the one agreed.
    fn number(&self, params: &Params) -> Result<(), RunUnlawful> {
        let expected = self.runs().last() + 1;
        if params.run != expected && self.applies("matching: order of runs") {
            return Err(RunUnlawful::Number { expected });
        }
        let agreed = self.runs().agreed().map(|run| run.params.runs).next();
        match agreed.filter(|agreed| *agreed != params.runs && self.applies("matching: number of runs")) {
            Some(agreed) => Err(RunUnlawful::Runs { agreed }),
            None => Ok(()),
        }
    }

    /// Whether the author may accept this entry; none where it is not about a run.
    pub(crate) fn accept(&self, target: &EntryId) -> Option<Result<(), Unlawful>> {
        let run = self.runs().about(target)?;
        if run.author_of(target, &self.view.members) == Some(self.party) {
            return Some(Err(Unlawful::Own(*target)));
        }
        if run.entry == *target && !run.is_open() {
            return Some(Err(Unlawful::NotOpen(*target)));
        }
        let verdict = if run.entry == *target { self.number(&run.params) } else { self.accept_commit(run) };
        Some(verdict.map_err(Unlawful::from))
    }

    /// Whether the author may reject this entry, which only parameters are for; none where it is not about a run.
    pub(crate) fn reject(&self, target: &EntryId) -> Option<Result<(), Unlawful>> {
        let run = self.runs().about(target)?;
        Some(match (run.entry == *target, run.author == self.party, run.is_open()) {
            (false, ..) => Err(Unlawful::Unknown(*target)),
            (true, true, _) => Err(Unlawful::Own(*target)),
            (true, false, false) => Err(Unlawful::NotOpen(*target)),
            (true, false, true) => Ok(()),
        })
    }

    fn accept_commit(&self, run: &Run) -> Result<(), RunUnlawful> {
        self.not_over(run)?;
        let (own, other) = (&run.sides[self.index()], &run.sides[1 - self.index()]);
        if own.commit.is_none() {
            return Err(RunUnlawful::OwnCommit);
        }
        if other.accepted.is_some() { Err(RunUnlawful::Again) } else { Ok(()) }
    }

    /// The run with this session, agreed, and no later one is.
    fn current(&self, session: &Digest) -> Result<&Run, RunUnlawful> {
        let run = self.runs().of.get(session).filter(|run| run.accepted.is_some());
        let run = run.ok_or(RunUnlawful::NotAgreed)?;
        self.not_over(run)?;
        Ok(run)
    }

    fn not_over(&self, run: &Run) -> Result<(), RunUnlawful> {
        let last = self.runs().last();
        if run.params.run < last { Err(RunUnlawful::Over { run: last }) } else { Ok(()) }
    }

    fn commit(&self, session: &Digest, key: &[u8; 32]) -> Result<(), RunUnlawful> {
        let run = self.current(session)?;
        if run.sides[self.index()].commit.is_some() {
            return Err(RunUnlawful::Again);
        }
        let mut keys = self.runs().of.values().flat_map(|run| run.sides.iter().filter_map(|side| side.key));
        if keys.any(|used| used == *key) && self.applies("matching: one run per key") {
            return Err(RunUnlawful::Key);
        }
        Ok(())
    }

    fn evaluation(&self, session: &Digest, from: u32, to: u32) -> Result<(), RunUnlawful> {
        let run = self.current(session)?;
        let own = &run.sides[self.index()];
        if run.sides.iter().any(|side| side.accepted.is_none()) && self.applies("matching: both commits") {
            return Err(RunUnlawful::Commits);
        }
        if own.closed.is_some() {
            return Err(RunUnlawful::Closed);
        }
        if from != own.evaluated && self.applies("matching: each point once") {
            return Err(RunUnlawful::Place { expected: own.evaluated });
        }
        let chunk = run.params.chunk;
        if to <= from || to - from > chunk {
            return Err(RunUnlawful::Chunk { chunk });
        }
        let cap = run.params.sought[1 - self.index()];
        if to > cap && self.applies("matching: budget") {
            return Err(RunUnlawful::Budget { to, cap });
        }
        Ok(())
    }

    fn close(&self, session: &Digest) -> Result<(), RunUnlawful> {
        let run = self.current(session)?;
        if run.sides[self.index()].closed.is_some() {
            return Err(RunUnlawful::Again);
        }
        if run.sides.iter().any(|side| side.accepted.is_none()) {
            return Err(RunUnlawful::Commits);
        }
        // What each has counted is what the other may ask.
        let due = [run.params.sought[1], run.params.sought[0]];
        let missing = run.sides.iter().zip(due).any(|(side, due)| side.evaluated < due);
        if missing { Err(RunUnlawful::Unanswered) } else { Ok(()) }
    }
}
