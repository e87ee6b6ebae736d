//! Watching over a pair that meets: its agreement, the change of it, its review.
//!
//! Owns: what time alone decides about them. Must not: talk to Slack, or look at meetings.

use chrono::TimeDelta;

use crate::ctx::Ctx;
use crate::domain::agreements::AgreementState;
use crate::domain::pairs::{PairOfPeople, PairState};
use crate::domain::reminders::{MessageKind, Plan};
use crate::domain::reminders_agreement::{about_change, about_draft, about_review};
use crate::domain::reviews::{BROUGHT_FORWARD_DAYS, Review, ReviewOfPair};
use crate::store::db::Tx;
use crate::store::failure::StoreFailure;
use crate::store::{agreements, held, reviews, screens};

/// Between two looks at a pair that pauses.
const WHILE_PAUSED: TimeDelta = TimeDelta::days(1);

/// Adds what is owed about a pair that meets to its plan, and when to look again; other reasons to look stay in it.
///
/// # Errors
/// When the database fails.
pub async fn watch(ctx: &Ctx, tx: &mut Tx, of: &PairOfPeople, plan: &mut Plan) -> Result<(), StoreFailure> {
    let now = ctx.now();
    match of.pair.state {
        PairState::Active => {}
        PairState::Paused => {
            plan.look_at(now + WHILE_PAUSED);
            if held::is_held(tx, of.pair.id).await? {
                return Ok(());
            }
            watch_change(ctx, tx, of, plan).await?;
            // Nothing is asked while a pair pauses; that a time is over is said.
            plan.owed.retain(|owed| owed.kind != MessageKind::ChangeReminder);
            return Ok(());
        }
        _ => return Ok(()),
    }
    reviews::begin_pair(tx, of, &ctx.ids, now).await?;
    if let Some(draft) = agreements::standing(tx, of.pair.id).await? {
        about_draft(plan, of, &draft, &ctx.programme(), now);
    }
    watch_change(ctx, tx, of, plan).await?;
    let Some(review) = reviews::open(tx, of.pair.id).await? else { return Ok(()) };
    let review = asked(ctx, tx, of, review).await?;
    about_review(plan, of, &review, &ctx.programme(), now);
    if review.asked_at.is_none() {
        return Ok(());
    }
    // What the messages say changes with the day.
    screens::refresh_messages(tx, review.id.0, now).await?;
    screens::refresh_homes(tx, of).await?;
    if now >= review.over_at(of.mentee.zone()) {
        reviews::go_on(tx, &ReviewOfPair { review, of: of.clone() }, &ctx.ids, now).await?;
        // The way to the next one has begun: it is looked at at once.
        plan.look_at(now);
    }
    Ok(())
}

/// A change of the agreement is over when its time is, whether the pair pauses or not.
async fn watch_change(ctx: &Ctx, tx: &mut Tx, of: &PairOfPeople, plan: &mut Plan) -> Result<(), StoreFailure> {
    let now = ctx.now();
    let Some(change) = agreements::change(tx, of.pair.id).await? else { return Ok(()) };
    about_change(plan, of, &change, &ctx.programme(), now);
    if change.answer_by.is_some_and(|by| now >= by) {
        agreements::set_state(tx, change.id, AgreementState::Proposed, AgreementState::Lapsed).await?;
        screens::refresh_messages(tx, change.id.0, now).await?;
        screens::refresh_homes(tx, of).await?;
    }
    Ok(())
}

/// The review as it is after this look: both are asked at three quarters of the way, or when they keep missing each other.
async fn asked(ctx: &Ctx, tx: &mut Tx, of: &PairOfPeople, review: Review) -> Result<Review, StoreFailure> {
    let now = ctx.now();
    let zone = of.mentee.zone();
    let mut review = review;
    let before = review.asked_at;
    if let Some(first) = reviews::streak(tx, of.pair.id).await?.brings_forward()
        && !reviews::knows_streak(tx, of.pair.id, first).await?
    {
        if before.is_some() {
            reviews::mark_streak(tx, review.id, first).await?;
        } else {
            let soon = (now + TimeDelta::days(BROUGHT_FORWARD_DAYS)).with_timezone(&zone).date_naive();
            review.review_on = review.review_on.min(soon);
            review.asked_at = Some(now);
        }
        review.streak_from = Some(first);
    }
    if review.asked_at.is_none() && now >= review.ask_at(zone) {
        review.asked_at = Some(now);
    }
    if before.is_none() && review.asked_at.is_some() {
        reviews::ask(tx, &review).await?;
    }
    Ok(review)
}
