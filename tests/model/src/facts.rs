//! A look at the customer at one instant: the facts, the tier, the segments. What is dated after that instant has not happened.

use crate::condition::{dig, holds};
use crate::ledger::Record;
use crate::read::{Conversation, Incident, Item, Order, Rating, World, instant};
use crate::time::DAY;
use serde_json::{Value, json};

/// The world at an instant. For foresight the facts are frozen: what has happened, and what conditions ask, is as of an earlier
/// instant and ledger, while clocks run on.
pub struct Look<'a> {
    /// Policy and request.
    pub world: &'a World,
    /// What the clocks say.
    pub now: i64,
    /// What was said.
    pub ledger: &'a [Record],
    /// Absent: facts are as of `now` and `ledger`.
    pub frozen: Option<(i64, &'a [Record])>,
}

impl<'a> Look<'a> {
    /// Nothing frozen.
    pub fn at(world: &'a World, now: i64, ledger: &'a [Record]) -> Look<'a> {
        Look { world, now, ledger, frozen: None }
    }

    /// The instant as of which facts are told.
    pub fn facts_now(&self) -> i64 {
        self.frozen.map_or(self.now, |frozen| frozen.0)
    }

    /// Whether something dated has happened.
    pub fn happened(&self, at: Option<i64>) -> bool {
        at.is_some_and(|at| at <= self.facts_now())
    }

    /// Orders that were placed and not cancelled.
    pub fn orders(&self) -> Vec<&'a Order> {
        let placed = |order: &&Order| order.at.is_none() || self.happened(order.at);
        self.world.orders.iter().filter(placed).filter(|order| !self.happened(order.cancelled_at)).collect()
    }

    /// Its own delivery; where there is none, the last of its items', if all have one.
    pub fn delivered(&self, order: &Order) -> Option<i64> {
        let whole = order.delivered_at.filter(|at| *at <= self.facts_now());
        let parts: Option<Vec<i64>> = order.items.iter().map(|item| item.delivered_at).collect();
        let last = parts.unwrap_or_default().into_iter().max();
        whole.or(last.filter(|at| *at <= self.facts_now()))
    }

    /// As a whole, or article by article.
    pub fn was_returned(&self, order: &Order) -> bool {
        let each = order.items.iter().all(|item| self.happened(item.returned_at));
        self.happened(order.returned_at) || (!order.items.is_empty() && each)
    }

    /// Returned or refunded.
    pub fn came_back(&self, order: &Order) -> bool {
        self.was_returned(order) || self.happened(order.refunded_at)
    }

    /// Incidents of an order that are not resolved.
    pub fn open_incidents(&self, order: &Order) -> usize {
        let began = |one: &&Incident| one.at.is_none() || self.happened(one.at);
        let is_open = |one: &&Incident| !self.happened(one.resolved_at);
        order.incidents.iter().filter(began).filter(is_open).count()
    }

    /// Conversations that began.
    pub fn conversations(&self) -> Vec<&'a Conversation> {
        self.world.conversations.iter().filter(|one| one.at.is_none() || self.happened(one.at)).collect()
    }

    /// Complaints that are not solved, and low scores that none of them speaks of.
    pub fn open_cases(&self) -> usize {
        let complaints = self.conversations().into_iter().filter(|one| one.is_complaint);
        complaints.filter(|one| !self.is_done(one, one.solved_at)).count() + self.low_scores().len()
    }

    /// Ratings so low that they are cases of their own: the latest of each order and article, ratings without an order being of one;
    /// for 90 days.
    pub fn low_scores(&self) -> Vec<&'a Rating> {
        let Some(most) = self.world.policy["care"]["lowScore"].as_f64() else { return vec![] };
        let ratings = self.ratings();
        let is_latest = |one: &&&Rating| {
            let of_order = ratings.iter().filter(|other| other.order == one.order && other.sku == one.sku);
            of_order.map(|other| other.at).max() == Some(one.at)
        };
        let is_fresh = |one: &&&Rating| one.at.is_none_or(|at| self.facts_now() < at + 90 * DAY);
        let latest = ratings.iter().filter(is_latest).filter(is_fresh).filter(|one| one.score <= most);
        latest.filter(|one| !self.conversations().iter().any(|other| self.stands_for(other, one))).copied().collect()
    }

    /// A complaint about the order, unsolved or solved since the rating; where one of both names no order, one made since.
    fn stands_for(&self, one: &Conversation, rating: &Rating) -> bool {
        let names_both = one.order.is_some() && rating.order.is_some();
        let is_about = if names_both { one.order == rating.order } else { one.at >= rating.at };
        let unsolved = !self.is_done(one, one.solved_at);
        one.is_complaint && is_about && (unsolved || one.solved_at >= rating.at)
    }

    /// Whether it was answered, or solved, at an instant, and the customer has not written again.
    pub fn is_done(&self, one: &Conversation, done: Option<i64>) -> bool {
        let wrote_again = self.happened(one.reopened_at) && one.reopened_at > done;
        self.happened(done) && !wrote_again
    }

    /// Since when a conversation that nobody answered waits.
    pub fn waits_since(&self, one: &Conversation) -> Option<i64> {
        let after = |done: Option<i64>| done.is_some() && done < one.reopened_at;
        let again = self.happened(one.reopened_at) && (after(one.answered_at) || after(one.solved_at));
        if again { one.reopened_at } else { one.at }
    }

    /// Conversations that are neither answered nor solved.
    pub fn unanswered(&self) -> Vec<&'a Conversation> {
        let ended = |one: &Conversation| self.is_done(one, one.answered_at) || self.is_done(one, one.solved_at);
        self.conversations().into_iter().filter(|one| !ended(one)).collect()
    }

    /// Delivered, not returned or refunded, after the last complaint.
    pub fn good_orders(&self) -> usize {
        let complaints = self.conversations().into_iter().filter(|one| one.is_complaint);
        let last = complaints.filter_map(|one| one.at).max();
        self.orders()
            .iter()
            .filter(|order| !self.came_back(order))
            .filter(|order| self.delivered(order).is_some_and(|at| Some(at) > last))
            .count()
    }

    /// Without an id or a ledger: unknown. Advocate is tried first, then known.
    pub fn tier(&self) -> &'static str {
        if self.world.request["customer"]["id"].is_null() || self.world.request["ledger"].is_null() {
            return "unknown";
        }
        let tiers = &self.world.policy["tiers"];
        let known = json!({ "orders.good": { "$gte": 1 }, "cases.open": 0 });
        let advocate = json!({ "orders.good": { "$gte": 3 }, "cases.open": 0, "promoter": true });
        let of = |name: &str, default: Value| {
            let condition = if tiers[name].is_null() { default } else { tiers[name].clone() };
            self.holds(&condition)
        };
        if of("advocate", advocate) {
            "advocate"
        } else if of("known", known) {
            "known"
        } else {
            "unknown"
        }
    }

    /// Whether a condition holds of this customer.
    pub fn holds(&self, condition: &Value) -> bool {
        holds(condition, &|path| self.fact(path))
    }

    /// A fact, null where there is none.
    pub fn fact(&self, path: &str) -> Value {
        let customer = &self.world.request["customer"];
        let sum = |amounts: Vec<i64>| json!(amounts.iter().sum::<i64>());
        match path {
            "tier" => json!(self.tier()),
            "locale" => customer["locale"].clone(),
            "language" => customer["locale"]
                .as_str()
                .map_or(Value::Null, |locale| json!(locale.split('-').next().unwrap().to_lowercase())),
            "country" | "postcode" => customer["destination"][path].clone(),
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
            "daysSince.contact" => self.days_since(self.last_contact()),
            "families" => self.bought(|item| item.family.as_deref()),
            "skus" => self.bought(|item| item.sku.as_deref()),
            "cases.open" => json!(self.open_cases()),
            "conversations.unanswered" => json!(self.unanswered().len()),
            "ratings.last" => self.last_rating().map_or(Value::Null, |score| json!(score)),
            "ratings.count" => json!(self.ratings().len()),
            "ratings.average" => average(&self.ratings().iter().map(|one| one.score as i64).collect::<Vec<_>>()),
            _ => {
                let (room, rest) = path.split_once('.').unwrap_or((path, ""));
                let consent = &customer["consent"][room];
                if (room == "cart" && consent == &json!(false)) || (room == "forms" && consent != &json!(true)) {
                    return Value::Null;
                }
                let whole = if room == "event" { &self.world.request["event"] } else { &customer[room] };
                if rest.is_empty() { whole.clone() } else { dig(whole, rest) }
            }
        }
    }

    fn totals(&self) -> Vec<i64> {
        self.orders().iter().filter_map(|order| order.total).collect()
    }

    /// Ratings that were given.
    pub fn ratings(&self) -> Vec<&'a Rating> {
        self.world.ratings.iter().filter(|one| one.at.is_none() || self.happened(one.at)).collect()
    }

    fn last_rating(&self) -> Option<f64> {
        self.ratings().into_iter().max_by_key(|one| one.at).map(|one| one.score)
    }

    /// Whole 24 hours.
    fn days_since(&self, at: Option<i64>) -> Value {
        match at {
            Some(at) if at <= self.facts_now() => json!((self.facts_now() - at) / DAY),
            _ => Value::Null,
        }
    }

    fn last_contact(&self) -> Option<i64> {
        let (now, ledger) = self.frozen.unwrap_or((self.now, self.ledger));
        ledger.iter().filter(|record| record.counts(now)).map(|record| record.as_of(now)).max()
    }

    fn bought(&self, what: impl Fn(&Item) -> Option<&str>) -> Value {
        let orders = self.orders();
        let mut names: Vec<&str> = orders.iter().flat_map(|order| &order.items).filter_map(what).collect();
        names.sort_unstable();
        names.dedup();
        json!(names)
    }

    /// The names that hold.
    fn segments(&self) -> Value {
        let segments = self.world.policy["segments"].as_object().into_iter().flatten();
        segments.filter(|(_, condition)| self.holds(condition)).map(|(name, _)| json!(name)).collect()
    }
}

fn average(numbers: &[i64]) -> Value {
    if numbers.is_empty() {
        return Value::Null;
    }
    json!(numbers.iter().sum::<i64>() as f64 / numbers.len() as f64)
}
