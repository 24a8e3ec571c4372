//! One run between two sides, as each of them walks through it: bytes in, the next state and perhaps bytes out.
//!
//! Decides what is in turn, what may be answered and what a hit is. Each side is asker and holder at once. The order:
//! both commit, both accept both commits, both show their tags, then chunk for chunk a query, a record entry and an
//! answer, last the close over a transcript that both saw alike. Refuses to know how messages travel, who signs the
//! commits, or what a key stands for. What is refused changes nothing.

use std::fmt;

use sha2::{Digest as _, Sha256};
use zeroize::Zeroize;

use super::list::{CommittedList, ListKind, Person};
use super::message::{Commit, Message};
use super::params::{Params, Side};
use super::proof::{self, Answers, ProofBytes, Unproved, Weights};
use super::refusal::Refusal;
use super::tags::{self, Reference};
use super::voprf::{HolderKey, PointBytes, Points, read_point};
use super::workers::Workers;
use crate::id::Digest;

/// What a side brings to a run. The secrets are zeroed when it is dropped.
pub struct Own<'a> {
    /// Whom it asks for.
    pub sought: &'a [Person],
    /// Whom it holds.
    pub held: &'a [Person],
    /// 32 random bytes for this run alone: the holder's key comes from them. Destroyed when the run ends.
    pub run_secret: [u8; 32],
    /// 32 random bytes for this run alone: the salts come from them. Kept until the audit.
    pub list_secret: [u8; 32],
}

impl Drop for Own<'_> {
    fn drop(&mut self) {
        self.run_secret.zeroize();
        self.list_secret.zeroize();
    }
}

/// What the holder's log must hold before an answer is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evaluation {
    /// The session.
    pub session: Digest,
    /// The number of the run.
    pub run: u32,
    /// Who asks.
    pub asker: Side,
    /// The first point asked, by its place in the list.
    pub from: u32,
    /// The place behind the last point asked: what is spent of the budget with this answer.
    pub to: u32,
    /// SHA-256 of the query.
    pub query: Digest,
}

/// What a message brought about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The other side's commit is here: accept it, or leave.
    CommitSeen(Commit),
    /// The other side accepts both commits.
    AcceptSeen,
    /// The other side's tags are here and are those of its commit.
    TagsSeen,
    /// A query is in turn and within the budget: write this in the log, then say so.
    EvaluationDue(Evaluation),
    /// The answer to one's own query holds.
    Answered {
        /// How many of its keys the other side holds.
        hits: usize,
    },
    /// The other side closes over the same transcript.
    CloseSeen,
}

/// A key of one's own that the other side holds too.
#[derive(Clone, PartialEq, Eq)]
pub struct Match {
    /// Its place in the committed list of whom one asks for.
    pub at: u32,
    /// The key.
    pub key: Vec<u8>,
    /// What the holder calls the case.
    pub reference: Reference,
}

impl fmt::Debug for Match {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Match(leaf {})", self.at)
    }
}

/// One side of a run.
pub struct Session {
    params: Params,
    id: Digest,
    side: Side,
    workers: Workers,
    sought: CommittedList,
    held: CommittedList,
    pub(super) key: Option<HolderKey>,
    pub(super) rows: Vec<u8>,
    chunks: Vec<Points>,
    pub(super) commit: Vec<u8>,
    phase: Phase,
}

enum Phase {
    Committed,
    Seen { peer: Peer, accepted: [bool; 2] },
    Running(Box<Run>),
    Closed { transcript: Digest, matches: Vec<Match>, peer: PeerClose },
}

#[derive(Clone)]
struct Peer {
    commit: Commit,
    digest: Digest,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum PeerClose {
    Awaited,
    Seen,
}

/// What has happened since both commits were accepted.
struct Run {
    peer: Peer,
    /// The other side's rows, once they are here.
    rows: Option<Vec<u8>>,
    /// How many of one's own queries are answered.
    answered: u32,
    /// How many of the other side's queries are answered.
    served: u32,
    pending: Option<(Evaluation, Points)>,
    matches: Vec<Match>,
    /// Queries and answers by who asks.
    courses: [Sha256; 2],
    closed: PeerClose,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Session({:?}, {:?})", self.id, self.side)
    }
}

impl Session {
    /// Prepares both lists, the key, the tags and all queries, and commits to them.
    ///
    /// # Errors
    /// Parameters that do not hold, or what [`CommittedList::new`] refuses.
    pub fn begin(params: Params, side: Side, own: Own<'_>, workers: Workers) -> Result<Session, Refusal> {
        params.check()?;
        let id = params.session();
        let list = |kind, persons| CommittedList::new(&params, side, kind, persons, &own.list_secret);
        let (sought, held) = (list(ListKind::Sought, own.sought)?, list(ListKind::Held, own.held)?);
        let key = HolderKey::derive(&own.run_secret, id.as_bytes());
        let rows = tags::rows(&params, held.leaves(), &key, workers);
        let size = sought.leaves().len();
        let starts = (0..size).step_by(params.chunk as usize);
        let chunks: Vec<Points> = starts
            .map(|from| sought.salted(from, size.min(from + params.chunk as usize)))
            .map(|keys| Points::blind(&keys, workers))
            .collect();
        let queries = (0_u32..)
            .zip(&chunks)
            .map(|(chunk, points)| {
                Digest::of(&query_message(&id, side, chunk * params.chunk, points.bytes()))
            })
            .collect();
        let commit = Commit {
            sought: sought.root(),
            held: held.root(),
            key: key.public(),
            tags: Digest::of(&rows),
            queries,
        };
        let commit = Message::Commit(commit).encode(&id, side);
        let (key, phase) = (Some(key), Phase::Committed);
        Ok(Session { params, id, side, workers, sought, held, key, rows, chunks, commit, phase })
    }

    /// The session: the digest of its parameters.
    pub fn id(&self) -> Digest {
        self.id
    }

    /// One's own commit, for one's log and the other side.
    pub fn commit(&self) -> &[u8] {
        &self.commit
    }

    /// Accepts both commits; asked again it gives the same bytes.
    ///
    /// # Errors
    /// Out of turn before the other side's commit is here.
    pub fn accept(&mut self) -> Result<Vec<u8>, Refusal> {
        let peer = match &mut self.phase {
            Phase::Committed => return Err(Refusal::OutOfTurn("the other side's commit first")),
            Phase::Seen { accepted, peer } => {
                accepted[0] = true;
                peer.digest
            }
            Phase::Running(run) => run.peer.digest,
            Phase::Closed { .. } => return Err(Refusal::Closed),
        };
        let commits = self.commits(peer);
        self.run_if_both_accepted();
        Ok(Message::Accept { commits }.encode(&self.id, self.side))
    }

    /// One's own tags.
    ///
    /// # Errors
    /// Out of turn before both sides have accepted, and after the close.
    pub fn tags(&self) -> Result<Vec<u8>, Refusal> {
        self.running()?;
        Ok(Message::Tags { rows: &self.rows }.encode(&self.id, self.side))
    }

    /// One's next query, or none when all are answered. Until it is answered the same is given again.
    ///
    /// # Errors
    /// Out of turn before the other side's tags are here, and after the close.
    pub fn query(&self) -> Result<Option<Vec<u8>>, Refusal> {
        let run = self.running()?;
        if run.rows.is_none() {
            return Err(Refusal::OutOfTurn("the other side's tags first"));
        }
        let message = |points: &Points| {
            query_message(&self.id, self.side, run.answered * self.params.chunk, points.bytes())
        };
        Ok(self.chunks.get(run.answered as usize).map(message))
    }

    /// Takes a message of the other side.
    ///
    /// # Errors
    /// Why it is not taken; nothing has changed then.
    pub fn receive(&mut self, bytes: &[u8]) -> Result<Event, Refusal> {
        let (from, message) = Message::decode(&self.params, &self.id, bytes)?;
        if from == self.side {
            return Err(Refusal::WrongSide);
        }
        match message {
            Message::Commit(commit) => self.take_commit(commit, Digest::of(bytes)),
            Message::Accept { commits } => self.take_accept(commits),
            Message::Tags { rows } => self.take_tags(rows),
            Message::Query { at, points } => self.take_query(at, points, Digest::of(bytes)),
            Message::Answer { at, points, proof } => self.take_answer(at, points, &proof, Digest::of(bytes)),
            Message::Close { transcript } => self.take_close(transcript),
            Message::Openings { .. } => Err(Refusal::Kind),
        }
    }

    /// Says that the entry is on disk, and gives the answer to the query that it counts.
    ///
    /// # Errors
    /// Another entry than the one awaited, or none is.
    pub fn recorded(&mut self, entry: &Evaluation) -> Result<Vec<u8>, Refusal> {
        let (id, side, workers) = (self.id, self.side, self.workers);
        let Some(key) = &self.key else { return Err(Refusal::Closed) };
        let run = running_mut(&mut self.phase)?;
        if run.pending.as_ref().is_none_or(|(awaited, _)| awaited != entry) {
            return Err(Refusal::NotRecorded);
        }
        let Some((entry, points)) = run.pending.take() else { return Err(Refusal::NotRecorded) };
        let place = place(&id, entry.asker, entry.from);
        let (evaluated, proof) = proof::evaluate(key, &points, Weights::Chunk(&place), workers);
        let answer = Message::Answer { at: entry.from, points: &evaluated, proof }.encode(&id, side);
        run.courses[entry.asker.at()].update(entry.query.as_bytes());
        run.courses[entry.asker.at()].update(Digest::of(&answer).as_bytes());
        run.served += 1;
        Ok(answer)
    }

    /// Closes the run: the key is destroyed, and the other side's tags and all queries are let go.
    ///
    /// # Errors
    /// Out of turn while a query of either side is not answered.
    pub fn close(&mut self) -> Result<Vec<u8>, Refusal> {
        if let Phase::Closed { transcript, .. } = self.phase {
            return Ok(Message::Close { transcript }.encode(&self.id, self.side));
        }
        let transcript = self.transcript()?;
        let run = running_mut(&mut self.phase)?;
        let (matches, peer) = (std::mem::take(&mut run.matches), run.closed);
        run.rows.zeroize();
        self.phase = Phase::Closed { transcript, matches, peer };
        self.key = None;
        self.chunks = Vec::new();
        Ok(Message::Close { transcript }.encode(&self.id, self.side))
    }

    /// The close that the other side of the same course sends; none before one's own.
    ///
    /// Who keeps it can let the session go, and still tell whether the other side saw the same.
    pub fn close_of_other(&self) -> Option<Vec<u8>> {
        match self.phase {
            Phase::Closed { transcript, .. } => {
                Some(Message::Close { transcript }.encode(&self.id, self.side.other()))
            }
            _ => None,
        }
    }

    /// What has been found so far.
    pub fn matches(&self) -> &[Match] {
        match &self.phase {
            Phase::Running(run) => &run.matches,
            Phase::Closed { matches, .. } => matches,
            Phase::Committed | Phase::Seen { .. } => &[],
        }
    }

    /// The lists with the secrets of their leaves, for the audit: whom one sought, whom one held.
    pub fn lists(&self) -> (&CommittedList, &CommittedList) {
        (&self.sought, &self.held)
    }

    fn take_commit(&mut self, commit: Commit, digest: Digest) -> Result<Event, Refusal> {
        match &self.phase {
            Phase::Committed => {}
            Phase::Seen { peer, .. } if peer.digest == digest => return Err(Refusal::Replayed),
            Phase::Running(run) if run.peer.digest == digest => return Err(Refusal::Replayed),
            Phase::Seen { .. } | Phase::Running(_) => return Err(Refusal::OtherCommit),
            Phase::Closed { .. } => return Err(Refusal::Closed),
        }
        read_point(&commit.key).ok_or(Refusal::PublicKey)?;
        let (found, agreed) = (commit.queries.len(), self.params.chunks(self.side.other()));
        if found != agreed as usize {
            let asked = found as u64 * u64::from(self.params.chunk);
            return Err(Refusal::OutOfBudget { asked, cap: self.cap_of(self.side.other()) });
        }
        self.phase = Phase::Seen { peer: Peer { commit: commit.clone(), digest }, accepted: [false; 2] };
        Ok(Event::CommitSeen(commit))
    }

    fn take_accept(&mut self, commits: [Digest; 2]) -> Result<Event, Refusal> {
        let own = match &self.phase {
            Phase::Committed => return Err(Refusal::OutOfTurn("the other side's commit first")),
            Phase::Seen { peer, .. } => self.commits(peer.digest),
            Phase::Running(_) => return Err(Refusal::Replayed),
            Phase::Closed { .. } => return Err(Refusal::Closed),
        };
        if commits != own {
            return Err(Refusal::OtherCommit);
        }
        if let Phase::Seen { accepted, .. } = &mut self.phase {
            if accepted[1] {
                return Err(Refusal::Replayed);
            }
            accepted[1] = true;
        }
        self.run_if_both_accepted();
        Ok(Event::AcceptSeen)
    }

    fn take_tags(&mut self, rows: &[u8]) -> Result<Event, Refusal> {
        let cap = self.params.held[self.side.other().at()];
        let run = running_mut(&mut self.phase)?;
        if Digest::of(rows) != run.peer.commit.tags
            || rows.len() != cap as usize * tags::row_bytes(&self.params)
        {
            return Err(Refusal::TagsChanged);
        }
        if run.rows.is_some() {
            return Err(Refusal::Replayed);
        }
        tags::check_order(&self.params, rows)?;
        run.rows = Some(rows.to_vec());
        Ok(Event::TagsSeen)
    }

    fn take_query(&mut self, at: u32, points: &[PointBytes], digest: Digest) -> Result<Event, Refusal> {
        let (asker, own_chunks, workers) = (self.side.other(), self.params.chunks(self.side), self.workers);
        let (cap, chunk) = (self.cap_of(asker), self.params.chunk);
        let run = running_mut(&mut self.phase)?;
        let to = u64::from(at) + points.len() as u64;
        if to > u64::from(cap) || points.is_empty() {
            return Err(Refusal::OutOfBudget { asked: to, cap });
        }
        // Within the cap, so the products below fit: the cap is at most a million.
        let due = run.served * chunk;
        if at < due || run.pending.as_ref().is_some_and(|(entry, _)| entry.query == digest) {
            return Err(Refusal::Replayed);
        }
        if at > due || run.pending.is_some() {
            return Err(Refusal::OutOfTurn("the chunk before first"));
        }
        if run.peer.commit.queries.get(run.served as usize) != Some(&digest) {
            return Err(Refusal::NotCommitted);
        }
        if run.rows.is_none() {
            return Err(Refusal::OutOfTurn("the asker's own tags first"));
        }
        if run.answered < run.served.min(own_chunks) {
            return Err(Refusal::OutOfTurn("an answer to this side's chunk first"));
        }
        if points.len() as u32 != chunk.min(cap - at) {
            return Err(Refusal::OutOfTurn("a whole chunk is asked at once"));
        }
        let points =
            Points::read(points, workers).map_err(|place| Refusal::Point { at: at as usize + place })?;
        let (session, run_number) = (self.id, self.params.run);
        let entry = Evaluation { session, run: run_number, asker, from: at, to: to as u32, query: digest };
        run.pending = Some((entry, points));
        Ok(Event::EvaluationDue(entry))
    }

    fn take_answer(
        &mut self,
        at: u32,
        points: &[PointBytes],
        proof: &ProofBytes,
        digest: Digest,
    ) -> Result<Event, Refusal> {
        let (params, side, chunk) = (&self.params, self.side, self.params.chunk);
        let run = running_mut(&mut self.phase)?;
        if u64::from(at) < u64::from(run.answered) * u64::from(chunk) {
            return Err(Refusal::Replayed);
        }
        let (Some(asked), Some(rows)) = (self.chunks.get(run.answered as usize), &run.rows) else {
            return Err(Refusal::OutOfTurn("nothing is asked"));
        };
        if at != run.answered * chunk {
            return Err(Refusal::OutOfTurn("the chunk before first"));
        }
        let from = at as usize;
        let keys = self.sought.salted(from, from + asked.bytes().len());
        let answers = Answers { public: &run.peer.commit.key, asked, evaluated: points, proof };
        let place = place(&self.id, side, at);
        let outputs = proof::finalize(&keys, answers, Weights::Chunk(&place), self.workers);
        let outputs = outputs.map_err(|why| match why {
            Unproved::Point(at) => Refusal::Point { at: from + at },
            Unproved::Count | Unproved::Proof => Refusal::Proof,
        })?;
        let mut hits = Vec::new();
        for (at, (leaf, output)) in (at..).zip(self.sought.leaves()[from..].iter().zip(&outputs)) {
            if params.takes(&leaf.key)
                && let Some(reference) = tags::find(params, rows, output)
            {
                hits.push(Match { at, key: leaf.key.clone(), reference });
            }
        }
        let query = query_message(&self.id, side, at, asked.bytes());
        run.courses[side.at()].update(Digest::of(&query).as_bytes());
        run.courses[side.at()].update(digest.as_bytes());
        run.answered += 1;
        let count = hits.len();
        run.matches.extend(hits);
        Ok(Event::Answered { hits: count })
    }

    fn take_close(&mut self, transcript: Digest) -> Result<Event, Refusal> {
        let own = match &self.phase {
            Phase::Closed { transcript, .. } => *transcript,
            _ => self.transcript()?,
        };
        if own != transcript {
            return Err(Refusal::OtherTranscript);
        }
        let closed = match &mut self.phase {
            Phase::Closed { peer, .. } => peer,
            phase => &mut running_mut(phase)?.closed,
        };
        if *closed == PeerClose::Seen {
            return Err(Refusal::Replayed);
        }
        *closed = PeerClose::Seen;
        Ok(Event::CloseSeen)
    }

    /// SHA-256 over all that was said, in an order that both sides know, whatever crossed on the way.
    fn transcript(&self) -> Result<Digest, Refusal> {
        let run = self.running()?;
        let (peer, own) = (self.side.other(), self.side);
        if run.answered < self.params.chunks(own) || run.served < self.params.chunks(peer) {
            return Err(Refusal::OutOfTurn("the answers to all queries first"));
        }
        if run.rows.is_none() {
            return Err(Refusal::OutOfTurn("the other side's tags first"));
        }
        let mut tags = [run.peer.commit.tags; 2];
        tags[own.at()] = Digest::of(&self.rows);
        let mut hash = Sha256::new_with_prefix(b"homeward psi transcript v1");
        hash.update(self.id.as_bytes());
        self.commits(run.peer.digest).iter().chain(&tags).for_each(|digest| hash.update(digest.as_bytes()));
        run.courses.iter().for_each(|course| hash.update(course.clone().finalize()));
        Ok(Digest(hash.finalize().into()))
    }

    /// The digests of both commits, the first side's first.
    fn commits(&self, peer: Digest) -> [Digest; 2] {
        let own = Digest::of(&self.commit);
        match self.side {
            Side::First => [own, peer],
            Side::Second => [peer, own],
        }
    }

    fn cap_of(&self, asker: Side) -> u32 {
        self.params.sought[asker.at()]
    }

    fn run_if_both_accepted(&mut self) {
        if let Phase::Seen { peer, accepted: [true, true] } = &self.phase {
            self.phase = Phase::Running(Box::new(Run {
                peer: peer.clone(),
                rows: None,
                answered: 0,
                served: 0,
                pending: None,
                matches: Vec::new(),
                courses: [Sha256::new(), Sha256::new()],
                closed: PeerClose::Awaited,
            }));
        }
    }

    fn running(&self) -> Result<&Run, Refusal> {
        match &self.phase {
            Phase::Running(run) => Ok(run),
            Phase::Closed { .. } => Err(Refusal::Closed),
            Phase::Committed | Phase::Seen { .. } => Err(Refusal::OutOfTurn("both accepts first")),
        }
    }
}

fn running_mut(phase: &mut Phase) -> Result<&mut Run, Refusal> {
    match phase {
        Phase::Running(run) => Ok(run),
        Phase::Closed { .. } => Err(Refusal::Closed),
        Phase::Committed | Phase::Seen { .. } => Err(Refusal::OutOfTurn("both accepts first")),
    }
}

fn query_message(session: &Digest, from: Side, at: u32, points: &[PointBytes]) -> Vec<u8> {
    Message::Query { at, points }.encode(session, from)
}

/// Where a chunk stands: a proof for one place says nothing at another.
fn place(session: &Digest, asker: Side, at: u32) -> Vec<u8> {
    [session.as_bytes().as_slice(), &[asker.at() as u8], &at.to_be_bytes()].concat()
}
