//! Settings: every problem at once, the environment before the file, and no secret in anything that is printed.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::Write as _;
use std::path::PathBuf;

use chrono::{NaiveTime, Weekday};
use mentor::config::{Config, Found, Problems};
use mentor::domain::leads::Leads;
use secrecy::ExposeSecret as _;
use tempfile::NamedTempFile;

const APP: (&str, &str) = ("SLACK_APP_TOKEN", "xapp-1-secret-of-the-app");
const BOT: (&str, &str) = ("SLACK_BOT_TOKEN", "xoxb-1-secret-of-the-bot");

fn found(settings: &[(&str, &str)], file: Option<&NamedTempFile>) -> Found {
    let environment =
        |name: &str| settings.iter().rev().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
    Found::look(environment, file.map(NamedTempFile::path))
}

/// What comes of settings beside two good tokens.
fn config(settings: &[(&str, &str)]) -> Result<Config, Problems> {
    found(&[&[APP, BOT], settings].concat(), None).into_config()
}

fn problems(settings: &[(&str, &str)]) -> Vec<String> {
    config(settings).unwrap_err().0
}

fn file(text: &str) -> NamedTempFile {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file
}

#[test]
fn two_tokens_are_enough() {
    let config = config(&[]).unwrap();
    assert_eq!(config.app_token.expose_secret(), APP.1);
    assert_eq!(config.bot_token.expose_secret(), BOT.1);
    assert_eq!(config.api_url, "https://slack.com/api");
    assert_eq!(config.storage.address(), "sqlite:mentor.db");
    assert_eq!(config.storage.key_file, PathBuf::from("mentor.key"));
    assert_eq!(config.health_address, None);
    assert_eq!(config.programme.days, [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri]);
    assert_eq!(config.programme.leads, Leads::default());
    assert_eq!(config.programme.from, NaiveTime::from_hms_opt(9, 0, 0).unwrap());
    assert_eq!(config.programme.until, NaiveTime::from_hms_opt(17, 0, 0).unwrap());
}

#[test]
fn everything_can_be_set() {
    let config = config(&[
        ("SLACK_API_URL", "http://127.0.0.1:4000/api/"),
        ("DATABASE_URL", "postgresql://mentor:secret@db/mentor"),
        ("MENTOR_KEY_FILE", "/keys/mentor.key"),
        ("MENTOR_HEALTH_ADDRESS", "[::]:8080"),
        ("MENTOR_WORKING_DAYS", "sun, Monday ,TUE"),
        ("MENTOR_WORKING_HOURS", " 08:30 - 16:05 "),
        ("MENTOR_AGENDA_LEAD_DAYS", "7"),
        ("MENTOR_NOTICE_LEAD_DAYS", "2"),
        ("MENTOR_STARTING_SOON_MINUTES", "30"),
        ("MENTOR_HOLIDAYS", "2026-12-25, https://calendar.example.org/a.ics?key=secret,/etc/holidays.ICS,2026-12-24,"),
    ])
    .unwrap();
    assert_eq!(config.api_url, "http://127.0.0.1:4000/api");
    assert_eq!(config.storage.address(), "postgresql://mentor:secret@db/mentor");
    assert_eq!(config.storage.key_file, PathBuf::from("/keys/mentor.key"));
    assert_eq!(config.health_address, "[::]:8080".parse().ok());
    assert_eq!(config.programme.days, [Weekday::Sun, Weekday::Mon, Weekday::Tue]);
    assert_eq!(config.programme.from, NaiveTime::from_hms_opt(8, 30, 0).unwrap());
    assert_eq!(config.programme.until, NaiveTime::from_hms_opt(16, 5, 0).unwrap());
    let leads = Leads { agenda_days: 7, external_agenda_days: 7, notice_days: 2, starting_soon_minutes: 30 };
    assert_eq!(config.programme.leads, leads);
    let days: Vec<String> = config.programme.days_off.iter().map(|day| day.to_string()).collect();
    assert_eq!(days, ["2026-12-24", "2026-12-25"]);
    let calendars: Vec<String> = config.holiday_calendars.iter().map(ToString::to_string).collect();
    assert_eq!(calendars, ["https://calendar.example.org/…", "/etc/holidays.ICS"]);
}

#[test]
fn every_problem_is_told_at_once_and_no_secret() {
    let wrong = [
        // Each the other's.
        ("SLACK_APP_TOKEN", "xoxb-very-secret"),
        ("SLACK_BOT_TOKEN", "xapp-very-secret"),
        ("SLACK_API_URL", "ftp://me:very-secret@slack.com/api"),
        ("DATABASE_URL", "mysql://me:very-secret@db/mentor"),
        ("MENTOR_HEALTH_ADDRESS", "very-secret"),
        ("MENTOR_WORKING_DAYS", "Mon,Blursday"),
        ("MENTOR_WORKING_HOURS", "17:00-09:00"),
        ("MENTOR_HOLIDAYS", "2026-02-30"),
        ("MENTOR_AGENDA_LEAD_DAYS", "0"),
        ("MENTOR_NOTICE_LEAD_DAYS", "soon"),
        ("MENTOR_STARTING_SOON_MINUTES", "15"),
    ];
    let problems = found(&wrong, None).into_config().unwrap_err();
    let told = problems.to_string();
    assert!(told.starts_with("the configuration has 11 problem(s):\n"), "{told}");
    for (name, _) in wrong {
        assert_eq!(told.lines().filter(|line| line.starts_with(&format!("  - {name} must be"))).count(), 1, "{told}");
    }
    for example in [
        "xapp-",
        "xoxb-",
        "http or https",
        "sqlite: or postgres:",
        "127.0.0.1:8080",
        "Mon,Tue",
        "09:00-17:00",
        "1 to 10",
        "10, 30 or 60",
    ] {
        assert!(told.contains(example), "{example} is not in {told}");
    }
    assert!(!format!("{told}{problems:?}").contains("very-secret"), "{told}");
}

#[test]
fn what_is_missing_is_named() {
    let told = found(&[], None).into_config().unwrap_err();
    assert_eq!(
        told.0,
        [
            "SLACK_APP_TOKEN is missing: the app-level token, which begins with xapp-",
            "SLACK_BOT_TOKEN is missing: the bot token, which begins with xoxb-"
        ]
    );
    assert_eq!(
        found(&[("SLACK_APP_TOKEN", " \t"), BOT], None).into_config().unwrap_err().0.len(),
        1,
        "blank is missing"
    );
    assert!(found(&[], None).into_storage().is_ok(), "who does not talk to Slack needs no token");
}

#[test]
fn no_secret_is_printed() {
    let config = config(&[
        ("DATABASE_URL", "postgres://me:secret-of-the-database@db/mentor"),
        (
            "MENTOR_HOLIDAYS",
            "https://me:secret-of-mine@calendar.example.org/secret-of-the-calendar.ics?key=secret-of-it",
        ),
    ])
    .unwrap();
    let printed = format!("{config:?} {config:#?} {:?}", config.storage);
    assert!(!printed.contains("secret-of"), "{printed}");
}

#[test]
fn days_and_hours_that_are_none_are_refused() {
    for days in [",", "Mon,", "Mon Tue", "weekdays", "1,2"] {
        assert_eq!(problems(&[("MENTOR_WORKING_DAYS", days)]).len(), 1, "{days}");
    }
    for hours in ["-", "09:00", "09:00-", "09:00-09:00", "9-17", "09:00-25:00", "09:00–17:00", "a-b"] {
        assert_eq!(problems(&[("MENTOR_WORKING_HOURS", hours)]).len(), 1, "{hours}");
    }
    for holidays in ["25.12.2026", "2026-12-25 2026-12-26", "ftp://x/a.ics", "holidays.txt", "https://", "christmas"] {
        let told = problems(&[("MENTOR_HOLIDAYS", &format!("2026-12-24,{holidays}"))]);
        assert_eq!(told.len(), 1, "{holidays}");
        assert!(told[0].ends_with("number 2 is none of these") && !told[0].contains(holidays), "{told:?}");
    }
    for address in ["8080", "localhost", "127.0.0.1", "127.0.0.1:http"] {
        assert_eq!(problems(&[("MENTOR_HEALTH_ADDRESS", address)]).len(), 1, "{address}");
    }
    for url in ["slack.com/api", "file:///etc", "https//slack.com", "://"] {
        assert_eq!(problems(&[("SLACK_API_URL", url)]).len(), 1, "{url}");
    }
}

#[test]
fn the_environment_comes_before_the_file() {
    let file = file(
        "slack_app_token = 'xapp-1-from-the-file'\nSLACK_BOT_TOKEN = 'xoxb-1-from-the-file'\n\
         MENTOR_KEY_FILE = ' from the file '\nDATABASE_URL = 'sqlite:from-the-file.db'\n",
    );
    let config = found(&[BOT, ("DATABASE_URL", ""), ("MENTOR_KEY_FILE", "from the environment")], Some(&file));
    let config = config.into_config().unwrap();
    assert_eq!(config.app_token.expose_secret(), "xapp-1-from-the-file");
    assert_eq!(config.bot_token.expose_secret(), BOT.1);
    assert_eq!(config.storage.key_file, PathBuf::from("from the environment"));
    assert_eq!(
        config.storage.address(),
        "sqlite:from-the-file.db",
        "what is empty in the environment is not set there"
    );
}

#[test]
fn a_file_that_cannot_be_understood_is_a_problem_among_others() {
    let told = |text: &str| found(&[], Some(&file(text))).into_config().unwrap_err().to_string();
    for not_toml in ["SLACK_BOT_TOKEN=xoxb-1-secret", "SLACK_BOT_TOKEN = 'xoxb-1-secret", "\u{0}secret"] {
        let told = told(not_toml);
        assert!(told.contains("3 problem(s)") && told.contains("is not a TOML file"), "{told}");
        assert!(!told.contains("secret"), "{told}");
    }
    let told = told("SLACK_BOT_TOKEN = 5\nMENTOR_WORKING_DAYS = ['Mon']\nSLACK_TOKEN = 'xoxb-1-secret'\n[more]\n");
    for part in [
        "SLACK_BOT_TOKEN in",
        "MENTOR_WORKING_DAYS in",
        "must be a text in quotes",
        "SLACK_TOKEN in",
        "more in",
        "there are: SLACK_APP_TOKEN",
    ] {
        assert!(told.contains(part), "{part} is not in {told}");
    }
    assert!(!told.contains("secret"), "{told}");
    let nowhere = std::path::Path::new("/no such folder/mentor.toml");
    let told = Found::look(|_| None, Some(nowhere)).into_config().unwrap_err().to_string();
    assert!(told.contains("/no such folder/mentor.toml cannot be read"), "{told}");
    assert!(Found::look(|_| None, Some(nowhere)).into_storage().is_err());
}

#[test]
fn the_org_chart_comes_from_where_it_is_set() {
    use mentor::domain::org_chart::SameManager;
    let usual = config(&[]).unwrap();
    assert!(usual.directory.scim.is_none() && usual.directory.manager_field.is_none());
    assert_eq!((usual.directory.sync_every.num_hours(), usual.same_manager), (24, SameManager::Refuse));
    let set = config(&[
        ("MENTOR_SCIM_URL", "https://idp.example.com/scim/v2/"),
        ("MENTOR_SCIM_TOKEN", "a secret"),
        ("MENTOR_MANAGER_FIELD", "Manager"),
        ("MENTOR_DIRECTORY_SYNC_HOURS", "6"),
        ("MENTOR_SAME_MANAGER", "Allow"),
    ])
    .unwrap();
    let scim = set.directory.scim.clone().unwrap();
    assert_eq!((scim.url.as_str(), scim.token.expose_secret()), ("https://idp.example.com/scim/v2", "a secret"));
    assert!(!format!("{set:?}").contains("a secret") && !format!("{set:?}").contains("scim/v2"), "{set:?}");
    assert_eq!((set.directory.sync_every.num_hours(), set.same_manager), (6, SameManager::Allow));
    for here in ["http://localhost:8080/v2", "http://127.0.0.1/v2", "http://[::1]:1/v2"] {
        assert!(config(&[("MENTOR_SCIM_URL", here), ("MENTOR_SCIM_TOKEN", "t")]).is_ok(), "{here}");
    }
    let wrong = problems(&[
        ("MENTOR_SCIM_URL", "http://idp.example.com/secret"),
        ("MENTOR_DIRECTORY_SYNC_HOURS", "0"),
        ("MENTOR_SAME_MANAGER", "perhaps"),
    ]);
    assert_eq!(wrong.len(), 3, "{wrong:?}");
    assert!(!wrong.concat().contains("secret"));
    assert!(problems(&[("MENTOR_SCIM_URL", "https://idp.example.com/v2")])[0].contains("MENTOR_SCIM_TOKEN is missing"));
}

#[test]
fn words_that_mean_the_same_come_from_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = |text: &str| {
        let path = folder.path().join("aliases.csv");
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    assert_eq!(config(&[]).unwrap().topic_aliases, "");
    let good = file("# ours\nProject Falcon, falcon\n\npricing, tariffs\n");
    assert!(config(&[("MENTOR_TOPIC_ALIASES", &good)]).unwrap().topic_aliases.contains("falcon"));
    let bad = file("pricing, tariffs\n!!!, hiring\nok, ***\n");
    let told = problems(&[("MENTOR_TOPIC_ALIASES", &bad)]).join("\n");
    for part in ["line 2 of", "“!!!”", "line 3 of", "at least one letter"] {
        assert!(told.contains(part), "{part} is not in {told}");
    }
    let told = problems(&[("MENTOR_TOPIC_ALIASES", "/no such folder/aliases.csv")]).join("\n");
    assert!(told.contains("MENTOR_TOPIC_ALIASES: /no such folder/aliases.csv cannot be read"), "{told}");
}

#[test]
fn coordinators_are_user_ids() {
    assert!(!config(&[]).unwrap().coordinators.list("U012AB3CD"));
    let some = config(&[("MENTOR_COORDINATORS", " U012AB3CD,W0GRACE00 ,")]).unwrap().coordinators;
    assert!(some.list("U012AB3CD") && some.list("W0GRACE00") && !some.list("U0ADA0000"));
    for wrong in ["grace@example.com", "@grace", "u012ab3cd", "U0"] {
        let told = problems(&[("MENTOR_COORDINATORS", &format!("U012AB3CD, {wrong}, U012AB3CD"))]);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].starts_with("MENTOR_COORDINATORS must be Slack user ids such as U012AB3CD"), "{told:?}");
        assert!(told[0].contains("number 2 is none"), "{told:?}");
    }
}

#[test]
fn letters_need_a_server_a_sender_and_no_open_line() {
    assert!(config(&[]).unwrap().office.is_none());
    let from = ("MENTOR_MAIL_FROM", "Mentor <mentor@example.org>");
    let health = ("MENTOR_HEALTH_ADDRESS", "127.0.0.1:8080");
    for server in [
        "smtps://me:very-secret@mail.example.org:465",
        "smtps://me:very%40secret@mail.example.org",
        "smtp://me:very-secret@mail.example.org:587?tls=required",
        "smtp://localhost:2525",
        "smtp://127.0.0.1:2525",
        "smtp://[::1]:2525",
    ] {
        let office = config(&[("MENTOR_SMTP_URL", server), from]).unwrap().office.unwrap();
        assert!(!office.is_public());
        assert!(!format!("{office:?}").contains("secret"), "{office:?}");
    }
    let server = ("MENTOR_SMTP_URL", "smtps://me:very-secret@mail.example.org");
    let public = ("MENTOR_PUBLIC_URL", "https://mentor.example.org");
    assert!(config(&[server, from, public, health]).unwrap().office.unwrap().is_public());

    let open = "add ?tls=required: without it passwords and letters travel in the open";
    let address = "write it as smtps://user:password@host:465";
    for (settings, told) in [
        (vec![server], "MENTOR_MAIL_FROM is missing: the sender"),
        (vec![from], "MENTOR_SMTP_URL is missing: the mail server for MENTOR_MAIL_FROM"),
        (vec![("MENTOR_SMTP_URL", "smtp://me:very-secret@mail.example.org:587"), from], open),
        (vec![("MENTOR_SMTP_URL", "smtp://me:very-secret@mail.example.org:587?tls=opportunistic"), from], open),
        (vec![("MENTOR_SMTP_URL", "smtp://localhost.example.org"), from], open),
        (vec![("MENTOR_SMTP_URL", "https://me:very-secret@mail.example.org"), from], address),
        (vec![("MENTOR_SMTP_URL", "mail.example.org:465"), from], address),
        (vec![("MENTOR_SMTP_URL", "very-secret"), from], address),
        (vec![server, ("MENTOR_MAIL_FROM", "Mentor")], "MENTOR_MAIL_FROM: write the sender as mentor@example.org"),
        (vec![server, from, public], "MENTOR_PUBLIC_URL needs MENTOR_HEALTH_ADDRESS"),
        (vec![server, from, health, ("MENTOR_PUBLIC_URL", "http://mentor.example.org")], "must be an https address"),
        (
            vec![server, from, health, ("MENTOR_PUBLIC_URL", "https://mentor.example.org/?a=b")],
            "must be an https address",
        ),
        (
            vec![server, from, health, ("MENTOR_PUBLIC_URL", "https://me@mentor.example.org")],
            "must be an https address",
        ),
    ] {
        let problems = problems(&settings);
        assert_eq!(problems.len(), 1, "{settings:?}: {problems:?}");
        assert!(problems[0].contains(told), "{settings:?}: {problems:?}");
        assert!(!problems[0].contains("secret"), "{problems:?}");
    }
}
