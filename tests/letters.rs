//! Letters, addresses and what mail servers answer; with `MENTOR_TEST_POST` set, by a real mail server (tests/peers/letters.py).

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking, and tells a script how it went"
)]

use chrono::{DateTime, TimeDelta, Utc};
use mentor::domain::contacts::{EmailAddress, NoAddress};
use mentor::domain::identifiers::PairId;
use mentor::domain::letters::try_again_at;
use mentor::mail::ics::{Address, CalendarEntry, Invited};
use mentor::mail::letter::{Invitation, Letter, Stop};
use mentor::mail::office::Office;
use mentor::mail::smtp::{CannotPost, PostFailure, Postbox};
use mentor::surfaces::commands::parse::{Wish, parse};
use proptest::prelude::*;

/// A name that would like to be headers.
const NAME: &str = "Ada Lövelace\r\nBcc: eve@example.org";

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn letter(kind: &str, text: String) -> Letter {
    let (sequence, hour, skipped) = match kind {
        "invite" => (1, 9, false),
        "move" => (2, 14, false),
        _ => (3, 14, true),
    };
    let (mentee, mentor) =
        (Address { name: NAME, email: "ada@example.com" }, Address { name: "Jane \"Doe\"", email: "jane@example.org" });
    let entry = CalendarEntry {
        pair: PairId(uuid::Uuid::from_u128(7)),
        slot_at: at("2026-04-07T09:00:00Z"),
        sequence,
        names: ["Ada", "Jane"],
        starts_at: at("2026-04-07T00:00:00Z") + TimeDelta::hours(hour),
        length_minutes: 45,
        skipped,
        changed_at: at("2026-03-02T10:00:00Z"),
        invited: Some(Invited { organizer: mentee, attendees: vec![mentor] }),
    };
    let one_line = NAME.split_whitespace().collect::<Vec<_>>().join(" ");
    let mailbox =
        |name: &str, address: &str| lettre::message::Mailbox::new(Some(name.to_owned()), address.parse().unwrap());
    Letter {
        to: mailbox("Jane \"Doe\"", "jane@example.org"),
        reply_to: mailbox(&one_line, "ada@example.com"),
        also_reply_to: None,
        subject: "Your meeting\r\nX-Evil: yes".to_owned(),
        text,
        invitation: Some(Invitation { method: entry.method(), file: entry.file(at("2026-03-02T10:00:00Z")) }),
        stop: Stop::ByClick("https://mentor.example.org/stop/0123456789abcdef0123456789abcdef".parse().unwrap()),
        nonce: "00112233445566778899aabbccddeeff".to_owned(),
    }
}

fn headers(letter: &Letter) -> String {
    let raw = letter.written(&"Mentor <mentor@example.org>".parse().unwrap()).unwrap().formatted();
    let raw = String::from_utf8(raw).unwrap();
    raw.split_once("\r\n\r\n").unwrap().0.to_owned()
}

#[test]
fn nothing_that_people_are_called_makes_a_header() {
    let headers = headers(&letter("invite", "a text".to_owned()));
    let names: Vec<&str> = headers
        .lines()
        .filter(|line| !line.starts_with([' ', '\t']))
        .map(|line| line.split(':').next().unwrap())
        .collect();
    assert!(
        !names.iter().any(|name| name.eq_ignore_ascii_case("bcc") || name.eq_ignore_ascii_case("x-evil")),
        "{headers}"
    );
}

#[test]
fn what_is_an_address() {
    for (typed, address) in [
        ("jane@example.org", "jane@example.org"),
        (" <mailto:jane@example.org|jane@example.org> ", "jane@example.org"),
        ("&lt;<mailto:jane@example.org|jane@example.org>&gt;", "jane@example.org"),
        ("<jane+mentor@mail.example.org>,", "jane+mentor@mail.example.org"),
        ("o'hara_9@ex-ample.co.uk", "o'hara_9@ex-ample.co.uk"),
    ] {
        assert_eq!(EmailAddress::typed(typed).unwrap().reveal(), address);
    }
    for typed in ["", "  ", "<>", "<mailto:>"] {
        assert_eq!(EmailAddress::typed(typed), Err(NoAddress::Missing), "{typed:?}");
    }
    for typed in [
        "jane",
        "jane@",
        "@example.org",
        "jane@localhost",
        "jane@example..org",
        "jane@-example.org",
        "jane@@example.org",
        ".jane@example.org",
        "jane.@example.org",
        "ja ne@example.org",
        "jane@example.org\r\nBcc: x@y.org",
        "jane@1.2.3.4",
        "jane@exa mple.org",
        "\"jane\"@example.org",
        "jane@[127.0.0.1]",
    ] {
        assert_eq!(EmailAddress::typed(typed), Err(NoAddress::Shape), "{typed:?}");
    }
    assert_eq!(EmailAddress::typed("jäne@example.org"), Err(NoAddress::Letters));
    assert_eq!(EmailAddress::typed(&format!("{}@example.org", "a".repeat(65))), Err(NoAddress::TooLong));
    assert_eq!(EmailAddress::typed(&format!("a@{}org", "example.".repeat(40))), Err(NoAddress::TooLong));
    assert_eq!(format!("{:?}", EmailAddress::typed("jane@example.org").unwrap()), "EmailAddress(…)");
}

proptest! {
    /// Whatever counts as an address is one for the mail program, too, and is one line.
    #[test]
    fn an_address_is_one_for_mail_programs(text in "[ -~äé\r\n]{0,20}@[ -~\r\n]{0,12}\\.[a-z]{1,4}") {
        if let Ok(address) = EmailAddress::typed(&text) {
            let address = address.reveal();
            prop_assert!(address.parse::<lettre::Address>().is_ok(), "{address}");
            prop_assert!(!address.contains(['\r', '\n', ' ', '<', '>', ',', ';']));
        }
    }

    /// Whatever somebody types to add a mentor is answered, and a name stays one line.
    #[test]
    fn whatever_is_typed_is_understood_or_said(text in "\\PC{0,60}") {
        if let Wish::AddOutside(understood) = parse(&format!("add external {text}")) {
            prop_assert!(!understood.name.contains(['\n', '\r']));
            prop_assert!(understood.wrong.is_some() || understood.email.is_empty() || EmailAddress::typed(&understood.email).is_ok());
        }
    }
}

#[test]
fn words_in_any_order() {
    let typed = |text: &str| match parse(text) {
        Wish::AddOutside(understood) => (understood.name, understood.email, understood.wrong.is_some()),
        other => panic!("{text}: {other:?}"),
    };
    let jane = || ("Jane Doe".to_owned(), "jane@example.org".to_owned(), false);
    assert_eq!(typed("add external Jane Doe <mailto:jane@example.org|jane@example.org>"), jane());
    assert_eq!(typed("add external mentor <mailto:jane@example.org|jane@example.org> Jane Doe"), jane());
    assert_eq!(typed("Jane Doe &lt;jane@example.org&gt; external add"), jane());
    assert_eq!(typed("add external"), (String::new(), String::new(), false));
    assert_eq!(typed("add external Jane"), ("Jane".to_owned(), String::new(), true));
    assert_eq!(typed("add external Jane jane@nowhere"), ("Jane".to_owned(), "jane@nowhere".to_owned(), true));
    assert!(typed("add external <@U0123456789|jane>").2, "somebody in Slack");
    for text in ["agenda add external people", "homework add outside help", "win add external"] {
        assert!(!matches!(parse(text), Wish::AddOutside(_)), "{text}");
    }
}

#[test]
fn settings_are_looked_at() {
    let open = |url: &str, from: &str| Postbox::open(&url.to_owned().into(), from).map(|_| ());
    assert_eq!(open("smtps://mentor:secret@mail.example.org", "mentor@example.org"), Ok(()));
    assert_eq!(open("smtp://mail.example.org:587?tls=required", "Mentor <mentor@example.org>"), Ok(()));
    assert_eq!(open("smtp://localhost:2525", "mentor@example.org"), Ok(()));
    assert_eq!(open("smtp://127.0.0.1:2525", "mentor@example.org"), Ok(()));
    assert_eq!(open("smtp://mail.example.org:25", "mentor@example.org"), Err(CannotPost::Open));
    assert_eq!(open("smtp://mail.example.org:587?tls=opportunistic", "mentor@example.org"), Err(CannotPost::Open));
    assert_eq!(open("https://mail.example.org", "mentor@example.org"), Err(CannotPost::Address));
    assert_eq!(open("mail.example.org", "mentor@example.org"), Err(CannotPost::Address));
    assert_eq!(open("smtps://mail.example.org", "nobody"), Err(CannotPost::Sender));
    let shown =
        format!("{:?}", Postbox::open(&"smtps://mentor:secret@mail.example.org".to_owned().into(), "m@example.org"));
    assert!(!shown.contains("secret"), "{shown}");
}

#[test]
fn one_address_stops_letters() {
    let office = |public: Option<&str>| {
        let postbox = Postbox::open(&"smtp://localhost".to_owned().into(), "m@example.org").unwrap();
        Office::new(postbox, public.map(|url| url.parse().unwrap())).stop("0a")
    };
    assert_eq!(office(None), Stop::ByAnswer);
    for public in ["https://mentor.example.org/base", "https://mentor.example.org/base/"] {
        assert_eq!(office(Some(public)), Stop::ByClick("https://mentor.example.org/base/stop/0a".parse().unwrap()));
    }
}

#[test]
fn a_server_that_takes_nothing_is_tried_ever_less_often_and_not_for_ever() {
    let due = at("2026-03-02T10:00:00Z");
    let (mut now, mut waits, until) = (due, Vec::new(), due + TimeDelta::days(7));
    while let Some(next) = try_again_at(due, until, now) {
        waits.push(next - now);
        now = next;
    }
    assert!(waits.is_sorted() && waits.len() < 20, "{waits:?}");
    assert!(now - due >= TimeDelta::hours(4) && now - due <= TimeDelta::hours(6), "{}", now - due);
    assert_eq!(try_again_at(due, due + TimeDelta::minutes(1), due), None, "the meeting is sooner");
}

#[tokio::test]
async fn posts_as_told() {
    let Ok(url) = std::env::var("MENTOR_TEST_POST") else { return };
    let kind = std::env::var("MENTOR_TEST_LETTER").unwrap();
    let postbox = Postbox::open(&url.into(), "Mentor <mentor@example.org>").unwrap();
    let long = letter(&kind, format!("Grüße\n{}", "A line of an agenda of a megabyte. ".repeat(30_000)));
    let outcome = match postbox.send(&long).await {
        Ok(()) => "taken".to_owned(),
        Err(failure) => {
            let code = failure.code().map(|code| format!(" {code}")).unwrap_or_default();
            match failure {
                PostFailure::NotTaken(_) => format!("not taken{code}"),
                PostFailure::Refused(_) => format!("refused{code}"),
                PostFailure::Uncertain(_) => format!("uncertain{code}"),
                PostFailure::Unwritten(problem) => problem.to_string(),
            }
        }
    };
    println!("OUTCOME {outcome}");
}
