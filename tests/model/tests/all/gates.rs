//! The gates of the engine over the cases of the model's generator, which has more kinds than that of tests/properties: surveys,
//! milestones, content, howTo, and segments, tiers and all operators in conditions.

#[path = "../../../properties/verdicts.rs"]
mod verdicts;

use querencia_model::generator::case;
use verdicts::Checked;

fn parse_instant(text: &str) -> Option<i64> {
    chrono::DateTime::parse_from_rfc3339(text).ok().map(|at| at.timestamp_millis())
}

#[test]
fn each_gate_gives_the_same_answer_until_the_instant_it_names() {
    let mut checked = Checked::default();
    for seed in 0..3_000 {
        let case = case(seed);
        checked.add(seed, &case.policy, &case.request);
    }
    let gates = [
        "occasion",
        "audience",
        "kind",
        "consent",
        "wishes",
        "care",
        "relevance",
        "repeat",
        "calm",
        "limits",
        "quiet-hours",
        "honesty",
    ];
    checked.require(&gates, 100_000, 100_000, 100_000);
}
