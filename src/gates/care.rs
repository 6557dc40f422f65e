//! `care`: a customer who wrote to the shop is answered before anything is sold to them. Holds promotional contacts, and those that
//! ask the customer a favour. Practices C2, C3, P9.

use super::gate::{Ahead, Gate, Verdict, first};
use crate::base::sorting::sort_by;
use crate::base::steps::Looked;
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::candidates::candidate::Candidate;
use crate::decision::{RefusalCode, codes};
use crate::language::words::Class;

codes! { "care":
    CASE_OPEN "case-open" "A complaint is not solved, an incident of an order is not resolved, or a low rating counts as a case. A low rating alone never holds a `review`, because `review` must ask every customer. Ends when a date in the request says that it is over." {
        "open" required COUNT, "how many cases are open";
    }
    UNANSWERED "unanswered" "A question of the customer is neither answered nor solved. Ends when a date in the request says that it is." {
        "unanswered" required COUNT, "how many questions";
    }
    COOL_DOWN "cool-down" "A complaint was solved less than `care.coolDown` ago. Ends when that time has passed." {
        "until" required MILLISECONDS, "the end of that time";
    }
    BACKLOG "backlog" "More conversations of the whole shop wait for an answer than `care.backlogBrake` allows. Does not end by itself." {
        "unanswered" required COUNT, "how many wait";
        "brake" required COUNT, "how many may";
    }
    FATIGUE "fatigue" "Too many customers leave: of 1,000 contacts of the whole shop more unsubscribe or are reported as spam than `care.fatigueBrake` allows. Holds promotional contacts. Does not end by itself." {
        "fatigue" required PER_THOUSAND, "how many of 1,000";
        "brake" required PER_THOUSAND, "how many may";
        "campaigns" required Shape::List(&Shape::Name), "the campaigns over the brake by `shop.fatigueBy`, the worst first";
    }
}

pub(super) const GATE: Gate = Gate {
    #[cfg(not(target_family = "wasm"))]
    codes: CODES,
    is_about_news: false,
    sees_contacts: false,
    ahead: Ahead::Once,
    complete: None,
    check: |candidate| {
        let kind = candidate.campaign.kind;
        let held = candidate.campaign.class == Class::Promotional || kind.asks_favour;
        if candidate.context.policy.care.get().is_none() || kind.obligation || !held {
            return Verdict::pass(Instant::NEVER);
        }
        if !candidate.context.steps.take(Looked::Order, candidate.context.customer.conversations.len()) {
            return Verdict::pass(Instant::NEVER);
        }
        first(candidate, &[no_open_case, answered, cooled_down, no_backlog, not_tired])
    },
};

fn none(count: i64, code: &'static RefusalCode, figure: &'static str, candidate: &Candidate) -> Verdict {
    let until = candidate.standing.until;
    if count == 0 {
        return Verdict::pass(until);
    }
    Verdict::refuse(candidate, code, || Tree::from([(figure, count.into())]), until)
}

fn no_open_case(candidate: &Candidate) -> Verdict {
    let standing = candidate.standing;
    let open = standing.open_cases_for(candidate.campaign.kind) + standing.orders.incidents;
    none(open, &CASE_OPEN, "open", candidate)
}

fn answered(candidate: &Candidate) -> Verdict {
    let now = candidate.standing.at;
    let mut unanswered = 0;
    for conversation in &candidate.context.customer.conversations {
        unanswered += i64::from(!conversation.complaint && conversation.waits(now));
    }
    none(unanswered, &UNANSWERED, "unanswered", candidate)
}

fn cooled_down(candidate: &Candidate) -> Verdict {
    let (now, until) = (candidate.standing.at, candidate.standing.until);
    let length = candidate.context.policy.care.get().and_then(|care| care.cool_down);
    let mut cool = None;
    for case in &candidate.context.customer.conversations {
        if case.complaint
            && case.has_begun(now)
            && !case.is_open(now)
            && let (Some(solved), Some(length)) = (case.solved_at, length)
        {
            cool = cool.max(Some(solved + length));
        }
    }
    match cool.filter(|cool| candidate.at < *cool) {
        Some(cool) => {
            let detail = || Tree::from([("until", cool.into())]);
            // a complaint that is taken up again is an open case until it is solved again
            Verdict::refuse_until(candidate, &COOL_DOWN, detail, until, cool)
        }
        None => Verdict::pass(until),
    }
}

fn no_backlog(candidate: &Candidate) -> Verdict {
    let waiting = candidate.context.unanswered;
    let brake = candidate.context.policy.care.get().and_then(|care| care.backlog_brake);
    match brake.filter(|brake| waiting > *brake) {
        Some(brake) => {
            let detail = || Tree::from([("unanswered", waiting.into()), ("brake", brake.into())]);
            Verdict::refuse(candidate, &BACKLOG, detail, Instant::NEVER)
        }
        None => Verdict::pass(Instant::NEVER),
    }
}

fn not_tired(candidate: &Candidate) -> Verdict {
    let context = candidate.context;
    let brake = context.policy.care.get().and_then(|care| care.fatigue_brake);
    let promotional = candidate.campaign.class == Class::Promotional;
    let Some(brake) = brake.filter(|brake| promotional && context.fatigue > *brake) else {
        return Verdict::pass(Instant::NEVER);
    };
    let detail = || {
        let mut worst = Vec::new();
        worst.extend(context.fatigue_by.iter().filter(|by| by.count > brake));
        sort_by(&mut worst, |a, b| b.count.total_cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
        let mut names = Vec::new();
        worst.iter().for_each(|by| names.push(Tree::from(&by.name)));
        Tree::from([
            ("fatigue", Tree::Number(context.fatigue)),
            ("brake", Tree::Number(brake)),
            ("campaigns", Tree::List(names)),
        ])
    };
    Verdict::refuse(candidate, &FATIGUE, detail, Instant::NEVER)
}
