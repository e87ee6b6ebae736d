//! The form in which somebody says something about themselves, what is said once it is saved, and their line on Home.

use serde_json::Value;

use crate::domain::introductions;
use crate::domain::people::Person;
use crate::domain::profile::{
    BadTopics, LONGEST_ABOUT, LONGEST_TOPIC, MOST_MENTEES, MOST_NOT_WITH, MOST_TOPICS, OpenTo, Profile,
};
use crate::render::controls::forms;
use crate::render::words::mention;
use crate::slack::blocks::{
    Blocks, Input, Markup, checkbox_input, choice, context, line_input, modal, people_input, radio_input, section,
    select_input, text_input,
};

/// What they can help with.
pub const OFFERED: &str = "offered";
/// What they want to grow in.
pub const SOUGHT: &str = "sought";
/// One line about them.
pub const ABOUT: &str = "about";
/// Who may ask them.
pub const OPEN_TO: &str = "open_to";
/// How many mentees they take.
pub const MENTEES: &str = "mentees";
/// Whether others may be introduced to them.
pub const INTRODUCTIONS: &str = "introductions";
/// How often a month they are asked to be introduced.
pub const MOST_A_MONTH: &str = "most_a_month";
/// Whom they want nothing to do with.
pub const NOT_WITH: &str = "not_with";
/// The value of the ticked box.
pub const YES: &str = "yes";

/// "Who may ask me" in words.
const fn open_to(who: OpenTo) -> &'static str {
    match who {
        OpenTo::Anybody => "Yes: list me, and anybody may ask me",
        OpenTo::ByName => "Not listed; who knows me may ask me by name",
        OpenTo::Nobody => "Nobody, for the time being",
    }
}

/// How often a month somebody is asked to be introduced, in words.
fn a_month(most: u8) -> String {
    match most {
        0 => "Never".to_owned(),
        1 => "Once a month".to_owned(),
        2 => "Twice a month".to_owned(),
        most => format!("{most} times a month"),
    }
}

/// The form with what holds now; `not_with` are user ids, `mentees` how many this person mentors, `most_a_month` how often they
/// are asked to be introduced.
pub fn open(profile: &Profile, not_with: &[String], mentees: usize, most_a_month: u8) -> Value {
    let topics = |field, label| Input { field, label, hint: Some("Separated by commas."), optional: true };
    let offered = topics(OFFERED, "What I can help with");
    let sought = topics(SOUGHT, "What I want to grow in");
    let about = Input { field: ABOUT, label: "One line about me", hint: None, optional: true };
    let open = Input { field: OPEN_TO, label: "Open to mentoring", hint: None, optional: false };
    let most = Input { field: MENTEES, label: "For how many mentees", hint: None, optional: false };
    let open_to_them = Input { field: INTRODUCTIONS, label: "Open to introductions", hint: None, optional: true };
    let not_with_field = Input {
        field: NOT_WITH,
        label: "Not with …",
        hint: Some("Confidential. Nobody else ever sees this list or learns that somebody is on it."),
        optional: true,
    };
    let who: Vec<_> = OpenTo::ALL.iter().map(|who| choice(open_to(*who), who.word())).collect();
    let counts: Vec<_> = (1..=MOST_MENTEES).map(|count| choice(count.to_string(), count.to_string())).collect();
    let tick = [choice("I may be introduced to others; I am asked each time", YES)];
    let ticked: Vec<String> = profile.introductions.then(|| YES.to_owned()).into_iter().collect();
    let mut blocks: Blocks = vec![
        text_input(offered, Some("pricing, hiring, first-time leads"), Some(&profile.offered.join(", "))),
        text_input(sought, Some("public speaking, SQL"), Some(&profile.sought.join(", "))),
        line_input(about, LONGEST_ABOUT, profile.about.as_deref()),
        radio_input(open, &who, profile.open_to.word()),
        select_input(most, &counts, &profile.most_mentees.to_string()),
    ];
    if mentees > 0 {
        blocks.push(context(&Markup::words("At present you mentor ").number(mentees).and(".")));
    }
    blocks.push(checkbox_input(open_to_them, &tick, &ticked));
    let hint = "By whoever names you when somebody asks whom they can talk to.";
    let often =
        Input { field: MOST_A_MONTH, label: "Asked to be introduced at most", hint: Some(hint), optional: false };
    let times: Vec<_> = (0..=introductions::MOST_A_MONTH).map(|most| choice(a_month(most), most.to_string())).collect();
    blocks.push(select_input(often, &times, &most_a_month.to_string()));
    blocks.push(people_input(not_with_field, not_with, MOST_NOT_WITH));
    blocks.push(context(&Markup::words(
        "Topics and the line about you are shown to others only while you are listed, or open to introductions.",
    )));
    modal(forms::PROFILE, "My profile", Some("Save"), String::new(), blocks)
}

/// What is said once it is saved: what was understood. `live` are people on the "not with" list with whom a pair goes on.
pub fn saved(profile: &Profile, most_a_month: Option<u8>, live: &[Person]) -> Value {
    let mut blocks: Blocks = vec![section(&standing(profile, most_a_month))];
    let lists = [("*You help with:* ", &profile.offered), ("*You want to grow in:* ", &profile.sought)];
    for (title, topics) in lists.into_iter().filter(|(_, topics)| !topics.is_empty()) {
        blocks.push(section(&Markup::words(title).text(&topics.join(" · "))));
    }
    for person in live {
        blocks.push(section(
            &Markup::words("You and ")
                .piece(&mention(person))
                .and(" are a pair, and that goes on as it is: the list keeps new things from beginning."),
        ));
    }
    modal("profile_saved", "Saved", None, String::new(), blocks)
}

/// What holds, on one line: for Home and once it is saved. `most_a_month`: how often they are asked to be introduced, if they
/// have said so.
pub fn standing(profile: &Profile, most_a_month: Option<u8>) -> Markup {
    let line = match profile.open_to {
        OpenTo::Anybody => Markup::words("You are listed as a mentor, for "),
        OpenTo::ByName => Markup::words("You are not listed; who knows you may ask you, up to "),
        OpenTo::Nobody => {
            let line = Markup::words("Nobody may ask you to mentor them for the time being.");
            return introduced(line, profile.introductions, most_a_month);
        }
    };
    let line = line.number(usize::from(profile.most_mentees));
    let line = line.and(if profile.most_mentees == 1 { " mentee." } else { " mentees." });
    introduced(line, profile.introductions, most_a_month)
}

fn introduced(line: Markup, open: bool, most_a_month: Option<u8>) -> Markup {
    let line = line.and(if open { " Introductions: open" } else { " Introductions: off" });
    match most_a_month {
        None => line.and("."),
        Some(0) => line.and("; nobody asks you to be introduced."),
        Some(most) => line.and("; you are asked at most ").text(&a_month(most).to_lowercase()).and("."),
    }
}

/// What holds for somebody who has said nothing, or only how often they are asked to be introduced.
pub fn nothing_said(most_a_month: Option<u8>) -> Markup {
    introduced(Markup::words("You are not listed; who knows you may ask you."), false, most_a_month)
}

/// Why a list of topics is not taken.
pub fn bad_topics(bad: &BadTopics) -> String {
    match bad {
        BadTopics::TooMany { count, understood } => format!(
            "I read {count} topics, and {MOST_TOPICS} are the most: {understood} Keep those that matter most to you."
        ),
        BadTopics::TooLong { topic, length } => {
            format!("“{topic}…” has {length} characters, and a topic takes {LONGEST_TOPIC}. Is there a comma missing?")
        }
    }
}

/// Why a line is not taken.
pub fn about_too_long(length: usize) -> String {
    format!("{length} characters, and {LONGEST_ABOUT} are the most. One line is enough.")
}
