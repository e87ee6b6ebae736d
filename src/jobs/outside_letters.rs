//! The letter to somebody outside whom a mentor named: posted after their click, once.
//!
//! The row is owed to whoever clicked, goes by e-mail and never reaches Slack. Nobody can look into a mailbox: a letter that may
//! have gone is not sent again, and whatever did not go out becomes theirs to send.
//!
//! Owns: how such an attempt goes and ends. Must not: know the words of the letter.

use lettre::message::Mailbox;

use super::deliver::Began;
use super::letters::mailbox;
use super::speaker::{NOT_ITS_FAULT, Speaker};
use crate::ctx::Ctx;
use crate::domain::contacts::{BY_MAIL, EmailAddress, NotPosted};
use crate::domain::identifiers::NominationId;
use crate::domain::introduction_meeting::outside_letter_failed;
use crate::domain::introductions::NominationState;
use crate::domain::letters::try_again_at;
use crate::domain::people::Person;
use crate::domain::reminders::MessageKind;
use crate::domain::reminders_introduction::NominationOfIntroduction;
use crate::mail::ics::Address;
use crate::mail::letter::{Letter, Stop};
use crate::mail::smtp::PostFailure;
use crate::render::outside_introduction;
use crate::slack::api::CallFailure;
use crate::slack::method::Method;
use crate::store::db::Tx;
use crate::store::failure::StoreFailure;
use crate::store::outbox::queue::{self, Message};
use crate::store::outbox::settle::Ending;
use crate::store::{introductions, outside_letters, screens};

/// Why a letter is dropped that nobody is owed any more.
const NOT_OWED: Ending = Ending::Dropped { reason: "no_longer_owed" };

fn dropped(why: NotPosted) -> Ending {
    Ending::Dropped { reason: why.word() }
}

/// Writes and posts it.
///
/// # Errors
/// When the database fails before anything was posted.
pub(super) async fn attempt(speaker: &Speaker, message: &Message, began: Began) -> Result<Ending, StoreFailure> {
    let now = speaker.ctx.now();
    let mut reading = speaker.ctx.db.read().await?;
    let found = introductions::find_nomination(&mut reading, NominationId(message.subject)).await?;
    drop(reading);
    let Some(found) = found.filter(|found| is_owed(found, message)) else { return Ok(NOT_OWED) };
    if now > message.until {
        return Ok(dropped(NotPosted::NotTaken));
    }
    let Some(office) = &speaker.office else { return Ok(dropped(NotPosted::NoMail)) };
    let (Some(asker), Some(writer)) = (found.of.asker(), found.of.writer(&found.nomination)) else {
        return Ok(NOT_OWED);
    };
    let mut answers = Vec::new();
    for person in [writer, asker] {
        match address(speaker, person).await {
            Ok(mailbox) => answers.push(mailbox),
            Err(ending) => return Ok(ending),
        }
    }
    let mut answers = answers.into_iter();
    let Some(post) = answers.next().and_then(|writer| written(&found, writer, answers.next(), &message.nonce)) else {
        return Ok(dropped(NotPosted::Refused));
    };
    if began.is_late(speaker) {
        return Ok(Ending::GivenBack { not_before: now });
    }
    let sent = office.send(&post).await;
    Ok(settled(&speaker.ctx, message, sent))
}

fn is_owed(found: &NominationOfIntroduction, message: &Message) -> bool {
    let is_here = |person: Option<&Person>| person.is_some_and(|person| !person.deactivated);
    let writer = found.of.writer(&found.nomination);
    found.of.introduction.is_open()
        && found.nomination.state == NominationState::ToWrite
        && writer.is_some_and(|writer| writer.id == message.to)
        && is_here(writer)
        && is_here(found.of.asker())
}

/// Somebody's address in Slack, which is asked for and not kept; the error is how the attempt ends.
async fn address(speaker: &Speaker, person: &Person) -> Result<Mailbox, Ending> {
    speaker.permit(Method::UsersInfo, None).map_err(|not_before| Ending::GivenBack { not_before })?;
    let found = speaker.api.person(&person.slack.user_id).await;
    speaker.learn_pace(Method::UsersInfo, &found);
    let email = match found {
        Ok(found) => found.email.and_then(|email| EmailAddress::typed(&email).ok()),
        Err(CallFailure::Refused { .. }) => None,
        Err(_) => return Err(Ending::GivenBack { not_before: speaker.ctx.now() + NOT_ITS_FAULT }),
    };
    let mailbox = email.and_then(|email| mailbox(&Address { name: &person.name, email: email.reveal() }));
    mailbox.ok_or(dropped(NotPosted::NobodyToAnswer))
}

/// The letter as it is posted; `None` when the address is none for a mail program.
fn written(found: &NominationOfIntroduction, writer: Mailbox, asker: Option<Mailbox>, nonce: &str) -> Option<Letter> {
    let words = outside_introduction::words(found)?;
    let (name, email) = outside_introduction::outside(found)?;
    Some(Letter {
        to: mailbox(&Address { name: name.reveal(), email: email.reveal() })?,
        reply_to: writer,
        also_reply_to: asker,
        subject: words.subject,
        text: format!("{}{}", words.text, outside_introduction::footer(found)),
        invitation: None,
        stop: Stop::OnlyThis,
        nonce: nonce.to_owned(),
    })
}

/// How an attempt at the mail server ends. Its words may name people: only its code is logged.
fn settled(ctx: &Ctx, message: &Message, sent: Result<(), PostFailure>) -> Ending {
    let Err(failure) = sent else {
        return Ending::Sent { channel: BY_MAIL.to_owned(), ts: message.nonce.clone() };
    };
    let code = failure.code();
    let shown = code.as_deref().unwrap_or("none");
    match failure {
        PostFailure::NotTaken(_) => {
            tracing::warn!(code = shown, "the mail server did not take a letter");
            match try_again_at(message.due_at, message.until, ctx.now()) {
                Some(not_before) => Ending::GivenBack { not_before },
                None => dropped(NotPosted::NotTaken),
            }
        }
        PostFailure::Refused(_) => {
            tracing::warn!(code = shown, "a mail server refuses a letter; it is for whoever clicked to send");
            dropped(NotPosted::Refused)
        }
        PostFailure::Uncertain(_) => {
            tracing::warn!("a letter may have been taken by the mail server; it is not sent again");
            dropped(NotPosted::Unclear)
        }
        PostFailure::Unwritten(failure) => {
            tracing::error!(%failure, "a letter cannot be written");
            dropped(NotPosted::Refused)
        }
    }
}

/// What follows from how an attempt ended, in the same transaction: the ask has its end, or whoever clicked hears that it is
/// theirs to send.
///
/// # Errors
/// When the database fails.
pub(super) async fn follow(ctx: &Ctx, tx: &mut Tx, message: &Message, ending: &Ending) -> Result<(), StoreFailure> {
    if message.kind != MessageKind::OutsideLetter {
        return Ok(());
    }
    let now = ctx.now();
    match ending {
        Ending::Sent { .. } => {
            if let Some(found) = introductions::find_nomination(tx, NominationId(message.subject)).await?
                && outside_letters::written(tx, found, &ctx.ids, now).await?.is_err()
            {
                tracing::warn!("a letter went out for an ask that ended at the same moment");
            }
        }
        Ending::Dropped { reason } if NotPosted::from_word(reason).is_some() => {
            let failed = outside_letter_failed(NominationId(message.subject), message.to, now);
            queue::enqueue(tx, &failed, &ctx.ids, now).await?;
            screens::refresh_messages(tx, message.subject, now).await?;
        }
        _ => {}
    }
    Ok(())
}
