//! Parties, agents, neutrals, crossings and legs.

use std::collections::BTreeSet;

use super::{At, NAME_BYTES_MAX, Reader, day, unknown};
use crate::agreement::wire::{WireAgent, WireLeg, WireNamed, WireNeutral, WireSide};
use crate::agreement::{
    Agent, CountsOn, Destination, Family, LabelId, Leg, Neutral, NeutralRole, Object, Refused, Side,
    SideStatus, TermsError,
};
use crate::ids::Party;

const ROLES: [(&str, NeutralRole); 5] = [
    ("host", NeutralRole::Host),
    ("guarantor", NeutralRole::Guarantor),
    ("carrier", NeutralRole::Carrier),
    ("custodian", NeutralRole::Custodian),
    ("verifier", NeutralRole::Verifier),
];

/// Words of the formats that stand where a label can: a party of that name could not be told from them.
const RESERVED: [&str; 3] = ["both", "holder", "receiver"];

impl Reader<'_> {
    pub(super) fn sides(
        &mut self,
        parties: Vec<WireSide>,
        neutrals: Vec<WireNeutral>,
    ) -> Result<(), TermsError> {
        let mut seen = BTreeSet::new();
        let mut id = |at: At, label: &str| {
            let free = Party::new(label).ok().filter(|_| !RESERVED.contains(&label));
            let id = at.value(
                free,
                "id",
                label,
                "a label of a-z, 0-9 and '-', other than both, holder, receiver",
            )?;
            if seen.insert(id.clone()) {
                Ok(id)
            } else {
                at.refuse(Refused::Twice { what: "party", id: id.to_string() })
            }
        };
        for wire in parties {
            let at = self.line(&wire.id);
            let status = match wire.status.as_deref() {
                None | Some("recognised") => SideStatus::Recognised,
                Some("unclear") => SideStatus::Unclear,
                Some(other) => return at.value(None, "status", other, "recognised or unclear"),
            };
            let (id, name) = (id(at, wire.id.get_ref())?, at.words(wire.name, "name", NAME_BYTES_MAX)?);
            self.parties.push(Side { id, name, status });
        }
        for wire in neutrals {
            let at = self.line(&wire.id);
            let (id, name) = (id(at, wire.id.get_ref())?, at.words(wire.name, "name", NAME_BYTES_MAX)?);
            let mut roles = Vec::new();
            for word in &wire.roles {
                let role =
                    at.word(&ROLES, "roles", word, "host, guarantor, carrier, custodian or verifier")?;
                if roles.contains(&role) {
                    return at.refuse(Refused::Twice { what: "role", id: word.clone() });
                }
                roles.push(role);
            }
            self.neutrals.push(Neutral { id, name, roles });
        }
        if self.parties.len() < 2 {
            return At::NOWHERE.contradiction("an agreement has at least two parties");
        }
        Ok(())
    }

    pub(super) fn agents(&self, wire: Vec<WireAgent>) -> Result<Vec<Agent>, TermsError> {
        let mut read = Vec::new();
        for agent in wire {
            let at = self.line(&agent.party);
            let party = self.party(at, agent.party.get_ref())?;
            let from = day(agent.from, at, "from")?;
            let until = agent.until.map(|until| day(until, at, "until")).transpose()?;
            if until.is_some_and(|until| until < from) {
                return at.contradiction("an agent's authority ends before it begins");
            }
            read.push(Agent { party, name: at.words(agent.name, "name", NAME_BYTES_MAX)?, from, until });
        }
        Ok(read)
    }

    pub(super) fn crossings(&mut self, wire: Vec<WireNamed>) -> Result<(), TermsError> {
        for crossing in wire {
            let at = self.line(&crossing.id);
            let id = at.label(crossing.id.get_ref(), "crossing id")?;
            let name = at.words(crossing.name, "crossing name", NAME_BYTES_MAX)?;
            if self.crossings.insert(id, name).is_some() {
                let id = crossing.id.get_ref().clone();
                return at.refuse(Refused::Twice { what: "crossing", id });
            }
        }
        Ok(())
    }

    pub(super) fn legs(&mut self, wire: Vec<WireLeg>) -> Result<(), TermsError> {
        if wire.is_empty() {
            return At::NOWHERE.open("no leg says who releases to whom");
        }
        for leg in wire {
            let read = self.leg(leg)?;
            self.legs.push(read);
        }
        Ok(())
    }

    fn leg(&self, wire: WireLeg) -> Result<Leg, TermsError> {
        let line = self.line(&wire.id);
        let Some(clause) = &wire.clause else { return line.open("a leg without its clause") };
        let at = self.clause(clause)?;
        let id = self.new_id(at, &wire.id, "leg", |id| self.legs.iter().any(|leg| leg.id == *id))?;
        let (from, to) = (self.party(at, &wire.from)?, self.party(at, &wire.to)?);
        if from == to {
            return at.contradiction("a party cannot release to itself");
        }
        let objects =
            [("persons", Object::Persons), ("remains", Object::Remains), ("effects", Object::Effects)];
        let word = wire.object.as_deref().unwrap_or("persons");
        let object = at.word(&objects, "object", word, "persons, remains or effects")?;
        let account = account(at, object, wire.account.as_deref())?;
        let destination = match (object, wire.destination.as_deref()) {
            (Object::Persons, None) => return at.open("where the people of a leg end"),
            (_, None) => Destination::Home,
            (_, Some(word)) => at.word(
                &Destination::ALL,
                "destination",
                word,
                "home, neutral-hospital, neutral-internment, neutral-custody, third-country or deportation",
            )?,
        };
        let custodian = wire.custodian.as_deref().map(|label| self.neutral(at, label)).transpose()?;
        let kept = matches!(
            destination,
            Destination::NeutralHospital | Destination::NeutralInternment | Destination::NeutralCustody
        );
        if kept && custodian.is_none() {
            return at.open("which neutral keeps the people of a leg");
        }
        let crossing = match wire.crossing.as_deref() {
            None => None,
            Some(label) => match LabelId::new(label).filter(|id| self.crossings.contains_key(id)) {
                None => return at.refuse(unknown("crossing", label)),
                known => known,
            },
        };
        let counts_on = match wire.counts_on.as_deref() {
            None | Some("receipt") => CountsOn::Receipt,
            Some("declaration") if object == Object::Persons => CountsOn::Declaration,
            Some(other) => {
                return at.value(None, "counts_on", other, "receipt, or declaration for persons");
            }
        };
        let together = wire.together.as_deref().map(|label| at.label(label, "together")).transpose()?;
        let clause = *clause.get_ref();
        Ok(Leg {
            id,
            clause,
            from,
            to,
            object,
            account,
            destination,
            custodian,
            crossing,
            counts_on,
            together,
        })
    }
}

fn account(at: At, object: Object, word: Option<&str>) -> Result<Family, TermsError> {
    match (object, word) {
        (Object::Persons, None) => Ok(Family::Exchange),
        (Object::Persons, Some(word)) => {
            let read = Family::from_code(word).filter(|family| *family != Family::RemainsAndEffects);
            at.value(read, "account", word, "exchange, by-law or unilateral")
        }
        (_, None | Some("remains-and-effects")) => Ok(Family::RemainsAndEffects),
        (_, Some(word)) => at.value(None, "account", word, "remains-and-effects, or nothing"),
    }
}
