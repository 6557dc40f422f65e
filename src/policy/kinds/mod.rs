//! The kinds of campaign. Each file has one kind: its page of documentation and its row of data, no code.
//! To add a kind, add a file, its `mod`, and its line in `KINDS`.

#[cfg(feature = "page")]
mod access;
mod announcement;
#[cfg(feature = "page")]
mod apology;
mod birthday;
#[cfg(feature = "page")]
mod cart_reminder;
#[cfg(feature = "page")]
mod community;
#[cfg(feature = "page")]
mod content;
#[cfg(feature = "page")]
mod help_prompt;
#[cfg(feature = "page")]
mod how_to;
#[cfg(feature = "page")]
mod milestone;
#[cfg(feature = "page")]
mod next_offer;
#[cfg(feature = "page")]
mod not_found;
#[cfg(feature = "page")]
mod parcel_insert;
#[cfg(feature = "page")]
mod preference_question;
#[cfg(feature = "page")]
mod referral;
#[cfg(feature = "page")]
mod replenishment;
#[cfg(feature = "page")]
mod review;
#[cfg(feature = "page")]
mod shipping_coupon;
#[cfg(feature = "whole")]
mod surprise;
#[cfg(feature = "page")]
mod survey;
mod thank_you;
#[cfg(feature = "page")]
mod top_activity;
#[cfg(feature = "page")]
mod win_back;

use super::kind::{DEFAULTS, Kind};
use crate::base::compiled::{Compiled, Reader};
#[cfg(feature = "whole")]
use crate::base::parts::Kinds;

/// The kinds that every build has.
#[cfg(feature = "whole")]
const SMALLEST: [&str; 3] = ["announcement", "birthday", "thankYou"];

pub(crate) const KINDS: &[Kind] = &[
    #[cfg(feature = "page")]
    access::KIND,
    announcement::KIND,
    #[cfg(feature = "page")]
    apology::KIND,
    birthday::KIND,
    #[cfg(feature = "page")]
    cart_reminder::KIND,
    #[cfg(feature = "page")]
    community::KIND,
    #[cfg(feature = "page")]
    content::KIND,
    #[cfg(feature = "page")]
    help_prompt::KIND,
    #[cfg(feature = "page")]
    how_to::KIND,
    #[cfg(feature = "page")]
    milestone::KIND,
    #[cfg(feature = "page")]
    next_offer::KIND,
    #[cfg(feature = "page")]
    not_found::KIND,
    #[cfg(feature = "page")]
    parcel_insert::KIND,
    #[cfg(feature = "page")]
    preference_question::KIND,
    #[cfg(feature = "page")]
    referral::KIND,
    #[cfg(feature = "page")]
    replenishment::KIND,
    #[cfg(feature = "page")]
    review::KIND,
    #[cfg(feature = "page")]
    shipping_coupon::KIND,
    #[cfg(feature = "whole")]
    surprise::KIND,
    #[cfg(feature = "page")]
    survey::KIND,
    thank_you::KIND,
    #[cfg(feature = "page")]
    top_activity::KIND,
    #[cfg(feature = "page")]
    win_back::KIND,
];

/// The name of the kind: a build that lacks it cannot read the policy.
impl Compiled for &'static Kind {
    #[cfg(feature = "whole")]
    fn write(&self, out: &mut crate::base::compiled::Writer) {
        if !SMALLEST.contains(&self.name) {
            Kinds.write(out);
        }
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
