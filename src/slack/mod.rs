//! How Slack talks: envelopes in, Web API calls out, blocks within Slack's limits. Knows nothing of mentoring.

pub mod api;
pub mod blocks;
pub mod inbound;
mod length;
pub mod method;
pub mod pace;
pub mod readable;
pub mod reply;
pub mod socket;
pub mod tls;
