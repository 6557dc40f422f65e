//! Valid policies: limits, quiet hours, care and calm.

use super::campaign::{campaign, date_text, dated_campaign, market_campaign};
use super::condition::{Scope, condition};
use super::zones::RULES;
use super::{CaseProfile, Rng};
use crate::time::{DAY, HOUR};
use serde_json::{Value, json};

/// All channels; those that matter most stand twice, so that they are picked more often.
pub const CHANNELS: [&str; 9] = ["onsite", "onsite", "email", "email", "push", "sms", "phone", "post", "social"];

/// A random policy.
pub fn policy(profile: &CaseProfile, rng: &mut Rng) -> Value {
    let count = 1 + rng.below(5);
    let channels: Vec<&str> =
        (0..if profile.few_refusals { 1 + rng.below(2) } else { 3 }).map(|_| rng.pick(&CHANNELS)).collect();
    let mut campaigns: Vec<Value> = (0..count).map(|index| campaign(profile, index, &channels, rng)).collect();
    if profile.is_market {
        campaigns.truncate(rng.below(3) as usize);
        let more = 2 + rng.below(5);
        campaigns.extend((0..more).map(|index| market_campaign(profile, index, &channels, rng)));
    }
    let count = campaigns.len() as u64;
    let ids: Vec<String> = campaigns.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect();
    // a substitute is always a later campaign, so there is no cycle
    for index in 0..campaigns.len().saturating_sub(1) {
        if rng.one_in(4) {
            let later = index as u64 + 1 + rng.below(count - index as u64 - 1);
            campaigns[index]["disposition"] = json!("substitute");
            campaigns[index]["substitute"] = campaigns[later as usize]["id"].clone();
        }
    }
    // an offer that only strangers can get is refused unless customers get one as good
    for campaign in campaigns.iter_mut().filter(|one| !one["offer"].is_null()) {
        campaign["audience"] = json!(null);
    }
    let mut limits: Vec<Value> = (0..rng.below(4)).map(|index| limit(profile, index, &ids, &channels, rng)).collect();
    if profile.few_refusals && (profile.is_market || rng.one_in(2)) {
        // known dates ahead, and a limit with too little room for all
        let extra = if profile.is_market { rng.below(3) } else { 1 + rng.below(3) };
        campaigns.extend((0..extra).map(|index| dated_campaign(index, &channels, rng)));
        let per = rng.pick(&["3d", "7d", "7d", "30d", "60d", "365d", "week", "month", "year"]);
        limits.push(json!({ "id": "room", "max": 1 + rng.below(3), "per": per }));
    }
    let quiet: Vec<Value> = (0..rng.below(if profile.few_refusals { 2 } else { 3 }))
        .map(|_| quiet_hours(profile, &channels, rng))
        .collect();
    let zone = if rng.one_in(2) { "Europe/Madrid" } else { rng.pick(&RULES).0 };
    let delivery_days =
        rng.pick(&[json!(null), json!({ "ES": 3, "ES-35": 7, "*": 10 }), json!({ "MX": 5 }), json!({ "ES-3": 1 })]);
    let mut policy = json!({
        "querencia": 1,
        "shop": { "name": "Casa Lola", "currency": "EUR", "zone": zone, "locales": ["es", "en"], "deliveryDays": delivery_days },
        "limits": limits, "quietHours": quiet, "campaigns": campaigns,
        "offers": { "ten": ten(rng), "gift": { "amount": 500, "validFor": "14d", "code": "GIFT" } },
        "messages": messages(),
    });
    if rng.one_in(4) {
        policy["holdout"] = json!({ "share": rng.pick(&[0.5, 0.5, 1.0, 0.0]), "salt": rng.pick(&["s", "t"]) });
    }
    if rng.one_in(2) {
        policy["arbitration"] = json!({ "contacts": rng.pick(&[1, 1, 2, 3, 0]) });
        if rng.one_in(2) {
            policy["arbitration"]["patience"] = json!(rng.pick(&["1d", "3d", "7d", "36h", "30d"]));
        }
    }
    policy["segments"] = json!({ "vip": condition(rng, Scope::Segment, 1), "new": { "tenureDays": { "$lt": 30 } } });
    if rng.one_in(3) {
        policy["tiers"] = json!({ rng.pick(&["known", "advocate"]): condition(rng, Scope::Tier, 1) });
    }
    if profile.one_in(2, rng) {
        policy["care"] = care(rng);
    }
    if profile.one_in(2, rng) {
        policy["calm"] = calm(rng);
    }
    if rng.one_in(3) {
        let words = ["nothing", "service", "relational", "all"];
        policy["page"] = json!({ "withoutStore": rng.pick(&words), "withoutServer": rng.pick(&words) });
    }
    // a condition may ask only of a campaign that the policy has
    let first = policy["campaigns"][0]["id"].as_str().unwrap();
    let text = policy.to_string().replace("contacts.c0.", &format!("contacts.{first}."));
    serde_json::from_str(&text).unwrap()
}

fn messages() -> Value {
    json!({
    "plain": { "es": [{ "body": "Hola" }, { "body": "Buenas" }], "en": [{ "body": "Hello" }], "es-AR": [{ "body": "Che" }] },
    "named": { "en": [{ "body": "Hello {givenName}" }], "es": [{ "body": "Hola {givenName}" }, { "body": "Hola" }] },
    "only-named": { "es": [{ "title": "{givenName}", "body": "Hola {attributes.word}" }, { "body": "Hola {givenName}" }] },
    "order": { "es": [{ "body": "{order.total}" }, { "body": "Gracias, {givenName}" }] },
    "days": { "en": [{ "body": "{daysSince.order} days, {orders.count, plural, one {# order} other {# orders}}" }] },
    "gift": { "es": [{ "body": "{offer.amount} {offer.code} {offer.expires}" }] },
    "ten": { "es": [{ "body": "{offer.percent} {offer.code}" }, { "body": "{offer.percent}" }] },
    "late": { "es": [{ "body": "Tarde, {givenName}" }] },
    })
}

fn care(rng: &mut Rng) -> Value {
    let mut care = json!({ "replyWithin": rng.pick(&["1h", "24h", "2d"]) });
    if rng.one_in(2) {
        care["coolDown"] = json!(rng.pick(&["1h", "3d", "14d"]));
    }
    if rng.one_in(3) {
        care["backlogBrake"] = json!(rng.pick(&[0, 5, 20]));
    }
    if rng.one_in(3) {
        care["fatigueBrake"] = json!(rng.pick(&[0, 1, 5]));
    }
    if rng.one_in(3) {
        care["lowScore"] = json!(rng.pick(&[0, 5, 8]));
    }
    care
}

/// An offer that may have an end, a time between two of it, and a budget.
fn ten(rng: &mut Rng) -> Value {
    let mut ten = json!({ "percent": 10 });
    if rng.one_in(3) {
        ten["validFor"] = json!(rng.pick(&["1d", "14d", "60d"]));
    }
    if rng.one_in(4) {
        ten["again"] = json!(rng.pick(&["20h", "7d", "90d", "never"]));
    }
    if rng.one_in(6) {
        ten["budget"] = json!({ "max": rng.pick(&[0, 1, 10]), "per": rng.pick(&["day", "week", "month", "year"]) });
    }
    ten
}

fn calm(rng: &mut Rng) -> Value {
    let mut calm = json!({});
    if !rng.one_in(3) {
        calm["until"] = json!(rng.pick(&["1h", "3d", "7d"]));
    }
    if rng.one_in(2) {
        calm["backOff"] = json!({ "ignored": 1 + rng.below(3), "for": rng.pick(&["20h", "7d", "14d"]) });
    }
    if rng.one_in(3) {
        calm["balance"] = json!({ "promotions": 1 + rng.below(3), "per": rng.pick(&["20h", "7d", "30d", "90d"]) });
    }
    if rng.one_in(2) {
        calm["largeOrder"] = json!({ "percent": rng.pick(&[100, 150, 300]), "for": rng.pick(&["1d", "7d"]) });
    }
    calm
}

fn limit(profile: &CaseProfile, index: u64, ids: &[String], channels: &[&str], rng: &mut Rng) -> Value {
    let per = rng.pick(&["1h", "20h", "24h", "3d", "7d", "7d", "60d", "365d", "day", "week", "month", "year"]);
    let mut limit = json!({ "id": format!("l{index}"), "max": rng.pick(&[1, 1, 1, 1, 2, 2, 2, 3, 3, if profile.few_refusals { 2 } else { 0 }]), "per": per });
    if rng.one_in(4) {
        limit["tier"] = json!(rng.pick(&["unknown", "known", "advocate"]));
    }
    if rng.one_in(3) {
        limit["class"] = json!(rng.pick(&["relational", "promotional"]));
    }
    if rng.one_in(4) {
        limit["channel"] = json!(rng.pick(channels));
    }
    if rng.one_in(5) {
        limit["campaign"] =
            if rng.one_in(2) { json!(rng.pick(ids)) } else { json!([ids[0].clone(), ids[ids.len() - 1].clone()]) };
        if ids.len() == 1 {
            limit["campaign"] = json!(ids);
        }
    }
    if rng.one_in(4) {
        limit["when"] = condition(rng, Scope::Anywhere, 1);
    }
    if rng.one_in(8) {
        limit["topic"] = json!(rng.pick(&["recipes", "news"]));
    }
    if rng.one_in(8) {
        limit["placement"] = json!(rng.pick(&["home", "top"]));
    }
    if rng.one_in(4) {
        limit["urgent"] = json!(true);
    }
    if rng.one_in(4) {
        limit["ignoredAs"] = json!(1 + rng.below(3));
    }
    limit
}

/// A window of quiet hours, overnight or within the day. Some start or end at a time that clock changes skip or repeat.
pub fn quiet_hours(profile: &CaseProfile, channels: &[&str], rng: &mut Rng) -> Value {
    let clocks =
        ["00:00", "00:30", "01:00", "02:00", "02:15", "02:30", "03:00", "07:00", "09:00", "21:30", "22:00", "23:59"];
    let from = rng.pick(&clocks);
    let mut to = rng.pick(&clocks);
    if to == from || rng.one_in(8) {
        to = "24:00";
    }
    let mut window = json!({ "from": from, "to": to });
    if rng.one_in(3) {
        window["days"] = json!([rng.pick(&["sat", "sun", "mon"]), rng.pick(&["tue", "fri"])]);
    }
    if rng.one_in(4) {
        window["dates"] = json!([date_text((profile.now + rng.pick(&[0, DAY, -12 * HOUR])).div_euclid(DAY))]);
    }
    if window["dates"].is_array() && rng.one_in(3) {
        let date = window["dates"][0].as_str().unwrap()[5..].to_owned();
        window["dates"] = json!([format!("--{date}")]);
    }
    if rng.one_in(4) {
        window["places"] = json!([rng.pick(&["ES", "ES-35", "ES-08", "MX", "FR"])]);
    }
    if rng.one_in(2) {
        window["channels"] = json!([rng.pick(channels)]);
    }
    window
}
