//! The earliest later instant at which something holds, found by asking at every instant at which anything could change.

use crate::context::Context;
use crate::gates::budget::next_unit;
use crate::gates::quiet_hours::{covers_channel, covers_place, window_starting_on};
use crate::gates::{Answer, asked, refuses_at_any_time};
use crate::ledger::Record;
use crate::occasions::{anniversary, occurrences, order, originals};
use crate::read::{Campaign, Input, Limit, instant};
use crate::time::{DAY, HORIZON, MINUTE, parse_duration, unit_begins};
use serde_json::Value;

/// `retryAt`: the earliest instant from `from` on and within 400 days at which the campaign passes all gates.
pub fn retry_at(input: &Input, ledger: &[Record], campaign: &Campaign, from: i64) -> Option<i64> {
    let context = Context::at(input, input.now, ledger);
    retry_among(&context, &dated_changes(&context, ledger, input.now + HORIZON), campaign, from)
}

/// The same, with the dates at which an answer can change.
pub fn retry_among(context: &Context, dated: &[i64], campaign: &Campaign, from: i64) -> Option<i64> {
    let (input, ledger) = (context.input, context.ledger);
    if never_passes(context, campaign) {
        return None;
    }
    let passes_at = |at: i64| asked(&Context::at(input, at, ledger).brief(), campaign);
    if passes_at(from) == Answer::Holds {
        return Some(from);
    }
    first_of(input, campaign, dated, from, input.now + HORIZON, passes_at)
}

/// Whether something refuses that time alone cannot change. It only makes the model faster.
fn never_passes(context: &Context, campaign: &Campaign) -> bool {
    let event = &context.input.request["event"]["name"];
    let lacks_event = campaign.event.is_some() && event.as_str() != campaign.event.as_deref();
    let mut own = context.ledger.iter().filter(|record| record.campaign == campaign.id);
    let unused = ["reserved", "released", "failed"];
    let is_used_up = campaign.never_again && own.any(|record| !unused.contains(&record.state.as_str()));
    let lacks_birthday = campaign.kind == "birthday" && context.input.request["customer"]["birthday"].is_null();
    refuses_at_any_time(context, campaign) || lacks_event || is_used_up || lacks_birthday
}

/// The first instant after `from` and not after `to` at which something holds that changes only with the gates of a campaign. Near
/// instants are asked first: most answers are near.
pub fn first_of(
    input: &Input,
    campaign: &Campaign,
    dated: &[i64],
    from: i64,
    to: i64,
    holds: impl Fn(i64) -> Answer,
) -> Option<i64> {
    let (mut begin, mut waits) = (from, false);
    for end in [(from + 8 * DAY).min(to), (from + 40 * DAY).min(to), to] {
        let mut calendar = vec![];
        calendar_changes(input, campaign, begin, end, &mut calendar);
        let mut instants: Vec<(i64, bool)> = dated.iter().map(|at| (*at, false)).collect();
        instants.extend(calendar.into_iter().map(|at| (at, true)));
        instants.retain(|(at, _)| begin < *at && *at <= end);
        instants.sort_unstable();
        instants.dedup_by_key(|one| one.0);
        for (at, is_calendar) in instants {
            if is_calendar && waits {
                continue;
            }
            match holds(at) {
                Answer::Holds => return Some(at),
                answer => waits = answer == Answer::NotUntilDated,
            }
        }
        begin = end;
    }
    None
}

/// The instants after `from` and not after `to` at which a limit or a gap between two contacts can end.
pub fn limit_changes(input: &Input, ledger: &[Record], from: i64, to: i64) -> Vec<i64> {
    let mut changes = Changes(vec![]);
    changes.of_records(input, ledger, &[]);
    let Changes(mut found) = changes;
    calendar_units(input, from, to, &mut found);
    found.retain(|at| from < *at && *at <= to);
    found.sort_unstable();
    found.dedup();
    found
}

/// Every date of the input, and every date plus each duration that a rule adds to it, with the millisecond before and after.
pub fn dated_changes(context: &Context, ledger: &[Record], to: i64) -> Vec<i64> {
    let input = context.input;
    let days = input.days.get_or_init(|| day_counts(input));
    let mut changes = Changes(vec![]);
    changes.of_records(input, ledger, days);
    changes.of_orders(input, days);
    changes.of_customer(input, days);
    changes.of_campaigns(context);
    changes.of_occurrences(context);
    input.zones.iter().flat_map(|zone| &zone.rows).for_each(|row| changes.add(Some(row.0), &[]));
    for (_, offer) in input.policy["offers"].as_object().into_iter().flatten() {
        changes.add(offer["budget"]["per"].as_str().map(|unit| next_unit(input, unit)), &[]);
    }
    let Changes(mut found) = changes;
    found.retain(|at| input.now - 2 < *at && *at < to + 2);
    found.sort_unstable();
    found.dedup();
    found
}

/// A duration of the policy or the request, if it has it.
fn duration(value: &Value) -> Option<i64> {
    value.as_str().and_then(parse_duration)
}

/// Instants at which an answer can change.
struct Changes(Vec<i64>);

impl Changes {
    /// A date, and the date plus each duration.
    fn add(&mut self, date: Option<i64>, durations: &[i64]) {
        self.0.extend(date);
        self.0.extend(date.iter().flat_map(|date| durations.iter().map(move |duration| date + duration)));
    }

    fn of_records(&mut self, input: &Input, ledger: &[Record], days: &[i64]) {
        let policy = &input.policy;
        let mut durations: Vec<i64> = input.limits.iter().filter_map(Limit::duration).collect();
        durations.extend(input.campaigns.iter().filter_map(|campaign| campaign.repeat));
        durations.extend(input.campaigns.iter().filter_map(|campaign| campaign.gap).map(|gap| gap.0));
        durations.extend(duration(&input.request["customer"]["wishes"]["lessOften"]));
        let offers = policy["offers"].as_object().into_iter().flatten();
        durations.extend(offers.filter_map(|(name, _)| input.again(name)).filter(|again| *again < i64::MAX));
        durations.extend(duration(&policy["calm"]["backOff"]["for"]));
        durations.extend(duration(&policy["calm"]["balance"]["per"]));
        durations.extend(days);
        for record in ledger {
            self.add(Some(record.at), &durations);
            self.add(record.seen_at, &durations);
            self.add(Some(record.lease_ends()), &[]);
            self.add(Some(record.at - 5 * MINUTE), &durations);
        }
    }

    fn of_orders(&mut self, input: &Input, days: &[i64]) {
        let calm = &input.policy["calm"];
        let until = duration(&calm["until"]).unwrap_or(0);
        let large = duration(&calm["largeOrder"]["for"]).unwrap_or(0);
        let usual_days = order::usual_days(input);
        let lapsed = duration(&input.policy["phases"]["lapsedAfter"]).unwrap_or(365 * DAY);
        let settle = duration(&input.policy["phases"]["settle"]).unwrap_or(0);
        let (mut since_placed, mut since_arrived) =
            (vec![7 * DAY, 30 * DAY, 30 * DAY + until, usual_days + until, large, lapsed], vec![until, settle]);
        for campaign in &input.campaigns {
            let (begins, ends) = order::open_span(campaign);
            let durations = if order::starts_at_arrival(campaign) { &mut since_arrived } else { &mut since_placed };
            durations.extend([begins, ends]);
        }
        since_placed.extend(days);
        since_arrived.extend(days);
        for order in &input.orders {
            self.add(order.promised_by, &[30 * DAY]);
            self.add(order.at, &since_placed);
            self.add(order.delivered_at, &since_arrived);
            for item in &order.items {
                self.add(item.delivered_at, &since_arrived);
                self.add(item.returned_at, &[]);
            }
            self.add(order.shipped_at, &[]);
            self.add(order.shipped_at.map(|at| at + usual_days), &since_arrived);
            let incidents = order.incidents.iter().flat_map(|one| [one.at, one.resolved_at]);
            let ends = [order.cancelled_at, order.returned_at, order.refunded_at];
            incidents.chain(ends).for_each(|date| self.add(date, &[]));
        }
    }

    /// Conversations, ratings, and since when the shop knows the customer and the birthday.
    fn of_customer(&mut self, input: &Input, days: &[i64]) {
        let cool_down = duration(&input.policy["care"]["coolDown"]).unwrap_or(0);
        for conversation in &input.conversations {
            self.add(conversation.at, &[]);
            self.add(conversation.answered_at, &[]);
            self.add(conversation.reopened_at, &[]);
            self.add(conversation.solved_at, &[cool_down, 30 * DAY]);
            self.add(conversation.solved_at, days);
        }
        input.ratings.iter().for_each(|one| self.add(one.at, &[90 * DAY]));
        let customer = &input.request["customer"];
        self.add(instant(customer, "since"), &[30 * DAY]);
        self.add(instant(customer, "since"), days);
        self.add(instant(customer, "birthdaySince"), &[30 * DAY]);
    }

    /// Of kinds whose occasion follows from several dates: its beginning and end as they are now and after each date to come.
    fn of_occurrences(&mut self, context: &Context) {
        let input = context.input;
        let kinds = ["apology", "review", "cartReminder", "winBack"];
        let others: Vec<&Campaign> = input.campaigns.iter().filter(|one| kinds.contains(&one.kind.as_str())).collect();
        if others.is_empty() {
            return;
        }
        let mut instants = vec![input.now];
        for order in &input.orders {
            let incidents = context.incidents(order);
            let incidents = incidents.iter().flat_map(|one| [one.at, one.resolved_at]);
            let items = order.items.iter().flat_map(|one| [one.delivered_at, one.returned_at]);
            let own = [
                order.at,
                order.cancelled_at,
                order.delivered_at,
                order.shipped_at,
                order.returned_at,
                order.refunded_at,
            ];
            instants.extend(incidents.chain(items).chain(own).flatten().filter(|at| *at > input.now));
        }
        instants.extend(instant(&input.request["customer"]["cart"], "at").filter(|at| *at > input.now));
        for at in instants {
            let then = Context::at(input, at, &input.ledger);
            for one in others.iter().flat_map(|campaign| occurrences(&then, campaign)) {
                self.add(Some(at), &[]);
                self.add(Some(one.begins), &[]);
                self.add(one.ends, &[]);
            }
        }
    }

    /// `from` and `until` of announcements, and anniversaries.
    fn of_campaigns(&mut self, context: &Context) {
        let input = context.input;
        for campaign in &input.campaigns {
            let start_of = |date: Option<i64>| date.map(|date| input.shop_zone.as_ref().unwrap().start_of_date(date));
            self.add(start_of(campaign.from), &[]);
            self.add(start_of(campaign.until.map(|date| date + 1)), &[]);
            let mut anniversaries =
                if campaign.kind == "birthday" { anniversary::birthdays(context, campaign) } else { vec![] };
            if campaign.years {
                // any order can become the first one, when those before it are cancelled
                let orders = input.orders.iter().filter_map(|order| order.at);
                anniversaries.extend(orders.flat_map(|at| anniversary::years_since(context, campaign, at)));
            }
            for one in anniversaries {
                self.add(Some(one.begins), &[]);
                self.add(one.ends, &[]);
                for zone in &input.zones {
                    self.add(Some(zone.start_of_date(one.day.unwrap())), &[]);
                    self.add(Some(zone.start_of_date(one.day.unwrap() + 1)), &[]);
                }
            }
        }
    }
}

/// For facts that count days: every number of the policy below 401, and the number after it, as days in milliseconds. Empty if the
/// policy names no such fact.
fn day_counts(input: &Input) -> Vec<i64> {
    let policy = input.policy.to_string();
    if !policy.contains("daysSince") && !policy.contains("tenureDays") {
        return vec![];
    }
    let mut numbers = vec![0.0];
    numbers_in(&input.policy, &mut numbers);
    let mut days: Vec<i64> = numbers.iter().filter(|number| **number < 401.0).map(|number| *number as i64).collect();
    days.extend(days.clone().iter().map(|number| number + 1));
    days.sort_unstable();
    days.dedup();
    days.iter().map(|number| number * DAY).collect()
}

fn numbers_in(value: &Value, found: &mut Vec<f64>) {
    match value {
        Value::Number(number) => found.extend(number.as_f64()),
        Value::String(text) => found.extend(text.parse::<f64>()),
        Value::Array(list) => list.iter().for_each(|one| numbers_in(one, found)),
        Value::Object(object) => object.values().for_each(|one| numbers_in(one, found)),
        _ => {}
    }
}

/// The edges of quiet hours in every zone the customer may be in, and the beginnings of the limits' calendar units in
/// the shop's zone.
fn calendar_changes(input: &Input, campaign: &Campaign, from: i64, to: i64, found: &mut Vec<i64>) {
    // whether a substitute has an occasion follows from the gates of its originals
    let mut asked: Vec<&Campaign> = vec![campaign];
    for index in 0.. {
        let Some(one) = asked.get(index) else { break };
        asked.extend(originals(input, one).collect::<Vec<_>>());
    }
    for zone in input.zones.iter().enumerate() {
        for window in input.quiet.iter().chain(&input.wish_quiet) {
            if covers_place(window, input) && asked.iter().any(|one| covers_channel(window, &one.channel)) {
                let edges = (zone.1.date(from) - 2..=zone.1.date(to) + 1)
                    .filter_map(|date| window_starting_on(window, zone, date));
                found.extend(edges.flat_map(|(begins, ends)| [begins, ends]));
            }
        }
    }
    calendar_units(input, from, to, found);
}

/// The beginnings of the limits' calendar units.
fn calendar_units(input: &Input, from: i64, to: i64, found: &mut Vec<i64>) {
    for limit in input.limits.iter().filter(|limit| limit.duration().is_none()) {
        let zone = input.shop_zone.as_ref().unwrap();
        let next = |later| zone.instants_showing(unit_begins(&limit.per, zone.date(from), later) * DAY);
        // a unit begins twice when clocks go back over midnight
        found.extend((0..).map(next).take_while(|(first, _)| *first <= to).flat_map(|(first, last)| [first, last]));
    }
}
