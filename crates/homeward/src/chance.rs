//! The one place that draws randomness. Everything else gets its random bytes as an argument.
//!
//! A rehearsal draws from its seed and the purpose, so that the same seed plays the same exchange whatever order the
//! nodes' tasks run in. It is for invented people only: a node whose configuration names a rehearsal says so on every page.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use sha2::{Digest, Sha256};

/// Where random bytes come from.
#[derive(Clone)]
pub enum Chance {
    /// The operating system.
    System,
    /// A seed, with one counter for each purpose.
    Rehearsal {
        /// The seed.
        seed: [u8; 32],
        /// How often each purpose has drawn.
        drawn: Arc<Mutex<BTreeMap<String, u64>>>,
    },
}

impl Chance {
    /// A rehearsal's chance, apart for each node by its label.
    pub fn rehearsal(seed: u64, node: &str) -> Self {
        let mut hash = Sha256::new();
        hash.update(b"homeward rehearsal\0");
        hash.update(seed.to_be_bytes());
        hash.update(node.as_bytes());
        Self::Rehearsal { seed: hash.finalize().into(), drawn: Arc::default() }
    }

    /// Draws 32 bytes for a purpose.
    ///
    /// # Panics
    /// When the operating system has no randomness to give: nothing a node signs or seals after that could be trusted.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that draws randomness")]
    pub fn draw(&self, purpose: &str) -> [u8; 32] {
        match self {
            Self::System => {
                let mut bytes = [0; 32];
                getrandom::fill(&mut bytes).expect("the operating system gives randomness");
                bytes
            }
            Self::Rehearsal { seed, drawn } => {
                let mut drawn = drawn.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                let count = drawn.entry(purpose.to_owned()).or_default();
                *count += 1;
                let mut hash = Sha256::new();
                hash.update(seed);
                hash.update(purpose.as_bytes());
                hash.update([0]);
                hash.update(count.to_be_bytes());
                hash.finalize().into()
            }
        }
    }

    /// Draws 16 bytes for a purpose.
    pub fn id(&self, purpose: &str) -> [u8; 16] {
        let drawn = self.draw(purpose);
        std::array::from_fn(|at| drawn[at])
    }
}

impl std::fmt::Debug for Chance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::System => "Chance::System",
            Self::Rehearsal { .. } => "Chance::Rehearsal",
        })
    }
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Hexadecimal digits as bytes; nothing when they are not exactly `N` bytes.
pub fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != 2 * N || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; N];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rehearsal_draws_the_same_for_each_purpose_whatever_the_order() {
        let (one, two) = (Chance::rehearsal(7, "aronia"), Chance::rehearsal(7, "aronia"));
        let first = (one.draw("a"), one.draw("b"), one.draw("a"));
        let b = two.draw("b");
        assert_eq!(first, (two.draw("a"), b, two.draw("a")));
        assert_ne!(first.0, first.2);
        assert_ne!(Chance::rehearsal(7, "belmar").draw("a"), first.0);
        assert_ne!(Chance::System.draw("a"), Chance::System.draw("a"));
        assert_eq!(unhex::<2>(&hex(&[1, 255])), Some([1, 255]));
        assert_eq!(unhex::<2>("01f"), None);
    }
}
