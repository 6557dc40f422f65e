//! The tests of the model, in one program: they run side by side.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

mod gates;
mod published;
mod retry;
mod rules;
mod vectors;
