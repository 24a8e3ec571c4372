//! What is decided about two dossiers: kept for both, gone with either.

use super::*;

async fn filled(dir: &Path) -> Register {
    let register = open(dir).await;
    let mut write = register.begin(&registrar(), "import", None, 1).await.unwrap();
    for id in 1..=3 {
        write.save_person(&person(id, List::Held), &[format!("key {}", id % 2)]).await.unwrap();
    }
    write.save_pair(PersonId([2; 16]), PersonId([1; 16]), b"one person, says registrar-1").await.unwrap();
    write.save_pair(PersonId([2; 16]), PersonId([3; 16]), b"unsure").await.unwrap();
    write.commit().await.unwrap();
    register
}

#[tokio::test]
async fn a_pair_is_found_from_either_side_and_who_came_since_is_known() {
    let dir = tempfile::tempdir().unwrap();
    let register = filled(dir.path()).await;
    let [one, two, three] = [1, 2, 3].map(|id| PersonId([id; 16]));
    let mut read = register.read().await.unwrap();
    let said = b"one person, says registrar-1".to_vec();
    for (a, b) in [(one, two), (two, one)] {
        assert_eq!(read.pair(a, b).await.unwrap().as_ref(), Some(&said));
    }
    assert_eq!(read.pair(one, three).await.unwrap(), None);
    assert_eq!(read.pairs_of(two).await.unwrap(), [(one, said.clone()), (three, b"unsure".to_vec())]);
    assert_eq!(read.pairs_of(one).await.unwrap(), [(two, said)]);
    assert_eq!(read.bearers("key 1", 10).await.unwrap(), [one, three]);
    assert_eq!(read.bearers("key 1", 1).await.unwrap(), [one]);
    let keys = ["key 0", "key 1", "key 2"].map(str::to_owned);
    assert_eq!(read.sharing(&keys, 10).await.unwrap(), [one, two, three]);
    assert_eq!(read.sharing(&keys, 2).await.unwrap(), [one, two]);
    for (bearers_max, found) in [(2, vec![one, two, three]), (1, vec![two]), (0, vec![])] {
        assert_eq!(Vec::from_iter(read.sharing_rare(&keys, bearers_max).await.unwrap()), found);
    }
    let all = read.people_with(&[one, three, PersonId([9; 16])].into()).await.unwrap();
    assert_eq!(Vec::from_iter(all.keys().copied()), [one, three]);
    assert_eq!(all[&three], read.person(three).await.unwrap().unwrap());
    let before = read.seq();
    assert_eq!(read.came_since(before), [].into());
    assert_eq!(read.came_since(before - 1), [one, two, three].into());
    assert_eq!(read.people_since(None), [one, two, three]);
    assert_eq!(read.pairs_since(None), [[one, two], [two, three]]);
    assert_eq!((read.people_since(Some(before)), read.pairs_since(Some(before))), (vec![], vec![]));
    drop(read);

    let mut write = register.begin(&registrar(), "take back", None, 2).await.unwrap();
    let itself = write.save_pair(one, one, b"x").await.unwrap_err();
    assert!(matches!(itself, RegisterError::Refused { what: "pair", .. }), "{itself}");
    let unknown = write.save_pair(one, PersonId([9; 16]), b"x").await.unwrap_err();
    assert!(matches!(unknown, RegisterError::Refused { what: "person", .. }), "{unknown}");
    write.save_pair(two, one, b"taken back").await.unwrap();
    write.save_person(&person(4, List::Held), &[]).await.unwrap();
    write.commit().await.unwrap();
    let mut read = register.read().await.unwrap();
    assert_eq!(read.pair(one, two).await.unwrap().as_deref(), Some(b"taken back".as_slice()));
    assert_eq!(read.pairs_since(Some(before)), [[one, two]]);
    assert_eq!(read.came_since(before), [PersonId([4; 16])].into());
    for (at, entry) in [(0, 0), (1, 0), (2, before), (3, before + 1)] {
        assert_eq!(read.entry_before(at).await.unwrap(), entry, "before {at}");
    }
    assert_eq!(register.check().await.unwrap(), []);
    drop(read);
    let mut write = register.begin(&registrar(), "decide again", None, 3).await.unwrap();
    write.save_pair(one, two, b"two people").await.unwrap();
    write.commit().await.unwrap();
    register.close().await;
    let register = open(dir.path()).await;
    let mut read = register.read().await.unwrap();
    assert_eq!(read.pair(one, two).await.unwrap().as_deref(), Some(b"two people".as_slice()));
}

#[tokio::test]
async fn whichever_of_the_two_is_shredded_what_was_decided_is_unreadable() {
    for gone in [1, 2] {
        let dir = tempfile::tempdir().unwrap();
        let register = filled(dir.path()).await;
        let mut write = register.begin(&registrar(), "shred", None, 9).await.unwrap();
        write.shred(PersonId([gone; 16])).await.unwrap();
        write.commit().await.unwrap();
        look(&register, gone).await;
        register.close().await;
        look(&open(dir.path()).await, gone).await;
    }
}

/// Nothing is known of the pairs of the person who is gone, and nothing new can be.
async fn look(register: &Register, gone: u8) {
    let [one, two, three] = [1, 2, 3].map(|id| PersonId([id; 16]));
    let mut read = register.read().await.unwrap();
    assert_eq!(read.pair(one, two).await.unwrap(), None, "{gone} is shredded");
    let left = usize::from(gone == 1);
    assert_eq!(read.pairs_of(three).await.unwrap().len(), left);
    assert_eq!(read.pairs_of(PersonId([3 - gone; 16])).await.unwrap().len(), left);
    assert!(!register.check().await.unwrap().iter().any(|refused| refused.damage.is_some()));
    let mut write = register.begin(&registrar(), "decide", None, 10).await.unwrap();
    let refused = write.save_pair(one, two, b"x").await.unwrap_err();
    assert!(matches!(refused, RegisterError::Shredded(_)), "{refused}");
}
