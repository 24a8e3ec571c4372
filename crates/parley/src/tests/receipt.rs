//! The two proofs for a third party: the receipt in COSE and the text, and that every bit of them counts.

use proptest::prelude::*;

use super::witness::{author_keys, cosigned, log, policy, witness_keys};
use super::{aronia, belmar, calder};
use crate::checkpoint::origin_of;
use crate::cosigned::Policy;
use crate::note::Note;
use crate::proof::{EntryProof, ProofTextError};
use crate::receipt::{Receipt, ReceiptError};
use crate::split::Split;
use crate::tree::{ProofError, Tree, leaf, verify_inclusion};
use crate::witness::AddCheckpoint;
use crate::{EntryId, NodeKey};

#[test]
fn a_receipt_holds_for_its_entry_its_log_and_its_issuer() {
    let (log, a) = (log(20, 99), aronia());
    let (tree, origin) = (Tree::of_log(&log), origin_of(&log));
    for (index, size) in [(0, 2), (5, 20), (19, 20), (16, 17)] {
        let receipt = Receipt::issue(origin.clone(), &tree, index, size, 2_000, &a.node).unwrap();
        let bytes = receipt.to_bytes().unwrap();
        let read = Receipt::read(&bytes).unwrap();
        assert_eq!(read, receipt);
        for (at, entry) in log.entries().iter().enumerate() {
            let got = read.verify(entry.bytes(), &origin, &a.node.public());
            assert_eq!(got.is_ok(), at as u64 == index, "{at} for {index} of {size}");
        }
        let entry = log.entries()[index as usize].bytes();
        let proved = read.verify(entry, &origin, &a.node.public()).unwrap();
        assert_eq!((proved.index, proved.head.size, proved.issued_at), (index, size, 2_000));
        assert_eq!(proved.head.root, tree.root(size).unwrap());
        let other = origin.as_str().replace("aronia", "belmar").parse().unwrap();
        let got = read.verify(entry, &other, &a.node.public());
        assert_eq!(got, Err(ReceiptError::Issuer));
        assert_eq!(read.verify(entry, &origin, &belmar().node.public()), Err(ReceiptError::Issuer));
    }
    let only = Receipt::issue(origin.clone(), &tree, 0, 1, 2_000, &a.node);
    assert_eq!(only, Err(ReceiptError::OnlyEntry));
    let outside = Receipt::issue(origin, &tree, 20, 20, 2_000, &a.node);
    assert_eq!(outside, Err(ProofError::OutOfTree { wanted: 20, size: 20 }.into()));
}

/// The bytes of RFC 9942: tag 18, the header {1: -8, 4: kid, 15: {1: issuer, 2: subject, 6: time}, 395: 1}, and beside it
/// {396: {-1: [<<[size, index, [digests]]>>]}}, no payload.
#[test]
fn the_layout_of_a_receipt_is_that_of_the_specification() {
    let (log, a) = (log(3, 99), aronia());
    let (tree, origin) = (Tree::of_log(&log), origin_of(&log));
    let receipt = Receipt::issue(origin.clone(), &tree, 2, 3, 2_000, &a.node).unwrap();
    let bytes = receipt.to_bytes().unwrap();
    let mut protected = vec![0xa4, 0x01, 0x27, 0x04, 0x48];
    protected.extend(a.node.public().kid());
    protected.extend([0x0f, 0xa3, 0x01, 0x78, 71]);
    protected.extend(origin.as_str().as_bytes());
    protected.extend([0x02, 0x63, b'2', b'/', b'3']);
    protected.extend([0x06, 0x19, 0x07, 0xd0, 0x19, 0x01, 0x8b, 0x01]);
    let mut expected = vec![0xd2, 0x84, 0x58, protected.len() as u8];
    expected.extend(&protected);
    expected
        .extend([0xa1, 0x19, 0x01, 0x8c, 0xa1, 0x20, 0x81, 0x58, 0x26, 0x83, 0x03, 0x02, 0x81, 0x58, 0x20]);
    expected.extend(tree.root(2).unwrap().0);
    expected.extend([0xf6, 0x58, 0x40]);
    assert_eq!(bytes[..expected.len()], expected);
    assert_eq!(bytes.len(), expected.len() + 64);
    // Sig_structure of RFC 9052 section 4.4 over the root.
    let mut message = vec![0x84, 0x6a];
    message.extend(b"Signature1");
    message.extend([0x58, protected.len() as u8]);
    message.extend(&protected);
    message.extend([0x40, 0x58, 0x20]);
    message.extend(tree.root(3).unwrap().0);
    assert!(a.node.public().verify(&message, bytes.last_chunk().unwrap()));
}

#[test]
fn every_changed_bit_and_every_cut_of_a_receipt_is_refused() {
    let (log, a) = (log(20, 99), aronia());
    let (tree, origin) = (Tree::of_log(&log), origin_of(&log));
    let receipt = Receipt::issue(origin.clone(), &tree, 5, 20, 2_000, &a.node).unwrap();
    let (bytes, entry) = (receipt.to_bytes().unwrap(), log.entries()[5].bytes());
    let holds = |bytes: &[u8], entry: &[u8]| {
        Receipt::read(bytes).is_ok_and(|receipt| receipt.verify(entry, &origin, &a.node.public()).is_ok())
    };
    assert!(holds(&bytes, entry));
    for bit in 0..bytes.len() * 8 {
        let mut wrong = bytes.clone();
        wrong[bit / 8] ^= 1 << (bit % 8);
        assert!(!holds(&wrong, entry), "bit {bit}");
    }
    for bit in 0..entry.len() * 8 {
        let mut wrong = entry.to_vec();
        wrong[bit / 8] ^= 1 << (bit % 8);
        assert!(!holds(&bytes, &wrong), "bit {bit} of the entry");
    }
    for cut in 0..bytes.len() {
        assert!(!holds(&bytes[..cut], entry), "cut at {cut}");
    }
    assert!(!holds(&[&bytes[..], b"x"].concat(), entry));
    let found = 9 << 10;
    assert_eq!(Receipt::read(&vec![0xd2; found]), Err(ReceiptError::Oversize { found }));
    let entry_as_receipt = Receipt::read(entry);
    assert!(matches!(entry_as_receipt, Err(ReceiptError::Form(_))), "{entry_as_receipt:?}");
}

#[test]
fn a_text_proves_one_entry_under_a_cosigned_head() {
    let log = log(20, 99);
    let tree = Tree::of_log(&log);
    let note = cosigned(&log, 20, &[belmar(), calder()], 2_000);
    for index in [0, 7, 19] {
        let proof = EntryProof::of(&log, &tree, index, 20, note.clone()).unwrap();
        let text = proof.to_string();
        let read = EntryProof::parse(text.as_bytes()).unwrap();
        assert_eq!(read, proof);
        let proved = read.verify(&policy(2)).unwrap();
        assert_eq!(proved.id, log.entries()[index as usize].id());
        assert_eq!(proved.entry.entry(), log.entries()[index as usize].entry());
        assert_eq!(proved.head.witnesses.len(), 2);
    }
    assert!(EntryProof::of(&log, &tree, 20, 20, note.clone()).is_err());
    // A proof for another place, and one under a head that it is not for.
    let text = EntryProof::of(&log, &tree, 7, 20, note).unwrap().to_string();
    let verify = |text: &str| EntryProof::parse(text.as_bytes()).unwrap().verify(&policy(2));
    assert_eq!(verify(&text.replace("index 7", "index 6")), Err(ProofError::Root.into()));
    assert!(matches!(verify(&text.replace("index 7", "index 20")), Err(ProofTextError::Proof(_))));
    let one = cosigned(&log, 20, &[belmar()], 2_000);
    let weak = EntryProof::of(&log, &tree, 7, 20, one).unwrap().verify(&policy(2));
    assert!(matches!(weak, Err(ProofTextError::NotBelieved(_))));
}

#[test]
fn a_malformed_text_is_refused_with_its_reason() {
    let log = log(20, 99);
    let note = cosigned(&log, 20, &[], 2_000);
    let good = EntryProof::of(&log, &Tree::of_log(&log), 7, 20, note).unwrap().to_string();
    let check = |text: &str, expected: &str| match EntryProof::parse(text.as_bytes()) {
        Ok(proof) => assert_eq!(proof.to_string(), expected),
        Err(why) => assert_eq!(why.to_string(), format!("not of the required form: {expected}")),
    };
    check(&good, &good);
    check(&good.replace("@v1", "@v2"), "another first line");
    check(&good.replace("extra ", "other "), "no line with the entry");
    check(&good.replace("extra ", "extra *"), "the entry is not base64");
    check(&good.replace("index 7", "index 07"), "no line with the index");
    check(&good.replace("index 7\n", ""), "no line with the index");
    check(&good.replace("index 7\n", "index 7\nAAAA\n"), "a digest is not 32 bytes in base64");
    check("", "no empty line");
    let line = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n".repeat(64);
    check(&good.replace("index 7\n", &format!("index 7\n{line}")), "too many digests");
    check(&format!("{good}{}", " ".repeat(3 << 20)), "too large");
    // Bytes that are proved to be in the log but are no entry, or one of another place.
    let fake: Tree = [leaf(b"x"), leaf(log.entries()[5].bytes())].into_iter().collect();
    let head = crate::checkpoint::Checkpoint::of_tree(origin_of(&log), &fake, 2).unwrap();
    let note = head.sign(&aronia().node, None).unwrap();
    let policy = Policy { author: author_keys()[..1].to_vec(), witnesses: vec![], needed: 0 };
    for (index, bytes) in [(0, &b"x"[..]), (1, log.entries()[5].bytes())] {
        let path = fake.inclusion(index, 2).unwrap();
        assert_eq!(verify_inclusion(leaf(bytes), index, 2, &path, &head.head.root), Ok(()));
        let text = format!(
            "c2sp.org/tlog-proof@v1\nextra {}\nindex {index}\n{}\n\n{note}",
            base64::Engine::encode(&base64::engine::general_purpose::STANDARD, bytes),
            crate::checkpoint::write_digest(&path[0])
        );
        let got = EntryProof::parse(text.as_bytes()).unwrap().verify(&policy);
        let expected = matches!(got, Err(ProofTextError::Entry(_))) && index == 0;
        assert!(expected || got == Err(ProofTextError::Place), "{got:?}");
    }
}

#[test]
fn every_changed_bit_of_the_text_is_refused() {
    let log = log(20, 99);
    let (b, c) = (belmar(), calder());
    let keys = [author_keys()[..1].to_vec(), witness_keys(&b)[..1].to_vec(), witness_keys(&c)[..1].to_vec()];
    let note = cosigned(&log, 20, &[b, c], 2_000).only(&keys.concat()).unwrap();
    let [author, one, two] = keys;
    let policy = Policy { author, witnesses: vec![one, two], needed: 2 };
    let text = EntryProof::of(&log, &Tree::of_log(&log), 7, 20, note).unwrap().to_string();
    let holds = |bytes: &[u8]| EntryProof::parse(bytes).is_ok_and(|proof| proof.verify(&policy).is_ok());
    assert!(holds(text.as_bytes()));
    for bit in 0..text.len() * 8 {
        let mut wrong = text.clone().into_bytes();
        wrong[bit / 8] ^= 1 << (bit % 8);
        assert!(!holds(&wrong), "bit {bit}");
    }
    for cut in 0..text.len() {
        assert!(!holds(&text.as_bytes()[..cut]), "cut at {cut}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: proptest::test_runner::RngSeed::Fixed(9942), ..ProptestConfig::with_cases(512) })]

    /// Anything cut out, put in or doubled: each reader answers, and what it reads it writes again.
    #[test]
    fn no_bytes_upset_a_reader(
        which in 0usize..4,
        from in any::<prop::sample::Index>(),
        len in 0usize..80,
        put in prop::collection::vec(any::<u8>(), 0..40),
        twice in any::<bool>(),
    ) {
        static SAMPLES: [&[u8]; 4] = [
            include_bytes!("../../../../docs/protocol/samples/heads/5.receipt"),
            include_bytes!("../../../../docs/protocol/samples/heads/5-short.tlog-proof"),
            include_bytes!("../../../../docs/protocol/samples/heads/13-to-20.add-checkpoint"),
            include_bytes!("../../../../docs/protocol/samples/heads/prefix.split"),
        ];
        let mut bytes = SAMPLES[which].to_vec();
        let from = from.index(bytes.len());
        let to = (from + len).min(bytes.len());
        let put = if twice { bytes[from..to].repeat(2) } else { put };
        bytes.splice(from..to, put);
        if let Ok(receipt) = Receipt::read(&bytes) {
            prop_assert_eq!(receipt.to_bytes().unwrap(), bytes.clone());
        }
        if let Ok(proof) = EntryProof::parse(&bytes) {
            prop_assert_eq!(proof.to_string().into_bytes(), bytes.clone());
        }
        if let Ok(request) = AddCheckpoint::parse(&bytes) {
            prop_assert_eq!(request.to_string().into_bytes(), bytes.clone());
        }
        if let Ok(split) = Split::read(&bytes) {
            prop_assert_eq!(split.to_bytes(), bytes.clone());
        }
        if let Ok(note) = Note::parse(&bytes) {
            prop_assert_eq!(note.to_string().into_bytes(), bytes);
        }
    }
}

/// What a node key signs as one sort of thing is never another: entries and receipts are COSE structures with
/// unlike headers, heads and cosignatures are texts that begin otherwise.
#[test]
fn the_messages_that_one_key_signs_begin_differently() {
    let log = log(2, 99);
    let entry = log.entries()[1].bytes();
    let key = NodeKey::from_secret([9; 32]);
    assert_eq!(entry[..2], [0xd2, 0x84]);
    let origin = origin_of(&log);
    assert!(origin.as_str().bytes().next().unwrap().is_ascii_hexdigit());
    assert!(origin.as_str().as_bytes()[64] == b'/' && !"cosignature/v1".starts_with(&origin.as_str()[..12]));
    let receipt = Receipt::issue(origin, &Tree::of_log(&log), 1, 2, 5, &key).unwrap().to_bytes().unwrap();
    assert!(crate::Unverified::read(crate::LogKind::Shared, &receipt).is_err());
    assert_ne!(EntryId::of(entry), EntryId::of(&receipt));
}
