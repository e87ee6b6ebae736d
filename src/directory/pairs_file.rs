//! A table of pairs that meet already, for a programme that is running.
//!
//! Owns: what the columns mean. Must not: know who of them is in Slack, or whether they may be a pair.

use std::path::Path;

use chrono::NaiveDate;

use super::csv_file::{CannotRead, Row, Table};
use crate::domain::directory::{BadRows, email, user_id};
use crate::domain::pairs::PairKind;

/// The columns, each with the names it may have.
const COLUMNS: [(&str, &[&str]); 5] = [
    ("mentee", &["mentee_email", "mentee_user_id"]),
    ("mentor", &["mentor_email", "mentor_user_id"]),
    ("kind", &["type"]),
    ("rhythm", &["cron", "frequency", "how_often"]),
    ("start", &["start_date", "starts", "start_on", "first_day"]),
];

/// How somebody is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// By their Slack user id.
    User(Box<str>),
    /// By their e-mail address, in lower case.
    Email(Box<str>),
}

impl Name {
    /// A user id or an e-mail address, with an `@` before it or as Slack writes a mention.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches('<').trim_end_matches('>').trim_start_matches('@');
        let text = text.split_once('|').map_or(text, |(id, _)| id);
        email(text).map(Self::Email).or_else(|| user_id(text).map(Self::User))
    }
}

/// A pair as it stands in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedPair {
    /// Its line in the file.
    pub line: u64,
    /// Who is mentored.
    pub mentee: Name,
    /// Who mentors.
    pub mentor: Name,
    /// What kind of pair.
    pub kind: PairKind,
    /// How often they meet, in words or as a cron expression.
    pub rhythm: String,
    /// The day from which they meet; from now on when nothing is said.
    pub start: Option<NaiveDate>,
}

/// What a file of pairs says.
#[derive(Debug)]
pub struct PairsFile {
    /// The pairs.
    pub pairs: Vec<ListedPair>,
    /// Lines that were left out.
    pub bad: BadRows,
    /// Columns that were not read.
    pub ignored: Vec<String>,
}

/// Reads a file of pairs.
///
/// # Errors
/// [`CannotRead`], in words for whoever wrote it.
pub fn read(path: &Path) -> Result<PairsFile, CannotRead> {
    let mut table = Table::open(path, &COLUMNS)?;
    if !table.has("mentee") || !table.has("mentor") {
        return Err(CannotRead::Columns(
            "there must be the columns mentee and mentor: an e-mail address or a Slack user id in each".to_owned(),
        ));
    }
    let (mut pairs, mut bad) = (Vec::new(), BadRows::default());
    let ignored = table.ignored.clone();
    while let Some(row) = table.next_row() {
        match row.and_then(|row| pair(&row).map_err(|reason| (row.line, reason))) {
            Ok(pair) => pairs.push(pair),
            Err((line, reason)) => bad.note(line, reason),
        }
    }
    Ok(PairsFile { pairs, bad, ignored })
}

fn pair(row: &Row) -> Result<ListedPair, String> {
    let name = |column: &'static str| {
        let text = row.get(column).ok_or(format!("no {column}"))?;
        Name::parse(text).ok_or(format!("the {column} is neither an e-mail address nor a Slack user id"))
    };
    let kind = match row.get("kind").unwrap_or("in_org").to_lowercase().replace(['-', ' '], "_").as_str() {
        "in_org" | "internal" | "in" => PairKind::InOrg,
        "peer" | "peers" => PairKind::Peer,
        "external" | "outside" => {
            return Err("a mentor from outside cannot be brought in from a list".to_owned());
        }
        _ => return Err("the kind must be in_org or peer".to_owned()),
    };
    let start = match row.get("start") {
        Some(text) => {
            let day = NaiveDate::parse_from_str(text, "%Y-%m-%d");
            Some(day.map_err(|_| "the start must be a day such as 2026-03-02".to_owned())?)
        }
        None => None,
    };
    let rhythm = row.get("rhythm").unwrap_or_default().to_owned();
    Ok(ListedPair { line: row.line, mentee: name("mentee")?, mentor: name("mentor")?, kind, rhythm, start })
}
