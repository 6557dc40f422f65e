//! Campaigns of seven kinds.

use super::condition::{Scope, condition};
use super::{CaseProfile, Rng};
use crate::time::DAY;
use serde_json::{Value, json};

/// A random campaign.
pub fn campaign(profile: &CaseProfile, index: u64, channels: &[&str], rng: &mut Rng) -> Value {
    let kind = match rng.below(16) {
        0..=6 => "announcement",
        7..=8 => "birthday",
        9..=11 => "thankYou",
        12 => "survey",
        13 => "milestone",
        14 => "content",
        _ => "howTo",
    };
    let messages: &[&str] = match kind {
        _ if profile.few_refusals => &["plain", "plain", "plain", "plain", "named"],
        "thankYou" | "survey" | "content" | "howTo" => &["plain", "named", "order"],
        _ => &["plain", "plain", "plain", "plain", "plain", "named", "only-named", "days"],
    };
    let mut campaign = json!({
        "id": format!("c{index}"), "kind": kind, "channel": rng.pick(channels),
        "message": rng.pick(messages), "weight": rng.below(3),
    });
    if campaign["channel"] == "onsite" || rng.one_in(6) {
        campaign["placement"] = json!(rng.pick(&["home", "home", "top"]));
    }
    match kind {
        "announcement" => announcement(profile, &mut campaign, rng),
        "birthday" => birthday(&mut campaign, rng),
        "milestone" => milestone(&mut campaign, rng),
        _ => {
            if kind != "thankYou" {
                after_and_within(&mut campaign, rng);
            }
            if rng.one_in(3) {
                let other = if kind == "thankYou" { "service" } else { "promotional" };
                campaign["class"] = json!(rng.pick(&["relational", other]));
            }
            if rng.one_in(4) {
                campaign["repeat"] = json!(rng.pick(&["1h", "3d", "10d", "never"]));
            }
        }
    }
    if ["announcement", "birthday", "milestone"].contains(&kind) && rng.one_in(3) {
        let offer = rng.pick(&["ten", "gift"]);
        campaign["offer"] = json!(offer);
        if rng.one_in(2) {
            campaign["message"] = json!(offer);
        }
    }
    if profile.one_in(4, rng) {
        campaign["audience"] = condition(rng, Scope::Anywhere, 2);
    }
    common_fields(profile, &mut campaign, rng);
    campaign
}

/// A campaign whose date is known in advance, with a higher weight than most.
pub fn dated_campaign(index: u64, channels: &[&str], rng: &mut Rng) -> Value {
    let kind = rng.pick(&["birthday", "survey", "milestone"]);
    let mut campaign = json!({ "id": format!("d{index}"), "kind": kind, "channel": rng.pick(channels), "placement": "home",
        "message": "plain", "weight": rng.pick(&[2, 4, 4, 5]), "class": rng.pick(&["relational", "relational", "promotional"]) });
    match kind {
        "birthday" => campaign["lead"] = rng.pick(&[json!(null), json!("1d"), json!("3d")]),
        "milestone" => milestone(&mut campaign, rng),
        _ => after_and_within(&mut campaign, rng),
    }
    campaign
}

fn birthday(campaign: &mut Value, rng: &mut Rng) {
    lead_and_grace(campaign, rng);
    if rng.one_in(3) {
        campaign["leapDay"] = json!(rng.pick(&["feb-28", "mar-1"]));
    }
    if rng.one_in(3) {
        campaign["belated"] = json!(rng.pick(&["late", "plain"]));
    }
    if rng.one_in(3) {
        campaign["class"] = json!(rng.pick(&["relational", "promotional"]));
    }
    if rng.one_in(3) {
        campaign["early"] = json!(rng.pick(&["late", "plain"]));
    }
}

/// An announcement with a window of days, for a market. Some begin later, some have no end, some are launches: heavy and short.
pub fn market_campaign(profile: &CaseProfile, index: u64, channels: &[&str], rng: &mut Rng) -> Value {
    let today = profile.now.div_euclid(DAY);
    let begins = today + rng.pick(&[-3, -1, 0, 0, 0, 0, 1, 2, 5, 9, 20]);
    let mut campaign = json!({
        "id": format!("m{index}"), "kind": "announcement", "channel": rng.pick(channels), "placement": rng.pick(&["home", "home", "home", "top"]),
        "message": "plain", "weight": rng.pick(&[0, 1, 1, 2, 3, 9]), "from": date_text(begins),
        "class": rng.pick(&["relational", "promotional", "promotional"]),
    });
    if rng.one_in(8) {
        campaign["from"] = json!(null);
    }
    if !rng.one_in(4) {
        campaign["until"] = json!(date_text((begins + rng.pick(&[0, 1, 2, 4, 6, 7, 10, 14, 30])).max(today)));
    }
    if rng.one_in(4) {
        campaign["repeat"] = json!(rng.pick(&["3d", "7d", "20d"]));
    }
    if rng.one_in(5) {
        campaign["offer"] = json!(rng.pick(&["ten", "gift"]));
    }
    if rng.one_in(10) {
        campaign["event"] = json!(rng.pick(&["login", "purchase"]));
    }
    if rng.one_in(5) {
        campaign["disposition"] = json!("digest");
    }
    campaign
}

fn lead_and_grace(campaign: &mut Value, rng: &mut Rng) {
    let (lead, grace) = rng.pick(&[(0, 0), (1, 0), (3, 7), (70, 30), (150, 149), (0, 40), (299, 0)]);
    if lead > 0 {
        campaign["lead"] = json!(format!("{lead}d"));
    }
    if grace > 0 {
        campaign["grace"] = json!(format!("{grace}d"));
    }
}

fn milestone(campaign: &mut Value, rng: &mut Rng) {
    match rng.below(4) {
        0 => campaign["orders"] = json!(1 + rng.below(3)),
        1 => campaign["spend"] = json!(rng.pick(&[0, 1000, 2000, 4000, 5500])),
        _ => {
            campaign["years"] = json!(true);
            lead_and_grace(campaign, rng);
        }
    }
}

fn after_and_within(campaign: &mut Value, rng: &mut Rng) {
    if rng.one_in(2) {
        campaign["after"] = json!(rng.pick(&["0d", "1d", "7d", "14d", "60d"]));
    }
    if rng.one_in(2) {
        campaign["within"] = json!(rng.pick(&["1h", "3d", "7d", "10d", "60d", "400d"]));
    }
    if rng.one_in(8) {
        campaign["families"] = json!([rng.pick(&["cups", "tea"])]);
    }
}

fn announcement(profile: &CaseProfile, campaign: &mut Value, rng: &mut Rng) {
    campaign["class"] = json!(rng.pick(&["relational", "promotional"]));
    if !rng.one_in(4) {
        campaign["repeat"] = json!(rng.pick(&["never", "1h", "20h", "3d", "7d", "60d", "399d", "400d"]));
    }
    if profile.one_in(6, rng) {
        campaign["event"] = json!(rng.pick(&["login", "purchase"]));
    }
    let today = profile.now.div_euclid(DAY);
    if profile.one_in(4, rng) {
        campaign["from"] = json!(date_text(today + rng.pick(&[-1, 0, 1, 5])));
    }
    if rng.one_in(3) {
        campaign["until"] =
            json!(date_text(today + rng.pick(&[5, 6, 20, 0, 1, -1]).max(campaign["from"].as_str().map_or(-1, |_| 5))));
    }
}

/// A civil date such as `2026-12-25`.
pub fn date_text(days: i64) -> String {
    let date = chrono::NaiveDate::from_epoch_days(i32::try_from(days).unwrap()).unwrap();
    date.to_string()
}

/// The fields that every kind can have.
fn common_fields(profile: &CaseProfile, campaign: &mut Value, rng: &mut Rng) {
    if rng.one_in(3) {
        campaign["disposition"] = json!("digest");
        campaign["placement"] = json!("home");
    } else if rng.one_in(6) {
        campaign["disposition"] = json!(rng.pick(&["defer", "drop"]));
    }
    if rng.one_in(3) {
        campaign["urgent"] = json!(true);
    }
    if rng.one_in(20) {
        campaign["paused"] = json!(rng.one_in(2));
    }
    if profile.one_in(3, rng) {
        campaign["topic"] = json!(rng.pick(&["recipes", "news"]));
    }
    if profile.one_in(4, rng) {
        campaign["relevance"] = json!({ "affinity": rng.pick(&["tea", "cups"]), "floor": rng.pick(&[0, 40, 60, 100]) });
    }
}
