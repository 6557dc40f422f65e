//! Warnings: what a shop most likely did not mean, although the policy is accepted. Builds for browsers do not have this file.

use super::condition_warnings::{warn_of_audience, warn_of_condition};
use super::details::{Details, days_field};
use super::message_checks::each_variant;
use super::number_warnings::warn_of_numbers;
use super::parameter::Key;
use super::{Campaign, Message, Offer, Variant};
use crate::base::problem::{
    BLOCKS_ALL, MARKUP, MISREAD, MISSING_CODE, NEEDS_NAME, NEVER_SPEAKS, OVER, Problems, RELATIVE_ADDRESS,
    SMALL_AMOUNT, SMALL_PERCENT, UNUSED,
};
use crate::base::sentence::shortened;
use crate::base::text::concat;
use crate::base::tree::Tree;
use crate::calendar::{DAY, day_number, parse_date};
use crate::language::template::has_markup;
use crate::language::words::{Channel, Class};
use std::collections::HashSet;

/// A warning that is true at any time.
const ALWAYS: i64 = i64::MIN;
/// The currencies whose smallest unit is a whole one, by ISO 4217.
const WITHOUT_CENTS: [&str; 17] = [
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF",
    "XPF",
];
/// What to do about HTML.
const PLAIN: &str = "texts are plain, so the reader sees the HTML; write the characters themselves";
/// How far a civil day reaches beyond its day in UTC, in the zones of the world.
const ZONES: i64 = 14 * 3_600_000;

/// Adds the warnings about a policy that was accepted.
pub(super) fn warn(
    tree: &Tree,
    (offers, campaigns, messages): (&[Offer], &[Campaign], &[Message]),
    problems: &mut Problems,
) {
    warn_of_numbers(tree, problems);
    for key in ["name", "signer"] {
        if tree.get("shop").and_then(|shop| shop.text(key)).is_some_and(has_markup) {
            problems.key("shop", |problems| problems.warn_always(key, MARKUP, PLAIN));
        }
    }
    // an accepted policy has each offer and each message of the document, in its order
    let (mut givers, mut users) = (vec![Vec::new(); offers.len()], vec![Vec::new(); messages.len()]);
    for campaign in campaigns {
        let put = |list: &mut Vec<Vec<_>>, index: Option<usize>| {
            index.and_then(|index| list.get_mut(index)).into_iter().for_each(|list| list.push(campaign));
        };
        put(&mut givers, campaign.offer);
        for message in [Some(campaign.message), campaign.early, campaign.belated] {
            put(&mut users, message);
        }
    }
    problems.key("offers", |problems| {
        for ((id, offer), givers) in tree.entries("offers").iter().zip(&givers) {
            problems.key(id, |problems| warn_of_offer(offer, tree, givers, messages, problems));
        }
    });
    problems.key("campaigns", |problems| {
        for (index, campaign) in tree.list("campaigns").iter().enumerate() {
            let read = campaigns.get(index).filter(|_| campaign.flag("paused") != Some(true));
            if let Some(read) = read {
                problems.index(index, |problems| warn_of_campaign(campaign, read, tree, problems));
            }
        }
    });
    for key in ["tiers", "segments"] {
        problems.key(key, |problems| {
            tree.entries(key).iter().for_each(|(name, condition)| warn_of_condition(condition, name, problems));
        });
    }
    problems.key("limits", |problems| {
        for (index, limit) in tree.list("limits").iter().enumerate() {
            let when = limit.get("when").unwrap_or(&Tree::Null);
            problems.index(index, |problems| warn_of_condition(when, "when", problems));
        }
    });
    messages.iter().zip(&users).for_each(|(message, users)| warn_of_message(message, users, problems));
}

/// Warns of a percentage below 1, as 0.1 where 10 % is meant.
fn warn_of_percent(percent: Option<f64>, key: &str, problems: &mut Problems) {
    if let Some(percent) = percent.filter(|percent| (0.0..1.0).contains(percent)) {
        let meant = if percent > 0.0 { (percent * 10_000.0).round() / 100.0 } else { 10.0 };
        problems.key(key, |problems| {
            problems
                .warn(SMALL_PERCENT, ALWAYS, || format!("{percent} is less than 1 %; write `{meant}` for {meant} %"));
        });
    }
}

/// Warns of an end that is over in every zone.
fn warn_of_end(until: Option<(i64, i64)>, what: &str, problems: &mut Problems) {
    if let Some((_, ends)) = until {
        problems.key("until", |problems| {
            problems.warn(OVER, ends, || concat(&["the ", what, " is over; give it a later `until`, or remove it"]));
        });
    }
}

/// The earliest and the latest epoch milliseconds of an edge of an offer, which is a date or an instant.
fn edge_span(offer: &Tree, key: &str) -> Option<(i64, i64)> {
    match offer.find(key)? {
        Tree::Text(date) => parse_date(date).map(|date| day_span(day_number(date))),
        instant => instant.as_integer().map(|at| (at, at)),
    }
}

/// When a civil day begins in the first zone of the world, and ends in the last.
fn day_span(day: i64) -> (i64, i64) {
    (day * DAY - ZONES, day * DAY + DAY + ZONES)
}

fn warn_of_offer(offer: &Tree, policy: &Tree, givers: &[&Campaign], messages: &[Message], problems: &mut Problems) {
    warn_of_percent(offer.number("percent"), "percent", problems);
    warn_of_end(edge_span(offer, "until"), "offer", problems);
    if givers.is_empty() {
        let sentence = "no campaign carries the offer; name it in the `offer` of a campaign, or remove it";
        problems.warn(UNUSED, ALWAYS, sentence);
    }
    for (key, sentence) in [
        ("amount", "0 takes nothing off; write the amount in minor units, as `500` for 5.00"),
        ("marginShare", "at 0 the offer may cost nothing, so it is never given; write a percentage as `30`"),
    ] {
        if offer.integer(key) == Some(0) {
            problems.warn_always(key, BLOCKS_ALL, sentence);
        }
    }
    if offer.get("budget").is_some_and(|budget| budget.integer("max") == Some(0)) {
        problems.warn_always("budget.max", BLOCKS_ALL, "at 0 the offer is never given; raise it, or remove the offer");
    }
    let currency = policy.get("shop").and_then(|shop| shop.text("currency")).unwrap_or_default();
    if let Some(amount) = offer.integer("amount").filter(|amount| (1..100).contains(amount))
        && !WITHOUT_CENTS.contains(&currency)
    {
        problems.key("amount", |problems| {
            problems.warn(SMALL_AMOUNT, ALWAYS, || {
                format!("{amount} is less than 1.00 {currency}; write `{}` for {amount}.00", amount * 100)
            });
        });
    }
    let (to, not_to) = (offer.texts("to"), HashSet::<String>::from_iter(offer.texts("notTo")));
    let is_left_out = |region: &String| {
        let mut wholes = region.match_indices('-').filter_map(|(end, _)| region.get(..end));
        not_to.contains(region) || wholes.any(|whole| not_to.contains(whole))
    };
    if !to.is_empty() && to.iter().all(is_left_out) {
        problems.warn_always(
            "notTo",
            NEVER_SPEAKS,
            "it leaves out every region of `to`, so nobody can redeem the offer",
        );
    }
    if is_empty_list(offer, "to") {
        problems.warn_always(
            "to",
            BLOCKS_ALL,
            "without a region nobody can redeem the offer; name one as `ES`, or leave `to` out",
        );
    }
    let inserts = |campaign: &Campaign| {
        let is_code = |variant: &Variant| variant.inserts(Key::OfferCode);
        let all = [Some(campaign.message), campaign.early, campaign.belated].into_iter().flatten();
        let translations = all.filter_map(|index| messages.get(index)).flat_map(|message| &message.translations);
        translations.flat_map(|translation| &translation.variants).any(is_code)
    };
    if offer.text("code").is_none_or(|code| code.trim().is_empty())
        && offer.flag("personal") != Some(true)
        && let Some(campaign) = givers.iter().find(|campaign| inserts(campaign))
    {
        problems.key("code", |problems| {
            problems.warn(MISSING_CODE, ALWAYS, || {
                let name = shortened(&campaign.id);
                concat(&["the message of `", &name, "` inserts `{offer.code}`; give the offer a `code`, or `personal`"])
            });
        });
    }
}

fn is_empty_list(tree: &Tree, key: &str) -> bool {
    matches!(tree.get(key), Some(Tree::List(list)) if list.is_empty())
}

fn warn_of_campaign(tree: &Tree, campaign: &Campaign, policy: &Tree, problems: &mut Problems) {
    let offer = campaign.offer.and_then(|index| policy.entries("offers").get(index));
    let offer = offer.map_or(&Tree::Null, |(_, offer)| offer);
    let day = |key: &str| tree.integer(key).map(day_span);
    let (begins, ends) = (day("from"), day("until"));
    warn_of_end(ends, "campaign", problems);
    warn_of_percent(tree.number("floor").filter(|floor| *floor > 0.0), "floor", problems);
    if let Some(relevance) = tree.get("relevance") {
        let floor = relevance.number("floor").filter(|floor| *floor > 0.0);
        warn_of_percent(floor, "relevance.floor", problems);
    }
    if tree.number("share") == Some(0.0) {
        problems.warn_always("share", NEVER_SPEAKS, "the draw picks nobody; write 0.01 for one customer in a hundred");
    }
    for key in ["families", "incidents", "suggest.families"] {
        let is_empty = match key {
            "suggest.families" => tree.get("suggest").is_some_and(|suggest| is_empty_list(suggest, "families")),
            _ => is_empty_list(tree, key),
        };
        if is_empty {
            problems.warn_always(key, NEVER_SPEAKS, "an empty list matches nothing; name some, or leave the field out");
        }
    }
    let class = tree.text("class").and_then(Class::named);
    if campaign.class == Class::Promotional && class.is_some_and(|class| class != Class::Promotional) {
        let sentence = "with an offer, a suggestion or a price the campaign is `promotional`, whatever it says; leave `class` out, or what makes it one";
        problems.warn_always("class", MISREAD, sentence);
    }
    let (offer_begins, offer_ends) = (edge_span(offer, "from"), edge_span(offer, "until"));
    let is_before = |end: Option<(i64, i64)>, begin: Option<(i64, i64)>, same: bool| {
        end.zip(begin).is_some_and(|(end, begin)| if same { end.0 < begin.0 } else { end.1 <= begin.0 })
    };
    let are_dates = |key: &str| matches!(offer.find(key), Some(Tree::Text(_)));
    if is_before(offer_ends, begins, are_dates("until")) || is_before(ends, offer_begins, are_dates("from")) {
        let sentence = "the offer is not valid on any day on which the campaign may speak; let their dates overlap";
        problems.warn_always("offer", NEVER_SPEAKS, sentence);
    }
    for (message, days) in [("early", "lead"), ("belated", "grace")] {
        if tree.get(message).is_some() && days_field(tree, days) == 0 {
            let sentence =
                "no day is left on which the message is used; give `lead` for `early`, and `grace` for `belated`";
            problems.warn_always(message, UNUSED, sentence);
        }
    }
    let speaks_of_purchase =
        matches!(&campaign.details, Details::Announcement { event: Some(event), .. } if event == "purchase");
    if speaks_of_purchase
        && campaign.class == Class::Promotional
        && policy.get("calm").is_some_and(|calm| calm.get("until").is_some())
    {
        let sentence = "`calm.until` holds promotions from an order until after its delivery, so at a purchase this one never speaks; use `nextOffer`, or leave out what makes it promotional";
        problems.warn_always("event", NEVER_SPEAKS, sentence);
    }
    if tree.get("suggest").is_some() && campaign.kind.names_its_article() {
        let sentence =
            "the messages of this kind name the article that they speak of, never a suggested one; remove `suggest`";
        problems.warn_always("suggest", UNUSED, sentence);
    }
    if let Some(audience) = tree.get("audience") {
        warn_of_audience(audience, campaign, policy, problems);
    }
}

fn warn_of_message(message: &Message, users: &[&Campaign], problems: &mut Problems) {
    if users.is_empty() {
        let sentence = "no campaign uses the message; name it in the `message` of a campaign, or remove it";
        problems
            .key("messages", |problems| problems.key(&message.id, |problems| problems.warn(UNUSED, ALWAYS, sentence)));
        return;
    }
    let is_sent = users.iter().any(|campaign| campaign.channel != Channel::Onsite);
    let asks_name = |variant: &Variant| variant.inserts(Key::GivenName);
    for translation in &message.translations {
        if translation.variants.iter().all(asks_name) {
            let sentence =
                "every variant inserts `{givenName}`, so whoever gave no name gets none; add a variant without it";
            let path = concat(&["messages.", &message.id, ".", &translation.locale]);
            problems.warn_always(&path, NEEDS_NAME, sentence);
        }
    }
    each_variant(message, problems, &mut |variant, problems| {
        for (index, claim) in variant.claims().iter().enumerate() {
            let percent =
                claim.percent().map(|hundredths| f64::from(i32::try_from(hundredths).unwrap_or(i32::MAX)) / 100.0);
            problems.key("claims", |problems| {
                problems.index(index, |problems| warn_of_percent(percent, "reduction.percent", problems));
            });
        }
        if variant.body.trim().is_empty() {
            problems.warn_always(
                "body",
                MISREAD,
                "nothing but spaces, and it is shown; write what the reader shall read",
            );
        }
        let texts = [
            ("title", variant.title.as_deref()),
            ("body", Some(variant.body.as_str())),
            ("share", variant.share.as_deref()),
            ("benefit", variant.benefit.as_deref()),
            ("action.label", variant.action.text("label")),
            ("image.alt", variant.image.text("alt")),
        ];
        for (key, _) in texts.iter().filter(|(_, text)| text.is_some_and(has_markup)) {
            problems.warn_always(key, MARKUP, PLAIN);
        }
        for (key, address) in [("action.to", variant.action.text("to")), ("image.src", variant.image.text("src"))] {
            let is_relative = |address: &str| !address.starts_with('{') && !starts_with_scheme(address);
            if is_sent && address.is_some_and(is_relative) {
                let sentence = "outside of a page a relative address leads nowhere; write it with `https://`";
                problems.warn_always(key, RELATIVE_ADDRESS, sentence);
            }
        }
    });
}

fn starts_with_scheme(address: &str) -> bool {
    address.get(..8).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https://"))
}
