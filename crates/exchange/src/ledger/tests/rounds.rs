//! A thousand rounds by a ratio: the difference that is carried is the exact one, and giving what is due keeps it under one head.

use proptest::prelude::*;

use super::*;
use crate::agreement::Rounding;
use crate::rational::Rational;

/// Legs out and back of persons who are all to go, with one ratio between them.
fn between(classes: &str, sides: &str, rounding: &str) -> Terms {
    terms_of(
        &[
            leg("out", "aronia", "belmar", "", "all = true"),
            leg("back", "belmar", "aronia", "", "all = true"),
            classes.to_owned(),
            format!(
                "[[ratios]]\nid = \"r\"\nclause = 3\nsides = [{sides}]\nrounding = \"{rounding}\"\ncarry = \"carried\"\n"
            ),
        ]
        .concat(),
    )
}

/// Numbers without a pattern.
fn chance(seed: u64) -> impl FnMut(u64) -> u32 {
    let mut state = seed;
    move |below| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((state >> 33) % below).unwrap()
    }
}

/// A lot that both sides say has gone.
fn gone(terms: &Terms, ledger: &mut Ledger, leg: u8, round: u32, class: Option<u8>, count: u32) {
    if count == 0 {
        return;
    }
    let item = item(round << 8 | u32::from(leg) << 6 | class.map_or(63, u32::from));
    let (category, who) = (None, Who::Lot(count));
    for kind in [MoveKind::Released, MoveKind::Received] {
        let of = &terms.legs[usize::from(leg)];
        let by = if kind == MoveKind::Released { &of.from } else { &of.to };
        let what = What::Move(Move { leg, round, item, who, category, class, kind });
        ledger.post(terms, &Act { at: None, by: terms.voice(by.as_str()).unwrap(), what }).unwrap();
    }
}

/// One side gives any number a round, the other what is due.
fn by_head(each: i128, rounding: (&str, Rounding), numbers: impl Iterator<Item = u32>) {
    let sides = format!("{{ legs = [\"out\"], each = 1 }}, {{ legs = [\"back\"], each = {each} }}");
    let terms = between("", &sides, rounding.0);
    let mut ledger = Ledger::open(&terms);
    let (mut out, mut back) = (0_i128, 0_i128);
    for (round, number) in (1..).zip(numbers) {
        gone(&terms, &mut ledger, 0, round, None, number);
        out += i128::from(number);
        // Recounted in whole numbers: nothing is due from the second side while it has given more.
        let open = (out - each * back).max(0);
        let expected = match rounding.1 {
            Rounding::Down => open / each,
            Rounding::Up => (open + each - 1) / each,
            Rounding::Nearest => (2 * open + each) / (2 * each),
        };
        let found = &ratio_balances(&terms, &ledger).unwrap()[0];
        assert_eq!(found.difference, Rational::whole(out - each * back), "round {round}");
        let due = found.due.as_ref().filter(|due| due.side == 1).map_or(0, |due| due.heads.unwrap());
        assert_eq!(due, expected, "round {round}");
        gone(&terms, &mut ledger, 1, round, None, u32::try_from(due).unwrap());
        back += due;
        let left = ratio_balances(&terms, &ledger).unwrap()[0].difference;
        assert_eq!(left, Rational::whole(out - each * back), "round {round}");
        assert!((out - each * back).abs() < each, "round {round}: {left} is a head or more");
    }
}

/// Classes, their worths over and under the line, in falling order; the least worth is two.
const RANKS: [(&str, i128, i128); 5] =
    [("general", 60, 1), ("colonel", 15, 1), ("captain", 853, 146), ("ensign", 77, 16), ("sergeant", 2, 1)];
/// What all the worths above are a whole number of.
const UNITS: i128 = 146 * 16;

/// By rank: the other side gives the greatest ranks that are not more than what is due.
fn by_rank(seed: u64, rounds: u32) {
    let class = |(id, ..): &(&str, i128, i128)| format!("[[classes]]\nid = \"{id}\"\nname = WORDS\n");
    let worth = |(id, over, under): &(&str, i128, i128)| {
        format!("{{ class = \"{id}\", worth = \"{over}/{under}\" }}")
    };
    let worths = RANKS.iter().map(worth).collect::<Vec<_>>().join(", ");
    let classes = RANKS.iter().map(class).collect::<String>();
    let scale = format!("[[scales]]\nid = \"rank\"\nclause = 2\nworths = [{worths}]\n");
    let sides = "{ legs = [\"out\"], scale = \"rank\" }, { legs = [\"back\"], scale = \"rank\" }";
    let text = format!("{sides}],\nequal_first = true\n#");
    let terms = between(&(classes + &scale), text.replace("],\n", "]\n").as_str(), "down");
    let mut ledger = Ledger::open(&terms);
    let mut next = chance(seed);
    let mut exact = 0_i128;
    for round in 1..=rounds {
        for (place, (_, over, under)) in (0_u8..).zip(&RANKS) {
            let count = next(7);
            gone(&terms, &mut ledger, 0, round, Some(place), count);
            exact += i128::from(count) * over * (UNITS / under);
        }
        let found = &ratio_balances(&terms, &ledger).unwrap()[0];
        assert_eq!(found.difference, Rational::new(exact, UNITS).unwrap(), "round {round}");
        let Some(due) = found.due.clone() else { continue };
        assert_eq!((due.side, due.heads), (1, None), "round {round}: by rank no number of heads is due");
        let mut value = due.value;
        for (place, (_, over, under)) in (0_u8..).zip(&RANKS) {
            let each = Rational::new(*over, *under).unwrap();
            let count = u32::try_from(value.by(each).unwrap().floor()).unwrap();
            gone(&terms, &mut ledger, 1, round, Some(place), count);
            let given = each.times(Rational::whole(i128::from(count))).unwrap();
            value = value.plus(given.minus().unwrap()).unwrap();
            exact -= i128::from(count) * over * (UNITS / under);
        }
        let found = &ratio_balances(&terms, &ledger).unwrap()[0];
        assert_eq!(found.difference, Rational::new(exact, UNITS).unwrap(), "round {round}");
        assert!((0..2 * UNITS).contains(&exact), "round {round}: a head or more is left");
        // What is matched like for like is worth the same on both sides, so that it takes nothing from the difference.
        for line in &found.classes {
            assert_eq!(
                (line.matched + line.left[0], line.matched + line.left[1]),
                (line.heads[0], line.heads[1])
            );
        }
    }
}

const ROUNDINGS: [(&str, Rounding); 3] =
    [("down", Rounding::Down), ("up", Rounding::Up), ("nearest", Rounding::Nearest)];

#[test]
fn a_thousand_rounds_at_three_and_at_thirty_to_one_leave_less_than_a_head() {
    for each in [3, 30] {
        for rounding in ROUNDINGS {
            let mut next = chance(u64::try_from(each).unwrap());
            by_head(each, rounding, (0..1_000).map(|_| next(101)));
        }
    }
}

#[test]
fn a_thousand_rounds_by_rank_leave_less_than_a_sergeant() {
    by_rank(1864, 1_000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn nothing_leaks_at_any_ratio(
        each in 1..61_i128,
        rounding in 0..3_usize,
        numbers in prop::collection::vec(0..200_u32, 1..6),
    ) {
        by_head(each, ROUNDINGS[rounding], numbers.into_iter());
    }

    #[test]
    fn nothing_leaks_by_rank(seed in any::<u64>()) {
        by_rank(seed, 2);
    }
}
