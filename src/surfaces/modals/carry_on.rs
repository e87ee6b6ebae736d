//! Somebody carries on, with the next review date; when both have answered, the way to it begins.

use crate::ctx::Ctx;
use crate::domain::permissions::{AnswerReview, Permit};
use crate::domain::reviews::CarryOn;
use crate::slack::inbound::FormState;
use crate::store::db::Tx;
use crate::store::{reviews, screens};
use crate::surfaces::actions::carry_on::not_open;
use crate::surfaces::agreement::review_date;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Carries on.
pub struct CarryOnIt;

impl Handler for CarryOnIt {
    type Action = AnswerReview;
    type Input = FormState;
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<AnswerReview>, form: FormState) -> Result<Answer, Failure> {
        let now = ctx.now();
        let (me, mut found) = permit.take();
        if let Some(why) = not_open(&found.review) {
            return Ok(Answer::notice(why));
        }
        let today = now.with_timezone(&me.zone()).date_naive();
        let next_review_on = match review_date(&form, today, &me, now, None) {
            Ok(day) => day,
            Err(problem) => return Ok(problem),
        };
        let answer = CarryOn { person: me.id, next_review_on };
        reviews::answer(tx, found.review.id, answer, now).await?;
        found.review.answers.retain(|before| before.person != me.id);
        found.review.answers.push(answer);
        // A mentor outside without Slack is asked nothing.
        if found.review.answers.len() == 2 || found.of.mentor.is_contact() {
            reviews::go_on(tx, &found, &ctx.ids, now).await?;
        }
        screens::refresh_messages(tx, found.review.id.0, now).await?;
        screens::refresh_home(tx, me.id).await?;
        Ok(Answer::Nothing)
    }
}
