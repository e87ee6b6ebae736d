//! Calendars that change: days off, hours and zones of people, holidays that are known late. Meetings go where both work,
//! both hear it once, and the rhythm stays.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use insta::assert_snapshot;
use mentor::domain::days_off::DaysOff;
use mentor::domain::forecast::{Coming, of_pair};
use mentor::domain::reminders::MessageKind;
use mentor::jobs::holidays;
use mentor::store::{meetings, pairs};
use slack_sandbox::{NewPerson, SubmitOutcome};

use crate::support::{Someone, World, story};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Fills in the form of one's own settings and saves it.
async fn sets(somebody: &Someone, fields: &[(&str, &str)]) {
    somebody.types_and_sees("/mentor settings").await;
    for (label, value) in fields {
        match *label {
            "Days off" => somebody.fills(label, value).await,
            _ => somebody.chooses(label, value).await,
        }
    }
    assert_eq!(somebody.submits().await, SubmitOutcome::Closed);
}

/// The programme learns that these days are off, as from a calendar that was read.
async fn become_holidays(world: &World, days: &[&str]) {
    let ctx = &world.app.speaker.ctx;
    let days: DaysOff = days.iter().map(|day| day.parse::<NaiveDate>().unwrap()).collect();
    assert!(ctx.programme.take_off(&days), "other days than before");
    holidays::look_at_everything_again(ctx).await.unwrap();
    world.settle().await;
}

story!(a_day_off_puts_a_meeting_on_the_next_working_day, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    // Grace is off on Thursday, when they meet, and Friday.
    sets(&grace, &[("Days off", "5 March – 6 March")]).await;
    world.advance_to(at("2026-03-02T15:00:00Z")).await;
    assert_snapshot!(ada.reads_one(), @"
    Your meeting with @grace is now Monday, March 9th, 2026 at 2:00 PM: it fell on a day off.
    The other meetings stay where they are.
    [Move this one] [Skip this one]
    ");
    assert_snapshot!(grace.reads_one(), @"
    Your meeting with @ada is now Monday, March 9th, 2026 at 10:00 AM: it fell on a day off.
    The other meetings stay where they are.
    [Move this one] [Skip this one]
    ");
    // The reminders are those of Monday: Grace reads on her last working day before it, and Ada is asked a day before that.
    world.advance_to(at("2026-03-03T14:59:00Z")).await;
    assert_eq!((ada.reads(), grace.reads()), (vec![], vec![]));
    world.advance_to(at("2026-03-03T15:00:00Z")).await;
    assert!(ada.reads_one().starts_with("Prepare your agenda for @grace, Monday, March 9th"));
    world.advance_to(at("2026-03-04T15:00:00Z")).await;
    assert!(ada.reads_one().starts_with("Last call"));
    assert!(grace.reads_one().starts_with("No agenda yet"));
    world.advance_to(at("2026-03-09T13:00:00Z")).await;
    assert_eq!(grace.reads(), Vec::<String>::new(), "nobody is spoken to on a day off");
    world.advance_to(at("2026-03-09T15:00:00Z")).await;
    assert!(ada.reads_one().starts_with("Did you meet @grace?"));
    let home = ada.home().await;
    assert!(home.contains("Thursday, March 12th, 2026 at 2:00 PM"), "the next is at its slot: {home}");
});

story!(a_week_off_skips_a_weekly_meeting_with_its_agenda_carried, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    world.advance_to(at("2026-03-03T15:00:00Z")).await;
    ada.reads_one();
    let plan = world.secret("the plan");
    ada.prepares("Upcoming work", &plan).await;
    sets(&ada, &[("Days off", "5 March – 11 March")]).await;
    assert_snapshot!(ada.reads().join("\n\n"), @"
    Your meeting with @grace, Thursday, March 5th, 2026 at 3:00 PM, is skipped: it fell on a day off, and there is no other day before your next one.
    What stood on its agenda is on the next one. The other meetings stay where they are.

    Prepare your agenda for @grace, Thursday, March 12th, 2026 at 2:00 PM
    Carried over: 1 part
    Five short parts; even one helps.
    [Prepare] [Move this one] [Skip this one]
    ");
    assert_snapshot!(grace.reads_one(), @"
    Your meeting with @ada, Thursday, March 5th, 2026 at 10:00 AM, is skipped: it fell on a day off, and there is no other day before your next one.
    What stood on its agenda is on the next one. The other meetings stay where they are.
    ");
    let home = ada.home().await;
    assert!(home.contains("Thursday, March 12th, 2026 at 2:00 PM"), "{home}");
    assert!(home.contains("has only what was carried over") || home.contains("Agenda: 1 part"), "{home}");
    // She comes back from it all the same, and the day is as it was, but what is skipped is skipped.
    sets(&ada, &[("Days off", "")]).await;
    world.advance_to(at("2026-03-09T12:00:00Z")).await;
    assert_eq!(grace.reads(), Vec::<String>::new());
    ada.reads();
});

story!(a_first_meeting_is_put_where_both_work, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    sets(&ada, &[("Days off", "5 March")]).await;
    ada.asks(&grace, &world.secret("becoming a lead")).await;
    grace.accepts("Thursday", "10:00", "30 minutes").await;
    assert!(ada.reads_one().contains("Friday, March 6th"), "the words of the beginning say when it is");
    grace.reads();
    sets(&ada, &[("Days off", "")]).await;
    assert_snapshot!(ada.reads_one(), @"
    Your meeting with @grace is now Thursday, March 5th, 2026 at 3:00 PM, where it belongs: that is no day off any more.
    The other meetings stay where they are.
    [Move this one] [Skip this one]
    ");
    world.advance_to(at("2026-03-02T14:00:00Z")).await;
    assert!(grace.reads().iter().any(|told| told.contains("Thursday, March 5th")));
});

story!(a_meeting_moved_by_hand_stays_on_a_day_off, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    ada.types_and_sees("/mentor move").await;
    ada.chooses("Day", "2026-03-06").await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    grace.reads_one();
    sets(&grace, &[("Days off", "6 March")]).await;
    become_holidays(&world, &["2026-03-05", "2026-03-06"]).await;
    assert_eq!((ada.reads(), grace.reads()), (vec![], vec![]));
    assert!(ada.home().await.contains("Friday, March 6th, 2026 at 3:00 PM"));
});

story!(holidays_known_late_move_what_is_planned, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    world.advance_to(at("2026-03-03T15:00:00Z")).await;
    assert!(ada.reads_one().contains("Thursday, March 5th"));
    become_holidays(&world, &["2026-03-05"]).await;
    assert_snapshot!(ada.reads_one(), @"
    Your meeting with @grace is now Friday, March 6th, 2026 at 3:00 PM: it fell on a day off.
    The other meetings stay where they are.
    [Move this one] [Skip this one]
    ");
    assert_snapshot!(grace.reads_one(), @"
    Your meeting with @ada is now Friday, March 6th, 2026 at 10:00 AM: it fell on a day off.
    The other meetings stay where they are.
    [Move this one] [Skip this one]
    ");
    // Once, however often somebody looks.
    become_holidays(&world, &["2026-03-05", "2026-12-25"]).await;
    world.advance(TimeDelta::minutes(5)).await;
    assert_eq!((ada.reads(), grace.reads()), (vec![], vec![]));
    // It was none after all.
    become_holidays(&world, &[]).await;
    assert_snapshot!(ada.reads_one(), @"
    Your meeting with @grace is now Thursday, March 5th, 2026 at 3:00 PM, where it belongs: that is no day off any more.
    The other meetings stay where they are.
    [Move this one] [Skip this one]
    ");
    assert!(grace.reads_one().contains("is now Thursday, March 5th"));
    grace.clicks_and_sees("Skip this one").await;
    assert_eq!(grace.submits().await, SubmitOutcome::Closed);
    ada.reads_one();
    assert!(!ada.home().await.contains("March 5th"));
});

story!(reminders_go_by_the_hours_of_now, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    sets(&ada, &[("From", "07:00"), ("Until", "12:00"), ("Ask me for the agenda", "3 working days ahead")]).await;
    // Three working days before Thursday is today, and the afternoon of it is not hers.
    world.advance_to(at("2026-03-02T11:59:00Z")).await;
    assert!(ada.reads_one().contains("Prepare your agenda"));
    world.advance_to(at("2026-03-05T18:00:00Z")).await;
    assert_eq!(ada.reads().len(), 1, "the nudge on Wednesday morning");
    assert!(world.sandbox.messages(&format!("D{}", &ada.hands.id()[1..])).iter().all(|message| {
        let seconds = message.ts.split('.').next().unwrap().parse().unwrap();
        let local = DateTime::from_timestamp(seconds, 0).unwrap().format("%H:%M").to_string();
        ("07:00".."12:00").contains(&local.as_str())
    }));
    world.advance_to(at("2026-03-06T07:00:00Z")).await;
    assert!(ada.reads_one().starts_with("Did you meet"), "in the morning, not in the afternoon");
    grace.reads();
});

story!(somebody_moves_to_another_zone, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    world.sandbox.set_time_zone("ada", Some("America/Los_Angeles"));
    world.during(tokio::time::sleep(std::time::Duration::from_millis(300))).await;
    // Ten in New York is seven for her now; she hears it when her day begins.
    assert_eq!(ada.reads(), Vec::<String>::new());
    world.advance_to(at("2026-03-02T17:00:00Z")).await;
    assert_snapshot!(ada.reads_one(), @"
    Your meeting with @grace stays at 10:00 in New York, which is 07:00 for you: Thursday, March 5th, 2026 at 7:00 AM.
    [Move this one] [Skip this one]
    ");
    assert_eq!(grace.reads(), Vec::<String>::new(), "the rhythm is where it was");
    // Her reminders go by her new hours: nine in the morning of Tuesday there.
    world.advance_to(at("2026-03-03T16:59:00Z")).await;
    assert_eq!(ada.reads(), Vec::<String>::new());
    world.advance_to(at("2026-03-03T17:00:00Z")).await;
    assert!(ada.reads_one().contains("at 7:00 AM"));
    // Back again, nobody is told of anything.
    world.sandbox.set_time_zone("ada", Some("Europe/London"));
    world.during(tokio::time::sleep(std::time::Duration::from_millis(300))).await;
    assert_eq!((ada.reads(), grace.reads()), (vec![], vec![]));
    let home = ada.home().await;
    assert!(home.contains("Thursday, March 5th, 2026 at 3:00 PM") && home.contains("Europe/London"), "{home}");
});

story!(a_meeting_starts_soon_for_those_who_want_to_hear, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    sets(&grace, &[("Tell me that a meeting starts soon", "10 minutes before")]).await;
    world.advance_to(at("2026-03-05T14:49:00Z")).await;
    ada.reads();
    grace.reads();
    world.advance_to(at("2026-03-05T14:50:00Z")).await;
    assert_snapshot!(grace.reads_one(), @"
    Your meeting with @ada starts soon: Thursday, March 5th, 2026 at 10:00 AM.
    [Open agenda]
    ");
    assert_eq!(ada.reads(), Vec::<String>::new(), "never, unless somebody wants it");
    world.advance_to(at("2026-03-05T16:00:00Z")).await;
    assert_snapshot!(grace.latest(), @"Your meeting with @ada: Thursday, March 5th, 2026 at 10:00 AM.");
    ada.reads();
    assert_eq!(grace.reads(), Vec::<String>::new());

    // Outside working hours nobody is told, nor late, nor about a meeting that is not then.
    sets(&ada, &[("Until", "13:30"), ("Tell me that a meeting starts soon", "60 minutes before")]).await;
    world.advance_to(at("2026-03-12T12:00:00Z")).await;
    ada.reads();
    grace.reads();
    world.advance_to(at("2026-03-12T13:10:00Z")).await;
    let told = ada.reads();
    assert!(told.len() == 1 && told[0].contains("starts soon"), "{told:?}");
    ada.types_and_sees("/mentor move").await;
    ada.chooses("Day", "2026-03-13").await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    assert_snapshot!(ada.latest(), @"
    Prepare your agenda for @grace, Friday, March 13th, 2026 at 2:00 PM
    Five short parts; even one helps.
    [Prepare] [Move this one] [Skip this one]
    ");
    world.advance_to(at("2026-03-12T14:30:00Z")).await;
    let told = grace.reads();
    assert!(!told.iter().any(|told| told.contains("starts soon")), "{told:?}");
    ada.reads();
});

story!(the_preview_is_what_happens_with_days_off, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    sets(
        &ada,
        &[
            ("Days off", "12 March – 13 March, 26 March – 1 April"),
            ("Working days", "Monday"),
            ("Tell me that a meeting starts soon", "30 minutes before"),
        ],
    )
    .await;
    become_holidays(&world, &["2026-04-09", "2026-04-10"]).await;
    let ctx = &world.app.speaker.ctx;
    let (now, until) = (world.now(), world.now() + TimeDelta::weeks(8));
    let mut reading = ctx.db.read().await.unwrap();
    let [of] = &pairs::active(&mut reading).await.unwrap()[..] else { panic!("one pair") };
    let planned = meetings::without_outcome(&mut reading, of.pair.id).await.unwrap();
    drop(reading);
    let forecast = of_pair(of, &planned, &ctx.programme(), now, until);
    let expected = |kind: MessageKind| -> Vec<String> {
        let said = forecast.iter().filter(|one| matches!(one.coming, Coming::Message(of, _) if of == kind));
        said.map(|one| one.at.to_rfc3339()).collect()
    };
    let meet: Vec<String> = forecast
        .iter()
        .filter(|one| one.coming == Coming::Meeting)
        .map(|one| one.at.format("%a %-d %b %H:%M").to_string())
        .collect();
    assert_snapshot!(meet.join("\n"), @"
    Thu 5 Mar 15:00
    Tue 17 Mar 14:00
    Thu 19 Mar 14:00
    Thu 2 Apr 14:00
    Tue 14 Apr 14:00
    Thu 16 Apr 14:00
    Thu 23 Apr 14:00
    ");
    world.advance_to(until).await;
    let came = |to: &Someone, text: &str| -> Vec<String> {
        let messages = world.sandbox.messages(&format!("D{}", &to.hands.id()[1..]));
        let said = messages.iter().filter(|message| message.text.contains(text));
        said.map(|message| {
            let seconds = message.ts.split('.').next().unwrap().parse().unwrap();
            DateTime::from_timestamp(seconds, 0).unwrap().to_rfc3339()
        })
        .collect()
    };
    assert_eq!(came(&ada, "Prepare your agenda"), expected(MessageKind::AgendaRequest));
    assert_eq!(came(&grace, "Your meeting with ada"), expected(MessageKind::AgendaNotice));
    assert_eq!(came(&ada, "starts soon"), expected(MessageKind::StartingSoon));
    // Two questions at one moment are one message.
    let asked = [came(&ada, "Did you meet"), came(&ada, "2 things")].concat();
    assert!(expected(MessageKind::DidYouMeet).iter().all(|at| asked.contains(at)), "{asked:?}");
    ada.reads();
    grace.reads();
});

story!(one_half_on_leave_is_never_named, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    let mei = world.joins(NewPerson::member("mei", "Mei Tanaka", "Asia/Tokyo")).await;
    sets(&ada, &[("Days off", "5 March")]).await;
    world.advance_to(at("2026-03-02T15:00:00Z")).await;
    for told in ada.reads().into_iter().chain(grace.reads()) {
        assert!(told.contains("it fell on a day off"), "{told}");
    }
    assert_eq!(mei.reads(), Vec::<String>::new());
    assert!(!grace.home().await.contains("Off:"), "days off are seen by their owner alone");
});

story!(without_a_common_day_a_next_one_is_looked_for, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    // Ada works on Mondays from now on, and Grace on Tuesdays.
    let but = |kept: &'static str| {
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"].into_iter().filter(move |day| *day != kept)
    };
    sets(&ada, &but("Monday").map(|day| ("Working days", day)).collect::<Vec<_>>()).await;
    sets(&grace, &but("Tuesday").map(|day| ("Working days", day)).collect::<Vec<_>>()).await;
    world.advance_to(at("2026-03-10T18:00:00Z")).await;
    let told = ada.reads();
    assert_snapshot!(told.iter().find(|told| told.contains("as yet")).unwrap(), @"
    Your meeting with @grace, Monday, March 9th, 2026 at 2:00 PM, is skipped: it fell on a day off, and as yet there is no day to come on which you could meet.
    What stood on its agenda waits. Once there is such a day, your next meeting is planned.
    ");
    grace.reads();
    assert!(!ada.home().await.contains("Next meetings"));
    // Ada works on every day again; by the next day they meet.
    sets(&ada, &but("Monday").map(|day| ("Working days", day)).collect::<Vec<_>>()).await;
    sets(&grace, &but("Tuesday").map(|day| ("Working days", day)).collect::<Vec<_>>()).await;
    world.advance_to(at("2026-03-12T02:00:00Z")).await;
    let home = ada.home().await;
    assert!(home.contains("Thursday, March 12th, 2026 at 2:00 PM"), "{home}");
    ada.reads();
    grace.reads();
    world.leave_unsettled();
});
