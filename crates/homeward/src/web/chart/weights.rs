//! Weights of pairs: how many pairs weigh how much, and what one pair's weight is made of.

use super::super::words::{Lang, Words};
use super::{Fill, Svg, WIDTH, bar, close, open, patterns, put, scaled, shortened, text};

/// Bars drawn.
const BINS_MAX: usize = 60;
/// Steps drawn.
const STEPS_MAX: usize = 20;
/// Letters of a step's name.
const NAME_MAX: usize = 40;
/// Bits that the drawing spans at least, so that both limits and their names stand apart.
const SPAN: (i32, i32) = (-8, 12);
/// Height of one step: its name, its bar, a space.
const ROW: u64 = 46;

/// Pairs of some weights.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bin {
    /// The least weight, in bits.
    pub from: i32,
    /// The weight that is too much, in bits.
    pub to: i32,
    /// How many pairs.
    pub pairs: u64,
}

/// A weight of one decimal, with its sign: `+7.2`, `−0,4`.
pub fn signed(lang: Lang, bits: f32) -> String {
    let text = format!("{:.1}", bits.abs());
    let text = if lang == Lang::En { text } else { text.replace('.', ",") };
    let sign = if bits < 0.0 && text.contains(|c: char| ('1'..='9').contains(&c)) { '\u{2212}' } else { '+' };
    format!("{sign}{text}")
}

/// How many pairs weigh how much, every line ten times as many; below `review` bits they are drawn empty, below `link` hatched, else full.
/// At most 60 bars are drawn.
pub fn weights(t: &Words, id: &str, title: &str, bins: &[Bin], review: f32, link: f32) -> Svg {
    let bins = &bins[..bins.len().min(BINS_MAX)];
    // Room for a number of nine digits on a narrow screen, where letters are larger.
    let (left, top, width, height) = (124, 56, 336, 190);
    let thousandths =
        |pairs: u64| if pairs == 0 { 0 } else { ((pairs as f64).log10() * 1000.0) as u64 + 1000 };
    let most = bins.iter().map(|bin| thousandths(bin.pairs)).max().unwrap_or(0).max(1000).div_ceil(1000);
    let high = |value: u64| scaled(value, most * 1000, height);
    let first = bins.first().map_or(SPAN.0, |bin| bin.from.min(SPAN.0));
    let last = bins.last().map_or(SPAN.1, |bin| bin.to.max(SPAN.1));
    let x = |bits: f32| {
        let share = ((bits - first as f32) / (last - first).max(1) as f32).clamp(0.0, 1.0);
        left + (share * width as f32) as u64
    };
    let said: Vec<String> = bins.iter().filter(|bin| bin.pairs > 0).map(|bin| words(t, bin)).collect();
    let mut svg = open(id, top + height + 52, title, &said.join(" "));
    patterns(&mut svg, id);
    for line in 1..=most {
        let y = top + height - high(line * 1000);
        put(&mut svg, format_args!("<path class=\"hw-chart__grid\" d=\"M{left} {y}H{}\"/>", left + width));
        let label = 10_u64.checked_pow(u32::try_from(line).unwrap_or(20) - 1);
        text(&mut svg, left - 6, y + 4, "end", "", &label.map_or(String::new(), |n| t.number(n)));
    }
    for bin in bins.iter().filter(|bin| bin.pairs > 0) {
        let fill = match bin.from as f32 {
            from if from >= link => Fill::Filled,
            from if from >= review => Fill::Refilled,
            _ => Fill::Open,
        };
        let (from, to) = (x(bin.from as f32), x(bin.to as f32));
        let tall = high(thousandths(bin.pairs));
        bar(&mut svg, id, fill, (from, top + height - tall, (to - from).max(1), tall));
    }
    let bottom = top + height;
    put(&mut svg, format_args!("<path class=\"hw-chart__axis\" d=\"M{left} {bottom}H{}\"/>", left + width));
    for (bits, label, anchor) in [(review, "0.05", "end"), (link, "0.99", "start")] {
        let label = if t.lang == Lang::En { label.to_owned() } else { label.replace('.', ",") };
        put(
            &mut svg,
            format_args!("<path class=\"hw-chart__floor\" d=\"M{} {}V{bottom}\"/>", x(bits), top - 8),
        );
        text(&mut svg, x(bits), top - 14, anchor, "hw-chart__strong", &label);
    }
    let step = [5, 10, 20, 50, 100].into_iter().find(|step| (last - first) / step <= 8).unwrap_or(500);
    for bits in (first..=last).filter(|bits| bits % step == 0) {
        text(&mut svg, x(bits as f32), bottom + 20, "middle", "", &t.number(bits));
    }
    text(&mut svg, left + width, bottom + 44, "end", "", &t.s("chart-weights-bits"));
    text(&mut svg, 4, 16, "start", "", &t.s("chart-weights-pairs"));
    close(svg)
}

/// A bar in words.
fn words(t: &Words, bin: &Bin) -> String {
    let pairs = t.s1("link-pairs", "n", bin.pairs);
    t.with("chart-weights-desc", &[("from", &bin.from), ("to", &bin.to), ("n", &pairs)])
}

/// What a pair's weight is made of: one bar a step, each from where the last ended, full where it speaks for one person and hatched where
/// it speaks against; then the sum. At most 20 steps are drawn.
pub fn waterfall(t: &Words, id: &str, title: &str, steps: &[(String, f32)]) -> Svg {
    let steps = &steps[..steps.len().min(STEPS_MAX)];
    let sum: f32 = steps.iter().map(|(_, bits)| bits).sum();
    let mut at = 0.0;
    let mut ends = vec![0.0_f32];
    for (_, bits) in steps {
        at += bits;
        ends.push(at);
    }
    let low = ends.iter().copied().fold(0.0, f32::min);
    let high = ends.iter().copied().fold(0.0, f32::max);
    let (left, width) = (4, 380);
    let x = |bits: f32| left + ((bits - low) / (high - low).max(0.1) * width as f32).round() as u64;
    let value = |what: &str, bits: f32| format!("{what}: {}.", signed(t.lang, bits));
    let mut said: Vec<String> = steps.iter().map(|(what, bits)| value(what, *bits)).collect();
    said.push(value(&t.s("link-report-sum"), sum));
    let mut svg = open(id, ROW * (steps.len() as u64 + 1) + 8, title, &said.join(" "));
    patterns(&mut svg, id);
    // Nothing is marked at each bar and not between them, where the names stand.
    let floors: String = (0..=steps.len() as u64)
        .map(|row| format!("M{} {}V{}", x(0.0), ROW * row + 19, ROW * row + 39))
        .collect();
    put(&mut svg, format_args!("<path class=\"hw-chart__floor\" d=\"{floors}\"/>"));
    let total = t.s("link-report-sum");
    let sum_step = [(total, sum)];
    let all = steps.iter().chain(&sum_step).zip(ends.iter().copied().take(steps.len()).chain([0.0]));
    for (row, ((what, bits), from)) in all.enumerate() {
        let y = ROW * row as u64;
        let class = if row == steps.len() { "hw-chart__strong" } else { "" };
        text(&mut svg, left, y + 15, "start", class, &shortened(what, NAME_MAX));
        let (start, end) = (x(from), x(from + bits));
        let fill = if *bits < 0.0 { Fill::Refilled } else { Fill::Filled };
        bar(&mut svg, id, fill, (start.min(end), y + 21, start.abs_diff(end).max(1), 16));
        text(&mut svg, WIDTH - 4, y + 34, "end", "hw-chart__strong", &signed(t.lang, *bits));
    }
    close(svg)
}

#[cfg(test)]
mod tests {
    use super::*;

    const T: Words = Words { lang: Lang::En };

    #[test]
    fn a_weight_has_its_sign_and_the_languages_comma() {
        let check = |lang, bits, expect: &str| assert_eq!(signed(lang, bits), expect);
        check(Lang::En, 7.24, "+7.2");
        check(Lang::Uk, -0.44, "\u{2212}0,4");
        check(Lang::Ru, -0.01, "+0,0");
        check(Lang::En, 0.0, "+0.0");
    }

    #[test]
    fn pairs_stand_by_weight_each_line_ten_times_the_last() {
        let bins = [
            Bin { from: -6, to: -4, pairs: 1_000 },
            Bin { from: 0, to: 2, pairs: 10 },
            Bin { from: 12, to: 14, pairs: 1 },
        ];
        let svg = weights(&T, "w", "Weights", &bins, -4.2, 6.6).to_string();
        let has = |part: &str| assert!(svg.contains(part), "{part} in {svg}");
        has("\u{2212}6 to \u{2212}4 bits: 1,000 pairs. 0 to 2 bits: 10 pairs. 12 to 14 bits: 1 pair.</desc>");
        has("class=\"hw-chart__frame\" x=\"154\" y=\"56\" width=\"31\" height=\"190\"");
        has("fill=\"url(#w-refilled)\" x=\"246\" y=\"151\" width=\"30\" height=\"95\"");
        has("hw-chart__filled\" x=\"429\" y=\"198\" width=\"31\" height=\"48\"");
        has(">1,000</text>");
        has(">0.99</text>");
        for bins in [vec![], vec![Bin { from: 0, to: 2, pairs: u64::MAX }; 100]] {
            assert!(weights(&T, "w", "Weights", &bins, -4.2, 6.6).to_string().ends_with("</svg>"));
        }
    }

    #[test]
    fn labels_stand_within_the_drawing_and_apart_where_letters_are_large() {
        // On a narrow screen letters are 18 units high; a digit or a letter is hardly wider than 11.5.
        let place = |label: &str| {
            let number = |name: &str| -> f32 {
                let rest = label.split_once(&format!(" {name}=\"")).unwrap().1;
                rest.split('"').next().unwrap().parse().unwrap()
            };
            let words = label.split_once('>').unwrap().1;
            let wide = words.chars().map(|c| if c.is_alphanumeric() { 11.5 } else { 5.8 }).sum::<f32>();
            let at = number("x");
            let left = match () {
                () if label.contains("\"end\"") => at - wide,
                () if label.contains("\"middle\"") => at - wide / 2.0,
                () => at,
            };
            (left, left + wide, number("y") - 13.5, number("y") + 3.5)
        };
        let check = |bins: &[Bin], lang| {
            let svg = weights(&Words { lang }, "w", "Weights", bins, -4.2, 6.6).to_string();
            let texts = svg.split("<text").skip(1).map(|rest| rest.split_once("</text>").unwrap().0);
            // The words above and below the drawing are the translators' to keep short.
            let labels: Vec<&str> =
                texts.filter(|text| text.ends_with(|c: char| c.is_ascii_digit())).collect();
            for (at, label) in labels.iter().enumerate() {
                let (left, right, top, bottom) = place(label);
                assert!(left >= 0.0 && right <= WIDTH as f32, "outside: {label}");
                for other in &labels[at + 1..] {
                    let (l, r, t, b) = place(other);
                    assert!(left >= r || l >= right || top >= b || t >= bottom, "{label} and {other}");
                }
            }
            assert!(labels.len() >= 5, "{labels:?}");
        };
        for lang in Lang::ALL {
            for (from, to) in [(-8, -6), (0, 2), (10, 12), (30, 32)] {
                check(&[Bin { from, to, pairs: 3 }], lang);
            }
            let all: Vec<Bin> =
                (-30..30).map(|at| Bin { from: 2 * at, to: 2 * at + 2, pairs: 12_345_678 }).collect();
            check(&all, lang);
        }
    }

    #[test]
    fn a_weight_falls_and_rises_to_its_sum() {
        let step = |what: &str, bits: f32| (what.to_owned(), bits);
        let steps = [step("before", -10.0), step("<name>", 15.0), step("born", -1.0)];
        let svg = waterfall(&T, "p", "Pair", &steps).to_string();
        let has = |part: &str| assert!(svg.contains(part), "{part} in {svg}");
        has("before: \u{2212}10.0. &lt;name&gt;: +15.0. born: \u{2212}1.0. sum: +4.0.</desc>");
        has("fill=\"url(#p-refilled)\" x=\"4\" y=\"21\" width=\"253\"");
        has("hw-chart__filled\" x=\"4\" y=\"67\" width=\"380\"");
        has("fill=\"url(#p-refilled)\" x=\"359\" y=\"113\" width=\"25\"");
        has("hw-chart__filled\" x=\"257\" y=\"159\" width=\"102\"");
        has("hw-chart__floor\" d=\"M257 19V39M257 65V85M257 111V131M257 157V177\"/>");
        assert!(waterfall(&T, "p", "Pair", &[]).to_string().ends_with("</svg>"));
    }
}
