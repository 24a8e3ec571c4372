//! Names of places that are one place in several languages, or at several times.
//!
//! Decides which names of towns count as one. Forms whose skeletons are equal anyway need no row. The rows are ours, after common
//! gazetteers; a name that several places bear stands in no row with a place that has another.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::fold;

/// Names of one place, a row each; the first word names it.
const PLACES: &[&str] = &[
    "Київ Киев Kyiv Kiev Kijów Kiew",
    "Харків Харьков Kharkiv Kharkov Charków Charkow",
    "Львів Львов Lviv Lvov Lwów Lemberg",
    "Одеса Одесса Odesa Odessa",
    "Дніпро Днепр Dnipro Дніпропетровськ Днепропетровск Dnipropetrovsk Катеринослав Екатеринослав",
    "Кам'янське Каменское Дніпродзержинськ Днепродзержинск",
    "Кропивницький Кропивницкий Кіровоград Кировоград Kirovohrad Єлисаветград Елисаветград",
    "Миколаїв Николаев Mykolaiv Nikolaev Nikolajew",
    "Запоріжжя Запорожье Zaporizhzhia Zaporozhye",
    "Чернівці Черновцы Chernivtsi Czernowitz Cernăuți",
    "Чернігів Чернигов Chernihiv Chernigov Tschernigow",
    "Рівне Ровно Rivne Rovno Równe",
    "Луцьк Луцк Lutsk Łuck",
    "Тернопіль Тернополь Ternopil Tarnopol",
    "Хмельницький Хмельницкий Khmelnytskyi Проскурів Проскуров Proskurov",
    "Івано-Франківськ Ивано-Франковск Станиславов Stanisławów Stanislau",
    "Луганськ Луганск Luhansk Lugansk Ворошиловград",
    "Донецьк Донецк Donetsk Сталіно Юзівка Юзовка",
    "Маріуполь Мариуполь Mariupol Жданов",
    "Бахмут Bakhmut",
    "Житомир Zhytomyr Żytomierz Schitomir",
    "Вінниця Винница Vinnytsia Vinnitsa Winnica Winniza",
    "Полтава Poltava Połtawa Poltawa",
    "Черкаси Черкассы Cherkasy Cherkassy",
    "Суми Сумы Sumy",
    "Херсон Kherson Chersoń Cherson",
    "Кременчук Кременчуг Kremenchuk",
    "Біла-Церква Белая-Церковь",
    "Горлівка Горловка Horlivka Gorlovka",
    "Сєвєродонецьк Северодонецк Сіверськодонецьк",
    "Ужгород Uzhhorod Ungvár",
    "Мукачево Мукачеве Munkács",
    "Сімферополь Симферополь Simferopol",
    "Севастополь Sevastopol Sewastopol",
    "Бердичів Бердичев Berdychiv",
    "Санкт-Петербург Петербург Petersburg Ленинград Leningrad Петроград",
    "Москва Moskva Moscow Moskau Moskwa",
    "Волгоград Volgograd Сталинград Stalingrad Царицын",
    "Самара Samara Куйбышев Kuibyshev",
    "Екатеринбург Yekaterinburg Свердловск Sverdlovsk",
    "Тверь Tver Калинин Kalinin",
    "Калининград Kaliningrad Кёнигсберг Königsberg",
    "Ростов-на-Дону Rostov-on-Don",
    "Минск Мінськ Мінск Minsk",
    "Варшава Warszawa Warsaw Warschau",
    "Краків Краков Kraków Krakau Cracow",
    "Вроцлав Wrocław Breslau",
    "Гданськ Гданьск Gdańsk Danzig",
    "Вільнюс Вильнюс Vilnius Wilno Wilna",
    "Тбілісі Тбилиси Tbilisi Тифлис Tiflis",
    "Єреван Ереван Yerevan Eriwan",
    "Ґянджа Гянджа Кировабад",
    "Степанакерт Stepanakert Ханкенди Xankəndi",
    "Відень Вена Wien Vienna",
    "Прага Praha Prague Prag",
];

/// The skeleton by which a place is one with its other names; the same where it has none.
pub fn key(skeleton: &str) -> &str {
    keys().get(skeleton).map_or(skeleton, String::as_str)
}

/// Whether a skeleton is of a place that has several names.
pub(crate) fn is_known(skeleton: &str) -> bool {
    keys().contains_key(skeleton)
}

/// The skeletons of all names, each with that of its row's first.
fn keys() -> &'static BTreeMap<String, String> {
    static KEYS: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    KEYS.get_or_init(|| {
        let mut keys = BTreeMap::new();
        for row in PLACES {
            let skeletons = || row.split(' ').map(|name| fold::skeleton(&fold::plain(name)));
            let first = skeletons().next().unwrap_or_default();
            for skeleton in skeletons() {
                keys.entry(skeleton).or_insert_with(|| first.clone());
            }
        }
        keys
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_one_in_its_languages_and_two_are_two() {
        let of = |name: &str| key(&fold::skeleton(&fold::plain(name))).to_owned();
        for (one, other) in [
            ("Київ", "Киев"),
            ("Kiev", "Kyiv"),
            ("Дніпро", "Днепропетровск"),
            ("Кіровоград", "Кропивницкий"),
            ("Lemberg", "Львів"),
            ("Харків", "Kharkov"),
        ] {
            assert_eq!(of(one), of(other), "{one} {other}");
        }
        for (one, other) in [("Київ", "Харків"), ("Чернігів", "Чернівці"), ("Ромни", "Рівне")]
        {
            assert_ne!(of(one), of(other), "{one} {other}");
        }
    }
}
