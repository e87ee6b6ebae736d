//! Who acted. Slack says it in four places, and in an org-wide installation `team` is null.
//!
//! Owns: the order in which those places are believed. Must not: decide what anybody may do.

use serde::Deserialize;

/// The person who acted. Both ids are routing data, not authority.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sender {
    /// The acting person's own workspace, which differs from ours for people from outside (Slack Connect). Empty if
    /// Slack names none.
    pub team_id: String,
    /// The person; begins with U, or with W in an organisation.
    pub user_id: String,
}

/// `user` of an interaction.
#[derive(Deserialize)]
pub(super) struct RawUser {
    pub(super) id: String,
    #[serde(default)]
    pub(super) team_id: Option<String>,
}

/// `team` of an interaction.
#[derive(Deserialize)]
pub(super) struct RawTeam {
    #[serde(default)]
    pub(super) id: Option<String>,
    #[serde(default)]
    pub(super) domain: Option<String>,
}

impl Sender {
    /// The person's own team comes first: it is the one that tells strangers apart. The team an app is installed in
    /// comes last, since it says nothing about the person.
    pub(super) fn of_interaction(user: RawUser, team: Option<RawTeam>, installed: Option<String>) -> Self {
        let team_id = user.team_id.or(team.and_then(|team| team.id)).or(installed).unwrap_or_default();
        Self { team_id, user_id: user.id }
    }
}
