//! Given names that are one name in Ukrainian, Russian and daily use, and the patronymics made of them.
//!
//! Decides which given names count as equivalent for searching and comparing. It does not say that two people are one.
//! Forms whose skeletons are equal anyway need no row. The rows are ours, after common name dictionaries. What friends say of
//! bearers of several names (Слава) stands for each of them.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::fold;
use crate::intern::{Interner, NONE};
use crate::similar::one_slip;

/// Equivalent given names, a row each; the first word names the group. A few words are what is left of a patronymic whose
/// ending takes a part of the name (Яковлевич, Львович).
const GROUPS: &[&str] = &[
    "Олександр Александр Саша Сашко Сашка Саня Саньок Санёк Шура Шурик Олесь Лесь Олелько Олександер Сандро Aleksandr Alexander Alex",
    "Олексій Алексей Олекса Альоша Алёша Льоша Лёша Льоха Лёха Олексійко Алексій Алексий Oleksa",
    "Микола Николай Миколай Ніколай Коля Колян Колька Миколка Микольчик Николаша Миколко Nicholas Miklós",
    "Сергій Сергей Серёжа Сережа Сєрьожа Сергійко Серёга Серьога Серий Серый Сєрий",
    "Михайло Михаил Михаїл Міша Миша Мишко Мішко Михась Мишаня Мішаня Михайлик Michael Michał Mihály Michl Mike Mick",
    "Дмитро Дмитрий Дмитрій Діма Дима Дімон Димон Митя Мітя Дмитрик Митько Димка Dmytrii",
    "Андрій Андрей Андрюха Андрюша Андрійко Андрюшка Дрон Андрон Andrew Andrzej András Andw Andy",
    "Володимир Владимир Вова Вовка Вовчик Володя Володька Вован Вовочка Володко Wladimir Włodzimierz",
    "Петро Петр Петя Петрик Петрусь Петруха Петька Peter Piotr",
    "Павло Павел Паша Пашка Павлик Павлусь Paul Paweł Pál",
    "Євген Евгений Євгеній Жека Євгенко Геник Eugene Eugeniusz Jenő",
    "Юрій Юра Юрко Юрась Юрчик Юрок Юрочка Iura",
    "Василь Василий Вася Васько Василько Васильок Васёк Васька Базиль Basil Wasyl",
    "Іван John János Ваня Ванька Ванёк Іванко Івась Івасик Ванюша Jno Johnny",
    "Микита Никита Нікіта Микитка Нікітос Никитос",
    "Данило Даниил Данил Данііл Данилко Данилка Daniel Danyil Danl",
    "Кирило Кирилл Кирюха Кирюша Кирилко Киря",
    "Матвій Матвей Матвійко Мотя Матей",
    "Тимофій Тимофей Тиміш Тимко Тимоха Тимошка",
    "Федір Тодор Федор Фёдор Федя Федько Федька Федорко Theodor",
    "Семен Семён Сёма Сьома Сенько Сеня Симон Семко",
    "Яків Яков Як Яковл Яша Яшко Яшка Jacob Jakub Якуб",
    "Йосип Иосиф Осип Йосиф Йосько Ося Joseph Józef Юзеф",
    "Пилип Филипп Филип Філіп Пилипко",
    "Степан Стёпа Стьопа Стефан Степко Степа Стецько Stephen Stefan István Steven Stephn Steve",
    "Гнат Игнат Ігнат Игнатий Ігнатій",
    "Юхим Ефим Єфим Фима Хима",
    "Омелян Емельян Емеліян Омелько",
    "Прокіп Прокоп Прокофий Прокофій",
    "Сидір Сидор Ісидор Исидор Сидорко",
    "Хома Фома Thomas Tomasz Thos",
    "Панас Афанасий Опанас Афанасій Афоня",
    "Трохим Трофим Трохимко",
    "Устим Устин",
    "Самійло Самуил Самуїл Самійлик Самойло Самойл Samuel Saml Sam",
    "Гаврило Гавриил Гаврила Гаврилко Гаврюша",
    "Онисим Анисим",
    "Яким Аким Іоаким Йоаким",
    "Гордій Гордей",
    "Корній Корней Корнилий",
    "Мусій Моисей Мойсей Мойсій Мосій",
    "Охрім Ефрем Єфрем",
    "Максим Макс Максимко Максик Максимка Maxim",
    "Анатолій Толя Толік Толик Толян Только Анатолий",
    "Віктор Витя Вітя Вітьок Витьок Витёк Витек Вітько Вітусь Victor Wiktor",
    "Віталій Виталик Віталік Віталя Виталя Віталька",
    "Григорій Гриша Гришка Гриць Грицько Гришко Gregory Grzegorz",
    "Костянтин Константин Костя Костик Костян Кость Constantine",
    "В'ячеслав Вячеслав Вячіслав",
    "Геннадій Гена Гєна Генка Генко",
    "Станіслав Стас Стасик Станислав",
    "Владислав Влад Владік Владик Владко Władysław Ladislaus László",
    "Ярослав Ярик Ярчик Яросик",
    "Ростислав Ростик Росик",
    "Святослав Светослав Святик",
    "Мирослав Мирко Мирось",
    "Богдан Бодя Богданчик Бодьо Данко",
    "Антін Антон Антоша Тоха Антоха Антошка Антось Antoni Antal",
    "Дем'ян Демьян Дамиан Даміан",
    "Северин Северьян Северян",
    "Лука Лукаш Лукьян Лук'ян",
    "Лаврін Лаврентий Лавр Лаврентій Lawrence Laurence Larry",
    "Іларіон Илларион Ларион Ларіон",
    "Феодосій Тодось Феодосий",
    "Еміль Эмиль Эмилий Емілій",
    "Еммануїл Эммануил Емануїл Мануїл",
    "Севастян Севастьян Себастьян Савостян",
    "Мартин Мартын Martin",
    "Арсеній Арсений Арсентий Арсеня Арсентій",
    "Клим Климентий Климентій Климент",
    "Любомир Любомыр Любко",
    "Марко Марк Mark Marek",
    "Гліб Глеб Глебушка",
    "Лев Льв Лёва Льова Левко Лёвка",
    "Ілля Илья Ілюха Илюха Ілюша Илюша Ілько Илюшка",
    "Артем Артём Тьома Тёма Артемко Артемий Артемій Тьомик",
    "Роман Рома Ромко Ромчик Ромка Ромич",
    "Руслан Русик Русік Русланчик",
    "Денис Ден Дениско Деня Дэн Дениска Denys",
    "Вадим Вадік Вадик Вадя Вадька",
    "Олег Олежка Олежик Олежек",
    "Ігор Игорь Ігорьок Игорёк Игорек Гарік Гарик Ігорко Ігорчик",
    "Валерій Валерий Валєра Валера Валерка Валерик Лєра",
    "Леонід Леонид Льоня Лёня Леня Льонька Ліонід",
    "Борис Боря Борька Борко",
    "Назар Назарко Назік Назик Назарка",
    "Тарас Тарасик Тарасько",
    "Едуард Эдуард Едик Эдик Едько Eduard Едвард Эдвард Edward Edwd Edw",
    "Георгій Георгий Жора Гоша Гога Георг George Geo Georges",
    "Аркадій Аркадий Аркаша Аркадько",
    "Микифор Никифор Нечипір Ничипір Нечипор",
    "Тихон Тихін Тихонко",
    "Кіндрат Кондрат Кондратий Кіндратій",
    "Прохір Прохор",
    "Нестір Нестор Нестер",
    "Пантелеймон Пантелій Пантелей Пантелімон",
    "Євстафій Остап Евстафий Остапко Євстахій",
    "Мефодій Мефодий Методій",
    "Онуфрій Онуфрий Ануфрий Онопрій",
    "Оксентій Аксентий Авксентій Авксентий",
    "Овсій Евсей Євсей Овсей",
    "Овдій Авдей",
    "Яремій Еремей Ярема Єремій Иеремия",
    "Аврам Абрам Аврамій Оврам Авраам",
    "Сильвестр Сільвестр Селівестр Сильвестер",
    "Венедикт Бенедикт Венидикт",
    "Веніамін Вениамин Беньямин Бенямін Benjamin Benj Ben",
    "Порфирій Порфирий Порфірій",
    "Єлисей Елисей Ялисей",
    "Зіновій Зиновий Зеновій Зенко Зеник",
    "Аверкій Аверкий Оверко",
    "Харитон Харитін Харько",
    "Филимон Пилимон",
    "Федот Хведот",
    "Митрофан Митрохван",
    "Захар Захарій Захарий Захарко",
    "Карпо Карп",
    "Кузьма Козьма Кузя",
    "Артур Артурчик Артурик",
    "Альберт Алік Альбертик",
    "Рустам Рустем",
    "Мар'ян Марьян Мар'янко",
    "Юліан Юлиан Юльян",
    "Валентин Валік Валик",
    "Олена Елена Альона Алёна Лена Лєна Оленка Олєна Льоля Гелена Helen",
    "Тетяна Татьяна Тат'яна Таня Танюша Тетянка",
    "Наталія Наталья Наталя Наталка Наташа Ната",
    "Катерина Екатерина Катя Катруся Катюша Катря Catherine Katarzyna Catharine Katherine Catharina Katarina Cath Kate Katie",
    "Надія Надежда Надєжда Надя Надійка Надюша",
    "Віра Вера Вєра Вірочка Вєрочка",
    "Світлана Светлана Света Свєта Світланка Лана",
    "Ганна Анна Аня Ганя Ганнуся Анюта Анюня Hannah Anna Anne Annie Nancy",
    "Олександра Александра Олександрина Александрина",
    "Ольга Оля Олька Олечка Olha",
    "Марія Мария Марья Маша Маруся Марічка Марійка Машка Mary Maria",
    "Дарія Дарья Дарина Даша Дар'я Одарка Дашка",
    "Лідія Лидия Ліда Лида",
    "Юлія Юлия Юля Юлька Julia",
    "Соломія Соломия Саломея Соля",
    "Уляна Ульяна",
    "Христина Кристина Крістіна Христя Christina",
    "Софія София Софья Соня",
    "Ірина Ира Іра Иришка Іринка Ирочка Ірця Iryna",
    "Людмила Люда Люся Людочка",
    "Любов Любовь Люба Любка Любаша",
    "Галина Галя Галка Галинка",
    "Оксана Ксения Ксенія Аксинья Ксеня Ксюша Оксанка Оксенія Аксения",
    "Євдокія Евдокия Авдотья Явдоха Явдокія",
    "Єлизавета Елизавета Лиза Ліза Єлізавета Elizabeth Elisabeth Eliz Elizth Betsy Betty Lizzie",
    "Анастасія Анастасия Настя Настуся Настюха Анастасья Настасья",
    "Вікторія Виктория Вика Віка Вікуся Victoria",
    "Тамара Томара Тома",
    "Мар'яна Марьяна Маряна",
    "Марина Марінка Маринка",
    "Пелагія Пелагея Палажка Палагея",
    "Парасковія Прасковья Параска Парасковья Параскева",
    "Килина Акилина Акулина",
    "Горпина Аграфена Аграфіна Агрипина Агрипіна",
    "Мотрона Матрона Матрена Матрёна Мотря",
    "Федора Феодора",
    "Степанида Стефанида Стефанія Стефания",
    "Мелания Маланья Меланія Маланка",
    "Явгена Евгенія",
    "Зінаїда Зинаида Зіна Зина",
    "Раїса Раиса Рая",
    "Валентина Валюша Валька",
    "Ніна Нина Нінка",
    "Лариса Лара Ларіса",
    "Віроніка Вероника Вероніка",
    "Сніжана Снежана Сніжанна",
    "Юхимія Ефимия Єфимія",
    "Онисія Анисия Анисья",
    "Єфросинія Евфросиния Ефросинья Пріська Фрося",
    "Богдана Богданка",
    "Зоя Зойка",
    "Інна Инна Інка",
    "Алла Алка",
    "Жанна Жана",
    "Тамила Таміла",
    "Леся Олеся Леська",
    "Рената Ренатка",
    "Емілія Эмилия",
    // As English lists of two centuries have them, cut short too.
    "William Wm Willm Bill Billy Willie",
    "James Jas Jim Jimmy Jamie",
    "Charles Chas Charlie Charley",
    "Robert Роберт Robt Rob Bob Bobby",
    "Richard Ричард Richd Rick Dick",
    "Frederick Frederic Fredk Fredrick",
    "Francis Fras",
    "Patrick Patk Paddy",
    "Nathaniel Nathl Nathanl",
    "Walter Вальтер Walt Wally",
    "Johann Johannes Hans Иоганн Йоганн Иоганнес Ганс",
    "Маргарита Margaret Margareta Margaretha Margarethe Margt Maggie Peggy Greta",
    "Sarah Sara Sally",
    "Susan Susanna Susannah Sukey",
    "Dorothy Dorothea Dolly",
];

/// A name that stands for several: first the name, then those for which it may stand, the likeliest first.
const SEVERAL: &[&str] = &[
    "Harry Henry Harold",
    "Fred Frederick Alfred Wilfred",
    "Ted Едуард Theodore",
    "Ned Едуард Edmund",
    "Jos Йосип Joshua Josiah",
    "Frank Francis Franklin",
    "Женя Євген Євгенія",
    "Женька Євген Євгенія",
    "Слава В'ячеслав Ярослав Станіслав Святослав Мирослав Ростислав Владислав",
    "Славік В'ячеслав Ярослав Станіслав Святослав Мирослав Ростислав Владислав",
    "Славко Ярослав В'ячеслав Святослав Мирослав Ростислав",
    "Саша Олександр Олександра",
    "Саня Олександр Олександра",
    "Шура Олександр Олександра",
    "Сашка Олександр Олександра",
    "Валя Валентин Валентина",
    "Валік Валентин Валерій",
    "Лєра Валерій Валерія",
    "Даня Данило Богдан",
    "Данко Данило Богдан",
    "Тима Тимофій Тимур Артем",
    "Міла Людмила",
    "Стася Станіслав Анастасія",
    "Вася Василь Василина",
    "Паша Павло Парасковія",
    "Гена Геннадій Євген",
    "Лесь Олександр Олексій",
    "Рус Руслан",
    "Рустік Руслан Рустам",
    "Еля Емілія Елеонора",
    "Алік Олександр Альберт Олег",
    "Тоня Антоніна Антін",
    "Ася Анастасія Ганна",
];

/// The keys of a given name: for each reading that of its group, else the reading; of a name that stands for several, theirs; of an
/// oblique case, that of the nominative.
pub fn given_keys(word: &str) -> Vec<String> {
    let keys = fold::readings(word).into_iter().flat_map(|skeleton| {
        let first = given_key(&skeleton).to_owned();
        let further = others(&skeleton).chain(nominative_key(&skeleton)).map(str::to_owned);
        std::iter::once(first).chain(further).collect::<Vec<_>>()
    });
    distinct(keys)
}

/// The key of a given name by its skeleton: that of its group, else the skeleton.
pub fn given_key(skeleton: &str) -> &str {
    let known = groups();
    match known.of_name[known.texts.get(skeleton) as usize] {
        NONE => skeleton,
        key => known.texts.text(key),
    }
}

/// Whether a skeleton is a given name that is known.
pub fn is_known(skeleton: &str) -> bool {
    let known = groups();
    known.of_name[known.texts.get(skeleton) as usize] != NONE
}

/// The keys of the other names for which a name may stand, the likeliest first.
pub fn others(skeleton: &str) -> impl Iterator<Item = &'static str> {
    let known = groups();
    let keys = Some(known.texts.get(skeleton)).filter(|number| *number != NONE);
    let keys = keys.and_then(|number| known.several.get(&number));
    keys.into_iter().flatten().map(|key| known.texts.text(*key))
}

/// The key of the name of which a skeleton is an oblique case, as lists and statements have it: Максима, Максиму, Максимом.
pub fn nominative_key(skeleton: &str) -> Option<&'static str> {
    let known = groups();
    let key = known.of_case[known.texts.get(skeleton) as usize];
    (key != NONE).then(|| known.texts.text(key))
}

/// The key of the name that a skeleton nearly is: an oblique case of it, or a slip of the hand away. Nothing for a name that is known.
pub fn near_key(skeleton: &str) -> Option<&'static str> {
    let known = groups();
    nominative_key(skeleton).or_else(|| known.slip_of(skeleton, &known.of_name, &known.of_slip))
}

/// The key of the father's name that a patronymic nearly has, a slip of the hand away. Nothing where it has a known one.
pub fn near_father_key(skeleton: &str) -> Option<&'static str> {
    let known = groups();
    known.slip_of(stem(skeleton), &known.of_stem, &known.of_stem_slip)
}

/// Words of fewer letters are a slip away from too many names.
const SLIP_LETTERS_MIN: usize = 5;

fn without_a_letter(text: &str) -> impl Iterator<Item = String> {
    (0..text.len()).map(move |at| [&text[..at], &text[at + 1..]].concat())
}

/// The key of a patronymic by its skeleton: that of the father's name where it is known, else the stem.
pub fn father_key(skeleton: &str) -> &str {
    let stem = stem(skeleton);
    let known = groups();
    let father = |stem: &str| match known.of_stem[known.texts.get(stem) as usize] {
        NONE => None,
        key => Some(known.texts.text(key)),
    };
    // Миколаївич: both languages at once.
    let mixed =
        || father(stem.strip_suffix('v').filter(|_| stem.len() < skeleton.len())?.trim_end_matches(VOWELS));
    father(stem).or_else(mixed).unwrap_or(stem)
}

/// Whether a skeleton has the ending of a patronymic.
pub fn ends_as_patronymic(skeleton: &str) -> bool {
    may_end(skeleton)
        && ENDINGS.iter().any(|ending| skeleton.len() > ending.len() + 1 && skeleton.ends_with(ending))
}

/// Whether a skeleton that ends as a patronymic does as a woman's: -івна, -овна, -ічна in any case.
pub(crate) fn ends_as_of_woman(skeleton: &str) -> bool {
    let end = &skeleton.as_bytes()[skeleton.len().saturating_sub(ENDING_LETTERS_MAX)..];
    end.windows(2).any(|two| two == b"vn" || two == b"qn")
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

/// Endings of patronymics as skeletons, longer ones first, in all cases.
const ENDINGS: &[&str] = &[
    "iniqnou", "iniqna", "iniqne", "iniqni", "iniqnu", "oviqevi", "eviqevi", "oviqem", "eviqem", "oviqa",
    "eviqa", "oviqu", "eviqu", "ovnou", "evnou", "ivnou", "oviq", "eviq", "ovna", "evna", "ivna", "ovne",
    "evne", "ovni", "evni", "ivni", "ovnu", "evnu", "ivnu", "iqna", "iqne", "iqni", "iqem", "iqom", "vna",
    "vne", "vni", "iqa", "iqu", "iq",
];

/// The length of the longest of them.
const ENDING_LETTERS_MAX: usize = 7;

/// Whether there is, where endings are, what each of them has: most words have none, and are told at once.
fn may_end(skeleton: &str) -> bool {
    let end = &skeleton.as_bytes()[skeleton.len().saturating_sub(ENDING_LETTERS_MAX)..];
    end.contains(&b'q') || end.windows(2).any(|two| two == b"vn")
}

const VOWELS: [char; 5] = ['a', 'e', 'i', 'o', 'u'];

/// What is left of a patronymic, or of a name, without its ending.
pub fn stem(skeleton: &str) -> &str {
    let endings = if may_end(skeleton) { ENDINGS } else { &[] };
    let bare = endings.iter().find_map(|ending| skeleton.strip_suffix(ending)).unwrap_or(skeleton);
    bare.trim_end_matches(VOWELS)
}

/// The tables as they are asked, by the number of a text among `texts`.
struct Groups {
    texts: Interner,
    of_name: Vec<u32>,
    of_case: Vec<u32>,
    of_stem: Vec<u32>,
    /// By a name that lacks a letter: the name.
    of_slip: Vec<u32>,
    /// By a stem that lacks a letter: the stem.
    of_stem_slip: Vec<u32>,
    several: BTreeMap<u32, Vec<u32>>,
}

impl Groups {
    /// The key of a known word that is a slip of the hand from this unknown one.
    fn slip_of(&'static self, word: &str, known: &[u32], slips: &[u32]) -> Option<&'static str> {
        let number = self.texts.get(word) as usize;
        let readable = (SLIP_LETTERS_MIN..=fold::WORD_CHARS_MAX).contains(&word.len()) && word.is_ascii();
        if known[number] != NONE || !readable {
            return None;
        }
        let of = |name: u32| {
            let is_one = name != NONE && one_slip(self.texts.bytes(name), word.as_bytes());
            is_one.then(|| self.texts.text(known[name as usize]))
        };
        let word = word.as_bytes();
        let mut rest = [0; fold::WORD_CHARS_MAX];
        let rest = &mut rest[..word.len() - 1];
        rest.copy_from_slice(&word[1..]);
        of(slips[number]).or_else(|| {
            (0..word.len()).find_map(|at| {
                // Without the letter before it was; now without this one.
                if let Some(before) = at.checked_sub(1) {
                    rest[before] = word[before];
                }
                let number = self.texts.get_bytes(rest);
                let itself = if known[number as usize] == NONE { NONE } else { number };
                of(itself).or_else(|| of(slips[number as usize]))
            })
        })
    }

    fn number(&mut self, text: &str) -> usize {
        let number = self.texts.number(text) as usize;
        for table in [
            &mut self.of_name,
            &mut self.of_case,
            &mut self.of_stem,
            &mut self.of_slip,
            &mut self.of_stem_slip,
        ] {
            table.resize(table.len().max(number + 1), NONE);
        }
        number
    }
}

fn groups() -> &'static Groups {
    static GROUPS_READ: OnceLock<Groups> = OnceLock::new();
    GROUPS_READ.get_or_init(|| {
        let none = || vec![NONE];
        let texts = Interner::default();
        let mut read = Groups {
            texts,
            of_name: none(),
            of_case: none(),
            of_stem: none(),
            of_slip: none(),
            of_stem_slip: none(),
            several: BTreeMap::new(),
        };
        for group in GROUPS {
            let mut names = group.split(' ').map(fold::skeleton);
            let first = names.next().unwrap_or_default();
            let (key, father) = (read.number(&first), read.number(stem(&first)));
            for name in names.chain([first.clone()]) {
                read.add(&name, key, father);
            }
        }
        for row in SEVERAL {
            let mut names = row.split(' ').map(fold::skeleton);
            let name = names.next().unwrap_or_default();
            let keys: Vec<u32> = names
                .map(|other| {
                    let number = read.number(&other);
                    if read.of_name[number] == NONE { number as u32 } else { read.of_name[number] }
                })
                .collect();
            let (number, first) = (read.number(&name), keys.first().copied().unwrap_or(NONE));
            if read.of_name[number] == NONE {
                read.of_name[number] = first;
            }
            read.several.insert(number as u32, keys);
        }
        read
    })
}

impl Groups {
    /// Adds a name of a group, with its oblique cases and the stem of the patronymic made of it; what is there stays.
    fn add(&mut self, name: &str, key: usize, father: usize) {
        let set = |place: &mut u32, value: usize| {
            if *place == NONE {
                *place = value as u32;
            }
        };
        let (whole, stemmed) = (self.number(name), self.number(stem(name)));
        set(&mut self.of_name[whole], key);
        // Of what is all vowels no stem is left.
        if stemmed != NONE as usize {
            set(&mut self.of_stem[stemmed], father);
        }
        for rest in without_a_letter(name).filter(|_| name.len() >= SLIP_LETTERS_MIN) {
            let place = self.number(&rest);
            set(&mut self.of_slip[place], whole);
        }
        for rest in without_a_letter(stem(name)).filter(|_| stem(name).len() >= SLIP_LETTERS_MIN) {
            let place = self.number(&rest);
            set(&mut self.of_stem_slip[place], stemmed);
        }
        let bare = name.trim_end_matches(['a', 'e', 'i', 'o']);
        let vowel = Some(name).filter(|name| name.len() > bare.len() && name.ends_with('e'));
        for stem in [Some(bare), vowel].into_iter().flatten().filter(|stem| !stem.is_empty()) {
            for ending in ["a", "u", "i", "e", "em", "om", "im", "ou", "eu", "ovi", "evi", "oi"] {
                let number = self.number(&format!("{stem}{ending}"));
                set(&mut self.of_case[number], key);
            }
        }
    }
}

fn distinct(keys: impl Iterator<Item = String>) -> Vec<String> {
    keys.fold(Vec::new(), |mut all, key| {
        if !key.is_empty() && !all.contains(&key) {
            all.push(key);
        }
        all
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_of_the_table_is_told_as_an_initial_is() {
        for name in GROUPS.iter().chain(SEVERAL).flat_map(|row| row.split(' ')) {
            assert!(fold::skeleton(name).len() > 1, "{name}");
        }
        for letter in "абвгґдеєжзиіїйклмнопрстуфхцчшщюяэёabcdefghijklmnopqrstuvwxyz".chars()
        {
            let skeleton = fold::skeleton(&letter.to_string());
            assert_eq!((is_known(&skeleton), nominative_key(&skeleton)), (false, None), "{letter}");
        }
    }

    #[test]
    fn no_ending_is_passed_over() {
        for ending in ENDINGS {
            assert!(may_end(&format!("ivan{ending}")), "{ending}");
        }
        assert!(!may_end("ivan") && !may_end("qivanenko"));
    }
}
