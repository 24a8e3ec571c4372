//! Proposals of a list that wait for an answer, and what this desk found against them.

use std::collections::BTreeMap;

use exchange::ids::RoundNo;
use parley::PartyId;
use register::Reading;
use serde::Serialize;

use crate::act::ActError;
use crate::acts::flags::{self, Known};
use crate::acts::roll::{Drawn, RollFault};
use crate::acts::round;
use crate::node::Shared;
use crate::web::rounds::view::{Ends, Two};

/// What is to be looked at on an item of a proposal.
#[derive(Serialize)]
pub struct FlagView {
    /// The item.
    pub item: String,
    /// Code.
    pub why: &'static str,
}

/// A proposal that waits for an answer.
#[derive(Serialize)]
pub struct ProposalView {
    /// Its entry.
    pub entry: String,
    /// Who made it.
    pub author: String,
    /// The version it would make.
    pub version: u32,
    /// Whether this side made it.
    pub mine: bool,
    /// How many items of each side it has.
    pub items: Two<usize>,
    /// What this desk found against it.
    pub flagged: Vec<FlagView>,
}

/// The proposals of a round that wait, with what this desk found against those of the other side.
pub async fn of(
    reading: &mut Reading,
    shared: &Shared,
    ends: &Ends,
    number: RoundNo,
    (checked, drawn): (Option<&[RollFault]>, Option<&Drawn>),
) -> Result<Vec<ProposalView>, ActError> {
    let open = shared.record.view().round(number).map(|state| state.open_proposals()).unwrap_or_default();
    let (mut home, mut lines) = (BTreeMap::new(), Vec::new());
    if !ends.neutral && open.iter().any(|proposal| proposal.author == ends.theirs) {
        home = round::already_home(reading, number, &ends.theirs).await?;
        lines = round::all_lines(reading, number).await?;
    }
    let known = Known { round: number, theirs: ends.theirs, checked, drawn, home: &home, lines: &lines };
    let mut views = Vec::with_capacity(open.len());
    for proposal in open {
        let items = match shared.record.entry(&proposal.entry).map(|signed| signed.body()) {
            Some(parley::Body::Propose { items, .. }) => items.as_slice(),
            _ => &[],
        };
        let of = |party: PartyId| items.iter().filter(|line| line.holder == party).count();
        let mine = !ends.neutral && proposal.author == ends.mine;
        let flags = if mine || ends.neutral {
            Vec::new()
        } else {
            flags::of_proposal(shared, &known, &proposal.entry)?
        };
        views.push(ProposalView {
            entry: proposal.entry.to_string(),
            author: proposal.author.to_string(),
            version: proposal.version,
            mine,
            items: Two { mine: of(ends.mine), theirs: of(ends.theirs) },
            flagged: flags
                .into_iter()
                .map(|flag| FlagView { item: flag.item.to_string(), why: flag.why.code() })
                .collect(),
        });
    }
    Ok(views)
}

impl FlagView {
    /// The item, as far as a person reads it.
    pub fn short(&self) -> &str {
        &self.item[..8]
    }
}
