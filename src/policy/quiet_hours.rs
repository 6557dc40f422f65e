//! `quietHours`: when some channels are not used.

use crate::base::compiled::compiled;
use crate::base::problem::{ProblemCode, Problems};
use crate::base::sorting::sort_by;
use crate::base::tree::Tree;
use crate::calendar::{DAY, Holiday, QuietWindow, date_of, parse_birthday, parse_clock};
use crate::language::destination::{Destination, check_region};
use crate::language::words::{CHANNEL, Channel};
use crate::reader::shape::{Shape, fields};

pub(super) const WEEKDAYS: &[&str] = &["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

pub(crate) const QUIET_HOURS: Shape = Shape::Object(
    "QuietHours",
    fields! {
        "from" required Shape::Clock, "the customer's local time at which quiet hours begin, for example `22:00`";
        "to" required Shape::Clock, "the local time at which they end; the next day, if it is earlier than `from`; at most `24:00`";
        "channels" optional Shape::List(&CHANNEL), "the channels that are not used then; absent: all except `onsite` and `post`";
        "places" optional Shape::List(&Shape::Name), "only for customers there: a country (`ES`) or the beginning of a postcode (`ES-08`); those whose country or postcode is unknown may be there; absent: everywhere";
        "days" optional Shape::List(&Shape::Choice(WEEKDAYS)), "the weekdays on which they begin; with `dates`: these weekdays and those dates; absent: every day";
        "dates" optional Shape::List(&Shape::Holiday), "the dates on which they begin: `2026-12-25`, or every year `--12-25`";
    },
);

/// The weekdays in `days`, one bit each; bit 0 is Monday.
pub(super) fn weekdays(tree: &Tree) -> u8 {
    let mut days = 0;
    for day in tree.list("days") {
        if let Some(day) = WEEKDAYS.iter().position(|known| Some(*known) == day.as_text()) {
            days |= 1 << day;
        }
    }
    days
}

/// The dates of a list whose shape was checked.
pub(super) fn holidays(tree: &Tree, key: &str) -> Vec<Holiday> {
    let mut dates = Vec::new();
    for date in tree.list(key) {
        dates.extend(match date.as_integer() {
            Some(day) => Some(Holiday::On(date_of(day))),
            None => date.as_text().and_then(parse_birthday).map(|(month, day)| Holiday::EveryYear(month, day)),
        });
    }
    dates
}

/// A window of time and the channels that are not used in it.
#[derive(Clone, Debug)]
pub(crate) struct QuietHours {
    pub window: QuietWindow,
    /// none: the channels that interrupt their reader
    channels: Option<Vec<Channel>>,
    /// none: everywhere
    places: Option<Vec<String>>,
}

impl QuietHours {
    /// Whether a channel is not used in the window for a customer who is there, or may be.
    pub fn silences(&self, channel: Channel, destination: Destination) -> bool {
        let is_meant = match &self.channels {
            Some(channels) => channels.contains(&channel),
            None => channel.interrupts(),
        };
        let may_be_in = |place: &String| destination.lies_in(place) != Some(false);
        is_meant && self.places.as_ref().is_none_or(|places| places.iter().any(may_be_in))
    }

    /// How many steps it is to ask.
    pub fn size(&self) -> usize {
        1 + self.window.dates.len() + self.places.as_ref().map_or(0, Vec::len)
    }

    /// Reads the list of windows at a key, those that begin first in a day first.
    pub fn read_list(tree: &Tree, key: &str, problems: &mut Problems) -> Vec<QuietHours> {
        let mut windows = Vec::new();
        problems.key(key, |problems| {
            for (index, tree) in tree.list(key).iter().enumerate() {
                if let Some(quiet) = problems.index(index, |problems| Self::read(tree, problems)) {
                    windows.push(quiet);
                }
            }
        });
        // so that one look finds how far windows that follow each other reach
        sort_by(&mut windows, |a, b| a.window.from.cmp(&b.window.from));
        windows
    }

    fn read(tree: &Tree, problems: &mut Problems) -> Option<QuietHours> {
        let (from, to) = (parse_clock(tree.text("from")?)?, parse_clock(tree.text("to")?)?);
        if from == DAY {
            problems.add_at(
                "from",
                ProblemCode::InvalidValue,
                "a day begins at `00:00`; write that, or an earlier time",
            );
        }
        if from == to {
            let message = "equal to `from`, which could mean always or never; for a whole day write `00:00` to `24:00`";
            problems.add_at("to", ProblemCode::InvalidValue, message);
        }
        for key in ["days", "dates", "channels", "places"] {
            if matches!(tree.get(key), Some(Tree::List(list)) if list.is_empty()) {
                problems.add_at(
                    key,
                    ProblemCode::InvalidValue,
                    "an empty list; name at least one, or remove the field",
                );
            }
        }
        let places = tree.get("places").map(|_| tree.texts("places"));
        problems.key("places", |problems| {
            for (index, place) in places.iter().flatten().enumerate() {
                problems.index(index, |problems| check_region(place, problems));
            }
        });
        let window = QuietWindow { from, to, days: weekdays(tree), dates: holidays(tree, "dates") };
        Some(QuietHours { window, channels: tree.get("channels").map(|_| Channel::list(tree, "channels")), places })
    }
}

compiled! { struct QuietHours { window, channels, places } }
