//! Who speaks: in rank order each is taken if its gates still pass with those already taken counted as delivered.

use crate::facts::Look;
use crate::foresight::slot_kept;
use crate::hash::{bucket, fnv1a128};
use crate::ledger::Record;
use crate::message::choose;
use crate::occasion::{Occasion, propose};
use crate::read::{Campaign, World};
use crate::refusals::{Refusal, passes, refusals};
use serde_json::json;

const CLASSES: [&str; 4] = ["transactional", "service", "relational", "promotional"];

/// One that speaks, or would but for the holdout.
pub struct Taken<'a> {
    /// Who.
    pub campaign: &'a Campaign,
    /// About what.
    pub occasion: Occasion,
    /// How: the locale and the index of the variant.
    pub words: (String, usize),
    /// As it stands in the ledger from now on.
    pub record: Record,
}

/// What becomes of each campaign, in the order of the policy, and those taken, in theirs.
pub struct Outcome<'a> {
    /// Why not; empty for those taken.
    pub refused: Vec<Vec<Refusal>>,
    /// In the order in which they were taken.
    pub taken: Vec<Taken<'a>>,
}

/// Obligation > class > weight > no offer first > soonest expiry (none last) > least recently contacted (never first) > id.
pub fn rank<'a>(
    look: &Look,
    campaign: &'a Campaign,
    ends: Option<i64>,
) -> (bool, usize, i64, bool, i64, i64, &'a [u8]) {
    let class = CLASSES.iter().position(|class| *class == campaign.class).unwrap();
    let own = look.ledger.iter().filter(|record| record.campaign == campaign.id && record.counts(look.now));
    let last = own.map(|record| record.as_of(look.now)).max().unwrap_or(i64::MIN);
    let ends = ends.unwrap_or(i64::MAX);
    (!campaign.is_obligation(), class, -campaign.weight, campaign.offer.is_some(), ends, last, campaign.id.as_bytes())
}

/// What a contact of this campaign would leave in the ledger: a ghost, if it would be withheld.
pub fn record(world: &World, campaign: &Campaign, occurrence: &str, id: String, at: i64) -> Record {
    Record {
        id,
        campaign: campaign.id.clone(),
        class: campaign.class.clone(),
        channel: campaign.channel.clone(),
        at,
        state: if is_withheld(world, campaign) { "ghost" } else { "delivered" }.to_owned(),
        lease_until: None,
        seen_at: None,
        occurrence: Some(occurrence.to_owned()),
        variant: None,
        reaction: None,
        urgent: campaign.urgent,
        digest: None,
    }
}

/// A customer with an id is withheld if its hash is under the share; never from transactional, service or obligations.
pub fn is_withheld(world: &World, campaign: &Campaign) -> bool {
    let (holdout, id) = (&world.policy["holdout"], world.request["customer"]["id"].as_str());
    let may_be = !campaign.is_obligation() && campaign.class != "transactional" && campaign.class != "service";
    match (holdout["share"].as_f64(), id) {
        (Some(share), Some(id)) => may_be && bucket(holdout["salt"].as_str().unwrap(), id) < share,
        _ => false,
    }
}

/// The ledger with those taken counted as delivered.
pub fn with_taken(world: &World, taken: &[Taken]) -> Vec<Record> {
    world.ledger.iter().cloned().chain(taken.iter().map(|one| one.record.clone())).collect()
}

/// Gates, rank, places, slots.
pub fn arbitrate(world: &World) -> Outcome<'_> {
    let look = Look::at(world, world.now, &world.ledger);
    let mut refused: Vec<Vec<Refusal>> = world.campaigns.iter().map(|campaign| refusals(&look, campaign)).collect();
    let mut ranked: Vec<usize> = (0..world.campaigns.len()).filter(|index| refused[*index].is_empty()).collect();
    ranked.retain(|index| {
        let no_place = no_place(world, &world.campaigns[*index]);
        refused[*index].extend(no_place.clone());
        no_place.is_none()
    });
    ranked.sort_by_key(|index| {
        let campaign = &world.campaigns[*index];
        rank(&look, campaign, propose(&look, campaign).unwrap().ends)
    });
    let mut taken: Vec<Taken> = vec![];
    for (place, index) in ranked.iter().enumerate() {
        let campaign = &world.campaigns[*index];
        if taken.iter().any(|one| one.campaign.id == campaign.id) {
            continue;
        }
        let ledger = with_taken(world, &taken);
        let look = Look::at(world, world.now, &ledger);
        refused[*index].extend(outranked(&look, campaign, &taken));
        if refused[*index].is_empty() {
            refused[*index].extend(slot_kept(&look, campaign, &taken));
        }
        if !refused[*index].is_empty() {
            continue;
        }
        let mut members = vec![campaign];
        if campaign.disposition == "digest" {
            let others = ranked.iter().skip(place + 1).map(|index| &world.campaigns[*index]);
            members.extend(others.filter(|other| joins(&look, campaign, other, &taken)));
        }
        let mut together: Vec<Taken> = members.iter().map(|member| take(&look, member)).collect();
        if together.len() > 1 {
            let first = together[0].record.id.clone();
            together.iter_mut().for_each(|one| one.record.digest = Some(first.clone()));
        }
        for one in together {
            let index = world.campaigns.iter().position(|campaign| campaign.id == one.campaign.id).unwrap();
            refused[index].clear();
            taken.push(one);
        }
    }
    Outcome { refused, taken }
}

/// An onsite contact needs its place on the page, where the request says which there are.
fn no_place(world: &World, campaign: &Campaign) -> Option<Refusal> {
    let places = world.request["placements"].as_array()?;
    let placement = campaign.placement.as_ref()?;
    let absent = campaign.channel == "onsite" && !places.iter().any(|place| *place == **placement);
    let detail = json!({ "placement": placement });
    absent.then_some(Refusal { gate: "arbitration", code: "no-place", detail })
}

/// Its gates still pass, none taken has its channel and placement; obligations and transactional aside, fewer than `contacts` are taken.
fn outranked(look: &Look, campaign: &Campaign, taken: &[Taken]) -> Option<Refusal> {
    let same_place =
        |one: &&Taken| one.campaign.channel == campaign.channel && one.campaign.placement == campaign.placement;
    let free = |campaign: &Campaign| campaign.is_obligation() || campaign.class == "transactional";
    let slots = look.world.policy["arbitration"]["contacts"].as_u64().unwrap_or(1);
    let in_slots: Vec<&Taken> = taken.iter().filter(|one| !free(one.campaign) && !one.record.is_later_part()).collect();
    let full = !free(campaign) && in_slots.len() as u64 >= slots;
    let slot = || if full { in_slots.last().copied() } else { None };
    // its gates no longer pass beside all of them: the first beside whom they do not
    let refused = |count: &usize| {
        let ledger = with_taken(look.world, &taken[..=*count]);
        !passes(&Look::at(look.world, look.now, &ledger), campaign)
    };
    let held = taken.len().checked_sub(1).filter(refused).and_then(|_| (0..taken.len()).find(refused));
    let by = held.map(|index| &taken[index]).or_else(|| taken.iter().find(same_place)).or_else(slot)?;
    Some(Refusal { gate: "arbitration", code: "outranked", detail: json!({ "by": by.campaign.id }) })
}

/// Others with `digest` that passed the gates beside what was taken before, of the same channel, placement and class.
fn joins(look: &Look, first: &Campaign, other: &Campaign, taken: &[Taken]) -> bool {
    other.disposition == "digest"
        && (&other.channel, &other.placement, &other.class) == (&first.channel, &first.placement, &first.class)
        && taken.iter().all(|one| one.campaign.id != other.id)
        && refusals(look, other).is_empty()
}

fn take<'a>(look: &Look, campaign: &'a Campaign) -> Taken<'a> {
    let occasion = propose(look, campaign).unwrap();
    let words = choose(look, campaign, &occasion).unwrap();
    let id = contact_id(look, campaign, &occasion.occurrence);
    let mut record = record(look.world, campaign, &occasion.occurrence, id, look.now);
    record.variant = Some(words.1 as u64);
    Taken { campaign, occasion, words, record }
}

/// fnv1a128 over campaign, customer id (or empty), occurrence and attempt, joined by NUL.
fn contact_id(look: &Look, campaign: &Campaign, occurrence: &str) -> String {
    let customer = look.world.request["customer"]["id"].as_str().unwrap_or("");
    let attempt = look
        .ledger
        .iter()
        .filter(|record| record.campaign == campaign.id && record.occurrence.as_deref() == Some(occurrence))
        .filter(|record| record.failed(look.now))
        .count();
    format!("{:032x}", fnv1a128(&[&campaign.id, customer, occurrence, &attempt.to_string()].join("\0")))
}
