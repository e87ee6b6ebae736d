//! A strict Slack workspace on this machine, for tests and demos of any Slack app that speaks the Web API
//! and Socket Mode. See the README for what it is strict about.

mod answer;
mod api;
mod arguments;
mod block_kit;
mod clock;
mod contracts;
mod control;
mod conversations;
mod envelopes;
mod events;
mod faults;
mod files;
mod gate;
mod hands;
mod interactions;
mod limits;
mod messages;
mod options;
mod people;
mod records;
mod render;
mod residents;
mod response_urls;
mod sandbox;
mod seen;
mod server;
mod socket;
mod state;
mod triggers;
mod troubles;
mod views;
mod world;

pub use clock::{WallClock, system_clock};
pub use faults::{Fault, FaultHow, FaultWhen};
pub use hands::{Hands, HandsError, Place, SubmitOutcome};
pub use messages::Message;
pub use options::SandboxOptions;
pub use people::{NewPerson, PersonKind};
pub use records::{Call, EnvelopeRecord, Violation};
pub use sandbox::Sandbox;
pub use seen::{SeenMessage, SeenView};
pub use socket::{DisconnectReason, Which};
pub use troubles::Redelivery;
