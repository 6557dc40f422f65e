//! `page`: what a page may say where it cannot keep what it has said.

use crate::base::tree::Tree;
use crate::language::words::{Class, index_of};
use crate::reader::shape::{Shape, fields};

/// What a page may say: nothing, or the classes up to one.
const SAID: &[&str] = &["nothing", "service", "relational", "all"];
const LAST: [Option<Class>; 4] = [None, Some(Class::Service), Some(Class::Relational), Some(Class::Promotional)];

pub(crate) const PAGE: Shape = Shape::Object(
    "Page",
    fields! {
        "withoutStore" optional Shape::Choice(SAID), "what a page may say in a browser that keeps nothing, where no limit can be held: `service`: contacts of class transactional and service; `relational`: those of class relational too; absent: `service`";
    },
);

/// The last class that speaks without a store; none: no class does.
pub(super) fn without_store(policy: &Tree) -> Option<Class> {
    let word = policy.get("page").and_then(|page| page.text("withoutStore")).unwrap_or("service");
    LAST.get(index_of(SAID, word)?).copied()?
}
