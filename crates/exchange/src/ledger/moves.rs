//! The rules of posting: what each act about a person or a lot moves, and when it cannot follow.

use super::{
    Cell, Course, Ground, Ledger, Line, Move, MoveKind, Place, Post, Posting, Unbookable, Voice, Who,
};
use crate::agreement::{Family, Object, Shown, Terms};
use crate::ids::Item;

impl Ledger {
    pub(super) fn moved(&mut self, terms: &Terms, by: Voice, act: &Move) -> Result<(), Unbookable> {
        self.lines.seek(&act.item);
        self.courses.seek((act.round, act.leg));
        self.is_of_the_terms(terms, act)?;
        self.may_state(terms, by, act)?;
        match act.kind {
            MoveKind::Listed | MoveKind::Refilled => self.take_slot(terms, act),
            MoveKind::Vacated(ground) => self.leave_slot(act, Some(ground)),
            MoveKind::TakenBack => self.leave_slot(act, None),
            MoveKind::Released => self.release(terms, act),
            MoveKind::Received => self.receive(terms, act),
            MoveKind::Disputed(ground) => self.dispute(act, ground),
            MoveKind::Declared => self.declare(terms, by, act),
            MoveKind::ReturnedOutside(family) => self.return_outside(act, family),
            MoveKind::Identified { person } => self.identify(act, person),
            MoveKind::IdentityWithdrawn { person } => self.withdraw_identity(act, person),
        }
    }

    fn is_of_the_terms(&self, terms: &Terms, act: &Move) -> Result<(), Unbookable> {
        let Some(rules) = self.legs.get(usize::from(act.leg)) else {
            return Err(Unbookable::NotInTerms("leg"));
        };
        if act.category.is_some_and(|place| usize::from(place) >= terms.categories.len()) {
            return Err(Unbookable::NotInTerms("category"));
        }
        if act.class.is_some_and(|place| usize::from(place) >= terms.classes.len()) {
            return Err(Unbookable::NotInTerms("class"));
        }
        if act.who == Who::Lot(0) {
            return Err(Unbookable::EmptyLot);
        }
        for (scale, valued) in &rules.scales {
            if act.class.is_none_or(|class| valued >> class & 1 == 0) {
                let scale = &terms.scales[*scale];
                return Err(Unbookable::NoWorth { clause: scale.clause, scale: scale.id.clone() });
            }
        }
        Ok(())
    }

    /// Who may say what: a release is the releasing side's word, a receipt the receiving side's.
    fn may_state(&self, terms: &Terms, by: Voice, act: &Move) -> Result<(), Unbookable> {
        let rules = &self.legs[usize::from(act.leg)];
        let (what, expected, may) = match act.kind {
            MoveKind::Released => ("a release", "who releases", by == rules.from),
            MoveKind::TakenBack => ("taking back", "who releases", by == rules.from),
            MoveKind::Received => ("a receipt", "who receives", by == rules.to),
            MoveKind::Disputed(_) => ("a dispute", "who receives", by == rules.to),
            MoveKind::Declared => {
                ("a declaration", "who releases or who receives", by == rules.from || by == rules.to)
            }
            MoveKind::ReturnedOutside(_) => {
                ("a return outside the exchange", "who releases", by == rules.from)
            }
            // What has been said to be released is not unsaid by the receiver, who can dispute it.
            MoveKind::Vacated(_) if self.is_under_way(act) => {
                ("leaving a slot after the release", "who releases", by == rules.from)
            }
            _ => return Ok(()),
        };
        if may {
            return Ok(());
        }
        let clause = terms.legs[usize::from(act.leg)].clause;
        Err(Unbookable::NotTheirWord { clause, what, expected })
    }

    fn is_under_way(&self, act: &Move) -> bool {
        let gone = |line: &Line| act.who == Who::One && line.pending + line.disputed > 0;
        self.lines.get(&act.item).is_some_and(gone)
    }

    /// A slot of the first list, which it opens, or one that another has left.
    fn take_slot(&mut self, terms: &Terms, act: &Move) -> Result<(), Unbookable> {
        let count = act.who.count();
        let places = self.places(terms, act)?;
        self.may_be_listed(act)?;
        let course = self.course(act);
        let refilled = act.kind == MoveKind::Refilled;
        // A slot that was left can be taken again until the group is complete: what is owed is not lost by leaving.
        if course.complete || (!refilled && self.group(act).any(|other| other.ready)) {
            return Err(Unbookable::ListedTooLate(act.round));
        }
        if refilled && course.open < count {
            return Err(Unbookable::NoOpenSlot(act.round));
        }
        let opens = if refilled { 0 } else { count };
        let opened = course.opened.checked_add(opens).ok_or(Unbookable::Overflow)?;
        if let Some(places) = places.filter(|places| !refilled && opened > *places) {
            return Err(Unbookable::NoPlaceLeft { round: act.round, places });
        }
        self.class_has_room(terms, act, count)?;
        let mut line = self.line_for_list(act);
        line.listed = line.listed.checked_add(count).ok_or(Unbookable::Overflow)?;
        line.was_listed = true;
        self.keep(act, line);
        self.transfer(act, Post::Owed, Post::Listed, count);
        let course = self.course_mut(act);
        course.taken += count;
        course.opened = opened;
        course.by_list = true;
        if refilled {
            course.open -= count;
            self.refilled.entry((act.round, act.leg)).or_default().push(act.item);
        }
        Ok(())
    }

    /// The places of the act's round, where the terms have rounds and the leg is of the exchange.
    fn places(&self, terms: &Terms, act: &Move) -> Result<Option<u32>, Unbookable> {
        if !self.keeps_rounds(terms, act) {
            return Ok(None);
        }
        let round = terms.round(act.round).ok_or(Unbookable::NoSuchRound(act.round))?;
        let category = act.category.map(|place| &terms.categories[usize::from(place)].id);
        if !category.is_some_and(|category| round.categories.contains(category)) {
            return Err(Unbookable::NotAdmitted(act.round));
        }
        Ok(Some(round.places))
    }

    /// Whether only those listed in a round go along the leg.
    fn keeps_rounds(&self, terms: &Terms, act: &Move) -> bool {
        let rules = &self.legs[usize::from(act.leg)];
        !terms.rounds.is_empty() && rules.object == Object::Persons && rules.family == Family::Exchange
    }

    /// Whether a person can take a slot: never listed, or out of a slot of an earlier round. A lot can grow where it is.
    fn may_be_listed(&self, act: &Move) -> Result<(), Unbookable> {
        let Some(line) = self.lines.get(&act.item) else { return Ok(()) };
        if act.who != Who::One {
            let same = self.listed_as(act)?;
            return if same.was_listed && same.outside.is_none() {
                Ok(())
            } else {
                Err(Unbookable::DoesNotFollow(self.place_of(same)))
            };
        }
        if line.who != Who::One {
            return Err(Unbookable::PersonOrLot);
        }
        if !line.is_free() {
            return Err(Unbookable::PersonTwice { round: line.round, place: self.place_of(line) });
        }
        if self.legs[usize::from(line.leg)].from != self.legs[usize::from(act.leg)].from {
            return Err(Unbookable::OtherThanListed("direction"));
        }
        if line.round >= act.round {
            return Err(Unbookable::LeftThisRound(line.round));
        }
        Ok(())
    }

    fn line_for_list(&self, act: &Move) -> Line {
        match self.lines.get(&act.item) {
            Some(line) if act.who != Who::One => *line,
            _ => new_line(act),
        }
    }

    fn class_has_room(&self, terms: &Terms, act: &Move, count: u32) -> Result<(), Unbookable> {
        let Some(place) = act.class else { return Ok(()) };
        let class = &terms.classes[usize::from(place)];
        let taken = self.of_class.get(&place).copied().unwrap_or(0);
        let after = taken.checked_add(count).ok_or(Unbookable::Overflow)?;
        match class.most {
            Some(most) if after > most => Err(Unbookable::ClassFull { class: class.id.clone(), most }),
            _ => Ok(()),
        }
    }

    fn leave_slot(&mut self, act: &Move, ground: Option<Ground>) -> Result<(), Unbookable> {
        let (mut line, count) = (*self.listed_as(act)?, act.who.count());
        // A person may leave at any time before the receipt; of a lot only those still listed leave, so that the order in
        // which both sides' words arrive does not matter.
        let out: &[Post] = match (ground, act.who) {
            (Some(_), Who::One) => &[Post::Listed, Post::Disputed, Post::Pending],
            (Some(_), Who::Lot(_)) => &[Post::Listed],
            (None, _) if self.course(act).complete => &[Post::Disputed, Post::Pending],
            (None, _) => &[Post::Disputed, Post::Pending, Post::Held],
        };
        let mut taken = Vec::new();
        let mut wanted = count;
        for post in out {
            let there = line.at(*post);
            let some = wanted.min(*there);
            *there -= some;
            wanted -= some;
            taken.push((*post, some));
        }
        if wanted > 0 {
            return Err(self.short(act, count, count - wanted));
        }
        line.left = line.left.checked_add(count).ok_or(Unbookable::Overflow)?;
        line.taken_back = ground.is_none();
        self.keep(act, line);
        let mut was_held = 0;
        for (post, some) in taken.into_iter().filter(|(_, some)| *some > 0) {
            self.transfer(act, post, Post::Owed, some);
            if post == Post::Held {
                was_held += some;
            }
        }
        if let Some(ground) = ground {
            self.grounds.entry(act.item).or_default().push((act.round, ground, count));
        }
        let course = self.course_mut(act);
        course.received -= was_held;
        course.taken -= count - was_held;
        course.open += count;
        self.vacated.entry((act.round, act.leg)).or_default().push((act.item, ground, count));
        self.close_group(act);
        Ok(())
    }

    fn release(&mut self, terms: &Terms, act: &Move) -> Result<(), Unbookable> {
        self.group_goes(terms, act)?;
        self.gates_passed(terms, act)?;
        let count = act.who.count();
        let mut line = self.line_to_go(terms, act)?;
        let paired = count.min(line.acknowledged);
        let rest = count - paired;
        let opened = self.out_of_list(&mut line, act, rest)?;
        self.class_has_room(terms, act, opened)?;
        line.acknowledged -= paired;
        line.pending = line.pending.checked_add(rest).ok_or(Unbookable::Overflow)?;
        self.open_slots(act, opened)?;
        self.transfer(act, Post::Owed, Post::Pending, opened);
        self.transfer(act, Post::Listed, Post::Pending, rest - opened);
        self.pair(act, &mut line, Post::Acknowledged, paired);
        self.keep(act, line);
        self.close_group(act);
        Ok(())
    }

    fn receive(&mut self, terms: &Terms, act: &Move) -> Result<(), Unbookable> {
        self.group_goes(terms, act)?;
        let count = act.who.count();
        let mut line = self.line_to_go(terms, act)?;
        let from_pending = count.min(line.pending);
        let from_disputed = (count - from_pending).min(line.disputed);
        let rest = count - from_pending - from_disputed;
        if rest > 0 && self.keeps_rounds(terms, act) {
            return Err(self.short(act, count, count - rest));
        }
        let opened = self.out_of_list(&mut line, act, rest)?;
        self.class_has_room(terms, act, opened)?;
        line.pending -= from_pending;
        line.disputed -= from_disputed;
        line.acknowledged = line.acknowledged.checked_add(rest).ok_or(Unbookable::Overflow)?;
        self.open_slots(act, opened)?;
        self.transfer(act, Post::Owed, Post::Acknowledged, opened);
        self.transfer(act, Post::Listed, Post::Acknowledged, rest - opened);
        self.pair(act, &mut line, Post::Pending, from_pending);
        self.pair(act, &mut line, Post::Disputed, from_disputed);
        self.keep(act, line);
        self.close_group(act);
        Ok(())
    }

    /// The line of a person or lot that goes: as listed, or a new one where the terms ask for no list.
    fn line_to_go(&self, terms: &Terms, act: &Move) -> Result<Line, Unbookable> {
        match self.lines.get(&act.item) {
            None if self.keeps_rounds(terms, act) || self.group_has_lists(act) => Err(Unbookable::NotListed),
            None => Ok(new_line(act)),
            Some(_) => self.listed_as(act).copied(),
        }
    }

    /// Takes so many from the list; what was never listed opens its own slots. Answers how many it opened.
    fn out_of_list(&self, line: &mut Line, act: &Move, count: u32) -> Result<u32, Unbookable> {
        let listed = count.min(line.listed);
        let missing = count - listed;
        let may_open = match act.who {
            Who::Lot(_) => !line.was_listed,
            Who::One => {
                let gone = line.received() + line.acknowledged + line.pending + line.disputed;
                !line.was_listed && gone + line.left == 0
            }
        };
        if missing > 0 && (!may_open || line.outside.is_some()) {
            return Err(self.short(act, count, listed));
        }
        line.listed -= listed;
        Ok(missing)
    }

    fn open_slots(&mut self, act: &Move, count: u32) -> Result<(), Unbookable> {
        let course = self.course_mut(act);
        course.opened = course.opened.checked_add(count).ok_or(Unbookable::Overflow)?;
        course.taken += count;
        Ok(())
    }

    /// Both sides have said it: so many are received. What becomes of them depends on the leg.
    fn pair(&mut self, act: &Move, line: &mut Line, out: Post, count: u32) {
        if count == 0 {
            return;
        }
        let rules = &self.legs[usize::from(act.leg)];
        if rules.by_declaration {
            line.carried += count;
            self.transfer(act, out, Post::Carried, count);
            self.count_declared(act, line);
        } else if rules.together.is_empty() {
            line.filled += count;
            self.transfer(act, out, Post::Filled, count);
        } else {
            // Once the group is complete, nothing is held back any more.
            let into = if self.course(act).complete { Post::Filled } else { Post::Held };
            line.held += count;
            self.transfer(act, out, into, count);
        }
        let course = self.course_mut(act);
        course.taken -= count;
        course.received += count;
    }

    fn dispute(&mut self, act: &Move, ground: Ground) -> Result<(), Unbookable> {
        let (mut line, count) = (*self.listed_as(act)?, act.who.count());
        if line.pending < count {
            return Err(self.short(act, count, line.pending));
        }
        line.pending -= count;
        line.disputed += count;
        self.keep(act, line);
        self.transfer(act, Post::Pending, Post::Disputed, count);
        self.disputed.entry((act.round, act.leg)).or_default().push((act.item, ground, count));
        self.grounds.entry(act.item).or_default().push((act.round, ground, count));
        Ok(())
    }

    /// "Declared exchanged by name": what is carried counts once both have declared it.
    fn declare(&mut self, terms: &Terms, by: Voice, act: &Move) -> Result<(), Unbookable> {
        let leg = &terms.legs[usize::from(act.leg)];
        let rules = &self.legs[usize::from(act.leg)];
        if !rules.by_declaration {
            return Err(Unbookable::NotByDeclaration(leg.clause));
        }
        let side = usize::from(by != rules.from);
        let mut line = match self.lines.get(&act.item) {
            None => return Err(Unbookable::NotListed),
            Some(_) => *self.listed_as(act)?,
        };
        let declared = line.declared[side].checked_add(act.who.count()).ok_or(Unbookable::Overflow)?;
        if act.who == Who::One && declared > 1 {
            return Err(Unbookable::PersonTwice { round: line.round, place: self.place_of(&line) });
        }
        line.declared[side] = declared;
        self.count_declared(act, &mut line);
        self.keep(act, line);
        Ok(())
    }

    fn count_declared(&mut self, act: &Move, line: &mut Line) {
        let both = line.declared[0].min(line.declared[1]).min(line.carried + line.filled);
        let more = both.saturating_sub(line.filled);
        line.carried -= more;
        line.filled += more;
        self.transfer(act, Post::Carried, Post::Filled, more);
    }

    fn return_outside(&mut self, act: &Move, family: Family) -> Result<(), Unbookable> {
        if !matches!(family, Family::ByLaw | Family::Unilateral) {
            return Err(Unbookable::NotInTerms("account outside the exchange"));
        }
        let mut line = match self.lines.get(&act.item) {
            Some(line) if line.who != act.who => return Err(Unbookable::PersonOrLot),
            Some(line) if !line.is_free() => {
                return Err(Unbookable::PersonTwice { round: line.round, place: self.place_of(line) });
            }
            Some(line) if line.leg != act.leg => return Err(Unbookable::OtherThanListed("leg")),
            Some(line) => *line,
            None => new_line(act),
        };
        line.outside = Some(family);
        self.keep(act, line);
        let cell = cell_of(act);
        *self.outside.entry((family, cell)).or_insert(0) += i64::from(act.who.count());
        let count = act.who.count();
        self.postings.push(Posting { cell, family, from: Post::Promised, into: Post::Filled, count });
        Ok(())
    }

    fn identify(&mut self, act: &Move, person: Item) -> Result<(), Unbookable> {
        if self.legs[usize::from(act.leg)].object != Object::Remains {
            return Err(Unbookable::NotRemains);
        }
        let line = self.lines.get(&act.item).ok_or(Unbookable::NotListed)?;
        if line.leg != act.leg {
            return Err(Unbookable::OtherThanListed("leg"));
        }
        if line.received() == 0 {
            return Err(Unbookable::DoesNotFollow(self.place_of(line)));
        }
        let persons = self.identified.entry(act.leg).or_default();
        if !persons.entry(person).or_default().insert(act.item) {
            return Err(Unbookable::Identification("stated before"));
        }
        Ok(())
    }

    fn withdraw_identity(&mut self, act: &Move, person: Item) -> Result<(), Unbookable> {
        let never = Unbookable::Identification("never stated");
        let Some(persons) = self.identified.get_mut(&act.leg) else { return Err(never) };
        let Some(containers) = persons.get_mut(&person) else { return Err(never) };
        if !containers.remove(&act.item) {
            return Err(never);
        }
        if containers.is_empty() {
            persons.remove(&person);
        }
        Ok(())
    }

    fn gates_passed(&self, terms: &Terms, act: &Move) -> Result<(), Unbookable> {
        let living = self.legs[usize::from(act.leg)].object == Object::Persons;
        if act.who != Who::One || !living || terms.gates.is_empty() {
            return Ok(());
        }
        let shown = self.lines.gates_of(&act.item);
        for gate in &terms.gates {
            let missing = gate.shown == Shown::InActs && shown.passed(gate.kind) < gate.occasions;
            if missing || shown.has_failed(gate.kind) {
                return Err(Unbookable::GateNotPassed { clause: gate.clause, gate: gate.kind });
            }
        }
        Ok(())
    }

    /// The line of a person or lot, listed with this leg, round, category and class.
    fn listed_as(&self, act: &Move) -> Result<&Line, Unbookable> {
        let line = self.lines.get(&act.item).ok_or(Unbookable::NotListed)?;
        if (line.who == Who::One) != (act.who == Who::One) {
            return Err(Unbookable::PersonOrLot);
        }
        let other = [
            (line.leg != act.leg, "leg"),
            (line.round != act.round, "round"),
            (line.category != act.category, "category"),
            (line.class != act.class, "class"),
        ];
        match other.into_iter().find(|(differs, _)| *differs) {
            Some((_, what)) => Err(Unbookable::OtherThanListed(what)),
            None => Ok(line),
        }
    }

    /// Why so many cannot move: for one person where it stands, for a lot how many there are.
    fn short(&self, act: &Move, wanted: u32, there: u32) -> Unbookable {
        match (act.who, self.lines.get(&act.item)) {
            (Who::Lot(_), _) => Unbookable::TooManyOfLot { wanted, there },
            (Who::One, Some(line)) => Unbookable::DoesNotFollow(self.place_of(line)),
            (Who::One, None) => Unbookable::NotListed,
        }
    }

    fn place_of(&self, line: &Line) -> Place {
        line.place(self.courses.get((line.round, line.leg)).complete)
    }

    fn keep(&mut self, act: &Move, line: Line) {
        self.lines.insert(act.item, line);
    }

    pub(super) fn course(&self, act: &Move) -> Course {
        self.courses.get((act.round, act.leg))
    }

    fn course_mut(&mut self, act: &Move) -> &mut Course {
        self.courses.get_mut((act.round, act.leg))
    }

    fn transfer(&mut self, act: &Move, from: Post, into: Post, count: u32) {
        if let Some(class) = act.class {
            let of_class = self.of_class.entry(class).or_default();
            if from == Post::Owed {
                *of_class += count;
            } else if into == Post::Owed {
                *of_class -= count;
            }
        }
        self.transfer_in(cell_of(act), from, into, count);
    }

    /// So many out of one account of a cell and into another: the only place where a balance changes.
    pub(super) fn transfer_in(&mut self, cell: Cell, from: Post, into: Post, count: u32) {
        if count == 0 {
            return;
        }
        // A sum of 32-bit counts over fewer than 2^31 acts fits into 64 bits.
        let posts = self.cells.get_mut(cell);
        posts[from as usize] -= i64::from(count);
        posts[into as usize] += i64::from(count);
        let family = self.legs[usize::from(cell.leg)].family;
        self.postings.push(Posting { cell, family, from, into, count });
    }
}

impl Line {
    /// The count of a line in a post that can be left.
    fn at(&mut self, post: Post) -> &mut u32 {
        match post {
            Post::Pending => &mut self.pending,
            Post::Disputed => &mut self.disputed,
            Post::Held => &mut self.held,
            _ => &mut self.listed,
        }
    }
}

pub(super) fn new_line(act: &Move) -> Line {
    Line {
        leg: act.leg,
        round: act.round,
        who: act.who,
        category: act.category,
        class: act.class,
        listed: 0,
        pending: 0,
        disputed: 0,
        acknowledged: 0,
        held: 0,
        carried: 0,
        filled: 0,
        declared: [0; 2],
        left: 0,
        taken_back: false,
        was_listed: false,
        outside: None,
    }
}

fn cell_of(act: &Move) -> Cell {
    Cell { leg: act.leg, round: act.round, category: act.category, class: act.class }
}
