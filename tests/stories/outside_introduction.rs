//! Somebody outside was named: their mentor reads a ready-made e-mail and sends it, or has it sent, once; the asker hears no name.

use std::sync::Arc;

use chrono::TimeDelta;
use insta::assert_snapshot;
use mentor::domain::contacts::EmailAddress;
use mentor::domain::introductions::{IntroductionState, NominationState, Nominee};
use mentor::domain::private_text::PrivateText;
use mentor::store::introductions;
use slack_sandbox::NewPerson;

use crate::names_meet::{asked, without_markers};
use crate::support::{MailServer, Mood, Someone, World, posted_story, story};

/// Ada asks, and Grace has named Jane, whose turn it is.
async fn jane_was_named(world: &Arc<World>) -> (Someone, Someone) {
    let (ada, grace) = world.ada_and_grace().await;
    let name = PrivateText::typed(&format!("Jane Doe {}", world.blurb("outside"))).unwrap();
    let jane = Nominee::Outside { name, email: EmailAddress::typed("jane@example.org").unwrap() };
    let (introduction, words) = asked(world, &ada, &[&grace], jane, NominationState::ToWrite).await;
    let mut tx = world.app.speaker.ctx.db.begin().await.unwrap();
    introductions::insert(&mut tx, &introduction, &words).await.unwrap();
    tx.commit().await.unwrap();
    // Grace's working day begins.
    world.advance(TimeDelta::hours(5)).await;
    (ada, grace)
}

async fn state_of_ask(world: &World, asker: &Someone) -> IntroductionState {
    let mut tx = world.app.speaker.ctx.db.read().await.unwrap();
    let asker = mentor::store::people::find_user(&mut tx, asker.hands.id()).await.unwrap().unwrap();
    introductions::every_of_asker(&mut tx, asker.id).await.unwrap()[0].introduction.state
}

story!(without_a_mail_server_the_mentor_sends_it, |world: Arc<World>| async move {
    let (ada, grace) = jane_was_named(&world).await;
    assert_snapshot!("to_write", grace.reads_one());
    assert_snapshot!("the_e_mail", without_markers(&grace.clicks_and_sees("Read the e-mail").await));
    grace.closes().await;
    assert_eq!(ada.reads(), Vec::<String>::new());
    grace.clicks("I have sent it").await;
    assert_snapshot!("written", grace.latest().to_string());
    assert_snapshot!("the_asker_hears", ada.reads_one());
    assert_eq!(state_of_ask(&world, &ada).await, IntroductionState::Written);
});

story!(the_e_mail_waits_on_home, |world: Arc<World>| async move {
    let (ada, grace) = jane_was_named(&world).await;
    grace.reads_one();
    let home = grace.home().await;
    let line = "Your e-mail to somebody outside, for @ada, waits.";
    assert!(home.contains(line), "{home}");
    grace.clicks_on_home("I have sent it").await;
    ada.reads_one();
    assert!(!grace.home().await.contains(line));
    assert_eq!(state_of_ask(&world, &ada).await, IntroductionState::Written);
});

story!(an_old_button_changes_nothing, |world: Arc<World>| async move {
    let (ada, grace) = jane_was_named(&world).await;
    grace.reads_one();
    let old = grace.latest();
    grace.clicks("I have sent it").await;
    ada.reads_one();
    grace.clicks_old(&old, "I have sent it").await;
    assert!(grace.is_told("already").await.contains("You have written to them already."));
    assert_eq!(ada.reads(), Vec::<String>::new());
});

posted_story!(the_app_sends_it_after_the_click, None, |world: Arc<World>, mail: MailServer| async move {
    let (ada, grace) = jane_was_named(&world).await;
    assert_snapshot!("to_send", grace.reads_one());
    assert!(mail.letters().is_empty(), "nothing goes out before the click");
    let old = grace.latest();
    grace.clicks("Send it").await;
    let letter = mail.letter();
    assert_eq!(letter.to, "jane@example.org");
    assert_eq!(letter.header("Subject").unwrap(), "ada would like to talk with you");
    assert_eq!(letter.header("Reply-To").unwrap(), "grace <grace@example.com>, ada <ada@example.com>");
    // "grace (via Mentor)", encoded as a mail program reads it.
    let from = letter.header("From").unwrap();
    assert_eq!(from, "=?utf-8?b?Z3JhY2UgKHZpYSBNZW50b3Ip?= <mentor@example.org>");
    assert_eq!(letter.header("List-Unsubscribe"), None);
    assert_snapshot!("the_letter", without_markers(&letter.text()));
    assert_snapshot!("sent", grace.latest().to_string());
    assert!(ada.reads_one().starts_with("@grace has written to somebody outside"));
    grace.clicks_old(&old, "Send it").await;
    assert!(grace.is_told("already").await.contains("You have written to them already."));
    world.advance(TimeDelta::days(1)).await;
    assert!(mail.letters().is_empty(), "once");
});

posted_story!(the_mail_server_refuses_it, None, |world: Arc<World>, mail: MailServer| async move {
    let (ada, grace) = jane_was_named(&world).await;
    grace.reads_one();
    let old = grace.latest();
    mail.turns(Mood::Refuses);
    grace.clicks("Send it").await;
    assert_snapshot!("refused", grace.reads_one());
    assert_eq!(ada.reads(), Vec::<String>::new());
    mail.turns(Mood::Takes);
    grace.clicks_old(&old, "Send it").await;
    grace.is_told("do not send it twice").await;
    grace.clicks("I have sent it").await;
    ada.reads_one();
    assert!(mail.letters().is_empty());
});

posted_story!(nobody_knows_whether_it_went, None, |world: Arc<World>, mail: MailServer| async move {
    let (ada, grace) = jane_was_named(&world).await;
    grace.reads_one();
    mail.turns(Mood::Vanishes);
    grace.clicks("Send it").await;
    assert_snapshot!("unclear", grace.reads_one());
    mail.turns(Mood::Takes);
    world.advance(TimeDelta::hours(6)).await;
    assert!(mail.letters().is_empty(), "never twice");
    assert_eq!(ada.reads(), Vec::<String>::new());
    grace.clicks("I have sent it").await;
    ada.reads_one();
});

posted_story!(
    a_mail_server_that_is_away_does_not_hold_back_other_messages,
    None,
    |world: Arc<World>, mail: MailServer| async move {
        let (ada, grace) = jane_was_named(&world).await;
        grace.reads_one();
        mail.turns(Mood::Greylists);
        grace.clicks("Send it").await;
        let lise = world.joins(NewPerson::member("lise", "Lise Meitner", "America/New_York")).await;
        lise.asks(&grace, &world.secret("patience")).await;
        assert!(grace.reads_one().starts_with("@lise would like you as a mentor"));
        // Grace does not wait for it, and sends it herself: then it does not go out as well.
        grace.clicks("Read the e-mail").await;
        grace.closes().await;
        mail.turns(Mood::Takes);
        world.advance(TimeDelta::minutes(10)).await;
        assert_eq!(mail.letters().len(), 1);
        assert!(ada.reads_one().starts_with("@grace has written"));
    }
);

posted_story!(withdrawn_between_the_click_and_the_post, None, |world: Arc<World>, mail: MailServer| async move {
    let (ada, grace) = jane_was_named(&world).await;
    grace.reads_one();
    mail.turns(Mood::Greylists);
    grace.clicks("Send it").await;
    let now = world.now();
    let mut tx = world.app.speaker.ctx.db.begin().await.unwrap();
    let asker = mentor::store::people::find_user(&mut tx, ada.hands.id()).await.unwrap().unwrap();
    let mut of = introductions::every_of_asker(&mut tx, asker.id).await.unwrap().remove(0);
    of.introduction.withdraw(now).unwrap();
    introductions::save(&mut tx, &mut of, None).await.unwrap();
    tx.commit().await.unwrap();
    mail.turns(Mood::Takes);
    world.advance(TimeDelta::hours(1)).await;
    assert!(mail.letters().is_empty());
    assert_eq!(grace.reads(), Vec::<String>::new());
});

posted_story!(nobody_else_can_send_it, None, |world: Arc<World>, mail: MailServer| async move {
    let (ada, grace) = jane_was_named(&world).await;
    grace.reads_one();
    let ids = crate::permissions::ids_on_screens(&world);
    let mallory = world.joins(NewPerson::member("mallory", "Mallory", "Europe/London")).await;
    let shown = crate::permissions::private_bytes_shown(&world);
    for intruder in [&mallory, &ada] {
        crate::permissions::forges_everything(&world, intruder, &ids, true).await;
    }
    assert_eq!(crate::permissions::private_bytes_shown(&world), shown, "somebody saw what is not theirs");
    world.advance(TimeDelta::minutes(5)).await;
    assert!(mail.letters().is_empty());
    assert_eq!(state_of_ask(&world, &ada).await, IntroductionState::Open);
});
