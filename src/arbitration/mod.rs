//! Who speaks when several could: a total order, room for few, and slots kept for dates that are known.

pub(crate) mod consider;
pub(crate) mod contact;
pub(crate) mod foresight;
pub(crate) mod holdout;
pub(crate) mod rank;

use crate::arbitration::consider::consider;
use crate::arbitration::foresight::Keeper;
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

/// A campaign that was taken, and what it says.
#[derive(Debug)]
pub(crate) struct Winner<'a> {
    pub campaign: &'a Campaign,
    pub contact: Contact,
}

/// What arbitration left: the winners with their records, and who lost to whom.
#[derive(Debug, Default)]
pub(crate) struct Outcome<'a> {
    pub winners: Vec<Winner<'a>>,
    pub taken: Vec<Record>,
    /// who passed the gates and does not speak, and why
    pub losers: Vec<(&'a str, Lost)>,
}

/// Why somebody who passed the gates does not speak.
#[derive(Clone, Debug)]
pub(crate) enum Lost {
    /// to this winner; to none where a policy has room for nobody
    To(Option<String>),
    /// a known date would lose its slot
    Kept(Keeper),
    /// the page has no such place
    NoPlace,
}

codes! { "arbitration":
    OUTRANKED "outranked" "Another campaign speaks instead. A later decision may find it outranked no more: `retryAt` can be one millisecond away." {
        "by" optional Shape::Name, "that campaign; null: the policy allows no contact at all";
    }
    SLOT_KEPT "slot-kept" "A heavier campaign with a known date would lose its last chance." {
        "for" required Shape::Name, "that campaign";
        "until" required MILLISECONDS, "the end of its occasion";
    }
    NO_PLACE "no-place" "The page has no such placement. `retryAt` is null." {
        "placement" required Shape::Name, "the campaign's placement";
    }
}

impl Lost {
    /// The refusal of a campaign that passed the gates.
    pub fn refusal(&self, campaign: &Campaign) -> Refusal {
        match self {
            Lost::To(winner) => OUTRANKED.refusal(Tree::from([("by", winner.clone().into())])),
            Lost::Kept(keeper) => {
                SLOT_KEPT.refusal(Tree::from([("for", (&keeper.campaign).into()), ("until", keeper.until.into())]))
            }
            Lost::NoPlace => NO_PLACE.refusal(Tree::from([("placement", campaign.placement.clone().into())])),
        }
    }
}

/// Among those that have a place on the page, takes in rank order each whose gates still pass with those taken before counted
/// as delivered, whose place on its channel is free, while, obligations and transactional aside, fewer than the policy's
/// `contacts` are taken, and that leaves room for the dates ahead. With a digest come its other parts.
pub(crate) fn arbitrate<'a>(
    context: &'a Context<'a>,
    standing: &Standing<'a>,
    mut passed: Vec<Candidate<'a>>,
) -> Outcome<'a> {
    sort_by(&mut passed, |a, b| Rank::of_look(a).compare(&Rank::of_look(b)));
    let frozen = standing.frozen();
    let coming = if passed.is_empty() { Vec::new() } else { foresight::coming(context, &frozen, &[]) };
    let mut outcome = Outcome::default();
    // facts with those taken: all of them speak now, so the first changes as much as all
    let mut standing = *standing;
    for (place, candidate) in passed.iter().enumerate() {
        let campaign = candidate.campaign;
        if outcome.winners.iter().any(|winner| winner.campaign.id == campaign.id) {
            continue;
        }
        let lost = if context.has_place_for(campaign) {
            blocker(context, &standing, campaign, &outcome)
        } else {
            Some(Lost::NoPlace)
        };
        let lost = match lost {
            Some(lost) => lost,
            None => {
                // it speaks of what those taken have left
                let candidate = consider(context, &standing, standing.at, campaign, &outcome.taken);
                // a date that outweighs a question keeps its slot, whosever turn it is
                let rank = Rank { turn: false, ..Rank::of_look(&candidate) };
                let frozen = standing.frozen();
                // and what they have spoken of no date is for
                let beside;
                let dates = if outcome.taken.is_empty() {
                    &coming
                } else {
                    beside = foresight::coming(context, &frozen, &outcome.taken);
                    &beside
                };
                let contact = contact::contact(&candidate);
                let kept = contact.as_ref().and_then(|contact| {
                    let record = contact::record(contact, withholds(context, campaign));
                    foresight::keeper(context, &frozen, dates, &rank, &outcome.taken, record)
                });
                match (kept, contact) {
                    (Some(keeper), _) => Lost::Kept(keeper),
                    (None, None) => Lost::To(None),
                    (None, Some(contact)) => {
                        let rest = passed.get(place + 1..).unwrap_or_default();
                        let is_first = outcome.taken.is_empty();
                        take(context, &standing, campaign, contact, rest, &mut outcome);
                        if is_first {
                            standing = context.standing(context.now, &outcome.taken);
                        }
                        continue;
                    }
                }
            }
        };
        outcome.losers.push((&campaign.id, lost));
    }
    outcome
}

/// Takes a contact, and with a digest those of the rest that become parts of it.
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

/// Whether a campaign cannot speak any more, and because of which winner: its gates no longer pass beside all of them, since that
/// one was taken; or its place or the last slot is theirs.
fn blocker(context: &Context, standing: &Standing, campaign: &Campaign, outcome: &Outcome) -> Option<Lost> {
    let lost_to = |winner: &Record| Some(Lost::To(Some(winner.campaign.clone())));
    let shut = |count: usize| {
        let taken = outcome.taken.get(..count).unwrap_or_default();
        !judge(&consider(context, standing, standing.at, campaign, taken)).passes()
    };
    // it passed beside nobody
    let (mut open, mut closed) = (0, outcome.taken.len());
    if closed > 0 && shut(closed) {
        while open + 1 < closed {
            let middle = usize::midpoint(open, closed);
            if shut(middle) { closed = middle } else { open = middle }
        }
        return outcome.taken.get(open).and_then(lost_to);
    }
    for winner in &outcome.taken {
        if winner.channel == campaign.channel && winner.placement == campaign.placement {
            return lost_to(winner);
        }
    }
    if let Some(winner) = outcome.winners.iter().find(|winner| !goes_with(context, campaign, winner.campaign)) {
        return Some(Lost::To(Some(winner.campaign.id.clone())));
    }
    let (mut counted, mut last) = (0, None);
    for (winner, record) in outcome.winners.iter().zip(&outcome.taken) {
        if !aside(winner.campaign) && !record.is_later_part() {
            counted += 1;
            last = Some(&winner.campaign.id);
        }
    }
    (!aside(campaign) && counted >= context.policy.contacts).then(|| Lost::To(last.cloned()))
}

/// Whether two may speak in one decision: no second of a kind that comes alone, no offer beside one that does not stack.
fn goes_with(context: &Context, one: &Campaign, other: &Campaign) -> bool {
    let alone = one.kind.one_per_decision && one.kind.name == other.kind.name;
    let stacks = |campaign| reward(context, campaign).map(|reward| reward.stacks != Some(false));
    let stack = match (stacks(one), stacks(other)) {
        (Some(one), Some(other)) => one && other,
        _ => true,
    };
    !alone && stack
}

/// What a campaign's offer takes, if it has one.
fn reward<'a>(context: &'a Context, campaign: &Campaign) -> Option<&'a Reward> {
    campaign.offer.and_then(|place| context.policy.offers.get(place)).map(|offer| &offer.reward)
}

/// Not counted among the contacts of a decision.
fn aside(campaign: &Campaign) -> bool {
    campaign.kind.obligation || campaign.kind.uncounted || campaign.class == Class::Transactional
}
