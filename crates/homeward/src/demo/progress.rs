//! What a person at the terminal sees while the rehearsal plays: one line a step, alive on a terminal, plain otherwise.

use std::io::{self, IsTerminal, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// The progress of a rehearsal, on standard error.
pub struct Progress {
    terminal: bool,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// Nothing is under way.
    pub fn new() -> Self {
        Self { terminal: io::stderr().is_terminal(), bar: None }
    }

    /// Says what begins now; what was under way is done.
    pub fn step(&mut self, text: impl Into<String>) {
        let text = text.into();
        self.done();
        if self.terminal {
            let bar = ProgressBar::new_spinner().with_message(text);
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} ({elapsed})") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(120));
            self.bar = Some(bar);
        } else {
            // Progress that nobody can read any more is no failure.
            let _ = writeln!(io::stderr().lock(), "{text}");
        }
    }

    /// What was under way is done; its line stays.
    pub fn done(&mut self) {
        if let Some(bar) = self.bar.take() {
            if let Ok(style) = ProgressStyle::with_template("✓ {msg} ({elapsed})") {
                bar.set_style(style);
            }
            bar.finish();
        }
    }
}

impl Default for Progress {
    fn default() -> Self {
        Self::new()
    }
}
