//! Somebody's data for reading: one text, in the order in which things happened. It says what `export_json` says.

use std::fmt::Write as _;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::domain::agenda::Part;
use crate::domain::export::{Export, MeetingExport, PairExport, known_peer_question, known_proposal, known_state};
use crate::domain::identifiers::PersonId;
use crate::domain::network::{Acquaintance, NetworkEntry};
use crate::domain::pairs::{PairOfPeople, Role};
use crate::domain::private_text::PrivateText;
use crate::render::{export_asks, export_introducing};

/// A text that grows line by line.
struct Text {
    said: String,
    zone: Tz,
    me: PersonId,
}

impl Text {
    fn line(&mut self, line: &str) {
        self.said.push_str(line);
        self.said.push('\n');
    }

    fn title(&mut self, title: &str, under: char) {
        let _ = write!(self.said, "\n{title}\n");
        self.line(&under.to_string().repeat(title.chars().count()));
    }

    /// What somebody wrote, line by line a little to the right.
    fn wrote(&mut self, label: &str, text: Option<&PrivateText>) {
        let Some(text) = text.filter(|text| !text.reveal().is_empty()) else { return };
        self.line(&format!("  {label}:"));
        for line in text.reveal().lines() {
            self.line(&format!("    {line}"));
        }
    }

    fn at(&self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.zone).format("%-d %B %Y, %H:%M").to_string()
    }

    fn who(&self, of: &PairOfPeople, person: PersonId) -> String {
        if person == self.me { "me".to_owned() } else { of.other(self.me).name.clone() }
    }
}

fn day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// A word of ours with its underscores as spaces.
fn plain(word: &str) -> String {
    word.replace('_', " ")
}

/// The text.
pub fn draw(export: &Export) -> String {
    let me = &export.me;
    let mut text = Text { said: String::new(), zone: me.zone(), me: me.id };
    text.line("Everything Mentor keeps about you and may show you");
    let line = format!("Made on {} ({}). Only you were sent this.", text.at(export.at), text.zone.name());
    text.line(&line);
    text.title("You", '=');
    text.line(&format!("Name: {}", me.name));
    text.line(&format!("Slack: workspace {}, user {}", me.slack.team_id, me.slack.user_id));
    text.line(&format!("Time zone: {}", text.zone.name()));
    if let Some(locale) = &me.locale {
        text.line(&format!("Language: {locale}"));
    }
    settings(&mut text, export);
    for kept in &export.pairs {
        pair(&mut text, kept, export.at);
    }
    for of in &export.asks {
        text.title("Somebody to talk to", '=');
        let line = export_asks::line(of, |at| text.at(at));
        text.line(&line);
        for (label, written) in export_asks::written(of) {
            text.wrote(label, written);
        }
    }
    if !export.questions.is_empty() {
        text.title("Questions you typed that wait", '=');
        for question in &export.questions {
            let label = text.at(question.asked_at);
            text.wrote(&label, Some(&question.body));
        }
    }
    let introducing = export_introducing::entries(&export.introduced, |at| text.at(at));
    if !introducing.is_empty() {
        text.title("Introducing others", '=');
        for (line, written) in introducing {
            text.line(&line);
            for (label, written) in written {
                text.wrote(label, Some(&written));
            }
        }
    }
    if !export.network.is_empty() {
        text.title("My network", '=');
        export.network.iter().for_each(|entry| acquaintance(&mut text, entry));
    }
    if !export.owed.is_empty() {
        text.title("Messages that wait to be sent to you", '=');
        for (kind, due_at) in &export.owed {
            let line = format!("{} · {}", text.at(*due_at), plain(kind.word()));
            text.line(&line);
        }
    }
    text.said
}

fn acquaintance(text: &mut Text, entry: &NetworkEntry) {
    let email = match &entry.whom {
        Acquaintance::InSlack(_) => String::new(),
        Acquaintance::Outside { email, .. } => format!(" ({})", email.reveal()),
    };
    let topics: Vec<&str> = entry.topics.iter().map(PrivateText::reveal).collect();
    let line = format!("{}{email}, added {}: {}", entry.name(), text.at(entry.added_at), topics.join(", "));
    text.line(&line);
    text.wrote("My line", entry.note.as_ref());
}

fn settings(text: &mut Text, export: &Export) {
    let settings = &export.me.settings;
    if let Some(days) = &settings.days {
        let days: Vec<String> = days.iter().map(ToString::to_string).collect();
        text.line(&format!("Working days: {}", days.join(", ")));
    }
    if let Some(hours) = settings.hours {
        text.line(&format!("Working hours: {} – {}", hours.from.format("%H:%M"), hours.until.format("%H:%M")));
    }
    for (what, chosen) in [
        ("Asked for the agenda, working days ahead", settings.agenda_days),
        ("Shown the agenda, working days ahead", settings.notice_days),
        ("Told that a meeting starts, minutes ahead", settings.starting_soon_minutes),
    ] {
        if let Some(chosen) = chosen {
            text.line(&format!("{what}: {chosen}"));
        }
    }
    for range in &settings.days_off {
        text.line(&format!("Off: {} – {}", day(range.first), day(range.last)));
    }
}

fn pair(text: &mut Text, kept: &PairExport, now: DateTime<Utc>) {
    let of = &kept.of;
    let me = text.me;
    text.title(&format!("With {}", of.other(me).name), '=');
    let role = of.pair.role_of(me).map_or("", Role::word);
    let state = plain(known_state(&of.pair, me, now));
    let line =
        format!("{} · you are the {role} · {state} · asked {}", plain(of.pair.kind.word()), text.at(of.pair.asked_at));
    text.line(&line);
    if let Some(rhythm) = &of.pair.rhythm {
        let line = format!(
            "Rhythm: {} every {}, {}, {} minutes",
            rhythm.cron,
            rhythm.every,
            rhythm.zone.name(),
            rhythm.length_minutes
        );
        text.line(&line);
    }
    text.wrote("What the mentee wants to work on", Some(&of.pair.aim));
    for version in &kept.agreements {
        let by = version.written_by.map_or_else(|| "the app".to_owned(), |person| text.who(of, person));
        let line = format!(
            "Agreement, {} by {by}, {}; first review {}",
            text.at(version.written_at),
            version.state.word(),
            day(version.says.review_on)
        );
        text.title(&line, '-');
        text.wrote("What we want to reach", version.says.goals.as_ref());
        text.wrote("More", version.says.more.as_ref());
    }
    for found in &kept.meetings {
        meeting(text, of, found);
    }
    if !kept.waiting.is_empty() {
        text.title("Waiting for the next agenda", '-');
        for item in &kept.waiting {
            let who = text.who(of, item.author);
            text.wrote(&who, Some(&item.body));
        }
    }
    for homework in &kept.homework {
        let line = format!(
            "Homework of {}, {}, set {}",
            text.who(of, homework.owner),
            homework.state.word(),
            text.at(homework.set_at)
        );
        text.title(&line, '-');
        text.wrote("Task", Some(&homework.task));
        text.wrote("Findings", homework.findings.as_ref());
    }
    for goal in &kept.goals {
        let line = format!("Goal of {}, {}, set {}", text.who(of, goal.owner), goal.state.word(), text.at(goal.set_at));
        text.title(&line, '-');
        text.wrote("Goal", Some(&goal.goal));
        text.wrote("Steps", goal.steps.as_ref());
        text.wrote("How we will know", goal.measure.as_ref());
    }
    for win in &kept.wins {
        let line = format!("Win of {}, {}", text.who(of, win.person), text.at(win.logged_at));
        text.title(&line, '-');
        text.wrote("Win", Some(&win.text));
    }
    between(text, kept, now);
    for finish in &kept.finishes {
        let line = format!("Words at the end from {}, {}", text.who(of, finish.person), text.at(finish.finished_at));
        text.title(&line, '-');
        text.wrote("What I got out of it", finish.words.got_out.as_ref());
        text.wrote("Thanks", finish.words.thanks.as_ref());
        text.wrote("What next", finish.words.what_next.as_ref());
        if let Some(stay) = finish.words.stay_in_touch {
            text.line(if stay { "  Would like to stay in touch." } else { "  Would like to leave it here." });
        }
    }
}

/// Reviews, rhythms, pauses and peers: what became of them.
fn between(text: &mut Text, kept: &PairExport, now: DateTime<Utc>) {
    let (of, me) = (&kept.of, text.me);
    for (review, mine) in &kept.reviews {
        text.line(&format!("\nReview on {}", day(review.review_on)));
        if let Some(mine) = mine {
            text.line(&format!("  My answer: carry on until {}", day(mine.next_review_on)));
        }
    }
    for proposal in &kept.proposals {
        let state = plain(known_proposal(proposal, me, now));
        let line =
            format!("\nRhythm proposed by {}, {}: {state}", text.who(of, proposal.by), text.at(proposal.asked_at));
        text.line(&line);
    }
    for pause in &kept.pauses {
        let line = format!("\nPause set by {} until {}", text.who(of, pause.person), day(pause.until));
        text.line(&line);
    }
    for question in &kept.peer_questions {
        let state = plain(known_peer_question(question, me, now));
        let line = format!(
            "\nTo become peers, asked by {}, {}: {state}",
            text.who(of, question.asked_by),
            text.at(question.asked_at)
        );
        text.line(&line);
    }
}

fn meeting(text: &mut Text, of: &PairOfPeople, found: &MeetingExport) {
    let meeting = &found.meeting;
    let line = format!(
        "Meeting, {}, {} minutes, {}",
        text.at(meeting.starts_at),
        meeting.length_minutes,
        meeting.state.word()
    );
    text.title(&line, '-');
    for (role, agenda) in &found.agendas {
        let person = if *role == Role::Mentee { of.pair.mentee } else { of.pair.mentor };
        let who = text.who(of, person);
        for (part, written) in &agenda.parts {
            text.wrote(&format!("{} ({who})", part.title()), Some(written));
        }
    }
    for item in &found.entries {
        let who = text.who(of, item.author);
        let part = item.part.map_or("A point", Part::title);
        text.wrote(&format!("{part} ({who})"), Some(&item.body));
    }
    text.wrote("What was most useful", meeting.most_useful.as_ref());
}
