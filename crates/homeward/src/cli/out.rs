//! What a command says: lines and JSON on standard output, failures on standard error.
//!
//! A reader that goes away (`homeward … | head`) is no failure of the command, so a broken pipe is ignored; any other
//! failure to write is returned.

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use serde::Serialize;

/// Writes one line of the answer.
pub fn line(text: impl AsRef<str>) -> io::Result<()> {
    write(text.as_ref())
}

/// Writes one line beside an answer that has standard output for itself: to standard error.
pub fn aside(text: &str) -> io::Result<()> {
    writeln!(io::stderr().lock(), "{text}")
}

/// Writes the answer of a command that was given `--json`: one value, indented, with a final line feed.
pub fn json(value: &impl Serialize) -> anyhow::Result<()> {
    Ok(write(&serde_json::to_string_pretty(value)?)?)
}

/// Writes a failure with its causes to standard error.
pub fn failure(failure: &anyhow::Error) {
    let mut text = format!("homeward: {failure}");
    for cause in failure.chain().skip(1) {
        text.push_str(&format!("\n  because: {cause}"));
    }
    // Nothing is left to tell it to when standard error is closed; the exit code still says "failed".
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Says that the input is refused, where and why, and returns the exit code of a refusal.
pub fn refused(as_json: bool, why: &str) -> anyhow::Result<ExitCode> {
    if as_json {
        json(&serde_json::json!({ "refused": why }))?;
    } else {
        line(format!("REFUSED: {why}"))?;
    }
    Ok(ExitCode::from(super::REFUSED))
}

fn write(text: &str) -> io::Result<()> {
    match writeln!(io::stdout().lock(), "{text}") {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}
