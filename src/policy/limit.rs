//! How often.

use super::Campaign;
use crate::base::problem::{Code, Problems};
use crate::base::tree::Tree;
use crate::calendar::{Instant, Offsets, Unit, parse_duration};
use crate::language::condition::Condition;
use crate::language::facts::Scope;
use crate::language::words::{CHANNEL, Channel, Class, TIER, Tier};
use crate::policy::names::unknown_reference;
use crate::reader::shape::{COUNT, Shape, fields};

pub(crate) const LIMIT: Shape = Shape::Object(
    "Limit",
    fields! {
        "id" required Shape::Name, "names the limit in refusals";
        "max" required COUNT, "how many contacts; 0 blocks";
        "per" required Shape::Per, "a rolling window as `7d`, or `day`, `week`, `month`, `year` in the shop's zone";
        "tier" optional TIER, "only customers of this tier obey it";
        "class" optional Shape::Choice(&["relational", "promotional"]), "only this class obeys it and counts";
        "channel" optional CHANNEL, "only contacts of this channel obey it and count";
        "campaign" optional Shape::Name, "only this campaign obeys it and counts";
        "when" optional Shape::Condition, "only customers for whom this holds obey it";
        "urgent" optional Shape::Flag, "true: only urgent contacts obey it and count";
        "ignoredAs" optional Shape::Integer { min: 1, max: 100 }, "as how many an ignored contact counts; absent: 1";
    },
);

/// Which records count, and as how many.
#[derive(Clone, Debug, Default)]
pub(crate) struct CountFilter {
    pub class: Option<Class>,
    pub channel: Option<Channel>,
    pub campaign: Option<String>,
    pub urgent: bool,
    /// as how many an ignored contact counts
    pub ignored_as: i64,
    /// only what gave this offer, whatever else it was
    pub offer: Option<String>,
}

impl CountFilter {
    /// Reads what a limit says of it.
    pub fn read(tree: &Tree) -> CountFilter {
        CountFilter {
            class: tree.text("class").and_then(Class::named),
            channel: tree.text("channel").and_then(Channel::named),
            campaign: tree.owned("campaign"),
            urgent: tree.flag("urgent") == Some(true),
            ignored_as: tree.integer("ignoredAs").unwrap_or(1),
            offer: None,
        }
    }
}

/// The time over which a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Window {
    /// the milliseconds up to now
    Rolling(i64),
    /// the unit around now, in the shop's zone
    Calendar(Unit),
}

/// At most so many contacts in a window, of those and for those it names.
#[derive(Clone, Debug)]
pub(crate) struct Limit {
    pub id: String,
    pub max: i64,
    pub window: Window,
    /// the window as the policy wrote it
    pub per: String,
    pub tier: Option<Tier>,
    pub when: Option<Condition>,
    /// what counts; of class, channel, campaign and urgency also who obeys
    pub filter: CountFilter,
}

impl Window {
    /// The window at an instant: after the first, until the second; none without the zone its calendar needs.
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

impl Limit {
    pub fn read(tree: &Tree, campaigns: &[Campaign], scored: bool, problems: &mut Problems) -> Option<Limit> {
        if let Some(campaign) = tree.text("campaign")
            && !campaigns.iter().any(|known| known.id == campaign)
        {
            let mut names = Vec::new();
            campaigns.iter().for_each(|known| names.push(known.id.as_str()));
            unknown_reference("campaign", campaign, &names, problems);
        }
        let when = tree
            .get("when")
            .map(|when| problems.key("when", |problems| Condition::read(when, Scope::Policy, problems)));
        let spoken_for = campaigns.iter().find(|known| Some(known.id.as_str()) == tree.text("campaign"));
        if spoken_for.is_some_and(|campaign| !campaign.kind.audience_may_use_ratings) {
            let rates = when.as_ref().is_some_and(|when| when.expects(scored));
            for (key, _) in [("tier", tree.get("tier").is_some()), ("when", rates)].iter().filter(|(_, is)| *is) {
                let told = "this campaign asks everybody, whatever they may answer; leave ratings out of its limits";
                problems.add_at(key, Code::NotAllowed, told);
            }
        }
        let per = tree.text("per").unwrap_or_default();
        let window = Unit::named(per).map(Window::Calendar).or_else(|| parse_duration(per).map(Window::Rolling));
        let (Some(id), Some(max), Some(window)) = (tree.text("id"), tree.integer("max"), window) else {
            return None;
        };
        Some(Limit {
            id: id.to_owned(),
            max,
            window,
            per: per.to_owned(),
            tier: tree.text("tier").and_then(Tier::named),
            when,
            filter: CountFilter::read(tree),
        })
    }
}
