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
//! | х kh x, h and ch in a second reading | `x` | |
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
//!
//! A Latin word that shows the spelling of another language is read by its rules as well: French (ch ш, ou у), German (z ц, s з, ch х),
//! Polish (sz ш, cz ч, rz ж), Hungarian (s ш, sz с, cs ч), Turkish (c дж). What no rule can mend: tables that write two letters as one and
//! leave no sign which (ц as s in the Uzbek one, з as s and ж as sh in the German one where nothing else is German), and a soft sign
//! before о that a table drops (Фьодоров, Fodorov).

/// The most readings of one word.
pub const READINGS_MAX: usize = 6;

/// The most readings of one word in one spelling.
const SPELLING_MAX: usize = 4;

/// The most characters of a word that are read; a longer one is cut, since no name is longer.
pub const WORD_CHARS_MAX: usize = 64;

/// The readings of one word, the likeliest first, without repetition. Empty when the word has no letter.
pub fn readings(word: &str) -> Vec<String> {
    let letters = one_script(word);
    let mut skeletons = Vec::new();
    read(&letters, &[], &mut skeletons);
    // Cyrillic is written in one way only.
    if letters.iter().any(char::is_ascii_alphabetic) {
        for spelling in spellings(&letters) {
            // French says a final n with an e.
            let silent = usize::from(spelling == FRENCH && letters.ends_with(&['i', 'n', 'e']));
            read(&letters[..letters.len() - silent], spelling, &mut skeletons);
        }
    }
    skeletons.truncate(READINGS_MAX);
    skeletons
}

/// Adds the readings of a word in a spelling to those there are.
fn read(letters: &[char], spelling: Groups, skeletons: &mut Vec<String>) {
    let mut readings = vec![String::with_capacity(letters.len() + 4)];
    let mut at = 0;
    while at < letters.len() {
        let (sounds, taken) = sounds_at(letters, at, spelling);
        extend(&mut readings, sounds);
        at += taken;
    }
    for reading in readings {
        let skeleton = reduce(&reading);
        if !skeleton.is_empty() && !skeletons.contains(&skeleton) {
            skeletons.push(skeleton);
        }
    }
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
        .filter(|word| word.chars().any(is_letter))
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
    if letter.is_ascii() {
        return None;
    }
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
    let letters = one_script(&joined);
    let kept = |at: usize| match letters.get(at + 1) {
        // Before о it says that the consonant is soft.
        Some('o' | 'о') if at > 0 && sound(letters[at]) == ["'"] => {
            Some(if letters[at] == 'ь' { 'ь' } else { '\'' })
        }
        _ => Some(letters[at]).filter(|c| is_letter(*c)),
    };
    let mut text = String::with_capacity(2 * letters.len());
    text.extend((0..letters.len()).filter_map(kept));
    text
}

/// Whether this is a letter of any alphabet; those that are usual here are told at once.
fn is_letter(letter: char) -> bool {
    matches!(letter, 'a'..='z' | 'A'..='Z' | 'а'..='я' | 'А'..='Я') || letter.is_alphabetic()
}

/// A number or code as it is compared: letters and digits only, in capitals, Cyrillic letters read as the Latin ones that look
/// or else sound like them. At most [`WORD_CHARS_MAX`] characters.
pub fn code(text: &str) -> String {
    if text.is_ascii() {
        let letters = text.bytes().filter(u8::is_ascii_alphanumeric).take(WORD_CHARS_MAX);
        return letters.map(|letter| char::from(letter.to_ascii_uppercase())).collect();
    }
    let mut code = String::with_capacity(text.len());
    let letters = text.chars().filter(|c| c.is_alphanumeric()).take(WORD_CHARS_MAX);
    for letter in letters.flat_map(char::to_uppercase) {
        match to_latin(letter) {
            Some(latin) => code.push(latin),
            None if is_cyrillic(letter) => {
                let sounds = letter.to_lowercase().flat_map(|letter| sound(letter)[0].chars());
                code.extend(sounds.flat_map(char::to_uppercase));
            }
            None => code.push(letter),
        }
    }
    code
}

/// The word in small letters of the script it was meant in; a combining mark is joined with its letter, or left out.
fn one_script(word: &str) -> Vec<char> {
    let word = cut(word);
    if word.is_ascii() {
        return word.chars().map(|c| c.to_ascii_lowercase()).collect();
    }
    let is_mixed = word.chars().any(is_cyrillic) && word.bytes().any(|byte| byte.is_ascii_alphabetic());
    // Only letters without a look-alike say which script was meant.
    let is_sure = |letter: &char| is_cyrillic(*letter) && to_latin(*letter).is_none();
    let is_sure_latin = |letter: &char| letter.is_ascii_alphabetic() && to_cyrillic(*letter).is_none();
    let is_meant_cyrillic =
        is_mixed && word.chars().filter(is_sure).count() >= word.chars().filter(is_sure_latin).count();
    let script = |letter: char| match (is_mixed, is_meant_cyrillic) {
        (false, _) => letter,
        (true, true) => to_cyrillic(letter).unwrap_or(letter),
        (true, false) => to_latin(letter).unwrap_or(letter),
    };
    let mut letters: Vec<char> = Vec::with_capacity(word.len());
    for letter in word.chars().map(script) {
        match letter {
            'a'..='z' | 'а'..='я' => letters.push(letter),
            'А'..='Я' => letters.extend(char::from_u32(u32::from(letter) + 0x20)),
            _ => letter.to_lowercase().for_each(|letter| add_letter(&mut letters, letter)),
        }
    }
    letters
}

fn add_letter(letters: &mut Vec<char>, letter: char) {
    if !is_mark(letter) {
        letters.push(letter);
    } else if let Some(last) = letters.last_mut() {
        *last = with_mark(*last, letter);
    }
}

/// A letter and the mark that is written after it, as one letter; without the mark where it changes no sound.
fn with_mark(letter: char, mark: char) -> char {
    let marked = match mark {
        '\u{301}' => [('c', 'ć'), ('z', 'ź'), ('s', 'ś'), ('o', 'ó')].as_slice(),
        '\u{302}' => &[('s', 'ŝ'), ('a', 'â'), ('u', 'û'), ('e', 'ê')],
        '\u{306}' => &[('у', 'ў')],
        '\u{307}' => &[('z', 'ż')],
        '\u{308}' => &[('е', 'ё'), ('e', 'ë'), ('o', 'ö')],
        '\u{30c}' => &[('c', 'č'), ('s', 'š'), ('z', 'ž'), ('e', 'ě')],
        '\u{326}' | '\u{327}' => &[('s', 'ş'), ('c', 'ç')],
        '\u{328}' => &[('a', 'ą'), ('e', 'ę')],
        _ => &[],
    };
    marked.iter().find(|(plain, _)| *plain == letter).map_or(letter, |(_, marked)| *marked)
}

/// Groups of letters and their sounds, a second column being a second reading.
type Groups = &'static [(&'static str, &'static [&'static str])];

/// What Latin letter groups mean in most tables of romanisation; longer ones first.
const GROUPS: Groups = &[
    ("schtsch", &["w"]),
    ("chtch", &["w"]),
    ("shch", &["w"]),
    ("szcz", &["w"]),
    ("tsch", &["q"]),
    ("sch", &["w"]),
    ("shh", &["w"]),
    ("tch", &["q", "tq"]),
    ("zgh", &["zg"]),
    ("sce", &["we", "sce"]),
    ("sci", &["ski", "wi"]),
    ("scy", &["ski", "wi"]),
    ("sc", &["sk", "w"]),
    ("sh", &["w"]),
    ("sz", &["w", "s"]),
    ("che", &["qe"]),
    ("chu", &["qu"]),
    ("kh", &["x"]),
    ("zh", &["j", "zg"]),
    ("gh", &["g"]),
    ("ph", &["f"]),
    ("th", &["t"]),
    ("ck", &["k", "ck"]),
    ("ts", &["c"]),
    ("tz", &["c"]),
    ("tc", &["c", "tk"]),
    ("cs", &["q", "ks"]),
    ("cz", &["q", "c"]),
    ("ou", &["ou", "u"]),
    ("h", &["g", "x"]),
    ("c", &["c", "k"]),
    ("x", &["x", "ks"]),
    ("w", &["v"]),
    ("q", &["k"]),
    ("y", &["i"]),
    ("ö", &["o", "e"]),
    ("'o", &["'o", "o"]),
];

/// French: ch is ш, ou is у, gu before e and i is г, final ine is ин.
const FRENCH: Groups = &[
    ("chtch", &["w"]),
    ("tch", &["q"]),
    ("ch", &["w"]),
    ("gue", &["ge"]),
    ("gui", &["gi"]),
    ("guy", &["gi"]),
    ("iou", &["iu"]),
    ("ou", &["u"]),
    ("j", &["j"]),
    ("h", &["g", "x"]),
];

/// German: z is ц, s is з or с, ch is х, sh is ж.
const GERMAN: Groups = &[
    ("schtsch", &["w"]),
    ("tsch", &["q"]),
    ("sch", &["w"]),
    ("sh", &["j"]),
    ("ch", &["x"]),
    ("ss", &["s"]),
    ("st", &["st"]),
    ("sk", &["sk"]),
    ("tz", &["c"]),
    ("s", &["z", "s"]),
    ("z", &["c"]),
    ("h", &["g"]),
];

/// Polish: cz is ч, sz ш, rz and ż ж, ch х, ó у, ą and ę om or on, em or en.
const POLISH: Groups = &[
    ("szcz", &["w"]),
    ("sz", &["w"]),
    ("cz", &["q"]),
    ("rz", &["j", "rz"]),
    ("ch", &["x"]),
    ("ąb", &["omb"]),
    ("ąp", &["omp"]),
    ("ęb", &["emb"]),
    ("ęp", &["emp"]),
    ("ą", &["on"]),
    ("ę", &["en"]),
    ("ó", &["u", "o"]),
    ("ck", &["ck"]),
    ("c", &["c"]),
    ("j", &["i"]),
    ("h", &["g"]),
];

/// Hungarian: s is ш, sz с, cs ч, zs ж, gy дь, ly й.
const HUNGARIAN: Groups = &[
    ("cs", &["q"]),
    ("sz", &["s"]),
    ("zs", &["j"]),
    ("gy", &["d"]),
    ("ly", &["i"]),
    ("ny", &["n"]),
    ("th", &["t"]),
    ("s", &["w"]),
    ("c", &["c"]),
    ("j", &["i"]),
    ("ö", &["e"]),
];

/// Turkish: c is дж, j ж.
const TURKISH: Groups = &[("c", &["dj"]), ("j", &["j"]), ("h", &["x", "g"])];

/// The spellings of other languages that a Latin word may be written in, by letters that these have and tables do not.
fn spellings(letters: &[char]) -> Vec<Groups> {
    let has = |group: &str| {
        let wanted = group.chars().count();
        letters.windows(wanted).any(|part| part.iter().copied().eq(group.chars()))
    };
    let any = |groups: &[&str]| groups.iter().any(|group| has(group));
    let end = |end: &str| {
        end.len() <= letters.len()
            && letters.iter().rev().copied().zip(end.chars().rev()).all(|(a, b)| a == b)
    };
    let ends = |ends: &[&str]| ends.iter().any(|one| end(one));
    let w_for_v = has("w") && !has("v");
    let mut found: Vec<Groups> = Vec::new();
    // In French there is no u without an o or g, and no sh.
    let bare_u = letters.windows(2).any(|pair| pair[1] == 'u' && !"og".contains(pair[0]));
    let not_french = bare_u || any(&["sh", "zh", "ya"]) || ends(&["ch"]);
    if any(&["tch", "ou", "gue", "gui"]) || ends(&["ine"]) || (has("ch") && !not_french) {
        found.push(FRENCH);
    }
    if has("sch") || (w_for_v && any(&["s", "z", "ch"]) && ends(&["w", "a", "o", "uk", "j", "yn"])) {
        found.push(GERMAN);
    }
    if (w_for_v && any(&["c", "rz"])) || any(&["sz", "cz", "ł", "ń", "ś", "ź", "ż", "ą", "ę"]) {
        found.push(POLISH);
    }
    if any(&["cs", "zs", "á", "ő", "ű"]) || (has("sz") && !any(&["cz", "w"])) {
        found.push(HUNGARIAN);
    }
    if any(&["ş", "ğ", "ı", "ç"]) {
        found.push(TURKISH);
    }
    found
}

/// The sounds at a place and how many letters they take.
fn sounds_at(letters: &[char], at: usize, spelling: Groups) -> (&'static [&'static str], usize) {
    let rest = &letters[at..];
    if let Some(found) = group_at(spelling, rest) {
        return found;
    }
    match rest[0] {
        'j' => (sounds_of_j(letters, at), 1),
        'c' if rest.starts_with(&['c', 'h']) && group_at(GROUPS, rest).is_none_or(|(_, taken)| taken < 3) => {
            (sounds_of_ch(at, rest), 2)
        }
        'e' if rest.starts_with(&['e', 'h']) && is_eh(letters, at) => (&["e", "eg"], 2),
        'c' | 'g' | 'h' | 'k' | 'o' | 'p' | 'q' | 's' | 't' | 'w' | 'x' | 'y' | 'z' | 'ö' | '\'' => {
            group_at(GROUPS, rest).unwrap_or_else(|| (sound(rest[0]), 1))
        }
        letter => (sound(letter), 1),
    }
}

fn group_at(groups: Groups, rest: &[char]) -> Option<(&'static [&'static str], usize)> {
    groups.iter().find_map(|(group, sounds)| {
        let mut taken = 0;
        let matches = group.chars().all(|letter| {
            taken += 1;
            rest.get(taken - 1) == Some(&letter)
        });
        matches.then_some((*sounds, taken))
    })
}

/// The ch of most tables is ч; Polish and German write х so, in names that end as Slavic ones do. At the start before a consonant
/// nothing Slavic begins with ч.
fn sounds_of_ch(at: usize, rest: &[char]) -> &'static [&'static str] {
    match (rest.get(2), rest.last()) {
        (Some('l' | 'm' | 'n' | 'r' | 'v' | 'w'), _) if at == 0 => &["x", "q"],
        (Some(_), Some('a' | 'i' | 'j' | 'k' | 'o' | 'v' | 'w' | 'y')) => &["q", "x"],
        _ => &["q"],
    }
}

/// Whether eh is э, as one table has it: where no е can be written, before a consonant.
fn is_eh(letters: &[char], at: usize) -> bool {
    let vowel = |letter: &char| "aeiouy".contains(*letter);
    at.checked_sub(1).is_none_or(|before| vowel(&letters[before]))
        && letters.get(at + 2).is_some_and(|next| !vowel(next))
}

/// A Latin j: a soft sign between consonants, й otherwise, and in places perhaps the French ж.
fn sounds_of_j(letters: &[char], at: usize) -> &'static [&'static str] {
    let vowel = |place: Option<&char>| place.is_some_and(|c| "aeiouyâêëïìûj".contains(*c));
    let after_vowel = at.checked_sub(1).is_some_and(|before| vowel(letters.get(before)));
    match (at > 0 && !after_vowel, letters.get(at + 1)) {
        (true, next) if !vowel(next) => &["'"],
        (false, None) => &["i"],
        (_, next) if at == 0 && !vowel(next) => &["j"],
        _ => &["i", "j"],
    }
}

/// The sound of one letter. Letters of other alphabets have none: nothing is guessed of them.
fn sound(letter: char) -> &'static [&'static str] {
    match letter {
        'а' | 'a' | 'à' | 'á' | 'ä' | 'ā' | 'ă' | 'ã' | 'å' | 'ǎ' | 'ạ' | 'æ' | 'ą' => &["a"],
        'б' | 'b' => &["b"],
        'в' | 'v' | 'ў' => &["v"],
        'г' | 'ґ' | 'g' | 'ğ' | 'ǧ' | 'ǵ' => &["g"],
        'д' | 'd' | 'ď' | 'ð' | 'đ' | 'ђ' => &["d"],
        'е' | 'э' | 'e' | 'è' | 'é' | 'ė' | 'ě' | 'ē' | 'ĕ' | 'ę' | 'ə' | 'ế' | 'ệ' => &["e"],
        // The old spelling: Russian reads this letter as е, Ukrainian as і.
        'ѣ' => &["e", "i"],
        'є' | 'ê' => &["ie"],
        'ё' | 'ë' => &["io"],
        'ж' | 'ž' | 'ż' => &["j"],
        'з' | 'z' | 'ź' => &["z"],
        'и' | 'і' | 'ї' | 'й' | 'ы' | 'i' | 'ì' | 'í' | 'ï' | 'ĭ' | 'ȳ' | 'ý' | 'ī' | 'ı' | 'î' | 'ÿ'
        | 'ỳ' | 'ј' | 'ѵ' => &["i"],
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
        'ф' | 'f' | 'ѳ' | 'ө' => &["f"],
        'х' => &["x"],
        'ц' => &["c"],
        'ч' | 'č' | 'ć' | 'ç' | 'ћ' | 'џ' => &["q"],
        'ш' | 'щ' | 'š' | 'ŝ' | 'ş' | 'ș' => &["w"],
        'ю' | 'û' => &["iu"],
        'я' | 'â' => &["ia"],
        'ь' | 'ъ' | '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '′' | '″' | 'ʹ' | 'ʺ' | '"' => &["'"],
        _ => &[""],
    }
}

/// Appends each sound to each reading, the first sound first; of a spelling at most [`SPELLING_MAX`] readings.
fn extend(readings: &mut Vec<String>, sounds: &[&str]) {
    let room = if readings.len() * sounds.len() > SPELLING_MAX { 1 } else { sounds.len() };
    let before = readings.len();
    for sound in &sounds[1..room] {
        for at in 0..before {
            readings.push([&*readings[at], sound].concat());
        }
    }
    readings[..before].iter_mut().for_each(|reading| reading.push_str(sounds[0]));
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// Sounds to skeleton: the steps of the table that look at neighbours.
fn reduce(sounds: &str) -> String {
    let mut text = joined_sounds(sounds);
    if text.ends_with("ff") {
        text.truncate(text.len() - 2);
        text.push('v');
    }
    if text.strip_suffix("oi").is_some_and(|stem| stem.contains(is_vowel)) {
        text.truncate(text.len() - 2);
        text.push('i');
    }
    let mut text = without_glides(&text);
    for (suffix, folded) in [("ov", "ev"), ("ova", "eva")] {
        if text.strip_suffix(suffix).is_some_and(|stem| stem.len() > 1) {
            text.truncate(text.len() - suffix.len());
            text.push_str(folded);
            break;
        }
    }
    text
}

/// Sounds that make one: a soft sign before o and that o are io, and no other soft sign stays; then ts is c, and wq is w.
fn joined_sounds(sounds: &str) -> String {
    let mut text = String::with_capacity(sounds.len() + 1);
    let mut rest = sounds.chars().peekable();
    // Whether the w at the end has had its q.
    let mut has_q = false;
    while let Some(letter) = rest.next() {
        let letter = match letter {
            '\'' if rest.peek() == Some(&'o') => 'i',
            '\'' => continue,
            letter => letter,
        };
        match (text.as_bytes().last(), letter) {
            (Some(b'w'), 'q') if !has_q => {
                has_q = true;
                continue;
            }
            (Some(b't'), 's') => {
                text.pop();
                text.push('c');
            }
            _ => text.push(letter),
        }
        has_q = false;
    }
    text
}

/// Leaves out every i beside another vowel (except before a and u at the start), makes io an e, and doubled letters one.
fn without_glides(text: &str) -> String {
    // Sounds are letters of one byte.
    let mut letters = text.bytes().peekable();
    let mut skeleton = String::with_capacity(text.len() + 1);
    let mut is_first = true;
    while let Some(letter) = letters.next() {
        while letters.next_if_eq(&letter).is_some() {}
        let glide = match (letter, letters.peek()) {
            (b'i', Some(b'o')) => {
                push_once(&mut skeleton, b'e');
                while letters.next_if_eq(&b'o').is_some() {}
                is_first = false;
                continue;
            }
            (b'i', Some(b'a' | b'u')) => !is_first,
            (b'i', Some(b'e')) => true,
            (b'i', _) => skeleton.ends_with(is_vowel),
            _ => false,
        };
        if !glide {
            push_once(&mut skeleton, letter);
        }
        is_first = false;
    }
    skeleton
}

fn push_once(text: &mut String, letter: u8) {
    if text.as_bytes().last() != Some(&letter) {
        text.push(char::from(letter));
    }
}

#[cfg(test)]
#[path = "fold_tests.rs"]
mod tests;
