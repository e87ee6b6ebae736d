//! `/mentor who <topic>`, any sentence that asks for somebody to talk to, the shortcut and the button on Home: opens the form.

use chrono::TimeDelta;

use crate::ctx::Ctx;
use crate::domain::asks::{NotAnAsk, Typed, is_about, read_topic};
use crate::domain::introductions::{LATELY_DAYS, MOST_LATELY, MOST_OPEN};
use crate::domain::people::{Person, Standing};
use crate::domain::permissions::{AskAround, Permit};
use crate::domain::private_text::PrivateText;
use crate::domain::reminders_introduction::IntroductionOfPeople;
use crate::domain::topics::Topic;
use crate::render::introduction_ask_form::{Prefilled, asked_before, open, too_many_lately, too_many_open, why_not};
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::store::{asks, introductions, pairs};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Opens the form.
pub struct OpenAskAround;

impl Handler for OpenAskAround {
    type Action = AskAround;
    type Input = Option<PrivateText>;
    const CHANGES: bool = false;

    async fn run(
        ctx: &Ctx,
        tx: &mut Tx,
        permit: Permit<AskAround>,
        typed: Option<PrivateText>,
    ) -> Result<Answer, Failure> {
        let me = permit.actor;
        let typed = typed.as_ref().map_or("", PrivateText::reveal);
        // Whom somebody means is better said at once than in a form.
        let person = match read_topic(typed) {
            Err(reason @ (NotAnAsk::APerson | NotAnAsk::Yourself)) => Some(reason),
            Ok(topic) => is_a_person(tx, &me, &topic).await?,
            Err(_) => None,
        };
        if let Some(reason) = person {
            let reason = if is_mention_of(&me, typed) { NotAnAsk::Yourself } else { reason };
            return Ok(Answer::notice(Markup::default().text(&why_not(reason).1)));
        }
        if let Some(full) = no_room(ctx, tx, &me).await? {
            return Ok(Answer::notice(Markup::default().text(&full)));
        }
        Ok(Answer::Modal(open(Prefilled { typed: about(typed), ..Prefilled::default() })))
    }
}

/// What was typed, in the field where it fits: as the topic, or as the reason when it is too long for one.
pub fn about(typed: &str) -> Typed<'_> {
    match read_topic(typed) {
        Ok(_) => Typed { topic: typed, ..Typed::default() },
        Err(_) if typed.chars().count() < 3 => Typed { topic: typed, ..Typed::default() },
        Err(_) => Typed { why: typed, ..Typed::default() },
    }
}

fn is_mention_of(me: &Person, typed: &str) -> bool {
    typed.trim().strip_prefix('@').is_some_and(|name| name.to_lowercase() == me.name.to_lowercase())
}

/// Whether a topic is the name of somebody: of whoever asks, of somebody they have met here, or, in two words, of anybody in this
/// workspace. Guests, who do not see everybody in Slack either, learn nothing about others.
///
/// # Errors
/// When the database fails.
pub async fn is_a_person(tx: &mut Tx, me: &Person, topic: &Topic) -> Result<Option<NotAnAsk>, Failure> {
    let name = topic.as_str().to_lowercase();
    if me.name.to_lowercase() == name {
        return Ok(Some(NotAnAsk::Yourself));
    }
    let met = pairs::of_person(tx, me.id).await?;
    if met.iter().any(|of| of.other(me.id).name.to_lowercase() == name) {
        return Ok(Some(NotAnAsk::APerson));
    }
    let is_full_name = name.split(' ').count() > 1 && me.standing == Standing::Member;
    Ok((is_full_name && asks::is_somebody_called(tx, &name).await?).then_some(NotAnAsk::APerson))
}

/// Why somebody cannot ask one more now, on their own clock.
///
/// # Errors
/// When the database fails.
pub async fn no_room(ctx: &Ctx, tx: &mut Tx, me: &Person) -> Result<Option<String>, Failure> {
    let now = ctx.now();
    let lately = asks::asked_at(tx, me.id, now - TimeDelta::days(LATELY_DAYS)).await?;
    if let Some(at) = lately.len().checked_sub(MOST_LATELY) {
        return Ok(Some(too_many_lately(me, lately[at] + TimeDelta::days(LATELY_DAYS))));
    }
    if introductions::count_open(tx, me.id).await? < MOST_OPEN {
        return Ok(None);
    }
    let open = introductions::of_asker(tx, me.id, now).await?;
    let first = open.iter().map(|of| of.introduction.answer_by).min();
    Ok(first.map(|first| too_many_open(me, first)))
}

/// The open ask about the same topic, if there is one, in words.
///
/// # Errors
/// When the database fails.
pub async fn twice(ctx: &Ctx, tx: &mut Tx, me: &Person, topic: &Topic) -> Result<Option<String>, Failure> {
    let open = introductions::of_asker(tx, me.id, ctx.now()).await?;
    let thesaurus = ctx.topics.thesaurus();
    let is_same = |of: &&IntroductionOfPeople| is_about(&thesaurus, &of.text, topic);
    let same = open.iter().filter(|of| of.introduction.is_open()).find(is_same);
    Ok(same.map(|of| asked_before(me, of.introduction.answer_by)))
}
