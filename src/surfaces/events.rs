//! What Slack tells without anybody having asked the app for something: people join and change.
//!
//! Owns: keeping people current, and what follows from another time zone. Must not: act for anybody, so no permit is needed.

use super::failure::Failure;
use crate::ctx::Ctx;
use crate::directory::slack_people;
use crate::domain::directory::email;
use crate::domain::identifiers::PersonId;
use crate::slack::inbound::SlackPerson;
use crate::store::{erasures, inbox, org_chart, people, working_times};

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
    let title = slack_people::title(&slack);
    let address = slack.email.as_deref().and_then(email);
    let person = slack_people::person(PersonId(ctx.ids.opaque()), slack, &ctx.installation);
    if erasures::forgotten(&mut tx).await?.iter().any(|(_, account)| *account == person.slack) {
        return Ok(());
    }
    let kept = working_times::learn(&mut tx, &person, &ctx.programme(), &ctx.ids, ctx.now()).await?;
    org_chart::recognise(&mut tx, kept.id, &kept.slack.user_id, address.as_deref()).await?;
    people::set_title(&mut tx, kept.id, title.as_deref()).await?;
    tx.commit().await?;
    ctx.bell.notify_one();
    Ok(())
}
