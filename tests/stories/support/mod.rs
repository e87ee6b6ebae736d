//! What every story needs.

mod calendar;
mod database;
mod logs;
mod screens;
mod someone;
mod words;
mod world;

pub(crate) use calendar::OwnCalendar;
pub(crate) use database::Database;
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
