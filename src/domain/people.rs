//! People: who somebody is in Slack, whether they may take part, and when they work.
//!
//! Owns: identity and standing. Must not: know how people are found out about.

use chrono_tz::Tz;

use super::contacts::OUTSIDE;
use super::identifiers::{PersonId, words};
use super::pairs::PairKind;
use super::settings::Settings;
use super::working_time::WorkingTime;

/// Who somebody is in Slack: the workspace (or, for an org-wide installation, the workspace of the account) and the user.
/// Never an e-mail address: a Slack user may have none.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SlackIdentity {
    /// Workspace id, for example `T0123`.
    pub team_id: String,
    /// User id, for example `U0123` or `W0123`.
    pub user_id: String,
}

words!(
    /// What kind of account somebody has.
    Standing {
        /// A full member of the workspace.
        Member = "member",
        /// A guest of the workspace, in several channels or in one.
        Guest = "guest",
        /// Somebody of another organisation, met in a shared channel.
        Outsider = "outsider",
        /// Not a human being.
        Bot = "bot",
    }
);

/// A person the app knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The app's own identifier.
    pub id: PersonId,
    /// Who this is in Slack.
    pub slack: SlackIdentity,
    /// The name shown where Slack cannot show a mention, such as notification texts.
    pub name: String,
    /// The IANA time zone Slack reports, when it reports one that exists.
    pub time_zone: Option<Tz>,
    /// The language tag Slack reports, such as `en-GB`: which of 3/12 is the month.
    pub locale: Option<String>,
    /// What kind of account this is.
    pub standing: Standing,
    /// The account was switched off.
    pub deactivated: bool,
    /// What this person has set for themselves.
    pub settings: Settings,
}

impl Person {
    /// Whether this is somebody with an e-mail address and no Slack account.
    pub fn is_contact(&self) -> bool {
        self.slack.team_id == OUTSIDE
    }

    /// The zone in which this person's times are shown and counted: their own, else UTC.
    pub fn zone(&self) -> Tz {
        self.time_zone.unwrap_or(Tz::UTC)
    }

    /// When this person can be spoken to: as they set it, else as the programme has it, in their own zone. Their days off
    /// are beside the programme's.
    pub fn working_time(&self, programme: &WorkingTime) -> WorkingTime {
        self.settings.applied_to(programme, self.zone())
    }

    /// Whether this person can be asked to begin a pair of this kind.
    ///
    /// # Errors
    /// Why not.
    pub fn can_begin(&self, kind: PairKind) -> Result<(), CannotMentor> {
        match self.can_mentor() {
            // That is what this kind of pair is for; and who has joined the organisation since stays who they are.
            Err(CannotMentor::Outsider) if kind == PairKind::External => Ok(()),
            other => other,
        }
    }

    /// Whether this person can be asked to be a mentor inside the organisation.
    ///
    /// # Errors
    /// Why not.
    pub fn can_mentor(&self) -> Result<(), CannotMentor> {
        match self.standing {
            _ if self.deactivated => Err(CannotMentor::Deactivated),
            Standing::Bot => Err(CannotMentor::Bot),
            Standing::Outsider => Err(CannotMentor::Outsider),
            Standing::Guest => Err(CannotMentor::Guest),
            Standing::Member => Ok(()),
        }
    }
}

/// Why somebody cannot be a mentor inside the organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotMentor {
    /// The account is a bot.
    Bot,
    /// The account was switched off.
    Deactivated,
    /// The account belongs to another organisation.
    Outsider,
    /// The account is a guest's.
    Guest,
}
