//! Something just happened, or somebody just looks.

use super::found::{About, Ask, Found};
use crate::base::text::digits;
use crate::calendar::{Instant, days_from};
use chrono::NaiveDate;

/// The event it waits for, or any moment, on the shop's dates from `from` to `until`.
pub(super) fn announcement<'a>(
    ask: &Ask<'a, '_>,
    event: Option<&str>,
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
) -> Found<'a> {
    let mut found = Found::default();
    if event.is_some_and(|event| ask.scene.event.text("name") != Some(event)) {
        return found;
    }
    let begins = |date| ask.scene.shop_zone.map_or(Instant::NEVER, |zone| zone.first(date, 0));
    let until = until.map_or(Instant::NEVER, |until| begins(days_from(until, 1)));
    found.note(ask.at, from.map_or(Instant(0), begins), until, &key(ask), About::Nothing);
    found
}

/// One of the kind's events, whenever it happens.
pub(super) fn happened<'a>(ask: &Ask<'a, '_>) -> Found<'a> {
    let mut found = Found::default();
    if ask.scene.event.text("name").is_some_and(|name| ask.campaign.kind.events.contains(&name)) {
        found.note(ask.at, Instant(0), Instant::NEVER, &key(ask), About::Nothing);
    }
    found
}

/// What sets one time apart from another: when it last spoke.
pub(super) fn key(ask: &Ask) -> String {
    digits(ask.said.last_date().unwrap_or(Instant(0)).0)
}
