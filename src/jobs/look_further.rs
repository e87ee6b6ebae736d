//! Looking further: people who offer what is asked about and are open to introductions, when no mentor knew somebody.
//!
//! Owns: what is searched for. Must not: ask anybody (see `plan_introductions`).

use std::collections::HashSet;

use chrono::TimeDelta;

use crate::ctx::Ctx;
use crate::domain::identifiers::NominationId;
use crate::domain::introductions::LATELY_DAYS;
use crate::domain::reminders_introduction::IntroductionOfPeople;
use crate::domain::topics::{MOST_CHARACTERS, Topic};
use crate::store::db::Tx;
use crate::store::failure::StoreFailure;
use crate::store::who::WhoSearch;
use crate::store::{introduction_rows, who_direct};

/// Finds them, and lets them wait for their turn.
///
/// # Errors
/// When the database fails.
pub async fn look_further(ctx: &Ctx, tx: &mut Tx, of: &mut IntroductionOfPeople) -> Result<(), StoreFailure> {
    let now = ctx.now();
    // What is longer than a topic is read by its beginning.
    let asked: String = of.text.topic.reveal().chars().take(MOST_CHARACTERS).collect();
    let mut found = Vec::new();
    if let Ok(topic) = Topic::parse(&asked) {
        let asked_lately = introduction_rows::asked_lately(tx, now - TimeDelta::days(LATELY_DAYS)).await?;
        let search = WhoSearch {
            asker: of.introduction.asker,
            topic: &topic,
            known: &ctx.topics,
            same_manager: ctx.same_manager,
            now,
            asked_lately: &asked_lately,
            left_out: &HashSet::new(),
        };
        for direct in who_direct::offering_directly(tx, &search).await? {
            found.push((NominationId(ctx.ids.opaque()), direct.person.id));
            of.people.insert(direct.person.id, direct.person);
        }
    }
    of.introduction.look_further(found, now);
    Ok(())
}
