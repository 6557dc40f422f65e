//! Which language and which variant a contact uses, and whether every parameter of the variant has a value.

use crate::context::Context;
use crate::occasions::Occasion;
use crate::read::Campaign;
use serde_json::Value;
use std::rc::Rc;

/// The locale and the index of the variant, or the names of the parameters without a value. Of the variants that have
/// all values, the one this campaign has used least; on a tie, the first.
pub fn choose_variant(
    context: &Context,
    campaign: &Campaign,
    occasion: &Occasion,
) -> Result<(String, usize), Vec<String>> {
    let name = message_name(context, campaign, occasion);
    let message = &context.input.policy["messages"][name];
    let locale = locale(context, message);
    let variants = message[&locale].as_array().unwrap();
    let all = parameters_of(context, name, &locale, variants);
    let used = |index: usize| {
        let own = context.ledger.iter().filter(|record| record.campaign == campaign.id && record.counts(context.now));
        own.filter(|record| record.variant == Some(index as u64)).count()
    };
    let mut order: Vec<usize> = (0..variants.len()).collect();
    order.sort_by_key(|index| (used(*index), *index));
    let mut lacking: Vec<String> = vec![];
    for index in order {
        let missing = missing(context, campaign, occasion, &all[index]);
        if missing.is_empty() {
            return Ok((locale, index));
        }
        lacking.extend(missing);
    }
    lacking.sort_unstable();
    lacking.dedup();
    Err(lacking)
}

/// `message`; `early` while the birthday has begun in no zone, `belated` once it is over in every zone.
fn message_name<'a>(context: &Context, campaign: &'a Campaign, occasion: &Occasion) -> &'a str {
    let Some(day) = occasion.day else { return &campaign.message };
    let zones = &context.input.zones;
    let is_over = zones.iter().all(|zone| zone.start_of_date(day + 1) <= context.now);
    let is_ahead = zones.iter().all(|zone| context.now < zone.start_of_date(day));
    let other = if is_over {
        &campaign.belated
    } else if is_ahead {
        &campaign.early
    } else {
        &None
    };
    other.as_ref().unwrap_or(&campaign.message)
}

/// The message's locale for this customer: by RFC 4647 lookup; else the first shop locale of the same language; else the first shop
/// locale the message has; else the message's first.
fn locale(context: &Context, message: &Value) -> String {
    let known: Vec<&String> = message.as_object().unwrap().keys().collect();
    let find =
        |range: &str| known.iter().find(|locale| locale.eq_ignore_ascii_case(range)).map(|locale| (*locale).clone());
    let shop: Vec<String> = context.input.policy["shop"]["locales"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|locale| find(locale.as_str().unwrap()))
        .collect();
    if let Some(wanted) = context.input.request["customer"]["locale"].as_str() {
        let mut range: Vec<&str> = wanted.split('-').collect();
        while !range.is_empty() {
            if let Some(found) = find(&range.join("-")) {
                return found;
            }
            range.pop();
            if range.last().is_some_and(|last| last.len() == 1) {
                range.pop();
            }
        }
        let language = |locale: &str| locale.split('-').next().unwrap().to_lowercase();
        if let Some(found) = shop.iter().find(|locale| language(locale) == language(wanted)) {
            return found.clone();
        }
    }
    shop.first().unwrap_or(known[0]).clone()
}

fn missing(context: &Context, campaign: &Campaign, occasion: &Occasion, names: &[String]) -> Vec<String> {
    names.iter().filter(|name| !has_value(context, campaign, occasion, name)).cloned().collect()
}

/// The parameters of each variant, read once.
fn parameters_of(context: &Context, message: &str, locale: &str, variants: &[Value]) -> Rc<Vec<Vec<String>>> {
    let read = |variant: &Value| {
        let mut names = vec![];
        for text in [&variant["title"], &variant["body"]] {
            parameters(text.as_str().unwrap_or(""), &mut names);
        }
        names
    };
    let key = (message.to_owned(), locale.to_owned());
    let mut known = context.input.parameters.borrow_mut();
    known.entry(key).or_insert_with(|| Rc::new(variants.iter().map(read).collect())).clone()
}

/// The names in `{name}` and `{name, plural, one {…} other {…}}`, each once. A backslash escapes the next character.
fn parameters(text: &str, names: &mut Vec<String>) {
    let mut rest = text.chars();
    // `one` and `=0` before a branch are not names: a name follows an opening brace and ends at a brace or a comma
    while let Some(letter) = rest.next() {
        if letter == '\\' {
            rest.next();
        } else if letter == '{' {
            let inner = rest.as_str();
            let end = inner.find(['{', '}', ',', ' ', '\\', '#']).unwrap_or(inner.len());
            let name = &inner[..end];
            let follows = inner[end..].chars().next();
            if matches!(follows, Some('}' | ',')) && !name.is_empty() && !names.iter().any(|one| one == name) {
                names.push(name.to_owned());
            }
        }
    }
}

fn has_value(context: &Context, campaign: &Campaign, occasion: &Occasion, name: &str) -> bool {
    let customer = &context.input.request["customer"];
    let shop = &context.input.policy["shop"];
    let offer = campaign.offer.as_ref().map_or(&Value::Null, |offer| &context.input.policy["offers"][offer]);
    let order = || context.input.orders.iter().find(|order| order.id.as_ref() == Some(&occasion.occurrence));
    match name {
        "givenName" => !customer["givenName"].is_null(),
        "shop.name" => true,
        "signer" => !shop["signer"].is_null(),
        "birthday" => campaign.kind == "birthday",
        "order.id" => order().is_some_and(|order| !order.nameless),
        "order.at" => order().is_some_and(|order| order.at.is_some()),
        "order.total" => order().is_some_and(|order| order.total.is_some()),
        "offer.expires" => !offer["validFor"].is_null(),
        "offer.code" => {
            let issued = campaign.offer.as_ref().map_or(&Value::Null, |name| &customer["codes"][name]);
            // a code of spaces only does not count
            let is_given = |code: &Value| code.as_str().map_or(!code.is_null(), |code| !code.trim().is_empty());
            is_given(&offer["code"]) || is_given(issued)
        }
        _ => match name.strip_prefix("offer.") {
            Some(field) => !offer[field].is_null(),
            None => !context.fact(name).is_null(),
        },
    }
}
