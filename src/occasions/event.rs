//! Something just happened, or somebody just looks.

use super::{About, Found, Occasion, Occurrence};
use crate::calendar::{Instant, days_from};
use crate::policy::{Details, date_field};
use crate::read::{Shape, fields};

/// The event it waits for, or any moment, on the shop's dates from `from` to `until`.
pub(crate) const EVENT: Occasion = Occasion {
    name: "announcement",
    fields: fields! {
        "event" may Shape::Name, "the event it answers, by its GA4 name; absent: any moment";
        "from" may Shape::Date, "the shop's date on which it begins; absent: it has begun";
        "until" may Shape::Date, "the shop's last date; absent: it does not end";
    },
    parameters: &[],
    dated: false,
    once_each: false,
    read: |tree, _, problems| {
        let (from, until) = (date_field(tree, "from"), date_field(tree, "until"));
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            problems.add_at("until", "invalid-value", "before `from`, so it would never speak");
        }
        Some(Details::Event { event: tree.text("event").map(str::to_owned), from, until })
    },
    find: |scene, campaign, at, said| {
        let mut found = Found { now: Vec::new(), next: Instant::NEVER };
        let Details::Event { event, from, until } = &campaign.details else {
            return found;
        };
        if event.as_deref().is_some_and(|event| scene.event.text("name") != Some(event)) {
            return found;
        }
        let begins = |date| scene.shop_zone.map_or(Instant::NEVER, |zone| zone.first(date, 0));
        let until = until.map_or(Instant::NEVER, |until| begins(days_from(until, 1)));
        match from.map(begins) {
            Some(from) if at < from => found.next = from,
            _ if at < until => {
                let key = said.last_date().unwrap_or(Instant(0)).0.to_string();
                found.now.push(Occurrence { key, until, about: About::Nothing });
            }
            _ => {}
        }
        found
    },
};
