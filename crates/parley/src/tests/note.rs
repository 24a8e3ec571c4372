//! Notes, checkpoints and cosignatures against the published examples, and every malformed form refused.

use super::{AGREEMENT, aronia, belmar};
use crate::checkpoint::{Checkpoint, CheckpointError, author_of, origin_of};
use crate::cosignature::{CosignError, cosign, cosign_lasting};
use crate::lasting::LastingKey;
use crate::note::*;
use crate::tree::{TreeHead, empty_root, leaf};
use crate::{Digest, LogKind, NodeKey};

/// golang.org/x/mod, sumdb/note/note_test.go: name, secret, verifier key and note.
const NEUMANN_SECRET: &str = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const NEUMANN: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const NEUMANN_NOTE: &str = "If you think cryptography is the answer to your problem,\n\
    then you don't know what your problem is.\n\n\
    \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const ENOCH: &str = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";

/// C2SP signed-note, section "Verifier keys".
const EXAMPLE: &str = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const EXAMPLE_NOTE: &str = "This is an example message.\n\n\
    \u{2014} example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

/// transparency-dev/formats, note/note_cosigv1_test.go: the verifier key of a witness.
const REMORA: &str = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2";

/// filippo.io/torchwood, cmd/litewitness/testdata/mldsa.txt: a log's ML-DSA-44 key and its checkpoint.
const MLDSA: &str = include_str!("../../../../docs/protocol/vectors/mldsa-log.vkey");
const MLDSA_NOTE: &str = include_str!("../../../../docs/protocol/vectors/mldsa-log.note");

fn key(text: &str) -> Verifier {
    text.trim_end().parse().unwrap()
}

#[test]
fn the_published_notes_open_and_one_is_signed_again_byte_by_byte() {
    for (vkey, note, time) in
        [(NEUMANN, NEUMANN_NOTE, None), (EXAMPLE, EXAMPLE_NOTE, None), (MLDSA, MLDSA_NOTE, Some(0))]
    {
        let known = [key(ENOCH), key(vkey)];
        let read = Note::parse(note.as_bytes()).unwrap();
        assert_eq!(read.to_string(), note);
        assert_eq!(read.open(&known), Ok(vec![Held { by: &known[1], time }]));
        assert_eq!(read.open(&known[..1]), Err(NoteError::NoKnownSignature));
        assert_eq!(known[1].to_string(), vkey.trim_end());
    }
    let secret = crate::tests::note::unbase64(NEUMANN_SECRET);
    let signer = NodeKey::from_secret(secret[1..].try_into().unwrap());
    let text = NEUMANN_NOTE.split_inclusive('\n').take(2).collect::<String>();
    let line = SignatureLine::sign(&text, "PeterNeumann".parse().unwrap(), &signer);
    assert_eq!(Note::new(text, vec![line]).unwrap().to_string(), NEUMANN_NOTE);
    assert!(matches!(key(REMORA).key(), SignatureKey::Cosigner(_)));
}

pub(crate) fn unbase64(text: &str) -> Vec<u8> {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.decode(text).unwrap()
}

/// As in Go's TestNewVerifier: no part of a verifier key is one, and no changed one.
#[test]
fn a_mangled_verifier_key_is_refused() {
    for from in 0..NEUMANN.len() {
        for to in from + 1..=NEUMANN.len() {
            assert_eq!(NEUMANN[from..to].parse::<Verifier>().is_ok(), to - from == NEUMANN.len());
        }
    }
    for at in 0..NEUMANN.len() {
        for bit in 0..7 {
            let mut bytes = NEUMANN.as_bytes().to_vec();
            bytes[at] ^= 1 << bit;
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.parse::<Verifier>().is_err(), "{text}");
        }
    }
    let refused = |text: &str, why: &str| {
        assert_eq!(text.parse::<Verifier>().unwrap_err().to_string(), format!("not a verifier key: {why}"))
    };
    let short = "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==";
    assert!(short.parse::<Verifier>().is_err());
    refused(
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "a signature type that is not used here",
    );
    refused("PeterNeumann+c74f20a3", "three parts are needed");
    refused("PeterNeumann+c74f20a3+ARpc", "a key of the wrong length");
    refused(&NEUMANN.replace("c74f20a3", "C74F20A3"), "the number does not follow from name and key");
    refused(&NEUMANN.replace("10TW", "10T!"), "the key is not base64");
}

#[test]
fn what_is_not_a_note_is_refused_with_its_place() {
    let good = NEUMANN_NOTE;
    let line = good.lines().last().unwrap();
    let check = |text: &str, expected: &str| {
        let got = match Note::parse(text.as_bytes()) {
            Ok(note) => note.to_string(),
            Err(why) => why.to_string(),
        };
        assert_eq!(got, expected, "{text:?}");
    };
    check(good, good);
    let line_one = "signature line 1 is not of the required form";
    check("", "no text followed by an empty line");
    check("one line\n", "no text followed by an empty line");
    check("a text\n\n", "no signature line");
    check(&good[..good.len() - 1], line_one);
    check(&format!("{good}\n"), "no signature line");
    check(&format!("{good}x\n"), "signature line 2 is not of the required form");
    check(&good.replace('\u{2014}', "-"), line_one);
    check(&good.replace("\u{2014} ", "\u{2014}  "), line_one);
    check(&good.replace(" x08", "  x08"), line_one);
    check(&good.replace("nAM=", "nAM"), line_one);
    check(&good.replace("nAM=", "nAN="), line_one);
    check(&good.replace("nAM=", "nAM=="), line_one);
    check(&good.replace("PeterNeumann ", "Peter+Neumann "), line_one);
    check(&good.replace("PeterNeumann ", "Peter\u{2003}Neumann "), line_one);
    check(&good.replace("PeterNeumann ", &format!("{} ", "x".repeat(256))), line_one);
    check("a text\n\n\u{2014} name AAAAAA==\n", line_one);
    check("a\ttext\n\n\u{2014} name AAAAAAA=\n", "byte 1 is no text that may stand in a note");
    check("a\r\n\n\u{2014} name AAAAAAA=\n", "byte 1 is no text that may stand in a note");
    assert_eq!(Note::parse(b"a\xff\n\n"), Err(NoteError::Character { at: 1 }));
    let long = format!("a\n\n\u{2014} name {}\n", "A".repeat(SIGNATURE_LINE_MAX));
    check(&long, line_one);
    let many = |n: usize| format!("a text\n\n{}", format!("{line}\n").repeat(n));
    assert_eq!(Note::parse(many(32).as_bytes()).unwrap().signatures().len(), 32);
    check(&many(33), "more than 32 signature lines");
    let large = format!("{}\n\n{line}\n", "x".repeat(NOTE_BYTES_MAX));
    assert_eq!(Note::parse(large.as_bytes()), Err(NoteError::Oversize { found: large.len() }));
    // The least that the specification demands: 16 signatures of nearly 5 kB.
    let lines = (0..16).map(|n| format!("\u{2014} name-{n} {}\n", "A".repeat(4 * 1664))).collect::<String>();
    assert_eq!(Note::parse(format!("a text\n\n{lines}").as_bytes()).unwrap().signatures().len(), 16);
    // A text may have empty lines: the last one ends it.
    assert_eq!(Note::parse(format!("a\n\nb\n\n{line}\n").as_bytes()).unwrap().text(), "a\n\nb\n");
}

#[test]
fn unknown_signers_are_read_over_and_a_known_one_must_hold() {
    let known = [key(NEUMANN)];
    let line = NEUMANN_NOTE.lines().last().unwrap();
    let stranger = EXAMPLE_NOTE.lines().last().unwrap();
    let note = |lines: &[&str]| {
        let text = NEUMANN_NOTE.split_inclusive('\n').take(3).collect::<String>();
        Note::parse(format!("{text}{}\n", lines.join("\n")).as_bytes()).unwrap()
    };
    assert!(note(&[stranger, line]).open(&known).is_ok());
    assert_eq!(note(&[stranger, line]).only(&known), Ok(note(&[line])));
    // The same name with another number, and the same number with another name, are other keys.
    let number = line.replace(" x08go", " x08gp");
    assert!(note(&[&number, line]).open(&known).is_ok());
    assert_eq!(note(&[&number]).open(&known), Err(NoteError::NoKnownSignature));
    let name = line.replace("PeterNeumann", "peterNeumann");
    assert_eq!(note(&[&name]).open(&known), Err(NoteError::NoKnownSignature));
    let forged = line.replace("JkuBS", "JkuBT");
    let bad = Err(NoteError::BadSignature("PeterNeumann".parse().unwrap()));
    assert_eq!(note(&[&forged]).open(&known), bad);
    assert_eq!(note(&[line, &forged]).open(&known), bad);
}

#[test]
fn a_checkpoint_has_three_lines_in_their_one_form() {
    let root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
    let good = format!("example.com/behind-the-sofa\n20852163\n{root}\n");
    let check = |text: &str, expected: &str| {
        let got = match Checkpoint::parse(text) {
            Ok(checkpoint) => checkpoint.to_string(),
            Err(why) => why.to_string(),
        };
        assert_eq!(got, expected, "{text:?}");
    };
    let lines = "a checkpoint has three lines: origin, size, root";
    let size = "the size is not a decimal number without leading zeroes";
    let digest = "the root is not 32 bytes in base64";
    check(&good, &good);
    check(
        &good.replace("20852163", "18446744073709551615"),
        &good.replace("20852163", "18446744073709551615"),
    );
    check("", lines);
    check(good.trim_end(), lines);
    check(&format!("{good}an extension\n"), lines);
    check(&format!("{good}\n"), lines);
    check(&good.replace("20852163", "020852163"), size);
    check(&good.replace("20852163", ""), size);
    check(&good.replace("20852163", "+1"), size);
    check(&good.replace("20852163", "-1"), size);
    check(&good.replace("20852163", "1 "), size);
    check(&good.replace("20852163", "18446744073709551616"), size);
    check(&good.replace("q2I=", "q2J="), digest);
    check(&good.replace("q2I=", "q2I"), digest);
    check(&good.replace("CsUY", "CsU"), digest);
    check(&good.replace("CsUY", "CsUYCsUY"), digest);
    check(&good.replace("behind-the", "behind the"), &NoteError::Name.to_string());
    check(&good.replace("example.com/behind-the-sofa", ""), &NoteError::Name.to_string());
    check(&good.replace("20852163", "0"), "the root is not that of a log without entries");
    let empty = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    check(&format!("x\n0\n{empty}\n"), &format!("x\n0\n{empty}\n"));
}

fn checkpoint() -> Checkpoint {
    let origin = Name::of(&AGREEMENT, &aronia().id);
    Checkpoint { origin, head: TreeHead { size: 7, root: leaf(b"x") } }
}

#[test]
fn the_cosigned_messages_are_those_of_the_specification() {
    let (checkpoint, b) = (checkpoint(), belmar());
    let (name, lasting) = (Name::of(&AGREEMENT, &b.id), LastingKey::from_secret([7; 32]));
    let text = checkpoint.to_string();
    let line = cosign(&checkpoint, name.clone(), &b.node, 1_679_315_147).unwrap().to_string();
    let bytes = unbase64(line.trim_end().rsplit(' ').next().unwrap());
    assert_eq!(bytes.len(), 4 + 8 + 64);
    let message = format!("cosignature/v1\ntime 1679315147\n{text}");
    assert!(b.node.public().verify(message.as_bytes(), bytes[12..].try_into().unwrap()));
    let line = cosign_lasting(&checkpoint, name.clone(), &lasting, 1_679_315_147).unwrap().to_string();
    let bytes = unbase64(line.trim_end().rsplit(' ').next().unwrap());
    assert_eq!(bytes.len(), 4 + 8 + 2420);
    let mut message = b"subtree/v1\n\0".to_vec();
    message.push(71);
    message.extend(name.as_str().as_bytes());
    message.extend([0, 0, 0, 0, 0x64, 0x18, 0x50, 0xcb]);
    message.push(71);
    message.extend(checkpoint.origin.as_str().as_bytes());
    message.extend([[0; 8], [0, 0, 0, 0, 0, 0, 0, 7]].concat());
    message.extend(checkpoint.head.root.0);
    assert!(lasting.public().verify(&message, &bytes[12..]));
    for time in [u64::MAX, 1 << 63] {
        assert_eq!(cosign(&checkpoint, name.clone(), &b.node, time), Err(CosignError::Time(time)));
        let got = cosign_lasting(&checkpoint, name.clone(), &lasting, time);
        assert_eq!(got, Err(CosignError::Time(time)));
    }
    assert!(cosign(&checkpoint, name, &b.node, (1 << 63) - 1).is_ok());
}

#[test]
fn a_signature_of_one_sort_is_none_of_another() {
    let (checkpoint, a, b) = (checkpoint(), aronia(), belmar());
    let lasting = LastingKey::from_secret([7; 32]);
    let note = checkpoint.sign(&a.node, Some((&lasting, 5))).unwrap();
    let name = Name::of(&AGREEMENT, &b.id);
    let line = cosign(&checkpoint, name.clone(), &b.node, 9).unwrap();
    let note = note.with(vec![line]).unwrap();
    let author = Verifier::new(checkpoint.origin.clone(), SignatureKey::Author(a.node.public()));
    let slow = Verifier::new(checkpoint.origin.clone(), SignatureKey::Lasting(lasting.public()));
    let witness = Verifier::new(name.clone(), SignatureKey::Cosigner(b.node.public()));
    let known = [author.clone(), slow.clone(), witness.clone()];
    let held: Vec<_> = note.open(&known).unwrap().iter().map(|h| h.time).collect();
    assert_eq!(held, [None, Some(5), Some(9)]);
    assert_eq!(Checkpoint::open(&note, &[author]), Ok(checkpoint.clone()));
    assert_eq!(Checkpoint::open(&note, &[slow]), Ok(checkpoint));
    // A witness alone does not make it the author's word, and its key is no author's key under the same name.
    let nobody = Err(CheckpointError::Note(NoteError::NoKnownSignature));
    assert_eq!(Checkpoint::open(&note, &[witness]), nobody);
    let other = Verifier::new(name, SignatureKey::Author(b.node.public()));
    assert_eq!(Checkpoint::open(&note, &[other]), nobody);
}

#[test]
fn a_log_gives_its_checkpoint_under_its_own_name() {
    let a = aronia();
    let log = a.log(LogKind::Shared);
    let checkpoint = Checkpoint::of_log(&log);
    assert_eq!(checkpoint.origin.as_str(), format!("{AGREEMENT}/aronia"));
    assert_eq!(checkpoint.head, TreeHead { size: 1, root: leaf(log.entries()[0].bytes()) });
    let note = checkpoint.sign(&a.node, None).unwrap();
    assert_eq!(Checkpoint::open(&note, &[author_of(&log)]), Ok(checkpoint));
    assert_eq!(origin_of(&log), *author_of(&log).name());
    let empty = Checkpoint { origin: origin_of(&log), head: TreeHead { size: 0, root: empty_root() } };
    assert!(Checkpoint::parse(&empty.to_string()).is_ok());
    let wrong = Checkpoint { head: TreeHead { size: 0, root: Digest([0; 32]) }, ..empty };
    assert_eq!(Checkpoint::parse(&wrong.to_string()), Err(CheckpointError::EmptyRoot));
}

#[test]
fn the_names_of_keys_do_not_print_secrets() {
    let key = LastingKey::from_secret([7; 32]);
    assert!(format!("{key:?}").starts_with("LastingKey(LastingPublic(["));
    assert_eq!(format!("{key:?}").len(), format!("LastingKey({:?})", key.public()).len());
}
