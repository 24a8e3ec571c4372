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

/// A map that the program carries, and the columns it reads that a file lacks.
pub struct Near {
    /// The map.
    pub map: Map,
    /// What the file lacks of it.
    pub lacks: Vec<String>,
}

/// The map of whose columns the file lacks fewest, if it has at least one of them.
pub fn nearest(bytes: &[u8]) -> Option<Near> {
    let near = maps().into_iter().filter_map(|map| {
        let columns = table::columns(bytes, map.format, map.encoding, map.delimiter)?;
        let wanted = own_columns(&map).count();
        let lacks = own_columns(&map).filter(|column| !columns.contains(column)).cloned().collect::<Vec<_>>();
        (lacks.len() < wanted).then_some(Near { map, lacks })
    });
    near.min_by_key(|near| near.lacks.len())
}

fn fits(map: &Map, columns: &[String]) -> bool {
    own_columns(map).all(|column| columns.contains(column))
}

/// The columns that a map reads in the list itself, not in a file it joins.
fn own_columns(map: &Map) -> impl Iterator<Item = &String> {
    let brought = move |column: &str| {
        column.split_once('.').is_some_and(|(name, _)| map.lookups.iter().any(|lookup| lookup.name == name))
    };
    let own = map.fields.values().chain(map.lookups.iter().map(|lookup| &lookup.from));
    own.filter(move |column| !brought(column))
}
