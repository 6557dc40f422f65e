//! The shop's document: whom it speaks to, about what, how often.

mod calm;
mod campaign;
mod care;
pub(crate) mod claim;
pub(crate) mod details;
pub(crate) mod kind;
pub(crate) mod kinds;
mod limit;
mod message;
mod names;
mod offer;
mod parity;
mod phases;
mod quiet_hours;
mod reward;
mod shop;
mod substitute;
mod tiers;

pub(crate) use calm::Calm;
pub(crate) use campaign::{Campaign, Disposition};
pub(crate) use care::Care;
pub(crate) use limit::{CountFilter, Limit, Window};
pub(crate) use message::{Message, Parameter, Source, Variant};
pub(crate) use offer::{Benefit, Offer};
pub(crate) use phases::Phases;
pub(crate) use quiet_hours::{QUIET_HOURS, QuietHours};
pub(crate) use reward::Reward;
pub(crate) use shop::Shop;
pub(crate) use tiers::Tiers;

use crate::base::problem::{Code, Problem, Problems, Warnings};
use crate::base::sorting::distinct;
use crate::base::tree::Tree;
use crate::language::condition::Condition;
use crate::language::facts::Scope;
use crate::policy::names::{Names, refuse_twins};
use crate::reader::check::check;
use crate::reader::shape::{COUNT, Field, Shape, fields};
use details::{Details, Goal};

/// How many bytes of JSON a policy may be.
const MAX_BYTES: usize = 1 << 20;
/// How many campaigns, limits, quiet hours it may have.
const MAX_LENGTH: usize = 1_000;

const HOLDOUT: Shape = Shape::Object(
    "Holdout",
    fields! {
        "share" required Shape::Number { min: 0.0, max: 1.0 }, "of the customers with an id, 0 to 1";
        "salt" required Shape::Text, "changes who is withheld";
    },
);

const HONESTY: Shape = Shape::Object(
    "Honesty",
    fields! {
        "notAsDescribed" optional Shape::Integer { min: 1, max: 1_000_000 }, "from so many of the catalogue's `notAsDescribed` a family's promotions pause; absent: 1";
        "signer" optional Shape::Flag, "true: a person signs each message; a shop without `signer` is refused";
        "benefit" optional Shape::Flag, "true: each variant of each message says its `benefit`";
    },
);

const ARBITRATION: Shape = Shape::Object(
    "Arbitration",
    fields! {
        "contacts" optional COUNT, "how many contacts a decision may make, obligations and transactional aside; absent: 1";
    },
);

/// The fields of a policy.
pub(crate) const FIELDS: &[Field] = fields! {
    "$schema" optional Shape::Text, "where an editor finds the schema; says nothing to the engine";
    "querencia" required Shape::Integer { min: 1, max: 1 }, "the version of the contract";
    "shop" required shop::SHOP, "who speaks";
    "tiers" optional tiers::TIERS, "what earns a tier";
    "limits" optional Shape::List(&limit::LIMIT), "how often; absent: no limit";
    "quietHours" optional Shape::List(&quiet_hours::QUIET_HOURS), "when some channels are silent; absent: never";
    "calm" optional calm::CALM, "when promotions rest; absent: never";
    "care" optional care::CARE, "what comes before selling; absent: nothing";
    "phases" optional phases::PHASES, "when a relation is in which phase";
    "holdout" optional HOLDOUT, "who is withheld, to measure what speaking does; absent: nobody";
    "arbitration" optional ARBITRATION, "who speaks when several could";
    "honesty" optional HONESTY, "what must be so before it is said";
    "segments" optional Shape::Map(&Shape::Condition), "named conditions, for the fact `segments`";
    "offers" optional Shape::Map(&offer::OFFER), "what a campaign may give";
    "campaigns" required Shape::List(&campaign::CAMPAIGN), "what could be said";
    "messages" required Shape::Map(&message::MESSAGE), "how it is said, by locale";
};

pub(crate) const POLICY: Shape = Shape::Object("Policy", FIELDS);

/// A policy that was read without a problem.
#[derive(Clone, Debug)]
pub(crate) struct Policy {
    pub shop: Shop,
    pub tiers: Tiers,
    pub limits: Vec<Limit>,
    pub quiet_hours: Vec<QuietHours>,
    pub calm: Calm,
    pub care: Option<Care>,
    pub phases: Phases,
    pub holdout: Option<(f64, String)>,
    /// how many contacts a decision may make
    pub contacts: usize,
    /// from so many articles that are not as described a family's promotions pause
    pub pause: i64,
    pub segments: Vec<(String, Condition)>,
    pub offers: Vec<Offer>,
    pub campaigns: Vec<Campaign>,
    pub messages: Vec<Message>,
    /// the campaigns whose contacts count towards nothing
    free: Vec<String>,
}

impl Policy {
    /// Reads a policy of a shape, which is `POLICY` but in tests.
    ///
    /// # Errors
    /// Every problem of the document, in its order.
    pub fn read(mut tree: Tree, shape: &Shape) -> Result<(Policy, Warnings), Vec<Problem>> {
        let mut problems = Problems::default();
        if tree.bytes() > MAX_BYTES {
            problems.add(Code::TooLarge, "more than 1 MiB of JSON; a policy for several shops is several policies");
            return Err(problems.in_order_of(&tree));
        }
        check(&mut tree, shape, &mut problems);
        for key in ["campaigns", "limits", "quietHours"] {
            if tree.list(key).len() > MAX_LENGTH {
                problems.add_at(key, Code::TooLarge, "more than 1000; a policy for several shops is several policies");
                return Err(problems.in_order_of(&tree));
            }
        }
        let tree = tree;
        let policy = Policy::read_checked(&tree, &mut problems);
        if problems.is_empty() { Ok((policy, problems.warnings())) } else { Err(problems.in_order_of(&tree)) }
    }

    /// Reads a policy that was checked; one with problems comes to nothing, so what it lacks does not matter.
    fn read_checked(tree: &Tree, problems: &mut Problems) -> Policy {
        let shop = Shop::read(tree.get("shop").unwrap_or(&Tree::Null));
        if shop.locales.is_empty()
            && tree.get("shop").is_some_and(|shop| matches!(shop.get("locales"), Some(Tree::List(_))))
        {
            problems.key("shop", |problems| {
                problems.add_at(
                    "locales",
                    Code::MissingField,
                    "no locale; name at least the one in which the shop writes",
                );
            });
        }
        let mut offers = Vec::new();
        problems.key("offers", |problems| {
            for (id, tree) in tree.entries("offers") {
                if let Some(offer) = problems.key(id, |problems| Offer::read(id, tree, problems)) {
                    offers.push(offer);
                }
            }
        });
        let mut messages = Vec::new();
        problems.key("messages", |problems| {
            for (id, tree) in tree.entries("messages") {
                messages.push(problems.key(id, |problems| Message::read(id, tree, &shop.locales, problems)));
            }
        });
        let scored = tree.get("care").is_some_and(|care| care.get("lowScore").is_some());
        let mut names = Names { scored, ..Names::default() };
        for offer in &offers {
            let Offer { id, benefit, .. }: &Offer = offer;
            names.offers.push(id);
            names.benefits.push(benefit.word());
        }
        for message in &messages {
            let message: &Message = message;
            names.messages.push(&message.id);
            names.priced.push(message.tells_price());
        }
        let mut campaigns = Vec::new();
        problems.key("campaigns", |problems| {
            for (index, tree) in tree.list("campaigns").iter().enumerate() {
                if let Some(campaign) = problems.index(index, |problems| Campaign::read(tree, &names, problems)) {
                    campaigns.push(campaign);
                }
            }
            refuse_twins(tree.list("campaigns"), problems);
            substitute::link(tree, &mut campaigns, problems);
            let mut kinds = Vec::new();
            campaigns.iter().for_each(|campaign: &Campaign| kinds.push(campaign.kind.name));
            for (place, campaign) in campaigns.iter_mut().enumerate() {
                if campaign.kind.once_across_campaigns || campaign.kind.one_per_decision {
                    let same = |other: &usize| *other != place && kinds.get(*other) == Some(&campaign.kind.name);
                    campaign.siblings.extend((0..kinds.len()).filter(same));
                }
            }
        });
        let asks = |key| tree.get("honesty").and_then(|honesty| honesty.flag(key)) == Some(true);
        #[cfg(test)]
        let asks = |key| asks(key) && !crate::base::switch::is_off(key);
        if asks("benefit") {
            message::check_benefits(&messages, problems);
        }
        if asks("signer") && shop.signer.is_none() {
            problems.add_at("shop.signer", Code::MissingField, "`honesty` asks for the person who signs each message");
        }
        parity::guard_parity(&offers, &campaigns, problems);
        let signed = shop.signer.is_some();
        message::check_parameters(&campaigns, &messages, &offers, signed, problems);
        let mut limits = Vec::new();
        problems.key("limits", |problems| {
            refuse_twins(tree.list("limits"), problems);
            for (index, tree) in tree.list("limits").iter().enumerate() {
                if let Some(limit) = problems.index(index, |problems| Limit::read(tree, &campaigns, scored, problems)) {
                    limits.push(limit);
                }
            }
        });
        let quiet_hours = QuietHours::read_list(tree, "quietHours", problems);
        let care = Care::read(tree, problems);
        let mut segments = Vec::new();
        problems.key("segments", |problems| {
            for (name, condition) in tree.entries("segments") {
                let condition = problems.key(name, |problems| Condition::read(condition, Scope::Segment, problems));
                segments.push((name.to_string(), condition));
            }
        });
        let tiers = Tiers::read(tree, problems);
        let holdout = tree.get("holdout").and_then(|holdout| Some((holdout.number("share")?, holdout.owned("salt")?)));
        let contacts = tree.get("arbitration").and_then(|arbitration| arbitration.integer("contacts")).unwrap_or(1);
        let mut free = Vec::new();
        for campaign in campaigns.iter().filter(|campaign| campaign.kind.uncounted) {
            free.push(campaign.id.clone());
        }
        let free = distinct(free);
        Policy {
            free,
            shop,
            tiers,
            limits,
            quiet_hours,
            calm: Calm::read(tree),
            care,
            phases: Phases::read(tree),
            holdout,
            pause: tree.get("honesty").and_then(|honesty| honesty.integer("notAsDescribed")).unwrap_or(1),
            contacts: usize::try_from(contacts).unwrap_or(usize::MAX),
            segments,
            offers,
            campaigns,
            messages,
        }
    }

    /// Whether the contacts of a campaign cost no slot.
    pub fn is_uncounted(&self, campaign: &str) -> bool {
        self.free.binary_search_by(|free| free.as_str().cmp(campaign)).is_ok()
    }

    /// Whether a rule of this policy asks for the civil date in the shop's zone.
    pub fn asks_the_shops_date(&self) -> bool {
        let calendar = |limit: &Limit| matches!(limit.window, Window::Calendar(_));
        let dated = |campaign: &Campaign| match &campaign.details {
            Details::Announcement { from, until, .. } => from.is_some() || until.is_some(),
            Details::Milestone(Goal::Years { .. }) | Details::Activity { .. } | Details::Draw { .. } => true,
            _ => false,
        };
        let works = self.care.as_ref().is_some_and(|care| care.hours.is_some());
        let budgeted = self.offers.iter().any(|offer| offer.reward.budget.is_some());
        works
            || budgeted
            || self.limits.iter().any(calendar)
            || self.campaigns.iter().any(dated)
            || self.offers.iter().any(Offer::is_dated)
    }

    /// Whether a rule of this policy asks for the civil date where the customer is.
    pub fn asks_the_customers_date(&self) -> bool {
        let yearly = |campaign: &Campaign| {
            matches!(campaign.details, Details::Birthday { .. } | Details::Milestone(Goal::Years { .. }))
        };
        !self.quiet_hours.is_empty() || self.campaigns.iter().any(yearly)
    }
}
