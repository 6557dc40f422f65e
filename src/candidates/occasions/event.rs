//! Occasions of an event that just happened, or of any moment between two dates.

use super::found::{About, Found, Query};
use crate::base::text::decimal;
use crate::calendar::{Instant, days_from};
use chrono::NaiveDate;

/// The event it waits for, or any moment, on the shop's dates from `from` to `until`.
pub(super) fn announcement<'a>(
    query: &Query<'a, '_>,
    event: Option<&str>,
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
) -> Found<'a> {
    let mut found = Found::default();
    if event.is_some_and(|event| query.context.event.name.as_deref() != Some(event)) {
        return found;
    }
    let begins = |date| query.context.shop_zone.map_or(Instant::NEVER, |zone| zone.first(date, 0));
    let until = until.map_or(Instant::NEVER, |until| begins(days_from(until, 1)));
    found.note(query.at, from.map_or(Instant(0), begins), until, &key(query), About::Nothing);
    found
}

/// One of the kind's events, whenever it happens.
pub(super) fn happened<'a>(query: &Query<'a, '_>) -> Found<'a> {
    let mut found = Found::default();
    if query.context.event.name.as_deref().is_some_and(|name| query.campaign.kind.events.contains(&name)) {
        found.note(query.at, Instant(0), Instant::NEVER, &key(query), About::Nothing);
    }
    found
}

/// The key of an occurrence: the `at` of the campaign's latest contact, so that the next one has another key.
pub(super) fn key(query: &Query) -> String {
    decimal(query.history.last_date().unwrap_or(Instant(0)).0)
}
