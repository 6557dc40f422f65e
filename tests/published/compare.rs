//! Whether a page that reads the published part of a policy decides as the whole policy does, asked about `channels: ["onsite"]`; and
//! whether the table lets it.

use super::querencia::publish::{Asked, Published, publish};
use super::querencia::{Engine, Instant, Tree};
use serde::Deserialize;
use serde_json::{Value, json};

/// What was compared.
#[derive(Clone, Copy, Debug, Default)]
pub struct Compared {
    pub decisions: u64,
    /// with a contact or a ghost
    pub spoken: u64,
    /// with a present
    pub entitled: u64,
    /// in which a row lets nobody speak although one fits, so that the table spares an engine
    pub spared: u64,
}

impl Compared {
    /// Adds another count.
    pub fn add(&mut self, other: Compared) {
        self.decisions += other.decisions;
        self.spoken += other.spoken;
        self.entitled += other.entitled;
        self.spared += other.spared;
    }
}

fn tree(value: &Value) -> Tree {
    Tree::deserialize(value).unwrap()
}

/// Compares a request, and the same on a page of each placement, in all locales together and in each one.
pub fn compare(policy: &Value, request: &Value) -> Result<Compared, String> {
    let mut compared = Compared::default();
    let is_part = ["seal", "elsewhere"].iter().any(|key| !policy[key].is_null());
    if is_part || Engine::new(tree(policy)).is_err() || !request.is_object() {
        return Ok(compared);
    }
    let locales: Vec<&str> = policy["shop"]["locales"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    let only = locales.iter().filter(|_| locales.len() > 1).copied().map(Some);
    for locale in [None].into_iter().chain(only) {
        let mut request = request.clone();
        request["channels"] = json!(["onsite"]);
        request["explain"] = json!(false);
        if let (Some(locale), Some(customer)) = (locale, request["customer"].as_object_mut()) {
            customer.insert("locale".to_owned(), json!(locale));
        } else if locale.is_some() {
            request["customer"] = json!({ "locale": locale });
        }
        let pages = Pages::of(policy, locale)?;
        pages.compare(&request, &mut compared)?;
        pages.compare_refusals(&request)?;
        let mut placements: Vec<&Value> =
            policy["campaigns"].as_array().unwrap().iter().map(|one| &one["placement"]).collect();
        placements.dedup();
        for placement in placements.into_iter().filter(|placement| placement.is_string()).take(4) {
            request["placements"] = json!([placement]);
            pages.compare(&request, &mut compared)?;
        }
    }
    Ok(compared)
}

/// The whole policy and its part.
struct Pages {
    whole: Engine,
    part: Engine,
    /// the part, compiled as the builds for pages read it
    compiled: Engine,
    published: Published,
    /// the documents of the whole and of the part
    documents: (Value, Value),
}

impl Pages {
    fn of(policy: &Value, locale: Option<&str>) -> Result<Pages, String> {
        let published = publish(tree(policy), locale).map_err(|problems| format!("{problems:?}"))?;
        let mut part = serde_json::to_value(&published.policy).unwrap();
        part["seal"] = json!({ "format": "00", "features": [], "policy": "whole", "sha256": "00" });
        let policy = without_secrets(policy, &published);
        let whole = Engine::new(tree(&policy)).map_err(|why| format!("whole: {why:?}"))?;
        let part_engine = Engine::new(tree(&part)).map_err(|why| format!("the part was refused: {why:?}\n{part}"))?;
        let compiled = Engine::from_compiled(&part_engine.compiled()).unwrap().with_fingerprint("whole");
        Ok(Pages {
            whole: whole.with_fingerprint("whole"),
            part: part_engine,
            compiled,
            published,
            documents: (policy, part),
        })
    }

    /// Whether a record tells of a present that the part does not know: a campaign for pages once gave an offer that stays with the server,
    /// or is paused and gives none today. The server's decision has that present, which can stand in the place of another.
    fn is_told_of_more(&self, request: &Value) -> bool {
        let (whole, part) = &self.documents;
        let is_of = |document: &Value, id: &Value| {
            let campaigns = document["campaigns"].as_array().unwrap();
            campaigns.iter().any(|one| one["id"] == *id && one["channel"] == "onsite")
        };
        request["ledger"].as_array().into_iter().flatten().any(|record| {
            let Some(offer) = record["offer"].as_str().filter(|offer| !whole["offers"][*offer].is_null()) else {
                return false;
            };
            is_of(whole, &record["campaign"]) && (part["offers"][offer].is_null() || !is_of(part, &record["campaign"]))
        })
    }

    /// Nobody tells a page why it is silent, but what both say of each campaign shows what they look at.
    fn compare_refusals(&self, request: &Value) -> Result<(), String> {
        let mut request = request.clone();
        request["explain"] = json!(true);
        let (Ok(whole), Ok(part)) = (self.whole.decide(tree(&request)), self.part.decide(tree(&request))) else {
            return Ok(());
        };
        let kept = self.documents.1["campaigns"].as_array().unwrap();
        let refused = |decision: Value| -> Vec<Value> {
            let mut refused = decision["refused"].as_array().unwrap().clone();
            refused.retain(|one| kept.iter().any(|campaign| campaign["id"] == one["campaign"]));
            // without its substitute a campaign is deferred
            refused.iter_mut().for_each(|one| one["disposition"] = json!(null));
            refused
        };
        let (whole, part) = (refused(json!(whole)), refused(json!(part)));
        let both = whole.iter().zip(&part);
        match both.into_iter().find(|(whole, part)| whole != part) {
            None if whole.len() == part.len() => Ok(()),
            differ => Err(format!("refused:\n  {differ:?}\n  of {}\n  asked {request}", self.documents.1)),
        }
    }

    fn compare(&self, request: &Value, compared: &mut Compared) -> Result<(), String> {
        let Ok(whole) = self.whole.decide(tree(request)) else { return Ok(()) };
        let part = self.part.decide(tree(request)).map_err(|why| format!("the part refuses the request: {why:?}"))?;
        let compiled = self.compiled.decide(tree(request)).map_err(|why| format!("compiled, it refuses: {why:?}"))?;
        if json!(compiled) != json!(part) {
            return Err(format!("compiled, the part decides\n  {}\n  {}", json!(compiled), json!(part)));
        }
        let (mut whole, part) = (serde_json::to_value(whole).unwrap(), serde_json::to_value(part).unwrap());
        if self.is_told_of_more(request) {
            whole["entitled"] = part["entitled"].clone();
        }
        for key in ["contacts", "ghosts", "entitled", "nextAt", "policy"] {
            if whole[key] != part[key] {
                let (whole, part) = (&whole[key], &part[key]);
                return Err(format!(
                    "{key}:\n  whole {whole}\n  part  {part}\n  of    {}\n  asked {request}",
                    self.documents.1
                ));
            }
        }
        let mut said = ["contacts", "ghosts"].iter().flat_map(|key| part[key].as_array().unwrap());
        // a request may give `now` as a text
        let (speaks, now) = said.next().map_or((false, request["now"].as_i64()), |one| (true, one["at"].as_i64()));
        let placements = request["placements"].as_array();
        let placements: Option<Vec<&str>> = placements.map(|list| list.iter().filter_map(Value::as_str).collect());
        let asked = Asked {
            placements: placements.as_deref(),
            event: request["event"]["name"].as_str(),
            now: Instant(now.unwrap_or_default()),
            customer: knows_customer(request),
        };
        let fits = self.published.rows.iter().any(|row| row.fits(&asked));
        if speaks && !fits {
            let rows: Tree = self.published.rows.iter().cloned().collect();
            return Err(format!("no row fits:\n  rows  {}\n  {part}\n  asked {request}", json!(rows)));
        }
        compared.decisions += 1;
        compared.spoken += u64::from(speaks);
        compared.entitled += u64::from(part["entitled"] != json!([]));
        compared.spared += u64::from(!fits);
        Ok(())
    }
}

/// The policy with what stays with the server moved to a channel that pages do not ask about. So its contacts still count, as they do for
/// a page: the server makes them.
fn without_secrets(policy: &Value, published: &Published) -> Value {
    let mut policy = policy.clone();
    for one in &published.left_out {
        let index = one.path.strip_prefix("campaigns[").and_then(|rest| rest.strip_suffix(']'));
        let Some(index) = index.filter(|_| one.why != "it is paused") else { continue };
        let campaign = &mut policy["campaigns"][index.parse::<usize>().unwrap()];
        if campaign["channel"] == "onsite" {
            campaign["channel"] = json!("post");
        }
    }
    policy
}

/// As `Row::customer` says it.
fn knows_customer(request: &Value) -> bool {
    let known = request["customer"].as_object().into_iter().flatten();
    let says_nothing = ["locale", "form", "consent", "wishes"];
    known.into_iter().any(|(key, value)| !value.is_null() && !says_nothing.contains(&key.as_str()))
        || !request["event"]["order"].is_null()
}
