//! What counts in windows of time, kept as running totals, so that a decision does not read a long ledger again.

use crate::base::sorting::sort_by;
use crate::calendar::Instant;
use crate::ledger::record::Record;
use crate::ledger::totals::{Counter, Totals, last};
use crate::policy::CountFilter;
use crate::policy::Window;
use crate::standing::context::Context;

/// What counts in a window around an instant.
#[derive(Debug)]
pub(crate) struct WindowCount<'a> {
    context: &'a Context<'a>,
    at: Instant,
    taken: &'a [Record],
    filter: &'a CountFilter,
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

impl<'a> WindowCount<'a> {
    /// None without the shop's zone, where the window is of its calendar.
    pub fn of(
        context: &'a Context<'a>,
        at: Instant,
        taken: &'a [Record],
        counted: Counter,
        window: Window,
    ) -> Option<WindowCount<'a>> {
        let place = match counted {
            Counter::All => 0,
            Counter::Promotional => 1,
            Counter::Relational => 2,
            Counter::Limit(place) => 3 + place,
            Counter::Offer(place) => 3 + context.policy.limits.len() + place,
        };
        let (filter, totals) = context.totals.totals.get(place)?;
        let (from, to) = window.around(at, context.shop_zone)?;
        let until = |instant: Instant| totals.partition_point(|(at, _)| *at <= instant);
        let (old, come) = totals.get(..until(context.now))?.split_at_checked(until(from)).unwrap_or_default();
        Some(WindowCount { context, at, taken, filter, window, from, to, past: come, before: last(old) })
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
                let weight = self.filter.weigh(self.context.policy, record);
                if weight > 0 {
                    tell(as_of, self.leaves(record.runs_from(self.at)).min(record.lapses()), weight);
                    counted += weight;
                }
            }
        };
        self.context.pending.iter().for_each(|record| note(record));
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
