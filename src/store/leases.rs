//! Leases: which replica plans and delivers.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::db::{Tx, changed};
use super::failure::StoreFailure;
use super::statements::statements;

statements! {
    TAKE = "INSERT INTO leases (name, holder, until_at) VALUES ($1, $2, $3)
        ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until_at = excluded.until_at
        WHERE leases.holder = excluded.holder OR leases.until_at < $4";
    GIVE_BACK = "DELETE FROM leases WHERE name = $1 AND holder = $2";
}

/// Takes or renews a lease; false while another holder's has not run out.
///
/// # Errors
/// When the database fails.
pub async fn take(
    tx: &mut Tx,
    name: &str,
    holder: Uuid,
    now: DateTime<Utc>,
    duration: TimeDelta,
) -> Result<bool, StoreFailure> {
    Ok(changed!(tx, sqlx::query(TAKE).bind(name).bind(holder).bind(now + duration).bind(now))? == 1)
}

/// Gives a lease back, so that another replica need not wait for its end.
///
/// # Errors
/// When the database fails.
pub async fn give_back(tx: &mut Tx, name: &str, holder: Uuid) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(GIVE_BACK).bind(name).bind(holder))?;
    Ok(())
}
