//! Matters between the parties: notices and replies, what a party says of a phase, what was observed, readings of one's own.
//!
//! Each travels as a memo of the record with a small document beside it (`docs/formats/matter.md`). Decides which documents
//! of whom are counted, and turns them into the acts from which `exchange` derives threads, phases and alerts, so that both
//! nodes derive the same. What does not read, or is not its author's to say, is shown with its ground and never believed.
//! Refuses to know whether anybody did wrong.

use std::collections::BTreeMap;

use exchange::agreement::{Completes, Condition, Opens, Phase, Terms, Until};
use exchange::ids::{Item, Party};
use exchange::ledger::{Act as Stating, ConditionAct, NoticeAct, PhaseAct, Voice, What};
use exchange::moment::Moment;
use exchange::notice::{self, NoticeRefused};
use minicbor::{Decode, Decoder, Encode};
use parley::{Body, Digest, EntryId, Label, PartyId, Record};
use register::Reading;

use crate::act::{Act, ActError};
use crate::acts::agreement;
use crate::acts::books::Booked;
use crate::acts::moments::Moments;
use crate::node::Shared;
use crate::opening::to_cbor;

/// The largest document that is read, in bytes.
pub const DOCUMENT_BYTES_MAX: usize = 64 * 1024;
/// The longest text of a notice, a reply or an observation, in bytes.
pub const TEXT_BYTES_MAX: usize = 16 * 1024;
/// The longest reason given for what is said of a phase, in bytes.
pub const REASON_BYTES_MAX: usize = 2 * 1024;
/// The longest file of readings, in bytes.
pub const READING_BYTES_MAX: usize = 60 * 1024;
/// How many matters of one author are read; later ones are shown as not read.
pub const MATTERS_MAX: usize = 1_000;
/// The version of the document.
pub const VERSION: u32 = 1;

/// A matter with the text that it is about.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Document {
    /// [`VERSION`].
    #[n(0)]
    pub version: u32,
    /// Digest of the agreement's text: the clause, the phase and the condition are those of this text.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub text: [u8; 32],
    /// The matter.
    #[n(2)]
    pub matter: Matter,
}

/// What a party says.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub enum Matter {
    /// What it holds to be a violation of a clause.
    #[n(0)]
    Notice {
        /// Its number: odd for the first party of the agreement, even for the second.
        #[n(0)]
        no: u32,
        /// The clause.
        #[n(1)]
        clause: u32,
        /// What happened, in its words.
        #[n(2)]
        text: String,
    },
    /// A reply to a notice of the other party.
    #[n(1)]
    Reply {
        /// The notice.
        #[n(0)]
        no: u32,
        /// The reply.
        #[n(1)]
        text: String,
    },
    /// Closes its own notice.
    #[n(2)]
    NoticeClosed {
        /// The notice.
        #[n(0)]
        no: u32,
    },
    /// What it says of a phase.
    #[n(3)]
    Phase {
        /// Id of the phase.
        #[n(0)]
        phase: String,
        /// What it says.
        #[n(1)]
        step: Step,
        /// Why; may be empty except for a suspension.
        #[n(2)]
        reason: String,
    },
    /// What it has seen that does not seem to agree with an after-condition.
    #[n(4)]
    Observed {
        /// Id of the condition.
        #[n(0)]
        condition: String,
        /// What was seen, without names.
        #[n(1)]
        text: String,
        /// About whom, where it is about one person.
        #[cbor(n(2), with = "minicbor::bytes")]
        item: Option<[u8; 32]>,
    },
    /// Lifts a condition, or says that hostilities have ended.
    #[n(5)]
    ConditionEnded {
        /// Id of the condition.
        #[n(0)]
        condition: String,
    },
    /// Its own reading of the text (`docs/formats/reading.md`), in place of what it attached before.
    #[n(6)]
    Reading {
        /// The file.
        #[n(0)]
        toml: String,
    },
}

/// What a party says of a phase.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum Step {
    /// It is open.
    #[n(0)]
    Opened,
    /// It is complete.
    #[n(1)]
    Completed,
    /// It stops.
    #[n(2)]
    Suspended,
    /// The party's own suspension ends.
    #[n(3)]
    Resumed,
}

impl std::fmt::Debug for Matter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Matter({})", self.kind())
    }
}

impl Step {
    /// Every step.
    pub const ALL: [Self; 4] = [Self::Opened, Self::Completed, Self::Suspended, Self::Resumed];

    /// The word of the step, as forms send it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Completed => "completed",
            Self::Suspended => "suspended",
            Self::Resumed => "resumed",
        }
    }

    fn act(self) -> PhaseAct {
        match self {
            Self::Opened => PhaseAct::Opened,
            Self::Completed => PhaseAct::Completed,
            Self::Suspended => PhaseAct::Suspended,
            Self::Resumed => PhaseAct::Resumed,
        }
    }
}

/// Every kind of matter, as the memo and its draft name it.
pub const KINDS: [&str; 10] = [
    "notice",
    "reply",
    "notice-closed",
    "phase-opened",
    "phase-completed",
    "phase-suspended",
    "phase-resumed",
    "observed",
    "condition-ended",
    "reading",
];

impl Matter {
    /// Its kind, one of [`KINDS`].
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Notice { .. } => "notice",
            Self::Reply { .. } => "reply",
            Self::NoticeClosed { .. } => "notice-closed",
            Self::Phase { step: Step::Opened, .. } => "phase-opened",
            Self::Phase { step: Step::Completed, .. } => "phase-completed",
            Self::Phase { step: Step::Suspended, .. } => "phase-suspended",
            Self::Phase { step: Step::Resumed, .. } => "phase-resumed",
            Self::Observed { .. } => "observed",
            Self::ConditionEnded { .. } => "condition-ended",
            Self::Reading { .. } => "reading",
        }
    }

    /// The number of the notice it belongs to.
    pub fn notice(&self) -> Option<u32> {
        match self {
            Self::Notice { no, .. } | Self::Reply { no, .. } | Self::NoticeClosed { no } => Some(*no),
            _ => None,
        }
    }

    /// What its author says in words; empty where it has none.
    pub fn words(&self) -> &str {
        match self {
            Self::Notice { text, .. } | Self::Reply { text, .. } | Self::Observed { text, .. } => text,
            Self::Phase { reason, .. } => reason,
            Self::Reading { toml } => toml,
            Self::NoticeClosed { .. } | Self::ConditionEnded { .. } => "",
        }
    }

    /// The clause, phase or condition that it names, as its author wrote it.
    pub fn about(&self) -> Option<String> {
        match self {
            Self::Notice { clause, .. } => Some(clause.to_string()),
            Self::Phase { phase, .. } => Some(phase.clone()),
            Self::Observed { condition, .. } | Self::ConditionEnded { condition } => Some(condition.clone()),
            Self::Reply { .. } | Self::NoticeClosed { .. } | Self::Reading { .. } => None,
        }
    }
}

impl Document {
    /// A matter about a text.
    pub fn new(terms: &Terms, matter: Matter) -> Self {
        Self { version: VERSION, text: terms.digest().0, matter }
    }

    /// Reads a document: bounded, of this version, in its one encoding, its texts within their bounds.
    ///
    /// # Errors
    /// Why it is not read.
    pub fn read(bytes: &[u8]) -> Result<Self, Uncounted> {
        if bytes.len() > DOCUMENT_BYTES_MAX {
            return Err(Uncounted::with("matter-too-long", bytes.len()));
        }
        let malformed = || Uncounted::of("matter-malformed");
        let mut header = Decoder::new(bytes);
        header.array().map_err(|_| malformed())?;
        let version = header.u32().map_err(|_| malformed())?;
        if version != VERSION {
            return Err(Uncounted::with("matter-version", version));
        }
        let read: Self = minicbor::decode(bytes).map_err(|_| malformed())?;
        // One encoding only: what the second officer saw and what the other party reads are the same bytes.
        if to_cbor(&read) != bytes {
            return Err(malformed());
        }
        check_texts(&read.matter)?;
        Ok(read)
    }
}

/// Why a matter is not counted. Its code is shown by the desk as `refusal-<code>`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Uncounted {
    /// Code of the ground.
    pub code: &'static str,
    /// Numbers and labels that help; no names.
    pub detail: String,
}

impl Uncounted {
    fn of(code: &'static str) -> Self {
        Self { code, detail: String::new() }
    }

    fn with(code: &'static str, detail: impl ToString) -> Self {
        Self { code, detail: detail.to_string() }
    }
}

impl From<Uncounted> for ActError {
    fn from(why: Uncounted) -> Self {
        Self::Rule { code: why.code, detail: why.detail }
    }
}

/// A matter as an entry of the record states it.
#[derive(Clone, Debug)]
pub struct Stated {
    /// The entry.
    pub entry: EntryId,
    /// Who states it.
    pub author: PartyId,
    /// When, as its author says; never before anything that it follows ([`Moments`]).
    pub at: Moment,
    /// The kind that the entry names.
    pub kind: String,
    /// The matter, where its document reads.
    pub matter: Option<Matter>,
    /// The act that follows from it; a reading is none.
    pub act: Option<Stating>,
    /// Why it is not counted, where it is not.
    pub uncounted: Option<Uncounted>,
}

/// Every matter of the record, in an order that all nodes share: by moment; of one moment, what had been seen first.
#[derive(Clone, Debug, Default)]
pub struct Matters {
    all: Vec<Stated>,
}

impl Matters {
    /// Reads every matter that the record names.
    ///
    /// # Errors
    /// What the register answers.
    pub async fn of(reading: &mut Reading, record: &Record, terms: &Terms) -> Result<Self, ActError> {
        let mut named = memos(record);
        named.sort_by_key(|memo| (memo.at, memo.depth, memo.place, memo.seq));
        let mut all = Vec::with_capacity(named.len());
        for memo in named {
            all.push(memo.state(reading, terms).await?);
        }
        let mut matters = Self { all };
        matters.follow(terms);
        Ok(matters)
    }

    /// Every matter, counted or not.
    pub fn all(&self) -> &[Stated] {
        &self.all
    }

    /// The matters that count.
    pub fn counted(&self) -> impl Iterator<Item = (&Stated, &Matter)> {
        let counts = self.all.iter().filter(|one| one.uncounted.is_none());
        counts.filter_map(|one| Some((one, one.matter.as_ref()?)))
    }

    /// The acts that follow from those that count, each with its entry.
    pub fn acts(&self) -> impl Iterator<Item = Booked> {
        let counts = self.all.iter().filter(|one| one.uncounted.is_none());
        counts.filter_map(|one| Some(Booked { act: one.act?, entry: Some(one.entry) }))
    }

    /// The matter that an entry states.
    pub fn by_entry(&self, entry: &EntryId) -> Option<&Matter> {
        self.all.iter().find(|one| one.entry == *entry)?.matter.as_ref()
    }

    /// Marks what cannot belong to a thread of notices.
    fn follow(&mut self, terms: &Terms) {
        let with_act: Vec<(usize, Stating)> =
            self.all.iter().enumerate().filter_map(|(place, one)| Some((place, one.act?))).collect();
        let acts: Vec<Stating> = with_act.iter().map(|(_, act)| *act).collect();
        for refused in notice::notices(terms, &acts).refused {
            self.all[with_act[refused.act].0].uncounted = Some(of_notice(refused.refused));
        }
    }
}

/// An entry that names a document of one of our kinds, or of a kind that is not known here.
struct Memo {
    entry: EntryId,
    author: PartyId,
    /// The author's place among the members.
    place: usize,
    seq: u64,
    /// How many entries of all logs its author had seen: more than any entry among them.
    depth: u64,
    at: Moment,
    kind: String,
    digest: Digest,
    past_limit: bool,
}

fn memos(record: &Record) -> Vec<Memo> {
    let members: Vec<PartyId> = record.members().all().map(|member| member.party).collect();
    let moments = Moments::of(record);
    let mut counts: BTreeMap<PartyId, usize> = BTreeMap::new();
    let mut found = Vec::new();
    // The entries of one author are always applied in their order.
    for signed in record.applied() {
        let entry = signed.entry();
        let (Body::Memo { kind, digest }, Some(at)) = (&entry.body, moments.at(&signed.id())) else {
            continue;
        };
        let count = counts.entry(entry.author).or_default();
        *count += 1;
        found.push(Memo {
            entry: signed.id(),
            author: entry.author,
            place: members.iter().position(|member| *member == entry.author).unwrap_or(members.len()),
            seq: entry.seq,
            depth: entry.seen.iter().fold(entry.seq, |sum, head| sum.saturating_add(head.seq)),
            at,
            kind: kind.as_str().to_owned(),
            digest: *digest,
            past_limit: *count > MATTERS_MAX,
        });
    }
    found
}

impl Memo {
    async fn state(self, reading: &mut Reading, terms: &Terms) -> Result<Stated, ActError> {
        let read = self.read(reading, terms).await?;
        let voice = terms.voice(self.author.as_str());
        let (matter, judged) = match read {
            Err(why) => (None, Err(why)),
            Ok(matter) => {
                let what = voice
                    .ok_or_else(|| Uncounted::of("matter-not-a-party"))
                    .and_then(|voice| judge(terms, voice, &matter));
                (Some(matter), what.map(|what| what.zip(voice)))
            }
        };
        let at = self.at;
        let act = judged.as_ref().ok().copied().flatten();
        let act = act.map(|(what, by)| Stating { at: Some(at), by, what });
        let uncounted = judged.err();
        let Self { entry, author, kind, .. } = self;
        Ok(Stated { entry, author, at, kind, matter, act, uncounted })
    }

    async fn read(
        &self,
        reading: &mut Reading,
        terms: &Terms,
    ) -> Result<Result<Matter, Uncounted>, ActError> {
        if !is_kind(&self.kind) {
            return Ok(Err(Uncounted::with("matter-unknown-kind", &self.kind)));
        }
        if self.past_limit {
            return Ok(Err(Uncounted::with("matter-past-limit", MATTERS_MAX)));
        }
        let Some(stored) = reading.attachment(&exchange::ids::Digest(self.digest.0)).await? else {
            return Ok(Err(Uncounted::of("matter-not-here")));
        };
        let document = match Document::read(&stored.bytes) {
            Ok(document) => document,
            Err(why) => return Ok(Err(why)),
        };
        Ok(if document.matter.kind() != self.kind {
            Err(Uncounted::with("matter-other-kind", document.matter.kind()))
        } else if document.text != terms.digest().0 {
            Err(Uncounted::of("matter-other-text"))
        } else {
            Ok(document.matter)
        })
    }
}

/// Whether a memo's kind is one of ours.
pub fn is_kind(kind: &str) -> bool {
    KINDS.contains(&kind)
}

/// What follows from a matter, if it is its author's to say; a reading is no act. Only a party speaks for itself: a neutral
/// can observe, and no more.
fn judge(terms: &Terms, by: Voice, matter: &Matter) -> Result<Option<What>, Uncounted> {
    let party = terms.parties.get(usize::from(by.0)).map(|side| &side.id);
    let Some(party) = party else {
        return match matter {
            Matter::Observed { .. } => act(terms, matter).map(Some),
            _ => Err(Uncounted::of("matter-not-a-party")),
        };
    };
    match matter {
        Matter::Notice { no, .. } if *no % 2 != (u32::from(by.0) + 1) % 2 => {
            Err(Uncounted::with("matter-not-your-number", no))
        }
        Matter::Reading { toml } => read_reading(terms, party, toml).map(|_| None),
        _ => act(terms, matter).map(Some),
    }
}

fn act(terms: &Terms, matter: &Matter) -> Result<What, Uncounted> {
    Ok(match matter {
        Matter::Notice { no, clause, .. } => {
            What::Notice { no: *no, kind: NoticeAct::Given { clause: *clause } }
        }
        Matter::Reply { no, .. } => What::Notice { no: *no, kind: NoticeAct::Replied },
        Matter::NoticeClosed { no } => What::Notice { no: *no, kind: NoticeAct::Closed },
        Matter::Phase { phase, step, .. } => {
            What::Phase { phase: phase_of(terms, phase)?.0, kind: step.act() }
        }
        Matter::Observed { condition, item, .. } => What::Condition {
            condition: condition_of(terms, condition)?.0,
            kind: ConditionAct::Observed { item: item.map(Item) },
        },
        Matter::ConditionEnded { condition } => {
            What::Condition { condition: condition_of(terms, condition)?.0, kind: ConditionAct::Ended }
        }
        Matter::Reading { .. } => return Err(Uncounted::of("matter-malformed")),
    })
}

/// A phase by its id, with its place.
pub fn phase_of<'t>(terms: &'t Terms, id: &str) -> Result<(u8, &'t Phase), Uncounted> {
    let found = terms.phases.iter().enumerate().find(|(_, phase)| phase.id.as_str() == id);
    // At most 32 phases.
    found.map(|(place, phase)| (place as u8, phase)).ok_or_else(|| Uncounted::of("matter-no-such-phase"))
}

/// A condition by its id, with its place.
pub fn condition_of<'t>(terms: &'t Terms, id: &str) -> Result<(u8, &'t Condition), Uncounted> {
    let found = terms.conditions.iter().enumerate().find(|(_, condition)| condition.id.as_str() == id);
    // At most 32 conditions.
    found.map(|(place, one)| (place as u8, one)).ok_or_else(|| Uncounted::of("matter-no-such-condition"))
}

fn read_reading(terms: &Terms, by: &Party, toml: &str) -> Result<Terms, Uncounted> {
    terms.with_readings(by, toml).map_err(|why| Uncounted::with("matter-reading", why))
}

fn check_texts(matter: &Matter) -> Result<(), Uncounted> {
    let (text, most, may_be_empty) = match matter {
        Matter::Notice { text, .. } | Matter::Reply { text, .. } | Matter::Observed { text, .. } => {
            (text, TEXT_BYTES_MAX, false)
        }
        Matter::Phase { reason, step, .. } => (reason, REASON_BYTES_MAX, *step != Step::Suspended),
        Matter::Reading { toml } => (toml, READING_BYTES_MAX, false),
        Matter::NoticeClosed { .. } | Matter::ConditionEnded { .. } => return Ok(()),
    };
    if text.len() > most {
        return Err(Uncounted::with("matter-text-too-long", most));
    }
    if text.trim().is_empty() && !(may_be_empty && text.is_empty()) {
        return Err(Uncounted::of("matter-no-text"));
    }
    if text.chars().any(hides) { Err(Uncounted::of("matter-hidden-characters")) } else { Ok(()) }
}

/// Characters that make a text read otherwise than it is written: controls, and marks that turn the direction of writing.
fn hides(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{061c}')
}

fn of_notice(refused: NoticeRefused) -> Uncounted {
    match refused {
        NoticeRefused::NoMoment(no) => Uncounted::with("notice-no-moment", no),
        NoticeRefused::NoNumber => Uncounted::of("notice-no-number"),
        NoticeRefused::NotAParty(_) => Uncounted::of("matter-not-a-party"),
        NoticeRefused::NumberReused(no) => Uncounted::with("notice-number-reused", no),
        NoticeRefused::NoSuchClause { clause, .. } => Uncounted::with("notice-no-such-clause", clause),
        NoticeRefused::NoSuchNotice(no) => Uncounted::with("notice-no-such-notice", no),
        NoticeRefused::OwnReply(no) => Uncounted::with("notice-own-reply", no),
        NoticeRefused::NotTheirs(no) => Uncounted::with("notice-not-theirs", no),
        NoticeRefused::BeforeNotice(no) => Uncounted::with("notice-before-notice", no),
        NoticeRefused::ClosedAlready(no) => Uncounted::with("notice-closed-already", no),
    }
}

/// The terms with the readings that parties attached, each party's last one that reads.
///
/// # Errors
/// What the register answers.
pub async fn attach_readings(
    reading: &mut Reading,
    record: &Record,
    terms: Terms,
) -> Result<Terms, ActError> {
    let named = memos(record).into_iter().any(|memo| memo.kind == "reading");
    if !named {
        return Ok(terms);
    }
    let matters = Matters::of(reading, record, &terms).await?;
    let mut beside = terms;
    for (stated, matter) in matters.counted() {
        let (Matter::Reading { toml }, Ok(party)) = (matter, Party::new(stated.author.as_str())) else {
            continue;
        };
        if let Ok(more) = beside.with_readings(&party, toml) {
            beside = more;
        }
    }
    Ok(beside)
}

/// The number of the next notice of a party: the least of its own above every number it has given.
pub fn next_number(terms: &Terms, matters: &Matters, me: &PartyId) -> Option<u32> {
    let place = u32::from(terms.voice(me.as_str())?.0);
    let own = matters.all().iter().filter(|one| one.author == *me);
    let given = own.filter_map(|one| match &one.matter {
        Some(Matter::Notice { no, .. }) => Some(*no),
        _ => None,
    });
    given.max().map_or(Some(place + 1), |last| last.checked_add(2))
}

/// Checks that this side may say a matter now, and that it would be counted.
///
/// # Errors
/// The rule that is against it.
pub async fn check(act: &mut Act<'_>, document: &Document) -> Result<(), ActError> {
    let now = Moment(act.node().clock.now() / 1000);
    let me = act.node().me;
    if act.record().members().index(&me).is_none() {
        return Err(ActError::rule("record-neutral", ""));
    }
    let terms = agreement::in_force(act)?.clone();
    let voice = terms.voice(me.as_str()).ok_or(ActError::NotFound)?;
    check_texts(&document.matter)?;
    if document.text != terms.digest().0 {
        return Err(Uncounted::of("matter-other-text").into());
    }
    let what = judge(&terms, voice, &document.matter)?;
    let (tx, shared) = act.parts();
    let matters = Matters::of(tx, &shared.record, &terms).await?;
    // A matter past the limit would be signed for good and counted by nobody.
    if matters.all().iter().filter(|one| one.author == me).count() >= MATTERS_MAX {
        return Err(Uncounted::with("matter-past-limit", MATTERS_MAX).into());
    }
    let mut acts: Vec<Stating> = matters.acts().map(|booked| booked.act).collect();
    let Some(what) = what else { return Ok(()) };
    timely(&terms, &acts, voice, &document.matter)?;
    let at = Moments::of(&shared.record).next(now);
    acts.push(Stating { at: Some(at), by: voice, what });
    let refused = notice::notices(&terms, &acts).refused;
    match refused.into_iter().find(|one| one.act + 1 == acts.len()) {
        Some(one) => Err(of_notice(one.refused).into()),
        None => Ok(()),
    }
}

/// Refuses what would change nothing: a phase or a condition that does not wait for this word, or has it already.
fn timely(terms: &Terms, acts: &[Stating], by: Voice, matter: &Matter) -> Result<(), Uncounted> {
    match matter {
        Matter::Phase { phase, step, .. } => {
            let (place, phase) = phase_of(terms, phase)?;
            if may_say(terms, acts, by, place, phase).contains(step) {
                Ok(())
            } else {
                Err(Uncounted::of("matter-phase-not-now"))
            }
        }
        Matter::ConditionEnded { condition } => {
            let (place, condition) = condition_of(terms, condition)?;
            if may_end(terms, acts, by, place, condition) {
                Ok(())
            } else {
                Err(Uncounted::of("matter-condition-not-yours"))
            }
        }
        _ => Ok(()),
    }
}

/// What a party may say of a phase now so that it changes something.
pub fn may_say(terms: &Terms, acts: &[Stating], by: Voice, place: u8, phase: &Phase) -> Vec<Step> {
    let own = acts.iter().filter_map(|act| match act.what {
        What::Phase { phase, kind } if phase == place && act.by == by => Some(kind),
        _ => None,
    });
    let own: Vec<PhaseAct> = own.collect();
    let Some(side) = terms.parties.get(usize::from(by.0)) else { return Vec::new() };
    let mut legs = phase.legs.iter().filter_map(|leg| terms.legs.get(*leg));
    let takes_part = legs.any(|leg| leg.from == side.id || leg.to == side.id);
    let mut may = Vec::new();
    if takes_part && phase.opens == Opens::ByAct && !own.contains(&PhaseAct::Opened) {
        may.push(Step::Opened);
    }
    if takes_part && phase.completes == Completes::ByAct && !own.contains(&PhaseAct::Completed) {
        may.push(Step::Completed);
    }
    let last = own.iter().rev().find(|kind| matches!(kind, PhaseAct::Suspended | PhaseAct::Resumed));
    may.push(if last == Some(&PhaseAct::Suspended) { Step::Resumed } else { Step::Suspended });
    may
}

/// Whether a party's word, not said yet, helps to end a condition.
pub fn may_end(terms: &Terms, acts: &[Stating], by: Voice, place: u8, condition: &Condition) -> bool {
    let said = acts.iter().any(|act| {
        act.by == by && act.what == What::Condition { condition: place, kind: ConditionAct::Ended }
    });
    let bound = terms.voice(condition.bound.as_str()) == Some(by);
    let decides = match condition.until {
        Until::EndOfHostilities => true,
        Until::Lifted => !bound,
        Until::Moment(_) | Until::DaysAfterReceipt(_) | Until::Always => false,
    };
    decides && !said && usize::from(by.0) < terms.parties.len()
}

/// Signs a matter and attaches its document.
///
/// # Errors
/// The rule that is against it.
pub async fn put(act: &mut Act<'_>, bytes: &[u8]) -> Result<(), ActError> {
    let document = Document::read(bytes)?;
    check(act, &document).await?;
    let kind: Label = document.matter.kind().parse().map_err(|_| ActError::NotFound)?;
    let digest = act.attach("matter", bytes).await?;
    act.append(Body::Memo { kind, digest }).await?;
    if matches!(document.matter, Matter::Reading { .. }) {
        read_again(act).await?;
    }
    Ok(())
}

/// Puts the readings that parties attached beside the terms that this node shows.
pub async fn read_again(act: &mut Act<'_>) -> Result<(), ActError> {
    let Some(terms) = act.shared().terms.clone() else { return Ok(()) };
    let (tx, shared) = act.parts();
    let terms = attach_readings(tx, &shared.record, terms).await?;
    act.shared().terms = Some(terms);
    Ok(())
}

/// What this node knows of the matters, for a page or an alert.
///
/// # Errors
/// What the register answers.
pub async fn known(reading: &mut Reading, shared: &Shared) -> Result<Option<Matters>, ActError> {
    let in_force = matches!(agreement::standing(&shared.record), agreement::Standing::InForce { .. });
    match shared.terms.as_ref().filter(|_| in_force) {
        Some(terms) => Ok(Some(Matters::of(reading, &shared.record, terms).await?)),
        None => Ok(None),
    }
}
