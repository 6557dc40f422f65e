//! `limits`: how many contacts a customer may get in a time.

use super::Campaign;
use crate::base::compiled::compiled;
use crate::base::parts::{Conditions, Part};
use crate::base::problem::{ProblemCode, Problems};
use crate::base::sorting::{contains, distinct, sort_by};
use crate::base::tree::Tree;
use crate::calendar::{Instant, Offsets, Unit, parse_duration};
use crate::language::condition::Condition;
use crate::language::scope::{Known, Scope};
use crate::language::words::{CHANNEL, Channel, Class, TIER, Tier};
use crate::policy::elsewhere::Elsewhere;
use crate::policy::names::{refuse_duplicate_ids, unknown};
use crate::reader::shape::{COUNT, Shape, fields};

pub(crate) const LIMIT: Shape = Shape::Object(
    "Limit",
    fields! {
        "id" required Shape::Name, "the name of the limit in refusals";
        "max" required COUNT, "how many contacts are allowed; 0: none";
        "per" required Shape::Per, "a rolling window as `7d`, or a calendar unit in the shop's zone: `day`, `week`, `month` or `year`";
        "tier" optional TIER, "applies only to customers of this tier";
        "class" optional Shape::Choice(&["relational", "promotional"]), "applies only to this class, and counts only this class";
        "channel" optional CHANNEL, "applies only to this channel, and counts only this channel";
        "campaign" optional Shape::OneOrMore(&Shape::Name), "applies only to this campaign or these campaigns, and counts only them";
        "topic" optional Shape::Name, "applies only to campaigns of this topic, and counts only contacts of such campaigns";
        "placement" optional Shape::Name, "applies only to this placement on the page, and counts only contacts there";
        "when" optional Shape::Condition, "applies only to customers for whom this condition holds";
        "urgent" optional Shape::Flag, "true: applies only to urgent contacts, and counts only those";
        "ignoredAs" optional Shape::Integer { min: 1, max: 100 }, "how many contacts an ignored one counts as; absent: 1";
    },
);

/// Which records a limit counts, and how many contacts an ignored one counts as.
#[derive(Clone, Debug, Default)]
pub(crate) struct CountFilter {
    pub class: Option<Class>,
    pub channel: Option<Channel>,
    /// none: all campaigns; those of a topic are named one by one
    pub campaigns: Option<Vec<String>>,
    pub placement: Option<String>,
    pub urgent: bool,
    /// how many contacts an ignored one counts as
    pub ignored_as: i64,
    /// only contacts that gave this offer; the other filters are then ignored
    pub offer: Option<String>,
}

impl CountFilter {
    /// Reads the filter of a limit, without its topic.
    pub fn read(tree: &Tree) -> CountFilter {
        CountFilter {
            class: tree.text("class").and_then(Class::named),
            channel: tree.text("channel").and_then(Channel::named),
            campaigns: tree.get("campaign").map(|_| named(tree)),
            placement: tree.owned("placement"),
            urgent: tree.flag("urgent") == Some(true),
            ignored_as: tree.integer("ignoredAs").unwrap_or(1),
            offer: None,
        }
    }

    /// Whether a limit with this filter is about one of its campaigns.
    fn selects(&self, campaign: &Campaign) -> bool {
        self.class.is_none_or(|class| class == campaign.class)
            && self.channel.is_none_or(|channel| channel == campaign.channel)
            && (self.placement.is_none() || self.placement == campaign.placement)
            && (!self.urgent || campaign.urgent)
    }
}

/// Notes in the campaigns that wait for their turn, given in the order of their ids, that a limit is about them.
fn note(limit: &Limit, index: usize, campaigns: &mut [&mut Campaign]) {
    let add = |campaign: &mut Campaign| {
        if campaign.is_planned() && limit.filter.selects(campaign) {
            campaign.limits.push(index);
        }
    };
    match &limit.filter.campaigns {
        None => campaigns.iter_mut().for_each(|campaign| add(campaign)),
        Some(ids) => {
            for id in ids {
                let place = campaigns.binary_search_by(|known| known.id.cmp(id)).ok();
                place.and_then(|place| campaigns.get_mut(place)).into_iter().for_each(|campaign| add(campaign));
            }
        }
    }
}

/// The campaigns that a limit names: one, or a list.
fn named(tree: &Tree) -> Vec<String> {
    match tree.owned("campaign") {
        Some(one) => vec![one],
        None => tree.texts("campaign"),
    }
}

/// The time in which a limit counts contacts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Window {
    /// the milliseconds up to now
    Rolling(i64),
    /// the calendar unit around now, in the shop's zone
    Calendar(Unit),
}

/// At most `max` contacts in a window.
#[derive(Clone, Debug)]
pub(crate) struct Limit {
    pub id: String,
    pub max: i64,
    pub window: Window,
    /// the window as the policy wrote it
    pub per: String,
    pub tier: Part<Tier, Conditions>,
    pub when: Part<Condition, Conditions>,
    /// the contacts that are counted; the limit applies to campaigns of the same class, channel, id, placement and urgency
    pub filter: CountFilter,
}

impl Window {
    /// The window around an instant: later than the first instant, earlier than the second. None if it needs the shop's zone and the
    /// zone is unknown.
    pub fn around(self, at: Instant, zone: Option<&Offsets>) -> Option<(Instant, Instant)> {
        match self {
            Window::Rolling(length) => Some((at + -length, Instant::NEVER)),
            Window::Calendar(unit) => {
                let (from, to) = unit.around(at, zone?);
                Some((from + -1, to))
            }
        }
    }
}

/// Reads the limits of a policy, and notes them in the campaigns that they are about.
pub(super) fn read_list(
    policy: &Tree,
    (campaigns, elsewhere): (&mut [Campaign], &[Elsewhere]),
    known: &Known,
    low_scores_are_cases: bool,
    problems: &mut Problems,
) -> Vec<Limit> {
    let (mut limits, mut by_id) = (Vec::new(), Vec::new());
    by_id.extend(campaigns);
    sort_by(&mut by_id, |a: &&mut Campaign, b| a.id.cmp(&b.id));
    problems.key("limits", |problems| {
        refuse_duplicate_ids(policy.list("limits"), problems);
        for (index, tree) in policy.list("limits").iter().enumerate() {
            let limit = problems
                .index(index, |problems| Limit::read(tree, (&by_id, elsewhere), known, low_scores_are_cases, problems));
            if let Some(limit) = limit {
                note(&limit, limits.len(), &mut by_id);
                limits.push(limit);
            }
        }
    });
    limits
}

impl Limit {
    fn read(
        tree: &Tree,
        (campaigns, elsewhere): (&[&mut Campaign], &[Elsewhere]),
        known: &Known,
        low_scores_are_cases: bool,
        problems: &mut Problems,
    ) -> Option<Limit> {
        let when = tree
            .get("when")
            .map(|when| problems.key("when", |problems| Condition::read(when, Scope::Policy(known), problems)));
        let mut filter = CountFilter::read(tree);
        let is_list = matches!(tree.get("campaign"), Some(Tree::List(_)));
        for (index, id) in filter.campaigns.iter().flatten().enumerate() {
            let place = campaigns.binary_search_by(|known| known.id.cmp(id)).ok();
            match place.and_then(|place| campaigns.get(place)) {
                Some(campaign) if !campaign.kind.audience_may_use_ratings => {
                    let uses_ratings = when.as_ref().is_some_and(|when| when.expects(low_scores_are_cases));
                    for (key, is_wrong) in [("tier", tree.get("tier").is_some()), ("when", uses_ratings)] {
                        if is_wrong {
                            let sentence = "the campaign must ask everybody, whatever they would answer; remove ratings from its limits";
                            problems.add_at(key, ProblemCode::NotAllowed, sentence);
                        }
                    }
                }
                Some(_) => {}
                // one with a problem of its own is there all the same
                None if known.campaigns.contains(&id.as_str()) => {}
                None => problems.key("campaign", |problems| match is_list {
                    true => problems.index(index, |problems| unknown(id, known.campaigns, problems)),
                    false => unknown(id, known.campaigns, problems),
                }),
            }
        }
        // so that a campaign is found quickly among many
        filter.campaigns = filter.campaigns.map(distinct);
        if let Some(topic) = tree.text("topic") {
            let mut of_topic = Vec::new();
            let own = campaigns.iter().map(|campaign| (&campaign.id, &campaign.topic));
            for (id, its_topic) in own.chain(elsewhere.iter().map(|one| (&one.id, &one.topic))) {
                if its_topic.as_deref() == Some(topic)
                    && filter.campaigns.as_ref().is_none_or(|named| contains(named, id))
                {
                    of_topic.push(id.clone());
                }
            }
            filter.campaigns = Some(distinct(of_topic));
        }
        let per = tree.text("per").unwrap_or_default();
        let window = Unit::named(per).map(Window::Calendar).or_else(|| parse_duration(per).map(Window::Rolling));
        Some(Limit {
            id: tree.owned("id")?,
            max: tree.integer("max")?,
            window: window?,
            per: per.to_owned(),
            tier: tree.text("tier").and_then(Tier::named).into(),
            when: when.into(),
            filter,
        })
    }
}

compiled! {
    struct CountFilter { class, channel, campaigns, placement, urgent, ignored_as, offer }
    struct Limit { id, max, window, per, tier, when, filter }
}
compiled! { enum Window { Rolling(length), Calendar(unit) } }
