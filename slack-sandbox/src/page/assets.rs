//! The files the page is made of, carried in the binary, and the files people and the app have uploaded.

use std::borrow::Cow;
use std::sync::LazyLock;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rust_embed::RustEmbed;
use sha2::{Digest as _, Sha256};

use crate::world::Shared;

#[derive(RustEmbed)]
#[folder = "src/page/assets"]
struct Assets;

/// What the page may do: its own files and its own feed, nothing from elsewhere, not even the pictures that messages
/// name: whoever serves those would see who looks. The import map is the one script
/// that must stand in the page itself; its hash lets it in and nothing else.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    let index = Assets::get("index.html").map(|file| file.data.into_owned()).unwrap_or_default();
    let import_map = inline_script(&String::from_utf8_lossy(&index)).map(|script| {
        let hash = STANDARD.encode(Sha256::digest(script.as_bytes()));
        format!("'sha256-{hash}'")
    });
    format!(
        "default-src 'self'; connect-src 'self'; img-src 'self' data:; \
         script-src 'self' {}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
        import_map.unwrap_or_default()
    )
});

/// The text of the one script that has no address.
fn inline_script(page: &str) -> Option<&str> {
    let (_, after) = page.split_once("<script type=\"importmap\">")?;
    after.split_once("</script>").map(|(script, _)| script)
}

fn kind(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "json" => "application/json",
        _ => "text/plain; charset=utf-8",
    }
}

fn file(name: &str, headers: &HeaderMap) -> Response {
    match Assets::get(name) {
        Some(file) => answer(name, &tag(&file.metadata.sha256_hash()), file.data, headers),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn tag(hash: &[u8]) -> String {
    format!("\"{}\"", STANDARD.encode(hash))
}

fn answer(name: &str, tag: &str, content: Cow<'static, [u8]>, headers: &HeaderMap) -> Response {
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()) == Some(tag);
    let response = Response::builder()
        .status(if known { StatusCode::NOT_MODIFIED } else { StatusCode::OK })
        .header(header::CONTENT_TYPE, kind(name))
        // Asked again every time, so that a newer program never works with an older page.
        .header(header::CACHE_CONTROL, "no-cache")
        .header(header::ETAG, tag)
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(header::REFERRER_POLICY, "no-referrer")
        .header(header::CONTENT_SECURITY_POLICY, POLICY.as_str());
    let body = if known { Body::empty() } else { Body::from(content) };
    response.body(body).unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// `GET /`: with a word to the browser about every script, so that none is found out about only by reading another.
pub(crate) async fn index(headers: HeaderMap) -> Response {
    static PAGE: LazyLock<String> = LazyLock::new(|| {
        let page = Assets::get("index.html").map(|file| file.data.into_owned()).unwrap_or_default();
        let scripts: String = Assets::iter()
            .filter(|name| name.ends_with(".js"))
            .map(|name| format!("<link rel=\"modulepreload\" href=\"/page/assets/{name}\">\n"))
            .collect();
        // Behind the import map, which must come before any module.
        String::from_utf8_lossy(&page).replacen(
            "<script type=\"module\"",
            &format!("{scripts}<script type=\"module\""),
            1,
        )
    });
    static TAG: LazyLock<String> = LazyLock::new(|| tag(&Sha256::digest(PAGE.as_bytes())));
    answer("index.html", &TAG, PAGE.as_bytes().into(), &headers)
}

/// `GET /favicon.ico`.
pub(crate) async fn icon(headers: HeaderMap) -> Response {
    file("icon.svg", &headers)
}

/// `GET /page/assets/{name}`.
pub(crate) async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    file(&name, &headers)
}

/// `GET /page/files/{id}`: always a download, whatever is in it.
pub(crate) async fn uploaded(State(shared): State<Shared>, Path(id): Path<String>) -> Response {
    let world = shared.lock();
    let found = world.files.iter().find(|file| file.id == id);
    let Some((file, bytes)) = found.and_then(|file| Some((file, file.bytes.clone()?))) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let name: String =
        file.name.chars().filter(|letter| letter.is_ascii_alphanumeric() || "._- ".contains(*letter)).collect();
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    (headers, bytes).into_response()
}
