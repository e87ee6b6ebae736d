//! Letters: what a mentor outside is owed goes by e-mail, or is given to the mentee to send.
//!
//! Nobody can look into a mailbox. So a letter that may have arrived is not sent again, one that is refused is no fault of the
//! installation, and whatever does not go out becomes the mentee's to send. Nothing here writes to the contact in Slack.
//!
//! Owns: how such an attempt goes and ends, and telling the mentee. Must not: know the words of a letter.

use lettre::message::Mailbox;

use super::deliver::Began;
use super::files::calendar_entry;
use super::speaker::{NOT_ITS_FAULT, Speaker};
use crate::ctx::Ctx;
use crate::domain::contacts::{BY_MAIL, Contact, EmailAddress, NotPosted};
use crate::domain::letters::{Letter, file_to_forward, to_forward, try_again_at};
use crate::domain::people::Person;
use crate::domain::reminders::MessageKind;
use crate::mail::ics::{Address, CalendarEntry, Invited};
use crate::mail::letter::{Invitation, Letter as Post, Stop};
use crate::mail::office::Office;
use crate::mail::smtp::PostFailure;
use crate::render;
use crate::slack::api::CallFailure;
use crate::slack::method::Method;
use crate::store::db::Tx;
use crate::store::failure::StoreFailure;
use crate::store::outbox::queue::{self, Message};
use crate::store::outbox::settle::Ending;
use crate::store::{contacts, letters, screens};

/// Why a row to a contact is dropped that is no letter, or none any more.
const NOT_OWED: Ending = Ending::Dropped { reason: "no_longer_owed" };

fn dropped(why: NotPosted) -> Ending {
    Ending::Dropped { reason: why.word() }
}

/// Writes and posts what a contact is owed.
///
/// # Errors
/// When the database fails before anything was posted.
pub(super) async fn attempt(speaker: &Speaker, message: &Message, began: Began) -> Result<Ending, StoreFailure> {
    let ctx = &speaker.ctx;
    let now = ctx.now();
    let mut reading = ctx.db.read().await?;
    let contact = contacts::find(&mut reading, message.to).await?;
    let letter = match &contact {
        Some(contact) => letters::of_message(&mut reading, message, contact, now).await?,
        None => None,
    };
    drop(reading);
    let Some((contact, letter)) = contact.zip(letter) else { return Ok(NOT_OWED) };
    if now > message.until || !letter.is_owed(now) {
        return Ok(NOT_OWED);
    }
    let Some(office) = &speaker.office else { return Ok(dropped(NotPosted::NoMail)) };
    if contact.stopped_at.is_some() {
        return Ok(dropped(NotPosted::Stopped));
    }
    if contact.unreachable_at.is_some() {
        return Ok(dropped(NotPosted::Unreachable));
    }
    let reply_to = match reply_to(speaker, &contact, &letter.of.mentee).await? {
        Ok(reply_to) => reply_to,
        Err(ending) => return Ok(ending),
    };
    let Some(post) = written(ctx, office, &contact, &letter, &reply_to, &message.nonce) else {
        return Ok(dropped(NotPosted::Refused));
    };
    if began.is_late(speaker) {
        return Ok(Ending::GivenBack { not_before: now });
    }
    let sent = office.send(&post).await;
    settled(ctx, message, &contact, sent).await
}

/// Where answers go: where the mentee said, else to their address in Slack, which is asked for once.
async fn reply_to(
    speaker: &Speaker,
    contact: &Contact,
    mentee: &Person,
) -> Result<Result<EmailAddress, Ending>, StoreFailure> {
    if let Some(known) = &contact.reply_to {
        return Ok(Ok(known.clone()));
    }
    if let Err(not_before) = speaker.permit(Method::UsersInfo, None) {
        return Ok(Err(Ending::GivenBack { not_before }));
    }
    let found = speaker.api.person(&mentee.slack.user_id).await;
    speaker.learn_pace(Method::UsersInfo, &found);
    let email = match found {
        Ok(found) => found.email.and_then(|email| EmailAddress::typed(&email).ok()),
        Err(CallFailure::Refused { .. }) => None,
        Err(_) => return Ok(Err(Ending::GivenBack { not_before: speaker.ctx.now() + NOT_ITS_FAULT })),
    };
    let Some(email) = email else { return Ok(Err(dropped(NotPosted::NobodyToAnswer))) };
    let mut tx = speaker.ctx.db.begin().await?;
    contacts::set_addresses(&mut tx, contact, &contact.email, Some(&email)).await?;
    tx.commit().await?;
    Ok(Ok(email))
}

/// The letter as it is posted; `None` when one of the addresses is none for a mail program.
fn written(
    ctx: &Ctx,
    office: &Office,
    contact: &Contact,
    letter: &Letter,
    reply_to: &EmailAddress,
    nonce: &str,
) -> Option<Post> {
    let of = &letter.of;
    let words = render::letters::draw(letter);
    let stop = office.stop(&contact.stop_token);
    let click = match &stop {
        Stop::ByClick(address) => Some(address.as_str()),
        Stop::ByAnswer | Stop::OnlyThis => None,
    };
    let text = format!("{}{}", words.text, render::letters::footer(letter, click));
    let mentee = Address { name: &of.mentee.name, email: reply_to.reveal() };
    let mentor = Address { name: &of.mentor.name, email: contact.email.reveal() };
    let invitation = letter.entry.as_ref().map(|entry| {
        let invited = Some(Invited { organizer: mentee, attendees: vec![mentor] });
        let entry = CalendarEntry { invited, ..calendar_entry(of, entry) };
        Invitation { method: entry.method(), file: entry.file(ctx.now()) }
    });
    Some(Post {
        to: mailbox(&mentor)?,
        reply_to: mailbox(&mentee)?,
        also_reply_to: None,
        subject: words.subject,
        text,
        invitation,
        stop,
        nonce: nonce.to_owned(),
    })
}

/// A name is one line, whatever somebody is called.
pub(super) fn mailbox(address: &Address<'_>) -> Option<Mailbox> {
    let name = address.name.split(|one: char| one.is_control() || one.is_whitespace());
    let name = name.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    Some(Mailbox::new(Some(name), address.email.parse().ok()?))
}

/// How an attempt at the mail server ends. Its words may name people: only its code is kept and logged.
async fn settled(
    ctx: &Ctx,
    message: &Message,
    contact: &Contact,
    sent: Result<(), PostFailure>,
) -> Result<Ending, StoreFailure> {
    let now = ctx.now();
    let Err(failure) = sent else {
        return Ok(Ending::Sent { channel: BY_MAIL.to_owned(), ts: message.nonce.clone() });
    };
    let code = failure.code();
    let shown = code.as_deref().unwrap_or("none");
    Ok(match failure {
        PostFailure::NotTaken(_) => {
            tracing::warn!(code = shown, "the mail server did not take a letter");
            match try_again_at(message.due_at, message.until, now) {
                Some(not_before) => Ending::GivenBack { not_before },
                None => dropped(NotPosted::NotTaken),
            }
        }
        PostFailure::Refused(_) => {
            tracing::warn!(code = shown, "a mail server refuses a letter; it is the mentee's to send");
            let mut tx = ctx.db.begin().await?;
            contacts::refused(&mut tx, contact.person, code.as_deref(), now).await?;
            tx.commit().await?;
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
    })
}

/// Owes the mentee what did not go out to their mentor outside: the word that it is theirs to send, and the file that goes
/// with it.
///
/// # Errors
/// When the database fails.
pub(super) async fn tell_mentee(
    ctx: &Ctx,
    tx: &mut Tx,
    message: &Message,
    ending: &Ending,
) -> Result<(), StoreFailure> {
    let Ending::Dropped { reason } = ending else { return Ok(()) };
    let now = ctx.now();
    let Some(why) = NotPosted::from_word(reason) else { return Ok(()) };
    let Some(contact) = contacts::find(tx, message.to).await? else { return Ok(()) };
    let Some(letter) = letters::of_message(tx, message, &contact, now).await? else { return Ok(()) };
    if !letter.is_for_the_mentee(why) {
        return Ok(());
    }
    let forward = to_forward((message.id, message.attempt), &letter, &ctx.programme(), now);
    queue::enqueue(tx, &forward, &ctx.ids, now).await?;
    screens::refresh_messages(tx, message.id, now).await?;
    if letter.entry.is_some() && message.kind != MessageKind::PairEnded {
        queue::enqueue(tx, &file_to_forward(&forward), &ctx.ids, now).await?;
    }
    Ok(())
}
