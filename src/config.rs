//! Configuration: from the environment, then from an optional file; every problem is reported at once.
//!
//! Owns: names, defaults and checks of settings. Must not: print a secret.

mod sources;

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use chrono::{NaiveTime, TimeDelta, Weekday};
use chrono_tz::Tz;
use secrecy::{ExposeSecret as _, SecretString};

use crate::directory::settings::DirectorySettings;
use crate::domain::coordinators::Coordinators;
use crate::domain::days_off::DaysOff;
use crate::domain::leads::{LONGEST_LEAD, Leads, STARTING_SOON};
use crate::domain::org_chart::SameManager;
use crate::domain::working_time::WorkingTime;
use crate::jobs::holiday_source::HolidaySource;
use crate::jobs::speaker::SETTLE;
use crate::mail::office::Office;
use crate::mail::smtp::{CannotPost, Postbox};

/// Everything that can be set.
#[derive(Debug)]
pub struct Config {
    /// `SLACK_APP_TOKEN`: opens Socket Mode connections.
    pub app_token: SecretString,
    /// `SLACK_BOT_TOKEN`: everything else.
    pub bot_token: SecretString,
    /// `SLACK_API_URL`: where Slack's Web API is.
    pub api_url: String,
    /// `DATABASE_URL` and `MENTOR_KEY_FILE`.
    pub storage: Storage,
    /// `MENTOR_HEALTH_ADDRESS`: where health and metrics are served; nowhere when absent.
    pub health_address: Option<SocketAddr>,
    /// `MENTOR_SETTLE_SECONDS`: how long after an unclear answer a message is sure to be in Slack's history, if it arrived.
    pub settle: TimeDelta,
    /// `MENTOR_WORKING_DAYS` and `MENTOR_WORKING_HOURS`: when people may be spoken to, on their own clocks, unless they set
    /// it otherwise; `MENTOR_AGENDA_LEAD_DAYS`, `MENTOR_NOTICE_LEAD_DAYS` and `MENTOR_STARTING_SOON_MINUTES`: how long ahead.
    pub programme: WorkingTime,
    /// `MENTOR_HOLIDAYS`: calendars of days off; single dates are in `programme`.
    pub holiday_calendars: Vec<HolidaySource>,
    /// `MENTOR_SCIM_URL`, `MENTOR_SCIM_TOKEN`, `MENTOR_MANAGER_FIELD`, `MENTOR_DIRECTORY_SYNC_HOURS`: where the org chart
    /// comes from.
    pub directory: DirectorySettings,
    /// `MENTOR_SAME_MANAGER`: `refuse` (two people with the same direct manager are no pair) or `allow`.
    pub same_manager: SameManager,
    /// `MENTOR_TOPIC_ALIASES`: a file of words that mean the same, beside those that come with the app; here are its lines.
    pub topic_aliases: String,
    /// `MENTOR_COORDINATORS`: who runs the programme, by Slack user id.
    pub coordinators: Coordinators,
    /// `MENTOR_SMTP_URL`, `MENTOR_MAIL_FROM` and `MENTOR_PUBLIC_URL`: where letters to mentors outside are posted, by whom, and
    /// where they can be stopped; without the first, mentees forward them.
    pub office: Option<Office>,
}

/// Where things are kept.
#[derive(Clone, Debug)]
pub struct Storage {
    /// `DATABASE_URL`.
    pub database_url: SecretString,
    /// `MENTOR_KEY_FILE`: the master key; made on first start when absent.
    pub key_file: PathBuf,
}

const NAMES: [&str; 23] = [
    "SLACK_APP_TOKEN",
    "SLACK_BOT_TOKEN",
    "SLACK_API_URL",
    "DATABASE_URL",
    "MENTOR_KEY_FILE",
    "MENTOR_HEALTH_ADDRESS",
    "MENTOR_SETTLE_SECONDS",
    "MENTOR_WORKING_DAYS",
    "MENTOR_WORKING_HOURS",
    "MENTOR_HOLIDAYS",
    "MENTOR_AGENDA_LEAD_DAYS",
    "MENTOR_NOTICE_LEAD_DAYS",
    "MENTOR_STARTING_SOON_MINUTES",
    "MENTOR_SCIM_URL",
    "MENTOR_SCIM_TOKEN",
    "MENTOR_MANAGER_FIELD",
    "MENTOR_DIRECTORY_SYNC_HOURS",
    "MENTOR_SAME_MANAGER",
    "MENTOR_TOPIC_ALIASES",
    "MENTOR_COORDINATORS",
    "MENTOR_SMTP_URL",
    "MENTOR_MAIL_FROM",
    "MENTOR_PUBLIC_URL",
];

/// Everything that is wrong with the configuration.
#[derive(Debug, PartialEq, Eq)]
pub struct Problems(pub Vec<String>);

impl fmt::Display for Problems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "the configuration has {} problem(s):", self.0.len())?;
        self.0.iter().try_for_each(|problem| writeln!(formatter, "  - {problem}"))
    }
}

impl std::error::Error for Problems {}

/// Settings by name, as they were found.
#[derive(Default)]
pub struct Found {
    values: BTreeMap<&'static str, String>,
    problems: Vec<String>,
}

impl Found {
    /// Looks in the environment, then in the file if there is one.
    pub fn look(environment: impl Fn(&str) -> Option<String>, file: Option<&Path>) -> Self {
        let mut found = Self::default();
        if let Some(path) = file {
            found.read_file(path);
        }
        for name in NAMES {
            if let Some(value) = environment(name).filter(|value| !value.trim().is_empty()) {
                found.values.insert(name, value.trim().to_owned());
            }
        }
        found
    }

    fn read_file(&mut self, path: &Path) {
        let shown = path.display();
        let table: toml::Table = match std::fs::read_to_string(path).map(|text| text.parse()) {
            Ok(Ok(table)) => table,
            // The parser's message quotes the line, which may hold a token.
            Ok(Err(_)) => {
                return self.problems.push(format!("{shown} is not a TOML file of lines like NAME = \"value\""));
            }
            Err(error) => return self.problems.push(format!("{shown} cannot be read: {error}")),
        };
        for (name, value) in table {
            match (NAMES.iter().find(|known| known.eq_ignore_ascii_case(&name)), value) {
                (Some(known), toml::Value::String(text)) => {
                    self.values.insert(known, text.trim().to_owned());
                }
                (Some(known), _) => self.problems.push(format!("{known} in {shown} must be a text in quotes")),
                (None, _) => {
                    self.problems.push(format!("{name} in {shown} is not a setting; there are: {}", NAMES.join(", ")));
                }
            }
        }
    }

    fn take(&mut self, name: &'static str) -> Option<String> {
        self.values.remove(name)
    }

    fn token(&mut self, name: &'static str, prefix: &str, what: &str) -> SecretString {
        match self.take(name) {
            Some(token) if token.starts_with(prefix) => token.into(),
            Some(_) => {
                self.problems.push(format!("{name} must be {what}, which begins with {prefix}"));
                SecretString::default()
            }
            None => {
                self.problems.push(format!("{name} is missing: {what}, which begins with {prefix}"));
                SecretString::default()
            }
        }
    }

    fn storage(&mut self) -> Storage {
        let database_url = self.take("DATABASE_URL").unwrap_or_else(|| "sqlite:mentor.db".to_owned());
        if !["sqlite:", "postgres:", "postgresql:"].iter().any(|scheme| database_url.starts_with(scheme)) {
            self.problems.push("DATABASE_URL must begin with sqlite: or postgres:".to_owned());
        }
        let key_file = self.take("MENTOR_KEY_FILE").map_or_else(|| PathBuf::from("mentor.key"), PathBuf::from);
        Storage { database_url: database_url.into(), key_file }
    }

    fn settle(&mut self) -> TimeDelta {
        let Some(text) = self.take("MENTOR_SETTLE_SECONDS") else { return SETTLE };
        match text.parse::<u32>() {
            Ok(seconds @ 2..=600) => TimeDelta::seconds(seconds.into()),
            _ => {
                self.problems.push("MENTOR_SETTLE_SECONDS must be a number of seconds from 2 to 600".to_owned());
                SETTLE
            }
        }
    }

    fn holidays(&mut self) -> (DaysOff, Vec<HolidaySource>) {
        let text = self.take("MENTOR_HOLIDAYS").unwrap_or_default();
        let (mut days, mut calendars) = (Vec::new(), Vec::new());
        for (number, item) in text.split(',').map(str::trim).enumerate().filter(|(_, item)| !item.is_empty()) {
            match (item.parse(), HolidaySource::parse(item)) {
                (Ok(day), _) => days.push(day),
                (Err(_), Some(calendar)) => calendars.push(calendar),
                // Not the text itself: a mistyped address may be a secret one.
                (Err(_), None) => self.problems.push(format!(
                    "MENTOR_HOLIDAYS must be dates such as 2026-12-25, https addresses of calendars, or files that end in \
                     .ics, with commas between them; number {} is none of these",
                    number + 1
                )),
            }
        }
        (days.into_iter().collect(), calendars)
    }

    fn programme(&mut self) -> WorkingTime {
        let usual = WorkingTime::default();
        let days = self.take("MENTOR_WORKING_DAYS").map(|text| days(&text));
        let hours = self.take("MENTOR_WORKING_HOURS").map(|text| hours(&text));
        if matches!(days, Some(None)) {
            self.problems.push("MENTOR_WORKING_DAYS must be days such as Mon,Tue,Wed,Thu,Fri".to_owned());
        }
        if matches!(hours, Some(None)) {
            self.problems
                .push("MENTOR_WORKING_HOURS must be two times such as 09:00-17:00, the first the earlier".to_owned());
        }
        let (from, until) = hours.flatten().unwrap_or((usual.from, usual.until));
        let leads = self.leads();
        let days = days.flatten().unwrap_or(usual.days);
        WorkingTime { zone: Tz::UTC, days, from, until, days_off: usual.days_off, leads }
    }

    fn office(&mut self, is_served: bool) -> Option<Office> {
        let (server, from) = (self.take("MENTOR_SMTP_URL"), self.take("MENTOR_MAIL_FROM"));
        let public = self.public_url(is_served);
        let (server, from) = match (server, from) {
            (Some(server), Some(from)) => (server, from),
            (None, None) => return None,
            (Some(_), None) => {
                self.problems.push("MENTOR_MAIL_FROM is missing: the sender, such as mentor@example.org".to_owned());
                return None;
            }
            (None, Some(_)) => {
                self.problems.push("MENTOR_SMTP_URL is missing: the mail server for MENTOR_MAIL_FROM".to_owned());
                return None;
            }
        };
        match Postbox::open(&server.into(), &from) {
            Ok(postbox) => Some(Office::new(postbox, public)),
            Err(problem) => {
                let name = if problem == CannotPost::Sender { "MENTOR_MAIL_FROM" } else { "MENTOR_SMTP_URL" };
                // Not the text itself: there is a password in it.
                self.problems.push(format!("{name}: {problem}"));
                None
            }
        }
    }

    fn public_url(&mut self, is_served: bool) -> Option<url::Url> {
        let text = self.take("MENTOR_PUBLIC_URL")?;
        let plain = |url: &url::Url| url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
        let public = url::Url::parse(&text).ok().filter(|url| url.scheme() == "https" && plain(url));
        if public.is_none() {
            self.problems
                .push("MENTOR_PUBLIC_URL must be an https address such as https://mentor.example.org".to_owned());
        } else if !is_served {
            self.problems.push("MENTOR_PUBLIC_URL needs MENTOR_HEALTH_ADDRESS, where its page is served".to_owned());
        }
        public
    }

    fn leads(&mut self) -> Leads {
        let usual = Leads::default();
        let ahead: Vec<u32> = (1..=LONGEST_LEAD).collect();
        let agenda_days = self.one_of("MENTOR_AGENDA_LEAD_DAYS", &ahead, "a number of working days from 1 to 10");
        let notice_days = self.one_of("MENTOR_NOTICE_LEAD_DAYS", &ahead, "a number of working days from 1 to 10");
        let soon = self.one_of("MENTOR_STARTING_SOON_MINUTES", &STARTING_SOON, "0 (never), 10, 30 or 60");
        let agenda_days = agenda_days.unwrap_or(usual.agenda_days);
        Leads {
            agenda_days,
            external_agenda_days: usual.external_agenda_days.max(agenda_days),
            notice_days: notice_days.unwrap_or(usual.notice_days),
            starting_soon_minutes: soon.unwrap_or(usual.starting_soon_minutes),
        }
    }

    fn one_of(&mut self, name: &'static str, allowed: &[u32], what: &str) -> Option<u32> {
        let text = self.take(name)?;
        let number = text.parse().ok().filter(|number| allowed.contains(number));
        if number.is_none() {
            self.problems.push(format!("{name} must be {what}"));
        }
        number
    }

    fn same_manager(&mut self) -> SameManager {
        let Some(text) = self.take("MENTOR_SAME_MANAGER") else { return SameManager::Refuse };
        SameManager::from_word(&text.to_lowercase()).unwrap_or_else(|| {
            self.problems.push("MENTOR_SAME_MANAGER must be refuse or allow".to_owned());
            SameManager::Refuse
        })
    }

    /// What the commands need that do not talk to Slack.
    ///
    /// # Errors
    /// Every problem there is with it.
    pub fn into_storage(mut self) -> Result<Storage, Problems> {
        let storage = self.storage();
        if self.problems.is_empty() { Ok(storage) } else { Err(Problems(self.problems)) }
    }

    /// Everything.
    ///
    /// # Errors
    /// Every problem there is.
    pub fn into_config(mut self) -> Result<Config, Problems> {
        let app_token = self.token("SLACK_APP_TOKEN", "xapp-", "the app-level token");
        let bot_token = self.token("SLACK_BOT_TOKEN", "xoxb-", "the bot token");
        let api_url = self.take("SLACK_API_URL").unwrap_or_else(|| "https://slack.com/api".to_owned());
        if !url::Url::parse(&api_url).is_ok_and(|url| matches!(url.scheme(), "http" | "https")) {
            self.problems.push("SLACK_API_URL must be an http or https address".to_owned());
        }
        let storage = self.storage();
        let health_address = self.take("MENTOR_HEALTH_ADDRESS").and_then(|text| {
            let address = text.parse().ok();
            if address.is_none() {
                self.problems
                    .push("MENTOR_HEALTH_ADDRESS must be an address and port such as 127.0.0.1:8080".to_owned());
            }
            address
        });
        let office = self.office(health_address.is_some());
        let settle = self.settle();
        let (days_off, holiday_calendars) = self.holidays();
        let programme = self.programme().without(&days_off);
        let (directory, same_manager) = (self.directory(), self.same_manager());
        let (topic_aliases, coordinators) = (self.topic_aliases(), self.coordinators());
        if !self.problems.is_empty() {
            return Err(Problems(self.problems));
        }
        let api_url = api_url.trim_end_matches('/').to_owned();
        Ok(Config {
            app_token,
            bot_token,
            api_url,
            storage,
            health_address,
            settle,
            programme,
            holiday_calendars,
            directory,
            same_manager,
            topic_aliases,
            coordinators,
            office,
        })
    }
}

impl Storage {
    /// The address, for the one place that opens the database.
    pub fn address(&self) -> &str {
        self.database_url.expose_secret()
    }
}

fn days(text: &str) -> Option<Vec<Weekday>> {
    let days: Option<Vec<Weekday>> = text.split(',').map(|day| day.trim().parse().ok()).collect();
    days.filter(|days| !days.is_empty())
}

fn hours(text: &str) -> Option<(NaiveTime, NaiveTime)> {
    let (from, until) = text.split_once('-')?;
    let time = |text: &str| NaiveTime::parse_from_str(text.trim(), "%H:%M").ok();
    let (from, until) = (time(from)?, time(until)?);
    (from < until).then_some((from, until))
}
