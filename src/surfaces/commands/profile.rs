//! `/mentor profile` and *My profile*: opens the form with what holds now.

use crate::ctx::Ctx;
use crate::domain::introductions::USUAL_A_MONTH;
use crate::domain::permissions::{EditProfile, Permit};
use crate::domain::profile::Profile;
use crate::render::profile_form;
use crate::store::db::Tx;
use crate::store::{introduction_rows, people, profiles};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Opens the form.
pub struct MyProfile;

impl Handler for MyProfile {
    type Action = EditProfile;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(_ctx: &Ctx, tx: &mut Tx, permit: Permit<EditProfile>, (): ()) -> Result<Answer, Failure> {
        let me = permit.actor.id;
        let profile = profiles::find(tx, me).await?.unwrap_or_else(|| Profile::empty(me));
        let mut not_with = Vec::new();
        for person in profiles::not_with(tx, me).await? {
            let person = people::get(tx, person).await?;
            // Slack refuses a form that names an account which is gone; the list keeps them all the same.
            if !person.deactivated {
                not_with.push(person.slack.user_id);
            }
        }
        let mentees = profiles::mentees(tx, me).await?;
        let most_a_month = introduction_rows::most_a_month(tx, me).await?.unwrap_or(USUAL_A_MONTH);
        Ok(Answer::Modal(profile_form::open(&profile, &not_with, mentees, most_a_month)))
    }
}
