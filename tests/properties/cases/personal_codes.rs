//! Personal codes: not issued yet, issued for this contact or for another, expired or not.

use super::Rng;
use serde_json::{Value, json};

/// In some cases: makes the offer need a personal code, and gives most of those customers one.
pub fn add(policy: &mut Value, request: &mut Value, rng: &mut Rng) {
    if !rng.one_in(3) {
        return;
    }
    policy["offers"]["ten"]["personal"] = json!(true);
    policy["offers"]["ten"]["validFor"] = json!("7d");
    policy["messages"]["coded"] = json!({ "es": [{ "body": "{offer.code} {offer.expires}" }] });
    // with a substitute, the end of the code is when the other campaign may speak
    for (index, campaign) in policy["campaigns"].as_array_mut().unwrap().iter_mut().enumerate() {
        if campaign.get("offer").is_some() && rng.one_in(2) {
            campaign["message"] = json!("coded");
        }
        if campaign.get("offer").is_some() && index > 0 && rng.one_in(2) {
            campaign["disposition"] = json!("substitute");
            campaign["substitute"] = json!(format!("c{}", rng.below(index as u64)));
        }
    }
    let mut code = json!({ "code": "ANA-10" });
    if rng.one_in(2) {
        code["expiresAt"] = json!(rng.instant(-1, 20));
    }
    if rng.one_in(2) {
        let last_contact = request["ledger"][0]["at"].as_i64().map(|at| at.to_string());
        let occurrence = rng.pick(&["0".to_owned(), "2026".to_owned(), last_contact.unwrap_or_default()]);
        let customer = request["customer"]["id"].as_str().unwrap_or_default();
        code["contact"] =
            json!(contact_id(&[&format!("c{}", rng.below(2)), customer, &occurrence, rng.pick(&["0", "0", "1"])]));
    }
    if !rng.one_in(4) {
        request["customer"]["codes"] = json!({ "ten": code });
    }
}

/// The id that the engine gives a contact: FNV-1a of 128 bits over its parts.
fn contact_id(parts: &[&str]) -> String {
    let step = |hash: u128, byte: u8| (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013B);
    format!("{:032x}", parts.join("\0").bytes().fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d, step))
}
