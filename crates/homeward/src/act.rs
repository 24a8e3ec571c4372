//! One named write: everything an officer's act changes, in the register and in the shared record, or nothing of it.
//!
//! Rules of the record are checked as each entry is appended; the register's transaction makes entries and rows durable
//! together at [`Act::commit`]. An act that is dropped changes nothing. A guard value serves better here than a
//! closure: a handler's future must be `Send`, which an async closure's borrow cannot promise today.

use parley::{Admitted, Body, EntryId, Record, Refusal};
use register::{AttachmentRow, RegisterError, Write};
use tokio::sync::OwnedRwLockWriteGuard;

use crate::acts::moments;
use crate::node::{Node, Shared};

/// Who acts, as the journal names them.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The officer's label, or `node` for what a node does by itself.
    pub officer: String,
    /// What the officer's present work is for.
    pub purpose: Option<String>,
}

impl Actor {
    pub(crate) fn to_register(&self) -> register::Actor {
        register::Actor { officer: self.officer.clone(), purpose: self.purpose.clone() }
    }
}

/// Why an act does not happen.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// A rule of the shared record is against it.
    #[error("against a rule of the record: {0}")]
    AgainstRule(#[from] Refusal),
    /// A rule of the desk is against it. The code names it (message key `refusal-<code>`).
    #[error("{code} {detail}")]
    Rule {
        /// Code of the rule.
        code: &'static str,
        /// Numbers and labels that help; no names.
        detail: String,
    },
    /// The register cannot.
    #[error(transparent)]
    Register(#[from] RegisterError),
    /// A second officer is needed.
    #[error("the act needs a second officer")]
    SameOfficer,
    /// What the act is about does not exist.
    #[error("not found")]
    NotFound,
}

impl ActError {
    /// A rule of the desk.
    pub fn rule(code: &'static str, detail: impl ToString) -> Self {
        Self::Rule { code, detail: detail.to_string() }
    }

    pub(crate) fn broken(why: &anyhow::Error) -> Self {
        Self::Register(RegisterError::Broken(format!("{why:#}")))
    }
}

/// A named write under way.
pub struct Act<'n> {
    /// The register's transaction.
    pub tx: Write,
    /// Who acts.
    pub actor: Actor,
    node: &'n Node,
    shared: OwnedRwLockWriteGuard<Shared>,
    appended: bool,
}

impl<'n> Act<'n> {
    pub(crate) fn new(
        node: &'n Node,
        shared: OwnedRwLockWriteGuard<Shared>,
        tx: Write,
        actor: Actor,
    ) -> Self {
        Self { tx, actor, node, shared, appended: false }
    }

    /// The node.
    pub fn node(&self) -> &'n Node {
        self.node
    }

    /// The shared record with what this act has appended so far.
    pub fn record(&self) -> &Record {
        &self.shared.record
    }

    /// The register's side and the record's side of this act, to be read together.
    pub fn parts(&mut self) -> (&mut Write, &Shared) {
        (&mut self.tx, &self.shared)
    }

    /// What the node knows of the shared record.
    pub fn shared(&mut self) -> &mut Shared {
        &mut self.shared
    }

    /// Signs an entry of this node's own log, if the rules of the record allow it.
    pub async fn append(&mut self, body: Body) -> Result<EntryId, ActError> {
        let seconds = u64::try_from(self.node.clock.now() / 1000).unwrap_or(0);
        let signed = self.shared.record.sign(&self.node.me, body, seconds, &self.node.keys.node)?;
        self.unsettled();
        self.shared.record.admit(signed.bytes())?;
        let head = signed.head();
        self.tx.append_entry(head.author.as_str(), head.seq, signed.bytes()).await?;
        Ok(signed.id())
    }

    /// Takes in an entry that came from another node. Entries that became applicable with it are stored as well.
    ///
    /// An entry that is here already changes nothing, so an act that met only such may be given up without a new reading
    /// of the record: nodes that carry for one another bring many of them.
    pub async fn admit(&mut self, bytes: &[u8]) -> Result<Vec<EntryId>, ActError> {
        moments::not_ahead(bytes, self.node.clock.now())?;
        let before = self.shared.record.applied().len();
        let last = self.shared.record.applied().last().map(|signed| signed.id());
        let admitted = self.shared.record.admit(bytes);
        if !matches!(admitted, Ok(Admitted::Duplicate)) {
            self.unsettled();
        }
        let unblocked = match admitted? {
            Admitted::Applied { refused, .. } => refused,
            _ => Vec::new(),
        };
        // What waited for the entry can be the second under its number; then the record is shorter than before.
        for (_, why) in unblocked {
            if matches!(why, parley::Refusal::Equivocation(_)) {
                return Err(why.into());
            }
        }
        let applied = self.shared.record.applied();
        let kept = before.checked_sub(1).and_then(|at| applied.get(at)).map(|signed| signed.id()) == last;
        let Some(came_in) = applied.get(before..).filter(|_| kept).map(<[_]>::to_vec) else {
            // The books hold entries that a reset or a resumption sets aside, and nothing here takes them out again.
            return Err(ActError::rule("record", "a log was reset behind what the books hold"));
        };
        for signed in &came_in {
            let head = signed.head();
            self.tx.append_entry(head.author.as_str(), head.seq, signed.bytes()).await?;
        }
        Ok(came_in.iter().map(|signed| signed.id()).collect())
    }

    /// Keeps an attachment, sealed, under its digest.
    pub async fn attach(&mut self, kind: &'static str, bytes: &[u8]) -> Result<parley::Digest, ActError> {
        let row = AttachmentRow::of(kind, bytes.to_vec());
        if self.tx.attachment(&row.digest).await?.is_none() {
            self.tx.put(&row).await?;
        }
        Ok(parley::Digest(row.digest.0))
    }

    /// From the first entry on, what memory holds is not yet true: an act that is dropped leaves the record stale, and
    /// the next one reads it again.
    fn unsettled(&mut self) {
        self.appended = true;
        self.shared.stale = true;
    }

    /// Leaves the record to be read again from the register by whoever looks next.
    pub fn read_again(&mut self) {
        self.shared.stale = true;
    }

    /// Makes it durable and tells the peer link that there may be news.
    pub async fn commit(self) -> Result<(), ActError> {
        let Self { tx, mut shared, node, appended, .. } = self;
        tx.commit().await?;
        if appended {
            shared.stale = false;
            drop(shared);
            node.news.notify_waiters();
        }
        Ok(())
    }
}
