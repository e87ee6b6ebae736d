//! The agreement is written: the draft changes, or a change of what was agreed waits for the other's signature.

use crate::ctx::Ctx;
use crate::domain::agreements::{AgreementState, Says};
use crate::domain::identifiers::AgreementId;
use crate::domain::pairs::ANSWER_WITHIN;
use crate::domain::permissions::{Permit, WriteAgreement};
use crate::domain::reminders::{MessageKind, Owed};
use crate::render::agreement_form::{GOALS, MORE};
use crate::slack::inbound::FormState;
use crate::store::db::Tx;
use crate::store::outbox::queue;
use crate::store::{agreements, reviews, screens};
use crate::surfaces::actions::edit_agreement::started_on;
use crate::surfaces::agreement::review_date;
use crate::surfaces::agreement_screens::{changed, view};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::growth::{Filled, written};

/// Keeps the next version.
pub struct WriteIt;

impl Handler for WriteIt {
    type Action = WriteAgreement;
    type Input = Filled<FormState>;
    const CHANGES: bool = true;

    async fn run(
        ctx: &Ctx,
        tx: &mut Tx,
        permit: Permit<WriteAgreement>,
        form: Filled<FormState>,
    ) -> Result<Answer, Failure> {
        let now = ctx.now();
        let (me, found) = permit.take();
        let (before, of) = (&found.agreement, &found.of);
        let stands = matches!(before.state, AgreementState::Draft | AgreementState::Agreed);
        if !stands || agreements::change(tx, of.pair.id).await?.is_some() {
            return Ok(Answer::error(
                GOALS,
                "The agreement has changed since you opened this. Copy what you wrote, close this, and open the agreement again.",
            ));
        }
        let start = started_on(tx, of).await?;
        let (goals, more) = match (written(&form.fields, GOALS), written(&form.fields, MORE)) {
            (Ok(goals), Ok(more)) => (goals, more),
            (Err(problem), _) | (_, Err(problem)) => return Ok(problem),
        };
        let review_on = match review_date(&form.fields, start, &me, now, Some(before.says.review_on)) {
            Ok(day) => day,
            Err(problem) => return Ok(problem),
        };
        let other = of.other(me.id);
        let (Some(mine), Some(theirs)) = (of.pair.role_of(me.id), of.pair.role_of(other.id)) else {
            return Err(Failure::Refused);
        };
        let answer_by = other.working_time(&ctx.programme()).days_after(now, ANSWER_WITHIN);
        let says = Says { goals, more, review_on };
        let id = AgreementId(ctx.ids.opaque());
        let Some(next) = before.rewritten(id, says, (me.id, mine), answer_by, now) else {
            return below(tx, &found.of, &me, form.below).await;
        };
        let next = if other.is_contact() { next.holds_alone() } else { next };
        if before.state == next.state {
            agreements::set_state(tx, before.id, before.state, AgreementState::Replaced).await?;
            screens::refresh_messages(tx, before.id.0, now).await?;
        }
        agreements::insert(tx, &next).await?;
        let tells = match next.state {
            AgreementState::Proposed => Some(MessageKind::ChangeProposed),
            AgreementState::Agreed => None,
            _ => before.signed_at(theirs).map(|_| MessageKind::AgreementEdited),
        };
        if matches!(next.state, AgreementState::Draft | AgreementState::Agreed) {
            reviews::set_date(tx, of.pair.id, review_on).await?;
        }
        if let Some(kind) = tells {
            let told = Owed::about_agreement(kind, &next, other.id, now);
            queue::enqueue(tx, &told, &ctx.ids, now).await?;
        }
        changed(ctx, tx, of, &next).await?;
        below(tx, of, &me, form.below).await
    }
}

/// The agreement again, in the modal below the form.
async fn below(
    tx: &mut Tx,
    of: &crate::domain::pairs::PairOfPeople,
    me: &crate::domain::people::Person,
    below: Option<String>,
) -> Result<Answer, Failure> {
    let Some(view_id) = below else { return Ok(Answer::Nothing) };
    Ok(view(tx, of, me, None).await?.map_or(Answer::Nothing, |view| Answer::Redrawn { view_id, view }))
}
