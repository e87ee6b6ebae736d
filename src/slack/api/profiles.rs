//! Fields of people's profiles that a workspace made for itself.
//!
//! Owns: `team.profile.get`, `users.profile.get`. Must not: know what a field is for.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Api, CallFailure};
use crate::slack::method::Method;

/// A field that profiles of this workspace have.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ProfileField {
    /// Its id; begins with `Xf`.
    pub id: String,
    /// What people see it called.
    #[serde(default)]
    pub label: String,
    /// What it holds: `user` is one or several user ids.
    #[serde(default, rename = "type")]
    pub kind: String,
}

#[derive(Deserialize)]
struct TeamAnswer {
    profile: TeamProfile,
}

#[derive(Deserialize)]
struct TeamProfile {
    #[serde(default)]
    fields: Vec<ProfileField>,
}

#[derive(Deserialize)]
struct UserAnswer {
    profile: UserProfile,
}

/// Somebody's fields by id; Slack writes none at all as an empty list or as null.
#[derive(Deserialize)]
struct UserProfile {
    #[serde(default)]
    fields: Option<Fields>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Fields {
    Some(BTreeMap<String, Value>),
    None(#[expect(dead_code, reason = "it is empty")] Vec<()>),
}

#[derive(Deserialize)]
struct Value {
    #[serde(default)]
    value: String,
}

impl Api {
    /// The fields that profiles of this workspace have.
    ///
    /// # Errors
    /// See [`CallFailure`].
    pub async fn profile_fields(&self) -> Result<Vec<ProfileField>, CallFailure> {
        let answer: TeamAnswer = self.get(Method::TeamProfileGet, &Vec::new()).await?;
        Ok(answer.profile.fields)
    }

    /// What somebody has in a field; `None` when it is empty.
    ///
    /// # Errors
    /// See [`CallFailure`]; `Refused` with `user_not_found`.
    pub async fn profile_field(&self, user_id: &str, field: &str) -> Result<Option<String>, CallFailure> {
        let answer: UserAnswer = self.get(Method::UsersProfileGet, &vec![("user", Some(user_id))]).await?;
        let Some(Fields::Some(mut fields)) = answer.profile.fields else { return Ok(None) };
        Ok(fields.remove(field).map(|field| field.value).filter(|value| !value.trim().is_empty()))
    }
}
