//! Databases of tests on a PostgreSQL server.
//!
//! Owns: making and removing them. A server migrates a database once, as a template; hundreds of tests then copy it, which
//! takes a tenth of the time.

use std::sync::atomic::{AtomicUsize, Ordering};

use mentor::store::migrate::MIGRATIONS;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

/// Whoever makes the template holds this lock of the server meanwhile.
const TEMPLATE: i64 = 0x6d65_6e74_6f72;

/// The address of a server for tests.
pub(crate) fn server() -> String {
    std::env::var("MENTOR_TEST_POSTGRES")
        .expect("MENTOR_TEST_POSTGRES names a server for the tests; scripts/test starts one")
}

/// A name that no other database of a test has.
pub(crate) fn new_name() -> String {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    format!("test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

/// The address of a database on a server.
pub(crate) fn url(server: &str, database: &str) -> String {
    format!("{}/{database}", server.rsplit_once('/').unwrap().0)
}

/// Makes a database with this version's tables.
pub(crate) async fn create(server: &str, database: &str) {
    let mut connection = PgConnection::connect(server).await.unwrap();
    let template = template(&mut connection, server).await;
    run(&mut connection, format!("CREATE DATABASE {database} TEMPLATE {template}")).await;
}

/// Removes a database, whoever is connected.
pub(crate) async fn remove(server: &str, database: &str) {
    let mut connection = PgConnection::connect(server).await.unwrap();
    run(&mut connection, format!("DROP DATABASE {database} WITH (FORCE)")).await;
}

/// The name of the template, which is made when it is first needed.
async fn template(connection: &mut PgConnection, server: &str) -> String {
    let mut name = "mentor".to_owned();
    for migration in MIGRATIONS.iter() {
        let sum = migration.checksum.iter().take(1).map(|byte| format!("{byte:02x}"));
        name.extend(sum);
    }
    sqlx::query("SELECT pg_advisory_lock($1)").bind(TEMPLATE).execute(&mut *connection).await.unwrap();
    let made: Option<i32> = sqlx::query_scalar("SELECT 1 FROM pg_database WHERE datname = $1")
        .bind(&name)
        .fetch_optional(&mut *connection)
        .await
        .unwrap();
    if made.is_none() {
        // Whoever was stopped half way has left this behind.
        let unfinished = format!("{name}_unfinished");
        run(connection, format!("DROP DATABASE IF EXISTS {unfinished} WITH (FORCE)")).await;
        run(connection, format!("CREATE DATABASE {unfinished}")).await;
        let mut inside = PgConnection::connect(&url(server, &unfinished)).await.unwrap();
        MIGRATIONS.run(&mut inside).await.unwrap();
        inside.close().await.unwrap();
        run(connection, format!("ALTER DATABASE {unfinished} RENAME TO {name}")).await;
    }
    sqlx::query("SELECT pg_advisory_unlock($1)").bind(TEMPLATE).execute(&mut *connection).await.unwrap();
    name
}

async fn run(connection: &mut PgConnection, sql: String) {
    sqlx::query(AssertSqlSafe(sql)).execute(connection).await.unwrap();
}
