//! One schedule: three nodes, what carries their messages, and what goes wrong, all from one seed.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::chance::Chance;
use super::evil::Evil;
use super::node::Node;
use super::{Keys, Options, Start, Stats, actor};
use crate::tests::judge::{Facts, linked};
use crate::*;

const HOUR: u64 = 3_600;
pub(crate) const MONTH: u64 = 30 * 24 * HOUR;
/// How many times everyone writes to everyone until all are level, and until all is closed.
const HEALS_MAX: u32 = 5;
const CLOSES_MAX: u32 = 12;
/// How many times whoever has lost entries offers to reset its log, until all can write again.
const RESETS_MAX: u32 = 8;

/// A file that is under way, or lies somewhere and can be carried again.
#[derive(Clone)]
struct Message {
    from: usize,
    to: usize,
    at: u64,
    bytes: Rc<Vec<u8>>,
    /// Made by a node, and not by hand.
    honest: bool,
}

#[derive(Clone)]
pub(crate) struct World {
    options: Options,
    chance: Chance,
    now: u64,
    nodes: Vec<Node>,
    evil: Evil,
    flying: Vec<Message>,
    files: Vec<Message>,
    cut_until: u64,
    /// How many entries of each node's own log have left it.
    left: [u64; 3],
    restored: [bool; 3],
    /// The state at these heads, whoever holds them.
    states: BTreeMap<Vec<Head>, Digest>,
    checked: [(usize, usize); 3],
    stats: Stats,
}

type Held = Result<(), String>;

impl World {
    /// The world at the start of a schedule. What both parties do before the list can be behind it.
    pub(crate) fn new(keys: &std::sync::Arc<Keys>, options: Options) -> World {
        let nodes = (0..3).map(|me| Node::new(keys, me, options.fault)).collect();
        let mut world = World {
            chance: Chance::of(0),
            now: 1_000_000,
            nodes,
            evil: Evil::default(),
            flying: Vec::new(),
            files: Vec::new(),
            cut_until: 0,
            left: [0; 3],
            restored: [false; 3],
            states: BTreeMap::new(),
            checked: [(0, 0); 3],
            stats: Stats::default(),
            options,
        };
        if options.start > Start::Nothing {
            world.prepare(options.start).unwrap();
        }
        world.nodes.iter_mut().for_each(Node::back_up);
        world
    }

    pub(crate) fn node(&self, me: usize) -> &Node {
        &self.nodes[me]
    }

    /// The same start under another seed.
    pub(crate) fn with(&self, options: Options) -> World {
        let mut world = self.clone();
        world.chance = Chance::of(options.seed);
        world.nodes.iter_mut().for_each(|node| node.fault = options.fault);
        world.options = options;
        world
    }

    fn prepare(&mut self, start: Start) -> Held {
        let pool = actor::digest(9);
        self.exchange(&[0, 1, 2])?;
        for step in 0..3 {
            for me in 0..2 {
                let (id, seed) = (self.nodes[me].id(), actor::seed_of(me, 1));
                let items = [1, 2].map(|n| crate::tests::item(n + 2 * me as u8)).to_vec();
                let body = match step {
                    0 => Body::Commit { round: 1, pool, seed: seed_digest(1, &id, &seed) },
                    1 => Body::Reveal { round: 1, seed },
                    _ => Body::Nominate { round: 1, items, digest: pool },
                };
                self.nodes[me].write(body, self.now).unwrap();
            }
            self.exchange(&[0, 1, 2])?;
        }
        if start == Start::Listed {
            let ids = self.nodes[0].keys.ids;
            let named =
                (0..4).map(|n| ListItem { item: crate::tests::item(n + 1), holder: ids[n as usize / 2] });
            let items = named.collect();
            self.nodes[0]
                .write(Body::Propose { round: 1, version: 1, replaces: 0, items, digest: pool }, 1)
                .unwrap();
            self.exchange(&[0, 1, 2])?;
            let open = self.nodes[1].record.view().round(1).unwrap().open_proposals()[0].entry;
            self.nodes[1].write(Body::Accept { entry: open }, 1).unwrap();
            self.exchange(&[0, 1, 2])?;
        }
        Ok(())
    }

    /// Plays the schedule: what goes wrong, then what must come right.
    pub(crate) fn play(&mut self) -> Result<Stats, String> {
        self.go_wrong()?;
        self.come_right()
    }

    /// What goes wrong.
    pub(crate) fn go_wrong(&mut self) -> Held {
        for step in 0..self.options.steps {
            if self.options.month && step == self.options.steps / 4 {
                self.cut_until = self.now + MONTH;
            }
            let apart = self.options.month && self.now < self.cut_until;
            let pace = if apart { 2 * MONTH / self.options.steps as u64 } else { 2 * HOUR };
            self.now += self.chance.next() % pace + if apart { pace / 2 } else { 0 };
            self.step().map_err(|why| format!("{why} (step {step})"))?;
            self.check_all().map_err(|why| format!("{why} (step {step})"))?;
        }
        Ok(())
    }

    /// What must come right, whatever went wrong.
    pub(crate) fn come_right(&mut self) -> Result<Stats, String> {
        self.now = self.now.max(self.cut_until);
        self.heal().map_err(|why| format!("{why} (while healing)"))?;
        Ok(self.stats)
    }

    fn step(&mut self) -> Held {
        self.stats.steps += 1;
        let me = if self.chance.percent(90) { self.chance.below(2) } else { 2 };
        let apart = self.options.month && self.now < self.cut_until;
        match self.chance.below(100) {
            0..44 => self.act(me),
            44..62 => self.send(me),
            62..86 => self.deliver_some(),
            86..88 if self.options.crashes => self.crash(me),
            88..90 if self.options.restores => self.restore(me),
            90..91 => {
                self.nodes[me].back_up();
                Ok(())
            }
            91..93 if !self.options.month => {
                self.cut_until = self.now + self.chance.next() % (72 * HOUR);
                Ok(())
            }
            93..94 => {
                self.nodes[me].clock = (self.chance.next() % (20 * MONTH)) as i64 - (10 * MONTH) as i64;
                Ok(())
            }
            94..97 if !apart => self.carry_again(),
            97.. => self.strike(),
            _ => self.act(me),
        }
    }

    fn act(&mut self, me: usize) -> Held {
        let node = &mut self.nodes[me];
        if !node.may_sign() {
            return Ok(());
        }
        let Some(body) = actor::draw(&node.record, &node.id(), self.options.temper, &mut self.chance) else {
            return Ok(());
        };
        self.stats.trace(|| format!("{} writes {body:?}", node.id()));
        node.write(body, self.now).map_err(|why| format!("what was checked is refused: {why}"))
    }

    fn send(&mut self, from: usize) -> Held {
        let to = (from + 1 + self.chance.below(2)) % 3;
        let message = self.message(from, to)?;
        self.stats.trace(|| format!("node {from} sends {} bytes to {to}", message.bytes.len()));
        if self.files.len() < 48 {
            self.files.push(message.clone());
        }
        let lost = self.now < self.cut_until && self.chance.percent(50);
        if !lost && !self.chance.percent(self.options.loss) && !self.options.by_file {
            self.flying.push(message.clone());
            if self.chance.percent(10) {
                self.flying.push(message);
            }
        }
        Ok(())
    }

    fn message(&mut self, from: usize, to: usize) -> Result<Message, String> {
        let sealed = self.options.real.then(|| self.chance.bytes32());
        let node = &mut self.nodes[from];
        let (bytes, state) = node.message(to, sealed);
        self.left[from] = self.left[from].max(node.own_stored());
        let known = *self.states.entry(node.record.heads()).or_insert(state);
        if known != state {
            return Err("13: two nodes with the same entries differ".into());
        }
        self.stats.messages += 1;
        let at = self.now + self.chance.next() % (6 * HOUR);
        Ok(Message { from, to, at, bytes: Rc::new(bytes), honest: true })
    }

    fn deliver_some(&mut self) -> Held {
        if self.options.by_file {
            return self.carry_again();
        }
        let due: Vec<usize> = (0..self.flying.len()).filter(|at| self.flying[*at].at <= self.now).collect();
        if due.is_empty() || self.now < self.cut_until {
            return Ok(());
        }
        let message = self.flying.swap_remove(due[self.chance.below(due.len())]);
        self.deliver(message)
    }

    /// A file that lies about is carried, perhaps not for the first time.
    fn carry_again(&mut self) -> Held {
        if self.files.is_empty() {
            return Ok(());
        }
        let message = self.chance.pick(&self.files).clone();
        self.deliver(message)
    }

    fn deliver(&mut self, message: Message) -> Held {
        let sealed = self.options.real;
        let node = &mut self.nodes[message.to];
        let Some(taken) = node.take_in(&message.bytes, sealed) else {
            return if message.honest { Err("a bundle of a node does not open".into()) } else { Ok(()) };
        };
        self.stats.trace(|| {
            let (from, to, count) = (message.from, message.to, taken.bundle.entries.len());
            format!("node {to} takes in {count} entries of {from}, refusing {:?}", taken.refused)
        });
        self.check(message.to)?;
        if message.honest {
            let node = &self.nodes[message.to];
            if let Some(why) = taken.unlawful {
                return Err(format!("13: one node refuses what another took in: {why}"));
            }
            // What had seen a lost entry and was lost itself can come in nowhere.
            let rests_on_lost = |why: &Refusal| {
                let lost =
                    |h: &Head| node.record.settled().iter().any(|s| s.author == h.author && s.from <= h.seq);
                matches!(why, Refusal::Seen(head) if lost(head))
            };
            let refused = taken.refused.filter(|why| !rests_on_lost(why));
            if let (Some(why), None) = (refused, self.options.byzantine) {
                return Err(format!("13: one node refuses what another took in: {why}"));
            }
            let level = taken.bundle.heads == node.record.heads();
            if level && taken.bundle.state != node.record.view().state_digest() {
                return Err("13: two nodes with the same entries differ".into());
            }
        }
        if self.chance.percent(15) {
            return self.deliver_twice(&message);
        }
        Ok(())
    }

    fn deliver_twice(&mut self, message: &Message) -> Held {
        let node = &mut self.nodes[message.to];
        let before = node.mark();
        let taken = node.take_in(&message.bytes, self.options.real);
        let after = node.mark();
        self.stats.trace(|| format!("again: {:?}", taken.map(|t| t.refused)));
        self.stats.trace(|| format!("from {before:?} to {after:?}"));
        if before == after { Ok(()) } else { Err("14: taking in again changes something".into()) }
    }

    fn crash(&mut self, me: usize) -> Held {
        self.stats.crashes += 1;
        self.nodes[me].crash(&mut self.chance)?;
        let stored = self.nodes[me].own_stored();
        self.stats.trace(|| format!("node {me} crashes; {stored} own entries, {} had left", self.left[me]));
        if stored < self.left[me] {
            return Err("14: a crash lost an entry that had left the node".into());
        }
        Ok(())
    }

    fn restore(&mut self, me: usize) -> Held {
        if self.nodes[me].restore()? {
            self.stats.restores += 1;
            self.restored[me] = true;
            self.left[me] = self.left[me].min(self.nodes[me].own_stored());
            let stored = self.left[me];
            self.stats.trace(|| format!("node {me} is restored with {stored} own entries"));
        }
        Ok(())
    }

    fn strike(&mut self) -> Held {
        let Some(from) = self.options.byzantine else { return Ok(()) };
        let mut to = (from + 1 + self.chance.below(2)) % 3;
        let mut bundle = self.evil.strike(&self.nodes[from], to, &mut self.chance);
        self.stats.strikes += 1;
        for entry in &bundle.entries {
            self.stats.trace(|| match Unverified::read(LogKind::Shared, entry) {
                Ok(read) => format!("strike {:?} {:?}", read.id(), read.entry()),
                Err(why) => format!("strike {why}"),
            });
        }
        for _ in 0..=self.chance.below(2) {
            let sealed = self.options.real.then(|| self.chance.bytes32());
            let bytes = Rc::new(self.nodes[from].keys.pack(&bundle, to, sealed));
            let message = Message { from, to, at: self.now, bytes, honest: false };
            if self.chance.percent(50) {
                self.deliver(message)?
            } else {
                self.flying.push(message)
            }
            to = (from + 1 + self.chance.below(2)) % 3;
            bundle.to = self.nodes[to].id();
        }
        Ok(())
    }

    fn check_all(&mut self) -> Held {
        (0..3).try_for_each(|me| self.check(me))
    }

    /// Judges what a node holds, when it holds something else than before.
    fn check(&mut self, me: usize) -> Held {
        let node = &self.nodes[me];
        let mark = (node.record.applied().len(), node.record.forks().count());
        if self.checked[me] == mark {
            return Ok(());
        }
        self.checked[me] = mark;
        self.stats.states += 1;
        let ids = node.keys.ids;
        let log = |id| node.record.log(id).map_or(&[][..], Log::entries);
        if let Some(broken) = Facts::of([ids[0], ids[1]], [log(&ids[0]), log(&ids[1])]).broken().first() {
            return Err((*broken).into());
        }
        linked(&node.record)?;
        for proof in node.record.forks() {
            let by = ids.iter().position(|id| *id == proof.author()).unwrap();
            let (first, second) = proof.entries();
            let held = Equivocation::verify(&node.keys.genesis[by], first, second);
            if held.as_ref().ok() != Some(&Some(proof.clone())) {
                return Err("15: a proof does not hold".into());
            }
            if self.options.byzantine != Some(by) {
                return Err("15: a node forked that is honest".into());
            }
        }
        Ok(())
    }

    fn honest(&self) -> Vec<usize> {
        (0..3).filter(|me| self.options.byzantine != Some(*me)).collect()
    }

    /// Everyone writes to everyone.
    fn exchange(&mut self, who: &[usize]) -> Held {
        for from in who {
            for to in who.iter().filter(|to| *to != from) {
                let message = self.message(*from, *to)?;
                self.deliver(message)?;
                self.check(*to)?;
            }
        }
        Ok(())
    }

    fn level(&self, who: &[usize]) -> bool {
        let of = |me: usize| {
            let record = &self.nodes[me].record;
            let forks: Vec<_> = record.forks().map(|f| (f.author(), f.seq())).collect();
            (record.heads(), forks)
        };
        who.iter().all(|me| of(*me) == of(who[0]))
    }

    fn heal(&mut self) -> Held {
        self.cut_until = 0;
        if self.chance.percent(50) {
            while !self.flying.is_empty() {
                let at = self.chance.below(self.flying.len());
                let message = self.flying.swap_remove(at);
                self.deliver(message)?;
            }
            self.check_all()?;
        }
        let honest = self.honest();
        self.come_level(&honest)?;
        if self.nodes[honest[0]].is_frozen() {
            self.stats.frozen += 1;
            return Ok(());
        }
        self.close_all(&honest)
    }

    fn come_level(&mut self, who: &[usize]) -> Held {
        for exchanges in 1..=HEALS_MAX {
            self.exchange(who)?;
            if self.level(who) {
                self.stats.heals_max = self.stats.heals_max.max(exchanges);
                return Ok(());
            }
        }
        Err("16: the nodes do not come level".into())
    }

    fn close_all(&mut self, honest: &[usize]) -> Held {
        if let Some(byzantine) = self.options.byzantine {
            let other = self.nodes[honest[0]].clone();
            self.nodes[byzantine].go_on_from(&other);
        }
        let before = self.stats.reset;
        self.reset_what_is_lost()?;
        if self.nodes.iter().any(Node::is_frozen) {
            self.stats.frozen += 1;
            return self.come_level(honest);
        }
        self.bring_to_close(honest)?;
        if self.stats.reset > before {
            self.stats.reset_closed += u64::from(self.stats.closed > 0);
            self.carry_all_again()?;
        }
        Ok(())
    }

    /// What had left a node is nowhere any more: an officer with the root key resets its log, and the other party agrees.
    fn reset_what_is_lost(&mut self) -> Held {
        for tries in 0..=RESETS_MAX {
            let lost: Vec<usize> = (0..3).filter(|me| self.nodes[*me].has_lost()).collect();
            if lost.is_empty() || self.nodes.iter().any(Node::is_frozen) {
                self.stats.reset += u64::from(tries > 0);
                self.stats.resets_max = self.stats.resets_max.max(tries);
                return Ok(());
            }
            for me in lost {
                if !self.restored[me] && self.options.byzantine != Some(me) {
                    return Err("14: a node may not sign that was never restored".into());
                }
                let offered = self.nodes[me].offer_reset(self.now, tries > 1).err();
                self.stats.trace(|| format!("node {me} offers to reset its log, refused: {offered:?}"));
            }
            self.exchange(&[0, 1, 2])?;
            for me in 0..2 {
                match self.nodes[me].agree(self.now, tries > 1) {
                    // It had signed something else under that number: the freeze is right.
                    Err(Refusal::Equivocation(_)) if self.options.byzantine == Some(me) => {
                        self.nodes[me].keep_proofs()
                    }
                    // It had signed something there, unlawful or on nothing that anybody has.
                    Err(Refusal::Unsays(word)) if self.options.byzantine == Some(me) => {
                        self.nodes[me].own_word_in_the_way(word, self.now)
                    }
                    agreed => agreed.map_err(|why| why.to_string())?,
                }
            }
            self.exchange(&[0, 1, 2])?;
        }
        Err("16: a log cannot be reset".into())
    }

    /// Sticks with what was lost turn up in the end: nobody is frozen by them, and nothing that counts changes.
    fn carry_all_again(&mut self) -> Held {
        let mut sticks = std::mem::take(&mut self.files);
        sticks.append(&mut self.flying);
        for message in sticks.into_iter().filter(|message| message.honest) {
            let (to, frozen) = (message.to, self.nodes.iter().any(Node::is_frozen));
            let before = self.nodes[to].record.view().state_digest();
            self.deliver(message)?;
            let record = &self.nodes[to].record;
            if !frozen && self.options.byzantine.is_none() && record.view().state_digest() != before {
                return Err("15: what was lost and found changes what counts".into());
            }
        }
        self.stats.found += self.nodes.iter().map(|node| node.record.set_aside().count() as u64).sum::<u64>();
        Ok(())
    }

    fn bring_to_close(&mut self, honest: &[usize]) -> Held {
        let seed = self.options.seed;
        let manner = actor::Manner { denies: seed.is_multiple_of(2), stubborn: seed % 4 < 2 };
        for closes in 1..=CLOSES_MAX {
            for me in 0..2 {
                let id = self.nodes[me].id();
                let mut wrote = false;
                while let Some(body) = actor::closing(&self.nodes[me].record, &id, manner) {
                    self.stats.trace(|| format!("{id} writes {body:?}"));
                    self.write_last(me, body)?;
                    wrote = true;
                }
                if !wrote {
                    self.write_last(me, Body::Observe { heads: Vec::new() })?;
                }
            }
            self.exchange(&[0, 1])?;
            let frozen = |world: &World| world.nodes.iter().any(Node::is_frozen);
            if self.all_closed() && !frozen(self) {
                self.stats.closes_max = self.stats.closes_max.max(closes);
                // What the neutral was told of others, and what was told in its name, can have been false.
                self.come_level(&[0, 1, 2]).or_else(|why| if frozen(self) { Ok(()) } else { Err(why) })?;
                if !frozen(self) {
                    self.stats.closed += 1;
                    return Ok(());
                }
            }
            if frozen(self) {
                // What was signed before another word of the same number came to light: all must learn of it.
                self.stats.frozen += 1;
                return self.come_level(honest);
            }
        }
        Err("16: a round cannot be closed".into())
    }

    fn write_last(&mut self, me: usize, body: Body) -> Held {
        match self.nodes[me].write(body, self.now) {
            // It had signed something else under that number, which nobody took in: the freeze is right.
            Err(Refusal::Equivocation(_)) if self.options.byzantine == Some(me) => {
                self.nodes[me].keep_proofs()
            }
            written => return written.map_err(|why| why.to_string()),
        }
        Ok(())
    }

    fn all_closed(&self) -> bool {
        let node = &self.nodes[0];
        let log = |id| node.record.log(id).map_or(&[][..], Log::entries);
        let ids = node.keys.ids;
        let facts = Facts::of([ids[0], ids[1]], [log(&ids[0]), log(&ids[1])]);
        facts.rounds().into_iter().all(|round| facts.is_closed(round))
    }
}
