//! Hands: people who act on what they see. Tests name what they read; the page points at exactly one thing.

mod acting;
mod attaching;
mod choosing;
mod conversing;
mod encoding;
mod error;
mod finding;
mod picking;
mod pointing;
mod reading;
mod shortcuts;
mod submitting;
mod suggesting;
mod typing;

pub(crate) use attaching::transferable;
pub(crate) use pointing::Pointed;

pub use acting::Place;
pub use error::HandsError;
pub use reading::Hands;
pub use submitting::SubmitOutcome;
