//! Messages to a mentee about letters to their mentor outside: that there is one to send, and why; never what it says.

use chrono::{DateTime, Utc};

use crate::domain::contacts::NotPosted;
use crate::domain::letters::ToForward;
use crate::domain::pairs::PairOfPeople;
use crate::domain::reminders::MessageKind;
use crate::render::controls::{CORRECT_ADDRESS, SEND_IT_MYSELF};
use crate::render::words::{name, rhythm, when};
use crate::slack::api::Outgoing;
use crate::slack::blocks::{Markup, actions, context, message, section};

/// A letter that is the mentee's to send.
pub fn to_forward(found: &ToForward) -> Outgoing {
    let ToForward { id, letter, contact, why } = found;
    let of = &letter.of;
    let what = what(letter.kind);
    let Some(why) = *why else {
        let line =
            Markup::words("Your ").and(what).and(" for ").text(&of.mentor.name).and(" goes out by e-mail after all.");
        return message(format!("Your {what} for {} goes out", name(&of.mentor)), vec![section(&line)]);
    };
    let text = match why {
        NotPosted::NoMail | NotPosted::Stopped => format!("Your {what} for {} is ready to forward", name(&of.mentor)),
        NotPosted::Unclear => format!("Your {what} for {} may not have arrived", name(&of.mentor)),
        _ => format!("Your {what} for {} has not gone out", name(&of.mentor)),
    };
    let mut line = Markup::words("Your ").and(what).and(" for ").text(&of.mentor.name);
    line = match why {
        NotPosted::NoMail | NotPosted::Stopped => line.and(" is ready to forward."),
        NotPosted::Unclear => line.and(" may not have arrived."),
        _ => line.and(" has not gone out."),
    };
    if let Some(meeting) = &letter.meeting {
        line = line.and("\n").piece(&when(meeting.starts_at));
    }
    let code = contact.refused_code.as_deref();
    let rest = match why {
        NotPosted::NoMail => Markup::words(
            "Copy its text into an e-mail of your own. The file for their calendar comes with this message.",
        ),
        NotPosted::Stopped => Markup::words("They want no letters from me, so this one is yours to send, or to leave."),
        NotPosted::Unreachable | NotPosted::Refused => {
            let refused = Markup::words("The mail server refuses their address");
            let refused = match code {
                Some(code) => refused.and(" (it said ").text(code).and(": ").and(meaning(code)).and(")"),
                None => refused,
            };
            refused.and(". I write to it no more until you correct it; meanwhile you can send the letter yourself.")
        }
        NotPosted::NobodyToAnswer => Markup::words(
            "I do not know where answers should go: Slack shows me no e-mail address of yours. Fill it in under “Correct the address”.",
        ),
        NotPosted::NotTaken => Markup::words(
            "The mail server has not taken it for hours, so I do not try any more. You can send it yourself.",
        ),
        NotPosted::Unclear => Markup::words(
            "The line broke while I was sending it, and nobody can look into their mailbox. I do not send it twice: ask them, or send it yourself.",
        ),
    };
    let mut buttons = vec![SEND_IT_MYSELF.primary_on(id.simple())];
    if matches!(why, NotPosted::Unreachable | NotPosted::Refused | NotPosted::NobodyToAnswer) {
        buttons.push(CORRECT_ADDRESS.on(of.pair.id));
    }
    message(text, vec![section(&line), actions(buttons), context(&rest)])
}

/// Another rhythm holds at once: the two have agreed outside Slack.
pub fn rhythm_changed(of: &PairOfPeople, next: Option<DateTime<Utc>>) -> Markup {
    let mut line = Markup::words("You and ").text(&of.mentor.name).and(" meet ");
    if let Some(chosen) = &of.pair.rhythm {
        line = line.piece(&rhythm(chosen));
    }
    line = line.and(" from now on.");
    if let Some(next) = next {
        line = line.and(" Your next meeting: ").piece(&when(next)).and(".");
    }
    line.and(" They cannot agree here, so make sure that it suits them.")
}

/// What a letter is called.
fn what(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::FirstLetter => "first letter",
        MessageKind::AgendaNotice | MessageKind::AgendaLate => "agenda",
        MessageKind::InvitationLetter => "invitation",
        MessageKind::PairEnded => "word of goodbye",
        _ => "news",
    }
}

/// What a mail server means by its code, roughly: its own words may name people and are not shown.
fn meaning(code: &str) -> &'static str {
    match code {
        "550" | "551" | "553" => "there is no such mailbox, or it takes nothing from here",
        "552" => "the mailbox is full, or the letter too large",
        "554" => "it does not want the letter",
        _ => "it does not take the letter",
    }
}

/// Their mentor outside wants no more letters.
pub fn stopped(of: &PairOfPeople) -> Outgoing {
    let line = of_name(of).and(
        " wants no more letters from me, so I send none. Your meetings stay as they are; what is to be said, you say yourself. Perhaps ask them how they would like to go on.",
    );
    message(
        format!("{} wants no more letters", name(&of.mentor)),
        vec![section(&line), actions([CORRECT_ADDRESS.on(of.pair.id)])],
    )
}

fn of_name(of: &PairOfPeople) -> Markup {
    Markup::default().text(&of.mentor.name)
}
