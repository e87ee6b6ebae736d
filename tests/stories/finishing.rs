//! Finishing well, or without a word; and looking back.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use insta::assert_snapshot;
use mentor::render::controls::{self, forms};
use serde_json::json;
use slack_sandbox::{NewPerson, SubmitOutcome};

use crate::support::{World, story};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

story!(finishing_well_with_words_for_each_other, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    let goal = world.secret("lead a project");
    ada.types_and_sees("/mentor goal").await;
    ada.fills("My goal", &goal).await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    world.advance_to(at("2026-03-03T15:00:00Z")).await;
    ada.reads();
    let why = world.secret("why do we freeze");
    ada.prepares("Learn the why", &why).await;
    world.advance_to(at("2026-03-05T15:45:00Z")).await;
    ada.reads();
    grace.reads();
    ada.clicks_and_sees("We met").await;
    let (useful, homework, win) =
        (world.secret("her questions"), world.secret("the runbook"), world.secret("a green week"));
    ada.fills("What was most useful?", &useful).await;
    ada.fills("Homework", &homework).await;
    ada.fills("A win", &win).await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    grace.reads();

    // Ada finishes from Home.
    let home = ada.home().await;
    assert!(home.contains("[Become peers] [Finish]"), "{home}");
    ada.clicks_on_home("Finish").await;
    assert_snapshot!(ada.modal().await, @"
    # Finish well
    You finish with @grace, at once. They are told kindly, and nobody else is. You need no reason. Everything below may stay empty; they can read it.
    What I got out of it (optional): ____
    Thanks (optional): ____
    What next (optional): ____
    Stay in touch? (optional): ( ) Yes, I would like to stay in touch  ( ) Let’s leave it here
    Meetings to come are left out. What you two wrote stays readable to both.
    Or without a word:
    [End now]
    [Cancel] [Finish]
    ");
    let (got, thanks, next) =
        (world.secret("I plan now"), world.secret("for your patience"), world.secret("a team of mine"));
    ada.fills("What I got out of it", &got).await;
    ada.fills("Thanks", &thanks).await;
    ada.fills("What next", &next).await;
    ada.chooses("Stay in touch?", "Yes, I would like to stay in touch").await;
    let SubmitOutcome::Updated(done) = ada.submits().await else { panic!("a word that it is done") };
    assert_snapshot!(done, @"
    # Finished
    You and @grace have finished. They are told. What you wrote stays readable to both: type `/mentor history`, or look at Past pairs on Home.
    Would you introduce others to them? Only you see your network.
    [Add to my network]
    [Close]
    ");
    ada.closes().await;
    assert_snapshot!(grace.reads_one(), @"
    @ada brings your time together to a close. Thank you for what you gave it. Either of you may stop at any time; it takes no reason, and says nothing against anybody.
    They have left you a few words.
    [Read it] [Add a word of mine] [Look back] [Add to my network]
    Meetings to come are left out. What you two wrote stays readable to both of you. Nobody else is told.
    ");
    let read = grace.clicks_and_sees("Read it").await;
    assert_snapshot!(read.replace(&got, "[got]").replace(&thanks, "[thanks]").replace(&next, "[next]"), @"
    # How you finished
    From @ada
    What I got out of it
    [got]
    Thanks
    [thanks]
    What next
    [next]
    Would like to stay in touch.
    Only the two of you will ever see this.
    [Close]
    ");
    grace.closes().await;

    // Grace adds a word of hers, once.
    assert_snapshot!(grace.clicks_and_sees("Add a word of mine").await, @"
    # A word of mine
    A few words for @ada. Everything may stay empty.
    What I got out of it (optional): ____
    Thanks (optional): ____
    What next (optional): ____
    Stay in touch? (optional): ( ) Yes, I would like to stay in touch  ( ) Let’s leave it here
    [Cancel] [Send]
    ");
    let SubmitOutcome::Errors(_) = grace.submits().await else { panic!("nothing is said") };
    let hers = world.secret("it was a pleasure");
    grace.fills("Thanks", &hers).await;
    assert_eq!(grace.submits().await, SubmitOutcome::Closed);
    assert_snapshot!(ada.reads_one(), @"
    @grace has left you a few words, too.
    [Read it]
    ");
    assert!(ada.clicks_and_sees("Read it").await.contains(&hers));
    ada.closes().await;
    assert_snapshot!(grace.latest(), @"
    @ada brings your time together to a close. Thank you for what you gave it. Either of you may stop at any time; it takes no reason, and says nothing against anybody.
    They have left you a few words.
    [Read it] [Look back] [Add to my network]
    Meetings to come are left out. What you two wrote stays readable to both of you. Nobody else is told.
    ");

    // Everything stops: no nudge, no request, nothing on Home but a way back.
    world.advance(TimeDelta::days(40)).await;
    assert_eq!((ada.reads(), grace.reads()), (Vec::new(), Vec::new()));
    assert_snapshot!(ada.home().await, @"
    What waits for me
    Nothing. Enjoy your day.
    ---
    Asks and introductions
    [Who can I talk to about…]
    ---
    My mentors, mentees and peers
    Nobody yet. Somebody outside your team, with whom nothing is at stake, is best.
    [Find a mentor] [Ask somebody to mentor me] [Ask my manager to suggest someone] [Add an outside mentor] [Past pairs]
    ---
    Settings
    You work Mon–Fri, 09:00–17:00 (Europe/London). No days off.
    You are asked for an agenda 2 working days ahead.
    [My settings]
    [Who sees what]
    You are not listed; who knows you may ask you. Introductions: off.
    [My profile]
    [My network] [Mentor or manager?]
    ");
    assert_snapshot!(ada.types("/mentor").await, @"
    You have no mentor yet. Type `/mentor find` to see whom you could ask, `/mentor ask @name` to ask somebody, or `/mentor help` for everything I do.
    [Find a mentor] [Ask somebody to mentor me]
    `/mentor help` shows the commands; the Home tab shows everything.
    ");
    assert_snapshot!(ada.types("/mentor end").await, @"There is nobody to finish with. `/mentor history` shows whom you finished with before.");

    grace.clicks("Look back").await;
    grace.modal().await;
    grace.closes().await;

    // Looking back, page by page.
    assert_snapshot!(grace.types_and_sees("/mentor history").await, @"
    # Past pairs
    You mentored @ada · until March 5th, 2026
    [Look back]
    [Close]
    ");
    let mut shown = grace.clicks_and_sees("Look back").await;
    let hidden = |text: String| {
        [
            (&got, "[got]"),
            (&thanks, "[thanks]"),
            (&next, "[next]"),
            (&hers, "[hers]"),
            (&goal, "[goal]"),
            (&why, "[why]"),
        ]
        .into_iter()
        .chain([(&useful, "[useful]"), (&homework, "[homework]"), (&win, "[win]")])
        .fold(text, |text, (secret, word)| text.replace(secret.as_str(), word))
    };
    assert_snapshot!(hidden(shown), @"
    # Looking back
    You two finished on March 5th, 2026, you and @ada. What you wrote stays readable: type `/mentor history`.
    From @ada
    What I got out of it
    [got]
    Thanks
    [thanks]
    What next
    [next]
    Would like to stay in touch.
    ---
    From @grace
    Thanks
    [hers]
    ---
    What we agreed
    Between @ada and @grace
    We meet: every week, 30 minutes.
    What we want to reach
    Nothing is written yet.
    What stays between us: What is said here stays between the two of us. The limits: when somebody may come to harm, or the law demands it.
    First review: Wed 2 Sep 2026. Then we ask ourselves: carry on, change something, or finish well?
    The way out: Either of us may stop at any time, without giving a reason. Nobody asks why.
    Page 1 of 5
    [Next page]
    [Close]
    ");
    grace.clicks("Next page").await;
    shown = grace.modal_with("Page 2 of 5").await;
    assert_snapshot!(hidden(shown), @"
    # Looking back
    You two finished on March 5th, 2026, you and @ada. What you wrote stays readable: type `/mentor history`.
    Meetings
    Thursday, March 12th, 2026 at 10:00 AM · It was left out.
    [Read]
    Thursday, March 5th, 2026 at 10:00 AM · You met.
    [Read]
    Page 2 of 5
    [Page before] [Next page]
    [Close]
    ");
    grace.clicks("Next page").await;
    assert!(grace.modal_with("Page 3 of 5").await.contains(&goal));
    grace.clicks("Next page").await;
    assert!(grace.modal_with("Page 4 of 5").await.contains(&win));
    grace.clicks("Next page").await;
    assert!(grace.modal_with("Page 5 of 5").await.contains(&homework));
    grace.clicks("Page before").await;
    grace.modal_with("Page 4 of 5").await;
    grace.closes().await;
    grace.closes().await;
});

story!(ending_without_a_word, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    world.advance_to(at("2026-03-03T15:00:00Z")).await;
    assert_eq!(ada.reads().len(), 1);
    let request = ada.latest();
    grace.types_and_sees("/mentor end").await;
    assert_snapshot!(grace.clicks_and_is_shown("End now").await, @"
    # Finished
    You and @ada have finished. They are told. What you wrote stays readable to both: type `/mentor history`, or look at Past pairs on Home.
    Would you introduce others to them? Only you see your network.
    [Add to my network]
    [Close]
    ");
    grace.closes().await;
    assert_snapshot!(ada.reads_one(), @"
    @grace brings your time together to a close. Thank you for what you gave it. Either of you may stop at any time; it takes no reason, and says nothing against anybody.
    [Add a word of mine] [Look back] [Add to my network]
    Meetings to come are left out. What you two wrote stays readable to both of you. Nobody else is told.
    ");

    // The request for the agenda has become the outcome, and an old button says so.
    assert_snapshot!(ada.hands.dms().iter().map(ToString::to_string).find(|one| one.contains("You two finished")).unwrap_or_default(), @"You two finished on March 3rd, 2026, you and @grace. What you wrote stays readable: type `/mentor history`.");
    ada.clicks_old(&request, "Prepare").await;
    assert_snapshot!(ada.is_told("You two finished").await, @"You two finished on March 3rd, 2026, you and @grace. What you wrote stays readable: type `/mentor history`.");
    world.advance(TimeDelta::days(30)).await;
    assert_eq!((ada.reads(), grace.reads()), (Vec::new(), Vec::new()));

    // They may begin anew.
    ada.asks(&grace, &world.secret("once more")).await;
    grace.reads_one();
    grace.accepts("Thursday", "10:00", "30 minutes").await;
    assert!(ada.reads_one().starts_with("Good news"));
    grace.reads();
    world.leave_unsettled();
});

story!(nobody_else_finishes_reads_or_signs, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    let words = world.secret("what only she reads");
    let mallory = world.joins(NewPerson::member("mallory", "Mallory", "Europe/London")).await;
    // Mallory has a pair of her own that is over, and tries with her own forms.
    let before = (ada.home().await, grace.home().await);
    let pair = world.pair_id("ada", "grace").await;
    for button in
        [controls::FINISH, controls::END_NOW, controls::READ_FINISH, controls::LOOK_BACK, controls::OPEN_AGREEMENT]
    {
        let click = json!({ "type": "block_actions", "actions": [{ "type": "button", "action_id": button.id, "block_id": "b", "value": pair }] });
        let _ = world.during(mallory.hands.forges(click)).await;
    }
    let submission = json!({ "type": "view_submission", "view": {
        "id": "Vforged", "type": "modal", "callback_id": forms::FINISH, "private_metadata": pair, "hash": "1.a",
        "state": { "values": { "thanks": { "thanks": { "type": "plain_text_input", "value": "forged" } } } } } });
    let _ = world.during(mallory.hands.forges(submission)).await;
    assert_eq!((ada.home().await, grace.home().await), before);

    // After the end: what was signed and written stays theirs, and nothing can be done to it.
    ada.types_and_sees("/mentor end").await;
    ada.fills("Thanks", &words).await;
    let SubmitOutcome::Updated(_) = ada.submits().await else { panic!("a word that it is done") };
    ada.closes().await;
    grace.reads_one();
    for button in [controls::READ_FINISH, controls::LOOK_BACK, controls::FINISH] {
        let click = json!({ "type": "block_actions", "actions": [{ "type": "button", "action_id": button.id, "block_id": "b", "value": pair }] });
        let _ = world.during(mallory.hands.forges(click)).await;
    }
    assert!(mallory.hands.modal().is_none_or(|view| !view.to_string().contains(&words)));
});

story!(what_is_open_between_two_ends_with_them, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    world.advance_to(at("2026-03-03T15:00:00Z")).await;
    ada.reads();
    ada.types_and_sees("/mentor peers").await;
    ada.submits().await;
    ada.closes().await;
    assert!(grace.reads_one().contains("would like you two to become peers"));
    let question = grace.latest();
    // It waits on Home, too.
    let home = grace.home().await;
    assert!(home.contains("would like you two to become peers: you both prepare"), "{home}");
    assert!(home.contains("[Yes, peers] [Stay as we are]"), "{home}");

    ada.home().await;
    ada.clicks_on_home("Finish").await;
    ada.modal().await;
    assert!(ada.clicks_and_is_shown("End now").await.contains("have finished"));
    ada.closes().await;
    grace.reads();
    assert!(!grace.home().await.contains("[Yes, peers]"));
    grace.clicks_old(&question, "Yes, peers").await;
    assert!(grace.is_told("You two finished").await.contains("@ada"));
    world.advance_to(at("2026-03-20T15:00:00Z")).await;
    assert_eq!((ada.reads(), grace.reads()), (Vec::new(), Vec::new()), "nothing is said about it any more");
});
