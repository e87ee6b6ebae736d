//! A table of people and their managers, into a snapshot.
//!
//! Owns: what the columns mean. Must not: know who of them is in Slack.

use std::path::Path;

use super::assemble::Assembly;
use super::csv_file::{CannotRead, Row, Table};
use crate::domain::directory::{BadRows, Entry, Snapshot, email, user_id};

/// The columns, each with the names it may have.
const COLUMNS: [(&str, &[&str]); 5] = [
    ("email", &["e_mail", "mail", "work_email", "email_address"]),
    ("user_id", &["slack_id", "slack_user_id", "slack"]),
    ("manager_email", &["manager", "manager_e_mail", "manager_mail", "reports_to", "supervisor"]),
    ("manager_user_id", &["manager_id", "manager_slack_id", "manager_slack_user_id"]),
    ("department", &["dept", "department_name", "team"]),
];

/// What a file of people says.
#[derive(Debug)]
pub struct PeopleFile {
    /// Everybody in it.
    pub snapshot: Snapshot,
    /// Lines that were left out or taken otherwise.
    pub bad: BadRows,
    /// Columns that were not read.
    pub ignored: Vec<String>,
    /// The character set, when it is not UTF-8.
    pub character_set: Option<&'static str>,
}

/// Reads a file of people.
///
/// # Errors
/// [`CannotRead`], in words for whoever exported it.
pub fn read(path: &Path) -> Result<PeopleFile, CannotRead> {
    let mut table = Table::open(path, &COLUMNS)?;
    if !table.has("email") && !table.has("user_id") {
        return Err(CannotRead::Columns("there must be a column email or user_id: who the line is about".to_owned()));
    }
    if !table.has("manager_email") && !table.has("manager_user_id") {
        return Err(CannotRead::Columns(
            "there must be a column manager_email or manager_user_id: whom they report to".to_owned(),
        ));
    }
    let (ignored, character_set) = (table.ignored.clone(), table.character_set());
    let mut assembly = Assembly::default();
    while let Some(row) = table.next_row() {
        match row.and_then(|row| entry(&row).map_err(|reason| (row.line, reason)).map(|entry| (row.line, entry))) {
            Ok((line, entry)) => assembly.add(line, entry, []),
            Err((line, reason)) => assembly.bad.note(line, reason),
        }
    }
    let (snapshot, bad) = assembly.finish();
    Ok(PeopleFile { snapshot, bad, ignored, character_set })
}

fn entry(row: &Row) -> Result<Entry, String> {
    let (email, user) = named(row.get("email"), row.get("user_id"))?;
    let key = user.clone().or_else(|| email.clone()).ok_or("neither an e-mail address nor a Slack user id")?;
    let (manager_email, manager_user) = named(row.get("manager_email"), row.get("manager_user_id"))
        .map_err(|reason| format!("the manager: {reason}"))?;
    let department = row.get("department").map(|name| name.chars().take(100).collect::<String>().into());
    Ok(Entry { key, user_id: user, email, manager: manager_user.or(manager_email), department })
}

type Names = (Option<Box<str>>, Option<Box<str>>);

/// An e-mail address and a user id; either may stand in the column of the other.
fn named(email_column: Option<&str>, user_column: Option<&str>) -> Result<Names, String> {
    let mut names: Names = (None, None);
    for text in [email_column, user_column].into_iter().flatten() {
        match (email(text), user_id(text)) {
            (Some(email), _) => names.0 = Some(email),
            (None, Some(user)) => names.1 = Some(user),
            (None, None) => return Err("not an e-mail address (name@example.com) nor a Slack user id (U…)".to_owned()),
        }
    }
    Ok(names)
}
