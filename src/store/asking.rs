//! What somebody's Home shows about finding a mentor, put together from the tables.

use super::db::Tx;
use super::failure::StoreFailure;
use super::{inquiries, profiles, suggestions};
use crate::domain::asking::Asking;
use crate::domain::identifiers::PersonId;

/// Reads it.
///
/// # Errors
/// When the database fails.
pub async fn get(tx: &mut Tx, person: PersonId) -> Result<Asking, StoreFailure> {
    Ok(Asking {
        profile: profiles::find(tx, person).await?,
        inquiries: inquiries::with_mentee(tx, person).await?,
        requested: suggestions::latest_request(tx, person).await?,
        to_suggest: suggestions::with_manager(tx, person).await?,
    })
}
