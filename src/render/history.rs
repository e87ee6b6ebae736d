//! Looking back on pairs that are finished: the list of them, and what one wrote, page by page, for reading.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::domain::agenda_items::AgendaItem;
use crate::domain::agreements::Agreement;
use crate::domain::goals::{Goal, GoalState};
use crate::domain::homework::Homework;
use crate::domain::meetings::{Meeting, MeetingState};
use crate::domain::pairs::PairOfPeople;
use crate::domain::people::Person;
use crate::domain::reviews::Finish;
use crate::domain::wins::Win;
use crate::render::agreement_form::{self, OnAgreement};
use crate::render::controls::{ADD_A_WORD, LOOK_BACK, NEXT_PAGE, PAGE_BEFORE, READ_MEETING};
use crate::render::finish_forms::{finished, words_of};
use crate::render::words::{homework_state, mention, subject, when};
use crate::slack::blocks::{
    Block, Blocks, DateStyle, Markup, actions, context, divider, header, modal, plain, section, section_with,
};

/// Pairs in the list.
const PAIRS_SHOWN: usize = 90;
/// Blocks of texts put aside, beside a page of meetings.
const PUT_ASIDE_MOST: usize = 50;
/// Blocks that a modal takes.
const BLOCKS_MOST: usize = 100;

/// One page of what a pair wrote.
#[derive(Clone, Debug)]
pub enum Entries {
    /// What they agreed, and how they finished.
    Agreement(Option<Agreement>, Vec<Finish>),
    /// Their meetings, and what the reader put aside for one that never came.
    Meetings(Vec<Meeting>, Vec<AgendaItem>),
    /// Their goals.
    Goals(Vec<Goal>),
    /// Their wins.
    Wins(Vec<Win>),
    /// Their homework.
    Homework(Vec<Homework>),
}

/// Where a page stands among the others, from 0.
#[derive(Clone, Copy, Debug)]
pub struct PageOf {
    /// This one.
    pub page: usize,
    /// How many there are.
    pub pages: usize,
}

/// The list of pairs somebody has finished, each with when.
pub fn list(me: &Person, ended: &[(PairOfPeople, Option<DateTime<Utc>>)]) -> Value {
    let mut blocks = Blocks::new();
    for (of, at) in ended.iter().take(PAIRS_SHOWN) {
        let line = relationship_then(of, me);
        let line = match at {
            Some(at) => line.and(" · until ").date(*at, DateStyle::LongDay),
            None => line,
        };
        blocks.push(section_with(&line, LOOK_BACK.on(of.pair.id)));
    }
    if blocks.is_empty() {
        blocks.push(section(&Markup::words("You have not finished with anybody yet.")));
    }
    modal("past_pairs", "Past pairs", None, String::new(), blocks)
}

fn relationship_then(of: &PairOfPeople, me: &Person) -> Markup {
    if of.pair.mentor == me.id {
        Markup::words("You mentored ").piece(&mention(&of.mentee))
    } else {
        subject(&of.mentor).and(" mentored you")
    }
}

/// One page.
pub fn page(of: &PairOfPeople, me: &Person, at: Option<DateTime<Utc>>, entries: &Entries, page: PageOf) -> Value {
    let mut blocks: Blocks = vec![section(&finished(of, me.id, at))];
    match entries {
        Entries::Agreement(agreement, finishes) => {
            blocks.extend(beginning_and_end(of, me, agreement.as_ref(), finishes));
        }
        Entries::Meetings(meetings, put_aside) => {
            blocks.push(header("Meetings"));
            blocks.extend(meetings.iter().map(meeting_line));
            if !put_aside.is_empty() {
                blocks.push(header("You put aside for a next meeting"));
                let texts = put_aside.iter().flat_map(|item| plain(item.body.reveal()));
                blocks.extend(texts.take(PUT_ASIDE_MOST));
            }
        }
        Entries::Goals(goals) => {
            blocks.push(header("Goals"));
            blocks.extend(goals.iter().flat_map(goal));
        }
        Entries::Wins(wins) => {
            blocks.push(header("Wins"));
            for win in wins {
                blocks.extend(plain(win.text.reveal()));
                blocks.push(context(&mention(of.half(win.person)).and(" · ").date(win.logged_at, DateStyle::LongDay)));
            }
        }
        Entries::Homework(homework) => {
            blocks.push(header("Homework"));
            for item in homework {
                blocks.extend(plain(item.task.reveal()));
                blocks.extend(item.findings.iter().flat_map(|findings| plain(findings.reveal())));
                blocks.push(context(&homework_state(item, of.half(item.owner))));
            }
        }
    }
    blocks.extend(turning(of, page));
    modal("look_back", "Looking back", None, String::new(), blocks)
}

fn turning(of: &PairOfPeople, PageOf { page, pages }: PageOf) -> Blocks {
    if pages < 2 {
        return Blocks::new();
    }
    let to = |page: usize| format!("{} {page}", of.pair.id);
    let back = page.checked_sub(1).map(|before| PAGE_BEFORE.on(to(before)));
    let on = (page + 1 < pages).then(|| NEXT_PAGE.on(to(page + 1)));
    let line = Markup::words("Page ").number(page + 1).and(" of ").number(pages);
    vec![context(&line), actions(back.into_iter().chain(on))]
}

fn beginning_and_end(of: &PairOfPeople, me: &Person, agreement: Option<&Agreement>, finishes: &[Finish]) -> Blocks {
    let mut blocks = Blocks::new();
    for finish in finishes.iter().filter(|finish| finish.words.say_something()) {
        blocks.extend(words_of(of.half(finish.person), &finish.words));
        blocks.push(divider());
    }
    if !finishes.iter().any(|finish| finish.person == me.id) {
        blocks.push(actions([ADD_A_WORD.on(of.pair.id)]));
    }
    blocks.push(header("What we agreed"));
    match agreement {
        Some(standing) => {
            blocks.extend(agreement_form::text(of, OnAgreement { standing, change: None, review: None, goals: &[] }));
        }
        None => blocks.push(section(&Markup::words("Nothing was written down."))),
    }
    blocks
}

fn outcome(meeting: &Meeting) -> &'static str {
    match meeting.state {
        MeetingState::Held => "You met.",
        MeetingState::Missed => "You did not meet.",
        MeetingState::Skipped => "It was left out.",
        MeetingState::Moved => "It was moved.",
        MeetingState::Planned => "Nobody said how it went.",
    }
}

fn meeting_line(meeting: &Meeting) -> Block {
    section_with(&when(meeting.starts_at).and(" · ").and(outcome(meeting)), READ_MEETING.on(meeting.id))
}

fn goal(goal: &Goal) -> Blocks {
    let mut blocks = plain(goal.goal.reveal());
    blocks.extend(goal.steps.iter().flat_map(|steps| plain(steps.reveal())));
    blocks.extend(goal.measure.iter().flat_map(|measure| plain(measure.reveal())));
    let state = match goal.state {
        GoalState::Open => "still open",
        GoalState::Reached => "reached",
        GoalState::Dropped => "dropped",
    };
    blocks.push(context(&Markup::words(state).and(" · set on ").date(goal.set_at, DateStyle::LongDay)));
    blocks
}

/// The agendas of a meeting, each with who prepared it, one below the other; that of a pair of which one prepares as it is.
pub fn both(agendas: Vec<(&Person, Value)>) -> Value {
    let is_of_peers = agendas.len() > 1;
    let mut all = Value::Null;
    for (preparer, agenda) in agendas {
        let says = json!(section(&Markup::words("Prepared by ").piece(&mention(preparer))));
        match (all.get_mut("blocks"), agenda) {
            (Some(Value::Array(blocks)), agenda) => {
                blocks.push(says);
                let more = agenda.get("blocks").and_then(Value::as_array).cloned().unwrap_or_default();
                // The first one says when and with whom, which stands at the top already.
                blocks.extend(more.into_iter().skip(1));
            }
            (_, mut agenda) => {
                if let (true, Some(Value::Array(blocks))) = (is_of_peers, agenda.get_mut("blocks")) {
                    blocks.insert(1.min(blocks.len()), says);
                }
                all = agenda;
            }
        }
    }
    all
}

/// A meeting: its agenda as it was read, with how it turned out and what was most useful above it.
pub fn meeting(agenda: Value, meeting: &Meeting) -> Value {
    let mut view = agenda;
    let mut first: Blocks = vec![section(&Markup::words(outcome(meeting)))];
    if let Some(useful) = &meeting.most_useful {
        first.push(header("What was most useful"));
        first.extend(plain(useful.reveal()));
    }
    if let Some(Value::Array(blocks)) = view.get_mut("blocks") {
        let room = BLOCKS_MOST.saturating_sub(first.len());
        blocks.truncate(room);
        for (at, block) in first.iter().enumerate() {
            blocks.insert((at + 1).min(blocks.len()), json!(block));
        }
    }
    view
}
