//! Rule 1 where people act: asking and accepting, and what a pair decides that the rule holds back.
//!
//! Owns: asking the chart, and the list of these clicks. Must not: know how the chart came about.

use super::actions;
use super::answer::Answer;
use super::failure::Failure;
use super::gate::enter;
use super::request::Request;
use crate::ctx::Ctx;
use crate::domain::org_chart::TooClose;
use crate::domain::pairs::PairKind;
use crate::domain::people::Person;
use crate::render::controls;
use crate::slack::inbound::BlockAction;
use crate::store::db::Tx;
use crate::store::org_chart;

/// Whether the org chart keeps any two of these people apart. Two for a pair, three for an introduction.
///
/// # Errors
/// When the database fails.
pub async fn keeps_apart(
    ctx: &Ctx,
    tx: &mut Tx,
    people: &[&Person],
    kind: PairKind,
) -> Result<Option<TooClose>, Failure> {
    let ids: Vec<_> = people.iter().map(|person| person.id).collect();
    let chart = org_chart::around(tx, &ids).await?;
    Ok(chart.may_meet(&ids, kind, ctx.same_manager).err())
}

/// Whether a button is one of these.
pub fn clicks(action_id: &str) -> bool {
    [controls::FINISH_HELD, controls::GO_ON_HELD].iter().any(|control| control.id == action_id)
}

/// Carries out a click.
///
/// # Errors
/// As the handler says.
pub async fn button(ctx: &Ctx, request: &Request, clicked: &BlockAction) -> Result<Answer, Failure> {
    let pair = clicked.value.as_deref().unwrap_or_default().parse().ok();
    if clicked.action_id == controls::FINISH_HELD.id {
        enter::<actions::finish_held::FinishHeld>(ctx, request, pair, ()).await
    } else {
        enter::<actions::go_on_held::GoOn>(ctx, request, pair, ()).await
    }
}
