//! One statement for many identifiers or texts, with the same words on both databases: fifty places of an `IN`, those that are
//! left over filled with the last of them once more.

/// Places of a statement.
const SLOTS: usize = 50;

/// `$1, …, $50`; other parameters begin at `$51`.
macro_rules! slots {
    () => {
        "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, \
         $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50"
    };
}
pub(super) use slots;

/// What is looked for in groups of fifty, the last one filled up.
pub(super) fn filled<T: Copy>(items: impl Iterator<Item = T>) -> Vec<[T; SLOTS]> {
    let items: Vec<T> = items.collect();
    items.chunks(SLOTS).map(fill).collect()
}

/// At least one item, and the last one again for the places that are left over.
pub(super) fn fill<T: Copy, const PLACES: usize>(some: &[T]) -> [T; PLACES] {
    std::array::from_fn(|place| some[place.min(some.len() - 1)])
}

/// The rows of a statement with places for identifiers, and what is bound behind them.
macro_rules! rows {
    ($tx:expr, $sql:expr, $ids:expr $(, $more:expr)*) => {
        on!($tx, connection => $ids
            .iter()
            .fold(sqlx::query_as($sql), |query, id| query.bind(*id))
            $(.bind($more))*
            .fetch_all(connection))
    };
}
pub(super) use rows;
