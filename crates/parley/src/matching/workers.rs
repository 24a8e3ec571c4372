//! Work on many points, spread over threads.
//!
//! Every item is worked on alone and the results come back in the order of the items, so any number of threads
//! gives the same answer.

use std::num::NonZeroUsize;
use std::thread;

/// How many items go through one batch inversion; more gains nothing.
const BLOCK: usize = 1_024;

/// How many threads work at once; 1 works on the caller's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Workers(NonZeroUsize);

impl Workers {
    /// The caller's own thread alone.
    pub const ONE: Workers = Workers(NonZeroUsize::MIN);

    /// As many as this; none is taken for one.
    pub fn new(count: usize) -> Workers {
        Workers(NonZeroUsize::new(count).unwrap_or(NonZeroUsize::MIN))
    }

    /// What `f` makes of blocks of the items, in their order.
    pub(super) fn map<T: Sync, U: Send>(self, items: &[T], f: impl Fn(&[T]) -> Vec<U> + Sync) -> Vec<U> {
        self.each_part(items, |part| part.chunks(BLOCK).flat_map(&f).collect::<Vec<U>>())
            .into_iter()
            .flatten()
            .collect()
    }

    /// What `f` makes of as many parts of the items as there are threads, in their order.
    pub(super) fn each_part<T: Sync, R: Send>(self, items: &[T], f: impl Fn(&[T]) -> R + Sync) -> Vec<R> {
        let part = items.len().div_ceil(self.0.get()).max(1);
        if items.len() <= part {
            return vec![f(items)];
        }
        thread::scope(|scope| {
            let parts: Vec<_> = items.chunks(part).map(|part| scope.spawn(|| f(part))).collect();
            let join = |part: thread::ScopedJoinHandle<'_, R>| {
                part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            };
            parts.into_iter().map(join).collect()
        })
    }
}
