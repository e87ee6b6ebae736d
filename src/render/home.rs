//! The Home tab: what waits for me; next meetings; homework; asks and introductions; my pairs; goals and wins; settings.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::domain::overview::{Overview, PairOverview};
use crate::domain::working_time::WorkingTime;
use crate::render::agenda_form::HOMEWORK_SHOWN;
use crate::render::controls::{
    ADD_HOMEWORK, ADD_OUTSIDE, ASK_MANAGER, ASK_SOMEBODY, EDIT_AGENDA, FIND, LEAVE_OUT, LOG_WIN, MOVE, OPEN_AGENDA,
    PAST_PAIRS, PREPARE, SEE_GOALS, SEE_HOMEWORK, SET_GOAL,
};
use crate::render::rhythm_words::paused;
use crate::render::words::{counted, homework_state, mention, relationship, rhythm, when};
use crate::render::{
    alias_form, asking_home, asks_home, goal_list, introduction_mentor, pair_controls, settings_line,
    suggestion_screens, waiting,
};
use crate::slack::blocks::{
    Blocks, DateStyle, Markup, actions, context, divider, header, home, plain, section, section_with,
};

/// Draws somebody's Home.
pub fn draw(overview: &Overview, programme: &WorkingTime, now: DateTime<Utc>) -> Value {
    let mut blocks = Blocks::new();
    blocks.extend(what_waits(overview, now));
    blocks.extend(next_meetings(overview, now));
    blocks.extend(homework(overview));
    let mut introductions = asks_home::asks_of(overview, now);
    introductions.extend(introduction_mentor::answered(&overview.introducing.answered));
    blocks.extend(titled("Asks and introductions", introductions));
    blocks.extend(pairs(overview, now));
    blocks.extend(goals_and_wins(overview));
    blocks.extend(settings_line::section(&overview.me, programme, now));
    blocks.extend(asking_home::settings(overview));
    if overview.coordinates {
        blocks.extend(alias_form::on_home());
    }
    home(blocks)
}

fn what_waits(overview: &Overview, now: DateTime<Utc>) -> Blocks {
    let mut blocks = vec![header("What waits for me")];
    let waiting = overview.waiting(now);
    if waiting.is_empty() {
        blocks.push(section(&Markup::words("Nothing. Enjoy your day.")));
    }
    blocks.extend(waiting.iter().flat_map(|waiting| waiting::draw(waiting, &overview.me)));
    blocks
}

fn next_meetings(overview: &Overview, now: DateTime<Utc>) -> Blocks {
    let mut meetings: Vec<_> =
        overview.active().filter_map(|pair| pair.next_meeting(now).map(|meeting| (pair, meeting))).collect();
    if meetings.is_empty() {
        return Blocks::new();
    }
    meetings.sort_by_key(|(_, meeting)| meeting.meeting.starts_at);
    let mut blocks = vec![divider(), header("Next meetings")];
    for (pair, meeting) in meetings {
        let line =
            when(meeting.meeting.starts_at).and(" with ").piece(&mention(pair.of.other(overview.me.id))).and("\n");
        let line = if meeting.agenda_parts == 0 {
            line.and("No agenda yet")
        } else {
            line.and("Agenda: ").piece(&counted(meeting.agenda_parts, "part", "parts"))
        };
        let id = meeting.meeting.id;
        let button = match (overview.prepares_in(pair), meeting.prepared) {
            (true, false) => PREPARE,
            (true, true) => EDIT_AGENDA,
            (false, _) => OPEN_AGENDA,
        };
        let line = match meeting.read_parts {
            parts if parts > 0 && button != OPEN_AGENDA => {
                line.and(" · theirs: ").piece(&counted(parts, "part", "parts"))
            }
            _ => line,
        };
        blocks.push(section_with(&line, button.on(id)));
        let theirs = (pair.of.pair.is_of_peers() && meeting.read_parts > 0).then(|| OPEN_AGENDA.on(id));
        let may_change = pair.meets() && meeting.meeting.may_change(now).is_ok();
        let change = may_change.then(|| [MOVE.on(id), LEAVE_OUT.on(id)]);
        let buttons: Vec<_> = theirs.into_iter().chain(change.into_iter().flatten()).collect();
        if !buttons.is_empty() {
            blocks.push(actions(buttons));
        }
    }
    blocks
}

fn homework(overview: &Overview) -> Blocks {
    let mut blocks = homework_list(overview);
    // The oldest pair is the one that is chosen first in the form.
    if let Some(first) = overview.active().next() {
        blocks.push(actions([SEE_HOMEWORK.on(""), ADD_HOMEWORK.on(first.of.pair.id)]));
    }
    titled("Homework", blocks)
}

fn homework_list(overview: &Overview) -> Blocks {
    let mut blocks = Blocks::new();
    for pair in overview.active() {
        for item in pair.homework.iter().take(HOMEWORK_SHOWN) {
            blocks.extend(plain(item.task.reveal()));
            let owner = pair.of.half(item.owner);
            blocks.push(context(&homework_state(item, owner)));
        }
        if let Some(more) = pair.homework.len().checked_sub(HOMEWORK_SHOWN).filter(|more| *more > 0) {
            blocks.push(context(&Markup::words("… and ").number(more).and(" more.")));
        }
    }
    blocks
}

fn pairs(overview: &Overview, now: DateTime<Utc>) -> Blocks {
    let mut blocks: Blocks = overview
        .active()
        .flat_map(|pair| [section(&pair_line(overview, pair, now)), pair_controls::draw(overview, pair, now)])
        .collect();
    for asked in overview.asked(now) {
        let line = Markup::words("You asked ").piece(&mention(&asked.of.mentor)).and("; you will hear by ");
        blocks.push(section(&line.piece(&when(asked.of.pair.answer_by)).and(".")));
    }
    if blocks.is_empty() {
        blocks.push(section(&Markup::words(
            "Nobody yet. Somebody outside your team, with whom nothing is at stake, is best.",
        )));
    }
    blocks.extend(overview.asking.open_request(now).map(|request| section(&suggestion_screens::requested(request))));
    let past = (overview.finished > 0).then(|| PAST_PAIRS.on(""));
    let find = [FIND.on(""), ASK_SOMEBODY.on(""), ASK_MANAGER.on(""), ADD_OUTSIDE.on("")];
    blocks.push(actions(find.into_iter().chain(past)));
    titled("My mentors, mentees and peers", blocks)
}

fn pair_line(overview: &Overview, pair: &PairOverview, now: DateTime<Utc>) -> Markup {
    let line = relationship(&pair.of, &overview.me);
    let line = match &pair.of.pair.rhythm {
        Some(chosen) => line.and(" · ").piece(&rhythm(chosen)),
        None => line,
    };
    match paused(pair, &overview.me, now) {
        Some(paused) => line.and(" · ").piece(&paused),
        None => line,
    }
}

fn goals_and_wins(overview: &Overview) -> Blocks {
    let Some(first) = overview.active().next() else { return Blocks::new() };
    let mut blocks: Blocks = overview.active().flat_map(goal_list::read).collect();
    blocks.extend(wins(overview));
    let set = overview.sets_goals_in().next().map(|_| SET_GOAL.on(first.of.pair.id));
    let see = overview.active().any(|pair| !pair.goals.is_empty()).then(|| SEE_GOALS.on(""));
    blocks.push(actions(see.into_iter().chain(set).chain([LOG_WIN.on("")])));
    titled("Goals and wins", blocks)
}

fn wins(overview: &Overview) -> Blocks {
    let mut blocks = Blocks::new();
    for (text, at) in overview.active().flat_map(|pair| &pair.wins) {
        blocks.extend(plain(text.reveal()));
        blocks.push(context(&Markup::default().date(*at, DateStyle::Day)));
    }
    blocks
}

fn titled(title: &'static str, blocks: Blocks) -> Blocks {
    if blocks.is_empty() {
        return blocks;
    }
    let mut all = vec![divider(), header(title)];
    all.extend(blocks);
    all
}
