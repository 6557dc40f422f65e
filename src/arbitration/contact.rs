//! A candidate that passed becomes a contact.

use crate::base::tree::Tree;
use crate::calendar::{DAY, Instant, format_date};
use crate::candidates::candidate::{Candidate, id};
use crate::candidates::message::choose;
use crate::candidates::occasions::found::{About, Occurrence};
use crate::decision::{Contact, Message};
use crate::ledger::record::{Record, State};

/// For how long after a complaint the customer is not asked to share a message.
const NEAR: i64 = 30 * DAY;

/// The contact of a candidate; none where it has nothing to speak of, or no words for it.
pub(crate) fn contact(candidate: &Candidate) -> Option<Contact> {
    let occurrence = candidate.occurrence.as_ref()?;
    let choice = choose(candidate).ok()?;
    let (campaign, policy) = (candidate.campaign, candidate.context.policy);
    let offer = policy.offer_of(campaign);
    let share = choice.variant.share.clone().filter(|_| !is_near_a_complaint(candidate));
    let mut reasons = vec![why(candidate, occurrence)];
    if share.is_none() && choice.variant.share.is_some() {
        reasons.push(Tree::from([("code", "share-withheld".into())]));
    }
    Some(Contact {
        id: id(candidate, occurrence),
        campaign: campaign.id.clone(),
        class: campaign.class,
        channel: campaign.channel,
        placement: campaign.placement.clone(),
        occurrence: occurrence.key.clone(),
        at: candidate.at,
        expires_at: Some(occurrence.until).filter(|until| *until < Instant::NEVER),
        message: Message {
            locale: choice.locale.to_owned(),
            variant: choice.index,
            title: choice.variant.title.clone(),
            body: choice.variant.body.clone(),
            share,
            action: choice.variant.action.clone(),
            image: choice.variant.image.clone(),
            params: choice.params(candidate),
            stripped: choice.stripped.clone(),
            signer: policy.shop.signer.clone(),
            benefit: choice.variant.benefit.clone(),
        },
        offer: offer.map(|offer| offer.id.clone()),
        urgent: campaign.urgent,
        digest: None,
        why: reasons,
    })
}

/// The record of a contact that is delivered now; of a withheld one, its ghost.
pub(crate) fn record(contact: &Contact, withheld: bool) -> Record {
    Record {
        id: contact.id.clone(),
        campaign: contact.campaign.clone(),
        class: contact.class,
        channel: contact.channel,
        placement: contact.placement.clone(),
        at: contact.at,
        state: if withheld { State::Ghost } else { State::Delivered },
        lease_until: None,
        seen_at: None,
        occurrence: Some(contact.occurrence.clone()),
        offer: contact.offer.clone(),
        variant: i64::try_from(contact.message.variant).ok(),
        policy: None,
        reaction: None,
        urgent: Some(contact.urgent),
        digest: contact.digest.clone(),
        version_at: contact.at,
    }
}

/// Whether a case or an incident is open, or a complaint was made or taken up again in the last 30 days. A customer who is asked to
/// share a message then may share the complaint.
fn is_near_a_complaint(candidate: &Candidate) -> bool {
    let (standing, now) = (candidate.standing, candidate.standing.at);
    let recent = |at: Option<Instant>| at.is_some_and(|at| at <= now && now - at < NEAR);
    let mut complaints = candidate.context.customer.conversations.iter().filter(|case| case.complaint);
    standing.open_cases + standing.orders.incidents > 0
        || complaints.any(|case| recent(case.at) || recent(case.reopened_at))
}

fn why(candidate: &Candidate, occurrence: &Occurrence) -> Tree {
    let code = ("code", candidate.campaign.kind.occasion.code().into());
    match &occurrence.about {
        About::Order(order) | About::Article(order, _) => Tree::from([code, ("order", order.id.clone().into())]),
        About::Day(on, ..) => Tree::from([code, ("on", format_date(*on).into())]),
        About::Nothing | About::Turn => Tree::from([code]),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

    use crate::{Engine, Tree};
    use serde_json::{Value, json};

    fn tree(value: Value) -> Tree {
        serde_json::from_value(value).unwrap()
    }

    /// Why the shop speaks of an order, with a message that invites to share it or without, beside some conversations.
    fn why(share: bool, conversations: &Value) -> Value {
        let share = share.then_some("Cuéntaselo a quien cocine");
        let engine = Engine::new(tree(json!({ "querencia": 1,
            "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
            "campaigns": [{ "id": "read", "kind": "content", "channel": "onsite", "placement": "home", "message": "m" }],
            "messages": { "m": { "es": [{ "body": "Una receta", "share": share }] } } })))
        .unwrap();
        let order = json!({ "id": "o-1", "at": "2026-10-10T10:00:00Z" });
        let customer = json!({ "id": "ana", "orders": [order], "conversations": conversations });
        let decision = engine.decide(tree(json!({ "now": "2026-10-12T10:00:00Z", "customer": customer }))).unwrap();
        serde_json::to_value(&decision).unwrap()["contacts"][0]["why"].take()
    }

    #[test]
    fn why_names_the_occasion_and_what_was_left_out() {
        let complaint = json!([{ "id": "c-1", "kind": "complaint", "at": "2026-10-01T10:00:00Z", "solvedAt": "2026-10-02T10:00:00Z" }]);
        let occasion = json!({ "code": "order", "order": "o-1" });
        assert_eq!(why(true, &json!([])), json!([occasion]));
        assert_eq!(why(false, &complaint), json!([occasion]));
        assert_eq!(why(true, &complaint), json!([occasion, { "code": "share-withheld" }]));
    }
}
