use std::collections::BTreeMap;

use exchange::person::{Capture, Claim, Custody, Grade, List, PartialDate, Source, Standing, State, Text};
use time::Date;
use time::macros::date;

use super::decisions::{self, Decision, Outcome, Verdict, decide, history, last, linked, take_back};
use super::queue::{Gain, Queue, Told, gain};
use super::*;
use crate::act::{Act, Actor};
use crate::acts::drafts;
use crate::node::Node;
use crate::web::testing::{nodes, person, save, says};

const TODAY: Date = date!(2025 - 06 - 06);

fn missing(id: u8, names: &[&str], birth: &str) -> Person {
    says(person(id, List::Sought, names, birth, ""), State::Missing, date!(2023 - 01 - 02))
}

async fn act<'n>(node: &'n Node, officer: &str) -> Act<'n> {
    let actor = Actor { officer: officer.to_owned(), purpose: None };
    node.act(&actor, "test", None).await.unwrap()
}

fn id(id: u8) -> PersonId {
    PersonId([id; 16])
}

/// Says it and commits.
async fn say(node: &Node, officer: &str, pair: [u8; 2], verdict: Verdict) -> Result<Outcome, String> {
    let mut act = act(node, officer).await;
    let done = decide(&mut act, pair.map(id), verdict, None).await.map_err(code);
    act.commit().await.unwrap();
    done
}

async fn undo(node: &Node, officer: &str, pair: [u8; 2]) -> Result<Outcome, String> {
    let mut act = act(node, officer).await;
    let done = take_back(&mut act, pair.map(id), None).await.map_err(code);
    act.commit().await.unwrap();
    done
}

/// Carries a draft out; a refused one leaves nothing.
async fn confirm(node: &Node, officer: &str, asked: &Outcome) -> Result<(), String> {
    let Outcome::Asked(draft) = asked else { panic!("nothing was asked") };
    let mut act = act(node, officer).await;
    drafts::carry_out(&mut act, draft).await.map_err(code)?;
    act.commit().await.map_err(code)
}

fn code(why: ActError) -> String {
    match why {
        ActError::Rule { code, .. } => code.to_owned(),
        ActError::SameOfficer => "same-officer".to_owned(),
        ActError::NotFound => "not-found".to_owned(),
        other => other.to_string(),
    }
}

async fn now(node: &Node, pair: [u8; 2]) -> Option<(Verdict, String, Option<String>)> {
    let mut reading = node.register.read().await.unwrap();
    let said = last(&mut reading, pair.map(id)).await.unwrap()?;
    Some((said.verdict, said.by, said.confirmed_by))
}

/// Pairs of the queue in order: identifiers, gain, whether somebody is unsure.
async fn queue(node: &Node, queue: &mut Queue) -> Vec<([u8; 2], Gain, bool)> {
    let mut reading = node.register.read().await.unwrap();
    queue.step(&mut reading, TODAY, 1000).await.unwrap();
    let hidden = BTreeSet::new();
    let all = queue.waiting(&hidden);
    all.map(|(pair, one)| (pair.map(|id| id.0[0]), one.gain, one.unsure.is_some())).collect()
}

#[test]
fn the_best_names_of_both_are_compared_and_being_alone_makes_nothing_stronger() {
    let one = person(1, List::Sought, &["Білик Іван", "Koval Petro Ivanovych"], "1990-02-03", "");
    let check = |names: &[&str], birth, band, names_compared| {
        let other = person(2, List::Held, names, birth, "");
        let compared = compare(&one, &other).unwrap();
        assert_eq!((compared.comparison.band, compared.names), (band, names_compared), "{names:?}");
        let back = compare(&other, &one).unwrap();
        assert_eq!(back.comparison, compared.comparison, "either way the same");
    };
    check(&["Коваль Пётр Иванович"], "1990-02-03", Band::Link, [1, 0]);
    check(&["Коваль Пётр"], "", Band::Review, [1, 0]);
    check(&["Шевченко Тарас", "Ковальь Петро"], "1991", Band::Review, [1, 1]);
    check(&["Шевченко Тарас"], "1990-02-03", Band::No, [0, 0]);
    assert_eq!(compare(&one, &person(3, List::Held, &[], "1990", "")), None);
}

#[tokio::test]
async fn candidates_come_from_every_list_the_strongest_first_and_namesakes_are_counted_beside_them() {
    let nodes = nodes(1).await;
    let node = &nodes.nodes[0];
    let own = missing(1, &["Коваль Петро Іванович"], "1990-02-03");
    let mut people = vec![
        own.clone(),
        person(2, List::Held, &["Koval Petro"], "", ""),
        person(3, List::Sought, &["Коваль Пётр Иванович"], "1990-02-03", ""),
        person(4, List::Sought, &["Шевченко Тарас"], "1990-02-03", ""),
    ];
    people.extend((10..16).map(|id| person(id, List::Held, &["Коваль Петро Олегович"], "1970", "")));
    save(node, &people).await;
    let mut reading = node.register.read().await.unwrap();
    let (found, more) = of(&mut reading, &own).await.unwrap();
    assert!(!more);
    let got: Vec<_> = found.iter().map(|one| (one.person.id.0[0], one.compared.comparison.band)).collect();
    assert_eq!(got, [(3, Band::Link), (2, Band::Review)]);
    let hidden = BTreeSet::from([id(10), id(11)]);
    for (beside, hidden, expect) in [
        (&people[1], &BTreeSet::new(), Some((7, false))),
        (&people[1], &hidden, Some((5, false))),
        (&people[3], &hidden, None),
    ] {
        assert_eq!(namesakes(&mut reading, [&own, beside], hidden).await.unwrap(), expect);
    }
    drop(reading);
    let more: Vec<_> = (20..80).map(|id| person(id, List::Held, &["Коваль Петро"], "1971", "")).collect();
    save(node, &more).await;
    let mut reading = node.register.read().await.unwrap();
    let many = namesakes(&mut reading, [&own, &people[1]], &hidden).await.unwrap();
    assert_eq!(many, Some((NAMESAKES_MAX, true)));
}

#[tokio::test]
async fn what_is_said_of_a_pair_stands_until_it_is_taken_back_and_uncovers_what_was_before() {
    let nodes = nodes(1).await;
    let node = &nodes.nodes[0];
    let two = missing(2, &["Koval Petro"], "1990");
    save(node, &[missing(1, &["Коваль Петро"], "1990"), two.clone()]).await;
    assert_eq!(now(node, [1, 2]).await, None);
    assert_eq!(undo(node, "anna", [1, 2]).await, Err("not-found".into()));
    assert_eq!(say(node, "anna", [1, 1], Verdict::One).await, Err("pair-itself".into()));
    assert_eq!(say(node, "anna", [1, 9], Verdict::One).await, Err("not-found".into()));
    say(node, "anna", [1, 2], Verdict::Unsure).await.unwrap();
    assert_eq!(say(node, "olha", [2, 1], Verdict::Unsure).await, Err("pair-decided".into()));
    say(node, "olha", [2, 1], Verdict::Two).await.unwrap();
    assert_eq!(say(node, "anna", [1, 2], Verdict::One).await, Ok(Outcome::Done));
    assert_eq!(say(node, "anna", [1, 2], Verdict::Two).await, Err("pair-linked".into()));
    let mut reading = node.register.read().await.unwrap();
    assert_eq!(linked(&mut reading, id(2)).await.unwrap(), BTreeSet::from([id(1), id(2)]));
    drop(reading);
    for (verdict, by) in [(Verdict::One, "anna"), (Verdict::Two, "olha"), (Verdict::Unsure, "anna")] {
        assert_eq!(now(node, [2, 1]).await, Some((verdict, by.to_owned(), None)));
        assert_eq!(undo(node, "olha", [1, 2]).await, Ok(Outcome::Done));
    }
    let mut reading = node.register.read().await.unwrap();
    let (stands, taken_back) = history(&mut reading, [id(2), id(1)]).await.unwrap();
    let verdicts: Vec<_> = taken_back.iter().map(|one| (one.decision.verdict, one.by.as_str())).collect();
    assert_eq!(stands, [], "as before");
    assert_eq!(verdicts, [(Verdict::One, "olha"), (Verdict::Two, "olha"), (Verdict::Unsure, "olha")]);
    assert_eq!(linked(&mut reading, id(2)).await.unwrap(), BTreeSet::from([id(2)]));
    let stored = reading.person(id(2)).await.unwrap().unwrap().person;
    assert_eq!(stored, two, "nothing was written into a dossier");
}

#[tokio::test]
async fn a_link_stands_against_nothing_that_was_said_of_the_others_linked() {
    let nodes = nodes(1).await;
    let node = &nodes.nodes[0];
    let people: Vec<_> = (1..=4).map(|id| missing(id, &["Коваль Петро"], "1990")).collect();
    save(node, &people).await;
    say(node, "anna", [1, 2], Verdict::One).await.unwrap();
    say(node, "anna", [2, 3], Verdict::Two).await.unwrap();
    assert_eq!(say(node, "anna", [1, 3], Verdict::One).await, Err("pair-contradicts".into()));
    say(node, "anna", [2, 4], Verdict::One).await.unwrap();
    assert_eq!(say(node, "anna", [4, 3], Verdict::One).await, Err("pair-contradicts".into()));
    assert_eq!(say(node, "anna", [1, 4], Verdict::Two).await, Err("pair-linked".into()));
    undo(node, "anna", [2, 3]).await.unwrap();
    assert_eq!(say(node, "anna", [4, 3], Verdict::One).await, Ok(Outcome::Done));
    let mut reading = node.register.read().await.unwrap();
    assert_eq!(linked(&mut reading, id(1)).await.unwrap().len(), 4);
}

#[tokio::test]
async fn a_link_that_changes_what_the_register_says_takes_a_second_officer_and_so_does_its_undoing() {
    let nodes = nodes(1).await;
    let node = &nodes.nodes[0];
    let held =
        says(person(2, List::Sought, &["Koval Petro"], "1990", ""), State::Held, date!(2024 - 01 - 02));
    let custody = person(3, List::Held, &["Koval Petro"], "1990", "");
    save(node, &[missing(1, &["Коваль Петро"], "1990"), held.clone(), custody]).await;
    let asked = say(node, "anna", [1, 2], Verdict::One).await.unwrap();
    assert_eq!(now(node, [1, 2]).await, None, "it is asked, not done");
    assert_eq!(say(node, "olha", [1, 2], Verdict::Two).await, Err("pair-waits".into()));
    assert_eq!(confirm(node, "anna", &asked).await, Err("same-officer".into()));
    assert_eq!(now(node, [1, 2]).await, None);
    assert_eq!(confirm(node, "olha", &asked).await, Ok(()), "the guard refuses the same officer alone");
    assert_eq!(now(node, [1, 2]).await, Some((Verdict::One, "anna".into(), Some("olha".into()))));
    assert_eq!(confirm(node, "olha", &asked).await, Err("draft-decided".into()));
    // Both sides say that he is held: nothing changes.
    assert_eq!(say(node, "anna", [2, 3], Verdict::One).await, Ok(Outcome::Done));
    assert_eq!(undo(node, "anna", [2, 3]).await, Ok(Outcome::Done));

    let back = undo(node, "olha", [1, 2]).await.unwrap();
    assert_eq!(confirm(node, "olha", &back).await, Err("same-officer".into()));
    let dead = says(held, State::Dead, date!(2024 - 05 - 01));
    save(node, &[dead]).await;
    assert_eq!(confirm(node, "anna", &back).await, Err("pair-changed".into()), "another state than was seen");
    let Outcome::Asked(draft) = &back else { panic!() };
    let mut dismissing = act(node, "olha").await;
    drafts::dismiss(&mut dismissing, draft).await.unwrap();
    dismissing.commit().await.unwrap();
    let back = undo(node, "olha", [1, 2]).await.unwrap();
    assert_eq!(confirm(node, "anna", &back).await, Ok(()));
    assert_eq!(now(node, [1, 2]).await, None);
    // A missing person and one in custody: the dossier in custody says that he is held.
    assert!(matches!(say(node, "anna", [1, 3], Verdict::One).await, Ok(Outcome::Asked(_))));
}

#[test]
fn what_a_family_gains_is_a_table() {
    use State::{Alive, Dead, Freed, Held, Missing};
    let claim = |(says, grade): (State, Grade), day: u8| Claim {
        says,
        of: Date::from_calendar_date(2024, time::Month::May, day).unwrap(),
        source: Source::Neutral,
        grade,
    };
    let told = |sought, claims: &[(State, Grade)], from| Told {
        sought,
        claims: claims.iter().zip(from..).map(|(one, day)| claim(*one, day)).collect(),
        ..Told::default()
    };
    let sure = |state| (state, Grade::Confirmed);
    let rumour = |state| (state, Grade::Doubtful);
    type Claims<'a> = &'a [(State, Grade)];
    let cases: [(Claims<'_>, Claims<'_>, Gain); 13] = [
        (&[], &[sure(Missing)], Gain::Nothing),
        (&[], &[sure(Held)], Gain::Alive),
        (&[sure(Missing)], &[sure(Alive)], Gain::Alive),
        (&[sure(Missing)], &[sure(Freed)], Gain::Alive),
        (&[sure(Missing)], &[sure(Dead)], Gain::Dead),
        (&[sure(Alive)], &[sure(Dead)], Gain::Dead),
        (&[], &[sure(Dead)], Gain::Dead),
        (&[sure(Missing)], &[rumour(Held)], Gain::Nothing),
        (&[sure(Alive)], &[sure(Held)], Gain::Knowledge),
        (&[sure(Alive)], &[rumour(Dead)], Gain::Knowledge),
        (&[sure(Missing)], &[sure(Missing)], Gain::Nothing),
        (&[sure(Held)], &[sure(Held)], Gain::Nothing),
        (&[], &[], Gain::Nothing),
    ];
    for (of, from, expect) in cases {
        let (one, other) = (told(true, of, 1), told(false, from, 10));
        assert_eq!(gain(&one, &other), expect, "{of:?} {from:?}");
        assert_eq!(gain(&other, &one), expect, "the order of the two is nothing");
        let nobody = Told { sought: false, ..one };
        assert_eq!(gain(&nobody, &other), Gain::Nothing, "nobody looks for either");
    }
    let plain = || told(true, &[sure(Held)], 1);
    let placed = Told { place: true, ..told(false, &[sure(Held)], 1) };
    let seen = Told { health: true, ..told(false, &[sure(Held)], 1) };
    assert_eq!([gain(&plain(), &placed), gain(&plain(), &seen)], [Gain::Knowledge; 2]);
    assert_eq!(gain(&Told { place: true, ..plain() }, &placed), Gain::Nothing);
}

#[tokio::test]
async fn the_queue_is_ordered_by_what_a_family_gains_and_follows_the_register() {
    let nodes = nodes(1).await;
    let node = &nodes.nodes[0];
    let sought = |id, name: &str, day: Date| {
        let mut one = says(person(id, List::Sought, &[name], "1990", ""), State::Missing, day);
        one.capture =
            Some(Capture { date: Some(PartialDate::Day(day)), place: Some(Text("Лужки".into())) });
        one
    };
    let (early, late) = (date!(2022 - 03 - 01), date!(2023 - 03 - 01));
    let learns = |id, name: &str, state| {
        says(person(id, List::Sought, &[name], "1990", ""), state, date!(2024 - 06 - 01))
    };
    let mut placed = person(8, List::Sought, &["Гнатюк Роман"], "1990", "");
    placed.custody.push(Custody { site: "S-1".into(), from: None, to: None });
    let full = |mut one: Person, number: &str| {
        one.service_number = Some(Text(number.into()));
        one
    };
    let people = [
        sought(1, "Коваль Петро", late),
        learns(2, "Koval Petro", State::Held),
        sought(3, "Бондар Іван", early),
        learns(4, "Bondar Ivan", State::Alive),
        full(sought(5, "Ткач Юрій", late), "AB-1"),
        full(learns(6, "Tkach Yurii", State::Held), "AB-1"),
        placed,
        person(9, List::Sought, &["Hnatiuk Roman"], "1990", ""),
        sought(10, "Мороз Олег", early),
        learns(11, "Moroz Oleh", State::Dead),
        person(12, List::Sought, &["Сич Лев"], "1990", ""),
        person(13, List::Sought, &["Sych Lev"], "1990", ""),
        person(14, List::Sought, &["Одинак Лев"], "1950", ""),
    ];
    save(node, &people).await;
    let mut kept = Queue::default();
    let expect = [
        ([5, 6], Gain::Alive, false),
        ([3, 4], Gain::Alive, false),
        ([1, 2], Gain::Alive, false),
        ([10, 11], Gain::Dead, false),
        ([8, 9], Gain::Knowledge, false),
        ([12, 13], Gain::Nothing, false),
    ];
    assert_eq!(queue(node, &mut kept).await, expect);
    say(node, "anna", [5, 6], Verdict::Unsure).await.unwrap();
    say(node, "anna", [3, 4], Verdict::Two).await.unwrap();
    say(node, "anna", [12, 13], Verdict::One).await.unwrap();
    let after = [expect[2], expect[3], expect[4], ([5, 6], Gain::Alive, true)];
    assert_eq!(queue(node, &mut kept).await, after);
    assert_eq!(queue(node, &mut Queue::default()).await, after, "a new queue finds the same");
    let renamed = says(sought(3, "Бондар Іван Якович", early), State::Missing, late);
    save(node, &[renamed]).await;
    let now = queue(node, &mut kept).await;
    assert_eq!((now.len(), now[0]), (5, expect[1]), "other facts are a new question");
    assert_eq!(queue(node, &mut Queue::default()).await, now);
    undo(node, "anna", [5, 6]).await.unwrap();
    undo(node, "anna", [12, 13]).await.unwrap();
    assert_eq!(queue(node, &mut kept).await, expect, "undone it is as before");
    let mut act = act(node, "anna").await;
    act.tx.shred(id(6)).await.unwrap();
    act.commit().await.unwrap();
    assert_eq!(queue(node, &mut kept).await, expect[1..]);
}

#[tokio::test]
async fn whoever_is_linked_to_one_who_is_found_gains_nothing_from_a_third() {
    let nodes = nodes(1).await;
    let node = &nodes.nodes[0];
    let held =
        |id| says(person(id, List::Sought, &["Koval Petro"], "1990", ""), State::Held, date!(2024 - 01 - 02));
    save(node, &[missing(1, &["Коваль Петро"], "1990"), held(2), held(3)]).await;
    let mut kept = Queue::default();
    let before = [([1, 2], Gain::Alive, false), ([1, 3], Gain::Alive, false), ([2, 3], Gain::Nothing, false)];
    assert_eq!(queue(node, &mut kept).await, before);
    let asked = say(node, "anna", [1, 2], Verdict::One).await.unwrap();
    confirm(node, "olha", &asked).await.unwrap();
    let after = [([1, 3], Gain::Nothing, false), ([2, 3], Gain::Nothing, false)];
    assert_eq!(queue(node, &mut kept).await, after);
    say(node, "anna", [2, 3], Verdict::One).await.unwrap();
    assert_eq!(queue(node, &mut kept).await, [], "one and three are of one person by two");
}

#[tokio::test]
async fn a_name_of_half_the_register_costs_no_more_than_any_other() {
    let nodes = nodes(1).await;
    let node = &nodes.nodes[0];
    let mut people = vec![person(1, List::Sought, &["Коваль Петро"], "1990-02-03", "AB-77")];
    people.extend((2..120).map(|id| person(id, List::Sought, &["Коваль Петро"], "1990-02-03", "")));
    people.push(person(200, List::Held, &["Koval Petro"], "1990-02-03", "AB77"));
    save(node, &people).await;
    let pairs = queue(node, &mut Queue::default()).await;
    assert_eq!(pairs.iter().map(|(pair, ..)| *pair).collect::<Vec<_>>(), [[1, 200]], "by the number alone");
}

/// What the register says of everyone: the dossier, who is linked, what all of them say together, what was said of pairs.
type Whole = (
    Vec<(Person, BTreeSet<PersonId>, Option<Standing>, BTreeMap<PersonId, Decision>)>,
    Vec<([u8; 2], Gain, bool)>,
);

async fn whole(node: &Node, kept: &mut Queue, people: u8) -> Whole {
    let mut all = Vec::new();
    let mut reading = node.register.read().await.unwrap();
    for id in (1..=people).map(id) {
        let linked = linked(&mut reading, id).await.unwrap();
        let standing = decisions::standing_of(&mut reading, &linked, TODAY).await.unwrap();
        let said = decisions::all_of(&mut reading, id).await.unwrap();
        all.push((reading.person(id).await.unwrap().unwrap().person, linked, standing, said));
    }
    drop(reading);
    let pairs = queue(node, kept).await;
    assert_eq!(queue(node, &mut Queue::default()).await, pairs, "a queue from nothing finds the same");
    (all, pairs)
}

/// Decides, or takes back, with a second officer where it takes one; whether it was done.
async fn done(node: &Node, pair: [u8; 2], verdict: Option<Verdict>) -> bool {
    let asked = match verdict {
        Some(verdict) => say(node, "anna", pair, verdict).await,
        None => undo(node, "anna", pair).await,
    };
    match asked {
        Ok(Outcome::Done) => true,
        Ok(asked) => {
            confirm(node, "olha", &asked).await.unwrap();
            true
        }
        Err(_) => false,
    }
}

/// Property: whatever is said of pairs, and in whatever order it is taken back, everything is then as it was.
#[tokio::test]
async fn dossiers_linked_and_parted_again_are_as_they_were() {
    const PEOPLE: u8 = 7;
    let (mut links, mut seconded) = (0, 0);
    for seed in 1..=12_u32 {
        let mut draw = seed;
        let mut below = |end: usize| {
            draw = draw.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (draw >> 8) as usize % end
        };
        let nodes = nodes(1).await;
        let node = &nodes.nodes[0];
        let names = ["Коваль Петро", "Koval Petro", "Коваль Пётр Иванович"];
        let states = [State::Missing, State::Held, State::Dead, State::Alive];
        let people: Vec<_> = (1..=PEOPLE)
            .map(|id| {
                let list = [List::Sought, List::Sought, List::Held][below(3)];
                let one = person(id, list, &[names[below(3)]], ["1990", "", "1990-02-03"][below(3)], "");
                says(one, states[below(4)], date!(2024 - 01 - 02) + time::Duration::days(below(300) as i64))
            })
            .collect();
        save(node, &people).await;
        let step = async |below: &mut dyn FnMut(usize) -> usize| {
            let one = 1 + below(PEOPLE as usize) as u8;
            let other = 1 + (one as usize - 1 + 1 + below(PEOPLE as usize - 1)) as u8 % PEOPLE;
            let verdict = [Verdict::One, Verdict::One, Verdict::Two, Verdict::Unsure][below(4)];
            let pair = [one.min(other), one.max(other)];
            done(node, pair, Some(verdict)).await.then_some((pair, verdict))
        };
        for _ in 0..4 {
            step(&mut below).await;
        }
        let mut kept = Queue::default();
        let before = whole(node, &mut kept, PEOPLE).await;
        let mut said = Vec::new();
        for _ in 0..10 {
            said.extend(step(&mut below).await);
        }
        links += said.iter().filter(|(_, verdict)| *verdict == Verdict::One).count();
        assert!(
            !said.is_empty() && whole(node, &mut kept, PEOPLE).await != before,
            "seed {seed} says nothing"
        );
        while !said.is_empty() {
            let (pair, _) = said.swap_remove(below(said.len()));
            seconded += usize::from(!matches!(undo(node, "anna", pair).await.unwrap(), Outcome::Done));
            for (row, _) in requested(node).await {
                confirm(node, "olha", &Outcome::Asked(row.id)).await.unwrap();
            }
        }
        assert_eq!(whole(node, &mut kept, PEOPLE).await, before, "seed {seed}");
    }
    assert!(links > 20 && seconded > 10, "{links} links, {seconded} undone by two");
}

async fn requested(node: &Node) -> Vec<decisions::Request> {
    let mut reading = node.register.read().await.unwrap();
    decisions::requests(&mut reading).await.unwrap()
}

/// Which of two queues a pair stands in is no accident of the order in which dossiers came.
#[tokio::test]
async fn small_steps_come_to_the_same_queue_as_one_large_one() {
    let nodes = nodes(1).await;
    let node = &nodes.nodes[0];
    let names = ["Коваль Петро", "Koval Petro", "Коваль Пётр", "Бондар Іван", "Bondar Ivan"];
    let mut small = Queue::default();
    let mut seen: BTreeMap<u8, Person> = BTreeMap::new();
    let mut draw = 7_u32;
    for _ in 0..40 {
        draw = draw.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [who, name, state] = [(draw >> 8) % 12, (draw >> 16) % 5, (draw >> 24) % 3];
        let states = [State::Missing, State::Held, State::Dead];
        let one = person(who as u8 + 1, List::Sought, &[names[name as usize]], "1990", "");
        let one = says(one, states[state as usize], date!(2024 - 01 - 02));
        seen.insert(who as u8, one.clone());
        save(node, &[one]).await;
        let mut reading = node.register.read().await.unwrap();
        small.step(&mut reading, TODAY, 1).await.unwrap();
    }
    let whole = queue(node, &mut Queue::default()).await;
    assert!(seen.len() > 8 && whole.len() > 8, "{} pairs of {}", whole.len(), seen.len());
    assert_eq!(queue(node, &mut small).await, whole);
}

#[test]
fn the_digest_sees_every_compared_fact_and_no_order() {
    let one = person(1, List::Sought, &["Коваль Петро"], "1990-02-03", "AB-1");
    let other = person(2, List::Sought, &["Koval Petro"], "1990-02-03", "");
    let digest = facts_digest(&one, &other);
    assert_eq!(digest, facts_digest(&other, &one));
    assert_eq!(
        digest,
        facts_digest(&says(one.clone(), State::Dead, TODAY), &other),
        "claims are not compared"
    );
    let changed = [
        person(1, List::Sought, &["Коваль Петро Іванович"], "1990-02-03", "AB-1"),
        person(1, List::Sought, &["Коваль Петр"], "1990-02-03", "AB-1"),
        person(1, List::Sought, &["Коваль Петро", "Koval P"], "1990-02-03", "AB-1"),
        person(1, List::Sought, &["Коваль Петро"], "1990-02", "AB-1"),
        person(1, List::Sought, &["Коваль Петро"], "1990-02-03", "AB-2"),
        person(1, List::Sought, &["Коваль Петро"], "1990-02-03", ""),
    ];
    let digests: BTreeSet<_> = changed.iter().map(|one| facts_digest(one, &other)).collect();
    assert!(digests.len() == changed.len() && !digests.contains(&digest));
}
