//! A customer and a ledger that an engine keeps.

use crate::base::problem::{Problem, Problems};
use crate::base::tree::Tree;
use crate::calendar::Zones;
use crate::decision::Decision;
use crate::engine::Engine;
use crate::ledger::Ledger;
use crate::ledger::record::{RECORD, RECORDS, Record};
use crate::ledger::totals::RunningTotals;
use crate::reader::check::check;
use crate::reader::shape::Shape;
use crate::reader::told;
use crate::request::customer::{CUSTOMER, Customer};
use crate::request::{Moment, check_steps};
#[cfg(feature = "sentences")]
use crate::{calendar::Instant, decide::retry_at, standing::context::Context};

impl Engine {
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
            let (records, id) = (self.ledger.as_ref().map_or(0, |ledger| ledger.all().len()), &record.id);
            let is_known = self.ledger.as_ref().is_some_and(|ledger| ledger.get(id).is_some());
            check_steps(&RunningTotals::steps(&self.engine.policy, records + usize::from(!is_known)))?;
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
        self.keep(read_part(ledger, &RECORDS, "ledger", |tree, _| Ledger::read(tree))?)
    }

    pub(crate) fn keep(&mut self, ledger: Option<Ledger>) -> Result<(), Vec<Problem>> {
        self.totals = self.engine.totals(ledger.as_ref())?;
        self.ledger = ledger;
        Ok(())
    }
}

fn customer_of(tree: Tree, engine: &Engine) -> Result<Customer, Vec<Problem>> {
    let currency = &engine.policy.shop.currency;
    let mut customer =
        read_part(tree, &CUSTOMER, "customer", |tree, problems| Customer::read(tree, currency, problems))?;
    engine.find_translations(&mut customer);
    Ok(customer)
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
