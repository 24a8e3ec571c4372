//! One node: its register, its copy of the shared record, its keys, its clock and its chance.
//!
//! What both sides see lives in the record (both logs, folded by `parley`); what only this node knows lives in the
//! register. The record in memory is rebuilt from the register at every start and changes only inside an
//! [`Act`](crate::act::Act).

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::Context;
use exchange::agreement::Terms;
use parley::{Member, Members, PartyId, Record};
use register::Register;
use tokio::sync::{Notify, RwLock};

use crate::act::{Act, ActError, Actor};
use crate::acts::candidates::queue::Queue;
use crate::acts::roll::{self, Kept};
use crate::chance::Chance;
use crate::clock::Clock;
use crate::config::Config;
use crate::keys::{self, Card, Keys, Known};
use crate::web::Lang;

/// A running node.
pub struct Node {
    /// Its configuration.
    pub config: Config,
    /// Its clock.
    pub clock: Clock,
    /// Its chance.
    pub chance: Chance,
    /// Its keys.
    pub keys: Keys,
    /// Its system of record.
    pub register: Register,
    /// Its label in the record.
    pub me: PartyId,
    cards: Vec<Known>,
    pub(crate) shared: Arc<RwLock<Shared>>,
    pub(crate) news: Notify,
    unequal: Mutex<BTreeSet<PartyId>>,
    drawn: Mutex<Kept<roll::From, roll::Found>>,
    /// The pairs of dossiers that wait for a registrar.
    pub(crate) candidates: tokio::sync::Mutex<Queue>,
}

/// What the node knows of the shared record.
pub struct Shared {
    /// Both logs and what follows from them.
    pub record: Record,
    /// The agreement's terms, once a text was put forward.
    pub terms: Option<Terms>,
    /// Set when an act was given up after it had signed something in memory: the next act reads the record again.
    pub(crate) stale: bool,
}

/// The actor of what a node does by itself.
pub fn itself() -> Actor {
    Actor { officer: "node".to_owned(), purpose: None }
}

impl Node {
    /// Opens a node that `homeward init` prepared: register, record, and on the first start the officers of the configuration.
    pub async fn open(config: Config) -> anyhow::Result<Arc<Self>> {
        let node = Self::prepared(config).await?;
        node.start().await?;
        Ok(node)
    }

    /// Opens a node for one command while it does not serve. That is no start: nothing is written that the command does not
    /// write itself, unless the node never started, since without the openings of the logs there is no record to work on.
    pub async fn for_a_command(config: Config) -> anyhow::Result<Arc<Self>> {
        let node = Self::prepared(config).await?;
        let started = {
            let shared = node.look().await?;
            let opened = |known: &Known| {
                known.card.party.parse().is_ok_and(|party| shared.record.log(&party).is_some())
            };
            node.cards.iter().all(opened)
        };
        if !started {
            node.start().await?;
        }
        Ok(node)
    }

    async fn prepared(config: Config) -> anyhow::Result<Arc<Self>> {
        let chance = match &config.rehearsal {
            None => Chance::System,
            Some(rehearsal) => Chance::rehearsal(rehearsal.seed, &config.party),
        };
        let keys = Keys::read(&config)?;
        let register = open_register(&config, &keys, &chance).await?;
        let clock = Clock::of(&config, &register).await?;
        let cards = cards(&config)?;
        let record = Record::new(members(&config, &cards)?);
        let me = config.party.parse().context("party")?;
        let shared = Arc::new(RwLock::new(Shared { record, terms: None, stale: true }));
        Ok(Arc::new(Self {
            config,
            clock,
            chance,
            keys,
            register,
            me,
            shared,
            cards,
            news: Notify::new(),
            unequal: Mutex::default(),
            drawn: Mutex::default(),
            candidates: tokio::sync::Mutex::default(),
        }))
    }

    /// Begins a named write: takes the writer's lock over record and register.
    pub async fn act(
        &self,
        actor: &Actor,
        action: &'static str,
        subject: Option<&str>,
    ) -> Result<Act<'_>, ActError> {
        let mut shared = self.shared.clone().write_owned().await;
        if shared.stale {
            self.reload(&mut shared).await?;
        }
        let tx = self
            .register
            .begin(&actor.to_register(), action, subject.map(str::to_owned), self.clock.now())
            .await?;
        Ok(Act::new(self, shared, tx, actor.clone()))
    }

    /// A look at the shared record; acts wait for it to end.
    pub async fn look(&self) -> Result<tokio::sync::OwnedRwLockReadGuard<Shared>, ActError> {
        let shared = self.shared.clone().read_owned().await;
        if !shared.stale {
            return Ok(shared);
        }
        drop(shared);
        let mut shared = self.shared.clone().write_owned().await;
        if shared.stale {
            self.reload(&mut shared).await?;
        }
        Ok(shared.downgrade())
    }

    async fn reload(&self, shared: &mut Shared) -> Result<(), ActError> {
        let members = members(&self.config, &self.cards).map_err(|why| ActError::broken(&why))?;
        let mut record = Record::new(members);
        load(&self.register, &mut record).await.map_err(|why| ActError::broken(&why))?;
        shared.record = record;
        shared.terms = crate::acts::agreement::terms_of(&self.register, &shared.record).await?;
        shared.stale = false;
        Ok(())
    }

    /// Notes the start, and writes what a node needs before anything else: the openings of the logs, and the configured
    /// officers.
    async fn start(&self) -> anyhow::Result<()> {
        let mut act = self.act(&itself(), "start", None).await?;
        for known in &self.cards {
            act.admit(&known.genesis).await.with_context(|| format!("the card of {}", known.card.party))?;
        }
        for officer in &self.config.officers {
            if act.tx.officer(&officer.id).await?.is_none() {
                let row = register::OfficerRow {
                    id: officer.id.clone(),
                    display_name: officer.name.clone(),
                    roles: officer.roles.iter().map(|role| role.code().to_owned()).collect(),
                    language: officer.language.clone(),
                    active: true,
                };
                act.tx.put(&row).await?;
            }
        }
        act.commit().await?;
        Ok(())
    }

    /// The nodes that hold the same entries and came to another state: one of the two judges wrongly.
    pub fn unequal(&self) -> Vec<PartyId> {
        self.unequal.lock().unwrap_or_else(PoisonError::into_inner).iter().copied().collect()
    }

    /// Notes whether another node that holds the same entries came to the same state.
    pub(crate) fn compare(&self, peer: PartyId, equal: bool) {
        let mut unequal = self.unequal.lock().unwrap_or_else(PoisonError::into_inner);
        if equal {
            unequal.remove(&peer);
        } else {
            unequal.insert(peer);
        }
    }

    /// The rolls found last. Nothing is waited for while they are held.
    pub(crate) fn drawn(&self) -> MutexGuard<'_, Kept<roll::From, roll::Found>> {
        self.drawn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The node's name in a language.
    pub fn name(&self, lang: Lang) -> String {
        let names = &self.config.name;
        match lang {
            Lang::Uk => &names.uk,
            Lang::Ru => &names.ru,
            Lang::En => &names.en,
        }
        .clone()
    }

    /// Address of a one-time link.
    pub fn sign_in_address(&self, token: &str) -> String {
        format!("http://{}:{}/sign-in/{token}", self.config.desk_host, self.config.desk.port())
    }
}

/// Opens the register of a node without starting the node: for commands that work beside a stopped node.
pub async fn open_register(config: &Config, keys: &Keys, chance: &Chance) -> anyhow::Result<Register> {
    let chance = chance.clone();
    let entropy: register::Entropy = Arc::new(move |purpose| chance.draw(purpose));
    let (sign, genesis) = keys.journal(config)?;
    let node_key = register::NodeKey::new(*keys.register);
    Ok(Register::open(register::Opening { dir: &config.data, node_key, entropy, sign, genesis }).await?)
}

/// The cards of everyone in the agreement: one's own and each peer's.
fn cards(config: &Config) -> anyhow::Result<Vec<Known>> {
    let own = std::iter::once(keys::card_file(config));
    own.chain(config.peers.iter().map(|peer| peer.card.clone())).map(|file| Card::read(&file)).collect()
}

fn members(config: &Config, cards: &[Known]) -> anyhow::Result<Members> {
    let member = |label: &String| -> anyhow::Result<Member> {
        let known = cards.iter().find(|known| known.card.party == *label);
        let known =
            known.with_context(|| format!("no card of {label}: every party and neutral needs one"))?;
        Ok(Member { party: label.parse()?, root_key: known.opening.root_key })
    };
    let [first, second] = config.parties.as_slice() else { anyhow::bail!("an agreement has two parties") };
    let neutrals = config.neutrals.iter().map(member).collect::<anyhow::Result<Vec<_>>>()?;
    Ok(Members::new(keys::agreement_id(config), [member(first)?, member(second)?], neutrals)?)
}

/// Reads the stored entries, then the proofs of equivocation, which freeze the record again.
async fn load(register: &Register, record: &mut Record) -> anyhow::Result<()> {
    let mut reading = register.read().await?;
    for entry in reading.all_entries().await? {
        record
            .admit(&entry.bytes)
            .with_context(|| format!("stored entry {} of {}", entry.seq, entry.author))?;
    }
    let members: Vec<PartyId> = record.members().all().map(|member| member.party).collect();
    for member in members {
        for name in ["fork-first", "fork"] {
            if let Some(entry) = reading.setting(&format!("{name}-{member}")).await? {
                // The refusal of the second is the point: it is the equivocation, and the record freezes there.
                let _ = record.admit(&entry);
            }
        }
    }
    Ok(())
}
