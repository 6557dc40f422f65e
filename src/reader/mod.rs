//! Reads everything that comes in: documents are compared with tables of fields.

pub(crate) mod check;
#[cfg(any(target_family = "wasm", test))]
pub(crate) mod encoded;
pub(crate) mod row;
pub(crate) mod shape;
#[cfg(test)]
mod tests;
pub(crate) mod told;
pub(crate) mod value;
