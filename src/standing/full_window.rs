//! What is known of a window that has no room.

use crate::calendar::Instant;

/// A window that has no room for another contact.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FullWindow {
    /// the earliest instant at which fewer contacts than the maximum count
    pub frees_at: Instant,
    /// how many contacts count now
    pub counted: i64,
}

/// What was last counted of a limit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counted {
    pub at: Instant,
    /// how many contacts of the decision were taken: they only become more
    pub taken: usize,
    pub full: Option<FullWindow>,
}
