//! *Nominate*: opens the form, with whoever was suggested in it.

use uuid::Uuid;

use crate::ctx::Ctx;
use crate::domain::identifiers::PersonId;
use crate::domain::introductions::CannotNominate;
use crate::domain::permissions::{AnswerAsk, Permit};
use crate::render::introduction_mentor::{self, Shown};
use crate::render::nominate_form::{self, Prefilled};
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::store::people;
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
        let (_, ask) = permit.take();
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
        }
        Ok(Answer::Modal(nominate_form::open(ask.request.id, ask.of.asker(), &prefilled)))
    }
}
