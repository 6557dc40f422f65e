//! Several campaigns passed their gates: which of them speak. They are taken in rank order, while there is room, and a known date of a
//! higher rank keeps its slot.

pub(crate) mod consider;
pub(crate) mod contact;
pub(crate) mod foresight;
pub(crate) mod holdout;
pub(crate) mod rank;

use crate::arbitration::consider::consider;
use crate::arbitration::foresight::Coming;
use crate::arbitration::holdout::withholds;
use crate::arbitration::rank::Rank;
use crate::base::sorting::sort_by;
use crate::base::tree::Tree;
use crate::candidates::candidate::Candidate;
use crate::decision::{Contact, Refusal, codes};
use crate::gates::judge;
use crate::language::words::Class;
use crate::ledger::record::Record;
use crate::policy::{Campaign, Disposition, Reward};
use crate::standing::Standing;
use crate::standing::context::Context;

/// A campaign that speaks, and its contact.
#[derive(Debug)]
pub(crate) struct Winner<'a> {
    pub campaign: &'a Campaign,
    pub contact: Contact,
}

/// Who speaks, and why the others do not.
#[derive(Debug, Default)]
pub(crate) struct Outcome<'a> {
    pub winners: Vec<Winner<'a>>,
    /// the winners' contacts as records, in the same order
    pub taken: Vec<Record>,
    /// the campaigns that passed their gates and do not speak
    pub losers: Vec<(&'a str, Refusal)>,
}

codes! { "arbitration":
    OUTRANKED "outranked" "Another campaign speaks instead. `retryAt` can be `now + 1 ms`: do not poll at `nextAt`; wait at least a minute, or ask again on the next page view." {
        "by" optional Shape::Name, "that campaign; null: `arbitration.contacts` is 0";
    }
    SLOT_KEPT "slot-kept" "If this campaign spoke now, a dated campaign of a higher rank, for example a birthday, could not speak before its occasion ends. `retryAt` can be `now + 1 ms`, as for `outranked`." {
        "for" required Shape::Name, "that campaign";
        "until" required MILLISECONDS, "the end of the occasion of that campaign";
    }
    NO_PLACE "no-place" "The page has no such placement. `retryAt` is null, because no later instant changes that." {
        "placement" required Shape::Name, "the campaign's placement";
    }
}

/// Takes in rank order each campaign that may speak beside those taken before it. With a digest come its other parts.
pub(crate) fn arbitrate<'a>(
    context: &'a Context<'a>,
    standing: &Standing<'a>,
    mut passed: Vec<Candidate<'a>>,
) -> Outcome<'a> {
    sort_by(&mut passed, |a, b| Rank::of(a).compare(&Rank::of(b)));
    let frozen = standing.frozen();
    let coming = if passed.is_empty() { Vec::new() } else { foresight::coming(context, &frozen, &[]) };
    let mut outcome = Outcome::default();
    // `daysSince.contact` changes with the first contact taken; the others are of the same instant
    let mut standing = *standing;
    for (index, candidate) in passed.iter().enumerate() {
        let campaign = candidate.campaign;
        if outcome.winners.iter().any(|winner| winner.campaign.id == campaign.id) {
            continue;
        }
        match contact_beside(context, &standing, campaign, &coming, &outcome) {
            Ok(contact) => {
                let rest = passed.get(index + 1..).unwrap_or_default();
                let is_first = outcome.taken.is_empty();
                take(context, &standing, campaign, contact, rest, &mut outcome);
                if is_first {
                    standing = context.standing(context.now, &outcome.taken);
                }
            }
            Err(refusal) => outcome.losers.push((&campaign.id, refusal)),
        }
    }
    outcome
}

/// The contact of a campaign that may speak beside those taken before it: the page has its placement, no winner stands in its way,
/// and every known date of a higher rank can still be heard after it.
fn contact_beside(
    context: &Context,
    standing: &Standing,
    campaign: &Campaign,
    coming: &[Coming],
    outcome: &Outcome,
) -> Result<Contact, Refusal> {
    if !context.has_placement_of(campaign) {
        return Err(NO_PLACE.refusal(Tree::from([("placement", campaign.placement.clone().into())])));
    }
    if let Some(refusal) = blocker(context, standing, campaign, outcome) {
        return Err(refusal);
    }
    let candidate = consider(context, standing, standing.at, campaign, &outcome.taken);
    let Some(contact) = contact::contact(&candidate) else {
        return Err(outranked(None));
    };
    // a known date of a higher rank keeps its slot, even where a question's turn has come
    let rank = Rank { turn: false, ..Rank::of(&candidate) };
    let frozen = standing.frozen();
    let record = contact::record(&contact, withholds(context, campaign));
    let keeper = if outcome.taken.is_empty() {
        foresight::keeper(context, &frozen, coming, &rank, &outcome.taken, record)
    } else {
        // a date that a winner speaks of is no longer to come
        let coming = foresight::coming(context, &frozen, &outcome.taken);
        foresight::keeper(context, &frozen, &coming, &rank, &outcome.taken, record)
    };
    match keeper {
        Some(keeper) => {
            let detail = Tree::from([("for", (&keeper.campaign).into()), ("until", keeper.until.into())]);
            Err(SLOT_KEPT.refusal(detail))
        }
        None => Ok(contact),
    }
}

/// Another campaign speaks instead.
fn outranked(by: Option<String>) -> Refusal {
    OUTRANKED.refusal(Tree::from([("by", by.into())]))
}

/// Takes a contact. With a digest come those of the rest that become parts of it.
fn take<'a>(
    context: &Context,
    standing: &Standing,
    campaign: &'a Campaign,
    mut contact: Contact,
    rest: &[Candidate<'a>],
    outcome: &mut Outcome<'a>,
) {
    let mut parts = Vec::new();
    for candidate in rest.iter().filter(|_| campaign.disposition == Disposition::Digest) {
        let part = candidate.campaign;
        if part.disposition != Disposition::Digest
            || (&part.channel, &part.placement, part.class) != (&campaign.channel, &campaign.placement, campaign.class)
        {
            continue;
        }
        let beside = parts.iter().map(|part: &Winner| part.campaign).chain([campaign]);
        let mut fits = true;
        beside.chain(outcome.winners.iter().map(|winner| winner.campaign)).for_each(|other| {
            let again = part.offer == other.offer && reward(context, part).is_some_and(|reward| reward.again.is_some());
            fits &= goes_with(context, part, other) && !again;
        });
        let candidate = consider(context, standing, standing.at, part, &outcome.taken);
        if fits && judge(&candidate).passes() {
            parts.extend(contact::contact(&candidate).map(|contact| Winner { campaign: part, contact }));
        }
    }
    let digest = Some(contact.id.clone()).filter(|_| !parts.is_empty());
    contact.digest.clone_from(&digest);
    outcome.winners.push(Winner { campaign, contact });
    for mut part in parts {
        part.contact.digest.clone_from(&digest);
        outcome.winners.push(part);
    }
    for winner in outcome.winners.iter().skip(outcome.taken.len()) {
        outcome.taken.push(contact::record(&winner.contact, withholds(context, winner.campaign)));
    }
}

/// The refusal of a campaign that cannot speak beside the winners: its gates no longer pass beside them, or one of them has its
/// placement, its offer or the last slot.
fn blocker(context: &Context, standing: &Standing, campaign: &Campaign, outcome: &Outcome) -> Option<Refusal> {
    let closed_by = |count: usize| {
        let taken = outcome.taken.get(..count).unwrap_or_default();
        !judge(&consider(context, standing, standing.at, campaign, taken)).passes()
    };
    // alone it passed: search for the first winner beside whom it does not
    let (mut open, mut closed) = (0, outcome.taken.len());
    if closed > 0 && closed_by(closed) {
        while open + 1 < closed {
            let middle = usize::midpoint(open, closed);
            if closed_by(middle) { closed = middle } else { open = middle }
        }
        return outcome.taken.get(open).map(|winner| outranked(Some(winner.campaign.clone())));
    }
    for winner in &outcome.taken {
        if winner.channel == campaign.channel && winner.placement == campaign.placement {
            return Some(outranked(Some(winner.campaign.clone())));
        }
    }
    if let Some(winner) = outcome.winners.iter().find(|winner| !goes_with(context, campaign, winner.campaign)) {
        return Some(outranked(Some(winner.campaign.id.clone())));
    }
    let (mut counted, mut last) = (0, None);
    for (winner, record) in outcome.winners.iter().zip(&outcome.taken) {
        if !is_beyond_the_cap(winner.campaign) && !record.is_later_part() {
            counted += 1;
            last = Some(&winner.campaign.id);
        }
    }
    let full = !is_beyond_the_cap(campaign) && counted >= context.policy.contacts;
    full.then(|| outranked(last.cloned()))
}

/// Whether two campaigns may speak in one decision: not two of a kind that speaks once a decision, and no offer beside one that does
/// not stack.
fn goes_with(context: &Context, one: &Campaign, other: &Campaign) -> bool {
    let alone = one.kind.one_per_decision && one.kind.name == other.kind.name;
    let stacks = |campaign| reward(context, campaign).map(|reward| reward.stacks != Some(false));
    let stack = match (stacks(one), stacks(other)) {
        (Some(one), Some(other)) => one && other,
        _ => true,
    };
    !alone && stack
}

/// The terms of a campaign's offer, if it has one.
fn reward<'a>(context: &'a Context, campaign: &Campaign) -> Option<&'a Reward> {
    context.policy.offer_of(campaign).map(|offer| &offer.reward)
}

/// Whether a campaign does not count among `arbitration.contacts`.
fn is_beyond_the_cap(campaign: &Campaign) -> bool {
    campaign.kind.obligation || campaign.kind.uncounted || campaign.class == Class::Transactional
}
