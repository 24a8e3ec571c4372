//! The files of a roll, by which anybody finds the same roll with their own program: rules, people, roll, certificate.
//!
//! No name is in them: people are items. The formats are those of `homeward select`.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use exchange::ids::RoundNo;
use exchange::selection::joint::file::{Roll, people_text, rules_text};

use crate::act::ActError;
use crate::acts::roll;
use crate::cli::select::certificate;
use crate::web::desk::Desk;
use crate::web::refused::Refused;
use crate::web::rounds::roll::{closed_items, drawn};

/// The files of a roll.
pub const FILES: [&str; 4] = [RULES, "pool.csv", "roll.csv", CERTIFICATE];
/// The rules of the round, in which nobody is.
const RULES: &str = "rules.toml";
/// The certificate; there is none where chances choose among the best rolls.
const CERTIFICATE: &str = "certificate.json";

/// The files of a roll that lots decide, or chances; those in which nobody is, for an officer to whom somebody is closed.
pub fn of(by_chances: bool, closed: bool) -> impl Iterator<Item = &'static str> {
    let kept_back = move |name: &str| (by_chances && name == CERTIFICATE) || (closed && name != RULES);
    FILES.into_iter().filter(move |name| !kept_back(name))
}

/// `GET /rounds/{n}/roll/files/{name}`
pub async fn file(desk: Desk, Path((number, name)): Path<(RoundNo, String)>) -> Result<Response, Refused> {
    let known = FILES.into_iter().find(|known| *known == name).ok_or(Refused::NotFound)?;
    roll::ready(&desk.node, number).await;
    let mut act = desk.act("read file of roll", Some(&format!("round-{number}"))).await?;
    let drawn = drawn(&mut act, number).await?;
    let closed = closed_items(&mut act, &desk.officer, number).await?;
    act.commit().await?;
    // The people's file tells class, place and days of everyone, and whoever is in the other files and not on the page of the roll
    // is the one who is closed. Another officer can check the roll by them.
    if known != RULES && closed.iter().any(|item| drawn.person(item).is_some()) {
        return Err(Refused::ClosedToYou);
    }
    if known == CERTIFICATE && drawn.lottery.is_some() {
        return Err(ActError::rule("no-certificate", number).into());
    }
    let (rules, people, selected) = (&drawn.setting.rules, &drawn.setting.people, &drawn.selected);
    let (kind, text) = match known {
        RULES => ("application/toml", rules_text(rules)),
        "pool.csv" => ("text/csv; charset=utf-8", people_text(rules, people)),
        "roll.csv" => ("text/csv; charset=utf-8", Roll::of(people, &selected.chosen).text()),
        _ => {
            let text = certificate::text(rules, &selected.certificate, &selected.cost, &selected.bound);
            ("application/json", text.map_err(|why| Refused::Broken(why.to_string()))?)
        }
    };
    let disposition = format!("attachment; filename=\"round-{number}-{known}\"");
    Ok(([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], text)
        .into_response())
}
