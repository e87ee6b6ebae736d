//! The Web API's methods by family.

mod apps;
mod chat;
mod conversations;
mod dispatch;
mod files;
mod history;
mod pages;
mod scheduling;
mod users;
mod views;

pub(crate) use chat::judged;
pub(crate) use dispatch::dispatch;
pub(crate) use views::{push_onto, settle_view};
