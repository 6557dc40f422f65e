//! What a host holds for one policy: an engine that decides.

#[cfg(feature = "whole")]
use crate::base::compiled::Writer;
use crate::base::compiled::{Compiled, Reader};
use crate::base::locale::for_reader;
use crate::base::problem::{Problem, Warnings};
use crate::base::steps::Steps;
use crate::base::tree::Tree;
use crate::calendar::{Instant, Zones};
use crate::decide::decide;
use crate::decision::Decision;
#[cfg(feature = "whole")]
use crate::honesty::claims;
use crate::ledger::Ledger;
use crate::ledger::totals::RunningTotals;
use crate::policy::{POLICY, Policy};
use crate::reader::shape::Shape;
use crate::request::customer::Customer;
use crate::request::{Moment, Request, check_steps, check_zones};
use crate::standing::context::Context;
#[cfg(not(target_family = "wasm"))]
use crate::{
    arbitration::consider::consider,
    gates::{
        each_verdict,
        gate::{Gate, Verdict},
    },
};
use std::cell::Cell;
use std::rc::Rc;

/// A policy that was read without a problem. It decides about customers.
#[derive(Clone, Debug)]
pub struct Engine {
    pub(crate) policy: Rc<Policy>,
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
        // a published part says of which whole it is
        let hash = policy.get("seal").and_then(|seal| seal.owned("policy"));
        let (policy, warnings) = Policy::of_document(policy, shape)?;
        Ok(Engine { policy: Rc::new(policy), hash, warnings })
    }

    /// Reads a policy that [`Engine::compiled`] wrote. Its bytes are trusted to be whole, as a hash beside them says; others are refused or
    /// become some other policy, and neither panics nor takes much memory.
    #[must_use]
    pub fn from_compiled(bytes: &[u8]) -> Option<Engine> {
        let mut input = Reader::new(bytes);
        let policy = Policy::read(&mut input);
        input.end().then(|| Engine { policy: Rc::new(policy), hash: None, warnings: Warnings::default() })
    }

    /// The policy in the form that the builds for pages read: see [`Engine::from_compiled`]. Only the very source that wrote it can read it.
    #[cfg(feature = "whole")]
    #[must_use]
    pub fn compiled(&self) -> Vec<u8> {
        self.written().bytes
    }

    /// The features that the policy needs of a build for pages, for example `conditions`.
    #[cfg(feature = "whole")]
    #[must_use]
    pub fn features(&self) -> Vec<&'static str> {
        self.written().needs
    }

    #[cfg(feature = "whole")]
    fn written(&self) -> Writer {
        let mut written = Writer::default();
        self.policy.for_pages().write(&mut written);
        written
    }

    /// What the policy should change although it was accepted: an offer of 0.1 percent, a campaign that can never speak, a field that is
    /// called by an old name, … Without `now` nothing is said of what is over.
    ///
    /// Requests and records may use old names too, without a warning. A build without the feature `sentences` has no warnings.
    #[must_use]
    pub fn warnings(&self, now: Option<Instant>) -> Vec<Problem> {
        self.warnings.at(now.map(|now| now.0))
    }

    /// Sets the SHA-256 of the policy's RFC 8785 form, which the host computes. Decisions carry it as `policy`. A published part has that
    /// of the whole policy in its seal.
    #[must_use]
    pub fn with_fingerprint(self, hash: &str) -> Engine {
        Engine { hash: Some(hash.to_owned()), ..self }
    }

    /// Decides about one customer at one moment, from nothing but the request.
    ///
    /// # Errors
    /// Every problem of the request.
    pub fn decide(&self, request: Tree) -> Result<Decision, Vec<Problem>> {
        self.decide_with(request, None)
    }

    /// The same of a request whose ledger was read before, if there is one.
    pub(crate) fn decide_with(&self, request: Tree, ledger: Option<Ledger>) -> Result<Decision, Vec<Problem>> {
        let Request { mut moment, mut customer, ledger } = Request::read(request, ledger, &self.policy.shop.currency)?;
        self.find_translations(&mut customer);
        let zones = moment.zones.take().unwrap_or_default();
        let totals = self.totals(ledger.as_ref())?;
        self.answer(&mut moment, &zones, &customer, ledger.as_ref(), &totals)
    }

    /// Which claims about an article hold for a destination, and the figures that may be shown: `price`, `prior`, `percent`,
    /// `surcharge`, `total`, `allowed`, `stripped`, …
    ///
    /// # Errors
    /// Every problem of the request.
    #[cfg(feature = "whole")]
    pub fn claims(&self, request: Tree) -> Result<Tree, Vec<Problem>> {
        claims::answer(&self.policy, request)
    }

    pub(crate) fn answer(
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
    pub(crate) fn in_context<T>(
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
        let size_of_orders = orders.iter().map(|order| order.size()).sum();
        let local_zones = zones.local(moment.zone.as_deref());
        let size_of_lists = local_zones.offsets.len()
            + customer.size_of_lists()
            + moment.catalog.size_of_lists()
            + moment.issued.list().len()
            + moment.fatigue_by.list().len();
        let context = Context {
            policy: &self.policy,
            customer,
            event: &moment.event,
            orders,
            event_order: event_order.as_ref(),
            ledger,
            local_zones,
            channels: moment.channels.as_deref(),
            placements: moment.placements.as_deref(),
            unanswered: moment.unanswered,
            issued: moment.issued.get().map(Vec::as_slice),
            fatigue: moment.fatigue,
            fatigue_by: moment.fatigue_by.list(),
            explain: moment.explain,
            next_at: moment.next_at,
            catalog: &moment.catalog,
            delivery_time: self.policy.shop.delivery_time(customer.destination()),
            without: moment.without,
            visit: moment.visit,
            shop_zone: zones.get(&self.policy.shop.zone),
            counted: vec![Cell::default(); self.policy.limits.len()],
            silences: Default::default(),
            totals,
            size_of_orders,
            size_of_lists,
            steps: Steps::default(),
            pending: ledger.map(|ledger| ledger.pending(moment.now)).unwrap_or_default(),
            now: moment.now,
        };
        let answer = ask(&context);
        check_steps(&context.steps)?;
        Ok(answer)
    }

    /// Finds the translations that a customer reads.
    pub(crate) fn find_translations(&self, customer: &mut Customer) {
        let (locale, shop) = (customer.locale.as_deref(), &self.policy.shop.locales);
        let mut translations = Vec::new();
        self.policy.locales.iter().for_each(|tags| translations.push(for_reader(locale, tags, shop)));
        customer.translations = translations;
    }

    /// Counts the records of a ledger.
    ///
    /// # Errors
    /// One problem, if they are too many for the limits and offers of the policy.
    pub(crate) fn totals(&self, ledger: Option<&Ledger>) -> Result<RunningTotals, Vec<Problem>> {
        check_steps(&RunningTotals::steps(&self.policy, ledger.map_or(0, |ledger| ledger.all().len())))?;
        Ok(RunningTotals::of(&self.policy, ledger))
    }

    /// What each gate says of each campaign at an instant, with nothing but time passing since the request.
    #[cfg(not(target_family = "wasm"))]
    pub(crate) fn each_verdict(
        &self,
        request: Tree,
        at: Instant,
        visit: &mut dyn FnMut(&str, &Gate, Verdict),
    ) -> Result<(), Vec<Problem>> {
        let Request { mut moment, mut customer, ledger } = Request::read(request, None, &self.policy.shop.currency)?;
        self.find_translations(&mut customer);
        let zones = moment.zones.take().unwrap_or_default();
        let totals = self.totals(ledger.as_ref())?;
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
        let warnings = serde_json::to_value(engine.with_fingerprint("00").warnings(None)).unwrap();
        let expected = r#"[{ "code": "deprecated-field", "path": "texts", "message": "`texts` is now called `messages`; rename it" }]"#;
        let expected = if cfg!(feature = "sentences") { expected } else { "[]" };
        assert_eq!(warnings, serde_json::from_str::<serde_json::Value>(expected).unwrap());
    }

    #[test]
    fn a_policy_with_the_new_name_has_no_warning() {
        let engine = Engine::of_shape(policy("messages"), &RENAMED).unwrap();
        assert!(engine.warnings(None).is_empty());
    }
}
