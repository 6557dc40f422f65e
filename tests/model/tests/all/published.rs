//! The published part of a policy decides generated cases as the whole policy does for a page. `PUBLISHED` is the number of cases,
//! `SEED` the first: `SEED=7016089 PUBLISHED=1` decides one again.

extern crate querencia;

#[path = "../../../published/compare.rs"]
mod compare;

use compare::{Compared, compare};
use querencia_model::generator::case;
use serde_json::json;

#[test]
fn generated_cases_are_decided_alike_by_the_whole_and_by_its_part() {
    let number = |name: &str, absent: u64| std::env::var(name).map_or(absent, |number| number.parse().unwrap());
    let (first, cases) = (number("SEED", 7_000_000), number("PUBLISHED", 4_000));
    let (mut all, mut failures) = (Compared::default(), Vec::new());
    for seed in first..first + cases {
        let mut case = case(seed);
        // the generator gives most policies few channels: of every second, half of the campaigns are for the page
        let campaigns = case.policy["campaigns"].as_array_mut().unwrap().iter_mut().enumerate();
        for (index, campaign) in campaigns.filter(|_| seed % 2 == 0) {
            let is_page = (seed >> (1 + index)) % 2 == 0;
            campaign["channel"] = json!(if is_page { "onsite" } else { "email" });
            campaign["placement"] = json!("home");
        }
        match compare(&case.policy, &case.request) {
            Ok(compared) => all.add(compared),
            Err(difference) => failures.push(format!("seed {seed}\n{difference}")),
        }
    }
    println!("{all:?}");
    let shown = failures.iter().take(5).cloned().collect::<Vec<_>>().join("\n");
    assert!(failures.is_empty(), "{} of {cases} differ:\n{shown}", failures.len());
    assert!(cases < 1_000 || all.spoken > cases / 4 && all.entitled > 0, "too few to prove it: {all:?}");
}
