//! Calls to Slack's Web API, one attempt each, with a failure that says whether Slack may have acted.
//!
//! Owns: requests, answers and their classification. Must not: retry, wait or pace; print a body or an address.

mod account;
mod client;
mod failure;
mod files;
mod history;
mod messages;
mod people;
mod profiles;
mod views;

pub use account::Identity;
pub use client::{Api, ApiOptions, ApiSetupFailure};
pub use failure::CallFailure;
pub use files::{Share, UploadAddress, name_with_nonce};
pub use history::{HistoryMessage, HistoryPage};
pub use messages::{DELIVERY_EVENT_TYPE, Outgoing, Posted};
pub use people::PeoplePage;
pub use profiles::ProfileField;
pub use views::ShownView;
