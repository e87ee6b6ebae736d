//! Uploaded files: the upload address and the bytes. Sharing them is the Web API's.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::faults::{FaultHow, FaultWhen};
use crate::gate::troubled;
use crate::residents::{BOT_USER, DOMAIN};
use crate::world::Shared;

/// A file on its way into the workspace.
pub(crate) struct StoredFile {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) length: u64,
    pub(crate) bytes: Option<Vec<u8>>,
    pub(crate) completed: bool,
}

impl StoredFile {
    /// The file object of messages.
    pub(crate) fn object(&self) -> Value {
        let kind = self.name.rsplit_once('.').map_or("binary", |(_, kind)| kind);
        json!({
            "id": self.id, "name": self.name, "title": self.title, "filetype": kind, "mode": "hosted",
            "size": self.bytes.as_ref().map_or(0, Vec::len), "user": BOT_USER, "is_external": false,
            "permalink": format!("https://{DOMAIN}.slack.com/files/{BOT_USER}/{}/{}", self.id, self.name),
        })
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
