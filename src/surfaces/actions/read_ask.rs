//! *Read the ask*: exactly what the asker wrote, people of one's own network who fit, and what one can do.

use std::collections::HashSet;

use chrono::TimeDelta;

use crate::ctx::Ctx;
use crate::domain::introductions::{LATELY_DAYS, Nominee};
use crate::domain::network::Acquaintance;
use crate::domain::permissions::{Permit, ReadAsk};
use crate::domain::reminders_introduction::RequestOfIntroduction;
use crate::domain::topics::{self, Topic};
use crate::domain::who::Suggested;
use crate::render::introduction_mentor::{self, Shown};
use crate::store::db::Tx;
use crate::store::failure::StoreFailure;
use crate::store::who::{self, WhoSearch};
use crate::store::{introduction_rows, may_be_introduced, passing_on};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Shows it.
pub struct ReadTheAsk;

impl Handler for ReadTheAsk {
    type Action = ReadAsk;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<ReadAsk>, (): ()) -> Result<Answer, Failure> {
        let (_, ask) = permit.take();
        if !ask.of.introduction.holder_may_read(&ask.request) {
            return Ok(Answer::notice(introduction_mentor::outcome(&ask.of, &ask.request, Shown::ToThemAlone)));
        }
        let can_pass_on = passing_on::is_possible(tx, &ask).await?;
        let suggested = suggested(ctx, tx, &ask).await?;
        Ok(Answer::Modal(introduction_mentor::read(&ask.of, &ask.request, can_pass_on, &suggested)))
    }
}

/// People of their own network who fit and can still be named, the best first.
async fn suggested(ctx: &Ctx, tx: &mut Tx, ask: &RequestOfIntroduction) -> Result<Vec<Suggested>, StoreFailure> {
    let introduction = &ask.of.introduction;
    // What is longer than a topic is read by its beginning.
    let typed: String = ask.of.text.topic.reveal().chars().take(topics::MOST_CHARACTERS).collect();
    let Ok(topic) = Topic::parse(&typed) else { return Ok(Vec::new()) };
    let now = ctx.now();
    let asked_lately = introduction_rows::asked_lately(tx, now - TimeDelta::days(LATELY_DAYS)).await?;
    let search = WhoSearch {
        asker: introduction.asker,
        topic: &topic,
        known: &ctx.topics,
        same_manager: ctx.same_manager,
        now,
        asked_lately: &asked_lately,
        left_out: &HashSet::new(),
    };
    let mut fitting = Vec::new();
    for one in who::matches(tx, &search, ask.request.person).await? {
        let (nominee, has_room) = match &one.whom {
            Acquaintance::InSlack(person) => {
                (Nominee::Person(person.id), may_be_introduced::has_room(tx, person, now).await?)
            }
            Acquaintance::Outside { name, email } => {
                (Nominee::Outside { name: name.clone(), email: email.clone() }, true)
            }
        };
        if has_room && introduction.may_nominate(ask.request.id, Some(&nominee)).is_ok() {
            fitting.push(one);
        }
    }
    Ok(fitting)
}
