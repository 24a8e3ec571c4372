use exchange::selection::joint::file;

use super::*;

fn rules() -> Rules {
    file::rules(&rehearsal::pools::rules(7)).unwrap()
}

fn closed(price: i64) -> Proof {
    Proof::Closed { prices: vec![vec![price, 0], vec![0, -price]], balance: Vec::new() }
}

fn divided(on: Choice, yes: Proof, no: Proof) -> Proof {
    Proof::Divided { on, yes: Box::new(yes), no: Box::new(no) }
}

#[test]
fn a_certificate_goes_out_and_in_again() {
    let rules = rules();
    let inner = divided(Choice::Group { number: 5 }, closed(1), closed(2));
    let proof = divided(Choice::Units { category: 7, at_most: 17 }, inner, closed(3));
    let levels = vec![Level::Missing, Level::Total, Level::Class(64), Level::NextLot];
    let certificate = Certificate { levels, proof };
    let huge = [i128::MAX, i128::MIN];
    let text = text(&rules, &certificate, &huge, &huge).unwrap();
    let lines = "\"parts\": [\n{\"units\":{\"category\":\"officers\",\"at_most\":17},\"yes\":1,\"no\":2},\n\
                 {\"group\":5,\"yes\":3,\"no\":4},\n{\"prices\":[[3,0],[0,-3]]},\n";
    assert!(text.contains(lines), "{text}");
    assert_eq!(*read(&rules, text.as_bytes()).unwrap().get(), certificate);
}

#[test]
fn the_price_of_a_balance_goes_out_and_in_again() {
    let rules = rules();
    let priced = Proof::Closed { prices: vec![vec![1]], balance: vec![-840] };
    let proof = divided(Choice::Heads { side: 1, category: 7, at_most: 12 }, priced, closed(3));
    let certificate = Certificate { levels: vec![Level::Missing], proof };
    let text = text(&rules, &certificate, &[0], &[0]).unwrap();
    let party = &rules.sides[1].party;
    let heads =
        format!(r#"{{"heads":{{"party":"{party}","category":"officers","at_most":12}},"yes":1,"no":2}}"#);
    assert!(text.contains(&heads) && text.contains(r#"{"prices":[[1]],"balance":[-840]}"#), "{text}");
    assert_eq!(*read(&rules, text.as_bytes()).unwrap().get(), certificate);
    let error = read(&rules, text.replace(party.as_str(), "nobody").as_bytes()).err().unwrap().to_string();
    assert_eq!(error, "part 0: \"nobody\" is no side of the rules");
}

#[test]
fn what_is_no_certificate_is_refused_by_part() {
    let rules = rules();
    let check = |parts: &str, said: &str| {
        let text = format!(r#"{{"levels":["lot"],"cost":[0],"bound":[0],"parts":[{parts}]}}"#);
        let error = read(&rules, text.as_bytes()).err().map(|error| error.to_string());
        assert!(error.as_ref().is_some_and(|error| error.starts_with(said)), "{error:?}");
    };
    let leaf = r#"{"prices":[[0]]}"#;
    check("", "parts: there is none");
    check("{}", "part 0: neither prices, nor units");
    check(r#"{"prices":[[0]],"group":1}"#, "part 0: neither");
    check(r#"{"group":1,"yes":1}"#, "part 0: neither");
    check(&format!(r#"{{"group":1,"yes":1,"no":2}},{leaf}"#), "part 0: its half 2 does not come after it");
    check(&format!(r#"{{"group":1,"yes":0,"no":1}},{leaf}"#), "part 0: its half 0");
    check(&format!(r#"{{"group":1,"yes":1,"no":1}},{leaf}"#), "part 1 must be the half of exactly one");
    check(&format!(r#"{{"group":1,"yes":1,"no":2}},{leaf},{leaf},{leaf}"#), "part 3 must be the half of");
    let units = r#"{"units":{"category":"cooks","at_most":1},"yes":1,"no":2}"#;
    check(&format!("{units},{leaf},{leaf}"), "part 0: \"cooks\" is no category");
    check(r#"{"price":[]}"#, "unknown field `price`");
    check(r#"{"prices":[[0.5]]}"#, "invalid type");
    check(&[leaf; PARTS_MAX + 1].join(","), "more than 10000 entries in one list");
    check(&format!(r#"{{"prices":[{}]}}"#, ["[]"; NODES_MAX + 1].join(",")), "more than 8322 entries");
    let deep = "[".repeat(1_000_000);
    check(&format!(r#"{{"prices":{deep}"#), "invalid type");
    let level = r#"{"levels":["luck"],"cost":[],"bound":[],"parts":[{"prices":[]}]}"#;
    assert_eq!(read(&rules, level.as_bytes()).err(), Some(CertificateError::Level("luck".to_owned())));
}

/// So many divisions, each the second half of the one before: they stand at the even places.
fn nested(divisions: usize) -> String {
    let leaf = r#"{"prices":[]}"#;
    let part = |at: usize| format!(r#"{{"group":1,"yes":{},"no":{}}},{leaf}"#, 2 * at + 1, 2 * at + 2);
    let parts: Vec<String> = (0..divisions).map(part).chain([leaf.to_owned()]).collect();
    format!(r#"{{"levels":[],"cost":[],"bound":[],"parts":[{}]}}"#, parts.join(","))
}

#[test]
fn a_proof_as_deep_as_it_may_be_is_read_written_and_let_go_on_a_small_stack() {
    let work = || {
        let rules = rules();
        let deep = nested(4_999);
        let held = read(&rules, deep.as_bytes()).unwrap();
        let again = text(&rules, held.get(), &[], &[]).unwrap();
        assert_eq!(again.matches("group").count(), 4_999);
        drop(held);
        // One more that nobody names: what was built until then is let go as well.
        let spoilt = deep.replace("]}", r#",{"prices":[]}]}"#);
        assert!(read(&rules, spoilt.as_bytes()).is_err());
    };
    std::thread::Builder::new().stack_size(192 << 10).spawn(work).unwrap().join().unwrap();
}
