//! Writes the part of a policy that is published. It has no white space, no field with its default and nothing unused.

use super::kept::{CHECKED, Kept, TASKS, names_pages};
use super::needed::Needed;
use crate::base::locale::lookup;
use crate::base::tree::Tree;
use crate::language::words::Channel;
use crate::policy::{Campaign, Message, Policy};
use std::borrow::Cow;

type Entries = Vec<(Cow<'static, str>, Tree)>;

/// A field and what it is when it is absent.
type Default = (&'static str, Tree);

const NO: Tree = Tree::Bool(false);

/// An object without what is null or has its default, and without some fields. What is in its fields stays as it is.
fn slim(tree: &Tree, without: &[&str], defaults: &[Default]) -> Tree {
    let Tree::Object(entries) = tree else { return tree.clone() };
    let is_default = |key: &str, value: &Tree| defaults.iter().any(|(name, absent)| *name == key && absent == value);
    let mut slim = Vec::new();
    for (key, value) in entries {
        if !value.is_null() && !without.contains(&&**key) && !is_default(key, value) {
            slim.push((key.clone(), value.clone()));
        }
    }
    Tree::Object(slim)
}

/// A document without its nulls, however deep: not of conditions, in which null is a value.
fn without_nulls(tree: &Tree) -> Tree {
    match tree {
        Tree::List(list) => {
            let mut all = Vec::new();
            list.iter().for_each(|one| all.push(without_nulls(one)));
            Tree::List(all)
        }
        Tree::Object(_) => match slim(tree, &[], &[("humour", NO), ("statesSurcharge", NO)]) {
            Tree::Object(mut entries) => {
                entries.iter_mut().for_each(|(_, value)| *value = without_nulls(value));
                Tree::Object(entries)
            }
            other => other,
        },
        other => other.clone(),
    }
}

/// The published part of a policy, its fields in the policy's order.
pub(super) fn part(policy: &Policy, tree: &Tree, kept: &Kept, needed: &Needed) -> Tree {
    let mut part = Entries::new();
    let Tree::Object(entries) = tree else { return Tree::Null };
    for (key, value) in entries {
        let written = match &**key {
            "shop" => Some(shop(policy, value, needed)),
            "tiers" if needed.tiers => Some(slim(value, &[], &[])),
            "limits" => {
                let defaults = [("urgent", NO), ("ignoredAs", Tree::Number(1.0))];
                some(value, |index| needed.has_limit(index), |limit| slim(limit, &[], &defaults))
            }
            "quietHours" => quiet_hours(value),
            "calm" => filled(without_nulls(value)),
            // an empty one counts too: with care, a case holds promotions back
            "care" if !value.is_null() => Some(slim(value, &TASKS, &[])),
            "phases" => {
                let lapsed = ("lapsedAfter", "365d".into());
                filled(slim(value, &[], &[("goodOrders", Tree::Number(3.0)), lapsed, ("holdPromotions", NO)]))
            }
            "holdout" if policy.holdout.get().is_some_and(|holdout| holdout.share > 0.0) => Some(value.clone()),
            "arbitration" => filled(slim(value, &[], &[("contacts", Tree::Number(1.0)), ("patience", "7d".into())])),
            "page" => {
                filled(slim(value, &[], &[("withoutStore", "service".into()), ("withoutServer", "relational".into())]))
            }
            "honesty" => filled(slim(value, &CHECKED, &[("notAsDescribed", Tree::Number(1.0))])),
            "segments" => filled(some_of(value, |index| needed.has_segment(index), |_, segment| segment.clone())),
            "offers" => {
                let (without, defaults) = (["acquisition", "enforced"], [("personal", NO)]);
                let is_kept = |index| kept.has_offer(index);
                filled(some_of(value, is_kept, |_, offer| slim(offer, &without, &defaults)))
            }
            "campaigns" => {
                let mut list = Vec::new();
                for (campaign, written) in policy.campaigns.iter().zip(tree.list("campaigns")) {
                    if kept.has_campaign(campaign.index) {
                        list.push(self::campaign(policy, campaign, written, kept));
                    }
                }
                Some(Tree::List(list))
            }
            "messages" => Some(some_of(
                value,
                |index| needed.has_message(index),
                |index, written| message(policy.messages.get(index), written, needed, index),
            )),
            "querencia" => Some(value.clone()),
            _ => None,
        };
        part.extend(written.map(|written| (key.clone(), written)));
    }
    part.push(("elsewhere".into(), elsewhere(policy, kept, needed)));
    Tree::Object(part)
}

/// A list or an object, unless it is empty.
fn filled(tree: Tree) -> Option<Tree> {
    let is_empty = match &tree {
        Tree::List(list) => list.is_empty(),
        Tree::Object(entries) => entries.is_empty(),
        other => other.is_null(),
    };
    (!is_empty).then_some(tree)
}

/// Some elements of a list, if there are any.
fn some(list: &Tree, is_kept: impl Fn(usize) -> bool, write: impl Fn(&Tree) -> Tree) -> Option<Tree> {
    let Tree::List(elements) = list else { return None };
    let elements = elements.iter().enumerate().filter(|(index, _)| is_kept(*index));
    filled(elements.map(|(_, element)| write(element)).collect())
}

/// Some entries of an object.
fn some_of(object: &Tree, is_kept: impl Fn(usize) -> bool, write: impl Fn(usize, &Tree) -> Tree) -> Tree {
    let mut some = Entries::new();
    if let Tree::Object(entries) = object {
        // those that are null are not in the lists of the policy
        let entries = entries.iter().filter(|(_, value)| !value.is_null());
        for (index, (key, value)) in entries.enumerate().filter(|(index, _)| is_kept(*index)) {
            some.push((key.clone(), write(index, value)));
        }
    }
    Tree::Object(some)
}

/// The shop. Of its locales the published one, and those in which a message is written that has no translation into it.
fn shop(policy: &Policy, tree: &Tree, needed: &Needed) -> Tree {
    let Tree::Object(mut entries) = slim(tree, &[], &[]) else { return Tree::Null };
    let Some(locale) = &needed.locale else { return Tree::Object(entries) };
    let mut locales = vec![locale.clone()];
    for (index, translation) in &needed.messages {
        let translations = policy.messages.get(*index).map(|message| &message.translations);
        let Some(tag) = translations.zip(*translation).and_then(|(all, index)| all.get(index)) else { continue };
        let finds = |locale: &String| lookup(locale, &[&tag.locale]).is_some();
        if !locales.iter().any(finds) {
            let own = policy.shop.locales.iter().find(|locale| finds(locale));
            locales.push(own.unwrap_or(&tag.locale).clone());
        }
    }
    let found = entries.iter_mut().find(|(key, _)| key == "locales");
    found.into_iter().for_each(|(_, value)| *value = locales.clone().into());
    Tree::Object(entries)
}

/// The quiet hours of pages.
fn quiet_hours(tree: &Tree) -> Option<Tree> {
    let Tree::List(list) = tree else { return None };
    let mut own = Vec::new();
    for hours in list.iter().filter(|hours| names_pages(hours)) {
        let Tree::Object(mut entries) = slim(hours, &[], &[]) else { continue };
        for (_, value) in entries.iter_mut().filter(|(key, _)| key == "channels") {
            *value = Tree::List(vec![Channel::Onsite.word().into()]);
        }
        own.push(Tree::Object(entries));
    }
    filled(Tree::List(own))
}

fn campaign(policy: &Policy, campaign: &Campaign, tree: &Tree, kept: &Kept) -> Tree {
    let defaults = [
        ("weight", Tree::Number(0.0)),
        ("disposition", "defer".into()),
        ("urgent", NO),
        ("paused", NO),
        ("leapDay", "feb-28".into()),
    ];
    let stands_in = |other: &&Campaign| other.originals().contains(&campaign.index);
    let has_substitute = policy.campaigns.iter().filter(stands_in).any(|other| kept.has_campaign(other.index));
    let is_alone = tree.text("substitute").is_some() && !has_substitute;
    let without: &[&str] = if is_alone { &["class", "substitute", "disposition"] } else { &["class"] };
    let mut slimmed = slim(tree, without, &defaults);
    // a price that only another locale shows makes it promotional too
    let is_said = campaign.offer.is_none() && campaign.suggest.get().is_none() && campaign.class != campaign.kind.class;
    if let Tree::Object(entries) = &mut slimmed
        && is_said
    {
        entries.push(("class".into(), campaign.class.word().into()));
    }
    slimmed
}

/// A message: all its translations, or the one for the reader.
fn message(message: Option<&Message>, tree: &Tree, needed: &Needed, index: usize) -> Tree {
    let only = needed.messages.iter().find(|(known, _)| *known == index).and_then(|(_, translation)| *translation);
    let tag = message.zip(only).and_then(|(message, only)| message.translations.get(only)).map(|one| &one.locale);
    let Tree::Object(entries) = tree else { return Tree::Null };
    let mut translations = Entries::new();
    for (key, variants) in entries.iter().filter(|(key, _)| tag.is_none_or(|tag| tag == key)) {
        if !variants.is_null() {
            translations.push((key.clone(), without_nulls(variants)));
        }
    }
    Tree::Object(translations)
}

/// What the part must know of what is not in it: the campaigns whose contacts count for its own as well, and the names that it uses.
fn elsewhere(policy: &Policy, kept: &Kept, needed: &Needed) -> Tree {
    let mut list = Vec::new();
    for campaign in &policy.campaigns {
        let kind = campaign.kind;
        let is_kin = |own: &Campaign| own.kind.name == kind.name && !own.siblings.is_empty();
        let counts_as_kin = kind.uncounted || kept.of_policy(policy).any(is_kin);
        // the dialog offers every topic to choose from, so one campaign tells it
        let is_new = |topic: &&String| {
            let mut others = policy.campaigns.iter().filter(|other| other.topic.as_ref() == Some(*topic));
            let is_first = others.clone().next().is_some_and(|first| first.index == campaign.index);
            is_first && !others.any(|other| kept.has_campaign(other.index))
        };
        let topic = campaign.topic.as_ref().filter(|topic| needed.topics.contains(topic) || is_new(topic));
        let is_named = counts_as_kin || topic.is_some() || needed.named.contains(&campaign.id);
        if is_named && !kept.has_campaign(campaign.index) {
            let mut entry = vec![("id".into(), Tree::from(&campaign.id))];
            entry.extend(counts_as_kin.then(|| ("kind".into(), kind.name.into())));
            entry.extend(topic.map(|topic| ("topic".into(), topic.into())));
            list.push(Tree::Object(entry));
        }
    }
    // a customer may hold a code of an offer that is not in the part
    for (index, offer) in policy.offers.iter().enumerate() {
        if needed.codes.contains(&offer.id) && !kept.has_offer(index) {
            list.push(Tree::from([("id", (&offer.id).into())]));
        }
    }
    Tree::List(list)
}
