//! What an entry can say, and how each saying is written.
//!
//! Decides the fields of each kind and their wire names. Refuses to know whether an entry is lawful where it
//! stands: that is the [`session`](crate::session) module. An unknown kind is refused.

mod keeping;

use sha2::{Digest as _, Sha256};

use crate::cbor::{CborError, Fields, Value};
use crate::id::{AgreementId, Digest, EntryId, Head, Item, Label, PartyId};
use crate::key::{NodeKey, TransportPublic, VerifyKey, root_message};
use crate::matching::RunEntry;

pub use keeping::Keeping;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// The word on the wire.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }

            fn read(word: &str, key: &'static str) -> Result<Self, CborError> {
                match word {
                    $($word => Ok($name::$variant),)+
                    _ => Err(CborError::WrongValue { key }),
                }
            }
        }
    };
}

words! {
    /// What a person answered when asked whether to go (GC III art. 109, third paragraph: nobody against the will).
    Answer {
        /// Wishes to go.
        Willing = "willing",
        /// Does not wish to go.
        Unwilling = "unwilling",
        /// Could not be asked or could not answer.
        Unable = "unable",
    }
}
words! {
    /// Why an item leaves the list of a round, as its holder states.
    DepartGround {
        /// Has died.
        Died = "died",
        /// Has escaped.
        Escaped = "escaped",
        /// No longer falls under the ground for which it was listed.
        Recovered = "recovered",
        /// Was returned before, by another way.
        AlreadyReturned = "already-returned",
        /// Does not wish to go.
        Unwilling = "unwilling",
        /// Was not brought to the crossing.
        NotBrought = "not-brought",
    }
}
words! {
    /// Why the receiver does not confirm a release.
    DisputeGround {
        /// Nobody was delivered.
        NotDelivered = "not-delivered",
        /// Somebody else was delivered.
        OtherPerson = "other-person",
    }
}
words! {
    /// What a notice says about a round.
    NoticeKind {
        /// Put off, until a time if one is named.
        Postponed = "postponed",
        /// Goes on.
        Resumed = "resumed",
        /// Will not take place.
        Cancelled = "cancelled",
    }
}

/// Which asking: at the listing or at the crossing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Occasion {
    /// After the list was accepted.
    First,
    /// At the crossing.
    Second,
}

/// The first entry of a log: who signs from here on, and the root key's word for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Genesis {
    /// Whose log this is.
    pub party: PartyId,
    /// The offline key whose fingerprint stands in the paper agreement.
    pub root_key: VerifyKey,
    /// The key that signs every entry of this log.
    pub node_key: VerifyKey,
    /// The key to which bundles for this member are sealed.
    pub transport_key: TransportPublic,
    /// SHA-256 of the node key after this one, so that a thief of this one cannot hand the log on. Without it the key
    /// cannot be rotated, only replaced by the word of the root key.
    pub next_key: Option<Digest>,
    /// The root key's signature over agreement, party, node key, transport key and what is said of the next key.
    pub root_signature: [u8; 64],
}

impl Genesis {
    /// Makes the genesis, signing with the root key.
    pub fn sign(
        root: &NodeKey,
        agreement: &AgreementId,
        party: PartyId,
        node_key: VerifyKey,
        transport_key: TransportPublic,
    ) -> Genesis {
        let (root_key, next_key, root_signature) = (root.public(), None, [0; 64]);
        let genesis = Genesis { party, root_key, node_key, transport_key, next_key, root_signature };
        genesis.signed(root, agreement)
    }

    /// The same with the digest of the next node key, signed anew.
    pub fn with_next(self, root: &NodeKey, agreement: &AgreementId, next: &VerifyKey) -> Genesis {
        Genesis { next_key: Some(next.digest()), ..self }.signed(root, agreement)
    }

    fn signed(self, root: &NodeKey, agreement: &AgreementId) -> Genesis {
        Genesis { root_signature: root.sign(&root_message(agreement, &self)), ..self }
    }

    /// Whether the root key's signature holds.
    pub fn verify(&self, agreement: &AgreementId) -> bool {
        self.root_key.verify(&root_message(agreement, self), &self.root_signature)
    }
}

/// One item of a proposed list and who holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ListItem {
    /// The person, as an opaque commitment.
    pub item: Item,
    /// The party in whose custody the person is.
    pub holder: PartyId,
}

/// What an entry says. Rounds count from 1, list versions from 1; times are Unix seconds, UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields carry the names that the variant's sentence explains")]
pub enum Body {
    /// Opens a log.
    Genesis(Genesis),
    /// Puts forward the text of an agreement, by digest.
    Text { digest: Digest },
    /// Binds the author to a pool and a seed before either is shown.
    Commit { round: u32, pool: Digest, seed: Digest },
    /// Shows the seed that was committed.
    Reveal { round: u32, seed: [u8; 32] },
    /// States that the other party has not shown its seed in the time agreed: the round is void for both.
    Withheld { round: u32 },
    /// Names the author's own items selected from its committed pool; the digest names the opened pool or roll.
    Nominate { round: u32, items: Vec<Item>, digest: Digest },
    /// Proposes the list of a round, or an amendment of the version that it replaces (0: none). Items ascend.
    Propose { round: u32, version: u32, replaces: u32, items: Vec<ListItem>, digest: Digest },
    /// Accepts a text or a proposal of the other party.
    Accept { entry: EntryId },
    /// Refuses a text or a proposal of the other party.
    Reject { entry: EntryId, ground: Label },
    /// Takes back one's own text or proposal.
    Withdraw { entry: EntryId },
    /// Records what a person answered, by the holder.
    Will { round: u32, item: Item, occasion: Occasion, answer: Answer },
    /// States that an item leaves the list of this round, by the holder: its slot is vacated.
    Depart { round: u32, item: Item, ground: DepartGround },
    /// States that the holder has handed the person over.
    Release { round: u32, item: Item },
    /// Confirms a release, by the other party.
    Receipt { release: EntryId },
    /// Denies a release, by the other party.
    Dispute { release: EntryId, ground: DisputeGround },
    /// States that the person of an unconfirmed release is held again.
    TakeBack { release: EntryId },
    /// Says that a round is postponed, resumed or cancelled.
    Notice { round: u32, kind: NoticeKind, until: Option<u64> },
    /// Books the author's account of a round, by digest and totals.
    Account { round: u32, digest: Digest, delivered: u64, received: u64 },
    /// Ends the round for its author.
    Close { round: u32 },
    /// States which heads the author holds.
    Observe { heads: Vec<Head> },
    /// Binds the author to a digest of a kind that this crate does not interpret.
    Memo { kind: Label, digest: Digest },
    /// Says something of a run of private matching.
    Matching(RunEntry),
    /// What keeps a log going: resets, resumptions, keys.
    Keeping(Keeping),
    /// One write of a node's private journal; never in a shared log.
    Journal { action: Label, officer: Label, rows: Vec<u8> },
}

impl Body {
    /// The wire name of the kind.
    pub fn name(&self) -> &'static str {
        match self {
            Body::Genesis(_) => "genesis",
            Body::Text { .. } => "text",
            Body::Commit { .. } => "commit",
            Body::Reveal { .. } => "reveal",
            Body::Withheld { .. } => "withheld",
            Body::Nominate { .. } => "nominate",
            Body::Propose { .. } => "propose",
            Body::Accept { .. } => "accept",
            Body::Reject { .. } => "reject",
            Body::Withdraw { .. } => "withdraw",
            Body::Will { .. } => "will",
            Body::Depart { .. } => "depart",
            Body::Release { .. } => "release",
            Body::Receipt { .. } => "receipt",
            Body::Dispute { .. } => "dispute",
            Body::TakeBack { .. } => "take-back",
            Body::Notice { .. } => "notice",
            Body::Account { .. } => "account",
            Body::Close { .. } => "close",
            Body::Observe { .. } => "observe",
            Body::Memo { .. } => "memo",
            Body::Matching(entry) => entry.name(),
            Body::Keeping(keeping) => keeping.name(),
            Body::Journal { .. } => "journal",
        }
    }

    pub(crate) fn to_value(&self) -> Value<'_> {
        let round_of = |round: &u32| ("round", Value::Uint(u64::from(*round)));
        let b = |bytes| Value::Bytes(bytes);
        Value::Map(match self {
            Body::Genesis(g) => {
                let mut pairs = vec![
                    ("party", Value::Text(g.party.as_str())),
                    ("root_key", b(&g.root_key.0[..])),
                    ("node_key", b(&g.node_key.0)),
                    ("transport_key", b(&g.transport_key.0)),
                    ("root_signature", b(&g.root_signature)),
                ];
                pairs.extend(g.next_key.as_ref().map(|next| ("next_key", b(&next.0))));
                pairs
            }
            Body::Keeping(keeping) => keeping.pairs(),
            Body::Text { digest } => vec![("digest", b(&digest.0))],
            Body::Commit { round, pool, seed } => {
                vec![round_of(round), ("pool", b(&pool.0)), ("seed", b(&seed.0))]
            }
            Body::Reveal { round, seed } => vec![round_of(round), ("seed", b(seed))],
            Body::Nominate { round, items, digest } => vec![
                round_of(round),
                ("items", Value::Array(items.iter().map(|i| b(&i.0)).collect())),
                ("digest", b(&digest.0)),
            ],
            Body::Propose { round, version, replaces, items, digest } => vec![
                round_of(round),
                ("version", Value::Uint(u64::from(*version))),
                ("replaces", Value::Uint(u64::from(*replaces))),
                ("items", Value::Array(items.iter().map(list_item).collect())),
                ("digest", b(&digest.0)),
            ],
            Body::Accept { entry } | Body::Withdraw { entry } => vec![("entry", b(&entry.0))],
            Body::Reject { entry, ground } => {
                vec![("entry", b(&entry.0)), ("ground", Value::Text(ground.as_str()))]
            }
            Body::Will { round, item, occasion, answer } => vec![
                round_of(round),
                ("item", b(&item.0)),
                ("occasion", Value::Uint(if *occasion == Occasion::First { 1 } else { 2 })),
                ("answer", Value::Text(answer.as_str())),
            ],
            Body::Depart { round, item, ground } => {
                vec![round_of(round), ("item", b(&item.0)), ("ground", Value::Text(ground.as_str()))]
            }
            Body::Release { round, item } => vec![round_of(round), ("item", b(&item.0))],
            Body::Receipt { release } | Body::TakeBack { release } => vec![("release", b(&release.0))],
            Body::Dispute { release, ground } => {
                vec![("release", b(&release.0)), ("ground", Value::Text(ground.as_str()))]
            }
            Body::Notice { round, kind, until } => {
                let mut pairs = vec![round_of(round), ("kind", Value::Text(kind.as_str()))];
                pairs.extend(until.map(|t| ("until", Value::Uint(t))));
                pairs
            }
            Body::Account { round, digest, delivered, received } => vec![
                round_of(round),
                ("digest", b(&digest.0)),
                ("delivered", Value::Uint(*delivered)),
                ("received", Value::Uint(*received)),
            ],
            Body::Withheld { round } | Body::Close { round } => vec![round_of(round)],
            Body::Observe { heads } => vec![("heads", heads_value(heads))],
            Body::Memo { kind, digest } => {
                vec![("kind", Value::Text(kind.as_str())), ("digest", b(&digest.0))]
            }
            Body::Matching(entry) => entry.pairs(),
            Body::Journal { action, officer, rows } => vec![
                ("action", Value::Text(action.as_str())),
                ("officer", Value::Text(officer.as_str())),
                ("rows", b(rows)),
            ],
        })
    }

    pub(crate) fn from_value(name: &str, value: Value<'_>) -> Result<Body, CborError> {
        let mut f = Fields::of(value, "body")?;
        let body = Body::read(name, &mut f)?;
        f.done()?;
        Ok(body)
    }

    fn read(name: &str, f: &mut Fields<'_>) -> Result<Body, CborError> {
        Ok(match name {
            "genesis" => Body::Genesis(Genesis {
                party: f.parsed("party")?,
                root_key: VerifyKey(f.fixed("root_key")?),
                node_key: VerifyKey(f.fixed("node_key")?),
                transport_key: TransportPublic(f.fixed("transport_key")?),
                next_key: match f.optional("next_key") {
                    None => None,
                    Some(Value::Bytes(bytes)) => {
                        Some(Digest(bytes.try_into().map_err(|_| CborError::WrongValue { key: "next_key" })?))
                    }
                    Some(_) => return Err(CborError::WrongValue { key: "next_key" }),
                },
                root_signature: f.fixed("root_signature")?,
            }),
            "text" => Body::Text { digest: digest(f, "digest")? },
            "commit" => Body::Commit { round: round(f)?, pool: digest(f, "pool")?, seed: digest(f, "seed")? },
            "reveal" => Body::Reveal { round: round(f)?, seed: f.fixed("seed")? },
            "withheld" => Body::Withheld { round: round(f)? },
            "nominate" => Body::Nominate { round: round(f)?, items: items(f)?, digest: digest(f, "digest")? },
            "propose" => Body::Propose {
                round: round(f)?,
                version: f.uint32("version")?,
                replaces: f.uint32("replaces")?,
                items: list_items(f)?,
                digest: digest(f, "digest")?,
            },
            "accept" => Body::Accept { entry: entry(f, "entry")? },
            "withdraw" => Body::Withdraw { entry: entry(f, "entry")? },
            "reject" => Body::Reject { entry: entry(f, "entry")?, ground: f.parsed("ground")? },
            "receipt" => Body::Receipt { release: entry(f, "release")? },
            "take-back" => Body::TakeBack { release: entry(f, "release")? },
            "observe" => Body::Observe { heads: read_heads(f.array("heads")?, "heads")? },
            "memo" => Body::Memo { kind: f.parsed("kind")?, digest: digest(f, "digest")? },
            "journal" => Body::Journal {
                action: f.parsed("action")?,
                officer: f.parsed("officer")?,
                rows: f.bytes("rows")?.to_vec(),
            },
            _ => return Body::read_person(name, f),
        })
    }

    fn read_person(name: &str, f: &mut Fields<'_>) -> Result<Body, CborError> {
        Ok(match name {
            "will" => Body::Will {
                round: round(f)?,
                item: Item(f.fixed("item")?),
                occasion: match f.uint("occasion")? {
                    1 => Occasion::First,
                    2 => Occasion::Second,
                    _ => return Err(CborError::WrongValue { key: "occasion" }),
                },
                answer: Answer::read(f.text("answer")?, "answer")?,
            },
            "depart" => Body::Depart {
                round: round(f)?,
                item: Item(f.fixed("item")?),
                ground: DepartGround::read(f.text("ground")?, "ground")?,
            },
            "release" => Body::Release { round: round(f)?, item: Item(f.fixed("item")?) },
            "dispute" => Body::Dispute {
                release: entry(f, "release")?,
                ground: DisputeGround::read(f.text("ground")?, "ground")?,
            },
            "notice" => Body::Notice {
                round: round(f)?,
                kind: NoticeKind::read(f.text("kind")?, "kind")?,
                until: match f.optional("until") {
                    None => None,
                    Some(Value::Uint(t)) => Some(t),
                    Some(_) => return Err(CborError::WrongValue { key: "until" }),
                },
            },
            "account" => Body::Account {
                round: round(f)?,
                digest: digest(f, "digest")?,
                delivered: f.uint("delivered")?,
                received: f.uint("received")?,
            },
            "close" => Body::Close { round: round(f)? },
            _ => match RunEntry::read(name, f)? {
                Some(entry) => Body::Matching(entry),
                None => Body::Keeping(Keeping::read(name, f)?),
            },
        })
    }
}

/// The digest by which a party commits to its seed of a round: SHA-256 of `"homeward seed"`, the round as 4 bytes
/// big-endian, the length of the label as one byte, the label and the seed.
pub fn seed_digest(round: u32, author: &PartyId, seed: &[u8; 32]) -> Digest {
    let label = author.as_str().as_bytes();
    Digest::of(&[b"homeward seed", &round.to_be_bytes()[..], &[label.len() as u8], label, seed].concat())
}

/// The seed from which the lot of a round is drawn: SHA-256 of `"homeward joint seed"`, the agreement, the round as
/// 4 bytes big-endian, and the seeds of the first and the second party. Neither could choose it.
pub fn joint_seed(agreement: &AgreementId, round: u32, first: &[u8; 32], second: &[u8; 32]) -> [u8; 32] {
    let hash = Sha256::new()
        .chain_update(b"homeward joint seed")
        .chain_update(agreement.0)
        .chain_update(round.to_be_bytes())
        .chain_update(first)
        .chain_update(second);
    hash.finalize().into()
}

pub(crate) fn heads_value(heads: &[Head]) -> Value<'_> {
    let one = |h| {
        let Head { author, seq, hash }: &Head = h;
        Value::Array(vec![Value::Text(author.as_str()), Value::Uint(*seq), Value::Bytes(&hash.0)])
    };
    Value::Array(heads.iter().map(one).collect())
}

/// Reads heads: at most one for an author, authors ascending.
pub(crate) fn read_heads(values: Vec<Value<'_>>, key: &'static str) -> Result<Vec<Head>, CborError> {
    let wrong = || CborError::WrongValue { key };
    let mut heads: Vec<Head> = Vec::new();
    for value in values {
        let Value::Array(parts) = value else { return Err(wrong()) };
        let [Value::Text(author), Value::Uint(seq), Value::Bytes(hash)] = parts[..] else {
            return Err(wrong());
        };
        let author: PartyId = author.parse().map_err(|_| wrong())?;
        let hash = EntryId(hash.try_into().map_err(|_| wrong())?);
        if heads.last().is_some_and(|last| last.author >= author) || heads.len() == 16 {
            return Err(wrong());
        }
        heads.push(Head { author, seq, hash });
    }
    Ok(heads)
}

fn list_item(listed: &ListItem) -> Value<'_> {
    Value::Array(vec![Value::Bytes(&listed.item.0), Value::Text(listed.holder.as_str())])
}

fn round(f: &mut Fields<'_>) -> Result<u32, CborError> {
    match f.uint32("round")? {
        0 => Err(CborError::WrongValue { key: "round" }),
        n => Ok(n),
    }
}

fn digest(f: &mut Fields<'_>, key: &'static str) -> Result<Digest, CborError> {
    f.fixed(key).map(Digest)
}

fn entry(f: &mut Fields<'_>, key: &'static str) -> Result<EntryId, CborError> {
    f.fixed(key).map(EntryId)
}

/// Reads items, strictly ascending: so a list has one form and no item twice.
fn items(f: &mut Fields<'_>) -> Result<Vec<Item>, CborError> {
    let wrong = || CborError::WrongValue { key: "items" };
    let mut items: Vec<Item> = Vec::new();
    for value in f.array("items")? {
        let Value::Bytes(bytes) = value else { return Err(wrong()) };
        let item = Item(bytes.try_into().map_err(|_| wrong())?);
        if items.last().is_some_and(|last| *last >= item) {
            return Err(wrong());
        }
        items.push(item);
    }
    Ok(items)
}

fn list_items(f: &mut Fields<'_>) -> Result<Vec<ListItem>, CborError> {
    let wrong = || CborError::WrongValue { key: "items" };
    let mut items: Vec<ListItem> = Vec::new();
    for value in f.array("items")? {
        let Value::Array(parts) = value else { return Err(wrong()) };
        let [Value::Bytes(item), Value::Text(holder)] = parts[..] else { return Err(wrong()) };
        let item = Item(item.try_into().map_err(|_| wrong())?);
        let holder = holder.parse().map_err(|_| wrong())?;
        if items.last().is_some_and(|last| last.item >= item) {
            return Err(wrong());
        }
        items.push(ListItem { item, holder });
    }
    Ok(items)
}
