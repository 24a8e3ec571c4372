//! A disk that keeps what was synced, and of the rest as many bytes as it likes.

use std::collections::BTreeMap;

use super::chance::Chance;
use crate::*;

/// A file that is written at its end only.
#[derive(Clone, Default)]
pub(crate) struct File {
    bytes: Vec<u8>,
    synced: usize,
}

impl File {
    pub(crate) fn append(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    pub(crate) fn sync(&mut self) {
        self.synced = self.bytes.len();
    }

    pub(crate) fn cut(&mut self, len: usize) {
        self.bytes.truncate(len);
        self.synced = self.synced.min(len);
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The power goes: what was not synced is there up to some byte, nothing or all of it included.
    fn crash(&mut self, chance: &mut Chance) {
        let unsynced = self.bytes.len() - self.synced;
        let kept = match chance.below(4) {
            0 => 0,
            1 => unsynced,
            _ => chance.below(unsynced + 1),
        };
        self.bytes.truncate(self.synced + kept);
        self.synced = self.bytes.len();
    }
}

/// What a node keeps: one file for the log of each member, one for proofs of equivocation.
#[derive(Clone, Default)]
pub(crate) struct Disk {
    pub logs: BTreeMap<PartyId, File>,
    /// The second entries of forks, each after its length in four bytes.
    pub proofs: File,
}

impl Disk {
    pub(crate) fn sync(&mut self) {
        self.logs.values_mut().for_each(File::sync);
        self.proofs.sync();
    }

    pub(crate) fn crash(&mut self, chance: &mut Chance) {
        self.logs.values_mut().for_each(|file| file.crash(chance));
        self.proofs.crash(chance);
    }

    pub(crate) fn keep_proof(&mut self, proof: &Equivocation) {
        for bytes in [proof.entries().0, proof.entries().1] {
            self.proofs.append(&(bytes.len() as u32).to_be_bytes());
            self.proofs.append(bytes);
        }
        self.proofs.sync();
    }

    /// The entries of the proofs, as far as they are whole.
    pub(crate) fn proofs(&self) -> Vec<Vec<u8>> {
        let (mut rest, mut found) = (self.proofs.bytes(), Vec::new());
        while let Some((len, after)) = rest.split_first_chunk::<4>() {
            let len = u32::from_be_bytes(*len) as usize;
            let Some(entry) = after.get(..len) else { break };
            found.push(entry.to_vec());
            rest = &after[len..];
        }
        found
    }
}
