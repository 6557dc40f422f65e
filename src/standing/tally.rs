//! What counts in windows of time, kept as running totals, so that a decision does not read a long ledger again.

use crate::base::sorting::sort_by;
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::language::words::Class;
use crate::ledger::{Ledger, Record};
use crate::policy::{Offer, Policy, Window};
use crate::standing::context::Scene;

/// Which records count, and as how many.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counting {
    pub class: Option<Class>,
    pub channel: Option<String>,
    pub campaign: Option<String>,
    pub urgent: bool,
    /// as how many an ignored contact counts
    pub ignored_as: i64,
    /// only what gave this offer, whatever else it was
    offer: Option<String>,
}

impl Counting {
    /// Reads what a limit says of it.
    pub fn read(tree: &Tree) -> Counting {
        Counting {
            class: tree.text("class").and_then(Class::named),
            channel: tree.owned("channel"),
            campaign: tree.owned("campaign"),
            urgent: tree.flag("urgent") == Some(true),
            ignored_as: tree.integer("ignoredAs").unwrap_or(1),
            offer: None,
        }
    }

    fn of_class(class: Option<Class>) -> Counting {
        Counting { class, ignored_as: 1, ..Counting::default() }
    }

    fn of_offer(offer: &Offer) -> Counting {
        Counting { offer: Some(offer.id.clone()), ..Counting::of_class(None) }
    }

    /// As how many a record counts, while it counts at all.
    fn weigh(&self, policy: &Policy, record: &Record) -> i64 {
        let counts = self.offer.is_some() && self.offer == record.offer
            || self.offer.is_none()
                && self.class.map_or(record.class != Class::Transactional, |class| class == record.class)
                && self.channel.as_ref().is_none_or(|channel| *channel == record.channel)
                && self.campaign.as_ref().is_none_or(|campaign| *campaign == record.campaign)
                && (!self.urgent || record.urgent == Some(true))
                && (self.campaign.is_some() || !record.is_later_part())
                && !policy.is_free(&record.campaign);
        match counts {
            true if record.is_ignored() => self.ignored_as,
            counts => i64::from(counts),
        }
    }
}

/// What a policy counts.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Counted {
    All,
    Promotional,
    Relational,
    /// for a limit, by its place
    Limit(usize),
    /// what gave an offer, by its place
    Offer(usize),
}

impl Policy {
    /// All that is counted, in the order of `Counted`.
    fn counted(&self) -> Vec<Counting> {
        let classes = [None, Some(Class::Promotional), Some(Class::Relational)];
        let mut all = Vec::new();
        all.extend(classes.map(Counting::of_class));
        all.extend(self.limits.iter().map(|limit| limit.counting.clone()));
        all.extend(self.offers.iter().map(Counting::of_offer));
        all
    }
}

/// As of when records count, oldest first, each with what it and all older ones count.
type Totals = [(Instant, i64)];

/// The running totals of a ledger.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tallies {
    /// of those records that count for good
    totals: Vec<(Counting, Vec<(Instant, i64)>)>,
}

impl Tallies {
    pub fn of(policy: &Policy, ledger: Option<&Ledger>) -> Tallies {
        let mut tallies = Tallies::default();
        policy.counted().into_iter().for_each(|counting| tallies.totals.push((counting, Vec::new())));
        tallies.renew(policy, ledger, Instant(0));
        tallies
    }

    /// Counts anew from an instant on.
    pub fn renew(&mut self, policy: &Policy, ledger: Option<&Ledger>, from: Instant) {
        let told = ledger.map_or(&[][..], |ledger| ledger.after(from + -1));
        for (counting, totals) in &mut self.totals {
            totals.truncate(totals.partition_point(|(at, _)| *at < from));
            let mut total = last(totals);
            for record in told.iter().filter(|record| record.is_settled()) {
                let weight = counting.weigh(policy, record);
                if weight > 0 {
                    total += weight;
                    totals.push((record.at, total));
                }
            }
        }
    }
}

fn last(totals: &Totals) -> i64 {
    totals.last().map_or(0, |(_, total)| *total)
}

/// What counts in a window around an instant.
#[derive(Debug)]
pub(crate) struct Tally<'a> {
    scene: &'a Scene<'a>,
    at: Instant,
    taken: &'a [Record],
    counting: &'a Counting,
    window: Window,
    /// those after this instant are in the window
    from: Instant,
    /// the end of a window that does not roll
    to: Instant,
    /// those in the window that count for good and whose date has come
    past: &'a Totals,
    /// what all before the window count
    before: i64,
}

impl<'a> Tally<'a> {
    /// None without the shop's zone, where the window is of its calendar.
    pub fn of(
        scene: &'a Scene<'a>,
        at: Instant,
        taken: &'a [Record],
        counted: Counted,
        window: Window,
    ) -> Option<Tally<'a>> {
        let place = match counted {
            Counted::All => 0,
            Counted::Promotional => 1,
            Counted::Relational => 2,
            Counted::Limit(place) => 3 + place,
            Counted::Offer(place) => 3 + scene.policy.limits.len() + place,
        };
        let (counting, totals) = scene.tallies.totals.get(place)?;
        let (from, to) = window.around(at, scene.shop_zone)?;
        let until = |instant: Instant| totals.partition_point(|(at, _)| *at <= instant);
        let (old, come) = totals.get(..until(scene.now))?.split_at_checked(until(from)).unwrap_or_default();
        Some(Tally { scene, at, taken, counting, window, from, to, past: come, before: last(old) })
    }

    /// When what runs from an instant leaves the window.
    fn leaves(&self, at: Instant) -> Instant {
        match self.window {
            Window::Rolling(length) => at + length,
            Window::Calendar(_) => self.to,
        }
    }

    /// What the past ones count.
    fn behind(&self) -> i64 {
        self.past.last().map_or(0, |(_, total)| total - self.before)
    }

    /// Tells of those under a lease, dated ahead or taken that count as of when they do, when they leave, and as how many they
    /// count. Returns what all count together.
    fn others(&self, tell: &mut dyn FnMut(Instant, Instant, i64)) -> i64 {
        let mut counted = self.behind();
        let mut note = |record: &Record| {
            let as_of = record.effective(self.at);
            if record.counts(self.at) && as_of > self.from {
                let weight = self.counting.weigh(self.scene.policy, record);
                if weight > 0 {
                    tell(as_of, self.leaves(record.runs_from(self.at)).min(record.lapses()), weight);
                    counted += weight;
                }
            }
        };
        self.scene.pending.iter().for_each(|record| note(record));
        self.taken.iter().for_each(&mut note);
        counted
    }

    /// How many count.
    pub fn counted(&self) -> i64 {
        self.others(&mut |_, _, _| {})
    }

    /// Tells of the newest and the oldest past one, and of the others, as of when they count and when they leave.
    pub fn ends(&self, tell: &mut dyn FnMut(Instant, Instant)) {
        let ends = [self.past.first(), self.past.last()];
        ends.iter().flatten().for_each(|(at, _)| tell(*at, self.leaves(*at)));
        self.others(&mut |as_of, leaves, _| tell(as_of, leaves));
    }

    /// When fewer than `max` count, and how many do; none if they are fewer.
    pub fn full(&self, max: i64) -> Option<(Instant, i64)> {
        let mut leaving = Vec::new();
        let counted = self.others(&mut |_, leaves, weight| leaving.push((leaves, weight)));
        if counted < max {
            return None;
        }
        // so many of the past ones may leave, and it is full still; it frees with one of them or the next, or with the others
        let gone = self.past.partition_point(|(_, total)| counted - (total - self.before) >= max);
        let (older, _) = self.past.split_at(self.past.len().min(gone + 1));
        let mut filled = last(self.past) - last(older);
        let mut told = filled;
        let below = older.iter().rev().skip(1).map(|(_, total)| *total).chain([self.before]);
        for ((at, total), below) in older.iter().rev().zip(below) {
            if told >= max {
                break;
            }
            leaving.push((self.leaves(*at), total - below));
            told += total - below;
        }
        let mut frees = Instant::NEVER;
        sort_by(&mut leaving, Ord::cmp);
        for (leaves, weight) in leaving.iter().rev() {
            if filled < max {
                (frees, filled) = (*leaves, filled + weight);
            }
        }
        Some((frees, counted))
    }
}
