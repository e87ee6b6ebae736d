//! Test hands: people who act on what they see, never by ids.

mod acting;
mod choosing;
mod error;
mod finding;
mod reading;
mod submitting;
mod typing;

pub use acting::Place;
pub use error::HandsError;
pub use reading::Hands;
pub use submitting::SubmitOutcome;
