//! Valid policies of every shape.

use super::wanted::{Place, condition};
use super::zones::RULES;
use super::{Dice, Setting};
use crate::time::{DAY, HOUR};
use serde_json::{Value, json};

/// All channels, those that are asked most more than once.
pub const CHANNELS: [&str; 9] = ["onsite", "onsite", "email", "email", "push", "sms", "phone", "post", "social"];

/// A policy.
pub fn policy(setting: &Setting, dice: &mut Dice) -> Value {
    let count = 1 + dice.below(5);
    let channels: Vec<&str> =
        (0..if setting.gentle { 1 + dice.below(2) } else { 3 }).map(|_| dice.pick(&CHANNELS)).collect();
    let mut campaigns: Vec<Value> = (0..count).map(|index| campaign(setting, index, &channels, dice)).collect();
    // only to later ones: no circles
    for index in 0..campaigns.len().saturating_sub(1) {
        if dice.one_in(4) {
            let later = index as u64 + 1 + dice.below(count - index as u64 - 1);
            campaigns[index]["disposition"] = json!("substitute");
            campaigns[index]["substitute"] = json!(format!("c{later}"));
        }
    }
    let mut limits: Vec<Value> =
        (0..dice.below(4)).map(|index| limit(setting, index, count, &channels, dice)).collect();
    if setting.gentle && dice.one_in(2) {
        // heavy dates ahead, now and then more than are looked at, and too little room for all
        let many = if dice.one_in(30) { 7 + dice.below(4) } else { 1 + dice.below(3) };
        campaigns.extend((0..many).map(|index| dated(index, &channels, dice)));
        let per = dice.pick(&["3d", "7d", "7d", "30d", "60d", "365d", "week", "month", "year"]);
        limits.push(json!({ "id": "room", "max": 1 + dice.below(3), "per": per }));
    }
    let quiet: Vec<Value> =
        (0..dice.below(if setting.gentle { 2 } else { 3 })).map(|_| quiet(setting, &channels, dice)).collect();
    let zone = if dice.one_in(2) { "Europe/Madrid" } else { dice.pick(&RULES).0 };
    let delivery_days =
        dice.pick(&[json!(null), json!({ "ES": 3, "ES-35": 7, "*": 10 }), json!({ "MX": 5 }), json!({ "ES-3": 1 })]);
    let mut policy = json!({
        "querencia": 1,
        "shop": { "name": "Casa Lola", "currency": "EUR", "zone": zone, "locales": ["es", "en"], "deliveryDays": delivery_days },
        "limits": limits, "quietHours": quiet, "campaigns": campaigns,
        "offers": { "ten": { "percent": 10 }, "gift": { "amount": 500, "validFor": "14d", "code": "GIFT" } },
        "messages": {
            "plain": { "es": [{ "body": "Hola" }, { "body": "Buenas" }], "en": [{ "body": "Hello" }], "es-AR": [{ "body": "Che" }] },
            "named": { "en": [{ "body": "Hello {givenName}" }], "es": [{ "body": "Hola {givenName}" }, { "body": "Hola" }] },
            "only-named": { "es": [{ "title": "{givenName}", "body": "Hola {attributes.word}" }, { "body": "Hola {givenName}" }] },
            "order": { "es": [{ "body": "{order.total}" }, { "body": "Gracias, {givenName}" }] },
            "days": { "en": [{ "body": "{daysSince.order} days, {orders.count, plural, one {# order} other {# orders}}" }] },
            "gift": { "es": [{ "body": "{offer.amount} {offer.code} {offer.expires}" }] },
            "ten": { "es": [{ "body": "{offer.percent} {offer.code}" }, { "body": "{offer.percent}" }] },
            "late": { "es": [{ "body": "Tarde, {givenName}" }] },
        },
    });
    if dice.one_in(4) {
        policy["holdout"] = json!({ "share": dice.pick(&[0.5, 0.5, 1.0, 0.0]), "salt": dice.pick(&["s", "t"]) });
    }
    if dice.one_in(2) {
        policy["arbitration"] = json!({ "contacts": 1 + dice.below(3) });
    }
    if dice.one_in(2) {
        policy["segments"] =
            json!({ "vip": condition(dice, Place::Segment, 1), "new": { "tenureDays": { "$lt": 30 } } });
    }
    if dice.one_in(3) {
        policy["tiers"] = json!({ dice.pick(&["known", "advocate"]): condition(dice, Place::Tier, 1) });
    }
    if setting.one_in(2, dice) {
        policy["care"] = care(dice);
    }
    if setting.one_in(2, dice) {
        policy["calm"] = calm(dice);
    }
    policy
}

fn care(dice: &mut Dice) -> Value {
    let mut care = json!({ "replyWithin": dice.pick(&["1h", "24h", "2d"]) });
    if dice.one_in(2) {
        care["coolDown"] = json!(dice.pick(&["1h", "3d", "14d"]));
    }
    if dice.one_in(3) {
        care["backlogBrake"] = json!(dice.pick(&[0, 5, 20]));
    }
    if dice.one_in(3) {
        care["lowScore"] = json!(dice.pick(&[0, 5, 8]));
    }
    care
}

fn calm(dice: &mut Dice) -> Value {
    let mut calm = json!({});
    if !dice.one_in(3) {
        calm["until"] = json!(dice.pick(&["1h", "3d", "7d"]));
    }
    if dice.one_in(2) {
        calm["backOff"] = json!({ "ignored": 1 + dice.below(3), "for": dice.pick(&["20h", "7d", "14d"]) });
    }
    if dice.one_in(3) {
        calm["balance"] = json!({ "promotions": 1 + dice.below(3), "per": dice.pick(&["20h", "7d", "30d", "90d"]) });
    }
    if dice.one_in(2) {
        calm["largeOrder"] = json!({ "percent": dice.pick(&[100, 150, 300]), "for": dice.pick(&["1d", "7d"]) });
    }
    calm
}

fn campaign(setting: &Setting, index: u64, channels: &[&str], dice: &mut Dice) -> Value {
    let kind = match dice.below(14) {
        0..=6 => "announcement",
        7..=8 => "birthday",
        9 => "thankYou",
        10 => "survey",
        11 => "milestone",
        12 => "content",
        _ => "howTo",
    };
    let messages: &[&str] = match kind {
        _ if setting.gentle => &["plain", "plain", "plain", "plain", "named"],
        "thankYou" | "survey" | "content" | "howTo" => &["plain", "named", "order"],
        _ => &["plain", "plain", "plain", "plain", "plain", "named", "only-named", "days"],
    };
    let mut campaign = json!({
        "id": format!("c{index}"), "kind": kind, "channel": dice.pick(channels),
        "message": dice.pick(messages), "weight": dice.below(3),
    });
    if campaign["channel"] == "onsite" || dice.one_in(6) {
        campaign["placement"] = json!(dice.pick(&["home", "home", "top"]));
    }
    match kind {
        "announcement" => announcement(setting, &mut campaign, dice),
        "birthday" => birthday(&mut campaign, dice),
        "milestone" => milestone(&mut campaign, dice),
        _ => {
            if kind != "thankYou" {
                about_orders(&mut campaign, dice);
            }
            if dice.one_in(3) {
                campaign["class"] = json!(dice.pick(&["relational", "transactional", "service"]));
            }
            if dice.one_in(4) {
                campaign["repeat"] = json!(dice.pick(&["1h", "3d", "10d", "never"]));
            }
        }
    }
    if ["announcement", "birthday", "milestone"].contains(&kind) && dice.one_in(3) {
        let offer = dice.pick(&["ten", "gift"]);
        campaign["offer"] = json!(offer);
        if dice.one_in(2) {
            campaign["message"] = json!(offer);
        }
    }
    if setting.one_in(4, dice) {
        campaign["audience"] = condition(dice, Place::Anywhere, 2);
    }
    more(setting, &mut campaign, dice);
    campaign
}

/// One whose date is known beforehand, heavier than what speaks now.
fn dated(index: u64, channels: &[&str], dice: &mut Dice) -> Value {
    let kind = dice.pick(&["birthday", "survey", "milestone"]);
    let mut campaign = json!({ "id": format!("d{index}"), "kind": kind, "channel": dice.pick(channels), "placement": "home",
        "message": "plain", "weight": dice.pick(&[2, 4, 4, 5]), "class": dice.pick(&["relational", "relational", "promotional"]) });
    match kind {
        "birthday" => campaign["lead"] = dice.pick(&[json!(null), json!("1d"), json!("3d")]),
        "milestone" => milestone(&mut campaign, dice),
        _ => about_orders(&mut campaign, dice),
    }
    campaign
}

fn birthday(campaign: &mut Value, dice: &mut Dice) {
    lead_and_grace(campaign, dice);
    if dice.one_in(3) {
        campaign["leapDay"] = json!(dice.pick(&["feb-28", "mar-1"]));
    }
    if dice.one_in(3) {
        campaign["belated"] = json!(dice.pick(&["late", "plain"]));
    }
    if dice.one_in(3) {
        campaign["class"] = json!(dice.pick(&["relational", "promotional", "service"]));
    }
}

fn lead_and_grace(campaign: &mut Value, dice: &mut Dice) {
    let (lead, grace) = dice.pick(&[(0, 0), (1, 0), (3, 7), (70, 30), (150, 149), (0, 40), (299, 0)]);
    if lead > 0 {
        campaign["lead"] = json!(format!("{lead}d"));
    }
    if grace > 0 {
        campaign["grace"] = json!(format!("{grace}d"));
    }
}

fn milestone(campaign: &mut Value, dice: &mut Dice) {
    match dice.below(4) {
        0 => campaign["orders"] = json!(1 + dice.below(3)),
        1 => campaign["spend"] = json!(dice.pick(&[0, 1000, 2000, 4000, 5500])),
        _ => {
            campaign["years"] = json!(true);
            lead_and_grace(campaign, dice);
        }
    }
}

fn about_orders(campaign: &mut Value, dice: &mut Dice) {
    if dice.one_in(2) {
        campaign["after"] = json!(dice.pick(&["0d", "1d", "7d", "14d", "60d"]));
    }
    if dice.one_in(2) {
        campaign["within"] = json!(dice.pick(&["1h", "3d", "7d", "10d", "60d", "400d"]));
    }
    if dice.one_in(8) {
        campaign["families"] = json!([dice.pick(&["cups", "tea"])]);
    }
}

fn announcement(setting: &Setting, campaign: &mut Value, dice: &mut Dice) {
    campaign["class"] = json!(dice.pick(&["relational", "promotional"]));
    if !dice.one_in(4) {
        campaign["repeat"] = json!(dice.pick(&["never", "1h", "20h", "3d", "7d", "60d", "399d", "400d"]));
    }
    if setting.one_in(6, dice) {
        campaign["event"] = json!(dice.pick(&["login", "purchase"]));
    }
    let today = setting.now.div_euclid(DAY);
    if setting.one_in(4, dice) {
        campaign["from"] = json!(date(today + dice.pick(&[-1, 0, 1, 5])));
    }
    if dice.one_in(3) {
        campaign["until"] =
            json!(date(today + dice.pick(&[5, 6, 20, 0, 1, -1]).max(campaign["from"].as_str().map_or(-1, |_| 5))));
    }
}

fn date(days: i64) -> String {
    let date = chrono::NaiveDate::from_epoch_days(i32::try_from(days).unwrap()).unwrap();
    date.to_string()
}

/// What every kind may say.
fn more(setting: &Setting, campaign: &mut Value, dice: &mut Dice) {
    if dice.one_in(3) {
        campaign["disposition"] = json!("digest");
        campaign["placement"] = json!("home");
    } else if dice.one_in(6) {
        campaign["disposition"] = json!(dice.pick(&["defer", "drop"]));
    }
    if dice.one_in(3) {
        campaign["urgent"] = json!(true);
    }
    if setting.one_in(3, dice) {
        campaign["topic"] = json!(dice.pick(&["recipes", "news"]));
    }
    if setting.one_in(4, dice) {
        campaign["relevance"] =
            json!({ "affinity": dice.pick(&["tea", "cups"]), "floor": dice.pick(&[0, 40, 60, 100]) });
    }
}

fn limit(setting: &Setting, index: u64, count: u64, channels: &[&str], dice: &mut Dice) -> Value {
    let per = dice.pick(&["1h", "20h", "24h", "3d", "7d", "7d", "60d", "365d", "day", "week", "month", "year"]);
    let mut limit = json!({ "id": format!("l{index}"), "max": dice.pick(&[1, 1, 1, 1, 2, 2, 2, 3, 3, if setting.gentle { 2 } else { 0 }]), "per": per });
    if dice.one_in(4) {
        limit["tier"] = json!(dice.pick(&["unknown", "known", "advocate"]));
    }
    if dice.one_in(3) {
        limit["class"] = json!(dice.pick(&["relational", "promotional"]));
    }
    if dice.one_in(4) {
        limit["channel"] = json!(dice.pick(channels));
    }
    if dice.one_in(5) {
        limit["campaign"] = json!(format!("c{}", dice.below(count)));
    }
    if dice.one_in(4) {
        limit["when"] = condition(dice, Place::Anywhere, 1);
    }
    if dice.one_in(4) {
        limit["urgent"] = json!(true);
    }
    if dice.one_in(4) {
        limit["ignoredAs"] = json!(1 + dice.below(3));
    }
    limit
}

/// A window, overnight or within the day, some in gaps and folds.
pub fn quiet(setting: &Setting, channels: &[&str], dice: &mut Dice) -> Value {
    let clocks =
        ["00:00", "00:30", "01:00", "02:00", "02:15", "02:30", "03:00", "07:00", "09:00", "21:30", "22:00", "23:59"];
    let from = dice.pick(&clocks);
    let mut to = dice.pick(&clocks);
    if to == from || dice.one_in(8) {
        to = "24:00";
    }
    let mut window = json!({ "from": from, "to": to });
    if dice.one_in(3) {
        window["days"] = json!([dice.pick(&["sat", "sun", "mon"]), dice.pick(&["tue", "fri"])]);
    }
    if dice.one_in(4) {
        window["dates"] = json!([date((setting.now + dice.pick(&[0, DAY, -12 * HOUR])).div_euclid(DAY))]);
    }
    if dice.one_in(2) {
        window["channels"] = json!([dice.pick(channels)]);
    }
    window
}
