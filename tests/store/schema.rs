//! One migration text makes one schema: what SQLite and PostgreSQL say they have is the same.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use crate::support::{Place, Raw, Store, both};

/// Types of SQLite's own words and of PostgreSQL's, in one word each.
const TYPES: [(&str, &str, &str); 8] = [
    ("TEXT", "text", "text"),
    ("BYTEA", "bytea", "bytes"),
    ("UUID", "uuid", "identifier"),
    ("TIMESTAMPTZ", "timestamptz", "moment"),
    ("DATE", "date", "day"),
    ("BOOLEAN", "bool", "yes or no"),
    ("INTEGER", "int4", "number"),
    ("BIGINT", "int8", "large number"),
];

/// Columns, in their order: table, name, type, null or not, place in the primary key, default.
const SQLITE_COLUMNS: &str = "SELECT t.name, c.name, c.type,
    CASE WHEN c.\"notnull\" OR c.pk > 0 THEN 'not null' ELSE 'null' END,
    CAST(c.pk AS TEXT), c.dflt_value
    FROM sqlite_schema t, pragma_table_info(t.name) c
    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE '_sqlx%' ORDER BY t.name, c.cid";
const POSTGRES_COLUMNS: &str = "SELECT c.table_name::text, c.column_name::text, c.udt_name::text,
    CASE c.is_nullable WHEN 'NO' THEN 'not null' ELSE 'null' END,
    COALESCE((SELECT array_position(i.indkey, a.attnum)::int + 1 FROM pg_index i, pg_attribute a
        WHERE i.indrelid = c.table_name::regclass AND i.indisprimary AND a.attrelid = i.indrelid
        AND a.attname = c.column_name), 0)::text, c.column_default::text
    FROM information_schema.columns c WHERE c.table_schema = 'public' AND c.table_name NOT LIKE '\\_sqlx%'
    ORDER BY c.table_name COLLATE \"C\", c.ordinal_position";

/// Indexes that are not a primary key's: table, unique or not, columns, the rows they hold.
const SQLITE_INDEXES: &str = "SELECT t.name, CASE WHEN i.\"unique\" THEN 'unique' ELSE 'index' END,
    (SELECT group_concat(c.name, ', ') FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno) c),
    CASE WHEN i.partial THEN substr(s.sql, instr(s.sql, ' WHERE ') + 7) ELSE '' END
    FROM sqlite_schema t, pragma_index_list(t.name) i LEFT JOIN sqlite_schema s ON s.name = i.name
    WHERE t.type = 'table' AND t.name NOT LIKE '_sqlx%' AND i.origin <> 'pk'";
const POSTGRES_INDEXES: &str = "SELECT t.relname::text, CASE WHEN i.indisunique THEN 'unique' ELSE 'index' END,
    (SELECT string_agg(a.attname, ', ' ORDER BY k.place) FROM unnest(i.indkey::int2[]) WITH ORDINALITY k (number, place)
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number),
    COALESCE(pg_get_expr(i.indpred, i.indrelid), '')
    FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
    WHERE n.nspname = 'public' AND NOT i.indisprimary AND t.relname NOT LIKE '\\_sqlx%'";

/// Foreign keys: table, column, table, column, what happens when the other row goes.
const SQLITE_REFERENCES: &str = "SELECT t.name, f.\"from\", f.\"table\", f.\"to\", lower(f.on_delete)
    FROM sqlite_schema t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table'";
const POSTGRES_REFERENCES: &str = "SELECT t.relname::text, a.attname::text, o.relname::text, b.attname::text,
    CASE f.confdeltype WHEN 'a' THEN 'no action' ELSE f.confdeltype::text END
    FROM pg_constraint f JOIN pg_class t ON t.oid = f.conrelid JOIN pg_class o ON o.oid = f.confrelid
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = f.conkey[1]
    JOIN pg_attribute b ON b.attrelid = o.oid AND b.attnum = f.confkey[1]
    WHERE f.contype = 'f' AND array_length(f.conkey, 1) = 1";

/// The schema as one text, the same for the same schema.
async fn described(raw: &mut Raw) -> String {
    let [columns, indexes, references] = if raw.is_sqlite() {
        [SQLITE_COLUMNS, SQLITE_INDEXES, SQLITE_REFERENCES]
    } else {
        [POSTGRES_COLUMNS, POSTGRES_INDEXES, POSTGRES_REFERENCES]
    };
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in raw.rows(columns, &[]).await {
        let [table, name, kind, null, key, default] = row.try_into().unwrap();
        let kind = TYPES.iter().find(|(sqlite, postgres, _)| kind == *sqlite || kind == *postgres);
        let kind = kind.unwrap_or_else(|| panic!("{table}.{name} is of a type this test does not know")).2;
        let mut line = format!("{name}: {kind}, {null}");
        if key != "0" {
            write!(line, ", primary key {key}").unwrap();
        }
        if !default.is_empty() {
            write!(line, ", else {}", default.replace("::text", "")).unwrap();
        }
        tables.entry(table).or_default().push(line);
    }
    let mut more = Vec::new();
    for row in raw.rows(indexes, &[]).await {
        let [table, unique, columns, rows] = row.try_into().unwrap();
        let rows = if rows.is_empty() { String::new() } else { format!(" where {}", condensed(&rows)) };
        more.push((table, format!("{unique} ({columns}){rows}")));
    }
    for row in raw.rows(references, &[]).await {
        let [table, from, other, to, on_delete] = row.try_into().unwrap();
        more.push((table, format!("{from} references {other} ({to}), on delete {on_delete}")));
    }
    more.sort();
    for (table, line) in more {
        tables.get_mut(&table).expect("a table that has columns").push(line);
    }
    tables.into_iter().map(|(table, lines)| format!("{table}\n    {}\n", lines.join("\n    "))).collect()
}

/// What a condition says, without how each database writes it: PostgreSQL makes `IN` an array and names every type.
fn condensed(condition: &str) -> String {
    let spaced =
        condition.replace("::text", "").replace(" IN (", " = ANY (ARRAY[").replace(['(', ')', '[', ']', ','], " ");
    let words: Vec<&str> = spaced.split_whitespace().filter(|word| !matches!(*word, "ANY" | "ARRAY")).collect();
    words.join(" ").replace("ANY ARRAY", "").to_lowercase()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_databases_have_the_same_schema() {
    let sqlite = Store::ready(Arc::new(Place::sqlite())).await;
    let postgres = Store::ready(Arc::new(Place::postgres().await)).await;
    let ours = described(&mut sqlite.raw().await).await;
    let theirs = described(&mut postgres.raw().await).await;
    assert_eq!(ours.lines().collect::<Vec<_>>(), theirs.lines().collect::<Vec<_>>());
    // That there was something to compare.
    for line in [
        "wrapped: bytes, not null",
        "pair_id: identifier, not null, primary key 1",
        "meeting_id: identifier, not null, primary key 1",
        "part: text, not null, primary key 2",
        "attempt: number, not null, else 0",
        "most_useful: bytes, null",
        "unique (pair_id, starts_at)",
        "unique (mentee_id, mentor_id) where state = 'proposed' 'active' 'paused'",
        "index (not_before) where wanted > shown",
        "mentor_id references people (id), on delete no action",
    ] {
        assert!(ours.lines().any(|found| found.trim() == line), "{line} is not in:\n{ours}");
    }
    postgres.db.close().await;
    postgres.place.remove().await;
}

both!(the_schema_refuses_what_no_version_writes, |store: Arc<Store>| async move {
    let couple = store.couple().await;
    store.meeting(&couple.pair, crate::support::now()).await;
    store.enqueued(&store.owed(couple.mentee.id, crate::support::now())).await;
    let mut raw = store.raw().await;
    for wrong in [
        "UPDATE people SET standing = 'boss'",
        "UPDATE people SET user_id = 'U1'",
        "UPDATE pairs SET state = 'married'",
        "UPDATE pairs SET kind = 'friends'",
        "UPDATE pairs SET mentor_id = mentee_id",
        "UPDATE pairs SET rhythm_cron = NULL",
        "UPDATE pairs SET length_minutes = 61",
        "UPDATE pairs SET aim = NULL",
        "UPDATE meetings SET state = 'lost'",
        "UPDATE meetings SET length_minutes = 0",
        "UPDATE outbox SET state = 'lost'",
        "DELETE FROM people",
        "DELETE FROM pairs",
        "DELETE FROM master_keys",
    ] {
        assert!(raw.change(wrong, &[]).await.is_err(), "{wrong}");
    }
});
