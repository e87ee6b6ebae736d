//! Searching networks: who could somebody talk to, through their mentors.
//!
//! For whoever builds on it: [`matches()`] is what one mentor is shown, [`who_search`] finds over all mentors of an asker and puts
//! them in order ([`crate::domain::who::mentors_in_order`]), [`offering_directly`] is for an ask that no mentor answered. What
//! they find is for the mentor, or for the app's own order of asking; whoever asks never sees it.
//!
//! Left out, without a word: whoever asks and the mentor; apps, guests, who is switched off or forgotten; who is on a "not with"
//! list of theirs or has them on one; who has a day off today; whom rule 1 keeps from either; whoever the caller says is out.
//! The work grows with the mentors' networks: nothing is read that does not hang on one.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Utc};

use super::db::Tx;
use super::failure::StoreFailure;
use super::who_rows::{self, Noted, Outside};
use super::who_rules::{Judge, Rules};
use super::{org_chart, people};
use crate::domain::finding::{Closeness, Match, closest_first};
use crate::domain::identifiers::{NetworkEntryId, PersonId};
use crate::domain::network::Acquaintance;
use crate::domain::org_chart::SameManager;
use crate::domain::topics::{KnownTopics, Topic};
use crate::domain::who::{Candidate, Ring, SUGGESTED, Suggested, WhoId, Why, best_first, once_each};

pub use super::who_direct::offering_directly;

/// Who asks, about what, and by which rules.
#[derive(Clone, Copy, Debug)]
pub struct WhoSearch<'a> {
    /// Who asks.
    pub asker: PersonId,
    /// About what.
    pub topic: &'a Topic,
    /// Topics are read with this.
    pub known: &'a KnownTopics,
    /// What holds for two people with the same direct manager.
    pub same_manager: SameManager,
    /// The time now.
    pub now: DateTime<Utc>,
    /// When people were last asked to talk to somebody; only lately.
    pub asked_lately: &'a HashMap<PersonId, DateTime<Utc>>,
    /// People who want to be asked by nobody at present: opted out, or as many as they take this month.
    pub left_out: &'a HashSet<PersonId>,
}

/// Whom of their own network a mentor could name: the best first, at most [`SUGGESTED`].
///
/// # Errors
/// When the database fails or something sealed does not open.
pub async fn matches(tx: &mut Tx, search: &WhoSearch<'_>, mentor: PersonId) -> Result<Vec<Suggested>, StoreFailure> {
    let looked = look(tx, search, vec![mentor], &[Ring::Contact, Ring::ContactsContact]).await?;
    let mut suggested = Vec::new();
    for found in looked.found {
        let whom = match found.who {
            WhoId::Person(person) => Acquaintance::InSlack(people::get(tx, person).await?),
            WhoId::Outside(entry) => match looked.outside.get(&entry) {
                Some(Outside { name, email }) => Acquaintance::Outside { name: name.clone(), email: email.clone() },
                None => continue,
            },
        };
        suggested.push(Suggested { whom, found });
    }
    Ok(suggested)
}

/// Whom all mentors of an asker could name, and those mentors themselves: the best first, at most [`SUGGESTED`] of each mentor.
///
/// # Errors
/// When the database fails or something sealed does not open.
pub async fn who_search(tx: &mut Tx, search: &WhoSearch<'_>) -> Result<Vec<Candidate>, StoreFailure> {
    let mentors = who_rows::mentors(tx, search.asker).await?;
    Ok(look(tx, search, mentors, &[Ring::Mentor, Ring::Contact, Ring::ContactsContact]).await?.found)
}

/// What a search found.
#[derive(Default)]
struct Looked {
    found: Vec<Candidate>,
    outside: HashMap<NetworkEntryId, Outside>,
}

/// Somebody further away who offers what is asked about.
#[derive(Clone, Copy)]
struct Far {
    who: PersonId,
    closeness: Closeness,
    score: f64,
}

async fn look(
    tx: &mut Tx,
    search: &WhoSearch<'_>,
    mut mentors: Vec<PersonId>,
    rings: &[Ring],
) -> Result<Looked, StoreFailure> {
    mentors.retain(|mentor| *mentor != search.asker);
    if mentors.is_empty() {
        return Ok(Looked::default());
    }
    let mut judge = Judge::new(search);
    let keys = who_rows::keys(tx, &mentors).await?;
    let noted = who_rows::noted(tx, &keys, &mentors).await?;
    let mut contacts = contacts(tx, search.asker, &mentors, &noted).await?;
    let knows = contacts.remove(&search.asker).unwrap_or_default();
    let mut everybody: BTreeSet<PersonId> = contacts.values().flatten().chain(&mentors).copied().collect();
    everybody.remove(&search.asker);
    let mut candidates = of_networks(search, &noted, &mut judge);
    let offered = who_rows::offered(tx, everybody.iter().copied()).await?;
    candidates.extend(of_profiles(search, &mentors, &contacts, &offered, &mut judge));
    let far = further(tx, &everybody, &mut judge).await?;
    let outside = candidates.iter().filter_map(|one| match one.who {
        WhoId::Outside(entry) => Some(entry),
        WhoId::Person(_) => None,
    });
    let outside = who_rows::outside(tx, &keys, outside.collect::<BTreeSet<_>>().into_iter()).await?;
    let addresses: Vec<String> = outside.values().map(|one| one.email.reveal().to_lowercase()).collect();
    let known_by = who_rows::known_by(tx, &addresses).await?;

    let mut concerned: HashSet<PersonId> = mentors.iter().copied().collect();
    concerned.extend(candidates.iter().filter_map(|one| match one.who {
        WhoId::Person(person) => Some(person),
        WhoId::Outside(_) => None,
    }));
    concerned.extend(far.iter().flat_map(|(contact, far)| far.iter().map(|far| far.who).chain([*contact])));
    concerned.extend(known_by.values().flatten());
    let suitable = who_rows::suitable(tx, &concerned, search.asker, search.now).await?;
    let people: Vec<PersonId> = suitable.keys().copied().chain([search.asker]).collect();
    let chart = org_chart::around(tx, &people).await?;
    let mut rules = Rules { search, knows, suitable, chart, met: HashMap::new() };
    let direct: HashSet<(WhoId, PersonId)> = candidates.iter().map(|one| (one.who, one.mentor)).collect();
    let hints = hints(search, &mentors, &contacts, &far, &mut rules);
    candidates.extend(hints.into_iter().filter(|hint| !direct.contains(&(hint.who, hint.mentor))));
    candidates.retain(|one| rings.contains(&one.ring));
    best_first(&mut candidates, search.asker);
    once_each(&mut candidates);
    let mut named: HashMap<PersonId, usize> = HashMap::new();
    candidates.retain(|one| {
        let named = named.entry(one.mentor).or_default();
        let may = *named < SUGGESTED
            && match one.who {
                _ if !rules.asks_through(one.mentor) => false,
                WhoId::Person(person) if one.ring == Ring::Mentor => rules.is_present(person),
                WhoId::Person(person) => rules.may_name(one.mentor, person),
                WhoId::Outside(entry) => outside.get(&entry).is_some_and(|one_outside| {
                    let address = one_outside.email.reveal().to_lowercase();
                    let people = known_by.get(&address).map_or(&[][..], Vec::as_slice);
                    people.iter().all(|person| rules.may_name(one.mentor, *person))
                }),
            };
        *named += usize::from(may);
        may
    });
    Ok(Looked { found: candidates, outside })
}

/// Whom each mentor knows: from their network, and from their pairs. And whom whoever asks knows from theirs.
async fn contacts(
    tx: &mut Tx,
    asker: PersonId,
    mentors: &[PersonId],
    noted: &[Noted],
) -> Result<HashMap<PersonId, BTreeSet<PersonId>>, StoreFailure> {
    let people: Vec<PersonId> = mentors.iter().copied().chain([asker]).collect();
    let mut contacts = who_rows::partners(tx, &people).await?;
    for entry in noted {
        contacts.entry(entry.owner).or_default().extend(entry.person);
    }
    Ok(contacts)
}

/// Entries of the mentors' own networks that fit, each by its best topic.
fn of_networks(search: &WhoSearch<'_>, noted: &[Noted], judge: &mut Judge<'_>) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    for entry in noted {
        let mut fitting: Vec<Match> = entry.topics.iter().filter_map(|topic| judge.matching(topic.reveal())).collect();
        closest_first(&mut fitting);
        let Some(best) = fitting.into_iter().next() else { continue };
        let who = entry.person.map_or(WhoId::Outside(entry.id), WhoId::Person);
        candidates.push(candidate(search, who, entry.owner, Ring::Contact, Why::Noted(best)));
    }
    candidates
}

fn candidate(search: &WhoSearch<'_>, who: WhoId, mentor: PersonId, ring: Ring, why: Why) -> Candidate {
    let asked_at = match who {
        WhoId::Person(person) => search.asked_lately.get(&person).copied(),
        WhoId::Outside(_) => None,
    };
    Candidate { who, mentor, ring, why, asked_at }
}

/// The mentors themselves, and those whom they know, whose profiles offer what is asked about.
fn of_profiles(
    search: &WhoSearch<'_>,
    mentors: &[PersonId],
    contacts: &HashMap<PersonId, BTreeSet<PersonId>>,
    offered: &[(PersonId, String)],
    judge: &mut Judge<'_>,
) -> Vec<Candidate> {
    let mut offering: HashMap<PersonId, Vec<Match>> = HashMap::new();
    for (person, topic) in offered {
        if let Some(found) = judge.matching(topic) {
            offering.entry(*person).or_default().push(found);
        }
    }
    offering.values_mut().for_each(|found| closest_first(found));
    let best = |person: &PersonId| offering.get(person).and_then(|found| found.first()).cloned().map(Why::Offers);
    let mut candidates = Vec::new();
    for mentor in mentors {
        let themselves = best(mentor).map(|why| (WhoId::Person(*mentor), Ring::Mentor, why));
        let known = contacts.get(mentor).into_iter().flatten();
        let known = known.filter_map(|one| Some((WhoId::Person(*one), Ring::Contact, best(one)?)));
        let found = themselves.into_iter().chain(known);
        candidates.extend(found.map(|(who, ring, why)| candidate(search, who, *mentor, ring, why)));
    }
    candidates
}

/// Of each contact who is open to introductions, those they know who offer what is asked about and are open to them, too.
async fn further(
    tx: &mut Tx,
    contacts: &BTreeSet<PersonId>,
    judge: &mut Judge<'_>,
) -> Result<HashMap<PersonId, Vec<Far>>, StoreFailure> {
    let mut far: HashMap<PersonId, Vec<Far>> = HashMap::new();
    for (contact, who, topic) in who_rows::further(tx, contacts.iter().copied()).await? {
        if let Some(fit) = judge.fit(&topic) {
            far.entry(contact).or_default().push(Far { who, closeness: Closeness::of(&fit), score: fit.score });
        }
    }
    for found in far.values_mut() {
        found.sort_by(|one, other| {
            one.closeness.cmp(&other.closeness).then(other.score.total_cmp(&one.score)).then(one.who.cmp(&other.who))
        });
    }
    Ok(far)
}

/// Contacts who may know somebody: through them that somebody could be asked.
fn hints(
    search: &WhoSearch<'_>,
    mentors: &[PersonId],
    contacts: &HashMap<PersonId, BTreeSet<PersonId>>,
    far: &HashMap<PersonId, Vec<Far>>,
    rules: &mut Rules<'_>,
) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    for mentor in mentors {
        let Some(known) = contacts.get(mentor) else { continue };
        for contact in known {
            let Some(far) = far.get(contact) else { continue };
            let best = far
                .iter()
                .find(|far| far.who != *mentor && !known.contains(&far.who) && rules.may_name(*contact, far.who));
            let Some(best) = best else { continue };
            let why = Why::MayKnow { closeness: best.closeness, score: best.score };
            candidates.push(candidate(search, WhoId::Person(*contact), *mentor, Ring::ContactsContact, why));
        }
    }
    candidates
}
