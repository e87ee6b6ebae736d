//! Letters to people outside whom somebody named: where one stands, and what follows once it was written.

use chrono::{DateTime, Utc};

use super::db::{Tx, on};
use super::failure::StoreFailure;
use super::introductions;
use super::outbox::queue;
use super::screens;
use super::statements::statements;
use crate::domain::contacts::NotPosted;
use crate::domain::identifiers::NominationId;
use crate::domain::introduction_meeting::OutsideLetter;
use crate::domain::introductions::TooLate;
use crate::domain::reminders::MessageKind;
use crate::domain::reminders_introduction::NominationOfIntroduction;
use crate::ids::Ids;

statements! {
    STATE = "SELECT state, reason FROM outbox WHERE subject_id = $1 AND kind = 'outside_letter'";
}

/// Where the letter to somebody outside stands; `None` when nobody clicked, or it was not owed any more.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, nomination: NominationId) -> Result<Option<OutsideLetter>, StoreFailure> {
    let row: Option<(String, Option<String>)> =
        on!(tx, connection => sqlx::query_as(STATE).bind(nomination.0).fetch_optional(connection))?;
    let Some((state, reason)) = row else { return Ok(None) };
    Ok(match state.as_str() {
        "pending" | "claimed" | "doubt" => Some(OutsideLetter::OnItsWay),
        "sent" => Some(OutsideLetter::Out),
        // Its process died over it too often, and nobody can look into a mailbox.
        "parked" => Some(OutsideLetter::NotOut(NotPosted::Unclear)),
        _ => reason.as_deref().and_then(NotPosted::from_word).map(OutsideLetter::NotOut),
    })
}

/// Whoever named somebody outside has written to them: that is how the ask ends, the asker hears, and nothing more is sent.
///
/// # Errors
/// When the database fails, or somebody has changed the ask at the same moment. Inside: why it is too late.
pub async fn written(
    tx: &mut Tx,
    found: NominationOfIntroduction,
    ids: &Ids,
    now: DateTime<Utc>,
) -> Result<Result<(), TooLate>, StoreFailure> {
    let NominationOfIntroduction { mut of, nomination } = found;
    if let Err(late) = of.introduction.written(nomination.id, now) {
        return Ok(Err(late));
    }
    introductions::save(tx, &mut of, Some(now)).await?;
    queue::drop_waiting(tx, nomination.id.0, now).await?;
    let news = of.news(MessageKind::IntroductionWritten, of.introduction.id.0, now);
    queue::enqueue(tx, &news, ids, now).await?;
    screens::refresh_introduction(tx, &of.introduction, now).await?;
    Ok(Ok(()))
}
