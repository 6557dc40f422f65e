//! Warnings: what a shop most likely did not mean, although the policy is accepted. Builds for browsers do not have this file.

use super::details::days_field;
use super::message_checks::each_variant;
use super::parameter::Key;
use super::{Campaign, Message, Offer, Variant};
use crate::base::problem::{
    BLOCKS_ALL, MARKUP, MISREAD, MISSING_CODE, NEEDS_NAME, NEVER_SPEAKS, OVER, Problems, RELATIVE_ADDRESS,
    SMALL_PERCENT, UNUSED,
};
use crate::base::sentence::shortened;
use crate::base::text::concat;
use crate::base::tree::Tree;
use crate::calendar::{DAY, day_number, parse_date};
use crate::language::contradiction::{compares_words, contradiction};
use crate::language::template::has_markup;
use crate::language::words::{Channel, Class};

/// A warning that is true at any time.
const ALWAYS: i64 = i64::MIN;
/// How far a civil day reaches beyond its day in UTC, in the zones of the world.
const ZONES: i64 = 14 * 3_600_000;

/// Adds the warnings about a policy that was accepted.
pub(super) fn warn(
    tree: &Tree,
    (offers, campaigns, messages): (&[Offer], &[Campaign], &[Message]),
    problems: &mut Problems,
) {
    warn_of_numbers(tree, problems);
    problems.key("offers", |problems| {
        for (id, offer) in tree.entries("offers") {
            problems.key(id, |problems| warn_of_offer((id, offer), offers, campaigns, messages, problems));
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
    messages.iter().for_each(|message| warn_of_message(message, tree, problems));
}

/// Warns of a tier, a segment or a limit's `when` that holds for nobody.
fn warn_of_condition(condition: &Tree, key: &str, problems: &mut Problems) {
    if let Some(fact) = contradiction(condition, &[]) {
        problems.key(key, |problems| {
            problems.warn(NEVER_SPEAKS, ALWAYS, || {
                concat(&[
                    "the fact `",
                    &shortened(fact),
                    "` can have no value for which this holds; correct the conditions on it",
                ])
            });
        });
    }
    warn_of_words(condition, key, problems);
}

/// Warns of tiers and phases that are compared as if they were numbers.
fn warn_of_words(condition: &Tree, key: &str, problems: &mut Problems) {
    if compares_words(condition) {
        let sentence = "tiers and phases are compared by their letters, so `known` is more than `advocate`; name them as `{ \"$in\": [\"known\", \"advocate\"] }`";
        add(problems, key, MISREAD, sentence);
    }
}

/// Adds a warning that is true at any time.
fn add(problems: &mut Problems, key: &str, code: &'static str, sentence: &str) {
    problems.key(key, |problems| problems.warn(code, ALWAYS, sentence));
}

/// Numbers for the whole shop that block what they apply to.
fn warn_of_numbers(tree: &Tree, problems: &mut Problems) {
    for (index, limit) in tree.list("limits").iter().enumerate() {
        if limit.integer("max") == Some(0) {
            let sentence =
                "0 allows no contact to those for whom the limit holds; raise it, or give the campaigns an audience";
            problems.key("limits", |problems| {
                problems.index(index, |problems| add(problems, "max", BLOCKS_ALL, sentence));
            });
        }
    }
    for (index, hours) in tree.list("quietHours").iter().enumerate() {
        let is_always = hours.text("from") == Some("00:00") && hours.text("to") == Some("24:00");
        if is_always && ["days", "dates", "places"].iter().all(|key| hours.get(key).is_none()) {
            let sentence = "every hour of every day is quiet, so nothing is sent on these channels; shorten the hours, or name `days`";
            problems.key("quietHours", |problems| {
                problems.index(index, |problems| add(problems, "to", BLOCKS_ALL, sentence));
            });
        }
    }
    let blocks = |of: &str, key: &str, sentence: &str, problems: &mut Problems| {
        if tree.get(of).and_then(|object| object.number(key)) == Some(0.0) {
            problems.key(of, |problems| add(problems, key, BLOCKS_ALL, sentence));
        }
    };
    blocks("arbitration", "contacts", "0 allows no relational or promotional contact; write 1", problems);
    if tree.get("holdout").and_then(|holdout| holdout.number("share")) == Some(1.0) {
        let sentence = "1 is every customer with an id, so nobody gets a campaign; write 0.1 for 10 %";
        problems.key("holdout", |problems| add(problems, "share", BLOCKS_ALL, sentence));
    }
    if let Some(balance) = tree.get("calm").and_then(|calm| calm.get("balance"))
        && balance.integer("promotions") == Some(0)
    {
        let sentence = "0 allows no promotional contact, however many relational ones there are; write 1 or more";
        problems.key("calm.balance", |problems| add(problems, "promotions", BLOCKS_ALL, sentence));
    }
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

fn warn_of_offer(
    (id, offer): (&str, &Tree),
    offers: &[Offer],
    campaigns: &[Campaign],
    messages: &[Message],
    problems: &mut Problems,
) {
    warn_of_percent(offer.number("percent"), "percent", problems);
    warn_of_end(edge_span(offer, "until"), "offer", problems);
    let carries = |campaign: &&Campaign| campaign.offer_in(offers).is_some_and(|offer| offer.id == id);
    if !campaigns.iter().any(|campaign| carries(&campaign)) {
        let sentence = "no campaign carries the offer; name it in the `offer` of a campaign, or remove it";
        problems.warn(UNUSED, ALWAYS, sentence);
    }
    for (key, sentence) in [
        ("amount", "0 takes nothing off; write the amount in minor units, as `500` for 5.00"),
        ("marginShare", "at 0 the offer may cost nothing, so it is never given; write a percentage as `30`"),
    ] {
        if offer.integer(key) == Some(0) {
            add(problems, key, BLOCKS_ALL, sentence);
        }
    }
    if offer.get("budget").is_some_and(|budget| budget.integer("max") == Some(0)) {
        add(problems, "budget.max", BLOCKS_ALL, "at 0 the offer is never given; raise it, or remove the offer");
    }
    if is_empty_list(offer, "to") {
        add(
            problems,
            "to",
            BLOCKS_ALL,
            "without a region nobody can redeem the offer; name one as `ES`, or leave `to` out",
        );
    }
    let inserts = |campaign: &&Campaign| {
        let is_code = |variant: &Variant| variant.inserts(Key::OfferCode);
        let variants = messages.get(campaign.message).into_iter().flat_map(|message| &message.translations);
        carries(campaign) && variants.flat_map(|translation| &translation.variants).any(is_code)
    };
    if offer.get("code").is_none()
        && offer.flag("personal") != Some(true)
        && let Some(campaign) = campaigns.iter().find(inserts)
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
    let offer = tree.text("offer").and_then(|id| policy.get("offers")?.get(id)).unwrap_or(&Tree::Null);
    let day = |key: &str| tree.integer(key).map(day_span);
    let (begins, ends) = (day("from"), day("until"));
    warn_of_end(ends, "campaign", problems);
    warn_of_percent(tree.number("floor").filter(|floor| *floor > 0.0), "floor", problems);
    if let Some(relevance) = tree.get("relevance") {
        let floor = relevance.number("floor").filter(|floor| *floor > 0.0);
        warn_of_percent(floor, "relevance.floor", problems);
    }
    if tree.number("share") == Some(0.0) {
        add(problems, "share", NEVER_SPEAKS, "the draw picks nobody; write 0.01 for one customer in a hundred");
    }
    for key in ["families", "incidents", "suggest.families"] {
        let is_empty = match key {
            "suggest.families" => tree.get("suggest").is_some_and(|suggest| is_empty_list(suggest, "families")),
            _ => is_empty_list(tree, key),
        };
        if is_empty {
            add(problems, key, NEVER_SPEAKS, "an empty list matches nothing; name some, or leave the field out");
        }
    }
    let class = tree.text("class").and_then(Class::named);
    if campaign.class == Class::Promotional && class.is_some_and(|class| class != Class::Promotional) {
        let sentence = "with an offer, a suggestion or a price the campaign is `promotional`, whatever it says; leave `class` out, or what makes it one";
        add(problems, "class", MISREAD, sentence);
    }
    let (offer_begins, offer_ends) = (edge_span(offer, "from"), edge_span(offer, "until"));
    let is_before = |end: Option<(i64, i64)>, begin: Option<(i64, i64)>, same: bool| {
        end.zip(begin).is_some_and(|(end, begin)| if same { end.0 < begin.0 } else { end.1 <= begin.0 })
    };
    let are_dates = |key: &str| matches!(offer.find(key), Some(Tree::Text(_)));
    if is_before(offer_ends, begins, are_dates("until")) || is_before(ends, offer_begins, are_dates("from")) {
        let sentence = "the offer is not valid on any day on which the campaign may speak; let their dates overlap";
        add(problems, "offer", NEVER_SPEAKS, sentence);
    }
    for (message, days) in [("early", "lead"), ("belated", "grace")] {
        if tree.get(message).is_some() && days_field(tree, days) == 0 {
            let sentence =
                "no day is left on which the message is used; give `lead` for `early`, and `grace` for `belated`";
            add(problems, message, UNUSED, sentence);
        }
    }
    if tree.get("suggest").is_some() && campaign.kind.names_its_article() {
        let sentence =
            "the messages of this kind name the article that they speak of, never a suggested one; remove `suggest`";
        add(problems, "suggest", UNUSED, sentence);
    }
    if let Some(audience) = tree.get("audience") {
        warn_of_audience(audience, campaign, problems);
        warn_of_words(audience, "audience", problems);
    }
}

/// Warns of an audience that nobody is in, or nobody to whom the campaign may speak.
fn warn_of_audience(audience: &Tree, campaign: &Campaign, problems: &mut Problems) {
    let phases: Vec<Tree> = campaign.kind.phases.iter().map(|phase| phase.word().into()).collect();
    let consent = concat(&["consent.", campaign.channel.word()]);
    let mut known = vec![("phase", &phases[..])];
    if campaign.channel.interrupts() && matches!(campaign.class, Class::Relational | Class::Promotional) {
        known.push((&consent, &[Tree::Bool(true)]));
    }
    if let Some(fact) = contradiction(audience, &known) {
        problems.key("audience", |problems| {
            problems.warn(NEVER_SPEAKS, ALWAYS, || {
                let mend = "` can have no value for which the campaign may speak; correct the conditions on it";
                concat(&["the fact `", &shortened(fact), mend])
            });
        });
    }
}

fn warn_of_message(message: &Message, tree: &Tree, problems: &mut Problems) {
    let uses = |campaign: &&Tree| {
        ["message", "belated", "early"].iter().any(|key| campaign.text(key) == Some(message.id.as_str()))
    };
    let mut users = tree.list("campaigns").iter().filter(uses).peekable();
    if users.peek().is_none() {
        let sentence = "no campaign uses the message; name it in the `message` of a campaign, or remove it";
        problems
            .key("messages", |problems| problems.key(&message.id, |problems| problems.warn(UNUSED, ALWAYS, sentence)));
        return;
    }
    let is_sent = users.any(|campaign| campaign.text("channel") != Some(Channel::Onsite.word()));
    let asks_name = |variant: &Variant| variant.inserts(Key::GivenName);
    for translation in &message.translations {
        if translation.variants.iter().all(asks_name) {
            let sentence =
                "every variant inserts `{givenName}`, so whoever gave no name gets none; add a variant without it";
            let path = concat(&["messages.", &message.id, ".", &translation.locale]);
            add(problems, &path, NEEDS_NAME, sentence);
        }
    }
    each_variant(message, problems, &mut |variant, problems| {
        for (index, claim) in variant.claims.iter().enumerate() {
            let percent =
                claim.percent().map(|hundredths| f64::from(i32::try_from(hundredths).unwrap_or(i32::MAX)) / 100.0);
            problems.key("claims", |problems| {
                problems.index(index, |problems| warn_of_percent(percent, "reduction.percent", problems));
            });
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
            add(problems, key, MARKUP, "texts are plain, so the reader sees the HTML; write the characters themselves");
        }
        for (key, address) in [("action.to", variant.action.text("to")), ("image.src", variant.image.text("src"))] {
            let is_relative = |address: &str| !address.starts_with('{') && !starts_with_scheme(address);
            if is_sent && address.is_some_and(is_relative) {
                let sentence = "outside of a page a relative address leads nowhere; write it with `https://`";
                add(problems, key, RELATIVE_ADDRESS, sentence);
            }
        }
    });
}

fn starts_with_scheme(address: &str) -> bool {
    address.get(..8).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https://"))
}
