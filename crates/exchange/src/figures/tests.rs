//! Small tables as cases, and the whole published table read in place where it is at hand.

use super::*;

const EXAMPLE: &str = include_str!("../../../../examples/ledger/exchanges-2022-2026.toml");

const SMALL: &str = r#"
undisclosed = ["not disclosed"]
seen = ["seen"]
title = { uk = "t", ru = "t", en = "t" }
columns = { date = "date", status = "status", extra = "extra" }
parties = [
  { id = "aronia", name = { uk = "А", ru = "А", en = "A" } },
  { id = "belmar", name = { uk = "Б", ru = "Б", en = "B" } },
]
directions = [
  { to = "aronia", column = "to_a", published_by = "aronia" },
  { to = "belmar", column = "to_b", published_by = "belmar" },
]
claims = [{ date = 2024-01-03, to = "aronia", by = "belmar", heads = 173, source = "s", seen = true }]
apart = [{ date = 2024-01-03, to = "aronia", what = "civilians", heads = 6 }]
totals = [
  { year = 2024, to = "aronia", by = "aronia", heads = 1300, source = "s" },
  { year = 2024, to = "belmar", by = "belmar", heads = 1248, source = "s" },
  { year = 2025, to = "belmar", by = "belmar", heads = 5, source = "s" },
]
"#;

fn table(text: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let mut rows = text.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    (rows.next().unwrap(), rows.collect())
}

fn read(text: &str) -> Result<Figures, String> {
    let (header, rows) = table(text);
    Figures::read(&Mapping::parse(SMALL).unwrap(), &header, &rows).map_err(|error| error.to_string())
}

const HEADER: &str = "date,to_a,to_b,extra,status";
const ROWS: &str = "date,to_a,to_b,extra,status
2024-01-03,224,248,six civilians,seen
2024-02-08,1000,1000,,from memory
2024-06-09,not disclosed,not disclosed,under 25,seen
2024-08-07,22,,,seen";

#[test]
fn each_side_keeps_its_own_number_and_nothing_withheld_becomes_zero() {
    let figures = read(ROWS).unwrap();
    let stated: Vec<_> = figures.entries.iter().map(|e| [e.cells[0].stated, e.cells[1].stated]).collect();
    use Stated::{Heads, NotStated, Undisclosed};
    let expected = [
        [Heads(224), Heads(248)],
        [Heads(1000), Heads(1000)],
        [Undisclosed, Undisclosed],
        [Heads(22), NotStated],
    ];
    assert_eq!(stated, expected);
    assert_eq!(figures.entries[1].status, Status::Unverified("from memory".into()));
    assert_eq!((figures.entries[0].row, figures.entries[0].extra.as_str()), (1, "six civilians"));
    let totals = figures.totals();
    let total = |to: &str| &totals[&(2024, Party::new(to).unwrap())];
    let (to_a, to_b) = (total("aronia"), total("belmar"));
    assert_eq!((to_a.heads, to_a.stated, to_a.undisclosed, to_a.not_stated), (1246, 3, 1, 0));
    assert_eq!((to_a.unverified, to_a.apart), (1, 6));
    assert_eq!((to_b.heads, to_b.stated, to_b.undisclosed, to_b.not_stated), (1248, 2, 1, 1));
    let disputes = figures.disputes();
    assert_eq!(disputes.len(), 1);
    let dispute = &disputes[0];
    let numbers = (dispute.row, dispute.stated, dispute.apart, dispute.claim.heads);
    assert_eq!(numbers, (1, Heads(224), 6, 173));
}

#[test]
fn a_published_total_stands_beside_the_sum_and_neither_is_corrected() {
    let compared = read(ROWS).unwrap().compare(&Mapping::parse(SMALL).unwrap());
    let shown: Vec<String> = compared.iter().map(Compared::to_string).collect();
    let expected = [
        "published 1,300, sum 1,246, difference 54",
        "published 1,248, sum 1,248",
        "published 5, sum 0, difference 5",
    ];
    assert_eq!(shown, expected);
    assert_eq!(compared[2].rows.stated, 0);
}

#[test]
fn a_table_that_cannot_be_read_names_row_and_column() {
    let good = "2024-01-03,1,1,,seen";
    let cases = [
        (
            format!("{HEADER}\n{good}\n2024-13-01,1,1,,seen"),
            "row 2: column date: \"2024-13-01\" is not a date",
        ),
        (format!("{HEADER}\n{good}\n2024-1-1,1,1,,seen"), "row 2: column date: \"2024-1-1\" is not a date"),
        (
            format!("{HEADER}\n{good}\n2024-02-30,1,1,,seen"),
            "row 2: column date: \"2024-02-30\" is not a date",
        ),
        (format!("{HEADER}\n{good}\n٢٠٢٤-01,1,1,,seen"), "row 2: column date: \"٢٠٢٤-01\" is not a date"),
        (format!("{HEADER}\n2024-01-03,-1,1,,seen"), "row 1: column to_a: \"-1\" is not a number of heads"),
        (format!("{HEADER}\n2024-01-03,1,+1,,seen"), "row 1: column to_b: \"+1\" is not a number of heads"),
        (format!("{HEADER}\n2024-01-03,1,1.5,,seen"), "row 1: column to_b: \"1.5\" is not"),
        (format!("{HEADER}\n2024-01-03,1,9999999999,,seen"), "row 1: column to_b: \"9999999999\" is not"),
        (format!("{HEADER}\n{good}\n2024-02-01,1"), "row 2: 2 cells, the header has 5"),
        (
            format!("{HEADER}\n2024-01-03,1,1,{},seen", "x".repeat(5000)),
            "row 1: bytes of a cell: 5000, the most is",
        ),
        (
            format!("{HEADER}\n2024-02-03,1,1,,seen"),
            "the mapping speaks of 2024-01-03 to aronia, which 0 rows have",
        ),
        (
            format!("{HEADER}\n{good}\n{good}"),
            "the mapping speaks of 2024-01-03 to aronia, which 2 rows have",
        ),
        ("date,to_a,extra,status".to_owned(), "column to_b: the header has it 0 times"),
        ("date,to_a,to_b,to_b,extra,status".to_owned(), "column to_b: the header has it 2 times"),
    ];
    for (text, expected) in cases {
        let refused = read(&text).unwrap_err();
        assert!(refused.contains(expected), "{expected}: {refused}");
    }
}

#[test]
fn a_mapping_that_cannot_be_read_says_why() {
    let cases = [
        ("seen = [\"seen\"]", "seen = [\"seen\"", "line "),
        ("seen = [\"seen\"]", "seen = [\"seen\"]\nrates = 2", "line 4: unknown field `rates`"),
        ("id = \"belmar\"", "id = \"aronia\"", "party aronia is there twice"),
        ("id = \"belmar\"", "id = \"Belmar\"", "\"Belmar\" is not a label"),
        ("en = \"B\"", "en = \"\"", "\"belmar\" is not named in three languages"),
        ("to = \"belmar\", column", "to = \"calder\", column", "no party calder"),
        ("to = \"belmar\", column", "to = \"aronia\", column", "direction to aronia is there twice"),
        ("by = \"belmar\", heads = 173", "by = \"aronia\", heads = 173", "aronia publishes the row itself"),
        ("heads = 173", "heads = -1", "line "),
        (
            "date = 2024-01-03, to = \"aronia\", by",
            "date = 10:00:00, to = \"aronia\", by",
            "\"10:00:00\" is not a date",
        ),
    ];
    for (old, new, expected) in cases {
        assert!(SMALL.contains(old), "{old}");
        let refused = Mapping::parse(&SMALL.replacen(old, new, 1)).unwrap_err().to_string();
        assert!(refused.contains(expected), "{old} -> {new}: {refused}");
    }
}

#[test]
fn the_example_of_the_book_reads() {
    let mapping = Mapping::parse(EXAMPLE).unwrap();
    assert_eq!((mapping.directions.len(), mapping.claims.len(), mapping.totals.len()), (2, 3, 4));
}

/// The published table lies beside the repository on some machines (`HOMEWARD_SHARED`); elsewhere this says so and passes.
#[test]
#[expect(clippy::print_stderr, reason = "a test that reads nothing must say so")]
fn the_published_exchanges_come_to_the_published_totals_or_the_difference_is_said() {
    let shared = std::env::var_os("HOMEWARD_SHARED").map_or_else(
        || std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        std::path::PathBuf::from,
    );
    let path = shared.join("data/ref/exchange_statistics/exchanges_2022_2026.csv");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("SKIPPED: no table of published exchanges at {}", path.display());
        return;
    };
    let mut records = records(&text).into_iter();
    let header = records.next().unwrap();
    let rows: Vec<_> = records.collect();
    let mapping = Mapping::parse(EXAMPLE).unwrap();
    let figures = Figures::read(&mapping, &header, &rows).unwrap();
    assert_eq!(figures.entries.len(), 52);
    let shown: Vec<String> = figures.compare(&mapping).iter().map(Compared::to_string).collect();
    let expected = [
        "published 628, sum 559, difference 69",
        "published 547, sum 549, difference -2",
        "published 1,266, sum 1,266",
        "published 1,358, sum 1,340, difference 18",
    ];
    assert_eq!(shown, expected);
    let totals = figures.totals();
    let total = |year, to: &str| &totals[&(year, Party::new(to).unwrap())];
    assert_eq!((total(2024, "ukraine").stated, total(2024, "ukraine").apart), (11, 8));
    for to in ["ukraine", "russia"] {
        assert_eq!((total(2025, to).stated, total(2025, to).undisclosed), (11, 9), "{to}");
    }
    let disputes: Vec<_> = figures
        .disputes()
        .iter()
        .map(|d| (d.claim.date.to_string(), d.stated.heads().unwrap() + d.apart as u32, d.claim.heads))
        .collect();
    let expected = [("2024-01-03", 230, 173), ("2024-01-31", 207, 195), ("2024-12-30", 189, 150)];
    assert_eq!(disputes, expected.map(|(day, own, other)| (day.to_owned(), own, other)));
}

/// Records of a table with quoted cells and no line breaks inside them.
fn records(text: &str) -> Vec<Vec<String>> {
    let record = |line: &str| {
        let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
        for c in line.chars() {
            match c {
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(std::mem::take(&mut cell)),
                c => cell.push(c),
            }
        }
        cells.push(cell);
        cells
    };
    text.lines().map(record).collect()
}
