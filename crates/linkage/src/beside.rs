//! What stands beside a person's name in its cell and is no part of it: a rank, a nickname, a former surname.
//!
//! Decides what is set aside, and only where that is sure: who is called Майор or Sergeant keeps the name. What is set aside is said
//! by its kind, so that it can be counted. Refuses to know what it means: words in brackets may be a former surname or anything else.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::{fold, given};

/// What is set aside, by how it is told from the name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Aside {
    /// A rank, in full or cut short.
    Rank,
    /// Words in quotes, as nicknames are written.
    Quoted,
    /// Words in brackets, such as a former surname.
    Bracketed,
    /// Words behind a comma, where a whole name stands before it.
    Behind,
}

/// All kinds.
pub const ASIDES: [Aside; 4] = [Aside::Rank, Aside::Quoted, Aside::Bracketed, Aside::Behind];

/// The kinds that were set aside of one cell.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Asides([bool; 4]);

impl Asides {
    /// Whether this kind was.
    pub fn has(self, kind: Aside) -> bool {
        self.0[kind as usize]
    }

    /// Whether any was.
    pub fn any(self) -> bool {
        self.0.contains(&true)
    }

    /// The kinds of both.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        ASIDES.into_iter().filter(|kind| other.has(*kind)).for_each(|kind| self.add(kind));
        self
    }

    fn add(&mut self, kind: Aside) {
        self.0[kind as usize] = true;
    }
}

/// Ranks in full, after the national tables of land and sea forces.
const RANKS: &str = "рекрут новобранець новобранец солдат рядовий рядовой ефрейтор єфрейтор сержант старшина прапорщик мічман мичман лейтенант \
                     капітан капитан майор підполковник подполковник полковник матрос курсант генерал штаб-сержант майстер-сержант \
                     штаб-старшина майстер-старшина капітан-лейтенант капитан-лейтенант генерал-майор генерал-лейтенант \
                     private corporal sergeant lieutenant captain major colonel soldier";
/// Ranks cut short that are nothing else.
const SHORT: &str = "сер-т с-т с-нт л-т л-нт к-н м-р п/п-к пп-к п/полковник п/полк п-к пр-к ст-на р-й \
                     sgt pte pvt cpl l/cpl lcpl lt capt cpt s/sgt";
/// Ranks cut short that are told from a name by a point behind, or by what stands before.
const WITH_POINT: &str =
    "солд ряд рядов серж лейт лт кап капіт капит підполк подполк полк прап прапор єфр ефр матр maj col";
/// What stands before a rank.
const BEFORE: &str = "старший старш ст молодший молодш младший младш мол мл головний главный гол гл корабельний корабельный senior junior \
                      staff master chief lance";
/// What stands before a rank in one small letter.
const LETTERS: &str = "м с";
/// What stands behind a rank: of which class or service.
const BEHIND: &str =
    "рангу ранга статті статьи юстиції юстиции запасу запаса служби службы медслужби медслужбы м/с";
/// What stands before one of these.
const OF: &str = "1 2 3 i ii iii і іі ііі медичної медицинской мед внутрішньої внутренней";
/// What tells a father from his son: part of the name.
const GENERATIONS: &str = "jr sr ii iii iv junior senior мол ст молодший старший младший син сын son";

/// What stands before another name of the same person.
const LABELS: &str = "позивний позывной псевдо псевдонім псевдоним кличка прізвисько прозвище дівоче девичья урожд уроджена урожденная урождённая \
                      callsign alias aka née nee";

/// The most words of a segment that are looked at.
const WORDS_MAX: usize = 12;

/// The lists above, in the order of their words in [`LISTS`].
#[derive(Clone, Copy)]
enum List {
    Rank,
    Short,
    WithPoint,
    Before,
    Letter,
    Behind,
    Of,
    Generation,
    Label,
}

const LISTS: [&str; 9] = [RANKS, SHORT, WITH_POINT, BEFORE, LETTERS, BEHIND, OF, GENERATIONS, LABELS];

/// By word, the lists it is in, as a set: names are asked by the million.
static LISTED: LazyLock<BTreeMap<&str, u16>> = LazyLock::new(|| {
    let mut listed = BTreeMap::<&str, u16>::new();
    for (at, words) in LISTS.iter().enumerate() {
        words.split_whitespace().for_each(|word| *listed.entry(word).or_default() |= 1 << at);
    }
    listed
});

fn is_one_of(word: &str, list: List) -> bool {
    LISTED.get(word).is_some_and(|lists| lists >> list as u16 & 1 == 1)
}

/// A whole name without what stands beside it.
pub fn whole(cell: &str, given_first: bool) -> (Cow<'_, str>, Asides) {
    let mut asides = Asides::default();
    let text = without_enclosed(cell, 2, &mut asides);
    if !text.contains(',') {
        let bare = without_rank(&text, given_first, &mut asides);
        return (if asides.any() { Cow::Owned(bare.to_owned()) } else { Cow::Borrowed(cell) }, asides);
    }
    let mut segments: Vec<&str> =
        text.split(',').map(str::trim).filter(|part| part.contains(char::is_alphanumeric)).collect();
    let is_alone = segments.len() == 1;
    let has_two = segments.first().is_some_and(|first| words(first).nth(1).is_some());
    let mut at = 0;
    segments.retain(|segment| {
        at += 1;
        let is_rank = rank(segment).is_some_and(|(end, sure)| {
            end == segment.len() && (sure || is_small(segment) || at > 2 || (at == 2 && has_two))
        });
        let aside = match () {
            () if is_rank => Aside::Rank,
            () if at > 1 && is_labelled(segment) => Aside::Behind,
            () => return true,
        };
        if !is_alone {
            asides.add(aside);
        }
        is_alone
    });
    if let Some(first) = segments.first_mut() {
        *first = without_rank(first, given_first, &mut asides);
    }
    let kept = before_the_rest(&segments, given_first);
    if kept < segments.len() {
        asides.add(Aside::Behind);
        segments.truncate(kept);
    }
    if asides.any() && !segments.is_empty() {
        return (Cow::Owned(segments.join(", ")), asides);
    }
    (Cow::Borrowed(cell), Asides::default())
}

/// A part of a name in a column of its own without what stands beside it; of a surname also without a rank, which may be in small
/// letters or cut short.
pub fn part(cell: Cow<'_, str>, is_surname: bool) -> (Cow<'_, str>, Asides) {
    let mut asides = Asides::default();
    let enclosed = without_enclosed(&cell, 1, &mut asides);
    // Of one word nothing would be left without its rank.
    let is_asked =
        is_surname && enclosed.bytes().any(|byte| matches!(byte, b'.' | b' ' | b'\t' | 0xc2 | 0xe2));
    let bare = match is_asked.then(|| rank(&enclosed)).flatten() {
        Some((end, sure)) if sure || (is_small(&enclosed) && has_capital(&enclosed[end..])) => {
            enclosed[end..].trim()
        }
        _ => &enclosed,
    };
    if bare.len() < enclosed.len() && bare.contains(char::is_alphabetic) {
        asides.add(Aside::Rank);
        return (Cow::Owned(bare.to_owned()), asides);
    }
    let owned = if let Cow::Owned(owned) = enclosed { Some(owned) } else { None };
    (owned.map_or(cell, Cow::Owned), asides)
}

/// A text without what stands in quotes or brackets; as it is where fewer words than `least` would be left: `Dupont (Jean)`.
fn without_enclosed<'a>(text: &'a str, least: usize, asides: &mut Asides) -> Cow<'a, str> {
    const OPEN: [char; 8] = ['(', '[', '«', '„', '“', '”', '"', '»'];
    // Bytes that these signs begin with, which letters of names seldom do.
    let may_be = text.bytes().any(|byte| matches!(byte, b'(' | b'[' | b'"' | 0xc2 | 0xe2));
    if !may_be || !text.contains(OPEN) {
        return Cow::Borrowed(text);
    }
    let (mut kept, mut found, mut rest) = (String::with_capacity(text.len()), *asides, text);
    while let Some(at) = rest.find(OPEN) {
        let (before, behind) = rest.split_at(at);
        let open = behind.chars().next().unwrap_or_default();
        let inside = &behind[open.len_utf8()..];
        kept.push_str(before);
        let end = inside.char_indices().find(|(_, c)| closes(open, *c)).filter(|(at, close)| {
            // A quote within a word is an apostrophe, and a letter in brackets behind one an ending.
            let next = inside[at + close.len_utf8()..].chars().next();
            let is_apart = !kept.ends_with(char::is_alphanumeric);
            let is_bracket = matches!(open, '(' | '[');
            let is_word = is_apart || (is_bracket && inside.starts_with(char::is_uppercase));
            is_word && next.is_none_or(|c| is_bracket || !c.is_alphanumeric())
        });
        let Some((end, close)) = end else {
            kept.push(open);
            rest = inside;
            continue;
        };
        found.add(if matches!(open, '(' | '[') { Aside::Bracketed } else { Aside::Quoted });
        kept.push(' ');
        rest = &inside[end + close.len_utf8()..];
    }
    kept.push_str(rest);
    let left = kept.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count();
    if found == *asides || left < least {
        return Cow::Borrowed(text);
    }
    *asides = found;
    Cow::Owned(kept.split_whitespace().collect::<Vec<_>>().join(" ").replace(" ,", ","))
}

fn closes(open: char, close: char) -> bool {
    match open {
        '(' => close == ')',
        '[' => close == ']',
        _ => matches!(close, '»' | '«' | '“' | '”' | '"'),
    }
}

/// A name without a rank before or behind it.
fn without_rank<'a>(text: &'a str, given_first: bool, asides: &mut Asides) -> &'a str {
    let text = text.trim();
    if let Some((end, sure)) = rank(text) {
        let rest = text[end..].trim();
        let is_name = rest.contains(char::is_alphabetic);
        let is_told = is_small(text) && has_capital(rest);
        if is_name && (sure || is_told || is_whole_name(rest, given_first)) {
            asides.add(Aside::Rank);
            return rest;
        }
    }
    // Behind a name stand at least two words.
    let starts: Vec<usize> = words(text).take(WORDS_MAX).map(|(start, _)| start).collect();
    let found = starts.iter().skip(2).find(|start| {
        let behind = &text[**start..];
        let is_told = || is_small(behind) && has_capital(text);
        rank(behind).is_some_and(|(end, sure)| end == behind.len() && (sure || is_told()))
    });
    match found {
        Some(start) => {
            asides.add(Aside::Rank);
            text[..*start].trim()
        }
        None => text,
    }
}

/// How much of a text's beginning is a rank, in bytes, and whether it can be nothing else: cut short, or of several words.
fn rank(text: &str) -> Option<(usize, bool)> {
    // Most names have another first letter than any rank.
    if !text.starts_with(|c| "рнсеєпмлкгшюРНСЕЄПМЛКГШЮpcslmjPCSLMJ".contains(c)) {
        return None;
    }
    let (mut is_behind, mut found, mut end) = (false, None, 0);
    let mut rest = words(text).take(WORDS_MAX).peekable();
    for (start, stop) in rest.by_ref() {
        let word = &text[start..stop];
        let lower = word.to_lowercase();
        let plain = lower.trim_end_matches('.');
        let has_point = plain.len() < lower.len();
        if is_one_of(plain, List::Rank) || is_one_of(plain, List::Short) {
            found = Some(is_behind || is_one_of(plain, List::Short));
        } else if is_one_of(plain, List::WithPoint) && (has_point || is_behind) {
            found = Some(true);
        } else if is_one_of(plain, List::Before)
            || (has_point && lower == word && is_one_of(plain, List::Letter))
        {
            is_behind = true;
            continue;
        }
        end = stop;
        break;
    }
    let sure = found?;
    let mut of = false;
    for (start, stop) in rest {
        let lower = text[start..stop].to_lowercase();
        let plain = lower.trim_end_matches('.');
        if is_one_of(plain, List::Behind) {
            end = stop;
        } else if of || !is_one_of(plain, List::Of) {
            break;
        }
        of = true;
    }
    Some((end, sure))
}

/// The words of a text, by where they begin and end: each up to a space, or a point and what is behind it.
fn words(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(|c: char| !c.is_whitespace())?;
        let rest = &text[start..];
        let space = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let length = rest.find('.').map_or(space, |point| space.min(point + 1));
        at = start + length;
        Some((start, at))
    })
}

/// Whether another name of the same person follows, by the word before it.
fn is_labelled(text: &str) -> bool {
    let first = text.split(|c: char| c.is_whitespace() || matches!(c, '.' | ':')).next().unwrap_or_default();
    is_one_of(&first.to_lowercase(), List::Label)
}

fn is_small(text: &str) -> bool {
    text.starts_with(char::is_lowercase)
}

fn has_capital(text: &str) -> bool {
    text.contains(char::is_uppercase)
}

/// What a word says of where it stands in a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Word {
    /// A given name that is known.
    Given,
    /// A word with the ending of a patronymic.
    Patronymic,
    /// One or two first letters.
    Initial,
    /// None of these.
    Other,
}

/// What a word of a name is.
pub(crate) fn word(text: &str) -> Word {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    if letters == 1 || (letters == 2 && text.contains('.')) {
        return Word::Initial;
    }
    let skeletons = fold::readings(&fold::plain(text));
    match () {
        () if skeletons.iter().any(|one| given::is_known(one)) => Word::Given,
        () if skeletons.iter().any(|one| given::ends_as_patronymic(one)) => Word::Patronymic,
        () => Word::Other,
    }
}

fn kinds(text: &str) -> Vec<Word> {
    text.split_whitespace().take(WORDS_MAX).map(word).collect()
}

/// Whether what stands behind a word that may be a rank or a surname is a whole name without it.
fn is_whole_name(text: &str, given_first: bool) -> bool {
    let kinds = kinds(text);
    match given_first {
        true => matches!(
            &kinds[..],
            [Word::Given | Word::Initial, Word::Other]
                | [Word::Given | Word::Initial, Word::Patronymic | Word::Initial, Word::Other]
        ),
        false => matches!(
            &kinds[..],
            [Word::Other, Word::Given | Word::Initial, ..] | [Word::Other, Word::Other, Word::Patronymic]
        ),
    }
}

/// How many segments parted by commas are the name: those behind are something else where a whole name stands before them and they
/// have no part of one.
fn before_the_rest(segments: &[&str], given_first: bool) -> usize {
    let is_part = |word: &Word| *word != Word::Other;
    let is_other = |segment: &&str| {
        let is_generation =
            |word: &str| is_one_of(word.trim_end_matches('.').to_lowercase().as_str(), List::Generation);
        !kinds(segment).iter().any(is_part) && !segment.split_whitespace().any(is_generation)
    };
    let Some(first) = segments.first() else { return 0 };
    // Most lists that have a comma have one, behind the surname.
    if segments.len() == 1 || (segments.len() == 2 && words(first).nth(1).is_none()) {
        return segments.len();
    }
    let first = kinds(first);
    let has_given = match (&first[..], given_first) {
        ([_, others @ ..], false) | ([others @ .., _], true) => others.iter().any(is_part),
        ([], _) => false,
    };
    let name = match first.len() {
        1 if segments.get(1).is_some_and(|second| kinds(second).iter().any(is_part)) => 2,
        1 => return segments.len(),
        _ if has_given => 1,
        _ => return segments.len(),
    };
    if segments.iter().skip(name).all(is_other) { name.min(segments.len()) } else { segments.len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is left of whole names parted by `|`, and what was set aside.
    fn check(cells: &str, given_first: bool, name: &str, expect: &[Aside]) {
        for cell in cells.split('|') {
            let (bare, asides) = whole(cell, given_first);
            let found: Vec<Aside> = ASIDES.into_iter().filter(|kind| asides.has(*kind)).collect();
            let expected = if name.is_empty() { cell } else { name };
            assert_eq!((&*bare, &found[..]), (expected, expect), "{cell}");
        }
    }

    #[test]
    fn a_rank_is_no_part_of_a_name() {
        let ranks = "ст. солдат Мороз Іван|мол. серж. Мороз Іван|мол.серж. Мороз Іван|п/п-к Мороз Іван|Мороз Іван, солдат|солдат Мороз Іван|\
                     Старший солдат Мороз Іван|СТ. СОЛДАТ Мороз Іван|Солдат Мороз Іван|Мороз Іван, ст. солдат|Мороз Іван, Солдат|\
                     Мороз Іван ст. солдат|Мороз Іван солдат|м. сержант Мороз Іван|капітан 3 рангу Мороз Іван|Майор Мороз Іван|\
                     майор мед. служби Мороз Іван|Sgt Мороз Іван|Pte. Мороз Іван|ст. л-т, Мороз Іван|солдат, Мороз Іван|\
                     головний сержант Мороз Іван|штаб-сержант Мороз Іван|лейт. Мороз Іван|Мороз Іван М-р";
        check(ranks, false, "Мороз Іван", &[Aside::Rank]);
        check(
            "Солдат Мороз Іван Петрович|Мороз Іван Петрович, рядовой",
            false,
            "Мороз Іван Петрович",
            &[Aside::Rank],
        );
        check(
            "Major John Smith|maj. John Smith|Sgt. John Smith|John Smith, Sgt",
            true,
            "John Smith",
            &[Aside::Rank],
        );
        check("Мороз, Іван, солдат|мл. сержант Мороз, Іван", false, "Мороз, Іван", &[Aside::Rank]);
        check("ст. солдат Мороз", false, "Мороз", &[Aside::Rank]);
    }

    #[test]
    fn who_is_called_as_a_rank_is_keeps_the_name() {
        check(
            "Майор Іван Петрович|Солдат Іван|Полковник|Sergeant Paul|Major John Henry|Smith, Major|Major, John|Матрос Петро|СТАРШИНА ОЛЕГ|\
             солдат іван петрович|Капітан, Іван|Smith, Major John|ст. Мороз Іван|М. Сержант|Солдатенко Іван|Ряд Іван Петрович|солдат|ст. солдат",
            false,
            "",
            &[],
        );
        check("Іван Петрович Солдат|John Major|іван солдат", true, "", &[]);
    }

    #[test]
    fn nicknames_and_what_stands_in_brackets_are_no_part_of_a_name() {
        let quoted = "Мороз Іван «Шершень»|Мороз «Шершень» Іван|Мороз Іван, «Шершень»|Мороз Іван \"Шершень\"|Мороз Іван “Шершень”|\
                      Мороз Іван, „Шершень“";
        check(quoted, false, "Мороз Іван", &[Aside::Quoted]);
        let bracketed =
            "Мороз (Гончар) Іван|Мороз(Гончар) Іван|Мороз Іван (Шершень)|Мороз Іван [1987]|Мороз Іван (?)";
        check(bracketed, false, "Мороз Іван", &[Aside::Bracketed]);
        check(
            "Мороз Іван, Шершень|Мороз Іван, 1987|Мороз Іван, позивний Шершень",
            false,
            "Мороз Іван",
            &[Aside::Behind],
        );
        check("Мороз, Іван, Шершень", false, "Мороз, Іван", &[Aside::Behind]);
        check("Іван Мороз, Шершень", true, "Іван Мороз", &[Aside::Behind]);
        check("солдат Мороз (Гончар) Іван «Шершень», Київ", false, "Мороз Іван", &ASIDES);
    }

    #[test]
    fn a_clean_name_stays_as_it_is() {
        check(
            "Мороз Іван Петрович|Мороз, Іван Петрович|ABBOTT, BRUCE GIDLEY|Де ла Круз, Хуан|MARTIN LOPEZ, Xochitl|Smith, John, Jr.|Лук\"янчук Іван|\
             Дем”янчук Іван|О'Коннор Шон|Мороз І. П.|О.Ю. Ярема|Мороз (Гончар|(Мороз Іван)|Мороз Іван(а)||Мороз|Мороз,|Коваль-Мороз Іван|Ван Дейк, Іван|\
             Мороз Іван, мол.|Мамедов Рауф Вагіф огли|, Іван",
            false,
            "",
            &[],
        );
    }

    #[test]
    fn a_surname_of_its_own_column_is_freed_of_what_is_sure_alone() {
        for (cell, is_surname, expect) in [
            ("ст. солдат Мороз", true, "Мороз"),
            ("солдат Мороз", true, "Мороз"),
            ("Солдат Мороз", true, "Солдат Мороз"),
            ("Солдат", true, "Солдат"),
            ("Мороз (Гончар)", true, "Мороз"),
            ("Іван «Шершень»", false, "Іван"),
            ("Мороз, Шершень", true, "Мороз, Шершень"),
            ("капітан", false, "капітан"),
        ] {
            let (bare, asides) = part(cell.into(), is_surname);
            assert_eq!((&*bare, asides.any()), (expect, expect != cell), "{cell}");
        }
    }
}
