//! Customers, ledgers and moments for a policy.

use super::policy::{CHANNELS, quiet};
use super::zones::{RULES, table};
use super::{Dice, Setting};
use crate::time::{DAY, HOUR, MINUTE, year};
use serde_json::{Map, Value, json};

/// A request.
pub fn request(setting: &Setting, policy: &Value, dice: &mut Dice) -> Value {
    let mut names = vec![policy["shop"]["zone"].as_str().unwrap()];
    names.extend((0..dice.below(3)).map(|_| dice.pick(&RULES).0));
    let zones: Map<String, Value> = names.iter().map(|name| ((*name).to_owned(), table(name))).collect();
    let mut request = json!({ "now": setting.now, "zones": zones, "customer": customer(setting, policy, dice) });
    match dice.below(5) {
        0 => {}
        1 => request["zone"] = json!("Mars/Olympus_Mons"),
        _ => request["zone"] = json!(dice.pick(&names)),
    }
    if !dice.one_in(8) {
        let many = if setting.gentle { dice.below(4) } else { dice.pick(&[0, 2, 4, 8, 12]) };
        request["ledger"] = (0..many).map(|index| record(setting, policy, index, dice)).collect();
    }
    if dice.one_in(2) {
        request["event"] = event(setting, &request["customer"], dice);
    }
    if setting.one_in(6, dice) {
        request["placements"] = json!(dice.pick(&[vec!["home"], vec!["top", "home"], vec![]]));
    }
    if dice.one_in(3) {
        request["shop"] = json!({ "unanswered": dice.pick(&[0, 5, 6, 20, 21]) });
    }
    request
}

fn event(setting: &Setting, customer: &Value, dice: &mut Dice) -> Value {
    let mut event = json!({ "name": dice.pick(&["login", "login", "purchase"]) });
    if dice.one_in(2) {
        event["at"] = json!(setting.past(dice));
    }
    if dice.one_in(4) {
        event["value"] = json!(dice.pick(&[1000, 5000]));
    }
    if event["name"] == "purchase" {
        let known = customer["orders"].as_array().and_then(|orders| orders.first());
        event["order"] = match known {
            Some(order) if dice.one_in(2) => order.clone(),
            _ if dice.one_in(6) => Value::Null,
            _ => json!({ "id": "bought", "total": 4000 }),
        };
    }
    event
}

fn customer(setting: &Setting, policy: &Value, dice: &mut Dice) -> Value {
    let orders: Vec<Value> = (0..dice.pick(&[0, 1, 3, 5])).map(|index| order(setting, index, dice)).collect();
    let most = if setting.gentle { 1 } else { 2 };
    let talks: Vec<Value> =
        (0..dice.pick(&[0, 0, most - 1, most])).map(|index| conversation(setting, index, dice)).collect();
    // at different instants: which of two ratings at once is the last is nowhere said
    let ratings: Vec<Value> = (0..dice.below(3)).map(|index| rating(setting, index, dice)).collect();
    let mut customer = json!({ "orders": orders, "conversations": talks, "ratings": ratings });
    let mut give = |key: &str, chance: u64, dice: &mut Dice, value: Value| {
        if !dice.one_in(chance) {
            customer[key] = value;
        }
    };
    let ids = ["ana", "ben", "señora-ñ", "c-7256"];
    let id = dice.pick(&ids);
    give("id", 4, dice, json!(id));
    let locale = dice.pick(&["es-ES", "es-MX", "es-AR", "en", "EN-us", "fr", "en-a-b"]);
    give("locale", 3, dice, json!(locale));
    give("givenName", 2, dice, json!("Ana"));
    let birthday = birthday(setting, dice);
    give("birthday", 5, dice, json!(birthday));
    let long = setting.now - 100 * DAY;
    let (since, known) = (if setting.gentle || dice.one_in(2) { long } else { setting.date(dice) }, setting.date(dice));
    give("since", 6, dice, json!(since));
    if dice.one_in(2) {
        give("birthdaySince", 3, dice, json!(known));
    }
    let yes: Map<String, Value> =
        CHANNELS.iter().chain(&["cart"]).map(|name| ((*name).to_owned(), json!(!setting.one_in(12, dice)))).collect();
    give("consent", if setting.gentle { 40 } else { 8 }, dice, json!(yes));
    let place = dice.pick(&[json!({ "country": "ES", "postcode": "35001" }), json!({ "country": "MX" })]);
    give("destination", 2, dice, place);
    let affinity = json!({ dice.pick(&["tea", "cups"]): dice.pick(&[0, 39, 40, 60, 100]) });
    give("affinity", 3, dice, affinity);
    let cart = json!({ "total": dice.pick(&[0, 1000, 5000]), "count": dice.below(4), "families": dice.some(&["tea", "cups"]) });
    give("cart", 2, dice, cart);
    let attributes = attributes(dice);
    give("attributes", 3, dice, attributes);
    give("codes", 2, dice, json!({ "ten": "ANA-10" }));
    let wishes = wishes(setting, policy, dice);
    if !setting.gentle || dice.one_in(4) {
        give("wishes", 2, dice, wishes);
    }
    customer
}

fn attributes(dice: &mut Dice) -> Value {
    json!({ "n": dice.pick(&[json!(2), json!("10"), json!("many"), json!(null), json!(true), json!(2.5)]),
            "word": dice.pick(&[json!("blue"), json!("Blue"), json!("9"), json!(null)]),
            "list": dice.some(&["tea", "cups", "mugs"]), "flag": dice.one_in(2), "address": { "floor": dice.below(4) } })
}

/// Near now, so that windows around it begin and end; and the leap day.
fn birthday(setting: &Setting, dice: &mut Dice) -> String {
    let ahead = [0, 1, 2, 3, 6, 7, 8, 20, 30, 59, 60, 61, 100, 365];
    let near = setting.now.div_euclid(DAY)
        + if setting.gentle {
            dice.pick(&ahead)
        } else {
            dice.pick(&[0, 0, 0, 1, -1, 3, -7, 4, -8, 30, -30, 70, 71, 200])
        };
    if dice.one_in(6) {
        return dice.pick(&["--02-29", "1992-02-29", "--01-01", "--12-31", "--02-28", "--03-01"]).to_owned();
    }
    let date = chrono::NaiveDate::from_epoch_days(i32::try_from(near).unwrap()).unwrap().to_string();
    format!("-{}", &date[4..])
}

fn wishes(setting: &Setting, policy: &Value, dice: &mut Dice) -> Value {
    let used: Vec<&str> =
        policy["campaigns"].as_array().unwrap().iter().map(|campaign| campaign["channel"].as_str().unwrap()).collect();
    let mut wishes = json!({});
    for list in ["unsubscribed", "spam", "avoid"] {
        if dice.one_in(5) {
            wishes[list] = json!([dice.pick(&used)]);
        }
    }
    if dice.one_in(2) {
        wishes["lessOften"] = json!(dice.pick(&["1h", "20h", "7d", "30d"]));
    }
    if dice.one_in(3) {
        wishes["quiet"] = json!([quiet(setting, &used, dice)]);
    }
    if dice.one_in(3) {
        wishes["topics"] = json!(dice.some(&["recipes", "news"]));
    }
    wishes
}

/// Some were placed years ago to the day.
fn order(setting: &Setting, index: u64, dice: &mut Dice) -> Value {
    let at = match dice.below(8) {
        0 => {
            setting.now - dice.pick(&[365, 366, 730, 731, 1461]) * DAY
                + dice.pick(&[0, 1, -1, HOUR, DAY, 5 * DAY, 30 * DAY])
        }
        1 => setting.arrival(dice),
        _ => setting.date(dice),
    };
    let mut order = json!({ "id": format!("o{index}"), "at": at, "total": dice.pick(&[1000, 1000, 2000, 3000, 4500]) });
    let after = |dice: &mut Dice| match dice.below(6) {
        0 | 1 => setting.date(dice).max(at),
        2 | 3 => setting.arrival(dice).max(at),
        _ => at + dice.pick(&[0, HOUR, DAY, 4 * DAY, 20 * DAY]),
    };
    if dice.one_in(2) {
        order["deliveredAt"] = json!(after(dice));
    }
    if dice.one_in(3) {
        // sometimes after the delivery, and then it was sent again
        let usual = dice.pick(&[3, 7, 10, 10, 0]) * DAY;
        order["shippedAt"] = json!(if dice.one_in(2) { setting.arrival(dice) - usual } else { after(dice) });
    }
    if dice.one_in(6) {
        order["incidents"] = (0..1 + dice.below(2)).map(|_| incident(after(dice), after(dice), dice)).collect();
    }
    for end in ["cancelledAt", "returnedAt", "refundedAt"] {
        if dice.one_in(8) {
            order[end] = json!(after(dice));
        }
    }
    if dice.one_in(2) {
        order["margin"] = json!(dice.pick(&[-100, 0, 300]));
    }
    if dice.one_in(3) {
        order["items"] = (0..1 + dice.below(2))
            .map(|_| {
                let mut item =
                    json!({ "sku": "mug-1", "family": dice.pick(&["cups", "tea"]), "quantity": 1, "price": 900 });
                if dice.one_in(2) {
                    item["deliveredAt"] = json!(after(dice));
                }
                if dice.one_in(4) {
                    item["returnedAt"] = json!(after(dice));
                }
                item
            })
            .collect();
    }
    order
}

fn rating(setting: &Setting, index: u64, dice: &mut Dice) -> Value {
    let at = setting.date(dice) + index as i64 * 7;
    let mut rating = json!({ "score": dice.pick(&[0, 5, 8, 9, 10]), "at": at });
    if dice.one_in(2) {
        rating["orderId"] = json!(dice.pick(&["o0", "o1"]));
    }
    if dice.one_in(3) {
        rating["sku"] = json!(dice.pick(&["a", "b"]));
    }
    rating
}

fn incident(at: i64, resolved: i64, dice: &mut Dice) -> Value {
    let mut incident = json!({ "kind": dice.pick(&["late", "stock"]), "at": at });
    if !dice.one_in(3) {
        incident["resolvedAt"] = json!(resolved);
    }
    incident
}

fn conversation(setting: &Setting, index: u64, dice: &mut Dice) -> Value {
    let at = setting.date(dice);
    let mut talk = json!({ "id": format!("t{index}"), "kind": dice.pick(&["question", "complaint"]), "at": at });
    for end in ["answeredAt", "solvedAt", "solvedAt"] {
        if dice.one_in(2) {
            talk[end] =
                json!(if dice.one_in(2) { setting.date(dice).max(at) } else { at + dice.pick(&[1, DAY, 9 * DAY]) });
        }
    }
    if dice.one_in(3) {
        talk["reopenedAt"] = json!(setting.date(dice).max(at));
    }
    if dice.one_in(3) {
        talk["orderId"] = json!(dice.pick(&["o0", "o1"]));
    }
    talk
}

fn record(setting: &Setting, policy: &Value, index: u64, dice: &mut Dice) -> Value {
    let campaigns = policy["campaigns"].as_array().unwrap();
    let campaign = dice.pick(campaigns);
    let at = setting.date(dice);
    let mut record = json!({
        "id": format!("r{}", if dice.one_in(6) { dice.below(index + 1) } else { index }),
        "campaign": if dice.one_in(4) { json!("old") } else { campaign["id"].clone() },
        "class": dice.pick(&["transactional", "service", "relational", "promotional", "promotional"]),
        "channel": if dice.one_in(4) { json!(dice.pick(&CHANNELS)) } else { campaign["channel"].clone() },
        "at": at,
        "state": dice.pick(&["ghost", "reserved", "released", "armed", "delivered", "delivered", "delivered"]),
    });
    if dice.one_in(2) {
        let this = year(setting.now.div_euclid(DAY));
        let years = [this.to_string(), (this + 1).to_string(), (this - 1).to_string()];
        record["occurrence"] = match campaign["kind"].as_str().unwrap() {
            "milestone" if campaign["orders"].is_u64() => json!(format!("orders-{}", campaign["orders"])),
            "milestone" if campaign["spend"].is_u64() => json!(format!("spend-{}", campaign["spend"])),
            "birthday" | "milestone" => json!(dice.pick(&years)),
            "announcement" => json!("0"),
            _ => json!(dice.pick(&["o0", "o1", "bought"])),
        };
    }
    if record["state"] == "reserved" && dice.one_in(2) {
        record["leaseUntil"] =
            json!(if dice.one_in(2) { setting.date(dice) } else { setting.now + dice.pick(&[0, 1, HOUR, DAY]) });
    }
    if dice.one_in(4) {
        record["seenAt"] = json!(setting.past(dice) + dice.pick(&[0, 0, 2 * MINUTE]));
    }
    if dice.one_in(3) {
        record["variant"] = json!(dice.below(2));
    }
    if dice.one_in(3) {
        record["reaction"] = json!(dice.pick(&["dismissed", "clicked", "converted"]));
    }
    if dice.one_in(3) {
        record["urgent"] = json!(true);
    }
    if dice.one_in(5) {
        record["digest"] = json!(format!("r{}", dice.below(index + 1)));
    }
    record
}
