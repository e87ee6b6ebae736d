//! How two people finished, as kept.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::{StoreFailure, one_row};
use super::pair_keys;
use super::statements::statements;
use super::vault::Place;
use crate::domain::identifiers::{PairId, PersonId};
use crate::domain::private_text::PrivateText;
use crate::domain::reviews::{Finish, Words};

statements! {
    INSERT = "INSERT INTO finishes (id, pair_id, person_id, got_out, thanks, what_next, stay_in_touch, ended_it, finished_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (pair_id, person_id) DO NOTHING";
    OF_PAIR = "SELECT id, pair_id, person_id, got_out, thanks, what_next, stay_in_touch, ended_it, finished_at
        FROM finishes WHERE pair_id = $1 ORDER BY finished_at, id";
}

#[derive(FromRow)]
struct FinishRow {
    id: Uuid,
    pair_id: Uuid,
    person_id: Uuid,
    got_out: Option<Vec<u8>>,
    thanks: Option<Vec<u8>>,
    what_next: Option<Vec<u8>>,
    stay_in_touch: Option<bool>,
    ended_it: bool,
    finished_at: DateTime<Utc>,
}

fn place(column: &'static str, row: Uuid) -> Place {
    Place { table: "finishes", column, row }
}

/// Keeps how somebody finished.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when they had said so before.
pub async fn insert(tx: &mut Tx, id: Uuid, finish: &Finish) -> Result<(), StoreFailure> {
    let key = pair_keys::get(tx, finish.pair).await?;
    let seal = |column, text: Option<&PrivateText>| text.map(|text| key.seal(place(column, id), text)).transpose();
    let got_out = seal("got_out", finish.words.got_out.as_ref())?;
    let thanks = seal("thanks", finish.words.thanks.as_ref())?;
    let what_next = seal("what_next", finish.words.what_next.as_ref())?;
    let changed = changed!(
        tx,
        sqlx::query(INSERT)
            .bind(id)
            .bind(finish.pair.0)
            .bind(finish.person.0)
            .bind(got_out.as_deref())
            .bind(thanks.as_deref())
            .bind(what_next.as_deref())
            .bind(finish.words.stay_in_touch)
            .bind(finish.ended_it)
            .bind(finish.finished_at)
    )?;
    one_row(changed, "how somebody finished")
}

/// How the two finished: first who ended it, then the other, as far as they said so.
///
/// # Errors
/// When the database fails.
pub async fn of_pair(tx: &mut Tx, pair: PairId) -> Result<Vec<Finish>, StoreFailure> {
    let rows: Vec<FinishRow> = on!(tx, connection => sqlx::query_as(OF_PAIR).bind(pair.0).fetch_all(connection))?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let key = pair_keys::get(tx, pair).await?;
    let mut finishes = Vec::with_capacity(rows.len());
    for row in rows {
        let open =
            |column, sealed: Option<&[u8]>| sealed.map(|sealed| key.open(place(column, row.id), sealed)).transpose();
        finishes.push(Finish {
            pair: PairId(row.pair_id),
            person: PersonId(row.person_id),
            words: Words {
                got_out: open("got_out", row.got_out.as_deref())?,
                thanks: open("thanks", row.thanks.as_deref())?,
                what_next: open("what_next", row.what_next.as_deref())?,
                stay_in_touch: row.stay_in_touch,
            },
            ended_it: row.ended_it,
            finished_at: row.finished_at,
        });
    }
    Ok(finishes)
}
