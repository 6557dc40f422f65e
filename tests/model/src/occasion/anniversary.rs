//! Days that come back each year: begun in every zone, ended in none.

use super::{Occasion, was_spoken};
use crate::facts::Look;
use crate::read::Campaign;
use crate::time::{DAY, days, month_and_day, year};

/// The customer's birthdays around now.
pub fn birthdays(look: &Look, campaign: &Campaign) -> Vec<Occasion> {
    let Some(birthday) = look.world.request["customer"]["birthday"].as_str() else { return vec![] };
    let (month, day) = birthday.split_at(birthday.len() - 5).1.split_once('-').unwrap();
    observed(look, campaign, (month.parse().unwrap(), day.parse().unwrap()))
}

/// The anniversaries of the first order that was not cancelled, by the shop's date of it.
pub fn years(look: &Look, campaign: &Campaign) -> Vec<Occasion> {
    let first = look.orders().iter().filter_map(|order| order.at).min();
    first.map_or(vec![], |first| years_since(look, campaign, first))
}

/// From the first year after an instant on.
pub fn years_since(look: &Look, campaign: &Campaign, first: i64) -> Vec<Occasion> {
    let date = look.world.shop_zone.as_ref().unwrap().date(first);
    let mut found = observed(look, campaign, month_and_day(date));
    found.retain(|one| year(one.day.unwrap()) > year(date));
    found
}

/// Each year's day with `lead` and `grace` around it.
fn observed(look: &Look, campaign: &Campaign, (month, day): (u32, u32)) -> Vec<Occasion> {
    let this = year(look.now.div_euclid(DAY));
    let of_year = |year: i32| {
        let fallback = if campaign.leap_in_march { days(year, 3, 1) } else { days(year, 2, 28) };
        let day = days(year, month, day).or(fallback).unwrap();
        let zones = &look.world.zones;
        let begins = zones.iter().map(|zone| zone.begins(day - campaign.lead)).max()?;
        let ends = zones.iter().map(|zone| zone.begins(day + campaign.grace + 1)).min()?;
        let occurrence = year.to_string();
        let spoken = was_spoken(look, campaign, &occurrence);
        Some(Occasion { spoken, occurrence, begins, ends: Some(ends), day: Some(day) })
    };
    (this - 1..=this + 2).filter_map(of_year).collect()
}
