//! kill -9 at random moments: nothing acknowledged is lost, the journal verifies, the files are completed.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::time::Duration;

use tempfile::tempdir;

use super::*;
use crate::SettingRow;

const DIR: &str = "HOMEWARD_REGISTER_KILL_DIR";
const KILLS: u64 = 20;

/// The child: writes and acknowledges on its standard output until it is killed. Alone it does nothing.
#[tokio::test]
#[expect(clippy::print_stdout, reason = "the child acknowledges on its standard output")]
async fn child() {
    let Ok(dir) = std::env::var(DIR) else { return };
    let register = try_open(Path::new(&dir), 7, u64::from(std::process::id())).await.unwrap();
    assert_eq!(register.health().stopped, None);
    println!("open");
    loop {
        let mut write = register.begin(&registrar(), "write until killed", None, 1).await.unwrap();
        let next = write.entry_count("aronia").await.unwrap();
        write.append_entry("aronia", next, format!("entry {next};").as_bytes()).await.unwrap();
        write.put(&SettingRow { key: format!("setting-{next}"), value: vec![7; 2_000] }).await.unwrap();
        write.commit().await.unwrap();
        println!("acknowledged {next}");
    }
}

#[tokio::test]
async fn nothing_acknowledged_is_lost_to_20_kills() {
    let dir = tempdir().unwrap();
    let (mut chance, mut acknowledged) = (chance(3), 0);
    for kill in 0..KILLS {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "tests::kill::child", "--nocapture", "--test-threads=1"])
            .env(DIR, dir.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        while !line.ends_with("open\n") {
            line.clear();
            assert!(output.read_line(&mut line).unwrap() > 0, "kill {kill}: the register did not open again");
        }
        std::thread::sleep(Duration::from_micros(chance(120_000) as u64));
        child.kill().unwrap();
        child.wait().unwrap();
        let mut rest = String::new();
        output.read_to_string(&mut rest).unwrap();
        let said = rest.split_inclusive('\n').filter(|line| line.ends_with('\n'));
        let last =
            said.filter_map(|line| line.trim().strip_prefix("acknowledged ")?.parse::<u64>().ok()).max();
        acknowledged = last.map_or(acknowledged, |last| last + 1);

        let register = try_open(dir.path(), 7, 1_000_000 + kill).await.unwrap();
        assert_eq!(register.health(), crate::Health { stopped: None, files_behind: false });
        let mut read = register.read().await.unwrap();
        let entries = read.all_entries().await.unwrap();
        assert!(entries.len() as u64 >= acknowledged, "{} kept, {acknowledged} acknowledged", entries.len());
        let file: Vec<u8> = entries.iter().flat_map(|entry| entry.bytes.clone()).collect();
        assert!(
            std::fs::read(dir.path().join("record/aronia.log")).unwrap() == file,
            "the file is not completed"
        );
        for at in 0..entries.len() {
            assert!(read.setting(&format!("setting-{at}")).await.unwrap().is_some(), "half a write remains");
        }
        assert_eq!(read.seq(), entries.len() as u64, "an entry without its journal line");
        drop(read);
        assert_eq!(register.check().await.unwrap(), []);
        acknowledged = entries.len() as u64;
        register.close().await;
    }
    say(&format!("{KILLS} kills, {acknowledged} writes kept, 0 acknowledged lost"));
    assert!(acknowledged > KILLS, "hardly anything was written");
}
