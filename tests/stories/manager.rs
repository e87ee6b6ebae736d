//! "Ask my manager to suggest someone", and the guide.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use insta::assert_snapshot;
use mentor::domain::directory::{Entry, Snapshot, Source, user_id};
use mentor::jobs::take_over::{Accept, Reading, take_over};
use slack_sandbox::{NewPerson, SubmitOutcome};

use crate::support::{Someone, World, story};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Somebody asks their manager.
async fn asks_manager(who: &Someone, manager: &str) -> String {
    who.types("/mentor ask").await;
    who.clicks_and_sees("Ask my manager to suggest someone").await;
    who.chooses("Who is your manager?", manager).await;
    let SubmitOutcome::Updated(sent) = who.submits().await else { panic!("a word that it was sent") };
    who.closes().await;
    sent.to_string()
}

async fn ada_grace_and_betty(world: &Arc<World>) -> (Someone, Someone, Someone) {
    let (ada, grace) = world.ada_and_grace().await;
    let betty = world.joins(NewPerson::member("betty", "Betty Holberton", "Europe/London")).await;
    (ada, grace, betty)
}

story!(a_manager_suggests_somebody, |world: Arc<World>| async move {
    let (ada, grace, betty) = ada_grace_and_betty(&world).await;
    world.joins(NewPerson::bot("polly", "Polly")).await;
    assert_snapshot!(ada.types("/mentor ask").await, @"
    Whom would you like to ask? Type `/mentor ask @name`, or choose:
    [Ask somebody to mentor me] [Ask my manager to suggest someone]
    ");
    assert_snapshot!(ada.clicks_and_sees("Ask my manager to suggest someone").await, @"
    # Ask my manager
    Your manager is asked whom you could ask to mentor you, and can pick somebody.
    Who is your manager?: ____
    They have three working days and are reminded once. They are never told what comes of it: whether you ask, or what the other answers.
    [Cancel] [Send]
    ");
    for (whom, why) in [("@ada", "That is you"), ("@polly", "is an app")] {
        ada.chooses("Who is your manager?", whom).await;
        let SubmitOutcome::Errors(errors) = ada.submits().await else { panic!("{whom} is no manager") };
        assert!(format!("{errors:?}").contains(why), "{errors:?}");
    }
    ada.chooses("Who is your manager?", "@betty").await;
    let SubmitOutcome::Updated(sent) = ada.submits().await else { panic!("a word that it was sent") };
    assert_snapshot!(sent, @"
    # Sent
    You asked @betty to suggest somebody; you will hear by Thursday, March 5th, 2026 at 10:00 AM. They are never told what comes of it.
    [Close]
    ");
    ada.closes().await;
    assert!(ada.home().await.contains("You asked @betty to suggest somebody; you will hear by"));
    // One at a time.
    assert_snapshot!(ada.types("/mentor ask my manager to suggest someone").await, @"You asked @betty to suggest somebody; you will hear by Thursday, March 5th, 2026 at 10:00 AM.");

    assert_snapshot!(betty.reads_one(), @"
    @ada is looking for a mentor. Whom would you suggest? Best is somebody outside your own team, with whom nothing is at stake for them.
    Whom I suggest: ____
    [Suggest] [I can't think of anybody]
    Until Thursday, March 5th, 2026 at 10:00 AM. What comes of it stays with @ada; you will not hear.
    ");
    let asked = betty.latest();
    for (whom, why) in [("@betty", "That is you"), ("@ada", "cannot ask themselves"), ("@polly", "is an app")] {
        betty.chooses("Whom I suggest", whom).await;
        betty.clicks("Suggest").await;
        betty.is_told(why).await;
    }
    betty.chooses("Whom I suggest", "@grace").await;
    betty.clicks("Suggest").await;
    assert_snapshot!(betty.latest(), @"You suggested @grace to @ada. Thank you! What comes of it stays with them.");
    assert_snapshot!(ada.reads_one(), @"
    @betty suggests you ask @grace to mentor you.
    [Ask them]
    Whether you ask, and what comes of it, they are not told.
    ");
    ada.clicks_and_sees("Ask them").await;
    ada.fills("What I want to work on", &world.secret("leading")).await;
    ada.submits().await;
    ada.closes().await;
    grace.reads_one();
    grace.accepts("Thursday", "10:00", "30 minutes").await;
    ada.reads();
    // Betty is never told what came of it, and an old button changes nothing.
    betty.clicks_old(&asked, "I can't think of anybody").await;
    betty.is_told("You suggested somebody to").await;
    world.advance_to(at("2026-03-05T12:00:00Z")).await;
    assert_eq!(betty.reads(), Vec::<String>::new());
    ada.reads();
    grace.reads();
});

story!(nobody_and_silence_read_the_same, |world: Arc<World>| async move {
    let (ada, _grace, betty) = ada_grace_and_betty(&world).await;
    let lise = world.joins(NewPerson::member("lise", "Lise Meitner", "Europe/London")).await;
    let sent = asks_manager(&ada, "@betty").await;
    assert_eq!(asks_manager(&lise, "@betty").await, sent);
    betty.reads();
    // On Home, to one of the two; the other gets no answer.
    assert!(betty.home().await.contains("@ada is looking for a mentor and asks whom you would suggest"));
    betty.clicks_on_home("I can't think of anybody").await;
    let answered = betty.hands.dms().iter().map(ToString::to_string).find(|told| told.contains("Nobody came to mind"));
    assert_snapshot!(answered.unwrap().replace("@lise", "@ada"), @"Nobody came to mind. @ada will hear so at the end of the three days, as they would have without an answer.");
    assert_eq!((ada.reads(), lise.reads()), (Vec::new(), Vec::new()));
    let homes = [ada.home().await, lise.home().await];
    assert_eq!(homes[0], homes[1]);
    world.advance_to(at("2026-03-04T10:30:00Z")).await;
    assert_snapshot!(betty.reads_one(), @"
    A reminder: @ada is looking for a mentor. Whom would you suggest? Best is somebody outside your own team, with whom nothing is at stake for them.
    Whom I suggest: ____
    [Suggest] [I can't think of anybody]
    Until Thursday, March 5th, 2026 at 10:00 AM. What comes of it stays with @ada; you will not hear.
    ");
    world.advance_to(at("2026-03-05T10:30:00Z")).await;
    let told = [ada.reads_one(), lise.reads_one()];
    assert_eq!(told[0], told[1]);
    assert_snapshot!(told[0], @"
    @betty has nobody to suggest this time.
    You can ask somebody yourself: somebody outside your team whose work you like is a good beginning.
    [Ask somebody to mentor me]
    ");
    assert!(betty.latest().to_string().contains("is over. Nothing more to do."), "{}", betty.latest());
    // Next time her manager stands there already.
    ada.types("/mentor ask").await;
    let form = ada.clicks_and_sees("Ask my manager to suggest someone").await;
    assert!(form.contains("Who is your manager?: @betty"), "{form}");
    ada.closes().await;
});

/// The directory says this from now on; whoever is not in the workspace is known by an address.
async fn reports(world: &World, lines: &[(&str, &str)]) {
    let named = |handle: &str| -> Box<str> {
        world.sandbox.person(handle).map_or_else(|| format!("{handle}@example.com").into(), |known| known.id().into())
    };
    let entry = |(who, manager): &(&str, &str)| {
        let key = named(who);
        Entry { user_id: user_id(&key), email: None, key, manager: Some(named(manager)), department: None }
    };
    let snapshot = Snapshot { entries: lines.iter().map(entry).collect() };
    let ctx = &world.app.speaker.ctx;
    let mut tx = ctx.db.begin().await.unwrap();
    mentor::store::directory::know(&mut tx, Source::Csv, ctx.now()).await.unwrap();
    tx.commit().await.unwrap();
    let reading = Reading { source: Source::Csv, tag: None, again_at: ctx.now() };
    take_over(ctx, reading, &snapshot, Accept::Yes).await.unwrap();
}

story!(whom_the_org_chart_has_stands_in_the_form, |world: Arc<World>| async move {
    let (ada, grace, betty) = ada_grace_and_betty(&world).await;
    let form = async |who: &Someone| {
        let form = who.types_and_sees("/mentor ask my manager").await;
        who.closes().await;
        form.lines().find(|line| line.starts_with("Who is your manager?")).unwrap().to_owned()
    };
    assert_eq!(form(&ada).await, "Who is your manager?: ____");
    reports(&world, &[("ada", "betty"), ("betty", "grace"), ("grace", "nobody.in.slack")]).await;
    assert_eq!(form(&ada).await, "Who is your manager?: @betty");
    assert_eq!(form(&grace).await, "Who is your manager?: ____");
    // It is only what stands there: she chooses somebody else, who is asked.
    ada.types_and_sees("/mentor ask my manager").await;
    ada.chooses("Who is your manager?", "@grace").await;
    ada.submits().await;
    ada.closes().await;
    grace.reads_one();
    assert_eq!(betty.reads(), Vec::<String>::new());
    world.advance_to(at("2026-03-06T17:00:00Z")).await;
    for someone in [&ada, &grace] {
        someone.reads();
    }
    // What the chart says counts more than what was chosen once; without it, what was chosen last time stands there.
    assert_eq!(form(&ada).await, "Who is your manager?: @betty");
    reports(&world, &[("ada", "nobody.in.slack"), ("betty", "grace")]).await;
    assert_eq!(form(&ada).await, "Who is your manager?: @grace");
});

story!(a_manager_suggests_from_home, |world: Arc<World>| async move {
    let (ada, _grace, betty) = ada_grace_and_betty(&world).await;
    ada.home().await;
    ada.clicks_on_home("Ask my manager to suggest someone").await;
    ada.modal().await;
    ada.chooses("Who is your manager?", "@betty").await;
    ada.submits().await;
    ada.closes().await;
    betty.reads_one();
    betty.home().await;
    betty.clicks_on_home("Suggest").await;
    assert_snapshot!(betty.modal().await, @"
    # Suggest someone
    Whom could @ada ask to mentor them?
    Whom I suggest: ____
    What comes of it stays with @ada; you will not hear.
    [Cancel] [Suggest]
    ");
    betty.chooses("Whom I suggest", "@grace").await;
    assert_eq!(betty.submits().await, SubmitOutcome::Closed);
    assert!(ada.reads_one().starts_with("@betty suggests you ask @grace to mentor you."));
    assert!(betty.home().await.contains("Nothing. Enjoy your day."));
});

story!(a_manager_who_wants_nothing_to_do_with_her_reads_like_silence, |world: Arc<World>| async move {
    let (ada, _grace, betty) = ada_grace_and_betty(&world).await;
    let lise = world.joins(NewPerson::member("lise", "Lise Meitner", "Europe/London")).await;
    betty.types_and_sees("/mentor profile").await;
    betty.chooses("Not with …", "@ada").await;
    betty.submits().await;
    betty.closes().await;
    let sent = [asks_manager(&ada, "@betty").await, asks_manager(&lise, "@betty").await];
    assert_eq!(sent[0], sent[1]);
    assert!(betty.reads_one().starts_with("@lise is looking for a mentor."));
    assert!(!betty.home().await.contains("@ada"));
    world.advance_to(at("2026-03-04T10:30:00Z")).await;
    assert!(betty.reads_one().starts_with("A reminder: @lise"));
    world.advance_to(at("2026-03-05T10:30:00Z")).await;
    assert_eq!(ada.reads_one(), lise.reads_one());
});

story!(mentor_or_manager, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    assert_snapshot!(ada.types_and_sees("/mentor guide").await, @"
    # Mentor or manager?
    I am harassed, something is not safe, or against the law? Your manager or HR, at once. If it is about your manager: another manager, or HR. They have a duty to act and the means to. A mentor has neither, and must not be the one who knows and waits.
    ---
    [What is it about? ▾]
    • A mentor asks questions; a manager gives answers.
    • A mentor offers options; a manager delegates.
    • A mentor has no say in reviews, pay or promotion; a manager decides them.
    • A mentor has no business motive; a manager is bound by the company's policy.

    What you look up here is neither kept nor logged, and nobody is told.
    [Close]
    ");
    ada.chooses("What is it about?", "It is difficult with my manager").await;
    assert_snapshot!(ada.modal_with("Take it to").await, @"
    # Mentor or manager?
    It is difficult with my manager
    Take it to: A mentor outside your reporting line.
    Why: You need somebody who is no part of it, and who does not report to the same people.
    Next: Bring one thing that happened: what you expected, what was said, what you would like instead.
    [Put it on my next agenda]
    ---
    [What is it about? ▾]
    What you look up here is neither kept nor logged, and nobody is told.
    [Close]
    ");
    ada.clicks_and_sees("Put it on my next agenda").await;
    ada.fills("What I want to talk about", &world.secret("my manager")).await;
    let SubmitOutcome::Updated(done) = ada.submits().await else { panic!("it is there") };
    assert!(done.to_string().contains("On your agenda with @grace"), "{done}");
    ada.closes().await;
    while ada.hands.modal().is_some() {
        ada.closes().await;
    }
    grace.reads();

    // By words; what cannot wait comes first, whoever looks it up and whatever else is said.
    let typed = world.secret("harassment and my promotion");
    assert_snapshot!(ada.types_and_sees(&format!("/mentor guide {typed}")).await, @"
    # Mentor or manager?
    I am harassed, something is not safe, or against the law
    Take it to: Your manager or HR, at once. If it is about your manager: another manager, or HR.
    Why: They have a duty to act and the means to. A mentor has neither, and must not be the one who knows and waits.
    Next: Tell them today, in person or by phone if you can, and write down what happened and when. In danger, call the emergency services first. Afterwards a mentor may help you through it.
    ---
    [What is it about? ▾]
    What you look up here is neither kept nor logged, and nobody is told.
    [Close]
    ");
    ada.closes().await;
    let lise = world.joins(NewPerson::member("lise", "Lise Meitner", "Europe/London")).await;
    let promotion = lise.types_and_sees("/mentor guide promotion").await;
    assert!(
        promotion.contains("A mentor first, to prepare.") && promotion.contains("[Ask somebody to mentor me]"),
        "{promotion}"
    );
    lise.clicks_and_sees("Ask somebody to mentor me").await;
    lise.closes().await;
    lise.closes().await;
    let unknown = lise.types_and_sees(&format!("/mentor guide {}", world.secret("zzz"))).await;
    assert!(unknown.starts_with("# Mentor or manager?\nI can't tell what that is about."), "{unknown}");
    assert!(unknown.contains("HR, at once"), "{unknown}");
    lise.closes().await;
    lise.home().await;
    lise.clicks_on_home("Mentor or manager?").await;
    assert!(lise.modal().await.contains("neither kept nor logged"));
    lise.closes().await;
});
