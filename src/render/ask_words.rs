//! What an asker wrote, as everybody reads it who may: on the preview, in the modals of whoever is asked, and where names meet.
//!
//! Owns: the labels and the order, so that the preview shows exactly what others will see. Must not: be drawn in a direct message.

use crate::domain::introductions::AskText;
use crate::domain::private_text::PrivateText;
use crate::slack::blocks::{Blocks, Markup, plain, section};

/// The words, each below its label, plain as they were typed; what was left empty is not there.
pub fn read(text: &AskText) -> Blocks {
    let parts: [(&str, Option<&PrivateText>); 4] = [
        ("*Topic*", Some(&text.topic)),
        ("*Why*", text.why.as_ref()),
        ("*What would help*", text.would_help.as_ref()),
        ("*In return*", text.give_back.as_ref()),
    ];
    let mut blocks = Blocks::new();
    for (label, written) in parts {
        let Some(written) = written else { continue };
        blocks.push(section(&Markup::words(label)));
        blocks.extend(plain(written.reveal()));
    }
    blocks
}
