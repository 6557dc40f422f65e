//! The question of a page: may it show these claims about an article? The rules are those for messages. For example, a theme asks
//! before it shows "20 % off" beside a price.

use crate::base::problem::{Problem, ProblemCode, Problems};
use crate::base::sentence::shortened;
use crate::base::text::concat;
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::honesty::proof::{Facts, percent_of};
use crate::language::destination::Destination;
use crate::policy::Policy;
use crate::policy::claim::{CLAIM, Claim};
use crate::reader::check::check;
use crate::reader::shape::{Shape, fields};
use crate::request::catalog::Catalog;
use crate::request::catalog_shape::{CATALOG, Due};
use crate::request::check_steps;
use crate::request::customer::DESTINATION;
use crate::request::product::{PRODUCT, Product};

pub(crate) const CLAIMS_REQUEST: Shape = Shape::Object(
    "ClaimsRequest",
    fields! {
        "now" required Shape::Now, "the moment at which the page shows the claims";
        "destination" optional DESTINATION, "where the parcel would be sent; absent: unknown";
        "catalog" optional CATALOG, "what the shop knows about its articles, shipping and raffles";
        "sku" optional Shape::Name, "the sku of an article of the catalogue; a request has one of `sku` and `product`";
        "product" optional PRODUCT, "the article itself, if it is not in the catalogue";
        "claims" optional Shape::List(&CLAIM), "the claims that the page would show; absent: none, the page only asks for figures";
    },
);

/// Answers which claims the page may show, and the figures of the article.
///
/// # Errors
/// Every problem of the request.
pub(crate) fn answer(policy: &Policy, mut request: Tree) -> Result<Tree, Vec<Problem>> {
    let given = request.list("claims").to_vec();
    let mut problems = Problems::of_request();
    check(&mut request, &CLAIMS_REQUEST, &mut problems);
    let catalog = problems.key("catalog", |problems| Catalog::read(request.get("catalog"), problems));
    let own = request.get("product").map(|tree| {
        let taxed = request.get("catalog").and_then(|catalog| catalog.flag("taxIncluded")) != Some(false);
        problems.key("product", |problems| Product::read(tree, taxed, problems))
    });
    let listed = request.text("sku").and_then(|sku| catalog.product(sku));
    match (request.text("sku"), &own) {
        (None, None) => {
            problems.add_at("sku", ProblemCode::MissingField, "name an article of the catalogue, or add `product`")
        }
        (Some(_), Some(_)) => {
            problems.add_at("sku", ProblemCode::NotAllowed, "a request has one of `sku` and `product`; remove one")
        }
        (Some(sku), None) if listed.is_none() => {
            problems.add_at("sku", ProblemCode::UnknownReference, || {
                concat(&["no article in `catalog.products` has the sku `", &shortened(sku), "`"])
            });
        }
        _ => {}
    }
    let Some(product) = own.as_ref().or(listed).filter(|_| problems.is_empty()) else {
        return Err(problems.in_order_of(&request));
    };
    let destination = request.get("destination").unwrap_or(&Tree::Null);
    let facts = Facts {
        catalog: &catalog,
        destination: Destination { country: destination.text("country"), postcode: destination.text("postcode") },
        at: request.instant("now").unwrap_or(Instant(0)),
        offer: None,
        only: None,
        product: Some(product),
        is_spoken_of: false,
        home: policy.shop.country.as_deref(),
        pause: policy.pause,
        promotes: false,
        steps: &problems.steps,
    };
    let answer = answer_about(&facts, product, request.list("claims"), &given);
    check_steps(&problems.steps)?;
    Ok(answer)
}

/// Writes the answer; `given` are the claims as the request wrote them.
fn answer_about(facts: &Facts, product: &Product, claims: &[Tree], given: &[Tree]) -> Tree {
    let (mut allowed, mut stripped) = (Vec::new(), Vec::new());
    for (claim, given) in claims.iter().zip(given) {
        let mut parsed = Vec::new();
        Claim::read(claim, &mut parsed);
        match facts.prove(&parsed, &[]) {
            Ok(()) => allowed.push(given.clone()),
            Err((code, detail)) => {
                stripped.push(Tree::from([("claim", given.clone()), ("code", code.name.into()), ("detail", detail)]));
            }
        }
    }
    let price = product.price(facts.at);
    let reduction = product.reduction(facts.at, None);
    let due = facts.catalog.surcharge(facts.destination, price);
    let surcharge =
        |due: Due| Tree::from([("amount", due.amount.into()), ("what", due.what.map(str::to_owned).into())]);
    let total = price.zip(due).map(|(price, due)| price + due.map_or(0, |due| due.amount));
    let shipping = facts.shipping();
    let free = shipping.zip(total).map(|(cost, total)| cost.free_from.is_some_and(|from| from <= total));
    Tree::from([
        ("sku", (&product.sku).into()),
        ("price", price.into()),
        ("prior", reduction.map(|known| known.from).into()),
        ("percent", reduction.map(|known| percent_of(known.hundredths)).into()),
        ("surcharge", due.flatten().map(surcharge).into()),
        ("total", total.into()),
        ("shipping", shipping.map(|cost| cost.amount).into()),
        ("freeShippingFrom", shipping.and_then(|cost| cost.free_from).into()),
        ("freeShipping", free.into()),
        ("allowed", Tree::List(allowed)),
        ("stripped", Tree::List(stripped)),
    ])
}
