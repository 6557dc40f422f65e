//! The presents that the customer has, spoken of or not. Speaking of a present reminds of it; it does not give it. Practices R1, R10.

use crate::arbitration::rank::Rank;
use crate::base::sorting::sort_by;
use crate::base::steps::{Looked, Steps};
use crate::calendar::Instant;
use crate::candidates::candidate::Candidate;
use crate::candidates::occasions::found::Occurrence;
use crate::candidates::offer::{code, code_ended};
use crate::decision::Present;
use crate::gates::gives;
use crate::ledger::record::Record;
use crate::ledger::totals::Counter;
use crate::policy::kind::Repeat;
use crate::policy::{Offer, Window};
use std::cmp::Reverse;

/// To find out whether a present is had of an open occurrence is as much as to look at so many orders.
const OPEN: usize = 8;

/// A present that the customer has, unless another one stands in its place.
pub(crate) struct Had<'a> {
    present: Present,
    offer: &'a Offer,
    /// of its campaign
    rank: Rank<'a>,
    /// whether a contact told of it
    told: bool,
}

/// Leaves out each present that yields to another.
pub(crate) fn entitled(had: Vec<Had>, steps: &Steps) -> Vec<Present> {
    #[cfg(test)]
    let had = if crate::base::switch::is_off("entitled") { Vec::new() } else { had };
    // those that were told first, then by rank
    let mut order = Vec::new();
    order.extend(0..had.len());
    sort_by(&mut order, |a, b| match (had.get(*a), had.get(*b)) {
        (Some(a), Some(b)) => b.told.cmp(&a.told).then_with(|| a.rank.compare(&b.rank)),
        _ => a.cmp(b),
    });
    let (mut kept, mut rivals) = (Vec::new(), Vec::<&Had>::new());
    for index in order {
        // four presents are compared in a step
        let rival = had.get(index).filter(|one| one.may_yield() && steps.take(Looked::Rule, rivals.len() / 4));
        if !rival.is_some_and(|one| rivals.iter().any(|rival| one.yields_to(rival))) {
            kept.push(index);
            rivals.extend(rival);
        }
    }
    sort_by(&mut kept, Ord::cmp);
    let mut presents = Vec::new();
    for (index, one) in had.into_iter().enumerate() {
        if kept.binary_search(&index).is_ok() {
            presents.push(one.present);
        }
    }
    presents
}

impl Had<'_> {
    /// Whether there may be another in its place. Most have none, so they are not compared with each other.
    fn may_yield(&self) -> bool {
        let kind = self.rank.campaign.kind;
        kind.once_across_campaigns || kind.gap > 0 || self.offer.reward.again.get().is_some()
    }

    /// Whether the customer does not have it beside another: of a kind that speaks of an occurrence only once, another campaign gives
    /// it; or not told yet, it would come within the kind's gap or the offer's `again`.
    fn yields_to(&self, other: &Had) -> bool {
        let (campaign, kind) = (self.rank.campaign, self.rank.campaign.kind);
        let is_own = campaign.id == other.rank.campaign.id;
        let is_sibling = is_own || kind.once_across_campaigns && kind.name == other.rank.campaign.kind.name;
        let is_same = self.present.occurrence == other.present.occurrence;
        let is_near = !other.told && kind.gap > 0;
        let again = !other.told && self.offer.reward.again.get().is_some() && self.offer.id == other.offer.id;
        is_sibling && (is_same || !self.told && is_near) || !self.told && again
    }
}

/// Whether the customer may have a present of a campaign.
pub(crate) fn may_give(candidate: &Candidate) -> bool {
    candidate.campaign.offer.is_some() || candidate.history.gives()
}

/// Collects the presents of one campaign, by occurrence: those that were told, and those of its open occurrences.
pub(crate) fn collect<'a>(mut candidate: Candidate<'a>, had: &mut Vec<Had<'a>>) {
    let (context, campaign, now) = (candidate.context, candidate.campaign, candidate.at);
    let (policy, kind) = (context.policy, campaign.kind);
    let offer = policy.offer_of(campaign);
    if !may_give(&candidate) {
        return;
    }
    let is_once_each = kind.occasion.is_once_each();
    let mut open = std::mem::take(&mut candidate.found.now);
    sort_by(&mut open, |a, b| a.key.cmp(&b.key));
    // a campaign without occurrences gives again once `repeat` allows it
    let gap = match campaign.repeat {
        Repeat::After(gap) => gap,
        Repeat::Never => i64::MAX,
        Repeat::Freely => 0,
    };
    let mut own = told(&candidate, offer, &open, gap);
    // what was told stays, though the campaign gives nothing now
    let Some(offer) = offer else { return had.extend(own) };
    // what these say is the same for all of its occurrences
    let mut recent = Vec::new();
    candidate.each_of_kind(kind.once_across_campaigns, &mut |history| {
        history.each_since(now + -kind.gap, &mut |record| {
            if now - record.effective(now) < kind.gap {
                recent.push(record.occurrence.clone());
            }
        });
    });
    let again = offer.reward.again.get().copied().zip(campaign.offer).filter(|_| !open.is_empty());
    let count = again.and_then(|(gap, index)| candidate.window_count(Counter::Offer(index), Window::Rolling(gap)));
    let (count, mut gives_now) = (count.map_or(0, |count| count.counted()), None);
    for occurrence in open {
        if !context.steps.take(Looked::Order, OPEN + recent.len()) {
            break;
        }
        let (key, ends) = (occurrence.key.clone(), occurrence.until);
        let mut names = vec![key.clone()];
        names.extend(candidate.by_number(&occurrence));
        candidate.occurrence = Some(occurrence);
        let (mut spoken, mut given) = (false, 0);
        let mut look = |record: &Record| {
            spoken |= record.was_seen() && record.offer.is_some();
            let is_recent = again.is_some_and(|(gap, _)| now - record.effective(now) < gap);
            given += i64::from(is_recent && record.counts(now) && record.offer.as_ref() == Some(&offer.id));
        };
        if is_once_each {
            candidate.each_of_kind(kind.once_across_campaigns, &mut |history| {
                names.iter().for_each(|name| history.each_about(name, &mut look));
            });
        } else {
            each_recent(&candidate, gap, &mut look);
        }
        // within the kind's gap of another occurrence, or within `again` of one; a ghost or a lease about this one takes nothing away
        let is_near =
            recent.iter().any(|other| !other.as_ref().is_some_and(|other| names.contains(other))) || count > given;
        // what was issued stays, whatever has changed since
        let code = code(&candidate, offer);
        spoken |= code_ended(&candidate, offer);
        if !spoken && (code.is_some() || !is_near && *gives_now.get_or_insert_with(|| gives(&candidate))) {
            let ends = code.and_then(|code| code.expires_at).unwrap_or(ends);
            own.extend(present(&candidate, offer, &key, ends, code.map(|code| &code.code)));
        }
    }
    sort_by(&mut own, |a, b| a.present.occurrence.cmp(&b.present.occurrence));
    // a code that was issued for a contact that never came about is had of an open occurrence too
    own.dedup_by(|next, one| next.present.occurrence == one.present.occurrence);
    had.extend(own);
}

/// Visits the contacts of the campaign that are less than `gap` old.
fn each_recent(candidate: &Candidate, gap: i64, visit: &mut dyn FnMut(&Record)) {
    let now = candidate.at;
    candidate.history.each_since(now + -gap, &mut |record| {
        if now - record.effective(now) < gap {
            visit(record);
        }
    });
}

/// The presents that the campaign's contacts told of, and that have not ended. `open` is sorted by key.
fn told<'a>(candidate: &Candidate<'a>, offer: Option<&Offer>, open: &[Occurrence], gap: i64) -> Vec<Had<'a>> {
    let (context, now) = (candidate.context, candidate.at);
    let is_once_each = candidate.campaign.kind.occasion.is_once_each();
    let (mut told, mut names) = (Vec::new(), Vec::new());
    for one in open {
        names.push((one.key.clone(), one));
        names.extend(candidate.by_number(one).map(|number| (number, one)));
    }
    sort_by(&mut names, |a, b| a.0.cmp(&b.0));
    let mut tell = |record: &Record| {
        // what it was about, if that is still open
        let named = names.binary_search_by(|(name, _)| Some(name).cmp(&record.occurrence.as_ref())).ok();
        let about = match is_once_each {
            true => named.and_then(|index| names.get(index)).map(|(_, one)| *one),
            false => open.first().filter(|_| now - record.effective(now) < gap),
        };
        let key = about.filter(|_| is_once_each).map(|one| &*one.key).or(record.occurrence.as_deref());
        told.extend(present_told(candidate, record, key, about.map(|one| one.until)));
    };
    candidate.history.each_dated_since(now + -gap.max(context.policy.longest_offer), &mut tell);
    names.iter().for_each(|(name, _)| candidate.history.each_about(name, &mut tell));
    let issued = offer.and_then(|offer| context.customer.code_for(&offer.id)?.contact.as_ref());
    let issued = issued.and_then(|id| context.ledger?.get(id));
    issued.iter().filter(|record| record.campaign == candidate.campaign.id).for_each(|record| tell(record));
    // of several contacts about one occurrence that which told the latest end
    sort_by(&mut told, |a, b| {
        let (a, b) = (&a.present, &b.present);
        let ends = |present: &Present| Reverse(present.until.unwrap_or(Instant::NEVER));
        (&a.occurrence, ends(a), &a.offer).cmp(&(&b.occurrence, ends(b), &b.offer))
    });
    told.dedup_by(|next, one| next.present.occurrence == one.present.occurrence);
    told
}

/// The present that a record told of, if its end has not come: the end of its code, else `validFor` after it, else the end of the offer,
/// else the end of the occasion.
fn present_told<'a>(
    candidate: &Candidate<'a>,
    record: &Record,
    key: Option<&str>,
    ends: Option<Instant>,
) -> Option<Had<'a>> {
    let context = candidate.context;
    context.steps.take(Looked::Element, context.policy.offers.len() / 8);
    let offer = context.policy.offers.iter().find(|offer| record.offer.as_ref() == Some(&offer.id))?;
    let code = context.customer.code_for(&offer.id).filter(|code| match &code.contact {
        Some(contact) => *contact == record.id,
        // a code that ended before is another one's
        None => record.was_seen() && code.expires_at.is_none_or(|end| end > record.at),
    });
    if !record.was_seen() && code.is_none() {
        return None;
    }
    let told = code.and_then(|code| code.expires_at).or(offer.valid_for.map(|length| record.at + length));
    let offer_ends = Some(offer.ends(context.shop_zone)).filter(|end| *end < Instant::NEVER);
    let key = key.unwrap_or("0");
    let had = present(candidate, offer, key, told.or(offer_ends).or(ends)?, code.map(|code| &code.code))?;
    Some(Had { told: true, ..had })
}

/// A present with its end, which the offer's `until` may bring forward; none: it has ended.
fn present<'a>(
    candidate: &Candidate<'a>,
    offer: &'a Offer,
    occurrence: &str,
    ends: Instant,
    code: Option<&String>,
) -> Option<Had<'a>> {
    let until = ends.min(offer.ends(candidate.context.shop_zone));
    let present = Present {
        campaign: candidate.campaign.id.clone(),
        offer: offer.id.clone(),
        occurrence: occurrence.to_owned(),
        until: Some(until).filter(|until| *until < Instant::NEVER),
        code: code.or(offer.code.as_ref()).cloned(),
    };
    (candidate.at < until).then(|| Had { present, offer, rank: Rank::of(candidate), told: false })
}
