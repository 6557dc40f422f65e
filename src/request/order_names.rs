//! What orders are called: by their id, or by the number that the customer sees.

use crate::base::sorting::sort_by;
use crate::request::merge::unite;
use crate::request::order::Order;

/// The id of the only order with a number, by number. None for a number that two orders have, or that is the id of an order.
#[derive(Clone, Debug, Default)]
pub(crate) struct OrderNames(Vec<(String, Option<String>)>);

impl OrderNames {
    /// Merges the copies of each order, and says what the orders are called. A copy that gives as its id the number of another order,
    /// and no number itself, is a copy of that order.
    pub fn unite(orders: &mut Vec<Order>) -> OrderNames {
        let merge = |orders: &mut Vec<Order>| {
            unite(orders, |order| order.id.as_ref(), Order::merge);
            orders.iter_mut().for_each(Order::settle);
        };
        merge(orders);
        let mut names = OrderNames::default();
        for order in orders.iter() {
            names.0.extend(order.number.clone().zip(order.id.clone()).map(|(number, id)| (number, Some(id))));
        }
        if names.0.is_empty() {
            return names;
        }
        sort_by(&mut names.0, Ord::cmp);
        names.0.dedup_by(|next, known| {
            let is_twice = next.0 == known.0;
            if is_twice {
                known.1 = None;
            }
            is_twice
        });
        for order in orders.iter_mut().filter(|order| order.number.is_none()) {
            if let Some(id) = order.id.as_deref().and_then(|number| names.id_of(number)).map(str::to_owned) {
                order.number = order.id.replace(id);
            }
        }
        merge(orders);
        for order in orders.iter() {
            if let Some(index) = order.id.as_deref().and_then(|id| names.index(id))
                && let Some(entry) = names.0.get_mut(index)
                && entry.1 != order.id
            {
                entry.1 = None;
            }
        }
        names
    }

    fn index(&self, number: &str) -> Option<usize> {
        self.0.binary_search_by(|(known, _)| known.as_str().cmp(number)).ok()
    }

    /// The id of the only order that has a number. The outer none: no order has it.
    pub fn find(&self, number: &str) -> Option<&Option<String>> {
        self.0.get(self.index(number)?).map(|(_, id)| id)
    }

    /// The id of the only order that has a number.
    pub fn id_of(&self, number: &str) -> Option<&str> {
        self.find(number)?.as_deref()
    }

    /// Replaces the number of an order by its id.
    pub fn resolve(&self, name: &mut Option<String>) {
        if let Some(id) = name.as_deref().and_then(|name| self.id_of(name)).map(str::to_owned) {
            *name = Some(id);
        }
    }
}
