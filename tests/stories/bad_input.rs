//! Wrong things typed, clicked and submitted: a clear answer, and nothing lost.

use std::sync::Arc;

use insta::assert_snapshot;
use slack_sandbox::{Fault, FaultHow, FaultWhen, NewPerson, SubmitOutcome};

use crate::support::{World, story};

story!(words_nobody_understands, |world: Arc<World>| async move {
    let (ada, _grace) = world.ada_and_grace().await;
    assert_snapshot!(ada.types("/mentor hlep").await, @"
    I don't know “hlep”. Did you mean:
    • `/mentor help`
    • `/mentor`
    • `/mentor ask @name`

    `/mentor help` shows everything.
    ");
    let marks = ada.types("/mentor <script>alert(1)</script> & co").await;
    assert!(marks.starts_with("I don't know “<script>alert(1)</script> & co”."), "as it was typed: {marks}");
    assert_snapshot!(ada.types("/mentor help").await, @"
    What you can type
    `/mentor` — where you stand, and what waits for you
    `/mentor ask @name` — ask somebody to be your mentor
    `/mentor find [topic]` — find somebody who could mentor you, and why them
    `/mentor who <topic>` — find somebody to talk to, through your mentors; any sentence will do
    `/mentor profile` — what you help with, what you want to grow in, and who may ask you
    `/mentor add external Name <e-mail>` — a mentor outside who has only an e-mail address
    `/mentor ask <question>` — keep a question for your next meeting, or find someone to talk to
    `/mentor agenda [text]` — prepare or read the agenda of your next meeting; with text, put that on it
    `/mentor homework [text]` — the homework you two carry: return it, drop it; with text, add to yours
    `/mentor goal` — what you work towards: set, edit, reach or drop a goal
    `/mentor win [text]` — log a win, and share it
    `/mentor move` — put your next meeting at another time; the others stay where they are
    `/mentor skip` — leave your next meeting out; the others stay where they are
    `/mentor settings` — your working days and hours, your days off, and how long ahead you are told
    `/mentor peers` — become peers: you both prepare, and each helps the other
    `/mentor rhythm` — propose another rhythm: how often, when, how long
    `/mentor pause until <date>` — pause your meetings, no reason needed; `/mentor resume` goes on
    `/mentor agreement` — what the two of you agreed: read it, sign it, change it
    `/mentor end` — finish with somebody, well; no reason is needed
    `/mentor history` — what you and your past pairs wrote
    `/mentor network` — the people you can introduce others to, for your eyes only
    `/mentor guide [matter]` — mentor or manager? Which matter to take to whom
    `/mentor privacy` — who sees what; `/mentor export` gives you your data, `/mentor forget me` erases you
    `/mentor help` — this page

    Words in any order will do. Only you see the answers. Everything is on the Home tab, too.
    ");
    for typed in
        ["agneda", "🎉🎉", "مرحبا كيف حالك", "\u{202e}evil", "'; DROP TABLE people; --", "<!channel> & <b>", "…", "@"]
    {
        let answer = ada.types(&format!("/mentor {typed}")).await;
        assert!(answer.contains("Did you mean"), "{typed}: {answer}");
        assert!(answer.contains("/mentor"), "{typed}: {answer}");
    }
    let answer = ada.types(&format!("/mentor {}", "x".repeat(10_000))).await;
    assert!(answer.len() < 600 && answer.contains("Did you mean"), "{answer}");
    assert_snapshot!(ada.types("/mentor     ").await, @"
    You have no mentor yet. Type `/mentor find` to see whom you could ask, `/mentor ask @name` to ask somebody, or `/mentor help` for everything I do.
    [Find a mentor] [Ask somebody to mentor me]
    `/mentor help` shows the commands; the Home tab shows everything.
    ");
    assert_snapshot!(ada.types("/mentor agenda").await, @"You have no meeting to prepare. Type `/mentor ask @name` to ask somebody to be your mentor.");
    assert_snapshot!(ada.types("/mentor homework").await, @"You have no mentor or mentee yet, so there is no homework. Type `/mentor ask @name` to ask somebody to be your mentor.");
    // Words in any order.
    ada.types_and_sees("/mentor please @grace ask").await;
    ada.closes().await;
});

story!(people_who_cannot_be_asked, |world: Arc<World>| async move {
    let (ada, _grace) = world.ada_and_grace().await;
    world.joins(NewPerson::bot("polly", "Polly")).await;
    world.joins(NewPerson::deactivated("emmy", "Emmy Noether", "Europe/Berlin")).await;
    world.joins(NewPerson::guest("hedy", "Hedy Lamarr", "Europe/Vienna")).await;
    world.lives_here(NewPerson::guest("rosa", "Rosa Luxemburg", "Europe/Berlin"));
    assert_snapshot!(ada.types("/mentor ask @ada").await, @"That is you. Ask somebody with whom nothing is at stake.");
    assert_snapshot!(ada.types("/mentor ask @polly").await, @"polly is an app, not a person. Ask a person.");
    assert_snapshot!(ada.types("/mentor ask @emmy").await, @"emmy’s account is switched off. Ask somebody else.");
    assert_snapshot!(ada.types("/mentor ask @hedy").await, @"hedy is a guest here and cannot be asked. Ask a full member.");
    assert_snapshot!(ada.types("/mentor ask @grace @hedy").await, @"One person at a time, please: `/mentor ask @name`.");
    assert_snapshot!(ada.types("/mentor ask").await, @"
    Whom would you like to ask? Type `/mentor ask @name`, or choose:
    [Ask somebody to mentor me] [Ask my manager to suggest someone]
    ");
    assert_snapshot!(ada.types("/mentor ask @nobody").await, @"I can't tell who @nobody is. Type `@` and choose the person from Slack's list: `/mentor ask @name`.");
    // Somebody the app has not heard of: it asks Slack first, and answers then.
    ada.types("/mentor ask @rosa").await;
    assert_snapshot!(ada.is_told("rosa").await, @"rosa is a guest here and cannot be asked. Ask a full member.");
});

story!(somebody_new_is_learnt_first, |world: Arc<World>| async move {
    let ada = world.lives_here(NewPerson::member("ada", "Ada Lovelace", "Europe/London"));
    let grace = world.lives_here(NewPerson::member("grace", "Grace Hopper", "America/New_York"));
    ada.types("/mentor").await;
    ada.is_told("You have no mentor yet").await;
    let form = ada.types_and_sees("/mentor ask @grace").await;
    assert!(form.contains("You ask @grace"), "{form}");
    ada.fills("What I want to work on", &world.secret("courage")).await;
    ada.submits().await;
    grace.reads_one();
});

story!(a_second_question_while_one_is_open, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    ada.types_and_sees("/mentor ask @grace").await;
    ada.fills("What I want to work on", &world.secret("focus")).await;
    // The same form sent twice, as an impatient client does: one question.
    let outcomes = world.during(ada.hands.submits_twice()).await.unwrap();
    assert!(outcomes.iter().any(Result::is_ok), "{outcomes:?}");
    grace.reads_one();
    assert_snapshot!(ada.types("/mentor ask @grace").await, @"You have asked grace already; you will hear by Thursday, 5 March, 14:00.");

    grace.clicks_and_sees("Accept").await;
    let old = grace.latest();
    assert_eq!(grace.submits().await, SubmitOutcome::Closed);
    assert_eq!(ada.reads().len(), 2, "the news, and at once the request for tomorrow's agenda");
    assert_snapshot!(ada.types("/mentor ask @grace").await, @"You and grace are a pair already. Type `/mentor` to see when you meet next, or `/mentor peers` to become peers.");

    // An old button, clicked on a screen that has not refreshed.
    grace.clicks_old(&old, "Not now").await;
    assert_snapshot!(grace.is_told("Nothing was changed").await, @"You said yes to @ada already. Nothing was changed.");
    grace.clicks_old(&old, "Accept").await;
    assert!(ada.types("/mentor").await.contains("@grace mentors you"));
});

story!(somebody_chosen_who_cannot_be_asked, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    world.joins(NewPerson::guest("hedy", "Hedy Lamarr", "Europe/Vienna")).await;
    ada.home().await;
    ada.clicks_on_home("Ask somebody to mentor me").await;
    ada.modal().await;
    ada.chooses("Whom I ask", "@hedy").await;
    ada.fills("What I want to work on", &world.secret("clarity")).await;
    let SubmitOutcome::Errors(errors) = ada.submits().await else { panic!("an error at the field") };
    assert_snapshot!(errors["Whom I ask"], @"hedy is a guest here and cannot be asked. Ask a full member.");
    // Nothing that was written is lost: another person, and it goes.
    ada.chooses("Whom I ask", "@grace").await;
    assert!(matches!(ada.submits().await, SubmitOutcome::Updated(_)));
    grace.reads_one();
});

story!(nothing_but_spaces_in_a_form, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    ada.types_and_sees("/mentor ask @grace").await;
    ada.fills("What I want to work on", " \u{200b} \u{202e} ").await;
    let SubmitOutcome::Errors(errors) = ada.submits().await else { panic!("an error at the field") };
    assert_snapshot!(errors["What I want to work on"], @"Write a sentence or two: it is what makes a yes easy.");
    ada.fills("What I want to work on", &world.secret("a real sentence")).await;
    assert!(matches!(ada.submits().await, SubmitOutcome::Updated(_)));
    grace.reads_one();
});

story!(a_report_that_cannot_be, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    world.advance_to("2026-03-05T16:00:00Z".parse().unwrap()).await;
    ada.reads();
    grace.reads();
    let old = ada.latest();
    ada.clicks_and_sees("We met").await;
    ada.chooses("Due", "2026-01-01").await;
    let SubmitOutcome::Errors(errors) = ada.submits().await else { panic!("an error at the field") };
    assert_snapshot!(errors["Due"], @"That day is over. Choose a day to come, or leave it empty.");
    ada.chooses("Due", "2026-03-11").await;
    ada.fills("Homework", &(1..=11).map(|number| format!("thing {number}\n")).collect::<String>()).await;
    let SubmitOutcome::Errors(errors) = ada.submits().await else { panic!("an error at the field") };
    assert_snapshot!(errors["Homework"], @"11 lines, and ten are the most: choose what matters.");
    ada.fills("Homework", "- read the runbook\n\n  * ask Lise\n").await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    assert_snapshot!(ada.latest(), @"
    You met @grace, Thursday, March 5th, 2026 at 3:00 PM.
    Until next time: 2 homework items.
    Next meeting: Thursday, March 12th, 2026 at 2:00 PM.
    [Move this one]
    ");
    // Old buttons after the state changed.
    ada.clicks_old(&old, "Not yet").await;
    assert_snapshot!(ada.is_told("Nothing was changed").await, @"You said already that you met @grace. Nothing was changed.");
    ada.clicks_old(&old, "Skipped").await;
    ada.clicks_old(&old, "We met").await;
});

story!(slack_answers_nonsense, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    // The form cannot be opened: Ada is told.
    world.sandbox.inject(Fault {
        method: "views.open".into(),
        when: FaultWhen::Before,
        how: FaultHow::Nonsense,
        times: 1,
    });
    assert_eq!(ada.types("/mentor ask @grace").await, "");
    assert_snapshot!(ada.is_told("try again").await, @"I could not open that in Slack just now. Nothing was changed; please try again.");
    ada.asks(&grace, &world.secret("patience")).await;
    grace.reads_one();
    // Home cannot be published three times; it comes all the same.
    world.sandbox.inject(Fault {
        method: "views.publish".into(),
        when: FaultWhen::Before,
        how: FaultHow::Status(500),
        times: 3,
    });
    let opening = ada.hands.opens_home();
    let _ = world.during(opening).await;
    world.advance(chrono::TimeDelta::minutes(1)).await;
    let home = ada.hands.home().expect("Home is there").to_string();
    assert!(home.contains("You asked @grace"), "{home}");
});
