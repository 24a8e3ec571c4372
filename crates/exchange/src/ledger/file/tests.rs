//! Cases of rows: a header, one row, and what it says or why it is refused; then properties of any bytes at all.

use super::super::{
    ConditionAct, GateOutcome, Ground, Ledger, LegAct, Move, MoveKind, NoticeAct, PhaseAct, What, Who,
    balances,
};
use super::words::WORDS;
use super::*;
use crate::agreement::{Family, GateKind};
use proptest::prelude::*;
use sha2::{Digest as _, Sha256};
use std::sync::LazyLock;

const TERMS: &str = include_str!("../../agreement/tests/every-section.toml");
const ROUNDS: &str = include_str!("../../../../../examples/agreements/istanbul-shaped.toml");
const HEADER: &str = "at,by,act,leg,round,item,count,category,class,about,note,source\n";

fn terms() -> &'static Terms {
    static PARSED: LazyLock<Terms> = LazyLock::new(|| Terms::parse(TERMS).unwrap());
    &PARSED
}

fn read(terms: &Terms, text: &str) -> Result<Vec<(u32, Act)>, ActsError> {
    Acts::over(terms, text.as_bytes())?.map(|read| read.map(|(line, act)| (line.0, act))).collect()
}

fn row(row: &str) -> Result<Vec<Act>, ActsError> {
    let read = read(terms(), &format!("{HEADER}{row}"))?;
    Ok(read.into_iter().map(|(_, act)| act).collect())
}

fn moved(leg: u8, label: &str, who: Who, kind: MoveKind) -> What {
    let item = item_of_label(label).unwrap();
    What::Move(Move { leg, round: 0, item, who, category: None, class: None, kind })
}

// Voices of the terms: aronia 0, belmar 1, dorland 2, calder 3, everly 4. Legs: to-belmar 0, to-aronia 1, wounded 2,
// fallen 3, effects 4, to-dorland 5.

#[test]
fn every_act_reads_as_what_it_says() {
    let one = |by: u8, what| vec![(by, what)];
    let person = item_of_label("p").unwrap();
    let cases: Vec<(&str, Vec<(u8, What)>)> = vec![
        (",belmar,listed,to-belmar,,p,,,,,,", one(1, moved(0, "p", Who::One, MoveKind::Listed))),
        (",calder,refilled,to-belmar,,p,,,,,,", one(3, moved(0, "p", Who::One, MoveKind::Refilled))),
        (
            ",aronia,vacated,to-belmar,,p,,,,died,,",
            one(0, moved(0, "p", Who::One, MoveKind::Vacated(Ground::Died))),
        ),
        (
            ",aronia,released,to-belmar,,lot 1,50,,,,,",
            one(0, moved(0, "lot 1", Who::Lot(50), MoveKind::Released)),
        ),
        (",belmar,received,to-belmar,,p,,,,,,", one(1, moved(0, "p", Who::One, MoveKind::Received))),
        (
            ",both,handed-over,to-belmar,,p,,,,,,",
            vec![
                (0, moved(0, "p", Who::One, MoveKind::Released)),
                (1, moved(0, "p", Who::One, MoveKind::Received)),
            ],
        ),
        (
            ",belmar,disputed,to-belmar,,p,,,,other-person,,",
            one(1, moved(0, "p", Who::One, MoveKind::Disputed(Ground::OtherPerson))),
        ),
        (",aronia,taken-back,to-belmar,,p,,,,,,", one(0, moved(0, "p", Who::One, MoveKind::TakenBack))),
        (",belmar,declared,to-aronia,,p,,,,,,", one(1, moved(1, "p", Who::One, MoveKind::Declared))),
        (
            ",both,declared,to-aronia,,p,,,,,,",
            vec![
                (1, moved(1, "p", Who::One, MoveKind::Declared)),
                (0, moved(1, "p", Who::One, MoveKind::Declared)),
            ],
        ),
        (
            ",aronia,returned-outside,to-belmar,,p,3,,,by-law,,",
            one(0, moved(0, "p", Who::Lot(3), MoveKind::ReturnedOutside(Family::ByLaw))),
        ),
        (
            ",belmar,identified,fallen,,box,,,,p,,",
            one(1, moved(3, "box", Who::One, MoveKind::Identified { person })),
        ),
        (
            ",everly,identity-withdrawn,fallen,,box,,,,p,,",
            one(4, moved(3, "box", Who::One, MoveKind::IdentityWithdrawn { person })),
        ),
        (
            ",calder,gate-passed,,,p,,,,will,,",
            one(3, What::Gate { item: person, gate: GateKind::Will, outcome: GateOutcome::Passed }),
        ),
        (
            ",aronia,gate-failed,to-belmar,,p,,,,fitness,,",
            one(0, What::Gate { item: person, gate: GateKind::Fitness, outcome: GateOutcome::Failed }),
        ),
        (",calder,ready,to-belmar,2,,,,,,,", one(3, What::Leg { leg: 0, round: 2, kind: LegAct::Ready })),
        (",belmar,aborted,to-belmar,,,,,,,,", one(1, What::Leg { leg: 0, round: 0, kind: LegAct::Aborted })),
        (
            ",belmar,leg-resumed,to-belmar,,,,,,,,",
            one(1, What::Leg { leg: 0, round: 0, kind: LegAct::Resumed }),
        ),
        (",dorland,phase-opened,,,,,,,second,,", one(2, What::Phase { phase: 1, kind: PhaseAct::Opened })),
        (
            ",aronia,phase-completed,,,,,,,first,,",
            one(0, What::Phase { phase: 0, kind: PhaseAct::Completed }),
        ),
        (
            ",aronia,phase-suspended,,,,,,,first,,",
            one(0, What::Phase { phase: 0, kind: PhaseAct::Suspended }),
        ),
        (",aronia,phase-resumed,,,,,,,first,,", one(0, What::Phase { phase: 0, kind: PhaseAct::Resumed })),
        (",dorland,notice,,,7,,,,8,,", one(2, What::Notice { no: 7, kind: NoticeAct::Given { clause: 8 } })),
        (",aronia,reply,,,7,,,,,,", one(0, What::Notice { no: 7, kind: NoticeAct::Replied })),
        (",dorland,notice-closed,,,7,,,,,,", one(2, What::Notice { no: 7, kind: NoticeAct::Closed })),
        (
            ",everly,observed,,,p,,,,quiet,,",
            one(4, What::Condition { condition: 2, kind: ConditionAct::Observed { item: Some(person) } }),
        ),
        (
            ",everly,observed,,,,,,,quiet,,",
            one(4, What::Condition { condition: 2, kind: ConditionAct::Observed { item: None } }),
        ),
        (
            ",belmar,condition-ended,,,,,,,stay,,",
            one(1, What::Condition { condition: 1, kind: ConditionAct::Ended }),
        ),
        (",everly,states,to-belmar,,,300,,,,,", one(4, What::States { leg: 0, round: None, count: 300 })),
        (",aronia,states,to-belmar,2,,0,,,,,", one(0, What::States { leg: 0, round: Some(2), count: 0 })),
    ];
    assert!(WORDS.iter().all(|(word, _)| cases.iter().any(|(row, _)| row.contains(&format!(",{word},")))));
    for (text, expected) in cases {
        let expected: Vec<_> =
            expected.into_iter().map(|(by, what)| Act { at: None, by: Voice(by), what }).collect();
        assert_eq!(row(text).map_err(|error| error.to_string()), Ok(expected), "{text}");
    }
}

#[test]
fn category_class_round_and_moment_are_read() {
    let acts = row("2031-03-12T08:00:00+02:00,belmar,received,to-belmar,3,p,4,wounded,officer,,,").unwrap();
    assert_eq!(acts[0].at, Some(Moment::read("2031-03-12T06:00:00Z").unwrap()));
    let What::Move(read) = acts[0].what else { panic!("a move") };
    assert_eq!((read.round, read.who, read.category, read.class), (3, Who::Lot(4), Some(0), Some(1)));
    let day = row("2031-03-10,belmar,received,to-belmar,,p,,,,,,").unwrap();
    assert_eq!(day[0].at, Some(Moment::read("2031-03-10T00:00:00Z").unwrap()));
}

#[test]
fn a_row_without_a_moment_may_follow_one_that_has_it() {
    let rows = format!(
        "{HEADER}2031-03-12,aronia,released,to-belmar,,a,,,,,,\n,aronia,released,to-belmar,,b,,,,,,\n\
         2031-03-12,aronia,released,to-belmar,,c,,,,,,\n"
    );
    let moments: Vec<_> = read(terms(), &rows).unwrap().into_iter().map(|(_, act)| act.at).collect();
    let day = Moment::read("2031-03-12");
    assert_eq!(moments, [day, None, day]);
}

#[test]
fn a_row_is_refused_with_line_column_and_reason() {
    let cases = [
        (",belmar,lost,to-belmar,,p,,,,,,", "line 2: act: \"lost\" is not an act, such as released"),
        (",belmar,,to-belmar,,p,,,,,,", "line 2: act: \"\" is not an act"),
        (",,received,to-belmar,,p,,,,,,", "line 2: by: empty; received needs who states it"),
        (
            ",everly2,received,to-belmar,,p,,,,,,",
            "line 2: by: party or neutral \"everly2\" is not in the terms",
        ),
        (",both,received,to-belmar,,p,,,,,,", "line 2: by: received is stated by one side; `both` is for"),
        (",aronia,handed-over,to-belmar,,p,,,,,,", "line 2: by: handed-over is stated by `both`"),
        ("tomorrow,belmar,received,to-belmar,,p,,,,,,", "line 2: at: \"tomorrow\" is not a date, or"),
        (
            "2031-03-12T08:00:00,belmar,received,to-belmar,,p,,,,,,",
            "line 2: at: \"2031-03-12T08:00:00\" is not",
        ),
        (
            "2031-03-09,belmar,received,to-belmar,,p,,,,,,",
            "at: 2031-03-09T00:00:00Z is before the day of signing",
        ),
        (
            "2031-03-09,everly,states,to-belmar,,,1,,,,,",
            "at: 2031-03-09T00:00:00Z is before the day of signing",
        ),
        (",belmar,received,,,p,,,,,,", "line 2: leg: empty; received needs the id of a leg"),
        (",belmar,received,to-everly,,p,,,,,,", "line 2: leg: leg \"to-everly\" is not in the terms"),
        (",belmar,received,to-belmar,0,p,,,,,,", "line 2: round: \"0\" is not a whole number from 1"),
        (",belmar,received,to-belmar,one,p,,,,,,", "line 2: round: \"one\" is not a whole number"),
        (
            ",belmar,received,to-belmar,,,,,,,,",
            "line 2: item: empty; received needs the label of a person or a lot",
        ),
        (",belmar,received,to-belmar,, p,,,,,,", "line 2: item: not a label of 1 to 64 visible characters"),
        (
            ",belmar,received,to-belmar,,p,0,,,,,",
            "line 2: count: \"0\" is not a whole number from 1 to 100000000",
        ),
        (",belmar,received,to-belmar,,p,+5,,,,,", "line 2: count: \"+5\" is not a whole number"),
        (
            ",belmar,received,to-belmar,,p,4294967297,,,,,",
            "count: \"4294967297\" is not a whole number from 1",
        ),
        (
            ",belmar,received,to-belmar,,p,,well,,,,",
            "line 2: category: category \"well\" is not in the terms",
        ),
        (",belmar,received,to-belmar,,p,,,king,,,", "line 2: class: class \"king\" is not in the terms"),
        (",belmar,received,to-belmar,,p,,,,died,,", "line 2: about: received has no about; leave it empty"),
        (",both,handed-over,to-belmar,,p,,,,died,,", "line 2: about: handed-over has no about"),
        (",aronia,vacated,to-belmar,,p,,,,,,", "line 2: about: empty; vacated needs a ground, or not-stated"),
        (
            ",aronia,vacated,to-belmar,,p,,,,tired,,",
            "line 2: about: \"tired\" is not refused, died, recovered",
        ),
        (
            ",aronia,returned-outside,to-belmar,,p,,,,exchange,,",
            "about: \"exchange\" is not by-law or unilateral",
        ),
        (
            ",aronia,released,to-aronia,,p,,,,,,",
            "line 2: clause 1: by: aronia cannot state released: it is stated by belmar, who releases along to-aronia",
        ),
        (
            ",calder,released,to-belmar,,p,,,,,,",
            "clause 1: by: calder cannot state released: it is stated by aronia, who",
        ),
        (
            ",aronia,received,to-belmar,,p,,,,,,",
            "clause 1: by: aronia cannot state received: it is stated by belmar, who receives along to-belmar",
        ),
        (",aronia,disputed,to-belmar,,p,,,,died,,", "clause 1: by: aronia cannot state disputed"),
        (",belmar,taken-back,to-belmar,,p,,,,,,", "clause 1: by: belmar cannot state taken-back"),
        (
            ",calder,declared,to-belmar,,p,,,,,,",
            "clause 1: by: calder cannot state declared: it is stated by aronia or belmar",
        ),
        (
            ",dorland,listed,to-belmar,,p,,,,,,",
            "clause 1: by: dorland cannot state listed: it is stated by aronia or belmar, between whom to-belmar goes, or a neutral",
        ),
        (",dorland,ready,to-belmar,,,,,,,,", "clause 1: by: dorland cannot state ready"),
        (",dorland,aborted,to-belmar,,,,,,,,", "clause 1: by: dorland cannot state aborted"),
        (
            ",belmar,identified,to-belmar,,p,,,,q,,",
            "clause 1: leg: identified is about remains, and no remains go",
        ),
        (
            ",belmar,identified,fallen,,p,1,,,q,,",
            "line 2: count: identified is said of one person, not of a lot",
        ),
        (",belmar,identified,fallen,,p,,,,,,", "line 2: about: empty; identified needs the label"),
        (
            ",calder,gate-passed,,,p,5,,,will,,",
            "line 2: count: gate-passed is said of one person, not of a lot",
        ),
        (",calder,gate-passed,,,p,,,,clearance,,", "line 2: about: gate \"clearance\" is not in the terms"),
        (",calder,gate-passed,,,p,,,,hunger,,", "line 2: about: gate \"hunger\" is not in the terms"),
        (
            ",aronia,gate-passed,,,p,,,,will,,",
            "clause 6: by: aronia cannot state gate-passed: it is stated by calder",
        ),
        (
            ",belmar,gate-passed,to-belmar,,p,,,,fitness,,",
            "clause 6: by: belmar cannot state gate-passed: it is stated by who holds the person",
        ),
        (
            ",aronia,gate-passed,to-belmar,,p,,,,verification,,",
            "clause 6: by: aronia cannot state gate-passed: it is stated by who receives the person",
        ),
        (",dorland,gate-passed,,,p,,,,fitness,,", "clause 6: by: dorland cannot state gate-passed"),
        (",aronia,phase-opened,,,,,,,fourth,,", "line 2: about: phase \"fourth\" is not in the terms"),
        (
            ",aronia,phase-opened,,,,,,,second,,",
            "clause 7: by: aronia cannot state phase-opened: it is stated by a party to a leg of second",
        ),
        (",calder,phase-opened,,,,,,,second,,", "clause 7: by: calder cannot state phase-opened"),
        (
            ",aronia,phase-opened,to-belmar,,,,,,first,,",
            "line 2: leg: phase-opened has no leg; leave it empty",
        ),
        (",calder,notice,,,1,,,,8,,", "clause 9: by: calder cannot state notice: it is stated by a party"),
        (",aronia,notice,,,0,,,,8,,", "line 2: item: \"0\" is not a whole number from 1"),
        (",aronia,notice,,,1,,,,18,,", "line 2: about: clause \"18\" is not in the terms"),
        (",aronia,notice,,,1,,,,,,", "line 2: about: empty; notice needs the number of a clause"),
        (",aronia,reply,,,1,,,,8,,", "line 2: about: reply has no about"),
        (",aronia,observed,,,,,,,quit,,", "line 2: about: condition \"quit\" is not in the terms"),
        (
            ",calder,condition-ended,,,,,,,quiet,,",
            "clause 8: by: calder cannot state condition-ended: it is stated by a party",
        ),
        (",aronia,states,to-belmar,,,,,,,,", "line 2: count: empty; states needs a sum"),
        (",aronia,states,to-belmar,,p,5,,,,,", "line 2: item: states has no item; leave it empty"),
        (",belmar,received,to-belmar,,p,,,,,", "line 2: the row has 11 cells, the header has 12"),
        (",belmar,received,to-belmar,,p,,,,,,,", "line 2: the row has 13 cells, the header has 12"),
        (",belmar,received,to-belmar,,p\"q\",,,,,,", "line 2: a quote stands inside a cell"),
        (",belmar,received,to-belmar,,\"p\"q,,,,,,", "line 2: a quote stands inside a cell"),
        (",belmar,received,to-belmar,,p,,,,,\"a\nb,", "line 2: a quoted cell has no end"),
    ];
    for (text, expected) in cases {
        match row(text) {
            Ok(_) => panic!("{text} was accepted"),
            Err(error) => assert!(error.to_string().contains(expected), "{text}: {error}"),
        }
    }
}

#[test]
fn a_label_is_not_shown_in_a_refusal() {
    let cases = [
        ",belmar,received,to-belmar,,Ivan\u{200b} Secret,,,,,,",
        ",belmar,identified,fallen,,box,,,,Ivan\u{200b} Secret,,",
        ",everly,observed,,,\tSecret,,,,quiet,,",
        ",aronia,received,to-belmar,,Secret,,,,,,",
        ",aronia,states,to-belmar,,Secret,1,,,,,",
    ];
    for text in cases {
        let error = row(text).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("Secret"), "{error}");
    }
}

#[test]
fn a_file_is_refused_by_its_header_and_its_size() {
    let many = "x,".repeat(COLUMNS_MAX) + "x";
    let cases = [
        ("", "the file has no header row"),
        ("\n\r\n", "the file has no header row"),
        ("by,act,who\n", "line 1: there is no column \"who\"; the columns are at, by, act, leg,"),
        ("\n\nby,act,who\n", "line 3: there is no column"),
        ("by,act,by\n", "line 1: by: the column stands twice"),
        ("by,at\n", "line 1: act: the column is missing"),
        (many.as_str(), "line 1: a row has more than 16 columns"),
        ("\"by", "line 1: a quoted cell has no end"),
    ];
    let terms = terms();
    for (text, expected) in cases {
        let error = Acts::over(terms, text.as_bytes()).err().unwrap().to_string();
        assert!(error.contains(expected), "{text}: {error}");
    }
    let error = Acts::over(terms, b"by,act\nbelmar,\xff").err().unwrap().to_string();
    assert_eq!(error, "line 2: the bytes are not UTF-8");
    let long = |length| format!("by,act,leg,item,note\nbelmar,received,to-belmar,p,{}", "x".repeat(length));
    assert!(read(terms, &long(CELL_BYTES_MAX)).is_ok());
    let error = read(terms, &long(CELL_BYTES_MAX + 1)).unwrap_err().to_string();
    assert_eq!(error, "line 2: a cell has more than 4096 bytes");
    let long =
        |length| format!("by,act,leg,item,note\nbelmar,received,to-belmar,p,\"{}\"", "x".repeat(length));
    assert!(read(terms, &long(CELL_BYTES_MAX)).is_ok());
    assert!(read(terms, &long(CELL_BYTES_MAX + 1)).is_err());
}

#[test]
fn a_round_is_one_of_the_terms_where_they_have_rounds() {
    let terms = Terms::parse(ROUNDS).unwrap();
    let of = |round: u32| format!("by,act,leg,round,item\nbelmar,received,to-belmar,{round},p");
    assert!(read(&terms, &of(8)).is_ok());
    assert_eq!(
        read(&terms, &of(9)).unwrap_err().to_string(),
        "line 2: round: round \"9\" is not in the terms"
    );
}

#[test]
fn columns_stand_in_any_order_and_lines_are_counted_through_quotes() {
    let text = "\u{feff}item,note,act,by,leg\r\np1,\"two\nlines, \"\"quoted\"\"\",received,belmar,to-belmar\r\n\r\n\
                p2,plain,received,belmar,to-belmar\np3,,received,belmar,to-belmar";
    let terms = terms();
    let mut acts = Acts::over(terms, text.as_bytes()).unwrap();
    let mut seen = Vec::new();
    while let Some(read) = acts.next() {
        let details = acts.details();
        seen.push((read.unwrap().0.0, details.item.into_owned(), details.note.into_owned()));
    }
    let expected = [(2, "p1", "two\nlines, \"quoted\""), (5, "p2", "plain"), (6, "p3", "")];
    assert_eq!(seen, expected.map(|(line, item, note)| (line, item.to_owned(), note.to_owned())));
    let found = details_of(text.as_bytes(), &BTreeSet::from([LineNo(5), LineNo(7)])).unwrap();
    assert_eq!(found.keys().copied().collect::<Vec<_>>(), [LineNo(5)]);
    assert_eq!(found[&LineNo(5)].note, "plain");
}

#[test]
fn a_refused_row_does_not_hide_the_next_but_a_broken_table_ends() {
    let terms = terms();
    let text = "by,act,leg,item\nbelmar,received,to-nowhere,p\nbelmar,received\nbelmar,received,to-belmar,p\n\
                belmar,received,to-belmar,\"p\nbelmar,received,to-belmar,p\n";
    let read: Vec<_> =
        Acts::over(terms, text.as_bytes()).unwrap().map(|read| read.map(|(line, _)| line.0)).collect();
    let shown: Vec<_> = read.iter().map(|read| read.as_ref().map_err(ToString::to_string)).collect();
    assert_eq!(shown.len(), 4, "{shown:?}");
    assert_eq!(shown[2], Ok(&4));
    assert_eq!(shown[3], Err("line 5: a quoted cell has no end".to_owned()));
}

#[test]
fn labels_are_hashed_or_are_the_item_itself_and_come_back_on_request() {
    let digits = "0123456789abcdef".repeat(4);
    assert_eq!(item_of_label(&digits).unwrap().to_string(), digits);
    // sha256("homeward item v1" 00 "person 7")
    let hash = Sha256::digest(b"homeward item v1\0person 7");
    assert_eq!(item_of_label("person 7"), Some(Item(hash.into())));
    let cases = [
        ("p", true),
        ("Особа 7", true),
        ("a b", true),
        ("", false),
        (" a", false),
        ("a ", false),
        ("a\tb", false),
        ("a\u{a0}b", false),
        ("a\u{200b}b", false),
        ("a\u{202e}b", false),
        (&"z".repeat(64), true),
        (&"z".repeat(65), false),
        (&"я".repeat(64), true),
        (&"я".repeat(65), false),
    ];
    for (label, fits) in cases {
        assert_eq!(item_of_label(label).is_some(), fits, "{label:?}");
    }
    let text = format!(
        "by,act,leg,item,about\nbelmar,received,to-belmar,p,\nbelmar,received,to-belmar,{digits},\n\
         belmar,identified,fallen,box,q\naronia,notice,,7,8\n"
    );
    let labels = Labels::all(text.as_bytes()).unwrap();
    let of = |label: &str| labels.label(&item_of_label(label).unwrap());
    assert_eq!(
        [of("p"), of("box"), of("q"), of(&digits), of("7")],
        [Some("p"), Some("box"), Some("q"), None, None]
    );
    assert_eq!(format!("{labels:?}"), "Labels(3 items)");
    let wanted = BTreeSet::from([item_of_label("q").unwrap()]);
    assert_eq!(format!("{:?}", Labels::of(text.as_bytes(), &wanted).unwrap()), "Labels(1 items)");
}

#[test]
fn the_example_of_the_page_reads_and_is_booked() {
    let (terms, page) = (
        include_str!("../../../../../docs/formats/terms.md"),
        include_str!("../../../../../docs/formats/acts.md"),
    );
    let (example, _) = terms.split_once("\n## Sections").unwrap();
    let terms = Terms::parse(&blocks(example, "toml").join("\n")).unwrap();
    let rows = blocks(page, "csv");
    assert_eq!(rows.len(), 1);
    let acts = read(&terms, rows[0]).unwrap();
    assert_eq!((acts.len(), acts.last().map(|(line, _)| *line)), (16, Some(15)));
    let acts: Vec<Act> = acts.into_iter().map(|(_, act)| act).collect();
    let ledger = Ledger::book(&terms, &acts).unwrap();
    let balances = balances(&terms, &ledger).unwrap();
    let of_text = balances.iter().find(|one| one.quantity == 0 && one.reader.is_none()).unwrap();
    let figures = [of_text.filled, of_text.disputed, of_text.pending, of_text.receiving_states];
    assert_eq!(figures.map(|figure| figure.to_string()), ["98", "1", "0", "98"]);
    // Every word and every ground stands on the page.
    let words = WORDS.iter().map(|(word, _)| *word).chain(Ground::ALL.map(Ground::code));
    assert_eq!(
        words.filter(|word| !page.contains(&format!("`{word}`"))).collect::<Vec<_>>(),
        Vec::<&str>::new()
    );
    let columns = Column::ALL.iter().filter(|(name, _)| !page.contains(&format!("`{name}`"))).count();
    assert_eq!(columns, 0);
}

/// The fenced blocks of a page in one language.
fn blocks<'p>(page: &'p str, language: &str) -> Vec<&'p str> {
    let opened = page.split("\n```").filter_map(|block| block.strip_prefix(language)?.strip_prefix('\n'));
    opened.collect()
}

/// A row of each kind of act, with whatever belongs into it, as a case of the round trip.
fn any_row() -> impl Strategy<Value = (String, Vec<Act>)> {
    let label = "[ -~]{0,10}[!-~]".prop_map(|label| label.trim().to_owned());
    let count = prop_oneof![Just(None), (1..=COUNT_MAX).prop_map(Some)];
    let note = "[ -~\n]{0,20}";
    (0..8_u8, label, count, 0..1_000_u32, any::<prop::sample::Index>(), note, 0..4_000_000_i64).prop_map(
        |(which, label, count, round, pick, note, later)| {
            let terms = terms();
            let at = Moment(Moment::start_of(terms.signed_on).0 + later);
            let item = item_of_label(&label).unwrap();
            let who = count.map_or(Who::One, Who::Lot);
            let leg = pick.index(terms.legs.len());
            let ends = (terms.voice(terms.legs[leg].from.as_str()), terms.voice(terms.legs[leg].to.as_str()));
            let (from, to) = (ends.0.unwrap(), ends.1.unwrap());
            let ground = Ground::ALL[pick.index(Ground::ALL.len())];
            let class = pick.index(terms.classes.len());
            let what = |kind| {
                What::Move(Move {
                    leg: leg as u8,
                    round,
                    item,
                    who,
                    category: None,
                    class: Some(class as u8),
                    kind,
                })
            };
            let stated = |by, what| Act { at: Some(at), by, what };
            let (act, by, about, acts) = match which {
                0 => ("listed", "calder", "", vec![stated(Voice(3), what(MoveKind::Listed))]),
                1 => (
                    "handed-over",
                    "both",
                    "",
                    vec![stated(from, what(MoveKind::Released)), stated(to, what(MoveKind::Received))],
                ),
                2 => (
                    "disputed",
                    terms.legs[leg].to.as_str(),
                    ground.code(),
                    vec![stated(to, what(MoveKind::Disputed(ground)))],
                ),
                3 => (
                    "vacated",
                    "everly",
                    ground.code(),
                    vec![stated(Voice(4), what(MoveKind::Vacated(ground)))],
                ),
                4 => (
                    "returned-outside",
                    "calder",
                    "unilateral",
                    vec![stated(Voice(3), what(MoveKind::ReturnedOutside(Family::Unilateral)))],
                ),
                5 => (
                    "declared",
                    "both",
                    "",
                    vec![stated(from, what(MoveKind::Declared)), stated(to, what(MoveKind::Declared))],
                ),
                6 => (
                    "taken-back",
                    terms.legs[leg].from.as_str(),
                    "",
                    vec![stated(from, what(MoveKind::TakenBack))],
                ),
                _ => ("refilled", "everly", "", vec![stated(Voice(4), what(MoveKind::Refilled))]),
            };
            let leg = terms.legs[leg].id.as_str();
            let class = terms.classes[class].id.as_str();
            let round = if round == 0 { String::new() } else { round.to_string() };
            let count = count.map_or(String::new(), |count| count.to_string());
            let cells =
                [&at.to_string(), by, act, leg, &round, &label, &count, "", class, about, &note, "a source"];
            let quoted = cells.map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
            (quoted.join(",") + "\n", acts)
        },
    )
}

proptest! {
    #[test]
    fn generated_acts_read_back(rows in prop::collection::vec(any_row(), 0..20)) {
        let text: String = std::iter::once(HEADER).chain(rows.iter().map(|(row, _)| row.as_str())).collect();
        let acts: Vec<Act> = rows.iter().flat_map(|(_, acts)| acts.clone()).collect();
        let read = read(terms(), &text).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(read.into_iter().map(|(_, act)| act).collect::<Vec<_>>(), acts);
    }

    #[test]
    fn no_bytes_at_all_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        exercise(&bytes);
    }

    #[test]
    fn no_table_of_cells_breaks_the_reader(
        cells in prop::collection::vec(
            prop_oneof![
                Just(",".to_owned()), Just("\n".to_owned()), Just("\"".to_owned()), Just("\r\n".to_owned()),
                Just("belmar,received,to-belmar".to_owned()), Just("both,handed-over,fallen".to_owned()),
                prop::sample::select(WORDS.map(|(word, _)| word.to_owned()).to_vec()),
                "[ -~а-я]{0,3}",
            ],
            0..60,
        ),
    ) {
        exercise(format!("by,act,leg,item,about,count\n{}", cells.concat()).as_bytes());
    }
}

fn exercise(bytes: &[u8]) {
    let terms = terms();
    if let Ok(mut acts) = Acts::over(terms, bytes) {
        let most = 2 * bytes.len() + 2;
        assert!(acts.by_ref().take(most + 1).count() <= most);
        assert!(acts.next().is_none());
    }
    let _ = Labels::all(bytes);
    let _ = details_of(bytes, &BTreeSet::from([LineNo(2)]));
}

/// Run by hand: `cargo test --release -p exchange a_million -- --ignored --nocapture`.
#[test]
#[ignore = "measures, and says how long under `time`"]
fn a_million_rows_read() {
    let terms = terms();
    let mut text = String::from(HEADER);
    for number in 0..1_000_000 {
        let day = 12 + number % 15;
        text.push_str(&format!(
            "2031-03-{day}T08:00:00Z,both,handed-over,to-belmar,,person-{number},,others,rank,,,Report {number}\n"
        ));
    }
    let acts = Acts::over(terms, text.as_bytes()).unwrap();
    assert_eq!(acts.map(Result::unwrap).count(), 2_000_000);
}
