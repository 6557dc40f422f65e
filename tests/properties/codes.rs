//! Codes of the customer's own: still to come, this contact's or another's, over or not.

use super::cases::Dice;
use serde_json::{Value, json};

/// Lets the offer need a code, and gives some customers one.
pub fn add(policy: &mut Value, request: &mut Value, dice: &mut Dice) {
    if !dice.one_in(3) {
        return;
    }
    policy["offers"]["ten"]["personal"] = json!(true);
    policy["offers"]["ten"]["validFor"] = json!("7d");
    policy["messages"]["coded"] = json!({ "es": [{ "body": "{offer.code} {offer.expires}" }] });
    for campaign in policy["campaigns"].as_array_mut().unwrap() {
        if campaign.get("offer").is_some() && dice.one_in(2) {
            campaign["message"] = json!("coded");
        }
    }
    let mut code = json!({ "code": "ANA-10" });
    if dice.one_in(2) {
        code["expiresAt"] = json!(dice.instant(-1, 20));
    }
    if dice.one_in(2) {
        let spoken = request["ledger"][0]["at"].as_i64().map(|at| at.to_string());
        let occurrence = dice.pick(&["0".to_owned(), "2026".to_owned(), spoken.unwrap_or_default()]);
        let customer = request["customer"]["id"].as_str().unwrap_or_default();
        code["contact"] =
            json!(id(&[&format!("c{}", dice.below(2)), customer, &occurrence, dice.pick(&["0", "0", "1"])]));
    }
    if !dice.one_in(4) {
        request["customer"]["codes"] = json!({ "ten": code });
    }
}

/// As a contact's.
fn id(parts: &[&str]) -> String {
    let step = |hash: u128, byte: u8| (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013B);
    format!("{:032x}", parts.join("\0").bytes().fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d, step))
}
