//! Which article to suggest: of those that this customer could want, what matches or is similar to what they have. Practice P5.

use crate::base::sorting::contains;
use crate::base::steps::Looked;
use crate::base::tree::Tree;
use crate::candidates::candidate::Candidate;
use crate::candidates::wanted::{FARTHEST, Wanted};
use crate::honesty::codes::UNWANTED;
use crate::honesty::proof::Proof;
use crate::policy::Variant;
use crate::policy::claim::Claim;
use crate::request::product::Product;

/// The articles this customer could want, of the families the campaign names: first those that go with what they have, then those of
/// families they bought, then the rest; in each the order of the catalogue. None, if the campaign suggests nothing.
pub(crate) fn suggestions<'a>(candidate: &Candidate<'a>) -> Vec<&'a Product> {
    let mut suggestions = Vec::new();
    let Some(suggest) = candidate.campaign.suggest.get() else { return suggestions };
    let (products, distances) = (&candidate.context.catalog.products, distances(candidate));
    let families = suggest.families.as_deref();
    let of_family = |product: &Product| {
        families.is_none_or(|families| product.family.as_ref().is_some_and(|family| contains(families, family)))
    };
    if candidate.context.steps.take(Looked::Order, products.len()) {
        for distance in 0..=FARTHEST {
            let near = products.iter().zip(distances).filter(|(_, known)| **known == Some(distance));
            suggestions.extend(near.map(|(product, _)| product).filter(|product| of_family(product)));
        }
    }
    suggestions
}

/// By its place in the catalogue, how far each article that this customer could want is from what they have. A standing finds it once:
/// until its end nothing happens that could change it.
fn distances<'s>(candidate: &Candidate<'s>) -> &'s [Option<u8>] {
    let (context, standing) = (candidate.context, candidate.standing);
    standing.distances(|| {
        let mut distances = Vec::new();
        let wanted = Wanted::of(context, standing.at);
        let companions = wanted.companions(context.catalog, &context.steps);
        for product in &context.catalog.products {
            let may_look = context.steps.take(Looked::Order, 1 + product.with.len());
            let is_wanted = may_look && !product.sku.is_empty() && wanted.is_suggestable(product);
            distances.push(is_wanted.then(|| wanted.distance(product, &companions)));
        }
        distances
    })
}

/// Proves that this customer could want each article that a variant claims something about.
pub(crate) fn claims_wanted(candidate: &Candidate, variant: &Variant) -> Proof {
    variant.claims().iter().filter_map(Claim::sku).try_for_each(|sku| check_wanted(candidate, sku))
}

/// Proves that the customer could want an article of the catalogue, if the campaign's kind speaks of no others.
pub(crate) fn check_wanted(candidate: &Candidate, sku: &String) -> Proof {
    let index = candidate.context.catalog.index_of(sku).filter(|_| candidate.campaign.kind.unowned_articles_only);
    if index.is_none_or(|index| distances(candidate).get(index).is_some_and(Option::is_some)) {
        return Ok(());
    }
    Err((&UNWANTED, Tree::from([("sku", sku.into())])))
}
