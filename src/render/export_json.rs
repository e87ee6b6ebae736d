//! Somebody's data for machines: one JSON document. Its fields are described in `docs/export.md`; when one changes its meaning
//! or goes, [`VERSION`] grows.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::domain::agenda::Part;
use crate::domain::agenda_items::AgendaItem;
use crate::domain::export::{
    Export, MeetingExport, PairExport, VERSION, known_peer_question, known_proposal, known_state,
};
use crate::domain::identifiers::PersonId;
use crate::domain::network::{Acquaintance, NetworkEntry};
use crate::domain::pairs::{PairOfPeople, Role};
use crate::domain::private_text::PrivateText;
use crate::domain::rhythm::Rhythm;
use crate::render::{export_asks, export_introducing};

/// The document.
pub fn draw(export: &Export) -> String {
    let me = &export.me;
    let off: Vec<Value> = me.settings.days_off.iter().map(|range| json!([range.first, range.last])).collect();
    let days = me.settings.days.as_ref().map(|days| days.iter().map(ToString::to_string).collect::<Vec<_>>());
    let document = json!({
        "format": "mentor export",
        "version": VERSION,
        "made_at": export.at,
        "person": {
            "name": me.name,
            "slack_workspace": me.slack.team_id,
            "slack_user": me.slack.user_id,
            "time_zone": me.time_zone.map(chrono_tz::Tz::name),
            "language": me.locale,
            "account": me.standing.word(),
        },
        "settings": {
            "working_days": days,
            "works_from": me.settings.hours.map(|hours| hours.from),
            "works_until": me.settings.hours.map(|hours| hours.until),
            "agenda_days_ahead": me.settings.agenda_days,
            "notice_days_ahead": me.settings.notice_days,
            "starting_soon_minutes": me.settings.starting_soon_minutes,
            "days_off": off,
        },
        "pairs": export.pairs.iter().map(|kept| pair(kept, me.id, export.at)).collect::<Vec<_>>(),
        "asks": export.asks.iter().map(export_asks::json).collect::<Vec<_>>(),
        "questions_typed": export.questions.iter().map(|question| json!({
            "text": question.body.reveal(), "asked_at": question.asked_at,
        })).collect::<Vec<_>>(),
        "introducing_others": export_introducing::json(&export.introduced),
        "network": export.network.iter().map(acquaintance).collect::<Vec<_>>(),
        "messages_owed_to_me": export.owed.iter().map(|(kind, due_at)| json!({
            "kind": kind.word(), "due_at": due_at,
        })).collect::<Vec<_>>(),
        "exports_asked_at": export.exports,
    });
    format!("{document:#}\n")
}

fn acquaintance(entry: &NetworkEntry) -> Value {
    let (name, email) = match &entry.whom {
        Acquaintance::InSlack(person) => (person.name.as_str(), None),
        Acquaintance::Outside { name, email } => (name.reveal(), Some(email.reveal())),
    };
    json!({
        "name": name, "e_mail": email, "topics": entry.topics.iter().map(PrivateText::reveal).collect::<Vec<_>>(),
        "line": text(entry.note.as_ref()), "added_at": entry.added_at,
    })
}

/// "me" or "other".
fn who(person: PersonId, me: PersonId) -> &'static str {
    if person == me { "me" } else { "other" }
}

fn half(of: &PairOfPeople, role: Role, me: PersonId) -> &'static str {
    who(if role == Role::Mentee { of.pair.mentee } else { of.pair.mentor }, me)
}

fn text(text: Option<&PrivateText>) -> Option<&str> {
    text.map(PrivateText::reveal)
}

fn rhythm(rhythm: &Rhythm) -> Value {
    json!({
        "cron": rhythm.cron, "every": rhythm.every, "time_zone": rhythm.zone.name(),
        "length_minutes": rhythm.length_minutes,
    })
}

fn pair(kept: &PairExport, me: PersonId, now: DateTime<Utc>) -> Value {
    let of = &kept.of;
    let role = of.pair.role_of(me).map(Role::word);
    json!({
        "with": of.other(me).name,
        "kind": of.pair.kind.word(),
        "my_half": role,
        "state": known_state(&of.pair, me, now),
        "asked_at": of.pair.asked_at,
        "answer_by": of.pair.answer_by,
        "what_the_mentee_wants_to_work_on": of.pair.aim.reveal(),
        "rhythm": of.pair.rhythm.as_ref().map(rhythm),
        "meetings": kept.meetings.iter().map(|found| meeting(found, of, me)).collect::<Vec<_>>(),
        "waiting_for_the_next_agenda": kept.waiting.iter().map(|item| entry(item, me)).collect::<Vec<_>>(),
        "homework": kept.homework.iter().map(|homework| json!({
            "owner": who(homework.owner, me), "task": homework.task.reveal(), "findings": text(homework.findings.as_ref()),
            "state": homework.state.word(), "due_on": homework.due_on, "set_at": homework.set_at,
        })).collect::<Vec<_>>(),
        "goals": kept.goals.iter().map(|goal| json!({
            "owner": who(goal.owner, me), "goal": goal.goal.reveal(), "steps": text(goal.steps.as_ref()),
            "how_we_will_know": text(goal.measure.as_ref()), "due_on": goal.due_on, "state": goal.state.word(),
            "set_at": goal.set_at,
        })).collect::<Vec<_>>(),
        "wins": kept.wins.iter().map(|win| json!({
            "owner": who(win.person, me), "win": win.text.reveal(), "logged_at": win.logged_at, "channel": win.channel,
        })).collect::<Vec<_>>(),
        "agreement": kept.agreements.iter().map(|version| json!({
            "state": version.state.word(), "what_we_want_to_reach": text(version.says.goals.as_ref()),
            "more": text(version.says.more.as_ref()), "first_review_on": version.says.review_on,
            "written_by": version.written_by.map(|person| who(person, me)), "written_at": version.written_at,
            "mentee_signed_at": version.mentee_signed_at, "mentor_signed_at": version.mentor_signed_at,
        })).collect::<Vec<_>>(),
        "reviews": kept.reviews.iter().map(|(review, mine)| json!({
            "review_on": review.review_on, "asked_at": review.asked_at, "closed_at": review.closed_at,
            "my_answer": mine.map(|mine| json!({ "carry_on_until": mine.next_review_on })),
        })).collect::<Vec<_>>(),
        "finish_words": kept.finishes.iter().map(|finish| json!({
            "from": who(finish.person, me), "what_i_got_out_of_it": text(finish.words.got_out.as_ref()),
            "thanks": text(finish.words.thanks.as_ref()), "what_next": text(finish.words.what_next.as_ref()),
            "stay_in_touch": finish.words.stay_in_touch, "ended_it": finish.ended_it, "at": finish.finished_at,
        })).collect::<Vec<_>>(),
        "rhythms_proposed": kept.proposals.iter().map(|proposal| json!({
            "by": who(proposal.by, me), "rhythm": rhythm(&proposal.new), "asked_at": proposal.asked_at,
            "state": known_proposal(proposal, me, now),
        })).collect::<Vec<_>>(),
        "pauses": kept.pauses.iter().map(|pause| json!({
            "by": who(pause.person, me), "until": pause.until, "set_at": pause.set_at, "ended_at": pause.ended_at,
        })).collect::<Vec<_>>(),
        "questions_to_become_peers": kept.peer_questions.iter().map(|question| json!({
            "by": who(question.asked_by, me), "asked_at": question.asked_at,
            "state": known_peer_question(question, me, now),
        })).collect::<Vec<_>>(),
    })
}

fn meeting(found: &MeetingExport, of: &PairOfPeople, me: PersonId) -> Value {
    let meeting = &found.meeting;
    let agendas: Vec<Value> = found
        .agendas
        .iter()
        .map(|(role, agenda)| {
            let parts: Vec<Value> =
                agenda.parts.iter().map(|(part, text)| json!({ "part": part.word(), "text": text.reveal() })).collect();
            json!({ "by": half(of, *role, me), "parts": parts })
        })
        .collect();
    json!({
        "starts_at": meeting.starts_at,
        "length_minutes": meeting.length_minutes,
        "state": meeting.state.word(),
        "what_was_most_useful": text(meeting.most_useful.as_ref()),
        "agendas": agendas,
        "entries": found.entries.iter().map(|item| entry(item, me)).collect::<Vec<_>>(),
    })
}

fn entry(item: &AgendaItem, me: PersonId) -> Value {
    json!({
        "by": who(item.author, me), "part": item.part.map(Part::word), "text": item.body.reveal(),
        "message": item.source.as_ref().map(|link| link.as_text().reveal()), "put_there_at": item.created_at,
    })
}
