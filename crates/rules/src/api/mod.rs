//! What a rule can call: functions, methods and fields, each declared once with its parameters, doc and example.

pub(crate) mod entry;
pub(crate) mod fields;
pub mod host;
pub mod reference;
pub(crate) mod shapes;
pub(crate) mod signature;
pub mod stubs;
