//! What a host holds: an engine for one policy, and a handle for one customer whom the engine keeps.

use crate::base::locale::for_reader;
use crate::base::problem::{Problem, Problems, Warnings};
use crate::base::tree::Tree;
use crate::calendar::{Instant, Zones};
use crate::decide::decide;
#[cfg(feature = "sentences")]
use crate::decide::retry_at;
use crate::decision::Decision;
use crate::honesty::claims;
use crate::ledger::Ledger;
use crate::ledger::record::{RECORD, RECORDS, Record};
use crate::ledger::totals::RunningTotals;
use crate::policy::{POLICY, Policy};
use crate::reader::check::check;
use crate::reader::shape::Shape;
use crate::reader::told;
use crate::request::customer::{CUSTOMER, Customer};
use crate::request::{Moment, Request, check_zones};
use crate::standing::context::Context;
#[cfg(not(target_family = "wasm"))]
use crate::{
    arbitration::consider::consider,
    gates::{
        each_verdict,
        gate::{Gate, Verdict},
    },
};
use std::rc::Rc;

/// A policy that was read without a problem. It decides about customers.
#[derive(Clone, Debug)]
pub struct Engine {
    policy: Rc<Policy>,
    hash: Option<String>,
    warnings: Warnings,
}

impl Engine {
    /// Reads a policy.
    ///
    /// # Errors
    /// Every problem of the document, in its order: unknown fields and names, wrong types, what a kind does not allow, …
    pub fn new(policy: Tree) -> Result<Engine, Vec<Problem>> {
        Engine::of_shape(policy, &POLICY)
    }

    /// Reads a policy of a shape, which is another than `POLICY` only in tests.
    fn of_shape(policy: Tree, shape: &Shape) -> Result<Engine, Vec<Problem>> {
        let (policy, warnings) = Policy::read(policy, shape)?;
        Ok(Engine { policy: Rc::new(policy), hash: None, warnings })
    }

    /// What the policy should change although it was accepted: an offer of 0.1 percent, a campaign that can never speak, a field that is
    /// called by an old name, … Without `now` nothing is said of what is over.
    ///
    /// Requests and records may use old names too, without a warning. A build without the feature `sentences` has no warnings.
    #[must_use]
    pub fn warnings(&self, now: Option<Instant>) -> Vec<Problem> {
        self.warnings.at(now.map(|now| now.0))
    }

    /// Sets the SHA-256 of the policy's RFC 8785 form, which the host computes. Decisions carry it as `policy`.
    #[must_use]
    pub fn with_fingerprint(self, hash: &str) -> Engine {
        Engine { hash: Some(hash.to_owned()), ..self }
    }

    /// Decides about one customer at one moment, from nothing but the request.
    ///
    /// # Errors
    /// Every problem of the request.
    pub fn decide(&self, request: Tree) -> Result<Decision, Vec<Problem>> {
        let Request { mut moment, customer, ledger } = Request::read(request, &self.policy.shop.currency)?;
        let zones = moment.zones.take().unwrap_or_default();
        let totals = RunningTotals::of(&self.policy, ledger.as_ref());
        self.answer(&mut moment, &zones, &customer, ledger.as_ref(), &totals)
    }

    /// Keeps a customer and a ledger. Each decision then needs only the moment.
    ///
    /// # Errors
    /// Every problem of the customer and the ledger, with paths as in a request: `customer.orders[0].at`.
    pub fn customer(&self, customer: Tree, ledger: Tree) -> Result<Handle, Vec<Problem>> {
        let customer = customer_of(customer, self)?;
        let totals = RunningTotals::default();
        let mut handle = Handle { engine: self.clone(), customer, ledger: None, totals, zones: Zones::default() };
        handle.replace_ledger(ledger)?;
        Ok(handle)
    }

    /// Which claims about an article hold for a destination, and the figures that may be shown: `price`, `prior`, `percent`,
    /// `surcharge`, `total`, `allowed`, `stripped`, …
    ///
    /// # Errors
    /// Every problem of the request.
    pub fn claims(&self, request: Tree) -> Result<Tree, Vec<Problem>> {
        claims::answer(&self.policy, request)
    }

    fn answer(
        &self,
        moment: &mut Moment,
        zones: &Zones,
        customer: &Customer,
        ledger: Option<&Ledger>,
        totals: &RunningTotals,
    ) -> Result<Decision, Vec<Problem>> {
        self.in_context(moment, zones, customer, ledger, totals, |context| decide(context, self.hash.as_deref()))
    }

    /// Collects everything that a decision looks at, and calls `ask` with it.
    fn in_context<T>(
        &self,
        moment: &mut Moment,
        zones: &Zones,
        customer: &Customer,
        ledger: Option<&Ledger>,
        totals: &RunningTotals,
        ask: impl FnOnce(&Context) -> T,
    ) -> Result<T, Vec<Problem>> {
        check_zones(&self.policy, customer, zones)?;
        let event_order = moment.take_order(customer);
        let mut orders = Vec::new();
        for order in &customer.orders {
            // the event's order was merged with the customer's copy and replaces it
            if event_order.as_ref().is_none_or(|new| new.id != order.id) {
                orders.push(order);
            }
        }
        if let Some(order) = &event_order {
            orders.push(order);
        }
        let (mut translations, shop) = (Vec::new(), &self.policy.shop.locales);
        for tags in &self.policy.locales {
            translations.push(for_reader(customer.locale.as_deref(), tags, shop));
        }
        let context = Context {
            policy: &self.policy,
            customer,
            event: &moment.event,
            orders,
            event_order: event_order.as_ref(),
            ledger,
            local_zones: zones.local(moment.zone.as_deref()),
            channels: moment.channels.as_deref(),
            placements: moment.placements.as_deref(),
            unanswered: moment.unanswered,
            issued: moment.issued.as_deref(),
            fatigue: moment.fatigue,
            fatigue_by: &moment.fatigue_by,
            explain: moment.explain,
            next_at: moment.next_at,
            catalog: &moment.catalog,
            suggested: Default::default(),
            translations,
            visit: moment.visit,
            shop_zone: zones.get(&self.policy.shop.zone),
            totals,
            pending: ledger.map(|ledger| ledger.pending(moment.now)).unwrap_or_default(),
            now: moment.now,
        };
        Ok(ask(&context))
    }

    /// What each gate says of each campaign at an instant, with nothing but time passing since the request.
    #[cfg(not(target_family = "wasm"))]
    pub(crate) fn each_verdict(
        &self,
        request: Tree,
        at: Instant,
        visit: &mut dyn FnMut(&str, &Gate, Verdict),
    ) -> Result<(), Vec<Problem>> {
        let Request { mut moment, customer, ledger } = Request::read(request, &self.policy.shop.currency)?;
        let zones = moment.zones.take().unwrap_or_default();
        let totals = RunningTotals::of(&self.policy, ledger.as_ref());
        self.in_context(&mut moment, &zones, &customer, ledger.as_ref(), &totals, |context| {
            let standing = context.standing(at, &[]);
            for campaign in &self.policy.campaigns {
                let candidate = consider(context, &standing, at, campaign, &[]);
                each_verdict(&candidate, &mut |gate, verdict| {
                    visit(&campaign.id, gate, verdict);
                    true
                });
            }
        })
    }
}

/// A customer and a ledger that the engine keeps.
#[derive(Clone, Debug)]
pub struct Handle {
    engine: Engine,
    customer: Customer,
    ledger: Option<Ledger>,
    /// the running totals of the ledger
    totals: RunningTotals,
    zones: Zones,
}

impl Handle {
    /// Decides at a moment. A moment without `zones` uses those of the moment before.
    ///
    /// # Errors
    /// Every problem of the moment.
    pub fn decide(&mut self, moment: Tree) -> Result<Decision, Vec<Problem>> {
        let mut moment = Moment::read(moment, &self.engine.policy.shop.currency)?;
        let given = moment.zones.take();
        let zones = given.as_ref().unwrap_or(&self.zones);
        let decision = self.engine.answer(&mut moment, zones, &self.customer, self.ledger.as_ref(), &self.totals)?;
        self.zones = given.unwrap_or_else(|| std::mem::take(&mut self.zones));
        Ok(decision)
    }

    /// When a campaign that is silent at a moment may speak: its `retry_at` in the decision of that moment. None if there is no such
    /// instant, if it speaks, or if the policy has no such campaign.
    ///
    /// # Errors
    /// Every problem of the moment.
    #[cfg(feature = "sentences")]
    pub fn retry_at(&mut self, moment: Tree, campaign: &str) -> Result<Option<Instant>, Vec<Problem>> {
        let mut moment = Moment::read(moment, &self.engine.policy.shop.currency)?;
        moment.explain = false;
        let given = moment.zones.take();
        let zones = given.as_ref().unwrap_or(&self.zones);
        let (customer, ledger) = (&self.customer, self.ledger.as_ref());
        let ask = |context: &Context| retry_at(context, campaign);
        let answer = self.engine.in_context(&mut moment, zones, customer, ledger, &self.totals, ask)?;
        self.zones = given.unwrap_or_else(|| std::mem::take(&mut self.zones));
        Ok(answer)
    }

    /// Merges one record into the ledger.
    ///
    /// # Errors
    /// Every problem of the record.
    pub fn record(&mut self, mut record: Tree) -> Result<(), Vec<Problem>> {
        let mut problems = Problems::of_request();
        check(&mut record, &RECORD, &mut problems);
        if !problems.is_empty() {
            return Err(problems.in_order_of(&record));
        }
        if let Some(record) = Record::read(&record) {
            let changed = self.ledger.get_or_insert_default().merge(record);
            self.totals.renew(&self.engine.policy, self.ledger.as_ref(), changed);
        }
        Ok(())
    }

    /// Replaces the customer.
    ///
    /// # Errors
    /// Every problem of the customer.
    pub fn update(&mut self, customer: Tree) -> Result<(), Vec<Problem>> {
        self.customer = customer_of(customer, &self.engine)?;
        Ok(())
    }

    /// Replaces the ledger.
    ///
    /// # Errors
    /// Every problem of the records.
    pub fn replace_ledger(&mut self, ledger: Tree) -> Result<(), Vec<Problem>> {
        self.ledger = read_part(ledger, &RECORDS, "ledger", |tree, _| Ledger::read(tree))?;
        self.totals = RunningTotals::of(&self.engine.policy, self.ledger.as_ref());
        Ok(())
    }
}

fn customer_of(tree: Tree, engine: &Engine) -> Result<Customer, Vec<Problem>> {
    let currency = &engine.policy.shop.currency;
    read_part(tree, &CUSTOMER, "customer", |tree, problems| Customer::read(tree, currency, problems))
}

/// Reads one part of a request that comes without the rest. Its problems have the paths that they would have in a request.
fn read_part<T>(
    mut tree: Tree,
    shape: &Shape,
    key: &'static str,
    read: impl FnOnce(Option<&Tree>, &mut Problems) -> T,
) -> Result<T, Vec<Problem>> {
    let mut problems = Problems::of_request();
    told::read(&mut tree, shape);
    let part = problems.key(key, |problems| {
        if !tree.is_null() {
            check(&mut tree, shape, problems);
        }
        read(Some(&tree).filter(|tree| !tree.is_null()), problems)
    });
    if problems.is_empty() { Ok(part) } else { Err(problems.in_order_of(&Tree::from([(key, tree)]))) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

    use super::*;
    use crate::reader::shape::fields;

    /// The policy's table with one renamed field. `messages` of the real one has kept its name.
    const RENAMED: Shape =
        Shape::Open("Policy", fields! { "messages" required Shape::Any, "the messages", was "texts"; });

    fn policy(messages: &str) -> Tree {
        let json = r#"{
            "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
            "campaigns": [{ "id": "thanks", "kind": "thankYou", "channel": "onsite", "placement": "page", "message": "thanks" }],
            "MESSAGES": { "thanks": { "es": [{ "body": "Gracias" }] } }
        }"#;
        serde_json::from_str(&json.replace("MESSAGES", messages)).unwrap()
    }

    #[test]
    fn a_policy_with_an_old_name_decides_and_warns() {
        let engine = Engine::of_shape(policy("texts"), &RENAMED).unwrap();
        let purchase =
            r#"{ "now": "2026-11-22T10:00:00Z", "event": { "name": "purchase", "order": { "id": "A-17" } } }"#;
        let decision = engine.decide(serde_json::from_str(purchase).unwrap()).unwrap();
        assert_eq!(decision.contacts[0].message.body, "Gracias");
        let warnings: Tree = engine.with_fingerprint("00").warnings(None).iter().collect();
        let expected = r#"[{ "code": "deprecated-field", "path": "texts", "message": "`texts` is now called `messages`; rename it" }]"#;
        let expected = if cfg!(feature = "sentences") { expected } else { "[]" };
        assert_eq!(warnings, serde_json::from_str(expected).unwrap());
    }

    #[test]
    fn a_policy_with_the_new_name_has_no_warning() {
        let engine = Engine::of_shape(policy("messages"), &RENAMED).unwrap();
        assert!(engine.warnings(None).is_empty());
    }
}
