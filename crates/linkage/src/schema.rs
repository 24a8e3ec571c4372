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

/// What a column says of a person, by whatever header: two lists that call it differently mean one thing, and two columns of one kind
/// that mean different things are not one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Meaning {
    /// Where the person was born.
    Birthplace,
    /// Where the person lives or lived.
    Residence,
    /// What the person does or did.
    Occupation,
    /// Rank.
    Rank,
    /// The unit, by name or by code.
    Unit,
    /// A telephone.
    Telephone,
    /// A postcode.
    Postcode,
    /// The number that the forces gave.
    ServiceNumber,
    /// A passport or another paper that says who its bearer is.
    Paper,
    /// A number for taxes or insurance.
    TaxNumber,
    /// Sex.
    Sex,
}

const SURNAME: Purpose = Purpose::Compared(Kind::Name(Role::Surname));
const GIVEN: Purpose = Purpose::Compared(Kind::Name(Role::Given));
const PATRONYMIC: Purpose = Purpose::Compared(Kind::Name(Role::Patronymic));
const BIRTH: Purpose = Purpose::Compared(Kind::Birth);
const WORDS: Purpose = Purpose::Compared(Kind::Words);
const CODE: Purpose = Purpose::Compared(Kind::Code);
const NUMBER: Purpose = Purpose::Compared(Kind::Number);

/// Words by which headers are known, per purpose and, of those that are compared, meaning; the header is compared in small letters,
/// letters and digits only.
const KNOWN: &[(Purpose, Option<Meaning>, &str)] = &[
    (Purpose::Id, None, "id uniqueid recid recordid rowid no номер ид ід"),
    (Purpose::Source, None, "source list listname dataset джерело источник список"),
    (
        SURNAME,
        None,
        "surname lastname familyname прізвище фамилия фамілія прозвішча nachname familienname nom nomdefamille nazwisko cognome apellido apellidos soyadı soyadi \
         soyad vezetéknév családnév priezvisko příjmení prezime",
    ),
    (
        GIVEN,
        None,
        "givenname firstname firstnames forename forenames givennames given christianname christiannames \
         ім'я імя імʼя имя імёны vorname vornamen prenom prénom prenoms prénoms imię imie imiona nome nombre adı adi ad utónév keresztnév \
         jméno meno ime",
    ),
    // Better than no given name, and no better than that.
    (GIVEN, None, INITIALS),
    (
        PATRONYMIC,
        None,
        "patronymic middlename middlenames fathername fathersname secondname othernames побатькові отчество імябацькі vatersname patronym \
         nomdupère prénomdupère imięojca imieojca babaadı babaadi",
    ),
    (
        Purpose::WholeName,
        None,
        "name fullname person rawname піб пібповністю фио фіо ім'япрізвище прізвищеім'япобатькові прізвищеімʼяпобатькові \
         прізвищеімяпобатькові прізвищетаім'я прізвищетаімʼя прізвищетаімя прізвищеім'я прізвищеімʼя прізвищеімя прізвищетаініціали \
         прізвищеініціали фамилияимяотчество фамилияиимя фамилияимя фамилияиинициалы фамилияинициалы фамилияио surnameandinitials \
         surnameandname surnameandgivenname surnamegivenname surnamegivennames lastnamefirstname nazwiskoiimię nazwiskoimię nazwiskoiimiona \
         nameundvorname namevorname nometprénom nomprénom",
    ),
    (Purpose::GivenFirst, None, "firstandsurname nameinfull"),
    (
        BIRTH,
        None,
        "dob dateofbirth birthdate birthday born birth birthyear yearofbirth датанародження датарождения \
         ріднародження рікнародження годрождения народився родился geburtsdatum geboren geburtsjahr datedenaissance naissance néle dataurodzenia \
         rokurodzenia doğumtarihi születésidátum датанараджэння",
    ),
    (Purpose::Compared(Kind::Category), Some(Meaning::Sex), "sex gender стать пол"),
    (WORDS, None, "place місце место"),
    (
        WORDS,
        Some(Meaning::Birthplace),
        "placeofbirth birthplace bornat bornin townofbirth місценародження месторождения geburtsort lieudenaissance miejsceurodzenia \
         doğumyeri születésihely",
    ),
    (
        WORDS,
        Some(Meaning::Residence),
        "town city suburb village address residence placeofresidence населенийпункт населённыйпункт населенныйпункт \
         місто город село адреса адрес wohnort domicile adresse місцепроживання местожительства местопроживания",
    ),
    (WORDS, Some(Meaning::Occupation), "occupation trade професія профессия"),
    (
        WORDS,
        Some(Meaning::Rank),
        "rank militaryrank звання звание військовезвання воинскоезвание dienstgrad stopień stopien rütbe",
    ),
    (
        CODE,
        Some(Meaning::Unit),
        "unit unitcode unitname militaryunit regiment battalion brigade частина кодчастини військовачастина вч часть \
         кодчасти войсковаячасть воинскаячасть підрозділ подразделение батальйон батальон бригада полк",
    ),
    (CODE, Some(Meaning::Telephone), "phone telephone phonenumber mobile телефон"),
    (
        CODE,
        Some(Meaning::Postcode),
        "postcode postalcode zip zipcode postcodefake індекс поштовийіндекс индекс почтовыйиндекс",
    ),
    (NUMBER, None, "number"),
    (
        NUMBER,
        Some(Meaning::ServiceNumber),
        "serviceno servicenumber erkennungsmarke matricule numermatriculaire armynumber armyno regimentalnumber regimentalno personalnumber militaryid регномер \
         особистийномер особовийномер службовийномер жетон личныйномер служебныйномер",
    ),
    (
        NUMBER,
        Some(Meaning::Paper),
        "passport passportno passportnumber passportid nationalid idcard idnumber idno identitynumber паспорт номерпаспорта",
    ),
    (NUMBER, Some(Meaning::TaxNumber), "socsecid taxid taxnumber іпн рнокпп инн"),
    (
        Purpose::Ignored,
        None,
        "personid cluster clusterid truth label labeltrue entity entityid url note notes remark remarks comment comments примітка примітки \
         примечание примечания коментар комментарий bemerkung bemerkungen uwagi",
    ),
];

/// Headers of numbers that an office gives to what it writes down: of records, cards and cases.
const RECORD_NUMBERS: &str = "nr lfdnr lp caseno casenumber case reference ref card cardno справа номерсправи дело номердела картка карточка \
                              реєстраційнийномер регистрационныйномер номерзаписи номерзапису";

/// Headers of first letters of given names.
const INITIALS: &str = "initials initial ініціали инициалы";

/// The purpose of a header, where it is known.
pub fn of_header(header: &str) -> Option<Purpose> {
    // A numero sign alone, or with "in order": the row's number.
    let plain = plain(header);
    if header.trim_start().starts_with('№') && ["", "зп", "пп"].contains(&plain.as_str()) {
        return Some(Purpose::Id);
    }
    known(header).map(|known| known.purpose)
}

/// What a header says a column means, where that is known.
pub fn meaning(header: &str) -> Option<Meaning> {
    known(header).and_then(|known| known.meaning)
}

/// What columns are called whatever the language of their headers: a known one by the first word for what it says, another by its own
/// small letters and digits, as are those of which two would be called alike.
pub fn called(headers: &[&str]) -> Vec<String> {
    let first = |header: &&str| known(header).map(|known| known.words.split(' ').next().unwrap_or_default());
    let firsts: Vec<Option<&str>> = headers.iter().map(first).collect();
    let is_one = |first: &&str| firsts.iter().filter(|other| **other == Some(*first)).count() == 1;
    let name = |(header, first): (&&str, &Option<&str>)| {
        first.filter(|first| is_one(first)).map_or_else(|| plain(header), str::to_owned)
    };
    headers.iter().zip(&firsts).map(name).collect()
}

/// Small letters and digits. A letter that falls apart in small ones, as the dotted capital of Turkish, loses its sign.
fn plain(header: &str) -> String {
    header.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric() || *c == '\'').collect()
}

/// What is known of a header.
struct Known {
    purpose: Purpose,
    meaning: Option<Meaning>,
    /// All words for it.
    words: &'static str,
}

fn known(header: &str) -> Option<Known> {
    let of = |plain: &str| {
        let found = KNOWN.iter().find(|(_, _, words)| words.split(' ').any(|word| word == plain));
        found.map(|(purpose, meaning, words)| Known { purpose: *purpose, meaning: *meaning, words })
    };
    of(&plain(header)).or_else(|| {
        // `unit_id` numbers units and no records: who is of one unit has one number.
        let known = of(&without_id(header)?)?;
        let purpose = match known.purpose {
            WORDS | CODE => CODE,
            NUMBER | Purpose::Compared(Kind::Category) => known.purpose,
            _ => return None,
        };
        Some(Known { purpose, ..known })
    })
}

fn is_initials(header: &str) -> bool {
    INITIALS.split(' ').any(|word| word == plain(header))
}

/// Whether a header is "Name" and nothing more: in some lists it is the whole, in others a part beside another.
fn is_name(header: &str) -> bool {
    plain(header) == "name"
}

/// Whether a header calls somebody's identifiers, as `dva_id` and `ID in the register` do: they number records or files, and say
/// nothing that another list has too.
fn is_identifier(header: &str) -> bool {
    if RECORD_NUMBERS.split(' ').any(|word| word == plain(header)) {
        return true;
    }
    without_id(header).is_some()
}

/// A header of several words without the word for an identifier at its beginning or its end.
fn without_id(header: &str) -> Option<String> {
    let words: Vec<&str> =
        header.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_id = |word: &str| ["id", "ід", "ид"].contains(&plain(word).as_str());
    match &words[..] {
        [rest @ .., last] | [last, rest @ ..] if !rest.is_empty() && is_id(last) => {
            Some(plain(&rest.concat()))
        }
        _ => None,
    }
}

/// Whether the cells count the rows, one by one.
fn count_rows(cells: &[&str]) -> bool {
    let number = |cell: &&str| cell.trim().parse::<usize>().ok();
    let first = cells.first().and_then(number);
    let next = |(at, cell): (usize, &&str)| number(cell) == first.map(|first| first + at);
    cells.len() > 1 && first.is_some_and(|first| first < 2) && cells.iter().enumerate().all(next)
}

/// Whether no cell is empty and none is there twice.
fn is_one_each(cells: &[&str]) -> bool {
    let distinct: std::collections::BTreeSet<&str> = cells.iter().map(|cell| cell.trim()).collect();
    !cells.is_empty() && distinct.len() == cells.len() && !distinct.contains("")
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
/// or two dates of birth, the first counts, and initials only where no given name is; beyond [`COLUMNS_MAX`] nothing more is compared.
/// Somebody's identifiers are the records' where each has another and the list has none of its own; they are never compared.
pub fn infer(headers: &[&str], cells: &[Vec<&str>]) -> Vec<Purpose> {
    let mut purposes: Vec<Purpose> = Vec::with_capacity(headers.len());
    let mut compared = 0;
    let is_there =
        |wanted: Purpose| headers.iter().any(|one| of_header(one) == Some(wanted) && !is_initials(one));
    for (header, cells) in headers.iter().zip(cells) {
        let by_cells = || of_cells(cells.iter().copied()).map_or(Purpose::Ignored, Purpose::Compared);
        let mut purpose = match of_header(header) {
            Some(GIVEN) if is_initials(header) && is_there(GIVEN) => Purpose::Ignored,
            Some(NUMBER) if count_rows(cells) => Purpose::Ignored,
            Some(known) => known,
            None if !is_identifier(header) => by_cells(),
            None if is_there(Purpose::Id) || !is_one_each(cells) => Purpose::Ignored,
            None => Purpose::Id,
        };
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
    name_beside_a_part(&mut purposes, headers, cells);
    without_doubles(&mut purposes);
    purposes
}

/// "Name" is the surname beside a given name, as in German lists, and the given name beside a surname, as in Slavic ones: where its
/// cells are not whole names all the same.
fn name_beside_a_part(purposes: &mut [Purpose], headers: &[&str], cells: &[Vec<&str>]) {
    let is_name = |at: &usize| purposes[*at] == Purpose::WholeName && is_name(headers[*at]);
    let Some(name) = (0..purposes.len()).find(is_name) else { return };
    let place = |part: Purpose| purposes.iter().position(|purpose| *purpose == part);
    let (surname, given) = (place(SURNAME), place(GIVEN));
    let most = |is_it: &dyn Fn(usize, &str) -> bool| {
        let filled = || cells[name].iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty());
        let found = filled().filter(|(row, cell)| is_it(*row, cell)).count();
        found * 2 > filled().count()
    };
    match (surname, given) {
        (None, Some(_)) if most(&|_, cell| cell.split_whitespace().count() == 1) => purposes[name] = SURNAME,
        (Some(surname), given)
            if given.is_none_or(|given| is_initials(headers[given]))
                && !most(&|row, cell| has_word(cell, cells[surname][row])) =>
        {
            given.into_iter().for_each(|initials| purposes[initials] = Purpose::Ignored);
            purposes[name] = GIVEN;
        }
        _ => {}
    }
}

/// Whether a word, in whatever letters, small or capital, is one of a text.
fn has_word(text: &str, word: &str) -> bool {
    let word = plain(word);
    !word.is_empty() && text.split([' ', ',']).any(|one| plain(one) == word)
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
    let is_initial =
        |word: &str| word.contains('.') && word.chars().filter(|c| c.is_alphabetic()).count() <= 2;
    // Initials before a surname say where the given name stands.
    if let [initials @ .., surname] = &words[..]
        && !initials.is_empty()
        && initials.iter().all(|word| is_initial(word))
        && !is_initial(surname)
    {
        return [(*surname).to_owned(), initials.join(" "), String::new()];
    }
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
        check("Initials", Some(GIVEN));
        check("Vatersname", Some(PATRONYMIC));
        check("Imię ojca", Some(PATRONYMIC));
        check("Date de naissance", Some(BIRTH));
        check("Christian name", Some(GIVEN));
        check("Підрозділ", Some(CODE));
        check("SOYADI", Some(SURNAME));
        check("Ad", Some(GIVEN));
        check("ADI", Some(GIVEN));
        check("DOĞUM TARİHİ", Some(BIRTH));
        check("ID number", Some(NUMBER));
        check("Identity number", Some(NUMBER));
        check("unit_id", Some(CODE));
        check("ID підрозділ", Some(CODE));
        check("rank id", Some(CODE));
        check("surname_id", None);
        check("camp_id", None);
        check("colour of eyes", None);
    }

    #[test]
    fn what_numbers_rows_and_cases_is_never_compared() {
        let check = |headers: &[&str], cells: &[&str], expected: &[Purpose]| {
            let cells = vec![cells.to_vec(); headers.len()];
            assert_eq!(infer(headers, &cells), expected, "{headers:?}");
        };
        check(&["number", "surname"], &["1", "2", "3"], &[Purpose::Ignored, SURNAME]);
        check(&["number", "surname"], &["712", "88", "9031"], &[NUMBER, SURNAME]);
        check(&["Номер справи", "Прізвище"], &["17", "18", "19"], &[Purpose::Id, SURNAME]);
        check(&["Lp.", "Nazwisko"], &["17", "17", "19"], &[Purpose::Ignored, SURNAME]);
        check(&["Примечание", "ФИО"], &["a", "b"], &[Purpose::Ignored, Purpose::WholeName]);
        check(&["Фамилия Имя Отчество"], &["a", "b"], &[Purpose::WholeName]);
        check(&["Прізвище, ім’я, по батькові"], &["a", "b"], &[Purpose::WholeName]);
        check(&["Фамилия и инициалы"], &["a", "b"], &[Purpose::WholeName]);
    }

    #[test]
    fn a_meaning_is_one_in_every_language() {
        let check = |headers: &str, expected: Option<Meaning>| {
            for header in headers.split('|') {
                assert_eq!(meaning(header), expected, "{header}");
            }
        };
        check(
            "place of birth|birth_place|Born at|Місце народження|Место рождения",
            Some(Meaning::Birthplace),
        );
        check(
            "unit|Unit code|regiment|Battalion|Підрозділ|Подразделение|Частина|В/Ч|Войсковая часть",
            Some(Meaning::Unit),
        );
        check("rank|Звання|Воинское звание", Some(Meaning::Rank));
        check("unit_id|Battalion ID", Some(Meaning::Unit));
        check("ID number|ID No.|passport", Some(Meaning::Paper));
        check("Residence|Населений пункт|Населённый пункт|City", Some(Meaning::Residence));
        check("Service No.|Особистий номер|Личный номер", Some(Meaning::ServiceNumber));
        check("place|Місце|number|surname|colour of eyes", None);
    }

    #[test]
    fn initials_and_identifiers_are_used_only_where_nothing_better_is() {
        let check = |headers: &[&str], cells: &[&str], expected: &[Purpose]| {
            let cells = vec![cells.to_vec(); headers.len()];
            assert_eq!(infer(headers, &cells), expected, "{headers:?}");
        };
        let each = ["17", "18", "19"];
        check(&["initials", "surname"], &each, &[GIVEN, SURNAME]);
        check(&["initials", "surname", "first name"], &each, &[Purpose::Ignored, SURNAME, GIVEN]);
        check(&["dva_id", "surname"], &each, &[Purpose::Id, SURNAME]);
        check(&["dva_id", "surname", "id"], &each, &[Purpose::Ignored, SURNAME, Purpose::Id]);
        check(&["ID of the camp", "surname"], &["7", "7", "8"], &[Purpose::Ignored, SURNAME]);
        check(&["dva_id"], &["7", "", "8"], &[Purpose::Ignored]);
        // A unit's code is no record's identifier, also where each record has another.
        check(&["unit_id", "surname"], &each, &[CODE, SURNAME]);
        check(&["id number", "surname"], &each, &[NUMBER, SURNAME]);
        // A number that one person has is one, whatever its header ends with.
        check(&["soc_sec_id", "surname"], &each, &[NUMBER, SURNAME]);
    }

    #[test]
    fn a_name_beside_a_part_is_the_other_part_unless_it_is_whole() {
        let check = |headers: &str, rows: &[&str], expected: &[Purpose]| {
            let headers: Vec<&str> = headers.split(',').collect();
            let column = |at: usize| rows.iter().map(|row| row.split(',').nth(at).unwrap()).collect();
            let cells: Vec<Vec<&str>> = (0..headers.len()).map(column).collect();
            assert_eq!(infer(&headers, &cells), expected, "{headers:?} {rows:?}");
        };
        check("Name,Vorname", &["Jegorow,Iwan", "von Arnim,Hans", "Koch,Otto"], &[SURNAME, GIVEN]);
        check("Vorname,Name,Nachname", &["Iwan,Iwan,Jegorow"], &[GIVEN, Purpose::Ignored, SURNAME]);
        check("Name,Geburtsdatum", &["Jegorow Iwan,1990"], &[Purpose::WholeName, BIRTH]);
        check("name,given name", &["Jegorow Iwan,Iwan", "Koch Otto,Otto"], &[Purpose::WholeName, GIVEN]);
        check("name,initials", &["Jegorow Iwan,I", "Koch Otto,O"], &[Purpose::WholeName, GIVEN]);
        check("name,initials", &["Jegorow,I", "Koch,O"], &[SURNAME, GIVEN]);
        for header in ["full name,given name", "ПІБ,Імʼя", "ФИО,Имя"] {
            check(header, &["Jegorow,Iwan", "Koch,Otto"], &[Purpose::WholeName, GIVEN]);
        }
        let slavic = "surname,name,patronymic";
        check(slavic, &["Мігда,Максим,Олегович", "Коваль,,"], &[SURNAME, GIVEN, PATRONYMIC]);
        check("surname,name", &["Abbott,Bruce Gidley", "Bell,John"], &[SURNAME, GIVEN]);
        check("surname,name", &["ABBOTT,Bruce Abbott", "Bell,John Bell"], &[SURNAME, Purpose::Ignored]);
        check(
            "surname,name,initials",
            &["Мігда,Максим,М. О.", "Коваль,Олег,О."],
            &[SURNAME, GIVEN, Purpose::Ignored],
        );
        check("surname,full name", &["Мігда,Максим", "Коваль,Олег"], &[SURNAME, Purpose::Ignored]);
    }

    #[test]
    fn a_column_is_called_alike_in_every_language_and_two_are_never_called_one() {
        let check = |headers: &[&str], expect: &[&str]| assert_eq!(called(headers), expect, "{headers:?}");
        check(&["Звання", "Місце народження"], &["rank", "placeofbirth"]);
        check(&["rank", "Birth place"], &["rank", "placeofbirth"]);
        check(&["Colour of eyes", "dob", ""], &["colourofeyes", "dob", ""]);
        check(&["battalion", "Unit code", "Дата народження"], &["battalion", "unitcode", "dob"]);
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
        check("О.Ю. Ярема", false, ["Ярема", "О.Ю.", ""]);
        check("Ярема О.Ю.", false, ["Ярема", "О.Ю.", ""]);
        check("", false, ["", "", ""]);
    }
}
