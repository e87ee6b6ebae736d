//! Suggesting somebody else, on screen: forms, messages, and what is said when somebody cannot be suggested.

use serde_json::Value;

use crate::domain::pairs::PairOfPeople;
use crate::domain::people::{CannotMentor, Person};
use crate::domain::reminders::MessageKind;
use crate::domain::suggestion::{CannotSuggest, ManagerRequest, MentorSuggestion, RequestState};
use crate::render::controls::{ASK_MANAGER, ASK_SOMEBODY, ASK_THEM, NOBODY, READ_NOTE, SUGGEST, forms};
use crate::render::words::{mention, name, when};
use crate::slack::api::Outgoing;
use crate::slack::blocks::{
    Blocks, DateStyle, Input, Markup, actions, chosen_person_input, context, message, modal, person_input, plain,
    section, text_input,
};

/// Whom somebody suggests.
pub const WHOM: &str = "whom";
/// A line with it.
pub const NOTE: &str = "note";
/// Who the manager is.
pub const MANAGER: &str = "manager";

fn whom() -> Input<'static> {
    Input { field: WHOM, label: "Whom I suggest", hint: None, optional: false }
}

/// The form for a mentor who suggests somebody else.
pub fn suggest_else(of: &PairOfPeople) -> Value {
    let note = Input {
        field: NOTE,
        label: "A line with it",
        hint: Some("Why them? Only the two of you will ever see this."),
        optional: true,
    };
    let words = Markup::words("Whom could ").piece(&mention(&of.mentee)).and(" ask instead?");
    let blocks = vec![
        section(&words),
        person_input(whom()),
        text_input(note, None, None),
        context(&Markup::words(
            "They hear of it at once. It is your answer: about yourself they hear what they would have heard without one.",
        )),
    ];
    modal(forms::SUGGEST_ELSE, "Suggest someone else", Some("Suggest"), of.pair.id.to_string(), blocks)
}

/// The line that came with a suggestion.
pub fn read_note(of: &PairOfPeople, suggestion: &MentorSuggestion) -> Value {
    let line = mention(&of.mentor).and(" suggests you ask ").piece(&mention(&suggestion.suggested)).and(":");
    let mut blocks: Blocks = vec![section(&line)];
    match &suggestion.note {
        Some(text) => blocks.extend(plain(text.reveal())),
        None => blocks.push(context(&Markup::words("Without a note."))),
    }
    modal("read_note", "A suggestion", None, String::new(), blocks)
}

/// The mentor's suggestion, for the mentee: nothing else is said, about the request least of all.
pub fn told(of: &PairOfPeople, suggestion: &MentorSuggestion) -> Outgoing {
    let line = mention(&of.mentor).and(" suggests you ask ").piece(&mention(&suggestion.suggested)).and(".");
    let note = suggestion.note.is_some().then(|| READ_NOTE.on(of.pair.id));
    message(
        format!("{} suggests somebody you could ask", name(&of.mentor)),
        vec![section(&line), actions([ASK_THEM.primary_on(suggestion.suggested.id)].into_iter().chain(note))],
    )
}

/// Why somebody cannot be suggested.
pub fn why_not(asker: &Person, whom: &Person, reason: CannotSuggest) -> String {
    let whom = &whom.name;
    match reason {
        CannotSuggest::Yourself => "That is you. Choose somebody else.".to_owned(),
        CannotSuggest::TheAsker => format!("{} cannot ask themselves. Choose somebody else.", asker.name),
        CannotSuggest::AlreadyPaired => {
            format!("{whom} and {} are a pair already. Choose somebody else.", asker.name)
        }
        CannotSuggest::Mentor(CannotMentor::Bot) => format!("{whom} is an app, not a person. Choose a person."),
        CannotSuggest::Mentor(CannotMentor::Deactivated) => {
            format!("{whom}’s account is switched off. Choose somebody else.")
        }
        CannotSuggest::Mentor(CannotMentor::Outsider | CannotMentor::Guest) => {
            format!("{whom} is not a full member here and cannot be asked. Choose somebody who is.")
        }
    }
}

/// The form for somebody who asks their manager; `known` is the user id of who stands there already.
pub fn ask_manager(known: Option<&str>) -> Value {
    let manager = Input { field: MANAGER, label: "Who is your manager?", hint: None, optional: false };
    let blocks = vec![
        section(&Markup::words("Your manager is asked whom you could ask to mentor you, and can pick somebody.")),
        chosen_person_input(manager, known),
        context(&Markup::words(
            "They have three working days and are reminded once. They are never told what comes of it: whether you ask, or what the other answers.",
        )),
    ];
    modal(forms::ASK_MANAGER, "Ask my manager", Some("Send"), String::new(), blocks)
}

/// The picker for a manager who clicked *Suggest* where there is none.
pub fn suggest(request: &ManagerRequest) -> Value {
    let words = Markup::words("Whom could ").piece(&mention(&request.asker)).and(" ask to mentor them?");
    let blocks = vec![section(&words), person_input(whom()), context(&never_told(&request.asker))];
    modal(forms::SUGGEST, "Suggest someone", Some("Suggest"), request.id.to_string(), blocks)
}

fn never_told(asker: &Person) -> Markup {
    Markup::words("What comes of it stays with ").piece(&mention(asker)).and("; you will not hear.")
}

/// Draws a message about a request to a manager.
pub fn draw(kind: MessageKind, request: &ManagerRequest) -> Outgoing {
    match kind {
        MessageKind::ManagerSuggests => manager_suggests(request),
        MessageKind::ManagerNobody => nobody(request),
        MessageKind::ManagerAskedReminder => for_manager(request, "A reminder: "),
        _ => for_manager(request, ""),
    }
}

fn for_manager(request: &ManagerRequest, prefix: &'static str) -> Outgoing {
    let asker = mention(&request.asker);
    let text = format!("{prefix}{} would like your suggestion for a mentor", name(&request.asker));
    let line = match (&request.state, &request.suggested) {
        (RequestState::Asked, _) => {
            let line = Markup::words(prefix)
                .piece(&asker)
                .and(" is looking for a mentor. Whom would you suggest? Best is somebody outside your own team, with whom nothing is at stake for them.");
            let by = Markup::words("Until ")
                .date(request.answer_by, DateStyle::LongDayAndTime)
                .and(". ")
                .piece(&never_told(&request.asker));
            return message(
                text,
                vec![
                    section(&line),
                    person_input(whom()),
                    actions([SUGGEST.primary_on(request.id), NOBODY.on(request.id)]),
                    context(&by),
                ],
            );
        }
        (RequestState::Suggested, Some(suggested)) => Markup::words("You suggested ")
            .piece(&mention(suggested))
            .and(" to ")
            .piece(&asker)
            .and(". Thank you! What comes of it stays with them."),
        (RequestState::Expired, _) => {
            Markup::words("The time to suggest somebody to ").piece(&asker).and(" is over. Nothing more to do.")
        }
        _ => Markup::words("Nobody came to mind. ")
            .piece(&asker)
            .and(" will hear so at the end of the three days, as they would have without an answer."),
    };
    message(text, vec![section(&line)])
}

fn manager_suggests(request: &ManagerRequest) -> Outgoing {
    let text = format!("{} suggests somebody you could ask", name(&request.manager));
    let Some(suggested) = &request.suggested else {
        return message(text, vec![section(&Markup::words("There is no suggestion any more."))]);
    };
    let line = mention(&request.manager).and(" suggests you ask ").piece(&mention(suggested)).and(" to mentor you.");
    let note = Markup::words("Whether you ask, and what comes of it, they are not told.");
    message(text, vec![section(&line), actions([ASK_THEM.primary_on(suggested.id)]), context(&note)])
}

fn nobody(request: &ManagerRequest) -> Outgoing {
    let line = mention(&request.manager)
        .and(" has nobody to suggest this time.\nYou can ask somebody yourself: somebody outside your team whose work you like is a good beginning.");
    let blocks = vec![section(&line), actions([ASK_SOMEBODY.primary_on("")])];
    message(format!("{} has nobody to suggest this time", name(&request.manager)), blocks)
}

/// A request that waits for the manager, on Home and as the answer to `/mentor`.
pub fn waiting(request: &ManagerRequest) -> Blocks {
    let line = mention(&request.asker).and(" is looking for a mentor and asks whom you would suggest, by ");
    let line = line.piece(&when(request.answer_by)).and(".");
    vec![section(&line), actions([SUGGEST.primary_on(request.id), NOBODY.on(request.id)])]
}

/// A request as its asker sees it while it is open.
pub fn requested(request: &ManagerRequest) -> Markup {
    let line =
        Markup::words("You asked ").piece(&mention(&request.manager)).and(" to suggest somebody; you will hear by ");
    line.piece(&when(request.answer_by)).and(".")
}

/// What is answered to who asks without saying whom.
pub fn whom_to_ask() -> Outgoing {
    let line = Markup::words("Whom would you like to ask? Type `/mentor ask @name`, or choose:");
    message(
        "Whom would you like to ask?".to_owned(),
        vec![section(&line), actions([ASK_SOMEBODY.primary_on(""), ASK_MANAGER.on("")])],
    )
}
