//! Which language, which variant, and whether every value it names is there.

use crate::facts::Look;
use crate::gates::Word;
use crate::occasion::Occasion;
use crate::read::Campaign;
use serde_json::{Value, json};

/// Refuses what no variant can word.
pub fn honesty(look: &Look, campaign: &Campaign, occasion: &Occasion) -> Word {
    choose(look, campaign, occasion).err().map(|missing| ("parameter-missing", json!({ "parameters": missing })))
}

/// The locale and the index of the variant; or what is missing.
pub fn choose(look: &Look, campaign: &Campaign, occasion: &Occasion) -> Result<(String, usize), Vec<String>> {
    let message = &look.world.policy["messages"][name(look, campaign, occasion)];
    let locale = locale(look, message);
    let variants = message[&locale].as_array().unwrap();
    // the lowest index least used in this campaign's records, of those that lack nothing
    let used = |index: usize| {
        let own = look.ledger.iter().filter(|record| record.campaign == campaign.id && record.counts(look.now));
        own.filter(|record| record.variant == Some(index as u64)).count()
    };
    let mut order: Vec<usize> = (0..variants.len()).collect();
    order.sort_by_key(|index| (used(*index), *index));
    let mut lacking: Vec<String> = vec![];
    for index in order {
        let missing = missing(look, campaign, occasion, &variants[index]);
        if missing.is_empty() {
            return Ok((locale, index));
        }
        lacking.extend(missing);
    }
    lacking.sort_unstable();
    lacking.dedup();
    Err(lacking)
}

/// Once the day of a birthday is over in every zone, the belated message.
fn name<'a>(look: &Look, campaign: &'a Campaign, occasion: &Occasion) -> &'a str {
    match (&campaign.belated, occasion.day) {
        (Some(belated), Some(day)) if look.world.zones.iter().all(|zone| zone.begins(day + 1) <= look.now) => belated,
        _ => &campaign.message,
    }
}

/// RFC 4647 lookup, then a shop locale of the same language, then the shop's order.
fn locale(look: &Look, message: &Value) -> String {
    let known: Vec<&String> = message.as_object().unwrap().keys().collect();
    let find =
        |range: &str| known.iter().find(|locale| locale.eq_ignore_ascii_case(range)).map(|locale| (*locale).clone());
    let shop: Vec<String> = look.world.policy["shop"]["locales"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|locale| find(locale.as_str().unwrap()))
        .collect();
    if let Some(wanted) = look.world.request["customer"]["locale"].as_str() {
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

fn missing(look: &Look, campaign: &Campaign, occasion: &Occasion, variant: &Value) -> Vec<String> {
    let mut names = vec![];
    for text in [&variant["title"], &variant["body"]] {
        parameters(text.as_str().unwrap_or(""), &mut names);
    }
    names.retain(|name| !is_there(look, campaign, occasion, name));
    names
}

/// `{name}` and `{name, plural, one {…} other {…}}`, without repetition; a backslash takes the next character's meaning away.
fn parameters(text: &str, names: &mut Vec<String>) {
    let mut rest = text.chars();
    // the words before a branch (`one`, `=0`) are no names: a name follows a brace and ends at a brace or a comma
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

fn is_there(look: &Look, campaign: &Campaign, occasion: &Occasion, name: &str) -> bool {
    let customer = &look.world.request["customer"];
    let shop = &look.world.policy["shop"];
    let offer = campaign.offer.as_ref().map_or(&Value::Null, |offer| &look.world.policy["offers"][offer]);
    let order = || look.world.orders.iter().find(|order| order.id.as_ref() == Some(&occasion.occurrence));
    match name {
        "givenName" => !customer["givenName"].is_null(),
        "shop.name" => true,
        "shop.signer" => !shop["signer"].is_null(),
        "birthday" => campaign.kind == "birthday",
        "order.id" => order().is_some(),
        "order.total" => order().is_some_and(|order| order.total.is_some()),
        "offer.expires" => !offer["validFor"].is_null(),
        "offer.code" => {
            let issued = campaign.offer.as_ref().map_or(&Value::Null, |name| &customer["codes"][name]);
            // spaces alone are no code
            let tells = |code: &Value| code.as_str().map_or(!code.is_null(), |code| !code.trim().is_empty());
            tells(&offer["code"]) || tells(issued)
        }
        _ => match name.strip_prefix("offer.") {
            Some(field) => !offer[field].is_null(),
            None => !look.fact(name).is_null(),
        },
    }
}
