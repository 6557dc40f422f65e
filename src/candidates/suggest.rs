//! Which article to suggest: of those that this customer could want, what matches or is similar to what they have. Practice P5.

use crate::base::sorting::sort_by;
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::candidates::candidate::Candidate;
use crate::candidates::wanted::Wanted;
use crate::honesty::codes::UNWANTED;
use crate::honesty::proof::Proof;
use crate::policy::Variant;
use crate::policy::claim::Claim;
use crate::request::product::Product;
use crate::standing::context::{Context, Suggested};

/// The articles this customer could want, of the families the campaign names: first those that go with what they have, then those of
/// families they bought, then the rest; in each the order of the catalogue. None, if the campaign suggests nothing.
pub(crate) fn suggestions<'a>(candidate: &Candidate<'a>) -> Vec<&'a Product> {
    let mut suggestions = Vec::new();
    let Some(suggest) = &candidate.campaign.suggest else { return suggestions };
    let families = &suggest.families;
    let (context, at) = (candidate.context, candidate.standing.at);
    // campaigns that suggest from the same families find the same, and find it once
    let mut found = context.suggested.take();
    if !found.iter().any(|known| known.at == at && known.families == *families) {
        found.retain(|known| known.families != *families);
        let indices = nearest(context, at, families.as_deref());
        found.push(Suggested { at, families: families.clone(), indices });
    }
    for known in found.iter().filter(|known| known.families == *families) {
        known.indices.iter().for_each(|index| suggestions.extend(context.catalog.products.get(*index)));
    }
    context.suggested.replace(found);
    suggestions
}

/// The places in the catalogue of the articles that could be suggested, the nearest first.
fn nearest<'a>(context: &'a Context<'a>, at: Instant, families: Option<&[String]>) -> Vec<usize> {
    let (mut near, mut indices) = (Vec::new(), Vec::new());
    let wanted = Wanted::of(context, at);
    let companions = wanted.companions(context.catalog);
    for (index, product) in context.catalog.products.iter().enumerate() {
        let family = product.family.as_ref();
        if families.is_none_or(|families| family.is_some_and(|family| families.contains(family)))
            && !product.sku.is_empty()
            && wanted.is_suggestable(product)
        {
            near.push((wanted.distance(product, &companions), index));
        }
    }
    sort_by(&mut near, Ord::cmp);
    near.iter().for_each(|(_, index)| indices.push(*index));
    indices
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
