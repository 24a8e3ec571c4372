//! Bundles: the published test vector, what opens, and what is refused.

use super::record::{Node, played};
use super::{AGREEMENT, aronia, belmar, calder};
use crate::bundle::{ATTACHMENT_BYTES_MAX, SEALED_BYTES_MAX, hpke_open, hpke_seal};
use crate::*;

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).unwrap()).collect()
}

fn unhex32(text: &str) -> [u8; 32] {
    unhex(text).try_into().unwrap()
}

#[test]
fn sealing_is_that_of_rfc_9180_appendix_a_2_1() {
    let secret = TransportSecret::from_secret(unhex32(
        "8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb",
    ));
    let public = TransportPublic(unhex32("4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a"));
    assert_eq!(secret.public(), public);
    let info = unhex("4f6465206f6e2061204772656369616e2055726e");
    let aad = unhex("436f756e742d30");
    let plain = unhex("4265617574792069732074727574682c20747275746820626561757479");
    let ikm_e = unhex32("909a9b35d3dc4713a5e72a4da274b55d3d3821a37e5d099e74a647db583a904b");
    let (enc, ciphertext) = hpke_seal(&public, &info, &plain, &aad, ikm_e).unwrap();
    assert_eq!(enc, unhex32("1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a"));
    let expected =
        "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28";
    assert_eq!(ciphertext, unhex(expected));
    assert_eq!(*hpke_open(&secret, &enc, &info, &ciphertext, &aad).unwrap(), plain);
}

fn sample() -> Bundle {
    let documents = [b"a roll".to_vec(), vec![0; 70_000]];
    let log = aronia().log(LogKind::Shared);
    Bundle {
        from: aronia().id,
        to: belmar().id,
        agreement: AGREEMENT,
        heads: vec![log.head()],
        state: Digest([2; 32]),
        entries: vec![log.entries()[0].bytes().to_vec()],
        attachments: documents.into_iter().map(|d| (Digest::of(&d), d)).collect(),
    }
}

#[test]
fn a_bundle_is_opened_as_it_was_sealed_and_by_its_recipient_only() {
    let bundle = sample();
    let b = belmar();
    let sealed = bundle.seal(&b.transport.public(), [1; 32]).unwrap();
    assert_eq!(&sealed[..9], b"HWBUNDLE\x01");
    assert_eq!(sealed[9..17], b.transport.public().kid());
    assert_eq!(
        sealed,
        bundle.seal(&b.transport.public(), [1; 32]).unwrap(),
        "the same entropy, the same bytes"
    );
    assert_ne!(sealed[17..49], bundle.seal(&b.transport.public(), [2; 32]).unwrap()[17..49]);
    assert_eq!(Bundle::open(&sealed, &b.transport), Ok(bundle));
    assert_eq!(Bundle::open(&sealed, &calder().transport), Err(BundleError::OtherKey));
    let text = format!("{:?}", sample());
    assert_eq!(text, "Bundle(aronia to belmar, 1 entries, 2 attachments)");
}

#[test]
fn every_changed_or_cut_bundle_is_refused() {
    let mut bundle = sample();
    bundle.attachments.retain(|_, document| document.len() < 100);
    let b = belmar();
    let sealed = bundle.seal(&b.transport.public(), [1; 32]).unwrap();
    let mut changed = sealed.clone();
    for at in 0..sealed.len() {
        changed[at] ^= 1 << (at % 8);
        let got = Bundle::open(&changed, &b.transport).unwrap_err();
        let expected = match at {
            0..8 => BundleError::Magic,
            8 => BundleError::Version { found: changed[8] },
            9..17 => BundleError::OtherKey,
            _ => BundleError::Seal,
        };
        assert_eq!(got, expected, "byte {at}");
        changed[at] = sealed[at];
        let cut = Bundle::open(&sealed[..at], &b.transport).unwrap_err();
        assert!(matches!(cut, BundleError::Truncated { .. } | BundleError::Seal), "cut at {at}: {cut}");
    }
    let huge = vec![0; SEALED_BYTES_MAX + 1];
    assert_eq!(Bundle::open(&huge, &b.transport), Err(BundleError::Oversize { found: huge.len() }));
}

#[test]
fn what_passes_a_limit_is_not_sealed() {
    let check = |change: &dyn Fn(&mut Bundle), expected: BundleError| {
        let mut bundle = sample();
        change(&mut bundle);
        assert_eq!(bundle.seal(&belmar().transport.public(), [1; 32]), Err(expected));
    };
    check(&|b| b.entries.push(vec![0; (1 << 20) + 1]), BundleError::Entry { index: 1 });
    let (what, found, max) = ("entries", 100_001, 100_000);
    check(&|b| b.entries.resize(100_001, Vec::new()), BundleError::Count { what, found, max });
    check(&|b| drop(b.attachments.insert(Digest([0; 32]), vec![1])), BundleError::Attachment { index: 0 });
    let large = vec![0; ATTACHMENT_BYTES_MAX + 1];
    check(
        &|b| b.attachments = [(Digest::of(&large), large.clone())].into(),
        BundleError::Attachment { index: 0 },
    );
}

#[test]
fn a_pool_travels_with_the_seed_and_not_with_the_commit() {
    let (mut a, mut b) = (Node::new(aronia()), Node::new(belmar()));
    let pool = b"the pool, opened".to_vec();
    let documents = |digest: &Digest| (*digest == Digest::of(&pool)).then(|| pool.clone());
    for node in [&mut a, &mut b] {
        let seed = seed_digest(1, &node.me.id, &[7; 32]);
        node.say(Body::Commit { round: 1, pool: Digest::of(&pool), seed });
    }
    let opened = |a: &Node, b: &Node| Bundle::open(&a.file_for(b, documents), &b.me.transport).unwrap();
    assert!(opened(&a, &b).attachments.is_empty());
    a.tell(&mut b);
    b.tell(&mut a);
    a.say(Body::Reveal { round: 1, seed: [7; 32] });
    let bundle = opened(&a, &b);
    assert_eq!(bundle.attachments.values().collect::<Vec<_>>(), [&pool]);
    assert_eq!(bundle.entries.len(), 1, "only what the peer lacks");
}

#[test]
fn a_third_member_gets_everything_and_a_fork_shows_in_a_bundle() {
    let (a, _) = played();
    let mut c = Node::new(calder());
    a.tell(&mut c);
    assert_eq!(c.record.view().summary().lines().count(), a.record.view().summary().lines().count() + 1);

    // The peer names another entry at its head: the one here goes along, and proves the fork there.
    let mut forked = Node::new(belmar());
    for entry in a.record.applied() {
        forked.record.admit(entry.bytes()).unwrap();
    }
    let mut honest = Node::new(aronia());
    for entry in a.record.applied() {
        honest.record.admit(entry.bytes()).unwrap();
    }
    let mut twin = Node { record: honest.record.clone(), me: aronia(), clock: 9_000 };
    twin.say(Body::Text { digest: Digest([1; 32]) });
    honest.say(Body::Text { digest: Digest([2; 32]) });
    twin.tell(&mut forked);
    let bundle = Bundle::open(&honest.file_for(&forked, |_| None), &forked.me.transport).unwrap();
    assert_eq!(bundle.entries.len(), 1);
    let got = forked.record.admit(&bundle.entries[0]);
    assert!(matches!(got, Err(Refusal::Equivocation(_))), "{got:?}");
}
