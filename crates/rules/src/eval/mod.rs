//! The data and values that rules see, the figures derived from declarations, and arithmetic on figures.

mod aggregate;
pub(crate) mod compute;
pub(crate) mod context;
pub(crate) mod contradictions;
pub(crate) mod data;
mod declared;
pub(crate) mod declared_unit;
pub(crate) mod derive;
pub(crate) mod held_value;
pub(crate) mod judgement;
pub(crate) mod lens;
pub(crate) mod lua_type;
pub(crate) mod mean;
pub(crate) mod named_series;
pub(crate) mod parts;
pub(crate) mod precedence;
pub(crate) mod record_totals;
pub(crate) mod rows;
pub(crate) mod series;
mod tolerance;
pub(crate) mod totals;
pub(crate) mod value;
