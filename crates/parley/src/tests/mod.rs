//! What the tests share: three members with keys made from small numbers.

mod bundle;
mod bytes;
mod explorer;
mod forks;
mod judge;
mod keeping;
mod keys;
mod mended;
mod note;
mod receipt;
mod record;
mod resume;
mod retired;
mod runs;
pub(crate) mod simulator;
mod tree;
mod withheld;
mod witness;

use crate::{
    AgreementId, Genesis, Item, Log, LogKind, Member as Agreed, Members, NodeKey, PartyId, TransportSecret,
};

pub(crate) const AGREEMENT: AgreementId = AgreementId([0xa9; 32]);

pub(crate) struct Member {
    pub id: PartyId,
    pub root: NodeKey,
    pub node: NodeKey,
    pub transport: TransportSecret,
}

impl Member {
    pub(crate) fn new(label: &str, n: u8) -> Member {
        Member {
            id: label.parse().unwrap(),
            root: NodeKey::from_secret([n; 32]),
            node: NodeKey::from_secret([n + 1; 32]),
            transport: TransportSecret::from_secret([n + 2; 32]),
        }
    }

    pub(crate) fn genesis(&self) -> Genesis {
        Genesis::sign(&self.root, &AGREEMENT, self.id, self.node.public(), self.transport.public())
    }

    pub(crate) fn log(&self, kind: LogKind) -> Log {
        Log::begin(kind, AGREEMENT, self.genesis(), 1_000, &self.node).unwrap()
    }
}

pub(crate) fn aronia() -> Member {
    Member::new("aronia", 10)
}

pub(crate) fn belmar() -> Member {
    Member::new("belmar", 20)
}

pub(crate) fn item(n: u8) -> Item {
    Item([n; 32])
}

pub(crate) fn calder() -> Member {
    Member::new("calder", 30)
}

pub(crate) fn members() -> Members {
    let agreed = |m: Member| Agreed { party: m.id, root_key: m.root.public() };
    Members::new(AGREEMENT, [agreed(aronia()), agreed(belmar())], vec![agreed(calder())]).unwrap()
}
