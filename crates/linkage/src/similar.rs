//! How alike two short words are.
//!
//! Decides nothing: a number from 0 to 1, and whether one slip of the hand lies between two words. Words of up to
//! [`LETTERS_MAX`] bytes; of longer ones the rest is not looked at. Skeletons are ASCII, so a byte is a letter.

/// The most letters that are looked at.
pub const LETTERS_MAX: usize = 64;

/// Jaro and Winkler's measure (Winkler 1990, prefix of four letters, weight 0.1): 1 for equal words, 0 where no letter is shared.
pub fn jaro_winkler(a: &[u8], b: &[u8]) -> f64 {
    let (a, b) = (&a[..a.len().min(LETTERS_MAX)], &b[..b.len().min(LETTERS_MAX)]);
    if a.is_empty() || b.is_empty() {
        return if a.len() == b.len() { 1.0 } else { 0.0 };
    }
    let jaro = jaro(a, b);
    let prefix = a.iter().zip(b).take(4).take_while(|(x, y)| x == y).count();
    jaro + prefix as f64 * 0.1 * (1.0 - jaro)
}

fn jaro(a: &[u8], b: &[u8]) -> f64 {
    let window = (a.len().max(b.len()) / 2).saturating_sub(1);
    let (mut taken_a, mut taken_b) = (0_u64, 0_u64);
    let mut matches = 0_u32;
    for (at, letter) in a.iter().enumerate() {
        let from = at.saturating_sub(window);
        let to = (at + window + 1).min(b.len());
        for (place, other) in b.iter().enumerate().take(to).skip(from) {
            if letter == other && taken_b >> place & 1 == 0 {
                taken_a |= 1 << at;
                taken_b |= 1 << place;
                matches += 1;
                break;
            }
        }
    }
    if matches == 0 {
        return 0.0;
    }
    let mut moved = 0_u32;
    while taken_a != 0 {
        let (x, y) = (taken_a.trailing_zeros() as usize, taken_b.trailing_zeros() as usize);
        moved += u32::from(a[x] != b[y]);
        taken_a &= taken_a - 1;
        taken_b &= taken_b - 1;
    }
    let matches = f64::from(matches);
    let transposed = f64::from(moved / 2);
    (matches / a.len() as f64 + matches / b.len() as f64 + (matches - transposed) / matches) / 3.0
}

/// Whether one letter inserted, left out, replaced or exchanged with its neighbour turns `a` into `b`, or nothing.
pub fn one_slip<T: PartialEq>(a: &[T], b: &[T]) -> bool {
    let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    match (&a[start..], &b[start..]) {
        ([], []) => true,
        ([_, a @ ..], [_, b @ ..]) if a == b => true,
        ([x, y, a @ ..], [v, w, b @ ..]) if x == w && y == v && a == b => true,
        ([_, rest @ ..], b) if rest == b => true,
        (a, [_, rest @ ..]) if rest == a => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_measure_is_that_of_the_literature() {
        // Winkler 1994, table of examples.
        let cases = [
            ("shackleford", "shackelford", 0.982),
            ("dunningham", "cunnigham", 0.896),
            ("nichleson", "nichulson", 0.956),
            ("jones", "johnson", 0.832),
            ("massey", "massie", 0.933),
            ("abroms", "abrams", 0.922),
            ("hardin", "martinez", 0.722),
            ("jeraldine", "geraldine", 0.926),
            ("dwayne", "duane", 0.840),
        ];
        for (a, b, expected) in cases {
            let found = jaro_winkler(a.as_bytes(), b.as_bytes());
            assert!((found - expected).abs() < 0.001, "{a} {b}: {found}");
            assert!((jaro_winkler(b.as_bytes(), a.as_bytes()) - found).abs() < 1e-12);
        }
        assert_eq!(jaro_winkler(b"", b""), 1.0);
        assert_eq!(jaro_winkler(b"", b"a"), 0.0);
        assert_eq!(jaro_winkler(&[b'a'; 200], &[b'a'; 200]), 1.0);
    }

    #[test]
    fn one_slip_is_one() {
        for (a, b) in [
            ("migda", "migda"),
            ("migda", "miga"),
            ("migda", "mikda"),
            ("migda", "midga"),
            ("migda", "migdan"),
        ] {
            assert!(one_slip(a.as_bytes(), b.as_bytes()) && one_slip(b.as_bytes(), a.as_bytes()), "{a} {b}");
        }
        for (a, b) in [("migda", "mida n"), ("migda", "gidma"), ("migda", "")] {
            assert!(!one_slip(a.as_bytes(), b.as_bytes()), "{a} {b}");
        }
    }
}
