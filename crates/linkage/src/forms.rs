//! What a column's cells say, each distinct writing folded once: the key by which it is one with others, and how near two are.

use crate::ending::{are_derived, is_case_of, same_consonants};
use crate::fold;
use crate::given;
use crate::intern::{FETCHED, Interner, NONE, hash};
use crate::similar::{jaro_winkler, one_slip};
use crate::{initials, place, prefix};

/// How the cells of a column are folded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Folding {
    /// Names of people: by sound, over scripts.
    Name,
    /// Words, names of places among them: by sound, and a place by all its names.
    Words,
    /// Codes that several people share: letters and digits as they look, a unit's without the words "military unit".
    Code,
    /// Numbers that one person has: letters and digits as they look.
    Number,
    /// What is one of few: as it looks, a man's and a woman's in one word.
    Category,
}

/// What part of a person's name a word is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Role {
    /// Surname.
    Surname,
    /// Given name.
    Given,
    /// Patronymic.
    Patronymic,
}

/// The roles in the order of their columns.
pub const ROLES: [Role; 3] = [Role::Surname, Role::Given, Role::Patronymic];

/// How two writings compare.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[repr(u8)]
pub enum Level {
    /// Absent on one side or both.
    Missing,
    /// Written alike.
    Same,
    /// One name: by sound, by its form in another language, by what friends say.
    OneName,
    /// A slip of the hand apart, or the same but for vowels.
    Near,
    /// Alike.
    Alike,
    /// They differ.
    Differs,
    /// One is an initial, and fits.
    Initial,
}

/// How many levels there are.
pub const LEVELS: usize = 7;

/// A distinct writing.
#[derive(Clone, Copy, Debug)]
struct Form {
    /// Its skeletons, the likeliest first.
    readings: [u32; fold::READINGS_MAX],
    /// The keys of the first two words of several.
    parts: [u32; 2],
    /// Key by role; for other columns the first.
    keys: [u32; 3],
    /// The given name and the father's name that this nearly is, an oblique case or a slip of it, by key.
    nearly: [u32; 2],
    /// Where its further keys stand among [`Forms::also`]; 0 where it has none.
    also: u32,
    /// How often it came.
    count: u32,
    initial: bool,
    /// Whether it has the ending of a patronymic.
    patronymic: bool,
    /// Whether it is a given name that is known.
    known: bool,
}

/// The distinct writings of a column, or of the columns of a name.
#[derive(Clone, Debug)]
pub struct Forms {
    folding: Folding,
    /// Raw cells, and of each the form and how often it came.
    raw: Interner,
    of_raw: Vec<(u32, u32)>,
    /// Names as they are compared; a code is its own key.
    texts: Interner,
    forms: Vec<Form>,
    /// Hashes of the writings, by form: the same whatever the order of arrival.
    hashes: Vec<u64>,
    keys: Interner,
    /// Keys of given name and patronymic beside the likeliest: by other readings, and of names that stand for several.
    also: Vec<Also>,
    /// How many cells have each key, as a given name and as a patronymic.
    borne: [Vec<u32>; 2],
}

/// Further keys: of the given name, of the patronymic.
type Also = [[u32; ALSO_MAX]; 2];

/// How many times as often as a slip of it a name is written, at least.
const SLIP_SELDOM: u32 = 30;

/// Digits that a code has, at least, of which one may be a slip.
const CODE_DIGITS_MIN: usize = 4;

/// The most further keys in a role.
const ALSO_MAX: usize = 7;

impl Forms {
    /// None yet.
    pub fn new(folding: Folding) -> Self {
        let none = Form {
            readings: [NONE; fold::READINGS_MAX],
            parts: [NONE; 2],
            keys: [NONE; 3],
            nearly: [NONE; 2],
            also: 0,
            count: 0,
            initial: false,
            patronymic: false,
            known: false,
        };
        Self {
            folding,
            raw: Interner::default(),
            of_raw: vec![(NONE, 0)],
            texts: Interner::default(),
            forms: vec![none],
            hashes: vec![0],
            keys: Interner::default(),
            also: vec![[[NONE; ALSO_MAX]; 2]],
            borne: [Vec::new(), Vec::new()],
        }
    }

    /// The form of a cell; [`NONE`] where it says nothing.
    pub fn form(&mut self, cell: &str) -> u32 {
        let cell = cell.trim();
        self.form_of(cell, hash(cell.as_bytes()))
    }

    /// The form of a trimmed cell whose hash is known.
    pub(crate) fn form_of(&mut self, cell: &str, hash: u64) -> u32 {
        let raw = self.raw.number_of(cell, hash) as usize;
        if raw == self.of_raw.len() {
            let form = self.folded(cell);
            self.of_raw.push((form, 0));
        }
        let (form, count) = &mut self.of_raw[raw];
        *count += 1;
        *form
    }

    /// Fetches what is needed for trimmed cells that come next. Answers their hashes.
    pub(crate) fn fetch<'a>(&self, cells: impl Iterator<Item = &'a str>) -> [u64; FETCHED] {
        let (hashes, numbers) = self.raw.fetch(cells);
        let touched = numbers.iter().fold(0, |sum, number| sum ^ self.of_raw[*number as usize].0);
        std::hint::black_box(touched);
        hashes
    }

    fn folded(&mut self, cell: &str) -> u32 {
        let cell = &*prefix::without(cell, self.folding);
        if is_unknown(cell) {
            return NONE;
        }
        let (text, number) = match self.folding {
            Folding::Name | Folding::Words => {
                let text = fold::plain(cell);
                let number = self.texts.number(&text);
                (text, number)
            }
            Folding::Code | Folding::Number | Folding::Category => {
                let text = fold::code(cell);
                let number = self.keys.number(&text);
                (text, number)
            }
        };
        if number as usize != self.forms.len() {
            return number;
        }
        let mut form = self.forms[0];
        match self.folding {
            Folding::Code | Folding::Number | Folding::Category => form.readings[0] = number,
            Folding::Name | Folding::Words => {
                for (place, reading) in form.readings.iter_mut().zip(fold::readings(&text)) {
                    *place = self.keys.number(&reading);
                }
                form.initial = text.chars().count() == 1;
                // An alphabet that is not known has no skeletons: its words are what they are.
                if form.readings[0] == NONE {
                    form.readings[0] = self.keys.number(&text);
                }
                if fold::words(cell).nth(1).is_some() {
                    for (place, word) in form.parts.iter_mut().zip(fold::words(cell)) {
                        *place = self.keys.number(&fold::skeleton(word));
                    }
                }
            }
        }
        self.forms.push(form);
        self.hashes.push(hash(text.as_bytes()));
        number
    }

    /// Gives every form its keys, once all cells are read. A writing that can be read in several ways is read in the one that
    /// most others bear out.
    pub fn settle(&mut self) {
        for (form, count) in self.of_raw.drain(..).filter(|(form, _)| *form != NONE) {
            self.forms[form as usize].count += count;
        }
        let mut borne_out = vec![0_u32; self.keys.len()];
        for form in &self.forms {
            let one = form.readings[1] == NONE;
            borne_out[form.readings[0] as usize] += if one { form.count } else { 0 };
        }
        for at in 1..self.forms.len() {
            let readings = self.forms[at].readings;
            let best = readings.into_iter().take_while(|reading| *reading != NONE).fold(
                readings[0],
                |best, reading| {
                    if borne_out[reading as usize] > borne_out[best as usize] { reading } else { best }
                },
            );
            self.forms[at].keys = [best; 3];
        }
        match self.folding {
            Folding::Name => self.set_name_keys(),
            Folding::Words => self.set_place_keys(),
            Folding::Code | Folding::Number | Folding::Category => {}
        }
        self.number_keys_anew();
        for at in 0..2 {
            let mut borne = vec![0; self.keys.len()];
            self.forms.iter().for_each(|form| borne[form.keys[1 + at] as usize] += form.count);
            self.borne[at] = borne;
        }
        (self.raw, self.texts) = Default::default();
        self.of_raw = Vec::new();
    }

    /// Numbers keys by what they say: what two joins have by chance is then the same whatever the order of arrival.
    fn number_keys_anew(&mut self) {
        let moved = self.keys.settle();
        let renumber = |keys: &mut [u32]| keys.iter_mut().for_each(|key| *key = moved[*key as usize]);
        for form in &mut self.forms {
            renumber(&mut form.readings);
            renumber(&mut form.parts);
            renumber(&mut form.keys);
            renumber(&mut form.nearly);
        }
        self.also.iter_mut().flatten().for_each(|keys| renumber(keys));
    }

    /// Gives every form the key of the place that it names.
    fn set_place_keys(&mut self) {
        for at in 1..self.forms.len() {
            let readings = self.forms[at].readings;
            let named = readings.into_iter().take_while(|reading| *reading != NONE).find_map(|reading| {
                let text = self.keys.text(reading);
                let key = place::key(text);
                (key != text).then(|| key.to_owned())
            });
            if let Some(key) = named {
                self.forms[at].keys = [self.keys.number(&key); 3];
            }
        }
    }

    /// Gives every form its keys as a given name and as a patronymic.
    fn set_name_keys(&mut self) {
        let mut text = String::new();
        for at in 1..self.forms.len() {
            let Form { readings, keys: [best, ..], .. } = self.forms[at];
            text.clear();
            text.push_str(self.keys.text(best));
            let (given, father) = (self.given(best, &text), self.father(best, &text));
            let mut also = [[NONE; ALSO_MAX]; 2];
            let mut add = |role: usize, key: u32| {
                let room = also[role].iter().position(|had| *had == NONE || *had == key);
                if let Some(place) = room.filter(|_| key != [given, father][role]) {
                    also[role][place] = key;
                }
            };
            given::others(&text).for_each(|key| add(0, self.keys.number(key)));
            for reading in readings.into_iter().filter(|reading| *reading != NONE && *reading != best) {
                let text = self.keys.text(reading).to_owned();
                add(0, self.given(reading, &text));
                if given::ends_as_patronymic(&text) {
                    add(1, self.father(reading, &text));
                }
            }
            let form = &mut self.forms[at];
            form.keys = [best, given, father];
            form.patronymic = given::ends_as_patronymic(&text);
            form.known = given::is_known(&text);
            let near_father = form.patronymic.then(|| given::near_father_key(&text)).flatten();
            form.nearly = [given::near_key(&text), near_father]
                .map(|key| key.map_or(NONE, |key| self.keys.number(key)));
            if also != self.also[0] {
                form.also = u32::try_from(self.also.len()).unwrap_or(0);
                self.also.push(also);
            }
        }
    }

    /// The key of a given name by its reading and what that says.
    fn given(&mut self, reading: u32, text: &str) -> u32 {
        match given::given_key(text) {
            key if key == text => reading,
            key => self.keys.number(key),
        }
    }

    /// The key of a patronymic by its reading and what that says.
    fn father(&mut self, reading: u32, text: &str) -> u32 {
        match given::father_key(text) {
            key if key.is_empty() || key == text => reading,
            key => self.keys.number(key),
        }
    }

    /// The key of a form in a role: equal for one name over scripts, languages and daily use. A column without roles uses the first.
    pub fn key(&self, form: u32, role: Role) -> u32 {
        self.forms[form as usize].keys[role as usize]
    }

    /// The key by which a form is looked for in a role: that of the known name which it nearly is, where the cells have that one
    /// [`SLIP_SELDOM`] times as often.
    pub fn sought_key(&self, form: u32, role: Role) -> u32 {
        let form = &self.forms[form as usize];
        let key = form.keys[role as usize];
        match (role as usize).checked_sub(1).map(|at| (form.nearly[at], &self.borne[at])) {
            Some((near, borne))
                if near != NONE && borne[near as usize] / SLIP_SELDOM >= borne[key as usize] =>
            {
                near
            }
            _ => key,
        }
    }

    /// A number of a key that does not depend on the order of arrival.
    pub fn key_hash(&self, key: u32) -> u64 {
        hash(self.keys.text(key).as_bytes())
    }

    /// The text of a key.
    pub fn key_text(&self, key: u32) -> &str {
        self.keys.text(key)
    }

    /// How many forms there are, "none" among them.
    pub fn len(&self) -> usize {
        self.forms.len()
    }

    /// Whether there is no form.
    pub fn is_empty(&self) -> bool {
        self.forms.len() == 1
    }

    /// How many keys there are.
    pub fn keys_len(&self) -> usize {
        self.keys.len()
    }

    /// A number of a form that does not depend on the order of arrival.
    pub fn hash(&self, form: u32) -> u64 {
        self.hashes[form as usize]
    }

    /// Whether a form is one letter.
    pub fn is_initial(&self, form: u32) -> bool {
        self.forms[form as usize].initial
    }

    /// Whether a form is a given name that is known.
    pub(crate) fn is_known(&self, form: u32) -> bool {
        self.forms[form as usize].known
    }

    /// Whether a patronymic has a woman's ending; nothing of what has the ending of none.
    pub(crate) fn is_of_woman(&self, form: u32) -> Option<bool> {
        let form = &self.forms[form as usize];
        form.patronymic.then(|| given::ends_as_of_woman(self.keys.text(form.keys[0])))
    }

    /// Whether a form is a given name that is known and can be read and meant in one way only.
    pub(crate) fn is_sure(&self, form: u32) -> bool {
        let form = &self.forms[form as usize];
        let is_one_word = form.parts[0] == NONE && !form.initial;
        form.known && is_one_word && form.also == 0 && form.nearly[0] == NONE
    }

    /// Whether a form has the ending of a patronymic.
    pub fn is_patronymic(&self, form: u32) -> bool {
        self.forms[form as usize].patronymic
    }

    /// Whether two surnames are one stem with two endings of those that make surnames: Мельник and Мельничук, Петров and Петренко are
    /// two families.
    pub(crate) fn are_derived(&self, a: u32, b: u32) -> bool {
        let text = |form: u32| self.keys.text(self.forms[form as usize].keys[0]);
        are_derived(text(a), text(b))
    }

    /// Whether two numbers are long and differ in the last digit only. Who enlisted or was entered together has numbers in a row: a
    /// slip of that digit is seldomer than two men.
    pub(crate) fn are_neighbours(&self, a: u32, b: u32) -> bool {
        let text = |form: u32| self.keys.bytes(self.forms[form as usize].keys[0]);
        are_neighbours(text(a), text(b))
    }

    /// How two forms compare in a role. Neither is [`NONE`].
    pub fn level(&self, a: u32, b: u32, role: Role) -> Level {
        if a == b {
            return Level::Same;
        }
        let (one, other) = (&self.forms[a as usize], &self.forms[b as usize]);
        if one.keys[role as usize] == other.keys[role as usize] {
            return Level::OneName;
        }
        match self.folding {
            Folding::Code | Folding::Number => self.codes(one, other),
            // Of two letters one is no slip of the other.
            Folding::Category => Level::Differs,
            _ if one.initial || other.initial => self.initials(one, other, role),
            _ => self.names(one, other, role),
        }
    }

    fn codes(&self, one: &Form, other: &Form) -> Level {
        let (a, b) = (self.keys.bytes(one.keys[0]), self.keys.bytes(other.keys[0]));
        let digits = |text: &'_ [u8]| text.iter().filter(|c| c.is_ascii_digit()).count();
        let same_digits =
            || a.iter().filter(|c| c.is_ascii_digit()).eq(b.iter().filter(|c| c.is_ascii_digit()));
        // 14 and 24 are two brigades.
        let is_long = || digits(a).min(digits(b)) >= CODE_DIGITS_MIN || same_digits();
        let is_near = (one_slip(a, b) && is_long()) || (digits(a) >= 4 && same_digits());
        if is_near { Level::Near } else { Level::Differs }
    }

    fn initials(&self, one: &Form, other: &Form, role: Role) -> Level {
        let has = |form: &Form, letter: u8| {
            let keys = [form.keys[role as usize], form.keys[0]];
            let other_forms = if form.initial { &[] } else { initials::of(self.keys.text(keys[0])) };
            keys.iter().any(|key| self.keys.bytes(*key).first() == Some(&letter))
                || other_forms.contains(&letter)
        };
        let firsts = |form: &Form| {
            [form.keys[role as usize], form.keys[0]].map(|key| self.keys.bytes(key).first().copied())
        };
        // Of two the one that is a letter asks the other.
        let (letter, name) = if one.initial { (one, other) } else { (other, one) };
        let fits = firsts(letter).into_iter().flatten().any(|first| has(name, first));
        if fits { Level::Initial } else { Level::Differs }
    }

    /// Whether a further key of one is a key of the other.
    fn is_also(&self, one: &Form, other: &Form, role: Role) -> bool {
        if one.also | other.also == 0 || role == Role::Surname {
            return false;
        }
        let of = |form: &Form| self.also[form.also as usize][role as usize - 1];
        let (a, b, key) = (of(one), of(other), |form: &Form| form.keys[role as usize]);
        a.contains(&key(other))
            || b.contains(&key(one))
            || a.iter().any(|key| *key != NONE && b.contains(key))
    }

    /// Whether a word of several is a word of the other.
    fn share_a_part(&self, one: &Form, other: &Form, role: Role) -> bool {
        let key = |reading: u32| match (role, self.keys.text(reading)) {
            (Role::Given, text) => given::given_key(text),
            (_, text) => text,
        };
        let words = |form: &Form| form.parts.map(key);
        let whole = |form: &Form| form.readings.map(key);
        let shared = |x: &[&str], y: &[&str]| x.iter().any(|word| !word.is_empty() && y.contains(word));
        shared(&words(one), &words(other))
            || shared(&words(one), &whole(other))
            || shared(&words(other), &whole(one))
    }

    fn names(&self, one: &Form, other: &Form, role: Role) -> Level {
        let shared =
            |x: &[u32], y: &[u32]| x.iter().take_while(|key| **key != NONE).any(|key| y.contains(key));
        if shared(&one.readings, &other.readings) || self.is_also(one, other, role) {
            return Level::OneName;
        }
        if (one.parts[0] != NONE || other.parts[0] != NONE) && self.share_a_part(one, other, role) {
            return Level::Near;
        }
        if let Some(at) = (role as usize).checked_sub(1) {
            let (x, y) = (one.nearly[at], other.nearly[at]);
            let is = |near: u32, key: u32| near != NONE && near == key;
            if is(x, other.keys[role as usize]) || is(y, one.keys[role as usize]) || is(x, y) {
                return Level::Near;
            }
        }
        // Олександр and Олексій are alike, and two names.
        if role == Role::Given && one.known && other.known {
            return Level::Differs;
        }
        // Of patronymics the ending says nothing; of names in daily use the group's name would.
        let text = |form: &Form| self.keys.bytes(form.keys[if role == Role::Patronymic { 2 } else { 0 }]);
        let (a, b) = (text(one), text(other));
        if (a.len().min(b.len()) >= 4 && one_slip(a, b)) || same_consonants(a, b) || is_case_of(a, b) {
            return Level::Near;
        }
        match jaro_winkler(a, b) {
            like if like >= 0.92 => Level::Near,
            like if like >= 0.84 => Level::Alike,
            _ => Level::Differs,
        }
    }
}

fn are_neighbours(a: &[u8], b: &[u8]) -> bool {
    let is_long = a.len() >= 4 && a.len() == b.len();
    match (a.split_last(), b.split_last()) {
        (Some((x, a)), Some((y, b))) => {
            is_long && a == b && x != y && x.is_ascii_digit() && y.is_ascii_digit()
        }
        _ => false,
    }
}

/// What a cell says that says nothing, in small letters.
const UNKNOWN: &[&str] = &[
    "-",
    "--",
    "—",
    "?",
    "??",
    "???",
    "n/a",
    "nil",
    "none",
    "null",
    "unbekannt",
    "unk",
    "unknown",
    "inconnu",
    "nieznane",
    "nieznany",
    "б/н",
    "н/в",
    "н/д",
    "не встановлено",
    "не установлено",
    "невідома",
    "невідоме",
    "невідомий",
    "невідомо",
    "неизвестен",
    "неизвестна",
    "неизвестно",
    "неизвестный",
    "нет данных",
    "немає даних",
    "немає",
    "отсутствует",
];

/// With what [`UNKNOWN`] begins.
const UNKNOWN_STARTS: &str = "-—?inuбноINUБНО";

/// Whether a cell says that nothing is known.
fn is_unknown(cell: &str) -> bool {
    cell.starts_with(|first| UNKNOWN_STARTS.contains(first))
        && cell.len() <= 32
        && UNKNOWN.contains(&cell.trim().to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_nothing_is_seen_in_small_letters_and_capitals() {
        for word in UNKNOWN {
            assert!(is_unknown(word) && is_unknown(&word.to_uppercase()), "{word}");
        }
        assert!(!is_unknown("Невідомський") && !is_unknown("Мігда") && !is_unknown(""));
    }

    #[test]
    fn numbers_of_keys_do_not_depend_on_the_order_of_arrival() {
        let cells =
            ["Мігда", "Мигда", "Mihda", "Максим", "Maksym", "Олегович", "Oleh", "Шевченко-Ківа", "О."];
        let keys = |order: &[usize]| {
            let mut forms = Forms::new(Folding::Name);
            let mut of = [NONE; 9];
            order.iter().for_each(|at| of[*at] = forms.form(cells[*at]));
            forms.settle();
            of.map(|form| {
                ROLES.map(|role| (forms.key(form, role), forms.key_text(forms.key(form, role)).to_owned()))
            })
        };
        let (one, other) = (keys(&[0, 1, 2, 3, 4, 5, 6, 7, 8]), keys(&[8, 3, 7, 5, 0, 1, 6, 2, 4]));
        assert_eq!(one, other);
        assert!(one.iter().flatten().any(|(key, _)| *key != NONE));
    }
}
