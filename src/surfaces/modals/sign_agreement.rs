//! One half signs the agreement, or a change of it: of that very version which was on the screen.

use crate::ctx::Ctx;
use crate::domain::agreements::{AgreementState, CannotSign};
use crate::domain::permissions::{Permit, WriteAgreement};
use crate::domain::reminders::{MessageKind, Owed};
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::store::outbox::queue;
use crate::store::{agreements, reviews};
use crate::surfaces::agreement_screens::{changed, view};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Signs it.
pub struct SignIt;

impl Handler for SignIt {
    type Action = WriteAgreement;
    type Input = ();
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<WriteAgreement>, (): ()) -> Result<Answer, Failure> {
        let now = ctx.now();
        let (me, found) = permit.take();
        let of = &found.of;
        let from = found.agreement.state;
        let role = of.pair.role_of(me.id);
        let in_time = found.agreement.answer_by.is_none_or(|by| now < by);
        let may_sign = |role| found.agreement.clone().sign(role, now).map(|_| role);
        let role = match role.filter(|_| in_time).map(may_sign) {
            Some(Ok(role)) => role,
            Some(Err(CannotSign::Already)) => {
                return shown(tx, of, &me, "You have signed this already. Nothing was changed.").await;
            }
            Some(Err(CannotSign::Over)) | None => {
                return shown(
                    tx,
                    of,
                    &me,
                    "This has changed since you opened it, and was not signed. Here is how it stands.",
                )
                .await;
            }
        };
        if from == AgreementState::Proposed
            && let Some(standing) = agreements::standing(tx, of.pair.id).await?
        {
            agreements::set_state(tx, standing.id, standing.state, AgreementState::Replaced).await?;
            let review_on = found.agreement.says.review_on;
            if standing.says.review_on != review_on {
                reviews::set_date(tx, of.pair.id, review_on).await?;
            }
        }
        let mut signed = agreements::sign(tx, found.agreement.id, role, from, now).await?;
        if of.mentor.is_contact() && signed.state != AgreementState::Agreed {
            // Who has only an e-mail address signs nothing.
            agreements::set_state(tx, signed.id, signed.state, AgreementState::Agreed).await?;
            signed = signed.holds_alone();
        }
        if signed.state == AgreementState::Agreed {
            for person in [&of.mentee, &of.mentor].into_iter().filter(|person| !person.is_contact()) {
                let told = Owed::about_agreement(MessageKind::AgreementSigned, &signed, person.id, now);
                queue::enqueue(tx, &told, &ctx.ids, now).await?;
            }
        }
        changed(ctx, tx, of, &signed).await?;
        if signed.state == AgreementState::Agreed {
            // Both hear it as a message.
            return Ok(Answer::Nothing);
        }
        shown(tx, of, &me, "You have signed. You both hear as soon as the other has signed, too.").await
    }
}

async fn shown(
    tx: &mut Tx,
    of: &crate::domain::pairs::PairOfPeople,
    me: &crate::domain::people::Person,
    note: &'static str,
) -> Result<Answer, Failure> {
    let view = view(tx, of, me, Some(Markup::words(note))).await?;
    Ok(view.map_or(Answer::Nothing, Answer::Modal))
}
