//! The schema of the terms (`docs/formats/terms.schema.json`) against the reader, and the examples of the book against both.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::super::wire;
use super::*;
use crate::wording::WireThree;

const SCHEMA: &str = include_str!("../../../../../docs/formats/terms.schema.json");
const PAGE: &str = include_str!("../../../../../docs/formats/terms.md");

fn schema() -> Value {
    serde_json::from_str(SCHEMA).unwrap()
}

/// The keys that the reader names when it meets one that it does not know.
fn keys<T: DeserializeOwned>() -> BTreeSet<String> {
    let error = toml::from_str::<T>("not-a-key = 1").err().unwrap();
    let (_, expected) = error.message().split_once(", expected ").unwrap();
    expected.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn the_schema_has_the_keys_of_the_reader() {
    let schema = schema();
    let fields = Field::ALL.map(|field| field.code().to_owned());
    let objects = [
        ("clause", keys::<wire::WireClause>()),
        ("party", keys::<wire::WireSide>()),
        ("agent", keys::<wire::WireAgent>()),
        ("neutral", keys::<wire::WireNeutral>()),
        ("crossing", keys::<wire::WireNamed>()),
        ("leg", keys::<wire::WireLeg>()),
        ("class", keys::<wire::WireClass>()),
        ("scale", keys::<wire::WireScale>()),
        ("worth", keys::<wire::WireWorth>()),
        ("category", keys::<wire::WireCategory>()),
        ("when", keys::<wire::WirePredicate>()),
        ("quantity", keys::<wire::WireQuantity>()),
        ("perDay", keys::<wire::WirePerDay>()),
        ("ratio", keys::<wire::WireRatio>()),
        ("side", keys::<wire::WireRatioSide>()),
        ("reading", keys::<wire::WireReading>()),
        ("lists", keys::<wire::WireLists>()),
        ("selection", keys::<wire::WireSelection>()),
        ("round", keys::<wire::WireRound>()),
        ("quota", keys::<wire::WireQuota>()),
        ("gate", keys::<wire::WireGate>()),
        ("replacement", keys::<wire::WireReplacement>()),
        ("phase", keys::<wire::WirePhase>()),
        ("extension", keys::<wire::WireExtension>()),
        ("condition", keys::<wire::WireCondition>()),
        ("notices", keys::<wire::WireNotices>()),
        ("disclosure", keys::<wire::WireDisclosure>()),
        ("fields", fields.into()),
        ("audiences", keys::<wire::WireAudiences>()),
        ("families", keys::<wire::WireFamilies>()),
        ("standIn", keys::<wire::WireStandIn>()),
        ("annex", keys::<wire::WireAnnex>()),
        ("threeLanguages", keys::<WireThree>()),
    ];
    let named = |object: &Value| -> Option<BTreeSet<String>> {
        Some(object.get("properties")?.as_object()?.keys().cloned().collect())
    };
    assert_eq!(named(&schema), Some(keys::<wire::Wire>()));
    let defs = schema["$defs"].as_object().unwrap();
    for (name, keys) in &objects {
        assert_eq!(named(&defs[*name]).as_ref(), Some(keys), "{name}");
    }
    // No object of the schema is left out here.
    let known: BTreeSet<&str> = objects.iter().map(|(name, _)| *name).collect();
    let there = defs.iter().filter(|(_, def)| def.get("properties").is_some()).map(|(name, _)| name.as_str());
    assert_eq!(there.collect::<BTreeSet<_>>(), known);
}

#[test]
fn the_schema_has_the_words_of_the_reader() {
    let schema = schema();
    let words = |def: &str, key: &str| -> BTreeSet<String> {
        let property = &schema["$defs"][def]["properties"][key];
        let words = property.get("enum").unwrap_or(&property["items"]["enum"]);
        words.as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()).collect()
    };
    let of = |all: &[&str]| -> BTreeSet<String> { all.iter().map(|&word| word.to_owned()).collect() };
    assert_eq!(words("gate", "kind"), of(&GateKind::ALL.map(|(word, _)| word)));
    assert_eq!(words("condition", "kind"), of(&ConditionKind::ALL.map(|(word, _)| word)));
    assert_eq!(words("leg", "destination"), of(&Destination::ALL.map(|(word, _)| word)));
    assert_eq!(words("when", "status"), of(&Status::ALL.map(|(word, _)| word)));
    assert_eq!(words("selection", "objective"), of(&Objective::ALL.map(|(word, _)| word)));
    assert_eq!(words("selection", "chances"), of(&ChanceRule::ALL.map(|(word, _)| word)));
    assert_eq!(words("selection", "kept_together"), of(&GroupClass::ALL.map(|(word, _)| word)));
}

#[test]
fn accepted_texts_are_valid_by_the_schema_and_changed_keys_are_not() {
    let schema = schema();
    for text in [EXAMPLE.to_owned(), EVERY.to_owned(), joint::JOINT.to_owned(), joined(PAGE)] {
        Terms::parse(&text).unwrap();
        let value = as_json(&toml::Value::Table(text.parse().unwrap()));
        assert_eq!(invalid(&schema, &schema, &value, "terms"), None);
    }
    let refused = [
        (EVERY, "object = \"persons\"", "object = \"cattle\""),
        (EVERY, "status = \"unclear\"", "status = \"rebel\""),
        (EVERY, "worth = 40", "worth = 0"),
        (EVERY, "[lists]", "[list]"),
        (EVERY, "per = 10", "per = 0"),
        (EVERY, "hours_max = 480", "hours_min = 480"),
        (EVERY, "signed_on = 2031-03-10", ""),
        (joint::JOINT, "reveal_hours = 36\n", ""),
        (joint::JOINT, "overrides_at_most = 4", "overrides_at_most = 1001"),
        (joint::JOINT, "kept_together = \"last\"", "kept_together = \"best\""),
        (joint::JOINT, "belmar = 3", "belmar = 10000001"),
        (joint::JOINT, "belmar = 3", "belmar = \"3\""),
    ];
    for (text, old, new) in refused {
        assert!(text.contains(old), "{old}");
        let text = text.replacen(old, new, 1);
        assert!(Terms::parse(&text).is_err(), "{new}");
        let value = as_json(&toml::Value::Table(text.parse().unwrap()));
        assert!(invalid(&schema, &schema, &value, "terms").is_some(), "{new}");
    }
}

#[test]
fn the_example_of_the_page_reads_as_it_says() {
    let terms = Terms::parse(&joined(PAGE)).unwrap();
    assert_eq!((terms.legs.len(), terms.quantities.len(), terms.readings.len()), (3, 3, 1));
    assert_eq!(terms.ratios[0].rounding, Rounding::Down);
    // Every step on the page can be read alone as TOML.
    for block in blocks(PAGE, "toml") {
        block.parse::<toml::Table>().unwrap_or_else(|error| panic!("{block}\n{error}"));
    }
}

/// The steps of the example of a page, one after the other: the blocks before the heading that ends it.
fn joined(page: &str) -> String {
    let (example, _) = page.split_once("\n## Sections").unwrap();
    blocks(example, "toml").join("\n")
}

/// The fenced blocks of a page in one language.
fn blocks<'p>(page: &'p str, language: &str) -> Vec<&'p str> {
    let opened = page.split("\n```").filter_map(|block| block.strip_prefix(language)?.strip_prefix('\n'));
    opened.collect()
}

fn as_json(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => json!(text),
        toml::Value::Integer(number) => json!(number),
        toml::Value::Float(number) => json!(number),
        toml::Value::Boolean(is) => json!(is),
        toml::Value::Datetime(date) => json!(date.to_string()),
        toml::Value::Array(all) => Value::Array(all.iter().map(as_json).collect()),
        toml::Value::Table(table) => Value::Object(
            table.iter().map(|(key, value)| (key.clone(), as_json(value))).collect::<Map<_, _>>(),
        ),
    }
}

/// Where a value is not what a schema says: as much of JSON Schema as the schema of the terms uses, without patterns.
fn invalid(root: &Value, schema: &Value, value: &Value, path: &str) -> Option<String> {
    let wrong = |what: &str| Some(format!("{path}: {what}"));
    if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
        let target = &root["$defs"][target.strip_prefix("#/$defs/").unwrap()];
        return invalid(root, target, value, path);
    }
    if let Some(any) = schema.get("anyOf").and_then(Value::as_array)
        && any.iter().all(|one| invalid(root, one, value, path).is_some())
    {
        return wrong("none of the alternatives");
    }
    if schema.get("enum").and_then(Value::as_array).is_some_and(|words| !words.contains(value))
        || schema.get("const").is_some_and(|only| only != value)
    {
        return wrong("not one of the words");
    }
    let is = match schema.get("type").and_then(Value::as_str) {
        None => true,
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("integer") => value.is_u64(),
        Some("boolean") => value.is_boolean(),
        Some(other) => panic!("type {other}"),
    };
    if !is {
        return wrong("of another type");
    }
    if let Some(number) = value.as_u64() {
        let bound = |key| schema.get(key).and_then(Value::as_u64);
        if bound("minimum").is_some_and(|least| number < least)
            || bound("maximum").is_some_and(|most| number > most)
        {
            return wrong("out of bounds");
        }
    }
    if let Some(all) = value.as_array() {
        let size = |key| schema.get(key).and_then(Value::as_u64).and_then(|size| usize::try_from(size).ok());
        if size("minItems").is_some_and(|least| all.len() < least)
            || size("maxItems").is_some_and(|most| all.len() > most)
        {
            return wrong("too few or too many");
        }
        let items = schema.get("items")?;
        return all
            .iter()
            .enumerate()
            .find_map(|(at, one)| invalid(root, items, one, &format!("{path}[{at}]")));
    }
    let object = value.as_object()?;
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
        // A table whose keys are labels: every value is of one kind.
        let of_each = schema.get("additionalProperties")?;
        return object
            .iter()
            .find_map(|(key, value)| invalid(root, of_each, value, &format!("{path}.{key}")));
    };
    let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
    if let Some(missing) = required.filter_map(Value::as_str).find(|key| !object.contains_key(*key)) {
        return wrong(&format!("{missing} is missing"));
    }
    object.iter().find_map(|(key, value)| match properties.get(key) {
        None => wrong(&format!("{key} is not known")),
        Some(property) => invalid(root, property, value, &format!("{path}.{key}")),
    })
}
