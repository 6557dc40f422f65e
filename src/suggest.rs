//! Which article to suggest: the first of the catalogue that this customer could want. Practice P5.

use crate::catalog::Product;
use crate::look::Look;
use crate::read::{Shape, fields};

pub(crate) const SUGGEST: Shape = Shape::Object(
    "Suggest",
    fields! {
        "families" may Shape::List(&Shape::Name), "only of these product families; absent: of any";
    },
);

/// Below this an article is poorly rated.
const POOR: f64 = 6.0;

/// The first article that is not owned (unless it is used up), never came back, is not out of stock, not poorly rated (by all
/// or by this customer), and of no family they complained about or whose promotions pause.
pub(crate) fn suggested<'a>(look: &Look<'a>) -> Option<&'a Product> {
    let families = &look.campaign.suggest.as_ref()?.families;
    let (scene, known) = (look.scene, look.standing.at);
    let complaints = || scene.customer.conversations.iter().filter(|case| case.complaint && case.has_begun(known));
    let (mut owned, mut unwanted, mut shunned) = (Vec::new(), Vec::new(), Vec::new());
    shunned.extend(complaints().filter_map(|case| case.family.as_ref()));
    for order in &scene.orders {
        let accused = order.was_not_as_described(known)
            || complaints().any(|case| case.order_id.is_some() && case.order_id == order.id);
        let kept = order.kept(known).is_some();
        for item in order.items.iter().filter(|_| order.stands(known).is_some()) {
            let back = !kept || item.returned_at.is_some_and(|at| at <= known);
            if let Some(sku) = &item.sku {
                if back || accused { &mut unwanted } else { &mut owned }.push(sku);
            }
            if accused {
                let listed = item.sku.as_ref().and_then(|sku| scene.catalog.product(sku)?.family.as_ref());
                shunned.extend(item.family.as_ref().or(listed));
            }
        }
    }
    scene.catalog.products.iter().find(|product| {
        let (sku, family) = (&product.sku, product.family.as_ref());
        let given = scene.customer.ratings.iter().rev().filter(|rating| rating.at.is_none_or(|at| at <= known));
        let own = given.filter(|rating| rating.sku.as_ref() == Some(sku)).map(|rating| rating.score).next();
        let poor = |rating: Option<f64>| rating.is_some_and(|rating| rating < POOR);
        families.as_ref().is_none_or(|families| family.is_some_and(|family| families.contains(family)))
            && (product.consumable == Some(true) || !owned.contains(&sku))
            && !unwanted.contains(&sku)
            && product.stock != Some(0)
            && !poor(product.rating)
            && !poor(own)
            && !family.is_some_and(|family| shunned.contains(&family))
            && scene.catalog.not_as_described(family) < scene.policy.pause
    })
}
