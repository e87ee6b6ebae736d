//! The workspace in a browser: what the page is made of, what it hears, what people do on it.
//! It must not know Slack's rules: those are the rooms' whose doors it opens.

mod assets;
mod beside;
mod deeds;
mod feed;
mod frames;
mod router;

pub(crate) use router::router;
