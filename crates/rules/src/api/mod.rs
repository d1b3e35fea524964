//! What a rule can call: functions, methods and fields, each declared once with its parameters, doc and example.

pub(crate) mod entry;
pub(crate) mod fields;
pub(crate) mod shapes;
pub(crate) mod signature;
pub(crate) mod usage;
