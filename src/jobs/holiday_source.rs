//! Where a calendar of holidays is: a file on this machine or an address on the web; and reading it.
//!
//! Owns: fetching, within bounds of size and time. Must not: print an address, since it may be all it takes to read a
//! private calendar; nor know what the text means.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use http_body_util::{BodyExt as _, Empty, Limited};
use hyper::body::Bytes;
use hyper::header::{ACCEPT, LOCATION, USER_AGENT};
use hyper::{Request, Response, StatusCode};
use hyper_rustls::HttpsConnectorBuilder;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use tokio::io::AsyncReadExt as _;
use url::Url;

use crate::slack::tls;

/// The largest calendar that is read.
pub const LARGEST: usize = 2_000_000;
/// How long reading one may take altogether.
const PATIENCE: Duration = Duration::from_secs(15);
/// How often an address may point to another.
const MOST_REDIRECTS: usize = 5;

/// Where a calendar of holidays is.
#[derive(Clone, PartialEq, Eq)]
pub enum HolidaySource {
    /// A file.
    File(PathBuf),
    /// An `http` or `https` address.
    Web(Url),
}

/// Why a calendar cannot be fetched.
#[derive(Debug, thiserror::Error)]
pub enum CannotFetch {
    /// The file.
    #[error("the file cannot be read: {0}")]
    File(#[from] std::io::Error),
    /// Nobody answers, or not in a way that is understood.
    #[error("the address cannot be reached: {}", cause(&**.0))]
    Unreachable(Box<dyn std::error::Error + Send + Sync>),
    /// The answer is not the calendar.
    #[error("the address answers {0}")]
    Answer(StatusCode),
    /// It points elsewhere, again and again or to a place that is not encrypted any more.
    #[error("the address points elsewhere, and that cannot be followed")]
    Elsewhere,
    /// More than [`LARGEST`].
    #[error("it is larger than 2 MB")]
    TooLarge,
    /// It took too long.
    #[error("it took longer than {} s", PATIENCE.as_secs())]
    TooSlow,
}

impl HolidaySource {
    /// An address (`webcal:` is another word for `https:`), or a file whose name ends in `.ics`.
    pub fn parse(text: &str) -> Option<Self> {
        let is_ics = |path: &PathBuf| path.extension().is_some_and(|end| end.eq_ignore_ascii_case("ics"));
        match text.split_once("://") {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("webcal") => {
                Url::parse(&format!("https://{rest}")).ok().map(Self::Web)
            }
            Some(_) => Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https")).map(Self::Web),
            None => Some(PathBuf::from(text)).filter(is_ics).map(Self::File),
        }
    }

    /// What it is called in the database: what may be shown of it, and a number that tells it from others at that host.
    pub fn key(&self) -> String {
        match self {
            Self::File(_) => self.to_string(),
            Self::Web(url) => format!("{self}#{:016x}", fingerprint(url.as_str())),
        }
    }

    /// Reads the calendar's text.
    ///
    /// # Errors
    /// [`CannotFetch`], in words for an installer.
    pub async fn fetch(&self) -> Result<String, CannotFetch> {
        let reading = async {
            let bytes = match self {
                Self::File(path) => read_file(path).await?,
                Self::Web(url) => fetch_from(url.clone()).await?,
            };
            Ok(String::from_utf8_lossy(&bytes).into_owned())
        };
        tokio::time::timeout(PATIENCE, reading).await.map_err(|_| CannotFetch::TooSlow)?
    }
}

/// The file, or the host alone.
impl fmt::Display for HolidaySource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(formatter, "{}", path.display()),
            Self::Web(url) => write!(formatter, "{}://{}/…", url.scheme(), url.host_str().unwrap_or("?")),
        }
    }
}

impl fmt::Debug for HolidaySource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{self}")
    }
}

/// What is at the bottom of a failure: "Connection refused", "invalid peer certificate", not "client error".
fn cause<'a>(error: &'a (dyn std::error::Error + 'static)) -> &'a (dyn std::error::Error + 'static) {
    std::iter::successors(Some(error), |error| error.source()).last().unwrap_or(error)
}

/// FNV-1a: the same on every machine and in every version.
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

async fn read_file(path: &PathBuf) -> Result<Vec<u8>, CannotFetch> {
    let mut bytes = Vec::new();
    let most = u64::try_from(LARGEST + 1).unwrap_or(u64::MAX);
    tokio::fs::File::open(path).await?.take(most).read_to_end(&mut bytes).await?;
    if bytes.len() > LARGEST { Err(CannotFetch::TooLarge) } else { Ok(bytes) }
}

async fn fetch_from(mut url: Url) -> Result<Vec<u8>, CannotFetch> {
    for _ in 0..=MOST_REDIRECTS {
        let answer = ask(&url).await?;
        let status = answer.status();
        if !status.is_redirection() {
            return if status.is_success() { body(answer).await } else { Err(CannotFetch::Answer(status)) };
        }
        let target = answer.headers().get(LOCATION).and_then(|target| target.to_str().ok());
        let target = target.and_then(|target| url.join(target).ok()).ok_or(CannotFetch::Elsewhere)?;
        if target.scheme() != "https" && (url.scheme() == "https" || target.scheme() != "http") {
            return Err(CannotFetch::Elsewhere);
        }
        url = target;
    }
    Err(CannotFetch::Elsewhere)
}

async fn ask(url: &Url) -> Result<Response<hyper::body::Incoming>, CannotFetch> {
    let unreachable = |error: Box<dyn std::error::Error + Send + Sync>| CannotFetch::Unreachable(error);
    let tls = tls::client_config(url.scheme() == "https")?;
    let connector = HttpsConnectorBuilder::new().with_tls_config(tls).https_or_http().enable_http1().build();
    let request = Request::get(url.as_str())
        .header(ACCEPT, "text/calendar")
        .header(USER_AGENT, concat!("mentor/", env!("CARGO_PKG_VERSION")))
        .body(Empty::<Bytes>::new())
        .map_err(|error| unreachable(error.into()))?;
    Client::builder(TokioExecutor::new())
        .pool_max_idle_per_host(0)
        .build(connector)
        .request(request)
        .await
        .map_err(|error| unreachable(error.into()))
}

async fn body(answer: Response<hyper::body::Incoming>) -> Result<Vec<u8>, CannotFetch> {
    match Limited::new(answer.into_body(), LARGEST).collect().await {
        Ok(whole) => Ok(whole.to_bytes().to_vec()),
        Err(error) if error.is::<http_body_util::LengthLimitError>() => Err(CannotFetch::TooLarge),
        Err(error) => Err(CannotFetch::Unreachable(error)),
    }
}
