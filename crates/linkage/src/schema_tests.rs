//! What headers are known, and what is inferred of columns by them and by their cells.

use super::*;

#[test]
fn headers_of_real_lists_are_known() {
    let check = |header: &str, expected: Option<Purpose>| assert_eq!(of_header(header), expected, "{header}");
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
    check("place of birth|birth_place|Born at|Місце народження|Место рождения", Some(Meaning::Birthplace));
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
fn numbers_that_offices_give_are_identifiers_and_the_rows_count_is_one_where_nothing_better_is() {
    let check = |headers: &str, cells: &[[&str; 3]], expected: &[Purpose]| {
        let headers: Vec<&str> = headers.split('|').collect();
        let mut cells: Vec<Vec<&str>> = cells.iter().map(|cells| cells.to_vec()).collect();
        cells.resize(headers.len(), vec!["Мігда", "Коваль", "Бондар"]);
        assert_eq!(infer(&headers, &cells), expected, "{headers:?}");
    };
    let (each, count, shared) = (["UA-5", "UA-7", "UA-6"], ["1", "2", "3"], ["7", "7", "8"]);
    let (id, ignored) = (Purpose::Id, Purpose::Ignored);
    for header in [
        "№ справи",
        "№справи",
        "Номер справи",
        "Справа №",
        "№ особової справи",
        "Реєстр. №",
        "Реєстраційний номер",
        "№ картки",
        "Картка №",
        "№ звернення",
        "№ запису",
        "Номер дела",
        "№ дела",
        "Дело №",
        "№ личного дела",
        "№ карточки",
        "Рег. №",
        "Регистр. №",
        "ICRC ref",
        "ICRC Ref. No.",
        "Ref.",
        "Ref. no",
        "Our reference",
        "Case no",
        "Case No.",
        "caseno",
        "Case #",
        "Card number",
        "File no",
        "record_no",
        "№ справи (МКЧХ)",
        "Registration no.",
    ] {
        check(&format!("{header}|surname"), &[each], &[id, SURNAME]);
        check(&format!("{header}|surname"), &[shared], &[ignored, SURNAME]);
        for running in [
            "п/п",
            "№ п/п",
            "№п/п",
            "з/п",
            "№ з/п",
            "№",
            "No.",
            "Номер",
            "По порядку",
            "Lp.",
            "Порядковий номер",
        ] {
            check(&format!("{running}|{header}|surname"), &[count, each], &[ignored, id, SURNAME]);
            check(&format!("{header}|{running}|surname"), &[each, count], &[id, ignored, SURNAME]);
            check(&format!("{header}|{running}|surname"), &[shared, count], &[ignored, id, SURNAME]);
        }
    }
    // Counted in each section anew: it tells nobody apart.
    check("п/п|surname", &[["1", "2", "1"]], &[ignored, SURNAME]);
    // A number that does not count is what it always was.
    check("№|Case no|surname", &[["Р-1", "Р-2", "Р-3"], each], &[id, ignored, SURNAME]);
    check("id|Case no|surname", &[count, each], &[id, ignored, SURNAME]);
    check("№ (стара)|№|surname", &[each, each], &[ignored, id, SURNAME]);
    for header in ["Reference person", "House no", "№ частини", "Number of children", "Запис"] {
        assert!(!is_identifier(header), "{header}");
    }
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
fn a_date_of_birth_is_known_by_the_headers_that_lists_have() {
    let check = |headers: &str, expected: Option<Purpose>| {
        for header in headers.split('|') {
            assert_eq!(of_header(header), expected, "{header}");
        }
    };
    check(
        "Дата нар.|Дата рожд.|Д.р.|Д/р|ДН|ДР|р.н.|Г.р.|Год рожд.|Рік нар.|geb.|geb. am|Data ur.|ur.|Yob",
        Some(BIRTH),
    );
    check("Date of birth (dd/mm/yyyy)|Дата народження (дд.мм.рррр)|ДР [дд.мм.гггг]", Some(BIRTH));
    check("Число, місяць, рік народження|Число, месяц, год рождения", Some(BIRTH));
    check("Р-н|р-н|Дата|Дата полону|Born (place|(dd/mm/yyyy)|()|)", None);
}

#[test]
fn a_hint_in_brackets_is_ignored_behind_every_header() {
    let check = |header: &str, purpose: Purpose, meant: Option<Meaning>| {
        assert_eq!((of_header(header), meaning(header)), (Some(purpose), meant), "{header}");
    };
    check("Surname (in capitals)", SURNAME, None);
    check("Звання (на день полону)", WORDS, Some(Meaning::Rank));
    check("Телефон [рідних]", CODE, Some(Meaning::Telephone));
    check("Birth (place)", WORDS, Some(Meaning::Birthplace));
    check("ID (passport)", NUMBER, Some(Meaning::Paper));
    assert_eq!(called(&["Дата народження (дд.мм.рррр)", "Rank [at capture]"]), ["dob", "rank"]);
    let headers = ["Прізвище (дівоче)", "Прізвище", "Phone (home)", "Phone"];
    assert_eq!(infer(&headers, &vec![vec!["a7", "a8"]; 4]), [Purpose::Ignored, SURNAME, CODE, CODE]);
    let cells = [vec!["Jegorow", "Koch"], vec!["Iwan", "Otto"], vec!["17", "17"]];
    let headers = ["Name (Block letters)", "Vorname", "Lp. (num)"];
    assert_eq!(infer(&headers, &cells), [SURNAME, GIVEN, Purpose::Ignored]);
}

#[test]
fn dates_under_an_unknown_header_are_of_birth_where_nothing_else_is() {
    let births = ["12.03.1991", "07.11.1979", "", "1.2.1985", "03.12.1994", "30.06.1968"];
    let few = &births[..4];
    let doubtful = ["12.03.1991", "07.11.1979", "1.2.1985", "03.12.1994", "30.06.1968", "невідомо", "1990"];
    let war = births.map(|cell| if cell.is_empty() { "" } else { "24.02.2022" });
    let years = ["1991", "1979", "1985", "1994", "1968", "1971"];
    let codes = ["12", "А13", "14", "А15", "16", "А17"];
    // What is inferred of columns by their headers and cells; whether each is the date of birth.
    let check = |columns: &[(&str, &[&str])], expected: &[bool]| {
        let headers: Vec<&str> = columns.iter().map(|(header, _)| *header).collect();
        let cells: Vec<Vec<&str>> = columns.iter().map(|(_, cells)| cells.to_vec()).collect();
        let found: Vec<bool> = infer(&headers, &cells).iter().map(|purpose| *purpose == BIRTH).collect();
        assert_eq!(found, expected, "{headers:?} {cells:?}");
    };
    check(&[("column 5", &births)], &[true]);
    check(&[("ДД", &births), ("codes", &codes)], &[true, false]);
    check(&[("column 5", &doubtful)], &[false]);
    check(&[("column 5", &doubtful[..6])], &[true]);
    check(&[("column 5", few)], &[false]);
    check(&[("column 5", &war)], &[false]);
    check(&[("column 5", &years)], &[false]);
    check(&[("column 5", &births), ("column 6", &births)], &[false, false]);
    check(&[("column 5", &births), ("dob", &years)], &[false, true]);
    check(&[("dob", &births), ("column 5", &births)], &[true, false]);
    for header in [
        "Дата полону",
        "date of capture",
        "Дата смерти",
        "Todesdatum",
        "exchanged on",
        "Дата звіту",
        "Дата обміну",
    ] {
        check(&[(header, &births)], &[false]);
        check(&[(header, &births), ("column 5", &births)], &[false, true]);
    }
    // Two letters may stand for something else.
    check(&[("Гр.", &codes), ("column 5", &births)], &[false, true]);
    check(&[("Г.р.", &years)], &[true]);
    check(&[("camp id", &births)], &[false]);
}

#[test]
fn whose_names_a_column_has_is_no_other_column() {
    for header in [
        "ПІБ зниклого",
        "П.І.Б. військовослужбовця",
        "Ф.И.О. военнослужащего",
        "Name of POW",
        "Name of missing",
    ] {
        assert_eq!(of_header(header), Some(Purpose::WholeName), "{header}");
    }
    for header in ["Father's name", "Ім'я батька", "Имя отца", "Отч."] {
        assert_eq!(of_header(header), Some(Purpose::Compared(Kind::Name(Role::Patronymic))), "{header}");
    }
    for header in ["Name of camp", "Name of unit", "фиолетовый", "Піб'я"] {
        assert_eq!(of_header(header), None, "{header}");
    }
}
