//! What a command has cost so far, where the system tells it.

use std::fs;

/// The most memory that this process has held, in KiB.
pub fn peak_kb() -> Option<u64> {
    status_kb("VmHWM:")
}

/// The memory that this process holds now, in KiB.
pub fn resident_kb() -> Option<u64> {
    status_kb("VmRSS:")
}

fn status_kb(field: &str) -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix(field))?.split_whitespace().next()?.parse().ok()
}

/// The seconds that processors have worked for this process: all its threads, those that ended too. To a hundredth.
pub fn cpu_seconds_of_all() -> Option<f64> {
    // Linux counts these in hundredths on every machine; the name before them may have any letter in it.
    const TICKS: f64 = 100.0;
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let mut after_name = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut ticks = || after_name.next()?.parse::<u64>().ok();
    Some((ticks()? + ticks()?) as f64 / TICKS)
}

/// The seconds that the processor has worked for this process's first thread, in which commands run.
pub fn cpu_seconds() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/schedstat").ok()?;
    let nanoseconds: u64 = stat.split_whitespace().next()?.parse().ok()?;
    Some(nanoseconds as f64 / 1e9)
}
