use super::Verdict;
use crate::context::Context;
use crate::occasions::Occasion;
use crate::read::Campaign;
use crate::time::parse_duration;
use serde_json::json;

/// Holds promotional contacts while a case is open, a question is unanswered, for some time after a complaint is solved, and while
/// the shop has too many unanswered conversations.
pub fn care(context: &Context, campaign: &Campaign, _: &Occasion) -> Verdict {
    let care = &context.input.care;
    if care.is_null() || !is_held(campaign) {
        return None;
    }
    let open = open_cases(context, campaign);
    if open > 0 {
        return Some(("case-open", context.detail(|| json!({ "open": open }))));
    }
    let unanswered = context.unanswered().iter().filter(|one| !one.is_complaint).count();
    if unanswered > 0 {
        return Some(("unanswered", context.detail(|| json!({ "unanswered": unanswered }))));
    }
    if let Some(cool_down) = care["coolDown"].as_str().and_then(parse_duration) {
        let complaints = context
            .conversations()
            .into_iter()
            .filter(|one| one.is_complaint && context.is_settled(one, one.solved_at));
        let until = complaints.filter_map(|one| one.solved_at).max().map(|solved| solved + cool_down);
        if until.is_some_and(|until| context.now < until) {
            return Some(("cool-down", context.detail(|| json!({ "until": until }))));
        }
    }
    let waiting = context.input.request["shop"]["unanswered"].as_i64();
    let brake = care["backlogBrake"].as_i64();
    if let (Some(waiting), Some(brake)) = (waiting, brake)
        && waiting > brake
    {
        return Some(("backlog", context.detail(|| json!({ "unanswered": waiting, "brake": brake }))));
    }
    // a request for a review is no promotion
    if campaign.class != "promotional" {
        return None;
    }
    let (fatigue, brake) = (&context.input.request["shop"]["fatigue"], &care["fatigueBrake"]);
    let is_tired = fatigue.as_f64()? > brake.as_f64()?;
    is_tired.then(|| ("fatigue", context.detail(|| json!({ "fatigue": fatigue, "brake": brake }))))
}

fn is_held(campaign: &Campaign) -> bool {
    (campaign.class == "promotional" || campaign.is_favour()) && !campaign.is_obligation()
}

/// Whether an open case holds the campaign.
pub fn has_open_case(context: &Context, campaign: &Campaign) -> bool {
    !context.input.care.is_null() && is_held(campaign) && open_cases(context, campaign) > 0
}

/// Open cases and incidents. Everybody is asked for a review, whatever they rated.
fn open_cases(context: &Context, campaign: &Campaign) -> usize {
    let cases = if campaign.kind == "review" { context.open_complaints() } else { context.open_cases() };
    cases + context.all_open_incidents()
}
