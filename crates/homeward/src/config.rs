//! The configuration of one node: a TOML file, read whole and checked before anything starts.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::officer::Role;

/// What a node is told at its start. Paths are relative to the file's folder.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// The label of the party or neutral that runs this node.
    pub party: String,
    /// Its name in the three languages of the desk.
    pub name: Names,
    /// Folder of the register, the record and the key.
    pub data: PathBuf,
    /// Identifier of the agreement: 32 hexadecimal digits, the same on every node.
    pub agreement: String,
    /// The parties, in the agreement's order.
    pub parties: Vec<String>,
    /// The neutrals.
    #[serde(default)]
    pub neutrals: Vec<String>,
    /// Address of the desk.
    pub desk: SocketAddr,
    /// Address of the public pages.
    pub public: SocketAddr,
    /// Address of the peer link.
    pub link: SocketAddr,
    /// The host name by which officers' browsers reach the desk, for one-time links.
    #[serde(default = "localhost")]
    pub desk_host: String,
    /// The other nodes.
    #[serde(default, rename = "peer")]
    pub peers: Vec<Peer>,
    /// Officers admitted when the node first starts; later ones are admitted at the desk.
    #[serde(default, rename = "officer")]
    pub officers: Vec<FirstOfficer>,
    /// Present only in a rehearsal with invented people.
    pub rehearsal: Option<Rehearsal>,
}

fn localhost() -> String {
    "localhost".to_owned()
}

/// A name in the desk's three languages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// Ukrainian.
    pub uk: String,
    /// Russian.
    pub ru: String,
    /// English.
    pub en: String,
}

/// Another node: where its link is, and the card by which it is known.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Peer {
    /// Its party's label.
    pub party: String,
    /// Address of its peer link, if there is a network to it; else bundles go by file.
    pub link: Option<SocketAddr>,
    /// Its party card (made by `homeward init` on its side and handed over with the paper agreement).
    pub card: PathBuf,
}

/// An officer admitted at the first start.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirstOfficer {
    /// Label in the journal, such as `registrar-1`.
    pub id: String,
    /// Name shown at the desk.
    pub name: String,
    /// Roles.
    pub roles: Vec<Role>,
    /// Language of the desk: `uk`, `ru` or `en`.
    pub language: String,
}

/// What makes a node a rehearsal.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rehearsal {
    /// Seed of its chance.
    pub seed: u64,
    /// Where its clock stands at the start, in milliseconds since 1970.
    pub start: i64,
}

impl Config {
    /// Reads and checks a configuration file; says what is wrong and where.
    pub fn read(file: &Path) -> anyhow::Result<Self> {
        use anyhow::Context;
        let text =
            std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        let mut config: Self = toml::from_str(&text).with_context(|| format!("{}", file.display()))?;
        config.check().with_context(|| format!("{}", file.display()))?;
        let folder = file.parent().unwrap_or(Path::new("."));
        config.data = folder.join(&config.data);
        for peer in &mut config.peers {
            peer.card = folder.join(&peer.card);
        }
        Ok(config)
    }

    fn check(&self) -> anyhow::Result<()> {
        use anyhow::ensure;
        let everyone = || self.parties.iter().chain(&self.neutrals);
        ensure!(
            self.parties.len() == 2,
            "parties: an agreement has two parties, {} are named",
            self.parties.len()
        );
        ensure!(
            everyone().any(|label| *label == self.party),
            "party: {} is neither a party nor a neutral",
            self.party
        );
        for label in everyone() {
            exchange::ids::Party::new(label).map_err(|why| anyhow::anyhow!("party {label:?}: {why}"))?;
        }
        ensure!(
            crate::chance::unhex::<16>(&self.agreement).is_some(),
            "agreement: 32 hexadecimal digits are expected"
        );
        for peer in &self.peers {
            ensure!(peer.party != self.party, "peer {}: a node is not its own peer", peer.party);
            ensure!(
                everyone().any(|label| *label == peer.party),
                "peer {}: neither a party nor a neutral",
                peer.party
            );
        }
        for officer in &self.officers {
            let label = exchange::ids::Party::new(&officer.id);
            ensure!(
                label.is_ok(),
                "officer {:?}: a label has 1 to 32 characters of a-z, 0-9 and '-'",
                officer.id
            );
            ensure!(!officer.roles.is_empty(), "officer {}: no role", officer.id);
            ensure!(
                ["uk", "ru", "en"].contains(&officer.language.as_str()),
                "officer {}: language is uk, ru or en",
                officer.id
            );
        }
        Ok(())
    }

    /// Whether this node belongs to a party (not a neutral).
    pub fn is_party(&self) -> bool {
        self.parties.contains(&self.party)
    }

    /// The other party, if this node belongs to one.
    pub fn counterpart(&self) -> Option<&str> {
        if !self.is_party() {
            return None;
        }
        self.parties.iter().map(String::as_str).find(|label| *label != self.party)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
party = "aronia"
name = { uk = "Аронія", ru = "Арония", en = "Aronia" }
data = "data"
agreement = "0123456789abcdef0123456789abcdef"
parties = ["aronia", "belmar"]
desk = "127.0.0.1:1"
public = "127.0.0.1:2"
link = "127.0.0.1:3"
"#;

    #[test]
    fn a_wrong_configuration_says_what_and_where() {
        let cases = [
            ("party = \"aronia\"", "party = \"zeta\"", "zeta is neither"),
            ("[\"aronia\", \"belmar\"]", "[\"aronia\"]", "1 are named"),
            ("0123456789abcdef0123456789abcdef", "0123", "32 hexadecimal"),
            ("data = \"data\"", "dada = \"data\"", "unknown field `dada`"),
            ("127.0.0.1:1", "nowhere", "line 7"),
        ];
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("node.toml");
        std::fs::write(&file, GOOD).unwrap();
        assert_eq!(Config::read(&file).unwrap().counterpart(), Some("belmar"));
        for (good, bad, says) in cases {
            std::fs::write(&file, GOOD.replacen(good, bad, 1)).unwrap();
            let said = format!("{:#}", Config::read(&file).unwrap_err());
            assert!(said.contains(says) && said.contains("node.toml"), "{said}");
        }
    }
}
