//! Parquet as it is written, and as it is made to harm.

use std::io::Write as _;

use parquet::basic::Compression;
use parquet::data_type::{ByteArrayType, Int32Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;

use super::*;
use crate::web::Lang;

/// A file of 3,000 records: a text, one of seven texts, and a day that every third one does not have.
fn written(compression: Compression) -> Vec<u8> {
    let schema =
        "message list { required binary id (UTF8); required binary name (UTF8); optional int32 dob (DATE); }";
    let schema = Arc::new(parquet::schema::parser::parse_message_type(schema).unwrap());
    let properties = WriterProperties::builder()
        .set_compression(compression)
        .set_column_dictionary_enabled("id".into(), false)
        .build();
    let mut bytes = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bytes, schema, Arc::new(properties)).unwrap();
    let mut group = writer.next_row_group().unwrap();
    for text in [|n: usize| format!("a{n}"), |n: usize| format!("Мігда{}", n % 7)] {
        let mut column = group.next_column().unwrap().unwrap();
        let cells: Vec<_> = (0..3_000).map(|n| text(n).as_str().into()).collect();
        column.typed::<ByteArrayType>().write_batch(&cells, None, None).unwrap();
        column.close().unwrap();
    }
    let mut column = group.next_column().unwrap().unwrap();
    let levels: Vec<i16> = (0..3_000).map(|n| i16::from(n % 3 > 0)).collect();
    let days: Vec<i32> = (0..3_000).filter(|n| n % 3 > 0).collect();
    column.typed::<Int32Type>().write_batch(&days, Some(&levels), None).unwrap();
    column.close().unwrap();
    group.close().unwrap();
    writer.close().unwrap();
    bytes
}

/// The records, or what is refused.
fn read(bytes: &[u8], limits: Limits) -> Result<Vec<ByteRecord>, String> {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    let (mut rows, _) = Rows::within(Words::of(Lang::En), file, limits)?;
    let mut record = ByteRecord::new();
    let mut all = Vec::new();
    while rows.next(&mut record)? {
        all.push(record.clone());
    }
    Ok(all)
}

#[test]
fn records_are_read_row_by_row_with_their_absent_cells() {
    for compression in [Compression::UNCOMPRESSED, Compression::SNAPPY, Compression::ZSTD(Default::default())]
    {
        let records = read(&written(compression), LIMITS).unwrap();
        assert_eq!(records.len(), 3_000);
        for (n, record) in records.iter().enumerate() {
            let born = if n % 3 > 0 { day(n as i32) } else { String::new() };
            assert_eq!(record, vec![format!("a{n}"), format!("Мігда{}", n % 7), born].as_slice());
        }
    }
}

#[test]
fn what_a_file_says_of_itself_is_bounded_before_it_is_unpacked() {
    let bytes = written(Compression::ZSTD(Default::default()));
    let check = |limits: Limits, says: &str| {
        let why = read(&bytes, limits).unwrap_err();
        assert!(why.contains(says), "{says}: {why}");
    };
    check(Limits { footer: 100, ..LIMITS }, "bytes of the footer");
    check(Limits { rows: 2_999, ..LIMITS }, "records: 3,000, at most 2,999");
    check(Limits { columns: 2, ..LIMITS }, "columns: 3, at most 2");
    check(Limits { page: 10_000, ..LIMITS }, "bytes of a page");
    check(Limits { held: 15_000, ..LIMITS }, "bytes held at a time");
    check(Limits { all: 20_000, ..LIMITS }, "bytes when unpacked");
    // Groups within groups: a version, then a list of 200,000 elements, each of which says that it has one child.
    let mut deep = b"PAR1\x15\x02\x19\xfc\xc0\x9a\x0c".to_vec();
    deep.extend(b"\x48\x01a\x15\x02\x00".repeat(200_000));
    let bytes = deep.len() as u32 - 4;
    deep.extend(bytes.to_le_bytes());
    deep.extend(b"PAR1");
    assert!(read(&deep, LIMITS).unwrap_err().contains("columns: 199,999"));
}

#[test]
fn a_damaged_file_is_read_or_refused_and_nothing_else() {
    let whole = written(Compression::SNAPPY);
    // Bytes of texts are as many as they are alike; the footer and the headers of pages are tried all.
    let places = (0..whole.len()).filter(|at| at % 61 == 0 || *at < 64 || *at + 700 > whole.len());
    let mut refused = 0;
    for at in places {
        for flip in [0x01, 0x40, 0x80, 0xff] {
            let mut bytes = whole.clone();
            bytes[at] ^= flip;
            refused += u32::from(read(&bytes, LIMITS).is_err());
        }
    }
    assert!(refused > 100, "{refused}");
    for end in (0..whole.len()).step_by(97) {
        assert!(read(&whole[..end], LIMITS).is_err(), "cut at {end}");
    }
}

#[test]
fn a_number_is_written_as_lists_write_it() {
    assert_eq!(
        (day(0), day(6_527), day(-1)),
        ("1970-01-01".into(), "1987-11-15".into(), "1969-12-31".into())
    );
    assert_eq!(
        (day(i32::MAX), day_of_ms(-1), day_of_ms(i64::MAX)),
        ("".into(), "1969-12-31".into(), "".into())
    );
    assert_eq!(
        (decimal(-1_205, 2), decimal(1_200, 2), decimal(7, 40)),
        ("-12.05".into(), "12".into(), "".into())
    );
}
