//! The end of a pair, whoever or whatever brings it about: everything that was to come stops.

use chrono::{DateTime, Utc};

use super::db::Tx;
use super::failure::StoreFailure;
use super::outbox::queue;
use super::{agreements, meetings, pairs, reviews, screens};
use crate::domain::pairs::PairOfPeople;

/// Everything of a pair that was to come stops: meetings that have not begun are left out, the review is over, and what waits
/// to be said is not worth saying any more. The pair itself is ended by whoever calls this.
///
/// # Errors
/// When the database fails.
pub async fn stop(tx: &mut Tx, of: &PairOfPeople, now: DateTime<Utc>) -> Result<(), StoreFailure> {
    let mut silent = vec![of.pair.id.0];
    for meeting in meetings::without_outcome(tx, of.pair.id).await? {
        silent.push(meeting.id.0);
        match meeting.clone().left_out(now) {
            Ok(left_out) => meetings::report(tx, &left_out, now).await?,
            // It has begun, and nobody will be asked how it went.
            Err(_) => meetings::set_attention(tx, meeting.id, None).await?,
        }
    }
    if let Some(review) = reviews::open(tx, of.pair.id).await? {
        reviews::close(tx, review.id, now).await?;
    }
    silent.extend(reviews::of_pair(tx, of.pair.id).await?.into_iter().map(|id| id.0));
    silent.extend(agreements::versions(tx, of.pair.id).await?.into_iter().map(|id| id.0));
    for subject in silent {
        queue::drop_waiting(tx, subject, now).await?;
        screens::refresh_messages(tx, subject, now).await?;
    }
    Ok(())
}

/// Ends a pair that goes on, and refreshes what shows it.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when it had ended.
pub async fn end(tx: &mut Tx, of: &PairOfPeople, now: DateTime<Utc>) -> Result<bool, StoreFailure> {
    let Ok(ended) = of.pair.clone().end() else { return Ok(false) };
    stop(tx, of, now).await?;
    pairs::set_state(tx, &ended, of.pair.state, now).await?;
    pairs::set_attention(tx, of.pair.id, None).await?;
    screens::refresh_messages(tx, of.pair.id.0, now).await?;
    screens::refresh_home(tx, of.mentee.id).await?;
    screens::refresh_home(tx, of.mentor.id).await?;
    Ok(true)
}
