//! What went wrong with an order.

use crate::base::sorting::sort_by;
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::language::words::IncidentKind;
use crate::reader::shape::{Shape, fields};
use crate::request::merge::raise;

pub(crate) const INCIDENT: Shape = Shape::Object(
    "Incident",
    fields! {
        "kind" optional Shape::Choice(IncidentKind::WORDS), "what went wrong; an entry without it is left out";
        "at" optional Shape::Instant, "when it began; absent: not known, which counts as begun";
        "resolvedAt" optional Shape::Instant, "when it was resolved; absent: not yet";
    },
);

/// One entry of `incidents`. Several entries may be copies of one incident.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct IncidentEntry {
    pub kind: IncidentKind,
    pub at: Option<Instant>,
    pub resolved_at: Option<Instant>,
}

/// An incident, merged from its entries.
#[derive(Debug)]
pub(crate) struct Incident {
    pub kind: IncidentKind,
    /// `at` of the first entry, which may not have one
    begun: Option<Instant>,
    /// the earliest `at` of all entries
    pub at: Option<Instant>,
    resolved_at: Option<Instant>,
    /// whether an earlier incident of its kind was resolved
    pub again: bool,
}

impl Incident {
    /// Whether it has begun and is not resolved.
    pub fn is_open(&self, now: Instant) -> bool {
        self.begun.is_none_or(|at| at <= now) && !happened(self.resolved_at, now)
    }

    /// Until when it is spoken of: for `within`, and until it is resolved if it is known when.
    pub fn ends(&self, at: Instant, within: i64) -> Instant {
        self.resolved_at.map_or(at + within, |resolved| resolved.max(at + within))
    }
}

/// Calls `each` with every incident of sorted entries. Entries of one kind are one incident, unless an entry begins after all earlier
/// ones were resolved: that one begins another incident.
pub(crate) fn each_incident(entries: &[IncidentEntry], each: &mut dyn FnMut(&Incident)) {
    let mut last = None::<Incident>;
    for IncidentEntry { kind, at, resolved_at } in entries {
        let same = last.as_ref().is_some_and(|last| last.kind == *kind);
        match &mut last {
            Some(last) if same && (last.resolved_at.is_none() || last.resolved_at >= *at) => {
                last.at = last.at.or(*at);
                raise(&mut last.resolved_at, *resolved_at);
            }
            _ => {
                last.iter().for_each(&mut *each);
                last = Some(Incident { kind: *kind, begun: *at, at: *at, resolved_at: *resolved_at, again: same });
            }
        }
    }
    last.iter().for_each(each);
}

/// Reads the incidents of an order. An entry that was resolved before it began says two things: an incident was resolved then, and
/// another began later. `at` 5 May and `resolvedAt` 3 May are one entry at 3 May, resolved, and one at 5 May, not resolved.
pub(crate) fn read_incidents(order: &Tree) -> Vec<IncidentEntry> {
    let mut entries = Vec::new();
    for incident in order.list("incidents") {
        let Some(kind) = incident.text("kind").and_then(IncidentKind::named) else { continue };
        let (mut at, resolved_at) = (incident.instant("at"), incident.instant("resolvedAt"));
        if resolved_at.is_some() && resolved_at < at {
            entries.push(IncidentEntry { kind, at, resolved_at: None });
            at = resolved_at;
        }
        entries.push(IncidentEntry { kind, at, resolved_at });
    }
    remove_duplicates(&mut entries);
    entries
}

/// Sorts entries and keeps each once, so that neither their order nor a repetition matters.
pub(crate) fn remove_duplicates(entries: &mut Vec<IncidentEntry>) {
    sort_by(entries, Ord::cmp);
    entries.dedup();
}

/// Whether an instant is known and has come.
pub(crate) fn happened(instant: Option<Instant>, now: Instant) -> bool {
    instant.is_some_and(|instant| instant <= now)
}
