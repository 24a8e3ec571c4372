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

/// The seconds that the processor has worked for this process's first thread, in which commands run.
pub fn cpu_seconds() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/schedstat").ok()?;
    let nanoseconds: u64 = stat.split_whitespace().next()?.parse().ok()?;
    Some(nanoseconds as f64 / 1e9)
}
