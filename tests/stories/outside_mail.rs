//! A mentor outside who has only an e-mail address: added by their mentee, told by letters, or by the mentee.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use insta::assert_snapshot;
use mentor::jobs::{ahead, deliver, recover};
use mentor::ops::health::{self, Health};
use slack_sandbox::{NewPerson, SubmitOutcome};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::support::{MailServer, Mood, Someone, World, posted_story, story};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

async fn ada(world: &Arc<World>) -> Someone {
    world.joins(NewPerson::member("ada", "Ada Lovelace", "Europe/London")).await
}

/// Ada adds Jane; everything said until then has been read.
async fn adds_jane(world: &Arc<World>, ada: &Someone) -> String {
    ada.types_and_sees("/mentor add external Jane Doe <jane@example.org>").await;
    ada.chooses("Asked personally", "They have agreed to mentor me").await;
    let aim = world.secret("how others do research");
    ada.fills("What I want to work on", &aim).await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    aim
}

posted_story!(letters_from_the_first_to_the_end, None, |world: Arc<World>, mail: MailServer| async move {
    let ada = ada(&world).await;
    let form = ada.types_and_sees("/mentor Jane Doe add jane@example.org external").await;
    assert_snapshot!("the_form", form);
    ada.closes().await;
    let aim = adds_jane(&world, &ada).await;
    assert_snapshot!("ada_hears_at_once", ada.reads_one());
    let first = mail.letter();
    assert_eq!(first.to, "jane@example.org");
    assert!(!first.raw.contains(&aim), "the aim was not to be sent");
    assert_snapshot!("the_first_letter", first.text());
    assert!(first.header("From").unwrap().ends_with(" <mentor@example.org>"), "{:?}", first.header("From"));
    assert_eq!(first.header("Reply-To").unwrap(), "ada <ada@example.com>");
    assert_eq!(
        first.header("List-Unsubscribe").unwrap(),
        "<mailto:ada@example.com?subject=Please%20stop%20these%20letters>"
    );
    assert_eq!(first.property("METHOD"), "REQUEST");
    assert!(first.invitation().unwrap().0.contains("method=REQUEST"), "{:?}", first.invitation());
    assert_eq!(first.property("DTSTART"), "20260407T090000Z");
    let uid = first.property("UID");

    // The agreement holds with the mentee's signature alone.
    let agreement = ada.clicks_and_sees("Read and sign our agreement").await;
    assert!(agreement.contains("Jane Doe cannot sign here; your signature is enough"), "{agreement}");
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    assert_snapshot!("signed", ada.reads_one());
    assert_snapshot!("home", ada.home().await);

    // The agenda leaves Slack by e-mail, and only so.
    world.advance_to(at("2026-03-31T09:00:00Z")).await;
    ada.reads_one();
    ada.clicks_and_sees("Prepare").await;
    let topic = world.secret("who owns results");
    ada.fills("A topic I'm curious about", &topic).await;
    ada.fills("Learn the why", &world.secret("why we review twice")).await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    world.advance_to(at("2026-04-06T10:00:00Z")).await;
    let agenda = mail.letter();
    assert!(agenda.text().contains(&topic), "{}", agenda.text());
    assert_eq!(agenda.header("Subject").map(|subject| subject.contains("canary")), Some(false));
    assert_eq!(agenda.property("UID"), uid);
    let shown: String = agenda.text().lines().filter(|line| !line.contains("canary")).collect::<Vec<_>>().join("\n");
    assert_snapshot!("the_agenda", shown);

    // Moved: the same entry, a higher sequence.
    let sequence: u32 = agenda.property("SEQUENCE").parse().unwrap();
    ada.types_and_sees("/mentor move").await;
    ada.chooses("Time", "15:00").await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    let moved = mail.letters().into_iter().next().unwrap();
    assert_snapshot!("moved", moved.text());
    assert_eq!((moved.property("UID"), moved.property("METHOD")), (uid.clone(), "REQUEST".to_owned()));
    assert!(moved.property("SEQUENCE").parse::<u32>().unwrap() > sequence);

    // Left out: cancelled, and the next one is announced.
    mail.letters();
    ada.types_and_sees("/mentor skip").await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    world.advance(TimeDelta::hours(24)).await;
    let letters = mail.letters();
    let cancelled = letters.iter().find(|letter| letter.property("METHOD") == "CANCEL").unwrap();
    assert_eq!(cancelled.property("UID"), uid);
    assert_eq!(cancelled.property("STATUS"), "CANCELLED");
    assert_snapshot!("left_out", cancelled.text());
    let next = letters.iter().find(|letter| letter.text().contains("your next meeting")).unwrap();
    assert_snapshot!("the_next_one", next.text());
    assert_ne!(next.property("UID"), uid);

    // The end.
    ada.reads();
    ada.types_and_sees("/mentor end").await;
    ada.submits().await;
    let last = mail.letter();
    assert_eq!(last.property("METHOD"), "CANCEL");
    assert_eq!(last.property("UID"), next.property("UID"));
    assert_snapshot!("the_end", last.text());
    ada.reads();
    world.advance(TimeDelta::days(60)).await;
    assert!(mail.letters().is_empty());
    ada.reads();
});

story!(without_a_mail_server_the_mentee_forwards, |world: Arc<World>| async move {
    let ada = ada(&world).await;
    let form = ada.types_and_sees("/mentor add external").await;
    assert!(form.contains("you forward them from your own mailbox"), "{form}");
    ada.closes().await;
    adds_jane(&world, &ada).await;
    let told = ada.reads();
    assert_snapshot!("forward_first", told.join("\n---\n"));
    world.advance_to(at("2026-03-31T09:00:00Z")).await;
    ada.reads();
    let why = world.secret("why we review twice");
    ada.prepares("Learn the why", &why).await;
    world.advance_to(at("2026-04-06T10:00:00Z")).await;
    assert_snapshot!("forward_agenda", ada.reads_one());
    let letter = ada.clicks_and_sees("Send it myself").await;
    assert!(letter.contains(&why), "{letter}");
    assert_snapshot!("forward_text", letter.replace(&why, "[why]"));
    ada.closes().await;
    let files = ada.files();
    let (_, title, file) = files.last().unwrap();
    assert_eq!(title, "Mentoring with ada.ics");
    assert!(file.contains("METHOD:PUBLISH") && file.contains("20260407T090000Z"), "{file}");
    let calls = world.sandbox.calls();
    let to_nobody = calls.iter().any(|call| call.arguments.to_string().contains("@outside"));
    assert!(!to_nobody, "Slack was asked about somebody it does not know");
});

posted_story!(an_address_that_is_refused, None, |world: Arc<World>, mail: MailServer| async move {
    let ada = ada(&world).await;
    mail.turns(Mood::Refuses);
    adds_jane(&world, &ada).await;
    let told = ada.reads();
    assert_eq!(told.len(), 2, "{told:#?}");
    assert_snapshot!("refused", told[1]);
    assert!(mail.letters().is_empty());
    // Nothing is tried again by itself.
    mail.turns(Mood::Takes);
    world.advance(TimeDelta::days(2)).await;
    assert!(mail.letters().is_empty());
    let form = ada.clicks_and_sees("Correct the address").await;
    assert_snapshot!("correct", form);
    ada.fills("Their e-mail address", "nobody at all").await;
    assert!(matches!(ada.submits().await, SubmitOutcome::Errors(_)));
    ada.fills("Their e-mail address", "jane.doe@example.org").await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    assert_eq!(mail.letter().to, "jane.doe@example.org");
    assert_snapshot!(
        "after_all",
        ada.hands.latest_dm_that(|message| message.to_string().contains("after all")).unwrap()
    );
    ada.reads();
});

posted_story!(a_mail_server_that_asks_to_wait, None, |world: Arc<World>, mail: MailServer| async move {
    let ada = ada(&world).await;
    mail.turns(Mood::Greylists);
    adds_jane(&world, &ada).await;
    assert_eq!(ada.reads().len(), 1, "nothing is wrong yet");
    world.advance(TimeDelta::minutes(30)).await;
    mail.turns(Mood::Takes);
    world.advance(TimeDelta::hours(1)).await;
    assert_eq!(mail.letters().len(), 1);
    assert!(ada.reads().is_empty());
});

posted_story!(a_mail_server_that_is_away, None, |world: Arc<World>, mail: MailServer| async move {
    let ada = ada(&world).await;
    mail.turns(Mood::Closed);
    adds_jane(&world, &ada).await;
    ada.reads_one();
    world.advance(TimeDelta::hours(7)).await;
    assert_snapshot!("not_taken", ada.reads_one());
    mail.turns(Mood::Takes);
    world.advance(TimeDelta::days(1)).await;
    assert!(mail.letters().is_empty(), "it is the mentee's to send");
    ada.reads();
});

posted_story!(a_line_that_breaks_in_the_middle, None, |world: Arc<World>, mail: MailServer| async move {
    let ada = ada(&world).await;
    mail.turns(Mood::Vanishes);
    adds_jane(&world, &ada).await;
    let told = ada.reads();
    assert_snapshot!("unclear", told[1]);
    mail.turns(Mood::Takes);
    world.advance(TimeDelta::days(2)).await;
    assert!(mail.letters().is_empty(), "nothing is said twice");
    ada.reads();
});

/// Ada's first letter to Jane is on its way, as far as `is_there` says; then the process dies and the next one starts.
async fn the_process_dies(world: &Arc<World>, mail: &MailServer, who: &Someone, mood: Mood) {
    let speaker = &world.app.speaker;
    mail.turns(Mood::Closed);
    adds_jane(world, who).await;
    who.reads_one();
    let again = ahead::next_moment(&speaker.ctx).await.unwrap().unwrap();
    world.clock.set(again.max(world.now()));
    mail.turns(mood);
    let calls = mail.calls();
    let process = speaker.clone();
    let process = tokio::spawn(async move { deliver::tick(&process).await });
    let is_there = || match mood {
        Mood::Silent => mail.has_letters(),
        _ => mail.calls() > calls,
    };
    for _ in 0..1_000 {
        if is_there() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    assert!(is_there(), "the letter is never on its way");
    process.abort();
    assert!(process.await.unwrap_err().is_cancelled());
    assert_eq!(world.outbox().await.get("claimed"), Some(&1));
    mail.turns(Mood::Takes);
    let found = if world.is_on_sqlite() {
        recover::at_start(speaker).await.unwrap()
    } else {
        // Another replica takes over when the lease is over.
        assert_eq!(recover::tick(speaker).await.unwrap(), 0);
        world.clock.set(world.now() + TimeDelta::minutes(5));
        recover::tick(speaker).await.unwrap()
    };
    assert_eq!(found, 1);
}

posted_story!(a_process_that_dies_in_the_middle, None, |world: Arc<World>, mail: MailServer| async move {
    // The mail server has taken the letter, and the process dies before it hears so.
    let ada = ada(&world).await;
    the_process_dies(&world, &mail, &ada, Mood::Silent).await;
    assert_eq!(mail.letter().to, "jane@example.org");
    world.advance(TimeDelta::minutes(2)).await;
    let told = ada.reads();
    assert_snapshot!("after_a_death", told[0]);
    // Or nothing has left yet. Nobody can tell one from the other, so that she hears the same.
    let lise = world.joins(NewPerson::member("lise", "Lise Meitner", "Europe/London")).await;
    the_process_dies(&world, &mail, &lise, Mood::Deaf).await;
    world.advance(TimeDelta::minutes(2)).await;
    assert_eq!(lise.reads()[0].replace("@lise", "@ada").replace("lise", "ada"), told[0]);
    // At most once, whatever happens later.
    world.advance(TimeDelta::days(2)).await;
    assert!(mail.letters().is_empty(), "nothing is said twice");
    ada.reads();
    lise.reads();
});

posted_story!(nobody_knows_where_answers_go, None, |world: Arc<World>, mail: MailServer| async move {
    let ada = world.joins(NewPerson::member("ada", "Ada Lovelace", "Europe/London").without_email()).await;
    adds_jane(&world, &ada).await;
    let told = ada.reads();
    assert_snapshot!("no_reply_address", told[1]);
    ada.clicks_and_sees("Correct the address").await;
    ada.fills("My e-mail address", "ada@lovelace.example").await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    assert_eq!(mail.letter().header("Reply-To").unwrap(), "ada <ada@lovelace.example>");
    ada.reads();
});

posted_story!(
    one_click_stops_letters,
    Some("https://mentor.example.org"),
    |world: Arc<World>, mail: MailServer| async move {
        let ada = ada(&world).await;
        adds_jane(&world, &ada).await;
        ada.reads_one();
        let letter = mail.letter();
        let address = letter.header("List-Unsubscribe").unwrap();
        assert_eq!(letter.header("List-Unsubscribe-Post").unwrap(), "List-Unsubscribe=One-Click");
        let path = address.strip_prefix("<https://mentor.example.org").unwrap().strip_suffix('>').unwrap().to_owned();
        assert!(letter.text().contains(&path), "{}", letter.text());

        let health =
            Health { ctx: world.app.speaker.ctx.clone(), status: world.app.status.clone(), stops_letters: true };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let serving = tokio::spawn(async move { axum::serve(listener, health::pages(health)).await.unwrap() });
        let asks = async |path: &str| http(&host, "GET", path).await;
        let posts = async |path: &str| http(&host, "POST", path).await;
        // Looking stops nothing, and tells nothing.
        let (status, headers, page) = asks(&path).await;
        assert_eq!(status, 200);
        assert!(headers.contains("cache-control: no-store"), "{headers}");
        assert!(headers.contains("content-security-policy: default-src 'none'"), "{headers}");
        let nobody = "/stop/ffffffffffffffffffffffffffffffff";
        assert_eq!(asks(nobody).await.2, page);
        assert!(!page.contains("ada") && !page.contains("Jane"), "{page}");
        world.settle().await;
        assert!(ada.reads().is_empty());
        // A click on what is nobody's reads like one's own.
        let other = without_head(posts(nobody).await);
        assert_eq!(without_head(posts("/stop/%00%0Agarbage").await), other);
        assert_eq!(without_head(posts(&path).await), other);
        assert_eq!(other.0, 200);
        world.settle().await;
        assert_snapshot!("stopped", ada.reads_one());
        assert_eq!(without_head(posts(&path).await), other);
        world.settle().await;
        assert!(ada.reads().is_empty(), "once is enough");

        // The agenda is the mentee's to send, or to leave.
        world.advance_to(at("2026-03-31T09:00:00Z")).await;
        ada.reads();
        ada.prepares("Learn the why", &world.secret("why")).await;
        world.advance_to(at("2026-04-06T10:00:00Z")).await;
        assert_snapshot!("stopped_agenda", ada.reads_one());
        assert!(mail.letters().is_empty());

        // Too many at once are asked to wait.
        let mut last = 0;
        for _ in 0..130 {
            last = posts(nobody).await.0;
        }
        assert_eq!(last, 429);
        world.advance(TimeDelta::minutes(1)).await;
        assert_eq!(without_head(posts(nobody).await), other);
        serving.abort();
    }
);

posted_story!(what_changes_later_holds_at_once, None, |world: Arc<World>, mail: MailServer| async move {
    let ada = ada(&world).await;
    let grace = world.joins(NewPerson::member("grace", "Grace Hopper", "America/New_York")).await;
    ada.types_and_sees("/mentor add external Jane\u{202e} Doe jane@example.org").await;
    ada.chooses("Asked personally", "They have agreed to mentor me").await;
    ada.fills("What I want to work on", "Research, openly").await;
    ada.chooses("And tell them", "Send it with the first letter").await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    ada.reads_one();
    let first = mail.letter();
    assert!(first.text().contains("What ada wants to work on:\nResearch, openly"), "{}", first.text());

    // The same address once more, by the same and by another mentee.
    ada.types_and_sees("/mentor add external Jane again JANE@example.org").await;
    ada.chooses("Asked personally", "They have agreed to mentor me").await;
    ada.fills("What I want to work on", &world.secret("more")).await;
    let twice = ada.submits().await;
    assert!(format!("{twice:?}").contains("Jane Doe has this address and mentors you already"), "{twice:?}");
    ada.closes().await;
    adds_jane(&world, &grace).await;
    grace.reads_one();
    let theirs = mail.letter();
    assert_ne!(theirs.property("UID"), first.property("UID"));
    assert!(theirs.text().contains("America/New_York"), "{}", theirs.text());

    // Another rhythm: one invitation goes, another comes.
    ada.types_and_sees("/mentor rhythm").await;
    ada.chooses("How often", "Every two weeks").await;
    ada.submits().await;
    assert_snapshot!("rhythm", ada.modal_with("from now on").await);
    ada.closes().await;
    let letters = mail.letters();
    let methods: Vec<String> = letters.iter().map(|letter| letter.property("METHOD")).collect();
    assert_eq!(methods, ["CANCEL", "REQUEST"]);
    assert_eq!(letters[0].property("UID"), first.property("UID"));
    assert_snapshot!(
        "rhythm_letters",
        letters.iter().map(crate::support::Arrived::text).collect::<Vec<_>>().join("\n=====\n")
    );

    // A pause.
    ada.types("/mentor pause until 1 June").await;
    let paused = mail.letters();
    assert_eq!(paused.len(), 1, "{paused:#?}");
    assert_snapshot!("paused", paused[0].text());
    assert_eq!(paused[0].property("METHOD"), "CANCEL");
    world.advance_to(at("2026-06-01T12:00:00Z")).await;
    let again = mail.letters();
    assert!(again.iter().any(|letter| letter.text().contains("your next meeting with ada")), "{again:#?}");
    ada.reads();
    grace.reads();
});

story!(what_is_wrong_is_said_and_nothing_is_lost, |world: Arc<World>| async move {
    let ada = ada(&world).await;
    for (typed, said) in [
        ("/mentor add external Jane Doe", "I see no e-mail address in that"),
        ("/mentor add external Jane Doe jane@nowhere", "“jane@nowhere”: That is not an e-mail address"),
        ("/mentor add external Jane j@example.org k@example.org", "more than one e-mail address"),
        ("/mentor add external @ada", "ask them with /mentor ask @name"),
    ] {
        let form = ada.types_and_sees(typed).await;
        assert!(form.contains(said), "{typed}: {form}");
        ada.closes().await;
    }
    ada.types_and_sees("/mentor add external").await;
    ada.fills("Their name", &"J".repeat(81)).await;
    ada.fills("Their e-mail address", "jane@example.org").await;
    ada.chooses("Asked personally", "They have agreed to mentor me").await;
    ada.fills("What I want to work on", &world.secret("anything")).await;
    let told = ada.submits().await;
    assert!(format!("{told:?}").contains("at most 80 characters"), "{told:?}");
    ada.closes().await;
    assert!(ada.home().await.contains("Nobody yet."), "nothing was kept");
    assert!(ada.reads().is_empty());
});

/// One request; status, headers in lower case, and the page.
async fn http(host: &str, method: &str, path: &str) -> (u16, String, String) {
    let mut stream = tokio::net::TcpStream::connect(host).await.unwrap();
    let asked = format!("{method} {path} HTTP/1.0\r\nhost: {host}\r\ncontent-length: 0\r\n\r\n");
    stream.write_all(asked.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, page) = answer.split_once("\r\n\r\n").unwrap();
    (head[9..12].parse().unwrap(), head.to_lowercase(), page.to_owned())
}

fn without_head((status, _, page): (u16, String, String)) -> (u16, String) {
    (status, page)
}
