//! Makes a valid policy and request from a seed. Dates lie near `NOW` and at edges: whole days and hours, or one
//! millisecond earlier or later.

mod catalog;
mod personal_codes;
mod policy;
mod request;
mod rng;
mod standing;

pub use rng::Rng;

use serde_json::Value;

pub const HOUR: i64 = 3_600_000;
pub const DAY: i64 = 24 * HOUR;
/// 2026-10-24T22:00Z: in the night that begins in Madrid, clocks go back.
pub const NOW: i64 = 1_792_879_200_000;

pub struct Case {
    pub policy: Value,
    pub request: Value,
}

pub fn case(seed: u64) -> Case {
    let rng = &mut Rng(seed);
    let mut policy = policy::policy(rng);
    let mut request = request::request(rng);
    catalog::add(&mut policy, &mut request, rng);
    personal_codes::add(&mut policy, &mut request, rng);
    standing::add(&mut policy, &mut request, rng);
    Case { policy, request }
}
