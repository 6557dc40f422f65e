//! What people should do. Reads the standing only.

use crate::look::Scene;
use crate::sorting::sort_by;
use crate::standing::Standing;
use crate::tree::Tree;

/// The tasks at the instant of a standing: `reply` to each conversation that nobody answered or solved, soonest due first;
/// those whose date is unknown first of all.
pub(crate) fn tasks(scene: &Scene, standing: &Standing) -> Vec<Tree> {
    let mut due = Vec::new();
    if let Some(within) = scene.policy.care.as_ref().and_then(|care| care.reply_within) {
        for conversation in &scene.customer.conversations {
            if conversation.waits(standing.at) {
                due.push((conversation.at.map(|at| at + within), &conversation.id));
            }
        }
    }
    sort_by(&mut due, Ord::cmp);
    let mut tasks = Vec::new();
    for (due_at, conversation) in due {
        tasks.push(Tree::from([
            ("kind", "reply".into()),
            ("conversation", conversation.clone().into()),
            ("dueAt", due_at.into()),
        ]));
    }
    tasks
}
