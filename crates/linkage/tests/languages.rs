//! Names in Ukrainian and Russian, in daily use and in oblique cases, are recognised as one name.

mod common;

use common::{level, shared};
use linkage::forms::{Folding, Forms, Level, Role};

/// Measures, weighted by how many people have the name, the share of pairs that are one name, per mille.
#[expect(clippy::print_stderr, reason = "the measured share is meant to be read in the test's output")]
fn check_recall(path: &str, role: Role, at_least: u64) {
    let Some(text) = shared(path) else { return };
    let (mut all, mut met) = (0, 0);
    let mut missed: Vec<(u64, String)> = Vec::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let count: u64 = cells[3].parse().expect("a count");
        for russian in cells[1].split('|') {
            all += count;
            match level(cells[0], russian, role) {
                Level::Same | Level::OneName => met += count,
                other => missed.push((count, format!("{}~{russian} {other:?}", cells[0]))),
            }
        }
    }
    missed.sort_by(|a, b| b.cmp(a));
    let texts: Vec<&str> = missed.iter().take(12).map(|(_, text)| text.as_str()).collect();
    let found = met * 1_000 / all;
    eprintln!("{path}: {found} per mille are one name; missed {}", texts.join(", "));
    assert!(found >= at_least, "{path}: {found} per mille, at least {at_least} expected");
}

#[test]
fn ukrainian_and_russian_forms_are_one_name() {
    check_recall("ref/names/uk_first_with_ru_and_latin.csv", Role::Given, 980);
    check_recall("ref/names/uk_patronymic_with_ru_and_latin.csv", Role::Patronymic, 900);
    check_recall("ref/names/uk_last_with_ru_and_latin.csv", Role::Surname, 965);
}

/// Names in the nominative and in other cases, in Ukrainian and in Russian: a line each.
const CASES: &[(Role, &str)] = &[
    (Role::Surname, "Мігда Мігди Мігді Мігду Мігдою"),
    (Role::Surname, "Мигда Мигды Мигде Мигду Мигдой"),
    (Role::Surname, "Шевченко Шевченка Шевченку Шевченкові Шевченком"),
    (Role::Surname, "Ковальський Ковальського Ковальському Ковальським"),
    (Role::Surname, "Ковальська Ковальської Ковальській Ковальську Ковальською"),
    (Role::Surname, "Ковальский Ковальского Ковальскому Ковальским Ковальском"),
    (Role::Surname, "Ковальская Ковальской Ковальскую"),
    (Role::Surname, "Петров Петрова Петрову Петровим Петрові"),
    (Role::Surname, "Петров Петрова Петрову Петровым Петрове"),
    (Role::Surname, "Петрова Петрової Петровій Петрову Петровою"),
    (Role::Surname, "Петрова Петровой Петрову"),
    (Role::Surname, "Савчук Савчука Савчуку Савчукові Савчуком"),
    (Role::Surname, "Савчук Савчука Савчуку Савчуком Савчуке"),
    (Role::Surname, "Кравець Кравця Кравцю Кравцем Кравцеві"),
    (Role::Surname, "Кравец Кравца Кравцу Кравцом"),
    (Role::Surname, "Бондар Бондаря Бондарю Бондарем Бондареві"),
    (Role::Surname, "Чорний Чорного Чорному Чорним"),
    (Role::Surname, "Черный Черного Черному Черным"),
    (Role::Given, "Максим Максима Максиму Максимові Максимом"),
    (Role::Given, "Микола Миколи Миколі Миколу Миколою"),
    (Role::Given, "Николай Николая Николаю Николаем"),
    (Role::Given, "Сергій Сергія Сергію Сергієві Сергієм Сергея Сергею Сергеем"),
    (Role::Given, "Андрій Андрія Андрію Андрієм Андрея Андрею Андреем"),
    (Role::Given, "Дмитро Дмитра Дмитру Дмитром Дмитрия Дмитрию Дмитрием"),
    (Role::Given, "Олександр Александра Александру Александром"),
    (Role::Given, "Ігор Ігоря Ігорю Ігорем Игоря Игорю Игорем"),
    (Role::Given, "Олексій Алексея Алексею Алексеем"),
    (Role::Given, "Олена Олени Олені Олену Оленою Елены Елене Елену"),
    (Role::Given, "Марія Марії Марію Марією Марии Марию"),
    (Role::Patronymic, "Олегович Олеговича Олеговичу Олеговичем Олеговичеві"),
    (Role::Patronymic, "Миколайович Миколайовича Николаевича Николаевичу Николаевичем"),
    (Role::Patronymic, "Іванівна Іванівни Іванівні Іванівну Іванівною Ивановны Ивановне Ивановну Ивановной"),
    (Role::Patronymic, "Ілліч Ілліча Іллічу Ильича Ильичу Ильичом"),
];

#[test]
fn a_name_in_any_case_is_recognised() {
    for (role, line) in CASES {
        let mut forms = line.split(' ');
        let nominative = forms.next().expect("a name");
        for case in forms {
            let found = level(nominative, case, *role);
            let least = if *role == Role::Patronymic { Level::OneName } else { Level::Near };
            assert!(found <= least, "{nominative} {case} {found:?}");
        }
    }
}

/// Names that stand for several are one with each of them, and these stay apart.
#[test]
fn a_name_of_daily_use_may_stand_for_several() {
    for (nickname, names) in [
        ("Слава", "Ярослав В'ячеслав Станислав"),
        ("Славик", "Ярослав Вячеслав Святослав"),
        ("Женя", "Євген Евгения"),
        ("Саша", "Александр Олександра Oleksandr"),
        ("Валя", "Валентин Валентина"),
        ("Дрон", "Андрій Андрей Andrii"),
        ("Тьома", "Артем Артём Artem"),
        ("Гарик", "Ігор Игорь Ihor"),
        ("Серий", "Сергій Сергей Serhii"),
        ("Бодя", "Богдан Bohdan"),
    ] {
        for name in names.split(' ') {
            assert_eq!(level(nickname, name, Role::Given), Level::OneName, "{nickname} {name}");
        }
    }
    for (one, other) in [
        ("Ярослав", "В'ячеслав"),
        ("Станіслав", "Святослав"),
        ("Ян", "Іван"),
        ("Юрій", "Георгій"),
        ("Єгор", "Георгій"),
        ("Арсен", "Арсеній"),
        ("Максим", "Максиміліан"),
    ] {
        assert!(level(one, other, Role::Given) > Level::OneName, "{one} {other}");
    }
}

/// Lists of the past: the old spelling of Russian and Ukrainian, names cut short in English ones.
#[test]
fn what_old_lists_write_is_one_name() {
    for (role, one, names) in [
        (Role::Surname, "Лѣсковъ", "Лесков Лєсков Лісков Leskov"),
        (Role::Surname, "Ѳедоровъ", "Федоров Fedorov"),
        (Role::Surname, "Щербатскій", "Щербатский Щербацький"),
        (Role::Given, "Алексѣй", "Алексей Олексій Aleksey"),
        (Role::Given, "William", "Wm. Willm Bill"),
        (Role::Given, "Thomas", "Thos. Фома"),
        (Role::Given, "Josiah", "Jos."),
        (Role::Given, "Joseph", "Jos. Йосип"),
        (Role::Given, "Edward", "Едвард Эдуард Ned"),
        (Role::Given, "Elizabeth", "Eliz. Єлизавета Елизавета"),
        (Role::Given, "John", "Jno. Иван Іванъ"),
        (Role::Given, "Johann", "Иоганн Hans"),
        (Role::Given, "Margaretha", "Margt. Greta"),
    ] {
        for name in names.split(' ') {
            assert_eq!(level(one, name, role), Level::OneName, "{one} {name}");
        }
    }
    for (one, other) in [
        ("William", "Walter"),
        ("Jas.", "Jos."),
        ("Saml.", "Sarah"),
        ("Johann", "John"),
        ("Неллі", "Олена"),
        ("Е.", "Йосип"),
        ("А.", "Йосип"),
        ("Jim", "Joseph"),
    ] {
        assert!(level(one, other, Role::Given) > Level::OneName, "{one} {other}");
        assert!(level(other, one, Role::Given) > Level::OneName, "{other} {one}");
    }
}

/// A slip of the hand in one language's form is near to the name in the other, and to what friends say.
#[test]
fn a_slip_is_near_in_every_language() {
    for (role, slip, names) in [
        (Role::Given, "Никлоай", "Микола Николай Mykola Коля"),
        (Role::Given, "Алексанр", "Олександр Александр Саша"),
        (Role::Given, "Волдимир", "Владимир Вова Volodymyr"),
        (Role::Given, "Анрюха", "Андрій Андрей"),
        (Role::Patronymic, "Никофорівна", "Никифоровна Микифорівна"),
        (Role::Patronymic, "Алексаднрович", "Олександрович Александрович Oleksandrovych"),
    ] {
        for name in names.split(' ') {
            assert_eq!(level(slip, name, role), Level::Near, "{slip} {name}");
        }
    }
    for (one, other) in [("Ольга", "Олег"), ("Роман", "Тарас"), ("Денис", "Борис")]
    {
        assert!(level(one, other, Role::Given) > Level::Near, "{one} {other}");
    }
}

/// In a list a slip is looked for under the name that it nearly is, if that one is far more often written; a name that is as frequent
/// stays itself.
#[test]
fn a_seldom_slip_is_sought_under_the_name() {
    let mut forms = Forms::new(Folding::Name);
    for _ in 0..50 {
        for name in ["Николай", "Ронан", "Роман"] {
            forms.form(name);
        }
    }
    let [nikolai, ronan, roman, slip] = ["Николай", "Ронан", "Роман", "Никлоай"].map(|name| forms.form(name));
    forms.settle();
    assert_eq!(forms.sought_key(slip, Role::Given), forms.sought_key(nikolai, Role::Given));
    assert_ne!(forms.key(slip, Role::Given), forms.key(nikolai, Role::Given));
    assert_ne!(forms.sought_key(slip, Role::Surname), forms.sought_key(nikolai, Role::Surname));
    assert_eq!(forms.level(ronan, roman, Role::Given), Level::Near);
    assert_ne!(forms.sought_key(ronan, Role::Given), forms.sought_key(roman, Role::Given));
}

/// Names whose keys must be one: look-alike letters, signs, marks and the spellings of other languages.
#[test]
fn one_surname_in_many_spellings() {
    let lines = [
        "Докшина Дoкшина ДOКШИНА Dоkshyna Dokšina",
        "Сорока СОРOКА Copoка Soroka",
        "Лук'яненко Лук’яненко Лукʼяненко Лукьяненко Лук`яненко Lukianenko Lukyanenko Lukjanenko Łukjanenko",
        "Нечуй-Левицький Нечуй–Левицький НечуйЛевицький Nechui-Levytskyi Nieczuj-Lewicki",
        "Шевченко Szewczenko Schewtschenko Chevtchenko Sevcsenko Şevçenko Ševčenko S\u{30c}evc\u{30c}enko",
        "Жуков Zhukov Żukow Joukov Zsukov Jukov Žukov Z\u{30c}ukov",
        "Ковальчук Kovalchuk Kowalczuk Kowaltschuk Kovaltchouk Kovalcsuk Kovalçuk Kovaľčuk",
        "Хмельницький Khmelnytskyi Chmielnicki Khmelnitskii Hmelʹnicʹkij",
        "Домбровський Dąbrowski Dombrovskyi Da\u{328}browski",
        "Сабо Szabó Sabo Szabo",
        "Ковач Kovács Kovach",
        "Кузнецов Kuznetsov Kusnezow Kouznetsoff Kuzniecow",
        "Щербань Shcherban Szczerbań Schtscherban Chtcherban Ŝerbanʹ",
        "Їжак Yizhak Їжак Jiżak",
        "Шредер Schröder Schro\u{308}der",
    ];
    let mut missed = Vec::new();
    for line in lines {
        let mut spellings = line.split(' ');
        let cyrillic = spellings.next().expect("a name");
        for spelling in spellings {
            if level(cyrillic, spelling, Role::Surname) > Level::OneName {
                missed.push(format!("{cyrillic} {spelling} {:?}", linkage::fold::readings(spelling)));
            }
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}
