//! The forms about a mentor outside who has only an e-mail address, and the screen with a letter to be copied.

use chrono::Weekday;
use serde_json::Value;

use crate::domain::contacts::{Contact, EmailAddress};
use crate::domain::letters::Letter;
use crate::domain::pairs::{PairKind, PairOfPeople};
use crate::domain::people::Person;
use crate::domain::rhythm::Frequency;
use crate::render::controls::forms;
use crate::render::letters::draw;
use crate::render::rhythm_inputs;
use crate::slack::blocks::{
    Blocks, Input, Markup, checkbox_input, choice, context, divider, hinted_line_input, modal, plain, section,
    text_input,
};

/// Their name.
pub const NAME: &str = "outside_name";
/// Their e-mail address.
pub const EMAIL: &str = "outside_email";
/// They have agreed.
pub const AGREED: &str = "outside_agreed";
/// What the mentee wants to work on.
pub const AIM: &str = "outside_aim";
/// It goes with the first letter.
pub const SEND_AIM: &str = "outside_send_aim";
/// Where answers go.
pub const REPLY_TO: &str = "outside_reply_to";
/// They want letters.
pub const LETTERS: &str = "outside_letters";
/// The value of a tick.
pub const YES: &str = "yes";

/// Minutes that are filled in.
const USUAL_LENGTH: u16 = 45;

/// What was understood of a command.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Understood {
    /// The name.
    pub name: String,
    /// The address, as it was typed.
    pub email: String,
    /// What is wrong, to be said first.
    pub wrong: Option<String>,
}

fn input(field: &'static str, label: &'static str, hint: Option<&'static str>, optional: bool) -> Input<'static> {
    Input { field, label, hint, optional }
}

/// The form with which somebody adds their mentor. `by_mail`: letters are sent; else the mentee forwards them.
pub fn open(understood: &Understood, me: &Person, days: &[Weekday], by_mail: bool) -> Value {
    let mut blocks = Blocks::new();
    if let Some(wrong) = &understood.wrong {
        blocks.push(section(&Markup::default().text(wrong)));
    }
    let what = if by_mail {
        "They need no Slack. They get by e-mail: a first letter with an invitation, your agenda before each meeting, and word when a meeting is moved or left out. *What you write on an agenda leaves Slack that way*; answers go to you."
    } else {
        "They need no Slack. I make the letters and calendar files for them; you forward them from your own mailbox. *What you write on an agenda leaves Slack that way*."
    };
    blocks.push(section(&Markup::words(what)));
    blocks.push(hinted_line_input(input(NAME, "Their name", None, false), Some("Jane Doe"), Some(&understood.name)));
    blocks.push(hinted_line_input(
        input(EMAIL, "Their e-mail address", None, false),
        Some("jane@example.org"),
        Some(&understood.email),
    ));
    blocks.push(section(&Markup::words(
        "They cannot click anything here, so ask them yourself first. Words you may copy:",
    )));
    blocks.extend(plain(&format!(
        "Would you be my mentor? 30–45 minutes every month: I prepare, you react. You get my agenda before each meeting and need no account. Either of us may stop at any time, without a reason. Best wishes, {}",
        me.name
    )));
    blocks.push(checkbox_input(
        input(AGREED, "Asked personally", None, false),
        &[choice("They have agreed to mentor me", YES)],
        &[],
    ));
    blocks.push(divider());
    blocks.extend(rhythm_inputs::draw(
        rhythm_inputs::usual(Frequency::default_of(PairKind::External)),
        USUAL_LENGTH,
        days,
    ));
    blocks.push(context(&Markup::words("On your clock (").text(me.zone().name()).and(").")));
    blocks.push(divider());
    let aim = input(AIM, "What I want to work on", Some("Only you see this, unless you tick the box below."), false);
    blocks.push(text_input(aim, Some("What would be different in six months?"), None));
    let send = input(SEND_AIM, "And tell them", None, true);
    blocks.push(checkbox_input(send, &[choice("Send it with the first letter", YES)], &[]));
    if by_mail {
        blocks.push(hinted_line_input(reply_to(), Some("me@example.org"), None));
    }
    modal(forms::ADD_OUTSIDE, "Add an outside mentor", Some("Add"), String::new(), blocks)
}

fn reply_to() -> Input<'static> {
    let hint = "Where their answers go. Empty: the address that stands in your Slack profile.";
    input(REPLY_TO, "My e-mail address", Some(hint), true)
}

/// The form with which a mentee corrects where letters go, and whether there are any.
pub fn addresses(of: &PairOfPeople, contact: &Contact, by_mail: bool) -> Value {
    let mut blocks = vec![section(&Markup::words("Letters to ").text(&of.mentor.name).and("."))];
    if contact.unreachable_at.is_some() {
        blocks.push(context(&Markup::words(
            "The mail server refuses this address. Correct it, or save it as it is to try once more.",
        )));
    }
    blocks.push(hinted_line_input(
        input(EMAIL, "Their e-mail address", None, false),
        None,
        Some(contact.email.reveal()),
    ));
    if by_mail {
        let kept = contact.reply_to.as_ref().map(EmailAddress::reveal);
        blocks.push(hinted_line_input(reply_to(), Some("me@example.org"), kept));
    }
    let ticked: Vec<String> = contact.stopped_at.is_none().then(|| YES.to_owned()).into_iter().collect();
    let hint = "Untick it when they ask for no more. Tick it again only when they ask for that.";
    let letters = input(LETTERS, "Letters", Some(hint), true);
    blocks.push(checkbox_input(letters, &[choice("They want letters from me", YES)], &ticked));
    modal(forms::OUTSIDE_ADDRESS, "Correct the address", Some("Save"), of.pair.id.to_string(), blocks)
}

/// A letter, ready to be copied.
pub fn copy(letter: &Letter, contact: &Contact) -> Value {
    let words = draw(letter);
    let mut blocks = vec![
        section(&Markup::words("Copy this into an e-mail of your own. What stands here leaves Slack when you do.")),
        section(&Markup::words("*To*")),
    ];
    blocks.extend(plain(contact.email.reveal()));
    blocks.push(section(&Markup::words("*Subject*")));
    blocks.extend(plain(&words.subject));
    blocks.push(section(&Markup::words("*Text*")));
    blocks.extend(plain(&words.text));
    if letter.entry.is_some() {
        blocks.push(context(&Markup::words("The file for their calendar is in our conversation; attach it.")));
    }
    modal("copy_letter", "Send it myself", None, String::new(), blocks)
}
