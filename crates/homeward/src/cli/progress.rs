//! Progress on a terminal for anything over a second, and nothing anywhere else.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// How often the mark turns.
const TURN: Duration = Duration::from_millis(120);

/// Does `work`; when it takes over a second and standard error is a terminal, shows `what` with a turning mark meanwhile.
pub fn during<T>(what: &'static str, work: impl FnOnce() -> T) -> T {
    shown(ProgressBar::new_spinner().with_style(ProgressStyle::default_spinner()), what, None, work)
}

/// Does `work`, which counts what is done of `all`; shows it as [`during`] does, with how many parts of a hundred are done.
pub fn counted<T>(what: &'static str, all: u64, work: impl FnOnce(&Arc<AtomicU64>) -> T) -> T {
    let done = Arc::<AtomicU64>::default();
    let style = ProgressStyle::with_template("{spinner} {msg} {percent}%");
    let bar =
        ProgressBar::new(all.max(1)).with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    shown(bar, what, Some(Arc::clone(&done)), || work(&done))
}

fn shown<T>(
    bar: ProgressBar,
    what: &'static str,
    counted: Option<Arc<AtomicU64>>,
    work: impl FnOnce() -> T,
) -> T {
    let (done, waits) = channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            if waits.recv_timeout(Duration::from_secs(1)) == Err(RecvTimeoutError::Timeout) {
                bar.set_message(what);
                loop {
                    if let Some(counted) = &counted {
                        bar.set_position(counted.load(Ordering::Relaxed).min(bar.length().unwrap_or(0)));
                    }
                    bar.tick();
                    // An error other than the time being up means that the work has ended, well or in a panic.
                    if waits.recv_timeout(TURN) != Err(RecvTimeoutError::Timeout) {
                        break;
                    }
                }
                bar.finish_and_clear();
            }
        });
        let outcome = work();
        drop(done);
        outcome
    })
}
