//! The presents that the customer has, spoken of or not. Speaking of a present reminds of it; it does not give it. Practices R1, R10.

use crate::arbitration::rank::Rank;
use crate::base::sorting::sort_by;
use crate::calendar::Instant;
use crate::candidates::candidate::Candidate;
use crate::candidates::occasions::found::Occurrence;
use crate::candidates::offer::code;
use crate::decision::Present;
use crate::gates::gives;
use crate::ledger::record::Record;
use crate::ledger::totals::Counter;
use crate::policy::kind::Repeat;
use crate::policy::{Offer, Window};

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
pub(crate) fn entitled(had: Vec<Had>) -> Vec<Present> {
    // those that were told first, then by rank
    let mut order = Vec::new();
    order.extend(0..had.len());
    sort_by(&mut order, |a, b| match (had.get(*a), had.get(*b)) {
        (Some(a), Some(b)) => b.told.cmp(&a.told).then_with(|| a.rank.compare(&b.rank)),
        _ => a.cmp(b),
    });
    let mut kept = Vec::<usize>::new();
    for index in order {
        let Some(one) = had.get(index) else { continue };
        if !one.may_yield() || !kept.iter().any(|kept| had.get(*kept).is_some_and(|kept| one.yields_to(kept))) {
            kept.push(index);
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
        kind.once_across_campaigns || kind.gap > 0 || self.offer.reward.again.is_some()
    }

    /// Whether the customer does not have it beside another: of a kind that speaks of an occurrence only once, another campaign gives
    /// it; or not told yet, it would come within the kind's gap or the offer's `again`.
    fn yields_to(&self, other: &Had) -> bool {
        let (campaign, kind) = (self.rank.campaign, self.rank.campaign.kind);
        let is_own = campaign.id == other.rank.campaign.id;
        let is_sibling = is_own || kind.once_across_campaigns && kind.name == other.rank.campaign.kind.name;
        let is_same = self.present.occurrence == other.present.occurrence;
        let is_near = !other.told && kind.gap > 0;
        let again = !other.told && self.offer.reward.again.is_some() && self.offer.id == other.offer.id;
        is_sibling && (is_same || !self.told && is_near) || !self.told && again
    }
}

/// Collects the presents of one campaign: those that were told, then those of its open occurrences.
pub(crate) fn collect<'a>(mut candidate: Candidate<'a>, had: &mut Vec<Had<'a>>) {
    let (policy, kind, now) = (candidate.context.policy, candidate.campaign.kind, candidate.at);
    let Some(offer) = policy.offer_of(candidate.campaign) else { return };
    let is_once_each = kind.occasion.is_once_each();
    let mut open = candidate.found.now.clone();
    sort_by(&mut open, |a, b| (a.until, &a.key).cmp(&(b.until, &b.key)));
    // a campaign without occurrences gives again once `repeat` allows it
    let gap = match candidate.campaign.repeat {
        Repeat::After(gap) => gap,
        Repeat::Never => i64::MAX,
        Repeat::Freely => 0,
    };
    let begins = |record: &Record| is_once_each || now - record.effective(now) < gap;
    let mut told = Vec::new();
    let mut tell = |record: &Record| {
        // until when it was told, else the end of the occasion
        let is_about = |one: &&Occurrence| !is_once_each || record.occurrence.as_ref() == Some(&one.key);
        let ends = open.iter().find(is_about).filter(|_| begins(record)).map(|one| one.until);
        told.extend(present_told(&candidate, record, ends));
    };
    let mut longest = if is_once_each { 0 } else { gap };
    policy.offers.iter().for_each(|offer| longest = longest.max(offer.valid_for.unwrap_or(0)));
    candidate.history.each_since(now + -longest, &mut tell);
    open.iter().for_each(|one| candidate.history.each_about(&one.key, &mut tell));
    let issued = candidate.context.customer.code_for(&offer.id).and_then(|code| code.contact.as_ref());
    if let Some(record) = issued.and_then(|id| candidate.context.ledger?.get(id))
        && record.campaign == candidate.campaign.id
    {
        tell(record);
    }
    let known = had.len();
    for one in told {
        let same = |other: &&mut Had| other.present.occurrence == one.present.occurrence;
        match had.iter_mut().skip(known).find(same) {
            Some(other) => other.present.until = later(other.present.until, one.present.until),
            None => had.push(one),
        }
    }
    // what these say is the same for all of its occurrences
    let again = offer.reward.again.zip(candidate.campaign.offer).filter(|_| !open.is_empty());
    let count = again.and_then(|(gap, index)| candidate.window_count(Counter::Offer(index), Window::Rolling(gap)));
    let (count, mut gives_now) = (count.map_or(0, |count| count.counted()), None);
    for occurrence in open {
        let (mut spoken, mut near, mut given) = (false, false, 0);
        let mut look = |record: &Record, is_same: bool| {
            spoken |= is_same && record.was_seen() && record.offer.is_some();
            near |= !is_same && now - record.effective(now) < kind.gap;
        };
        candidate.context.each_of_kind(candidate.campaign, kind.once_across_campaigns, &[], now, &mut |history| {
            if is_once_each {
                history.each_about(&occurrence.key, &mut |record| {
                    look(record, true);
                    given += i64::from(record.counts(now) && record.offer.as_ref() == Some(&offer.id));
                });
                history.each_since(now + -kind.gap, &mut |record| {
                    look(record, record.occurrence.as_ref() == Some(&occurrence.key));
                });
            } else {
                history.each_since(now + -gap, &mut |record| {
                    look(record, begins(record));
                    given += i64::from(record.offer.as_ref() == Some(&offer.id));
                });
            }
        });
        let key = occurrence.key.clone();
        let ends = occurrence.until;
        candidate.occurrence = Some(occurrence);
        let code = code(&candidate, offer);
        // within `again` of another occurrence; a ghost or a lease about this one takes nothing away
        near |= again.is_some() && count > given;
        // what was issued stays, whatever has changed since
        if !spoken && (code.is_some() || !near && *gives_now.get_or_insert_with(|| gives(&candidate))) {
            let ends = code.and_then(|code| code.expires_at).unwrap_or(ends);
            let code = code.map(|code| &code.code);
            had.extend(present(&candidate, offer, &key, ends, code));
        }
    }
}

/// The present that a record told of, if its end has not come: the end of its code, else `validFor` after it, else the end of the offer,
/// else the end of the occasion.
fn present_told<'a>(candidate: &Candidate<'a>, record: &Record, ends: Option<Instant>) -> Option<Had<'a>> {
    let context = candidate.context;
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
    let key = record.occurrence.as_deref().unwrap_or("0");
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

/// The later of two ends; none: never.
fn later(one: Option<Instant>, other: Option<Instant>) -> Option<Instant> {
    one.zip(other).map(|(one, other)| one.max(other))
}
