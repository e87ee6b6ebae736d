//! A pair's meetings in the calendars of the two: links below messages, and files that keep up with every change.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use insta::assert_snapshot;
use mentor::domain::calendar::changes;
use mentor::store::{calendars, meetings, pairs};
use slack_sandbox::{Fault, FaultHow, FaultWhen, SubmitOutcome};

use crate::support::{OwnCalendar, Someone, World, story};

const COMPLETE: &str = "files.completeUploadExternal";

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// What this person's calendar shows after every file so far, in order.
fn calendar_of(person: &Someone) -> Vec<DateTime<Utc>> {
    let mut calendar = OwnCalendar::default();
    for (_, _, file) in person.files() {
        calendar.takes(&file);
    }
    calendar.shows()
}

/// Both calendars show every meeting to come at the time at which it is.
async fn calendars_are_true(world: &World, both: [&Someone; 2]) {
    let mut reading = world.app.speaker.ctx.db.read().await.unwrap();
    let [of] = &pairs::active(&mut reading).await.unwrap()[..] else { panic!("one pair") };
    let planned = meetings::without_outcome(&mut reading, of.pair.id).await.unwrap();
    let told = calendars::told(&mut reading, of.pair.id).await.unwrap();
    assert_eq!(
        changes(&of.pair, &of.working_times(&world.app.speaker.ctx.programme()), &planned, None, &told, 0, world.now()),
        [],
        "nothing is left to tell"
    );
    for person in both {
        let shown = calendar_of(person);
        assert!(planned.iter().all(|meeting| shown.contains(&meeting.starts_at)), "{planned:?} in {shown:?}");
        let mut all: Vec<_> = told.iter().filter(|entry| !entry.cancelled).map(|entry| entry.starts_at).collect();
        all.sort();
        assert_eq!(shown, all, "{}'s calendar", person.hands.name());
    }
}

/// Moves the next meeting to another day.
async fn moves(person: &Someone, day: &str) {
    person.types_and_sees("/mentor move").await;
    person.chooses("Day", day).await;
    assert_eq!(person.submits().await, SubmitOutcome::Closed);
}

fn fault(method: &str, when: FaultWhen, how: FaultHow, times: u32) -> Fault {
    Fault { method: method.to_owned(), when, how, times }
}

/// How often a file was shared, as far as Slack is concerned.
fn shared(world: &World) -> usize {
    let calls = world.sandbox.calls();
    calls.iter().filter(|call| call.method == COMPLETE && call.response["ok"] == true).count()
}

story!(the_first_meeting_comes_with_half_a_year, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    let aim = world.secret("becoming a lead");
    ada.asks(&grace, &aim).await;
    grace.reads();
    grace.accepts("Thursday", "10:00", "30 minutes").await;
    let good_news = ada.hands.read_all().remove(0);
    assert_snapshot!(good_news, @"
    Good news: @grace mentors you from now on, every week, 30 minutes.
    Your next meeting: Thursday, March 5th, 2026 at 3:00 PM.
    [Prepare]
    You will be asked for your agenda two working days before. You prepare; they only have to turn up.
    [Add to Google Calendar] [Add to Outlook]
    [Read and sign our agreement]
    ");
    assert_snapshot!(grace.latest(), @"
    You said yes: you mentor @ada, every week, 30 minutes. Next meeting: Thursday, March 5th, 2026 at 10:00 AM.
    [Add to Google Calendar] [Add to Outlook]
    [Read and sign our agreement]
    ");
    let links: Vec<String> = collect_urls(&good_news.blocks);
    assert_snapshot!(links.join("\n"), @"
    https://calendar.google.com/calendar/render?action=TEMPLATE&text=Mentoring%3A%20ada%20and%20grace&dates=20260305T150000Z%2F20260305T153000Z
    https://outlook.office.com/calendar/action/compose?rru=addevent&subject=Mentoring%3A%20ada%20and%20grace&startdt=2026-03-05T15%3A00%3A00Z&enddt=2026-03-05T15%3A30%3A00Z
    ");
    // Slack tells of such a click, too; nothing more happens.
    ada.clicks("Add to Google Calendar").await;
    ada.clicks("Add to Outlook").await;
    assert!(ada.hands.ephemerals().is_empty());

    let [(thread, title, file)] = &ada.files()[..] else { panic!("one file") };
    assert_eq!((thread.as_ref(), title.as_str()), (Some(&good_news.ts), "Mentoring with grace.ics"));
    assert_snapshot!(file.lines().take(24).filter(|line| !line.starts_with("UID")).collect::<Vec<_>>().join("\n"), @"
    BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//mentor//mentoring in Slack//EN
    CALSCALE:GREGORIAN
    METHOD:PUBLISH
    BEGIN:VEVENT
    DTEND:20260305T153000Z
    DTSTAMP:20260302T100001Z
    DTSTART:20260305T150000Z
    LAST-MODIFIED:20260302T100000Z
    SEQUENCE:1
    STATUS:CONFIRMED
    SUMMARY:Mentoring: ada and grace
    END:VEVENT
    BEGIN:VEVENT
    DTEND:20260312T143000Z
    DTSTAMP:20260302T100001Z
    DTSTART:20260312T140000Z
    LAST-MODIFIED:20260302T100000Z
    SEQUENCE:1
    STATUS:CONFIRMED
    SUMMARY:Mentoring: ada and grace
    ");
    let [(thread, title, _)] = &grace.files()[..] else { panic!("one file") };
    assert_eq!((thread.is_some(), title.as_str()), (true, "Mentoring with ada.ics"));
    let shown = calendar_of(&ada);
    assert_eq!((shown.len(), shown[0], shown[1]), (26, at("2026-03-05T15:00:00Z"), at("2026-03-12T14:00:00Z")));
    calendars_are_true(&world, [&ada, &grace]).await;
    assert_eq!(grace.reads(), Vec::<String>::new(), "no message of its own for the mentor");
});

fn collect_urls(blocks: &serde_json::Value) -> Vec<String> {
    match blocks {
        serde_json::Value::Array(all) => all.iter().flat_map(collect_urls).collect(),
        serde_json::Value::Object(fields) => {
            let own = fields.get("url").and_then(serde_json::Value::as_str).map(str::to_owned);
            own.into_iter().chain(fields.values().flat_map(collect_urls)).collect()
        }
        _ => Vec::new(),
    }
}

story!(every_change_is_a_file_with_just_that, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    moves(&ada, "2026-03-06").await;
    let told = grace.hands.read_all().remove(0);
    assert_snapshot!(told, @"
    @ada moved your meeting: it is now Friday, March 6th, 2026 at 10:00 AM.
    The other meetings stay where they are.
    [Move this one] [Skip this one]
    [Add to Google Calendar] [Add to Outlook]
    ");
    // Grace's comes with the message; Ada, who moved it and needs none, gets hers by itself.
    let (thread, _, file) = grace.files().pop().unwrap();
    assert_eq!(thread.as_ref(), Some(&told.ts));
    assert_eq!(OwnCalendar::default().takes(&file), 1, "{file}");
    assert!(file.contains("DTSTART:20260306T150000Z") && file.contains("STATUS:CONFIRMED"), "{file}");
    let (thread, title, _) = ada.files().pop().unwrap();
    assert_eq!((thread, title.as_str()), (None, "Mentoring with grace.ics"));
    assert_snapshot!(ada.hands.latest_dm().unwrap(), @"
    For your calendar: what is new about your meetings with grace.
    (file: Mentoring with grace.ics)
    ");
    calendars_are_true(&world, [&ada, &grace]).await;

    grace.types_and_sees("/mentor skip").await;
    assert_eq!(grace.submits().await, SubmitOutcome::Closed);
    ada.reads_one();
    let (_, _, file) = ada.files().pop().unwrap();
    assert_eq!(OwnCalendar::default().takes(&file), 1, "{file}");
    assert!(file.contains("DTSTART:20260306T150000Z") && file.contains("STATUS:CANCELLED"), "{file}");
    assert_eq!(calendar_of(&ada)[0], at("2026-03-12T14:00:00Z"));
    calendars_are_true(&world, [&ada, &grace]).await;

    // The rhythm goes on as promised, so nothing has to be told again.
    let before = (ada.files().len(), grace.files().len());
    world.advance_to(at("2026-04-01T12:00:00Z")).await;
    ada.reads();
    grace.reads();
    assert_eq!((ada.files().len(), grace.files().len()), before);
    calendars_are_true(&world, [&ada, &grace]).await;
    world.leave_unsettled();
});

story!(the_next_half_year_follows_the_first, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    let last = *calendar_of(&ada).last().unwrap();
    assert_eq!(last, at("2026-08-27T14:00:00Z"));
    world.advance_to(last - TimeDelta::hours(1)).await;
    assert_eq!((ada.files().len(), grace.files().len()), (1, 1));
    world.advance_to(last + TimeDelta::hours(30)).await;
    ada.reads();
    grace.reads();
    assert_eq!((ada.files().len(), grace.files().len()), (2, 2));
    let shown = calendar_of(&ada);
    // To the day half a year later, on which New York has changed its clocks.
    assert_eq!((shown.len(), shown[26]), (51, at("2026-09-03T14:00:00Z")));
    calendars_are_true(&world, [&ada, &grace]).await;
    world.leave_unsettled();
});

story!(a_file_whose_answer_is_lost_is_found, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    let before = shared(&world);
    // Both files: one in a thread, one by itself.
    world.sandbox.inject(fault(COMPLETE, FaultWhen::After, FaultHow::Status(500), 2));
    moves(&ada, "2026-03-06").await;
    assert_eq!(world.outbox().await.get("doubt"), Some(&2), "nobody knows yet");
    // What is in doubt holds up no message.
    grace.reads_one();
    world.advance(TimeDelta::minutes(10)).await;
    assert_eq!(world.outbox().await.get("doubt"), None);
    let completed = world.sandbox.calls().iter().filter(|call| call.method == COMPLETE).count();
    assert_eq!(completed, before + 2, "found, not sent again");
    assert_eq!((ada.files().len(), grace.files().len()), (2, 2));
    calendars_are_true(&world, [&ada, &grace]).await;
});

story!(a_file_that_was_not_taken_is_sent_once, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    world.sandbox.inject(fault(COMPLETE, FaultWhen::Before, FaultHow::Status(500), 2));
    moves(&ada, "2026-03-06").await;
    grace.reads_one();
    assert_eq!((ada.files().len(), grace.files().len()), (1, 1));
    world.advance(TimeDelta::minutes(10)).await;
    assert_eq!((ada.files().len(), grace.files().len()), (2, 2));
    // What fails before anybody could see anything is done again.
    for method in ["files.getUploadURLExternal", "upload"] {
        world.sandbox.inject(fault(method, FaultWhen::Before, FaultHow::Status(503), 1));
        moves(&ada, if method == "upload" { "2026-03-06" } else { "2026-03-09" }).await;
        grace.reads_one();
        world.advance(TimeDelta::minutes(10)).await;
    }
    assert_eq!((ada.files().len(), grace.files().len()), (4, 4));
    calendars_are_true(&world, [&ada, &grace]).await;
});

story!(a_workspace_without_files_loses_nothing_else, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    for code in ["missing_scope", "file_uploads_disabled"] {
        world.sandbox.inject(fault(
            "files.getUploadURLExternal",
            FaultWhen::Before,
            FaultHow::Error(code.to_owned()),
            2,
        ));
        moves(&ada, if code == "missing_scope" { "2026-03-06" } else { "2026-03-09" }).await;
        assert!(grace.reads_one().contains("[Add to Google Calendar]"));
    }
    assert_eq!(world.outbox().await.get("parked"), Some(&4), "counted like others");
    // Once files are taken again, the next one holds everything since the last that arrived.
    moves(&ada, "2026-03-10").await;
    grace.reads_one();
    calendars_are_true(&world, [&ada, &grace]).await;
    world.leave_unsettled();
});

story!(a_file_goes_where_its_message_goes, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    // Grace's message waits, and is overtaken by another move: neither it nor its file is ever seen.
    world.sandbox.inject(fault("chat.postMessage", FaultWhen::Before, FaultHow::RateLimited { retry_after: 60 }, 1));
    world.sandbox.inject(fault(
        "files.getUploadURLExternal",
        FaultWhen::Before,
        FaultHow::RateLimited { retry_after: 60 },
        1,
    ));
    world.app.speaker.ctx.bell.notify_one();
    let moving = |day: &'static str| {
        let ada = ada.clone();
        async move {
            ada.hands.types("/mentor move").await.unwrap();
            ada.hands.wait_for_modal().await.unwrap();
            ada.hands.chooses("Day", day).await.unwrap();
            assert_eq!(ada.hands.submits().await.unwrap(), SubmitOutcome::Closed);
        }
    };
    moving("2026-03-06").await;
    moving("2026-03-09").await;
    world.settle().await;
    world.advance(TimeDelta::minutes(10)).await;
    assert!(grace.reads_one().contains("Monday, March 9th"));
    assert_eq!((ada.files().len(), grace.files().len()), (2, 2), "one file for both moves");
    calendars_are_true(&world, [&ada, &grace]).await;
});
