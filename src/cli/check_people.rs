//! `mentor check --people`: what is known about two people; and how the sources of the org chart are.
//!
//! For the installer's terminal alone: in Slack nobody is shown what the chart says about others.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::Context as _;

use super::say;
use crate::app::open_storage_beside;
use crate::clock::Clock;
use crate::config::Config;
use crate::directory::pairs_file::Name;
use crate::directory::scim;
use crate::domain::identifiers::PersonId;
use crate::domain::org_chart::{Chart, Departments, TooClose};
use crate::domain::pairs::PairKind;
use crate::domain::people::Person;
use crate::ids::Ids;
use crate::store::db::{Db, Tx};
use crate::store::failure::StoreFailure;
use crate::store::{directory, held, org_chart, pairs, people};

/// Says what is known about two people and whether they may be a pair.
///
/// # Errors
/// When one of them is not known, or the database cannot be opened.
pub(super) async fn run(config: &Config, one: &str, other: &str) -> anyhow::Result<()> {
    let db = open(config).await?;
    let mut tx = db.read().await?;
    let (one, other) = (find(&mut tx, one).await?, find(&mut tx, other).await?);
    let chart = org_chart::around(&mut tx, &[one.id, other.id]).await?;
    let names = names(&mut tx, &chart, &[one.id, other.id]).await?;
    let name = |id: PersonId| names.get(&id).cloned().unwrap_or_default();
    match org_chart::as_of(&mut tx).await? {
        Some(at) => say(format!("The org chart is of {}.", at.format("%Y-%m-%d %H:%M UTC"))),
        None => say(
            "There is no org chart: nothing keeps anybody apart. Set MENTOR_SCIM_URL or MENTOR_MANAGER_FIELD, or use `mentor import people`.",
        ),
    }
    say(chart.line_in_words(one.id, name));
    say(chart.line_in_words(other.id, name));
    say(format!("How they stand: {}", chart.relation_in_words(one.id, other.id, name)));
    say(match chart.departments(one.id, other.id) {
        Departments::Different => "Departments: different, which is better.",
        Departments::Same => "Departments: the same; another one is better.",
        Departments::Unknown => "Departments: not known.",
    });
    for (kind, as_what) in [(PairKind::InOrg, "As mentor and mentee"), (PairKind::Peer, "As peers")] {
        say(match chart.may_pair(one.id, other.id, kind, config.same_manager) {
            Ok(()) => format!("{as_what}: they may."),
            Err(TooClose::ReportingLine) => format!("{as_what}: they may not; a mentor is never the boss."),
            Err(TooClose::SameManager) => {
                format!("{as_what}: they may not, since they have the same manager (MENTOR_SAME_MANAGER=refuse).")
            }
        });
    }
    say_held(&mut tx, &one, &other).await?;
    drop(tx);
    db.close().await;
    Ok(())
}

async fn say_held(tx: &mut Tx, one: &Person, other: &Person) -> anyhow::Result<()> {
    for (mentee, mentor) in [(one, other), (other, one)] {
        if let Some(pair) = pairs::latest(tx, mentee.id, mentor.id).await?
            && held::is_held(tx, pair.id).await?
        {
            say("They are a pair, and it is held back until one of them acts.");
        }
    }
    Ok(())
}

async fn open(config: &Config) -> anyhow::Result<Db> {
    Ok(open_storage_beside(&config.storage, &Clock::system(), &Arc::new(Ids::system())).await?)
}

async fn find(tx: &mut Tx, text: &str) -> anyhow::Result<Person> {
    let person = match Name::parse(text) {
        Some(Name::User(user_id)) => people::find_user(tx, &user_id).await?,
        Some(Name::Email(email)) => match org_chart::by_email(tx, &email).await? {
            Some(id) => people::find_by_id(tx, id).await?,
            None => None,
        },
        None => anyhow::bail!("{text} is neither a Slack user id (U…) nor an e-mail address"),
    };
    person.with_context(|| format!("{text} is not known: Slack has not shown them to the app, or not their address"))
}

/// The names of everybody above two people.
async fn names(tx: &mut Tx, chart: &Chart, people: &[PersonId]) -> Result<BTreeMap<PersonId, String>, StoreFailure> {
    let mut names = BTreeMap::new();
    for id in chart.everybody().chain(people.iter().copied()) {
        names.insert(id, org_chart::name_of(tx, id).await?);
    }
    Ok(names)
}

/// How each source is, for `mentor check`.
pub(super) async fn sources(config: &Config) -> Vec<(String, Result<String, String>)> {
    let mut found = Vec::new();
    if let Some(server) = &config.directory.scim {
        let count = scim::count(server).await;
        let said = count.map(|users| format!("{users} users")).map_err(|problem| problem.to_string());
        found.push(("SCIM server".to_owned(), said));
    }
    match kept(config).await {
        Ok(kept) => found.extend(kept),
        Err(problem) => found.push(("org chart".to_owned(), Err(format!("{problem:#}")))),
    }
    found
}

async fn kept(config: &Config) -> anyhow::Result<Vec<(String, Result<String, String>)>> {
    let db = open(config).await?;
    let mut tx = db.read().await?;
    let all = directory::status(&mut tx).await?;
    drop(tx);
    db.close().await;
    let said = all.into_iter().map(|status| {
        let counts = format!("{} people, {} managers", status.people, status.managers);
        let said = match (&status.problem, status.managers_gone) {
            (Some(problem), _) => Err(format!("{problem}. What was read before counts: {counts}.")),
            (None, Some(gone)) => Err(format!(
                "{gone} of {} managers would be gone, more than a fifth, so the chart as it was counts. If that is right: \
                 `mentor sync --accept`, or `mentor import people FILE --accept`.",
                status.managers
            )),
            (None, None) => Ok(counts),
        };
        (format!("org chart ({})", status.source.word()), said)
    });
    Ok(said.collect())
}
