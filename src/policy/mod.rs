//! The policy: the document in which a shop writes its campaigns, limits, offers and messages.

mod calm;
mod campaign;
mod campaigns;
mod care;
pub(crate) mod claim;
#[cfg(feature = "sentences")]
mod condition_warnings;
pub(crate) mod details;
mod elsewhere;
pub(crate) mod kind;
pub(crate) mod kinds;
mod limit;
mod message;
mod message_checks;
mod names;
#[cfg(feature = "sentences")]
mod number_warnings;
mod offer;
mod page;
pub(crate) mod parameter;
mod parity;
mod phases;
mod quiet_hours;
mod reward;
mod shop;
mod substitute;
mod tiers;
#[cfg(feature = "sentences")]
mod warnings;

pub(crate) use calm::{BackOff, Balance, Calm, LargeOrder};
pub(crate) use campaign::{Campaign, Disposition, Relevance};
pub(crate) use care::Care;
pub(crate) use limit::{CountFilter, Limit, Window};
#[cfg(not(target_family = "wasm"))]
pub(crate) use message::{ACTION, IMAGE};
pub(crate) use message::{Message, Translation, Variant};
pub(crate) use offer::{Benefit, Offer};
pub(crate) use phases::Phases;
pub(crate) use quiet_hours::{QUIET_HOURS, QuietHours};
pub(crate) use reward::Budget;
pub(crate) use shop::Shop;
pub(crate) use tiers::Tiers;

use crate::base::compiled::compiled;
use crate::base::parts::{Calms, Cares, Conditions, Holdouts, Part, PhaseRules};
use crate::base::problem::{Problem, ProblemCode, Problems, Warnings};
use crate::base::sorting::distinct;
use crate::base::tree::Tree;
use crate::calendar::{DAY, parse_duration};
use crate::language::condition::Condition;
#[cfg(feature = "whole")]
use crate::language::facts::{Fact, FactPath};
use crate::language::scope::{Known, Scope};
use crate::language::words::Class;
#[cfg(feature = "whole")]
use crate::language::words::Phase;
use crate::policy::names::Names;
#[cfg(feature = "whole")]
use crate::policy::parameter::Parameter;
use crate::reader::check::check;
use crate::reader::shape::{COUNT, Field, Shape, fields};
use campaigns::read_campaigns;
use details::{Details, Goal};
use elsewhere::Elsewhere;

/// How many bytes of JSON a policy may have.
const MAX_BYTES: usize = 1 << 20;
/// How many campaigns, limits or quiet hours a policy may have.
const MAX_LENGTH: usize = 1_000;
/// How long a campaign without an end can wait, if the policy does not say.
const PATIENCE: i64 = 7 * DAY;

const HOLDOUT: Shape = Shape::Object(
    "Holdout",
    fields! {
        "share" required Shape::Number { min: 0.0, max: 1.0 }, "the share of the customers with an id, from 0 to 1; 0.1 is 10 %";
        "salt" required Shape::Text, "another text selects other customers";
    },
);

const HONESTY: Shape = Shape::Object(
    "Honesty",
    fields! {
        "notAsDescribed" optional Shape::Integer { min: 1, max: 1_000_000 }, "promotions of a product family pause from this number in the catalogue's `notAsDescribed` on; absent: 1";
        "signer" optional Shape::Flag, "true: a person signs each message, so `shop.signer` is required";
        "benefit" optional Shape::Flag, "true: the field `benefit` is required in each variant of each message";
    },
);

const ARBITRATION: Shape = Shape::Object(
    "Arbitration",
    fields! {
        "contacts" optional COUNT, "how many contacts one decision may make; obligations, transactional and service contacts are not counted; absent: 1";
        "patience" optional Shape::Duration, "how long a campaign whose occasion has no end can wait for its turn, for example `7d`; absent: `7d`";
    },
);

const SEAL: Shape = Shape::Object(
    "Seal",
    fields! {
        "format" required Shape::Text, "of which release the engine is that reads the compiled form";
        "features" required Shape::List(&Shape::Name), "what the policy needs of an engine";
        "policy" required Shape::Text, "the hash of the whole policy, which decisions and records carry";
        "sha256" required Shape::Text, "the hash of what follows the seal";
    },
);

/// The fields of a policy.
pub(crate) const FIELDS: &[Field] = fields! {
    "$schema" optional Shape::Text, "where an editor finds the JSON Schema; the engine ignores it";
    "seal" optional SEAL, "of which policy this is the published part; `querencia publish` writes it";
    "querencia" required Shape::Integer { min: 1, max: 1 }, "the version of the contract: 1";
    "shop" required shop::SHOP, "the shop";
    "tiers" optional tiers::TIERS, "which customers have which tier";
    "limits" optional Shape::List(&limit::LIMIT), "how many contacts a customer may get in a time; absent: no limit";
    "quietHours" optional Shape::List(&quiet_hours::QUIET_HOURS), "when some channels are not used; absent: never";
    "calm" optional calm::CALM, "when promotional contacts pause; absent: never";
    "care" optional care::CARE, "customer care that comes before promotional contacts; absent: none";
    "phases" optional phases::PHASES, "which customers are in which phase";
    "holdout" optional HOLDOUT, "the customers who get no campaigns, to measure what campaigns change; absent: nobody";
    "arbitration" optional ARBITRATION, "how many campaigns of one decision are used";
    "page" optional page::PAGE, "what a page may say where it lacks something";
    "honesty" optional HONESTY, "what messages must prove or state";
    "segments" optional Shape::Map(&Shape::Condition), "named conditions; the fact `segments` lists those that hold";
    "offers" optional Shape::Map(&offer::OFFER), "the offers that campaigns may carry, by id";
    "campaigns" required Shape::List(&campaign::CAMPAIGN), "the campaigns";
    "messages" required Shape::Map(&message::MESSAGE), "the messages, by id, then by locale";
    "elsewhere" optional Shape::List(&elsewhere::ELSEWHERE), "this is a part of a policy: the campaigns and offers of the other parts that this part names, or whose contacts it counts; `querencia publish` writes it";
};

pub(crate) const POLICY: Shape = Shape::Object("Policy", FIELDS);

/// The customers who get no campaigns, so that the shop can measure what campaigns change.
#[derive(Clone, Debug)]
pub(crate) struct Holdout {
    /// from 0 to 1
    pub share: f64,
    /// another salt selects other customers
    pub salt: String,
}

/// A policy that was read without a problem.
#[derive(Clone, Debug)]
pub(crate) struct Policy {
    pub shop: Shop,
    pub tiers: Part<Tiers, Conditions>,
    pub limits: Vec<Limit>,
    pub quiet_hours: Vec<QuietHours>,
    pub calm: Part<Calm, Calms>,
    pub care: Part<Care, Cares>,
    pub phases: Part<Phases, PhaseRules>,
    pub holdout: Part<Holdout, Holdouts>,
    /// how many contacts one decision may make
    pub contacts: usize,
    /// how long a campaign whose occasion has no end can wait for its turn
    pub patience: i64,
    /// promotions of a product family pause from this number of `notAsDescribed` on
    pub pause: i64,
    /// the last class that speaks on a page that keeps nothing, and on one whose server does not answer; none: no class does
    pub without: (Option<Class>, Option<Class>),
    segments: Part<Vec<(String, Condition)>, Conditions>,
    pub offers: Vec<Offer>,
    /// how long what is told of an offer can last
    pub longest_offer: i64,
    pub campaigns: Vec<Campaign>,
    pub messages: Vec<Message>,
    /// the lists of locales that its messages have, each once
    pub locales: Vec<Vec<String>>,
    /// whether a condition of who the customer is asks of contacts, as `daysSince.contact` does
    pub asks_of_contacts: bool,
    /// the ids of the campaigns whose contacts count towards no limit, sorted
    uncounted: Vec<String>,
}

impl Policy {
    /// Reads a policy whose fields are those of `shape`: `POLICY`, or another table in tests.
    ///
    /// # Errors
    /// Every problem of the document, in its order.
    pub fn of_document(mut tree: Tree, shape: &Shape) -> Result<(Policy, Warnings), Vec<Problem>> {
        let mut problems = Problems::default();
        if tree.bytes() > MAX_BYTES {
            problems.add(ProblemCode::TooLarge, "more than 1 MiB of JSON; write one policy for each shop");
            return Err(problems.in_order_of(&tree));
        }
        check(&mut tree, shape, &mut problems);
        for key in ["campaigns", "limits", "quietHours"] {
            if tree.list(key).len() > MAX_LENGTH {
                problems.add_at(key, ProblemCode::TooLarge, "more than 1000 items; write one policy for each shop");
                return Err(problems.in_order_of(&tree));
            }
        }
        let tree = tree;
        let policy = Policy::read_checked(&tree, &mut problems);
        if problems.steps.are_spent() {
            let steps = problems.steps.clone();
            problems = Problems::default();
            problems.add(ProblemCode::TooLarge, || steps.sentence());
        }
        if !problems.is_empty() {
            return Err(problems.in_order_of(&tree));
        }
        #[cfg(feature = "sentences")]
        warnings::warn(&tree, (&policy.offers, &policy.campaigns, &policy.messages), &mut problems);
        Ok((policy, problems.warnings(&tree)))
    }

    /// Reads a policy whose shape was checked. If it adds a problem, the policy is refused, so what is left out does not matter.
    fn read_checked(tree: &Tree, problems: &mut Problems) -> Policy {
        let shop = Shop::read(tree, problems);
        let offers = read_offers(tree, problems);
        let (mut messages, mut locales) = (Vec::new(), Vec::new());
        problems.key("messages", |problems| {
            for (id, tree) in tree.entries("messages") {
                messages
                    .push(problems.key(id, |problems| Message::read(id, tree, &shop.locales, &mut locales, problems)));
            }
        });
        let low_scores_are_cases = tree.get("care").is_some_and(|care| care.get("lowScore").is_some());
        let (mut segment_names, mut campaign_ids, mut offer_ids) = (Vec::new(), Vec::new(), Vec::new());
        tree.entries("segments").iter().for_each(|(name, _)| segment_names.push(&**name));
        tree.list("campaigns").iter().for_each(|campaign| campaign_ids.extend(campaign.text("id")));
        offers.iter().for_each(|offer| offer_ids.push(offer.id.as_str()));
        let elsewhere = Elsewhere::read_list(tree, problems);
        for one in &elsewhere {
            campaign_ids.push(&one.id);
            offer_ids.push(&one.id);
        }
        let known = Known { segments: &segment_names, campaigns: &campaign_ids, offers: &offer_ids };
        let mut names = Names { low_scores_are_cases, known, ..Names::default() };
        let mut campaigns = read_campaigns(tree, &offers, &messages, (&mut names, &elsewhere), problems);
        let honesty = tree.get("honesty").unwrap_or(&Tree::Null);
        message_checks::check_honesty(honesty, &shop, &messages, problems);
        let segments = read_segments(tree, &known, problems);
        // what another part may give is not known here
        if tree.get("elsewhere").is_none() {
            parity::check_parity(&offers, &campaigns, &segments, problems);
        }
        message_checks::check_parameters(&campaigns, &messages, (&offers, &known), shop.signer.is_some(), problems);
        let limits = limit::read_list(tree, (&mut campaigns, &elsewhere), &known, low_scores_are_cases, problems);
        let quiet_hours = QuietHours::read_list(tree, "quietHours", problems);
        let care = Care::read(tree, problems);
        let tiers = Tiers::read(tree, &known, problems);
        let mut asks_of_contacts = false;
        let audiences = campaigns.iter().filter_map(|campaign| campaign.audience.get());
        let conditions = segments.iter().map(|(_, segment)| segment).chain([&tiers.known, &tiers.advocate]);
        conditions.chain(audiences).for_each(|condition| {
            condition.each_fact(&mut |fact| asks_of_contacts |= fact.is_of_contacts());
        });
        let arbitration = tree.get("arbitration").unwrap_or(&Tree::Null);
        let contacts = arbitration.integer("contacts").unwrap_or(1);
        let (mut uncounted, mut longest_offer) = (Vec::new(), 0);
        offers.iter().for_each(|offer| longest_offer = longest_offer.max(offer.lasts()));
        for campaign in campaigns.iter().filter(|campaign| campaign.kind.uncounted) {
            uncounted.push(campaign.id.clone());
        }
        for one in elsewhere.iter().filter(|one| one.kind.is_some_and(|kind| kind.uncounted)) {
            uncounted.push(one.id.clone());
        }
        Policy {
            uncounted: distinct(uncounted),
            asks_of_contacts,
            shop,
            tiers: Some(tiers).into(),
            limits,
            quiet_hours,
            calm: tree.get("calm").map(|_| Calm::read(tree)).into(),
            care: care.into(),
            phases: Some(Phases::read(tree)).into(),
            holdout: tree
                .get("holdout")
                .and_then(|tree| Some(Holdout { share: tree.number("share")?, salt: tree.owned("salt")? }))
                .into(),
            pause: honesty.integer("notAsDescribed").unwrap_or(1),
            patience: arbitration.text("patience").and_then(parse_duration).unwrap_or(PATIENCE),
            contacts: usize::try_from(contacts).unwrap_or(usize::MAX),
            without: page::without(tree),
            segments: Some(segments).filter(|segments| !segments.is_empty()).into(),
            offers,
            longest_offer,
            campaigns,
            messages,
            locales,
        }
    }

    /// Named conditions.
    #[inline(always)]
    pub fn segments(&self) -> &[(String, Condition)] {
        self.segments.get().map_or(&[], Vec::as_slice)
    }

    /// The same without what nobody asks for, as the builds for pages read it: most policies ask for no tier and for no phase.
    #[cfg(feature = "whole")]
    pub fn for_pages(&self) -> Policy {
        let mut facts = Vec::new();
        let mut look = |path: &FactPath| facts.push(path.fact);
        let limits = self.limits.iter();
        let conditions = limits.clone().filter_map(|limit| limit.when.get());
        let conditions = conditions.chain(self.campaigns.iter().filter_map(|campaign| campaign.audience.get()));
        conditions
            .chain(self.segments().iter().map(|(_, condition)| condition))
            .for_each(|condition| condition.each_fact(&mut look));
        let variants = self.messages.iter().flat_map(|message| &message.translations).flat_map(|of| &of.variants);
        variants.flat_map(|variant| &variant.parameters).filter_map(Parameter::fact).for_each(&mut look);
        let tier = self.limits.iter().any(|limit| limit.tier.get().is_some()) || facts.contains(&Fact::Tier);
        let mut look = |path: &FactPath| facts.push(path.fact);
        if tier && let Some(tiers) = self.tiers.get() {
            [&tiers.known, &tiers.advocate].iter().for_each(|condition| condition.each_fact(&mut look));
        }
        let phase = facts.contains(&Fact::Phase)
            || self.phases.get().is_some_and(|phases| phases.hold_promotions)
            || self.campaigns.iter().any(|campaign| campaign.kind.phases.len() < Phase::ALL.len());
        let (tiers, phases) =
            (self.tiers.get().cloned().filter(|_| tier).into(), self.phases.get().copied().filter(|_| phase).into());
        Policy { tiers, phases, ..self.clone() }
    }

    /// The offer that a campaign carries.
    pub fn offer_of(&self, campaign: &Campaign) -> Option<&Offer> {
        campaign.offer_in(&self.offers)
    }

    /// Whether the contacts of a campaign count towards no limit.
    pub fn is_uncounted(&self, campaign: &str) -> bool {
        self.uncounted.binary_search_by(|id| id.as_str().cmp(campaign)).is_ok()
    }

    /// Whether a rule of this policy needs the civil date in the shop's zone.
    pub fn asks_the_shops_date(&self) -> bool {
        let is_calendar = |limit: &Limit| matches!(limit.window, Window::Calendar(_));
        let is_dated = |campaign: &Campaign| match &campaign.details {
            Details::Announcement { from, until, .. } => from.is_some() || until.is_some(),
            Details::Milestone(Goal::Years { .. }, _) | Details::Activity { .. } | Details::Draw { .. } => true,
            _ => false,
        };
        let has_hours = self.care.get().is_some_and(|care| care.hours.is_some());
        let has_budget = self.offers.iter().any(|offer| offer.reward.budget.get().is_some());
        has_hours
            || has_budget
            || self.limits.iter().any(is_calendar)
            || self.campaigns.iter().any(is_dated)
            || self.offers.iter().any(Offer::is_dated)
    }

    /// Whether a rule of this policy needs the civil date in the customer's zone.
    pub fn asks_the_customers_date(&self) -> bool {
        let is_yearly = |campaign: &Campaign| {
            matches!(campaign.details, Details::Birthday { .. } | Details::Milestone(Goal::Years { .. }, _))
        };
        !self.quiet_hours.is_empty() || self.campaigns.iter().any(is_yearly)
    }
}

fn read_offers(tree: &Tree, problems: &mut Problems) -> Vec<Offer> {
    let mut offers = Vec::new();
    problems.key("offers", |problems| {
        for (id, tree) in tree.entries("offers") {
            if let Some(offer) = problems.key(id, |problems| Offer::read(id, tree, problems)) {
                offers.push(offer);
            }
        }
    });
    offers
}

fn read_segments(tree: &Tree, known: &Known, problems: &mut Problems) -> Vec<(String, Condition)> {
    let mut segments = Vec::new();
    problems.key("segments", |problems| {
        for (name, condition) in tree.entries("segments") {
            let condition = problems.key(name, |problems| Condition::read(condition, Scope::Segment(known), problems));
            segments.push((name.to_string(), condition));
        }
    });
    segments
}

compiled! {
    struct Holdout { share, salt }
    struct Policy {
        shop,
        tiers,
        limits,
        quiet_hours,
        calm,
        care,
        phases,
        holdout,
        contacts,
        patience,
        pause,
        without,
        segments,
        offers,
        longest_offer,
        campaigns,
        messages,
        locales,
        asks_of_contacts,
        uncounted
    }
}
