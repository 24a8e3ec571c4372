//! What the columns of a file mean, by their headers and, where these say nothing known, by what is in them.
//!
//! Decides which columns are compared and how. A column that nobody can place is left out rather than guessed at where it may
//! tell who is who: numbers of rows and of persons are never compared.

use crate::forms::Role;
use crate::table::{COLUMNS_MAX, Kind};

/// What a column of a file is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Purpose {
    /// The row's own identifier.
    Id,
    /// Which list or kind of witness the row is from.
    Source,
    /// A whole name: `SURNAME, GIVEN MIDDLE`, or its parts in the order surname, given name, patronymic.
    WholeName,
    /// A whole name written given name first.
    GivenFirst,
    /// A column that is compared.
    Compared(Kind),
    /// Not compared.
    Ignored,
}

/// Words by which headers are known, per purpose; the header is compared in small letters, letters and digits only.
const KNOWN: &[(Purpose, &str)] = &[
    (Purpose::Id, "id uniqueid recid recordid rowid no номер ид ід"),
    (Purpose::Source, "source list listname dataset джерело источник список"),
    (
        Purpose::Compared(Kind::Name(Role::Surname)),
        "surname lastname familyname прізвище фамилия фамілія nachname nom",
    ),
    (
        Purpose::Compared(Kind::Name(Role::Given)),
        "givenname firstname forename forenames givennames given ім'я імя імʼя имя vorname prenom prénom",
    ),
    (
        Purpose::Compared(Kind::Name(Role::Patronymic)),
        "patronymic middlename middlenames fathername fathersname secondname othernames побатькові отчество",
    ),
    (Purpose::WholeName, "name fullname person rawname піб пібповністю фио фіо ім'япрізвище"),
    (Purpose::GivenFirst, "firstandsurname nameinfull"),
    (
        Purpose::Compared(Kind::Birth),
        "dob dateofbirth birthdate birthday born birth birthyear yearofbirth датанародження датарождения \
         ріднародження рікнародження годрождения народився родился geburtsdatum",
    ),
    (Purpose::Compared(Kind::Category), "sex gender стать пол"),
    (
        Purpose::Compared(Kind::Words),
        "place placeofbirth birthplace town city suburb village address residence occupation rank місце \
         місценародження место месторождения населенийпункт звання звание",
    ),
    (
        Purpose::Compared(Kind::Code),
        "phone telephone телефон unit regiment militaryunit postcode zip postcodefake частина військовачастина часть войсковаячасть",
    ),
    (
        Purpose::Compared(Kind::Number),
        "serviceno servicenumber armynumber regimentalnumber personalnumber number socsecid passport регномер \
         особистийномер особовийномер службовийномер жетон личныйномер служебныйномер",
    ),
    (Purpose::Ignored, "personid cluster clusterid truth label labeltrue entity entityid url note notes"),
];

/// The purpose of a header, where it is known.
pub fn of_header(header: &str) -> Option<Purpose> {
    let plain: String =
        header.chars().filter(|c| c.is_alphanumeric() || *c == '\'').flat_map(char::to_lowercase).collect();
    // A numero sign alone, or with "in order": the row's number.
    if header.trim_start().starts_with('№') && ["", "зп", "пп"].contains(&plain.as_str()) {
        return Some(Purpose::Id);
    }
    let found = KNOWN.iter().find(|(_, words)| words.split(' ').any(|word| word == plain));
    found.map(|(purpose, _)| *purpose)
}

/// The kind of a column by its cells: codes have digits, categories few values, all else is words. Nothing for a column that is
/// empty, or in which every cell is another and could be the row's number.
pub fn of_cells<'a>(cells: impl Iterator<Item = &'a str>) -> Option<Kind> {
    let (mut filled, mut digits, mut letters, mut long) = (0_usize, 0_usize, 0_usize, 0_usize);
    let mut distinct = std::collections::BTreeSet::new();
    for cell in cells.map(str::trim).filter(|cell| !cell.is_empty()) {
        filled += 1;
        digits += usize::from(cell.chars().any(|c| c.is_ascii_digit()));
        letters += usize::from(cell.chars().any(char::is_alphabetic));
        long += usize::from(cell.chars().count() > 60);
        if distinct.len() <= filled {
            distinct.insert(cell);
        }
    }
    match filled {
        0 => None,
        _ if long * 2 > filled => None,
        _ if distinct.len() == filled && letters == 0 && filled > 20 => None,
        _ if distinct.len() <= 12 && filled > 100 => Some(Kind::Category),
        _ if digits * 2 > filled && letters * 2 > filled && distinct.len() * 3 > filled => Some(Kind::Words),
        _ if digits * 2 > filled => Some(Kind::Code),
        _ => Some(Kind::Words),
    }
}

/// The purposes of all columns: by header, else by up to some thousand cells of each. Of two columns for one part of the name,
/// or two dates of birth, the first counts; beyond [`COLUMNS_MAX`] nothing more is compared.
pub fn infer(headers: &[&str], cells: &[Vec<&str>]) -> Vec<Purpose> {
    let mut purposes: Vec<Purpose> = Vec::with_capacity(headers.len());
    let mut compared = 0;
    for (header, cells) in headers.iter().zip(cells) {
        let known = of_header(header);
        let by_cells = || of_cells(cells.iter().copied()).map_or(Purpose::Ignored, Purpose::Compared);
        let mut purpose = known.unwrap_or_else(by_cells);
        let single = !matches!(
            purpose,
            Purpose::Compared(Kind::Words | Kind::Code | Kind::Number | Kind::Category) | Purpose::Ignored
        );
        if single && purposes.contains(&purpose) {
            purpose = Purpose::Ignored;
        }
        if matches!(purpose, Purpose::Compared(kind) if !matches!(kind, Kind::Name(_))) {
            compared += 1;
            if compared > COLUMNS_MAX {
                purpose = Purpose::Ignored;
            }
        }
        purposes.push(purpose);
    }
    without_doubles(&mut purposes);
    purposes
}

/// A whole name beside its parts says nothing more.
fn without_doubles(purposes: &mut [Purpose]) {
    let parts = purposes.contains(&Purpose::Compared(Kind::Name(Role::Surname)));
    let mut whole = false;
    for purpose in
        purposes.iter_mut().filter(|purpose| matches!(purpose, Purpose::WholeName | Purpose::GivenFirst))
    {
        if parts || whole {
            *purpose = Purpose::Ignored;
        }
        whole = true;
    }
}

/// The parts of a whole name: surname, given name, the rest.
pub fn parts(whole: &str, given_first: bool) -> [String; 3] {
    let clean = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((surname, others)) = whole.split_once(',') {
        let mut words = others.split_whitespace();
        let given = words.next().unwrap_or_default().to_owned();
        return [clean(surname), given, words.collect::<Vec<_>>().join(" ")];
    }
    let words: Vec<&str> = whole.split_whitespace().collect();
    match (&words[..], given_first) {
        ([], _) => Default::default(),
        ([one], _) => [(*one).to_owned(), String::new(), String::new()],
        ([given, middle @ .., surname], true) => {
            [(*surname).to_owned(), (*given).to_owned(), middle.join(" ")]
        }
        ([surname, given, rest @ ..], false) => [(*surname).to_owned(), (*given).to_owned(), rest.join(" ")],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_real_lists_are_known() {
        let check =
            |header: &str, expected: Option<Purpose>| assert_eq!(of_header(header), expected, "{header}");
        check("last_name", Some(Purpose::Compared(Kind::Name(Role::Surname))));
        check("Прізвище", Some(Purpose::Compared(Kind::Name(Role::Surname))));
        check("Ім'я", Some(Purpose::Compared(Kind::Name(Role::Given))));
        check("По батькові", Some(Purpose::Compared(Kind::Name(Role::Patronymic))));
        check("ФИО", Some(Purpose::WholeName));
        check("Date of birth", Some(Purpose::Compared(Kind::Birth)));
        check("service_no", Some(Purpose::Compared(Kind::Number)));
        check("Військова частина", Some(Purpose::Compared(Kind::Code)));
        check("Особистий номер", Some(Purpose::Compared(Kind::Number)));
        // A family shares a telephone.
        check("phone", Some(Purpose::Compared(Kind::Code)));
        check("№", Some(Purpose::Id));
        check("№ з/п", Some(Purpose::Id));
        check("person_id", Some(Purpose::Ignored));
        check("rec_id", Some(Purpose::Id));
        check("colour of eyes", None);
    }

    #[test]
    fn unknown_columns_are_placed_by_their_cells() {
        let many = |cell: fn(usize) -> String| -> Vec<String> { (0..200).map(cell).collect() };
        let check = |cells: Vec<String>, expected: Option<Kind>| {
            assert_eq!(of_cells(cells.iter().map(String::as_str)), expected, "{}", cells[0]);
        };
        check(many(|_| String::new()), None);
        check(many(|n| n.to_string()), None);
        check(many(|n| (n % 50).to_string()), Some(Kind::Code));
        check(many(|n| ["nsw", "vic", "qld"][n % 3].to_owned()), Some(Kind::Category));
        check(many(|n| format!("{} high street", n % 90)), Some(Kind::Words));
        check(many(|n| format!("north{}", "o".repeat(n % 40))), Some(Kind::Words));
    }

    #[test]
    fn whole_names_come_apart() {
        let check = |whole: &str, given_first: bool, expected: [&str; 3]| {
            assert_eq!(parts(whole, given_first), expected.map(str::to_owned), "{whole}");
        };
        check("ABBOTT, BRUCE GIDLEY", false, ["ABBOTT", "BRUCE", "GIDLEY"]);
        check("Мігда Максим Олегович", false, ["Мігда", "Максим", "Олегович"]);
        check("Bruce Gidley Abbott", true, ["Abbott", "Bruce", "Gidley"]);
        check(" Мігда ", false, ["Мігда", "", ""]);
        check("", false, ["", "", ""]);
    }
}
