//! Notices of violations and the replies to them.
//!
//! Decides what a thread has come to: open, overdue, replied, closed. An answer that is missing is shown as missing. What
//! cannot belong to a thread is refused with its ground, and the threads stand without it. Refuses to know whether there
//! was a violation, and whether a reply is a good one.

use std::collections::BTreeMap;

use crate::agreement::Terms;
use crate::ledger::{Act, NoticeAct, Voice, What};
use crate::moment::Moment;

/// The threads of an agreement, and the acts that belong to none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Notices {
    /// The threads, in order of their numbers.
    pub threads: Vec<Thread>,
    /// Acts about notices that were refused, in order of the acts.
    pub refused: Vec<RefusedAct>,
}

/// A notice with what came after it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Thread {
    /// Number, from 1.
    pub no: u32,
    /// The clause that the notice is about.
    pub clause: u32,
    /// Who gave it.
    pub by: Voice,
    /// When.
    pub at: Moment,
    /// Until when an answer was agreed.
    pub answer: Answer,
    /// The replies, in order of time; one after [`Answer::DueBefore`] is late.
    pub replies: Vec<Reply>,
    /// When who gave it closed it.
    pub closed: Option<Moment>,
}

/// Until when a notice is to be answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    /// Before a moment.
    DueBefore(Moment),
    /// The terms have no `[notices]`: no time was agreed, and none passes.
    NoTimeAgreed,
}

/// A reply to a notice.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reply {
    /// Who replied.
    pub by: Voice,
    /// When.
    pub at: Moment,
}

/// What a thread has come to at a moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// Given, not answered.
    Open {
        /// Until when an answer was agreed.
        answer: Answer,
    },
    /// Not answered, and the time to answer has passed.
    Overdue {
        /// Since when.
        since: Moment,
    },
    /// Answered.
    Replied {
        /// When it was first answered.
        at: Moment,
    },
    /// Closed by who gave it.
    Closed {
        /// When.
        at: Moment,
    },
}

/// An act about a notice that was refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RefusedAct {
    /// The act, by its place among the acts.
    pub act: usize,
    /// Why.
    pub refused: NoticeRefused,
}

/// Why an act about a notice is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NoticeRefused {
    /// Without a moment nobody can say when an answer is due, or what came first.
    #[error("an act about notice {0} has no moment")]
    NoMoment(u32),
    /// Numbers count from 1.
    #[error("notices are numbered from 1")]
    NoNumber,
    /// Notices and replies are the parties'.
    #[error("notice {0}: only a party gives, answers and closes a notice")]
    NotAParty(u32),
    /// The number belongs to an earlier notice.
    #[error("there is a notice {0} already")]
    NumberReused(u32),
    /// The clause is not in the signed text.
    #[error("notice {no}: clause {clause} is not in the text")]
    NoSuchClause {
        /// The number.
        no: u32,
        /// The clause.
        clause: u32,
    },
    /// Nothing to reply to or to close.
    #[error("there is no notice {0}")]
    NoSuchNotice(u32),
    /// Who gave a notice does not answer it.
    #[error("notice {0} is not answered by who gave it")]
    OwnReply(u32),
    /// Only who gave a notice closes it.
    #[error("notice {0} is closed only by who gave it")]
    NotTheirs(u32),
    /// Dated before the notice that it is about.
    #[error("notice {0}: what answers or closes it is dated before it")]
    BeforeNotice(u32),
    /// Closed earlier.
    #[error("notice {0} is closed already")]
    ClosedAlready(u32),
}

impl Thread {
    /// What the thread has come to at a moment; nothing where it begins later.
    pub fn state(&self, now: Moment) -> Option<State> {
        if now < self.at {
            return None;
        }
        if let Some(at) = self.closed.filter(|at| *at <= now) {
            return Some(State::Closed { at });
        }
        if let Some(first) = self.replies.first().filter(|reply| reply.at <= now) {
            return Some(State::Replied { at: first.at });
        }
        Some(match self.answer {
            Answer::DueBefore(due) if due <= now => State::Overdue { since: due },
            answer => State::Open { answer },
        })
    }
}

/// Gathers the threads from the acts, in any order: each refers to a clause, and a reply answers the notice of its number.
///
/// # Rule
/// The clause of `[notices]` in the terms ([`crate::agreement::Notices`]): so many hours to answer, the last of them not
/// included. Of two notices with one number, the one dated first stands; of two of one moment, that of the party which
/// stands first in the terms.
pub fn notices(terms: &Terms, acts: &[Act]) -> Notices {
    let mut refused = Vec::new();
    let mut stated = Vec::new();
    for (place, act) in acts.iter().enumerate() {
        let What::Notice { no, kind } = act.what else { continue };
        match admissible(terms, act, no) {
            Ok(at) => stated.push(Stated { act: place, at, by: act.by, no, kind }),
            Err(ground) => refused.push(RefusedAct { act: place, refused: ground }),
        }
    }
    stated.sort_by_key(|one| (one.at, one.by, one.act));
    let mut threads = BTreeMap::new();
    // Notices first, so that a reply dated before its notice is told from a reply to none.
    let (given, other): (Vec<_>, Vec<_>) =
        stated.into_iter().partition(|one| matches!(one.kind, NoticeAct::Given { .. }));
    for one in given.into_iter().chain(other) {
        if let Err(ground) = follow(terms, &mut threads, &one) {
            refused.push(RefusedAct { act: one.act, refused: ground });
        }
    }
    refused.sort_by_key(|one| one.act);
    Notices { threads: threads.into_values().collect(), refused }
}

/// An act about a notice, with its moment.
struct Stated {
    act: usize,
    at: Moment,
    by: Voice,
    no: u32,
    kind: NoticeAct,
}

fn admissible(terms: &Terms, act: &Act, no: u32) -> Result<Moment, NoticeRefused> {
    if no == 0 {
        return Err(NoticeRefused::NoNumber);
    }
    if usize::from(act.by.0) >= terms.parties.len() {
        return Err(NoticeRefused::NotAParty(no));
    }
    act.at.ok_or(NoticeRefused::NoMoment(no))
}

fn follow(terms: &Terms, threads: &mut BTreeMap<u32, Thread>, one: &Stated) -> Result<(), NoticeRefused> {
    let no = one.no;
    if let NoticeAct::Given { clause } = one.kind {
        if terms.clause(clause).is_none() {
            return Err(NoticeRefused::NoSuchClause { no, clause });
        }
        if threads.contains_key(&no) {
            return Err(NoticeRefused::NumberReused(no));
        }
        threads.insert(no, begin(terms, one, clause));
        return Ok(());
    }
    let thread = threads.get_mut(&no).ok_or(NoticeRefused::NoSuchNotice(no))?;
    match (one.kind, one.by == thread.by) {
        (NoticeAct::Replied, true) => Err(NoticeRefused::OwnReply(no)),
        (NoticeAct::Closed, false) => Err(NoticeRefused::NotTheirs(no)),
        _ if one.at < thread.at => Err(NoticeRefused::BeforeNotice(no)),
        (NoticeAct::Replied, false) => {
            thread.replies.push(Reply { by: one.by, at: one.at });
            Ok(())
        }
        _ if thread.closed.is_some() => Err(NoticeRefused::ClosedAlready(no)),
        _ => {
            thread.closed = Some(one.at);
            Ok(())
        }
    }
}

fn begin(terms: &Terms, given: &Stated, clause: u32) -> Thread {
    let answer = match terms.notices {
        None => Answer::NoTimeAgreed,
        Some(agreed) => {
            let due = given.at.plus_hours(u64::from(agreed.answer_hours));
            Answer::DueBefore(due.unwrap_or(Moment(i64::MAX)))
        }
    };
    Thread { no: given.no, clause, by: given.by, at: given.at, answer, replies: Vec::new(), closed: None }
}

#[cfg(test)]
mod tests;
