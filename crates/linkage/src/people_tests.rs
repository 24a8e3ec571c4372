use super::*;
use crate::block::Chance;

/// Who sat with whom, as texts: `a=p b=p` is records `a` and `b` of person `p`; `p>q` is a former id that leads to `q`.
fn people(ids: &mut Interner, text: &str) -> People {
    let mut people = People::default();
    for word in text.split_whitespace() {
        if let Some((record, person)) = word.split_once('=') {
            people.of.insert(ids.number(record), ids.number(person));
        } else if let Some((former, to)) = word.split_once('>') {
            people.former.insert(ids.number(former), ids.number(to));
        }
    }
    people
}

fn told(ids: &Interner, people: &People) -> String {
    let mut words: Vec<String> =
        people.of.iter().map(|(r, p)| format!("{}={}", ids.text(*r), ids.text(*p))).collect();
    words.extend(people.former.iter().map(|(f, t)| format!("{}>{}", ids.text(*f), ids.text(*t))));
    words.sort_unstable();
    words.join(" ")
}

fn lines(ids: &Interner, events: &[Event]) -> String {
    let line = |event: &Event| {
        let words = [event.person, event.other, event.record].map(|id| ids.text(id));
        format!("{:?} {}", event.what, words.join(" ")).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    events.iter().map(line).collect::<Vec<_>>().join("; ")
}

/// Groups of today: `ab cd` is records `a` and `b` in one, `c` and `d` in another.
fn groups(ids: &mut Interner, text: &str) -> Vec<(u32, u32)> {
    let mut now = Vec::new();
    for (group, letters) in text.split_whitespace().enumerate() {
        now.extend(letters.chars().map(|letter| (ids.number(&letter.to_string()), group as u32)));
    }
    now
}

#[test]
fn every_person_of_today_has_an_id_and_the_way_there() {
    let check = |before: &str, now: &str, says: &str, after: &str| {
        let mut ids = Interner::default();
        let before = people(&mut ids, before);
        let now = groups(&mut ids, now);
        let events = follow(&mut ids, &before, &now);
        assert_eq!(lines(&ids, &events), says);
        assert_eq!(told(&ids, &before.after(&events).unwrap()), after);
    };
    check("", "ba c", "New a a; New a b; New c c", "a=a b=a c=c");
    check("a=a b=a c=c", "ab c", "", "a=a b=a c=c");
    check("a=a", "az", "Joined a z", "a=a z=a");
    check("a=a b=b c=b", "abc", "Merged b a", "a=b a>b b=b c=b");
    check("a=a b=b", "ab", "Merged a b", "a=a b=a b>a");
    check("a=a b=a c=a", "a bc", "Split a/2 a a", "a=a/2 b=a c=a");
    check("a=a b=a", "a b", "Split b a b", "a=a b=b");
    check("a=a b=a b>a", "a b", "Split b/2 a b", "a=a b=b/2 b>a");
    check("a=a b=a b>a b/2>a", "a b", "Split b/3 a b", "a=a b/2>a b=b/3 b>a");
    check("a=a b=a c=c d=c", "ac bd", "Split b a b; Split b c d; Merged a c", "a=a b=b c=a c>a d=b");
    check("a=a b=a c=a d=d e=d", "ab dec", "Moved d a c", "a=a b=a c=d d=d e=d");
    check("a=a b=b", "b", "Gone a a", "a> b=b");
    check("a=a b=b c>a", "b", "Gone a a", "a> b=b c>");
    check("b=a c>a", "bc", "Joined a c", "b=a c=a c>a");
    check("a=a b=b c=b c>b", "abc", "Merged b a", "a=b a>b b=b c=b c>b");
    check("a=x b=y b>a", "ab", "Merged x y", "a=x b=x b>a y>x");
    check(
        "a=a b=a c=a",
        "az by c",
        "Split b a b; Split c a c; Joined a z; Joined b y",
        "a=a b=b c=c y=b z=a",
    );
    check("x=a", "ax b", "New b b; Joined a a", "a=a b=b x=a");
    check("x=a", "a x", "New a/2 a", "a=a/2 x=a");
}

#[test]
fn an_event_that_does_not_fit_is_refused() {
    let check = |before: &str, (what, words): (What, [&str; 3])| {
        let mut ids = Interner::default();
        let before = people(&mut ids, before);
        let [person, other, record] = words.map(|word| ids.number(word));
        assert_eq!(
            before.after(&[Event { what, person, other, record }]),
            Err(Misfit(0)),
            "{what:?} {words:?}"
        );
    };
    check("a=a b=b", (What::Gone, ["b", "", "a"]));
    check("a=a b=b", (What::Split, ["b", "a", "a"]));
    check("a=a c>a", (What::Split, ["c", "a", "a"]));
    check("a=a b=b", (What::Split, ["c", "b", "a"]));
    check("a=a b=b", (What::Moved, ["c", "a", "a"]));
    check("a=a b=b", (What::Merged, ["a", "c", ""]));
    check("a=a b=b", (What::Merged, ["c", "a", ""]));
    check("a=a b=b", (What::New, ["a", "", "c"]));
    check("a=a b=b", (What::New, ["c", "", "a"]));
    check("a=a b=b", (What::Joined, ["c", "", "c"]));
}

/// A partition of some of the letters, drawn by chance.
fn drawn(ids: &mut Interner, chance: &mut Chance) -> Vec<(u32, u32)> {
    let (letters, groups) = (1 + chance.next() % 10, 1 + chance.next() % 6);
    let mut now = Vec::new();
    for letter in 0..letters {
        if !chance.below(0.2) {
            let name = char::from(b'a' + u8::try_from(letter).unwrap()).to_string();
            now.push((ids.number(&name), u32::try_from(chance.next() % groups).unwrap()));
        }
    }
    now
}

/// The partition of an assignment, by the texts of records.
fn partition(ids: &Interner, of: impl Iterator<Item = (u32, u32)>) -> BTreeSet<BTreeSet<String>> {
    let mut groups: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
    of.for_each(|(record, group)| {
        groups.entry(group).or_default().insert(ids.text(record).to_owned());
    });
    groups.into_values().collect()
}

#[test]
fn events_carried_out_on_the_persons_of_before_give_those_of_today() {
    let mut chance = Chance(0xbee5);
    for _ in 0..3_000 {
        let mut ids = Interner::default();
        let mut people = People::default();
        let mut ever: BTreeSet<u32> = BTreeSet::new();
        for _ in 0..5 {
            let now = drawn(&mut ids, &mut chance);
            let events = follow(&mut ids, &people, &now);
            let after = people.after(&events).unwrap();
            let today = partition(&ids, now.iter().copied());
            assert_eq!(
                partition(&ids, after.of.iter().map(|(r, p)| (*r, *p))),
                today,
                "{}",
                lines(&ids, &events)
            );
            // An id that was given once and is nobody's now is never given again, and leads to somebody there or to nobody.
            let there: BTreeSet<u32> = after.of.values().copied().collect();
            ever.extend(&there);
            assert_eq!(after.former.keys().copied().collect::<BTreeSet<_>>(), &ever - &there);
            assert!(after.former.values().all(|to| *to == NONE || there.contains(to)));
            people = after;
            assert!(follow(&mut ids, &people, &now).is_empty(), "the same persons are no news");
        }
    }
}

#[test]
fn neither_the_order_of_records_nor_the_numbers_of_groups_matter() {
    let mut chance = Chance(0x0dd5);
    for _ in 0..2_000 {
        let mut ids = Interner::default();
        let first = drawn(&mut ids, &mut chance);
        let people = People::default();
        let people = people.after(&follow(&mut ids, &people, &first)).unwrap();
        let now = drawn(&mut ids, &mut chance);
        let straight = follow(&mut ids, &people, &now);
        let straight = lines(&ids, &straight);
        // The same with other numbers for all: letters in another order, groups renamed, records turned round.
        let mut others = Interner::default();
        (0..26).rev().for_each(|at| {
            others.number(&char::from(b'a' + at).to_string());
        });
        let again = self::people(&mut others, &told(&ids, &people));
        let turned: Vec<(u32, u32)> =
            now.iter().rev().map(|(record, group)| (others.number(ids.text(*record)), 90 - group)).collect();
        let turned = follow(&mut others, &again, &turned);
        assert_eq!(lines(&others, &turned), straight);
    }
}
