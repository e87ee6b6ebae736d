//! Showing: Homes and messages already sent are redrawn when their state has changed. Safe to repeat.
//!
//! Owns: redrawing. Must not: send anything new.

use chrono::TimeDelta;

use super::speaker::{Progress, Speaker};
use super::together;
use crate::domain::contacts::BY_MAIL;
use crate::render;
use crate::slack::api::CallFailure;
use crate::slack::method::Method;
use crate::store::failure::StoreFailure;
use crate::store::outbox::queue;
use crate::store::screens::{self, OnScreen, Screen};
use crate::store::{overview, people};

/// Screens redrawn in one tick.
const A_TICK: i64 = 50;
/// Failures in a row after which a screen is left as it is until its state changes again.
const MOST_FAILURES: i32 = 8;

/// How long a screen that cannot be drawn is left alone.
const AFTER_FAILURE: TimeDelta = TimeDelta::hours(1);

/// Redraws every screen that shows less than it should.
///
/// # Errors
/// When the database fails.
pub async fn tick(speaker: &Speaker) -> Result<Progress, StoreFailure> {
    let ctx = &speaker.ctx;
    let mut reading = ctx.db.read().await?;
    let due = screens::due(&mut reading, ctx.now(), A_TICK).await?;
    drop(reading);
    let mut progress = Progress::default();
    for screen in due {
        let method = match screen.on {
            OnScreen::Home => Method::ViewsPublish,
            OnScreen::Message(_) => Method::ChatUpdate,
        };
        if let Err(at) = speaker.permit(method, None) {
            progress.hold(at);
            continue;
        }
        progress.handled += 1;
        match show(speaker, &screen).await {
            Ok(shown) => {
                speaker.learn_pace(method, &shown);
                keep(speaker, &screen, shown).await?;
            }
            Err(failure) if failure.is_passing() => return Err(failure),
            Err(failure) => {
                // One screen that cannot be drawn must not keep the others from being shown.
                tracing::error!(%failure, "a screen cannot be drawn; it is tried again in an hour");
                let mut tx = ctx.db.begin().await?;
                screens::later(&mut tx, &screen, ctx.now() + AFTER_FAILURE).await?;
                tx.commit().await?;
            }
        }
    }
    Ok(progress)
}

/// Redraws one screen; the result is Slack's mark of a Home.
async fn show(speaker: &Speaker, screen: &Screen) -> Result<Result<Option<String>, CallFailure>, StoreFailure> {
    let ctx = &speaker.ctx;
    let mut reading = ctx.db.read().await?;
    match screen.on {
        OnScreen::Home => {
            let mut overview = overview::get(&mut reading, screen.person).await?;
            overview.coordinates = ctx.coordinators.include(&overview.me);
            let user_id = people::get(&mut reading, screen.person).await?.slack.user_id;
            drop(reading);
            let view = render::home::draw(&overview, &ctx.programme(), ctx.now());
            let shown = speaker.api.publish_home(&user_id, &view, screen.hash.as_deref()).await;
            Ok(shown.map(|shown| shown.hash))
        }
        OnScreen::Message(id) => {
            let Some((channel, ts)) = queue::sent_as(&mut reading, id).await? else { return Ok(Ok(None)) };
            if channel == BY_MAIL {
                // A letter stays as it was sent.
                return Ok(Ok(None));
            }
            let message = queue::get(&mut reading, id).await?;
            let outgoing = together::redrawn(ctx, &mut reading, &message).await?;
            drop(reading);
            Ok(speaker.api.update_message(&channel, &ts, &outgoing).await.map(|()| None))
        }
    }
}

async fn keep(
    speaker: &Speaker,
    screen: &Screen,
    shown: Result<Option<String>, CallFailure>,
) -> Result<(), StoreFailure> {
    let ctx = &speaker.ctx;
    let mut tx = ctx.db.begin().await?;
    match shown {
        Ok(hash) => screens::shown(&mut tx, screen, hash.as_deref()).await?,
        Err(CallFailure::RateLimited { retry_after, .. }) => {
            screens::later(&mut tx, screen, ctx.now() + retry_after).await?;
        }
        Err(CallFailure::Refused { code, .. }) if code == "hash_conflict" => {
            screens::later(&mut tx, screen, ctx.now()).await?;
        }
        Err(failure) if matches!(failure, CallFailure::Refused { .. }) || screen.failures >= MOST_FAILURES => {
            tracing::warn!(%failure, "a screen stays as it is until its state changes again");
            screens::shown(&mut tx, screen, None).await?;
        }
        Err(_) => screens::later(&mut tx, screen, speaker.retry_at(screen.failures + 1)).await?,
    }
    tx.commit().await
}
