//! Uploaded files: the upload address, the bytes, the download address. Sharing them is the Web API's.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use serde_json::{Value, json};

use crate::faults::{FaultHow, FaultWhen};
use crate::gate::troubled;
use crate::residents::DOMAIN;
use crate::world::{Shared, World};

/// A file on its way into the workspace.
#[derive(Clone)]
pub(crate) struct StoredFile {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) length: u64,
    pub(crate) bytes: Option<Vec<u8>>,
    pub(crate) completed: bool,
    /// Whoever uploaded it.
    pub(crate) user: String,
    /// Seconds since the epoch.
    pub(crate) created: i64,
}

impl World {
    /// The file object of messages and file inputs.
    pub(crate) fn file_object(&self, file: &StoredFile) -> Value {
        let StoredFile { id, name, title, user, created, .. } = file;
        let kind = name.rsplit_once('.').map_or_else(|| "binary".to_owned(), |(_, kind)| kind.to_lowercase());
        let path: String = form_urlencoded::byte_serialize(name.as_bytes()).collect::<String>().replace('+', "%20");
        let address = format!("{}/files-pri/{}-{id}/download/{path}", self.base_url, self.options.team_id);
        json!({
            "id": id, "created": created, "timestamp": created, "name": name, "title": title,
            "mimetype": media_type(&kind), "filetype": kind, "pretty_type": kind.to_uppercase(), "user": user,
            "user_team": self.options.team_id, "editable": false,
            "size": file.bytes.as_ref().map_or(0, Vec::len), "mode": "hosted", "is_external": false,
            "external_type": "", "is_public": false, "public_url_shared": false, "display_as_bot": false,
            "username": "", "url_private": address, "url_private_download": address,
            "permalink": format!("https://{DOMAIN}.slack.com/files/{user}/{id}/{path}"),
        })
    }
}

fn media_type(kind: &str) -> &'static str {
    match kind {
        "txt" => "text/plain",
        "csv" => "text/csv",
        "ics" => "text/calendar",
        "json" => "application/json",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        _ => "application/octet-stream",
    }
}

/// `GET /files-pri/{team}-{file}/download/{name}`: the bytes for the app's bot token. Like Slack, it answers a
/// page to sign in, not an error, to anybody else.
pub(crate) async fn download(
    State(shared): State<Shared>,
    Path((file, _)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let mut world = shared.lock();
    let sent = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if sent.strip_prefix("Bearer ") != Some(world.bot_token().as_str()) {
        world.violation("not_authed", format!("{file} was downloaded without the bot token"));
        return Html("<!DOCTYPE html><title>Sign in to Sandbox</title>").into_response();
    }
    if !world.has_scope("files:read") {
        // Noted; the downloader sees the same page.
        drop(world.missing_scope("a download", "files:read"));
        return Html("<!DOCTYPE html><title>Sign in to Sandbox</title>").into_response();
    }
    let id = file.rsplit('-').next().unwrap_or_default();
    let found = world.files.iter().find(|file| file.id == id);
    match found.and_then(|file| file.bytes.clone()) {
        Some(bytes) => ([(header::CONTENT_TYPE, "application/octet-stream")], bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// `POST` or `PUT /upload/{id}`: the bytes, raw or as the one file of a multipart form.
pub(crate) async fn upload(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let logged = json!({"file": id, "bytes": body.len()});
    let early = shared.lock().take_fault("upload", FaultWhen::Before);
    if let Some(fault) = early {
        if let FaultHow::Slow(wait) = fault.how {
            tokio::time::sleep(wait).await;
        } else {
            return troubled(&shared, "upload", logged, &fault.how, &Value::Null);
        }
    }
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let content = multipart_content(kind, &body).unwrap_or_else(|| body.to_vec());
    let mut world = shared.lock();
    let Some(file) = world.files.iter_mut().find(|file| file.id == id && !file.completed) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    if file.bytes.is_some() {
        world.violation("upload_twice", format!("{id}: the address was used before"));
        return StatusCode::NOT_FOUND.into_response();
    }
    let size = content.len();
    let fits = u64::try_from(size).is_ok_and(|size| size == file.length);
    let promised = file.length;
    file.bytes = Some(content);
    if !fits {
        world.violation("upload_length", format!("{id}: {size} bytes came, {promised} were announced"));
    }
    world.log("upload", logged, Value::Null, 200);
    format!("OK - {size}").into_response()
}

/// The content of a multipart form's first part.
fn multipart_content(kind: &str, body: &[u8]) -> Option<Vec<u8>> {
    let boundary = kind.strip_prefix("multipart/form-data")?.split_once("boundary=")?.1.trim_matches('"');
    let start = find(body, b"\r\n\r\n")? + 4;
    let rest = body.get(start..)?;
    let end = find(rest, format!("\r\n--{boundary}").as_bytes())?;
    rest.get(..end).map(<[u8]>::to_vec)
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}
