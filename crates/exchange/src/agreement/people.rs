//! Who counts, how a roll comes about, and what must be asked before anyone goes.

use time::Date;

use super::{CategoryId, LabelId};
use crate::ids::{Party, RoundNo};
use crate::medical::Group;
use crate::person::Sex;
use crate::selection::joint::{Against, ChanceRule, GroupClass, Objective};
use crate::wording::Wording;

/// A category of persons.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Category {
    /// Id.
    pub id: CategoryId,
    /// The clause that creates it.
    pub clause: u32,
    /// Name.
    pub name: Wording,
    /// Who counts in it.
    pub predicate: Predicate,
    /// Whether everyone in it goes, whatever the numbers.
    pub extent: Extent,
    /// What stands against its people in a round; nothing always where all of it goes.
    pub against: Against,
    /// When the predicate is tested.
    pub tested: Tested,
}

/// Who counts in a category: whoever passes every test. No test at all is everyone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Predicate {
    /// The tests, each at most once.
    pub tests: Vec<Test>,
}

/// One test of a predicate.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Test {
    /// The examinations indicate one of these groups.
    Medical(Vec<Group>),
    /// So many full years or more, and fewer than so many, on the day that counts.
    Age {
        /// Full years, included.
        from: Option<u8>,
        /// Full years, not included.
        below: Option<u8>,
        /// The day that counts.
        on: CountingDay,
    },
    /// Of this sex.
    Sex(Sex),
    /// Captured in this window, both days in it.
    Captured {
        /// First day.
        from: Option<Date>,
        /// Last day.
        until: Option<Date>,
    },
    /// Of one of these ranks, by code of the rank table.
    Rank(Vec<String>),
    /// Of one of these statuses. The register holds no status yet, so no roll can be chosen by it.
    Status(Vec<Status>),
    /// Of none of these units. A unit is free text in the register, so no roll can be chosen by it.
    NotUnits(Vec<String>),
    /// Identified by both sides ("all identified for all identified"). The register does not hold it.
    Identified,
}

impl Test {
    /// Whether the register holds what the test needs, so that a roll can be chosen by it.
    pub fn is_testable(&self) -> bool {
        !matches!(self, Self::Status(_) | Self::NotUnits(_) | Self::Identified)
    }
}

/// What a person is held as.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Status {
    /// A prisoner of war (GC III art. 4).
    PrisonerOfWar,
    /// A civilian.
    Civilian,
    /// Retained medical or religious personnel (GC III art. 33).
    Retained,
    /// Convicted of an offence.
    Convict,
    /// A foreigner who served with one side.
    Foreigner,
    /// The parties do not agree.
    Contested,
}

impl Status {
    /// Every status with the word used in files.
    pub const ALL: [(&'static str, Self); 6] = [
        ("prisoner-of-war", Self::PrisonerOfWar),
        ("civilian", Self::Civilian),
        ("retained", Self::Retained),
        ("convict", Self::Convict),
        ("foreigner", Self::Foreigner),
        ("contested", Self::Contested),
    ];
}

/// The day on which an age counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CountingDay {
    /// The day of capture.
    Capture,
    /// The day of signing.
    Signing,
    /// The day the roll is made.
    Listing,
    /// The day of the handover.
    Handover,
}

/// How far a category reaches.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Extent {
    /// All of it, from every side.
    AllForAll,
    /// As many as the quantities and places let in.
    WithinQuantity,
}

/// When a predicate is tested (the sick of 1988 had partly recovered since listing, and the exchange broke on it).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tested {
    /// Frozen when the roll is made.
    AtListing,
    /// Tested again at the handover.
    AtHandover,
}

/// How a list of names comes about, where persons are not all there are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lists {
    /// The clause.
    pub clause: u32,
    /// Who names the persons.
    pub proposer: Proposer,
    /// Who may strike names, if anyone.
    pub veto: Option<Veto>,
    /// Hours between the names and the handover, where the agreement asks for notice.
    pub notice_hours: Option<u32>,
    /// Hours in which objections are heard, where the agreement lets anyone object.
    pub objection_hours: Option<u32>,
    /// Who goes first inside a round; empty leaves it to whoever lists.
    pub order: Vec<ListOrder>,
}

/// Who names the persons.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Proposer {
    /// Who holds them.
    Holder,
    /// Who receives them.
    Receiver,
    /// Both, and only those on both lists go.
    Both,
    /// The neutral.
    Neutral,
}

/// Who may strike names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Veto {
    /// Who.
    pub by: Proposer,
    /// How many names at most; nothing is without limit.
    pub most: Option<u32>,
}

/// Who goes first inside a round.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ListOrder {
    /// The seriously ill and wounded.
    SickFirst,
    /// Women.
    WomenFirst,
    /// The young.
    YoungFirst,
    /// The old.
    OldFirst,
    /// Higher ranks.
    Seniority,
    /// Who has been held longest.
    LongestHeld,
}

/// What must be asked or shown before a person goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Gate {
    /// The clause.
    pub clause: u32,
    /// What.
    pub kind: GateKind,
    /// How often it is asked.
    pub occasions: u8,
    /// Who says so.
    pub by: GateBy,
    /// Whether a named person's release is refused until the acts show it passed. A gate that the shared record itself keeps
    /// need not be shown again; one failed always bars the release.
    pub shown: Shown,
}

/// What a gate asks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum GateKind {
    /// The person's own wish (GC III art. 109, third paragraph).
    Will,
    /// A pardon, or the end of a prosecution or sentence.
    Clearance,
    /// A physician's word that the person can travel.
    Fitness,
    /// That this is the person named.
    Verification,
    /// A security check.
    Security,
}

impl GateKind {
    /// Every gate with the word used in files.
    pub const ALL: [(&'static str, Self); 5] = [
        ("will", Self::Will),
        ("clearance", Self::Clearance),
        ("fitness", Self::Fitness),
        ("verification", Self::Verification),
        ("security", Self::Security),
    ];

    /// The word used in files.
    pub fn code(self) -> &'static str {
        // Every gate stands in the list.
        Self::ALL.iter().find(|(_, known)| *known == self).map_or("", |(code, _)| code)
    }
}

/// Who says that a gate is passed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum GateBy {
    /// Who holds the person.
    Holder,
    /// Who receives the person.
    Receiver,
    /// A neutral.
    Neutral(Party),
}

/// Where a gate is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shown {
    /// In the shared record, which keeps it itself.
    InRecord,
    /// Among the acts.
    InActs,
}

/// How a roll is chosen by the published order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Selection {
    /// The clause.
    pub clause: u32,
    /// The published order.
    pub order: Vec<Criterion>,
    /// What comes first when order and total pull apart.
    pub objective: Objective,
    /// Hours, from 1 to [`REVEAL_HOURS_MAX`], in which a party shows its seed once both have committed. A round whose seed
    /// is withheld longer the other party can declare void.
    pub reveal_hours: u16,
    /// How many people each party may put on a roll in another's place in each round, by two officers and with a ground;
    /// at most [`OVERRIDES_MAX`].
    pub overrides_at_most: u32,
    /// Whose class a group has that goes together or not at all; nothing where nobody is kept together.
    pub kept_together: Option<GroupClass>,
    /// What chooses among rolls that are the best in everything before the lot.
    pub chances: ChanceRule,
}

/// The longest time to show a seed, in hours.
pub const REVEAL_HOURS_MAX: u16 = 720;

/// The most people of a roll that an agreement can leave to a party's own hand in each round.
pub const OVERRIDES_MAX: u32 = 1_000;

/// A criterion of the published order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Criterion {
    /// Whom the other side has asked for by name.
    Requested,
    /// The medical group.
    MedicalGroup,
    /// The category's place in the published precedence.
    Category,
    /// Who has been held longest.
    LongestHeld,
    /// The lot.
    Lot,
}

/// A round.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Round {
    /// Number, from 1.
    pub no: RoundNo,
    /// Planned day.
    pub planned: Date,
    /// Categories admitted.
    pub categories: Vec<CategoryId>,
    /// Places on each side, in heads.
    pub places: u32,
    /// The crossing's label.
    pub crossing: LabelId,
    /// How many of single categories go, beside the places; possibly none, each category once.
    pub quotas: Vec<Quota>,
}

/// How many of one category go in one round.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quota {
    /// The category, admitted by the round.
    pub category: CategoryId,
    /// The fewest heads of each party who go, in the order of the parties.
    pub at_least: [u32; 2],
    /// The most heads of each party who go; nothing where the party is not bound.
    pub at_most: [Option<u32>; 2],
}

/// How a vacated slot is filled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Replacement {
    /// The clause.
    pub clause: u32,
    /// The rule.
    pub rule: ReplacementRule,
}

/// A rule of replacement. Whatever it is, the slot stays owed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReplacementRule {
    /// The next person of the same committed order.
    SameOrder,
    /// Whoever named the first names another.
    Renamed,
    /// Nobody in this round; the slot is owed in a later one.
    Later,
}
