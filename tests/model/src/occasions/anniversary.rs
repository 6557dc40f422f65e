//! Dates that come back each year. A date is open while it has begun, and not ended, in every zone the customer may be in.

use super::{Occasion, already_spoken};
use crate::context::Context;
use crate::read::Campaign;
use crate::time::{DAY, civil_date, month_and_day, year};

/// The customer's birthdays from last year to the year after next.
pub fn birthdays(context: &Context, campaign: &Campaign) -> Vec<Occasion> {
    let Some(birthday) = context.input.request["customer"]["birthday"].as_str() else { return vec![] };
    let (month, day) = birthday.split_at(birthday.len() - 5).1.split_once('-').unwrap();
    each_year(context, campaign, (month.parse().unwrap(), day.parse().unwrap()))
}

/// The anniversaries of the customer's first order, by its date in the shop's zone.
pub fn years_as_customer(context: &Context, campaign: &Campaign) -> Vec<Occasion> {
    let first = context.orders().iter().filter_map(|order| order.at).min();
    first.map_or(vec![], |first| years_since(context, campaign, first))
}

/// The anniversaries of an instant, from the first year after it.
pub fn years_since(context: &Context, campaign: &Campaign, first: i64) -> Vec<Occasion> {
    let date = context.input.shop_zone.as_ref().unwrap().date(first);
    let mut found = each_year(context, campaign, month_and_day(date));
    found.retain(|one| year(one.day.unwrap()) > year(date));
    found
}

/// The date in each year, open from `lead` days before it to `grace` days after it. 29 February has a substitute in other years.
fn each_year(context: &Context, campaign: &Campaign, (month, day): (u32, u32)) -> Vec<Occasion> {
    let this_year = year(context.now.div_euclid(DAY));
    let of_year = |year: i32| {
        let fallback = if campaign.leap_in_march { civil_date(year, 3, 1) } else { civil_date(year, 2, 28) };
        let day = civil_date(year, month, day).or(fallback).unwrap();
        let span = || {
            let zones = &context.input.zones;
            let begins = zones.iter().map(|zone| zone.start_of_date(day - campaign.lead)).max()?;
            let ends = zones.iter().map(|zone| zone.start_of_date(day + campaign.grace + 1)).min()?;
            Some((begins, ends))
        };
        let (begins, ends) =
            context.input.spans.borrow_mut().entry((campaign.index, day)).or_insert_with(span).to_owned()?;
        let occurrence = year.to_string();
        let spoken = already_spoken(context, campaign, &occurrence);
        Some(Occasion { spoken, occurrence, begins, ends: Some(ends), of_event: false, day: Some(day) })
    };
    (this_year - 1..=this_year + 2).filter_map(of_year).collect()
}
