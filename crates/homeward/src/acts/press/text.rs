//! The words of a bulletin in three languages, as pieces: what was made from a value, what somebody wrote, what the
//! template says.
//!
//! Decides how values become sentences. Refuses to know whether they may be published: the lint judges the pieces.

use exchange::agreement::{Field, LabelId, Openness, Terms};
use exchange::bulletin::{Segment, TypedField};
use exchange::ids::Party;
use exchange::wording::Wording;
use minicbor::{Decode, Encode};
use sha2::{Digest as _, Sha256};
use time::Date;

use crate::web::words::Value;
use crate::web::{Lang, Words};

/// Classes of conditions that a bulletin may name: message keys `condition-class-<code>`.
pub const CONDITIONS: [&str; 8] =
    ["wounds", "amputations", "burns", "sight", "chronic", "infections", "mind", "underweight"];

/// Characters that no written text may hold; the template's values stand between them until they are taken apart.
const MARKS: [char; 3] = ['\u{E000}', '\u{E001}', '\u{E002}'];

/// A piece of a rendered bulletin.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Piece {
    /// What it shows, for a piece made from a value.
    #[n(0)]
    pub shows: Option<Shows>,
    /// Its text.
    #[n(1)]
    pub text: String,
}

/// What a piece made from a value shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum Shows {
    /// The day of the handover.
    #[n(0)]
    Date,
    /// The crossing.
    #[n(1)]
    Crossing,
    /// A party.
    #[n(2)]
    Party,
    /// Categories.
    #[n(3)]
    Categories,
    /// Years of capture.
    #[n(4)]
    Years,
    /// Classes of conditions.
    #[n(5)]
    Conditions,
    /// A total.
    #[n(6)]
    Total,
    /// Who is thanked.
    #[n(7)]
    Thanks,
}

impl Shows {
    const ALL: [Self; 8] = [
        Self::Date,
        Self::Crossing,
        Self::Party,
        Self::Categories,
        Self::Years,
        Self::Conditions,
        Self::Total,
        Self::Thanks,
    ];

    /// The field it is to the lint. The names of the parties stand in every bulletin, as the crossing does.
    fn field(self) -> TypedField {
        match self {
            Self::Date => TypedField::Date,
            Self::Crossing | Self::Party => TypedField::Crossing,
            Self::Categories => TypedField::Category,
            Self::Years => TypedField::CaptureYears,
            Self::Conditions => TypedField::Conditions,
            Self::Total => TypedField::Total,
            Self::Thanks => TypedField::Thanks,
        }
    }
}

/// A bulletin in one language.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Rendered {
    /// Code of the language.
    #[n(0)]
    pub language: String,
    /// The title.
    #[n(1)]
    pub title: Vec<Piece>,
    /// The paragraphs.
    #[n(2)]
    pub paragraphs: Vec<Vec<Piece>>,
}

impl Rendered {
    /// The pieces for the lint, with the words of the template judged like written ones: they may state no number either.
    pub fn segments(&self) -> Vec<Segment> {
        let language = Lang::of_code(&self.language).map_or("en", Lang::code);
        let pieces = self.title.iter().chain(self.paragraphs.iter().flatten());
        let segment = |piece: &Piece| match piece.shows {
            Some(shows) => Segment::Typed(shows.field(), piece.text.clone()),
            None => Segment::Free(language, piece.text.clone()),
        };
        pieces.map(segment).collect()
    }

    /// The exact text: title and paragraphs, each followed by a line feed.
    pub fn plain(&self) -> String {
        let lines = std::iter::once(&self.title).chain(&self.paragraphs);
        lines.map(|line| line.iter().map(|piece| piece.text.as_str()).collect::<String>() + "\n").collect()
    }
}

/// SHA-256 over the three exact texts, each after its language's code and a line feed.
pub fn digest(texts: &[Rendered]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update(text.language.as_bytes());
        hash.update(b"\n");
        hash.update(text.plain().as_bytes());
    }
    hash.finalize().into()
}

/// Whether a written statement can be taken: no control characters but line ends, nothing of private use.
pub fn statement_reads(text: &str) -> bool {
    let private = |c: char| matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}');
    text.chars().count() <= 4_000
        && text.chars().all(|c| (!c.is_control() || matches!(c, '\n' | '\r')) && !private(c))
}

/// What a bulletin is made of.
pub struct Content<'t> {
    /// The terms.
    pub terms: &'t Terms,
    /// Who released.
    pub from: Party,
    /// To whom they came home.
    pub to: Party,
    /// The day of the handover.
    pub on: Date,
    /// The crossing.
    pub crossing: LabelId,
    /// Names of the categories.
    pub categories: Vec<Wording>,
    /// First and last year of capture.
    pub years: Option<(i32, i32)>,
    /// Codes of [`CONDITIONS`].
    pub conditions: Vec<String>,
    /// How many have come home to date.
    pub total: Option<i64>,
    /// A statement per language, in the order of [`Lang::ALL`].
    pub statement: [Option<String>; 3],
}

impl Content<'_> {
    /// The bulletin in every language, in the order of [`Lang::ALL`].
    pub fn render(&self) -> Vec<Rendered> {
        Lang::ALL.into_iter().map(|lang| self.in_language(Words::of(lang))).collect()
    }

    fn name<'a>(&'a self, party: &'a Party, code: &str) -> &'a str {
        self.terms.name(party).map_or(party.as_str(), |name| name.in_language(code))
    }

    fn in_language(&self, t: Words) -> Rendered {
        let code = t.lang.code();
        let crossing = self.terms.crossings.get(&self.crossing);
        let crossing = crossing.map_or(self.crossing.as_str(), |label| label.in_language(code));
        let date = mark(Shows::Date, &t.date(self.on));
        let (from, to) =
            (mark(Shows::Party, self.name(&self.from, code)), mark(Shows::Party, self.name(&self.to, code)));
        let crossing = mark(Shows::Crossing, crossing);
        let values: [(&str, &dyn Value); 4] =
            [("date", &date), ("from", &from), ("to", &to), ("crossing", &crossing)];
        let mut lines = vec![t.with("press-came-home", &values)];
        lines.extend(self.who(t));
        if let Some(total) = self.total {
            let shown = mark(Shows::Total, &t.number(total));
            lines.push(t.with("press-total", &[("n", &total), ("shown", &shown), ("to", &to)]));
        }
        let neutrals: Vec<&str> =
            self.terms.neutrals.iter().map(|neutral| neutral.name.in_language(code)).collect();
        if !neutrals.is_empty() {
            lines.push(t.s1("press-thanks", "neutrals", mark(Shows::Thanks, &neutrals.join(", "))));
        }
        let written = Lang::ALL.into_iter().zip(&self.statement).find(|(lang, _)| *lang == t.lang);
        if let Some((_, Some(statement))) = written {
            lines.extend(statement.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned));
        }
        Rendered {
            language: code.to_owned(),
            title: pieces(&t.s1("press-title", "date", date)),
            paragraphs: lines.iter().map(|line| pieces(line)).collect(),
        }
    }

    /// Who came home, as far as the agreement lets a bulletin say.
    fn who(&self, t: Words) -> Vec<String> {
        let code = t.lang.code();
        let mut lines = Vec::new();
        if !self.categories.is_empty() {
            let names: Vec<String> =
                self.categories.iter().map(|name| lower_first(name.in_language(code))).collect();
            lines.push(t.s1("press-categories", "categories", mark(Shows::Categories, &names.join("; "))));
        }
        match self.years {
            Some((from, to)) if from == to => {
                lines.push(t.s1("press-captured-in", "year", mark(Shows::Years, &from.to_string())));
            }
            Some((from, to)) => {
                let years = mark(Shows::Years, &format!("{from}–{to}"));
                lines.push(t.s1("press-captured-between", "years", years));
            }
            None => {}
        }
        if !self.conditions.is_empty() {
            let classes: Vec<String> =
                self.conditions.iter().map(|class| t.code("condition-class", class)).collect();
            lines.push(t.s1("press-conditions", "conditions", mark(Shows::Conditions, &classes.join(", "))));
        }
        lines
    }
}

/// The fields that the agreement withholds.
pub fn withheld_fields(terms: &Terms) -> Vec<Field> {
    Field::ALL.into_iter().filter(|field| terms.openness(*field) == Openness::Withheld).collect()
}

fn lower_first(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_lowercase().chain(rest).collect())
}

/// A value between marks, so that it can be told from the sentence around it.
fn mark(shows: Shows, text: &str) -> String {
    let place = Shows::ALL.iter().position(|one| *one == shows).unwrap_or_default();
    format!("{}{place}{}{text}{}", MARKS[0], MARKS[1], MARKS[2])
}

/// Takes a sentence apart at the marks.
fn pieces(line: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut say = |shows: Option<Shows>, text: &str| {
        if !text.is_empty() {
            pieces.push(Piece { shows, text: text.to_owned() });
        }
    };
    let mut rest = line;
    while let Some((before, after)) = rest.split_once(MARKS[0]) {
        say(None, before);
        let (place, after) = after.split_once(MARKS[1]).unwrap_or(("", after));
        let (value, after) = after.split_once(MARKS[2]).unwrap_or((after, ""));
        say(place.parse::<usize>().ok().and_then(|place| Shows::ALL.get(place).copied()), value);
        rest = after;
    }
    say(None, rest);
    pieces
}

#[cfg(test)]
mod tests {
    use exchange::bulletin::{Ground, lint};
    use time::macros::date;

    use super::*;

    fn content(terms: &Terms) -> Content<'_> {
        let party = |label: &str| Party::new(label).unwrap();
        Content {
            terms,
            from: party("belmar"),
            to: party("aronia"),
            on: date!(2025 - 06 - 10),
            crossing: LabelId::new("mill-bridge").unwrap(),
            categories: terms.categories.iter().map(|category| category.name.clone()).collect(),
            years: Some((2022, 2024)),
            conditions: CONDITIONS.map(str::to_owned).to_vec(),
            total: Some(532),
            statement: [Some("Дякуємо.\n\nЛаскаво просимо додому!".to_owned()), None, None],
        }
    }

    fn terms() -> Terms {
        Terms::parse(include_str!("../../../../../examples/agreements/istanbul-shaped.toml")).unwrap()
    }

    #[test]
    fn the_words_of_the_template_state_no_number_in_any_language() {
        let terms = terms();
        for years in [Some((2022, 2024)), Some((2023, 2023)), None] {
            for total in [None, Some(1), Some(2), Some(5), Some(532)] {
                let texts = Content { years, total, ..content(&terms) }.render();
                for text in &texts {
                    assert_eq!(lint(&text.segments(), &terms.public_rules()), [], "{}", text.plain());
                    assert!(!text.plain().contains(MARKS), "{}", text.plain());
                }
            }
        }
    }

    #[test]
    fn a_text_reads_as_sentences_with_its_values_and_has_one_digest() {
        let terms = terms();
        let texts = content(&terms).render();
        let plain: Vec<String> = texts.iter().map(Rendered::plain).collect();
        assert!(plain[0].contains("10 червня 2025") && plain[0].contains("Млиновий міст"), "{}", plain[0]);
        assert!(plain[0].contains("тяжкохворі та тяжкопоранені; молодші за 25 років"), "{}", plain[0]);
        assert!(plain[0].ends_with("Дякуємо.\nЛаскаво просимо додому!\n"), "{}", plain[0]);
        assert!(plain[1].contains("532 человека") && plain[2].contains("532 persons"), "{}", plain[1]);
        let mut other = texts.clone();
        other[2].title[0].text.push('.');
        assert_ne!(digest(&texts), digest(&other));
    }

    #[test]
    fn a_number_in_a_statement_and_a_withheld_field_are_found() {
        let terms = terms();
        let mut spoken = content(&terms);
        spoken.statement[0] = Some("Додому їде сто двадцять осіб.".to_owned());
        let texts = spoken.render();
        let words: Vec<String> = lint(&texts[0].segments(), &terms.public_rules())
            .into_iter()
            .map(|finding| match finding.ground {
                Ground::Number { word, .. } => word,
                Ground::Withheld(field) => field.code().to_owned(),
            })
            .collect();
        assert_eq!(words, ["сто", "двадцять"]);
        let closed = include_str!("../../../../../examples/agreements/istanbul-shaped.toml")
            .replace("capture-period = \"aggregate\"", "capture-period = \"withheld\"");
        let closed = Terms::parse(&closed).unwrap();
        let found = lint(&content(&closed).render()[2].segments(), &closed.public_rules());
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].ground, Ground::Withheld(Field::CapturePeriod));
        assert_eq!(withheld_fields(&closed), [Field::RoundNumberOfPersons, Field::CapturePeriod]);
    }

    #[test]
    fn a_statement_with_hidden_marks_is_not_taken() {
        for (text, reads) in [
            ("Home.\r\nAll of them.", true),
            ("a\u{E000}b", false),
            ("a\u{7}", false),
            (&"a".repeat(4_001), false),
        ] {
            assert_eq!(statement_reads(text), reads, "{text:.10}");
        }
    }
}
