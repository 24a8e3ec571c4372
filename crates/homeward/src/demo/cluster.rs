//! Three nodes of one rehearsal on this machine: their folders, configurations, cards, and processes.
//!
//! Decides where a node lies and who works at it; refuses to know what the officers do there. A cluster that is
//! dropped takes its processes with it.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use time::Date;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

use crate::chance::Chance;
use crate::clock::midnight;
use crate::config::Config;
use crate::keys;
use crate::officer::Role;

/// The parties of the rehearsal, in the agreement's order.
pub const PARTIES: [&str; 2] = ["aronia", "belmar"];
/// The neutral.
pub const NEUTRAL: &str = "calder";
/// The agreement's identifier in the rehearsed terms.
const AGREEMENT: &str = "5e1d0c7a94b2463f8a60d3f1b7c29e84";
/// How long a node may take to get ready.
const READY: Duration = Duration::from_secs(60);

/// Who is who: label, names in three languages, language of its desk.
const NODES: [(&str, [&str; 3], &str); 3] = [
    (PARTIES[0], ["Аронія", "Арония", "Aronia"], "uk"),
    (PARTIES[1], ["Бельмар", "Бельмар", "Belmar"], "ru"),
    (NEUTRAL, ["Кальдер", "Кальдер", "Calder"], "en"),
];

/// A node that runs.
pub struct Running {
    /// Its label.
    pub party: String,
    /// Its folder.
    pub folder: PathBuf,
    /// Address of its desk, without a path.
    pub desk: String,
    /// Address of its public pages, without a path.
    pub public: String,
    /// The administrator's first sign-in address.
    pub first_link: String,
    child: Child,
    /// Kept open, so that a node which says more does not break on a closed pipe.
    _said: Lines<BufReader<ChildStdout>>,
    /// Kept open: the node ends when it is closed, which the kernel does for this process however it ends.
    _stdin: ChildStdin,
}

impl Running {
    /// Peak resident memory in KiB, as the kernel counts it; nothing where the kernel does not say.
    pub fn peak_kib(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()?)).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        line.trim().strip_suffix("kB")?.trim().parse().ok()
    }

    /// Asks the process to stop and waits; ends it when it does not.
    pub async fn stop(&mut self) {
        let _ = self.child.start_kill();
        let _ = self.child.wait().await;
    }
}

/// Where one node is to be.
struct Place {
    label: &'static str,
    names: [&'static str; 3],
    language: &'static str,
    folder: PathBuf,
    /// Desk, public pages, peer link.
    ports: [u16; 3],
}

/// Prepares and starts the three nodes: parties first, then the neutral.
pub async fn start(dir: &Path, seed: u64, first_day: Date) -> anyhow::Result<[Running; 3]> {
    let ports = free_ports(9)?;
    let places: Vec<Place> = NODES
        .iter()
        .enumerate()
        .map(|(nth, (label, names, language))| Place {
            label,
            names: *names,
            language,
            folder: dir.join(label),
            ports: [ports[3 * nth], ports[3 * nth + 1], ports[3 * nth + 2]],
        })
        .collect();
    let at = midnight(first_day) + 8 * 3_600_000;
    for place in &places {
        prepare(place, &places, seed, at)?;
    }
    let (a, b, c) = tokio::try_join!(launch(&places[0]), launch(&places[1]), launch(&places[2]))?;
    Ok([a, b, c])
}

/// Asks the machine for `count` free ports of the loopback address, all different.
fn free_ports(count: usize) -> anyhow::Result<Vec<u16>> {
    let listeners: Result<Vec<TcpListener>, _> =
        (0..count).map(|_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0))).collect();
    let listeners = listeners.context("no free port on the loopback address")?;
    listeners.iter().map(|one| Ok(one.local_addr()?.port())).collect()
}

fn prepare(place: &Place, all: &[Place], seed: u64, at: i64) -> anyhow::Result<()> {
    std::fs::create_dir_all(&place.folder)
        .with_context(|| format!("cannot make {}", place.folder.display()))?;
    let file = place.folder.join("node.toml");
    std::fs::write(&file, configuration(place, all, seed, at))
        .with_context(|| format!("cannot write {}", file.display()))?;
    let config = Config::read(&file)?;
    keys::init(&config, &Chance::rehearsal(seed, place.label), at)?;
    Ok(())
}

fn configuration(place: &Place, all: &[Place], seed: u64, at: i64) -> String {
    let [uk, ru, en] = place.names;
    let [desk, public, link] = place.ports.map(|port| SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    let mut text = format!(
        "party = \"{}\"\nname = {{ uk = \"{uk}\", ru = \"{ru}\", en = \"{en}\" }}\ndata = \".\"\n\
         agreement = \"{AGREEMENT}\"\nparties = [\"{}\", \"{}\"]\nneutrals = [\"{NEUTRAL}\"]\n\
         desk = \"{desk}\"\npublic = \"{public}\"\nlink = \"{link}\"\n\n[rehearsal]\nseed = {seed}\nstart = {at}\n",
        place.label, PARTIES[0], PARTIES[1]
    );
    for peer in all.iter().filter(|other| other.label != place.label) {
        text += &format!(
            "\n[[peer]]\nparty = \"{0}\"\nlink = \"127.0.0.1:{1}\"\ncard = \"../{0}/card.toml\"\n",
            peer.label, peer.ports[2]
        );
    }
    for role in officers(place.label) {
        text += &format!(
            "\n[[officer]]\nid = \"{}\"\nname = \"{}\"\nroles = [\"{}\"]\nlanguage = \"{}\"\n",
            officer_id(*role),
            officer_name(*role, place.language),
            role.code(),
            place.language
        );
    }
    text
}

/// The roles that are filled at a node, one officer each.
pub fn officers(label: &str) -> &'static [Role] {
    if label == NEUTRAL {
        &[Role::Administrator, Role::Negotiator, Role::Approver, Role::Auditor]
    } else {
        &Role::ALL
    }
}

/// The label of the officer with a role.
pub fn officer_id(role: Role) -> String {
    format!("{}-1", role.code())
}

/// The invented name of the officer with a role: a given name and an initial.
fn officer_name(role: Role, language: &str) -> &'static str {
    let (uk, ru, en) = match role {
        Role::Registrar => ("Ганна Р.", "Анна Р.", "Hanna R."),
        Role::Physician => ("Богдан М.", "Богдан М.", "Bohdan M."),
        Role::Negotiator => ("Василь Н.", "Василий Н.", "Vasyl N."),
        Role::Approver => ("Дарина К.", "Дарина К.", "Daryna K."),
        Role::Escort => ("Євген С.", "Евгений С.", "Yevhen S."),
        Role::FamilyLiaison => ("Жанна Л.", "Жанна Л.", "Zhanna L."),
        Role::PressOfficer => ("Зоряна П.", "Зоряна П.", "Zoriana P."),
        Role::Auditor => ("Ірина В.", "Ирина В.", "Iryna V."),
        Role::Administrator => ("Клим А.", "Клим А.", "Klym A."),
    };
    match language {
        "uk" => uk,
        "ru" => ru,
        _ => en,
    }
}

async fn launch(place: &Place) -> anyhow::Result<Running> {
    let log = place.folder.join("node.log");
    let program = std::env::current_exe().context("where this program lies")?;
    let mut child = Command::new(program)
        .arg("serve")
        .arg("--config")
        .arg(place.folder.join("node.toml"))
        .arg("--while-stdin")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(std::fs::File::create(&log).with_context(|| format!("cannot write {}", log.display()))?)
        .kill_on_drop(true)
        .spawn()
        .with_context(|| format!("cannot start node {}", place.label))?;
    let stdin = child.stdin.take().context("a node's standard input")?;
    let stdout = child.stdout.take().context("a node's standard output")?;
    let mut said = BufReader::new(stdout).lines();
    let first_link = tokio::time::timeout(READY, wait_until_ready(&mut said, place.label)).await;
    let first_link = match first_link {
        Ok(Ok(link)) => link,
        Ok(Err(why)) => return Err(why.context(last_words(&log))),
        Err(_) => {
            bail!("node {} was not ready after {} s; {}", place.label, READY.as_secs(), last_words(&log))
        }
    };
    Ok(Running {
        party: place.label.to_owned(),
        folder: place.folder.clone(),
        desk: format!("http://127.0.0.1:{}", place.ports[0]),
        public: format!("http://127.0.0.1:{}", place.ports[1]),
        first_link,
        child,
        _said: said,
        _stdin: stdin,
    })
}

/// Reads a node's lines up to `ready`; answers the administrator's link.
async fn wait_until_ready(said: &mut Lines<BufReader<ChildStdout>>, label: &str) -> anyhow::Result<String> {
    let administrator = officer_id(Role::Administrator);
    let mut link = None;
    while let Some(line) = said.next_line().await? {
        let mut words = line.split_whitespace();
        match (words.next(), words.next(), words.next()) {
            (Some("sign-in"), Some(officer), Some(address)) if officer == administrator => {
                link = Some(address.to_owned());
            }
            (Some("ready"), Some(party), _) => {
                ensure!(party == label, "node {label} says that it is {party}");
                return link.with_context(|| format!("node {label} gave no link for its administrator"));
            }
            _ => {}
        }
    }
    bail!("node {label} ended before it was ready")
}

fn last_words(log: &Path) -> String {
    let text = std::fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().rev().take(5).collect();
    format!("{} ends with: {}", log.display(), lines.into_iter().rev().collect::<Vec<_>>().join(" | "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_for_a_node_reads_as_its_configuration() {
        let folder = tempfile::tempdir().unwrap();
        let place = |nth: usize| Place {
            label: NODES[nth].0,
            names: NODES[nth].1,
            language: NODES[nth].2,
            folder: folder.path().join(NODES[nth].0),
            ports: [1, 2, 3],
        };
        let places = [place(0), place(1), place(2)];
        for (place, officers) in places.iter().zip([9, 9, 4]) {
            prepare(place, &places, 7, 1_000).unwrap();
            let config = Config::read(&place.folder.join("node.toml")).unwrap();
            assert_eq!((config.party.as_str(), config.peers.len()), (place.label, 2));
            assert_eq!(config.officers.len(), officers);
            assert!(prepare(place, &places, 7, 1_000).is_err(), "a node keeps its key");
        }
    }
}
