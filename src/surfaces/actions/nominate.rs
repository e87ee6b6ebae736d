//! *Nominate*: opens the form, with whoever was suggested in it.

use uuid::Uuid;

use crate::ctx::Ctx;
use crate::domain::identifiers::{NetworkEntryId, PersonId};
use crate::domain::introductions::CannotNominate;
use crate::domain::network::Acquaintance;
use crate::domain::permissions::{AnswerAsk, Permit};
use crate::render::introduction_mentor::{self, Shown};
use crate::render::nominate_form::{self, Prefilled};
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::store::{network, people};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Opens the form.
pub struct OpenNominateForm;

impl Handler for OpenNominateForm {
    type Action = AnswerAsk;
    /// Who was suggested: somebody in Slack, or an entry of one's own network.
    type Input = Option<Uuid>;
    const CHANGES: bool = false;

    async fn run(
        _ctx: &Ctx,
        tx: &mut Tx,
        permit: Permit<AnswerAsk>,
        suggested: Option<Uuid>,
    ) -> Result<Answer, Failure> {
        let (me, ask) = permit.take();
        match ask.of.introduction.may_nominate(ask.request.id, None) {
            Ok(()) => {}
            Err(CannotNominate::TooLate(_)) => {
                return Ok(Answer::notice(introduction_mentor::outcome(&ask.of, &ask.request, Shown::ToThemAlone)));
            }
            Err(reason) => {
                let words = nominate_form::why_not(reason, ask.of.asker());
                return Ok(Answer::notice(Markup::default().text(&words)));
            }
        }
        let mut prefilled = Prefilled::default();
        if let Some(id) = suggested {
            let person = people::find_by_id(tx, PersonId(id)).await?;
            // Slack refuses a form that names an account which is gone.
            prefilled.user_id =
                person.filter(|person| !person.deactivated && !person.is_contact()).map(|person| person.slack.user_id);
            let entry = network::find(tx, NetworkEntryId(id)).await?.filter(|entry| entry.owner == me.id);
            if let Some(Acquaintance::Outside { name, email }) = entry.map(|entry| entry.whom) {
                prefilled.outside = Some((name.reveal().to_owned(), email.reveal().to_owned()));
            }
        }
        Ok(Answer::Modal(nominate_form::open(ask.request.id, ask.of.asker(), &prefilled)))
    }
}
