//! Quiet hours, the policy's and the shopper's own.

use crate::facts::Look;
use crate::gates::Word;
use crate::occasion::Occasion;
use crate::read::{Campaign, Quiet};
use crate::time::{DAY, Zone, weekday};
use serde_json::json;

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The policy's.
pub fn quiet_hours(look: &Look, campaign: &Campaign, _: &Occasion) -> Word {
    is_quiet(look, campaign, &look.world.quiet).then(|| ("quiet", json!({})))
}

/// Whether one of the windows is open in one of the zones; what is transactional is not held.
pub fn is_quiet(look: &Look, campaign: &Campaign, windows: &[Quiet]) -> bool {
    look.world.zones.iter().any(|zone| is_quiet_in(look.now, campaign, windows, zone))
}

/// In one zone.
pub fn is_quiet_in(now: i64, campaign: &Campaign, windows: &[Quiet], zone: &Zone) -> bool {
    campaign.class != "transactional"
        && windows.iter().filter(|window| applies(window, &campaign.channel)).any(|window| {
            let today = zone.date(now);
            (today - 2..=today + 1)
                .filter_map(|date| begins_on(window, zone, date))
                .any(|(from, to)| from <= now && now < to)
        })
}

/// Absent `channels`: all but onsite and post.
pub fn applies(window: &Quiet, channel: &str) -> bool {
    match &window.channels {
        Some(channels) => channels.iter().any(|one| one == channel),
        None => channel != "onsite" && channel != "post",
    }
}

/// The window that begins on a local date, if one does: from the first pass of its start to the second of its end.
pub fn begins_on(window: &Quiet, zone: &Zone, date: i64) -> Option<(i64, i64)> {
    let daily = window.days.is_empty() && window.dates.is_empty();
    let by_day = window.days.iter().any(|day| *day == WEEKDAYS[weekday(date)]);
    if !(daily || by_day || window.dates.contains(&date)) {
        return None;
    }
    let last = if window.to <= window.from { date + 1 } else { date };
    Some((zone.shows(date * DAY + window.from).0, zone.shows(last * DAY + window.to).1))
}
