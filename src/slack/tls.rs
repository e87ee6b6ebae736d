//! Encryption towards Slack, and towards whatever else is fetched from the web.
//!
//! Owns: which certificates are believed. Must not: connect.

use hyper_rustls::ConfigBuilderExt as _;
use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};

/// The machine's certificates; for an address without encryption none at all, since reading them takes longer than the
/// rest of a start, and an encrypted address then fails to be trusted rather than being trusted blindly.
///
/// # Errors
/// When the machine's certificates cannot be read.
pub fn client_config(encrypted: bool) -> std::io::Result<ClientConfig> {
    let builder = ClientConfig::builder_with_provider(ring::default_provider().into())
        .with_safe_default_protocol_versions()
        .map_err(std::io::Error::other)?;
    let builder =
        if encrypted { builder.with_native_roots()? } else { builder.with_root_certificates(RootCertStore::empty()) };
    Ok(builder.with_no_client_auth())
}
