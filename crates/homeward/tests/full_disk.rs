//! A disk that fills up under the real program: it says so at once and in plain words, nothing half-written remains,
//! reading goes on, and when there is room again it writes again.
//!
//! The disk is a small file system in memory. Making one needs root; without it the test says that it is skipped.

mod live;

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use homeward::officer::Role;
use hyper::StatusCode;
use live::{Dice, Folder, Running, Session};

/// Size of the disk.
const DISK_MIB: u32 = 24;
/// How often it fills up, each time with other room left.
const FILLS: u64 = 12;
/// The most room that is left before a filling, in KiB.
const ROOM_KIB_MAX: u64 = 600;

/// A file system in memory, there for as long as this value.
struct Disk(PathBuf);

impl Disk {
    fn mount(at: &Path) -> Option<Self> {
        let size = format!("size={DISK_MIB}m");
        let done = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(at).output();
        done.is_ok_and(|done| done.status.success()).then(|| Self(at.to_owned()))
    }

    /// Fills the disk but for so many KiB; answers the file to remove.
    fn fill(&self, room_kib: u64) -> PathBuf {
        let path = self.0.join("ballast");
        let mut file = std::fs::File::create(&path).unwrap();
        let mut written = 0;
        while let Ok(more) = file.write(&[0; 1024]) {
            written += more as u64;
        }
        file.set_len(written.saturating_sub(room_kib * 1024)).unwrap();
        path
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

#[tokio::test]
async fn a_full_disk_is_said_at_once_and_passes() {
    let place = tempfile::tempdir().unwrap();
    let Some(disk) = Disk::mount(place.path()) else {
        say("full disk: SKIPPED, a file system in memory can only be mounted by root");
        return;
    };
    let folder = Folder::prepare(place.path(), &[("administrator-1", &[Role::Administrator])]);
    let mut node = folder.start();
    let session = node.sign_in(&node.printed_link("administrator-1")).await;
    let mut kept = BTreeSet::from(["administrator-1".to_owned()]);
    let (mut dice, mut refused) = (Dice(4), 0);
    for fill in 0..FILLS {
        let ballast = disk.fill(dice.below(ROOM_KIB_MAX));
        refused += write_until_refused(&session, &node, &mut kept, fill).await;
        assert_eq!(shown(&session, &node).await, kept, "fill {fill}: acknowledged and shown differ");
        std::fs::remove_file(ballast).unwrap();
        let again = format!("room-{fill}");
        assert_eq!(admit(&session, &node, &again).await.status, StatusCode::OK, "fill {fill}: room again");
        kept.insert(again);
    }
    node.kill();
    node = folder.start();
    assert_eq!(shown(&session, &node).await, kept, "after a restart");
    say(&format!(
        "full disk: filled {FILLS} times, {refused} writes refused, {} acknowledged, 0 lost",
        kept.len()
    ));
}

/// Writes until the disk is full and a few times more; answers how many writes were refused.
async fn write_until_refused(
    session: &Session,
    node: &Running,
    kept: &mut BTreeSet<String>,
    fill: u64,
) -> u64 {
    let mut refused = 0;
    for nth in 0..20_000 {
        let value = format!("w-{fill}-{nth}");
        let answer = admit(session, node, &value).await;
        if answer.status == StatusCode::OK {
            kept.insert(value);
            continue;
        }
        let view: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!((answer.status.as_u16(), view["refused"].as_str()), (507, Some("disk-full")), "{view}");
        refused += 1;
        if refused == 1 {
            in_plain_words(session, node).await;
        }
        if refused == 3 {
            return refused;
        }
    }
    panic!("the disk never filled");
}

/// What an officer sees: the page says what happened and what to do.
async fn in_plain_words(session: &Session, node: &Running) {
    let fields = [("id", "page"), ("name", "page"), ("language", "en"), ("role", "auditor")];
    let answer = session.submit(&node.desk, "/officers", &fields).await.unwrap();
    let page = String::from_utf8_lossy(&answer.body).into_owned();
    assert_eq!(answer.status.as_u16(), 507, "{page}");
    assert!(page.contains("The disk is full") && page.contains("The write was not stored"), "{page}");
}

async fn admit(session: &Session, node: &Running, id: &str) -> homeward::http::Answer {
    let name = id.repeat(12);
    let name = &name[..name.len().min(100)];
    let fields = [("id", id), ("name", name), ("language", "uk"), ("role", "auditor"), ("role", "escort")];
    session.post(&node.desk, "/officers", &fields).await.unwrap()
}

async fn shown(session: &Session, node: &Running) -> BTreeSet<String> {
    let view: serde_json::Value = session.get(&node.desk, "/officers").await.unwrap().json().unwrap();
    let officers = view["officers"].as_array().unwrap();
    officers.iter().map(|officer| officer["id"].as_str().unwrap().to_owned()).collect()
}

fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
