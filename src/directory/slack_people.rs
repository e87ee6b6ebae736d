//! People as Slack describes them, into people as the rules know them.
//!
//! Owns: who counts as a member, a guest, an outsider, a bot. Must not: fetch or keep anybody.

use crate::ctx::Installation;
use crate::domain::identifiers::PersonId;
use crate::domain::people::{Person, SlackIdentity, Standing};
use crate::domain::private_text::cleaned;
use crate::domain::settings::Settings;
use crate::slack::inbound::{PersonKind, SlackPerson};

/// The person behind a Slack account, who has set nothing; `id` is used when the account is new to us.
pub fn person(id: PersonId, slack: SlackPerson, installation: &Installation) -> Person {
    let standing = standing(&slack, installation);
    let team_id = if slack.team_id.is_empty() { installation.team_id.clone() } else { slack.team_id };
    let name = cleaned(&slack.name).chars().take(80).collect::<String>();
    Person {
        id,
        name: if name.trim().is_empty() { slack.user_id.clone() } else { name },
        slack: SlackIdentity { team_id, user_id: slack.user_id },
        time_zone: slack.time_zone.and_then(|zone| zone.parse().ok()),
        locale: slack.locale,
        standing,
        deactivated: slack.deactivated,
        settings: Settings::default(),
    }
}

/// The title as it is kept: one line, shortened.
pub fn title(slack: &SlackPerson) -> Option<String> {
    let line = cleaned(slack.title.as_deref()?).split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then(|| line.chars().take(80).collect())
}

fn standing(slack: &SlackPerson, installation: &Installation) -> Standing {
    // That Slack does not call somebody a stranger proves nothing; another workspace does, unless the app is installed for
    // an organisation of several.
    let elsewhere = !installation.org_wide && !slack.team_id.is_empty() && slack.team_id != installation.team_id;
    match slack.kind {
        PersonKind::Bot => Standing::Bot,
        _ if slack.is_stranger || elsewhere => Standing::Outsider,
        PersonKind::Guest | PersonKind::SingleChannelGuest => Standing::Guest,
        PersonKind::Member => Standing::Member,
    }
}
