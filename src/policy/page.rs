//! `page`: what a page may say where it cannot keep what it has said, and where the shop's server does not answer.

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
        "withoutServer" optional Shape::Choice(SAID), "what a page that has a server may say while the server does not answer, where limits hold in this browser alone: the words are those of `withoutStore`; absent: `relational`";
    },
);

/// The last class that speaks without a store, and that without the server; none: no class does.
pub(super) fn without(policy: &Tree) -> (Option<Class>, Option<Class>) {
    let page = policy.get("page").unwrap_or(&Tree::Null);
    let last = |field, absent| LAST.get(index_of(SAID, page.text(field).unwrap_or(absent))?).copied()?;
    (last("withoutStore", "service"), last("withoutServer", "relational"))
}
