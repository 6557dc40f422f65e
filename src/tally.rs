//! What counts in a window, told once for all campaigns that ask: a decision reads a long ledger once for each limit.

use crate::calendar::{Instant, Offsets};
use crate::ledger::{Class, Ledger, Record};
use crate::look::Look;
use crate::policy::{Limit, Policy, Window};
use crate::sorting::sort_by;

/// As of when records count, newest first, each with what it and all newer ones count.
type Past = [(Instant, i64)];

/// What counts for a limit, now or later.
#[derive(Debug)]
pub(crate) struct Tally<'a> {
    limit: &'a Limit,
    /// those that count for good and whose date has come
    past: Vec<(Instant, i64)>,
    /// those under a lease or dated ahead
    rest: Vec<&'a Record>,
}

impl<'a> Tally<'a> {
    pub fn of(
        limit: &'a Limit,
        policy: &Policy,
        ledger: Option<&'a Ledger>,
        now: Instant,
        zone: Option<&Offsets>,
    ) -> Tally<'a> {
        let mut tally = Tally { limit, past: Vec::new(), rest: Vec::new() };
        let Some((from, _)) = limit.around(now, zone) else {
            return tally;
        };
        let mut sum = 0;
        for record in ledger.map_or(&[][..], |ledger| ledger.after(from)).iter().rev() {
            if !counts(limit, policy, record) || !record.counts(now) {
                continue;
            }
            if record.is_settled() && record.at <= now {
                sum += weight(limit, record);
                tally.past.push((record.at, sum));
            } else {
                tally.rest.push(record);
            }
        }
        tally
    }

    /// The past ones in the window around an instant, and its ends.
    fn window(&self, look: &Look) -> Option<(&Past, Instant, Instant)> {
        let (from, to) = self.limit.around(look.at, look.scene.shop_zone)?;
        let past = self.past.get(..self.past.partition_point(|(at, _)| *at > from))?;
        Some((past, from, to))
    }

    /// When what runs from an instant leaves a window that ends then.
    fn leaves(&self, at: Instant, to: Instant) -> Instant {
        match self.limit.window {
            Window::Rolling(length) => at + length,
            Window::Calendar(_) => to,
        }
    }

    /// Tells of those of the rest and of the taken that count at the instant of a look as of when they do, when they leave the
    /// window, and as how many they count. Returns what all count together.
    fn others(&self, look: &Look, tell: &mut dyn FnMut(Instant, Instant, i64)) -> i64 {
        let Some((past, from, to)) = self.window(look) else {
            return 0;
        };
        let mut counted = past.last().map_or(0, |(_, sum)| *sum);
        let mut note = |record: &Record| {
            let as_of = record.effective(look.at);
            if record.counts(look.at) && as_of > from && counts(self.limit, look.scene.policy, record) {
                let weight = weight(self.limit, record);
                tell(as_of, self.leaves(record.runs_from(look.at), to).min(record.lapses()), weight);
                counted += weight;
            }
        };
        self.rest.iter().for_each(|record| note(record));
        look.taken.iter().for_each(&mut note);
        counted
    }

    /// What counts at the instant of a look.
    pub fn counted(&self, look: &Look) -> i64 {
        self.others(look, &mut |_, _, _| {})
    }

    /// Tells of the newest and the oldest past one, and of the others, as of when they count and when they leave.
    pub fn ends(&self, look: &Look, tell: &mut dyn FnMut(Instant, Instant)) {
        if let Some((past, _, to)) = self.window(look) {
            let ends = [past.first(), past.last()];
            ends.iter().flatten().for_each(|(at, _)| tell(*at, self.leaves(*at, to)));
        }
        self.others(look, &mut |as_of, leaves, _| tell(as_of, leaves));
    }

    /// When fewer than `max` count, and how many do; none if they are fewer.
    pub fn full(&self, look: &Look, max: i64) -> Option<(Instant, i64)> {
        let (past, _, to) = self.window(look)?;
        let mut leaving = Vec::new();
        let counted = self.others(look, &mut |_, leaves, weight| leaving.push((leaves, weight)));
        if counted < max {
            return None;
        }
        // it frees with the oldest of the newest that fill it; the newest of the past ones do not, whatever the others add
        let others = counted - past.last().map_or(0, |(_, sum)| *sum);
        let (newest, older) = past.split_at(past.partition_point(|(_, sum)| sum + others < max));
        let mut filled = newest.last().map_or(0, |(_, sum)| *sum);
        let mut told = filled;
        for (at, sum) in older {
            if told >= max {
                break;
            }
            leaving.push((self.leaves(*at, to), sum - told));
            told = *sum;
        }
        sort_by(&mut leaving, Ord::cmp);
        let mut frees = Instant::NEVER;
        for (leaves, weight) in leaving.iter().rev() {
            if filled < max {
                (frees, filled) = (*leaves, filled + weight);
            }
        }
        Some((frees, counted))
    }
}

/// Whether a record counts for a limit, if it counts at all.
fn counts(limit: &Limit, policy: &Policy, record: &Record) -> bool {
    let class = match limit.class {
        Some(class) => record.class == class,
        None => record.class != Class::Transactional,
    };
    class
        && limit.channel.as_ref().is_none_or(|channel| *channel == record.channel)
        && limit.campaign.as_ref().is_none_or(|campaign| *campaign == record.campaign)
        && (!limit.urgent || record.urgent == Some(true))
        && (limit.campaign.is_some() || !record.is_later_part())
        && !policy.is_free(&record.campaign)
}

/// As how many it counts.
fn weight(limit: &Limit, record: &Record) -> i64 {
    if record.is_ignored() { limit.ignored_as } else { 1 }
}
