//! `honesty`: the message says nothing it cannot know.
//!
//! `parameter-missing`: every variant inserts something that is unknown for this customer: `parameters`.

use super::{Gate, Refused};
use crate::message;
use crate::tree::Tree;

pub(super) const GATE: Gate = Gate {
    name: "honesty",
    check: |look| {
        let Err(missing) = message::choose(look) else {
            return Ok(());
        };
        // what is missing may be known of another occurrence, or be asked for by another message
        let mut until = look.standing.until.min(look.next_proposal());
        if let Some(occurrence) = &look.occurrence {
            until = until.min(occurrence.next_change(look.at));
        }
        Err(Refused { code: "parameter-missing", detail: Tree::from([("parameters", missing.into())]), until })
    },
};
