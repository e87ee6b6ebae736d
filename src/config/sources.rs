//! Settings of where else something is known from: directories, words that mean the same, who runs the programme.
//!
//! Owns: their checks. Must not: read a directory.

use chrono::TimeDelta;

use super::Found;
use crate::directory::settings::{DirectorySettings, ScimServer};
use crate::domain::coordinators::Coordinators;
use crate::domain::directory::user_id;
use crate::domain::topics::Thesaurus;

impl Found {
    pub(super) fn directory(&mut self) -> DirectorySettings {
        let token = self.take("MENTOR_SCIM_TOKEN");
        let scim = self.take("MENTOR_SCIM_URL").and_then(|text| match ScimServer::parse(&text) {
            Some(url) => {
                if token.is_none() {
                    self.problems.push("MENTOR_SCIM_TOKEN is missing: the token for MENTOR_SCIM_URL".to_owned());
                }
                Some(ScimServer { url, token: token.clone().unwrap_or_default().into() })
            }
            None => {
                // Not the address itself: it may hold a secret.
                self.problems.push(
                    "MENTOR_SCIM_URL must be an https address, such as https://idp.example.com/scim/v2; http is only for \
                     this machine"
                        .to_owned(),
                );
                None
            }
        });
        let hours = self.take("MENTOR_DIRECTORY_SYNC_HOURS").map(|text| text.parse::<u32>());
        let sync_every = match hours {
            None => DirectorySettings::SYNC_EVERY,
            Some(Ok(hours @ 1..=720)) => TimeDelta::hours(hours.into()),
            Some(_) => {
                self.problems.push("MENTOR_DIRECTORY_SYNC_HOURS must be a number of hours from 1 to 720".to_owned());
                DirectorySettings::SYNC_EVERY
            }
        };
        DirectorySettings { scim, manager_field: self.take("MENTOR_MANAGER_FIELD"), sync_every }
    }

    pub(super) fn topic_aliases(&mut self) -> String {
        let Some(path) = self.take("MENTOR_TOPIC_ALIASES") else { return String::new() };
        let lines = match std::fs::read_to_string(&path) {
            Ok(lines) => lines,
            Err(error) => {
                self.problems.push(format!("MENTOR_TOPIC_ALIASES: {path} cannot be read: {error}"));
                return String::new();
            }
        };
        // Made whole when it is first needed; only what is wrong with the lines is of interest here.
        for bad in Thesaurus::default().with(&lines).err().unwrap_or_default() {
            let typed: String = bad.typed.chars().take(40).collect();
            self.problems.push(format!("MENTOR_TOPIC_ALIASES: line {} of {path}: “{typed}”: {}", bad.line, bad.why));
        }
        lines
    }

    pub(super) fn coordinators(&mut self) -> Coordinators {
        let text = self.take("MENTOR_COORDINATORS").unwrap_or_default();
        let mut user_ids = Vec::new();
        for (number, item) in text.split(',').map(str::trim).enumerate().filter(|(_, item)| !item.is_empty()) {
            match user_id(item) {
                Some(user_id) => user_ids.push(user_id),
                None => self.problems.push(format!(
                    "MENTOR_COORDINATORS must be Slack user ids such as U012AB3CD, with commas between them; number {} is none \
                     (in Slack: their profile, ⋮, Copy member ID)",
                    number + 1
                )),
            }
        }
        user_ids.into_iter().collect()
    }
}
