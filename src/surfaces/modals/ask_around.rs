//! Somebody asks whom they can talk to: first they see exactly what others will see, then it is sent.

use crate::ctx::Ctx;
use crate::domain::asks::{Typed, read};
use crate::domain::identifiers::{IntroductionId, IntroductionRequestId, KeptQuestionId};
use crate::domain::introductions::{AskText, ENDS_WITHIN, Introduction};
use crate::domain::people::Person;
use crate::domain::permissions::{AskAround, Permit};
use crate::domain::private_text::PrivateText;
use crate::domain::topics::Topic;
use crate::render::introduction_ask_form::{
    GIVE_BACK, PASS_ON, Preview, TOPIC, WHY, WOULD_HELP, YES, carried, preview, sent, why_not,
};
use crate::slack::blocks::Markup;
use crate::slack::inbound::FormState;
use crate::store::asks::{Reader, hold, readers};
use crate::store::db::Tx;
use crate::store::{introductions, kept_questions, screens};
use crate::surfaces::answer::Answer;
use crate::surfaces::commands::who::{is_a_person, no_room, twice};
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Shows what others will see.
pub struct PreviewAsk;

impl Handler for PreviewAsk {
    type Action = AskAround;
    type Input = (FormState, Option<KeptQuestionId>);
    const CHANGES: bool = false;

    async fn run(
        ctx: &Ctx,
        tx: &mut Tx,
        permit: Permit<AskAround>,
        (form, question): (FormState, Option<KeptQuestionId>),
    ) -> Result<Answer, Failure> {
        let me = permit.actor;
        let field = |field| form.text(field).unwrap_or_default();
        let typed =
            Typed { topic: field(TOPIC), why: field(WHY), would_help: field(WOULD_HELP), give_back: field(GIVE_BACK) };
        let text = match may_ask(ctx, tx, &me, typed).await? {
            Ok(text) => text,
            Err((field, words)) => return Ok(Answer::error(field, words)),
        };
        let readers = readers(tx, me.id, ctx.same_manager).await?;
        let readers: Vec<&Person> = readers.iter().map(|reader| &reader.person).collect();
        let answer_by = me.working_time(&ctx.programme()).days_after(ctx.now(), ENDS_WITHIN);
        let may_pass_on = form.choices(PASS_ON).contains(&YES);
        Ok(Answer::OnTop(preview(Preview {
            me: &me,
            text: &text,
            may_pass_on,
            readers: &readers,
            answer_by,
            question,
        })))
    }
}

/// What was typed as an ask, or what is wrong with it and at which field.
async fn may_ask(
    ctx: &Ctx,
    tx: &mut Tx,
    me: &Person,
    typed: Typed<'_>,
) -> Result<Result<AskText, (&'static str, String)>, Failure> {
    let (topic, text): (Topic, AskText) = match read(typed) {
        Ok(read) => read,
        Err(reason) => return Ok(Err(why_not(reason))),
    };
    if let Some(reason) = is_a_person(tx, me, &topic).await? {
        return Ok(Err(why_not(reason)));
    }
    let full = match twice(ctx, tx, me, &topic).await? {
        Some(twice) => Some(twice),
        None => no_room(ctx, tx, me).await?,
    };
    Ok(full.map_or(Ok(text), |words| Err((TOPIC, words))))
}

/// Sends what the screen shows.
pub struct SendAsk;

impl Handler for SendAsk {
    type Action = AskAround;
    type Input = PrivateText;
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<AskAround>, shown: PrivateText) -> Result<Answer, Failure> {
        let now = ctx.now();
        let me = permit.actor;
        let filled = carried(shown.reveal()).ok_or(Failure::Refused)?;
        // Of two asks at once one waits for the other, so that it is seen.
        hold(tx, me.id).await?;
        let text = match may_ask(ctx, tx, &me, filled.typed).await? {
            Ok(text) => text,
            // On top: what was written stays below.
            Err((_, words)) => return Ok(Answer::notice(Markup::default().text(&words))),
        };
        let readers = readers(tx, me.id, ctx.same_manager).await?;
        let introduction = asked(ctx, &me, &readers, filled.may_pass_on);
        introductions::insert(tx, &introduction, &text).await?;
        screens::refresh_introduction(tx, &introduction, now).await?;
        if let Some(id) = filled.question
            && kept_questions::find(tx, id).await?.is_some_and(|question| question.person == me.id)
        {
            kept_questions::forget(tx, id).await?;
        }
        Ok(Answer::Modal(sent(introduction.answer_by)))
    }
}

/// The ask. Whoever wants nothing to do with who asks has answered beforehand, which reads as silence does.
fn asked(ctx: &Ctx, me: &Person, readers: &[Reader], may_pass_on: bool) -> Introduction {
    let requests: Vec<(IntroductionRequestId, &Reader)> =
        readers.iter().map(|reader| (IntroductionRequestId(ctx.ids.opaque()), reader)).collect();
    let id = IntroductionId(ctx.ids.opaque());
    let mentors = requests.iter().map(|(id, reader)| (*id, &reader.person));
    let mut introduction = Introduction::ask(id, me, mentors, may_pass_on, &ctx.programme(), ctx.now());
    for (id, _) in requests.iter().filter(|(_, reader)| reader.answered_beforehand) {
        // It was asked in this very moment, so it can be answered.
        let _ = introduction.decline(*id);
    }
    introduction
}
