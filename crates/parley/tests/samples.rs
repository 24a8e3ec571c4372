//! The sample files of docs/protocol/samples/heads, which the checker in tools/verify reads: what this crate writes is
//! byte for byte what stands there. `SAMPLES=write cargo test -p parley --test samples` writes them anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use parley::checkpoint::{Checkpoint, author_of, origin_of};
use parley::lasting::LastingKey;
use parley::note::{Name, Note, SignatureKey, SignatureLine, Verifier};
use parley::proof::EntryProof;
use parley::receipt::Receipt;
use parley::split::Split;
use parley::tree::Tree;
use parley::witness::{AddCheckpoint, Witness};
use parley::{
    AgreementId, Body, Digest, Genesis, Log, LogKind, Member as Agreed, Members, NodeKey, PartyId, Record,
    TransportSecret,
};

const AGREEMENT: AgreementId = AgreementId([0xa9; 32]);

struct Member {
    id: PartyId,
    root: NodeKey,
    node: NodeKey,
    transport: TransportSecret,
    lasting: LastingKey,
}

impl Member {
    /// The keys of docs/formats/entry.md, and a lasting key whose secret is 32 bytes n + 3.
    fn new(label: &str, n: u8) -> Member {
        Member {
            id: label.parse().unwrap(),
            root: NodeKey::from_secret([n; 32]),
            node: NodeKey::from_secret([n + 1; 32]),
            transport: TransportSecret::from_secret([n + 2; 32]),
            lasting: LastingKey::from_secret([n + 3; 32]),
        }
    }

    fn name(&self) -> Name {
        Name::of(&AGREEMENT, &self.id)
    }

    fn author(&self) -> Vec<Verifier> {
        let lasting = SignatureKey::Lasting(self.lasting.public());
        vec![
            Verifier::new(self.name(), SignatureKey::Author(self.node.public())),
            Verifier::new(self.name(), lasting),
        ]
    }

    fn witness(&self) -> Vec<Verifier> {
        let mut keys = self.author();
        keys[0] = Verifier::new(self.name(), SignatureKey::Cosigner(self.node.public()));
        keys
    }

    /// Twenty entries; those from `fork` on say something else than they would otherwise.
    fn log(&self, fork: u8) -> Log {
        let genesis =
            Genesis::sign(&self.root, &AGREEMENT, self.id, self.node.public(), self.transport.public());
        let mut log = Log::begin(LogKind::Shared, AGREEMENT, genesis, 1_000, &self.node).unwrap();
        for n in 1..20 {
            let digest = Digest([if n >= fork { 0xff } else { n }; 32]);
            let body = Body::Memo { kind: "note".parse().unwrap(), digest };
            let next = log.sign_next(Vec::new(), 1_000 + u64::from(n), body, &self.node).unwrap();
            log.push(next.bytes()).unwrap();
        }
        log
    }

    /// A log whose key is handed over and then lost, and one that is reset: 32 bytes n + 4, n + 5 are the next keys' secrets.
    fn keys_and_reset(&self, other: &Member, n: u8) -> [Log; 2] {
        let [next, then] = [n + 4, n + 5].map(|secret| NodeKey::from_secret([secret; 32]));
        let genesis =
            Genesis::sign(&self.root, &AGREEMENT, self.id, self.node.public(), self.transport.public())
                .with_next(&self.root, &AGREEMENT, &next.public());
        let mut keys = Log::begin(LogKind::Shared, AGREEMENT, genesis, 1_000, &self.node).unwrap();
        let agreed = |m: &Member| Agreed { party: m.id, root_key: m.root.public() };
        let members = Members::new(AGREEMENT, [agreed(self), agreed(other)], Vec::new()).unwrap();
        let mut record = Record::new(members);
        record.admit(keys.entries()[0].bytes()).unwrap();
        let mut lost = keys.clone();
        let reason = "disk lost".parse().unwrap();
        lost.push(record.reset(&self.id, reason, 0, 1_001, &self.node, &self.root).unwrap().bytes()).unwrap();
        let digest = then.public().digest();
        let rotated = keys.sign_rotation(Vec::new(), 1_001, &self.node, &next, digest).unwrap();
        keys.push(rotated.bytes()).unwrap();
        record.admit(rotated.bytes()).unwrap();
        let new = (&then, Digest([n; 32]));
        let named = record.compromise(&self.id, 2, 1_002, new, &self.root).unwrap();
        keys.push(named.bytes()).unwrap();
        [keys, lost]
    }

    fn head(&self, log: &Log, size: u64) -> Note {
        let checkpoint = Checkpoint::of_tree(origin_of(log), &Tree::of_log(log), size).unwrap();
        checkpoint.sign(&self.node, Some((&self.lasting, 1_900_000_000))).unwrap()
    }
}

fn samples() -> BTreeMap<&'static str, Vec<u8>> {
    let [a, b, c] = [("aronia", 10), ("belmar", 20), ("calder", 30)].map(|(label, n)| Member::new(label, n));
    let (log, other) = (a.log(99), a.log(16));
    assert_eq!(author_of(&log), a.author()[0]);
    let tree = Tree::of_log(&log);
    let mut request = AddCheckpoint { old: 0, proof: Vec::new(), note: a.head(&log, 13) };
    let mut answers = String::new();
    let mut cosigned = a.head(&log, 20);
    for member in [&b, &c] {
        let mut witness = Witness::default();
        witness.watch(a.author(), None).unwrap();
        request = AddCheckpoint { old: 0, proof: Vec::new(), note: a.head(&log, 13) };
        witness.add_checkpoint(&request).unwrap();
        request = AddCheckpoint { old: 13, proof: tree.consistency(13, 20).unwrap(), note: a.head(&log, 20) };
        let accepted = witness.add_checkpoint(&request).unwrap();
        let lines =
            accepted.cosign(&member.name(), &member.node, Some(&member.lasting), 1_900_000_060).unwrap();
        answers.extend(lines.iter().map(SignatureLine::to_string));
        cosigned = cosigned.with(lines).unwrap();
    }
    let short = [a.author()[..1].to_vec(), b.witness()[..1].to_vec(), c.witness()[..1].to_vec()].concat();
    let short = cosigned.only(&short).unwrap();
    let receipt = Receipt::issue(origin_of(&log), &tree, 5, 20, 1_900_000_000, &a.node).unwrap();
    let keys = |keys: Vec<Verifier>| keys.iter().map(|key| format!("{key}\n")).collect::<String>();
    let equal = Split::of_equal_size(a.head(&log, 20), a.head(&other, 20), &a.author()).unwrap();
    let prefix = Split::of_prefix(a.head(&log, 18), a.head(&other, 20), &Tree::of_log(&other), &a.author());
    let proof = |note: &Note| EntryProof::of(&log, &tree, 5, 20, note.clone()).unwrap().to_string();
    let [handed_over, reset] = a.keys_and_reset(&b, 10);
    BTreeMap::from([
        ("aronia-keys.log", handed_over.to_file()),
        ("aronia-reset.log", reset.to_file()),
        ("aronia.log", log.to_file()),
        ("aronia-forked.log", other.to_file()),
        ("aronia.keys", keys(a.author()).into()),
        ("belmar.keys", keys(b.witness()).into()),
        ("calder.keys", keys(c.witness()).into()),
        ("13.checkpoint", a.head(&log, 13).to_string().into()),
        ("20.checkpoint", cosigned.to_string().into()),
        ("13-to-20.add-checkpoint", request.to_string().into()),
        ("13-to-20.answers", answers.into()),
        ("5.entry", log.entries()[5].bytes().to_vec()),
        ("5.tlog-proof", proof(&cosigned).into()),
        ("5-short.tlog-proof", proof(&short).into()),
        ("5.receipt", receipt.to_bytes().unwrap()),
        ("equal-size.split", equal.to_bytes()),
        ("prefix.split", prefix.unwrap().to_bytes()),
    ])
}

#[test]
fn the_samples_are_what_this_crate_writes() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/protocol/samples/heads");
    if std::env::var_os("SAMPLES").is_some_and(|what| what == "write") {
        fs::create_dir_all(&folder).unwrap();
        samples().iter().for_each(|(name, bytes)| fs::write(folder.join(name), bytes).unwrap());
    }
    let there: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(there.len(), samples().len(), "{there:?}");
    for (name, bytes) in samples() {
        assert!(fs::read(folder.join(name)).unwrap() == bytes, "{name} differs");
    }
}
