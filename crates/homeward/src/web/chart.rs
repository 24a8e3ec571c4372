//! Decides how counts are drawn: text of an SVG element from plain numbers, the same text for the same numbers.
//!
//! A drawing carries its title and its figures in words for a reader who cannot see it; forms differ before colours do;
//! looks come from the style sheet, because the content policy allows no style inside a page. Refuses to know what a
//! figure means and whether it may be published: who withholds a number must not pass it here.

use std::fmt::{self, Write as _};

use time::Date;

use super::words::Words;

mod chances;
pub mod weights;
pub use chances::{Against, Chance, against_lots, chances};

/// An SVG element, safe to stand in a page as it is: every text in it has been escaped here.
#[derive(Clone, Debug)]
pub struct Svg(String);

impl fmt::Display for Svg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Svg {}

/// One party's persons home, cumulative, one value for each round.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// Name of the party.
    pub label: &'a str,
    /// Persons home after round 1, 2, ...
    pub home: &'a [u64],
}

/// The slots of one round, in parts that do not overlap. What is owed and in no part is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slots {
    /// Number of the round.
    pub round: u32,
    /// Slots owed.
    pub owed: u64,
    /// Slots filled by the person first chosen.
    pub filled: u64,
    /// Slots vacated and filled again.
    pub refilled: u64,
    /// Slots vacated and not yet filled again.
    pub vacated: u64,
}

impl Slots {
    /// Owed slots that no person has filled or left yet.
    pub fn open(&self) -> u64 {
        self.owed.saturating_sub(self.filled.saturating_add(self.refilled).saturating_add(self.vacated))
    }

    fn all(&self) -> u64 {
        self.owed.max(self.filled.saturating_add(self.refilled).saturating_add(self.vacated))
    }
}

/// Width of every drawing in its own units; the style sheet scales it.
const WIDTH: u64 = 480;
/// Lines drawn, rounds drawn: more than an agreement has, few enough to stay legible.
const LINES_MAX: usize = 3;
const ROUNDS_MAX: usize = 60;
/// Days drawn.
const DAYS_MAX: usize = 366;

/// Persons home per party over the rounds as stepped lines with their names at the end, against the floor.
///
/// `id` distinguishes drawings of one page. At most 3 parties and 60 rounds are drawn.
pub fn progress(t: &Words, id: &str, lines: &[Line<'_>], floor: Option<u64>) -> Svg {
    let lines = &lines[..lines.len().min(LINES_MAX)];
    let rounds = lines.iter().map(|line| line.home.len()).max().unwrap_or(0).clamp(1, ROUNDS_MAX);
    let most = lines.iter().flat_map(|line| line.home).copied().chain(floor).max().unwrap_or(0);
    let plot = Plot {
        left: 58,
        top: 40,
        width: 252,
        height: 210,
        rounds: rounds as u64,
        step: nice_step(most),
        most,
    };
    let mut said = String::new();
    for line in lines {
        let last = line.home.last().copied().unwrap_or(0);
        let words =
            t.s3("chart-home-desc", "party", line.label, "n", last, "round", line.home.len().min(ROUNDS_MAX));
        said.push_str(&words);
        said.push(' ');
    }
    if let Some(floor) = floor {
        said.push_str(&t.s1("chart-floor-value", "n", floor));
    }
    let mut svg = open(id, 304, &t.s("chart-home"), &said);
    plot.frame(t, &mut svg);
    if let Some(floor) = floor {
        let (right, y) = (plot.left + plot.width, plot.y(floor));
        put(&mut svg, format_args!("<path class=\"hw-chart__floor\" d=\"M{} {y}H{right}\"/>", plot.left));
        let label = t.s1("chart-floor-value", "n", floor);
        text(&mut svg, right - 4, y.saturating_sub(6), "end", "", &label);
    }
    for (i, line) in lines.iter().enumerate() {
        plot.line(&mut svg, i + 1, &line.home[..line.home.len().min(ROUNDS_MAX)]);
    }
    let mut ends: Vec<(u64, usize, String)> = lines
        .iter()
        .enumerate()
        .map(|(i, line)| {
            let last = line.home.last().copied().unwrap_or(0);
            (plot.y(last) + 4, i + 1, format!("{} {}", shortened(line.label, 9), t.number(last)))
        })
        .collect();
    ends.sort();
    let (x, mut free) = (plot.left + plot.width + 14, 0);
    for (y, series, label) in ends {
        let y = y.max(free);
        put(
            &mut svg,
            format_args!("<path class=\"hw-chart__line hw-chart__line--{series}\" d=\"M{x} {}h16\"/>", y - 4),
        );
        marker(&mut svg, series, x + 8, y - 4);
        text(&mut svg, x + 22, y, "start", "hw-chart__strong", &label);
        free = y + 20;
    }
    close(svg)
}

/// One line of a balance: so much after each day that is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Series<'a> {
    /// What it is.
    pub label: &'a str,
    /// Its value at the end of each day; may be less than 0.
    pub values: &'a [i64],
}

/// A balance over time: stepped lines that begin at nothing, one value at the end of each day, with their names at the end.
///
/// Days ascend; the space between two of them is as wide as the time. At most 3 lines and 366 days are drawn: of more days
/// some are left out, never the last.
pub fn balance(t: &Words, id: &str, days: &[Date], lines: &[Series<'_>]) -> Svg {
    let lines = &lines[..lines.len().min(LINES_MAX)];
    let every = days.len().div_ceil(DAYS_MAX).max(1);
    let drawn: Vec<usize> =
        (0..days.len()).filter(|at| (days.len() - 1 - at).is_multiple_of(every)).collect();
    let value = |line: &Series<'_>, at: usize| line.values.get(at).copied().unwrap_or(0);
    let last = |line: &Series<'_>| drawn.last().map_or(0, |at| value(line, *at));
    let all = || lines.iter().flat_map(|line| drawn.iter().map(move |at| value(line, *at)));
    let (low, high) = (all().min().unwrap_or(0).min(0), all().max().unwrap_or(0).max(0));
    let span = Span::of(days, low, high);
    let words = |line: &Series<'_>| t.s2("chart-balance-desc", "what", line.label, "n", last(line));
    let said: Vec<String> = lines.iter().map(words).collect();
    let mut svg = open(id, 304, &t.s("chart-balance"), &said.join(" "));
    span.frame(t, &mut svg);
    for (i, line) in lines.iter().enumerate() {
        let mut path = format!("M{} {}", span.left, span.y(0));
        for at in &drawn {
            write!(path, "H{}V{}", span.x(days[*at]), span.y(value(line, *at))).expect("a string grows");
        }
        let class = format!("hw-chart__line hw-chart__line--{}", i + 1);
        put(&mut svg, format_args!("<path class=\"{class}\" d=\"{path}H{}\"/>", span.right() + 4));
    }
    let end = |(i, line): (usize, &Series<'_>)| {
        let label = format!("{} {}", shortened(line.label, 11), t.number(last(line)));
        (span.y(last(line)) + 4, i + 1, label)
    };
    let mut ends: Vec<(u64, usize, String)> = lines.iter().enumerate().map(end).collect();
    ends.sort();
    let (x, mut free) = (span.right() + 10, 0);
    for (y, series, label) in ends {
        let y = y.max(free);
        let class = format!("hw-chart__line hw-chart__line--{series}");
        put(&mut svg, format_args!("<path class=\"{class}\" d=\"M{x} {}h16\"/>", y - 4));
        marker(&mut svg, series, x + 8, y - 4);
        text(&mut svg, x + 22, y, "start", "hw-chart__strong", &label);
        free = y + 20;
    }
    close(svg)
}

/// The slots of each round as one bar: filled, filled again, vacated, open.
pub fn slots(t: &Words, id: &str, rounds: &[Slots]) -> Svg {
    let rounds = &rounds[..rounds.len().min(ROUNDS_MAX)];
    let most = rounds.iter().map(Slots::all).max().unwrap_or(0).max(1);
    let (left, width, row, top) = (86, 276, 26, 52);
    let said: Vec<String> = rounds
        .iter()
        .map(|r| {
            t.with(
                "chart-slots-desc",
                &[
                    ("round", &r.round),
                    ("owed", &r.owed),
                    ("filled", &r.filled.saturating_add(r.refilled)),
                    ("open", &r.open().saturating_add(r.vacated)),
                ],
            )
        })
        .collect();
    let mut svg = open(id, top + row * rounds.len() as u64 + 4, &t.s("chart-slots"), &said.join(" "));
    patterns(&mut svg, id);
    let legend = [
        (t.s("chart-filled"), Fill::Filled),
        (t.s("chart-refilled"), Fill::Refilled),
        (t.s("chart-vacated"), Fill::Vacated),
        (t.s("chart-open"), Fill::Open),
    ];
    for (i, (label, fill)) in legend.iter().enumerate() {
        let (x, y) = (if i % 2 == 0 { 4 } else { 240 }, 4 + 21 * (i as u64 / 2));
        bar(&mut svg, id, *fill, (x, y, 16, 13));
        text(&mut svg, x + 23, y + 11, "start", "", label);
    }
    for (i, r) in rounds.iter().enumerate() {
        let y = top + row * i as u64;
        // An agreement without rounds has everything in none.
        let label = if r.round == 0 { "–".to_owned() } else { t.s1("round-no", "round", r.round) };
        text(&mut svg, 4, y + 14, "start", "", &label);
        let parts = [
            (r.filled, Fill::Filled),
            (r.refilled, Fill::Refilled),
            (r.vacated, Fill::Vacated),
            (r.open(), Fill::Open),
        ];
        let mut sum = 0_u64;
        for (n, fill) in parts {
            let from = scaled(sum, most, width);
            sum = sum.saturating_add(n);
            let to = scaled(sum, most, width);
            if to > from {
                bar(&mut svg, id, fill, (left + from, y, to - from, 18));
            }
        }
        let value = format!("{}/{}", t.number(r.filled.saturating_add(r.refilled)), t.number(r.owed));
        text(&mut svg, left + scaled(sum, most, width) + 8, y + 14, "start", "hw-chart__strong", &value);
    }
    close(svg)
}

/// One share as a bar with its words: `label`, the counts and the percentage.
pub fn share(t: &Words, id: &str, label: &str, part: u64, whole: u64) -> Svg {
    let value = format!("{} / {} ({})", t.number(part), t.number(whole), t.share(part, whole));
    let mut svg = open(id, 58, label, &value);
    text(&mut svg, 4, 16, "start", "", label);
    chances::rect(&mut svg, "hw-chart__frame", 26, 240, 18);
    chances::rect(&mut svg, "hw-chart__filled", 26, scaled(part.min(whole), whole.max(1), 240), 18);
    text(&mut svg, 250, 40, "start", "hw-chart__strong", &value);
    close(svg)
}

/// The field of a drawing with two axes.
struct Plot {
    left: u64,
    top: u64,
    width: u64,
    height: u64,
    rounds: u64,
    step: u64,
    most: u64,
}

impl Plot {
    /// The value at the upper edge: the least multiple of the step that holds everything.
    fn ceiling(&self) -> u64 {
        self.most.div_ceil(self.step).max(1).saturating_mul(self.step)
    }

    fn x(&self, round: u64) -> u64 {
        self.left + scaled(round, self.rounds, self.width)
    }

    fn y(&self, value: u64) -> u64 {
        self.top + self.height - scaled(value, self.ceiling(), self.height)
    }

    /// Grid, axes and their figures. Rounds are numbered until the figures would touch.
    fn frame(&self, t: &Words, svg: &mut String) {
        let (right, bottom) = (self.left + self.width, self.top + self.height);
        for i in 0..=self.ceiling() / self.step {
            let value = i * self.step;
            let y = self.y(value);
            put(svg, format_args!("<path class=\"hw-chart__grid\" d=\"M{} {y}H{right}\"/>", self.left));
            text(svg, self.left - 6, y + 4, "end", "", &t.number(value));
        }
        put(
            svg,
            format_args!(
                "<path class=\"hw-chart__axis\" d=\"M{} {}V{bottom}H{right}\"/>",
                self.left, self.top
            ),
        );
        let every = self.rounds.div_ceil(10);
        for round in (1..=self.rounds).filter(|round| round % every == 0) {
            text(svg, self.x(round), bottom + 18, "middle", "", &round.to_string());
        }
        text(svg, right, bottom + 38, "end", "", &t.s("chart-rounds"));
        text(svg, 4, 14, "start", "", &t.s("chart-home"));
    }

    /// One stepped line from nothing: level through a round, up at its end, with a marker there.
    fn line(&self, svg: &mut String, series: usize, home: &[u64]) {
        let mut path = format!("M{} {}", self.left, self.y(0));
        for (i, value) in home.iter().enumerate() {
            write!(path, "H{}V{}", self.x(i as u64 + 1), self.y(*value)).expect("a string grows");
        }
        put(svg, format_args!("<path class=\"hw-chart__line hw-chart__line--{series}\" d=\"{path}\"/>"));
        for (i, value) in home.iter().enumerate() {
            marker(svg, series, self.x(i as u64 + 1), self.y(*value));
        }
    }
}

/// The field of a balance: days across, values that may be less than 0 upwards.
struct Span {
    left: u64,
    top: u64,
    width: u64,
    height: u64,
    first: Date,
    last: Date,
    step: i64,
    low: i64,
    high: i64,
}

impl Span {
    /// The least field whose edges are multiples of a round step.
    fn of(days: &[Date], low: i64, high: i64) -> Self {
        let step = i64::try_from(nice_step(high.abs_diff(low))).unwrap_or(i64::MAX);
        let down = low.div_euclid(step).saturating_mul(step);
        let up = high.saturating_add(step - 1).div_euclid(step).max(1).saturating_mul(step);
        // Without a day nothing is drawn but the frame.
        let first = days.first().copied().unwrap_or(Date::MIN);
        let last = days.last().copied().unwrap_or(first);
        let (left, top, width, height) = (58, 40, 238, 200);
        Self { left, top, width, height, first, last, step, low: down, high: up }
    }

    fn right(&self) -> u64 {
        self.left + self.width
    }

    fn y(&self, value: i64) -> u64 {
        self.top + scaled(self.high.abs_diff(value), self.high.abs_diff(self.low), self.height)
    }

    /// The end of a day: the first day is as wide as any other.
    fn x(&self, day: Date) -> u64 {
        let since = |day: Date| u64::try_from((day - self.first).whole_days() + 1).unwrap_or(0);
        self.left + scaled(since(day), since(self.last), self.width)
    }

    fn frame(&self, t: &Words, svg: &mut String) {
        let (left, right, top, bottom) = (self.left, self.right(), self.top, self.top + self.height);
        let mut value = self.low;
        while value <= self.high {
            let y = self.y(value);
            let class = if value == 0 { "hw-chart__axis" } else { "hw-chart__grid" };
            put(svg, format_args!("<path class=\"{class}\" d=\"M{left} {y}H{right}\"/>"));
            text(svg, left - 6, y + 4, "end", "", &t.number(value));
            let Some(next) = value.checked_add(self.step) else { break };
            value = next;
        }
        put(svg, format_args!("<path class=\"hw-chart__axis\" d=\"M{left} {top}V{bottom}\"/>"));
        if self.first > Date::MIN {
            text(svg, left, bottom + 20, "start", "", &t.date(self.first));
        }
        if self.last > self.first {
            text(svg, right, bottom + 42, "end", "", &t.date(self.last));
        }
        text(svg, 4, 14, "start", "", &t.s("chart-balance"));
    }
}

/// The mark of a series: a full disc, an empty square, a full square.
fn marker(svg: &mut String, series: usize, x: u64, y: u64) {
    let class = format!("hw-chart__dot--{series}");
    if series == 1 {
        put(svg, format_args!("<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"5\"/>"));
    } else {
        let (x, y) = (x.saturating_sub(3), y.saturating_sub(3));
        put(svg, format_args!("<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"6\" height=\"6\"/>"));
    }
}

/// How a part of a bar is drawn.
#[derive(Clone, Copy)]
enum Fill {
    Filled,
    Refilled,
    Vacated,
    Open,
}

fn bar(svg: &mut String, id: &str, fill: Fill, (x, y, width, height): (u64, u64, u64, u64)) {
    let id = escaped(id);
    let look = match fill {
        Fill::Filled => "class=\"hw-chart__part hw-chart__filled\"".to_owned(),
        Fill::Refilled => format!("class=\"hw-chart__part\" fill=\"url(#{id}-refilled)\""),
        Fill::Vacated => format!("class=\"hw-chart__part\" fill=\"url(#{id}-vacated)\""),
        Fill::Open => "class=\"hw-chart__frame\"".to_owned(),
    };
    put(svg, format_args!("<rect {look} x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>"));
}

/// Hatching for what was filled again, crosses for what was vacated.
fn patterns(svg: &mut String, id: &str) {
    let id = escaped(id);
    put(
        svg,
        format_args!(
            "<defs><pattern id=\"{id}-refilled\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">\
             <rect class=\"hw-chart__refilled\" width=\"6\" height=\"6\"/>\
             <path class=\"hw-chart__hatch\" d=\"M-1 7L7 -1M-1 1L1 -1M5 7L7 5\"/></pattern>\
             <pattern id=\"{id}-vacated\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">\
             <rect class=\"hw-chart__vacated\" width=\"6\" height=\"6\"/>\
             <path class=\"hw-chart__cross\" d=\"M0 3H6M3 0V6\"/></pattern></defs>"
        ),
    );
}

/// Begins a drawing: its title and its description are what a screen reader says in its place.
fn open(id: &str, height: u64, title: &str, said: &str) -> String {
    let (id, title, said) = (escaped(id), escaped(title), escaped(said));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" \
         aria-labelledby=\"{id}-title {id}-desc\"><title id=\"{id}-title\">{title}</title>\
         <desc id=\"{id}-desc\">{said}</desc>"
    )
}

fn close(mut svg: String) -> Svg {
    svg.push_str("</svg>");
    Svg(svg)
}

fn put(svg: &mut String, part: fmt::Arguments<'_>) {
    svg.write_fmt(part).expect("a string grows");
}

fn text(svg: &mut String, x: u64, y: u64, anchor: &str, class: &str, words: &str) {
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    let words = escaped(words);
    put(svg, format_args!("<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\"{class}>{words}</text>"));
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

/// `value` of `whole` on a length, rounded; never more than the length.
fn scaled(value: u64, whole: u64, length: u64) -> u64 {
    let whole = u128::from(whole.max(1));
    let at = (u128::from(value) * u128::from(length) * 2 + whole) / (2 * whole);
    u64::try_from(at).unwrap_or(length).min(length)
}

/// A step of 1, 2 or 5 times a power of ten that parts `most` into at most five.
fn nice_step(most: u64) -> u64 {
    let mut power = 1_u64;
    loop {
        for factor in [1, 2, 5] {
            let step = power.saturating_mul(factor);
            if most.div_ceil(step) <= 5 {
                return step;
            }
        }
        power = power.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::Lang;
    use super::*;

    const T: Words = Words { lang: Lang::En };

    #[test]
    fn progress_draws_steps_floor_and_names() {
        let lines = [Line { label: "Aronia", home: &[100, 200] }, Line { label: "Belmar", home: &[90, 200] }];
        let svg = progress(&T, "home", &lines, Some(400)).to_string();
        let has = |part: &str| assert!(svg.contains(part), "{part} in {svg}");
        has("viewBox=\"0 0 480 304\"");
        has("<title id=\"home-title\">Persons home</title>");
        has("Aronia: 200 home after round 2. Belmar: 200 home after round 2. Floor: 400</desc>");
        has("hw-chart__line--1\" d=\"M58 250H184V197H310V145\"");
        has("hw-chart__line--2\" d=\"M58 250H184V203H310V145\"");
        has("<path class=\"hw-chart__floor\" d=\"M58 40H310\"/>");
        has(">Aronia 200</text>");
        // Two ends at one height: the names stand under one another.
        has("y=\"149\" text-anchor=\"start\" class=\"hw-chart__strong\">Aronia 200");
        has("y=\"169\" text-anchor=\"start\" class=\"hw-chart__strong\">Belmar 200");
        assert_eq!(svg, progress(&T, "home", &lines, Some(400)).to_string());
    }

    #[test]
    fn slots_draw_parts_in_order_and_never_beyond_the_field() {
        let round = Slots { round: 3, owed: 100, filled: 80, refilled: 10, vacated: 4 };
        assert_eq!(round.open(), 6);
        let svg = slots(&T, "slots", &[round]).to_string();
        let has = |part: &str| assert!(svg.contains(part), "{part} in {svg}");
        has("Round 3: 100 owed, 90 filled, 10 open.");
        has(
            "<rect class=\"hw-chart__part hw-chart__filled\" x=\"86\" y=\"52\" width=\"221\" height=\"18\"/>",
        );
        has("fill=\"url(#slots-refilled)\" x=\"307\" y=\"52\" width=\"27\"");
        has("fill=\"url(#slots-vacated)\" x=\"334\" y=\"52\" width=\"11\"");
        has("<rect class=\"hw-chart__frame\" x=\"345\" y=\"52\" width=\"17\"");
        has(">90/100</text>");
        let over = Slots { round: 1, owed: 1, filled: u64::MAX, refilled: 9, vacated: 9 };
        assert_eq!(over.open(), 0);
        assert!(slots(&T, "slots", &[over]).to_string().contains("width=\"276\""));
    }

    #[test]
    fn a_balance_steps_at_each_day_and_goes_below_nothing() {
        let days = [time::macros::date!(2025 - 06 - 09), time::macros::date!(2025 - 06 - 12)];
        let lines = [
            Series { label: "to Aronia", values: &[2, 3] },
            Series { label: "to Belmar", values: &[4, 4] },
            Series { label: "Difference", values: &[-2, -1] },
        ];
        let svg = balance(&T, "balance", &days, &lines).to_string();
        let has = |part: &str| assert!(svg.contains(part), "{part} in {svg}");
        has("to Aronia: 3. to Belmar: 4. Difference: \u{2212}1.</desc>");
        has("hw-chart__line--1\" d=\"M58 173H118V107H296V73H300\"");
        has("hw-chart__line--3\" d=\"M58 173H118V240H296V207H300\"");
        has(">9 June 2025<");
        has(">12 June 2025<");
        has("class=\"hw-chart__axis\" d=\"M58 173H296\"");
        let none = balance(&T, "balance", &[], &lines[..1]).to_string();
        assert!(none.ends_with("</svg>") && none.contains(">to Aronia 0<"), "{none}");
        let far = [Series { label: "x", values: &[i64::MIN, i64::MAX] }];
        assert!(balance(&T, "balance", &days, &far).to_string().ends_with("</svg>"));
        let many: Vec<_> = (0..1000).map(|day| days[0] + time::Duration::days(day)).collect();
        let values: Vec<i64> = (0..1000).collect();
        let drawn = balance(&T, "balance", &many, &[Series { label: "x", values: &values }]).to_string();
        assert!(drawn.matches('V').count() < 400 && drawn.contains("999"), "{drawn}");
    }

    #[test]
    fn nothing_to_draw_is_a_drawing_all_the_same() {
        assert!(progress(&T, "home", &[], None).to_string().ends_with("</svg>"));
        assert!(progress(&T, "home", &[Line { label: "A", home: &[] }], None).to_string().contains(">A 0<"));
        assert!(slots(&T, "slots", &[]).to_string().ends_with("</svg>"));
        assert!(share(&T, "s", "ill", 0, 0).to_string().contains("0 / 0 (\u{2013})"));
        let most = [u64::MAX];
        assert!(
            progress(&T, "home", &[Line { label: "A", home: &most }], None).to_string().ends_with("</svg>")
        );
    }

    #[test]
    fn names_are_escaped_and_no_look_is_inline() {
        let svg = share(&T, "s", "<script>&\"", 1, 4).to_string()
            + &progress(&T, "a\"b", &[Line { label: "<x>", home: &[1] }], None).to_string();
        assert!(svg.contains("&lt;script&gt;&amp;&quot;"), "{svg}");
        for never in ["<script", "<x>", "style=", "a\"b"] {
            assert!(!svg.contains(never), "{never} in {svg}");
        }
        assert!(svg.contains("1 / 4 (25.0%)"));
    }

    #[test]
    fn steps_are_round() {
        let check = |most, expect| assert_eq!(nice_step(most), expect, "{most}");
        check(0, 1);
        check(5, 1);
        check(6, 2);
        check(1000, 200);
        check(1206, 500);
        check(u64::MAX, 5_000_000_000_000_000_000);
    }
}
