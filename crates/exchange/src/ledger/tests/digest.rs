//! The bytes under a ledger's digest, as `docs/formats/ledger.md` has them.

use super::*;
use sha2::{Digest as _, Sha256};

fn sha(bytes: &[u8]) -> Digest {
    Digest(Sha256::digest(bytes).into())
}

/// Bytes written as words: hexadecimal digits, `#7` for item 7, everything else left out.
fn bytes(words: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for word in words.lines().map(|line| line.split('|').next().unwrap()).flat_map(str::split_whitespace) {
        match word.strip_prefix('#') {
            Some(number) => bytes.extend(item(number.parse().unwrap()).0),
            None => bytes.extend(
                (0..word.len() / 2).map(|at| u8::from_str_radix(&word[2 * at..2 * at + 2], 16).unwrap()),
            ),
        }
    }
    bytes
}

/// The head of every digest, the sections, and their hash.
fn of(terms: &Terms, sections: &str) -> Digest {
    sha(&[&b"homeward ledger v2\0"[..], &terms.digest().0, &bytes(sections)].concat())
}

const NOBODY: &str = "00000000";

#[test]
fn an_empty_ledger_is_its_terms_and_five_noughts() {
    let terms = rounds();
    assert_eq!(Ledger::open(&terms).digest(), of(&terms, &[NOBODY; 5].join(" ")));
}

#[test]
fn persons_and_slots_of_a_round() {
    let terms = rounds();
    let ledger = booked(&terms, "1aL1 1aL2 1aV1 1aF3 1aH2 1aG3 1aD3 1aT3 will+1 will-1 will+2");
    let expected = of(&terms, "
        00000003                    | three lines
        #1 00 00000001 00000000     | item, leg, round, a person
        01 ff                       | category, no class
        00000000 00000000 00000000 00000000 00000000 00000000 00000000 | listed, pending, disputed, acknowledged, held, carried, filled
        00000000 00000000 00000001  | declared by each, left
        02 ff                       | was listed, not outside
        #2 00 00000001 00000000 01 ff
        00000000 00000000 00000000 00000000 00000000 00000000 00000001
        00000000 00000000 00000000
        02 ff
        #3 00 00000001 00000000 01 ff
        00000000 00000000 00000000 00000000 00000000 00000000 00000000
        00000000 00000000 00000001
        03 ff                       | was listed, and taken back
        00000001                    | one leg of one round
        00000001 00                 | round, leg
        00000002 00000000 00000001 00000001 | opened, taken, open, received
        01                          | somebody was listed
        00000002                    | two left
        #1 00 00000001              | refused
        #3 ff 00000001              | taken back
        00000001 #3                 | one came for another
        00000001 #3 04 00000001     | one disputed: other person
        00000002                    | two with gates: will, clearance, fitness, verification, security
        #1 0100000000 0100000000    | passed once, then failed
        #2 0100000000 0000000000
        00000000                    | nobody identified
        00000000                    | nothing stated
    ");
    assert_eq!(ledger.digest(), expected);
}

#[test]
fn lots_legs_identities_and_sums() {
    let terms = open();
    let ledger = booked(
        &terms,
        "eG9x6/0.1 eR9x7/0.1 eC9x2/0.1 eK9x3/0.1 aO8x4 cH5 cI5=50 a!stop b!ready 2aS100 aS7@calder",
    );
    let expected = of(
        &terms,
        "
        00000003
        #5 02 00000000 00000000 ff ff
        00000000 00000000 00000000 00000000 00000000 00000000 00000001
        00000000 00000000 00000000
        00 ff
        #8 00 00000000 00000004 ff ff | a lot of four
        00000000 00000000 00000000 00000000 00000000 00000000 00000000
        00000000 00000000 00000000
        00 00                       | returned by law
        #9 04 00000000 00000006 01 00 | a lot first counted as six, category, class
        00000000 00000000 00000000 00000001 00000000 00000004 00000002
        00000002 00000003 00000000
        00 ff
        00000004                    | four legs
        00000000 00 00000000 00000000 00000000 00000000 04 | stopped
        00000000 00000000 00000000
        00000000 01 00000000 00000000 00000000 00000000 02 | ready
        00000000 00000000 00000000
        00000000 02 00000001 00000000 00000000 00000001 00
        00000000 00000000 00000000
        00000000 04 00000007 00000001 00000000 00000006 00
        00000000 00000000 00000000
        00000000
        00000001 02 #50 #5          | leg, person, container
        00000002
        00 00 01 00000002 00000064  | who states it, leg, of one round, which, so many
        03 00 00 00000000 00000007  | of all rounds
    ",
    );
    assert_eq!(ledger.digest(), expected);
}

#[test]
fn whatever_differs_shows_in_the_digest() {
    // Each pair differs in one thing that a later act or question can tell.
    let cases: &[(&str, &str)] = &[
        ("aL1", "aL2"),
        ("aL1", "aG1"),
        ("aO8x4", "aO8x5"),
        ("aO8x4", "aU8x4"),
        ("aL1 aV1", "aL1 aV1:died"),
        ("aL1 aG1 aV1", "aL1 aG1 aT1"),
        ("aG1", "aL1 aG1"),
        ("", "a!stop"),
        ("a!ready", "b!ready"),
        ("", "will+1"),
        ("will+1", "will+1 will+1"),
        ("will+1", "will+1 will-1"),
        ("", "aS5"),
        ("aS5", "0aS5"),
        ("aH1.0", "aH1.1"),
        ("cH1 cI1=5", "cH1 cI1=6"),
        ("aG1 aD1 aR1", "aG1 aR1"),
        ("aL1 aV1 aL2", "aL1 aV1 aF2"),
        ("eH1 eC1", "eH1 eK1"),
    ];
    let terms = open();
    for (one, other) in cases {
        assert_ne!(booked(&terms, one).digest(), booked(&terms, other).digest(), "{one} and {other}");
    }
    // Held, and filled with its group: the lines are the same, the legs are not.
    let ready = "1aL1 1aL2 1bL3 1cL4 1a!ready 1b!ready 1c!ready 1aH1 1bH3 1cH4";
    let complete = booked(&grouped(), &format!("{ready} 1aV2"));
    let stopped = booked(&grouped(), &format!("{ready} 1a!stop 1aV2"));
    assert_eq!(complete.lines(), stopped.lines());
    assert_ne!(complete.digest(), stopped.digest());
}
