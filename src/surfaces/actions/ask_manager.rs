//! *Ask my manager to suggest someone*: opens the form that says what will happen and asks who the manager is;
//! whoever the org chart has stands there already.

use crate::ctx::Ctx;
use crate::domain::identifiers::PersonId;
use crate::domain::people::Person;
use crate::domain::permissions::{EditProfile, Permit};
use crate::render::suggestion_screens;
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::store::failure::StoreFailure;
use crate::store::{org_chart, people, suggestions};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Opens the form.
pub struct OpenManagerForm;

impl Handler for OpenManagerForm {
    type Action = EditProfile;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<EditProfile>, (): ()) -> Result<Answer, Failure> {
        let latest = suggestions::latest_request(tx, permit.actor.id).await?;
        if let Some(open) = latest.as_ref().filter(|request| request.looks_open_to_asker(ctx.now())) {
            return Ok(Answer::notice(Markup::default().piece(&suggestion_screens::requested(open))));
        }
        let last = latest.map(|request| request.manager);
        let known = known_manager(tx, permit.actor.id, last).await?;
        Ok(Answer::Modal(suggestion_screens::ask_manager(known.as_ref().map(|known| known.slack.user_id.as_str()))))
    }
}

/// Who stands in the form already: whom the org chart has as the manager, else who was asked last time. Of several managers in
/// the chart it is the one asked last, or the first who can be asked.
async fn known_manager(tx: &mut Tx, me: PersonId, last: Option<Person>) -> Result<Option<Person>, StoreFailure> {
    let chart = org_chart::around(tx, &[me]).await?;
    let mut managers = Vec::new();
    for id in chart.managers_of(me) {
        managers.extend(people::find_by_id(tx, id).await?.filter(|manager| manager.can_mentor().is_ok()));
    }
    let last = last.filter(|last| !last.deactivated);
    let again = managers.iter().position(|manager| last.as_ref().is_some_and(|last| last.id == manager.id));
    Ok(if managers.is_empty() { last } else { Some(managers.swap_remove(again.unwrap_or(0))) })
}
