//! The customer as conditions see them: the tier, and each fact by its name.

use crate::condition::{dig, holds, locale_as_compared};
use crate::context::Context;
use crate::ledger::how_warm;
use crate::occasions::others;
use crate::read::{Conversation, Item, instant};
use crate::time::{DAY, parse_duration};
use serde_json::{Value, json};

impl Context<'_> {
    /// `unknown` without an id or a ledger; else the first of `advocate` and `known` whose condition holds.
    pub(crate) fn find_tier(&self) -> &'static str {
        if self.input.request["customer"]["id"].is_null() || self.input.request["ledger"].is_null() {
            return "unknown";
        }
        let tiers = &self.input.policy["tiers"];
        let known = json!({ "orders.good": { "$gte": 1 }, "cases.open": 0 });
        let advocate = json!({ "orders.good": { "$gte": 3 }, "cases.open": 0, "promoter": true,
            "daysSince.case": { "$not": { "$lt": 30 } } });
        let is = |name: &str, default: Value| {
            let condition = if tiers[name].is_null() { default } else { tiers[name].clone() };
            self.holds(&condition)
        };
        if is("advocate", advocate) {
            "advocate"
        } else if is("known", known) {
            "known"
        } else {
            "unknown"
        }
    }

    /// The phase of the customer: the first that holds.
    pub fn phase(&self) -> &'static str {
        self.memo().phase.get_or_init(|| self.find_phase())
    }

    fn find_phase(&self) -> &'static str {
        let phases = &self.input.policy["phases"];
        let last_order = self.orders().iter().filter_map(|order| order.at).max();
        let lapsed_after = phases["lapsedAfter"].as_str().and_then(parse_duration).unwrap_or(365 * DAY);
        let good = self.good_orders() as u64;
        if self.open_cases() > 0 || self.all_open_incidents() > 0 || self.is_disappointed() || self.is_settling() {
            "letdown"
        } else if last_order.is_some_and(|at| at + lapsed_after <= self.facts_now()) {
            "lapsed"
        } else if good >= phases["goodOrders"].as_u64().unwrap_or(3)
            && self.last_rating().is_some_and(|score| score >= 9.0)
        {
            "identification"
        } else if good >= 1 {
            "trust"
        } else {
            "illusion"
        }
    }

    /// Whether the latest rating is 6 or less, and no order was delivered after it.
    fn is_disappointed(&self) -> bool {
        let ratings = self.ratings();
        let Some(last) = ratings.into_iter().max_by_key(|one| one.at) else { return false };
        let delivered = self.orders().into_iter().filter_map(|order| self.delivered(order)).max();
        // a complaint about that order, or about none, that was solved since
        let solved = |one: &&Conversation| {
            let is_about = one.order.is_none() || last.order.is_none() || one.order == last.order;
            one.is_complaint && is_about && self.is_settled(one, one.solved_at) && one.solved_at >= last.at
        };
        last.score <= 6.0 && delivered <= last.at && !self.conversations().iter().any(solved)
    }

    /// With `phases.settle`: whether the latest delivery is less than that ago, and no rating of 7 or more was given after it.
    fn is_settling(&self) -> bool {
        let Some(settle) = self.input.policy["phases"]["settle"].as_str().and_then(parse_duration) else {
            return false;
        };
        let latest = self.orders().into_iter().filter_map(|order| self.delivered(order)).max();
        latest.is_some_and(|latest| {
            let rated = self.ratings().iter().any(|rating| rating.score >= 7.0 && rating.at > Some(latest));
            self.facts_now() < latest + settle && !rated
        })
    }

    /// Whether a condition holds for this customer.
    pub fn holds(&self, condition: &Value) -> bool {
        holds(condition, &|path| self.fact(path))
    }

    /// A fact by its name; null if it is unknown.
    pub fn fact(&self, path: &str) -> Value {
        let customer = &self.input.request["customer"];
        let sum = |amounts: Vec<i64>| exact(&amounts).map_or(Value::Null, |sum| json!(sum));
        match path {
            "tier" => json!(self.tier()),
            "phase" => json!(self.phase()),
            "orders.cadence" => others::cadence(self).map_or(Value::Null, |cadence| json!(cadence / DAY)),
            "locale" => customer["locale"].as_str().map_or(Value::Null, |locale| json!(locale_as_compared(locale))),
            "language" => customer["locale"]
                .as_str()
                .map_or(Value::Null, |locale| json!(locale.split('-').next().unwrap().to_lowercase())),
            "country" => {
                customer["destination"]["country"].as_str().map_or(Value::Null, |code| json!(code.to_uppercase()))
            }
            "postcode" => customer["destination"][path].clone(),
            "tenureDays" => self.days_since(instant(customer, "since")),
            "promoter" => json!(self.last_rating().is_some_and(|score| score >= 9.0)),
            "segments" => self.segments(),
            "orders.count" => json!(self.orders().len()),
            "orders.good" => json!(self.good_orders()),
            "orders.returned" => {
                json!(self.orders().iter().filter(|order| self.was_returned(order)).count())
            }
            "orders.value" => sum(self.totals()),
            "orders.average" => {
                average(&self.orders().iter().map(|order| order.total.unwrap_or(0)).collect::<Vec<_>>())
            }
            "orders.margin" => {
                let margins: Vec<i64> = self.orders().iter().filter_map(|order| order.margin).collect();
                if margins.is_empty() { Value::Null } else { sum(margins) }
            }
            "daysSince.firstOrder" => self.days_since(self.orders().iter().filter_map(|order| order.at).min()),
            "daysSince.order" => self.days_since(self.orders().iter().filter_map(|order| order.at).max()),
            "daysSince.delivery" => {
                self.days_since(self.orders().into_iter().filter_map(|order| self.delivered(order)).max())
            }
            "daysSince.case" => self.days_since(self.last_case()),
            "daysSince.contact" => self.days_since(self.last_contact()),
            "families" => self.bought(|item| item.family.as_deref()),
            "skus" => self.bought(|item| item.sku.as_deref()),
            "cases.open" => json!(self.open_cases()),
            "conversations.unanswered" => json!(self.unanswered().len()),
            "ratings.last" => self.last_rating().map_or(Value::Null, |score| json!(score)),
            "ratings.count" => json!(self.ratings().len()),
            "ratings.average" => average(&self.ratings().iter().map(|one| one.score as i64).collect::<Vec<_>>()),
            _ => match path.strip_prefix("contacts.").and_then(|rest| rest.rsplit_once('.')) {
                Some((campaign, what)) => self.contacts(campaign, what),
                None => self.given(path),
            },
        }
    }

    /// What a campaign has said: how often, how many days ago, and what the customer did with its latest contact.
    fn contacts(&self, campaign: &str, what: &str) -> Value {
        if self.input.request["ledger"].is_null() {
            return Value::Null;
        }
        let (now, ledger) = self.frozen.unwrap_or((self.now, self.ledger));
        let own: Vec<_> = ledger.iter().filter(|one| one.campaign == campaign && one.counts(now)).collect();
        let last = own.iter().map(|one| one.dated()).max();
        match what {
            "count" => json!(own.len()),
            "daysSince" => self.days_since(last.map(|at| at.min(now))),
            // of several at one instant the warmest
            _ => {
                let latest = own.iter().filter(|one| Some(one.dated()) == last);
                let reaction = latest.filter_map(|one| one.reaction.as_ref()).max_by_key(|one| how_warm(one));
                json!(reaction)
            }
        }
    }

    /// A fact that stands in the request as it is, for example `attributes.plan`. The cart is hidden when consent to it
    /// is withdrawn, forms until consent is given.
    fn given(&self, path: &str) -> Value {
        let customer = &self.input.request["customer"];
        let (section, rest) = path.split_once('.').unwrap_or((path, ""));
        let consent = &customer["consent"][section];
        if (section == "cart" && consent == &json!(false)) || (section == "forms" && consent != &json!(true)) {
            return Value::Null;
        }
        let whole = match section {
            "event" => &self.input.request["event"],
            "cart" | "consent" | "affinity" | "attributes" | "forms" => &customer[section],
            _ => panic!("the model does not know the fact `{path}`: add it to tests/model/src/facts.rs"),
        };
        if rest.is_empty() { whole.clone() } else { dig(whole, rest) }
    }

    fn totals(&self) -> Vec<i64> {
        self.orders().iter().filter_map(|order| order.total).collect()
    }

    fn last_rating(&self) -> Option<f64> {
        self.ratings().into_iter().max_by_key(|one| one.at).map(|one| one.score)
    }

    /// Whole periods of 24 hours since an instant.
    fn days_since(&self, at: Option<i64>) -> Value {
        match at {
            Some(at) if at <= self.facts_now() => json!((self.facts_now() - at) / DAY),
            _ => Value::Null,
        }
    }

    /// The date of the last contact that counts.
    fn last_contact(&self) -> Option<i64> {
        let (now, ledger) = self.frozen.unwrap_or((self.now, self.ledger));
        ledger.iter().filter(|record| record.counts(now)).map(|record| record.as_of(now)).max()
    }

    /// The families or skus of all orders, sorted, each once.
    fn bought(&self, what: impl Fn(&Item) -> Option<&str>) -> Value {
        let orders = self.orders();
        let mut names: Vec<&str> = orders.iter().flat_map(|order| &order.items).filter_map(what).collect();
        names.sort_unstable();
        names.dedup();
        json!(names)
    }

    /// The names of the segments whose condition holds.
    fn segments(&self) -> Value {
        let segments = self.input.policy["segments"].as_object().into_iter().flatten();
        segments.filter(|(_, condition)| self.holds(condition)).map(|(name, _)| json!(name)).collect()
    }
}

fn average(numbers: &[i64]) -> Value {
    if numbers.is_empty() {
        return Value::Null;
    }
    exact(numbers).map_or(Value::Null, |sum| json!(sum as f64 / numbers.len() as f64))
}

/// A sum, if JSON can write it exactly.
fn exact(numbers: &[i64]) -> Option<i64> {
    let sum: i128 = numbers.iter().map(|number| i128::from(*number)).sum();
    i64::try_from(sum).ok().filter(|sum| sum.unsigned_abs() < 1 << 53)
}
