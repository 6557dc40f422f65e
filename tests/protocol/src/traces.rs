//! Writes random traces of the models, with what must be stored after each step: tests/protocol/conformance.test.js does the same steps with
//! the code in js/ and compares.

use crate::cases;
use crate::delivery::{self as server, Delivery};
use crate::page::{self, Page};
use crate::words::{Id, State};
use stateright::Model;
use std::fmt::Write;

/// A trace is this long at most.
const STEPS: u64 = 60;

/// Prints so many traces of each model, as JSON lines.
pub fn write(traces: u64, seed: u64) {
    let page = Page { alike: false, crashes: 2, jumps: 2, vanishes: 3, decisions: 3, ticks: 6, ..cases::TABS };
    let worker =
        Delivery { alike: false, decisions: 4, ticks: 6, crashes: 2, losses: 2, refusals: 2, ..cases::WORKERS };
    for number in 0..traces {
        let mut dice = Dice(seed.wrapping_mul(1_000_003).wrapping_add(number).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        println!(
            "{{\"model\":\"page\",\"number\":{number},\"steps\":[{}]}}",
            walk(&page, &mut dice, is_rare, page_step)
        );
        println!(
            "{{\"model\":\"delivery\",\"number\":{number},\"steps\":[{}]}}",
            walk(&worker, &mut dice, is_rare_there, server_step)
        );
    }
}

struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % end
    }
}

fn walk<M: Model>(
    model: &M,
    dice: &mut Dice,
    is_rare: fn(&M::Action) -> bool,
    tell: fn(&M::Action, &M::State) -> String,
) -> String
where
    M::Action: Clone,
{
    let mut world = model.init_states().remove(0);
    let mut told = Vec::new();
    for _ in 0..STEPS {
        let mut actions = Vec::new();
        model.actions(&world, &mut actions);
        if actions.is_empty() {
            break;
        }
        let mut action = actions[dice.below(actions.len())].clone();
        for _ in 0..4 {
            if is_rare(&action) {
                action = actions[dice.below(actions.len())].clone();
            }
        }
        let Some(next) = model.next_state(&world, action.clone()) else { continue };
        world = next;
        told.push(tell(&action, &world));
    }
    told.join(",")
}

/// What would end most traces early, were it as likely as the rest.
fn is_rare(action: &page::Action) -> bool {
    use page::Action::*;
    matches!(action, Tick | Back | Forward | Withdraw | Crash(_))
}

fn is_rare_there(action: &server::Action) -> bool {
    use server::Action::*;
    matches!(action, Tick | Withdraw | Crash(_) | TakeUnheard(..))
}

fn records(all: impl Iterator<Item = (Id, State)>) -> String {
    let mut text = String::new();
    for (Id { campaign, attempt }, state) in all {
        let comma = if text.is_empty() { "" } else { "," };
        let _ = write!(text, "{comma}[{campaign},{attempt},\"{}\"]", state.word());
    }
    text
}

fn page_step(action: &page::Action, world: &page::World) -> String {
    use page::Action::*;
    let (name, tab) = match *action {
        Decide(tab) => ("decide", tab),
        Write(tab) => ("write", tab),
        Learn(tab) => ("learn", tab),
        Arm(tab) => ("arm", tab),
        Show(tab) => ("show", tab),
        Confirm(tab) => ("confirm", tab),
        Appear(tab) => ("appear", tab),
        Vanish(tab) => ("vanish", tab),
        Crash(tab) => ("crash", tab),
        Withdraw => ("withdraw", 0),
        Wipe => ("wipe", 0),
        Tick => ("tick", 0),
        Back => ("back", 0),
        Forward => ("forward", 0),
    };
    let stored = records(world.records.iter().map(|one| (one.id, one.state)));
    let shown = records(world.seen.iter().map(|one| (one.id, State::Delivered)));
    format!("{{\"do\":\"{name}\",\"tab\":{tab},\"now\":{},\"records\":[{stored}],\"shown\":[{shown}]}}", world.now)
}

fn server_step(action: &server::Action, world: &server::World) -> String {
    use server::Action::*;
    let id = |id: &Id| format!(",\"contact\":[{},{}]", id.campaign, id.attempt);
    let (name, more) = match action {
        Decide => ("decide", String::new()),
        Take(worker, one) => ("take", format!(",\"worker\":{worker}{}", id(one))),
        TakeUnheard(worker, one) => ("take", format!(",\"worker\":{worker}{}", id(one))),
        Send(worker, went, answers) => ("send", format!(",\"worker\":{worker},\"went\":{went},\"answers\":{answers}")),
        Answer(worker) => ("answer", format!(",\"worker\":{worker}")),
        Silence(worker) => ("silence", format!(",\"worker\":{worker}")),
        Note(worker) => ("note", format!(",\"worker\":{worker}")),
        Crash(worker) => ("crash", format!(",\"worker\":{worker}")),
        GiveUp(worker) => ("give up", format!(",\"worker\":{worker}")),
        Look(one) => ("look", format!(",\"went\":{}{}", world.got.iter().any(|(id, _)| id == one), id(one))),
        Withdraw => ("withdraw", String::new()),
        Tick => ("tick", String::new()),
    };
    let stored = records(world.records.iter().map(|one| (one.id, one.state)));
    format!("{{\"do\":\"{name}\"{more},\"now\":{},\"records\":[{stored}]}}", world.now)
}
