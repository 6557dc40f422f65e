//! Somebody is there: with a cart left behind, or to be asked something.

use super::event::key;
use super::{About, Found, Occasion};
use crate::base::text::digits;
use crate::base::tree::Tree;
use crate::calendar::{Instant, parse_duration};
use crate::policy::Details;
use crate::policy::Window;
use crate::reader::shape::{COUNT, Shape, fields};
use crate::standing::tally::{Counted, Tally};

/// The cart, when it has been left.
pub(crate) const CART: Occasion = Occasion {
    name: "cart",
    fields: fields! {
        "after" may Shape::Duration, "since `cart.at`; absent: 4h";
    },
    parameters: &[],
    once_each: true,
    read: |tree, kind, _, _| Some(Details::Cart(tree.text("after").and_then(parse_duration).unwrap_or(kind.timing.0))),
    find: |ask| {
        let mut found = Found::default();
        if let (Details::Cart(after), Some(cart)) = (&ask.campaign.details, ask.scene.customer.rest.get("cart")) {
            let items = cart.list("items");
            let filled = cart.integer("count").map_or(!items.is_empty(), |count| count > 0);
            let sold_out = |item: &Tree| {
                item.text("sku").and_then(|sku| ask.scene.catalog.product(sku)).is_some_and(|it| it.stock == Some(0))
            };
            let nothing_left = !items.is_empty() && items.iter().all(sold_out);
            let bought =
                |left| ask.scene.orders.iter().any(|order| order.at >= Some(left) && order.at <= Some(ask.known));
            if let Some(left) = cart.instant("at").filter(|left| filled && !nothing_left && !bought(*left)) {
                let begins = left + *after;
                let key = digits(left.0);
                found.note(ask.at, begins, begins + ask.campaign.kind.timing.1, &key, About::Nothing);
            }
        }
        found
    },
};

/// Any moment, once a visit; with `every`, when it is the question's turn.
pub(crate) const QUESTION: Occasion = Occasion {
    name: "question",
    fields: fields! {
        "every" may COUNT, "of so many contacts the last is a question: none before, and then before all that is relational or promotional; absent: any moment";
    },
    parameters: &[],
    once_each: false,
    read: |tree, _, _, _| Some(Details::Question(tree.integer("every").unwrap_or(0))),
    find: |ask| {
        let mut found = Found::default();
        let Details::Question(every) = ask.campaign.details else {
            return found;
        };
        let mut asked = None;
        let visit = ask.scene.visit;
        let mut in_visit = false;
        ask.scene.each_of_kind(ask.campaign, true, ask.taken, ask.at, &mut |said| {
            let last = said.last();
            asked = asked.max(last);
            in_visit |= visit.is_some() && last >= visit;
            // a lease that ends, or a date ahead that comes, makes another question the last
            said.each_since(ask.at, &mut |record| {
                found.next = found.next.min(record.next_change(ask.at)).min(record.lapses());
            });
        });
        let mut since = 0;
        let window = Window::Rolling(asked.map_or(i64::MAX, |asked| ask.at - asked));
        for counted in [Counted::Promotional, Counted::Relational].into_iter().filter(|_| every > 0) {
            since += Tally::of(ask.scene, ask.at, ask.taken, counted, window).map_or(0, |tally| tally.counted());
        }
        // what is dated ahead may come to count as of a time after the question
        let ahead = ask.scene.ledger.filter(|_| every > 0).map_or(&[][..], |ledger| ledger.after(ask.at));
        ahead.iter().for_each(|record| found.next = found.next.min(record.next_change(ask.at)));
        let turn = since + 1 >= every;
        if !in_visit && (asked.is_none() || turn) {
            let about = if every > 0 && turn { About::Turn } else { About::Nothing };
            found.note(ask.at, Instant(0), Instant::NEVER, &key(ask), about);
        }
        found
    },
};
