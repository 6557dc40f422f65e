//! The kinds of campaign. Each file has one kind: its page of documentation and its row of data, no code.
//! To add a kind, add a file, its `mod`, and its line in `KINDS`.

mod access;
mod announcement;
mod apology;
mod birthday;
mod cart_reminder;
mod community;
mod content;
mod help_prompt;
mod how_to;
mod milestone;
mod next_offer;
mod not_found;
mod parcel_insert;
mod preference_question;
mod referral;
mod replenishment;
mod review;
mod shipping_coupon;
mod surprise;
mod survey;
mod thank_you;
mod top_activity;
mod win_back;

use super::kind::{DEFAULTS, Kind};
use crate::base::compiled::{Compiled, Reader};

pub(crate) const KINDS: &[Kind] = &[
    access::KIND,
    announcement::KIND,
    apology::KIND,
    birthday::KIND,
    cart_reminder::KIND,
    community::KIND,
    content::KIND,
    help_prompt::KIND,
    how_to::KIND,
    milestone::KIND,
    next_offer::KIND,
    not_found::KIND,
    parcel_insert::KIND,
    preference_question::KIND,
    referral::KIND,
    replenishment::KIND,
    review::KIND,
    shipping_coupon::KIND,
    surprise::KIND,
    survey::KIND,
    thank_you::KIND,
    top_activity::KIND,
    win_back::KIND,
];

/// The name of the kind: a build that lacks it cannot read the policy.
impl Compiled for &'static Kind {
    #[cfg(feature = "whole")]
    fn write(&self, out: &mut Vec<u8>) {
        self.name.to_owned().write(out);
    }

    fn read(input: &mut Reader) -> &'static Kind {
        let name = String::read(input);
        let kind = KINDS.iter().find(|kind| kind.name == name);
        if kind.is_none() {
            input.fail();
        }
        kind.unwrap_or(&DEFAULTS)
    }
}
