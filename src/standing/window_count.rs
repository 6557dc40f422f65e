//! How many contacts count in a window of time. Settled contacts come from the running totals; only those under a lease, dated
//! ahead or taken as spoken are read one by one.

use crate::base::sorting::sort_by;
use crate::base::steps::Looked;
use crate::calendar::Instant;
use crate::ledger::record::Record;
use crate::ledger::totals::{Counter, Step, last_total};
use crate::policy::CountFilter;
use crate::policy::Window;
use crate::standing::context::Context;
use crate::standing::full_window::{Counted, FullWindow};

/// How many records it looks at to find those of a window, about: it halves the list.
const HALVINGS: usize = 8;

/// The contacts that one counter counts in a window around an instant.
#[derive(Debug)]
pub(crate) struct WindowCount<'a> {
    context: &'a Context<'a>,
    at: Instant,
    taken: &'a [Record],
    filter: &'a CountFilter,
    window: Window,
    /// contacts after this instant are in the window
    from: Instant,
    /// the end of a calendar window
    to: Instant,
    /// the steps of the settled contacts in the window whose date has come
    past: &'a [Step],
    /// the total of all settled contacts before the window
    before: i64,
}

impl FullWindow {
    /// Whether a limit is full at an instant, beside some contacts of this decision. Most campaigns ask at the same instant, so the last
    /// answer is kept.
    pub fn of_limit(context: &Context, at: Instant, taken: &[Record], index: usize) -> Option<FullWindow> {
        let (limit, kept) = (context.policy.limits.get(index)?, context.counted.get(index)?);
        let known = kept.get().filter(|known| (known.at, known.taken) == (at, taken.len()));
        let counted = known.unwrap_or_else(|| {
            let count = WindowCount::of(context, at, taken, Counter::Limit(index), limit.window);
            Counted { at, taken: taken.len(), full: count.and_then(|count| count.full(limit.max)) }
        });
        kept.set(Some(counted));
        counted.full
    }
}

/// Contacts that leave the window at one instant.
struct Leaving {
    at: Instant,
    weight: i64,
}

impl<'a> WindowCount<'a> {
    /// None if the window is a calendar unit and the shop's zone is not known.
    pub fn of(
        context: &'a Context<'a>,
        at: Instant,
        taken: &'a [Record],
        counter: Counter,
        window: Window,
    ) -> Option<WindowCount<'a>> {
        let running = context.totals.get(counter)?;
        // what is read one by one is weighed, and sorted by when it leaves
        if !context.steps.take(Looked::Record, HALVINGS + 4 * (context.pending.len() + taken.len())) {
            return None;
        }
        let (from, to) = window.around(at, context.shop_zone)?;
        let until = |instant: Instant| running.steps.partition_point(|step| step.at <= instant);
        let come = running.steps.get(..until(context.now))?;
        let (old, past) = come.split_at_checked(until(from)).unwrap_or_default();
        let (filter, before) = (&running.filter, last_total(old));
        Some(WindowCount { context, at, taken, filter, window, from, to, past, before })
    }

    /// When a contact whose time in the window runs from an instant leaves it.
    fn leaves(&self, from: Instant) -> Instant {
        match self.window {
            Window::Rolling(length) => from + length,
            Window::Calendar(_) => self.to,
        }
    }

    /// Calls `each` with every contact in the window that is under a lease, dated ahead or taken as spoken: the instant as of which
    /// it counts, the instant at which it leaves, its weight, and its record. Returns what all contacts in the window count,
    /// settled ones included.
    fn each_pending(&self, each: &mut dyn FnMut(Instant, Instant, i64, &Record)) -> i64 {
        let mut counted = self.past.last().map_or(0, |step| step.total - self.before);
        let mut note = |record: &Record| {
            let as_of = record.effective(self.at);
            if record.counts(self.at) && as_of > self.from {
                let weight = self.filter.weigh(self.context.policy, record);
                if weight > 0 {
                    each(as_of, self.leaves(record.counts_from()).min(record.lapses()), weight, record);
                    counted += weight;
                }
            }
        };
        self.context.pending.iter().for_each(|record| note(record));
        self.taken.iter().for_each(&mut note);
        counted
    }

    /// How many contacts count in the window.
    pub fn counted(&self) -> i64 {
        self.each_pending(&mut |_, _, _, _| {})
    }

    /// Calls `each` with the oldest and the newest settled contact and with every other one: the instant as of which it counts,
    /// and the instant at which it leaves the window.
    pub fn ends(&self, each: &mut dyn FnMut(Instant, Instant)) {
        let ends = [self.past.first(), self.past.last()];
        ends.iter().flatten().for_each(|step| each(step.at, self.leaves(step.at)));
        self.each_pending(&mut |as_of, leaves, _, _| each(as_of, leaves));
    }

    /// When the contacts leave that leave last, at most `most` of them, the soonest first.
    pub fn last_to_leave(&self, most: usize) -> Vec<Instant> {
        let mut leave = Vec::new();
        self.each_pending(&mut |_, at, weight, record| {
            // what is dated in a later unit counts until that ends
            let later = Some(record.counts_from()).filter(|date| *date >= self.to);
            let unit = later.and_then(|date| self.window.around(date, self.context.shop_zone));
            let at = unit.map_or(at, |(_, to)| to.min(record.lapses()));
            (0..weight).for_each(|_| leave.push(at));
        });
        let enough = leave.len() + most;
        for (index, step) in self.past.iter().enumerate().rev() {
            if leave.len() >= enough {
                break;
            }
            let before =
                index.checked_sub(1).and_then(|index| self.past.get(index)).map_or(self.before, |step| step.total);
            (before..step.total).for_each(|_| leave.push(self.leaves(step.at)));
        }
        self.context.steps.take(Looked::Record, leave.len());
        sort_by(&mut leave, Ord::cmp);
        leave.split_off(leave.len().saturating_sub(most))
    }

    /// When the window has room again, if at least `max` contacts count now.
    pub fn full(&self, max: i64) -> Option<FullWindow> {
        let mut leaving = Vec::new();
        let counted = self.each_pending(&mut |_, at, weight, _| leaving.push(Leaving { at, weight }));
        if counted < max {
            return None;
        }
        // While only these `gone` settled contacts leave, the window stays full. It has room when the next one leaves, or when
        // pending contacts leave earlier, so no newer settled contact needs to be read.
        let gone = self.past.partition_point(|step| counted - (step.total - self.before) >= max);
        let (older, _) = self.past.split_at(self.past.len().min(gone + 1));
        let mut filled = last_total(self.past) - last_total(older);
        // newest first, until these alone fill the window: what is older leaves before it has room
        let mut read = filled;
        for (index, step) in older.iter().enumerate().rev() {
            if read >= max {
                break;
            }
            let total_before =
                index.checked_sub(1).and_then(|index| older.get(index)).map_or(self.before, |step| step.total);
            let weight = step.total - total_before;
            leaving.push(Leaving { at: self.leaves(step.at), weight });
            read += weight;
        }
        // `filled` counts those that leave last; the contact that brings it to `max` must leave
        let mut frees_at = Instant::NEVER;
        self.context.steps.take(Looked::Record, leaving.len());
        sort_by(&mut leaving, |a, b| a.at.cmp(&b.at));
        for Leaving { at, weight } in leaving.iter().rev() {
            if filled < max {
                (frees_at, filled) = (*at, filled + weight);
            }
        }
        Some(FullWindow { frees_at, counted })
    }
}
