//! Progress on a terminal for anything over a second, and nothing anywhere else.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// How often the mark turns.
const TURN: Duration = Duration::from_millis(120);

/// Does `work`; when it takes over a second and standard error is a terminal, shows `what` with a turning mark meanwhile.
pub fn during<T>(what: &'static str, work: impl FnOnce() -> T) -> T {
    let (done, waits) = channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            if waits.recv_timeout(Duration::from_secs(1)) == Err(RecvTimeoutError::Timeout) {
                let bar = ProgressBar::new_spinner().with_style(ProgressStyle::default_spinner());
                bar.set_message(what);
                bar.enable_steady_tick(TURN);
                // An error means that the work has ended, well or in a panic.
                let _ = waits.recv();
                bar.finish_and_clear();
            }
        });
        let outcome = work();
        drop(done);
        outcome
    })
}
