//! The tables that the docs take from the source, as Markdown.

use super::output::TASKS;
use super::refusals::refusal_codes;
use crate::base::problem::{CODES, WARNING_CODES};
use crate::calendar::{DAY, HOUR};
use crate::language::facts::DOCUMENTED;
use crate::language::words::{Class, Phase};
use crate::policy::kind::{Demand, Kind, Occasion, Offers, Repeat};
use crate::policy::kinds::KINDS;
use crate::policy::parameter::{self, Source, ValueType};

/// Each table with the name that its marker in the docs has: `<!-- generated: kinds -->`.
pub fn tables() -> Vec<(&'static str, String)> {
    vec![
        ("refusal codes", refusal_codes()),
        ("problem codes", problem_codes()),
        ("warning codes", warning_codes()),
        ("why codes", why_codes()),
        ("tasks", tasks()),
        ("kinds", kinds()),
        ("facts", facts()),
        ("parameters", parameters()),
    ]
}

/// A Markdown table, with a line break at its end.
fn table(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | ")).replace("|  |", "| |").replace("|  |", "| |");
    let mut text = line(&head.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>());
    text.push_str(&format!("|{}\n", "---|".repeat(head.len())));
    for row in rows {
        text.push_str(&line(&row));
    }
    text
}

fn quoted(word: &str) -> String {
    format!("`{word}`")
}

fn problem_codes() -> String {
    let row = |(name, doc, example): &(&str, &str, &str)| vec![quoted(name), (*doc).into(), (*example).into()];
    table(&["code", "what is wrong", "example"], CODES.iter().map(row))
}

fn warning_codes() -> String {
    let row = |(name, doc, example): &(&str, &str, &str)| vec![quoted(name), (*doc).into(), (*example).into()];
    table(&["code", "what it says", "example"], WARNING_CODES.iter().map(row))
}

fn facts() -> String {
    let row = |(name, doc): &(&str, &str)| vec![quoted(name), (*doc).into()];
    table(&["fact", "what it is"], DOCUMENTED.iter().map(row))
}

/// What a message may insert, besides facts.
fn parameters() -> String {
    let row = |(name, source, value_type, doc): &(&str, Source, ValueType, &str)| {
        vec![quoted(name), (*doc).into(), value_type.word().into(), which_campaigns(*source).into()]
    };
    table(
        &["parameter", "what it inserts", "type", "which campaigns can have it"],
        parameter::DOCUMENTED.iter().map(row),
    )
}

/// The campaigns that can have a parameter with this source.
fn which_campaigns(source: Source) -> &'static str {
    match source {
        Source::Always => "all",
        Source::Signer => "all, if `shop.signer` is set",
        Source::Offer => "those with an [offer](which-offer.md)",
        Source::Percent => "those with an offer of `percent`",
        Source::Amount => "those with an offer of `amount`",
        Source::Expiry => "those with an offer that ends",
        Source::Product => {
            "those that speak of an article, suggest one, or claim something about one: [which one](#which-article-does-a-message-name)"
        }
        Source::Reduction => "those that claim a `reduction`",
        Source::Shipping => "all, if the catalogue has `shipping` for the customer's region",
        Source::Order => "those that speak of an order",
        Source::Item => "those that speak of an article of an order",
        Source::Day => "those of the kind `birthday`",
    }
}

fn tasks() -> String {
    let row = |[kind, when, names, due]: &[&str; 4]| vec![quoted(kind), (*when).into(), quoted(names), (*due).into()];
    table(&["task", "when", "it names", "due"], TASKS.iter().map(row))
}

fn why_codes() -> String {
    let mut rows: Vec<(Occasion, Vec<String>)> = Vec::new();
    for kind in KINDS {
        match rows.iter_mut().find(|(occasion, _)| occasion.code() == kind.occasion.code()) {
            Some((_, names)) => names.push(quoted(kind.name)),
            None => rows.push((kind.occasion, vec![quoted(kind.name)])),
        }
    }
    let row = |(occasion, names): (Occasion, Vec<String>)| {
        let (why, also) = why(occasion);
        vec![quoted(occasion.code()), why.into(), names.join(", "), also.into()]
    };
    let share =
        ["`share-withheld`", "a second entry: the call to share was left out, because a complaint is near", "", ""];
    let rows = rows.into_iter().map(row).chain([share.map(str::to_owned).to_vec()]);
    table(&["code", "why the message is shown", "kinds", "also"], rows)
}

/// Why a message of an occasion is shown, and what its reason names.
fn why(occasion: Occasion) -> (&'static str, &'static str) {
    match occasion {
        Occasion::Announcement => ("the shop has something to announce", ""),
        Occasion::Event => ("what just happened on the page", ""),
        Occasion::Order | Occasion::Kept => ("there is an order", "`order`"),
        Occasion::Packing => ("an order has not left yet", "`order`"),
        Occasion::Delivery | Occasion::Unrated => ("an order has arrived", "`order`"),
        Occasion::Article => ("an article has arrived", "`order`"),
        Occasion::Incident => ("something went wrong with an order", "`order`"),
        Occasion::Birthday => ("the birthday", "`on`"),
        Occasion::Replenishment => ("an article is about to run out", "`order`"),
        Occasion::Overdue => ("there has been no order for longer than usual", "`order`"),
        Occasion::Milestone => ("the orders so far", "`order`, or `on` with `years`"),
        Occasion::Activity => ("the customer is among the most active", ""),
        Occasion::Draw => ("a draw among the customers", ""),
        Occasion::Cart => ("something was left in the cart", ""),
        Occasion::Question => ("the shop has a question", ""),
    }
}

fn kinds() -> String {
    let row = |kind: &Kind| {
        let file: String = kind.name.chars().flat_map(snake).collect();
        vec![
            format!(
                "[`{}`](https://github.com/querencia-dev/querencia/blob/main/src/policy/kinds/{file}.rs)",
                kind.name
            ),
            about(kind.occasion).into(),
            open(kind),
            classes(kind),
            match kind.offers {
                Offers::Never => "never".into(),
                Offers::May => "may".into(),
                Offers::Must(benefit) => format!("must be `{benefit}`"),
            },
            phases(kind.phases),
            repeats(kind),
            more(kind),
        ]
    };
    table(
        &[
            "kind",
            "speaks of",
            "open, unless the campaign says otherwise",
            "class",
            "offer",
            "phases",
            "repeats",
            "more",
        ],
        KINDS.iter().map(row),
    )
}

/// What the campaigns of an occasion speak of.
fn about(occasion: Occasion) -> &'static str {
    match occasion {
        Occasion::Announcement => "an event, or a visit, between dates",
        Occasion::Event => "what happens on the page",
        Occasion::Order => "an order",
        Occasion::Kept => "an order that was neither cancelled, returned nor refunded",
        Occasion::Packing => "an order that has not left",
        Occasion::Delivery => "a delivered order",
        Occasion::Unrated => "a delivered order that nobody has rated",
        Occasion::Article => "a delivered article",
        Occasion::Incident => "an incident",
        Occasion::Birthday => "the birthday",
        Occasion::Replenishment => "an article that runs out",
        Occasion::Overdue => "a customer who is overdue",
        Occasion::Milestone => "the nth order, a sum spent, years",
        Occasion::Activity => "being among the most active",
        Occasion::Draw => "a draw",
        Occasion::Cart => "a cart left behind",
        Occasion::Question => "a visit",
    }
}

/// When the occasion begins and for how long it stays open, for a campaign that says neither.
fn open(kind: &Kind) -> String {
    match (kind.after, kind.within) {
        (_, i64::MAX) | (0, 0) => String::new(),
        (0, within) => format!("for {}", length(within)),
        (after, 0) => format!("after {}", length(after)),
        (after, within) => format!("after {}, for {}", length(after), length(within)),
    }
}

fn length(milliseconds: i64) -> String {
    let (count, unit) =
        if milliseconds % DAY == 0 { (milliseconds / DAY, "day") } else { (milliseconds / HOUR, "hour") };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

fn classes(kind: &Kind) -> String {
    let others: Vec<&str> =
        kind.allowed_classes.iter().filter(|class| **class != kind.class).map(|class: &Class| class.word()).collect();
    if others.is_empty() {
        kind.class.word().into()
    } else {
        format!("{}; may say {}", kind.class.word(), others.join(", "))
    }
}

fn phases(phases: &[Phase]) -> String {
    let missing: Vec<&str> =
        Phase::ALL.iter().filter(|phase| !phases.contains(phase)).map(|phase| phase.word()).collect();
    match missing.len() {
        0 => "any".into(),
        1 | 2 => format!("all but {}", missing.join(", ")),
        _ => phases.iter().map(|phase| phase.word()).collect::<Vec<_>>().join(", "),
    }
}

fn repeats(kind: &Kind) -> String {
    let mut parts = Vec::new();
    match kind.repeat {
        Repeat::Freely => {}
        Repeat::After(gap) => parts.push(format!("after {}, unless `repeat` says otherwise", length(gap))),
        Repeat::Never => parts.push("once to each customer, unless `repeat` says otherwise".to_owned()),
    }
    if kind.gap > 0 {
        parts.push(format!("{} apart", length(kind.gap)));
    }
    if parts.is_empty() { "once about each occasion".into() } else { parts.join("; ") }
}

fn more(kind: &Kind) -> String {
    let mut parts = Vec::new();
    let mut add = |holds: bool, part: &str| {
        if holds {
            parts.push(part.to_owned());
        }
    };
    add(kind.obligation, "obligation");
    add(kind.asks_favour, "favour");
    add(kind.once_across_campaigns, "once for all");
    add(kind.uncounted, "costs no slot");
    add(kind.one_per_decision, "one a decision");
    add(kind.in_parcel, "`calm` does not hold it");
    add(kind.unowned_articles_only, "speaks of no article they have or would not want");
    add(!kind.audience_may_use_ratings, "[asks everybody](to-whom.md#why-must-everybody-be-asked-for-a-review)");
    if let Some(channel) = kind.channel {
        parts.push(format!("only channel `{}`", channel.word()));
    }
    if !kind.events.is_empty() {
        let events: Vec<String> = kind.events.iter().map(|event| quoted(event)).collect();
        parts.push(format!("events {}", events.join(", ")));
    }
    parts.extend(kind.demands.iter().map(|demand| match demand {
        Demand::BirthdayKnown(since) => format!("a birthday known for {}", length(*since)),
        Demand::Tenure(since) => format!("a customer for {}, or with a good order", length(*since)),
        Demand::NoOpenCase => "no open complaint".into(),
        Demand::NoTrouble => "no open complaint and no open incident".into(),
        Demand::Advocate(orders) => format!("{orders} good orders, and the latest rating is 9 or 10"),
    }));
    parts.join("; ")
}

/// `nextOffer` is in `next_offer.rs`.
fn snake(letter: char) -> Vec<char> {
    if letter.is_ascii_uppercase() { vec!['_', letter.to_ascii_lowercase()] } else { vec![letter] }
}
