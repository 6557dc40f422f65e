use super::{Occasion, already_spoken, counting_records};
use crate::context::Context;
use crate::read::Campaign;

/// An announcement is open from `from` to the end of `until` in the shop's zone; with `event`, only when the request
/// has that event.
pub fn find(context: &Context, campaign: &Campaign) -> Option<Occasion> {
    if campaign.event.is_some() && context.input.request["event"]["name"].as_str() != campaign.event.as_deref() {
        return None;
    }
    let start_of = |date| context.input.shop_zone.as_ref().unwrap().start_of_date(date);
    // the date of its latest record, so that each repetition has a name of its own
    let latest = counting_records(context, campaign).max_by_key(|record| (record.dated(), record.at));
    let occurrence = latest.map_or(0, |record| record.at).to_string();
    Some(Occasion {
        begins: campaign.from.map_or(i64::MIN, start_of),
        ends: campaign.until.map(|date| start_of(date + 1)),
        spoken: (campaign.never_again && counting_records(context, campaign).next().is_some())
            || already_spoken(context, campaign, &occurrence),
        occurrence,
        of_event: false,
        day: None,
    })
}
