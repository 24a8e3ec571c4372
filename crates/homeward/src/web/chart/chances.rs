//! Places over people: what each class had, and what a value had against blind lots.

use std::fmt::Write as _;

use super::super::words::Words;
use super::{Svg, WIDTH, close, open, put, scaled, shortened, text};

/// Rows drawn; who has more shows the rest in the table.
const ROWS_MAX: usize = 24;
/// Height of one row: its name, its bar, a space.
const ROW: u64 = 50;
/// Where bars begin, and how long the longest is.
const LEFT: u64 = 4;
const LENGTH: u64 = 240;
/// Letters of a name.
const NAME_MAX: usize = 44;

/// Some people, and how many of them go.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chance {
    /// Who they are.
    pub label: String,
    /// How many they are.
    pub people: u64,
    /// How many go.
    pub places: u64,
}

/// What people of one value had, against blind lots.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Against {
    /// The value.
    pub label: String,
    /// Places had.
    pub had: u64,
    /// Places that blind lots give on average, in hundredths.
    pub expected_hundredths: u64,
    /// The same in words.
    pub expected: String,
    /// The fewest and the most places in 95 of 100 blind lots.
    pub between: (u64, u64),
    /// Whether it stands out.
    pub stands_out: bool,
}

/// One bar for each, as long as there are people, filled as far as they go. At most 24 are drawn.
pub fn chances(t: &Words, id: &str, title: &str, rows: &[Chance]) -> Svg {
    let rows = &rows[..rows.len().min(ROWS_MAX)];
    let value = |row: &Chance| {
        format!("{} / {} ({})", t.number(row.places), t.number(row.people), t.share(row.places, row.people))
    };
    let mut said = String::new();
    for row in rows {
        write!(said, "{}: {}. ", row.label, value(row)).expect("a string grows");
    }
    let most = rows.iter().map(|row| row.people).max().unwrap_or(0).max(1);
    let mut svg = open(id, ROW * rows.len() as u64 + 4, title, said.trim_end());
    for (at, row) in rows.iter().enumerate() {
        let y = ROW * at as u64;
        text(&mut svg, LEFT, y + 16, "start", "", &shortened(&row.label, NAME_MAX));
        let (whole, filled) = (scaled(row.people, most, LENGTH), scaled(row.places, most, LENGTH));
        rect(&mut svg, "hw-chart__frame", y + 22, whole, 18);
        rect(&mut svg, "hw-chart__filled", y + 22, filled, 18);
        text(&mut svg, LEFT + whole + 8, y + 36, "start", "hw-chart__strong", &value(row));
    }
    close(svg)
}

/// One bar for each, as long as the places had; under it the line within which 95 of 100 blind lots lie, with a disc at their
/// mean. What stands out is in strong letters. At most 24 are drawn.
pub fn against_lots(t: &Words, id: &str, title: &str, rows: &[Against]) -> Svg {
    let rows = &rows[..rows.len().min(ROWS_MAX)];
    let words = |row: &Against| {
        t.with(
            "chart-lots-desc",
            &[
                ("what", &row.label),
                ("n", &row.had),
                ("expected", &row.expected),
                ("low", &row.between.0),
                ("high", &row.between.1),
            ],
        )
    };
    let said: Vec<String> = rows.iter().map(words).collect();
    let most = rows.iter().map(|row| row.had.max(row.between.1)).max().unwrap_or(0).max(1);
    let place = |value: u64| LEFT + scaled(value, most, LENGTH);
    let mut svg = open(id, 52 + ROW * rows.len() as u64, title, &said.join(" "));
    rect(&mut svg, "hw-chart__filled", 6, 24, 10);
    text(&mut svg, 36, 16, "start", "", &t.s("chart-lots-had"));
    line(&mut svg, (LEFT, LEFT + 24), 32, LEFT + 12);
    text(&mut svg, 36, 36, "start", "", &t.s("chart-lots-fair"));
    for (at, row) in rows.iter().enumerate() {
        let y = 48 + ROW * at as u64;
        let class = if row.stands_out { "hw-chart__strong" } else { "" };
        text(&mut svg, LEFT, y + 14, "start", class, &shortened(&row.label, NAME_MAX));
        rect(&mut svg, "hw-chart__filled", y + 20, scaled(row.had, most, LENGTH), 12);
        let mean = LEFT + scaled(row.expected_hundredths, most.saturating_mul(100), LENGTH);
        line(&mut svg, (place(row.between.0), place(row.between.1)), y + 39, mean);
        let right = place(row.had.max(row.between.1)) + 8;
        text(&mut svg, right, y + 32, "start", class, &format!("{} ({})", t.number(row.had), row.expected));
    }
    close(svg)
}

pub(super) fn rect(svg: &mut String, class: &str, y: u64, width: u64, height: u64) {
    put(
        svg,
        format_args!(
            "<rect class=\"{class}\" x=\"{LEFT}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>"
        ),
    );
}

/// A line from end to end with a stroke at each, and a disc on it.
fn line(svg: &mut String, (from, to): (u64, u64), y: u64, disc: u64) {
    let (top, bottom) = (y - 4, y + 4);
    put(
        svg,
        format_args!(
            "<path class=\"hw-chart__axis\" d=\"M{from} {y}H{to}M{from} {top}V{bottom}M{to} {top}V{bottom}\"/>\
             <circle class=\"hw-chart__dot--2\" cx=\"{disc}\" cy=\"{y}\" r=\"4\"/>"
        ),
    );
}

// A name of 44 letters at the size of a narrow screen, 16 units of which a letter takes about 9, is inside the drawing.
const _: () = assert!(LEFT + NAME_MAX as u64 * 10 <= WIDTH);

#[cfg(test)]
mod tests {
    use super::super::super::words::Lang;
    use super::*;

    const T: Words = Words { lang: Lang::En };

    #[test]
    fn a_bar_is_as_long_as_its_people_and_filled_as_far_as_they_go() {
        let chance = |label: &str, people, places| Chance { label: label.to_owned(), people, places };
        let svg = chances(&T, "c", "Places", &[chance("Class 1", 40, 30), chance("<2>", 80, 0)]).to_string();
        let has = |part: &str| assert!(svg.contains(part), "{part} in {svg}");
        has("viewBox=\"0 0 480 104\"");
        has("Class 1: 30 / 40 (75.0%). &lt;2&gt;: 0 / 80 (0.0%).</desc>");
        has("<rect class=\"hw-chart__frame\" x=\"4\" y=\"22\" width=\"120\" height=\"18\"/>");
        has("<rect class=\"hw-chart__filled\" x=\"4\" y=\"22\" width=\"90\" height=\"18\"/>");
        has("<rect class=\"hw-chart__frame\" x=\"4\" y=\"72\" width=\"240\" height=\"18\"/>");
        has("<rect class=\"hw-chart__filled\" x=\"4\" y=\"72\" width=\"0\" height=\"18\"/>");
        let many = vec![chance("x", u64::MAX, 1); 100];
        assert_eq!(chances(&T, "c", "Places", &many).to_string().matches("frame").count(), ROWS_MAX);
        assert!(chances(&T, "c", "Places", &[]).to_string().ends_with("</svg>"));
    }

    #[test]
    fn what_was_had_stands_over_what_fair_lots_give() {
        let row = Against {
            label: "7 battalion".to_owned(),
            had: 10,
            expected_hundredths: 333,
            expected: "3.33".to_owned(),
            between: (1, 6),
            stands_out: true,
        };
        let calm = Against { label: "others".to_owned(), had: 5, stands_out: false, ..row.clone() };
        let svg = against_lots(&T, "a", "Unit", &[row, calm]).to_string();
        let has = |part: &str| assert!(svg.contains(part), "{part} in {svg}");
        has("<rect class=\"hw-chart__filled\" x=\"4\" y=\"68\" width=\"240\" height=\"12\"/>");
        has("d=\"M28 87H148M28 83V91M148 83V91\"");
        has("cx=\"84\" cy=\"87\"");
        has("class=\"hw-chart__strong\">7 battalion<");
        has("<text x=\"4\" y=\"112\" text-anchor=\"start\">others<");
        has("7 battalion: 10 had, 3.33 expected; 95 of 100 fair lots give 1 to 6.");
        assert!(against_lots(&T, "a", "Unit", &[]).to_string().ends_with("</svg>"));
    }
}
