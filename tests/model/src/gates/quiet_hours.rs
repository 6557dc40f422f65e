//! Quiet hours: those of the policy, and those the customer wishes.

use super::Verdict;
use crate::context::Context;
use crate::occasions::Occasion;
use crate::read::{Campaign, Quiet};
use crate::time::{DAY, Zone, weekday};
use serde_json::json;

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Refuses during the policy's quiet hours.
pub fn quiet_hours(context: &Context, campaign: &Campaign, _: &Occasion) -> Verdict {
    is_quiet(context, campaign, &context.input.quiet).then(|| ("quiet", json!({})))
}

/// Whether a window is open now in any zone the customer may be in. Transactional campaigns are never held.
pub fn is_quiet(context: &Context, campaign: &Campaign, windows: &[Quiet]) -> bool {
    context.input.zones.iter().any(|zone| is_quiet_in(context.now, campaign, windows, zone))
}

/// The same for one zone.
pub fn is_quiet_in(now: i64, campaign: &Campaign, windows: &[Quiet], zone: &Zone) -> bool {
    campaign.class != "transactional"
        && windows.iter().filter(|window| covers_channel(window, &campaign.channel)).any(|window| {
            let today = zone.date(now);
            (today - 2..=today + 1)
                .filter_map(|date| window_starting_on(window, zone, date))
                .any(|(from, to)| from <= now && now < to)
        })
}

/// Without `channels`, a window covers all channels except onsite and post.
pub fn covers_channel(window: &Quiet, channel: &str) -> bool {
    match &window.channels {
        Some(channels) => channels.iter().any(|one| one == channel),
        None => channel != "onsite" && channel != "post",
    }
}

/// The window that starts on a local date, if one does. When clocks go back, its start can come twice and its end too:
/// it lasts from the first time the clock shows the start to the last time it shows the end.
pub fn window_starting_on(window: &Quiet, zone: &Zone, date: i64) -> Option<(i64, i64)> {
    let daily = window.days.is_empty() && window.dates.is_empty();
    let by_day = window.days.iter().any(|day| *day == WEEKDAYS[weekday(date)]);
    if !(daily || by_day || window.dates.contains(&date)) {
        return None;
    }
    let last = if window.to <= window.from { date + 1 } else { date };
    Some((zone.instants_showing(date * DAY + window.from).0, zone.instants_showing(last * DAY + window.to).1))
}
