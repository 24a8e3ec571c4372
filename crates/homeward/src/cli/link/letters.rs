//! Which letters a file is written in: UTF-8, UTF-16, or one of the encodings of one byte that lists from here are still saved in.
//!
//! Decides by the first bytes; what is decided is always said, because names read by the wrong table are other names. It
//! refuses to know what the letters say.

use std::io::{self, Read};

use encoding_rs::{
    CoderResult, Decoder, Encoding, IBM866, KOI8_U, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251, WINDOWS_1252,
};

/// Bytes of one read from below.
const CHUNK_BYTES: usize = 1 << 16;
/// Of so many lines that are not UTF-8 at most one with letters beyond ASCII may be, or the file is a mixture.
const MIXED_ONE_IN: usize = 20;

/// What the first bytes of a file show.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Shows {
    /// Text in this encoding; `told` by the file itself, or guessed.
    Text {
        /// The encoding.
        encoding: &'static Encoding,
        /// Whether the file itself says so, or it is UTF-8.
        is_told: bool,
    },
    /// A Parquet file.
    Parquet,
    /// A file of another kind: the end of the key of what is said of it.
    Other(&'static str),
    /// No text: zero bytes stand in it, the first in this line.
    Zeros(u64),
}

/// What kind of file begins so, by the bytes that such files begin with.
const OTHER_KINDS: [(&[u8], &str); 14] = [
    (b"PK\x03\x04", "workbook"),
    (b"\xd0\xcf\x11\xe0", "old-workbook"),
    (b"\x1f\x8b", "compressed"),
    (b"\x28\xb5\x2f\xfd", "compressed"),
    (b"\xfd7zXZ", "compressed"),
    (b"Rar!\x1a", "compressed"),
    (b"7z\xbc\xaf", "compressed"),
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"SQLite format 3\0", "database"),
];

/// What kind of text begins so that has no cells: the end of the key of what is said of it. A list may begin with a bracket, as the
/// headers of some databases do (`[id],[surname]`), or with an angle (`<id>`); what is JSON or has a closing tag is none.
pub(super) fn no_list(head: &str) -> Option<&'static str> {
    let head = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let first = head.chars().next()?;
    let behind = head[first.len_utf8()..].trim_start();
    let begins = |word: &str| head.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    match first {
        '{' if begins("{\\rtf") => Some("document"),
        '{' if behind.is_empty() || behind.starts_with(['"', '}', '\'', '{', '[']) => Some("json"),
        '[' if behind.is_empty() || behind.starts_with(['{', '[', '"', ']', '-']) => Some("json"),
        '[' if behind.starts_with(|c: char| c.is_ascii_digit()) => Some("json"),
        '<' if behind.starts_with(['?', '!']) || head.contains("</") || head.contains("/>") => Some("markup"),
        _ if begins("BEGIN:V") => Some("cards"),
        _ if ["insert into ", "create table ", "-- ", "--\n", "--\r"].into_iter().any(begins) => {
            Some("commands")
        }
        _ => None,
    }
}

/// Looks at the first bytes of a file.
pub(super) fn shows(head: &[u8]) -> Shows {
    if head.starts_with(b"PAR1") {
        return Shows::Parquet;
    }
    if let Some((_, what)) = OTHER_KINDS.iter().find(|(first, _)| head.starts_with(first)) {
        return Shows::Other(what);
    }
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return Shows::Text { encoding, is_told: true };
    }
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    // In UTF-16 every comma, digit and end of line has a zero beside it, on one side only.
    // One alone is no writing of anything.
    let many = (head.len() / 50).max(1);
    match (zeros(0), zeros(1)) {
        (0, 0) => {}
        (0, odd) if odd > many => return Shows::Text { encoding: UTF_16LE, is_told: false },
        (even, 0) if even > many => return Shows::Text { encoding: UTF_16BE, is_told: false },
        _ => {
            return Shows::Zeros(
                1 + head.iter().take_while(|byte| **byte != 0).filter(|byte| **byte == b'\n').count() as u64,
            );
        }
    }
    let lines = || head.split(|byte| *byte == b'\n').filter(|line| !line.is_ascii());
    // The last line may be cut within a letter.
    let broken = |line: &&[u8]| std::str::from_utf8(line).is_err_and(|why| why.error_len().is_some());
    let (all, bad) = (lines().count(), lines().filter(broken).count());
    if bad == 0 || (all - bad) * MIXED_ONE_IN > bad {
        return Shows::Text { encoding: UTF_8, is_told: true };
    }
    Shows::Text { encoding: of_one_byte(head), is_told: false }
}

/// The encoding of one byte in which bytes read most like Ukrainian or Russian; Western European where they stand between Latin letters.
fn of_one_byte(head: &[u8]) -> &'static Encoding {
    let is_high = |at: usize| head.get(at).is_some_and(|byte| *byte >= 0x80);
    let is_latin = |at: usize| head.get(at).is_some_and(u8::is_ascii_alphabetic);
    let high = || (0..head.len()).filter(|at| is_high(*at));
    let beside = high().filter(|at| is_latin(at + 1) || (*at > 0 && is_latin(at - 1))).count();
    if beside * 2 > high().count() {
        return WINDOWS_1252;
    }
    let worth = |encoding: &&'static Encoding| likeness(&encoding.decode_without_bom_handling(head).0);
    // Of equals the last is taken: the one that offices use most.
    [IBM866, KOI8_U, WINDOWS_1251].into_iter().max_by_key(worth).unwrap_or(WINDOWS_1251)
}

/// How much a text is like Ukrainian or Russian: common letters, and no capital after a small one.
fn likeness(text: &str) -> i64 {
    let mut sum = 0;
    let mut before = ' ';
    for letter in text.chars() {
        let small: char = letter.to_lowercase().next().unwrap_or(letter);
        sum += match small {
            'а' | 'о' | 'е' | 'и' | 'і' | 'н' | 'р' | 'в' | 'к' | 'л' | 'т' | 'с' => 2,
            'а'..='я' | 'є' | 'ї' | 'ґ' | 'ё' => 0,
            _ if letter.is_ascii() => 0,
            _ => -3,
        };
        if before.is_lowercase() && letter.is_uppercase() {
            sum -= 3;
        }
        before = letter;
    }
    sum
}

/// A file in another encoding, read as UTF-8. A letter that its encoding does not have is U+FFFD.
pub(super) struct Decoded<R> {
    below: R,
    decoder: Decoder,
    raw: Vec<u8>,
    raw_at: usize,
    text: Vec<u8>,
    text_at: usize,
    is_ended: bool,
}

impl<R: Read> Decoded<R> {
    /// Reads what is below in an encoding.
    pub fn new(below: R, encoding: &'static Encoding) -> Self {
        Self {
            below,
            decoder: encoding.new_decoder(),
            raw: Vec::new(),
            raw_at: 0,
            text: Vec::new(),
            text_at: 0,
            is_ended: false,
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        while self.text_at == self.text.len() && !self.is_ended {
            if self.raw_at == self.raw.len() {
                self.raw.resize(CHUNK_BYTES, 0);
                let read = self.below.read(&mut self.raw)?;
                self.raw.truncate(read);
                self.raw_at = 0;
            }
            let last = self.raw.is_empty();
            self.text.resize(3 * CHUNK_BYTES, 0);
            let (result, read, written, _) =
                self.decoder.decode_to_utf8(&self.raw[self.raw_at..], &mut self.text, last);
            self.raw_at += read;
            self.text.truncate(written);
            self.text_at = 0;
            self.is_ended = last && result == CoderResult::InputEmpty;
        }
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.fill()?;
        let ready = &self.text[self.text_at..];
        let count = ready.len().min(into.len());
        into[..count].copy_from_slice(&ready[..count]);
        self.text_at += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "id,Прізвище,Ім'я,Дата\n1,Мігда,Максим,1987-11-15\n2,ЦИПЛЬОНОК,ЄВГЕН,1990-01-02\n3,Їжак,Ґалаган,\n\
                        4,Ткачук,Олександр,1970-05-06\n";

    /// Bytes of a text in UTF-16.
    fn utf16(text: &str, least_first: bool) -> Vec<u8> {
        let pair = |unit: u16| if least_first { unit.to_le_bytes() } else { unit.to_be_bytes() };
        text.encode_utf16().flat_map(pair).collect()
    }

    #[test]
    fn the_letters_of_a_list_are_recognised() {
        let check = |bytes: &[u8], encoding: &'static Encoding, is_told: bool| {
            assert_eq!(shows(bytes), Shows::Text { encoding, is_told }, "{}", encoding.name());
        };
        check(LIST.as_bytes(), UTF_8, true);
        check(&LIST.as_bytes()[..LIST.len() - 60], UTF_8, true);
        check(b"", UTF_8, true);
        check(&[b"\xef\xbb\xbf", LIST.as_bytes()].concat(), UTF_8, true);
        for encoding in [WINDOWS_1251, KOI8_U, IBM866] {
            // The letters of Ukrainian beside Russian are not in IBM866: a list in it is written without them.
            let text = LIST.replace(['і', 'І', 'Ґ'], "и");
            let text = text.replace('Ї', "И").replace('Є', "Е");
            check(&encoding.encode(&text).0, encoding, false);
            check(&encoding.encode(&text.to_uppercase()).0, encoding, false);
        }
        check(&WINDOWS_1251.encode(LIST).0, WINDOWS_1251, false);
        check(&WINDOWS_1252.encode("name,born\nMüller,1990\nGarçon,1980\n").0, WINDOWS_1252, false);
        check(&utf16(&format!("\u{feff}{LIST}"), true), UTF_16LE, true);
        check(&utf16(LIST, true), UTF_16LE, false);
        check(&utf16(LIST, false), UTF_16BE, false);
        assert!(matches!(shows(b"PK\x03\x04abc"), Shows::Other(_)));
        assert!(matches!(shows(b"\x89PNG\r\n\x1a\n\0\0\0"), Shows::Other("picture")));
        assert_eq!(shows(b"a\nb\0c\0\0cd\0"), Shows::Zeros(2));
        assert_eq!(shows(b"id,sur\0name\n"), Shows::Zeros(1));
    }

    #[test]
    fn what_has_no_cells_is_no_list() {
        let check = |text: &str, expect: Option<&str>| assert_eq!(no_list(text), expect, "{text}");
        check("{\"id\": 1, \"surname\": \"Мігда\"}\n{\"id\": 2}\n", Some("json"));
        check("\u{feff}\r\n [\n  {\"id\": 1}\n]", Some("json"));
        check("[[1,\"Мігда\"]]", Some("json"));
        check("[1, 2]", Some("json"));
        check("[]", Some("json"));
        check("<?xml version=\"1.0\"?>\n<list/>", Some("markup"));
        check("<!DOCTYPE html>", Some("markup"));
        check("<TABLE><tr><td>id</td></tr>", Some("markup"));
        check("{\\rtf1 id,surname}", Some("document"));
        check("begin:vcard\nVERSION:3.0", Some("cards"));
        check("INSERT INTO people VALUES (1, 'Мігда');", Some("commands"));
        check("--\n-- PostgreSQL database dump\n--\n", Some("commands"));
        for list in [
            LIST,
            "",
            "[id],[surname]\n1,Мігда\n",
            "<id>,<surname>\n1,Мігда\n",
            "{id},{surname}\n1,Мігда\n",
            "і",
        ] {
            check(list, None);
        }
    }

    #[test]
    fn some_lines_that_are_not_utf8_make_no_other_encoding() {
        let good = LIST.as_bytes().repeat(5);
        let bad = WINDOWS_1251.encode("9,Мігда,Максим,\n").0.into_owned();
        let mixed = [good.as_slice(), &bad].concat();
        assert_eq!(shows(&mixed), Shows::Text { encoding: UTF_8, is_told: true });
    }

    #[test]
    fn what_is_read_is_what_was_written() {
        let text = LIST.repeat(5_000);
        for bytes in [WINDOWS_1251.encode(&text).0.into_owned(), utf16(&text, true), utf16(&text, false)] {
            let Shows::Text { encoding, .. } = shows(&bytes[..10_000]) else { panic!("no text") };
            let mut read = String::new();
            Decoded::new(bytes.as_slice(), encoding).read_to_string(&mut read).unwrap();
            assert!(read == text, "{}", encoding.name());
        }
        let mut odd = String::new();
        Decoded::new(&b"\x41\x04\x42"[..], UTF_16LE).read_to_string(&mut odd).unwrap();
        assert_eq!(odd, "с\u{fffd}");
    }
}
