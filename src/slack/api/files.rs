//! Files, from bytes to a conversation: an address to send them to, the bytes, and the word to share them.
//!
//! Owns: `files.getUploadURLExternal`, the upload, `files.completeUploadExternal`, and how a nonce travels with a file.
//! Must not: know what a file is about.

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::json;
use url::Url;

use super::client::{As, Done};
use super::failure::MADE_NO_SENSE;
use super::{Api, CallFailure};
use crate::slack::method::Method;

/// Where the bytes of one file go. Used once.
#[derive(Clone, Deserialize)]
pub struct UploadAddress {
    upload_url: String,
    /// The file.
    pub file_id: String,
}

/// Where a file is shared, and under what words.
#[derive(Clone, Copy, Debug)]
pub struct Share<'a> {
    /// The conversation.
    pub channel: &'a str,
    /// The message in whose thread it goes; never one that is in a thread itself.
    pub thread_ts: Option<&'a str>,
    /// What the file is called on the screen.
    pub title: &'a str,
    /// A line above it, in Slack's markup.
    pub comment: Option<&'a str>,
}

#[derive(Serialize)]
struct ShareRequest<'a> {
    files: [SharedFile<'a>; 1],
    channel_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    thread_ts: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    initial_comment: Option<&'a str>,
}

#[derive(Serialize)]
struct SharedFile<'a> {
    id: &'a str,
    title: &'a str,
}

/// A file's name with a nonce in it. Sharing takes no metadata, so the name is where the nonce travels; people are shown the
/// title. `extension` is without its point.
pub fn name_with_nonce(stem: &str, nonce: &str, extension: &str) -> String {
    format!("{stem}-{nonce}.{extension}")
}

/// The nonce in a file's name, if [`name_with_nonce`] made it.
pub(super) fn nonce_in_name(name: &str) -> Option<&str> {
    let (stem, _) = name.rsplit_once('.')?;
    let (_, nonce) = stem.rsplit_once('-')?;
    Some(nonce).filter(|nonce| !nonce.is_empty())
}

impl Api {
    /// An address for the bytes of a file with this name and length.
    ///
    /// # Errors
    /// See [`CallFailure`]. Safe to repeat: nobody sees a file that is not shared.
    pub async fn upload_address(&self, name: &str, length: usize) -> Result<UploadAddress, CallFailure> {
        let (method, length) = (Method::FilesGetUploadUrlExternal, length.to_string());
        self.get(method, &vec![("filename", Some(name)), ("length", Some(length.as_str()))]).await
    }

    /// Sends the bytes, as many as were announced.
    ///
    /// # Errors
    /// See [`CallFailure`]. Safe to repeat with another address.
    pub async fn upload(&self, to: &UploadAddress, content_type: &str, bytes: &[u8]) -> Result<(), CallFailure> {
        let method = Method::FileUpload;
        let address =
            Url::parse(&to.upload_url).map_err(|_| CallFailure::not_sent(method, "the address is not one"))?;
        if self.is_encrypted() && address.scheme() != "https" {
            return Err(CallFailure::not_sent(method, "the address is not encrypted"));
        }
        // Slack answers with a bare "OK" and the length.
        match self.post_bytes_to::<IgnoredAny>(method, address, content_type, bytes).await {
            Err(CallFailure::Uncertain { why: MADE_NO_SENSE, .. }) | Ok(_) => Ok(()),
            Err(failure) => Err(failure),
        }
    }

    /// Shares a file whose bytes are there.
    ///
    /// # Errors
    /// See [`CallFailure`]. *Not* safe to repeat after `Uncertain`: [`Api::history`] and [`Api::replies`] tell.
    pub async fn share_file(&self, file_id: &str, share: Share<'_>) -> Result<(), CallFailure> {
        let request = ShareRequest {
            files: [SharedFile { id: file_id, title: share.title }],
            channel_id: share.channel,
            thread_ts: share.thread_ts,
            initial_comment: share.comment,
        };
        let done: Done = self.post(Method::FilesCompleteUploadExternal, As::Bot, &request).await?;
        done.check(Method::FilesCompleteUploadExternal)
    }

    /// Asks for a file that is not there to be shared nowhere: a refusal that tells whether the app may share files.
    ///
    /// # Errors
    /// Always; see [`CallFailure`].
    pub async fn share_nothing(&self) -> Result<(), CallFailure> {
        let request = json!({ "files": [{ "id": "F0" }] });
        let done: Done = self.post(Method::FilesCompleteUploadExternal, As::Bot, &request).await?;
        done.check(Method::FilesCompleteUploadExternal)
    }
}
