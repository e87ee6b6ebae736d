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
    measure("offered topics read", || offered.iter().map(|topic| black_box(thesaurus.read(topic))).count());
    measure("queries read, typing errors among them", || {
        queries.iter().map(|topic| black_box(thesaurus.read(topic))).count()
    });
    measure("keys made of what is read", || read.iter().map(|reading| black_box(reading.keys())).count());
    measure("judgements", || {
        searched.iter().flat_map(|query| read.iter().map(move |topic| black_box(fit(query, topic)))).count()
    });
}

/// Runs something for a while and prints how many it did in a second.
fn measure(what: &str, run: impl Fn() -> usize) {
    let began = Instant::now();
    let mut done = 0;
    while began.elapsed() < LONG {
        done += run();
    }
    let each = began.elapsed().as_secs_f64() / done as f64;
    println!("{what}: {:.0} a second, {:.2} µs each", 1.0 / each, each * 1e6);
}
