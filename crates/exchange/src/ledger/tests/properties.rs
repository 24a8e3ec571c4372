//! Properties of whatever is tried, lawful or not: sums, slots, both sides' word, the order of arrival, and the same accounts as
//! the naive [`Model`].

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::model::Model;
use super::*;

/// One random act before it is laid on terms: kind, subject, count, and what is odd about it, mostly nothing.
type Tried = (u8, usize, u32, u8);

/// How many kinds of acts are tried.
const KINDS: u8 = 23;

fn tried() -> impl Strategy<Value = (bool, Vec<Tried>)> {
    (any::<bool>(), prop::collection::vec((0..KINDS, 0..12usize, 1..4u32, 0..64u8), 0..48))
}

/// Terms with a group of three legs, one alone that two gates bar, one on declaration, remains, and a class of one person.
fn mixed() -> Terms {
    let together = "together = \"at-once\"";
    terms_of(
        &[
            leg("to-belmar", "aronia", "belmar", together, "exactly = 2"),
            leg("to-aronia", "belmar", "aronia", together, "exactly = 1"),
            leg("to-corvo", "aronia", "corvo", together, "exactly = 2"),
            leg("alone", "corvo", "aronia", "", "exactly = 4"),
            leg("parole", "aronia", "belmar", "counts_on = \"declaration\"", "exactly = 10"),
            leg("dead", "aronia", "belmar", "object = \"remains\"", "unit = \"containers\"\nall = true"),
            CLASSES.to_owned(),
            CATEGORIES.to_owned(),
            "[[gates]]\nclause = 4\nkind = \"fitness\"\nby = \"receiver\"\n".to_owned(),
        ]
        .concat(),
    )
}

/// Where the subjects of [`mixed`] go: leg, whether a lot, class.
const SUBJECTS: [(u8, bool, Option<u8>); 12] = [
    (0, false, None),
    (0, false, None),
    (0, true, None),
    (1, false, None),
    (2, true, Some(0)),
    (3, false, Some(1)),
    (3, false, Some(1)),
    (3, true, None),
    (4, false, None),
    (4, true, Some(0)),
    (5, false, None),
    (5, true, None),
];

/// Lays what was tried on terms.
fn laid(terms: &Terms, (begun, tried): &(bool, Vec<Tried>)) -> Vec<Act> {
    let in_rounds = !terms.rounds.is_empty();
    // Half of the cases begin where a group is about to complete: two listed on the first leg, everyone gone on the second, a
    // lot of two on its way on the third.
    let begin = if in_rounds { "1aL0 1bL3" } else { "aL0 aL1 bL3 cL4x2/0 a!ready b!ready c!ready" };
    let mut laid = if *begun { acts(terms, begin) } else { Vec::new() };
    laid.extend(tried.iter().map(|one| act_of(terms, in_rounds, *one)));
    laid
}

fn act_of(terms: &Terms, in_rounds: bool, (kind, subject, count, odd): Tried) -> Act {
    let (mut leg, lot, class) = SUBJECTS[subject];
    if in_rounds {
        leg %= 2;
    }
    let mut round = RoundNo::from(in_rounds);
    let mut moved = Move {
        leg,
        round,
        item: item(u32::try_from(subject).unwrap()),
        who: if lot { Who::Lot(count) } else { Who::One },
        category: in_rounds.then_some(1),
        class: if in_rounds { None } else { class },
        kind: MoveKind::Listed,
    };
    let (from, to) = (&terms.legs[usize::from(leg)].from, &terms.legs[usize::from(leg)].to);
    let (mut from, mut to) = (terms.voice(from.as_str()).unwrap(), terms.voice(to.as_str()).unwrap());
    match odd {
        0 => std::mem::swap(&mut from, &mut to),
        1 => moved.category = Some(0),
        2 => moved.class = Some(0),
        3 => moved.leg = (moved.leg + 1) % 7,
        4 => moved.who = Who::Lot(count - 1),
        5..=15 => round += 1,
        _ => {}
    }
    moved.round = round;
    let one = |by: Voice, kind: MoveKind| Act { at: None, by, what: What::Move(Move { kind, ..moved }) };
    let ground = Ground::ALL[usize::from(odd) % Ground::ALL.len()];
    let of_leg = |kind: LegAct| Act { at: None, by: from, what: What::Leg { leg, round, kind } };
    let gate = |outcome: GateOutcome| Act {
        at: None,
        by: to,
        what: What::Gate { item: moved.item, gate: GateKind::Fitness, outcome },
    };
    let person = item(50 + u32::from(odd % 2));
    match kind {
        0 | 1 => one(from, MoveKind::Listed),
        2 => one(from, MoveKind::Refilled),
        3 => one(from, MoveKind::Vacated(ground)),
        4..=6 => one(from, MoveKind::Released),
        7..=9 => one(to, MoveKind::Received),
        10 => one(to, MoveKind::Disputed(ground)),
        11 => one(from, MoveKind::TakenBack),
        12 => one(from, MoveKind::Declared),
        13 => one(to, MoveKind::Declared),
        14 if odd % 2 == 0 => one(from, MoveKind::ReturnedOutside(Family::ByLaw)),
        14 => gate(GateOutcome::Passed),
        15 if odd % 2 == 0 => gate(GateOutcome::Failed),
        15 => Act { at: None, by: to, what: What::States { leg, round: None, count } },
        16 => one(to, MoveKind::Identified { person }),
        17 => one(to, MoveKind::IdentityWithdrawn { person }),
        18 => of_leg(LegAct::Ready),
        // The receiver can say of whom it was to receive that they left, until they are released; of a return outside nothing.
        20 => one(to, MoveKind::Vacated(ground)),
        21 => one(from, MoveKind::ReturnedOutside(Family::Unilateral)),
        22 => one(to, MoveKind::ReturnedOutside(Family::ByLaw)),
        _ if odd % 2 == 0 => of_leg(LegAct::Aborted),
        _ => of_leg(LegAct::Resumed),
    }
}

/// Books what can be booked, and says what it was.
fn lawful(terms: &Terms, all: &[Act]) -> (Ledger, Vec<Act>) {
    let mut ledger = Ledger::open(terms);
    let booked = all.iter().filter(|act| ledger.post(terms, act).is_ok()).copied().collect();
    (ledger, booked)
}

fn accounts_add_up(terms: &Terms, tried: &(bool, Vec<Tried>)) {
    let mut ledger = Ledger::open(terms);
    for act in laid(terms, tried) {
        let before = ledger.clone();
        if ledger.post(terms, &act).is_err() {
            assert_eq!(ledger.lines, before.lines);
            assert_eq!(ledger.accounts(), before.accounts());
            assert_eq!(ledger.digest(), before.digest());
        }
        let mut sums: BTreeMap<Family, i64> = BTreeMap::new();
        ledger.accounts().iter().for_each(|(one, count)| *sums.entry(one.family).or_insert(0) += count);
        assert!(sums.values().all(|sum| *sum == 0), "{sums:?}");
        let posts = ledger.accounts();
        assert!(
            posts
                .iter()
                .all(|(one, count)| { matches!(one.post, Post::Owed | Post::Promised) || *count >= 0 })
        );
        for ((round, leg), slots) in ledger.slots() {
            assert_eq!(slots.owed, slots.filled + slots.taken + slots.open);
            let places = terms.round(round).map_or(u32::MAX, |round| round.places);
            assert!(slots.owed <= places, "round {round} leg {leg}");
        }
    }
}

/// Reads only the acts, and knows nothing of accounts: how often each side has said what of whom.
fn both_have_said_it(terms: &Terms, ledger: &Ledger, booked: &[Act]) {
    let mut said: BTreeMap<(Item, RoundNo, u8), [u32; 6]> = BTreeMap::new();
    let mut lots = BTreeSet::new();
    let mut crossed: BTreeMap<(RoundNo, u8), [u32; 2]> = BTreeMap::new();
    let mut outside: BTreeMap<(Family, RoundNo, u8), i64> = BTreeMap::new();
    for act in booked {
        let What::Move(moved) = act.what else { continue };
        let leg = &terms.legs[usize::from(moved.leg)];
        let from = terms.voice_id(act.by) == Some(&leg.from);
        let what = match moved.kind {
            MoveKind::Released if from => 0,
            MoveKind::Received if terms.voice_id(act.by) == Some(&leg.to) => 1,
            MoveKind::Declared => 2 + usize::from(!from),
            MoveKind::TakenBack => 4,
            MoveKind::ReturnedOutside(family) if from => {
                let count = i64::from(moved.who.count());
                *outside.entry((family, moved.round, moved.leg)).or_default() += count;
                5
            }
            MoveKind::Vacated(_) if !from && moved.who == Who::One => {
                let released =
                    said.get(&(moved.item, moved.round, moved.leg)).is_some_and(|said| said[0] > 0);
                assert!(!released, "another than who releases unsaid a release");
                continue;
            }
            MoveKind::Released | MoveKind::Received | MoveKind::ReturnedOutside(_) => {
                panic!("the wrong side's word was booked")
            }
            _ => continue,
        };
        said.entry((moved.item, moved.round, moved.leg)).or_default()[what] += moved.who.count();
        if what < 2 {
            crossed.entry((moved.round, moved.leg)).or_default()[what] += moved.who.count();
        }
        if moved.who != Who::One {
            lots.insert(moved.item);
        }
    }
    let (mut gone, mut posted) = (BTreeMap::new(), BTreeMap::new());
    for ((item, round, leg), [released, received, by_from, by_to, taken_back, outside]) in &said {
        if !lots.contains(item) {
            assert!(*released <= 1 && *received <= 1, "{item:?} went twice in round {round}");
            let went = (released.min(received) + outside) - taken_back.min(released.min(received));
            *gone.entry(*item).or_insert(0) += went;
        }
        let mut most = *released.min(received);
        let rules = &terms.legs[usize::from(*leg)];
        if rules.counts_on == CountsOn::Declaration {
            most = most.min(*by_from).min(*by_to);
        }
        let group = |other: &usize| rules.together.is_some() && terms.legs[*other].together == rules.together;
        let all_crossed = (0..terms.legs.len()).filter(group).all(|other| {
            crossed
                .get(&(*round, narrow(other)))
                .is_some_and(|[released, received]| released.min(received) > &0)
        });
        *posted.entry((*round, *leg)).or_insert(0) += if all_crossed { most } else { 0 };
    }
    assert!(gone.values().all(|times| *times <= 1), "somebody went in two rounds");
    let mut filled: BTreeMap<(Family, RoundNo, u8), i64> = BTreeMap::new();
    outside.keys().for_each(|key| {
        filled.insert(*key, 0);
    });
    for (account, count) in ledger.accounts().iter().filter(|(account, _)| account.post == Post::Filled) {
        *filled.entry((account.family, account.cell.round, account.cell.leg)).or_insert(0) += count;
    }
    for ((family, round, leg), count) in filled {
        let least = outside.get(&(family, round, leg)).copied().unwrap_or(0);
        // What goes along a leg under the terms is posted in the leg's own family, and in no other.
        let own = terms.legs[usize::from(leg)].account == family;
        let by_both = if own { posted.get(&(round, leg)).copied().unwrap_or(0) } else { 0 };
        let most = least + i64::from(by_both);
        assert!(
            (least..=most).contains(&count),
            "{family:?}, round {round}, leg {leg}: {count} posted; said {least} to {most}"
        );
    }
}

/// Whether two acts have to stay in their order.
fn depend(terms: &Terms, one: &Act, other: &Act) -> bool {
    let label = |leg: u8| terms.legs.get(usize::from(leg)).and_then(|leg| leg.together.as_ref());
    let together = |a: u8, b: u8| a == b || (label(a).is_some() && label(a) == label(b));
    let subject = |act: &Act| match act.what {
        What::Move(Move { item, .. }) | What::Gate { item, .. } => Some(item),
        _ => None,
    };
    if subject(one).is_some() && subject(one) == subject(other) {
        return true;
    }
    match (one.what, other.what) {
        (What::Move(a), What::Move(b)) => {
            let place = (a.leg, a.round) == (b.leg, b.round);
            let leaves = |moved: Move| matches!(moved.kind, MoveKind::Vacated(_) | MoveKind::TakenBack);
            let refills = |moved: Move| moved.kind == MoveKind::Refilled;
            let limited = |moved: Move| {
                moved.class.is_some_and(|place| terms.classes[usize::from(place)].most.is_some())
            };
            let undoes = |moved: Move| matches!(moved.kind, MoveKind::TakenBack | MoveKind::Refilled);
            let back = undoes(a) || undoes(b);
            (place && ((leaves(a) && refills(b)) || (refills(a) && leaves(b))))
                || (limited(a) && a.class == b.class)
                || (back && label(a.leg).is_some() && a.round == b.round && together(a.leg, b.leg))
        }
        (What::Leg { leg, round, .. }, What::Move(moved))
        | (What::Move(moved), What::Leg { leg, round, .. }) => {
            round == moved.round && together(leg, moved.leg)
        }
        (What::Leg { leg: a, round: x, kind: k }, What::Leg { leg: b, round: y, kind: l }) => {
            let both_ready = k == LegAct::Ready && l == LegAct::Ready;
            x == y && together(a, b) && !both_ready
        }
        (What::States { leg: a, .. }, What::States { leg: b, .. }) => one.by == other.by && a == b,
        _ => false,
    }
}

/// The acts in another order that keeps what depends on one another, as the keys will have it.
fn shuffled(terms: &Terms, booked: &[Act], keys: &[u16]) -> Vec<Act> {
    let mut waiting: Vec<usize> = (0..booked.len()).collect();
    let mut order = Vec::new();
    while !waiting.is_empty() {
        let free = |at: &&usize| {
            let before = waiting.iter().take_while(|other| other < at);
            before.copied().all(|other| !depend(terms, &booked[other], &booked[**at]))
        };
        let next = *waiting.iter().filter(free).min_by_key(|at| keys[**at % keys.len()]).unwrap();
        waiting.retain(|at| *at != next);
        order.push(booked[next]);
    }
    order
}

/// What both nodes compare, whatever the order.
fn compared(terms: &Terms, ledger: &Ledger) -> (BTreeMap<Account, i64>, String, Digest, Vec<Slots>) {
    let mut slots: Vec<Slots> = ledger.slots().into_values().collect();
    for one in &mut slots {
        one.vacated.sort_unstable();
        one.refilled.sort_unstable();
    }
    let balances =
        (balances(terms, ledger), ratio_balances(terms, ledger), stated_sums(ledger), ledger.by_ground());
    (ledger.accounts(), format!("{balances:?} {:?}", ledger.identified), ledger.digest(), slots)
}

fn any_order_comes_to_the_same(terms: &Terms, tried: &(bool, Vec<Tried>), keys: &[u16]) {
    let (ledger, booked) = lawful(terms, &laid(terms, tried));
    let other = shuffled(terms, &booked, keys);
    let again =
        Ledger::book(terms, &other).unwrap_or_else(|error| panic!("{error}\n{booked:#?}\n{other:#?}"));
    assert_eq!(compared(terms, &ledger), compared(terms, &again));
}

fn the_model_agrees(terms: &Terms, tried: &(bool, Vec<Tried>)) {
    let (mut ledger, mut model) = (Ledger::open(terms), Model::over(terms));
    for (at, act) in laid(terms, tried).iter().enumerate() {
        let refused = ledger.post(terms, act).err();
        let booked = model.post(act);
        assert_eq!(refused.is_none(), booked, "act {at}: {act:?}\nledger: {refused:?}");
    }
    let mut accounts = ledger.accounts();
    accounts.retain(|_, count| *count != 0);
    assert_eq!(accounts, model.accounts());
    let slots = ledger.slots().into_iter().filter(|(_, slots)| slots.owed > 0);
    let slots = slots.map(|(key, one)| {
        (key, [one.owed, one.filled, one.taken, one.open].map(|count| usize::try_from(count).unwrap()))
    });
    assert_eq!(slots.collect::<BTreeMap<_, _>>(), model.slots());
    let identified = ledger.identified.iter().flat_map(|(leg, persons)| {
        persons.iter().map(|(person, containers)| ((*leg, *person), containers.len()))
    });
    assert_eq!(identified.collect::<BTreeMap<_, _>>(), model.identified());
}

/// Runs a property over the mixed terms and over rounds.
fn over_both(property: impl Fn(&Terms)) {
    thread_local! {
        static TERMS: [Terms; 2] = [mixed(), rounds()];
    }
    TERMS.with(|both| both.iter().for_each(property));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn whatever_is_tried_accounts_add_up_and_every_slot_is_somewhere(tried in tried()) {
        over_both(|terms| accounts_add_up(terms, &tried));
    }

    #[test]
    fn nobody_goes_twice_and_nothing_posts_without_both_words(tried in tried()) {
        over_both(|terms| {
            let (ledger, booked) = lawful(terms, &laid(terms, &tried));
            both_have_said_it(terms, &ledger, &booked);
        });
    }

    #[test]
    fn any_order_that_respects_causes_comes_to_the_same(
        tried in tried(),
        keys in prop::collection::vec(any::<u16>(), 48),
    ) {
        over_both(|terms| any_order_comes_to_the_same(terms, &tried, &keys));
    }

    #[test]
    fn a_plain_recount_agrees(tried in tried()) {
        over_both(|terms| the_model_agrees(terms, &tried));
    }
}

/// How often what was tried is refused as the wrong side's word, by what was said.
fn wrong_words(tries: usize) -> BTreeMap<&'static str, usize> {
    let (terms, mut runner) = (mixed(), TestRunner::deterministic());
    let mut found = BTreeMap::new();
    for _ in 0..tries {
        let tried = tried().new_tree(&mut runner).unwrap().current();
        let mut ledger = Ledger::open(&terms);
        for act in laid(&terms, &tried) {
            if let Err(Unbookable::NotTheirWord { what, .. }) = ledger.post(&terms, &act) {
                *found.entry(what).or_default() += 1;
            }
        }
    }
    found
}

#[test]
fn the_wrong_side_speaks_often_enough() {
    let found = wrong_words(1_000);
    let whats = [
        "a release",
        "taking back",
        "a receipt",
        "a dispute",
        "a return outside the exchange",
        "leaving a slot after the release",
    ];
    for what in whats {
        assert!(found.get(what).is_some_and(|times| *times >= 10), "{what}: {found:?}");
    }
}
