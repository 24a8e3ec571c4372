//! A name part folded to its *skeleton*: what stays equal when a name passes between Ukrainian, Russian and Latin spelling.
//!
//! Decides which spellings count as one. Refuses to know which name it has (that is [`crate::given`]) and whose it is.
//!
//! A Latin letter can stand for two sounds (`h` is г in a Ukrainian passport and х in an informal Russian spelling), so one
//! word can have several skeletons, its *readings*, at most [`READINGS_MAX`]. Two words meet when they share a reading.
//!
//! # The reduction
//! | written | skeleton | why |
//! |---|---|---|
//! | а a · у u · о o | `a` `u` `o` | |
//! | и і ї й ы y i j | `i` | Ukrainian и is Russian ы or и; й is written y, i, j or not at all |
//! | е є э e ye ie je | `e` | |
//! | ё йо ьо yo io jo | `e` | Russian prints ё as е |
//! | ю я yu ya iu ia ju ja û â | `u` `a`; `iu` `ia` at the start | |
//! | г ґ h g gh | `g` | Ukrainian г is h, Russian г is g |
//! | х kh x, h in a second reading | `x` | |
//! | ж zh ž, j before a vowel in a second reading | `j` | |
//! | ц ts tz c | `c` (a Latin c also `k`) | |
//! | ч ch č tch tsch | `q` (initial ch before a consonant also `x`) | |
//! | ш щ sh shch š ŝ sch | `w` | schemes disagree on щ |
//! | в v w, final ff | `v` | |
//! | ь ъ apostrophes, accents | nothing | before о they count as й |
//! | doubled letters | one | Геннадій, Геннадий, Hennadii |
//! | final -ой | `i` | the Russian ending of Ukrainian -ий |
//! | final -ов(а), -ев(а), -ьов(а) | `ev(a)` | Latin loses the soft sign that tells them apart |
//!
//! Latin letters inside a Cyrillic word that look like Cyrillic ones are read as these, and the other way about.

/// The most readings of one word.
pub const READINGS_MAX: usize = 4;

/// The most characters of a word that are read; a longer one is cut, since no name is longer.
pub const WORD_CHARS_MAX: usize = 64;

/// The readings of one word, the likeliest first, without repetition. Empty when the word has no letter.
pub fn readings(word: &str) -> Vec<String> {
    let letters = one_script(word);
    let mut readings = vec![String::new()];
    let mut at = 0;
    while at < letters.len() {
        let (sounds, taken) = sounds_at(&letters, at);
        readings = extend(readings, sounds);
        at += taken;
    }
    let mut skeletons = Vec::new();
    for reading in readings {
        let skeleton = reduce(&reading);
        if !skeleton.is_empty() && !skeletons.contains(&skeleton) {
            skeletons.push(skeleton);
        }
    }
    skeletons
}

/// The likeliest reading of a word; empty when it has no letter.
pub fn skeleton(word: &str) -> String {
    readings(word).into_iter().next().unwrap_or_default()
}

/// The consonants of a skeleton: looser, for vowels that differ (Білоус, Белоус). A leading vowel counts as `a`.
pub fn consonants(skeleton: &str) -> String {
    let lead = if skeleton.starts_with(is_vowel) { "a" } else { "" };
    lead.chars().chain(skeleton.chars().filter(|c| !is_vowel(*c))).collect()
}

/// The words of a name: split at spaces, hyphens, commas and points, each cut to [`WORD_CHARS_MAX`]; words without a letter
/// are left out.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || "-‐‑–—,.;/()".contains(c))
        .map(cut)
        .filter(|word| word.chars().any(char::is_alphabetic))
}

/// A service number as it is compared: letters and digits only, upper case, Cyrillic letters that look Latin read as Latin.
/// Empty when there is no digit in it.
pub fn service_number(text: &str) -> String {
    let number: String = text
        .chars()
        .take(WORD_CHARS_MAX)
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_uppercase)
        .map(|c| to_latin(c).unwrap_or(c))
        .collect();
    if number.contains(|c: char| c.is_ascii_digit()) { number } else { String::new() }
}

fn cut(word: &str) -> &str {
    word.char_indices().nth(WORD_CHARS_MAX).map_or(word, |(end, _)| &word[..end])
}

/// Pairs of capitals and small letters that look alike: Latin, Cyrillic.
const LOOK_ALIKES: [(char, char); 21] = [
    ('A', 'А'),
    ('B', 'В'),
    ('C', 'С'),
    ('E', 'Е'),
    ('H', 'Н'),
    ('I', 'І'),
    ('K', 'К'),
    ('M', 'М'),
    ('O', 'О'),
    ('P', 'Р'),
    ('T', 'Т'),
    ('X', 'Х'),
    ('Y', 'У'),
    ('a', 'а'),
    ('c', 'с'),
    ('e', 'е'),
    ('i', 'і'),
    ('o', 'о'),
    ('p', 'р'),
    ('x', 'х'),
    ('y', 'у'),
];

fn to_latin(letter: char) -> Option<char> {
    LOOK_ALIKES.iter().find(|(_, cyrillic)| *cyrillic == letter).map(|(latin, _)| *latin)
}

fn to_cyrillic(letter: char) -> Option<char> {
    LOOK_ALIKES.iter().find(|(latin, _)| *latin == letter).map(|(_, cyrillic)| *cyrillic)
}

/// Combining marks: accents, breves and ties written as letters of their own.
fn is_mark(letter: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&letter) || ('\u{fe20}'..='\u{fe2f}').contains(&letter)
}

fn is_cyrillic(letter: char) -> bool {
    ('\u{400}'..='\u{52f}').contains(&letter)
}

/// A text as one word in small letters of the script it was meant in, without marks, spaces and signs: two texts that are one to
/// the eye are one. At most [`WORD_CHARS_MAX`] letters; empty when there is no letter.
pub fn plain(text: &str) -> String {
    let joined: String = words(text).collect();
    one_script(&joined).into_iter().filter(|c| c.is_alphabetic()).collect()
}

/// A number or code as it is compared: letters and digits only, in capitals, Cyrillic letters read as the Latin ones that look
/// or else sound like them. At most [`WORD_CHARS_MAX`] characters.
pub fn code(text: &str) -> String {
    let of = |c: char| match to_latin(c) {
        Some(latin) => latin.to_string(),
        None if is_cyrillic(c) => {
            c.to_lowercase().flat_map(|c| sound(c)[0].chars()).collect::<String>().to_uppercase()
        }
        None => c.to_string(),
    };
    let letters =
        text.chars().filter(|c| c.is_alphanumeric()).take(WORD_CHARS_MAX).flat_map(char::to_uppercase);
    letters.map(of).collect()
}

/// The word in small letters of the script it was meant in, without combining marks.
fn one_script(word: &str) -> Vec<char> {
    let word = cut(word);
    let plain = || word.chars().filter(|c| !is_mark(*c));
    let cyrillic = plain().any(is_cyrillic);
    let latin = plain().any(|c| c.is_ascii_alphabetic());
    // Only letters without a look-alike say which script was meant.
    let sure_cyrillic = plain().filter(|c| is_cyrillic(*c) && to_latin(*c).is_none()).count();
    let sure_latin = plain().filter(|c| c.is_ascii_alphabetic() && to_cyrillic(*c).is_none()).count();
    let script = |letter: char| match cyrillic && latin {
        false => letter,
        true if sure_cyrillic >= sure_latin => to_cyrillic(letter).unwrap_or(letter),
        true => to_latin(letter).unwrap_or(letter),
    };
    plain().map(script).flat_map(char::to_lowercase).filter(|c| !is_mark(*c)).collect()
}

/// Latin letter groups, longer ones first, with their sounds; a second column is a second reading.
const GROUPS: [(&str, &[&str]); 27] = [
    ("schtsch", &["w"]),
    ("chtch", &["w"]),
    ("shch", &["w"]),
    ("tsch", &["q"]),
    ("sch", &["w"]),
    ("shh", &["w"]),
    ("tch", &["q", "tq"]),
    ("zgh", &["zg"]),
    ("sh", &["w"]),
    ("ch", &["q"]),
    ("kh", &["x"]),
    ("zh", &["j", "zg"]),
    ("gh", &["g"]),
    ("ph", &["f"]),
    ("th", &["t"]),
    ("ck", &["k"]),
    ("ts", &["c"]),
    ("tz", &["c"]),
    ("sc", &["sc", "w"]),
    ("ou", &["ou", "u"]),
    ("h", &["g", "x"]),
    ("c", &["c", "k"]),
    ("x", &["x", "ks"]),
    ("w", &["v"]),
    ("q", &["k"]),
    ("y", &["i"]),
    ("š", &["w"]),
];

/// The sounds at a place and how many letters they take.
fn sounds_at(letters: &[char], at: usize) -> (&'static [&'static str], usize) {
    let rest = &letters[at..];
    if rest[0] == 'j' {
        return (sounds_of_j(letters, at), 1);
    }
    // Polish and German write х as ch: at the start before a consonant nothing Slavic begins with ч.
    if at == 0 && rest.starts_with(&['c', 'h']) && rest.get(2).is_some_and(|c| "lmnrvw".contains(*c)) {
        return (&["x", "q"], 2);
    }
    for (group, sounds) in GROUPS {
        if group.chars().count() <= rest.len() && group.chars().zip(rest).all(|(a, b)| a == *b) {
            return (sounds, group.chars().count());
        }
    }
    (sound(rest[0]), 1)
}

/// A Latin j: a soft sign between consonants, й otherwise, and before a vowel perhaps the French ж.
fn sounds_of_j(letters: &[char], at: usize) -> &'static [&'static str] {
    let vowel = |place: Option<&char>| place.is_some_and(|c| "aeiouyâêëïìûj".contains(*c));
    let after_vowel = at.checked_sub(1).is_some_and(|before| vowel(letters.get(before)));
    match (at > 0 && !after_vowel, vowel(letters.get(at + 1))) {
        (true, false) => &["'"],
        (_, false) => &["i"],
        (_, true) => &["i", "j"],
    }
}

/// The sound of one letter. Letters of other alphabets have none: nothing is guessed of them.
fn sound(letter: char) -> &'static [&'static str] {
    match letter {
        'а' | 'a' | 'à' | 'á' | 'ä' | 'ā' | 'ă' | 'ã' | 'å' | 'ǎ' | 'ạ' | 'æ' => &["a"],
        'б' | 'b' => &["b"],
        'в' | 'v' | 'ў' => &["v"],
        'г' | 'ґ' | 'g' | 'ğ' | 'ǧ' | 'ǵ' => &["g"],
        'д' | 'd' | 'ď' | 'ð' | 'đ' | 'ђ' => &["d"],
        'е' | 'э' | 'e' | 'è' | 'é' | 'ė' | 'ě' | 'ē' | 'ĕ' | 'ę' | 'ə' | 'ế' | 'ệ' => &["e"],
        'є' | 'ê' => &["ie"],
        'ё' | 'ë' => &["io"],
        'ж' | 'ž' => &["j"],
        'з' | 'z' | 'ź' | 'ż' => &["z"],
        'и' | 'і' | 'ї' | 'й' | 'ы' | 'i' | 'ì' | 'í' | 'ï' | 'ĭ' | 'ȳ' | 'ý' | 'ī' | 'ı' | 'î' | 'ÿ'
        | 'ỳ' | 'ј' => &["i"],
        'к' | 'k' => &["k"],
        'л' | 'l' | 'ł' | 'ľ' | 'ļ' | 'ĺ' | 'љ' => &["l"],
        'м' | 'm' => &["m"],
        'н' | 'n' | 'ń' | 'ñ' | 'ň' | 'ņ' | 'њ' => &["n"],
        'о' | 'o' | 'ó' | 'ö' | 'ō' | 'ŏ' | 'ő' | 'õ' | 'ô' | 'ò' | 'ø' | 'œ' | 'ǒ' => &["o"],
        'п' | 'p' => &["p"],
        'р' | 'r' | 'ř' | 'ŕ' => &["r"],
        'с' | 's' | 'ś' | 'ß' => &["s"],
        'т' | 't' | 'ť' | 'ț' | 'ţ' | 'þ' => &["t"],
        'у' | 'u' | 'ü' | 'ú' | 'ŭ' | 'ū' | 'ů' | 'ű' | 'ù' | 'ų' | 'ǔ' => &["u"],
        'ф' | 'f' => &["f"],
        'х' => &["x"],
        'ц' => &["c"],
        'ч' | 'č' | 'ć' | 'ç' | 'ћ' | 'џ' => &["q"],
        'ш' | 'щ' | 'ŝ' | 'ş' | 'ș' => &["w"],
        'ю' | 'û' => &["iu"],
        'я' | 'â' => &["ia"],
        'ь' | 'ъ' | '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '′' | '″' | 'ʹ' | 'ʺ' | '"' => &["'"],
        _ => &[""],
    }
}

/// Appends each sound to each reading, the first sound first, up to [`READINGS_MAX`].
fn extend(readings: Vec<String>, sounds: &[&str]) -> Vec<String> {
    let room = if readings.len() * sounds.len() > READINGS_MAX { 1 } else { sounds.len() };
    sounds[..room]
        .iter()
        .flat_map(|sound| readings.iter().map(move |reading| format!("{reading}{sound}")))
        .collect()
}

fn is_vowel(letter: char) -> bool {
    "aeiou".contains(letter)
}

/// Sounds to skeleton: the steps of the table that look at neighbours.
fn reduce(sounds: &str) -> String {
    let mut text = sounds.replace("'o", "io").replace('\'', "").replace("ts", "c").replace("wq", "w");
    if let Some(stem) = text.strip_suffix("ff") {
        text = format!("{stem}v");
    }
    if let Some(stem) = text.strip_suffix("oi").filter(|stem| stem.chars().any(is_vowel)) {
        text = format!("{stem}i");
    }
    let mut text = without_glides(&text);
    for (suffix, folded) in [("ov", "ev"), ("ova", "eva")] {
        if let Some(stem) = text.strip_suffix(suffix).filter(|stem| stem.len() > 1) {
            text = format!("{stem}{folded}");
            break;
        }
    }
    text
}

/// Leaves out every i beside another vowel (except before a and u at the start), makes io an e, and doubled letters one.
fn without_glides(text: &str) -> String {
    let letters: Vec<char> = text.chars().fold(Vec::new(), |mut letters, letter| {
        if letters.last() != Some(&letter) {
            letters.push(letter);
        }
        letters
    });
    let mut skeleton = String::new();
    let mut at = 0;
    while at < letters.len() {
        let (letter, next) = (letters[at], letters.get(at + 1).copied());
        let glide = match (letter, next) {
            ('i', Some('o')) => {
                push_once(&mut skeleton, 'e');
                at += 2;
                continue;
            }
            ('i', Some('a' | 'u')) => at > 0,
            ('i', Some('e')) => true,
            ('i', _) => skeleton.ends_with(is_vowel),
            _ => false,
        };
        if !glide {
            push_once(&mut skeleton, letter);
        }
        at += 1;
    }
    skeleton
}

fn push_once(text: &mut String, letter: char) {
    if !text.ends_with(letter) {
        text.push(letter);
    }
}

#[cfg(test)]
#[path = "fold_tests.rs"]
mod tests;
