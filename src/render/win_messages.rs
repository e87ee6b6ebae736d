//! Messages about a win: that there is one, for the pair; the win itself, for a channel its owner chose; and that the channel
//! does not have it.

use crate::domain::people::Person;
use crate::domain::reminders::MessageKind;
use crate::domain::reminders_homework::UNCLEAR;
use crate::domain::wins::WinOfPair;
use crate::render::controls::READ_WIN;
use crate::render::words::{mention, name};
use crate::slack::api::Outgoing;
use crate::slack::blocks::{Blocks, Markup, actions, message, plain, section};

/// Draws a message about a win; `refused` is why a channel does not have it.
pub fn draw(kind: MessageKind, of: &WinOfPair, refused: Option<&str>) -> Outgoing {
    match kind {
        MessageKind::WinToChannel => for_channel(of),
        MessageKind::WinNotInChannel => not_there(of, refused),
        _ => for_the_other(of),
    }
}

fn owner(of: &WinOfPair) -> &Person {
    of.of.half(of.win.person)
}

fn for_the_other(of: &WinOfPair) -> Outgoing {
    let owner = owner(of);
    let line = mention(owner).and(" has a win to share.");
    message(
        format!("{} has a win to share", name(owner)),
        vec![section(&line), actions([READ_WIN.primary_on(of.win.id)])],
    )
}

/// The one message that carries what somebody wrote, because they chose this channel for it. The notification does not.
fn for_channel(of: &WinOfPair) -> Outgoing {
    let owner = owner(of);
    let mut blocks: Blocks =
        vec![section(&Markup::words(":tada: ").piece(&mention(owner)).and(" has a win to celebrate:"))];
    blocks.extend(plain(of.win.text.reveal()));
    message(format!("{} has a win to celebrate", name(owner)), blocks)
}

fn not_there(of: &WinOfPair, refused: Option<&str>) -> Outgoing {
    let there = Markup::default().channel(of.win.channel.as_deref().unwrap_or_default());
    let line = match refused {
        Some(UNCLEAR) => Markup::words("I cannot tell whether your win stands in ")
            .piece(&there)
            .and(": Slack’s answer was lost. Please look there; I will not post it a second time."),
        reason => {
            let why = match reason {
                Some("is_archived") => ": it is archived.",
                Some("not_in_channel" | "channel_not_found") => ": I am not allowed in there.",
                Some("window_over" | "no_longer_owed") => " in time.",
                _ => ": Slack does not let me post there.",
            };
            Markup::words("I could not post your win in ").piece(&there).and(why)
        }
    };
    let rest =
        Markup::words("Nothing else is lost: those you share it with have it, and you can tell the channel yourself.");
    message("About the channel for your win".to_owned(), vec![section(&line), section(&rest)])
}
