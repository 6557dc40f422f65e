//! The plan: who of the relational and promotional campaigns speaks now, and who waits. If all can be heard one after the other, all
//! are; where not, rank decides.

use crate::arbitration::{Rank, is_taken_first, joins, placement_missing, rank, record};
use crate::context::Context;
use crate::gates::wishes::less_often;
use crate::gates::{Answer, asked_but_limits, passes_limits_and_repetition, stays_refused};
use crate::hash::Known;
use crate::hash::fnv1a128;
use crate::ledger::Record;
use crate::occasions::{find_occasion, originals};
use crate::read::{Campaign, Input};
use crate::retry::{dated_changes, first_of, limit_changes};
use crate::time::{DAY, HORIZON, parse_duration};
use std::cell::RefCell;

/// At most so many proposals that pass now are weighed, and so many that do not.
const MOST: usize = 64;

/// A campaign of a proposal.
#[derive(Clone)]
pub struct Member<'a> {
    /// The campaign.
    pub campaign: &'a Campaign,
    /// What it would speak about.
    pub occurrence: String,
    /// The first instant, not before now, at which it passes all gates but limits.
    pub begins: i64,
    /// When its occasion, or its patience, ends.
    pub closes: i64,
    /// Its rank.
    pub rank: Rank<'a>,
}

/// One campaign, or the digest campaigns of one channel, placement and class: members in rank order.
#[derive(Clone)]
pub struct Proposal<'a> {
    /// In rank order.
    pub members: Vec<Member<'a>>,
}

impl Member<'_> {
    fn speaks_of(&self, occurrence: &str) -> bool {
        self.campaign.is_renamed() || self.occurrence == occurrence
    }
}

impl<'a> Proposal<'a> {
    /// The member that gives the proposal its rank and its name.
    pub fn first(&self) -> &Member<'a> {
        &self.members[0]
    }

    /// The closing of the member that closes soonest.
    pub fn closes(&self) -> i64 {
        self.members.iter().map(|member| member.closes).min().unwrap()
    }

    /// Whether a campaign is one of its members.
    pub fn has(&self, campaign: &Campaign) -> bool {
        self.members.iter().any(|member| member.campaign.id == campaign.id)
    }
}

/// A contact of the plan: of a speaker, or of the walk.
#[derive(Clone)]
pub struct Heard<'a> {
    /// Its instant.
    pub at: i64,
    /// Its campaigns: several in a digest.
    pub parts: Vec<&'a Campaign>,
    /// Their records.
    pub records: Vec<Record>,
}

/// What the plan needs: the request, and the contacts that are taken before it.
pub struct Plan<'a> {
    /// Policy and request.
    pub input: &'a Input,
    /// The ledger, with the contacts that are taken first.
    pub ledger: Vec<Record>,
    /// The campaigns that are taken first.
    pub taken: Vec<&'a Campaign>,
    /// The indexes of the campaigns that passed all gates before anything was taken.
    passing: Vec<usize>,
    /// The instants at which the answer of a gate may change.
    changes: Vec<i64>,
    /// Whether a campaign was open for an occurrence at an instant: asked once.
    known: Known<(usize, i64), Result<String, Answer>>,
}

/// The proposals that a walk heard, each with its instant, and those it did not hear.
pub struct Walk<'a> {
    /// Index of the proposal and instant, in the order in which they were heard.
    pub order: Vec<(usize, i64)>,
    /// The indexes of those that closed unheard, the soonest closing first.
    pub unheard: Vec<usize>,
    /// All contacts.
    pub contacts: Vec<Heard<'a>>,
}

impl<'a> Plan<'a> {
    /// The plan of a request after some contacts were taken.
    pub fn new(input: &'a Input, ledger: Vec<Record>, taken: Vec<&'a Campaign>, passing: Vec<usize>) -> Plan<'a> {
        let context = Context::of(input, input.now, &ledger, Some((input.now, &input.ledger)));
        let changes = dated_changes(&context, &ledger, input.now + HORIZON);
        Plan { input, ledger, taken, passing, changes, known: RefCell::default() }
    }

    fn context<'b>(&'b self, at: i64, ledger: &'b [Record]) -> Context<'b> {
        Context::of(self.input, at, ledger, Some((self.input.now, &self.input.ledger))).brief()
    }

    /// All proposals, in rank order.
    pub fn proposals(&self) -> Vec<Proposal<'a>> {
        let campaigns = self.input.campaigns.iter();
        let mut members: Vec<Member> = campaigns.filter_map(|campaign| self.member(campaign)).collect();
        // a substitute ahead is a proposal only where its original is none
        let all: Vec<usize> = members.iter().map(|member| member.campaign.index).collect();
        let is_planned = |one: &Campaign| originals(self.input, one).any(|original| all.contains(&original.index));
        members.retain(|member| self.passed(member) || !is_planned(member.campaign));
        members.sort_by(|left, right| left.rank.cmp(&right.rank));
        let mut found: Vec<Proposal> = vec![];
        for member in members {
            // the members that pass now are one proposal, those ahead another
            let same = |other: &Proposal<'a>| {
                share_a_digest(other.first().campaign, member.campaign)
                    && self.passed(other.first()) == self.passed(&member)
            };
            match found.iter().position(same) {
                Some(index) => found[index].members.push(member),
                None => found.push(Proposal { members: vec![member] }),
            }
        }
        let (mut now, mut ahead): (Vec<Proposal>, Vec<Proposal>) =
            found.into_iter().partition(|one| !self.parts_at(one, self.input.now, &[]).is_empty());
        now.truncate(MOST);
        ahead.truncate(MOST);
        now.extend(ahead);
        now.sort_by(|left, right| left.first().rank.cmp(&right.first().rank));
        now
    }

    /// Whether a member passed all gates now, before anything was taken, and does so now but for limits.
    fn passed(&self, member: &Member) -> bool {
        member.begins == self.input.now && self.passing.contains(&member.campaign.index)
    }

    /// Whether a proposal is one of now.
    pub fn is_passing(&self, proposal: &Proposal) -> bool {
        self.passed(proposal.first())
    }

    /// The campaign as a proposal, if it is relational or promotional and passes its gates but limits now or within 400 days.
    fn member(&self, campaign: &'a Campaign) -> Option<Member<'a>> {
        let is_taken = self.taken.iter().any(|one| one.id == campaign.id);
        if is_taken || is_taken_first(campaign) || !self.input.asks(campaign) {
            return None;
        }
        let now = self.input.now;
        // facts are frozen, so this stays as it is
        if stays_refused(&self.context(now, &self.ledger), campaign) {
            return None;
        }
        let from = if placement_missing(self.input, campaign).is_some() { now + 1 } else { now };
        let passes_now = self.passing.contains(&campaign.index);
        // what did not pass before the first contacts were taken, or may be said by them, begins when the wish for less lets it, too
        let is_as_before = passes_now && !self.may_be_said(campaign);
        let has_wish = |at: i64| !is_as_before && less_often(&self.context(at, &self.ledger)).is_some();
        let begins = self.first_open(campaign, from, now + HORIZON, |at, _| !has_wish(at))?;
        let occasion = find_occasion(&self.context(begins, &self.ledger), campaign)?;
        // a page on which the customer may never be keeps no slot without an end
        if occasion.ends.is_none() && placement_missing(self.input, campaign).is_some() {
            return None;
        }
        let closes = if campaign.event.is_some() {
            now + 1
        } else {
            occasion.ends.unwrap_or(self.patience_ends(campaign, begins))
        };
        let rank = rank(&self.context(now, &self.input.ledger), campaign, occasion.ends);
        (begins < closes).then_some(Member { campaign, occurrence: occasion.occurrence, begins, closes, rank })
    }

    /// Whether the contacts that are taken first may have said what the campaign, or one that it stands in for, has to say, or gave
    /// its offer.
    fn may_be_said(&self, campaign: &Campaign) -> bool {
        let again = campaign.offer.as_ref().is_some_and(|offer| self.input.again(offer).is_some());
        let says = |one: &&Campaign| {
            (campaign.is_once_for_all() && one.kind == campaign.kind) || (again && one.offer == campaign.offer)
        };
        let substituted = self.input.campaigns.iter().filter(|other| other.substitute.as_ref() == Some(&campaign.id));
        self.taken.iter().copied().any(|one| says(&one)) || substituted.into_iter().any(|one| self.may_be_said(one))
    }

    /// What the campaign would speak about at an instant, if it passes all gates but limits then.
    fn occurrence_at(&self, campaign: &'a Campaign, at: i64) -> Result<String, Answer> {
        let key = (campaign.index, at);
        if let Some(known) = self.known.borrow().get(&key) {
            return known.clone();
        }
        let then = self.context(at, &self.ledger);
        let found = asked_but_limits(&then, campaign);
        if found.is_ok() {
            self.known.borrow_mut().insert(key, found.clone());
        }
        found
    }

    /// The first instant from `from` to `to` at which something holds that changes only with the gates.
    fn first_open(
        &self,
        campaign: &'a Campaign,
        from: i64,
        to: i64,
        is_wanted: impl Fn(i64, &String) -> bool,
    ) -> Option<i64> {
        if from > to {
            return None;
        }
        let holds = |at: i64| match self.occurrence_at(campaign, at) {
            Ok(occurrence) if is_wanted(at, &occurrence) => Answer::Holds,
            // the next occurrence comes with a date
            Ok(_) => Answer::No,
            Err(answer) => answer,
        };
        if holds(from) == Answer::Holds {
            Some(from)
        } else {
            first_of(self.input, campaign, &self.changes, from, to, holds)
        }
    }

    /// The end of the patience period with an instant.
    fn patience_ends(&self, campaign: &Campaign, at: i64) -> i64 {
        let patience =
            self.input.policy["arbitration"]["patience"].as_str().and_then(parse_duration).unwrap_or(7 * DAY);
        let customer = self.input.request["customer"]["id"].as_str().unwrap_or("");
        let hash = fnv1a128(&[&campaign.id, customer].join("\0"));
        let begins = (hash >> 80) as i64 % patience;
        begins + ((at - begins).div_euclid(patience) + 1) * patience
    }

    /// Whether a member passes at an instant beside the contacts before it.
    fn passes(&self, member: &Member<'a>, at: i64, contacts: &[Heard]) -> bool {
        let ledger: Vec<Record> =
            self.ledger.iter().cloned().chain(contacts.iter().flat_map(|one| one.records.clone())).collect();
        member.begins <= at
            && at < member.closes
            && self.occurrence_at(member.campaign, at).is_ok_and(|one| member.speaks_of(&one))
            && passes_limits_and_repetition(&self.context(at, &ledger), member.campaign, &member.occurrence)
    }

    /// The members that would speak at an instant beside the contacts before it, whether the instant holds them or not. A digest passes
    /// with its first.
    fn parts_at<'b>(&self, proposal: &'b Proposal<'a>, at: i64, contacts: &[Heard]) -> Vec<&'b Member<'a>> {
        if at >= proposal.closes() || !self.passes(proposal.first(), at, contacts) {
            return vec![];
        }
        proposal.members.iter().filter(|member| self.passes(member, at, contacts)).collect()
    }

    /// Whether an instant has room for a campaign: `arbitration.contacts`, one offer, and its place.
    pub fn holds(&self, campaign: &Campaign, at: i64, contacts: &[Heard<'a>]) -> bool {
        let most = self.input.policy["arbitration"]["contacts"].as_u64().unwrap_or(1);
        let beside: Vec<&Heard> = contacts.iter().filter(|one| one.at == at).collect();
        let with_thanks = self.taken.iter().copied().filter(|_| at == self.input.now);
        let mut speakers = beside.iter().flat_map(|one| one.parts.iter().copied()).chain(with_thanks);
        let asks = campaign.is_question() && speakers.any(Campaign::is_question);
        (beside.len() as u64) < most && !asks && self.in_its_way(campaign, at, contacts).is_none()
    }

    /// Who has the placement of an onsite campaign at an instant, or the channel of another; else whose offer is given then. What was
    /// taken first leaves its channel free, but not what came with thanks as a part of their digest.
    pub fn in_its_way(&self, campaign: &Campaign, at: i64, contacts: &[Heard<'a>]) -> Option<&'a Campaign> {
        let onsite = campaign.channel == "onsite";
        let first = || self.taken.iter().copied().filter(|_| at == self.input.now);
        let taken = first().filter(|one| onsite || !is_taken_first(one));
        let heard = || contacts.iter().filter(|one| one.at == at);
        let same =
            |other: &&Campaign| other.channel == campaign.channel && (!onsite || other.placement == campaign.placement);
        let gives = |one: &&Campaign| campaign.offer.is_some() && one.offer.is_some();
        taken
            .chain(heard().map(|one| one.parts[0]))
            .find(same)
            .or_else(|| first().find(|one| gives(one)))
            .or_else(|| heard().find(|one| one.parts.iter().any(gives)).map(|one| one.parts[0]))
    }

    /// The contact of a proposal at an instant: its first member that has room, and in a digest the others that may join.
    fn contact(&self, proposal: &Proposal<'a>, at: i64, contacts: &[Heard<'a>]) -> Option<Heard<'a>> {
        let mut parts: Vec<&Member> = vec![];
        let mut heard = Heard { at, parts: vec![], records: vec![] };
        for member in self.parts_at(proposal, at, contacts) {
            let has_room = self.holds(member.campaign, at, contacts);
            if has_room && joins(&self.context(at, &self.ledger), &heard, member.campaign, &member.occurrence) {
                parts.push(member);
                heard.parts.push(member.campaign);
                let id = format!("{}@{at}", member.campaign.id);
                let mut record = record(self.input, member.campaign, &member.occurrence, id, at);
                record.digest = heard.records.first().map(|first| first.id.clone());
                heard.records.push(record);
            } else if heard.parts.is_empty() {
                // a digest speaks with its highest
                return None;
            }
        }
        (!heard.parts.is_empty()).then_some(heard)
    }

    /// Walks from now on: whenever proposals pass beside all contacts before them, the soonest-closing is heard.
    pub fn walk(&self, proposals: &[Proposal<'a>], speakers: &[Heard<'a>]) -> Walk<'a> {
        let mut contacts = speakers.to_vec();
        let mut waiting: Vec<usize> = (0..proposals.len()).collect();
        waiting.sort_by(|a, b| {
            let key = |index: &usize| (proposals[*index].closes(), &proposals[*index].first().rank);
            key(a).cmp(&key(b))
        });
        // the last instant of each channel
        let mut last: Vec<(&str, i64)> = speakers.iter().map(|one| (one.parts[0].channel.as_str(), one.at)).collect();
        let mut order = vec![];
        let mut at = self.input.now;
        let mut came: Option<i64> = None;
        loop {
            let is_free = |last: &[(&str, i64)], index: usize, at: i64| {
                let channel = &proposals[index].first().campaign.channel;
                last.iter().all(|(other, instant)| other != channel || *instant == at || instant + DAY <= at)
            };
            let passing: Vec<usize> = waiting
                .iter()
                .copied()
                .filter(|index| {
                    is_free(&last, *index, at) && !self.parts_at(&proposals[*index], at, &contacts).is_empty()
                })
                .collect();
            if came != Some(at) {
                // it is an instant of the channel of each that passes beside the contacts before it, whether it is heard or not
                came = Some(at);
                let before: Vec<Heard> = contacts.iter().filter(|one| one.at < at).cloned().collect();
                let here = waiting.iter().copied().filter(|index| {
                    is_free(&last, *index, at) && !self.parts_at(&proposals[*index], at, &before).is_empty()
                });
                let here: Vec<usize> = here.collect();
                last.extend(here.iter().map(|index| (proposals[*index].first().campaign.channel.as_str(), at)));
            }
            let heard =
                passing.iter().find_map(|index| Some((*index, self.contact(&proposals[*index], at, &contacts)?)));
            if let Some((index, contact)) = heard {
                last.push((&contact.parts[0].channel, at));
                waiting.retain(|other| *other != index);
                order.push((index, at));
                contacts.push(contact);
                continue;
            }
            let next = waiting.iter().filter_map(|index| {
                let proposal = &proposals[*index];
                let mut from = at;
                while !is_free(&last, *index, from + 1) {
                    let channel = &proposal.first().campaign.channel;
                    from = last.iter().filter(|one| one.0 == channel).map(|one| one.1 + DAY - 1).max().unwrap();
                }
                self.next_pass(proposal, from, &contacts)
            });
            let Some(next) = next.min().filter(|_| self.input.policy["arbitration"]["contacts"] != 0) else { break };
            at = next;
        }
        Walk { order, unheard: waiting, contacts }
    }

    /// The first instant after another at which a proposal passes beside the contacts before it.
    fn next_pass(&self, proposal: &Proposal<'a>, from: i64, contacts: &[Heard<'a>]) -> Option<i64> {
        let ledger: Vec<Record> =
            self.ledger.iter().cloned().chain(contacts.iter().flat_map(|one| one.records.clone())).collect();
        let member = proposal.first();
        let end = proposal.closes() - 1;
        let next = || {
            let is_open = |_: i64, occurrence: &String| member.speaks_of(occurrence);
            let room =
                |at: i64| passes_limits_and_repetition(&self.context(at, &ledger), member.campaign, &member.occurrence);
            let mut at = (from + 1).max(member.begins);
            loop {
                at = self.first_open(member.campaign, at, end, is_open)?;
                if room(at) {
                    return Some(at);
                }
                at = limit_changes(self.input, &ledger, at, end).into_iter().find(|at| room(*at))?;
            }
        };
        next()
    }

    /// Whether the walk hears all.
    pub fn fits(&self, proposals: &[Proposal<'a>], speakers: &[Heard<'a>]) -> bool {
        self.walk(proposals, speakers).unheard.is_empty()
    }
}

fn share_a_digest(one: &Campaign, other: &Campaign) -> bool {
    one.disposition == "digest"
        && other.disposition == "digest"
        && (&one.channel, &one.placement, &one.class) == (&other.channel, &other.placement, &other.class)
}
