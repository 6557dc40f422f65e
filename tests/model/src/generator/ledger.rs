//! Records of the ledger.

use super::policy::CHANNELS;
use super::{CaseProfile, Rng};
use crate::time::{DAY, HOUR, MINUTE, year};
use serde_json::{Value, json};

/// A random record, mostly of a campaign of the policy. Some share an id: they are copies of one record.
pub fn record(profile: &CaseProfile, policy: &Value, index: u64, rng: &mut Rng) -> Value {
    let campaigns = policy["campaigns"].as_array().unwrap();
    let campaign = rng.pick(campaigns);
    let at = profile.date(rng);
    let mut record = json!({
        "id": format!("r{}", if rng.one_in(6) { rng.below(index + 1) } else { index }),
        "campaign": if rng.one_in(4) { json!("old") } else { campaign["id"].clone() },
        "class": rng.pick(&["transactional", "service", "relational", "promotional", "promotional"]),
        "channel": if rng.one_in(4) { json!(rng.pick(&CHANNELS)) } else { campaign["channel"].clone() },
        "at": at,
        "state": rng.pick(&["ghost", "reserved", "released", "armed", "delivered", "delivered", "delivered"]),
    });
    if rng.one_in(2) {
        let this_year = year(profile.now.div_euclid(DAY));
        let years = [this_year.to_string(), (this_year + 1).to_string(), (this_year - 1).to_string()];
        record["occurrence"] = match campaign["kind"].as_str().unwrap() {
            "milestone" if campaign["orders"].is_u64() => json!(format!("orders-{}", campaign["orders"])),
            "milestone" if campaign["spend"].is_u64() => json!(format!("spend-{}", campaign["spend"])),
            "birthday" | "milestone" => json!(rng.pick(&years)),
            "announcement" => json!("0"),
            _ => json!(rng.pick(&["o0", "o0", "o1", "o2", "bought"])),
        };
    }
    if campaign["offer"].is_string() && !rng.one_in(4) {
        record["offer"] = campaign["offer"].clone();
    } else if rng.one_in(6) {
        // the campaign gave another offer once
        record["offer"] = json!(rng.pick(&["ten", "gift", "gone"]));
    }
    if rng.one_in(6) {
        record["state"] = json!("failed");
    }
    if record["state"] == "reserved" && rng.one_in(2) {
        record["leaseUntil"] =
            json!(if rng.one_in(2) { profile.date(rng) } else { profile.now + rng.pick(&[0, 1, HOUR, DAY]) });
    }
    if rng.one_in(4) {
        record["seenAt"] = json!(profile.past(rng) + rng.pick(&[0, 0, 2 * MINUTE]));
    }
    if campaign["placement"].is_string() && !rng.one_in(4) {
        record["placement"] = campaign["placement"].clone();
    }
    if rng.one_in(3) {
        record["variant"] = json!(rng.below(2));
    }
    if rng.one_in(3) {
        record["reaction"] = json!(rng.pick(&["dismissed", "clicked", "converted"]));
    }
    if rng.one_in(3) {
        record["urgent"] = json!(true);
    }
    if rng.one_in(5) {
        record["digest"] = json!(format!("r{}", rng.below(index + 1)));
    }
    record
}
