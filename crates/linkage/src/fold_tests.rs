//! Spellings of one name that must meet, names that must not, and the recall over the shipped tables and the schemes.

use super::*;
use crate::given::{given_keys, patronymic_keys};

fn meet(a: &str, b: &str) -> bool {
    let b = readings(b);
    readings(a).iter().any(|reading| b.contains(reading))
}

fn given_meet(a: &str, b: &str) -> bool {
    let b = given_keys(b);
    given_keys(a).iter().any(|key| b.contains(key))
}

fn fathers_meet(a: &str, b: &str) -> bool {
    let b = patronymic_keys(b);
    patronymic_keys(a).iter().any(|key| b.contains(key))
}

/// Every two of the spellings in a line must meet.
#[track_caller]
fn check_all(meets: fn(&str, &str) -> bool, lines: &[&str]) {
    for line in lines {
        let spellings: Vec<&str> = line.split(' ').collect();
        for a in &spellings {
            for b in &spellings {
                assert!(meets(a, b), "{a} {:?} does not meet {b} {:?}", readings(a), readings(b));
            }
        }
    }
}

#[test]
fn surnames_meet_across_spellings() {
    check_all(
        meet,
        &[
            "Мігда Мигда Mihda Migda МИГДА",
            "Ковальов Ковалев Ковалёв Kovalov Kovalev Kovalyov Kovaliov",
            "Єременко Еременко Yeremenko Eremenko Ieremenko Jeremenko",
            "Щербак Shcherbak Scherbak Щербак Ščerbak Chtcherbak",
            "Висоцький Высоцкий Vysotskyi Vysotskiy Visotsky Vysotskii",
            "Зав'ялов Завьялов Zavialov Zavyalov Завʼялов Завялов",
            "Вороб'йов Воробьев Воробьёв Vorobiov Vorobyev Vorobev",
            "Юрченко Yurchenko Iurchenko Jurchenko Юрченко",
            "Ящук Yashchuk Iashchuk Jaschuk",
            "Хоменко Khomenko Homenko Xomenko",
            "Гончаренко Honcharenko Goncharenko Gontcharenko",
            "Жуковський Жуковский Zhukovskyi Zhukovsky Žukovskij Jukovskii",
            "Цимбал Цымбал Tsymbal Tsimbal Cymbal",
            "Згурський Згурский Zghurskyi Zgurskiy Zhurskyj",
            "Знам'янка Знамянка Znamianka Znamyanka Znamjanka",
            "Новицький Новицкий Novytskyi Novitskii Novytskyy",
            "Лях Liakh Lyakh Ljax",
            "Іванов Иванов Ivanov Ivanoff Iwanow",
            "Шапка Shapka Šapka Schapka",
        ],
    );
}

#[test]
fn given_names_meet_across_languages() {
    check_all(
        given_meet,
        &[
            "Олександр Александр Oleksandr Aleksandr Alexander Саша Сашко",
            "Микола Николай Mykola Nikolay Nikolai Коля",
            "Дмитро Дмитрий Dmytro Dmitry Dmitriy Dmitrii Діма",
            "Сергій Сергей Serhii Sergey Sergei Serhiy",
            "Володимир Владимир Volodymyr Vladimir Вова",
            "Михайло Михаил Mykhailo Mikhail Mihail",
            "Євген Евгений Yevhen Evgeny Evgenii Evgeniy Женя",
            "Юрій Юрий Yurii Yuri Iurii Yuriy Юра",
            "Олексій Алексей Oleksii Alexey Aleksei",
            "Петро Петр Пётр Petro Petr Pyotr Piotr",
            "Федір Федор Фёдор Fedir Fedor Fyodor",
            "Ілля Илья Illia Ilya Ilia",
            "Григорій Григорий Hryhorii Grigory Grigoriy",
            "Ігор Игорь Ihor Igor",
            "Максим Maksym Maksim Maxim",
            "Микита Никита Mykyta Nikita",
            "Данило Даниил Danylo Daniil",
            "Тетяна Татьяна Tetiana Tatyana Tatiana",
            "Олена Елена Olena Elena Yelena",
            "Ганна Анна Hanna Anna",
            "Катерина Екатерина Kateryna Ekaterina",
            "Наталія Наталья Nataliia Natalya Natalia",
            "Пилип Филипп Pylyp Filipp",
            "Хома Фома Khoma Foma",
        ],
    );
}

#[test]
fn patronymics_meet_across_languages_and_the_fathers_name() {
    check_all(
        fathers_meet,
        &[
            "Миколайович Николаевич Mykolaiovych Nikolaevich Nikolayevich",
            "Олександрович Александрович Oleksandrovych Aleksandrovich",
            "Васильович Васильевич Vasylovych Vasilyevich Vasilevich",
            "Ілліч Ильич Illich Ilyich Ilich",
            "Сергійович Сергеевич Serhiiovych Sergeevich Sergeyevich",
            "Григорович Григорьевич Hryhorovych Grigorievich",
            "Михайлович Mykhailovych Mikhaylovich",
            "Юрійович Юрьевич Yuriiovych Yurievich",
            "Іванівна Ивановна Ivanivna Ivanovna",
            "Миколаївна Николаевна Mykolaivna Nikolaevna",
            "Іллівна Ильинична Illivna Ilinichna",
            "Якович Яковлевич Yakovych Yakovlevich",
            "Олегович Олеговна Олег Olehovych Olegovich",
            "Дмитрович Дмитриевич Dmytrovych Dmitrievich",
        ],
    );
}

#[test]
fn other_names_do_not_meet() {
    for pair in [
        "Мігда Могда",
        "Ковальчук Ковальов",
        "Бондар Бондаренко",
        "Сидоренко Сидорчук",
        "Шевчук Шевчик",
        "Лисенко Лищенко",
        "Мороз Морозов",
        "Павлюк Павленко",
        "Гончар Хончик",
        "Іваненко Іванченко",
        "Жук Шук",
        "Цап Чап",
        "Кравець Кравчук",
        "Вовк Вова",
        "Карпенко Карпюк",
        "Романюк Романчук",
        "Дудка Дутка",
        "Левко Левченко",
        "Зуб Суп",
        "Коваль Ковач",
    ] {
        let (a, b) = pair.split_once(' ').expect("a pair");
        assert!(!meet(a, b), "{a} meets {b}");
    }
    for pair in [
        "Олександр Олексій",
        "Микола Микита",
        "Іван Ілля",
        "Дмитро Дем'ян",
        "Андрій Антон",
        "Олена Ольга",
        "Марія Марина",
        "Павло Петро",
        "Роман Руслан",
        "Віктор Віталій",
        "Владислав В'ячеслав",
        "Яна Ганна",
        "Степан Степанида",
    ] {
        let (a, b) = pair.split_once(' ').expect("a pair");
        assert!(!given_meet(a, b), "{a} meets {b}");
    }
    assert!(!fathers_meet("Петрович", "Павлович") && !fathers_meet("Олегович", "Олександрович"));
}

#[test]
fn look_alike_letters_of_the_other_script_are_read_as_meant() {
    check_all(
        meet,
        &["Дoкшина Докшина Dokshina", "Kovaленко Коваленко", "Мopoз Мороз", "СОРOКА Сорока Soroka"],
    );
    assert_eq!(service_number("АВ-123 45"), "AB12345");
    assert_eq!(service_number("ав 12345"), service_number("AB-12345"));
    assert_eq!(service_number("без номера"), "");
}

#[test]
fn hostile_words_are_bounded() {
    assert!(readings(&"hxcjou".repeat(100_000)).len() <= READINGS_MAX);
    assert!(skeleton(&"щ".repeat(100_000)).len() <= WORD_CHARS_MAX * 2);
    assert!(readings("").is_empty() && readings("'ь-").is_empty() && readings("漢字").is_empty());
    assert_eq!(words(" Ганна-Марія,  (Іванова) ").collect::<Vec<_>>(), ["Ганна", "Марія", "Іванова"]);
}

/// Reads a shipped table: rows of cells below the header.
fn table(csv: &'static str) -> Vec<Vec<&'static str>> {
    csv.lines().skip(1).map(|line| line.split(',').collect()).collect()
}

/// Measures how many pairs meet, says so, and refuses less than `at_least` per mille.
#[expect(clippy::print_stderr, reason = "measured recall is meant to be read in the test's output")]
fn check_recall<'a>(
    what: &str,
    pairs: &[(&'a str, &'a str)],
    meets: fn(&str, &str) -> bool,
    at_least: usize,
) {
    let missed: Vec<String> =
        pairs.iter().filter(|(a, b)| !meets(a, b)).map(|(a, b)| format!("{a}~{b}")).collect();
    let found = (pairs.len() - missed.len()) * 1000 / pairs.len();
    eprintln!(
        "{what}: {found} per mille of {} pairs meet; missed {}",
        pairs.len(),
        missed[..missed.len().min(12)].join(" ")
    );
    assert!(found >= at_least, "{what}: {found} per mille, at least {at_least} expected");
}

#[test]
fn the_shipped_tables_meet_across_their_three_spellings() {
    let surnames = table(include_str!("../../rehearsal/data/names/surnames.csv"));
    let men = table(include_str!("../../rehearsal/data/names/given_male.csv"));
    let women = table(include_str!("../../rehearsal/data/names/given_female.csv"));
    let fathers = table(include_str!("../../rehearsal/data/names/patronymics.csv"));
    let pairs = |rows: &[Vec<&'static str>], a: usize, b: usize| {
        rows.iter().map(|row| (row[a], row[b])).collect::<Vec<_>>()
    };
    for (a, b, spellings) in [(0, 1, "uk ru"), (0, 2, "uk latin"), (1, 2, "ru latin")] {
        check_recall(&format!("surnames of men, {spellings}"), &pairs(&surnames, a, b), meet, 985);
        check_recall(&format!("surnames of women, {spellings}"), &pairs(&surnames, a + 3, b + 3), meet, 985);
        check_recall(&format!("given names of men, {spellings}"), &pairs(&men, a, b), given_meet, 1000);
        check_recall(&format!("given names of women, {spellings}"), &pairs(&women, a, b), given_meet, 1000);
        check_recall(&format!("patronymics of men, {spellings}"), &pairs(&fathers, a, b), fathers_meet, 1000);
        check_recall(
            &format!("patronymics of women, {spellings}"),
            &pairs(&fathers, a + 3, b + 3),
            fathers_meet,
            970,
        );
    }
}

/// Precision: of all pairs of different surnames, how many share a reading.
#[test]
#[expect(clippy::print_stderr, reason = "the measured share is meant to be read in the test's output")]
fn few_different_surnames_meet() {
    let surnames = table(include_str!("../../rehearsal/data/names/surnames.csv"));
    let spelt: Vec<Vec<String>> =
        surnames.iter().map(|row| [readings(row[0]), readings(row[2])].concat()).collect();
    let mut met = Vec::new();
    for (at, a) in spelt.iter().enumerate() {
        for (other, b) in spelt.iter().enumerate().skip(at + 1) {
            if a.iter().any(|reading| b.contains(reading)) {
                met.push(format!("{}~{}", surnames[at][0], surnames[other][0]));
            }
        }
    }
    let pairs = surnames.len() * (surnames.len() - 1) / 2;
    eprintln!("{} of {pairs} pairs of different surnames meet: {}", met.len(), met.join(" "));
    assert!(met.len() * 10_000 <= pairs, "more than one pair of 10,000 meets");
}

/// The schemes of romanisation, in a table that is not part of this repository.
#[test]
#[expect(clippy::print_stderr, reason = "a test that cannot run says so aloud")]
fn the_schemes_of_romanisation_meet() {
    let shared = std::env::var("HOMEWARD_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").to_owned());
    let path = format!("{shared}/data/ref/transliteration/test_vectors.csv");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!(
            "SKIPPED: {path} is not there (HOMEWARD_SHARED names its folder); no recall over schemes measured"
        );
        return;
    };
    let mut pairs = Vec::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let (source, latin): (Vec<&str>, Vec<&str>) =
            (cells[0].split(' ').collect(), cells[2].split(' ').collect());
        assert_eq!(source.len(), latin.len(), "{line}");
        pairs.extend(source.into_iter().zip(latin));
    }
    check_recall("words over 28 schemes", &pairs, meet, 980);
}
