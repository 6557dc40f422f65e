//! Who speaks: first obligations, transactional and service contacts, then those that the plan lets speak now.

use crate::context::Context;
use crate::gates::{Refusal, may_repeat, passes, refusals};
use crate::hash::{bucket, fnv1a128};
use crate::ledger::Record;
use crate::message::choose_variant;
use crate::occasions::others::contacts_since_the_question;
use crate::occasions::{Occasion, find_occasion};
use crate::plan::{Heard, Plan, Proposal, Walk};
use crate::read::{Campaign, Input};
use serde_json::{Value, json};

/// A campaign that speaks, or would speak if the customer were not in the holdout.
#[derive(Clone)]
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

/// A sort key, best first: obligations (an apology first), transactional, service, a question whose turn has come, weight, relational
/// before promotional, no offer, the soonest end (none last), the least recent contact (none first), id.
pub type Rank<'a> = (usize, usize, bool, i64, bool, bool, i64, i64, &'a [u8]);

/// The rank of a campaign.
pub fn rank<'a>(context: &Context, campaign: &'a Campaign, ends: Option<i64>) -> Rank<'a> {
    let obligation = ["apology", "thankYou"].iter().position(|kind| *kind == campaign.kind).unwrap_or(2);
    let class = ["transactional", "service"].iter().position(|class| *class == campaign.class).unwrap_or(2);
    let own = context.ledger.iter().filter(|record| record.campaign == campaign.id && record.counts(context.now));
    let last = own.map(|record| record.as_of(context.now)).max().unwrap_or(i64::MIN);
    (
        obligation,
        class,
        !is_its_turn(context, campaign),
        -campaign.weight,
        campaign.class == "promotional",
        campaign.offer.is_some(),
        ends.unwrap_or(i64::MAX),
        last,
        campaign.id.as_bytes(),
    )
}

/// Whether so many contacts came since the last question that the next is due.
fn is_its_turn(context: &Context, campaign: &Campaign) -> bool {
    let others = contacts_since_the_question(context, campaign);
    others.is_some_and(|others| others + 1 >= campaign.raw["every"].as_u64().unwrap())
}

/// Whether a campaign is taken before the plan: an obligation, or a transactional or service campaign.
pub fn is_taken_first(campaign: &Campaign) -> bool {
    campaign.is_obligation() || campaign.class == "transactional" || campaign.class == "service"
}

/// The record of a contact of this campaign: a ghost if the holdout withholds it.
pub fn record(input: &Input, campaign: &Campaign, occurrence: &str, id: String, at: i64) -> Record {
    Record {
        id,
        campaign: campaign.id.clone(),
        class: campaign.class.clone(),
        channel: campaign.channel.clone(),
        placement: campaign.placement.clone(),
        at,
        state: if is_in_holdout(input, campaign) { "ghost" } else { "delivered" }.to_owned(),
        lease_until: None,
        seen_at: None,
        occurrence: Some(occurrence.to_owned()),
        offer: campaign.offer.clone(),
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
    match (holdout["share"].as_f64(), id) {
        (Some(share), Some(id)) => !is_taken_first(campaign) && bucket(holdout["salt"].as_str().unwrap(), id) < share,
        _ => false,
    }
}

/// The ledger with the contacts of the winners.
pub fn ledger_with(input: &Input, winners: &[Winner]) -> Vec<Record> {
    input.ledger.iter().cloned().chain(winners.iter().map(|one| one.record.clone())).collect()
}

/// The arbitration of one request.
struct Arbitration<'a> {
    input: &'a Input,
    refused: Vec<Vec<Refusal>>,
    winners: Vec<Winner<'a>>,
}

/// Asks all gates, takes what comes before the plan, and lets the plan decide about the rest.
pub fn arbitrate(input: &Input) -> Outcome<'_> {
    let context = Context::at(input, input.now, &input.ledger);
    let refused: Vec<Vec<Refusal>> = input.campaigns.iter().map(|campaign| refusals(&context, campaign)).collect();
    let mut passing: Vec<&Campaign> =
        input.campaigns.iter().zip(&refused).filter(|(_, refused)| refused.is_empty()).map(|one| one.0).collect();
    passing.retain(|campaign| input.asks(campaign));
    passing.sort_by_key(|campaign| rank(&context, campaign, find_occasion(&context, campaign).unwrap().ends));
    let mut all = Arbitration { input, refused, winners: vec![] };
    passing.retain(|campaign| {
        let absent = placement_missing(input, campaign);
        let is_here = absent.is_none();
        absent.into_iter().for_each(|refusal| all.refuse(campaign, refusal));
        is_here
    });
    let (first, rest): (Vec<&Campaign>, Vec<&Campaign>) = passing.into_iter().partition(|one| is_taken_first(one));
    all.take_first(&first, &rest);
    all.plan(&rest);
    Outcome { refused: all.refused, winners: all.winners }
}

/// Refuses an onsite campaign whose placement is not on the page, if the request lists the placements.
pub fn placement_missing(input: &Input, campaign: &Campaign) -> Option<Refusal> {
    let placements = input.request["placements"].as_array()?;
    let placement = campaign.placement.as_ref()?;
    let absent = campaign.channel == "onsite" && !placements.iter().any(|one| *one == **placement);
    let detail = json!({ "placement": placement });
    absent.then_some(Refusal { gate: "arbitration", code: "no-place", detail })
}

/// Whether a campaign joins a contact as a later part of a digest: only one part may carry an offer, and repetition sees the parts
/// before it. The first part of a contact always may.
pub fn joins(context: &Context, contact: &Heard, campaign: &Campaign, occurrence: &str) -> bool {
    let mut ledger = context.ledger.to_vec();
    ledger.extend(contact.records.iter().cloned());
    let beside = Context::of(context.input, context.now, &ledger, context.frozen);
    // the same offer twice in one contact is one offer
    let again = campaign.offer.as_ref().is_some_and(|offer| context.input.again(offer).is_some());
    let other_offer = |part: &&Campaign| part.offer.is_some() && (part.offer != campaign.offer || again);
    let offers = campaign.offer.is_some() && contact.parts.iter().any(other_offer);
    let asks = campaign.is_question() && contact.parts.iter().any(|part| part.is_question());
    contact.parts.is_empty() || (!asks && !offers && may_repeat(&beside, campaign, occurrence))
}

impl<'a> Arbitration<'a> {
    fn refuse(&mut self, campaign: &Campaign, refusal: Refusal) {
        let index = self.input.campaigns.iter().position(|other| other.id == campaign.id).unwrap();
        self.refused[index].push(refusal);
    }

    fn is_decided(&self, campaign: &Campaign) -> bool {
        let index = self.input.campaigns.iter().position(|other| other.id == campaign.id).unwrap();
        !self.refused[index].is_empty() || self.winners.iter().any(|one| one.campaign.id == campaign.id)
    }

    /// Whether the campaign still passes now beside the first `count` winners. Facts are those of before the decision.
    fn passes_beside(&self, campaign: &Campaign, count: usize) -> bool {
        let ledger = ledger_with(self.input, &self.winners[..count]);
        passes(&self.now(&ledger), campaign)
    }

    fn now<'b>(&'b self, ledger: &'b [Record]) -> Context<'b> {
        let frozen = Some((self.input.now, self.input.ledger.as_slice()));
        Context::of(self.input, self.input.now, ledger, frozen).brief()
    }

    /// In rank order, those that pass beside the ones before, and whose placement is free.
    fn take_first(&mut self, ranked: &[&'a Campaign], rest: &[&'a Campaign]) {
        for (position, campaign) in ranked.iter().enumerate() {
            if self.is_decided(campaign) {
                continue;
            }
            let same_place = |one: &&Winner| {
                campaign.channel == "onsite"
                    && one.campaign.channel == "onsite"
                    && one.campaign.placement == campaign.placement
            };
            let gives = |one: &&Winner| campaign.offer.is_some() && one.campaign.offer.is_some();
            let in_place = self.winners.iter().find(same_place).or_else(|| self.winners.iter().find(gives));
            let in_place = in_place.map(|one| one.campaign);
            let last = self.winners.last().map(|one| one.campaign);
            let ended = last.filter(|_| !self.passes_beside(campaign, self.winners.len()));
            if let Some(by) = in_place.or(ended) {
                self.refuse(campaign, outranked(Some(by), None));
                continue;
            }
            let mut members = vec![*campaign];
            if campaign.disposition == "digest" {
                // thanks take a digest of the rest with them
                let later = ranked[position + 1..].iter().chain(rest).copied().filter(|other| {
                    other.disposition == "digest"
                        && (&other.channel, &other.placement, &other.class)
                            == (&campaign.channel, &campaign.placement, &campaign.class)
                });
                members.extend(later.filter(|other| !self.is_decided(other)));
            }
            self.speak(&members);
        }
    }

    /// Makes one contact of campaigns: the first always, the others if they may join it.
    fn speak(&mut self, members: &[&'a Campaign]) {
        let before = ledger_with(self.input, &self.winners);
        let mut together: Vec<Winner> = vec![];
        for member in members {
            let context = self.now(&before);
            let heard = Heard {
                at: self.input.now,
                parts: together.iter().map(|one| one.campaign).collect(),
                records: together.iter().map(|one| one.record.clone()).collect(),
            };
            let Some(occasion) = find_occasion(&context, member) else { continue };
            if passes(&context, member) && joins(&context, &heard, member, &occasion.occurrence) {
                let mut winner = win(&context, member);
                winner.record.digest = together.first().map(|one| one.record.id.clone());
                together.push(winner);
            }
        }
        if together.len() > 1 {
            let id = together[0].record.id.clone();
            together[0].record.digest = Some(id);
        }
        self.winners.extend(together);
    }

    /// The campaign of the last contact; of a digest that took its turn, the first part.
    fn last_speaker(&self) -> Option<&'a Campaign> {
        let last = self.winners.last()?;
        let first = self.winners.iter().find(|one| last.record.digest.as_ref() == Some(&one.record.id));
        Some(first.filter(|first| !is_taken_first(first.campaign)).unwrap_or(last).campaign)
    }

    /// The plan over the relational and promotional campaigns; `ranked` are those that pass their gates now.
    fn plan(&mut self, ranked: &[&'a Campaign]) {
        let taken_campaigns = self.winners.iter().map(|one| one.campaign).collect();
        let passing = ranked.iter().map(|one| one.index).collect();
        let plan = Plan::new(self.input, ledger_with(self.input, &self.winners), taken_campaigns, passing);
        let proposals = plan.proposals();
        let (accepted, unaccepted) = accept(&plan, &proposals);
        let mut speaking: Vec<Heard> = vec![];
        let mut spoken: Vec<usize> = vec![];
        let mut kept: Vec<(usize, Refusal)> = vec![];
        let mut full: Vec<(usize, Option<&Campaign>)> = vec![];
        for index in &accepted {
            let proposal = &proposals[*index];
            let passing = self.passing_now(proposal, ranked, &speaking, &plan);
            let Some(contact) = passing else {
                let first = proposal.first().campaign;
                let offers = |part: &Campaign| {
                    (part.offer.is_some() && first.offer.is_some()) || (part.is_question() && first.is_question())
                };
                let stands_in_its_way = |one: &&Heard| {
                    let in_place = plan.in_its_way(first, self.input.now, std::slice::from_ref(one)).is_some();
                    in_place || one.parts.iter().any(|part| offers(part))
                };
                let taken = plan.in_its_way(first, self.input.now, &[]);
                let by = taken.or_else(|| speaking.iter().find(stands_in_its_way).map(|one| one.parts[0]));
                full.push((*index, by.or(self.last_speaker())));
                continue;
            };
            let with: Vec<Heard> = speaking.iter().cloned().chain([contact.clone()]).collect();
            let others: Vec<Proposal> = accepted
                .iter()
                .filter(|other| *other != index && !spoken.contains(other))
                .map(|other| proposals[*other].clone())
                .collect();
            let walk = plan.walk(&others, &with);
            if let Some(first) = walk.unheard.first() {
                let kept_for = &others[*first];
                let detail = json!({ "for": kept_for.first().campaign.id, "until": kept_for.closes() });
                kept.push((*index, Refusal { gate: "arbitration", code: "slot-kept", detail }));
                continue;
            }
            spoken.push(*index);
            speaking.push(contact.clone());
            let parts = contact.parts.clone();
            self.speak(&parts);
        }
        let waiting: Vec<usize> = accepted.iter().copied().filter(|index| !spoken.contains(index)).collect();
        let rest: Vec<Proposal> = waiting.iter().map(|index| proposals[*index].clone()).collect();
        let forecast = plan.walk(&rest, &speaking);
        let planned_at = |index: usize| {
            let position = waiting.iter().position(|one| *one == index)?;
            forecast.order.iter().find(|heard| heard.0 == position).map(|heard| heard.1)
        };
        for campaign in ranked {
            if self.is_decided(campaign) {
                continue;
            }
            let index = proposals.iter().position(|one| one.has(campaign));
            // what does not pass beside those that speak now is not planned for now
            let planned = index
                .and_then(planned_at)
                .filter(|at| *at > self.input.now || self.passes_beside(campaign, self.winners.len()));
            // what the first contacts have said is ahead now, so nobody keeps it out
            let is_of_now = |index: &usize| plan.is_passing(&proposals[*index]);
            let not_accepted = index.filter(is_of_now).and_then(|index| unaccepted.iter().find(|one| one.0 == index));
            let slot_kept = index.and_then(|index| kept.iter().find(|one| one.0 == index));
            let is_full = index.and_then(|index| full.iter().find(|one| one.0 == index));
            // a part that could not join the digest that speaks
            let digest = index.and_then(|index| spoken.iter().position(|one| *one == index));
            let refusal = match (not_accepted, slot_kept) {
                _ if self.input.policy["arbitration"]["contacts"] == 0 => outranked(None, None),
                (Some((_, by)), _) => outranked(*by, None),
                (_, Some((_, refusal))) => {
                    let mut refusal = refusal.clone();
                    refusal.detail["plannedAt"] = json!(planned);
                    refusal
                }
                _ => {
                    let by = digest.map(|position| speaking[position].parts[0]).or(is_full.and_then(|one| one.1));
                    let by = by.or_else(|| plan.in_its_way(campaign, self.input.now, &speaking));
                    let last = self.winners.last().map(|last| last.campaign).filter(|_| index.is_none());
                    outranked(by.or(last).or(self.last_speaker()), planned)
                }
            };
            self.refuse(campaign, refusal);
        }
    }

    /// The contact of a proposal now beside the speakers, if its gates pass and the instant holds it.
    fn passing_now(
        &self,
        proposal: &Proposal<'a>,
        ranked: &[&'a Campaign],
        speaking: &[Heard<'a>],
        plan: &Plan<'a>,
    ) -> Option<Heard<'a>> {
        let ledger = ledger_with(self.input, &self.winners);
        let mut heard = Heard { at: self.input.now, parts: vec![], records: vec![] };
        for member in &proposal.members {
            let campaign = member.campaign;
            let context = self.now(&ledger);
            let is_here = ranked.iter().any(|one| one.id == campaign.id);
            let occasion = find_occasion(&context, campaign).filter(|_| is_here);
            let passes = passes(&context, campaign) && plan.holds(campaign, self.input.now, speaking);
            let may_join = |one: &Occasion| passes && joins(&context, &heard, campaign, &one.occurrence);
            if occasion.is_some_and(|one| may_join(&one)) {
                let mut record = win(&context, campaign).record;
                record.digest = heard.records.first().map(|first| first.id.clone());
                heard.parts.push(campaign);
                heard.records.push(record);
            } else if heard.parts.is_empty() {
                // a digest speaks with its highest
                return None;
            }
        }
        (!heard.parts.is_empty()).then_some(heard)
    }
}

/// The proposals that are accepted, in rank order, and the others, each with who keeps it out.
type Accepted<'a> = (Vec<usize>, Vec<(usize, Option<&'a Campaign>)>);

/// If the walk hears all, all are accepted; else, in rank order, each that it hears together with those accepted before.
fn accept<'a>(plan: &Plan<'a>, proposals: &[Proposal<'a>]) -> Accepted<'a> {
    // what its limits hold until it closes fits with nothing
    let fits_alone = |index: &usize| {
        let one = std::slice::from_ref(&proposals[*index]);
        plan.is_passing(&proposals[*index]) || plan.fits(one, &[])
    };
    let possible: Vec<usize> = (0..proposals.len()).filter(fits_alone).collect();
    let set: Vec<Proposal> = possible.iter().map(|one| proposals[*one].clone()).collect();
    if plan.fits(&set, &[]) {
        return (possible, vec![]);
    }
    let (mut accepted, mut others): Accepted = (vec![], vec![]);
    for index in possible {
        let tried: Vec<usize> = accepted.iter().copied().chain([index]).collect();
        let set: Vec<Proposal> = tried.iter().map(|one| proposals[*one].clone()).collect();
        let walk = plan.walk(&set, &[]);
        match walk.unheard.first() {
            None => accepted.push(index),
            Some(first) => others.push((index, who_keeps_out(plan, &set, &walk, *first))),
        }
    }
    (accepted, others)
}

/// Who would close unheard; if that is the last of the set itself, who was heard last before it closed, else who has its place, else who
/// was taken last.
fn who_keeps_out<'a>(plan: &Plan<'a>, set: &[Proposal<'a>], walk: &Walk<'a>, first: usize) -> Option<&'a Campaign> {
    if first != set.len() - 1 {
        return Some(set[first].first().campaign);
    }
    if plan.input.policy["arbitration"]["contacts"] == 0 {
        return None;
    }
    let closes = set[first].closes();
    let before = walk.order.iter().rev().find(|heard| heard.1 < closes).map(|heard| set[heard.0].first().campaign);
    let in_place = || plan.in_its_way(set[first].first().campaign, plan.input.now, &[]);
    before.or_else(in_place).or_else(|| plan.taken.last().copied())
}

fn outranked(by: Option<&Campaign>, planned: Option<i64>) -> Refusal {
    let by = by.map_or(Value::Null, |by| json!(by.id));
    Refusal { gate: "arbitration", code: "outranked", detail: json!({ "by": by, "plannedAt": planned }) }
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
