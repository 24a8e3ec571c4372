//! The node's keys and its party card.
//!
//! One secret of 32 bytes lies in `node.key` (readable by its owner alone); the keys of the register, of signing and of
//! the transport follow from it. The root key will move offline with key rotation; until then it follows from the same
//! secret, and the book says so. The card is what the other side is handed with the paper agreement: the genesis
//! entry of this node's log and the fingerprint of its root key.

use std::fs;
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use hkdf::Hkdf;
use parley::{AgreementId, Genesis, Log, LogKind, NodeKey, PartyId, TransportSecret};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::chance::{Chance, hex, unhex};
use crate::config::Config;

/// The keys that follow from the node's secret.
pub struct Keys {
    /// Opens the register.
    pub register: Zeroizing<[u8; 32]>,
    /// Signs entries.
    pub node: NodeKey,
    /// Opens bundles.
    pub transport: TransportSecret,
    root: NodeKey,
}

impl Keys {
    fn of(secret: &[u8; 32]) -> Self {
        let derive = |purpose: &str| {
            let mut key = Zeroizing::new([0; 32]);
            let hkdf = Hkdf::<Sha256>::new(Some(b"homeward node"), secret);
            hkdf.expand(purpose.as_bytes(), key.as_mut_slice()).expect("HKDF gives 32 bytes");
            key
        };
        Self {
            register: derive("register"),
            node: NodeKey::from_secret(*derive("sign")),
            transport: TransportSecret::from_secret(*derive("transport")),
            root: NodeKey::from_secret(*derive("root")),
        }
    }

    /// What signs the private journal, and the journal's opening entry.
    pub fn journal(&self, config: &Config) -> anyhow::Result<(register::Sign, Vec<u8>)> {
        let agreement = agreement_id(config);
        let party: PartyId = config.party.parse()?;
        let genesis =
            Genesis::sign(&self.root, &agreement, party, self.node.public(), self.transport.public());
        let opening =
            Log::begin(LogKind::Journal, agreement, genesis, 0, &self.node)?.entries()[0].bytes().to_vec();
        let sign = register::journal_signer(agreement, party, self.node.clone());
        Ok((sign, opening))
    }

    /// Reads the secret of a node that `homeward init` prepared.
    pub fn read(config: &Config) -> anyhow::Result<Self> {
        let file = key_file(config);
        let text = Zeroizing::new(
            fs::read_to_string(&file)
                .with_context(|| format!("cannot read {}: run `homeward init` first", file.display()))?,
        );
        let secret =
            unhex::<32>(text.trim()).with_context(|| format!("{} does not hold a key", file.display()))?;
        Ok(Self::of(&Zeroizing::new(secret)))
    }
}

fn key_file(config: &Config) -> PathBuf {
    config.data.join("node.key")
}

/// Where the node's own card lies.
pub fn card_file(config: &Config) -> PathBuf {
    config.data.join("card.toml")
}

/// What the other nodes know a node by.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// The party's label.
    pub party: String,
    /// SHA-256 of the root key, to be compared with the paper agreement.
    pub fingerprint: String,
    /// The first entry of the party's log, in hexadecimal digits.
    pub genesis: String,
}

/// A card that was read and holds together.
pub struct Known {
    /// The card.
    pub card: Card,
    /// The genesis entry's bytes.
    pub genesis: Vec<u8>,
    /// What it says.
    pub opening: Genesis,
}

impl Card {
    /// Reads a card and checks that its parts belong together.
    pub fn read(file: &Path) -> anyhow::Result<Known> {
        let text =
            fs::read_to_string(file).with_context(|| format!("cannot read the card {}", file.display()))?;
        ensure!(text.len() < 10_000, "{}: too long for a card", file.display());
        let card: Self = toml::from_str(&text).with_context(|| format!("{}", file.display()))?;
        let genesis = bytes_of(&card.genesis).with_context(|| format!("{}: genesis", file.display()))?;
        let log =
            Log::open(LogKind::Shared, &genesis).with_context(|| format!("{}: genesis", file.display()))?;
        let opening = log.genesis().clone();
        ensure!(
            opening.party.as_str() == card.party && fingerprint(&opening) == card.fingerprint,
            "{}: party or fingerprint is not the genesis's",
            file.display()
        );
        Ok(Known { card, genesis, opening })
    }
}

fn bytes_of(text: &str) -> anyhow::Result<Vec<u8>> {
    ensure!(
        text.len().is_multiple_of(2) && text.bytes().all(|b| b.is_ascii_hexdigit()),
        "hexadecimal digits expected"
    );
    (0..text.len()).step_by(2).map(|at| Ok(u8::from_str_radix(&text[at..at + 2], 16)?)).collect()
}

fn fingerprint(genesis: &Genesis) -> String {
    hex(&Sha256::digest(genesis.root_key.0))
}

/// Prepares a node: draws its secret and writes its card. Refuses to touch a node that has a key already.
pub fn init(config: &Config, chance: &Chance, at: i64) -> anyhow::Result<Card> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&config.data)
        .with_context(|| format!("cannot make {}", config.data.display()))?;
    let file = key_file(config);
    ensure!(!file.exists(), "{} exists: this node has its key; nothing was changed", file.display());
    let secret = Zeroizing::new(chance.draw("node key"));
    let keys = Keys::of(&secret);
    let card = make_card(config, &keys, at)?;
    let mut out = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&file)?;
    out.write_all(Zeroizing::new(hex(secret.as_slice())).as_bytes())?;
    out.sync_all()?;
    fs::write(card_file(config), toml::to_string(&card)?)?;
    Ok(card)
}

fn make_card(config: &Config, keys: &Keys, at: i64) -> anyhow::Result<Card> {
    let agreement = agreement_id(config);
    let party: PartyId = config.party.parse()?;
    let genesis = Genesis::sign(&keys.root, &agreement, party, keys.node.public(), keys.transport.public());
    let seconds = u64::try_from(at / 1000).unwrap_or(0);
    let log = Log::begin(LogKind::Shared, agreement, genesis, seconds, &keys.node)?;
    let first = &log.entries()[0];
    Ok(Card {
        party: config.party.clone(),
        fingerprint: fingerprint(log.genesis()),
        genesis: hex(first.bytes()),
    })
}

/// The agreement's identifier as the record knows it: SHA-256 of its digits in the terms.
pub fn agreement_id(config: &Config) -> AgreementId {
    AgreementId(Sha256::digest(config.agreement.as_bytes()).into())
}
