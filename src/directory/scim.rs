//! A SCIM 2.0 server's users, page by page, into a snapshot (RFC 7643, 7644).
//!
//! Owns: asking within bounds of time, size and number, and reading what servers answer. Must not: keep anything, or print an
//! address or a token.
//!
//! Either everything is read or nothing is: half a list looks like half the people left.

use std::time::Duration;

use reqwest::header::{ACCEPT, AUTHORIZATION, ETAG, HeaderValue, IF_NONE_MATCH, RETRY_AFTER};
use reqwest::{Client, Response, StatusCode};
use secrecy::ExposeSecret as _;
use serde::Deserialize;
use serde_json::Value;

use super::assemble::{Assembly, MOST};
use super::settings::ScimServer;
use crate::domain::directory::{BadRows, Entry, Snapshot, email, user_id};
use crate::slack::tls;

/// People asked for at once; servers may send fewer.
const A_PAGE: usize = 200;
/// The largest page that is read, in bytes.
const LARGEST_PAGE: usize = 20_000_000;
/// How long one page may take altogether.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often a page is asked for again when the server says that it is busy.
const MOST_TRIES: u32 = 5;
/// The longest wait a server may ask for.
const LONGEST_WAIT: Duration = Duration::from_secs(120);
/// The enterprise extension.
const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/// Why a server's users could not be read.
#[derive(Debug, thiserror::Error)]
pub enum CannotRead {
    /// No client can be made.
    #[error("no connection can be made: {0}")]
    Setup(Box<dyn std::error::Error + Send + Sync>),
    /// Nobody answers, or not in a way that is understood.
    #[error("the server cannot be reached: {0}")]
    Unreachable(String),
    /// The server refuses, or failed.
    #[error("the server answers {0}{1}")]
    Answer(StatusCode, &'static str),
    /// It is busy again and again.
    #[error("the server is busy ({0}) and asks to come back later")]
    Busy(StatusCode),
    /// An answer that is no list of users.
    #[error("the server's answer is no SCIM list of users: is the address the one to which /Users is added?")]
    NotAList,
    /// More than the largest page that is read.
    #[error("the server's answer is larger than 20 MB")]
    TooLarge,
    /// It promised more than it sent.
    #[error("the server sent {read} of {promised} users and then no more")]
    HalfWay {
        /// As many were sent.
        read: usize,
        /// As many there are.
        promised: usize,
    },
    /// More than anybody has.
    #[error("the server says that it has {0} users; two million are the most that are read")]
    TooMany(usize),
}

/// What a server says.
#[derive(Debug)]
pub enum Users {
    /// The same as when it gave the mark we know.
    Same,
    /// This.
    All {
        /// Everybody.
        snapshot: Snapshot,
        /// Resources that were left out or taken otherwise.
        bad: BadRows,
        /// A mark of what it said.
        tag: String,
    },
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    total_results: usize,
    // Servers leave it out when there is none.
    #[serde(default, rename = "Resources")]
    resources: Vec<Value>,
}

/// Reads every user of a server, unless its mark is the one that is known.
///
/// # Errors
/// [`CannotRead`], in words for an installer.
pub async fn read(server: &ScimServer, known_tag: Option<&str>) -> Result<Users, CannotRead> {
    let reader = Reader::new(server)?;
    let mut assembly = Assembly::default();
    let (mut fingerprint, mut only_page_tag) = (Fingerprint::new(), None);
    let (mut start, mut number, mut distinct) = (1, 0, 0);
    loop {
        // A mark of one page says nothing of the others, so it is sent only when one page was all there was.
        let known = known_tag.and_then(|tag| tag.split_once(ONE_PAGE)).map(|(_, etag)| etag).filter(|_| start == 1);
        let Some((page, etag)) = reader.page(start, known).await? else { return Ok(Users::Same) };
        if page.total_results > MOST {
            return Err(CannotRead::TooMany(page.total_results));
        }
        let came = page.resources.len();
        for resource in &page.resources {
            number += 1;
            distinct += usize::from(take(&mut assembly, number, resource, &mut fingerprint));
        }
        if start == 1 && came >= page.total_results {
            only_page_tag = etag;
        }
        start += came;
        if start > page.total_results {
            // Somebody who moved from one page to another while we read is missing in between.
            if distinct < page.total_results {
                return Err(CannotRead::HalfWay { read: distinct, promised: page.total_results });
            }
            break;
        }
        if came == 0 {
            return Err(CannotRead::HalfWay { read: start - 1, promised: page.total_results });
        }
    }
    let content = fingerprint.finish();
    if known_tag.is_some_and(|tag| tag.split(ONE_PAGE).next() == Some(&content)) {
        return Ok(Users::Same);
    }
    let tag = only_page_tag.map_or_else(|| content.clone(), |etag| format!("{content}{ONE_PAGE}{etag}"));
    let (snapshot, bad) = assembly.finish();
    Ok(Users::All { snapshot, bad, tag })
}

/// Asks for the first user alone: whether the server answers, and how many users it says there are.
///
/// # Errors
/// [`CannotRead`], in words for an installer.
pub async fn count(server: &ScimServer) -> Result<usize, CannotRead> {
    let page = Reader::new(server)?.ask(1, 1, None).await?;
    page.map(|(page, _)| page.total_results).ok_or(CannotRead::NotAList)
}

/// Between our mark of what a server said and its own of its only page.
const ONE_PAGE: &str = " page ";

struct Reader<'a> {
    client: Client,
    server: &'a ScimServer,
}

impl<'a> Reader<'a> {
    fn new(server: &'a ScimServer) -> Result<Self, CannotRead> {
        let encrypted = server.url.scheme() == "https";
        let tls = tls::client_config(encrypted).map_err(|error| CannotRead::Setup(error.into()))?;
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            .https_only(encrypted)
            // The token goes where it was meant to go.
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PATIENCE)
            .user_agent(concat!("mentor/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| CannotRead::Setup(error.into()))?;
        Ok(Self { client, server })
    }

    /// A page, with the server's mark of it; `None` when it is as it was. A server that is busy is asked again.
    async fn page(&self, start: usize, known: Option<&str>) -> Result<Option<(Page, Option<String>)>, CannotRead> {
        self.ask(start, A_PAGE, known).await
    }

    async fn ask(
        &self,
        start: usize,
        count: usize,
        known: Option<&str>,
    ) -> Result<Option<(Page, Option<String>)>, CannotRead> {
        let mut tries = 0;
        loop {
            let answer = self.send(start, count, known).await?;
            let status = answer.status();
            match status {
                StatusCode::NOT_MODIFIED => return Ok(None),
                StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
                    let wait = wait_of(&answer, tries).filter(|wait| *wait <= LONGEST_WAIT);
                    tries += 1;
                    let Some(wait) = wait.filter(|_| tries < MOST_TRIES) else { return Err(CannotRead::Busy(status)) };
                    tokio::time::sleep(wait).await;
                }
                status if status.is_success() => {
                    let etag = answer.headers().get(ETAG).and_then(|tag| tag.to_str().ok());
                    let etag = etag.filter(|tag| !tag.is_empty()).map(str::to_owned);
                    let body = body(answer).await?;
                    return Ok(Some((serde_json::from_slice(&body).map_err(|_| CannotRead::NotAList)?, etag)));
                }
                status => return Err(CannotRead::Answer(status, hint(status))),
            }
        }
    }

    async fn send(&self, start: usize, count: usize, known: Option<&str>) -> Result<Response, CannotRead> {
        let mut url = self.server.url.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().push("Users");
        }
        let bearer = format!("Bearer {}", self.server.token.expose_secret());
        let mut bearer = HeaderValue::from_str(&bearer).map_err(|error| CannotRead::Setup(error.into()))?;
        bearer.set_sensitive(true);
        let mut request = self
            .client
            .get(url)
            .query(&[("startIndex", start), ("count", count)])
            .header(ACCEPT, "application/scim+json, application/json")
            .header(AUTHORIZATION, bearer);
        if let Some(known) = known {
            request = request.header(IF_NONE_MATCH, known);
        }
        request.send().await.map_err(unreachable)
    }
}

async fn body(mut answer: Response) -> Result<Vec<u8>, CannotRead> {
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(unreachable)? {
        if bytes.len() + chunk.len() > LARGEST_PAGE {
            return Err(CannotRead::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// How long to wait: as long as the server says, else twice as long each time.
fn wait_of(answer: &Response, tries: u32) -> Option<Duration> {
    let asked = answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
    match asked.map(str::parse) {
        Some(Ok(seconds)) => Some(Duration::from_secs(seconds)),
        // A date; or nothing.
        Some(Err(_)) | None => Some(Duration::from_secs(1 << tries.min(6))),
    }
}

fn hint(status: StatusCode) -> &'static str {
    match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            ": MENTOR_SCIM_TOKEN is not accepted, or may not read users"
        }
        StatusCode::NOT_FOUND => ": MENTOR_SCIM_URL must be the address to which /Users is added",
        status if status.is_redirection() => ": it points elsewhere, where the token will not be sent",
        _ => "",
    }
}

/// What is at the bottom of a failure, without the address.
fn unreachable(error: reqwest::Error) -> CannotRead {
    let error = error.without_url();
    let sources = std::iter::successors(Some(&error as &dyn std::error::Error), |error| error.source());
    CannotRead::Unreachable(sources.last().map(ToString::to_string).unwrap_or_default())
}

/// Takes over one resource. Returns whether it is somebody who was not there before.
fn take(assembly: &mut Assembly, number: u64, resource: &Value, fingerprint: &mut Fingerprint) -> bool {
    let Some(id) = text(resource.get("id")) else {
        assembly.bad.note(number, "a user without an id");
        return true;
    };
    let extension = resource.get(ENTERPRISE).unwrap_or(&Value::Null);
    let (user_name, external) = (text(resource.get("userName")), text(resource.get("externalId")));
    let address = address(resource).or_else(|| user_name.as_deref().and_then(email));
    // Slack's own SCIM server calls people by their user ids; others may keep them as the external id.
    let slack = user_id(&id).or_else(|| external.as_deref().and_then(user_id));
    let entry = Entry {
        key: id.as_str().into(),
        user_id: slack,
        email: address,
        manager: manager(extension).map(Into::into),
        department: text(extension.get("department")).map(|name| name.chars().take(100).collect::<String>().into()),
    };
    fingerprint.add(&entry, resource);
    let before = assembly.len();
    assembly.add(number, entry, [user_name, external].into_iter().flatten().map(Into::into));
    // Two users with one e-mail address are two users to the server, although the second is left out.
    assembly.len() > before || !assembly.has_key(&id)
}

/// The primary e-mail address, else the first that is one.
fn address(resource: &Value) -> Option<Box<str>> {
    let addresses = resource.get("emails")?.as_array()?;
    let is_primary = |address: &&Value| address.get("primary").and_then(Value::as_bool) == Some(true);
    let read = |address: &Value| address.get("value").and_then(Value::as_str).and_then(email);
    addresses.iter().find(is_primary).and_then(read).or_else(|| addresses.iter().find_map(read))
}

/// The standard says an object with a `value`; servers also send the id alone, or a list of one.
fn manager(extension: &Value) -> Option<String> {
    let manager = extension.get("manager")?;
    match manager {
        Value::Array(several) => several.first().and_then(|one| text(one.get("value")).or_else(|| text(Some(one)))),
        Value::Object(_) => text(manager.get("value")),
        other => text(Some(other)),
    }
}

fn text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) if !text.trim().is_empty() && text.len() <= 300 => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A mark of everything that was read, for servers that have none of their own: FNV-1a over what is kept of everybody.
struct Fingerprint(u64);

impl Fingerprint {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn add(&mut self, entry: &Entry, resource: &Value) {
        let version = resource.pointer("/meta/version").and_then(Value::as_str);
        let parts = [
            Some(&*entry.key),
            entry.user_id.as_deref(),
            entry.email.as_deref(),
            entry.manager.as_deref(),
            entry.department.as_deref(),
            version,
        ];
        for part in parts {
            for byte in part.unwrap_or("\u{1}").bytes().chain([0]) {
                self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
    }

    fn finish(&self) -> String {
        format!("all {:016x}", self.0)
    }
}
