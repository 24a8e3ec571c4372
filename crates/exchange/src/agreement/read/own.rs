//! A party's own reading of a signed text, attached afterwards: the same `[[readings]]` as in the text, in a file of its own.

use serde::Deserialize;
use toml::Spanned;

use super::super::wire::WireReading;
use super::super::{Reading, Refused, TEXT_BYTES_MAX, Terms, TermsError};
use super::amounts::same_target;
use super::{Reader, line_of, plain};
use crate::ids::Party;

/// The most readings of one file.
const READINGS_MAX: usize = 32;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireFile {
    agreement: Spanned<String>,
    readings: Vec<WireReading>,
}

/// The terms with what a party reads otherwise beside them; the text and its digest stay what both have signed.
pub(in super::super) fn with_readings(terms: &Terms, by: &Party, text: &str) -> Result<Terms, TermsError> {
    if text.len() > TEXT_BYTES_MAX {
        return Err(plain(Refused::TooLong(text.len())));
    }
    let wire: WireFile = toml::from_str(text).map_err(|error| TermsError {
        line: error.span().map(|span| line_of(text, span.start)),
        clause: None,
        refused: Refused::NotTheFormat(error.message().to_owned()),
    })?;
    let reader = Reader::beside(terms, text);
    let stated = wire.agreement.get_ref();
    let same = (*stated == terms.digest().to_string()).then_some(());
    reader.line(&wire.agreement).value(same, "agreement", stated, "the digest of the signed text")?;
    let found = wire.readings.len();
    if found > READINGS_MAX {
        return Err(plain(Refused::TooMany { what: "readings", found, most: READINGS_MAX }));
    }
    if wire.readings.is_empty() {
        return Err(plain(Refused::LeftOpen("what is read otherwise")));
    }
    for reading in &wire.readings {
        let label = reading.party.get_ref();
        let own = (label == by.as_str()).then_some(());
        reader.line(&reading.party).value(own, "party", label, "the party whose reading this is")?;
    }
    let own = reader.readings(wire.readings)?;
    let (signed, attached) = terms.readings.split_at(terms.readings.len() - terms.attached_readings().len());
    let stands = |one: &Reading| {
        signed.iter().any(|known| known.party == *by && same_target(&known.change, &one.change))
    };
    if let Some(again) = own.iter().find(|one| stands(one)) {
        let refused = Refused::Twice { what: "reading by", id: by.to_string() };
        return Err(TermsError { line: None, clause: Some(again.clause), refused });
    }
    let others = attached.iter().filter(|one| one.party != *by);
    let readings = signed.iter().chain(others).cloned().chain(own).collect();
    Ok(Terms { readings, ..terms.clone() })
}
