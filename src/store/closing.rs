//! The end of a pair, whoever or whatever brings it about: everything that was to come stops.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::db::Tx;
use super::failure::StoreFailure;
use super::outbox::queue;
use super::{agreements, held, meetings, pairs, pauses, peer_questions, reviews, rhythm_proposals, screens};
use crate::domain::held::Outcome;
use crate::domain::identifiers::PersonId;
use crate::domain::pairs::PairOfPeople;
use crate::domain::peers::PeerQuestionState;
use crate::domain::rhythm_proposals::ProposalState;

/// Everything of a pair that was to come stops: meetings that have not begun are left out, the review is over, questions
/// between the two and pauses are, too, and what waits to be said is not worth saying any more. A pair that rule 1 held back is
/// so no more, by who finished. The pair itself is ended by whoever calls this.
///
/// # Errors
/// When the database fails.
pub async fn stop(tx: &mut Tx, of: &PairOfPeople, by: PersonId, now: DateTime<Utc>) -> Result<(), StoreFailure> {
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
    silent.extend(stop_questions(tx, of, now).await?);
    if held::is_held(tx, of.pair.id).await? {
        held::settle(tx, of.pair.id, by, Outcome::Finished, now).await?;
    }
    for subject in silent {
        queue::drop_waiting(tx, subject, now).await?;
        screens::refresh_messages(tx, subject, now).await?;
    }
    Ok(())
}

/// What one of the two asked the other is open no more, and no pause stands. Returns what messages were about.
async fn stop_questions(tx: &mut Tx, of: &PairOfPeople, now: DateTime<Utc>) -> Result<Vec<Uuid>, StoreFailure> {
    let mut silent = Vec::new();
    if let Some(question) = peer_questions::latest(tx, of.pair.id).await? {
        silent.push(question.id.0);
        peer_questions::set_attention(tx, question.id, None).await?;
        if let Ok(lapsed) = question.answered(PeerQuestionState::Lapsed) {
            peer_questions::answer(tx, &lapsed).await?;
        }
    }
    for proposal in rhythm_proposals::unsettled(tx, of.pair.id, DateTime::UNIX_EPOCH).await? {
        silent.push(proposal.id);
        let from = proposal.state;
        // What lapsed stays so; an answer that was not told yet is not told any more.
        if from != ProposalState::Lapsed {
            rhythm_proposals::settle(tx, &proposal.settled(ProposalState::Overtaken, now), from).await?;
        }
    }
    for pause in pauses::standing(tx, of.pair.id).await?.0 {
        silent.push(pause.id);
        pauses::end(tx, &pause, now).await?;
    }
    Ok(silent)
}

/// Ends a pair that goes on, and refreshes what shows it.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when it had ended.
pub async fn end(tx: &mut Tx, of: &PairOfPeople, by: PersonId, now: DateTime<Utc>) -> Result<bool, StoreFailure> {
    let Ok(ended) = of.pair.clone().end() else { return Ok(false) };
    stop(tx, of, by, now).await?;
    pairs::set_state(tx, &ended, of.pair.state, now).await?;
    pairs::set_attention(tx, of.pair.id, None).await?;
    screens::refresh_messages(tx, of.pair.id.0, now).await?;
    screens::refresh_homes(tx, of).await?;
    Ok(true)
}
