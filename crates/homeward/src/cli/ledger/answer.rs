//! What the account of an agreement comes to, as the command answers it.

use exchange::agreement::{Amount, Family, Quantity, Terms, Unit};
use exchange::condition;
use exchange::ledger::file::{Details, LineNo, Trust};
use exchange::ledger::{
    Act, Balance, Posting, RatioBalance, StatedSum, Voice, What, balances, ratio_balances, stated_sums,
};
use exchange::moment::Moment;
use exchange::notice;
use exchange::phase::{self, DayLimit, Outside, Timeline};
use serde::Serialize;

use super::account::Booked;
use super::words;

/// The whole answer. Values that can be fractions are text, such as `853/146`.
#[derive(Serialize)]
pub struct Answer {
    pub title: String,
    pub terms_digest: String,
    pub ledger_digest: String,
    pub acts: usize,
    pub at: Option<String>,
    pub balances: Vec<BalanceAnswer>,
    pub ratios: Vec<RatioAnswer>,
    pub accounts: Vec<AccountAnswer>,
    pub remains: Vec<RemainsAnswer>,
    pub slots: Vec<SlotsAnswer>,
    pub grounds: Vec<GroundAnswer>,
    pub stated: Vec<StatedAnswer>,
    pub phases: Vec<PhaseAnswer>,
    pub outside: Vec<String>,
    pub days: Vec<DayAnswer>,
    pub notices: Vec<NoticeAnswer>,
    pub conditions: Vec<ConditionAnswer>,
    pub alerts: Vec<AlertAnswer>,
    /// What stands for something that the sources leave open: clause and words.
    pub stand_ins: Vec<(u32, String)>,
}

/// One quantity under one reading.
#[derive(Serialize)]
pub struct BalanceAnswer {
    pub clause: u32,
    pub quantity: String,
    /// The party whose reading it is; nothing for the text itself.
    pub reader: Option<String>,
    /// The reason of the reading.
    pub says: Option<String>,
    pub unit: String,
    pub asks: String,
    pub least: Option<u32>,
    pub most: Option<u32>,
    pub filled: String,
    pub listed: String,
    pub pending: String,
    pub disputed: String,
    pub acknowledged: String,
    pub held: String,
    pub carried: String,
    pub releasing_states: String,
    pub receiving_states: String,
    pub outstanding: Option<String>,
    pub over: Option<String>,
}

/// One ratio under one reading.
#[derive(Serialize)]
pub struct RatioAnswer {
    pub clause: u32,
    pub ratio: String,
    pub reader: Option<String>,
    pub sides: [Vec<String>; 2],
    pub heads: [i64; 2],
    pub values: [String; 2],
    pub difference: String,
    pub classes: Vec<ClassAnswer>,
    pub due: Option<DueAnswer>,
}

#[derive(Serialize)]
pub struct ClassAnswer {
    pub class: String,
    pub heads: [i64; 2],
    pub matched: i64,
    pub left: [i64; 2],
    /// Whether its worth was read at its source.
    pub verified: bool,
}

#[derive(Serialize)]
pub struct DueAnswer {
    pub side: usize,
    pub value: String,
    pub heads: Option<String>,
}

#[derive(Serialize)]
pub struct AccountAnswer {
    pub family: &'static str,
    pub leg: String,
    pub round: u32,
    pub category: Option<String>,
    pub class: Option<String>,
    pub post: &'static str,
    pub balance: i64,
}

#[derive(Serialize)]
pub struct RemainsAnswer {
    pub leg: String,
    pub containers: i64,
    pub identified: usize,
}

#[derive(Serialize)]
pub struct SlotsAnswer {
    pub leg: String,
    pub round: u32,
    pub owed: u32,
    pub filled: u32,
    pub taken: u32,
    pub open: u32,
    pub stopped: bool,
}

#[derive(Serialize)]
pub struct GroundAnswer {
    pub leg: String,
    pub round: u32,
    pub ground: &'static str,
    pub count: u64,
}

#[derive(Serialize)]
pub struct StatedAnswer {
    pub by: String,
    pub leg: String,
    pub round: Option<u32>,
    pub stated: i64,
    pub posted: i64,
    pub releasing_states: i64,
    pub receiving_states: i64,
    pub agrees: bool,
}

#[derive(Serialize)]
pub struct PhaseAnswer {
    pub clause: u32,
    pub phase: String,
    pub state: &'static str,
    pub says: String,
    pub closes: Option<String>,
}

#[derive(Serialize)]
pub struct DayAnswer {
    pub clause: u32,
    pub quantity: String,
    pub day: String,
    pub count: u64,
    pub limit: String,
}

#[derive(Serialize)]
pub struct NoticeAnswer {
    pub no: u32,
    pub clause: u32,
    pub by: String,
    pub given: String,
    pub state: &'static str,
    pub since: Option<String>,
    pub replies: usize,
}

#[derive(Serialize)]
pub struct ConditionAnswer {
    pub clause: u32,
    pub condition: String,
    pub bound: String,
    pub state: &'static str,
}

#[derive(Serialize)]
pub struct AlertAnswer {
    pub clause: u32,
    pub condition: String,
    pub line: u32,
    pub by: String,
    pub at: Option<String>,
    pub then: &'static str,
}

/// One act behind a figure.
#[derive(Serialize)]
pub struct Behind {
    pub line: u32,
    pub at: Option<String>,
    pub by: String,
    pub act: &'static str,
    pub item: String,
    pub moves: Vec<String>,
    /// What it adds to the account that was asked for.
    pub into_account: i64,
    pub unverified: bool,
    pub note: String,
    pub source: String,
}

impl Behind {
    pub fn of(
        terms: &Terms,
        line: LineNo,
        act: &Act,
        details: &Details<'_>,
        postings: &[Posting],
        sum: impl Fn(&Posting) -> i64,
    ) -> Self {
        let moves =
            postings.iter().map(|one| format!("{} {} -> {}", one.count, one.from.code(), one.into.code()));
        Self {
            line: line.0,
            at: act.at.map(|at| at.to_string()),
            by: voice(terms, act.by),
            act: match act.what {
                What::Move(moved) => moved.kind.code(),
                _ => "leg",
            },
            item: details.item.to_string(),
            moves: moves.collect(),
            into_account: postings.iter().map(sum).sum(),
            unverified: details.trust() == Trust::Unverified,
            note: details.note.to_string(),
            source: details.source.to_string(),
        }
    }
}

impl Answer {
    /// Computes everything that is shown; nothing where a sum does not fit.
    pub fn of(terms: &Terms, booked: &Booked, outside: &[Outside], at: Option<Moment>) -> Option<Self> {
        let accounts = &booked.accounts;
        let now = at.or(booked.last);
        let leg = |place: u8| terms.legs[usize::from(place)].id.to_string();
        let grounds = accounts.by_ground().into_iter();
        let slots = accounts.slots().into_iter().map(|((round, place), slots)| SlotsAnswer {
            leg: leg(place),
            round,
            owed: slots.owed,
            filled: slots.filled,
            taken: slots.taken,
            open: slots.open,
            stopped: slots.aborted,
        });
        Some(Self {
            title: terms.title.en.clone(),
            terms_digest: terms.digest().to_string(),
            ledger_digest: accounts.digest().to_string(),
            acts: booked.count,
            at: now.map(|now| now.to_string()),
            balances: balances(terms, accounts)?.iter().map(|one| balance(terms, one)).collect(),
            ratios: ratio_balances(terms, accounts)?.iter().map(|one| ratio(terms, one)).collect(),
            accounts: accounts_of(terms, booked),
            remains: remains(terms, booked),
            slots: slots.collect(),
            grounds: grounds
                .map(|((place, round, ground), count)| GroundAnswer {
                    leg: leg(place),
                    round,
                    ground: ground.code(),
                    count,
                })
                .collect(),
            stated: stated_sums(accounts).iter().map(|one| stated(terms, one)).collect(),
            phases: now.map_or_else(Vec::new, |now| phases(terms, booked, now)),
            outside: outside.iter().map(|one| words::outside(terms, booked, one)).collect(),
            days: days(terms, booked),
            notices: now.map_or_else(Vec::new, |now| notices(terms, booked, now)),
            conditions: now.map_or_else(Vec::new, |now| conditions(terms, booked, now)),
            alerts: alerts(terms, booked),
            stand_ins: terms.stand_ins.iter().map(|one| (one.clause, one.says.en.clone())).collect(),
        })
    }
}

/// The label of whoever states something.
pub fn voice(terms: &Terms, voice: Voice) -> String {
    terms.voice_id(voice).map_or_else(|| format!("voice {}", voice.0), ToString::to_string)
}

fn balance(terms: &Terms, one: &Balance) -> BalanceAnswer {
    let quantity = &terms.quantities[one.quantity];
    let says = one.reader.as_ref().and_then(|reader| {
        let mut read = terms.readings.iter().filter(|reading| reading.party == *reader);
        read.find(|reading| reading.clause == quantity.clause).map(|reading| reading.says.en.clone())
    });
    BalanceAnswer {
        clause: one.clause,
        quantity: quantity.id.to_string(),
        reader: one.reader.as_ref().map(ToString::to_string),
        says,
        unit: unit(quantity),
        asks: asks(one.amount),
        least: one.amount.least(),
        most: one.amount.most(),
        filled: one.filled.to_string(),
        listed: one.listed.to_string(),
        pending: one.pending.to_string(),
        disputed: one.disputed.to_string(),
        acknowledged: one.acknowledged.to_string(),
        held: one.held.to_string(),
        carried: one.carried.to_string(),
        releasing_states: one.releasing_states.to_string(),
        receiving_states: one.receiving_states.to_string(),
        outstanding: one.outstanding.map(|left| left.to_string()),
        over: one.over.map(|over| over.to_string()),
    }
}

fn unit(quantity: &Quantity) -> String {
    match &quantity.unit {
        Unit::Heads => "heads".into(),
        Unit::Value(scale) => format!("value by {scale}"),
        Unit::Containers => "containers".into(),
        Unit::Identified => "persons identified".into(),
        Unit::Items => "items".into(),
    }
}

fn asks(amount: Amount) -> String {
    match amount {
        Amount::Exactly(number) => format!("exactly {number}"),
        Amount::AtLeast(number) => format!("at least {number}"),
        Amount::AtMost(number) => format!("at most {number}"),
        Amount::Between(least, most) => format!("{least} to {most}"),
        Amount::All { known: Some(known) } => format!("all, {known} known"),
        Amount::All { known: None } => "all".into(),
        Amount::NotPublished => "a number that was not published".into(),
    }
}

fn ratio(terms: &Terms, one: &RatioBalance) -> RatioAnswer {
    let ratio = &terms.ratios[one.ratio];
    let legs =
        |side: usize| ratio.sides[side].legs.iter().map(|leg| terms.legs[*leg].id.to_string()).collect();
    let verified = |class: &exchange::agreement::LabelId| {
        let mut worths = terms.scales.iter().flat_map(|scale| &scale.worths);
        !worths.any(|worth| worth.class == *class && !worth.verified)
    };
    let classes = one.classes.iter().map(|line| ClassAnswer {
        class: line.class.to_string(),
        heads: line.heads,
        matched: line.matched,
        left: line.left,
        verified: verified(&line.class),
    });
    RatioAnswer {
        clause: one.clause,
        ratio: ratio.id.to_string(),
        reader: one.reader.as_ref().map(ToString::to_string),
        sides: [legs(0), legs(1)],
        heads: one.heads,
        values: one.values.map(|value| value.to_string()),
        difference: one.difference.to_string(),
        classes: classes.collect(),
        due: one.due.as_ref().map(|due| DueAnswer {
            side: due.side,
            value: due.value.to_string(),
            heads: due.heads.map(|heads| heads.to_string()),
        }),
    }
}

fn accounts_of(terms: &Terms, booked: &Booked) -> Vec<AccountAnswer> {
    let accounts = booked.accounts.accounts().into_iter().filter(|(_, balance)| *balance != 0);
    let id = |place: Option<u8>, name: &dyn Fn(usize) -> String| place.map(|place| name(usize::from(place)));
    accounts
        .map(|(account, balance)| AccountAnswer {
            family: account.family.code(),
            leg: terms.legs[usize::from(account.cell.leg)].id.to_string(),
            round: account.cell.round,
            category: id(account.cell.category, &|place| terms.categories[place].id.to_string()),
            class: id(account.cell.class, &|place| terms.classes[place].id.to_string()),
            post: account.post.code(),
            balance,
        })
        .collect()
}

fn remains(terms: &Terms, booked: &Booked) -> Vec<RemainsAnswer> {
    let accounts = booked.accounts.accounts();
    let legs = terms.legs.iter().enumerate();
    let of = legs.filter(|(_, leg)| leg.account == Family::RemainsAndEffects);
    of.map(|(place, leg)| {
        let posted = accounts.iter().filter(|(account, _)| {
            usize::from(account.cell.leg) == place && account.post == exchange::ledger::Post::Filled
        });
        let persons = u8::try_from(place).ok().and_then(|place| booked.accounts.identified(place));
        RemainsAnswer {
            leg: leg.id.to_string(),
            containers: posted.map(|(_, balance)| balance).sum(),
            identified: persons.map_or(0, std::collections::BTreeMap::len),
        }
    })
    .collect()
}

fn stated(terms: &Terms, one: &StatedSum) -> StatedAnswer {
    StatedAnswer {
        by: voice(terms, one.by),
        leg: terms.legs[usize::from(one.leg)].id.to_string(),
        round: one.round,
        stated: one.count,
        posted: one.posted,
        releasing_states: one.releasing_states,
        receiving_states: one.receiving_states,
        agrees: one.agrees(),
    }
}

fn phases(terms: &Terms, booked: &Booked, now: Moment) -> Vec<PhaseAnswer> {
    let timeline = Timeline::of(terms, &booked.acts);
    let of = |(place, phase): (usize, &exchange::agreement::Phase)| {
        let state = timeline.state(place, now)?;
        let (code, says, closes) = words::phase_state(terms, state);
        let closes = closes.map(|closes| closes.to_string());
        Some(PhaseAnswer { clause: phase.clause, phase: phase.id.to_string(), state: code, says, closes })
    };
    terms.phases.iter().enumerate().filter_map(of).collect()
}

fn days(terms: &Terms, booked: &Booked) -> Vec<DayAnswer> {
    let found = phase::days(terms, &booked.acts);
    let of = |one: &phase::DayFinding| DayAnswer {
        clause: one.clause,
        quantity: terms.quantities[one.quantity].id.to_string(),
        day: one.day.to_string(),
        count: one.count,
        limit: match one.limit {
            DayLimit::Least(least) => format!("at least {least} a day"),
            DayLimit::Most(most) => format!("at most {most} a day"),
        },
    };
    found.iter().map(of).collect()
}

fn notices(terms: &Terms, booked: &Booked, now: Moment) -> Vec<NoticeAnswer> {
    let threads = notice::notices(terms, &booked.acts).threads;
    let of = |thread: &notice::Thread| {
        let (state, since) = match thread.state(now)? {
            notice::State::Open { answer: notice::Answer::DueBefore(due) } => ("open", Some(due)),
            notice::State::Open { .. } => ("open", None),
            notice::State::Overdue { since } => ("overdue", Some(since)),
            notice::State::Replied { at } => ("replied", Some(at)),
            notice::State::Closed { at } => ("closed", Some(at)),
        };
        Some(NoticeAnswer {
            no: thread.no,
            clause: thread.clause,
            by: voice(terms, thread.by),
            given: thread.at.to_string(),
            state,
            since: since.map(|since| since.to_string()),
            replies: thread.replies.len(),
        })
    };
    threads.iter().filter_map(of).collect()
}

fn conditions(terms: &Terms, booked: &Booked, now: Moment) -> Vec<ConditionAnswer> {
    let standing = condition::conditions(terms, &booked.acts, now);
    let of = |one: &condition::Standing| ConditionAnswer {
        clause: one.clause,
        condition: terms.conditions[one.condition].id.to_string(),
        bound: one.bound.to_string(),
        state: match one.state {
            condition::State::Holds { .. } => "holds",
            condition::State::Ended { .. } => "ended",
            condition::State::Lifted { .. } => "lifted",
        },
    };
    standing.iter().map(of).collect()
}

fn alerts(terms: &Terms, booked: &Booked) -> Vec<AlertAnswer> {
    let found = condition::alerts(terms, &booked.acts);
    let of = |one: &condition::Alert| AlertAnswer {
        clause: one.clause,
        condition: terms.conditions[one.condition].id.to_string(),
        line: booked.lines[one.act].0,
        by: voice(terms, one.by),
        at: one.at.map(|at| at.to_string()),
        then: match one.then {
            condition::Then::Held => "the condition held",
            condition::Then::HadEnded { .. } => "the condition had ended",
            condition::Then::NotYetReceived => "the person had not been received",
            condition::Then::NotKnown(_) => "whether the condition held is not known",
        },
    };
    found.iter().map(of).collect()
}
