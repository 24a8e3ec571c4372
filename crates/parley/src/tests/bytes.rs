//! The bytes of entries and log files: the layout in words, and what damage is found.

use super::{AGREEMENT, Member, aronia, belmar, item};
use crate::cbor;
use crate::log::continue_log;
use crate::matching::RunEntry;
use crate::*;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn sample() -> (Member, Signed) {
    let a = aronia();
    let log = a.log(LogKind::Shared);
    let seen = vec![Head { author: "belmar".parse().unwrap(), seq: 300, hash: EntryId([0xbb; 32]) }];
    let body = Body::Release { round: 7, item: item(0x11) };
    let signed = log.sign_next(seen, 1_790_000_000, body, &a.node).unwrap();
    (a, signed)
}

#[test]
fn the_layout_is_the_one_in_the_document() {
    let (a, signed) = sample();
    let prev = hex(&a.log(LogKind::Shared).head().hash.0);
    let words = [
        ("tag 18, array of 4", "d2 84".into()),
        ("protected header: 47 bytes", "58 2f".into()),
        ("  map of 3; 1 (alg): -8 (EdDSA)", "a3 01 27".into()),
        ("  3 (content type): text of 31", "03 78 1f".into()),
        ("  application/homeward-entry+cbor", hex(b"application/homeward-entry+cbor")),
        ("  4 (kid): 8 bytes", "04 48".into()),
        ("  first 8 bytes of SHA-256 of the node key", hex(&a.node.public().kid())),
        ("unprotected header: empty map", "a0".into()),
        ("payload: 232 bytes", "58 e8".into()),
        ("  map of 9; v: 1", "a9 61 76 01".into()),
        ("  seq: 1", format!("63 {} 01", hex(b"seq"))),
        ("  body: map of 2", format!("64 {} a2", hex(b"body"))),
        ("    item: 32 bytes", format!("64 {} 5820 {}", hex(b"item"), "11".repeat(32))),
        ("    round: 7", format!("65 {} 07", hex(b"round"))),
        ("  prev: 32 bytes", format!("64 {} 5820 {prev}", hex(b"prev"))),
        ("  seen: array of 1", format!("64 {} 81", hex(b"seen"))),
        ("    belmar, 300, 32 bytes", format!("83 66 {} 19012c 5820 {}", hex(b"belmar"), "bb".repeat(32))),
        ("  time: 1790000000", format!("64 {} 1a 6ab13b80", hex(b"time"))),
        ("  type: release", format!("64 {} 67 {}", hex(b"type"), hex(b"release"))),
        ("  author: aronia", format!("66 {} 66 {}", hex(b"author"), hex(b"aronia"))),
        ("  agreement: 32 bytes", format!("69 {} 5820 {}", hex(b"agreement"), "a9".repeat(32))),
        ("signature: 64 bytes", "58 40".into()),
    ];
    let expected: String = words.iter().map(|(_, h)| h.replace(' ', "")).collect();
    let bytes = signed.bytes();
    assert_eq!(hex(&bytes[..bytes.len() - 64]), expected);
    let document = include_str!("../../../../docs/formats/entry.md");
    let stated: String = document
        .lines()
        .skip_while(|l| *l != "```hex")
        .skip(1)
        .take_while(|l| *l != "```")
        .collect::<String>()
        .replace(' ', "");
    assert_eq!(stated, hex(bytes), "docs/formats/entry.md");
}

#[test]
fn the_published_seeds_give_the_published_joint_seed() {
    let document = include_str!("../../../../docs/formats/entry.md");
    let stated = |name: &str| -> String {
        let start = format!("* {name} = `");
        let line = document.lines().find_map(|line| line.strip_prefix(&start)).expect(name);
        line.trim_end_matches('`').to_owned()
    };
    let first: [u8; 32] = std::array::from_fn(|at| at as u8);
    let second = first.map(|byte| 255 - byte);
    for (party, seed) in [("aronia", first), ("belmar", second)] {
        assert_eq!(hex(&seed), stated(&format!("seed of {party}")));
        let digest = seed_digest(7, &party.parse().unwrap(), &seed);
        assert_eq!(hex(&digest.0), stated(&format!("seed digest of {party}")));
    }
    assert_eq!(hex(&joint_seed(&AgreementId([0xa9; 32]), 7, &first, &second)), stated("joint seed"));
}

#[test]
fn every_kind_of_entry_is_read_back_as_it_was_written() {
    let a = aronia();
    let digest = Digest([3; 32]);
    let entry = EntryId([4; 32]);
    let party = a.id;
    let listed = vec![ListItem { item: item(1), holder: party }, ListItem { item: item(2), holder: party }];
    let label = || "over age".parse::<Label>().unwrap();
    let bodies = [
        Body::Genesis(a.genesis()),
        Body::Text { digest },
        Body::Commit { round: 1, pool: digest, seed: digest },
        Body::Reveal { round: 1, seed: [9; 32] },
        Body::Withheld { round: 1 },
        Body::Nominate { round: 1, items: vec![item(1), item(2)], digest },
        Body::Propose { round: 1, version: 2, replaces: 1, items: listed, digest },
        Body::Accept { entry },
        Body::Reject { entry, ground: label() },
        Body::Withdraw { entry },
        Body::Will { round: 1, item: item(1), occasion: Occasion::Second, answer: Answer::Unable },
        Body::Depart { round: 1, item: item(1), ground: DepartGround::AlreadyReturned },
        Body::Release { round: 1, item: item(1) },
        Body::Receipt { release: entry },
        Body::Dispute { release: entry, ground: DisputeGround::OtherPerson },
        Body::TakeBack { release: entry },
        Body::Notice { round: 1, kind: NoticeKind::Postponed, until: Some(5) },
        Body::Notice { round: 1, kind: NoticeKind::Resumed, until: None },
        Body::Account { round: 1, digest, delivered: 70, received: u64::MAX },
        Body::Close { round: u32::MAX },
        Body::Observe { heads: vec![Head { author: party, seq: 1, hash: entry }] },
        Body::Memo { kind: label(), digest },
        Body::Matching(RunEntry::Params { params: super::runs::params(1).encode() }),
        Body::Matching(RunEntry::Commit {
            session: digest,
            sought: digest,
            held: digest,
            key: [5; 32],
            tags: digest,
            queries: digest,
        }),
        Body::Matching(RunEntry::Evaluation { session: digest, from: 0, to: 9, query: digest }),
        Body::Matching(RunEntry::Close { session: digest, transcript: digest }),
        Body::Genesis(a.genesis().with_next(&a.root, &AGREEMENT, &belmar().node.public())),
        Body::Keeping(Keeping::Reset { from: 3, reason: label(), root_signature: [7; 64] }),
        Body::Keeping(Keeping::Resume {
            from: 3,
            fork: [entry, EntryId([5; 32])],
            kept: Head { author: party, seq: 1, hash: entry },
        }),
        Body::Keeping(Keeping::Agree { entry }),
        Body::Keeping(Keeping::Rotate { node_key: a.node.public(), next_key: digest, signature: [7; 64] }),
        Body::Keeping(Keeping::Compromise {
            from: 3,
            root: digest,
            lost: a.node.public(),
            node_key: a.root.public(),
            next_key: digest,
            root_signature: [7; 64],
        }),
        Body::Journal { action: label(), officer: label(), rows: vec![1, 2, 3] },
    ];
    for body in bodies {
        let bytes = cbor::encode(&body.to_value());
        let value = cbor::decode(&bytes).unwrap();
        assert_eq!(Body::from_value(body.name(), value), Ok(body.clone()), "{}", body.name());
        // One key more is refused, whatever the kind.
        let value = cbor::decode(&bytes).unwrap();
        let cbor::Value::Map(mut pairs) = value else { panic!("a body is a map") };
        pairs.push(("zz", cbor::Value::Uint(0)));
        let refused = Body::from_value(body.name(), cbor::Value::Map(pairs));
        assert_eq!(refused, Err(CborError::UnknownKey { key: "zz".into() }), "{}", body.name());
    }
}

#[test]
fn what_is_not_an_entry_is_refused_with_its_reason() {
    let (a, signed) = sample();
    let b = belmar();
    let good = signed.bytes();
    let check = |name: &str, change: &dyn Fn(&mut Vec<u8>), expected: &str| {
        let mut bytes = good.to_vec();
        change(&mut bytes);
        let got = Unverified::read(LogKind::Shared, &bytes).and_then(|u| u.verify(&a.node.public()));
        assert_eq!(got.map_err(|e| e.to_string()).unwrap_err(), expected, "{name}");
    };
    let len = good.len();
    check("signature changed", &|b| b[len - 1] ^= 1, "the signature does not hold");
    check("cut", &|b| b.truncate(len - 1), "the bytes end inside the entry");
    check("empty", &|b| b.clear(), "the bytes end inside the entry");
    check(
        "one byte more",
        &|b| b.push(0),
        &format!("the payload is not of the required form: bytes follow the value from byte {len}"),
    );
    check("another tag", &|b| b[0] = 0xd3, "not a COSE_Sign1 of the required form at byte 1");
    check("another algorithm", &|b| b[6] = 0x26, "the algorithm is not EdDSA");
    check("another content type", &|b| b[12] ^= 1, "the content type is not application/homeward-entry+cbor");
    check("another kid", &|b| b[45] ^= 1, "signed with another key than this log's");
    check("version 2", &|b| b[57] = 2, "version 2 is unknown");
    check("too large", &|b| b.resize((1 << 20) + 1, 0), "1048577 bytes, at most 1048576 are allowed");

    let forged = sign_as(&signed, &b.node);
    let got = Unverified::read(LogKind::Shared, &forged).unwrap().verify(&a.node.public());
    assert_eq!(got.unwrap_err(), EntryError::WrongKey);
    let journal = Unverified::read(LogKind::Journal, good);
    let expected = "application/homeward-journal+cbor";
    assert_eq!(journal.unwrap_err(), EntryError::ContentType { expected });
}

fn sign_as(signed: &Signed, key: &NodeKey) -> Vec<u8> {
    crate::entry::sign(LogKind::Shared, signed.entry().clone(), key).unwrap().bytes().to_vec()
}

fn thirty() -> (Member, Log) {
    let a = aronia();
    let mut log = a.log(LogKind::Shared);
    for n in 1..30u8 {
        let body = match n % 4 {
            0 => Body::Release { round: 1, item: item(n) },
            3 => Body::Withheld { round: u32::from(n) },
            1 => Body::Text { digest: Digest([n; 32]) },
            _ => Body::Reject { entry: EntryId([n; 32]), ground: "over age".parse().unwrap() },
        };
        let signed = log.sign_next(Vec::new(), 1_000 + u64::from(n), body, &a.node).unwrap();
        log.push(signed.bytes()).unwrap();
    }
    (a, log)
}

#[test]
fn a_log_file_is_read_back_and_every_changed_byte_is_found_in_its_entry() {
    for log in [thirty().1, kept_going()] {
        every_changed_byte_is_found(log);
    }
}

/// A log with every kind that keeps a log going.
fn kept_going() -> Log {
    let a = aronia();
    let key = |n: u8| NodeKey::from_secret([200 + n; 32]);
    let genesis = a.genesis().with_next(&a.root, &AGREEMENT, &key(1).public());
    let mut log = Log::begin(LogKind::Shared, AGREEMENT, genesis, 1_000, &a.node).unwrap();
    let seen = vec![Head { author: belmar().id, seq: 3, hash: EntryId([0xbb; 32]) }];
    let rotated = log.sign_rotation(seen.clone(), 1, &a.node, &key(1), key(2).public().digest()).unwrap();
    log.push(rotated.bytes()).unwrap();
    let reset = Keeping::Reset { from: 2, reason: "disk lost".parse().unwrap(), root_signature: [0; 64] };
    let compromise = Keeping::Compromise {
        from: 3,
        root: Digest([1; 32]),
        lost: key(1).public(),
        node_key: key(9).public(),
        next_key: key(10).public().digest(),
        root_signature: [0; 64],
    };
    let kept = Head { author: a.id, seq: 1, hash: EntryId([2; 32]) };
    let resume = Keeping::Resume { from: 1, fork: [EntryId([1; 32]), EntryId([2; 32])], kept };
    let agree = Keeping::Agree { entry: EntryId([3; 32]) };
    for (said, by) in [(reset, key(1)), (compromise, key(9)), (resume, key(9)), (agree, key(9))] {
        let said = match said {
            Keeping::Compromise { from, lost, node_key, next_key, root_signature, .. } => {
                let root = crate::tree::Tree::of_log(&log).root(from).unwrap();
                Keeping::Compromise { from, root, lost, node_key, next_key, root_signature }
            }
            said => said,
        };
        let at = log.next_entry(seen.clone(), 5, Body::Keeping(said.clone()));
        let body = Body::Keeping(said.signed_by_root(&at, &a.root));
        let signed = crate::entry::sign(LogKind::Shared, Entry { body, ..at }, &by).unwrap();
        log.push(signed.bytes()).unwrap();
    }
    log
}

fn every_changed_byte_is_found(log: Log) {
    let file = log.to_file();
    assert_eq!(read_log(LogKind::Shared, &file).unwrap(), log);
    let mut changed = file.clone();
    let mut offset = 0;
    let mut prefix: Option<Log> = None;
    for (index, entry) in log.entries().iter().enumerate() {
        let end = offset + entry.bytes().len();
        for at in offset..end {
            // Each bit alone, and all of them; what stands before the entry is verified already.
            for flip in [1, 2, 4, 8, 16, 32, 64, 128, 255] {
                changed[at] ^= flip;
                let (_, damage) = continue_log(LogKind::Shared, prefix.clone(), &changed, offset);
                let damage = damage.unwrap_or_else(|| panic!("byte {at} xor {flip} not found"));
                assert_eq!((damage.index, damage.offset), (index as u64, offset), "byte {at} xor {flip}");
                changed[at] = file[at];
            }
        }
        let (next, damage) = continue_log(LogKind::Shared, prefix, &file[..end], offset);
        assert_eq!(damage, None);
        (prefix, offset) = (next, end);
    }
}

#[test]
fn a_torn_file_gives_the_entries_before_the_tear() {
    let (_, log) = thirty();
    let file = log.to_file();
    let last = log.entries()[29].bytes().len();
    for cut in 1..last {
        let (whole, damage) = read_log_prefix(LogKind::Shared, &file[..file.len() - cut]);
        let damage = damage.unwrap();
        assert_eq!((damage.index, damage.offset), (29, file.len() - last));
        assert_eq!(damage.reason, DamageReason::Torn);
        assert_eq!(whole.unwrap().entries(), &log.entries()[..29]);
    }
    assert_eq!(read_log(LogKind::Shared, &[]).unwrap_err().reason, DamageReason::Empty);
}

#[test]
fn entries_out_of_place_are_refused() {
    let (a, log) = thirty();
    let at = |n: usize| log.entries()[n].bytes();
    let mut short = Log::open(LogKind::Shared, at(0)).unwrap();
    assert_eq!(short.push(at(2)), Err(LogError::Seq { expected: 1, found: 2 }));
    short.push(at(1)).unwrap();
    assert_eq!(short.push(at(1)), Err(LogError::Seq { expected: 2, found: 1 }));
    assert_eq!(
        short.push(belmar().log(LogKind::Shared).entries()[0].bytes()).unwrap_err(),
        LogError::Author { expected: a.id, found: belmar().id }
    );
    let mut stray = log.entries()[2].entry().clone();
    stray.prev = EntryId([0; 32]);
    let stray = crate::entry::sign(LogKind::Shared, stray, &a.node).unwrap();
    assert_eq!(short.push(stray.bytes()), Err(LogError::Prev));
    assert_eq!(Log::open(LogKind::Shared, at(1)), Err(LogError::GenesisPlace));
    // A genesis under a node key that the root key did not sign for.
    let genesis = Genesis { node_key: belmar().node.public(), ..a.genesis() };
    let begun = Log::begin(LogKind::Shared, AGREEMENT, genesis, 1, &belmar().node);
    assert_eq!(begun, Err(LogError::Entry(EntryError::Genesis)));
}

#[test]
fn a_journal_takes_large_rows_and_a_shared_log_takes_none() {
    let a = aronia();
    let mut journal = a.log(LogKind::Journal);
    let label = |t: &str| t.parse::<Label>().unwrap();
    let body = |len| Body::Journal { action: label("import"), officer: label("o-1"), rows: vec![7; len] };
    let signed = journal.sign_next(Vec::new(), 5, body(3 << 20), &a.node).unwrap();
    journal.push(signed.bytes()).unwrap();
    assert_eq!(read_log(LogKind::Journal, &journal.to_file()).unwrap(), journal);
    let shared = a.log(LogKind::Shared).sign_next(Vec::new(), 5, body(3), &a.node);
    assert_eq!(shared.unwrap_err(), EntryError::KindOfLog { name: "journal" });
}
