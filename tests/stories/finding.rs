//! Finding a mentor: other words for the same, who comes first and why, who is left out without a trace, what to do with nobody.

use std::sync::Arc;

use insta::assert_snapshot;
use mentor::domain::directory::{Entry, Snapshot, Source, user_id};
use mentor::jobs::take_over::{Accept, Reading, Taken, take_over};
use mentor::jobs::topics;
use slack_sandbox::{NewPerson, SubmitOutcome};

use crate::support::{Someone, World, story};

/// Says in the profile what somebody offers and wants to grow in, and is listed.
pub(crate) async fn is_listed(someone: &Someone, offers: &str, seeks: &str) {
    someone.types_and_sees("/mentor profile").await;
    someone.fills("What I can help with", offers).await;
    someone.fills("What I want to grow in", seeks).await;
    someone.chooses("Open to mentoring", "Yes: list me, and anybody may ask me").await;
    assert!(matches!(someone.submits().await, SubmitOutcome::Updated(_)));
    someone.closes().await;
}

async fn seeks(someone: &Someone, topics: &str) {
    someone.types_and_sees("/mentor profile").await;
    someone.fills("What I want to grow in", topics).await;
    someone.submits().await;
    someone.closes().await;
}

async fn wants_nothing_to_do_with(someone: &Someone, other: &str) {
    someone.types_and_sees("/mentor profile").await;
    someone.chooses("Not with …", other).await;
    someone.submits().await;
    someone.closes().await;
}

/// The directory says who reports to whom, and in which department.
async fn reports(world: &World, lines: &[(&str, &str, &str)]) {
    let named = |handle: &str| -> Box<str> {
        world.sandbox.person(handle).map_or_else(|| format!("{handle}@example.com").into(), |known| known.id().into())
    };
    let entry = |(who, manager, department): &(&str, &str, &str)| {
        let key = named(who);
        let manager = (!manager.is_empty()).then(|| named(manager));
        let department = (!department.is_empty()).then(|| (*department).into());
        Entry { user_id: user_id(&key), email: None, key, manager, department }
    };
    let snapshot = Snapshot { entries: lines.iter().map(entry).collect() };
    let ctx = &world.app.speaker.ctx;
    let mut tx = ctx.db.begin().await.unwrap();
    mentor::store::directory::know(&mut tx, Source::Csv, ctx.now()).await.unwrap();
    tx.commit().await.unwrap();
    let reading = Reading { source: Source::Csv, tag: None, again_at: ctx.now() };
    let taken = take_over(ctx, reading, &snapshot, Accept::Yes).await.unwrap();
    assert!(matches!(taken, Taken::Over { .. }), "{taken:?}");
}

async fn joins(world: &Arc<World>, handle: &str, zone: &str) -> Someone {
    world.joins(NewPerson::member(handle, handle, zone)).await
}

story!(other_words_for_the_same_and_from_there_to_asking, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    is_listed(&grace, "Kubernetes, salary negotiation", "").await;
    assert_snapshot!(ada.types("/mentor find k8s").await, @"
    Who could help with “k8s”:
    @grace offers Kubernetes (you wrote k8s) · 3 hours of the day in common · room for 3 more
    [Ask them]
    [Ask my manager to suggest someone]
    ");
    // A typing error, another form, words around it, capital letters.
    assert_snapshot!(ada.types("/mentor find me a mentor for kubernetis").await, @"
    Who could help with “kubernetis”:
    @grace offers Kubernetes (you wrote kubernetis) · 3 hours of the day in common · room for 3 more
    [Ask them]
    [Ask my manager to suggest someone]
    ");
    assert_snapshot!(ada.types("/mentor Find NEGOTIATING salaries").await, @"
    Who could help with “NEGOTIATING salaries”:
    @grace offers salary negotiation · 3 hours of the day in common · room for 3 more
    [Ask them]
    [Ask my manager to suggest someone]
    ");
    // She herself is never found.
    assert!(grace.types("/mentor find kubernetes").await.starts_with("Nobody you could ask offers “kubernetes” yet."));

    ada.types("/mentor find kubernetes").await;
    assert_snapshot!(ada.clicks_and_sees("Ask them").await, @"
    # Ask for mentoring
    You ask @grace.
    How: (x) As my mentor: I prepare, they react  ( ) As peers: we help each other
    What I want to work on: ____
      (Only the two of you will ever see this.)
    What I am asking for
    30–45 minutes every week; I prepare, you react. As peers: every two weeks, and we both prepare.
    They have three working days to answer and are reminded once. You will hear from me either way.
    [Cancel] [Send]
    ");
    ada.fills("What I want to work on", &world.secret("clusters")).await;
    ada.submits().await;
    ada.closes().await;
    assert!(grace.reads_one().contains("@ada would like you as a mentor."));
    // Whom she has asked is not named again, whatever they answer, as long as she cannot know that.
    let asked = ada.types("/mentor find kubernetes").await;
    grace.clicks("Not now").await;
    assert_eq!(ada.types("/mentor find kubernetes").await, asked);
    assert!(asked.starts_with("Nobody you could ask offers"), "{asked}");
});

story!(who_comes_first_and_why, |world: Arc<World>| async move {
    let ada = joins(&world, "ada", "Europe/London").await;
    let near = joins(&world, "near", "Europe/London").await;
    let far = joins(&world, "far", "Asia/Tokyo").await;
    let ours = joins(&world, "ours", "Europe/London").await;
    let last = joins(&world, "last", "Europe/London").await;
    let both = joins(&world, "both", "Europe/London").await;
    let vague = joins(&world, "vague", "Europe/London").await;
    is_listed(&near, "pricing", "").await;
    is_listed(&far, "pricing", "").await;
    is_listed(&ours, "pricing", "").await;
    is_listed(&both, "pricing, hiring", "SQL").await;
    is_listed(&vague, "pricing experiments", "").await;
    last.types_and_sees("/mentor profile").await;
    last.fills("What I can help with", "pricing").await;
    last.fills("One line about me", "Ten years of *price lists* & <discounts>").await;
    last.chooses("Open to mentoring", "Yes: list me, and anybody may ask me").await;
    last.chooses("For how many mentees", "1").await;
    last.submits().await;
    last.closes().await;
    ada.types_and_sees("/mentor profile").await;
    ada.fills("What I can help with", "sql").await;
    ada.fills("What I want to grow in", "recruiting, pricing").await;
    ada.submits().await;
    ada.closes().await;
    let rows = [("ada", "", "Platform"), ("near", "", "Sales"), ("far", "", "Sales"), ("ours", "", "platform")];
    let rest = [("last", "", "Sales"), ("both", "", "Platform"), ("vague", "", "Sales")];
    reports(&world, &[rows.as_slice(), rest.as_slice()].concat()).await;
    ada.types("/mentor find pricing").await;
    ada.clicks("Show more").await;
    assert_snapshot!(ada.hands.ephemerals().last().unwrap(), @"
    Who could help with “pricing”:
    @both offers pricing · helps with recruiting, too · wants to grow in SQL, which you offer · Platform, your department · 8 hours of the day in common · room for 3 more
    [Ask them]
    @near offers pricing · Sales, another department · 8 hours of the day in common · room for 3 more
    [Ask them]
    @far offers pricing · Sales, another department · no working hours in common · room for 3 more
    [Ask them]
    @ours offers pricing · platform, your department · 8 hours of the day in common · room for 3 more
    [Ask them]
    @last offers pricing · Sales, another department · 8 hours of the day in common · room for 1 more
    Ten years of price lists & <discounts>
    [Ask them]
    @vague offers pricing experiments · Sales, another department · 8 hours of the day in common · room for 3 more
    [Ask them]
    6 of 6.
    [Ask my manager to suggest someone]
    ");
    // Without a topic: everything she wants to grow in.
    assert_snapshot!(ada.types("/mentor find").await, @"
    Who could help with what you want to grow in:
    @both offers pricing, which you want to grow in · helps with recruiting, too · wants to grow in SQL, which you offer · Platform, your department · 8 hours of the day in common · room for 3 more
    [Ask them]
    @near offers pricing, which you want to grow in · Sales, another department · 8 hours of the day in common · room for 3 more
    [Ask them]
    @far offers pricing, which you want to grow in · Sales, another department · no working hours in common · room for 3 more
    [Ask them]
    @ours offers pricing, which you want to grow in · platform, your department · 8 hours of the day in common · room for 3 more
    [Ask them]
    @last offers pricing, which you want to grow in · Sales, another department · 8 hours of the day in common · room for 1 more
    Ten years of price lists & <discounts>
    [Ask them]
    5 of 6.
    [Show more] [Ask my manager to suggest someone]
    ");
});

story!(who_is_left_out_leaves_no_trace, |world: Arc<World>| async move {
    let ada = joins(&world, "ada", "Europe/London").await;
    let boss = joins(&world, "boss", "Europe/London").await;
    let below = joins(&world, "below", "Europe/London").await;
    let peer = joins(&world, "peer", "Europe/London").await;
    let shy = joins(&world, "shy", "Europe/London").await;
    let avoided = joins(&world, "avoided", "Europe/London").await;
    let closed = joins(&world, "closed", "Europe/London").await;
    for someone in [&boss, &below, &peer, &shy, &avoided, &closed] {
        is_listed(someone, "brewing", "").await;
    }
    closed.types_and_sees("/mentor profile").await;
    closed.chooses("Open to mentoring", "Not listed; who knows me may ask me by name").await;
    closed.submits().await;
    closed.closes().await;
    wants_nothing_to_do_with(&shy, "@ada").await;
    wants_nothing_to_do_with(&ada, "@avoided").await;
    reports(&world, &[("ada", "boss", ""), ("below", "ada", ""), ("peer", "boss", ""), ("boss", "", "")]).await;
    let brewing = ada.types("/mentor find brewing").await;
    assert_snapshot!(brewing, @"
    Nobody you could ask offers “brewing” yet.
    What you can do:
    • Ask your manager whom you could ask; they are never told what comes of it.
    • Put it into your profile as something you want to grow in, and offer there what you know yourself.
    • Have a mentor already? Put the question on your next agenda: `/mentor ask <question>`.
    • Know somebody outside? `/mentor add external Name <e-mail>`.
    • See whom such a matter belongs to: `/mentor guide`.
    [Ask my manager to suggest someone] [My profile] [Mentor or manager?]
    ");
    // The very same words as for something that nobody offers at all.
    assert_eq!(ada.types("/mentor find basketry").await.replace("basketry", "brewing"), brewing);
    // Others find those who are there for them.
    let kurt = joins(&world, "kurt", "Europe/London").await;
    kurt.types("/mentor find brewing").await;
    for name in ["boss", "below", "peer", "shy", "avoided"] {
        assert!(kurt.hands.ephemerals().last().unwrap().to_string().contains(&format!("@{name}")), "{name}");
    }
});

story!(everybody_is_full_or_nobody_is_there, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    let lise = joins(&world, "lise", "Europe/Vienna").await;
    grace.types_and_sees("/mentor profile").await;
    grace.fills("What I can help with", "compilers").await;
    grace.chooses("Open to mentoring", "Yes: list me, and anybody may ask me").await;
    grace.chooses("For how many mentees", "1").await;
    grace.submits().await;
    grace.closes().await;
    assert_snapshot!(lise.types("/mentor find compiler").await, @"
    Everybody you could ask who offers “compiler” mentors as many people as they can at present. A place opens when one of their pairs finishes; look again in a few weeks.
    What you can do:
    • Ask your manager whom you could ask; they are never told what comes of it.
    • Put it into your profile as something you want to grow in, and offer there what you know yourself.
    • Have a mentor already? Put the question on your next agenda: `/mentor ask <question>`.
    • Know somebody outside? `/mentor add external Name <e-mail>`.
    • See whom such a matter belongs to: `/mentor guide`.
    [Ask my manager to suggest someone] [My profile] [Mentor or manager?]
    ");
    // Her mentee hears that there is nobody else.
    assert!(ada.types("/mentor find compilers").await.starts_with("Nobody you could ask offers “compilers” yet."));
    // Nothing was said of what is wanted.
    assert_snapshot!(lise.types("/mentor find").await, @"
    What would you like help with? Type `/mentor find pricing`, with your own topic. Or say in your profile what you want to grow in: then `/mentor find` alone is enough.
    [My profile]
    ");
    assert_snapshot!(lise.clicks_and_sees("My profile").await.lines().next().unwrap(), @"# My profile");
    lise.closes().await;
    // What is no topic, or a short one.
    assert_snapshot!(lise.types("/mentor find x").await.lines().next().unwrap(), @"Nobody you could ask offers “x” yet. One letter says little: write the whole word.");
    assert_snapshot!(lise.types("/mentor find !!!").await, @"I find no word in “!!!”. Say what you would like help with, such as “pricing”.");
    assert_snapshot!(lise.types(&format!("/mentor find {}", "how to bake bread ".repeat(17))).await, @"A topic has at most 60 characters, and this has 305; I read “how to bake bread how to bake bread how…”. Say it in a few words, such as “how to bake”.");
    // Away for a few days is said, and does not leave anybody out.
    grace.types_and_sees("/mentor profile").await;
    grace.chooses("For how many mentees", "2").await;
    grace.submits().await;
    grace.closes().await;
    grace.types_and_sees("/mentor settings").await;
    grace.fills("Days off", "1 March 2026 – 12 March 2026").await;
    grace.submits().await;
    if grace.hands.modal().is_some() {
        grace.closes().await;
    }
    grace.reads();
    ada.reads();
    assert_snapshot!(lise.types("/mentor find compilers").await, @"
    Who could help with “compilers”:
    @grace offers compilers · 2 hours of the day in common · room for 1 more · away until 12 March
    [Ask them]
    [Ask my manager to suggest someone]
    ");
    // What is searched for is nowhere afterwards.
    lise.types(&format!("/mentor find {}", world.secret("bees"))).await;
});

story!(more_than_five_from_a_command_and_from_home, |world: Arc<World>| async move {
    let ada = joins(&world, "ada", "Europe/London").await;
    for number in 1..=12 {
        let someone = joins(&world, &format!("m{number}"), "Europe/London").await;
        is_listed(&someone, "gardening", "").await;
    }
    let first = ada.types("/mentor find gardening").await;
    assert_eq!((first.matches("[Ask them]").count(), first.contains("5 of 10.")), (5, true), "{first}");
    ada.clicks("Show more").await;
    let all = ada.hands.ephemerals().last().unwrap().to_string();
    assert_eq!((all.matches("[Ask them]").count(), all.contains("Show more")), (10, false), "{all}");
    assert!(
        all.starts_with(first.split("5 of 10.").next().unwrap().trim_end()),
        "the first stay where they are: {all}"
    );
    // On Home the same with clicks.
    ada.home().await;
    ada.clicks_on_home("Find a mentor").await;
    assert_snapshot!(ada.modal().await, @"
    # Find a mentor
    What would you like help with? (optional): ____
      (One topic, in your words. Left empty: what your profile says you want to grow in.)
    [Cancel] [Find]
    ");
    ada.fills("What would you like help with?", &"?".repeat(200)).await;
    let SubmitOutcome::Errors(errors) = ada.submits().await else { panic!("no topic") };
    assert!(format!("{errors:?}").contains("I find no word in “????"), "{errors:?}");
    ada.fills("What would you like help with?", "garden").await;
    let SubmitOutcome::Updated(found) = ada.submits().await else { panic!("found") };
    assert_eq!(found.to_string().matches("[Ask them]").count(), 5, "{found}");
    ada.clicks("Show more").await;
    let all = ada.modal_with("10 of 10.").await;
    assert_eq!(all.matches("[Ask them]").count(), 10, "{all}");
    let form = ada.clicks_and_sees("Ask them").await;
    assert!(form.contains("What I want to work on"), "{form}");
    ada.closes().await;

    // A forged click is a search like any other, and one of somebody outside is refused.
    let forged = |value: &str| {
        serde_json::json!({ "type": "block_actions", "container": { "type": "message" },
            "actions": [{ "action_id": "show_more", "block_id": "b", "type": "button", "value": value, "action_ts": "1.1" }] })
    };
    for value in ["", "x", "\u{0}", &"long ".repeat(100), "' OR 1=1 --"] {
        drop(world.during(ada.hands.forges(forged(value))).await);
    }
});

story!(topics_are_read_anew_when_the_thesaurus_is_another, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    is_listed(&grace, "Kubernetes, lone wolf", "").await;
    let ctx = &world.app.speaker.ctx;
    assert_eq!(topics::tick(ctx).await.unwrap(), 0, "saving has read them");
    // Another program has left its own keys.
    let mut tx = ctx.db.begin().await.unwrap();
    let old = mentor::domain::topics::KnownTopics::new("kubernetes, whale".to_owned());
    mentor::store::topics::know(&mut tx, &old, &["Kubernetes".to_owned()]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(topics::tick(ctx).await.unwrap(), 1);
    assert!(ada.types("/mentor find k8s").await.contains("@grace offers Kubernetes (you wrote k8s)"));
    // A topic that nobody has any more is forgotten.
    seeks(&grace, "").await;
    is_listed(&grace, "Kubernetes", "").await;
    topics::tick(ctx).await.unwrap();
    let mut tx = ctx.db.read().await.unwrap();
    let wolf = ctx.topics.read("lone wolf").unwrap();
    assert_eq!(mentor::store::topics::alike(&mut tx, &wolf).await.unwrap(), Vec::<String>::new());
});
