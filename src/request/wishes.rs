//! What the customer asked the shop to do less. No rule overrides a wish, and a wish never allows more than the rules do.

use crate::base::problem::Problems;
use crate::base::tree::Tree;
use crate::calendar::parse_duration;
use crate::language::words::{CHANNEL, Channel};
use crate::policy::{QUIET_HOURS, QuietHours};
use crate::reader::shape::{Shape, fields};

const CHANNELS: Shape = Shape::List(&CHANNEL);

pub(crate) const WISHES: Shape = Shape::Object(
    "Wishes",
    fields! {
        "unsubscribed" optional CHANNELS, "channels that the customer unsubscribed from; a later consent does not undo it, only their own `subscribe` does";
        "spam" optional CHANNELS, "channels on which the customer reported spam; a later consent does not undo it";
        "subscribe" optional CHANNELS, "channels that the customer subscribed to again, by their own act: `unsubscribed` no longer holds there, `spam` does";
        "avoid" optional CHANNELS, "channels that the customer would rather not be contacted on";
        "lessOften" optional Shape::Duration, "at most one contact in this time, on all channels together, as `7d`";
        "quiet" optional Shape::List(&QUIET_HOURS), "hours in which the customer does not want to be contacted";
        "topics" optional Shape::List(&Shape::Name), "the only topics that the customer wants to hear about; absent: any";
    },
);

/// The wishes of a customer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wishes {
    unsubscribed: Vec<Channel>,
    spam: Vec<Channel>,
    subscribe: Vec<Channel>,
    avoid: Vec<Channel>,
    /// milliseconds
    pub less_often: Option<i64>,
    pub quiet: Vec<QuietHours>,
    pub topics: Option<Vec<String>>,
}

impl Wishes {
    pub fn read(customer: &Tree, problems: &mut Problems) -> Wishes {
        let Some(tree) = customer.get("wishes") else {
            return Wishes::default();
        };
        Wishes {
            unsubscribed: Channel::list(tree, "unsubscribed"),
            spam: Channel::list(tree, "spam"),
            subscribe: Channel::list(tree, "subscribe"),
            avoid: Channel::list(tree, "avoid"),
            less_often: tree.text("lessOften").and_then(parse_duration),
            quiet: problems.key("wishes", |problems| QuietHours::read_list(tree, "quiet", problems)),
            topics: tree.get("topics").map(|_| tree.texts("topics")),
        }
    }

    /// The wish that closes a channel: `spam` or `unsubscribed`.
    pub fn closes(&self, channel: Channel) -> Option<&'static str> {
        if self.spam.contains(&channel) {
            return Some("spam");
        }
        let closed = self.unsubscribed.contains(&channel) && !self.subscribe.contains(&channel);
        closed.then_some("unsubscribed")
    }

    /// Whether the customer would rather not be contacted on a channel.
    pub fn avoids(&self, channel: Channel) -> bool {
        self.avoid.contains(&channel)
    }
}
