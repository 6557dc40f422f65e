//! Which article to suggest: of those that this customer could want, what matches or is similar to what they have. Practice P5.

use crate::base::sorting::sort_by;
use crate::base::tree::Tree;
use crate::candidates::candidate::Candidate;
use crate::candidates::wanted::Wanted;
use crate::honesty::codes::UNWANTED;
use crate::honesty::proof::Proof;
use crate::policy::Variant;
use crate::policy::claim::Claim;
use crate::request::product::Product;

/// The articles this customer could want, of the families the campaign names: first those that go with what they have, then those of
/// families they bought, then the rest; in each the order of the catalogue. None, if the campaign suggests nothing.
pub(crate) fn suggestions<'a>(candidate: &Candidate<'a>) -> Vec<&'a Product> {
    let (mut near, mut suggestions) = (Vec::new(), Vec::new());
    let Some(suggest) = &candidate.campaign.suggest else { return suggestions };
    let wanted = Wanted::of(candidate.context, candidate.standing.at);
    let catalog = candidate.context.catalog;
    let companions = wanted.companions(catalog);
    for (index, product) in catalog.products.iter().enumerate() {
        let family = product.family.as_ref();
        if suggest.families.as_ref().is_none_or(|families| family.is_some_and(|family| families.contains(family)))
            && !product.sku.is_empty()
            && wanted.is_suggestable(product)
        {
            near.push((wanted.distance(product, &companions), index, product));
        }
    }
    sort_by(&mut near, |a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    for (.., product) in near {
        suggestions.push(product);
    }
    suggestions
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
