//! `mentor check`: what is wrong with an installation, and how to mend it.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use clap::Args;

use super::{check_people, say};
use crate::app::{CannotStart, open_storage};
use crate::clock::Clock;
use crate::config::{Config, Found, Storage};
use crate::domain::days_off::Holiday;
use crate::ids::Ids;
use crate::jobs::holidays;
use crate::jobs::speaker::REQUEST_TIMEOUT;
use crate::mail::office::Office;
use crate::slack::api::{Api, ApiOptions, CallFailure};
use crate::store::db::CannotOpen;

/// What to look at.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// Say what is known about two people and whether they may be a pair, and look at nothing else.
    #[arg(long, num_args = 2, value_names = ["USER-ID-OR-E-MAIL", "USER-ID-OR-E-MAIL"])]
    people: Option<Vec<String>>,
}

/// Looks at settings, key file, database, bot token, app token and Socket Mode, and says how each is.
///
/// # Errors
/// When anything is wrong; every line before says what.
pub async fn run(found: Found, about: CheckArguments) -> anyhow::Result<()> {
    let config = found.into_config()?;
    if let Some([one, other]) = about.people.as_deref() {
        return check_people::run(&config, one, other).await;
    }
    say("ok    settings");
    let mut wrong = 0;
    let mut verdict = |what: &str, result: Result<String, String>| match result {
        Ok(detail) => say(format!("ok    {what}: {detail}")),
        Err(problem) => {
            wrong += 1;
            say(format!("WRONG {what}: {problem}"));
        }
    };
    verdict("key file and database", look_at_storage(&config.storage).await);
    verdict("holidays", look_at_holidays(&config).await);
    for (what, result) in check_people::sources(&config).await {
        verdict(&what, result);
    }
    if let Some(office) = &config.office {
        verdict("mail server", look_at_mail(office).await);
    }
    let api = Api::new(&ApiOptions {
        api_url: config.api_url.clone(),
        bot_token: config.bot_token.clone(),
        app_token: config.app_token.clone(),
        timeout: REQUEST_TIMEOUT,
    })?;
    let identity = api.auth_test().await;
    verdict(
        "bot token",
        identity.map(|me| format!("workspace {}", me.team_id)).map_err(|failure| {
            format!("{failure}. Copy the Bot User OAuth Token (xoxb-…) from OAuth & Permissions of the app's page.")
        }),
    );
    let people = api.people_page(None).await;
    verdict(
        "scope users:read",
        people.map(|page| format!("{} people on the first page", page.people.len())).map_err(|failure| {
            format!("{failure}. Paste `mentor manifest` into the app's page and install the app again.")
        }),
    );
    // Asked about something that is not there, Slack looks at the scope first.
    let scopes = [
        ("scope im:history", api.history("D0", "0", "1", None).await.map(|_| ())),
        ("scope im:write", api.open_conversation(&["U0"]).await.map(|_| ())),
        ("scope mpim:write", api.open_conversation(&["U0", "U1"]).await.map(|_| ())),
        ("scope files:write", api.share_nothing().await),
        ("scope chat:write", api.delete_message("D0", "1.1").await),
        ("scope users.profile:read", api.profile_fields().await.map(|_| ())),
    ];
    for (scope, answer) in scopes {
        verdict(scope, has_scope(&answer));
    }
    let connection = api.open_connection().await;
    verdict(
        "app token and Socket Mode",
        connection.map(|_| "a connection can be opened".to_owned()).map_err(|failure| {
            format!(
                "{failure}. Switch Socket Mode on, and make an app-level token (xapp-…) with connections:write under \
                 Basic Information of the app's page."
            )
        }),
    );
    if wrong > 0 {
        bail!("{wrong} thing(s) to mend");
    }
    say("Everything is in order.");
    Ok(())
}

/// Opens the storage as the app would; one that a running app holds is well, too.
async fn look_at_storage(storage: &Storage) -> Result<String, String> {
    match open_storage(storage, &Clock::system(), &Arc::new(Ids::system())).await {
        Ok(db) => {
            let name = db.name().to_owned();
            db.close().await;
            Ok(name)
        }
        Err(CannotStart::Open(CannotOpen::InUse(file))) => Ok(format!("{file} is in use by a running mentor")),
        Err(problem) => Err(problem.to_string()),
    }
}

/// Reads every calendar of holidays, and says what is known with the dates that are set.
async fn look_at_holidays(config: &Config) -> Result<String, String> {
    let today = Clock::system().now().date_naive();
    let mut named: Vec<Holiday> = Vec::new();
    for calendar in &config.holiday_calendars {
        let found = holidays::read(calendar, today).await.map_err(|problem| format!("{calendar}: {problem}"))?;
        named.extend(found);
    }
    let days = config.programme.days_off.and(&named.iter().map(|holiday| holiday.day).collect());
    let next = days.first_from(today).map(|day| {
        let name = named.iter().find(|holiday| holiday.day == day).map(|holiday| format!(" ({})", holiday.name));
        format!("the next is {day}{}", name.unwrap_or_default())
    });
    Ok(match (days.len(), next) {
        (0, _) => "none are known; MENTOR_HOLIDAYS sets them".to_owned(),
        (known, Some(next)) => format!("{known} known; {next}"),
        (known, None) => format!("{known} known, all of them past"),
    })
}

/// Greets the mail server as a letter would, without sending one.
async fn look_at_mail(office: &Office) -> Result<String, String> {
    let stops = if office.is_public() { "stopped by one click" } else { "stopped by an answer to the mentee" };
    match office.check().await {
        Ok(()) => Ok(format!("it takes letters; they are {stops}")),
        Err(problem) => Err(format!("{problem}. Look at MENTOR_SMTP_URL: host, port, user, password.")),
    }
}

fn has_scope(answer: &Result<(), CallFailure>) -> Result<String, String> {
    match answer {
        Err(failure) if failure.code() == Some("missing_scope") => {
            Err("it is missing. Paste `mentor manifest` into the app's page and install the app again.".to_owned())
        }
        Err(failure) if failure.code().is_none() || failure.is_about_installation() => Err(failure.to_string()),
        Ok(()) | Err(_) => Ok("granted".to_owned()),
    }
}

/// Asks the running app's health page; for container health checks.
///
/// # Errors
/// When it is not well or does not answer.
pub async fn health(found: Found) -> anyhow::Result<()> {
    let config = found.into_config()?;
    let address = config.health_address.context("MENTOR_HEALTH_ADDRESS is not set")?;
    let answer = tokio::time::timeout(Duration::from_secs(3), async {
        let mut stream = tokio::net::TcpStream::connect(address).await?;
        stream.write_all(b"GET /health HTTP/1.0\r\n\r\n").await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        std::io::Result::Ok(answer)
    })
    .await
    .context("no answer within 3 s")??;
    let status = answer.lines().next().unwrap_or_default();
    if !status.contains(" 200") {
        bail!("not well: {}", answer.lines().last().unwrap_or_default());
    }
    say("well");
    Ok(())
}
