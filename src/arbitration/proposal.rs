//! What contends for the slots to come: a relational or promotional campaign, with the occurrence that it would speak of.

use crate::arbitration::consider::{Considered, consider};
use crate::arbitration::rank::Rank;
use crate::arbitration::together::goes_in_digest;
use crate::base::hash::fnv1a128;
use crate::base::sorting::sort_by;
use crate::base::steps::Looked;
use crate::base::text::concat;
use crate::calendar::{HORIZON, Instant};
use crate::candidates::candidate::Candidate;
use crate::gates::pass_ahead;
use crate::language::condition::Truth;
use crate::ledger::history::ContactHistory;
use crate::ledger::record::Record;
use crate::policy::Campaign;
use crate::policy::details::Details;
use crate::standing::Standing;
use crate::standing::context::Context;

/// How many proposals are weighed of those that pass now, and as many of those ahead.
pub(super) const MOST: usize = 64;

/// What the gates are asked about proposals.
#[derive(Debug)]
pub(super) struct Ask<'a> {
    pub context: &'a Context<'a>,
    /// the facts of now
    pub frozen: &'a Standing<'a>,
    /// the contacts that this decision has taken before the plan
    pub taken: &'a [Record],
}

/// A proposal. A digest is one, of several campaigns.
#[derive(Debug)]
pub(super) struct Proposal<'a> {
    /// of the highest of its campaigns
    pub rank: Rank<'a>,
    occurrence: String,
    /// of a digest those that come with the highest
    pub parts: Vec<Proposal<'a>>,
    /// of those that pass now, which campaigns of the policy it has, the highest first; empty: it does not pass now
    pub members: Vec<usize>,
    /// it passes at no instant from then on
    pub closes: Instant,
    /// when its gates are known to pass or to refuse; in the first, those that are asked once passed
    spans: Vec<Span>,
    /// the limits that may hold it, and how they count it
    pub counted: Vec<Counted>,
    /// the index of its lane
    pub lane: usize,
}

/// How a row of the quota counts a proposal that it may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counted {
    pub row: usize,
    pub weight: usize,
}

/// A time in which the gates other than limits give one answer.
#[derive(Debug)]
struct Span {
    from: Instant,
    until: Instant,
    passes: bool,
}

/// The proposals that are weighed, in rank order.
pub(super) fn proposals<'a>(ask: &Ask<'a>, considered: &[Considered<'a>]) -> Vec<Proposal<'a>> {
    let mut all = Vec::new();
    for (index, one) in considered.iter().enumerate() {
        let campaign = one.candidate.campaign;
        let may_look = ask.context.steps.take(Looked::Rule, 1 + 2 * campaign.limits.len() + ask.taken.len());
        if !may_look || !campaign.is_planned() || ask.taken.iter().any(|record| record.campaign == campaign.id) {
            continue;
        }
        let now = one.judgement.passes() && ask.context.has_placement_of(campaign);
        all.extend(propose(ask, one, now.then_some(index)));
    }
    // while an original can be heard, its substitute keeps no slot
    let mut campaigns = Vec::new();
    all.iter().for_each(|one: &Proposal| campaigns.push(one.rank.campaign));
    let is_planned = |index: &usize| {
        let original = ask.context.policy.campaigns.get(*index);
        original.is_some_and(|original| campaigns.iter().any(|campaign| campaign.id == original.id))
    };
    all.retain(|one| !one.members.is_empty() || !one.rank.campaign.originals().iter().any(is_planned));
    sort_by(&mut all, |a, b| a.rank.compare(&b.rank));
    let mut weighed = Vec::new();
    let (mut now, mut ahead) = (0, 0);
    for mut one in all {
        let others = weighed.iter_mut().find(|other: &&mut Proposal| other.is_digest_with(&one));
        if let Some(other) = others {
            other.closes = other.closes.min(one.closes);
            other.members.append(&mut one.members);
            let campaign = one.rank.campaign;
            let mut parts = other.parts.iter().map(|part| part.rank.campaign).chain([other.rank.campaign]);
            if parts.all(|other| goes_in_digest(ask.context, campaign, other)) {
                other.parts.push(one);
            }
            continue;
        }
        let count = if one.members.is_empty() { &mut ahead } else { &mut now };
        *count += 1;
        if *count <= MOST {
            weighed.push(one);
        }
    }
    weighed
}

/// The proposal of a campaign, if its gates other than limits pass now, or at a known instant. `now` is its index if it may speak now.
fn propose<'a>(ask: &Ask<'a>, one: &Considered<'a>, now: Option<usize>) -> Option<Proposal<'a>> {
    let Considered { candidate, judgement } = one;
    let (campaign, at) = (candidate.campaign, ask.context.now);
    let is_known = !may_be_said(ask, campaign);
    let span = |from, until, passes| vec![Span { from, until, passes }];
    match judgement.beside_limits {
        None if is_known && now.is_some() => {
            Proposal::of(ask, candidate, &candidate.history, at, now, span(at, judgement.passes_until, true))
        }
        None if is_known && judgement.refusals.is_empty() => {
            Proposal::of(ask, candidate, &candidate.history, at, None, span(at, at + 1, false))
        }
        None if is_known => {
            Proposal::of(ask, candidate, &candidate.history, at, None, span(at, judgement.passes_until, true))
        }
        // facts are frozen, so this stays as it is
        Some(_) if judgement.refusals.iter().any(|refusal| ["audience", "relevance"].contains(&refusal.gate)) => None,
        not_before => {
            let mut from = not_before.unwrap_or(at);
            while from <= at + HORIZON && !ask.context.steps.are_spent() {
                let candidate = consider(ask.context, ask.frozen, from, campaign, ask.taken);
                let Truth { holds, until } = pass_ahead(&candidate, judgement.passed_once);
                if !holds {
                    from = until.max(from + 1);
                    continue;
                }
                // the page lacks its place
                if from == at && now.is_none() && judgement.refusals.is_empty() {
                    return Proposal::of(ask, &candidate, &one.candidate.history, at, None, span(at, at + 1, false));
                }
                let mut spans = span(from, until, true);
                spans.extend(is_known.then_some(Span { from: at, until: from, passes: false }));
                return Proposal::of(ask, &candidate, &one.candidate.history, from, now.filter(|_| from == at), spans);
            }
            None
        }
    }
}

/// Whether a contact that is taken may say what a campaign, or one that it stands in for, has to say, or gives its offer.
fn may_be_said(ask: &Ask, campaign: &Campaign) -> bool {
    let (campaigns, kind) = (&ask.context.policy.campaigns, campaign.kind);
    let again = ask.context.policy.offer_of(campaign).filter(|offer| offer.reward.again.get().is_some());
    let is_given = again.is_some_and(|offer| ask.taken.iter().any(|record| record.offer.as_ref() == Some(&offer.id)));
    let is_kin =
        |other: &Campaign| other.kind.name == kind.name && ask.taken.iter().any(|record| record.campaign == other.id);
    let mut originals = campaign.originals().iter().filter_map(|index| campaigns.get(*index));
    is_given
        || kind.once_across_campaigns
            && ask.context.steps.take(Looked::Record, ask.taken.len() * campaigns.len())
            && campaigns.iter().any(is_kin)
        || originals.any(|original| may_be_said(ask, original))
}

impl<'a> Proposal<'a> {
    fn of(
        ask: &Ask,
        candidate: &Candidate<'a>,
        history: &ContactHistory,
        from: Instant,
        now: Option<usize>,
        spans: Vec<Span>,
    ) -> Option<Proposal<'a>> {
        let (context, campaign) = (ask.context, candidate.campaign);
        let occurrence = candidate.occurrence.as_ref()?;
        let ends = if is_of_the_event(campaign) { context.now + 1 } else { occurrence.until };
        // nobody knows that the customer will ever come to the page of a placement: without an end it keeps no slot from this page
        if ends == Instant::NEVER && !context.has_placement_of(campaign) {
            return None;
        }
        let closes = if ends < Instant::NEVER { ends } else { end_of_patience(context, campaign, from) };
        (from < closes).then(|| Proposal {
            // when the campaign last spoke is a fact of now
            rank: Rank::since(candidate, history.last()),
            occurrence: occurrence.key.clone(),
            parts: Vec::new(),
            members: now.into_iter().collect(),
            closes,
            spans,
            counted: Vec::new(),
            lane: 0,
        })
    }

    /// The later parts that come along at an instant at which they were asked.
    pub fn parts_at(&self, at: Instant) -> impl Iterator<Item = &Proposal<'a>> {
        let comes = move |span: &Span| span.passes && span.from <= at && at < span.until;
        self.parts.iter().filter(move |part| at < part.closes && part.spans.iter().any(comes))
    }

    /// The campaigns that may be heard at an instant.
    pub fn campaigns(&self, at: Instant) -> impl Iterator<Item = &'a Campaign> {
        self.parts_at(at).map(|part| part.rank.campaign).chain([self.rank.campaign])
    }

    /// Whether two proposals are parts of one digest.
    fn is_digest_with(&self, other: &Proposal) -> bool {
        let (one, another) = (self.rank.campaign, other.rank.campaign);
        one.digest.is_some()
            && another.digest.is_some()
            && (one.channel, &one.placement, one.class) == (another.channel, &another.placement, another.class)
            && self.members.is_empty() == other.members.is_empty()
    }

    /// How long after another proposal that was heard at an instant this one may be, by repetition: never where both speak of one
    /// thing.
    pub fn gap_after(&self, other: &Proposal, heard: Instant) -> Option<i64> {
        let kind = self.rank.campaign.kind;
        let gap = |campaign: &Campaign, occurrence: &str| {
            let is_kin = kind.once_across_campaigns && kind.name == campaign.kind.name;
            is_kin.then_some(if self.occurrence == *occurrence { i64::MAX } else { kind.gap })
        };
        let parts = other.parts_at(heard).map(|part| gap(part.rank.campaign, &part.occurrence));
        parts.fold(gap(other.rank.campaign, &other.occurrence), Option::max)
    }

    /// The first instant from `at` on at which the gates other than limits pass, and until when they do; if none is before it closes,
    /// its close.
    pub fn passes_from(&mut self, ask: &Ask, mut at: Instant) -> (Instant, Instant) {
        while at < self.closes {
            match self.spans.iter().find(|span| span.from <= at && at < span.until) {
                Some(span) if span.passes => return (at, span.until),
                Some(span) => at = span.until,
                None => {
                    if !ask.context.steps.take(Looked::Rule, self.spans.len()) {
                        break;
                    }
                    let span = self.ask(ask, at);
                    self.spans.push(span);
                }
            }
        }
        (self.closes, self.closes)
    }

    fn ask(&self, ask: &Ask, at: Instant) -> Span {
        let candidate = consider(ask.context, ask.frozen, at, self.rank.campaign, ask.taken);
        // an announcement and a question have one thing to say, whatever its key
        let is_once = candidate.campaign.kind.occasion.is_once_each();
        let is_same =
            candidate.occurrence.as_ref().is_none_or(|occurrence| !is_once || occurrence.key == self.occurrence);
        let again = self.spans.first().is_some_and(|first| first.from <= at);
        let other = Truth { holds: false, until: candidate.proposes_until };
        let Truth { holds, until } = if is_same { pass_ahead(&candidate, again) } else { other };
        Span { from: at, until: until.max(at + 1), passes: holds }
    }
}

/// Whether a campaign speaks of the event of the request, which is over with it.
fn is_of_the_event(campaign: &Campaign) -> bool {
    matches!(campaign.details, Details::Announcement { event: Some(_), .. } | Details::Event(_))
}

/// The end of the patience with a campaign whose occasion has none. Its periods begin at another instant for each campaign and customer,
/// so that not all close at once.
fn end_of_patience(context: &Context, campaign: &Campaign, from: Instant) -> Instant {
    let (customer, length) = (context.customer.id.as_deref().unwrap_or_default(), context.policy.patience);
    let hash = fnv1a128(concat(&[&campaign.id, "\0", customer]).as_bytes()) >> 80;
    let begins = i64::try_from(hash).unwrap_or_default();
    from + (length - (from.0 - begins).rem_euclid(length))
}
