//! The files of a roll, by which anybody finds the same roll with their own program: rules, people, roll, certificate.
//!
//! No name is in them: people are items. The formats are those of `homeward select`.

use std::collections::BTreeSet;

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use exchange::ids::RoundNo;
use exchange::selection::joint::file::{Roll, people_text, rules_text};

use crate::act::ActError;
use crate::acts::{roll, round};
use crate::cli::select::certificate;
use crate::web::desk::Desk;
use crate::web::refused::Refused;
use crate::web::rounds::roll::drawn;

/// The files of a roll.
pub const FILES: [&str; 4] = ["rules.toml", "pool.csv", "roll.csv", CERTIFICATE];
/// The certificate; there is none where chances choose among the best rolls.
const CERTIFICATE: &str = "certificate.json";

/// The files of a roll that lots decide, or chances.
pub fn of(by_chances: bool) -> impl Iterator<Item = &'static str> {
    FILES.into_iter().filter(move |name| !(by_chances && *name == CERTIFICATE))
}

/// `GET /rounds/{n}/roll/files/{name}`
pub async fn file(desk: Desk, Path((number, name)): Path<(RoundNo, String)>) -> Result<Response, Refused> {
    let known = FILES.into_iter().find(|known| *known == name).ok_or(Refused::NotFound)?;
    roll::ready(&desk.node, number).await;
    let mut act = desk.act("read file of roll", Some(&format!("round-{number}"))).await?;
    let drawn = drawn(&mut act, number).await?;
    let mut closed = BTreeSet::new();
    for earlier in 1..=number {
        closed.extend(desk.officer.closed_items(&round::all_lines(&mut act.tx, earlier).await?));
    }
    act.commit().await?;
    // The people's file tells class, place and days of everyone; another officer can check the roll by it.
    if known == "pool.csv" && closed.iter().any(|item| drawn.person(item).is_some()) {
        return Err(Refused::ClosedToYou);
    }
    if known == CERTIFICATE && drawn.lottery.is_some() {
        return Err(ActError::rule("no-certificate", number).into());
    }
    let (rules, people, selected) = (&drawn.setting.rules, &drawn.setting.people, &drawn.selected);
    let (kind, text) = match known {
        "rules.toml" => ("application/toml", rules_text(rules)),
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
