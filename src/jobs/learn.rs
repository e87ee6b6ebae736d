//! Learning who is who from Slack: everybody at the start, one person when somebody new turns up.
//!
//! Owns: fetching people. Must not: decide who belongs (see `directory`).

use std::time::Duration;

use super::speaker::Speaker;
use crate::ctx::Ctx;
use crate::directory::slack_people;
use crate::domain::directory::email;
use crate::domain::identifiers::PersonId;
use crate::slack::api::CallFailure;
use crate::slack::inbound::SlackPerson;
use crate::slack::method::Method;
use crate::store::failure::StoreFailure;
use crate::store::{erasures, org_chart, people, working_times};

/// Why people could not be learnt.
#[derive(Debug, thiserror::Error)]
pub enum CannotLearn {
    /// Slack.
    #[error(transparent)]
    Slack(#[from] CallFailure),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreFailure),
}

/// Learns one person.
///
/// # Errors
/// When Slack does not show that person, or the database fails.
pub async fn person(speaker: &Speaker, user_id: &str) -> Result<(), CannotLearn> {
    if let Err(at) = speaker.permit(Method::UsersInfo, None) {
        let retry_after = (at - speaker.ctx.now()).to_std().unwrap_or_default();
        return Err(CallFailure::RateLimited { method: Method::UsersInfo, retry_after }.into());
    }
    let found = speaker.api.person(user_id).await;
    speaker.learn_pace(Method::UsersInfo, &found);
    keep(speaker, vec![found?], Forgotten::AreBack).await
}

/// Learns everybody in the workspace, a page at a time. Returns how many.
///
/// # Errors
/// When Slack or the database fails; pages learnt before stay learnt.
pub async fn everybody(speaker: &Speaker) -> Result<usize, CannotLearn> {
    let mut cursor: Option<String> = None;
    let mut count = 0;
    loop {
        if let Err(at) = speaker.permit(Method::UsersList, None) {
            let wait = (at - speaker.ctx.now()).to_std().unwrap_or_default();
            tokio::time::sleep(wait.max(Duration::from_millis(200))).await;
            continue;
        }
        let page = speaker.api.people_page(cursor.as_deref()).await;
        speaker.learn_pace(Method::UsersList, &page);
        let page = match page {
            Err(CallFailure::RateLimited { .. }) => continue,
            other => other?,
        };
        count += page.people.len();
        keep(speaker, page.people, Forgotten::StaySo).await?;
        match page.next {
            Some(next) => cursor = Some(next),
            None => return Ok(count),
        }
    }
}

/// People kept in one transaction.
const AT_ONCE: usize = 20;
/// Between two of them.
const BETWEEN: Duration = Duration::from_millis(20);

/// What becomes of those who asked to be forgotten.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Forgotten {
    /// They did something themselves, or somebody asked for them.
    AreBack,
    /// Slack told of them among everybody.
    StaySo,
}

async fn keep(speaker: &Speaker, found: Vec<SlackPerson>, forgotten: Forgotten) -> Result<(), CannotLearn> {
    let mut found = found.into_iter().peekable();
    while found.peek().is_some() {
        keep_some(&speaker.ctx, found.by_ref().take(AT_ONCE).collect(), forgotten).await?;
        // Whoever waits for the database has a turn: messages that are due come before people who may never write.
        tokio::time::sleep(BETWEEN).await;
    }
    Ok(())
}

async fn keep_some(ctx: &Ctx, found: Vec<SlackPerson>, forgotten: Forgotten) -> Result<(), CannotLearn> {
    let mut tx = ctx.db.begin().await?;
    let marked = erasures::forgotten(&mut tx).await?;
    for slack in found {
        let title = slack_people::title(&slack);
        let address = slack.email.as_deref().and_then(email);
        let person = slack_people::person(PersonId(ctx.ids.opaque()), slack, &ctx.installation);
        if marked.iter().any(|(_, account)| *account == person.slack) {
            match forgotten {
                Forgotten::AreBack => erasures::welcome(&mut tx, &person.slack).await?,
                Forgotten::StaySo => continue,
            }
        }
        let kept = working_times::learn(&mut tx, &person, &ctx.programme(), &ctx.ids, ctx.now()).await?;
        org_chart::recognise(&mut tx, kept.id, &kept.slack.user_id, address.as_deref()).await?;
        people::set_title(&mut tx, kept.id, title.as_deref()).await?;
    }
    Ok(tx.commit().await?)
}
