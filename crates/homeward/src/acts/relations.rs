//! What an officer has to do with a person outside the office. Whoever is related to a person, or paid for the case,
//! touches nothing of it: the guard of the routes refuses ([`crate::web::closed`]).

use exchange::ids::PersonId;
use register::{RegisterError, RelationKind, RelationRow};

use crate::act::{Act, ActError};

/// Kinds of relation, in the order a form offers them; message keys `relation-<code>`.
pub const KINDS: [RelationKind; 4] =
    [RelationKind::Related, RelationKind::Paid, RelationKind::ServedWith, RelationKind::Other];

/// Declares that an officer has a relation to a person, by the officer or by an administrator.
///
/// # Errors
/// [`ActError::NotFound`] without such an officer or person; the rule `relation-declared` when it stands already.
pub async fn declare(
    act: &mut Act<'_>,
    officer: &str,
    person: PersonId,
    kind: RelationKind,
) -> Result<(), ActError> {
    if act.tx.officer(officer).await?.is_none() {
        return Err(ActError::NotFound);
    }
    match act.tx.person(person).await {
        Ok(Some(_)) => {}
        Ok(None) | Err(RegisterError::Shredded(_)) => return Err(ActError::NotFound),
        Err(why) => return Err(why.into()),
    }
    if act.tx.relation(officer, person).await?.is_some_and(|row| row.lifted.is_none()) {
        return Err(ActError::rule("relation-declared", officer));
    }
    let row = RelationRow {
        officer: officer.to_owned(),
        person,
        kind,
        declared_at: act.node().clock.now(),
        declared_by: act.actor.officer.clone(),
        lifted: None,
    };
    Ok(act.tx.put(&row).await?)
}

/// Lifts a relation that was declared in error. Nobody lifts an own one.
///
/// # Errors
/// The rule `own-relation`; [`ActError::NotFound`] when none stands.
pub async fn lift(act: &mut Act<'_>, officer: &str, person: PersonId) -> Result<(), ActError> {
    if act.actor.officer == officer {
        return Err(ActError::rule("own-relation", officer));
    }
    let row = match act.tx.relation(officer, person).await {
        Ok(row) => row.filter(|row| row.lifted.is_none()),
        Err(RegisterError::Shredded(_)) => None,
        Err(why) => return Err(why.into()),
    };
    let row = row.ok_or(ActError::NotFound)?;
    let lifted = Some((act.node().clock.now(), act.actor.officer.clone()));
    Ok(act.tx.put(&RelationRow { lifted, ..row }).await?)
}
