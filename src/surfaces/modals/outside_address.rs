//! A mentee corrects where letters to their mentor outside go, and whether there are any.

use crate::ctx::Ctx;
use crate::domain::contacts::EmailAddress;
use crate::domain::permissions::{CorrectAddress, Permit};
use crate::render::outside_forms::{EMAIL, LETTERS, REPLY_TO, YES};
use crate::slack::inbound::FormState;
use crate::store::db::Tx;
use crate::store::{contacts, letters, screens};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::modals::add_outside::answers_to;

/// Saves them. What did not go out because of them is tried again.
pub struct SaveAddresses;

impl Handler for SaveAddresses {
    type Action = CorrectAddress;
    type Input = FormState;
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<CorrectAddress>, form: FormState) -> Result<Answer, Failure> {
        let now = ctx.now();
        let (me, of) = permit.take();
        let contact = contacts::find(tx, of.mentor.id).await?.ok_or(Failure::Refused)?;
        let email = match EmailAddress::typed(form.text(EMAIL).unwrap_or_default()) {
            Ok(email) => email,
            Err(problem) => return Ok(Answer::error(EMAIL, problem.to_string())),
        };
        let reply_to = match answers_to(&form) {
            Ok(typed) if form.has(REPLY_TO) => typed,
            Ok(_) => contact.reply_to.clone(),
            Err(answer) => return Ok(*answer),
        };
        contacts::set_addresses(tx, &contact, &email, reply_to.as_ref()).await?;
        if form.choices(LETTERS).contains(&YES) {
            contacts::go_on(tx, contact.person).await?;
            letters::post_again(tx, &contact, now).await?;
        } else {
            contacts::stop(tx, contact.person, now).await?;
        }
        screens::refresh_home(tx, me.id).await?;
        Ok(Answer::Nothing)
    }
}
