//! The message in which names meet, what is said instead when Slack allows no group, and the nudge in the thread a week later.
//!
//! Owns: the words. The first is the one message that carries what an asker wrote, because the form of an ask says so; its
//! notification does not. Must not: know where a message goes.

use crate::domain::identifiers::PersonId;
use crate::domain::people::Person;
use crate::domain::private_text::PrivateText;
use crate::domain::reminders_introduction::IntroductionOfPeople;
use crate::render::words::{mention, name, subject};
use crate::slack::api::Outgoing;
use crate::slack::blocks::{Blocks, Markup, context, message, plain, section};

/// Those who are brought together.
#[derive(Clone, Debug)]
pub struct Together<'a> {
    /// Who asks.
    pub asker: &'a Person,
    /// Who stands in between, the asker's own mentor first.
    pub links: Vec<&'a Person>,
    /// Who is happy to talk with them.
    pub nominee: &'a Person,
}

impl<'a> Together<'a> {
    /// Those whom an introduction brings together; `None` when nobody agreed, or somebody is not known any more.
    pub fn of(of: &'a IntroductionOfPeople) -> Option<Self> {
        let nominee = of.introduction.found()?.nominee.person()?;
        let links = of.introduction.links();
        Some(Self {
            asker: of.asker()?,
            links: links.into_iter().filter_map(|id| of.person(id)).filter(|person| is_here(person)).collect(),
            nominee: of.person(nominee)?,
        })
    }

    /// Everybody whose account is on, the asker first.
    pub fn here(&self) -> Vec<&'a Person> {
        let all = [self.asker].into_iter().chain(self.links.iter().copied()).chain([self.nominee]);
        all.filter(|person| is_here(person)).collect()
    }

    /// Whether the two who are to talk are both here.
    pub fn can_meet(&self) -> bool {
        is_here(self.asker) && is_here(self.nominee)
    }
}

fn is_here(person: &Person) -> bool {
    !person.deactivated && !person.is_forgotten()
}

/// One of them was forgotten: what they wrote, and their name, stand nowhere any more.
pub fn gone() -> Outgoing {
    let line =
        Markup::words("People were introduced to each other here. One of them has left since, and took it back.");
    message("An introduction was taken back".to_owned(), vec![section(&line)])
}

/// Names meet: who asks about what, and who does what next.
pub fn meet(of: &IntroductionOfPeople) -> Outgoing {
    let Some(together) = Together::of(of) else { return gone() };
    let (asker, nominee) = (together.asker, together.nominee);
    let mut blocks: Blocks = vec![section(&greeting(&together))];
    let text = &of.text;
    let asks = mention(asker).and(" would like to talk about:");
    said(&mut blocks, &asks, Some(&text.topic));
    said(&mut blocks, &Markup::words("*Why*"), text.why.as_ref());
    said(&mut blocks, &Markup::words("*What would help*"), text.would_help.as_ref());
    let gives = Markup::words("*What ").piece(&mention(asker)).and(" can give back*");
    said(&mut blocks, &gives, text.give_back.as_ref());
    let mut next = Markup::words("*What happens now*\n")
        .piece(&mention(asker))
        .and(": please suggest two times here; half an hour is plenty.\n")
        .piece(&mention(nominee))
        .and(": pick one, or say what suits you better.");
    for link in &together.links {
        next = next.and("\n").piece(&mention(link)).and(": thank you. You may leave the rest to the two of them.");
    }
    blocks.push(section(&next));
    blocks.push(context(&Markup::words("Only the people in this conversation see this.")));
    message(format!("{}, meet {}", name(asker), name(nominee)), blocks)
}

/// "@ada, meet @lise. @lise, meet @ada. @grace introduces you."
fn greeting(together: &Together<'_>) -> Markup {
    let (asker, nominee) = (mention(together.asker), mention(together.nominee));
    let line = Markup::words(":wave: ")
        .piece(&asker)
        .and(", meet ")
        .piece(&nominee)
        .and(". ")
        .piece(&nominee)
        .and(", meet ")
        .piece(&asker)
        .and(".");
    match together.links.as_slice() {
        [] => line,
        [link] => line.and(" ").piece(&mention(link)).and(" introduces you."),
        [first, last, ..] => line
            .and(" ")
            .piece(&mention(last))
            .and(" introduces you; ")
            .piece(&mention(first))
            .and(" passed the question on."),
    }
}

/// What somebody wrote, under what it is: plain, so that nothing in it formats, links or calls anybody.
fn said(blocks: &mut Blocks, title: &Markup, text: Option<&PrivateText>) {
    if let Some(text) = text.filter(|text| !text.reveal().trim().is_empty()) {
        blocks.push(section(title));
        blocks.extend(plain(text.reveal()));
    }
}

/// In the thread, when the asker says that they have not talked yet.
pub fn nudge(of: &IntroductionOfPeople) -> Outgoing {
    let Some(together) = Together::of(of) else { return gone() };
    let (asker, nominee) = (together.asker, together.nominee);
    let line = mention(asker)
        .and(" and ")
        .piece(&mention(nominee))
        .and(", it looks as if you have not found a time yet. ")
        .piece(&mention(asker))
        .and(", please suggest two times here.");
    let rest = Markup::words("Should it not fit any more, a line here is enough; no reason is needed.");
    let text = format!("{} and {}: have you found a time?", name(asker), name(nominee));
    message(text, vec![section(&line), context(&rest)])
}

/// Instead of the group, for one of them: whom to write to.
pub fn apart(of: &IntroductionOfPeople, to: PersonId) -> Outgoing {
    let Some(together) = Together::of(of) else { return gone() };
    let (asker, nominee) = (together.asker, together.nominee);
    if !is_here(nominee) {
        return came_to_nothing(&together, to);
    }
    let no_group = "Slack does not let me open one conversation for all of you";
    if to == asker.id {
        let mut line = Markup::words("Good news: ")
            .piece(&mention(nominee))
            .and(" is happy to talk with you about what you asked.");
        line = match together.links.as_slice() {
            [] => line,
            [.., link] => line.and(" ").piece(&mention(link)).and(" introduces you."),
        };
        let rest = Markup::words(no_group)
            .and(", so please write to ")
            .piece(&mention(nominee))
            .and(" yourself: say what you would like to talk about, and suggest two times.");
        return message(format!("{} is happy to talk with you", name(nominee)), vec![section(&line), section(&rest)]);
    }
    if to == nominee.id {
        let line = Markup::words("Thank you for being happy to talk with ").piece(&mention(asker)).and(".");
        let rest = Markup::words(no_group)
            .and(", so ")
            .piece(&mention(asker))
            .and(" will write to you with two times. You can click their name and write first, too.");
        let text = format!("You and {} can write to each other", name(asker));
        return message(text, vec![section(&line), section(&rest)]);
    }
    let line = mention(nominee).and(" is happy to talk with ").piece(&mention(asker)).and(", thanks to you.");
    let rest = Markup::words(no_group)
        .and(", so I told each of them whom to write to. You may leave the rest to the two of them.");
    let text = format!("{} is happy to talk with {}", name(nominee), name(asker));
    message(text, vec![section(&line), section(&rest)])
}

/// Whoever agreed has no account any more.
fn came_to_nothing(together: &Together<'_>, to: PersonId) -> Outgoing {
    let text = "An introduction came to nothing".to_owned();
    if to == together.asker.id {
        let line = Markup::words(
            "Somebody was happy to talk with you about what you asked, but their account has been switched off since. Please ask again whenever you like.",
        );
        return message(text, vec![section(&line)]);
    }
    let line = subject(together.nominee)
        .and(" was happy to talk with ")
        .piece(&mention(together.asker))
        .and(", but their account has been switched off since. There is nothing for you to do.");
    message(text, vec![section(&line)])
}
