//! A story: some time in a customer's life, decided day by day. Each contact counts as delivered on the days after it.

use super::{Engine, tree};
use serde_json::{Value, json};

const DAY: i64 = 86_400_000;

/// Whether a story holds: on the days it lists, the campaigns it names speak; on all other days none does.
pub fn replay(engine: &Engine, request: &Value, story: &Value) -> Result<(), String> {
    let (mut request, mut ledger) = (request.clone(), Vec::new());
    let at = story["at"].as_str().unwrap();
    let instant = |date: &Value| format!("{}T{at}:00Z", date.as_str().unwrap());
    let (first, last) = (milliseconds(&instant(&story["from"])), milliseconds(&instant(&story["to"])));
    let mut days_seen = 0;
    for now in (first..=last).step_by(usize::try_from(DAY).unwrap()) {
        let date = chrono::DateTime::from_timestamp_millis(now).unwrap().date_naive().to_string();
        let day = story["days"].get(&date).unwrap_or(&Value::Null);
        days_seen += usize::from(!day.is_null());
        merge(&mut request["customer"], &day["customer"]);
        request["now"] = json!(now);
        request["event"] = day["event"].clone();
        request["ledger"] = json!(ledger);
        let decision = engine.decide(tree(&request)).map_err(|problems| format!("{date}: {problems:?}"))?;
        let speaking: Vec<&str> = decision.contacts.iter().map(|contact| contact.campaign.as_str()).collect();
        let expected: Vec<&str> =
            day["says"].as_array().into_iter().flatten().map(|campaign| campaign.as_str().unwrap()).collect();
        if speaking != expected || !decision.ghosts.is_empty() {
            let refused: Vec<String> =
                decision.refused.iter().map(|refusal| format!("{} {}", refusal.campaign, refusal.code)).collect();
            return Err(format!("{date}: {speaking:?} speak, expected {expected:?}; refused: {}", refused.join(", ")));
        }
        if day["phase"].as_str().is_some_and(|phase| phase != decision.phase.word()) {
            return Err(format!("{date}: the phase is {}", decision.phase.word()));
        }
        ledger.extend(decision.contacts.iter().map(|contact| {
            json!({ "id": contact.id, "campaign": contact.campaign, "class": contact.class.word(), "channel": contact.channel.word(),
                    "placement": contact.placement, "at": now, "state": "delivered", "occurrence": contact.occurrence,
                    "offer": contact.offer, "variant": contact.message.variant, "urgent": contact.urgent, "digest": contact.digest })
        }));
    }
    let days = story["days"].as_object().unwrap().len();
    if days_seen == days { Ok(()) } else { Err(format!("{} of {days} days lie outside the story", days - days_seen)) }
}

fn milliseconds(instant: &str) -> i64 {
    chrono::DateTime::parse_from_rfc3339(instant).unwrap().timestamp_millis()
}

/// Merges what becomes known: lists grow by id, any other field is replaced.
fn merge(customer: &mut Value, patch: &Value) {
    for (key, value) in patch.as_object().into_iter().flatten() {
        let Some(elements) = value.as_array() else {
            customer[key] = value.clone();
            continue;
        };
        if customer[key].is_null() {
            customer[key] = json!([]);
        }
        let list = customer[key].as_array_mut().unwrap();
        for element in elements {
            let same = |known: &&mut Value| !element["id"].is_null() && known["id"] == element["id"];
            match list.iter_mut().find(same) {
                Some(known) => {
                    for (field, value) in element.as_object().unwrap() {
                        known[field] = value.clone();
                    }
                }
                None => list.push(element.clone()),
            }
        }
    }
}
