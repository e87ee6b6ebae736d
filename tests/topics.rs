//! Topics: what is one, which fit and why, and that the keys lose nothing.
//!
//! `topics/queries.csv` was written before the matching; `topics/afterwards.csv` after it. Both print recall and precision.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::print_stdout, reason = "recall and precision are to be read")]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use mentor::domain::topics::{
    BadLine, Fit, InCommon, MOST_CHARACTERS, NotATopic, Reading, Reason, Thesaurus, Topic, fit, typed_list,
};
use proptest::prelude::*;

const OFFERED: &str = include_str!("topics/offered.txt");
const QUERIES: &str = include_str!("topics/queries.csv");
const AFTERWARDS: &str = include_str!("topics/afterwards.csv");
const ALIASES: &str = include_str!("../src/domain/topics/aliases.csv");
/// The least share of what should be found, and of what is found, that is right.
const AIM: f64 = 95.0;

static THESAURUS: LazyLock<Thesaurus> = LazyLock::new(Thesaurus::built_in);
static READ: LazyLock<Vec<(&str, Reading)>> =
    LazyLock::new(|| OFFERED.lines().map(|line| (line, read(line))).collect());

fn read(text: &str) -> Reading {
    THESAURUS.read(&Topic::parse(text).unwrap())
}

fn fits(searched: &str, offered: &str) -> Option<Fit> {
    fit(&read(searched), &read(offered))
}

/// Whether the keys let a search come upon an offered topic.
fn may_fit(searched: &Reading, offered: &Reading) -> bool {
    let spellings = offered.spellings();
    let rests: BTreeSet<String> = searched.spellings().into_iter().map(|spelling| spelling.rest).collect();
    let met = spellings.iter().filter(|spelling| rests.contains(&spelling.rest));
    let theirs = offered.keys();
    let mut in_common = InCommon::default();
    let mut met_at_all = false;
    for (key, parts) in searched.keys_and_errors(met.map(|spelling| (spelling.word.as_str(), spelling.key.as_str()))) {
        let Some(there) = theirs.get(&key) else { continue };
        in_common.add(parts, *there);
        met_at_all = true;
    }
    met_at_all && in_common.may_fit(searched.parts(), offered.parts())
}

fn reason(searched: &str, offered: &str) -> Reason {
    fits(searched, offered).unwrap_or_else(|| panic!("{searched} does not fit {offered}")).reason
}

/// The offered topics that a query finds; nothing for what is no topic.
fn found(query: &str) -> BTreeSet<&'static str> {
    let Ok(topic) = Topic::parse(query) else { return BTreeSet::new() };
    let searched = THESAURUS.read(&topic);
    READ.iter().filter(|(_, offered)| fit(&searched, offered).is_some()).map(|(topic, _)| *topic).collect()
}

/// A query and the topics that it should find.
fn row(line: &'static str) -> (String, BTreeSet<&'static str>) {
    let (query, expected) = match line.strip_prefix('"').and_then(|rest| rest.rsplit_once("\",")) {
        Some((quoted, expected)) => (quoted.replace("\"\"", "\""), expected),
        None => line.rsplit_once(',').map(|(query, expected)| (query.to_owned(), expected)).unwrap(),
    };
    (query, expected.split(';').filter(|topic| !topic.is_empty()).collect())
}

fn rows(table: &'static str) -> Vec<(String, BTreeSet<&'static str>)> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")).map(row).collect()
}

fn judge(name: &str, table: &'static str) {
    let rows = rows(table);
    let (mut right, mut wanted, mut shown) = (0, 0, 0);
    for (query, expected) in &rows {
        let unknown: Vec<_> =
            expected.iter().filter(|topic| READ.iter().all(|(offered, _)| offered != *topic)).collect();
        assert!(unknown.is_empty(), "{query}: {unknown:?} are not offered");
        let found = found(query);
        right += found.intersection(expected).count();
        wanted += expected.len();
        shown += found.len();
        if found != *expected {
            let missing: Vec<_> = expected.difference(&found).collect();
            let wrong: Vec<_> = found.difference(expected).collect();
            println!("{query:?}: missing {missing:?}, too much {wrong:?}");
        }
    }
    let percent =
        |whole: usize| 100.0 * f64::from(u32::try_from(right).unwrap()) / f64::from(u32::try_from(whole).unwrap());
    let (recall, precision) = (percent(wanted), percent(shown));
    println!(
        "{name}: {} queries, {} topics; recall {recall:.1} % ({right} of {wanted}), precision {precision:.1} % ({right} of {shown})",
        rows.len(),
        READ.len()
    );
    assert!(recall >= AIM && precision >= AIM, "recall {recall:.1} %, precision {precision:.1} %");
}

#[test]
fn queries_written_before_find_what_they_should() {
    assert!(rows(QUERIES).len() >= 200);
    judge("written before", QUERIES);
}

#[test]
fn queries_written_afterwards_find_what_they_should() {
    judge("written afterwards", AFTERWARDS);
}

#[test]
fn the_built_in_thesaurus_is_large_and_says_nothing_wrong() {
    assert_eq!(Thesaurus::default().with(ALIASES).map(|_| ()), Ok(()));
    let lines: Vec<&str> = ALIASES.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
    let aliases: usize = lines.iter().map(|line| line.split(',').count() - 1).sum();
    assert!(aliases >= 450, "{aliases}");
    for line in lines {
        let (name, aliases) = line.split_once(',').unwrap_or((line, ""));
        for alias in aliases.split(',').filter(|alias| !alias.is_empty()) {
            let found = fits(alias, name).unwrap_or_else(|| panic!("{alias} does not fit {name}"));
            assert!(found.score >= 0.5, "{alias}, {name}: {found:?}");
        }
    }
}

#[test]
fn the_reason_can_be_put_in_words() {
    assert_eq!(reason("kubernetes", "Kubernetes"), Reason::Same);
    assert_eq!(reason("how to do time management", "Time management"), Reason::Same);
    assert_eq!(reason("négociation", "Negociation"), Reason::Same);
    assert_eq!(reason("story telling", "Storytelling"), Reason::Same);
    assert_eq!(reason("negotiating", "Negotiation"), Reason::WordForm);
    assert_eq!(reason("whale song", "whalesongs"), Reason::WordForm);
    let alias =
        |wrote: &str, offers: &str, ambiguous| Reason::Alias { wrote: wrote.into(), offers: offers.into(), ambiguous };
    assert_eq!(reason("k8s", "Kubernetes"), alias("k8s", "Kubernetes", false));
    assert_eq!(reason("RFPs", "Request for proposal"), alias("RFPs", "Request proposal", false));
    assert_eq!(reason("PM", "Project management"), alias("PM", "Project management", true));
    assert_eq!(reason("Product management", "PM"), alias("Product management", "PM", true));
    let spelling = |wrote: &str, offers: &str| Reason::Spelling { wrote: wrote.into(), offers: offers.into() };
    assert_eq!(reason("princing", "pricing"), spelling("princing", "pricing"));
    assert_eq!(reason("kuberntes", "k8s"), spelling("kuberntes", "k8s"));
    let part = |shared: &str| Reason::Part { shared: shared.into() };
    assert_eq!(reason("pricing experiments", "Pricing"), part("Pricing"));
    assert_eq!(reason("speaking", "Public speaking"), part("speaking"));
    assert_eq!(reason("k8s upgrades", "Kubernetes"), part("Kubernetes"));
}

#[test]
fn the_better_fit_has_the_higher_score() {
    let score = |searched, offered| fits(searched, offered).unwrap().score;
    let ranked = [
        score("pricing", "Pricing"),
        score("price", "Pricing"),
        score("Preisgestaltung", "Pricing"),
        score("princing", "Pricing"),
        score("PM", "Product management"),
    ];
    assert!(ranked.is_sorted_by(|better, worse| better > worse), "{ranked:?}");
    assert!(score("marketing", "Marketing") > score("marketing", "Content marketing"));
    assert!(score("pricing experiments", "Pricing experiments") > score("pricing experiments", "Pricing"));
}

#[test]
fn three_languages_and_other_near_misses_stay_apart() {
    let apart = [
        ("C", "C++"),
        ("C", "C#"),
        ("C++", "C#"),
        ("Java", "JavaScript"),
        ("Go", "Go-to-market"),
        ("sales", "sails"),
        ("law", "flaw"),
        ("Swift", "shift"),
        ("testing", "tasting"),
        ("React", "reaction"),
        ("Rust", "trust"),
        ("marketing", "market research"),
        ("product management", "project management"),
        ("stakeholders", "shareholders"),
        ("leads", "leading"),
        ("management", "project management"),
    ];
    for (one, other) in apart {
        assert_eq!(fits(one, other), None, "{one}, {other}");
        assert_eq!(fits(other, one), None, "{other}, {one}");
    }
}

#[test]
fn a_topic_is_cleaned_or_refused_with_the_reason() {
    let parse = |typed: &str| Topic::parse(typed).map(|topic| topic.as_str().to_owned());
    assert_eq!(parse("  public \n speaking. "), Ok("public speaking".to_owned()));
    assert_eq!(parse("- C++"), Ok("C++".to_owned()));
    assert_eq!(parse(".NET"), Ok(".NET".to_owned()));
    assert_eq!(parse("pri\u{200b}cing\u{7}"), Ok("pricing".to_owned()));
    assert_eq!(parse(" \t"), Err(NotATopic::Empty));
    assert_eq!(parse("?!"), Err(NotATopic::NoLetter));
    assert_eq!(parse(&"é".repeat(MOST_CHARACTERS)).map(|topic| topic.chars().count()), Ok(MOST_CHARACTERS));
    let long = parse(&"x".repeat(300)).unwrap_err();
    assert_eq!(long.to_string(), "a topic has at most 60 characters; this one has 300");
}

#[test]
fn a_typed_list_is_divided() {
    let list =
        typed_list("pricing, public speaking; Kubernetes\n• Pricing,, ???\nnegotiation (salary, contracts), R&D");
    let topics: Vec<&str> = list.topics.iter().map(Topic::as_str).collect();
    assert_eq!(topics, ["pricing", "public speaking", "Kubernetes", "negotiation (salary, contracts)", "R&D"]);
    assert_eq!(list.refused, [("???".to_owned(), NotATopic::NoLetter)]);
    assert_eq!(typed_list(" \n"), Default::default());
}

#[test]
fn a_coordinator_adds_words_of_their_own() {
    let before = THESAURUS.clone();
    let after = before.with("# ours\nProject Falcon, Falcon, the bird\nKubernetes, our platform\n").unwrap();
    let fits = |thesaurus: &Thesaurus, one: &str, other: &str| {
        let read = |text| thesaurus.read(&Topic::parse(text).unwrap());
        fit(&read(one), &read(other)).is_some()
    };
    for (one, other) in [("falcon", "the bird"), ("our platform", "k8s"), ("falcn", "Project Falcon")] {
        assert!(fits(&after, one, other), "{one}, {other}");
        assert!(!fits(&before, one, other) || other == "Project Falcon", "{one}, {other}");
    }
    assert_ne!(before.fingerprint(), after.fingerprint());
    assert_eq!(before.fingerprint(), Thesaurus::built_in().fingerprint());
    let bad = before.with("fine, also fine\nKubernetes, ???").map(|_| ()).unwrap_err();
    assert_eq!(bad, [BadLine { line: 2, typed: "???".to_owned(), why: NotATopic::NoLetter }]);
}

#[test]
fn the_table_is_found_by_keys_as_well() {
    let (mut fitting, mut judged, mut pairs) = (0, 0, 0);
    for (query, _) in rows(QUERIES).into_iter().chain(rows(AFTERWARDS)) {
        let Ok(topic) = Topic::parse(&query) else { continue };
        let searched = THESAURUS.read(&topic);
        for (topic, reading) in READ.iter() {
            let (fits, may_fit) = (fit(&searched, reading).is_some(), may_fit(&searched, reading));
            assert!(!fits || may_fit, "{query}, {topic}");
            fitting += usize::from(fits);
            judged += usize::from(may_fit);
            pairs += 1;
        }
    }
    println!("of {pairs} pairs of topics {fitting} fit and {judged} are judged");
    assert!(judged < 2 * fitting, "the keys rule out what does not fit: {judged} are judged, {fitting} fit");
}

#[test]
fn a_word_in_common_is_not_enough() {
    for (searched, offered, expected) in [
        ("pricing for games", "pricing", true),
        ("pricing for games", "games", true),
        ("pricing", "pricing for games", true),
        ("pricing for games", "hiring for games", false),
        ("pricing for gamez", "hiring for games", false),
        ("origami for games", "origmai", true),
        ("origami for games", "games for origmai", true),
        ("origami for games", "origmai for boats", false),
    ] {
        assert_eq!(may_fit(&read(searched), &read(offered)), expected, "{searched}, {offered}");
    }
}

/// Words of the thesaurus, some of them typed wrongly, some of nobody's.
fn a_topic() -> impl Strategy<Value = String> {
    let known: Vec<&str> =
        ALIASES.lines().filter(|line| !line.starts_with('#')).flat_map(|line| line.split(',')).collect();
    let known: Vec<&str> = known.into_iter().filter(|phrase| !phrase.is_empty()).collect();
    let general =
        prop::sample::select(vec!["management", "strategy", "data", "how to", "team", "managment", "engineering"]);
    let word = prop_oneof![
        5 => prop::sample::select(known).prop_map(str::to_owned),
        2 => general.prop_map(str::to_owned),
        1 => "[a-e]{3,10}",
    ];
    let wrong = (word, any::<prop::sample::Index>(), 0..5_u8, "[a-z]").prop_map(|(word, at, how, letter)| {
        let mut letters: Vec<char> = word.chars().collect();
        let at = at.index(letters.len());
        match how {
            0 => drop(letters.remove(at)),
            1 => letters.insert(at, letter.chars().next().unwrap()),
            2 => letters.swap(at, (at + 1) % word.chars().count()),
            _ => {}
        }
        letters.into_iter().collect::<String>()
    });
    prop::collection::vec(wrong, 1..4)
        .prop_map(|words| words.join(" ").chars().take(MOST_CHARACTERS).collect::<String>())
        .prop_filter("a topic", |text| Topic::parse(text).is_ok())
}

/// A topic, and one that is likely to have something to do with it.
fn two_topics() -> impl Strategy<Value = (String, String)> {
    let near = (a_topic(), any::<prop::sample::Index>(), "[a-z]?").prop_map(|(topic, at, letter)| {
        let mut letters: Vec<char> = topic.chars().collect();
        let at = at.index(letters.len());
        letters.splice(at..=at, letter.chars());
        let other: String = letters.into_iter().collect();
        let other = if Topic::parse(&other).is_ok() { other } else { topic.clone() };
        (topic, other)
    });
    prop_oneof![near, (a_topic(), a_topic())]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// Whatever is typed: no panic, and what is a topic fits itself and shares its keys.
    #[test]
    fn no_text_breaks_it(text in "\\PC{0,60}", other in ".{0,80}") {
        for text in [&text, &other] {
            let listed = typed_list(text);
            prop_assert!(listed.topics.iter().all(|topic| topic.as_str().chars().count() <= MOST_CHARACTERS));
            let Ok(topic) = Topic::parse(text) else { continue };
            let reading = THESAURUS.read(&topic);
            prop_assert_eq!(fit(&reading, &reading), Some(Fit { score: 1.0, reason: Reason::Same }));
            prop_assert!(!reading.keys().is_empty());
            prop_assert_eq!(Topic::parse(topic.as_str()), Ok(topic.clone()));
        }
    }

    /// A fit has a score from above 0 to 1, is alike both ways unless it is a part, and is never lost by the keys.
    #[test]
    fn fits_are_alike_both_ways_and_have_enough_in_common((one, other) in two_topics()) {
        let (one, other) = (read(&one), read(&other));
        let (there, back) = (fit(&one, &other), fit(&other, &one));
        for fit in there.iter().chain(&back) {
            prop_assert!(fit.score > 0.0 && fit.score <= 1.0, "{:?}", fit);
            prop_assert!(may_fit(&one, &other) && may_fit(&other, &one), "{:?}", fit);
        }
        let part = |fit: &Option<Fit>| fit.as_ref().is_none_or(|fit| matches!(fit.reason, Reason::Part { .. }));
        prop_assert_eq!(part(&there), part(&back));
        if let (false, Some(there), Some(back)) = (part(&there), there, back) {
            prop_assert!((there.score - back.score).abs() < 1e-9);
            prop_assert_eq!(std::mem::discriminant(&there.reason), std::mem::discriminant(&back.reason));
        }
    }

    /// Distance: two words that share no key are never a typing error of each other.
    #[test]
    fn unknown_words_meet_by_their_keys(one in "[a-c]{4,14}", other in "[a-c]{4,14}") {
        let (one, other) = (read(&one), read(&other));
        prop_assert!(fit(&one, &other).is_none() || may_fit(&one, &other));
    }
}
