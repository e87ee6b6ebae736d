//! The client every call goes through.
//!
//! Owns: addresses, tokens, encryption, the time limit of a call. Must not: know single methods.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use hyper_rustls::HttpsConnectorBuilder;
use hyper_util::client::legacy::connect::HttpConnector;
use rustls::ClientConfig;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;
use serde::de::DeserializeOwned;
use slack_morphism::hyper_tokio::{SlackClientHyperConnector, SlackHyperClient};
use slack_morphism::{
    ClientResult, SlackApiToken, SlackApiTokenValue, SlackClient, SlackClientApiCallContext,
    SlackClientHttpConnector as _,
};
use tokio_tungstenite::Connector;
use tracing::Span;
use url::Url;

use super::CallFailure;
use crate::slack::method::Method;
use crate::slack::tls;

/// Where Slack is and who we are.
#[derive(Clone, Debug)]
pub struct ApiOptions {
    /// `https://slack.com/api`, or a stand-in's address; without a slash at the end.
    pub api_url: String,
    /// `xoxb-…`: what the app does, it does with this one.
    pub bot_token: SecretString,
    /// `xapp-…`: opens Socket Mode connections.
    pub app_token: SecretString,
    /// For one call as a whole, connecting included.
    pub timeout: Duration,
}

/// Why there can be no client.
#[derive(Debug, thiserror::Error)]
pub enum ApiSetupFailure {
    /// The address is not one.
    #[error("the address of Slack's Web API is not an http or https URL")]
    BadAddress,
    /// The machine's certificates could not be read.
    #[error("no certificates to trust Slack by could be read on this machine: install its CA certificates")]
    NoCertificates(#[source] std::io::Error),
}

/// Slack's Web API. Cheap to clone.
#[derive(Clone)]
pub struct Api(Arc<Inner>);

struct Inner {
    client: SlackHyperClient,
    bot: SlackApiToken,
    app: SlackApiToken,
    timeout: Duration,
    encrypted: bool,
    tls: Arc<ClientConfig>,
}

impl fmt::Debug for Api {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Api")
    }
}

/// Which of the two tokens a call is made with.
#[derive(Clone, Copy)]
pub(super) enum As {
    Bot,
    App,
}

/// An answer that says no more than that it worked.
#[derive(serde::Deserialize)]
pub(super) struct Done {
    ok: bool,
}

impl Api {
    /// Prepares a client; connects to nothing yet.
    ///
    /// # Errors
    /// When the address is none, or it needs encryption and the machine has no certificates.
    pub fn new(options: &ApiOptions) -> Result<Self, ApiSetupFailure> {
        let address = Url::parse(&options.api_url).map_err(|_| ApiSetupFailure::BadAddress)?;
        let encrypted = match address.scheme() {
            "https" => true,
            "http" => false,
            _ => return Err(ApiSetupFailure::BadAddress),
        };
        let tls = tls::client_config(encrypted).map_err(ApiSetupFailure::NoCertificates)?;
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        // Within the whole call's limit, so that a dead address is known not to have been reached.
        tcp.set_connect_timeout(Some(options.timeout / 2));
        let schemes = HttpsConnectorBuilder::new().with_tls_config(tls.clone());
        let schemes = if encrypted { schemes.https_only() } else { schemes.https_or_http() };
        let connector = SlackClientHyperConnector::with_connector(schemes.enable_http1().wrap_connector(tcp))
            .with_slack_api_url(options.api_url.trim_end_matches('/'));
        Ok(Self(Arc::new(Inner {
            client: SlackClient::new(connector),
            bot: token(&options.bot_token),
            app: token(&options.app_token),
            timeout: options.timeout,
            encrypted,
            tls: Arc::new(tls),
        })))
    }

    /// What a Socket Mode connection is encrypted with. Where the Web API is, the connection must be, too.
    pub(in crate::slack) fn web_socket_connector(&self) -> Connector {
        if self.0.encrypted { Connector::Rustls(Arc::clone(&self.0.tls)) } else { Connector::Plain }
    }

    /// Whether the Web API's address is encrypted.
    pub(super) fn is_encrypted(&self) -> bool {
        self.0.encrypted
    }

    pub(super) async fn post<Answer>(
        &self,
        method: Method,
        token: As,
        request: &(impl Serialize + Send + Sync),
    ) -> Result<Answer, CallFailure>
    where
        Answer: DeserializeOwned + Send,
    {
        let span = Span::none();
        let connector = &self.0.client.http_api.connector;
        self.call(method, connector.http_post(method.name(), request, self.context(Some(token), &span))).await
    }

    pub(super) async fn get<Answer>(
        &self,
        method: Method,
        parameters: &Vec<(&'static str, Option<&str>)>,
    ) -> Result<Answer, CallFailure>
    where
        Answer: DeserializeOwned + Send,
    {
        let span = Span::none();
        let connector = &self.0.client.http_api.connector;
        self.call(method, connector.http_get(method.name(), parameters, self.context(Some(As::Bot), &span))).await
    }

    pub(super) async fn post_to<Answer>(
        &self,
        method: Method,
        address: Url,
        request: &(impl Serialize + Send + Sync),
    ) -> Result<Answer, CallFailure>
    where
        Answer: DeserializeOwned + Send,
    {
        let span = Span::none();
        let connector = &self.0.client.http_api.connector;
        self.call(method, connector.http_post_uri(address, request, self.context(None, &span))).await
    }

    pub(super) async fn post_bytes_to<Answer>(
        &self,
        method: Method,
        address: Url,
        content_type: &str,
        bytes: &[u8],
    ) -> Result<Answer, CallFailure>
    where
        Answer: DeserializeOwned + Send,
    {
        let span = Span::none();
        let connector = &self.0.client.http_api.connector;
        let context = self.context(None, &span);
        self.call(method, connector.http_post_uri_binary(address, content_type.to_owned(), bytes, context)).await
    }

    fn context<'a>(&'a self, token: Option<As>, span: &'a Span) -> SlackClientApiCallContext<'a> {
        SlackClientApiCallContext {
            // Pacing is somebody else's: the client's own would hold back a whole workspace.
            rate_control_params: None,
            token: token.map(|token| match token {
                As::Bot => &self.0.bot,
                As::App => &self.0.app,
            }),
            tracing_span: span,
            is_sensitive_url: true,
        }
    }

    async fn call<Answer>(
        &self,
        method: Method,
        exchange: impl Future<Output = ClientResult<Answer>>,
    ) -> Result<Answer, CallFailure> {
        match tokio::time::timeout(self.0.timeout, exchange).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => Err(CallFailure::of_client(method, &error)),
            Err(_elapsed) => Err(CallFailure::uncertain(method, "no answer in time")),
        }
    }
}

impl Done {
    /// An answer without an error code may still not say that it worked.
    pub(super) fn check(&self, method: Method) -> Result<(), CallFailure> {
        if self.ok { Ok(()) } else { Err(CallFailure::uncertain(method, "the answer made no sense")) }
    }
}

fn token(secret: &SecretString) -> SlackApiToken {
    SlackApiToken::new(SlackApiTokenValue(secret.expose_secret().to_owned()))
}
