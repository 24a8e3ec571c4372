//! The tree against published vectors and against the definition of RFC 6962, written down as it stands there.

use proptest::prelude::*;
use sha2::{Digest as _, Sha256};

use crate::id::Digest;
use crate::tree::*;

/// The eight leaves of the reference tree in the tests of Google's certificate-transparency and of
/// transparency-dev/merkle (proof/verify_test.go), which has the roots and proofs below.
const LEAVES: [&[u8]; 8] = [
    b"",
    b"\x00",
    b"\x10",
    b"\x20\x21",
    b"\x30\x31",
    b"\x40\x41\x42\x43",
    b"\x50\x51\x52\x53\x54\x55\x56\x57",
    b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
];
const ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];
/// Index, size, digests.
const INCLUSION: [(u64, u64, &[&str]); 5] = [
    (0, 1, &[]),
    (
        0,
        8,
        &[
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        5,
        8,
        &[
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (2, 3, &["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (
        1,
        5,
        &[
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
];
/// Old size, size, digests.
const CONSISTENCY: [(u64, u64, &[&str]); 5] = [
    (1, 1, &[]),
    (
        1,
        8,
        &[
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        6,
        8,
        &[
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (
        2,
        5,
        &[
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
    (
        6,
        7,
        &[
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
];

fn digests(hex: &[&str]) -> Vec<Digest> {
    hex.iter().map(|d| d.parse().unwrap()).collect()
}

fn head(size: u64) -> TreeHead {
    TreeHead { size, root: ROOTS[size as usize].parse().unwrap() }
}

#[test]
fn the_reference_tree_has_its_published_roots_and_proofs() {
    let tree: Tree = LEAVES.iter().map(|bytes| leaf(bytes)).collect();
    let mut frontier = Frontier::default();
    for size in 0..=8 {
        assert_eq!(tree.root(size), Ok(head(size).root), "size {size}");
        assert_eq!((frontier.size(), frontier.root()), (size, head(size).root));
        LEAVES.get(size as usize).iter().for_each(|bytes| frontier.append(leaf(bytes)));
    }
    for (index, size, path) in INCLUSION {
        assert_eq!(tree.inclusion(index, size), Ok(digests(path)), "{index} in {size}");
        let own = leaf(LEAVES[index as usize]);
        assert_eq!(verify_inclusion(own, index, size, &digests(path), &head(size).root), Ok(()));
    }
    for (old, size, path) in CONSISTENCY {
        assert_eq!(tree.consistency(old, size), Ok(digests(path)), "{old} to {size}");
        assert_eq!(verify_consistency(&head(old), &head(size), &digests(path)), Ok(()));
    }
    assert_eq!(tree.root(9), Err(ProofError::OutOfTree { wanted: 9, size: 8 }));
    assert_eq!(tree.inclusion(3, 3), Err(ProofError::OutOfTree { wanted: 3, size: 3 }));
    assert_eq!(tree.consistency(4, 3), Err(ProofError::OutOfTree { wanted: 4, size: 3 }));
}

/// What transparency-dev/merkle tries on each of its inclusion proofs.
#[test]
fn a_corrupted_inclusion_proof_is_refused() {
    let some: Digest = "abacaba000000000000000000000000000000000000000000060061e00123456".parse().unwrap();
    for (index, size, path) in INCLUSION {
        let (own, path, root) = (leaf(LEAVES[index as usize]), digests(path), head(size).root);
        let refused = |own, index, size, path: &[Digest], root: &Digest, what: &str| {
            let got = verify_inclusion(own, index, size, path, root);
            assert!(got.is_err(), "{index} in {size}: {what}");
        };
        refused(own, index.wrapping_sub(1), size, &path, &root, "number before");
        refused(own, index + 1, size, &path, &root, "number after");
        refused(own, index ^ 2, size, &path, &root, "number ^ 2");
        refused(own, index, size * 2, &path, &root, "twice the size");
        refused(own, index, size / 2, &path, &root, "half the size");
        refused(own, index, 0, &path, &root, "no entries");
        refused(some, index, size, &path, &root, "another leaf");
        refused(own, index, size, &path, &some, "another root");
        refused(own, index, size, &path, &empty_root(), "the empty root");
        refused(own, index, size, &[&path[..], &[root]].concat(), &root, "one more at the end");
        refused(own, index, size, &[&[root], &path[..]].concat(), &root, "one more in front");
        for at in 0..path.len() {
            let mut wrong = path.clone();
            wrong[at].0[0] ^= 8;
            refused(own, index, size, &wrong, &root, "a changed bit");
            wrong.remove(at);
            refused(own, index, size, &wrong, &root, "one missing");
        }
    }
}

/// What transparency-dev/merkle tries on each of its consistency proofs, and its cases of sizes.
#[test]
fn a_corrupted_consistency_proof_is_refused() {
    let refused = |old: TreeHead, new: TreeHead, proof: &[Digest], what: &str| {
        let got = verify_consistency(&old, &new, proof);
        assert!(got.is_err(), "{} to {}: {what}", old.size, new.size);
    };
    for (old, size, path) in CONSISTENCY.into_iter().filter(|(old, size, _)| old < size) {
        let (first, second, path) = (head(old), head(size), digests(path));
        for wrong in [old.wrapping_sub(1), old + 1, old ^ 2] {
            refused(TreeHead { size: wrong, ..first }, second, &path, "another old size");
        }
        for wrong in [size * 2, size / 2] {
            refused(first, TreeHead { size: wrong, ..second }, &path, "another size");
        }
        refused(TreeHead { root: second.root, ..first }, second, &path, "another old root");
        refused(first, TreeHead { root: first.root, ..second }, &path, "another root");
        for extra in [first.root, second.root, path[0]] {
            refused(first, second, &[&path[..], &[extra]].concat(), "one more at the end");
            refused(first, second, &[&[extra], &path[..]].concat(), "one more in front");
        }
        refused(first, second, &[], "no proof");
        for at in 0..path.len() {
            let mut wrong = path.clone();
            wrong[at].0[0] ^= 16;
            refused(first, second, &wrong, "a changed bit");
            wrong.remove(at);
            refused(first, second, &wrong, "one missing");
        }
    }
    for size in [0, 1, 8] {
        assert_eq!(verify_consistency(&head(0), &head(size), &[]), Ok(()));
        assert_eq!(verify_consistency(&head(size), &head(size), &[]), Ok(()));
        refused(head(0), head(size), &[empty_root()], "digests after the empty tree");
        refused(head(size), head(size), &[empty_root()], "digests between equal sizes");
        refused(TreeHead { size: 0, root: head(3).root }, head(size), &[], "no entries, another root");
    }
    refused(head(2), head(1), &[], "back in time");
}

/// MTH of RFC 6962 section 2.1, word for word.
fn mth(leaves: &[Vec<u8>]) -> Vec<u8> {
    match leaves {
        [] => Sha256::digest(b"").to_vec(),
        [one] => Sha256::digest([b"\x00", &one[..]].concat()).to_vec(),
        many => {
            let k = split(many.len());
            Sha256::digest([&b"\x01"[..], &mth(&many[..k]), &mth(&many[k..])].concat()).to_vec()
        }
    }
}

/// PATH of section 2.1.1.
fn path(m: usize, leaves: &[Vec<u8>]) -> Vec<Vec<u8>> {
    if leaves.len() == 1 {
        return Vec::new();
    }
    let k = split(leaves.len());
    let (mut out, other) = if m < k {
        (path(m, &leaves[..k]), mth(&leaves[k..]))
    } else {
        (path(m - k, &leaves[k..]), mth(&leaves[..k]))
    };
    out.push(other);
    out
}

/// SUBPROOF of section 2.1.2.
fn subproof(m: usize, leaves: &[Vec<u8>], whole: bool) -> Vec<Vec<u8>> {
    if m == leaves.len() {
        return if whole { Vec::new() } else { vec![mth(leaves)] };
    }
    let k = split(leaves.len());
    let (mut out, other) = if m <= k {
        (subproof(m, &leaves[..k], whole), mth(&leaves[k..]))
    } else {
        (subproof(m - k, &leaves[k..], false), mth(&leaves[..k]))
    };
    out.push(other);
    out
}

fn split(n: usize) -> usize {
    (0..).map(|e| 1 << e).take_while(|k| *k < n).last().unwrap()
}

fn plain(digests: &[Digest]) -> Vec<Vec<u8>> {
    digests.iter().map(|d| d.0.to_vec()).collect()
}

#[test]
fn every_tree_of_up_to_33_entries_is_that_of_the_definition() {
    let leaves: Vec<Vec<u8>> = (0..33u8).map(|n| vec![n; n as usize % 5]).collect();
    let tree: Tree = leaves.iter().map(|bytes| leaf(bytes)).collect();
    for size in 0..=33 {
        let here = TreeHead { size: size as u64, root: tree.root(size as u64).unwrap() };
        assert_eq!(here.root.0.to_vec(), mth(&leaves[..size]));
        for at in 0..size {
            let proof = tree.inclusion(at as u64, here.size).unwrap();
            assert_eq!(plain(&proof), path(at, &leaves[..size]), "{at} in {size}");
            assert_eq!(verify_inclusion(leaf(&leaves[at]), at as u64, here.size, &proof, &here.root), Ok(()));
        }
        for old in 1..=size {
            let before = TreeHead { size: old as u64, root: tree.root(old as u64).unwrap() };
            let proof = tree.consistency(before.size, here.size).unwrap();
            assert_eq!(plain(&proof), subproof(old, &leaves[..size], true), "{old} to {size}");
            assert_eq!(verify_consistency(&before, &here, &proof), Ok(()));
            if old == size {
                assert!(tree.prefix_proof(before.size, here.size).is_err());
                continue;
            }
            let proof = tree.prefix_proof(before.size, here.size).unwrap();
            assert_eq!(prefix_root(before.size, here.size, &proof), Ok((before.root, here.root)));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: proptest::test_runner::RngSeed::Fixed(6962), ..ProptestConfig::with_cases(64) })]

    #[test]
    fn proofs_hold_for_their_place_and_no_other(size in 1u64..3000, at in any::<u64>(), old in any::<u64>()) {
        let tree: Tree = (0..size).map(|n| leaf(&n.to_be_bytes())).collect();
        let mut frontier = Frontier::default();
        (0..size).for_each(|n| frontier.append(leaf(&n.to_be_bytes())));
        let root = tree.root(size).unwrap();
        prop_assert_eq!(frontier.root(), root);
        let (at, old) = (at % size, 1 + old % size);
        let proof = tree.inclusion(at, size).unwrap();
        prop_assert!(proof.len() as u32 <= 64 - (size - 1).leading_zeros());
        for n in [at, (at + 1) % size, size - 1] {
            let holds = verify_inclusion(leaf(&n.to_be_bytes()), n, size, &proof, &root).is_ok();
            prop_assert_eq!(holds, n == at);
        }
        let (before, here) = (TreeHead { size: old, root: tree.root(old).unwrap() }, TreeHead { size, root });
        let proof = tree.consistency(old, size).unwrap();
        prop_assert_eq!(verify_consistency(&before, &here, &proof), Ok(()));
        let forged = TreeHead { size: old, root: leaf(b"another") };
        prop_assert!(verify_consistency(&forged, &here, &proof).is_err());
        if old < size {
            let other = TreeHead { size, root: leaf(b"another") };
            prop_assert!(verify_consistency(&before, &other, &proof).is_err());
        }
    }
}
