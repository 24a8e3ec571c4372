//! A file of acts (`docs/formats/acts.md`): read row by row against the terms, and refused with its line where a row says
//! what it cannot say, or is stated by who cannot state it.
//!
//! Decides what a row means and who may say it. Refuses to know what follows from the acts before it: that is the
//! ledger's. Nothing is kept but the text: labels, notes and sources are looked up again when somebody asks.

mod records;
mod refused;

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use sha2::{Digest as _, Sha256};

use self::records::{Record, Records};
use super::{
    Act, ConditionAct, GateOutcome, Ground, LegAct, Move, MoveKind, NoticeAct, PhaseAct, Voice, What, Who,
};
use crate::agreement::{Family, GateBy, GateKind, Object, Terms};
use crate::ids::Item;
use crate::moment::Moment;

pub use self::refused::{ActsError, ActsRefused};

/// The longest file that is read, in bytes.
pub const FILE_BYTES_MAX: usize = 512 * 1024 * 1024;
/// The longest cell, in bytes as it stands in the file.
pub const CELL_BYTES_MAX: usize = 4_096;
/// The most columns of a row.
pub const COLUMNS_MAX: usize = 16;
/// The greatest count of a lot or a sum.
pub const COUNT_MAX: u32 = 100_000_000;
/// The longest label of an item, in characters.
pub const LABEL_CHARS_MAX: usize = 64;

/// The number of a line of a file, from 1. A row that goes over several lines is known by its first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct LineNo(pub u32);

impl fmt::Display for LineNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// The acts of a file, in its order. A row that both sides state gives two acts with the same line.
///
/// After a refused row it goes on with the next, so that a caller may show them all; after a broken table it ends.
pub struct Acts<'t> {
    table: Table<'t>,
    terms: &'t Terms,
    signing: Moment,
    legs: Vec<Ends>,
    second: Option<(LineNo, Act)>,
    last_at: (&'t str, Option<Moment>),
    last_item: Cell<(&'t str, Item)>,
}

/// The voices at the two ends of a leg.
#[derive(Clone, Copy)]
struct Ends {
    from: Voice,
    to: Voice,
}

impl<'t> Acts<'t> {
    /// Begins to read a file; the header is read at once.
    ///
    /// # Errors
    /// Bytes that are too many or no text, and a header with an unknown column, a column twice or without `by` and `act`.
    pub fn over(terms: &'t Terms, bytes: &'t [u8]) -> Result<Self, ActsError> {
        let table = Table::open(bytes)?;
        let voice = |party| {
            // The reader of the terms lets a leg name only parties that are there.
            terms.voice(party).unwrap_or(Voice(u8::MAX))
        };
        let ends =
            terms.legs.iter().map(|leg| Ends { from: voice(leg.from.as_str()), to: voice(leg.to.as_str()) });
        let legs = ends.collect();
        let signing = Moment::start_of(terms.signed_on);
        Ok(Self {
            table,
            terms,
            signing,
            legs,
            second: None,
            last_at: ("", None),
            last_item: Cell::new(("", Item([0; 32]))),
        })
    }

    /// Label, note and source of the row that was read last.
    pub fn details(&self) -> Details<'t> {
        self.table.details()
    }
}

impl Iterator for Acts<'_> {
    type Item = Result<(LineNo, Act), ActsError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(second) = self.second.take() {
            return Some(Ok(second));
        }
        match self.table.advance()? {
            Err(error) => Some(Err(error)),
            Ok(()) => {
                let line = self.table.record.line;
                Some(self.row().map(|(first, second)| {
                    self.second = second.map(|act| (line, act));
                    (line, first)
                }))
            }
        }
    }
}

/// What a row says beside its act.
#[derive(Clone, PartialEq, Eq)]
pub struct Details<'t> {
    /// The label of the person or lot, or the number of the notice, as the file has it.
    pub item: Cow<'t, str>,
    /// The note.
    pub note: Cow<'t, str>,
    /// Where the figure comes from.
    pub source: Cow<'t, str>,
}

impl fmt::Debug for Details<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Details(…)")
    }
}

impl Details<'_> {
    /// Whether the note says that the figure was not read at its source.
    pub fn trust(&self) -> Trust {
        if self.note.starts_with("unverified") { Trust::Unverified } else { Trust::AsStated }
    }
}

/// Whether a figure was read at its source.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Trust {
    /// As its source states it.
    AsStated,
    /// Not read at its source: marked wherever it is shown.
    Unverified,
}

/// Looks up what these lines of a file say beside their acts.
///
/// # Errors
/// As [`Acts::over`]; rows themselves are not judged.
pub fn details_of<'t>(
    bytes: &'t [u8],
    lines: &BTreeSet<LineNo>,
) -> Result<BTreeMap<LineNo, Details<'t>>, ActsError> {
    let mut table = Table::open(bytes)?;
    let mut found = BTreeMap::new();
    while found.len() < lines.len() {
        match table.advance() {
            None => break,
            Some(read) => read?,
        }
        let line = table.record.line;
        if lines.contains(&line) {
            found.insert(line, table.details());
        }
    }
    Ok(found)
}

/// The labels under which items stand in a file, for reports. Filled only when somebody asks.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Labels(BTreeMap<Item, String>);

impl fmt::Debug for Labels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Labels({} items)", self.0.len())
    }
}

impl Labels {
    /// The labels of these items, as far as the file has them.
    ///
    /// # Errors
    /// As [`Acts::over`]; rows themselves are not judged.
    pub fn of(bytes: &[u8], items: &BTreeSet<Item>) -> Result<Self, ActsError> {
        Self::filled(bytes, |item| items.contains(item))
    }

    /// The labels of all items of a file.
    ///
    /// # Errors
    /// As [`Acts::over`]; rows themselves are not judged.
    pub fn all(bytes: &[u8]) -> Result<Self, ActsError> {
        Self::filled(bytes, |_| true)
    }

    /// The label of an item; nothing where the file names it by its digits alone, or not at all.
    pub fn label(&self, item: &Item) -> Option<&str> {
        self.0.get(item).map(String::as_str)
    }

    fn filled(bytes: &[u8], wanted: impl Fn(&Item) -> bool) -> Result<Self, ActsError> {
        let mut table = Table::open(bytes)?;
        let mut labels = BTreeMap::new();
        while let Some(read) = table.advance() {
            read?;
            for column in table.columns_of_items() {
                let label = table.cell(column);
                let named = label.len() != 64 || label.parse::<Item>().is_err();
                let Some(item) = item_of_label(&label).filter(|item| named && wanted(item)) else { continue };
                labels.entry(item).or_insert_with(|| label.into_owned());
            }
        }
        Ok(Self(labels))
    }
}

/// The item that a label stands for: 64 hexadecimal digits are the item itself, every other label of 1 to 64 visible
/// characters is hashed. Nothing where the text is no label.
pub fn item_of_label(label: &str) -> Option<Item> {
    if label.len() == 64
        && let Ok(item) = label.parse()
    {
        return Some(item);
    }
    let plain = label.bytes().all(|byte| byte.is_ascii_graphic());
    let fits = if plain {
        (1..=LABEL_CHARS_MAX).contains(&label.len())
    } else {
        let trimmed = !label.starts_with(' ') && !label.ends_with(' ');
        trimmed && (1..=LABEL_CHARS_MAX).contains(&label.chars().count()) && label.chars().all(is_visible)
    };
    if !fits {
        return None;
    }
    let mut hash = Sha256::new();
    hash.update(b"homeward item v1\0");
    hash.update(label.as_bytes());
    Some(Item(hash.finalize().into()))
}

/// Whether a character can be seen, or is a space: two labels that look the same shall be the same.
fn is_visible(character: char) -> bool {
    let unseen = matches!(
        character,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fff8}'
            | '\u{e0000}'..='\u{e0fff}'
    );
    character == ' ' || (!character.is_control() && !character.is_whitespace() && !unseen)
}

/// A column of the file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Column {
    At,
    By,
    Act,
    Leg,
    Round,
    Item,
    Count,
    Category,
    Class,
    About,
    Note,
    Source,
}

impl Column {
    const ALL: [(&'static str, Self); 12] = [
        ("at", Self::At),
        ("by", Self::By),
        ("act", Self::Act),
        ("leg", Self::Leg),
        ("round", Self::Round),
        ("item", Self::Item),
        ("count", Self::Count),
        ("category", Self::Category),
        ("class", Self::Class),
        ("about", Self::About),
        ("note", Self::Note),
        ("source", Self::Source),
    ];

    fn name(self) -> &'static str {
        Self::ALL[self as usize].0
    }

    fn names() -> String {
        Self::ALL.map(|(name, _)| name).join(", ")
    }
}

/// The rows of a file under its header.
struct Table<'t> {
    records: Records<'t>,
    record: Record<'t>,
    /// The place of each column in a row, where the file has it.
    places: [Option<usize>; Column::ALL.len()],
    width: usize,
    ended: Option<Ended>,
}

/// The table is broken, and what follows cannot be told apart.
struct Ended;

impl<'t> Table<'t> {
    fn open(bytes: &'t [u8]) -> Result<Self, ActsError> {
        if bytes.len() > FILE_BYTES_MAX {
            return Err(nowhere(ActsRefused::TooLong(bytes.len())));
        }
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let before = &bytes[..error.valid_up_to()];
            let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
            // At most as many lines as bytes, and these are bounded.
            ActsError { line: Some(LineNo(line as u32)), ..nowhere(ActsRefused::NotText) }
        })?;
        let mut records = Records::of(text);
        let mut record = Record::NONE;
        let Some(read) = records.read(&mut record) else { return Err(nowhere(ActsRefused::NoHeader)) };
        let line = Some(record.line);
        let refuse = |column, refused| Err(ActsError { line, clause: None, column, refused });
        if let Err(refused) = read {
            return refuse(None, refused);
        }
        let mut places = [None; Column::ALL.len()];
        for place in 0..record.len() {
            let name = record.text(place);
            let Some((name, column)) = Column::ALL.into_iter().find(|(known, _)| *known == name) else {
                return refuse(None, ActsRefused::ColumnUnknown(shown(&name)));
            };
            if places[column as usize].replace(place).is_some() {
                return refuse(Some(name), ActsRefused::ColumnTwice);
            }
        }
        for column in [Column::By, Column::Act] {
            if places[column as usize].is_none() {
                return refuse(Some(column.name()), ActsRefused::ColumnMissing);
            }
        }
        let width = record.len();
        Ok(Self { records, record: Record::NONE, places, width, ended: None })
    }

    /// Reads the next row; nothing after the last.
    fn advance(&mut self) -> Option<Result<(), ActsError>> {
        if self.ended.is_some() {
            return None;
        }
        let read = self.records.read(&mut self.record)?;
        let found = self.record.len();
        let refused = match read {
            Ok(()) if found == self.width => return Some(Ok(())),
            Ok(()) => ActsRefused::Ragged { found, columns: self.width },
            Err(refused) => {
                self.ended = Some(Ended);
                refused
            }
        };
        Some(Err(ActsError { line: Some(self.record.line), ..nowhere(refused) }))
    }

    fn cell(&self, column: Column) -> Cow<'t, str> {
        self.places[column as usize].map_or(Cow::Borrowed(""), |place| self.record.text(place))
    }

    fn details(&self) -> Details<'t> {
        let cell = |column| self.cell(column);
        Details { item: cell(Column::Item), note: cell(Column::Note), source: cell(Column::Source) }
    }

    /// The columns of this row that hold the label of an item.
    fn columns_of_items(&self) -> impl Iterator<Item = Column> + use<> {
        let (item, about) = match word(&self.cell(Column::Act)).map(|(_, says)| says) {
            Some(Says::Move(MoveKind::Identified { .. } | MoveKind::IdentityWithdrawn { .. })) => {
                (true, true)
            }
            Some(Says::Move(_) | Says::HandedOver | Says::Gate(_) | Says::Condition(_)) => (true, false),
            _ => (false, false),
        };
        [(item, Column::Item), (about, Column::About)].into_iter().filter_map(|(is, one)| is.then_some(one))
    }
}

/// What the word in the column `act` says.
#[derive(Clone, Copy)]
enum Says {
    /// Of a person or a lot; the column `about` says the rest.
    Move(MoveKind),
    /// Released by one and received by the other.
    HandedOver,
    Gate(GateOutcome),
    Leg(LegAct),
    Phase(PhaseAct),
    Notice(NoticeWord),
    Condition(ConditionWord),
    States,
}

#[derive(Clone, Copy)]
enum NoticeWord {
    Given,
    Replied,
    Closed,
}

#[derive(Clone, Copy)]
enum ConditionWord {
    Observed,
    Ended,
}

/// The words of the column `act` that are not about a person or a lot alone.
static WORDS: [(&str, Says); 16] = [
    ("handed-over", Says::HandedOver),
    ("gate-passed", Says::Gate(GateOutcome::Passed)),
    ("gate-failed", Says::Gate(GateOutcome::Failed)),
    ("ready", Says::Leg(LegAct::Ready)),
    ("aborted", Says::Leg(LegAct::Aborted)),
    ("leg-resumed", Says::Leg(LegAct::Resumed)),
    ("phase-opened", Says::Phase(PhaseAct::Opened)),
    ("phase-completed", Says::Phase(PhaseAct::Completed)),
    ("phase-suspended", Says::Phase(PhaseAct::Suspended)),
    ("phase-resumed", Says::Phase(PhaseAct::Resumed)),
    ("notice", Says::Notice(NoticeWord::Given)),
    ("reply", Says::Notice(NoticeWord::Replied)),
    ("notice-closed", Says::Notice(NoticeWord::Closed)),
    ("observed", Says::Condition(ConditionWord::Observed)),
    ("condition-ended", Says::Condition(ConditionWord::Ended)),
    ("states", Says::States),
];

fn word(text: &str) -> Option<(&'static str, Says)> {
    if let Some(kind) = MoveKind::from_code(text) {
        return Some((kind.code(), Says::Move(kind)));
    }
    WORDS.iter().find(|(word, _)| *word == text).copied()
}

/// Who states a row.
#[derive(Clone, Copy)]
enum By {
    One(Voice),
    Both,
}

/// One act, or two where both sides state the row.
type OneOrTwo = (Act, Option<Act>);

impl<'t> Acts<'t> {
    fn row(&mut self) -> Result<OneOrTwo, ActsError> {
        let text = self.table.cell(Column::Act);
        let expected = "an act, such as released, received or handed-over";
        let Some((act, says)) = word(&text) else {
            return self.refuse(Column::Act, ActsRefused::NotAValue { value: shown(&text), expected });
        };
        let at = self.at()?;
        let row = Row { acts: self, act, at };
        match says {
            Says::Move(kind) => row.moved(kind),
            Says::HandedOver => row.handed_over(),
            Says::Gate(outcome) => row.gate(outcome),
            Says::Leg(kind) => row.leg_act(kind),
            Says::Phase(kind) => row.phase(kind),
            Says::Notice(word) => row.notice(word),
            Says::Condition(word) => row.condition(word),
            Says::States => row.states(),
        }
    }

    /// The moment of a row. Rows of one moment mostly follow one another, so the last is kept.
    fn at(&mut self) -> Result<Option<Moment>, ActsError> {
        let text = self.table.cell(Column::At);
        if text.is_empty() {
            return Ok(None);
        }
        if text == self.last_at.0 {
            return Ok(self.last_at.1);
        }
        let Some(at) = Moment::read(&text) else {
            let expected = "a date, or a date and a time with its offset (2025-06-09T08:00:00Z)";
            return self.refuse(Column::At, ActsRefused::NotAValue { value: shown(&text), expected });
        };
        if at < self.signing {
            return self.refuse(Column::At, ActsRefused::BeforeSigning(at));
        }
        if let Cow::Borrowed(text) = text {
            self.last_at = (text, Some(at));
        }
        Ok(Some(at))
    }

    fn refuse<T>(&self, column: Column, refused: ActsRefused) -> Result<T, ActsError> {
        let (line, column) = (Some(self.table.record.line), Some(column.name()));
        Err(ActsError { line, clause: None, column, refused })
    }
}

/// A row with the word of its act.
struct Row<'a, 't> {
    acts: &'a Acts<'t>,
    act: &'static str,
    at: Option<Moment>,
}

impl<'t> Row<'_, 't> {
    fn moved(&self, kind: MoveKind) -> Result<OneOrTwo, ActsError> {
        let leg = self.leg()?;
        let ends = self.acts.legs[leg];
        let clause = Some(self.acts.terms.legs[leg].clause);
        let parties = |voice| voice == ends.from || voice == ends.to;
        let by = match kind {
            MoveKind::Released | MoveKind::TakenBack => {
                self.by(clause, |voice| voice == ends.from, || self.who_releases(leg))?
            }
            MoveKind::Received | MoveKind::Disputed(_) => {
                self.by(clause, |voice| voice == ends.to, || self.who_receives(leg))?
            }
            MoveKind::Declared => self.by_or_both(clause, parties, || self.who_is_at(leg))?,
            _ => {
                let may = |voice| parties(voice) || self.is_neutral(voice);
                self.by(clause, may, || format!("{}, or a neutral", self.who_is_at(leg)))?
            }
        };
        let kind = self.completed(kind, leg)?;
        let who = match kind {
            MoveKind::Identified { .. } | MoveKind::IdentityWithdrawn { .. } => self.one()?,
            _ => self.who()?,
        };
        let what = self.what(leg, kind, who)?;
        Ok(match by {
            By::One(by) => (self.stated(by, what), None),
            By::Both => (self.stated(ends.from, what), Some(self.stated(ends.to, what))),
        })
    }

    fn handed_over(&self) -> Result<OneOrTwo, ActsError> {
        let leg = self.leg()?;
        if self.cell(Column::By) != "both" {
            return self.refuse(Column::By, ActsRefused::BothOnly);
        }
        self.empty(Column::About)?;
        let who = self.who()?;
        let released = self.stated(self.acts.legs[leg].from, self.what(leg, MoveKind::Released, who)?);
        let received = self.stated(self.acts.legs[leg].to, self.what(leg, MoveKind::Received, who)?);
        Ok((released, Some(received)))
    }

    fn what(&self, leg: usize, kind: MoveKind, who: Who) -> Result<What, ActsError> {
        let terms = self.acts.terms;
        let category = self.optional(Column::Category, "category", |id| terms.category_index(id))?;
        let class = self.optional(Column::Class, "class", |id| terms.class_index(id))?;
        let (round, item) = (self.round()?.unwrap_or(0), self.item(Column::Item)?);
        // At most 64 legs and classes, 16 categories.
        let (category, class) = (category.map(|place| place as u8), class.map(|place| place as u8));
        Ok(What::Move(Move { leg: leg as u8, round, item, who, category, class, kind }))
    }

    /// What a word says, with the ground, account or person that the column `about` has for it.
    fn completed(&self, kind: MoveKind, leg: usize) -> Result<MoveKind, ActsError> {
        let leg = &self.acts.terms.legs[leg];
        let of_remains = matches!(kind, MoveKind::Identified { .. } | MoveKind::IdentityWithdrawn { .. });
        if of_remains && leg.object != Object::Remains {
            let refused = ActsRefused::NotRemains { act: self.act };
            return self.refuse_under(Some(leg.clause), Column::Leg, refused);
        }
        Ok(match kind {
            MoveKind::Vacated(_) => MoveKind::Vacated(self.ground()?),
            MoveKind::Disputed(_) => MoveKind::Disputed(self.ground()?),
            MoveKind::ReturnedOutside(_) => MoveKind::ReturnedOutside(self.account()?),
            MoveKind::Identified { .. } => MoveKind::Identified { person: self.item(Column::About)? },
            MoveKind::IdentityWithdrawn { .. } => {
                MoveKind::IdentityWithdrawn { person: self.item(Column::About)? }
            }
            MoveKind::Listed
            | MoveKind::Refilled
            | MoveKind::Released
            | MoveKind::Received
            | MoveKind::TakenBack
            | MoveKind::Declared => {
                self.empty(Column::About)?;
                kind
            }
        })
    }

    fn gate(&self, outcome: GateOutcome) -> Result<OneOrTwo, ActsError> {
        self.all_empty(&[Column::Round, Column::Category, Column::Class])?;
        self.one()?;
        let text = self.needed(Column::About, "a gate of the terms")?;
        let known = GateKind::ALL.into_iter().find(|(word, _)| *word == text).map(|(_, kind)| kind);
        let gates = &self.acts.terms.gates;
        let Some(gate) = known.and_then(|kind| gates.iter().find(|gate| gate.kind == kind)) else {
            return self.unknown(Column::About, "gate", &text);
        };
        let leg = if self.cell(Column::Leg).is_empty() { None } else { Some(self.leg()?) };
        let stands = |is: &dyn Fn(&Ends) -> bool| match leg {
            Some(leg) => is(&self.acts.legs[leg]),
            None => self.acts.legs.iter().any(is),
        };
        let may = |voice| match &gate.by {
            GateBy::Holder => stands(&|ends| ends.from == voice),
            GateBy::Receiver => stands(&|ends| ends.to == voice),
            GateBy::Neutral(neutral) => self.acts.terms.voice(neutral.as_str()) == Some(voice),
        };
        let who = || match &gate.by {
            GateBy::Holder => "who holds the person".to_owned(),
            GateBy::Receiver => "who receives the person".to_owned(),
            GateBy::Neutral(neutral) => neutral.to_string(),
        };
        let by = self.one_by(Some(gate.clause), may, who)?;
        self.single(by, What::Gate { item: self.item(Column::Item)?, gate: gate.kind, outcome })
    }

    fn leg_act(&self, kind: LegAct) -> Result<OneOrTwo, ActsError> {
        self.all_empty(&[Column::Item, Column::Count, Column::Category, Column::Class, Column::About])?;
        let leg = self.leg()?;
        let ends = self.acts.legs[leg];
        let clause = Some(self.acts.terms.legs[leg].clause);
        let may = |voice| voice == ends.from || voice == ends.to || self.is_neutral(voice);
        let by = self.one_by(clause, may, || format!("{}, or a neutral", self.who_is_at(leg)))?;
        // At most 64 legs.
        self.single(by, What::Leg { leg: leg as u8, round: self.round()?.unwrap_or(0), kind })
    }

    fn phase(&self, kind: PhaseAct) -> Result<OneOrTwo, ActsError> {
        self.all_empty(&[
            Column::Leg,
            Column::Round,
            Column::Item,
            Column::Count,
            Column::Category,
            Column::Class,
        ])?;
        let id = self.needed(Column::About, "the id of a phase")?;
        let Some(place) = self.acts.terms.phases.iter().position(|phase| phase.id.as_str() == id) else {
            return self.unknown(Column::About, "phase", &id);
        };
        let phase = &self.acts.terms.phases[place];
        let may = |voice| {
            let mut legs = phase.legs.iter().map(|leg| self.acts.legs[*leg]);
            legs.any(|ends| ends.from == voice || ends.to == voice)
        };
        let by = self.one_by(Some(phase.clause), may, || format!("a party to a leg of {id}"))?;
        // At most 32 phases.
        self.single(by, What::Phase { phase: place as u8, kind })
    }

    fn notice(&self, word: NoticeWord) -> Result<OneOrTwo, ActsError> {
        self.all_empty(&[Column::Leg, Column::Round, Column::Count, Column::Category, Column::Class])?;
        let no =
            self.number(Column::Item, &self.needed(Column::Item, "the number of the notice")?, 1, u32::MAX)?;
        let notices = self.acts.terms.notices.map(|notices| notices.clause);
        let by = self.one_by(notices, |voice| !self.is_neutral(voice), || "a party".to_owned())?;
        let kind = match word {
            NoticeWord::Given => {
                let text = self.needed(Column::About, "the number of a clause")?;
                let clause = self.number(Column::About, &text, 0, u32::MAX)?;
                if self.acts.terms.clause(clause).is_none() {
                    return self.unknown(Column::About, "clause", &text);
                }
                NoticeAct::Given { clause }
            }
            NoticeWord::Replied => {
                self.empty(Column::About)?;
                NoticeAct::Replied
            }
            NoticeWord::Closed => {
                self.empty(Column::About)?;
                NoticeAct::Closed
            }
        };
        self.single(by, What::Notice { no, kind })
    }

    fn condition(&self, word: ConditionWord) -> Result<OneOrTwo, ActsError> {
        self.all_empty(&[Column::Leg, Column::Round, Column::Count, Column::Category, Column::Class])?;
        let id = self.needed(Column::About, "the id of a condition")?;
        let conditions = &self.acts.terms.conditions;
        let Some(place) = conditions.iter().position(|condition| condition.id.as_str() == id) else {
            return self.unknown(Column::About, "condition", &id);
        };
        let clause = Some(conditions[place].clause);
        let (by, kind) = match word {
            ConditionWord::Observed => {
                let by = self.one_by(clause, |_| true, String::new)?;
                let named = !self.cell(Column::Item).is_empty();
                let item = if named { Some(self.item(Column::Item)?) } else { None };
                (by, ConditionAct::Observed { item })
            }
            ConditionWord::Ended => {
                self.empty(Column::Item)?;
                let by = self.one_by(clause, |voice| !self.is_neutral(voice), || "a party".to_owned())?;
                (by, ConditionAct::Ended)
            }
        };
        // At most 32 conditions.
        self.single(by, What::Condition { condition: place as u8, kind })
    }

    fn states(&self) -> Result<OneOrTwo, ActsError> {
        self.all_empty(&[Column::Item, Column::Category, Column::Class, Column::About])?;
        let leg = self.leg()?;
        let by = self.one_by(None, |_| true, String::new)?;
        // "Nobody" is a statement too, so a sum may be 0 where a lot may not.
        let count = self.number(Column::Count, &self.needed(Column::Count, "a sum")?, 0, COUNT_MAX)?;
        // At most 64 legs.
        self.single(by, What::States { leg: leg as u8, round: self.round()?, count })
    }

    fn stated(&self, by: Voice, what: What) -> Act {
        Act { at: self.at, by, what }
    }

    fn single(&self, by: Voice, what: What) -> Result<OneOrTwo, ActsError> {
        Ok((self.stated(by, what), None))
    }
}

/// The cells of a row.
impl<'t> Row<'_, 't> {
    fn cell(&self, column: Column) -> Cow<'t, str> {
        self.acts.table.cell(column)
    }

    fn refuse<T>(&self, column: Column, refused: ActsRefused) -> Result<T, ActsError> {
        self.acts.refuse(column, refused)
    }

    fn refuse_under<T>(
        &self,
        clause: Option<u32>,
        column: Column,
        refused: ActsRefused,
    ) -> Result<T, ActsError> {
        self.refuse(column, refused).map_err(|error| ActsError { clause, ..error })
    }

    fn unknown<T>(&self, column: Column, what: &'static str, id: &str) -> Result<T, ActsError> {
        self.refuse(column, ActsRefused::Unknown { what, id: shown(id) })
    }

    fn needed(&self, column: Column, expected: &'static str) -> Result<Cow<'t, str>, ActsError> {
        let text = self.cell(column);
        if text.is_empty() {
            self.refuse(column, ActsRefused::Empty { act: self.act, expected })
        } else {
            Ok(text)
        }
    }

    fn empty(&self, column: Column) -> Result<(), ActsError> {
        if self.cell(column).is_empty() {
            return Ok(());
        }
        self.refuse(column, ActsRefused::Unneeded { act: self.act, column: column.name() })
    }

    fn all_empty(&self, columns: &[Column]) -> Result<(), ActsError> {
        columns.iter().try_for_each(|column| self.empty(*column))
    }

    fn leg(&self) -> Result<usize, ActsError> {
        let id = self.needed(Column::Leg, "the id of a leg")?;
        match self.acts.terms.leg_index(&id) {
            Some(leg) => Ok(leg),
            None => self.unknown(Column::Leg, "leg", &id),
        }
    }

    /// The round; nothing where the cell is empty.
    fn round(&self) -> Result<Option<u32>, ActsError> {
        let text = self.cell(Column::Round);
        if text.is_empty() {
            return Ok(None);
        }
        let no = self.number(Column::Round, &text, 1, u32::MAX)?;
        let terms = self.acts.terms;
        if !terms.rounds.is_empty() && terms.round(no).is_none() {
            return self.unknown(Column::Round, "round", &text);
        }
        Ok(Some(no))
    }

    fn item(&self, column: Column) -> Result<Item, ActsError> {
        let label = self.needed(column, "the label of a person or a lot")?;
        // A release and a receipt mostly follow one another, so the last is kept.
        let (last, item) = self.acts.last_item.get();
        if label == last {
            return Ok(item);
        }
        let Some(item) = item_of_label(&label) else { return self.refuse(column, ActsRefused::NotAnItem) };
        if let Cow::Borrowed(label) = label {
            self.acts.last_item.set((label, item));
        }
        Ok(item)
    }

    /// One person, or a lot of so many.
    fn who(&self) -> Result<Who, ActsError> {
        let text = self.cell(Column::Count);
        if text.is_empty() {
            return Ok(Who::One);
        }
        Ok(Who::Lot(self.number(Column::Count, &text, 1, COUNT_MAX)?))
    }

    /// One person: a lot cannot be asked, cleared or identified.
    fn one(&self) -> Result<Who, ActsError> {
        if self.cell(Column::Count).is_empty() {
            return Ok(Who::One);
        }
        self.refuse(Column::Count, ActsRefused::OneOnly { act: self.act })
    }

    fn optional(
        &self,
        column: Column,
        what: &'static str,
        place: impl Fn(&str) -> Option<usize>,
    ) -> Result<Option<usize>, ActsError> {
        let id = self.cell(column);
        if id.is_empty() {
            return Ok(None);
        }
        place(&id).map_or_else(|| self.unknown(column, what, &id), |place| Ok(Some(place)))
    }

    fn ground(&self) -> Result<Ground, ActsError> {
        let expected = "refused, died, recovered, not-delivered, other-person, already-free, status-contested, \
                        held-back, asylum-asked, asylum-given, retaliation, leg-held, gate-failed or not-stated";
        let text = self.needed(Column::About, "a ground, or not-stated")?;
        Ground::from_code(&text).map_or_else(|| self.not_a_value(Column::About, &text, expected), Ok)
    }

    fn account(&self) -> Result<Family, ActsError> {
        let expected = "by-law or unilateral";
        let text = self.needed(Column::About, expected)?;
        let read =
            Family::from_code(&text).filter(|account| matches!(account, Family::ByLaw | Family::Unilateral));
        read.map_or_else(|| self.not_a_value(Column::About, &text, expected), Ok)
    }

    fn not_a_value<T>(&self, column: Column, value: &str, expected: &'static str) -> Result<T, ActsError> {
        self.refuse(column, ActsRefused::NotAValue { value: shown(value), expected })
    }

    fn number(&self, column: Column, text: &str, least: u32, most: u32) -> Result<u32, ActsError> {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let read = text.parse().ok().filter(|number| digits && (least..=most).contains(number));
        read.map_or_else(
            || self.refuse(column, ActsRefused::NotANumber { value: shown(text), least, most }),
            Ok,
        )
    }
}

/// Who states a row, and whether they may.
impl Row<'_, '_> {
    fn by(
        &self,
        clause: Option<u32>,
        may: impl Fn(Voice) -> bool,
        who: impl Fn() -> String,
    ) -> Result<By, ActsError> {
        self.one_by(clause, may, who).map(By::One)
    }

    fn by_or_both(
        &self,
        clause: Option<u32>,
        may: impl Fn(Voice) -> bool,
        who: impl Fn() -> String,
    ) -> Result<By, ActsError> {
        if self.cell(Column::By) == "both" { Ok(By::Both) } else { self.by(clause, may, who) }
    }

    fn one_by(
        &self,
        clause: Option<u32>,
        may: impl Fn(Voice) -> bool,
        who: impl Fn() -> String,
    ) -> Result<Voice, ActsError> {
        let label = self.needed(Column::By, "who states it: the label of a party or a neutral")?;
        let Some(voice) = self.acts.terms.voice(&label) else {
            if label == "both" {
                return self.refuse(Column::By, ActsRefused::NotBoth { act: self.act });
            }
            return self.unknown(Column::By, "party or neutral", &label);
        };
        if may(voice) {
            return Ok(voice);
        }
        let refused = ActsRefused::NotTheirs { by: label.into_owned(), act: self.act, who: who() };
        self.refuse_under(clause, Column::By, refused)
    }

    fn is_neutral(&self, voice: Voice) -> bool {
        usize::from(voice.0) >= self.acts.terms.parties.len()
    }

    fn who_releases(&self, leg: usize) -> String {
        let leg = &self.acts.terms.legs[leg];
        format!("{}, who releases along {}", leg.from, leg.id)
    }

    fn who_receives(&self, leg: usize) -> String {
        let leg = &self.acts.terms.legs[leg];
        format!("{}, who receives along {}", leg.to, leg.id)
    }

    fn who_is_at(&self, leg: usize) -> String {
        let leg = &self.acts.terms.legs[leg];
        format!("{} or {}, between whom {} goes", leg.from, leg.to, leg.id)
    }
}

fn nowhere(refused: ActsRefused) -> ActsError {
    ActsError { line: None, clause: None, column: None, refused }
}

fn shown(value: &str) -> String {
    value.chars().take(64).collect()
}

#[cfg(test)]
mod tests;
