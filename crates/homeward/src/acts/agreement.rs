//! The agreement between the two logs: put forward by one, accepted by the other; its terms as this node knows them.

use exchange::agreement::Terms;
use parley::{Body, Digest, Record};
use register::Register;

use crate::act::{Act, ActError};
use crate::acts::{bookable, matters};

/// Where the agreement stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// No text has been put forward.
    None,
    /// A text waits for the other party.
    PutForward {
        /// Its entry.
        entry: parley::EntryId,
        /// By whom.
        author: parley::PartyId,
        /// Its digest.
        digest: Digest,
    },
    /// Both have signed this text.
    InForce {
        /// Its digest.
        digest: Digest,
    },
}

/// Where the agreement stands by both logs: a text that both signed, else one that waits.
pub fn standing(record: &Record) -> Standing {
    let texts = record.view().texts();
    if let Some(text) = texts.iter().find(|text| text.accepted.is_some()) {
        return Standing::InForce { digest: text.digest };
    }
    let waits = texts.iter().find(|text| text.rejected.is_none() && text.withdrawn.is_none());
    waits.map_or(Standing::None, |text| Standing::PutForward {
        entry: text.entry,
        author: text.author,
        digest: text.digest,
    })
}

/// The terms of the text that is in force or waits, as far as this node has its bytes.
pub async fn terms_of(register: &Register, record: &Record) -> Result<Option<Terms>, ActError> {
    let digest = match standing(record) {
        Standing::None => return Ok(None),
        Standing::PutForward { digest, .. } | Standing::InForce { digest } => digest,
    };
    let mut reading = register.read().await?;
    let Some(attachment) = reading.attachment(&exchange::ids::Digest(digest.0)).await? else {
        return Ok(None);
    };
    match read_terms(&attachment.bytes) {
        Some(terms) => Ok(Some(matters::attach_readings(&mut reading, record, terms).await?)),
        None => Ok(None),
    }
}

fn read_terms(bytes: &[u8]) -> Option<Terms> {
    Terms::parse(std::str::from_utf8(bytes).ok()?).ok()
}

/// Reads the text that stands, so that the desk shows that one and no other: a further text beside it changes nothing
/// until it stands itself. Where its bytes are not here, no text is shown.
pub async fn take_up(act: &mut Act<'_>) -> Result<(), ActError> {
    let stands = match standing(act.record()) {
        Standing::None => return Ok(()),
        Standing::PutForward { digest, .. } | Standing::InForce { digest } => digest,
    };
    if act.shared().terms.as_ref().is_some_and(|terms| terms.digest().0 == stands.0) {
        return Ok(());
    }
    act.shared().terms = text_of(act, stands).await?;
    matters::read_again(act).await
}

/// The terms of a text whose bytes are here; nothing where they are not, or are no terms.
async fn text_of(act: &mut Act<'_>, digest: Digest) -> Result<Option<Terms>, ActError> {
    let attachment = act.tx.attachment(&exchange::ids::Digest(digest.0)).await?;
    Ok(attachment.and_then(|attachment| read_terms(&attachment.bytes)))
}

/// Checks a text before it is drafted: it must be terms of this agreement between these parties.
pub fn check_text(act: &Act<'_>, text: &str) -> Result<Terms, ActError> {
    let terms = Terms::parse(text).map_err(|why| ActError::rule("terms", why))?;
    of_this_agreement(act, &terms)?;
    if standing(act.record()) != Standing::None {
        return Err(ActError::rule("text-waits", ""));
    }
    let digest = Digest(terms.digest().0);
    act.record().check(&act.node().me, &Body::Text { digest })?;
    Ok(terms)
}

/// Refuses a text of another agreement or other parties, one that leaves something open, and one that the shared record
/// cannot carry: nobody signs these, whoever put them forward.
fn of_this_agreement(act: &Act<'_>, terms: &Terms) -> Result<(), ActError> {
    let config = &act.node().config;
    let parties: Vec<_> = terms.parties.iter().map(|party| party.id.as_str().to_owned()).collect();
    if terms.id != config.agreement || parties != config.parties {
        return Err(ActError::rule("other-agreement", &terms.id));
    }
    match terms.stand_ins.first() {
        Some(open) => Err(ActError::rule("stand-in", open.clause)),
        None => Ok(bookable::check(terms)?),
    }
}

/// Puts a text forward: the entry, and the text beside it.
pub async fn put_forward(act: &mut Act<'_>, text: &str) -> Result<(), ActError> {
    let terms = check_text(act, text)?;
    let digest = act.attach("terms", text.as_bytes()).await?;
    act.append(Body::Text { digest }).await?;
    act.shared().terms = Some(terms);
    Ok(())
}

/// Finds the text that waits for this side. Its bytes must be here and be terms: nobody signs what cannot be read.
pub async fn check_acceptable(act: &mut Act<'_>) -> Result<parley::EntryId, ActError> {
    let Standing::PutForward { entry, author, digest } = standing(act.record()) else {
        return Err(ActError::rule("no-text-waits", ""));
    };
    // The very text that stands, not the one that the desk last showed.
    let read = if author == act.node().me { None } else { text_of(act, digest).await? };
    let Some(terms) = read else { return Err(ActError::rule("no-text-waits", "")) };
    of_this_agreement(act, &terms)?;
    act.record().check(&act.node().me, &Body::Accept { entry })?;
    Ok(entry)
}

/// Accepts the text that the other party put forward, if it is still the one that the first officer saw.
pub async fn accept(act: &mut Act<'_>, seen: parley::EntryId) -> Result<(), ActError> {
    let entry = check_acceptable(act).await?;
    if entry != seen {
        return Err(ActError::rule("text-changed", ""));
    }
    act.append(Body::Accept { entry }).await?;
    Ok(())
}

/// The terms in force, or the refusal that there are none yet.
pub fn in_force<'a>(act: &'a mut Act<'_>) -> Result<&'a Terms, ActError> {
    if !matches!(standing(act.record()), Standing::InForce { .. }) {
        return Err(ActError::rule("no-agreement", ""));
    }
    act.shared().terms.as_ref().ok_or(ActError::NotFound)
}
