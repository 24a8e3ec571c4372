//! Given names that are one name in Ukrainian, Russian and daily use, and the patronymics made of them.
//!
//! Decides which given names count as equivalent for searching and comparing. It does not say that two people are one.
//! Forms whose skeletons are equal anyway need no row. The pairs are those of common name dictionaries; names of daily use
//! are only given where they belong to one name.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::fold;

/// Equivalent given names, a row each; the first word names the group. A few words are what is left of a patronymic whose
/// ending takes a part of the name (Яковлевич, Львович).
const GROUPS: &[&str] = &[
    "Олександр Александр Саша Сашко Олесь Aleksandr Alexander Alex",
    "Олексій Алексей Олекса Альоша Лёша",
    "Микола Николай Миколай Коля Nicholas",
    "Сергій Сергей Серёжа Сергійко",
    "Михайло Михаил Миша Мишко Michael",
    "Дмитро Дмитрий Діма Дима Dmytrii",
    "Андрій Андрей Andrew",
    "Володимир Владимир Вова Володя",
    "Петро Петр Петя Peter",
    "Павло Павел Паша Paul",
    "Євген Евгений Женя Євгеній Eugene",
    "Юрій Юра Iura",
    "Василь Василий Вася Basil",
    "Іван Ваня John",
    "Микита Никита",
    "Данило Даниил Данила Даня Daniel",
    "Кирило Кирилл",
    "Матвій Матвей",
    "Тимофій Тимофей Тиміш",
    "Федір Федор Федя Theodor",
    "Семен Семён Сёма Симон",
    "Яків Яков Як Яковл Jacob",
    "Йосип Иосиф Осип Joseph",
    "Пилип Филипп Филип",
    "Степан Стёпа Стефан Stephen",
    "Гнат Игнат Ігнат",
    "Юхим Ефим Єфим",
    "Омелян Емельян",
    "Прокіп Прокоп",
    "Сидір Сидор",
    "Хома Фома Thomas",
    "Панас Афанасий Опанас Афанасій",
    "Трохим Трофим",
    "Устим Устин",
    "Самійло Самуил",
    "Гаврило Гавриил Гаврила",
    "Онисим Анисим",
    "Яким Аким",
    "Гордій Гордей",
    "Корній Корней",
    "Мусій Моисей Мойсей",
    "Охрім Ефрем Єфрем",
    "Максим Макс Maxim",
    "Анатолій Толя Анатолий",
    "Віктор Витя Victor",
    "Віталій Виталик Віталік",
    "Григорій Гриша Gregory",
    "Костянтин Константин Костя Constantine",
    "В'ячеслав Вячеслав Слава",
    "Геннадій Гена",
    "Станіслав Стас",
    "Владислав Влад",
    "Антін Антон Антоша",
    "Святослав Светослав",
    "Дем'ян Демьян",
    "Северин Северьян",
    "Лука Лукаш",
    "Лаврін Лаврентий Лавр Лаврентій",
    "Іларіон Илларион",
    "Феодосій Тодось",
    "Еміль Эмиль Эмилий",
    "Еммануїл Эммануил Емануїл",
    "Севастян Севастьян",
    "Мартин Мартын",
    "Арсеній Арсений Арсентий",
    "Клим Климентий Климентій",
    "Любомир Любомыр",
    "Олена Елена Альона Лена Helen",
    "Тетяна Татьяна Таня",
    "Наталія Наталья Наташа",
    "Катерина Екатерина Катя Catherine",
    "Надія Надежда Надя",
    "Віра Вера",
    "Світлана Светлана Света",
    "Ганна Анна Аня Hannah",
    "Олександра Александра",
    "Ольга Оля Olha",
    "Марко Марк Mark",
    "Гліб Глеб",
    "Лев Льв Лёва",
    "Марія Мария Маша Mary",
    "Дарія Дарья Дарина Даша",
    "Лідія Лидия",
    "Юлія Юлия Julia",
    "Соломія Соломия Саломея",
    "Уляна Ульяна",
    "Христина Кристина Christina",
    "Софія София Софья",
    "Ірина Ира",
    "Людмила Люда",
    "Любов Люба",
    "Галина Галя",
    "Оксана Ксения Ксенія Аксинья",
    "Євдокія Евдокия Авдотья",
    "Єлизавета Елизавета Лиза",
    "Анастасія Анастасия Настя",
    "Вікторія Виктория Вика",
    "Тамара Томара",
    "Леся Олеся",
    "Мар'яна Марьяна",
];

/// The key of a given name: that of its group, else its skeleton. One for each reading.
pub fn given_keys(word: &str) -> Vec<String> {
    distinct(fold::readings(word).into_iter().map(|skeleton| given_key(&skeleton).to_owned()))
}

/// The key of a given name by its skeleton: that of its group, else the skeleton.
pub fn given_key(skeleton: &str) -> &str {
    groups().of_name.get(skeleton).map_or(skeleton, String::as_str)
}

/// The key of a patronymic by its skeleton: that of the father's name where it is known, else the stem.
pub fn father_key(skeleton: &str) -> &str {
    let stem = stem(skeleton);
    groups().of_stem.get(stem).map_or(stem, String::as_str)
}

/// Whether a skeleton has the ending of a patronymic.
pub fn ends_as_patronymic(skeleton: &str) -> bool {
    ENDINGS.iter().any(|ending| skeleton.len() > ending.len() + 1 && skeleton.ends_with(ending))
}

/// The key of a patronymic: that of the father's name where it is known, else the stem; one for each reading. A father's
/// name without an ending is its own stem, so `Олегович`, `Олеговна` and `Oleh` meet.
pub fn patronymic_keys(word: &str) -> Vec<String> {
    distinct(fold::readings(word).into_iter().map(|skeleton| father_key(&skeleton).to_owned()))
}

/// Whether a word has the ending of a patronymic.
pub fn is_patronymic(word: &str) -> bool {
    fold::readings(word).iter().any(|skeleton| ends_as_patronymic(skeleton))
}

/// Endings of patronymics as skeletons, longer ones first.
const ENDINGS: [&str; 9] = ["iniqna", "oviq", "eviq", "ovna", "evna", "ivna", "iqna", "vna", "iq"];

fn stem(skeleton: &str) -> &str {
    let bare = ENDINGS.iter().find_map(|ending| skeleton.strip_suffix(ending)).unwrap_or(skeleton);
    bare.trim_end_matches(['a', 'e', 'i', 'o', 'u'])
}

struct Groups {
    of_name: BTreeMap<String, String>,
    of_stem: BTreeMap<String, String>,
}

fn groups() -> &'static Groups {
    static GROUPS_READ: OnceLock<Groups> = OnceLock::new();
    GROUPS_READ.get_or_init(|| {
        let mut read = Groups { of_name: BTreeMap::new(), of_stem: BTreeMap::new() };
        for group in GROUPS {
            let mut names = group.split(' ').map(fold::skeleton);
            let key = names.next().unwrap_or_default();
            for name in names.chain([key.clone()]) {
                read.of_stem.entry(stem(&name).to_owned()).or_insert_with(|| stem(&key).to_owned());
                read.of_name.entry(name).or_insert_with(|| key.clone());
            }
        }
        read
    })
}

fn distinct(keys: impl Iterator<Item = String>) -> Vec<String> {
    keys.fold(Vec::new(), |mut all, key| {
        if !key.is_empty() && !all.contains(&key) {
            all.push(key);
        }
        all
    })
}
