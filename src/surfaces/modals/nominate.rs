//! Somebody is named for an ask. Whatever keeps them from ever being asked that not everybody can see is accepted without a word.

use crate::ctx::Ctx;
use crate::domain::contacts::EmailAddress;
use crate::domain::identifiers::NominationId;
use crate::domain::introducing::{LONGEST_LINE, LONGEST_NAME};
use crate::domain::introductions::{CannotNominate, Nominee};
use crate::domain::people::Person;
use crate::domain::permissions::{AnswerAsk, Permit};
use crate::domain::private_text::{PrivateText, cleaned};
use crate::domain::reminders_introduction::RequestOfIntroduction;
use crate::render::nominate_form::{
    BOTH, EMAIL, LINE, NAME, NOBODY, NOMINEE, line_too_long, name_too_long, not_this_account, reporting_line, why_not,
};
use crate::slack::inbound::FormState;
use crate::store::db::Tx;
use crate::store::{may_be_introduced, org_chart, people};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::introducing::{keep, too_late_for_holder};

/// Names them.
pub struct NameSomebody;

impl Handler for NameSomebody {
    type Action = AnswerAsk;
    type Input = FormState;
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<AnswerAsk>, form: FormState) -> Result<Answer, Failure> {
        let (me, ask) = permit.take();
        if let Err(CannotNominate::TooLate(_)) = ask.of.introduction.may_nominate(ask.request.id, None) {
            return Ok(too_late_for_holder(ctx, tx, &ask.of, &ask.request).await?);
        }
        let line = match line(&form, LINE, LONGEST_LINE, line_too_long) {
            Ok(line) => line,
            Err(problem) => return Ok(*problem),
        };
        let outside = match outside(&form) {
            Ok(outside) => outside,
            Err(problem) => return Ok(*problem),
        };
        let nominee = match (form.user(NOMINEE), outside) {
            (None, None) => return Ok(Answer::error(NOMINEE, NOBODY)),
            (Some(_), Some(_)) => return Ok(Answer::error(NOMINEE, BOTH)),
            (None, Some(outside)) => outside,
            (Some(user_id), None) => {
                let person = people::find_user(tx, user_id).await?;
                let person = person.ok_or_else(|| Failure::Unknown(user_id.to_owned()))?;
                if let Some(problem) = problem_with(ctx, tx, &me, &ask, &person).await? {
                    return Ok(Answer::error(NOMINEE, problem));
                }
                Nominee::Person(person.id)
            }
        };
        let field = if nominee.person().is_some() { NOMINEE } else { EMAIL };
        let (mut of, before) = (ask.of.clone(), ask.of.introduction);
        let id = NominationId(ctx.ids.ordered(ctx.now()));
        if let Err(reason) = of.introduction.nominate(ask.request.id, id, nominee, line, ctx.now()) {
            return Ok(Answer::error(field, why_not(reason, of.asker())));
        }
        keep(ctx, tx, &mut of, &before).await?;
        Ok(Answer::Nothing)
    }
}

/// Why somebody in Slack cannot be named, as far as everybody can see.
async fn problem_with(
    ctx: &Ctx,
    tx: &mut Tx,
    me: &Person,
    ask: &RequestOfIntroduction,
    person: &Person,
) -> Result<Option<String>, Failure> {
    let introduction = &ask.of.introduction;
    if let Err(reason) = introduction.may_nominate(ask.request.id, Some(&Nominee::Person(person.id))) {
        return Ok(Some(why_not(reason, ask.of.asker())));
    }
    if let Some(problem) = not_this_account(person) {
        return Ok(Some(problem));
    }
    org_chart::hold_still(tx).await?;
    let between: Vec<_> = ask.request.passed_on_by.into_iter().chain([me.id]).collect();
    let apart = may_be_introduced::keeps_apart(tx, introduction.asker, person.id, &between, ctx.same_manager).await?;
    Ok(apart.then(|| reporting_line(person, ask.of.asker())))
}

/// Somebody outside, if the form names one.
fn outside(form: &FormState) -> Result<Option<Nominee>, Box<Answer>> {
    let name = line(form, NAME, LONGEST_NAME, name_too_long)?;
    let email = form.text(EMAIL).map(str::trim).filter(|email| !email.is_empty());
    match (name, email) {
        (None, None) => Ok(None),
        (Some(_), None) => Err(Box::new(Answer::error(EMAIL, "Add their e-mail address, such as jane@example.org."))),
        (None, Some(_)) => Err(Box::new(Answer::error(NAME, "Add their name."))),
        (Some(name), Some(email)) => match EmailAddress::typed(email) {
            Ok(email) => Ok(Some(Nominee::Outside { name, email })),
            Err(problem) => Err(Box::new(Answer::error(EMAIL, problem.to_string()))),
        },
    }
}

/// One line of a form, which may stay empty.
fn line(
    form: &FormState,
    field: &'static str,
    most: usize,
    too_long: fn(usize) -> String,
) -> Result<Option<PrivateText>, Box<Answer>> {
    let line = cleaned(form.text(field).unwrap_or_default()).split_whitespace().collect::<Vec<_>>().join(" ");
    match line.chars().count() {
        length if length > most => Err(Box::new(Answer::error(field, too_long(length)))),
        _ => Ok(PrivateText::typed(&line)),
    }
}
