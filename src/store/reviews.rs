//! Reviews as kept, with what was answered, and the missed meetings that bring one forward.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::{StoreFailure, one_row};
use super::outbox::queue;
use super::statements::statements;
use super::{agreements, pairs, screens};
use crate::domain::agreements::Agreement;
use crate::domain::identifiers::{AgreementId, PairId, PersonId, ReviewId};
use crate::domain::pairs::PairOfPeople;
use crate::domain::reviews::{
    BROUGHT_FORWARD_DAYS, CarryOn, Review, ReviewOfPair, Streak, USUAL_MONTHS, begins_at, months_after, three_quarters,
};
use crate::ids::Ids;

statements! {
    INSERT = "INSERT INTO reviews (id, pair_id, counts_from, review_on) VALUES ($1, $2, $3, $4)";
    BY_ID = "SELECT id, pair_id, counts_from, review_on, asked_at, streak_from, closed_at FROM reviews WHERE id = $1";
    OPEN = "SELECT id, pair_id, counts_from, review_on, asked_at, streak_from, closed_at FROM reviews
        WHERE pair_id = $1 AND closed_at IS NULL";
    ANSWERS = "SELECT person_id, next_review_on FROM review_answers WHERE review_id = $1 ORDER BY answered_at, person_id";
    SET_DATE = "UPDATE reviews SET review_on = $2 WHERE pair_id = $1 AND closed_at IS NULL AND asked_at IS NULL";
    ASK = "UPDATE reviews SET asked_at = $2, review_on = $3, streak_from = $4 WHERE id = $1 AND asked_at IS NULL AND closed_at IS NULL";
    MARK_STREAK = "UPDATE reviews SET streak_from = $2 WHERE id = $1 AND closed_at IS NULL";
    ANSWER = "INSERT INTO review_answers (review_id, person_id, next_review_on, answered_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (review_id, person_id) DO UPDATE SET next_review_on = excluded.next_review_on, answered_at = excluded.answered_at";
    CLOSE = "UPDATE reviews SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL";
    OF_PAIR = "SELECT id FROM reviews WHERE pair_id = $1";
    STREAK = "SELECT COUNT(*), MIN(m.starts_at) FROM meetings m WHERE m.pair_id = $1 AND m.state = 'missed'
        AND NOT EXISTS (SELECT 1 FROM meetings h WHERE h.pair_id = m.pair_id AND h.state = 'held' AND h.starts_at > m.starts_at)";
    STREAK_SEEN = "SELECT COUNT(*) FROM reviews WHERE pair_id = $1 AND streak_from = $2";
    // Whatever way a pair began: it gets an agreement and a review date.
    WITHOUT = "SELECT p.id FROM pairs p WHERE p.state = 'active' AND p.attention_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM reviews r WHERE r.pair_id = p.id AND r.closed_at IS NULL) ORDER BY p.id LIMIT $1";
    BEGAN_AT = "SELECT answered_at FROM pairs WHERE id = $1";
}

#[derive(FromRow)]
struct ReviewRow {
    id: Uuid,
    pair_id: Uuid,
    counts_from: DateTime<Utc>,
    review_on: NaiveDate,
    asked_at: Option<DateTime<Utc>>,
    streak_from: Option<DateTime<Utc>>,
    closed_at: Option<DateTime<Utc>>,
}

async fn with_answers(tx: &mut Tx, row: Option<ReviewRow>) -> Result<Option<Review>, StoreFailure> {
    let Some(row) = row else { return Ok(None) };
    let answers: Vec<(Uuid, NaiveDate)> =
        on!(tx, connection => sqlx::query_as(ANSWERS).bind(row.id).fetch_all(connection))?;
    let answers = answers
        .into_iter()
        .map(|(person, next_review_on)| CarryOn { person: PersonId(person), next_review_on })
        .collect();
    Ok(Some(Review {
        id: ReviewId(row.id),
        pair: PairId(row.pair_id),
        counts_from: row.counts_from,
        review_on: row.review_on,
        asked_at: row.asked_at,
        streak_from: row.streak_from,
        closed_at: row.closed_at,
        answers,
    }))
}

/// A pair begins: it has a draft of an agreement and a review date. Does nothing for a pair that has them. One that began
/// long before has its whole way before it.
///
/// # Errors
/// When the database fails.
pub async fn begin_pair(tx: &mut Tx, of: &PairOfPeople, ids: &Ids, now: DateTime<Utc>) -> Result<(), StoreFailure> {
    let zone = of.mentee.zone();
    let began: Option<DateTime<Utc>> =
        on!(tx, connection => sqlx::query_scalar(BEGAN_AT).bind(of.pair.id.0).fetch_one(connection))?;
    let usual = |from: DateTime<Utc>| months_after(from.with_timezone(&zone).date_naive(), USUAL_MONTHS);
    let began = began.filter(|at| three_quarters(*at, begins_at(usual(*at), zone)) > now).unwrap_or(now);
    let standing = agreements::standing(tx, of.pair.id).await?;
    let review_on = standing.as_ref().map_or_else(|| usual(began), |version| version.says.review_on);
    if standing.is_none() {
        agreements::insert(tx, &Agreement::begin(AgreementId(ids.opaque()), of.pair.id, usual(began), now)).await?;
    }
    if open(tx, of.pair.id).await?.is_none() {
        insert(tx, &Review::begin(ReviewId(ids.opaque()), of.pair.id, began, review_on)).await?;
    }
    Ok(())
}

/// A review is over and the pair goes on: the way to the next one begins.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when it was over before.
pub async fn go_on(tx: &mut Tx, found: &ReviewOfPair, ids: &Ids, now: DateTime<Utc>) -> Result<(), StoreFailure> {
    close(tx, found.review.id, now).await?;
    let today = now.with_timezone(&found.of.mentee.zone()).date_naive();
    let next = Review::begin(ReviewId(ids.opaque()), found.of.pair.id, now, found.review.next_on(today));
    insert(tx, &next).await?;
    screens::refresh_messages(tx, found.review.id.0, now).await?;
    screens::refresh_homes(tx, &found.of).await?;
    pairs::set_attention(tx, found.of.pair.id, Some(now)).await
}

/// A pair goes on that was asked how to go on, and could not answer meanwhile: whoever has not answered is asked anew, as
/// if the day were at least a week away. Does nothing when nobody was asked, or both have answered.
///
/// # Errors
/// When the database fails.
pub async fn ask_anew(tx: &mut Tx, of: &PairOfPeople, ids: &Ids, now: DateTime<Utc>) -> Result<(), StoreFailure> {
    let Some(review) = open(tx, of.pair.id).await? else { return Ok(()) };
    if ![of.mentee.id, of.mentor.id].into_iter().any(|person| review.awaits(person)) {
        return Ok(());
    }
    close(tx, review.id, now).await?;
    queue::drop_waiting(tx, review.id.0, now).await?;
    screens::refresh_messages(tx, review.id.0, now).await?;
    let soon = (now + TimeDelta::days(BROUGHT_FORWARD_DAYS)).with_timezone(&of.mentee.zone()).date_naive();
    let anew = Review {
        id: ReviewId(ids.opaque()),
        review_on: review.review_on.max(soon),
        asked_at: Some(now),
        ..review.clone()
    };
    insert(tx, &anew).await?;
    ask(tx, &anew).await?;
    for given in &review.answers {
        answer(tx, anew.id, *given, now).await?;
    }
    Ok(())
}

/// Keeps a review that is to come.
///
/// # Errors
/// When the database fails, or one is to come already.
pub async fn insert(tx: &mut Tx, review: &Review) -> Result<(), StoreFailure> {
    changed!(
        tx,
        sqlx::query(INSERT).bind(review.id.0).bind(review.pair.0).bind(review.counts_from).bind(review.review_on)
    )?;
    Ok(())
}

/// Finds a review with its pair and its people.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx, id: ReviewId) -> Result<Option<ReviewOfPair>, StoreFailure> {
    let row: Option<ReviewRow> = on!(tx, connection => sqlx::query_as(BY_ID).bind(id.0).fetch_optional(connection))?;
    let Some(review) = with_answers(tx, row).await? else { return Ok(None) };
    let of = pairs::find(tx, review.pair).await?.ok_or(StoreFailure::Unexpected("reviews.pair_id"))?;
    Ok(Some(ReviewOfPair { review, of }))
}

/// The review that is to come or under way.
///
/// # Errors
/// When the database fails.
pub async fn open(tx: &mut Tx, pair: PairId) -> Result<Option<Review>, StoreFailure> {
    let row: Option<ReviewRow> = on!(tx, connection => sqlx::query_as(OPEN).bind(pair.0).fetch_optional(connection))?;
    with_answers(tx, row).await
}

/// Another review date, while nobody has been asked.
///
/// # Errors
/// When the database fails.
pub async fn set_date(tx: &mut Tx, pair: PairId, review_on: NaiveDate) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(SET_DATE).bind(pair.0).bind(review_on))?;
    Ok(())
}

/// Both are asked from now on.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when they were before.
pub async fn ask(tx: &mut Tx, review: &Review) -> Result<(), StoreFailure> {
    let changed = changed!(
        tx,
        sqlx::query(ASK).bind(review.id.0).bind(review.asked_at).bind(review.review_on).bind(review.streak_from)
    )?;
    one_row(changed, "the review")
}

/// Remembers missed meetings in a row that came while the two were looking back anyway.
///
/// # Errors
/// When the database fails.
pub async fn mark_streak(tx: &mut Tx, id: ReviewId, first: DateTime<Utc>) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(MARK_STREAK).bind(id.0).bind(first))?;
    Ok(())
}

/// Somebody carries on; the last word counts.
///
/// # Errors
/// When the database fails.
pub async fn answer(tx: &mut Tx, id: ReviewId, answer: CarryOn, now: DateTime<Utc>) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(ANSWER).bind(id.0).bind(answer.person.0).bind(answer.next_review_on).bind(now))?;
    Ok(())
}

/// A review is over.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when it was before.
pub async fn close(tx: &mut Tx, id: ReviewId, now: DateTime<Utc>) -> Result<(), StoreFailure> {
    let changed = changed!(tx, sqlx::query(CLOSE).bind(id.0).bind(now))?;
    one_row(changed, "the review")
}

/// Every review of a pair.
///
/// # Errors
/// When the database fails.
pub async fn of_pair(tx: &mut Tx, pair: PairId) -> Result<Vec<ReviewId>, StoreFailure> {
    let ids: Vec<Uuid> = on!(tx, connection => sqlx::query_scalar(OF_PAIR).bind(pair.0).fetch_all(connection))?;
    Ok(ids.into_iter().map(ReviewId).collect())
}

/// A pair's missed meetings since the last one that was held.
///
/// # Errors
/// When the database fails.
pub async fn streak(tx: &mut Tx, pair: PairId) -> Result<Streak, StoreFailure> {
    let (misses, first): (i64, Option<DateTime<Utc>>) =
        on!(tx, connection => sqlx::query_as(STREAK).bind(pair.0).fetch_one(connection))?;
    Ok(Streak { misses, first })
}

/// Whether these missed meetings have brought a review forward before.
///
/// # Errors
/// When the database fails.
pub async fn knows_streak(tx: &mut Tx, pair: PairId, first: DateTime<Utc>) -> Result<bool, StoreFailure> {
    let count: i64 =
        on!(tx, connection => sqlx::query_scalar(STREAK_SEEN).bind(pair.0).bind(first).fetch_one(connection))?;
    Ok(count > 0)
}

/// Pairs that meet and have no review to come; those the planner looks at anyway are not among them.
///
/// # Errors
/// When the database fails.
pub async fn pairs_without(tx: &mut Tx, limit: i64) -> Result<Vec<PairId>, StoreFailure> {
    let ids: Vec<Uuid> = on!(tx, connection => sqlx::query_scalar(WITHOUT).bind(limit).fetch_all(connection))?;
    Ok(ids.into_iter().map(PairId).collect())
}
