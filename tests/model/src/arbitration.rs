//! Which campaigns win. In rank order, each wins if its gates still pass when the contacts of those before it count as delivered.

use crate::context::Context;
use crate::gates::{Refusal, passes, refusals};
use crate::hash::{bucket, fnv1a128};
use crate::ledger::Record;
use crate::message::choose_variant;
use crate::occasions::{Occasion, find_occasion};
use crate::plan::slot_kept;
use crate::read::{Campaign, Input};
use serde_json::json;

const CLASSES: [&str; 4] = ["transactional", "service", "relational", "promotional"];

/// A campaign that speaks, or would speak if the customer were not in the holdout.
pub struct Winner<'a> {
    /// The campaign.
    pub campaign: &'a Campaign,
    /// What it speaks about.
    pub occasion: Occasion,
    /// The locale and the index of the message's variant.
    pub variant: (String, usize),
    /// The record of its contact.
    pub record: Record,
}

/// The refusals of each campaign, and the winners.
pub struct Outcome<'a> {
    /// In the order of the policy; empty for a winner.
    pub refused: Vec<Vec<Refusal>>,
    /// In the order in which they won.
    pub winners: Vec<Winner<'a>>,
}

/// The sort key of a campaign, best first: obligations, class, higher weight, no offer, soonest `expiresAt` (none
/// last), least recent contact (none first), id.
pub fn rank<'a>(
    context: &Context,
    campaign: &'a Campaign,
    ends: Option<i64>,
) -> (bool, usize, i64, bool, i64, i64, &'a [u8]) {
    let class = CLASSES.iter().position(|class| *class == campaign.class).unwrap();
    let own = context.ledger.iter().filter(|record| record.campaign == campaign.id && record.counts(context.now));
    let last = own.map(|record| record.as_of(context.now)).max().unwrap_or(i64::MIN);
    let ends = ends.unwrap_or(i64::MAX);
    (!campaign.is_obligation(), class, -campaign.weight, campaign.offer.is_some(), ends, last, campaign.id.as_bytes())
}

/// The record of a contact of this campaign: a ghost if the holdout withholds it.
pub fn record(input: &Input, campaign: &Campaign, occurrence: &str, id: String, at: i64) -> Record {
    Record {
        id,
        campaign: campaign.id.clone(),
        class: campaign.class.clone(),
        channel: campaign.channel.clone(),
        at,
        state: if is_in_holdout(input, campaign) { "ghost" } else { "delivered" }.to_owned(),
        lease_until: None,
        seen_at: None,
        occurrence: Some(occurrence.to_owned()),
        variant: None,
        reaction: None,
        urgent: campaign.urgent,
        digest: None,
    }
}

/// Whether the holdout withholds the campaign: the customer has an id whose hash is under the share, and the campaign is neither
/// transactional, nor service, nor an obligation.
pub fn is_in_holdout(input: &Input, campaign: &Campaign) -> bool {
    let (holdout, id) = (&input.policy["holdout"], input.request["customer"]["id"].as_str());
    let may_be = !campaign.is_obligation() && campaign.class != "transactional" && campaign.class != "service";
    match (holdout["share"].as_f64(), id) {
        (Some(share), Some(id)) => may_be && bucket(holdout["salt"].as_str().unwrap(), id) < share,
        _ => false,
    }
}

/// The ledger with the contacts of the winners.
pub fn ledger_with(input: &Input, winners: &[Winner]) -> Vec<Record> {
    input.ledger.iter().cloned().chain(winners.iter().map(|one| one.record.clone())).collect()
}

/// Asks all gates, ranks the campaigns that pass, and picks the winners.
pub fn arbitrate(input: &Input) -> Outcome<'_> {
    let context = Context::at(input, input.now, &input.ledger);
    let mut refused: Vec<Vec<Refusal>> = input.campaigns.iter().map(|campaign| refusals(&context, campaign)).collect();
    let mut ranked: Vec<usize> = (0..input.campaigns.len()).filter(|index| refused[*index].is_empty()).collect();
    ranked.retain(|index| {
        let refusal = placement_missing(input, &input.campaigns[*index]);
        refused[*index].extend(refusal.clone());
        refusal.is_none()
    });
    ranked.sort_by_key(|index| {
        let campaign = &input.campaigns[*index];
        rank(&context, campaign, find_occasion(&context, campaign).unwrap().ends)
    });
    let mut winners: Vec<Winner> = vec![];
    for (position, index) in ranked.iter().enumerate() {
        let campaign = &input.campaigns[*index];
        if winners.iter().any(|one| one.campaign.id == campaign.id) {
            continue;
        }
        let ledger = ledger_with(input, &winners);
        let context = Context::at(input, input.now, &ledger);
        let refusal = outranked(&context, campaign, &winners).or_else(|| slot_kept(&context, campaign, &winners));
        if let Some(refusal) = refusal {
            refused[*index].push(refusal);
            continue;
        }
        let others = ranked.iter().skip(position + 1).map(|index| &input.campaigns[*index]);
        for winner in with_digest(&context, campaign, others, &winners) {
            let index = input.campaigns.iter().position(|campaign| campaign.id == winner.campaign.id).unwrap();
            refused[index].clear();
            winners.push(winner);
        }
    }
    Outcome { refused, winners }
}

/// Refuses an onsite campaign whose placement is not on the page, if the request lists the placements.
fn placement_missing(input: &Input, campaign: &Campaign) -> Option<Refusal> {
    let placements = input.request["placements"].as_array()?;
    let placement = campaign.placement.as_ref()?;
    let absent = campaign.channel == "onsite" && !placements.iter().any(|one| *one == **placement);
    let detail = json!({ "placement": placement });
    absent.then_some(Refusal { gate: "arbitration", code: "no-place", detail })
}

/// Refuses a campaign when its gates no longer pass once the contacts of the winners count, when a winner has its
/// channel and placement, or when `arbitration.contacts` winners are found already. Obligations and transactional
/// campaigns are not counted among those, and later parts of a digest neither.
fn outranked(context: &Context, campaign: &Campaign, winners: &[Winner]) -> Option<Refusal> {
    let same_placement =
        |one: &&Winner| one.campaign.channel == campaign.channel && one.campaign.placement == campaign.placement;
    let uncounted = |campaign: &Campaign| campaign.is_obligation() || campaign.class == "transactional";
    let most = context.input.policy["arbitration"]["contacts"].as_u64().unwrap_or(1);
    let counted: Vec<&Winner> =
        winners.iter().filter(|one| !uncounted(one.campaign) && !one.record.is_later_part()).collect();
    let full = !uncounted(campaign) && counted.len() as u64 >= most;
    let last_counted = || if full { counted.last().copied() } else { None };
    // the first winner after whose contact the gates no longer pass
    let refused_after = |count: &usize| {
        let ledger = ledger_with(context.input, &winners[..=*count]);
        !passes(&Context::at(context.input, context.now, &ledger), campaign)
    };
    let held = winners.len().checked_sub(1).filter(refused_after).and_then(|_| (0..winners.len()).find(refused_after));
    let by = held.map(|index| &winners[index]).or_else(|| winners.iter().find(same_placement)).or_else(last_counted)?;
    Some(Refusal { gate: "arbitration", code: "outranked", detail: json!({ "by": by.campaign.id }) })
}

/// Whether a campaign joins the digest of another: it has `digest` too, the same channel, placement and class, and passes its gates
/// with the contacts of the winners so far.
fn joins_digest(context: &Context, first: &Campaign, other: &Campaign, winners: &[Winner]) -> bool {
    other.disposition == "digest"
        && (&other.channel, &other.placement, &other.class) == (&first.channel, &first.placement, &first.class)
        && winners.iter().all(|one| one.campaign.id != other.id)
        && refusals(context, other).is_empty()
}

/// The campaign as a winner. If its disposition is `digest`, the others that join it win with it, in one contact.
fn with_digest<'a>(
    context: &Context,
    campaign: &'a Campaign,
    others: impl Iterator<Item = &'a Campaign>,
    winners: &[Winner],
) -> Vec<Winner<'a>> {
    let mut members = vec![campaign];
    if campaign.disposition == "digest" {
        members.extend(others.filter(|other| joins_digest(context, campaign, other, winners)));
    }
    let mut together: Vec<Winner> = members.iter().map(|member| win(context, member)).collect();
    if together.len() > 1 {
        let first = together[0].record.id.clone();
        together.iter_mut().for_each(|one| one.record.digest = Some(first.clone()));
    }
    together
}

fn win<'a>(context: &Context, campaign: &'a Campaign) -> Winner<'a> {
    let occasion = find_occasion(context, campaign).unwrap();
    let variant = choose_variant(context, campaign, &occasion).unwrap();
    let id = contact_id(context, campaign, &occasion.occurrence);
    let mut record = record(context.input, campaign, &occasion.occurrence, id, context.now);
    record.variant = Some(variant.1 as u64);
    Winner { campaign, occasion, variant, record }
}

/// The 128-bit FNV-1a hash of campaign, customer id (or nothing), occurrence and number of failed attempts, joined by NUL.
fn contact_id(context: &Context, campaign: &Campaign, occurrence: &str) -> String {
    let customer = context.input.request["customer"]["id"].as_str().unwrap_or("");
    let attempt = context
        .ledger
        .iter()
        .filter(|record| record.campaign == campaign.id && record.occurrence.as_deref() == Some(occurrence))
        .filter(|record| record.failed(context.now))
        .count();
    format!("{:032x}", fnv1a128(&[&campaign.id, customer, occurrence, &attempt.to_string()].join("\0")))
}
