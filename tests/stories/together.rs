//! One message instead of several, when a person has several pairs on one day.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use insta::assert_snapshot;
use mentor::domain::forecast::{Coming, Forecast, of_pair, say_together};
use mentor::domain::reminders::MessageKind;
use mentor::store::{meetings, pairs};
use slack_sandbox::NewPerson;

use crate::support::{Someone, World, story};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Marie mentors Ada, too: on Thursdays at this hour in Paris.
async fn marie_mentors(world: &Arc<World>, ada: &Someone, time: &str) -> Someone {
    let marie = world.joins(NewPerson::member("marie", "Marie Curie", "Europe/Paris")).await;
    ada.asks(&marie, &world.secret("measuring")).await;
    marie.accepts("Thursday", time, "30 minutes").await;
    world.sign(ada, &marie).await;
    marie
}

/// When the preview says that agendas are asked for in the coming days.
async fn requests_foretold(world: &World) -> Vec<DateTime<Utc>> {
    let ctx = &world.app.speaker.ctx;
    let (now, until) = (world.now(), at("2026-03-06T00:00:00Z"));
    let mut reading = ctx.db.read().await.unwrap();
    let active = pairs::active(&mut reading).await.unwrap();
    let mut coming = Vec::new();
    for of in &active {
        let planned = meetings::without_outcome(&mut reading, of.pair.id).await.unwrap();
        coming.extend(of_pair(of, &planned, &ctx.programme(), now, until).into_iter().map(|one| (of, one)));
    }
    say_together(&mut coming);
    let asked = |one: &Forecast| matches!(one.coming, Coming::Message(MessageKind::AgendaRequest, _));
    coming.into_iter().filter(|(_, one)| asked(one)).map(|(_, one)| one.at).collect()
}

story!(two_mentors_on_one_day_make_one_message, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    // Grace at 15:00 in London, Marie at 10:00: two working days before that is 10:00 for both.
    let marie = marie_mentors(&world, &ada, "11:00").await;
    let foretold = requests_foretold(&world).await;
    world.advance_to(at("2026-03-03T10:01:00Z")).await;
    assert_snapshot!(ada.reads_one(), @"
    Prepare your agenda for @marie, Thursday, March 5th, 2026 at 10:00 AM
    Five short parts; even one helps.
    [Prepare] [Move this one] [Skip this one]
    ---
    Prepare your agenda for @grace, Thursday, March 5th, 2026 at 3:00 PM
    Five short parts; even one helps.
    [Prepare] [Move this one] [Skip this one]
    ");
    assert_eq!(foretold, [at("2026-03-03T10:00:00Z"); 2], "the preview knew it");
    world.advance_to(at("2026-03-03T16:00:00Z")).await;
    assert_eq!(ada.reads(), Vec::<String>::new(), "the second one came with the first");

    // Each half of it goes its own way.
    ada.prepares("Upcoming work", &world.secret("the plan")).await;
    assert_snapshot!(ada.latest(), @"
    Your agenda for @marie is ready: 1 part.
    Thursday, March 5th, 2026 at 10:00 AM
    [Edit agenda]
    ---
    Prepare your agenda for @grace, Thursday, March 5th, 2026 at 3:00 PM
    Five short parts; even one helps.
    [Prepare] [Move this one] [Skip this one]
    ");
    world.advance_to(at("2026-03-05T16:30:00Z")).await;
    for someone in [&ada, &grace, &marie] {
        someone.reads();
    }
    ada.clicks("Skipped").await;
});

story!(two_mentees_on_one_day_make_one_message, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    let alan = world.joins(NewPerson::member("alan", "Alan Turing", "Europe/London")).await;
    alan.asks(&grace, &world.secret("machines")).await;
    grace.accepts("Thursday", "14:00", "30 minutes").await;
    world.sign(&alan, &grace).await;
    world.advance_to(at("2026-03-03T20:00:00Z")).await;
    ada.reads();
    alan.reads();
    ada.prepares("Upcoming work", &world.secret("the plan")).await;
    world.advance_to(at("2026-03-04T20:00:00Z")).await;
    assert_snapshot!(grace.reads_one(), @"
    The agenda with @ada is ready: 1 part.
    Thursday, March 5th, 2026 at 10:00 AM
    [Open agenda]
    ---
    No agenda yet from @alan for Thursday, March 5th, 2026 at 2:00 PM.
    ");
    ada.reads();
    alan.reads();

    // Late words reach her at once, by themselves, although the notice was one of two.
    alan.types_and_sees("/mentor agenda").await;
    alan.fills("Upcoming work", &world.secret("a late plan")).await;
    alan.submits().await;
    assert_snapshot!(grace.reads_one(), @"
    The agenda with @alan is ready: 1 part.
    Thursday, March 5th, 2026 at 2:00 PM
    [Open agenda]
    ");
    // And the one message, redrawn, knows of both.
    let channel = format!("D{}", &world.sandbox.person("grace").unwrap().id()[1..]);
    let messages = world.sandbox.messages(&channel);
    let notice = messages.iter().find(|message| message.text.contains("2 things")).unwrap();
    assert_eq!(notice.blocks.to_string().matches("is ready: 1 part").count(), 2, "{:?}", notice.blocks);
});
