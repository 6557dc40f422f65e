//! Which models are checked, how large, and which property catches which bug.

use crate::words::{Found, check, check_for};
use crate::{delivery, devices, offers, page};
use delivery::Delivery;
use devices::Devices;
use offers::Offers;
use page::Page;
use std::time::Duration;

/// Two tabs, a limit of one contact for good.
pub const TABS: Page = Page {
    tabs: 2,
    campaigns: 2,
    cap: 1,
    window: 0,
    ticks: 3,
    decisions: 2,
    crashes: 1,
    jumps: 0,
    wipes: 0,
    vanishes: 1,
    withdrawals: true,
    alike: true,
    bug: page::Bug::None,
};
/// The clock jumps.
const CLOCK: Page = Page { jumps: 1, withdrawals: false, ..TABS };
/// The browser empties its database.
const EMPTIED: Page = Page { wipes: 1, vanishes: 0, withdrawals: false, ..TABS };
/// A limit of one contact in so many ticks …
const WINDOW: Page = Page { window: 4, ticks: 6, vanishes: 0, withdrawals: false, ..TABS };
/// … of a clock that jumps there and back.
const WINDOW_AND_CLOCK: Page = Page { window: 9, ticks: 7, jumps: 2, crashes: 0, decisions: 1, tabs: 3, ..WINDOW };

pub const WORKERS: Delivery = Delivery {
    workers: 2,
    occasions: 2,
    cap: 1,
    ticks: 3,
    decisions: 2,
    crashes: 1,
    losses: 1,
    refusals: 1,
    withdrawals: true,
    people: true,
    at_least_once: false,
    alike: true,
    bug: delivery::Bug::None,
};
const AT_LEAST_ONCE: Delivery = Delivery { at_least_once: true, ..WORKERS };

const COUPONS: Offers = Offers {
    workers: 2,
    keys: 2,
    budget: 1,
    crashes: 1,
    losses: 1,
    refusals: 1,
    claims: 1,
    decisions: 2,
    knows_keys: true,
    bug: offers::Bug::None,
};

const APART: Devices = Devices {
    devices: 2,
    campaigns: 2,
    cap: 1,
    decisions: 2,
    syncs: 3,
    losses: 1,
    is_remote: false,
    bug: devices::Bug::None,
};
const REMOTE: Devices = Devices { is_remote: true, ..APART };

/// Prints what was found, and fails if a promise is broken or if something that should be possible was not seen.
fn hold(name: &str, found: &Found) {
    println!("{name:<36} {:>12} states {:>13} transitions {:>7.1} s", found.states, found.transitions, found.seconds);
    for (property, steps) in &found.broken {
        println!("{property}: {}", steps.join(", "));
    }
    assert!(
        found.broken.is_empty(),
        "{name}: {:?}",
        found.broken.iter().map(|(property, _)| property).collect::<Vec<_>>()
    );
    assert!(found.missed.is_empty(), "{name}: never seen: {:?}", found.missed);
}

/// So many transitions are followed at most: their states take some 10 GB.
const HUGE: usize = 400_000_000;

/// Checks three tabs that decide again, which nobody has seen the end of, for so many seconds or until memory would run out.
pub fn huge(seconds: u64) {
    let model = Page { tabs: 3, cap: 2, ticks: 4, crashes: 2, ..TABS };
    let found = check_for(model, None, Some((Duration::from_secs(seconds), HUGE)));
    println!("{} states, {} transitions, {:.0} s", found.states, found.transitions, found.seconds);
    assert!(found.broken.is_empty(), "{:?}", found.broken);
}

/// Checks large models: those whose names contain `only`.
pub fn large(only: Option<&str>) {
    let asked = |name: &str| only.is_none_or(|only| name.contains(only));
    let pages = [
        ("tabs", Page { tabs: 3, decisions: 1, vanishes: 1, ..TABS }),
        ("tabs that decide again", Page { tabs: 2, decisions: 3, cap: 2, crashes: 2, ..TABS }),
        ("tabs and a clock", Page { tabs: 3, decisions: 1, vanishes: 0, jumps: 2, ..CLOCK }),
        ("tabs and an emptied browser", Page { tabs: 3, cap: 2, wipes: 2, decisions: 1, ..EMPTIED }),
        ("a window", Page { tabs: 3, decisions: 1, ticks: 8, ..WINDOW }),
        ("a window and a clock", Page { window: 10, ticks: 11, ..WINDOW_AND_CLOCK }),
    ];
    for (name, model) in pages.into_iter().filter(|(name, _)| asked(name)) {
        hold(name, &check(model, None));
    }
    let larger = Delivery { cap: 2, decisions: 3, losses: 2, refusals: 2, ..WORKERS };
    let deliveries = [
        ("workers", Delivery { ticks: 4, crashes: 2, ..larger }),
        ("workers at least once", Delivery { at_least_once: true, ..larger }),
    ];
    for (name, model) in deliveries.into_iter().filter(|(name, _)| asked(name)) {
        hold(name, &check(model, None));
    }
    if asked("coupons") {
        let model = Offers {
            workers: 4,
            keys: 3,
            budget: 2,
            crashes: 2,
            losses: 3,
            refusals: 2,
            claims: 3,
            decisions: 3,
            ..COUPONS
        };
        hold("coupons", &check(model, None));
    }
    let devices = [
        ("devices apart", Devices { devices: 3, campaigns: 3, cap: 2, syncs: 4, ..APART }),
        ("devices over a server", Devices { devices: 3, campaigns: 3, cap: 2, losses: 2, ..REMOTE }),
    ];
    for (name, model) in devices.into_iter().filter(|(name, _)| asked(name)) {
        hold(name, &check(model, None));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_of_steps_keeps_what_is_promised() {
        let pages = [
            ("tabs", TABS),
            ("clock", CLOCK),
            ("emptied", EMPTIED),
            ("window", WINDOW),
            ("window and clock", WINDOW_AND_CLOCK),
        ];
        for (name, model) in pages {
            hold(name, &check(model, None));
        }
        hold("workers", &check(WORKERS, None));
        hold("at least once", &check(AT_LEAST_ONCE, None));
        hold("coupons", &check(COUPONS, None));
        hold("devices apart", &check(APART, None));
        hold("devices over a server", &check(REMOTE, None));
    }

    /// Fails unless the bug breaks the property.
    fn caught(bug: &str, property: &str, found: &Found) {
        let steps = found.broken.iter().find(|(name, _)| *name == property).map(|(_, steps)| steps.join(", "));
        println!("{bug}: {property}: {steps:?}");
        assert!(steps.is_some(), "{bug} does not break: {property}");
    }

    const OVER: &str = "no more is shown than the limit allows";
    const WITHDRAWN: &str = "nothing is shown that was armed after a withdrawal";

    #[test]
    fn each_bug_of_a_page_is_caught() {
        use page::Bug;
        for (bug, model, property) in [
            (Bug::SplitTransaction, Page { withdrawals: false, ..TABS }, OVER),
            (Bug::ShowBeforeArm, TABS, OVER),
            (Bug::ArmAnyState, CLOCK, OVER),
            (Bug::LapseArmed, TABS, OVER),
            (Bug::CountDelivered, TABS, "a campaign that speaks once is shown once"),
            (Bug::NoSweep, CLOCK, OVER),
            (Bug::ObeysLatest, TABS, WITHDRAWN),
            (Bug::IgnoreWishes, TABS, WITHDRAWN),
            (Bug::NoWitness, EMPTIED, OVER),
            (Bug::IgnoreAhead, WINDOW_AND_CLOCK, OVER),
        ] {
            caught(&format!("{bug:?}"), property, &check(Page { bug, ..model }, Some(property)));
        }
    }

    /// Whoever decides stores that a reservation has lapsed, so the state says what the lease would.
    #[test]
    fn to_ask_for_the_lease_too_changes_nothing() {
        for model in [TABS, CLOCK, WINDOW] {
            let found = check(Page { bug: page::Bug::ArmAfterLease, ..model }, None);
            assert!(found.broken.is_empty(), "{:?}", found.broken);
        }
    }

    #[test]
    fn each_bug_of_a_worker_is_caught() {
        use delivery::Bug;
        let twice = "an order is told of once";
        for (bug, model, property) in [
            (Bug::QueueIsEnough, WORKERS, "a contact is sent once"),
            (Bug::SendBeforeArm, WORKERS, "a contact is sent once"),
            (Bug::NotDecidedAgain, WORKERS, "nothing is sent that was armed after a withdrawal"),
            (Bug::LapseArmed, WORKERS, "what was sent counts"),
            (Bug::SilenceIsFailure, WORKERS, twice),
            (Bug::UnheardIsArmed, WORKERS, "a contact is sent once"),
            (Bug::SendsLate, WORKERS, twice),
            (Bug::SendsLate, AT_LEAST_ONCE, twice),
            (Bug::AnotherId, AT_LEAST_ONCE, twice),
            (Bug::OneFailureForAll, AT_LEAST_ONCE, twice),
        ] {
            caught(&format!("{bug:?}"), property, &check(Delivery { bug, ..model }, Some(property)));
        }
    }

    #[test]
    fn each_bug_of_a_coupon_is_caught() {
        use offers::Bug;
        let (two, lost) = ("there are never two coupons of one grant", "no coupon is lost");
        let forgetful = Offers { knows_keys: false, ..COUPONS };
        for (bug, model, property) in [
            (Bug::IssueBeforeReserve, COUPONS, lost),
            (Bug::AnotherKey, COUPONS, two),
            (Bug::SilenceIsNo, COUPONS, lost),
            (Bug::ClaimBeside, COUPONS, two),
            (Bug::NobodyAsksAgain, COUPONS, "nobody waits for a code that nobody asks for"),
            (Bug::AskForLosers, COUPONS, "a coupon is issued only for a winner or a claim"),
            (Bug::BudgetApart, COUPONS, "no more is granted than the budget has"),
            (Bug::LastCodeHolds, forgetful, "a customer is told one code of a grant"),
        ] {
            caught(&format!("{bug:?}"), property, &check(Offers { bug, ..model }, Some(property)));
        }
    }

    #[test]
    fn each_bug_of_several_devices_is_caught() {
        use devices::Bug;
        let over = "no more is shown than the limit allows each device";
        for (bug, model, property) in [
            (Bug::LastHolds, APART, "what the server was told of counts there for good"),
            (Bug::NoVersion, REMOTE, over),
            (Bug::ArmHere, REMOTE, over),
            (Bug::UnheardIsStored, REMOTE, over),
        ] {
            caught(&format!("{bug:?}"), property, &check(Devices { bug, ..model }, Some(property)));
        }
        // it breaks no promise, but that a sync is good for something
        let found = check(Devices { bug: Bug::OneWay, ..APART }, None);
        assert_eq!(found.missed, ["a sync silences another device"]);
    }
}
