//! Reads everything that comes in: documents are compared with tables of fields.

pub(crate) mod check;
pub(crate) mod shape;
#[cfg(test)]
mod tests;
pub(crate) mod told;
pub(crate) mod value;
