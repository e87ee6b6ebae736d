//! What every story needs.

mod calendar;
mod database;
mod logs;
mod mail;
mod screens;
mod someone;
mod words;
mod world;

pub(crate) use calendar::OwnCalendar;
pub(crate) use database::Database;
pub(crate) use mail::{Arrived, MailServer, Mood};
pub(crate) use someone::Someone;
pub(crate) use words::without_questions;
pub(crate) use world::World;

/// Tells a story on both databases: `story!(name, |world| async move { … });`.
macro_rules! story {
    ($(#[$attribute:meta])* $name:ident, $tell:expr) => {
        mod $name {
            use super::*;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                let world = $crate::support::World::begin($crate::support::World::sqlite()).await;
                let tell = $tell;
                tell(world.clone()).await;
                world.end().await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                let world = $crate::support::World::begin($crate::support::World::postgres().await).await;
                let tell = $tell;
                tell(world.clone()).await;
                world.end().await;
            }
        }
    };
}
pub(crate) use story;

/// The same with a mail server: `posted_story!(name, public address or None, |world, mail| async move { … });`.
macro_rules! posted_story {
    ($name:ident, $public:expr, $tell:expr) => {
        mod $name {
            use super::*;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                told($crate::support::World::sqlite()).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                told($crate::support::World::postgres().await).await;
            }

            async fn told(database: $crate::support::Database) {
                let mail = $crate::support::MailServer::start().await;
                let office = mail.office($public);
                let world = $crate::support::World::begin_posting(database, office).await;
                let tell = $tell;
                tell(world.clone(), mail).await;
                world.end().await;
            }
        }
    };
}
pub(crate) use posted_story;
