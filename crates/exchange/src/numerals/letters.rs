//! Letters that look alike made one, and characters that a reader does not see.

/// Whether a character is invisible or only modifies the one before: soft hyphen, zero width, direction marks,
/// fillers, variation selectors, combining marks.
pub fn is_hidden(c: char) -> bool {
    matches!(u32::from(c),
        0xAD | 0x34F | 0x61C | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F
        | 0x202A..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF9..=0xFFFB
        | 0x300..=0x36F | 0x483..=0x489 | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0xFE20..=0xFE2F
        | 0xE0000..=0xE0FFF)
}

/// Whether a character stands as an apostrophe inside a word.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʹ' | '`' | '´' | '′' | '＇' | 'ʻ' | '‛')
}

/// A word in small letters, without apostrophes and hidden characters, every letter replaced by the Latin letter that
/// it looks like, where there is one. Two words that look the same have the same skeleton.
pub fn skeleton(word: &str) -> String {
    let seen = word.chars().filter(|c| !is_hidden(*c) && !is_apostrophe(*c));
    seen.map(plain).flat_map(char::to_lowercase).filter(|c| !is_hidden(*c)).map(look).collect()
}

/// Styled letters (full width, circled, mathematical) as plain ones.
fn plain(c: char) -> char {
    let letter = |offset: u32| {
        let base = if offset < 26 { u32::from('A') } else { u32::from('a') - 26 };
        char::from_u32(base + offset).unwrap_or(c)
    };
    match u32::from(c) {
        code @ 0xFF21..=0xFF3A => letter(code - 0xFF21),
        code @ 0xFF41..=0xFF5A => letter(code - 0xFF41 + 26),
        code @ 0x24B6..=0x24E9 => letter(code - 0x24B6),
        code @ 0x1F130..=0x1F149 => letter(code - 0x1F130),
        code @ 0x1D400..=0x1D6A3 => letter((code - 0x1D400) % 52),
        _ => c,
    }
}

/// A small letter as the Latin letter that it (or its capital) looks like.
fn look(c: char) -> char {
    match c {
        'а' | 'α' | 'ɑ' | 'á' | 'à' | 'ä' | 'â' | 'ã' | 'å' | 'ā' => 'a',
        'в' | 'β' | 'ь' => 'b',
        'с' | 'ϲ' | 'ç' | 'ć' | 'č' => 'c',
        'е' | 'ё' | 'є' | 'ε' | 'é' | 'è' | 'ë' | 'ê' | 'ē' | 'ė' | 'ę' => 'e',
        'н' | 'һ' | 'η' => 'h',
        'і' | 'ї' | 'ι' | 'ı' | 'í' | 'ì' | 'ï' | 'î' | 'ī' | 'ӏ' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'м' | 'μ' => 'm',
        'ñ' | 'ń' => 'n',
        'о' | 'ο' | 'σ' | 'ó' | 'ò' | 'ö' | 'ô' | 'õ' | 'ō' | 'ø' | 'օ' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'ѕ' | 'ś' | 'š' | 'ș' => 's',
        'т' | 'τ' => 't',
        'ú' | 'ù' | 'ü' | 'û' | 'ū' | 'ս' => 'u',
        'ν' | 'ѵ' => 'v',
        'ԝ' | 'ω' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'ў' | 'γ' | 'υ' | 'ý' | 'ү' => 'y',
        'й' | 'ѝ' => 'и',
        'ґ' => 'г',
        _ => c,
    }
}
