//! The tier of a customer: unknown, known or advocate. Good service earns it, an open case takes it away.

use super::Standing;
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::language::words::Tier;
use crate::policy::Tiers;

impl Tiers {
    /// The tier, and until when it holds. A customer without an id or a ledger is unknown.
    pub fn of(&self, standing: &Standing) -> (Tier, Instant) {
        if !standing.recognised {
            return (Tier::Unknown, Instant::NEVER);
        }
        let (advocate, known) = (self.advocate.ask(standing), self.known.ask(standing));
        let tier = match (advocate.holds, known.holds) {
            (true, _) => Tier::Advocate,
            (_, true) => Tier::Known,
            _ => Tier::Unknown,
        };
        (tier, advocate.until.min(known.until))
    }

    /// The facts that made the tier.
    pub fn because(&self, standing: &Standing) -> Vec<Tree> {
        if !standing.recognised {
            return vec![Tree::from([("code", "not-recognised".into())])];
        }
        let condition = if standing.tier == Tier::Advocate { &self.advocate } else { &self.known };
        let mut because = Vec::new();
        condition.each_fact(&mut |path| {
            because.push(Tree::from([("fact", path.name().into()), ("value", standing.fact(path).tree.into_owned())]));
        });
        because
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

    use crate::{Engine, Tree};
    use serde_json::{Value, json};

    fn tree(value: Value) -> Tree {
        serde_json::from_value(value).unwrap()
    }

    /// The tier of a customer, and the reasons for it that are told.
    fn told(customer: Value) -> Value {
        let engine = Engine::new(tree(json!({ "querencia": 1,
            "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
            "tiers": { "known": { "orders.good": { "$gte": 1 } }, "advocate": { "ratings.last": { "$gte": 9 } } },
            "campaigns": [], "messages": {} })))
        .unwrap();
        let decision =
            engine.decide(tree(json!({ "now": "2026-10-12T10:00:00Z", "customer": customer, "ledger": [] }))).unwrap();
        let standing = serde_json::to_value(&decision).unwrap()["standing"].take();
        let because = standing["because"].as_array().unwrap();
        let of_tier: Vec<&Value> =
            because.iter().filter(|reason| reason.get("phase").is_none_or(Value::is_null)).collect();
        json!([standing["tier"], of_tier])
    }

    #[test]
    fn the_facts_that_made_the_tier_are_told() {
        let order = json!({ "id": "o-1", "at": "2026-10-01T10:00:00Z", "deliveredAt": "2026-10-03T10:00:00Z" });
        let rating = json!({ "score": 10, "at": "2026-10-05T10:00:00Z" });
        assert_eq!(told(json!({})), json!(["unknown", [{ "code": "not-recognised" }]]));
        let known = told(json!({ "id": "ana", "orders": [order] }));
        assert_eq!(known, json!(["known", [{ "fact": "orders.good", "value": 1 }]]));
        let advocate = told(json!({ "id": "ana", "orders": [order], "ratings": [rating] }));
        assert_eq!(advocate, json!(["advocate", [{ "fact": "ratings.last", "value": 10 }]]));
    }
}
