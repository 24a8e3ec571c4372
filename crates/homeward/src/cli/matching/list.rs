//! A list of people as matching reads it: CSV in UTF-8 with a header line.
//!
//! Decides which columns are names, dates and numbers, by the headers that `homeward link` knows too. Refuses to know what a
//! list is for.

use std::path::Path;

use linkage::birth::Born;
use linkage::forms::Role;
use linkage::schema::{self, Meaning, Purpose};
use linkage::table::Kind;

use super::recipes::Particulars;
use crate::cli::files;

/// The largest list, in bytes.
const LIST_BYTES_MAX: usize = 256 << 20;
/// The most people of a list.
const PEOPLE_MAX: usize = 1_000_000;
/// The longest cell that is read, in letters.
const CELL_CHARS_MAX: usize = 200;

/// Somebody of a list.
#[derive(Clone, Default)]
pub struct Listed {
    /// What the list calls the row; its number where it has no such column.
    pub id: String,
    /// Which person it is, where the list says so: only invented ones do.
    pub truth: String,
    /// What keys are made of.
    pub particulars: Particulars,
}

/// Why a list is refused.
#[derive(Debug, PartialEq, Eq)]
pub struct Unread {
    /// The code of the reason.
    pub code: &'static str,
    /// The line it stands in, from 1; 0 for the whole list.
    pub line: u64,
}

/// Where in a row each thing stands.
#[derive(Default)]
struct Places {
    id: Option<usize>,
    truth: Option<usize>,
    names: [Option<usize>; 3],
    born: Option<usize>,
    number: Option<usize>,
}

/// Reads a list.
///
/// # Errors
/// A file that is not there; the inner one says why the list is refused.
pub fn read(path: &Path) -> anyhow::Result<Result<Vec<Listed>, Unread>> {
    let bytes = files::read_bounded(path, LIST_BYTES_MAX)?;
    if bytes.len() > LIST_BYTES_MAX {
        return Ok(Err(Unread { code: "list-long", line: 0 }));
    }
    Ok(parse(&bytes))
}

fn parse(bytes: &[u8]) -> Result<Vec<Listed>, Unread> {
    let text = std::str::from_utf8(bytes).map_err(|why| {
        let line = bytes[..why.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
        Unread { code: "list-letters", line }
    })?;
    let text = text.trim_start_matches('\u{feff}');
    let head = text.lines().next().unwrap_or_default();
    let separator = [b',', b';', b'\t'].into_iter().max_by_key(|s| head.bytes().filter(|b| b == s).count());
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator.unwrap_or(b',')).from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|_| Unread { code: "list-form", line: 1 })?;
    let places = Places::of(&headers.iter().collect::<Vec<_>>());
    if places.names[0].is_none() && places.number.is_none() {
        return Err(Unread { code: "list-columns", line: 1 });
    }
    let mut people = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|why| {
            let line = why.position().map_or(0, csv::Position::line);
            Unread { code: "list-form", line }
        })?;
        if people.len() == PEOPLE_MAX {
            return Err(Unread { code: "list-long", line: row.position().map_or(0, csv::Position::line) });
        }
        people.push(places.person(&row, people.len()));
    }
    if people.is_empty() { Err(Unread { code: "list-empty", line: 0 }) } else { Ok(people) }
}

impl Places {
    fn of(headers: &[&str]) -> Places {
        let mut places = Places::default();
        for (at, header) in headers.iter().enumerate() {
            let place = match (schema::of_header(header), schema::meaning(header)) {
                (Some(Purpose::Id), _) => &mut places.id,
                (Some(Purpose::Compared(Kind::Name(Role::Surname))), _) => &mut places.names[0],
                (Some(Purpose::Compared(Kind::Name(Role::Given))), _) => &mut places.names[1],
                (Some(Purpose::Compared(Kind::Name(Role::Patronymic))), _) => &mut places.names[2],
                (Some(Purpose::Compared(Kind::Birth)), _) => &mut places.born,
                (_, Some(Meaning::ServiceNumber)) => &mut places.number,
                _ if *header == "person_id" => &mut places.truth,
                _ if is_case(header) => &mut places.id,
                _ => continue,
            };
            place.get_or_insert(at);
        }
        places
    }

    fn person(&self, row: &csv::StringRecord, before: usize) -> Listed {
        let cell = |place: Option<usize>| {
            let text = place.and_then(|at| row.get(at)).unwrap_or_default().trim();
            text.chars().take(CELL_CHARS_MAX).collect::<String>()
        };
        let [surname, given, patronymic] = self.names.map(cell);
        let (born, number) = (Born::read(&cell(self.born)), cell(self.number));
        let id = Some(cell(self.id)).filter(|id| !id.is_empty());
        let id = id.unwrap_or_else(|| (before + 1).to_string());
        let particulars = Particulars { surname, given, patronymic, born, number };
        Listed { id, truth: cell(self.truth), particulars }
    }
}

/// Whether a header calls the number of a case or a prisoner, as the lists of a node have them.
fn is_case(header: &str) -> bool {
    ["case_number", "prisoner_number"].contains(&header)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_by_their_headers_in_any_language() {
        let cases = [
            "№,Прізвище,Ім'я,По батькові,Дата народження\nР-01,Мігда,Максим,Олегович,1987-11-15\n",
            "id;surname;given_name;patronymic;birth_date\nР-01;Мігда;Максим;Олегович;15.11.1987\n",
            "\u{feff}case_number\tФамилия\tИмя\tОтчество\tДата рождения\nР-01\tМігда\tМаксим\tОлегович\t1987-11-15\n",
        ];
        for text in cases {
            let people = parse(text.as_bytes()).unwrap();
            let one = &people[0];
            assert_eq!((one.id.as_str(), one.particulars.surname.as_str()), ("Р-01", "Мігда"), "{text}");
            assert_eq!(one.particulars.born, Born::read("1987-11-15"), "{text}");
        }
    }

    #[test]
    fn what_is_no_list_is_refused_with_its_line() {
        let check = |bytes: &[u8], code: &'static str, line: u64| {
            assert_eq!(parse(bytes).err(), Some(Unread { code, line }), "{code}");
        };
        check(b"surname,given\n\xcc\xe8\xe3\xe4\xe0,x\n", "list-letters", 2);
        check(b"surname,given\na,b\nc\n", "list-form", 3);
        check(b"place,rank\na,b\n", "list-columns", 1);
        check(b"surname,given\n", "list-empty", 0);
        check(b"", "list-columns", 1);
    }
}
