//! The journal's file is a log that `parley` verifies without the register.

use exchange::person::List;
use parley::{AgreementId, Body, Genesis, Log, LogKind, PartyId, TransportSecret, read_log};
use tempfile::tempdir;

use super::*;
use crate::journal_signer;

const AGREEMENT: AgreementId = AgreementId([0xa9; 32]);

fn node_key() -> parley::NodeKey {
    parley::NodeKey::from_secret([2; 32])
}

async fn open_signed(dir: &Path) -> Register {
    let author: PartyId = "aronia".parse().unwrap();
    let (root, transport) = (parley::NodeKey::from_secret([1; 32]), TransportSecret::from_secret([3; 32]));
    let genesis = Genesis::sign(&root, &AGREEMENT, author, node_key().public(), transport.public());
    let begun = Log::begin(LogKind::Journal, AGREEMENT, genesis, 1, &node_key()).unwrap();
    Register::open(Opening {
        dir,
        node_key: NodeKey::new([7; 32]),
        entropy: entropy(1),
        sign: journal_signer(AGREEMENT, author, node_key()),
        genesis: begun.to_file(),
    })
    .await
    .unwrap()
}

#[tokio::test]
async fn the_journal_file_verifies_alone_and_one_changed_byte_is_found() {
    let dir = tempdir().unwrap();
    for at in 1..=3 {
        // Closed and opened again between writes: the chain goes on over restarts.
        let register = open_signed(dir.path()).await;
        save(&register, [person(at, List::Held)]).await;
        register.close().await;
    }
    let file = std::fs::read(dir.path().join("record/journal.log")).unwrap();
    let log = read_log(LogKind::Journal, &file).unwrap();
    assert_eq!(log.entries().len(), 4);
    let Body::Journal { action, officer, .. } = log.entries()[3].body() else {
        panic!("a write of the journal")
    };
    assert_eq!((action.as_str(), officer.as_str()), ("import", "registrar"));
    let mut chance = chance(17);
    for _ in 0..50 {
        let mut changed = file.clone();
        changed[chance(file.len())] ^= 1 << chance(8);
        assert!(read_log(LogKind::Journal, &changed).is_err());
    }
}

#[tokio::test]
async fn a_signer_that_does_not_enclose_the_body_writes_nothing() {
    let dir = tempdir().unwrap();
    let register = Register::open(Opening {
        dir: dir.path(),
        node_key: NodeKey::new([7; 32]),
        entropy: entropy(1),
        sign: Arc::new(|_| b"something else".to_vec()),
        genesis: Vec::new(),
    })
    .await
    .unwrap();
    let mut write = register.begin(&registrar(), "import", None, 1).await.unwrap();
    write.save_person(&person(1, List::Held), &[]).await.unwrap();
    assert!(matches!(write.commit().await, Err(RegisterError::Signer)));
    assert!(register.read().await.unwrap().person(PersonId([1; 16])).await.unwrap().is_none());
}
