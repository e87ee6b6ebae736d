//! The form in which a mentor names somebody, and why somebody cannot be named.

use serde_json::Value;

use crate::domain::identifiers::IntroductionRequestId;
use crate::domain::introducing::{LONGEST_LINE, LONGEST_NAME};
use crate::domain::introductions::{CannotNominate, MOST_NAMED};
use crate::domain::people::{Person, Standing};
use crate::render::controls::forms;
use crate::render::words::mention;
use crate::slack::blocks::{
    Input, Markup, chosen_person_input, context, hinted_line_input, line_input, modal, section,
};

/// Somebody in Slack.
pub const NOMINEE: &str = "nominee";
/// The name of somebody outside.
pub const NAME: &str = "nominee_name";
/// Their address.
pub const EMAIL: &str = "nominee_email";
/// A line for whoever is named.
pub const LINE: &str = "nominee_line";

/// Who stands in the form at first.
#[derive(Clone, Debug, Default)]
pub struct Prefilled {
    /// The user id of somebody in Slack.
    pub user_id: Option<String>,
    /// Name and address of somebody outside.
    pub outside: Option<(String, String)>,
}

/// The form.
pub fn open(request: IntroductionRequestId, asker: Option<&Person>, prefilled: &Prefilled) -> Value {
    let asker = asker.map_or_else(|| Markup::words("somebody"), mention);
    let input = |field, label, hint| Input { field, label, hint, optional: true };
    let hint = "Why them? Whoever you name reads it together with the ask.";
    let (name, email) = prefilled.outside.as_ref().map(|(name, email)| (name.as_str(), email.as_str())).unzip();
    let blocks = vec![
        section(
            &Markup::words("Who could ")
                .piece(&asker)
                .and(" talk to? They are asked first, and ")
                .piece(&asker)
                .and(" learns their name only if they say yes. You read no more about it unless it works out."),
        ),
        chosen_person_input(input(NOMINEE, "Somebody in Slack", None), prefilled.user_id.as_deref()),
        context(&Markup::words("Or somebody outside: then you get a letter to send them, and they answer you.")),
        hinted_line_input(input(NAME, "Their name", None), Some("Jane Doe"), name),
        hinted_line_input(input(EMAIL, "Their e-mail address", None), Some("jane@example.org"), email),
        line_input(input(LINE, "A line for them", Some(hint)), LONGEST_LINE, None),
    ];
    modal(forms::NOMINATE, "Nominate someone", Some("Nominate"), request.to_string(), blocks)
}

/// What is said to a form that names nobody.
pub const NOBODY: &str = "Choose somebody in Slack, or write the name and the address of somebody outside below.";
/// What is said to a form that names somebody in Slack and somebody outside.
pub const BOTH: &str = "Name one at a time: somebody in Slack, or somebody outside. Empty the other fields; you can nominate one more later.";

/// The name of somebody outside is too long.
pub fn name_too_long(length: usize) -> String {
    format!("{length} characters, and a name takes {LONGEST_NAME}.")
}

/// The line is too long.
pub fn line_too_long(length: usize) -> String {
    format!("{length} characters, and {LONGEST_LINE} are the most. One line is enough.")
}

/// Why somebody in Slack cannot be named, by what everybody can see of them.
pub fn not_this_account(person: &Person) -> Option<String> {
    let name = &person.name;
    match person.standing {
        Standing::Bot => Some(format!("{name} is an app, not a person. Choose a person.")),
        _ if person.deactivated => Some(format!("{name}’s account is switched off. Choose somebody else.")),
        Standing::Guest => Some(format!(
            "{name} is a guest here, and sees few people. Write to them yourself, or name them below with their e-mail address."
        )),
        Standing::Member | Standing::Outsider => None,
    }
}

/// Why somebody cannot be named, when it is not too late.
pub fn why_not(reason: CannotNominate, asker: Option<&Person>) -> String {
    match reason {
        CannotNominate::TheAsker => {
            let asker = asker.map_or("they", |asker| asker.name.as_str());
            format!("{asker} is the one who asks. Choose somebody else.")
        }
        CannotNominate::Yourself => {
            "That is you. Choose somebody else, or close this and click “I can help myself”.".to_owned()
        }
        CannotNominate::AlreadyNamed => "You named them already. Choose somebody else.".to_owned(),
        CannotNominate::Enough | CannotNominate::TooLate(_) => {
            format!("You named {MOST_NAMED}, and that is the most. Thank you!")
        }
    }
}

/// Rule 1 stands between them.
pub fn reporting_line(person: &Person, asker: Option<&Person>) -> String {
    let asker = asker.map_or("who asks", |asker| asker.name.as_str());
    format!(
        "{} is in the reporting line of {asker} or of you, or next to it, and nobody is introduced along that line. Choose somebody outside it. Nobody is told.",
        person.name
    )
}
