//! What officers send for a round: each form becomes one named write, or nothing happens.
//!
//! A form of many lines is taken whole or refused whole, naming the item and the rule. Steps of the negotiation are drafts
//! that a second officer carries out.

use axum::extract::{Form, Path};
use exchange::ids::{Item, RoundNo};
use parley::{Answer, Body, DepartGround, Digest, EntryId, NoticeKind, Occasion};
use time::{Date, Month};

use crate::act::{Act, ActError};
use crate::acts::crossing::{self, Arrival};
use crate::acts::drafts::{self, Draft};
use crate::acts::overrides::{self, Override, REASON_BYTES_MAX};
use crate::acts::roll::{self, Nomination};
use crate::acts::{list, round, shared_item, withheld};
use crate::chance::unhex;
use crate::clock::midnight;
use crate::opening::to_cbor;
use crate::web::desk::{Desk, Reply};
use crate::web::refused::Refused;
use crate::web::rounds::reason;
use crate::web::unlawful::short;

/// The most lines of one form.
const LINES_MAX: usize = 2_000;
/// The most persons an officer may count outside the exchange.
const OUTSIDE_MAX: u64 = 1_000_000;

/// The fields of a form, in their order.
pub type Sent = Form<Vec<(String, String)>>;

/// The value of a field, without spaces at its ends.
pub fn one<'a>(fields: &'a [(String, String)], name: &str) -> Option<&'a str> {
    fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim())
}

fn item_field(value: &str, field: &'static str) -> Result<Item, Refused> {
    value.parse().map_err(|_| Refused::BadField(field))
}

/// Every item sent under a name.
fn items(fields: &[(String, String)], name: &'static str) -> Result<Vec<Item>, Refused> {
    let sent = fields.iter().filter(|(key, _)| key == name);
    sent.map(|(_, value)| item_field(value.trim(), name)).collect()
}

/// Every `prefix.<item>` with what its value reads as.
fn by_item<T>(
    fields: &[(String, String)],
    prefix: &'static str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Vec<(Item, T)>, Refused> {
    let mut found = Vec::new();
    for (key, value) in fields {
        let Some(item) = key.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('.')) else { continue };
        let item = item_field(item, prefix)?;
        found.push((item, read(value.trim()).ok_or(Refused::BadField(prefix))?));
    }
    Ok(found)
}

fn bounded(fields: &[(String, String)]) -> Result<(), Refused> {
    if fields.len() > LINES_MAX { Err(Refused::BadField("lines")) } else { Ok(()) }
}

fn answer_of(code: &str) -> Option<Answer> {
    [Answer::Willing, Answer::Unwilling, Answer::Unable].into_iter().find(|answer| answer.as_str() == code)
}

/// Grounds on which a holder takes somebody from the list, in the order a form offers them.
pub const GROUNDS: [DepartGround; 6] = [
    DepartGround::Unwilling,
    DepartGround::Died,
    DepartGround::Escaped,
    DepartGround::Recovered,
    DepartGround::AlreadyReturned,
    DepartGround::NotBrought,
];

/// Says which item of a form a refusal is about.
fn naming(item: Item, why: ActError) -> Refused {
    let name = short(&item.0);
    match Refused::from(why) {
        Refused::AgainstRule { code, detail } if !detail.contains(&name) => {
            Refused::AgainstRule { code, detail: format!("{name} {detail}").trim_end().to_owned() }
        }
        Refused::NotFound => Refused::AgainstRule { code: "record-not-listed".to_owned(), detail: name },
        other => other,
    }
}

/// Begins a named write about a round; a neutral has none to make.
pub async fn act<'d>(desk: &'d Desk, action: &'static str, round: RoundNo) -> Result<Act<'d>, Refused> {
    if !desk.node.config.is_party() {
        return Err(Refused::AgainstRule { code: "record-neutral".to_owned(), detail: String::new() });
    }
    desk.act(action, Some(&format!("round-{round}"))).await
}

async fn done(desk: &Desk, act: Act<'_>, path: &str) -> Result<Reply, Refused> {
    act.commit().await?;
    Ok(desk.back_to(path))
}

fn page(round: RoundNo) -> String {
    format!("/rounds/{round}")
}

/// Keeps a draft for the second officer, unless the same one waits already.
async fn keep(desk: &Desk, mut act: Act<'_>, draft: Draft) -> Result<Reply, Refused> {
    let payload = to_cbor(&draft);
    let open = act.tx.open_drafts().await?.whole()?;
    if open.iter().any(|row| row.kind == draft.kind() && row.payload == payload) {
        return Err(Refused::AgainstRule { code: "draft-waits".to_owned(), detail: String::new() });
    }
    drafts::keep(&mut act, &draft).await?;
    let path = draft.round().map_or_else(|| "/drafts".to_owned(), page);
    done(desk, act, &path).await
}

/// `POST /rounds/{n}/commit`
pub async fn commit(desk: Desk, Path(number): Path<RoundNo>) -> Result<Reply, Refused> {
    let mut act = act(&desk, "commit to pool", number).await?;
    round::commit(&mut act, number).await?;
    done(&desk, act, &page(number)).await
}

/// `POST /rounds/{n}/withheld`: the other side has not shown its seed in the time agreed.
pub async fn withheld(desk: Desk, Path(number): Path<RoundNo>) -> Result<Reply, Refused> {
    let mut act = act(&desk, "draft withheld seed", number).await?;
    withheld::check(&mut act, number)?;
    keep(&desk, act, Draft::Withheld { round: number }).await
}

/// `POST /rounds/{n}/nominate`
pub async fn nominate(desk: Desk, Path(number): Path<RoundNo>) -> Result<Reply, Refused> {
    roll::ready(&desk.node, number).await;
    let mut act = act(&desk, "draft nomination", number).await?;
    let Nomination { items, digest } = roll::nomination(&mut act, number).await?;
    let items = items.into_iter().map(shared_item).collect();
    lawful(&act, &Body::Nominate { round: number, items, digest: Digest([0; 32]) })?;
    keep(&desk, act, Draft::Nominate { round: number, roll: digest }).await
}

/// `POST /rounds/{n}/override`: somebody is put on the roll in another's place.
pub async fn put_on(desk: Desk, Path(number): Path<RoundNo>, Form(sent): Sent) -> Result<Reply, Refused> {
    match drafted_by_hand(&desk, number, &sent).await {
        Err(why @ (Refused::AgainstRule { .. } | Refused::BadField(_))) if desk.reads_pages() => {
            reason::again(&desk, number, &sent, why).await
        }
        answer => answer,
    }
}

async fn drafted_by_hand(desk: &Desk, number: RoundNo, sent: &[(String, String)]) -> Result<Reply, Refused> {
    let item = |name: &'static str| item_field(one(sent, name).unwrap_or_default(), name);
    let (goes, stays) = (item("goes")?, item("stays")?);
    let ground = one(sent, "override-ground").filter(|ground| overrides::GROUNDS.contains(ground));
    let ground = ground.ok_or(Refused::BadField("override-ground"))?.to_owned();
    let says = one(sent, "says").filter(|says| !says.is_empty() && says.len() <= REASON_BYTES_MAX);
    let says = says.ok_or(Refused::BadField("says"))?.to_owned();
    let what = Override { round: number, goes: goes.0, stays: stays.0, ground, says };
    roll::ready(&desk.node, number).await;
    let mut act = act(desk, "draft override", number).await?;
    overrides::check(&mut act, &what).await?;
    keep(desk, act, Draft::Override { document: to_cbor(&what) }).await
}

/// `POST /rounds/{n}/list`
pub async fn propose(desk: Desk, Path(number): Path<RoundNo>) -> Result<Reply, Refused> {
    roll::ready(&desk.node, number).await;
    let mut act = act(&desk, "draft list", number).await?;
    let plan = list::plan(&mut act, number).await?;
    let (version, replaces) = (plan.version, plan.version - 1);
    let items = plan.items.clone();
    lawful(&act, &Body::Propose { round: number, version, replaces, items, digest: Digest([0; 32]) })?;
    keep(&desk, act, Draft::Propose { round: number, list: plan.digest() }).await
}

/// Lets the first officer know at once what the record would refuse the second.
fn lawful(act: &Act<'_>, body: &Body) -> Result<(), Refused> {
    Ok(act.record().check(&act.node().me, body).map_err(ActError::from)?)
}

fn entry(fields: &[(String, String)]) -> Result<EntryId, Refused> {
    one(fields, "entry").and_then(unhex).map(EntryId).ok_or(Refused::BadField("entry"))
}

/// `POST /rounds/{n}/accept`
pub async fn accept(desk: Desk, Path(number): Path<RoundNo>, Form(sent): Sent) -> Result<Reply, Refused> {
    let entry = entry(&sent)?;
    let act = act(&desk, "draft acceptance", number).await?;
    list::check_open(&act, number, entry)?;
    lawful(&act, &Body::Accept { entry })?;
    keep(&desk, act, Draft::Accept { round: number, entry: entry.0 }).await
}

/// `POST /rounds/{n}/reject`
pub async fn reject(desk: Desk, Path(number): Path<RoundNo>, Form(sent): Sent) -> Result<Reply, Refused> {
    let entry = entry(&sent)?;
    let ground = one(&sent, "ground").unwrap_or_default();
    let label: parley::Label = ground.parse().map_err(|_| Refused::BadField("ground"))?;
    let act = act(&desk, "draft rejection", number).await?;
    list::check_open(&act, number, entry)?;
    lawful(&act, &Body::Reject { entry, ground: label })?;
    keep(&desk, act, Draft::Reject { round: number, entry: entry.0, ground: ground.to_owned() }).await
}

/// `POST /rounds/{n}/wills`: what people answered at the listing.
pub async fn wills(desk: Desk, Path(number): Path<RoundNo>, Form(sent): Sent) -> Result<Reply, Refused> {
    bounded(&sent)?;
    let answers = by_item(&sent, "will", answer_of)?;
    if answers.is_empty() {
        return Err(Refused::BadField("will"));
    }
    let mut act = act(&desk, "record wills", number).await?;
    for (item, answer) in answers {
        let said = crossing::will(&mut act, number, item, Occasion::First, answer).await;
        said.map_err(|why| naming(item, why))?;
    }
    done(&desk, act, &format!("/rounds/{number}/wills")).await
}

/// `POST /rounds/{n}/depart`: somebody leaves the list.
pub async fn depart(desk: Desk, Path(number): Path<RoundNo>, Form(sent): Sent) -> Result<Reply, Refused> {
    let item = item_field(one(&sent, "item").unwrap_or_default(), "item")?;
    let ground = one(&sent, "ground").and_then(|code| GROUNDS.into_iter().find(|one| one.as_str() == code));
    let ground = ground.ok_or(Refused::BadField("ground"))?;
    let mut act = act(&desk, "record departure", number).await?;
    crossing::depart(&mut act, number, item, ground).await.map_err(|why| naming(item, why))?;
    done(&desk, act, &page(number)).await
}

/// `POST /rounds/{n}/crossing`: answers at the crossing, then releases.
pub async fn cross(desk: Desk, Path(number): Path<RoundNo>, Form(sent): Sent) -> Result<Reply, Refused> {
    bounded(&sent)?;
    let answers = by_item(&sent, "will", answer_of)?;
    let released = items(&sent, "release")?;
    if answers.is_empty() && released.is_empty() {
        return Err(Refused::BadField("will"));
    }
    let mut act = act(&desk, "record crossing", number).await?;
    for (item, answer) in answers {
        let said = crossing::will(&mut act, number, item, Occasion::Second, answer).await;
        said.map_err(|why| naming(item, why))?;
    }
    for item in released {
        crossing::release(&mut act, number, item).await.map_err(|why| naming(item, why))?;
    }
    done(&desk, act, &format!("/rounds/{number}/crossing")).await
}

/// `POST /rounds/{n}/arrivals`: who has come.
pub async fn arrivals(desk: Desk, Path(number): Path<RoundNo>, Form(sent): Sent) -> Result<Reply, Refused> {
    bounded(&sent)?;
    let found = by_item(&sent, "arrival", Arrival::of)?;
    if found.is_empty() {
        return Err(Refused::BadField("arrival"));
    }
    let mut act = act(&desk, "record arrivals", number).await?;
    for (item, arrival) in found {
        crossing::arrival(&mut act, number, item, arrival).await.map_err(|why| naming(item, why))?;
    }
    done(&desk, act, &format!("/rounds/{number}/crossing")).await
}

/// `POST /rounds/{n}/take-back`: persons of unconfirmed releases are held again.
pub async fn take_back(desk: Desk, Path(number): Path<RoundNo>, Form(sent): Sent) -> Result<Reply, Refused> {
    bounded(&sent)?;
    let back = items(&sent, "item")?;
    if back.is_empty() {
        return Err(Refused::BadField("item"));
    }
    let mut act = act(&desk, "take back", number).await?;
    for item in back {
        crossing::take_back(&mut act, number, item).await.map_err(|why| naming(item, why))?;
    }
    done(&desk, act, &format!("/rounds/{number}/crossing")).await
}

/// Reads `YYYY-MM-DD`.
fn day(text: &str) -> Option<Date> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()
}

/// `POST /rounds/{n}/notice`
pub async fn notice(desk: Desk, Path(number): Path<RoundNo>, Form(sent): Sent) -> Result<Reply, Refused> {
    let kinds = [NoticeKind::Postponed, NoticeKind::Resumed, NoticeKind::Cancelled];
    let kind = one(&sent, "kind").and_then(|code| kinds.into_iter().find(|kind| kind.as_str() == code));
    let kind = kind.ok_or(Refused::BadField("kind"))?;
    let until = match one(&sent, "until").filter(|text| !text.is_empty()) {
        None => None,
        Some(text) => {
            let seconds = day(text).map(|day| midnight(day) / 1000);
            let seconds = seconds.and_then(|seconds| u64::try_from(seconds).ok());
            Some(seconds.ok_or(Refused::BadField("until"))?)
        }
    };
    let mut act = act(&desk, "give notice", number).await?;
    crossing::notice(&mut act, number, kind, until).await?;
    done(&desk, act, &page(number)).await
}

fn outside(fields: &[(String, String)]) -> Result<u64, Refused> {
    match one(fields, "outside").filter(|text| !text.is_empty()) {
        None => Ok(0),
        Some(text) => {
            let count = text.parse().ok().filter(|count| *count <= OUTSIDE_MAX);
            count.ok_or(Refused::BadField("outside"))
        }
    }
}

/// `POST /rounds/{n}/close`
pub async fn close(desk: Desk, Path(number): Path<RoundNo>, Form(sent): Sent) -> Result<Reply, Refused> {
    let outside = outside(&sent)?;
    let mut act = act(&desk, "close round", number).await?;
    crossing::close(&mut act, number, outside).await?;
    done(&desk, act, &page(number)).await
}

/// `POST /rounds/{n}/account`: a corrected account.
pub async fn account(desk: Desk, Path(number): Path<RoundNo>, Form(sent): Sent) -> Result<Reply, Refused> {
    let outside = outside(&sent)?;
    let mut act = act(&desk, "book account", number).await?;
    crossing::account(&mut act, number, outside).await?;
    done(&desk, act, &page(number)).await
}

/// `POST /observe`: a neutral writes down what it holds of every log.
pub async fn observe(desk: Desk) -> Result<Reply, Refused> {
    if desk.node.config.is_party() {
        return Err(Refused::AgainstRule { code: "only-neutral".to_owned(), detail: String::new() });
    }
    let mut act = desk.act("observe", None).await?;
    crossing::observe(&mut act).await?;
    done(&desk, act, "/rounds").await
}

/// `POST /rehearsal/clock`: moves a rehearsal's clock forward. On a real node there is no such page.
pub async fn clock(desk: Desk, Form(sent): Sent) -> Result<Reply, Refused> {
    if desk.node.config.rehearsal.is_none() {
        return Err(Refused::NotFound);
    }
    let to: i64 = one(&sent, "to").and_then(|text| text.parse().ok()).ok_or(Refused::BadField("to"))?;
    if to < desk.node.clock.now() || to > CLOCK_MAX {
        return Err(Refused::BadField("to"));
    }
    desk.act("move rehearsal clock", None).await?.commit().await?;
    desk.node.clock.advance(to);
    Ok(desk.back_to("/"))
}

/// The last moment a rehearsal's clock may be moved to: the end of the year 2999.
const CLOCK_MAX: i64 = 32_503_680_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(sent: &[(&str, &str)]) -> Vec<(String, String)> {
        sent.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn lines_read_by_item_and_a_line_that_does_not_read_names_its_field() {
        let (a, b) = ("aa".repeat(32), "bb".repeat(32));
        let (key_a, key_b) = (format!("will.{a}"), format!("will.{b}"));
        let sent = fields(&[(&key_a, "willing"), ("release", &a), (&key_b, "unable"), ("other", "x")]);
        let read = by_item(&sent, "will", answer_of).unwrap();
        assert_eq!(read, [(Item([0xaa; 32]), Answer::Willing), (Item([0xbb; 32]), Answer::Unable)]);
        assert_eq!(items(&sent, "release").unwrap(), [Item([0xaa; 32])]);
        for bad in [fields(&[("will.zz", "willing")]), fields(&[(&key_a, "perhaps")])] {
            assert!(matches!(by_item(&bad, "will", answer_of), Err(Refused::BadField("will"))));
        }
        assert!(matches!(items(&fields(&[("item", "")]), "item"), Err(Refused::BadField("item"))));
    }

    #[test]
    fn days_and_counts_are_read_strictly() {
        assert_eq!(day("2025-07-26"), Some(time::macros::date!(2025 - 07 - 26)));
        for bad in ["", "2025", "2025-02-30", "26.07.2025", "2025-07-26T10:00"] {
            assert_eq!(day(bad), None, "{bad}");
        }
        assert_eq!(outside(&fields(&[])).unwrap(), 0);
        assert_eq!(outside(&fields(&[("outside", " 2 ")])).unwrap(), 2);
        for bad in ["-1", "two", "1000001"] {
            assert!(outside(&fields(&[("outside", bad)])).is_err(), "{bad}");
        }
    }
}
