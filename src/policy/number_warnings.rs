//! Warnings about numbers and hours for the whole shop that leave nothing. Builds for browsers do not have this file.

use crate::base::problem::{BLOCKS_ALL, Problems};
use crate::base::tree::Tree;

/// Warns of numbers for the whole shop that block what they apply to.
pub(super) fn warn_of_numbers(tree: &Tree, problems: &mut Problems) {
    for (index, limit) in tree.list("limits").iter().enumerate() {
        if limit.integer("max") == Some(0) {
            let sentence =
                "0 allows no contact to those for whom the limit holds; raise it, or give the campaigns an audience";
            problems.key("limits", |problems| {
                problems.index(index, |problems| problems.warn_always("max", BLOCKS_ALL, sentence));
            });
        }
    }
    warn_of_quiet_hours(tree.list("quietHours"), problems);
    let blocks = |of: &str, key: &str, sentence: &str, problems: &mut Problems| {
        if tree.get(of).and_then(|object| object.number(key)) == Some(0.0) {
            problems.key(of, |problems| problems.warn_always(key, BLOCKS_ALL, sentence));
        }
    };
    blocks("arbitration", "contacts", "0 allows no relational or promotional contact; write 1", problems);
    if tree.get("holdout").and_then(|holdout| holdout.number("share")) == Some(1.0) {
        let sentence = "1 is every customer with an id, so nobody gets a campaign; write 0.1 for 10 %";
        problems.key("holdout", |problems| problems.warn_always("share", BLOCKS_ALL, sentence));
    }
    if let Some(balance) = tree.get("calm").and_then(|calm| calm.get("balance"))
        && balance.integer("promotions") == Some(0)
    {
        let sentence = "0 allows no promotional contact, however many relational ones there are; write 1 or more";
        problems.key("calm.balance", |problems| problems.warn_always("promotions", BLOCKS_ALL, sentence));
    }
}

/// Warns of hours that leave none of the day, alone or with those before them.
fn warn_of_quiet_hours(list: &[Tree], problems: &mut Problems) {
    // the minutes that are not quiet yet, by the channels that the hours are about
    let mut left = Vec::<(Option<&Tree>, Vec<bool>)>::new();
    let minute = |tree: &Tree, key: &str| {
        let (hours, minutes) = tree.text(key)?.split_once(':')?;
        Some(hours.parse::<usize>().ok()? * 60 + minutes.parse::<usize>().ok()?)
    };
    for (index, hours) in list.iter().enumerate() {
        let is_daily = ["days", "dates", "places"].iter().all(|key| hours.get(key).is_none());
        let Some((from, to)) = minute(hours, "from").zip(minute(hours, "to")).filter(|_| is_daily) else { continue };
        let channels = hours.get("channels");
        let known = left.iter().position(|(other, _)| *other == channels).unwrap_or_else(|| {
            left.push((channels, vec![true; 1440]));
            left.len() - 1
        });
        let Some((_, left)) = left.get_mut(known) else { continue };
        for (at, minute) in left.iter_mut().enumerate() {
            *minute &= if from < to { at < from || to <= at } else { to <= at && at < from };
        }
        if !left.contains(&true) {
            let sentence = "every hour of every day is quiet, so nothing is sent on these channels; shorten the hours, or name `days`";
            problems.key("quietHours", |problems| {
                problems.index(index, |problems| problems.warn_always("to", BLOCKS_ALL, sentence));
            });
        }
    }
}
