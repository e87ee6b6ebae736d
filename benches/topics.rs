//! How fast topics are read and judged: `cargo bench --bench topics`.
//!
//! Reads the topics of `tests/topics/offered.txt` and the queries beside them, again and again; prints how many a second one
//! core manages and what a topic's keys amount to. No figure makes the run fail.

#![expect(clippy::print_stdout, reason = "the figures are what this program is for")]
#![expect(clippy::disallowed_methods, reason = "it measures time")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use mentor::domain::topics::{Reading, Thesaurus, Topic, fit};

const OFFERED: &str = include_str!("../tests/topics/offered.txt");
const QUERIES: &str = include_str!("../tests/topics/queries.csv");
/// How long each thing is measured.
const LONG: Duration = Duration::from_secs(2);

fn main() {
    let began = Instant::now();
    let thesaurus = Thesaurus::built_in();
    println!("thesaurus made in {:.1} ms", began.elapsed().as_secs_f64() * 1e3);
    let offered: Vec<Topic> = OFFERED.lines().filter_map(|line| Topic::parse(line).ok()).collect();
    let queries: Vec<Topic> = QUERIES
        .lines()
        .filter(|line| !line.starts_with("# "))
        .filter_map(|line| Topic::parse(line.rsplit_once(',')?.0).ok())
        .collect();
    let read: Vec<Reading> = offered.iter().map(|topic| thesaurus.read(topic)).collect();
    let searched: Vec<Reading> = queries.iter().map(|topic| thesaurus.read(topic)).collect();
    let keys: Vec<usize> = read.iter().map(|reading| reading.keys().len()).collect();
    println!(
        "{} offered topics: {:.1} keys each, at most {}",
        keys.len(),
        keys.iter().sum::<usize>() as f64 / keys.len() as f64,
        keys.iter().max().copied().unwrap_or_default()
    );
    measure("offered topics read", &offered, |topic| drop(black_box(thesaurus.read(topic))));
    measure("queries read, typing errors among them", &queries, |topic| drop(black_box(thesaurus.read(topic))));
    measure("keys made of what is read", &read, |reading| drop(black_box(reading.keys())));
    let judged: Vec<_> = searched.iter().flat_map(|query| read.iter().map(move |topic| (query, topic))).collect();
    measure("judgements", &judged, |(query, topic)| drop(black_box(fit(query, topic))));
}

/// Does something with all of these for a while and prints how many it did in a second.
fn measure<T>(what: &str, these: &[T], run: impl Fn(&T)) {
    let began = Instant::now();
    let mut done = 0;
    while began.elapsed() < LONG {
        these.iter().for_each(&run);
        done += these.len();
    }
    let each = began.elapsed().as_secs_f64() / done as f64;
    println!("{what}: {:.0} a second, {:.2} µs each", 1.0 / each, each * 1e6);
}
