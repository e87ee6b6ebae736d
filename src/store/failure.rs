//! What can go wrong with what is kept.

/// A failure of the store. Its text holds no private text: what is private is sealed before it gets here.
#[derive(Debug, thiserror::Error)]
pub enum StoreFailure {
    /// The database is gone, locked, or refused a statement.
    #[error("the database did not do it: {0}")]
    Database(#[from] sqlx::Error),
    /// A row does not hold what this version writes.
    #[error("the database holds something unexpected in {0}")]
    Unexpected(&'static str),
    /// The row is no longer in the state this change starts from: somebody else was quicker.
    #[error("somebody else was quicker: {0}")]
    Overtaken(&'static str),
    /// Sealed text does not open: another key, or moved from where it was sealed.
    #[error("sealed text in {0} does not open with this key")]
    Sealed(&'static str),
}

impl StoreFailure {
    /// Whether trying again in a moment may well succeed: a lock, a lost connection, a full pool.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Database(sqlx::Error::Database(error)) => {
                let code = error.code().unwrap_or_default();
                // SQLite: busy and locked. PostgreSQL: serialisation, deadlock, lock timeout; too many connections, shut
                // down, crashed, starting, closed to connections; and every failure of a connection.
                let passing =
                    ["5", "6", "261", "517", "40001", "40P01", "55P03", "53300", "57P01", "57P02", "57P03", "55000"];
                passing.contains(&code.as_ref()) || (code.len() == 5 && code.starts_with("08"))
            }
            Self::Database(error) => {
                matches!(
                    error,
                    sqlx::Error::Io(_)
                        | sqlx::Error::PoolTimedOut
                        | sqlx::Error::PoolClosed
                        | sqlx::Error::WorkerCrashed
                )
            }
            Self::Overtaken(_) => true,
            Self::Unexpected(_) | Self::Sealed(_) => false,
        }
    }
}

/// Requires that exactly one row was changed.
///
/// # Errors
/// [`StoreFailure::Overtaken`] when none was.
pub(super) fn one_row(changed: u64, what: &'static str) -> Result<(), StoreFailure> {
    if changed == 1 { Ok(()) } else { Err(StoreFailure::Overtaken(what)) }
}
