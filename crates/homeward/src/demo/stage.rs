//! The stage of a rehearsal: the nodes with every officer at a desk, and the moves that every scene is made of.

use std::collections::BTreeMap;

use anyhow::{Context, ensure};
use serde::Deserialize;
use time::Date;

use crate::clock::midnight;
use crate::demo::cluster::{self, Running};
use crate::demo::desk::{Officer, wait};
use crate::demo::views::{Drafts, RoundView};
use crate::officer::Role;

/// A node with its officers.
pub struct Side {
    /// The node.
    pub node: Running,
    officers: BTreeMap<Role, Officer>,
}

#[derive(Deserialize)]
struct NewLink {
    new_link: Option<String>,
}

impl Side {
    /// Signs everybody in: the administrator by the link the node printed, the others by links the administrator makes.
    pub async fn open(node: Running) -> anyhow::Result<Self> {
        let label = |role: Role| format!("{}/{}", node.party, cluster::officer_id(role));
        let first = Officer::sign_in(&node.desk, label(Role::Administrator), &node.first_link).await?;
        let mut officers = BTreeMap::new();
        for role in cluster::officers(&node.party).iter().copied().filter(|role| *role != Role::Administrator)
        {
            let link = new_link(&first, role).await?;
            let officer = Officer::sign_in(&node.desk, label(role), &link).await?;
            if role != Role::Auditor {
                officer
                    .post("/purpose", [("purpose", purpose(role).to_owned()), ("back", "/".to_owned())])
                    .await?;
            }
            officers.insert(role, officer);
        }
        officers.insert(Role::Administrator, first);
        Ok(Self { node, officers })
    }

    /// The officer with a role.
    ///
    /// # Panics
    /// For a role that is not filled at this node, which the scenes do not ask for.
    pub fn officer(&self, role: Role) -> &Officer {
        self.officers.get(&role).expect("the scenes ask for roles that the cluster fills")
    }

    /// A one-time link for somebody who wants to look round at the end.
    pub async fn link_for(&self, role: Role) -> anyhow::Result<String> {
        new_link(self.officer(Role::Administrator), role).await
    }

    /// How a round stands at this node.
    pub async fn round(&self, round: usize) -> anyhow::Result<RoundView> {
        self.officer(Role::Negotiator).get(&format!("/rounds/{round}")).await
    }

    /// Waits until the round stands at this node as `ready` wants it.
    pub async fn until(
        &self,
        round: usize,
        what: &str,
        ready: impl Fn(&RoundView) -> bool,
    ) -> anyhow::Result<RoundView> {
        let mut last = String::new();
        let who = format!("round {round}: {}", self.node.party);
        let seen = wait(&who, what, async || {
            let view = self.round(round).await?;
            if ready(&view) {
                return Ok(Some(view));
            }
            last = view.brief();
            Ok(None)
        });
        let seen = seen.await;
        seen.with_context(|| format!("{} stands so: {last}", self.node.party))
    }

    /// An act of two officers: the negotiator drafts it by a form, the approver carries it out.
    pub async fn two_officers(
        &self,
        path: &str,
        fields: Vec<(&str, String)>,
        kind: &str,
    ) -> anyhow::Result<()> {
        self.officer(Role::Negotiator).post(path, fields).await?;
        self.approve(kind).await
    }

    /// The approver carries out the one open draft of a kind.
    pub async fn approve(&self, kind: &str) -> anyhow::Result<()> {
        let approver = self.officer(Role::Approver);
        let open: Drafts = approver.get("/drafts").await?;
        let mut drafts = open.drafts.iter().filter(|draft| draft.kind == kind);
        let draft = drafts.next().with_context(|| format!("{}: no open draft {kind}", approver.label))?;
        ensure!(drafts.next().is_none(), "{}: more than one open draft {kind}", approver.label);
        approver.post(&format!("/drafts/{}/approve", draft.id), []).await?;
        Ok(())
    }
}

async fn new_link(administrator: &Officer, role: Role) -> anyhow::Result<String> {
    let path = format!("/officers/{}/link", cluster::officer_id(role));
    let answer = administrator.post(&path, []).await?;
    let view: NewLink = answer.json().with_context(|| format!("{}: POST {path}", administrator.label))?;
    view.new_link.with_context(|| format!("{}: POST {path} made no link", administrator.label))
}

/// What an officer's work is for.
fn purpose(role: Role) -> &'static str {
    match role {
        Role::Registrar | Role::Administrator => "registration",
        Role::Physician => "medical",
        Role::Negotiator | Role::Approver => "roll",
        Role::Escort => "crossing",
        Role::FamilyLiaison | Role::PressOfficer => "family",
        Role::Auditor => "oversight",
    }
}

/// The whole stage.
pub struct Stage {
    /// The parties, in the agreement's order.
    pub sides: [Side; 2],
    /// The neutral.
    pub neutral: Side,
}

impl Stage {
    /// Moves the clock of every node to an hour of a day.
    pub async fn clock(&self, day: Date, hour: i64) -> anyhow::Result<()> {
        let to = (midnight(day) + hour * 3_600_000).to_string();
        for side in self.everyone() {
            side.officer(Role::Administrator).post("/rehearsal/clock", [("to", to.clone())]).await?;
        }
        Ok(())
    }

    /// All nodes: the parties, then the neutral.
    pub fn everyone(&self) -> [&Side; 3] {
        [&self.sides[0], &self.sides[1], &self.neutral]
    }

    /// Ends the nodes.
    pub async fn stop(&mut self) {
        let [a, b] = &mut self.sides;
        tokio::join!(a.node.stop(), b.node.stop(), self.neutral.node.stop());
    }
}
