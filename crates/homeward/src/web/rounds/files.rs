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

/// The files of a roll.
pub const FILES: [&str; 4] = ["rules.toml", "pool.csv", "roll.csv", CERTIFICATE];
/// The certificate; there is none where chances choose among the best rolls.
const CERTIFICATE: &str = "certificate.json";

/// `GET /rounds/{n}/roll/files/{name}`
pub async fn file(desk: Desk, Path((number, name)): Path<(RoundNo, String)>) -> Result<Response, Refused> {
    let known = FILES.into_iter().find(|known| *known == name).ok_or(Refused::NotFound)?;
    let mut act = desk.act("read file of roll", Some(&format!("round-{number}"))).await?;
    let drawn = roll::drawn(&mut act, number).await?;
    act.commit().await?;
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
