//! Customers: who they are, what they wish, what they wrote and rated.

use super::order::order;
use super::policy::{CHANNELS, quiet_hours};
use super::{CaseProfile, Rng};
use crate::time::DAY;
use serde_json::{Map, Value, json};

/// A random customer.
pub fn customer(profile: &CaseProfile, policy: &Value, rng: &mut Rng) -> Value {
    let orders: Vec<Value> = (0..rng.pick(&[0, 1, 3, 5])).map(|index| order(profile, index, rng)).collect();
    let most = if profile.few_refusals { 1 } else { 2 };
    let conversations: Vec<Value> =
        (0..rng.pick(&[0, 0, most - 1, most])).map(|index| conversation(profile, index, rng)).collect();
    // at different instants, because the contract does not say which of two ratings at one instant is the last
    let ratings: Vec<Value> = (0..rng.below(3)).map(|index| rating(profile, index, rng)).collect();
    let mut customer = json!({ "orders": orders, "conversations": conversations, "ratings": ratings });
    let mut give = |key: &str, chance: u64, rng: &mut Rng, value: Value| {
        if !rng.one_in(chance) {
            customer[key] = value;
        }
    };
    let ids = ["ana", "ben", "señora-ñ", "c-7256"];
    let id = rng.pick(&ids);
    give("id", 4, rng, json!(id));
    let locale = rng.pick(&["es-ES", "es-MX", "es-AR", "en", "EN-us", "fr", "en-a-b"]);
    give("locale", 3, rng, json!(locale));
    give("givenName", 2, rng, json!("Ana"));
    let birthday = birthday(profile, rng);
    give("birthday", 5, rng, json!(birthday));
    let long = profile.now - 100 * DAY;
    let (since, birthday_since) =
        (if profile.few_refusals || rng.one_in(2) { long } else { profile.date(rng) }, profile.date(rng));
    give("since", 6, rng, json!(since));
    if rng.one_in(2) {
        give("birthdaySince", 3, rng, json!(birthday_since));
    }
    let consent: Map<String, Value> =
        CHANNELS.iter().chain(&["cart"]).map(|name| ((*name).to_owned(), json!(!profile.one_in(12, rng)))).collect();
    give("consent", if profile.few_refusals { 40 } else { 8 }, rng, json!(consent));
    let destination = rng.pick(&[json!({ "country": "ES", "postcode": "35001" }), json!({ "country": "MX" })]);
    give("destination", 2, rng, destination);
    let affinity = json!({ rng.pick(&["tea", "cups"]): rng.pick(&[0, 39, 40, 60, 100]) });
    give("affinity", 3, rng, affinity);
    let cart =
        json!({ "total": rng.pick(&[0, 1000, 5000]), "count": rng.below(4), "families": rng.subset(&["tea", "cups"]) });
    give("cart", 2, rng, cart);
    let attributes = attributes(rng);
    give("attributes", 3, rng, attributes);
    give("codes", 2, rng, json!({ "ten": "ANA-10" }));
    let wishes = wishes(profile, policy, rng);
    if !profile.few_refusals || rng.one_in(4) {
        give("wishes", 2, rng, wishes);
    }
    customer
}

fn attributes(rng: &mut Rng) -> Value {
    json!({ "n": rng.pick(&[json!(2), json!("10"), json!("many"), json!(null), json!(true), json!(2.5)]),
            "word": rng.pick(&[json!("blue"), json!("Blue"), json!("9"), json!(null)]),
            "list": rng.subset(&["tea", "cups", "mugs"]), "flag": rng.one_in(2), "address": { "floor": rng.below(4) } })
}

/// Mostly near now, so that the days around it begin and end soon; sometimes 29 February or another day at the end of a month or year.
fn birthday(profile: &CaseProfile, rng: &mut Rng) -> String {
    let ahead = [0, 1, 2, 3, 6, 7, 8, 20, 30, 59, 60, 61, 100, 365];
    let near = profile.now.div_euclid(DAY)
        + if profile.few_refusals {
            rng.pick(&ahead)
        } else {
            rng.pick(&[0, 0, 0, 1, -1, 3, -7, 4, -8, 30, -30, 70, 71, 200])
        };
    if rng.one_in(6) {
        return rng.pick(&["--02-29", "1992-02-29", "--01-01", "--12-31", "--02-28", "--03-01"]).to_owned();
    }
    let date = chrono::NaiveDate::from_epoch_days(i32::try_from(near).unwrap()).unwrap().to_string();
    format!("-{}", &date[4..])
}

fn wishes(profile: &CaseProfile, policy: &Value, rng: &mut Rng) -> Value {
    let used: Vec<&str> =
        policy["campaigns"].as_array().unwrap().iter().map(|campaign| campaign["channel"].as_str().unwrap()).collect();
    let mut wishes = json!({});
    for list in ["unsubscribed", "spam", "avoid", "subscribe"] {
        if rng.one_in(5) {
            wishes[list] = json!([rng.pick(&used)]);
        }
    }
    if rng.one_in(2) {
        wishes["lessOften"] = json!(rng.pick(&["1h", "20h", "7d", "30d"]));
    }
    if rng.one_in(3) {
        wishes["quiet"] = json!([quiet_hours(profile, &used, rng)]);
    }
    if rng.one_in(3) {
        wishes["topics"] = json!(rng.subset(&["recipes", "news"]));
    }
    wishes
}

fn rating(profile: &CaseProfile, index: u64, rng: &mut Rng) -> Value {
    let at = profile.date(rng) + index as i64 * 7;
    let mut rating = json!({ "score": rng.pick(&[0, 5, 8, 9, 10]), "at": at });
    if rng.one_in(2) {
        rating["orderId"] = json!(rng.pick(&["o0", "o1"]));
    }
    if rng.one_in(3) {
        rating["sku"] = json!(rng.pick(&["a", "b"]));
    }
    rating
}

fn conversation(profile: &CaseProfile, index: u64, rng: &mut Rng) -> Value {
    let at = profile.date(rng);
    let mut conversation = json!({ "id": format!("t{index}"), "kind": rng.pick(&["question", "complaint"]), "at": at });
    for end in ["answeredAt", "solvedAt", "solvedAt"] {
        if rng.one_in(2) {
            conversation[end] =
                json!(if rng.one_in(2) { profile.date(rng).max(at) } else { at + rng.pick(&[1, DAY, 9 * DAY]) });
        }
    }
    if rng.one_in(3) {
        conversation["reopenedAt"] = json!(profile.date(rng).max(at));
    }
    if rng.one_in(3) {
        conversation["orderId"] = json!(rng.pick(&["o0", "o1"]));
    }
    conversation
}
