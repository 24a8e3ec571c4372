//! What the columns of a file mean, by their headers and, where these say nothing known, by what is in them.
//!
//! Decides which columns are compared and how. A column that nobody can place is left out rather than guessed at where it may
//! tell who is who: numbers of rows and of persons are never compared.

use crate::birth::Born;
use crate::forms::Role;
use crate::table::{COLUMNS_MAX, Kind};
use crate::whole::{self, Order};

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
        "patronymic middlename middlenames fathername fathersname father'sname fathergivenname secondname othernames побатькові отчество отч імябацькі ім'ябатька імʼябатька імябатька имяотца vatersname patronym \
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
         rokurodzenia doğumtarihi születésidátum датанараджэння \
         датанар датарожд рікнар годрожд geb gebam dataur yob числомісяцьрікнародження деньмісяцьрікнародження числомесяцгодрождения \
         деньмесяцгодрождения",
    ),
    (BIRTH, None, SHORT_BIRTH),
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
const RECORD_NUMBERS: &str = "nr case reference ref card справа дело картка карточка";

/// What an office numbers, as it stands in a header beside a word for a number: `№ справи`, `Номер дела`, `Реєстр. №`, `Case no`.
const NUMBERED: &str = "справа справи особовасправа особовоїсправи картка картки обліковакартка обліковоїкартки анкета анкети заява заяви \
                        звернення запис запису реєстр реєстру реєстрація реєстрації реєстраційний рег досьє обліковий \
                        дело дела личноедело личногодела карточка карточки учетнаякарточка учётнаякарточка учетнойкарточки учётнойкарточки \
                        анкеты заявление заявления обращение обращения запись записи регистр реестр реестра регистрация регистрации \
                        регистрационный досье учетный учётный \
                        case card file record entry reference ref reg registration register registry dossier";

/// Such numbers whose headers are written in one word.
const NUMBERED_IN_ONE: &str =
    "caseno casenumber cardno cardnumber fileno filenumber recordno recordnumber refno";

/// Words for a number in headers.
const NUMBER_WORDS: &str = "№ no nr n° nº num number номер";

/// Headers of numbers that only count the rows: they identify a record where nothing better does.
const RUNNING: &str = "пп зп номерпп номерзп попорядку запорядком порядковий порядковийномер порядковый порядковыйномер lp lfdnr sno slno srno \
                       rowno rownumber";

/// Headers of first letters of given names.
const INITIALS: &str = "initials initial ініціали инициалы";

/// Headers of two letters for a date of birth, which may stand for something else: they are that only where the cells are dates.
const SHORT_BIRTH: &str = "др дн рн гр ur";

/// How words begin by which a header tells of another date than that of birth: of capture, death, exchange, a report and the like.
const OTHER_DATES: &str = "captur taken prison death died deceas kill missing disappear report exchang releas freed issue admi arriv depart \
                           transfer enlist contact update modif created entry entered seen visit letter discharg burial buried wound from until \
                           полон плен смерт помер умер загиб погиб гибел убит вбит зник пропа обмін обмен звільн освобо уволь звіт отчет отчёт \
                           доповід донесен видач видан выдач выдан призов заклик мобіліз мобилиз поступ прибут прибыт вибут выбыт надход зв'яз \
                           звʼяз звяз связ оновл обновл запис внесен створ создан лист письм порана ранен похова похорон поверн возвр \
                           gefang tod gestorb gefall vermiss meld austausch entlass ausgest aufnahm eintritt ankunft begrab \
                           décès deces mort disparu libér liber échang echang śmier smier zgon niewol wymian zwoln zagini poleg zgłosz ölüm esir";

/// The fewest dates by which a column of an unknown header is taken for that of birth.
const DATES_MIN: usize = 5;

/// Of how many years the dates of a column must be more to be those of birth: a war's captures and deaths are of so few.
const YEARS_OF_A_WAR: u32 = 6;

/// The purpose of a header, where it is known.
pub fn of_header(header: &str) -> Option<Purpose> {
    if is_numero(header) || is_one_of(header, RUNNING) {
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

/// What is known of a header: as it is, else without a hint behind it.
fn known(header: &str) -> Option<Known> {
    known_as_it_is(header).or_else(|| known_as_it_is(without_hint(header)?))
}

fn known_as_it_is(header: &str) -> Option<Known> {
    let of = |plain: &str| {
        let plain = if is_name_of_somebody(plain) { "name" } else { plain };
        let found = KNOWN.iter().find(|(_, _, words)| words.split(' ').any(|word| word == plain));
        found.map(|(purpose, meaning, words)| Known { purpose: *purpose, meaning: *meaning, words })
    };
    // `Р-н` is a district.
    let of_plain = of(&plain(header)).filter(|known| known.words != SHORT_BIRTH || !header.contains('-'));
    let of_id = || {
        // `unit_id` numbers units and no records: who is of one unit has one number.
        let known = of(&without_id(header)?)?;
        let purpose = match known.purpose {
            WORDS | CODE => CODE,
            NUMBER | Purpose::Compared(Kind::Category) => known.purpose,
            _ => return None,
        };
        Some(Known { purpose, ..known })
    };
    of_plain.or_else(of_id)
}

/// Whether a header in small letters calls the names of those whom a list is about: `ПІБ зниклого`, `Name of POW`.
fn is_name_of_somebody(plain: &str) -> bool {
    let rest = ["піб", "пип", "фіо", "фио", "nameof", "fullnameof"]
        .iter()
        .find_map(|words| plain.strip_prefix(words));
    rest.is_some_and(|rest| WHOM.split(' ').any(|whom| rest.starts_with(whom)))
}

/// How words begin for those whom a list is about.
const WHOM: &str = "зник безвісти військов полонен особ розшук пропав без военн пленн лица разыск missing pow prisoner person detainee soldier \
                    internee deceased service";

/// A header without the hint in brackets behind it, as `(dd/mm/yyyy)` is one; nothing where none is there.
fn without_hint(header: &str) -> Option<&str> {
    let header = header.trim_end();
    let open = match header.chars().next_back()? {
        ')' => '(',
        ']' => '[',
        _ => return None,
    };
    Some(&header[..header.rfind(open)?])
}

/// Whether a header is one of these words, with a hint behind it or not.
fn is_one_of(header: &str, words: &str) -> bool {
    let is = |header: &str| words.split(' ').any(|word| word == plain(header));
    is(header) || without_hint(header).is_some_and(is)
}

fn is_initials(header: &str) -> bool {
    is_one_of(header, INITIALS)
}

/// Whether a header is "Name" and nothing more: in some lists it is the whole, in others a part beside another.
fn is_name(header: &str) -> bool {
    is_one_of(header, "name")
}

/// Whether a header calls somebody's identifiers, as `dva_id` and `ID in the register` do: they number records or files, and say
/// nothing that another list has too.
fn is_identifier(header: &str) -> bool {
    let is = |header: &str| is_number_of_record(header) || without_id(header).is_some();
    is_one_of(header, RECORD_NUMBERS) || is(header) || without_hint(header).is_some_and(is)
}

/// Whether a column of this header identifies a record only where each record has another: the numbers of an office, which may be of
/// something else, and those that count the rows.
pub fn is_identifier_if_each(header: &str) -> bool {
    match of_header(header) {
        None => is_identifier(header),
        Some(_) => is_one_of(header, RUNNING),
    }
}

/// Whether a header is a numero sign alone, with a hint behind it or not.
fn is_numero(header: &str) -> bool {
    let is = |header: &str| header.trim_start().starts_with('№') && plain(header).is_empty();
    is(header) || without_hint(header).is_some_and(is)
}

/// Whether a header calls the number of something that an office numbers, or somebody's reference: `№ картки`, `ICRC ref`.
fn is_number_of_record(header: &str) -> bool {
    let apart = header.replace(['№', '#'], " № ");
    let words: Vec<String> = apart
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '№' | '°'))
        .map(|word| if word == "№" { word.to_owned() } else { plain(word) })
        .filter(|word| !word.is_empty())
        .collect();
    let is_number = |word: &String| NUMBER_WORDS.split(' ').any(|one| one == word);
    let is_reference = |word: &String| word == "ref" || word == "reference";
    let of = |words: &[String]| {
        let joined = words.concat();
        NUMBERED.split(' ').any(|one| one == joined) || words.last().is_some_and(is_reference)
    };
    match &words[..] {
        [first, rest @ ..] if is_number(first) => of(rest),
        [rest @ .., last] if is_number(last) => of(rest),
        [.., last] => is_reference(last) || NUMBERED_IN_ONE.split(' ').any(|one| one == words.concat()),
        [] => false,
    }
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

/// The column of the records' own identifiers. A column that counts the rows, by its header or by its cells, is that only where
/// nothing else tells each record from all others.
fn identifier(headers: &[&str], cells: &[Vec<&str>]) -> Option<usize> {
    let columns = || 0..headers.len().min(cells.len());
    let is_known = |at: &usize| of_header(headers[*at]) == Some(Purpose::Id);
    let is_count = |at: &usize| {
        let bare = is_numero(headers[*at]) || is_one_of(headers[*at], "no номер");
        is_one_of(headers[*at], RUNNING) || bare && count_rows(&cells[*at])
    };
    let is_each = |at: &usize| is_one_each(&cells[*at]);
    let is_outright = |at: &usize| without_hint(headers[*at]).is_none();
    let own = || columns().filter(|at| is_known(at) && !is_count(at));
    let given = |at: &usize| of_header(headers[*at]).is_none() && is_identifier(headers[*at]) && is_each(at);
    own()
        .find(is_outright)
        .or_else(|| own().next())
        .or_else(|| columns().find(given))
        .or_else(|| columns().find(|at| is_known(at) && is_each(at)))
}

/// Whether no cell is empty and none is there twice.
fn is_one_each(cells: &[&str]) -> bool {
    let distinct: std::collections::BTreeSet<&str> = cells.iter().map(|cell| cell.trim()).collect();
    !cells.is_empty() && distinct.len() == cells.len() && !distinct.contains("")
}

/// Whether nearly all of the cells that are filled are dates to the day, a handful at least, and of more years than a war has.
fn are_births(cells: &[&str]) -> bool {
    let filled = || cells.iter().filter(|cell| !cell.trim().is_empty());
    let dates = || filled().map(|cell| Born::read(cell)).filter(|date| date.day() != 0).map(Born::year);
    let (count, first, last) = (dates().count(), dates().min(), dates().max());
    let is_wide = first.zip(last).is_some_and(|(first, last)| last - first > YEARS_OF_A_WAR);
    count >= DATES_MIN && count * 5 >= filled().count() * 4 && is_wide
}

/// Whether most of the cells that are filled are no dates at all.
fn are_no_dates(cells: &[&str]) -> bool {
    let filled = || cells.iter().filter(|cell| !cell.trim().is_empty());
    filled().filter(|cell| Born::read(cell) == Born::default()).count() * 2 > filled().count()
}

/// Whether cells of a date of birth are numbers of days as spreadsheets count them: some are, and every other with a figure is a date.
pub fn are_day_numbers(cells: &[&str]) -> bool {
    let is_day = |cell: &str| Born::of_day_number(cell).is_some();
    let has_figure = |cell: &str| cell.contains(|c: char| c.is_ascii_digit());
    let fits = |cell: &&str| is_day(cell) || !has_figure(cell) || Born::read(cell) != Born::default();
    cells.iter().any(|cell| is_day(cell)) && cells.iter().all(fits)
}

/// Whether a header tells of another date than that of birth.
fn is_of_another_date(header: &str) -> bool {
    let lower = header.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | 'ʼ'));
    words.any(|word| OTHER_DATES.split(' ').any(|stem| word.starts_with(stem)))
}

/// The column of dates of birth by its cells, where no header says which is: the only one of dates whose header is not known and
/// tells of no other date.
fn births_by_cells(headers: &[&str], cells: &[Vec<&str>]) -> Option<usize> {
    let is_known =
        |at: usize| of_header(headers[at]) == Some(BIRTH) && !is_other_short(headers[at], &cells[at]);
    let is_found = |at: &usize| {
        let header = headers[*at];
        let is_free = of_header(header).is_none() && !is_identifier(header) && !is_of_another_date(header);
        is_free && are_births(&cells[*at])
    };
    let columns = 0..headers.len().min(cells.len());
    let mut found = columns.clone().filter(is_found);
    found.next().filter(|_| found.next().is_none() && !columns.clone().any(is_known))
}

/// Whether a header is two letters that stand for something else than a date of birth here.
fn is_other_short(header: &str, cells: &[&str]) -> bool {
    is_one_of(header, SHORT_BIRTH) && are_no_dates(cells)
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
/// Somebody's identifiers are the records' where each has another and the list has none of its own but the rows' count; they are never
/// compared.
pub fn infer(headers: &[&str], cells: &[Vec<&str>]) -> Vec<Purpose> {
    let mut purposes: Vec<Purpose> = Vec::with_capacity(headers.len());
    let mut compared = 0;
    let is_there =
        |wanted: Purpose| headers.iter().any(|one| of_header(one) == Some(wanted) && !is_initials(one));
    let (births, id) = (births_by_cells(headers, cells), identifier(headers, cells));
    for (at, (header, cells)) in headers.iter().zip(cells).enumerate() {
        let by_cells = || of_cells(cells.iter().copied()).map_or(Purpose::Ignored, Purpose::Compared);
        let mut purpose = match of_header(header) {
            _ if id == Some(at) => Purpose::Id,
            Some(Purpose::Id) => Purpose::Ignored,
            Some(GIVEN) if is_initials(header) && is_there(GIVEN) => Purpose::Ignored,
            Some(NUMBER) if count_rows(cells) => Purpose::Ignored,
            Some(BIRTH) if is_other_short(header, cells) => by_cells(),
            None if births == Some(at) => BIRTH,
            Some(known) => known,
            None if is_identifier(header) => Purpose::Ignored,
            None => by_cells(),
        };
        let single = !matches!(
            purpose,
            Purpose::Compared(Kind::Words | Kind::Code | Kind::Number | Kind::Category) | Purpose::Ignored
        );
        // `Surname (of mother)` is not the surname where there is one outright.
        let is_outright = |other: &&str| without_hint(other).is_none() && of_header(other) == Some(purpose);
        let is_behind =
            || purpose != Purpose::Id && without_hint(header).is_some() && headers.iter().any(is_outright);
        if single && (purposes.contains(&purpose) || is_behind()) {
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
    order_of_names(&mut purposes, cells);
    purposes
}

/// Whole names are read in the order that their cells show, where they show one.
fn order_of_names(purposes: &mut [Purpose], cells: &[Vec<&str>]) {
    for (purpose, cells) in purposes.iter_mut().zip(cells) {
        if !matches!(purpose, Purpose::WholeName | Purpose::GivenFirst) {
            continue;
        }
        match whole::order(cells.iter().copied()) {
            Some(Order::GivenFirst) => *purpose = Purpose::GivenFirst,
            Some(Order::SurnameFirst) => *purpose = Purpose::WholeName,
            None => {}
        }
    }
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

#[cfg(test)]
#[path = "schema_tests.rs"]
mod tests;
