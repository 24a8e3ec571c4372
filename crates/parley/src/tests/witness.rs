//! Witnesses, cosigned heads and the proofs of two histories, between two parties and a neutral.

use super::{AGREEMENT, Member, aronia, belmar, calder};
use crate::body::Body;
use crate::checkpoint::{Checkpoint, CheckpointError, author_of, origin_of};
use crate::cosignature::CosignError;
use crate::cosigned::{Cosigned, NotBelieved, Policy};
use crate::lasting::LastingKey;
use crate::note::{Name, Note, NoteError, SignatureKey, SignatureLine, Verifier};
use crate::split::{Split, SplitError};
use crate::tree::{ProofError, Tree, TreeHead};
use crate::witness::{AddCheckpoint, Refused, Witness};
use crate::{Digest, Log, LogKind};

/// A log of `len` entries by aronia, in which those from `fork` on say something else than they would otherwise.
pub(crate) fn log(len: u64, fork: u64) -> Log {
    let a = aronia();
    let mut log = a.log(LogKind::Shared);
    for n in 1..len {
        let digest = Digest([if n >= fork { 0xff } else { n as u8 }; 32]);
        let body = Body::Memo { kind: "note".parse().unwrap(), digest };
        let next = log.sign_next(Vec::new(), 1_000 + n, body, &a.node).unwrap();
        log.push(next.bytes()).unwrap();
    }
    log
}

pub(crate) fn lasting(member: &Member) -> LastingKey {
    LastingKey::from_secret([member.id.as_str().as_bytes()[0]; 32])
}

pub(crate) fn name(member: &Member) -> Name {
    Name::of(&AGREEMENT, &member.id)
}

pub(crate) fn head_note(log: &Log, size: u64) -> Note {
    let a = aronia();
    let checkpoint = Checkpoint::of_tree(origin_of(log), &Tree::of_log(log), size).unwrap();
    checkpoint.sign(&a.node, Some((&lasting(&a), 1_500))).unwrap()
}

pub(crate) fn author_keys() -> Vec<Verifier> {
    let a = aronia();
    let slow = Verifier::new(name(&a), SignatureKey::Lasting(lasting(&a).public()));
    vec![author_of(&a.log(LogKind::Shared)), slow]
}

pub(crate) fn witness_keys(member: &Member) -> Vec<Verifier> {
    let keys =
        [SignatureKey::Cosigner(member.node.public()), SignatureKey::Lasting(lasting(member).public())];
    keys.into_iter().map(|key| Verifier::new(name(member), key)).collect()
}

pub(crate) fn policy(needed: usize) -> Policy {
    let witnesses = vec![witness_keys(&belmar()), witness_keys(&calder())];
    Policy { author: author_keys(), witnesses, needed }
}

pub(crate) fn request(log: &Log, old: u64, size: u64) -> AddCheckpoint {
    let proof = Tree::of_log(log).consistency(old, size).unwrap();
    AddCheckpoint { old, proof, note: head_note(log, size) }
}

/// A note with the cosignatures of these members, as witnesses that never saw the log before.
pub(crate) fn cosigned(log: &Log, size: u64, by: &[Member], time: u64) -> Note {
    let mut note = head_note(log, size);
    for member in by {
        let mut witness = Witness::default();
        witness.watch(author_keys(), None).unwrap();
        let accepted = witness.add_checkpoint(&request(log, 0, size)).unwrap();
        let key = lasting(member);
        note = note.with(accepted.cosign(&name(member), &member.node, Some(&key), time).unwrap()).unwrap();
    }
    note
}

fn watching(log: &Log, size: u64) -> Witness {
    let mut witness = Witness::default();
    witness.watch(author_keys(), None).unwrap();
    witness.add_checkpoint(&request(log, 0, size)).unwrap();
    witness
}

#[test]
fn a_witness_follows_a_log_and_answers_by_file() {
    let (log, b) = (log(12, 99), belmar());
    let mut witness = Witness::default();
    witness.watch(author_keys(), None).unwrap();
    let mut old = 0;
    for (time, size) in [(2_000, 3), (2_001, 4), (2_002, 4), (2_003, 12)] {
        let file = request(&log, old, size).to_string();
        let accepted = witness.add_checkpoint(&AddCheckpoint::parse(file.as_bytes()).unwrap()).unwrap();
        let lines = accepted.cosign(&name(&b), &b.node, None, time).unwrap();
        let answer: String = lines.iter().map(SignatureLine::to_string).collect();
        let note = head_note(&log, size).with(SignatureLine::read_all(&answer).unwrap()).unwrap();
        let keys = vec![witness_keys(&b)[0].clone()];
        let policy = Policy { author: author_keys(), witnesses: vec![keys], needed: 1 };
        let believed = policy.check(&note).unwrap();
        assert_eq!(believed.witnesses, [(name(&b), time)]);
        assert_eq!(believed.checkpoint.head, accepted.checkpoint().head);
        // What it must keep is enough to go on after a restart.
        let kept = witness.last(&origin_of(&log)).unwrap().to_string();
        let mut again = Witness::default();
        again.watch(author_keys(), Some(Note::parse(kept.as_bytes()).unwrap())).unwrap();
        assert_eq!(again, witness);
        old = size;
    }
}

#[test]
fn a_request_that_a_witness_may_not_accept_gets_the_answer_of_the_specification() {
    let (log, other) = (log(12, 99), self::log(12, 5));
    let check = |request: &AddCheckpoint, status: u16, body: &str, words: &str| {
        let mut witness = watching(&log, 8);
        let before = witness.clone();
        let why = witness.add_checkpoint(request).unwrap_err();
        assert_eq!((why.status(), &why.body()[..]), (status, body), "{why}");
        assert!(why.to_string().contains(words), "{why}");
        assert_eq!(witness, before);
    };
    let good = request(&log, 8, 12);
    assert!(watching(&log, 8).add_checkpoint(&good).is_ok());
    check(&request(&log, 0, 12), 409, "8\n", "the last checkpoint seen here has size 8");
    check(&request(&log, 9, 12), 409, "8\n", "the last checkpoint seen here has size 8");
    check(&request(&log, 4, 4), 409, "8\n", "the last checkpoint seen here has size 8");
    let note = head_note(&log, 7);
    check(&AddCheckpoint { old: 8, proof: vec![], note }, 400, "", "above the size 7");
    check(&request(&other, 8, 12), 422, "", "leads to another root");
    check(&AddCheckpoint { proof: vec![], ..good.clone() }, 422, "", "wrong number of digests");
    let mut proof = good.proof.clone();
    proof[0].0[0] ^= 1;
    check(&AddCheckpoint { proof, ..good.clone() }, 422, "", "leads to another root");
    let proof = vec![Digest([0; 32])];
    check(&AddCheckpoint { proof, ..request(&log, 8, 8) }, 422, "", "wrong number of digests");
    check(&request(&other, 8, 8), 409, "8\n", "the author signed another root for size 8");
    let stranger = Checkpoint::parse(head_note(&log, 12).text()).unwrap();
    let unsigned = stranger.sign(&belmar().node, None).unwrap();
    check(&AddCheckpoint { note: unsigned, ..good.clone() }, 403, "", "no known key has signed");
    let unknown = Checkpoint { origin: name(&belmar()), ..stranger.clone() };
    let unknown = unknown.sign(&belmar().node, None).unwrap();
    check(&AddCheckpoint { note: unknown, ..good.clone() }, 404, "", "is not watched here");
    let line = SignatureLine::sign("another text\n", origin_of(&log), &aronia().node);
    let forged = Note::new(stranger.to_string(), vec![line]).unwrap();
    check(&AddCheckpoint { note: forged, ..good.clone() }, 403, "", "does not hold");
    let line = SignatureLine::sign("no checkpoint\n", origin_of(&log), &aronia().node);
    let text = Note::new("no checkpoint\n".to_owned(), vec![line]).unwrap();
    check(&AddCheckpoint { note: text, ..good }, 400, "", "three lines");
}

#[test]
fn a_malformed_request_is_refused_with_its_reason() {
    let good = request(&log(12, 99), 8, 12).to_string();
    let check = |text: &str, expected: &str| match AddCheckpoint::parse(text.as_bytes()) {
        Ok(request) => assert_eq!(request.to_string(), expected),
        Err(why) => assert_eq!((why.to_string().as_str(), why.status()), (expected, 400), "{text:?}"),
    };
    let form = |why: &str| format!("the request is not of the required form: {why}");
    check(&good, &good);
    check("", &form("no empty line"));
    check(&good.replace("old 8\n", ""), &form("no line with the old size"));
    check(&good.replace("old 8", "old 08"), &form("no line with the old size"));
    check(&good.replace("old 8", "old  8"), &form("no line with the old size"));
    check(&good.replace("old 8", "old -8"), &form("no line with the old size"));
    check(&good.replacen("=\n", "\n", 1), &form("a proof line is not 32 bytes in base64"));
    check(
        &good.replacen("old 8\n", "old 8\n\n", 1),
        "not a checkpoint: a checkpoint has three lines: origin, size, root",
    );
    let line = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    let many = |n: usize| good.replacen("old 8\n", &format!("old 8\n{}", line.repeat(n)), 1);
    let proof = AddCheckpoint::parse(many(0).as_bytes()).unwrap().proof.len();
    check(&many(63 - proof), &many(63 - proof));
    check(&many(64 - proof), &form("more than 63 digests"));
    check(&format!("{good}{}", " ".repeat(200 << 10)), &form("too large"));
    assert_eq!(AddCheckpoint::parse(b"old 8\n\xff\n\n"), Err(Refused::Form("not UTF-8")));
}

#[test]
fn a_head_is_believed_with_all_keys_of_its_author_and_enough_witnesses() {
    let log = log(12, 99);
    let (a, b, c) = (aronia(), belmar(), calder());
    let full = cosigned(&log, 12, &[belmar(), calder()], 2_000);
    let witnesses = vec![(name(&b), 2_000), (name(&c), 2_000)];
    let checkpoint = Checkpoint::of_log(&log);
    assert_eq!(policy(2).check(&full), Ok(Cosigned { checkpoint: checkpoint.clone(), witnesses }));
    let one = cosigned(&log, 12, &[belmar()], 2_000);
    assert!(policy(1).check(&one).is_ok());
    assert_eq!(policy(2).check(&one), Err(NotBelieved::Witnesses { found: 1, needed: 2 }));
    // A witness counts with all its keys only, and so does the author.
    let half = one.only(&[author_keys(), witness_keys(&b)[..1].to_vec()].concat()).unwrap();
    assert_eq!(policy(1).check(&half), Err(NotBelieved::Witnesses { found: 0, needed: 1 }));
    let half = full.only(&[author_keys()[..1].to_vec(), witness_keys(&b)].concat()).unwrap();
    assert_eq!(policy(1).check(&half), Err(NotBelieved::Author));
    let none = full.only(&[witness_keys(&b), witness_keys(&c)].concat()).unwrap();
    let unsigned = CheckpointError::Note(NoteError::NoKnownSignature);
    assert_eq!(policy(2).check(&none), Err(unsigned.into()));
    let other = Policy { author: witness_keys(&b), ..policy(0) };
    assert!(other.check(&full).is_err());
    assert_eq!(Policy { author: vec![], ..policy(0) }.check(&full), Err(NotBelieved::Policy));
    let mixed = [author_keys(), witness_keys(&b)].concat();
    assert_eq!(Policy { author: mixed, ..policy(0) }.check(&full), Err(NotBelieved::Policy));
    // One key or one name for two would count twice.
    let renamed: Vec<_> =
        witness_keys(&b).into_iter().map(|v| Verifier::new(name(&c), v.key().clone())).collect();
    let unsound = [
        vec![witness_keys(&b), witness_keys(&b)],
        vec![witness_keys(&b), renamed],
        vec![witness_keys(&a)],
        vec![witness_keys(&b), vec![]],
        vec![[witness_keys(&b), witness_keys(&c)].concat()],
        vec![vec![witness_keys(&b)[0].clone(); 2]],
    ];
    for witnesses in unsound {
        let policy = Policy { witnesses, ..policy(1) };
        assert_eq!(policy.check(&full), Err(NotBelieved::Policy));
    }
    // The author cannot cosign for itself: its keys are nobody's witness keys. A cosignature states a time.
    let mut witness = Witness::default();
    witness.watch(author_keys(), None).unwrap();
    let accepted = witness.add_checkpoint(&request(&log, 0, 12)).unwrap();
    assert_eq!(accepted.cosign(&name(&a), &a.node, None, 0), Err(CosignError::Time(0)));
    let own = accepted.cosign(&name(&a), &a.node, Some(&lasting(&a)), 2_000).unwrap();
    let own = head_note(&log, 12).with(own).unwrap();
    assert_eq!(policy(1).check(&own), Err(NotBelieved::Witnesses { found: 0, needed: 1 }));
}

#[test]
fn every_bit_of_a_cosigned_head_counts() {
    let (b, c) = (belmar(), calder());
    // Without ML-DSA-44 the note is short enough to try every bit; the long lines are tried in steps.
    let keys = [author_keys()[..1].to_vec(), witness_keys(&b)[..1].to_vec(), witness_keys(&c)[..1].to_vec()];
    let full = cosigned(&log(12, 99), 12, &[belmar(), calder()], 2_000);
    let short = full.only(&keys.concat()).unwrap();
    let [author, one, two] = keys;
    let short_policy = Policy { author, witnesses: vec![one, two], needed: 2 };
    for (note, policy, step) in [(short, short_policy, 1), (full, policy(2), 41)] {
        assert!(policy.check(&note).is_ok());
        let bytes = note.to_string().into_bytes();
        for bit in (0..bytes.len() * 8).step_by(step) {
            let mut wrong = bytes.clone();
            wrong[bit / 8] ^= 1 << (bit % 8);
            let believed = Note::parse(&wrong).is_ok_and(|note| policy.check(&note).is_ok());
            assert!(!believed, "bit {bit}");
        }
        let end = bytes.len();
        for cut in 1..end {
            let believed = Note::parse(&bytes[..cut]).is_ok_and(|note| policy.check(&note).is_ok());
            assert!(!believed, "cut at {cut}");
        }
    }
}

#[test]
fn two_roots_of_one_size_prove_two_histories() {
    let (log, other) = (log(12, 99), self::log(12, 5));
    let why = watching(&log, 8).add_checkpoint(&request(&other, 8, 8)).unwrap_err();
    let Refused::Split { proof, last } = why else { panic!("{why}") };
    assert_eq!(last, TreeHead { size: 8, root: Tree::of_log(&log).root(8).unwrap() });
    let bytes = proof.to_bytes();
    let shown = Split::read(&bytes).unwrap().verify(&author_keys()).unwrap();
    assert_eq!((shown.origin, shown.first), (origin_of(&log), last));
    // Any one key of the author is enough, and no other key is.
    for key in author_keys() {
        assert!(proof.verify(&[key]).is_ok());
    }
    assert!(proof.verify(&witness_keys(&belmar())).is_err());
    let (first, second) = (head_note(&log, 8), head_note(&log, 8));
    let got = Split::of_equal_size(first, second, &author_keys());
    assert_eq!(got, Err(SplitError::Consistent));
    // Heads before the fork are equal.
    let got = Split::of_equal_size(head_note(&log, 5), head_note(&other, 5), &author_keys());
    assert_eq!(got, Err(SplitError::Consistent));
    let got = Split::of_equal_size(head_note(&log, 8), head_note(&other, 12), &author_keys());
    assert_eq!(got, Err(SplitError::Proof(ProofError::Length)));
}

#[test]
fn a_larger_head_that_does_not_begin_with_the_smaller_proves_two_histories() {
    let (log, other) = (log(40, 99), self::log(40, 5));
    let (tree, forked) = (Tree::of_log(&log), Tree::of_log(&other));
    for (old, size) in [(6, 7), (7, 12), (8, 12), (16, 32), (31, 40), (32, 40), (39, 40)] {
        let (smaller, larger) = (head_note(&log, old), head_note(&other, size));
        let split = Split::of_prefix(smaller.clone(), larger, &forked, &author_keys()).unwrap();
        let read = Split::read(&split.to_bytes()).unwrap();
        assert_eq!(read, split);
        let shown = read.verify(&author_keys()).unwrap();
        assert_eq!((shown.first.size, shown.second.size), (old, size));
        // An honest log gives no such proof, and the digests of another tree are none.
        let honest = head_note(&log, size);
        let got = Split::of_prefix(smaller.clone(), honest.clone(), &tree, &author_keys());
        assert_eq!(got, Err(SplitError::Consistent), "{old} to {size}");
        let got = Split::of_prefix(smaller, honest, &forked, &author_keys());
        assert_eq!(got, Err(SplitError::Proof(ProofError::Root)), "{old} to {size}");
    }
    let (smaller, larger) = (head_note(&log, 5), head_note(&other, 12));
    let got = Split::of_prefix(smaller, larger, &forked, &author_keys());
    assert_eq!(got, Err(SplitError::Consistent), "before the fork they are one");
}

#[test]
fn every_bit_of_the_proof_of_two_histories_counts() {
    let (log, other) = (log(12, 99), self::log(12, 5));
    let author = &author_keys()[..1];
    let only = |note: Note| note.only(author).unwrap();
    let equal = Split::of_equal_size(only(head_note(&log, 8)), only(head_note(&other, 8)), author).unwrap();
    let (smaller, larger) = (only(head_note(&log, 7)), only(head_note(&other, 12)));
    let prefix = Split::of_prefix(smaller, larger, &Tree::of_log(&other), author).unwrap();
    for split in [equal, prefix] {
        let bytes = split.to_bytes();
        for bit in 0..bytes.len() * 8 {
            let mut wrong = bytes.clone();
            wrong[bit / 8] ^= 1 << (bit % 8);
            assert!(!Split::read(&wrong).is_ok_and(|split| split.verify(author).is_ok()), "bit {bit}");
        }
        assert!(Split::read(&bytes[..bytes.len() - 1]).is_err());
        assert!(Split::read(&[&bytes[..], b"x"].concat()).is_err());
    }
    let found = 1 << 20;
    assert_eq!(Split::read(&vec![0; found]), Err(SplitError::Oversize { found }));
}

#[test]
fn a_witness_watches_what_its_author_signed_only() {
    let mut witness = Witness::default();
    assert!(witness.watch(vec![], None).is_err());
    assert!(witness.watch([author_keys(), witness_keys(&belmar())].concat(), None).is_err());
    let foreign = Checkpoint::of_log(&log(3, 99)).sign(&belmar().node, None).unwrap();
    assert!(witness.watch(author_keys(), Some(foreign)).is_err());
    assert_eq!(witness, Witness::default());
}
