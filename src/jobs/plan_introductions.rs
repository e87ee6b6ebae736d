//! Planning what asks owe: deadlines, whose turn it is, and people who offer what no mentor knew somebody for.
//!
//! Owns: looking at asks whose moment has come. Must not: talk to Slack, or tell anybody why somebody was passed over.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::look_further::look_further;
use super::plan::{A_TICK, AFTER_FAILURE, owe, postpone};
use crate::ctx::Ctx;
use crate::domain::identifiers::{IntroductionId, NominationId, PersonId};
use crate::domain::introductions::{Introduction, NominationState, Nominee};
use crate::domain::reminders_introduction::{IntroductionOfPeople, answer_by};
use crate::store::db::Tx;
use crate::store::failure::StoreFailure;
use crate::store::{introduction_rows, introductions, may_be_introduced, screens};

/// Looks at every ask whose moment has come. Returns when there is one to look at next.
///
/// # Errors
/// When the database fails; what was planned before stays planned.
pub async fn tick(ctx: &Ctx) -> Result<Option<DateTime<Utc>>, StoreFailure> {
    let now = ctx.now();
    let due = introductions::due(&mut ctx.db.read().await?, now, A_TICK).await?;
    for id in &due {
        let mut tx = ctx.db.begin().await?;
        match look_at(ctx, &mut tx, *id).await {
            Ok(()) => tx.commit().await?,
            // Somebody answered at this moment: what they left is looked at in the next turn.
            Err(StoreFailure::Overtaken(_)) => {}
            Err(failure) => {
                let mut tx = postpone(ctx, tx, failure).await?;
                introductions::postpone(&mut tx, *id, now + AFTER_FAILURE).await?;
                tx.commit().await?;
            }
        }
    }
    if !due.is_empty() {
        ctx.bell.notify_one();
    }
    introductions::next_attention(&mut ctx.db.read().await?).await
}

async fn look_at(ctx: &Ctx, tx: &mut Tx, id: IntroductionId) -> Result<(), StoreFailure> {
    let now = ctx.now();
    let Some(mut of) = introductions::find(tx, id).await? else { return Ok(()) };
    let before = of.introduction.clone();
    go_on(ctx, tx, &mut of).await?;
    if of.introduction != before {
        introductions::save(tx, &mut of, None).await?;
        screens::refresh_changed(tx, &before, &of.introduction, now).await?;
    }
    let plan = of.plan(&ctx.programme(), now);
    owe(ctx, tx, &plan, now).await?;
    introductions::set_attention(tx, &of, plan.look_again_at).await
}

/// Time passes, and whoever's turn it is gets asked; whoever cannot be is passed over without a word.
async fn go_on(ctx: &Ctx, tx: &mut Tx, of: &mut IntroductionOfPeople) -> Result<(), StoreFailure> {
    let now = ctx.now();
    let people = of.people.clone();
    let is_here = |id: PersonId| people.get(&id).is_some_and(|person| !person.deactivated);
    of.introduction.time_passes(is_here, now);
    loop {
        while let Some(id) = next_in_turn(tx, &of.introduction).await? {
            if !ask(ctx, tx, of, id).await? {
                of.introduction.pass_over(id);
            }
        }
        of.introduction.settle_for_help(now);
        if !of.introduction.should_look_further(now) {
            return Ok(());
        }
        look_further(ctx, tx, of).await?;
    }
}

async fn next_in_turn(tx: &mut Tx, introduction: &Introduction) -> Result<Option<NominationId>, StoreFailure> {
    let mut lately = HashMap::new();
    for nomination in introduction.nominations.iter().filter(|named| named.state == NominationState::Waiting) {
        if let Some(person) = nomination.nominee.person() {
            lately.insert(person, introduction_rows::asked_last(tx, person).await?);
        }
    }
    Ok(introduction.next_in_turn(|person| lately.get(&person).copied().flatten()))
}

/// Asks whoever's turn it is. False when they cannot be asked.
async fn ask(ctx: &Ctx, tx: &mut Tx, of: &mut IntroductionOfPeople, id: NominationId) -> Result<bool, StoreFailure> {
    let now = ctx.now();
    let Some(nomination) = of.introduction.nomination(id) else { return Ok(false) };
    let asked = match &nomination.nominee {
        Nominee::Person(person) => {
            let is_possible = may_be_introduced::may_be_asked(tx, of, id, ctx.same_manager, now).await?;
            of.person(*person).filter(|_| is_possible)
        }
        Nominee::Outside { .. } => of.writer(nomination).filter(|writer| !writer.deactivated),
    };
    let Some(answer_by) = asked.map(|person| answer_by(person, &ctx.programme(), now)) else { return Ok(false) };
    of.introduction.ask_nominee(id, answer_by, now);
    Ok(true)
}
