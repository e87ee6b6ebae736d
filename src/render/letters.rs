//! What a letter to a mentor outside says, as plain text: sent by e-mail, or shown to the mentee for sending it themselves.
//!
//! Owns: the words. Must not: know how they travel. The one place where what a mentee wrote is put into words for outside.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};

use crate::domain::agenda::Part;
use crate::domain::homework::HomeworkState;
use crate::domain::letters::Letter;
use crate::domain::reminders::MessageKind;
use crate::domain::rhythm::Rhythm;
use crate::render::words::rhythm;

/// A letter in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The subject: names and times only.
    pub subject: String,
    /// What it says.
    pub text: String,
}

/// Puts a letter into words.
pub fn draw(letter: &Letter) -> Words {
    let mentee = &letter.of.mentee.name;
    let when = letter.meeting.as_ref().map(|meeting| time(letter, meeting.starts_at, meeting.length_minutes));
    let when = when.as_deref().unwrap_or("a time that is still to be found");
    let mut text = format!("Hello {},\n\n", letter.of.mentor.name);
    let subject = match letter.kind {
        MessageKind::FirstLetter => {
            first(letter, when, &mut text);
            format!("Mentoring with {mentee}: what to expect")
        }
        MessageKind::AgendaNotice | MessageKind::AgendaLate => {
            agenda(letter, when, &mut text);
            format!("{mentee}’s agenda for your meeting")
        }
        MessageKind::InvitationLetter => {
            add(&mut text, &format!("your next meeting with {mentee} is on {when}. The invitation is attached."));
            add(&mut text, "There is nothing to prepare. The agenda follows before the meeting.");
            format!("Your next meeting with {mentee}")
        }
        MessageKind::MeetingLeftOut | MessageKind::MeetingFellOut => {
            add(&mut text, &format!("your meeting with {mentee} on {when} does not take place."));
            add(&mut text, "The other meetings stay where they are.");
            format!("Your meeting with {mentee} is left out")
        }
        MessageKind::RhythmLetter => {
            let rhythm = letter.of.pair.rhythm.as_ref().map(often).unwrap_or_default();
            add(&mut text, &format!("you and {mentee} meet in another rhythm from now on: {rhythm}."));
            add(&mut text, &format!("Your next meeting is on {when}. The invitation is attached."));
            format!("Another rhythm with {mentee}")
        }
        MessageKind::WithdrawalLetter => {
            let old = letter.entry.as_ref().map(|entry| time(letter, entry.starts_at, entry.length_minutes));
            let old = old.as_deref().unwrap_or("its old time");
            add(
                &mut text,
                &format!(
                    "your meeting with {mentee} on {old} is taken off the calendar; another letter says when you meet instead."
                ),
            );
            format!("A meeting with {mentee} is taken off the calendar")
        }
        MessageKind::PairPaused => {
            let until = letter.until.map(|day| day.format(" until %A, %-d %B %Y").to_string()).unwrap_or_default();
            add(
                &mut text,
                &format!("your meetings with {mentee} pause{until}. No reason is needed, and nothing is to be done."),
            );
            format!("Your meetings with {mentee} pause")
        }
        MessageKind::PairEnded => {
            add(&mut text, &format!("{mentee} has finished your mentoring. You get no more letters about it."));
            add(&mut text, "Thank you for your time and your experience.");
            format!("Your mentoring with {mentee} is finished")
        }
        _ => {
            add(
                &mut text,
                &format!("your meeting with {mentee} is at another time: {when}. The new invitation is attached."),
            );
            add(&mut text, "The other meetings stay where they are.");
            format!("Your meeting with {mentee} is moved")
        }
    };
    Words { subject, text }
}

/// What stands below every letter that is sent by e-mail: where it comes from and how it ends. `click` is the address that
/// stops letters, if there is one.
pub fn footer(letter: &Letter, click: Option<&str>) -> String {
    let mentee = &letter.of.mentee.name;
    let stop = match click {
        Some(address) => format!("To get no more of these letters open {address}"),
        None => format!("To get no more of these letters answer with “stop”: {mentee} will end it in Slack."),
    };
    format!(
        "-- \nMentor sends this for {mentee}, who has added you as their mentor. An answer goes to {mentee}.\n{stop}\n"
    )
}

fn add(text: &mut String, line: &str) {
    text.push_str(line);
    text.push_str("\n\n");
}

/// "Tuesday, 7 April 2026, 10:00 (Europe/London), 45 minutes", on the clock that the two have agreed on.
fn time(letter: &Letter, at: DateTime<Utc>, minutes: u16) -> String {
    let zone = letter.of.mentor.zone();
    format!("{} ({zone}), {minutes} minutes", at.with_timezone(&zone).format("%A, %-d %B %Y, %H:%M"))
}

fn often(chosen: &Rhythm) -> String {
    rhythm(chosen).as_str().to_owned()
}

fn first(letter: &Letter, when: &str, text: &mut String) {
    let mentee = &letter.of.mentee.name;
    let rhythm = letter.of.pair.rhythm.as_ref().map(often).unwrap_or_default();
    add(text, &format!("{mentee} tells me that you have agreed to mentor them. Thank you! This is what to expect:"));
    add(text, &format!("Your first meeting is on {when}. The invitation is attached.\nYou meet {rhythm}."));
    add(
        text,
        &format!(
            "Before each meeting {mentee}’s agenda comes by e-mail. There is nothing to prepare and nothing to sign up for: they prepare, you react. Either of you may stop at any time, without giving a reason."
        ),
    );
    if let Some(aim) = &letter.aim {
        add(text, &format!("What {mentee} wants to work on:\n{}", aim.reveal()));
    }
}

fn agenda(letter: &Letter, when: &str, text: &mut String) {
    let mentee = &letter.of.mentee.name;
    if !letter.has_agenda() {
        add(
            text,
            &format!("your meeting with {mentee} is on {when}. There is no agenda yet; should one come, you get it."),
        );
        return;
    }
    add(text, &format!("here is {mentee}’s agenda for your meeting on {when}. There is nothing to prepare."));
    for part in Part::ALL {
        let written = letter.agenda.parts.get(part);
        let entries: Vec<_> = letter.entries.under(*part).collect();
        if written.is_none() && entries.is_empty() {
            continue;
        }
        let _ = writeln!(text, "{}", part.title());
        if *part == Part::Topic {
            text.push_str("(You are asked: how does your organisation handle it?)\n");
        }
        if let Some(written) = written {
            let _ = writeln!(text, "{}", written.reveal());
        }
        for entry in entries {
            let _ = writeln!(text, "- {}", entry.body.reveal());
        }
        text.push('\n');
    }
    if !letter.homework.is_empty() {
        text.push_str("Homework\n");
        for item in &letter.homework {
            let owner = &letter.of.half(item.owner).name;
            let state = if item.state == HomeworkState::Open { "open" } else { "returned" };
            let _ = writeln!(text, "- {} ({owner}, {state})", item.task.reveal());
            if let Some(findings) = &item.findings {
                let _ = writeln!(text, "  Found: {}", findings.reveal());
            }
        }
        text.push('\n');
    }
}
