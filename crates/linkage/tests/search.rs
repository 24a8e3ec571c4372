//! Whoever is looked for in any spelling is found: the search's keys bring the record, and the comparison puts it among the first ten.

use std::collections::BTreeMap;

use linkage::{Band, Birth, Comparison, Facts, Field, compare, keys, search_keys};

/// A record or what a report says: surname, given name, patronymic, birth.
#[derive(Clone, Debug)]
struct Said {
    surname: String,
    given: String,
    patronymic: String,
    birth: String,
}

impl Said {
    fn of(cells: &[&str]) -> Self {
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default().to_owned();
        Self { surname: cell(0), given: cell(1), patronymic: cell(2), birth: cell(3) }
    }

    fn facts(&self) -> Facts<'_> {
        let some = |text: &'_ String| Some(text.clone()).filter(|text| !text.is_empty());
        let mut parts = self.birth.split('-').map(|part| part.parse::<u16>().ok());
        let year = parts.next().flatten().map(i32::from);
        let mut small = || parts.next().flatten().and_then(|part| u8::try_from(part).ok());
        let (month, day) = (small(), small());
        Facts {
            surname: &self.surname,
            given: some(&self.given).map(|_| self.given.as_str()),
            patronymic: some(&self.patronymic).map(|_| self.patronymic.as_str()),
            birth: year.map(|year| Birth { year, month_day: month.zip(day) }),
            service_number: None,
        }
    }

    fn keys(&self) -> Vec<String> {
        let facts = self.facts();
        let year = facts.birth.map(|birth| birth.year);
        let made = keys(facts.surname, facts.given, facts.patronymic, year, None);
        made.iter().map(|key| key.text().to_owned()).collect()
    }

    /// What is typed into the search box.
    fn query(&self) -> String {
        [&self.surname, &self.given, &self.patronymic, &self.birth].map(String::as_str).join(" ")
    }
}

/// Numbers that look like chance.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

fn column(csv: &'static str, at: usize) -> Vec<&'static str> {
    csv.lines().skip(1).filter_map(|line| line.split(',').nth(at)).collect()
}

/// Invented records of others.
fn others(many: usize) -> Vec<Said> {
    let surnames = column(include_str!("../../rehearsal/data/names/surnames.csv"), 0);
    let given = column(include_str!("../../rehearsal/data/names/given_male.csv"), 0);
    let fathers = column(include_str!("../../rehearsal/data/names/patronymics.csv"), 0);
    let mut chance = Chance(7);
    // Names at the head of a table are the more frequent ones.
    let mut drawn = |names: &[&str]| {
        let end = 1 + chance.below(names.len());
        names[chance.below(end)].to_owned()
    };
    let mut people = Vec::new();
    for at in 0..many {
        let (surname, given, patronymic) =
            (surnames[at * 31 % surnames.len()].to_owned(), drawn(&given), drawn(&fathers));
        people.push(Said { surname, given, patronymic, birth: String::new() });
    }
    for said in &mut people {
        let (year, month, day) = (1965 + chance.below(42), 1 + chance.below(12), 1 + chance.below(28));
        said.birth = format!("{year}-{month:02}-{day:02}");
    }
    people
}

/// The records by key, as the register finds them.
struct Register {
    people: Vec<Said>,
    by_key: BTreeMap<String, Vec<usize>>,
}

impl Register {
    fn of(people: Vec<Said>) -> Self {
        let mut by_key: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, said) in people.iter().enumerate() {
            said.keys().into_iter().for_each(|key| by_key.entry(key).or_default().push(at));
        }
        Self { people, by_key }
    }

    /// At which place a record is shown, from 1, others that are as good standing before it; nothing where no key brings it.
    fn place(&self, query: &str, asked: &Said, wanted: usize) -> Option<usize> {
        let mut found: BTreeMap<usize, (Band, i32)> = BTreeMap::new();
        for key in search_keys(query) {
            for at in self.by_key.get(key.text()).into_iter().flatten() {
                found.entry(*at).or_insert_with(|| worth(&compare(asked.facts(), self.people[*at].facts())));
            }
        }
        let own = found.get(&wanted)?;
        Some(found.values().filter(|worth| *worth >= own).count())
    }

    /// The same for a query of which nobody says what its words are: of every two words as surname and given name, the best.
    fn place_of_query(&self, query: &str, wanted: usize) -> Option<usize> {
        let words: Vec<&str> = linkage::fold::words(query).collect();
        let mut best = None;
        for (at, surname) in words.iter().enumerate() {
            for (other, given) in words.iter().enumerate().filter(|(other, _)| *other != at) {
                let patronymic = words.iter().enumerate().find(|(third, _)| *third != at && *third != other);
                let asked = Said::of(&[surname, given, patronymic.map_or("", |(_, word)| word)]);
                let place = self.place(query, &asked, wanted);
                best = [best, place].into_iter().flatten().min();
            }
        }
        best
    }
}

/// What a comparison is worth for the order in which candidates are shown.
fn worth(found: &Comparison) -> (Band, i32) {
    let points = |fields: &[Field], each: i32| fields.len() as i32 * each;
    (found.band, points(&found.agrees, 4) + points(&found.near, 2) - points(&found.differs, 3))
}

/// Pairs of a record and what is looked for, by where the writing comes from.
fn variants() -> Vec<(&'static str, Said, Said)> {
    let rows = include_str!("data/variants.csv").lines().filter(|line| !line.starts_with('#')).skip(1);
    let pairs = rows.map(|line| {
        let cells: Vec<&'static str> = line.split(',').collect();
        (cells[0], Said::of(&cells[1..5]), Said::of(&cells[5..]))
    });
    pairs.collect()
}

/// A record, then queries by hand that must find it: nicknames, initials, parts in any order, call signs, spellings of other
/// languages, oblique cases, years and dates.
const BY_HAND: &[(&str, &[&str])] = &[
    (
        "Гуральник,Олександр,Миколайович,1991-03-14",
        &[
            "Гуральник Саша",
            "Саня Гуральник",
            "Huralnyk Oleksandr",
            "GURALNIK ALEKSANDR NIKOLAEVICH",
            "Гуральника Олександра Миколайовича",
            "Гуральнику Александру Николаевичу 1991",
            "Гуральник О. М. 14.03.1991",
            "Гуральнык А Н 1991",
            "Houralnik Alexandre",
            "Гуральник «Кедр» Шура",
        ],
    ),
    (
        "Щербаківський,Євген,Юрійович,1986-11-02",
        &[
            "Щербаковский Женя",
            "Щербаковский Евгений Юрьевич",
            "Shcherbakivskyi Yevhen",
            "Chtcherbakovski Evgueni",
            "Szczerbakowski Jewhen",
            "Жека Щербаківський",
            "Щербаківського Євгена Юрійовича",
            "Scherbakovskij E. 1986",
        ],
    ),
    (
        "Жолобецький,Сергій,В'ячеславович,1979-07-30",
        &[
            "Жолобецкий Серёга",
            "Серий Жолобецький",
            "Zholobetskyi Serhii",
            "Żołobecki Serhij",
            "Jolobetski Serguei",
            "Жолобецкому Сергею Вячеславовичу",
            "Сергій В'ячеславович 1979",
            "Жолобецький Сергій позивний Грім",
        ],
    ),
    (
        "Хуторянський,Ярослав,Ігорович,1995-01-19",
        &[
            "Славік Хуторянський",
            "Хуторянский Слава 1995",
            "Khutorianskyi Yaroslav",
            "Chutorjanskyj Jaroslaw",
            "Hutoryanskiy Yaroslav Igorevich",
            "Xutorjansʹkyj Jaroslav",
            "Хуторянського Ярослава Ігоровича",
            "Ярик Хуторянский",
        ],
    ),
    (
        "Ґедзьо,Михайло,Ілліч,2001-09-05",
        &[
            "Гедзьо Міша",
            "Гедзе Михаил Ильич",
            "Gedzo Mykhailo",
            "Hedzio Mykhailo 2001",
            "Гедзьо М. І.",
            "Мишаня Гедзьо 05.09.2001",
            "Михайло Ілліч 2001",
        ],
    ),
    (
        "Дашкевич-Зарічний,Анатолій,Петрович,1983-12-24",
        &[
            "Зарічний Толік",
            "Дашкевич Анатолий",
            "Dashkevych-Zarichnyi Anatolii",
            "Толян Заричный",
            "Дашкевич-Заречный Анатолий Петрович",
            "Daszkewycz Anatolij",
        ],
    ),
    (
        "Дoкшина,Артeм,Васильoвич,1998-06-11",
        &[
            "Докшина Тьома",
            "Докшина Артём Васильевич",
            "Dokshyna Artem",
            "Докшину Артема Васильовича",
            "Dokšina Artëm",
        ],
    ),
];

#[test]
fn hard_spellings_by_hand_are_found() {
    let records: Vec<Said> =
        BY_HAND.iter().map(|(record, _)| Said::of(&record.split(',').collect::<Vec<_>>())).collect();
    let mut people = records.clone();
    people.extend(others(20_000));
    let register = Register::of(people);
    let mut missed = Vec::new();
    let mut asked = 0;
    for (at, (_, queries)) in BY_HAND.iter().enumerate() {
        for query in *queries {
            asked += 1;
            // The words are compared in the order that fits best: a query does not say which is which.
            let place = register.place_of_query(query, at);
            if place.is_none_or(|place| place > 10) {
                missed.push(format!("{query}: {place:?}"));
            }
        }
    }
    assert!(missed.len() * 100 <= asked * 3, "{} of {asked}: {}", missed.len(), missed.join(", "));
}

/// Of pairs of others, drawn by chance, fewer than one of a hundred is worth a person's time.
#[test]
#[expect(clippy::print_stderr, reason = "the measured share is meant to be read in the test's output")]
fn few_others_are_put_before_a_person() {
    let people = others(4_000);
    let variants = variants();
    let (mut seen, mut review, mut link) = (0, 0, 0);
    for (at, (_, _, asked)) in variants.iter().enumerate() {
        for step in 0..100 {
            let found = compare(asked.facts(), people[(at * 97 + step * 41) % people.len()].facts());
            seen += 1;
            review += usize::from(found.band == Band::Review);
            link += usize::from(found.band == Band::Link);
        }
    }
    eprintln!("of {seen} pairs of others {review} for review, {link} linked");
    assert!(review * 100 < seen && link == 0);
}

/// A hit is never strong because it is the only one, nor because its name is rare.
#[test]
fn one_weak_hit_is_weak() {
    let record = Said::of(&["Ґедзьо", "Михайло", "Ілліч", "2001-09-05"]);
    for (asked, band) in [
        (["Гедзьо", "Міша", "", ""], Band::Review),
        (["Гедзе", "Михаил", "Ильич", ""], Band::Review),
        (["Гедзьо", "Михайло", "Ілліч", "2001"], Band::Review),
        (["Gedzo", "", "", "2001"], Band::No),
        (["Гедзьо", "", "", ""], Band::No),
        (["Гедзе", "Михаил", "Ильич", "2001-09-05"], Band::Link),
    ] {
        let asked = Said::of(&asked);
        assert_eq!(compare(asked.facts(), record.facts()).band, band, "{asked:?}");
    }
}

#[test]
#[expect(clippy::print_stderr, reason = "the measured recall is meant to be read in the test's output")]
fn whoever_is_looked_for_is_among_the_first_ten() {
    let variants = variants();
    let mut people: Vec<Said> = variants.iter().map(|(_, record, _)| record.clone()).collect();
    people.extend(others(20_000));
    let register = Register::of(people);
    let mut by_source: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    let mut missed = Vec::new();
    for (at, (source, record, asked)) in variants.iter().enumerate() {
        let place = register.place(&asked.query(), asked, at);
        let counts = by_source.entry(*source).or_default();
        counts.0 += 1;
        counts.1 += usize::from(place.is_some());
        counts.2 += usize::from(place.is_some_and(|place| place <= 10));
        if place.is_none_or(|place| place > 10) {
            missed.push(format!("{source} {} ~ {}: {place:?}", record.query(), asked.query()));
        }
    }
    eprintln!("by source, asked, brought, among the first ten: {by_source:?}\n{}", missed.join("\n"));
    let found = variants.len() - missed.len();
    assert!(found * 100 >= variants.len() * 97, "{found} of {}", variants.len());
}
