//! Modals and Home tabs.
//!
//! Owns: `views.*`. Must not: build them.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::client::As;
use super::{Api, CallFailure};
use crate::slack::method::Method;

/// A view as Slack now shows it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ShownView {
    /// The view.
    #[serde(rename = "id")]
    pub view_id: String,
    /// What it looks like: hand it back to change it only if nobody else has.
    #[serde(default)]
    pub hash: Option<String>,
}

#[derive(Serialize)]
struct ViewRequest<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    trigger_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    view_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hash: Option<&'a str>,
    view: &'a Value,
}

#[derive(Deserialize)]
struct Shown {
    view: ShownView,
}

impl Api {
    /// Opens a modal. The trigger lives three seconds and works once.
    ///
    /// # Errors
    /// See [`CallFailure`]; `Refused` with `expired_trigger_id` when it came too late.
    pub async fn open_view(&self, trigger_id: &str, view: &Value) -> Result<ShownView, CallFailure> {
        self.show(Method::ViewsOpen, &ViewRequest { trigger_id: Some(trigger_id), ..ViewRequest::of(view) }).await
    }

    /// Lays a modal on the open one. The trigger lives three seconds and works once.
    ///
    /// # Errors
    /// See [`CallFailure`]; `Refused` with `push_limit_reached` above a stack of three.
    pub async fn push_view(&self, trigger_id: &str, view: &Value) -> Result<ShownView, CallFailure> {
        self.show(Method::ViewsPush, &ViewRequest { trigger_id: Some(trigger_id), ..ViewRequest::of(view) }).await
    }

    /// Redraws an open modal, with a hash only if it still looks like that.
    ///
    /// # Errors
    /// See [`CallFailure`]; `Refused` with `hash_conflict` when it looks different by now. Safe to repeat.
    pub async fn update_view(&self, view_id: &str, view: &Value, hash: Option<&str>) -> Result<ShownView, CallFailure> {
        self.show(Method::ViewsUpdate, &ViewRequest { view_id: Some(view_id), hash, ..ViewRequest::of(view) }).await
    }

    /// Draws somebody's Home tab, with a hash only if it still looks like that.
    ///
    /// # Errors
    /// See [`CallFailure`]; `Refused` with `hash_conflict` when it looks different by now. Safe to repeat.
    pub async fn publish_home(
        &self,
        user_id: &str,
        view: &Value,
        hash: Option<&str>,
    ) -> Result<ShownView, CallFailure> {
        self.show(Method::ViewsPublish, &ViewRequest { user_id: Some(user_id), hash, ..ViewRequest::of(view) }).await
    }

    async fn show(&self, method: Method, request: &ViewRequest<'_>) -> Result<ShownView, CallFailure> {
        let shown: Shown = self.post(method, As::Bot, request).await?;
        Ok(shown.view)
    }
}

impl<'a> ViewRequest<'a> {
    fn of(view: &'a Value) -> Self {
        Self { trigger_id: None, view_id: None, user_id: None, hash: None, view }
    }
}
