//! Something just happened, or somebody just looks.

use super::{About, Ask, Found, Occasion};
use crate::base::text::digits;
use crate::calendar::{Instant, days_from};
use crate::policy::{Details, date_field};
use crate::reader::shape::{Shape, fields};

/// The event it waits for, or any moment, on the shop's dates from `from` to `until`.
pub(crate) const EVENT: Occasion = Occasion {
    name: "announcement",
    fields: fields! {
        "event" may Shape::Name, "the event it answers, by its GA4 name; absent: any moment";
        "from" may Shape::Date, "the shop's date on which it begins; absent: it has begun";
        "until" may Shape::Date, "the shop's last date; absent: it does not end";
    },
    parameters: &[],
    once_each: false,
    read: |tree, _, _, problems| {
        let (from, until) = (date_field(tree, "from"), date_field(tree, "until"));
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            problems.add_at("until", "invalid-value", "before `from`, so it would never speak");
        }
        Some(Details::Event { event: tree.text("event").map(str::to_owned), from, until })
    },
    find: |ask| {
        let mut found = Found::default();
        let Details::Event { event, from, until } = &ask.campaign.details else {
            return found;
        };
        if event.as_deref().is_some_and(|event| ask.scene.event.text("name") != Some(event)) {
            return found;
        }
        let begins = |date| ask.scene.shop_zone.map_or(Instant::NEVER, |zone| zone.first(date, 0));
        let until = until.map_or(Instant::NEVER, |until| begins(days_from(until, 1)));
        found.note(ask.at, from.map_or(Instant(0), begins), until, &key(ask), About::Nothing);
        found
    },
};

/// One of the kind's events, whenever it happens.
pub(crate) const HAPPENED: Occasion = Occasion {
    name: "event",
    fields: &[],
    parameters: &[],
    once_each: false,
    read: |_, _, _, _| Some(Details::Happened),
    find: |ask| {
        let mut found = Found::default();
        if ask.scene.event.text("name").is_some_and(|name| ask.campaign.kind.events.contains(&name)) {
            found.note(ask.at, Instant(0), Instant::NEVER, &key(ask), About::Nothing);
        }
        found
    },
};

/// What sets one time apart from another: when it last spoke.
pub(super) fn key(ask: &Ask) -> String {
    digits(ask.said.last_date().unwrap_or(Instant(0)).0)
}
