//! Quiet hours: those of the policy, and those the customer wishes.

use super::Verdict;
use crate::context::Context;
use crate::occasions::Occasion;
use crate::read::{Campaign, Input, Quiet};
use crate::time::{DAY, Zone, date_text, weekday};
use serde_json::json;

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Refuses during the policy's quiet hours.
pub fn quiet_hours(context: &Context, campaign: &Campaign, _: &Occasion) -> Verdict {
    is_quiet(context, campaign, &context.input.quiet).then(|| ("quiet", json!({})))
}

/// Whether a window is open now in any zone the customer may be in. Transactional campaigns are never held.
pub fn is_quiet(context: &Context, campaign: &Campaign, windows: &[Quiet]) -> bool {
    let zones = context.input.zones.iter().enumerate();
    zones.into_iter().any(|(index, zone)| is_quiet_in(context, campaign, windows, (index, zone)))
}

/// The same for one zone.
fn is_quiet_in(context: &Context, campaign: &Campaign, windows: &[Quiet], zone: (usize, &Zone)) -> bool {
    let now = context.now;
    let is_for = |window: &&Quiet| covers_channel(window, &campaign.channel) && covers_place(window, context.input);
    campaign.class != "transactional"
        && windows.iter().filter(is_for).any(|window| {
            let today = zone.1.date(now);
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

/// With `places`, a window is for customers whose destination is, or may be, in one of them: `ES`, or `ES-08` for the postcodes that
/// begin with 08.
pub fn covers_place(window: &Quiet, input: &Input) -> bool {
    let Some(places) = &window.places else { return true };
    let destination = &input.request["customer"]["destination"];
    let (country, postcode) = (destination["country"].as_str(), destination["postcode"].as_str());
    places.iter().any(|place| {
        let (land, begins) = place.split_once('-').unwrap_or((place, ""));
        let code = postcode.map(|code| code.trim().trim_start_matches(|letter: char| !letter.is_ascii_digit()));
        country.is_none_or(|country| country == land) && code.is_none_or(|code| code.starts_with(begins))
    })
}

/// The window that starts on a local date, if one does. When clocks go back, its start can come twice and its end too:
/// it lasts from the first time the clock shows the start to the last time it shows the end.
/// Asked once for each date.
pub fn window_starting_on(window: &Quiet, (index, zone): (usize, &Zone), date: i64) -> Option<(i64, i64)> {
    let known = window.known.borrow().get(&(index, date)).copied();
    known.unwrap_or_else(|| {
        let found = find_window(window, zone, date);
        window.known.borrow_mut().insert((index, date), found);
        found
    })
}

fn find_window(window: &Quiet, zone: &Zone, date: i64) -> Option<(i64, i64)> {
    let daily = window.days.is_empty() && window.dates.is_empty();
    let by_day = window.days.iter().any(|day| *day == WEEKDAYS[weekday(date)]);
    let text = if window.dates.is_empty() { String::new() } else { date_text(date) };
    let by_date = window.dates.iter().any(|one| *one == text || one.strip_prefix("--") == Some(&text[5..]));
    if !(daily || by_day || by_date) {
        return None;
    }
    let last = if window.to <= window.from { date + 1 } else { date };
    Some((zone.instants_showing(date * DAY + window.from).0, zone.instants_showing(last * DAY + window.to).1))
}
