//! What the benchmark is made of: a Slack that is fast, the app as a process, load, and figures.

pub(crate) mod app;
pub(crate) mod cast;
pub(crate) mod echo;
pub(crate) mod figures;
pub(crate) mod hub;
pub(crate) mod load;
pub(crate) mod slack;
pub(crate) mod sources;
pub(crate) mod stage;
pub(crate) mod wire;
