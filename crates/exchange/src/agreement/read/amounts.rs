//! Classes, scales, quantities, ratios and readings.

use super::{At, CLAUSE_BYTES_MAX, NAME_BYTES_MAX, Reader, places, unknown};
use crate::agreement::wire::{
    WireClass, WireFraction, WirePerDay, WireQuantity, WireRatio, WireRatioSide, WireReading, WireScale,
};
use crate::agreement::{
    Amount, Carry, Change, Class, Family, LabelId, Matching, Object, PerDay, Quantity, Ratio, RatioSide,
    Reading, Refused, Rounding, Scale, SideWorth, TermsError, Unit, Worth,
};
use crate::rational::Rational;

/// The most heads of one amount.
const HEADS_MAX: u32 = 100_000_000;
/// The greatest number above or below the line of a worth.
const WORTH_MAX: i128 = 1_000_000;

/// The keys of an amount, which a quantity and a reading share.
#[derive(Clone, Copy)]
struct Wanted {
    exactly: Option<u32>,
    at_least: Option<u32>,
    at_most: Option<u32>,
    all: Option<bool>,
    known: Option<u32>,
}

impl Wanted {
    fn is_silent(self) -> bool {
        let numbers = [self.exactly, self.at_least, self.at_most, self.known];
        self.all.is_none() && numbers.iter().all(Option::is_none)
    }

    fn read(self, at: At) -> Result<Amount, TermsError> {
        let within = |number| at.within("an amount", number, 0, HEADS_MAX);
        match self {
            Self { exactly: Some(number), at_least: None, at_most: None, all: None, known: None } => {
                Ok(Amount::Exactly(within(number)?))
            }
            Self { exactly: None, at_least: Some(number), at_most: None, all: None, known: None } => {
                Ok(Amount::AtLeast(within(number)?))
            }
            Self { exactly: None, at_least: None, at_most: Some(number), all: None, known: None } => {
                Ok(Amount::AtMost(within(number)?))
            }
            Self { exactly: None, at_least: Some(least), at_most: Some(most), all: None, known: None } => {
                if least > most {
                    return at.contradiction("at_least is more than at_most");
                }
                Ok(Amount::Between(within(least)?, within(most)?))
            }
            Self { exactly: None, at_least: None, at_most: None, all: Some(true), known } => {
                Ok(Amount::All { known: known.map(within).transpose()? })
            }
            Self { exactly: None, at_least: None, at_most: None, all: None | Some(false), known: None } => {
                at.open("how many: exactly, at_least, at_most, both of these, or all = true")
            }
            _ => at.contradiction("an amount is exactly, or at_least and at_most, or all = true with known"),
        }
    }
}

impl Reader<'_> {
    pub(super) fn classes(&mut self, wire: Vec<WireClass>) -> Result<(), TermsError> {
        for class in wire {
            let at = self.line(&class.id);
            let id =
                self.new_id(at, &class.id, "class", |id| self.classes.iter().any(|one| one.id == *id))?;
            let name = at.words(class.name, "class name", NAME_BYTES_MAX)?;
            let most = class.most.map(|most| at.within("most", most, 1, HEADS_MAX)).transpose()?;
            self.classes.push(Class { id, name, most });
        }
        Ok(())
    }

    pub(super) fn scales(&mut self, wire: Vec<WireScale>) -> Result<(), TermsError> {
        for scale in wire {
            let at = self.clause(&scale.clause)?;
            let id = self.new_id(at, &scale.id, "scale", |id| self.scales.iter().any(|one| one.id == *id))?;
            let mut worths: Vec<Worth> = Vec::new();
            for wire in &scale.worths {
                let at = At { line: self.line(&wire.class).line, ..at };
                let class = self.class_id(at, wire.class.get_ref())?;
                if worths.iter().any(|worth| worth.class == class) {
                    return at.refuse(Refused::Twice { what: "worth of", id: class.to_string() });
                }
                worths.push(Worth { class, worth: fraction(at, &wire.worth)?, verified: !wire.unverified });
            }
            if worths.is_empty() {
                return at.open("a scale that values no class");
            }
            self.scales.push(Scale { id, clause: *scale.clause.get_ref(), worths });
        }
        Ok(())
    }

    fn class_id(&self, at: At, label: &str) -> Result<LabelId, TermsError> {
        let known = self.classes.iter().find(|class| class.id.as_str() == label);
        known.map_or_else(|| at.refuse(unknown("class", label)), |class| Ok(class.id.clone()))
    }

    fn scale_id(&self, at: At, label: &str) -> Result<LabelId, TermsError> {
        let known = self.scales.iter().find(|scale| scale.id.as_str() == label);
        known.map_or_else(|| at.refuse(unknown("scale", label)), |scale| Ok(scale.id.clone()))
    }

    pub(super) fn quantities(&mut self, wire: Vec<WireQuantity>) -> Result<(), TermsError> {
        for quantity in wire {
            let read = self.quantity(&quantity)?;
            self.quantities.push(read);
        }
        Ok(())
    }

    fn quantity(&self, wire: &WireQuantity) -> Result<Quantity, TermsError> {
        let at = self.clause(&wire.clause)?;
        let known = |id: &LabelId| self.quantities.iter().any(|one| one.id == *id);
        let id = self.new_id(at, &wire.id, "quantity", known)?;
        let legs = self.places_of_legs(at, &wire.legs)?;
        if legs.is_empty() {
            return at.open("a quantity that counts no leg");
        }
        let unit = self.unit(at, wire, &legs)?;
        let wanted = Wanted {
            exactly: wire.exactly,
            at_least: wire.at_least,
            at_most: wire.at_most,
            all: wire.all,
            known: wire.known,
        };
        let amount = match wire.not_published {
            Some(true) if wanted.is_silent() => Amount::NotPublished,
            Some(_) => return at.contradiction("not_published is true and alone, or is not there"),
            None => wanted.read(at)?,
        };
        let class_at = |label: &str| self.classes.iter().position(|class| class.id.as_str() == label);
        let classes = places(at, "class", &wire.classes, class_at)?;
        Ok(Quantity {
            id,
            clause: *wire.clause.get_ref(),
            categories: self.category_ids(at, &wire.categories)?,
            classes: classes.into_iter().map(|place| self.classes[place].id.clone()).collect(),
            unit,
            amount,
            per_day: wire.per_day.as_ref().map(|limits| per_day(at, limits)).transpose()?,
            legs,
        })
    }

    fn unit(&self, at: At, wire: &WireQuantity, legs: &[usize]) -> Result<Unit, TermsError> {
        let object = self.legs[legs[0]].object;
        if legs.iter().any(|leg| self.legs[*leg].object != object) {
            return at.contradiction("a quantity counts legs of one object: persons, remains or effects");
        }
        let unit = match (wire.unit.as_deref(), object) {
            (None, Object::Persons) => Unit::Heads,
            (None, Object::Effects) => Unit::Items,
            (None, Object::Remains) => {
                return at.open("whether remains are counted in containers or in persons identified");
            }
            (Some("heads"), Object::Persons) => Unit::Heads,
            (Some("items"), Object::Effects) => Unit::Items,
            (Some("containers"), Object::Remains) => Unit::Containers,
            (Some("identified"), Object::Remains) => Unit::Identified,
            (Some("value"), Object::Persons | Object::Remains) => {
                let Some(scale) = &wire.scale else { return at.open("the scale of a value") };
                Unit::Value(self.scale_id(at, scale)?)
            }
            (Some(other), _) => {
                let expected = "heads or value (persons), containers, identified or value (remains), items";
                return at.value(None, "unit", other, expected);
            }
        };
        if wire.scale.is_some() && !matches!(unit, Unit::Value(_)) {
            return at.contradiction("a scale without unit = \"value\"");
        }
        Ok(unit)
    }

    pub(super) fn ratios(&self, wire: Vec<WireRatio>) -> Result<Vec<Ratio>, TermsError> {
        let mut read: Vec<Ratio> = Vec::new();
        for ratio in wire {
            let at = self.clause(&ratio.clause)?;
            let id = self.new_id(at, &ratio.id, "ratio", |id| read.iter().any(|one| one.id == *id))?;
            let sides = ratio.sides.iter().map(|side| self.side(at, side)).collect::<Result<Vec<_>, _>>()?;
            let Ok(sides) = <[RatioSide; 2]>::try_from(sides) else {
                return at.contradiction("a ratio has two sides");
            };
            if sides[0].legs.iter().any(|leg| sides[1].legs.contains(leg)) {
                return at.contradiction("a leg stands on both sides of a ratio");
            }
            let Some(word) = &ratio.rounding else { return at.open("what becomes of a fraction of a head") };
            let roundings = [("down", Rounding::Down), ("up", Rounding::Up), ("nearest", Rounding::Nearest)];
            let rounding = at.word(&roundings, "rounding", word, "down, up or nearest")?;
            let Some(word) = &ratio.carry else { return at.open("what becomes of a difference") };
            let carries = [("carried", Carry::Carried), ("lapses", Carry::Lapses)];
            let carry = at.word(&carries, "carry", word, "carried or lapses")?;
            let by_scale = sides.iter().all(|side| matches!(side.worth, SideWorth::Scale(_)));
            let matching = match ratio.equal_first {
                Some(true) if !by_scale => {
                    return at.contradiction("equal_first needs a scale on both sides");
                }
                Some(true) => Matching::EqualFirst,
                None if by_scale => return at.open("whether equal goes against equal first"),
                None | Some(false) => Matching::ByValue,
            };
            read.push(Ratio { id, clause: *ratio.clause.get_ref(), sides, matching, rounding, carry });
        }
        Ok(read)
    }

    fn side(&self, at: At, wire: &WireRatioSide) -> Result<RatioSide, TermsError> {
        let legs = self.places_of_legs(at, &wire.legs)?;
        if legs.is_empty() {
            return at.open("a side of a ratio without a leg");
        }
        let worth = match (&wire.each, &wire.scale) {
            (Some(each), None) => SideWorth::Each(fraction(at, each)?),
            (None, Some(scale)) => SideWorth::Scale(self.scale_id(at, scale)?),
            (None, None) => return at.open("what a head of one side of a ratio is worth: each, or scale"),
            (Some(_), Some(_)) => return at.contradiction("a side of a ratio has each or scale, not both"),
        };
        Ok(RatioSide { legs, worth })
    }

    pub(super) fn readings(&self, wire: Vec<WireReading>) -> Result<Vec<Reading>, TermsError> {
        let mut read: Vec<Reading> = Vec::new();
        for reading in wire {
            let at = self.clause(&reading.clause)?;
            let party = self.party(at, reading.party.get_ref())?;
            let clause = *reading.clause.get_ref();
            let change = self.change(at, &reading)?;
            let twice = read.iter().any(|one| one.party == party && same_target(&one.change, &change));
            if twice {
                return at.refuse(Refused::Twice { what: "reading by", id: party.to_string() });
            }
            let says = at.words(reading.says, "reading", CLAUSE_BYTES_MAX)?;
            read.push(Reading { party, clause, change, says });
        }
        Ok(read)
    }

    fn change(&self, at: At, wire: &WireReading) -> Result<Change, TermsError> {
        let amount = Wanted {
            exactly: wire.exactly,
            at_least: wire.at_least,
            at_most: wire.at_most,
            all: wire.all,
            known: wire.known,
        };
        let targets =
            [wire.quantity.is_some(), wire.leg.is_some(), wire.category.is_some(), wire.scale.is_some()];
        if targets.into_iter().filter(|named| *named).count() > 1 {
            return at.contradiction("a reading is about one of quantity, leg, category or scale");
        }
        self.nothing_stray(at, wire)?;
        if let Some(label) = &wire.quantity {
            let place = self.quantities.iter().position(|one| one.id.as_str() == label);
            let Some(quantity) = place else { return at.refuse(unknown("quantity", label)) };
            return Ok(Change::Amount { quantity, amount: amount.read(at)? });
        }
        if let Some(label) = &wire.leg {
            let leg = self.places_of_legs(at, std::slice::from_ref(label))?[0];
            let account = self.account_read(at, wire)?;
            return Ok(Change::LegAccount { leg, account });
        }
        if let Some(label) = &wire.category {
            let category = self.category_ids(at, std::slice::from_ref(label))?.remove(0);
            return match &wire.when {
                Some(when) => Ok(Change::When { category, predicate: super::people::predicate(when, at)? }),
                None => Ok(Change::CategoryAccount { category, account: self.account_read(at, wire)? }),
            };
        }
        if let Some(label) = &wire.scale {
            let scale = self.scale_id(at, label)?;
            let (Some(class), Some(worth)) = (&wire.class, &wire.worth) else {
                return at.open("the class and the worth that a party reads in a scale");
            };
            let (class, worth) = (self.class_id(at, class)?, fraction(at, worth)?);
            return Ok(Change::Worth { scale, class, worth });
        }
        Ok(Change::Words)
    }

    /// What a reading says belongs to what it is about: a number without its quantity would be words in silence.
    fn nothing_stray(&self, at: At, wire: &WireReading) -> Result<(), TermsError> {
        let amount = [wire.exactly, wire.at_least, wire.at_most, wire.known].iter().any(Option::is_some);
        let account = wire.leg.is_some() || (wire.category.is_some() && wire.when.is_none());
        if (amount || wire.all.is_some()) && wire.quantity.is_none() {
            return at.contradiction("a reading of an amount names the quantity");
        }
        if wire.account.is_some() && !account {
            return at.contradiction("a reading of an account names a leg or a category, and no `when`");
        }
        if (wire.class.is_some() || wire.worth.is_some()) && wire.scale.is_none() {
            return at.contradiction("a reading of a worth names the scale");
        }
        if wire.when.is_some() && wire.category.is_none() {
            return at.contradiction("a reading of `when` names the category");
        }
        Ok(())
    }

    fn account_read(&self, at: At, wire: &WireReading) -> Result<Family, TermsError> {
        let Some(word) = &wire.account else { return at.open("the account that a party reads") };
        let read = Family::from_code(word).filter(|family| *family != Family::RemainsAndEffects);
        at.value(read, "account", word, "exchange, by-law or unilateral")
    }
}

/// Whether two readings change the same thing, so that one party cannot hold both.
pub(super) fn same_target(one: &Change, other: &Change) -> bool {
    match (one, other) {
        (Change::Amount { quantity: a, .. }, Change::Amount { quantity: b, .. }) => a == b,
        (Change::LegAccount { leg: a, .. }, Change::LegAccount { leg: b, .. }) => a == b,
        (Change::CategoryAccount { category: a, .. }, Change::CategoryAccount { category: b, .. })
        | (Change::When { category: a, .. }, Change::When { category: b, .. }) => a == b,
        (Change::Worth { scale: a, class: x, .. }, Change::Worth { scale: b, class: y, .. }) => {
            a == b && x == y
        }
        _ => false,
    }
}

fn fraction(at: At, wire: &WireFraction) -> Result<Rational, TermsError> {
    let (read, shown) = match wire {
        WireFraction::Whole(number) => (Some(Rational::whole(i128::from(*number))), number.to_string()),
        WireFraction::Text(text) => (Rational::read(text), text.clone()),
    };
    let fits = |worth: &Rational| (1..=WORTH_MAX).contains(&worth.over()) && worth.under() <= WORTH_MAX;
    let expected = "a whole number or a fraction, more than 0, no part above 1000000";
    at.value(read.filter(fits), "worth", &shown, expected)
}

fn per_day(at: At, wire: &WirePerDay) -> Result<PerDay, TermsError> {
    match (wire.at_least, wire.at_most) {
        (None, None) => at.open("the least or the most of a day"),
        (Some(least), Some(most)) if least > most => {
            at.contradiction("the least of a day is more than its most")
        }
        (least, most) => Ok(PerDay {
            least: least.map(|least| at.within("the least of a day", least, 1, HEADS_MAX)).transpose()?,
            most: most.map(|most| at.within("the most of a day", most, 1, HEADS_MAX)).transpose()?,
        }),
    }
}
