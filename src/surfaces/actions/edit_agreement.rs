//! *Edit*, *Change it*: opens the form in which the agreement is written.

use crate::ctx::Ctx;
use crate::domain::agreements::AgreementState;
use crate::domain::permissions::{Permit, WriteAgreement};
use crate::render::agreement_form::edit;
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::store::{agreements, reviews};
use crate::surfaces::agreement_screens::view;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Opens the form.
pub struct OpenAgreementForm;

impl Handler for OpenAgreementForm {
    type Action = WriteAgreement;
    type Input = Option<String>;
    const CHANGES: bool = false;

    async fn run(
        _ctx: &Ctx,
        tx: &mut Tx,
        permit: Permit<WriteAgreement>,
        below: Option<String>,
    ) -> Result<Answer, Failure> {
        let (me, found) = permit.take();
        let stands = matches!(found.agreement.state, AgreementState::Draft | AgreementState::Agreed);
        if !stands || agreements::change(tx, found.of.pair.id).await?.is_some() {
            let note = Markup::words("This has changed since you opened it. Here is how it stands.");
            let now = view(tx, &found.of, &me, Some(note)).await?;
            return Ok(now.map_or(Answer::Nothing, Answer::Turned));
        }
        let start = started_on(tx, &found.of).await?;
        Ok(Answer::Modal(edit(&found.of, &found.agreement, &me, start, below.as_deref())))
    }
}

/// The day a pair began, from which the months to its first review are counted.
///
/// # Errors
/// When the database fails.
pub async fn started_on(tx: &mut Tx, of: &crate::domain::pairs::PairOfPeople) -> Result<chrono::NaiveDate, Failure> {
    let from = reviews::open(tx, of.pair.id).await?.map_or(of.pair.asked_at, |review| review.counts_from);
    Ok(from.with_timezone(&of.mentee.zone()).date_naive())
}
