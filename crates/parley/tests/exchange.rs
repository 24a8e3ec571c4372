//! The sample exchange of docs/protocol/samples/exchange, which the checker in tools/verify reads: the logs of two parties and a
//! neutral, with every kind of entry but a resumption. `SAMPLES=write cargo test -p parley --test exchange` writes them anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use parley::matching::{PROFILE, Params, RunEntry};
use parley::tree::Tree;
use parley::{
    AgreementId, Answer, Body, DepartGround, Digest, DisputeGround, EntryId, Genesis, Item, Keeping,
    ListItem, Log, LogKind, Member as Agreed, Members, NodeKey, NoticeKind, Occasion, PartyId, Record,
    TransportSecret, seed_digest,
};

const AGREEMENT: AgreementId = AgreementId([0xa9; 32]);
const LABELS: [&str; 3] = ["aronia", "belmar", "calder"];

/// What is said, word by word, every author having seen all that was said before.
struct Exchange {
    record: Record,
    ids: [PartyId; 3],
    keys: [NodeKey; 3],
    time: u64,
}

/// The keys of docs/formats/entry.md: 32 bytes 10, 20 and 30 are the root keys' secrets, one more the node keys'.
fn secret(who: usize, more: u8) -> NodeKey {
    NodeKey::from_secret([10 * (who as u8 + 1) + more; 32])
}

fn item(n: u8) -> Item {
    Item([n; 32])
}

fn digest(n: u8) -> Digest {
    Digest([n; 32])
}

impl Exchange {
    fn begin() -> Exchange {
        let ids = LABELS.map(|label| label.parse().unwrap());
        let agreed = |who: usize| Agreed { party: ids[who], root_key: secret(who, 0).public() };
        let members = Members::new(AGREEMENT, [agreed(0), agreed(1)], vec![agreed(2)]).unwrap();
        let keys = [0, 1, 2].map(|who| secret(who, 1));
        let mut record = Record::new(members);
        for who in 0..3 {
            let (root, node) = (secret(who, 0), &keys[who]);
            let transport = TransportSecret::from_secret([10 * (who as u8 + 1) + 2; 32]).public();
            let genesis = Genesis::sign(&root, &AGREEMENT, ids[who], node.public(), transport);
            let genesis = genesis.with_next(&root, &AGREEMENT, &secret(who, 4).public());
            let log = Log::begin(LogKind::Shared, AGREEMENT, genesis, 1_000, node).unwrap();
            record.admit(log.entries()[0].bytes()).unwrap();
        }
        Exchange { record, ids, keys, time: 1_000 }
    }

    fn say(&mut self, who: usize, body: Body) -> EntryId {
        self.time += 60;
        self.record.append(&self.ids[who], body, self.time, &self.keys[who]).unwrap().id()
    }

    fn both(&mut self, body: impl Fn(usize, PartyId) -> Body) -> [EntryId; 2] {
        [0, 1].map(|who| self.say(who, body(who, self.ids[who])))
    }

    /// Pools, seeds and nominations of a round.
    fn before_the_list(&mut self) {
        let seed = |who: usize| [who as u8 + 1; 32];
        self.both(|who, id| Body::Commit {
            round: 1,
            pool: digest(9),
            seed: seed_digest(1, &id, &seed(who)),
        });
        self.both(|who, _| Body::Reveal { round: 1, seed: seed(who) });
        let items = |who: usize| [1, 2].map(|n| item(10 * who as u8 + n)).to_vec();
        self.both(|who, _| Body::Nominate { round: 1, items: items(who), digest: digest(8) });
    }

    fn propose(&mut self, who: usize, version: u32, items: &[u8]) -> EntryId {
        let holder = |n: u8| self.ids[usize::from(n > 10)];
        let items = items.iter().map(|n| ListItem { item: item(*n), holder: holder(*n) }).collect();
        self.say(
            who,
            Body::Propose { round: 1, version, replaces: version - 1, items, digest: digest(version as u8) },
        )
    }

    fn lists(&mut self) {
        let entry = self.propose(0, 1, &[1, 2, 11, 12]);
        self.say(1, Body::Reject { entry, ground: "order of the list".parse().unwrap() });
        let entry = self.propose(1, 1, &[1, 2, 11, 12]);
        self.say(0, Body::Accept { entry });
        for occasion in [Occasion::First, Occasion::Second] {
            for n in [1, 2, 11, 12] {
                let answer =
                    if n == 12 && occasion == Occasion::Second { Answer::Unwilling } else { Answer::Willing };
                self.say(usize::from(n > 10), Body::Will { round: 1, item: item(n), occasion, answer });
            }
        }
    }

    /// One received on each side, one denied and taken back, one who does not want to go.
    fn crossing(&mut self) {
        let release = self.say(0, Body::Release { round: 1, item: item(1) });
        self.say(1, Body::Receipt { release });
        let release = self.say(1, Body::Release { round: 1, item: item(11) });
        self.say(0, Body::Receipt { release });
        let release = self.say(0, Body::Release { round: 1, item: item(2) });
        self.say(1, Body::Dispute { release, ground: DisputeGround::NotDelivered });
        self.say(0, Body::TakeBack { release });
        self.say(1, Body::Depart { round: 1, item: item(12), ground: DepartGround::Unwilling });
        let entry = self.propose(0, 2, &[1, 11, 12]);
        self.say(0, Body::Withdraw { entry });
        self.say(1, Body::Notice { round: 1, kind: NoticeKind::Postponed, until: Some(9_000) });
        let entry = self.propose(0, 2, &[1, 11]);
        self.say(1, Body::Accept { entry });
        let heads = self.record.heads().into_iter().filter(|head| head.author != self.ids[2]).collect();
        self.say(2, Body::Observe { heads });
        self.both(|_, _| Body::Account { round: 1, digest: digest(3), delivered: 1, received: 1 });
        self.both(|_, _| Body::Close { round: 1 });
    }

    /// A second round that comes to nothing: a seed is not shown.
    fn withheld(&mut self) {
        self.both(|_, id| Body::Commit { round: 2, pool: digest(9), seed: seed_digest(2, &id, &[7; 32]) });
        self.say(0, Body::Reveal { round: 2, seed: [7; 32] });
        self.say(0, Body::Withheld { round: 2 });
        self.both(|_, _| Body::Close { round: 2 });
    }

    fn matching(&mut self) {
        let words = ["n1", "r1"].map(str::to_owned);
        let [normalisation, recipe] = words;
        let params = Params {
            agreement: AGREEMENT,
            run: 1,
            runs: 1,
            normalisation,
            tables: digest(1),
            recipes: vec![recipe],
            keys_per_person: 6,
            sought: [6, 4],
            held: [4, 6],
            chunk: 4,
            audit: 2,
            retention_days: 30,
            reference: 0,
        };
        assert!(params.encode().windows(PROFILE.len()).any(|bytes| bytes == PROFILE.as_bytes()));
        let session = params.session();
        let entry = self.say(0, Body::Matching(RunEntry::Params { params: params.encode() }));
        self.say(1, Body::Accept { entry });
        let [sought, held, tags, queries] = [1, 2, 3, 4].map(digest);
        let commit =
            |who: usize| RunEntry::Commit { session, sought, held, key: [who as u8 + 1; 32], tags, queries };
        let [first, second] = self.both(|who, _| Body::Matching(commit(who)));
        self.say(0, Body::Accept { entry: second });
        self.say(1, Body::Accept { entry: first });
        for (who, from, to) in [(0, 0, 4), (1, 0, 4), (1, 4, 6)] {
            self.say(who, Body::Matching(RunEntry::Evaluation { session, from, to, query: digest(5) }));
        }
        self.both(|_, _| Body::Matching(RunEntry::Close { session, transcript: digest(6) }));
    }

    fn agree(&mut self, who: usize, offer: &EntryId) {
        self.time += 60;
        let agree = self.record.agree(&self.ids[who], offer, 0, self.time, &self.keys[who]).unwrap();
        self.record.admit(agree.bytes()).unwrap();
    }

    /// A key handed over, a log that was reset, a key in other hands.
    fn keys(&mut self) {
        let seen = |exchange: &Exchange, who: usize| {
            let own = exchange.ids[who];
            exchange.record.heads().into_iter().filter(move |head| head.author != own).collect::<Vec<_>>()
        };
        let (next, then) = (secret(0, 4), secret(0, 5).public().digest());
        let log = self.record.log(&self.ids[0]).unwrap();
        let rotated = log.sign_rotation(seen(self, 0), self.time + 60, &self.keys[0], &next, then).unwrap();
        self.record.admit(rotated.bytes()).unwrap();
        self.keys[0] = next;
        let reason = "disk lost".parse().unwrap();
        let reset = self
            .record
            .reset(&self.ids[2], reason, 0, self.time + 120, &self.keys[2], &secret(2, 0))
            .unwrap();
        self.record.admit(reset.bytes()).unwrap();
        self.time += 120;
        self.agree(0, &reset.id());
        let log = self.record.log(&self.ids[1]).unwrap();
        let (new, after, size) = (secret(1, 6), digest(7), log.entries().len() as u64);
        assert!(Tree::of_log(log).root(size).is_ok());
        self.say(1, Body::Memo { kind: "note".parse().unwrap(), digest: digest(2) });
        let named = self
            .record
            .compromise(&self.ids[1], size + 1, self.time + 60, (&new, after), &secret(1, 0))
            .unwrap();
        self.record.admit(named.bytes()).unwrap();
        self.keys[1] = new;
        self.time += 60;
        self.agree(0, &named.id());
        for who in 0..3 {
            self.say(who, Body::Memo { kind: "note".parse().unwrap(), digest: digest(4) });
        }
    }
}

fn exchange() -> Record {
    let mut exchange = Exchange::begin();
    let entry = exchange.say(0, Body::Text { digest: digest(1) });
    exchange.say(1, Body::Accept { entry });
    exchange.before_the_list();
    exchange.lists();
    exchange.crossing();
    exchange.withheld();
    exchange.matching();
    exchange.keys();
    exchange.record
}

#[test]
fn the_sample_exchange_is_what_this_crate_writes_and_has_every_kind_of_entry() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/protocol/samples/exchange");
    let record = exchange();
    let write = std::env::var_os("SAMPLES").is_some_and(|what| what == "write");
    fs::create_dir_all(&folder).unwrap();
    let mut logs = Vec::new();
    for label in LABELS {
        let log = record.log(&label.parse().unwrap()).unwrap();
        let file = folder.join(format!("{label}.log"));
        if write {
            fs::write(&file, log.to_file()).unwrap();
        }
        assert!(fs::read(&file).unwrap() == log.to_file(), "{label}.log differs");
        logs.push(parley::read_log(LogKind::Shared, &log.to_file()).unwrap());
    }
    let again = Record::from_logs(record.members().clone(), &logs).unwrap();
    assert_eq!(again.view().state_digest(), record.view().state_digest());
    assert!(record.view().rounds().all(|round| round.is_closed()));
    let kinds: BTreeSet<&str> = record.applied().iter().map(|entry| entry.body().name()).collect();
    assert_eq!(kinds.len(), 29, "{kinds:?}");
    assert!(record.applied().iter().any(|e| matches!(e.body(), Body::Keeping(Keeping::Compromise { .. }))));
}
