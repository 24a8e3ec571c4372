//! What keeps a log going when something was lost: the entries of resets, resumptions and keys.
//!
//! Decides their fields, their wire names and what their inner signatures cover. Refuses to know when they are lawful:
//! that is the [`record`](crate::record).

use super::{digest, entry, heads_value, read_heads};
use crate::cbor::{self, CborError, Fields, Value};
use crate::entry::Entry;
use crate::id::{Digest, EntryId, Head, Label};
use crate::key::{NodeKey, VerifyKey};

/// An entry about a log itself (protocol 3.4 and 3.5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keeping {
    /// The author has lost what it signed from here on. It counts once another party agrees.
    Reset {
        /// The number of this entry, and of the first that is lost.
        from: u64,
        /// Why, in the officers' words.
        reason: Label,
        /// The root key's signature over [`Keeping::root_message`].
        root_signature: [u8; 64],
    },
    /// The record goes on after a fork, along one of its branches. It counts once the other party agrees.
    Resume {
        /// The number at which the log forked: the first that does not count, but for the branch that is kept.
        from: u64,
        /// The entries that prove the fork, by name, ascending.
        fork: [EntryId; 2],
        /// The last entry of the forked log that counts: before the fork, or on the branch that is kept.
        kept: Head,
    },
    /// Another party agrees to a reset, a resumption or a word that a key was compromised.
    Agree {
        /// That entry.
        entry: EntryId,
    },
    /// Hands the log to the next key, whose digest was laid down before. Signed by both.
    Rotate {
        /// The key under which the entries after this one hold.
        node_key: VerifyKey,
        /// SHA-256 of the key after that.
        next_key: Digest,
        /// The new key's signature over [`Keeping::handover_message`].
        signature: [u8; 64],
    },
    /// The key of the log is in other hands: from here on nothing under it counts. It counts once another party agrees.
    Compromise {
        /// The number of this entry: the size of the log under the head named here.
        from: u64,
        /// The root of the tree over the entries before this one, as in the head that the other party cosigned.
        root: Digest,
        /// The key that is lost.
        lost: VerifyKey,
        /// The key that signs this entry and those after it.
        node_key: VerifyKey,
        /// SHA-256 of the key after that.
        next_key: Digest,
        /// The root key's signature over [`Keeping::root_message`].
        root_signature: [u8; 64],
    },
}

impl Keeping {
    /// The wire name of the kind.
    pub fn name(&self) -> &'static str {
        match self {
            Keeping::Reset { .. } => "log.reset",
            Keeping::Resume { .. } => "log.resume",
            Keeping::Agree { .. } => "log.agree",
            Keeping::Rotate { .. } => "key.rotate",
            Keeping::Compromise { .. } => "key.compromise",
        }
    }

    /// Whether it waits for another party's word before it stands in its log.
    pub fn is_offer(&self) -> bool {
        matches!(self, Keeping::Reset { .. } | Keeping::Resume { .. } | Keeping::Compromise { .. })
    }

    /// What the root key signs: the name of the kind, the place of the entry (agreement, length of the label as one
    /// byte, label, number as 8 bytes big-endian, name of the entry before), SHA-256 of the heads seen, and the fields.
    pub fn root_message(&self, at: &Entry) -> Vec<u8> {
        let mut message = place(self.name(), at);
        match self {
            Keeping::Reset { reason, .. } => message.extend(reason.as_str().as_bytes()),
            Keeping::Compromise { root, lost, node_key, next_key, .. } => {
                [root.0, lost.0, node_key.0, next_key.0].iter().for_each(|part| message.extend(part));
            }
            _ => {}
        }
        message
    }

    /// What the next key signs when the log is handed to it: the place of the entry, the key, the digest of the one after.
    pub fn handover_message(node_key: &VerifyKey, next_key: &Digest, at: &Entry) -> Vec<u8> {
        [&place("key.rotate", at)[..], &node_key.0, &next_key.0].concat()
    }

    /// The same with the root key's signature, where the kind has one.
    pub(crate) fn signed_by_root(mut self, at: &Entry, root: &NodeKey) -> Keeping {
        let made = root.sign(&self.root_message(at));
        if let Keeping::Reset { root_signature, .. } | Keeping::Compromise { root_signature, .. } = &mut self
        {
            *root_signature = made;
        }
        self
    }

    /// Whether the signatures inside hold: of the root key, or of the next key.
    pub(crate) fn holds(&self, at: &Entry, root_key: &VerifyKey) -> bool {
        match self {
            Keeping::Reset { from, root_signature, .. }
            | Keeping::Compromise { from, root_signature, .. } => {
                *from == at.seq && root_key.verify(&self.root_message(at), root_signature)
            }
            Keeping::Rotate { node_key, next_key, signature } => {
                node_key.verify(&Keeping::handover_message(node_key, next_key, at), signature)
            }
            Keeping::Resume { .. } | Keeping::Agree { .. } => true,
        }
    }

    pub(super) fn pairs(&self) -> Vec<(&'static str, Value<'_>)> {
        let b = |bytes| Value::Bytes(bytes);
        match self {
            Keeping::Reset { from, reason, root_signature } => vec![
                ("from", Value::Uint(*from)),
                ("reason", Value::Text(reason.as_str())),
                ("root_signature", b(&root_signature[..])),
            ],
            Keeping::Resume { from, fork, kept } => {
                let fork = fork.iter().map(|id| b(&id.0[..])).collect();
                let kept = heads_value(std::slice::from_ref(kept));
                vec![("from", Value::Uint(*from)), ("fork", Value::Array(fork)), ("kept", kept)]
            }
            Keeping::Agree { entry } => vec![("entry", b(&entry.0[..]))],
            Keeping::Rotate { node_key, next_key, signature } => vec![
                ("node_key", b(&node_key.0[..])),
                ("next_key", b(&next_key.0)),
                ("signature", b(&signature[..])),
            ],
            Keeping::Compromise { from, root, lost, node_key, next_key, root_signature } => vec![
                ("from", Value::Uint(*from)),
                ("root", b(&root.0[..])),
                ("lost", b(&lost.0)),
                ("node_key", b(&node_key.0)),
                ("next_key", b(&next_key.0)),
                ("root_signature", b(&root_signature[..])),
            ],
        }
    }

    pub(super) fn read(name: &str, f: &mut Fields<'_>) -> Result<Keeping, CborError> {
        Ok(match name {
            "log.reset" => Keeping::Reset {
                from: f.uint("from")?,
                reason: f.parsed("reason")?,
                root_signature: f.fixed("root_signature")?,
            },
            "log.resume" => {
                Keeping::Resume { from: f.uint("from")?, fork: read_fork(f)?, kept: read_kept(f)? }
            }
            "log.agree" => Keeping::Agree { entry: entry(f, "entry")? },
            "key.rotate" => Keeping::Rotate {
                node_key: VerifyKey(f.fixed("node_key")?),
                next_key: digest(f, "next_key")?,
                signature: f.fixed("signature")?,
            },
            "key.compromise" => Keeping::Compromise {
                from: f.uint("from")?,
                root: digest(f, "root")?,
                lost: VerifyKey(f.fixed("lost")?),
                node_key: VerifyKey(f.fixed("node_key")?),
                next_key: digest(f, "next_key")?,
                root_signature: f.fixed("root_signature")?,
            },
            _ => return Err(CborError::WrongValue { key: "type" }),
        })
    }
}

fn read_fork(f: &mut Fields<'_>) -> Result<[EntryId; 2], CborError> {
    let wrong = || CborError::WrongValue { key: "fork" };
    let values = f.array("fork")?;
    let [Value::Bytes(first), Value::Bytes(second)] = values[..] else { return Err(wrong()) };
    let id = |bytes: &[u8]| Ok(EntryId(bytes.try_into().map_err(|_| wrong())?));
    let fork = [id(first)?, id(second)?];
    if fork[0] < fork[1] { Ok(fork) } else { Err(wrong()) }
}

fn read_kept(f: &mut Fields<'_>) -> Result<Head, CborError> {
    match read_heads(f.array("kept")?, "kept")?[..] {
        [kept] => Ok(kept),
        _ => Err(CborError::WrongValue { key: "kept" }),
    }
}

fn place(name: &str, at: &Entry) -> Vec<u8> {
    let label = at.author.as_str().as_bytes();
    let seen = Digest::of(&cbor::encode(&heads_value(&at.seen)));
    // A label has at most 32 bytes, so its length fits one byte.
    let start = [b"homeward ", name.as_bytes(), &at.agreement.0[..], &[label.len() as u8], label];
    [&start.concat()[..], &at.seq.to_be_bytes(), &at.prev.0, &seen.0].concat()
}
