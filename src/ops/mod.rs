//! What operators look at: health and metrics. Counts and states, never content.

pub mod health;
pub mod logging;
pub mod stop_page;
