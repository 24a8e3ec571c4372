//! The maps that the program carries, and the choice among them by a file's columns.
//!
//! Decides which maps fit; when it is not exactly one, the officer names one.

use super::map::Map;
use super::table::{self, Format};

/// The texts of the maps, as they stand in `examples/maps`.
pub const TEXTS: [&str; 5] = [
    include_str!("../../../../examples/maps/held.toml"),
    include_str!("../../../../examples/maps/sought.toml"),
    include_str!("../../../../examples/maps/uk-cmp.toml"),
    include_str!("../../../../examples/maps/au-dva-json.toml"),
    include_str!("../../../../examples/maps/au-dva-csv.toml"),
];

/// The maps that the program carries.
pub fn maps() -> Vec<Map> {
    // A test reads every one of them, so none is lost here.
    TEXTS.iter().filter_map(|text| Map::parse(text).ok()).collect()
}

/// The map of this name that the program carries.
pub fn named(name: &str) -> Option<Map> {
    maps().into_iter().find(|map| map.name == name)
}

/// The maps all of whose columns the file has.
pub fn fitting(bytes: &[u8]) -> Vec<Map> {
    let json = bytes.trim_ascii_start().first().is_some_and(|byte| matches!(byte, b'[' | b'{'));
    let format = if json { Format::Json } else { Format::Csv };
    let mut maps = maps();
    maps.retain(|map| {
        let columns = || table::columns(bytes, map.format, map.encoding, map.delimiter);
        map.format == format && columns().is_some_and(|columns| fits(map, &columns))
    });
    maps
}

fn fits(map: &Map, columns: &[String]) -> bool {
    let brought = |column: &str| {
        column.split_once('.').is_some_and(|(name, _)| map.lookups.iter().any(|lookup| lookup.name == name))
    };
    let own = map.fields.values().chain(map.lookups.iter().map(|lookup| &lookup.from));
    own.filter(|column| !brought(column)).all(|column| columns.contains(column))
}
