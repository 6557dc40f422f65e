//! What a page may read of a policy. A page asks about the channel `onsite` alone, so the campaigns of other channels can be left out of
//! its file, and with them what only the shop should know: what an offer costs, who wins a draw, a code that nobody counts.
//!
//! A page decides by the published part as by the whole policy asked about `channels: ["onsite"]`: `tests/published/` holds that for every
//! vector and for generated cases.

mod kept;
mod left_out;
mod needed;
mod part;
mod readers;
mod rows;
mod shown;

pub use left_out::LeftOut;
pub use rows::{Asked, Row};

use crate::base::problem::{Problem, ProblemCode, Problems};
use crate::base::tree::Tree;
use crate::engine::Engine;
use kept::Kept;
use needed::Needed;
use readers::Readers;

/// A policy as a page may read it.
#[derive(Clone, Debug)]
pub struct Published {
    /// the part of the policy: a policy too, but for its seal, which the host writes in front of it
    pub policy: Tree,
    /// where and when something may be said
    pub rows: Vec<Row>,
    /// what of the whole policy is not in it, in the policy's order
    pub left_out: Vec<LeftOut>,
    /// the paths, in the whole policy, of the conditions, limits, codes and thresholds that everybody can read in it
    pub shown: Vec<String>,
    /// the locales, each of which needs a file; for one locale: that one
    pub locales: Vec<String>,
    /// readers whose file does not begin with their language: their tag, and the locale of the file
    pub readers: Vec<(String, String)>,
}

/// Publishes a policy for the readers of one locale; for none: in every locale.
///
/// # Errors
/// Every problem of the policy. A published part cannot be published again.
pub fn publish(policy: Tree, locale: Option<&str>) -> Result<Published, Vec<Problem>> {
    let engine = Engine::new(policy.clone())?;
    if let Some(key) = ["seal", "elsewhere"].into_iter().find(|key| policy.get(key).is_some()) {
        let mut problems = Problems::default();
        problems.add_at(key, ProblemCode::NotAllowed, "this was published already; publish the whole policy");
        return Err(problems.in_order_of(&policy));
    }
    let read = &engine.policy;
    let kept = Kept::of(read, &policy);
    let needed = Needed::by(read, &policy, &kept, locale);
    let rows = rows::rows(&engine, &kept)?;
    let readers = match locale {
        Some(locale) => Readers { locales: vec![locale.to_owned()], others: Vec::new() },
        None => Readers::of(read, &needed),
    };
    let part = part::part(read, &policy, &kept, &needed);
    Ok(Published {
        rows,
        left_out: left_out::told(read, &policy, &kept, &needed),
        shown: shown::paths(read, &policy, &kept, &needed, part.list("elsewhere")),
        policy: part,
        locales: readers.locales,
        readers: readers.others,
    })
}

impl From<Published> for Tree {
    fn from(published: Published) -> Tree {
        let mut readers = Vec::new();
        for (tag, locale) in published.readers {
            readers.push((tag.into(), locale.into()));
        }
        Tree::from([
            ("policy", published.policy),
            ("rows", published.rows.into_iter().collect()),
            ("leftOut", published.left_out.into_iter().collect()),
            ("shown", published.shown.into()),
            ("locales", published.locales.into()),
            ("readers", Tree::Object(readers)),
        ])
    }
}
