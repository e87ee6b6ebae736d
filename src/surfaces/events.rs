//! What Slack tells without anybody having asked the app for something: people join and change.
//!
//! Owns: keeping people current, and what follows from another time zone. Must not: act for anybody, so no permit is needed.

use super::failure::Failure;
use crate::ctx::Ctx;
use crate::directory::slack_people;
use crate::domain::identifiers::PersonId;
use crate::slack::inbound::SlackPerson;
use crate::store::{erasures, inbox, working_times};

/// Keeps what Slack says about somebody.
///
/// # Errors
/// When the database fails; Slack will tell again.
pub async fn person_changed(ctx: &Ctx, dedupe_key: Option<&str>, slack: SlackPerson) -> Result<(), Failure> {
    let mut tx = ctx.db.begin().await?;
    if let Some(key) = dedupe_key
        && !inbox::record(&mut tx, key, ctx.now()).await?
    {
        return Ok(());
    }
    let person = slack_people::person(PersonId(ctx.ids.opaque()), slack, &ctx.installation);
    if erasures::forgotten(&mut tx).await?.iter().any(|(_, account)| *account == person.slack) {
        return Ok(());
    }
    working_times::learn(&mut tx, &person, &ctx.programme(), &ctx.ids, ctx.now()).await?;
    tx.commit().await?;
    ctx.bell.notify_one();
    Ok(())
}
