//! Which article to suggest: of those that this customer could want, what matches or is similar to what they have. Practice P5.

use crate::base::tree::Tree;
use crate::candidates::candidate::Candidate;
use crate::candidates::wanted::Wanted;
use crate::honesty::codes::UNWANTED;
use crate::honesty::proof::Proof;
use crate::policy::Variant;
use crate::policy::claim::Claim;
use crate::request::product::Product;

/// An article this customer could want, of the families the campaign names: first one that goes with what they have, then one of a
/// family they bought, then any; of several the first of the catalogue.
pub(crate) fn suggested<'a>(candidate: &Candidate<'a>) -> Option<&'a Product> {
    let families = &candidate.campaign.suggest.as_ref()?.families;
    let wanted = Wanted::of(candidate.context, candidate.standing.at);
    let catalog = candidate.context.catalog;
    let companions = wanted.companions(catalog);
    let mut nearest = None;
    for product in &catalog.products {
        let family = product.family.as_ref();
        let distance = wanted.distance(product, &companions);
        if nearest.is_none_or(|(least, _)| distance < least)
            && families.as_ref().is_none_or(|families| family.is_some_and(|family| families.contains(family)))
            && !product.sku.is_empty()
            && wanted.is_suggestable(product)
        {
            nearest = Some((distance, product));
        }
    }
    nearest.map(|(_, product)| product)
}

/// Proves that this customer could want each article that a variant claims something about.
pub(crate) fn claims_wanted(candidate: &Candidate, variant: &Variant) -> Proof {
    for sku in variant.claims.iter().filter_map(Claim::sku) {
        if let Some(product) = candidate.context.catalog.product(sku) {
            check_wanted(candidate, product)?;
        }
    }
    Ok(())
}

/// Proves that the customer could want an article, if the campaign's kind speaks of no others.
pub(crate) fn check_wanted(candidate: &Candidate, product: &Product) -> Proof {
    if !candidate.campaign.kind.unowned_articles_only
        || Wanted::of(candidate.context, candidate.standing.at).is_suggestable(product)
    {
        return Ok(());
    }
    Err((&UNWANTED, Tree::from([("sku", (&product.sku).into())])))
}
