//! The judgement: whether a searched topic fits an offered one, how well, and why.
//!
//! Owns: score and reason. Must not: know the thesaurus; everything is in the readings.

use super::reading::{Reading, Unit, Word};
use super::spelling;

/// How well a searched topic fits an offered one.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// From above 0 to 1, which is the same topic.
    pub score: f64,
    /// Why they fit.
    pub reason: Reason,
}

/// Why a searched topic fits an offered one, with the words to say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The same words, perhaps in another order, other letters or written together: "story telling".
    Same,
    /// The same words in other forms: "negotiating" and "negotiation".
    WordForm,
    /// Words that mean the same: "you wrote k8s; they offer Kubernetes".
    Alias {
        /// What was searched for.
        wrote: String,
        /// What is offered instead.
        offers: String,
        /// One of the two may mean something else as well: "PM".
        ambiguous: bool,
    },
    /// A typing error: "you wrote princing; they offer pricing".
    Spelling {
        /// What was searched for.
        wrote: String,
        /// What is offered instead.
        offers: String,
    },
    /// A part of one is the other, or a part of it: "pricing experiments" and "pricing".
    Part {
        /// The words of the offered topic that fit.
        shared: String,
    },
}

/// Whether a searched topic fits an offered one. Alike in both directions, reason and score, except [`Reason::Part`]: whoever
/// offers more than is searched for fits, whoever offers less only when that is a third of it.
pub fn fit(searched: &Reading, offered: &Reading) -> Option<Fit> {
    let whole = |score, reason| Some(Fit { score, reason });
    if searched.folded == offered.folded {
        return whole(1.0, Reason::Same);
    }
    if searched.bag == offered.bag {
        return whole(0.98, Reason::Same);
    }
    // Written as one word here, and as several there.
    if searched.words.len() != offered.words.len() && searched.compact == offered.compact {
        return whole(0.95, Reason::WordForm);
    }
    let there = Coverage::of(searched, offered);
    let back = Coverage::of(offered, searched);
    let quality = there.quality().min(back.quality());
    if there.complete() && back.complete() {
        return whole(quality, worst(&there, &back));
    }
    // A topic of nothing but general words ("data strategy") has no part that would say enough.
    if there.content == 0 || back.content == 0 {
        return None;
    }
    // Within the searched topic, the offered one must not be a word among many.
    let within = back.all_content() && there.covered >= there.weight / 3.0;
    let around = there.all_content();
    let score = quality * (0.3 + 0.3 * there.share() + 0.3 * back.share());
    let shared = if around { there.found } else { back.shared };
    (around || within).then(|| Fit { score, reason: Reason::Part { shared: shared.join(" ") } })
}

/// How a unit or a word is found on the other side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum How {
    Same,
    WordForm,
    Alias,
    Ambiguous,
    Spelling,
}

impl How {
    const fn quality(self) -> f64 {
        match self {
            Self::Same => 1.0,
            Self::WordForm => 0.95,
            Self::Alias => 0.9,
            Self::Spelling => 0.8,
            Self::Ambiguous => 0.5,
        }
    }
}

/// How much of one reading is found in another.
#[derive(Debug, Default)]
struct Coverage {
    weight: f64,
    covered: f64,
    content: usize,
    covered_content: usize,
    /// Weight of what was found as a whole, and the same by its quality.
    certain: f64,
    sum: f64,
    /// What was found least surely: how, the words here, the words there.
    worst: Option<(How, String, String)>,
    /// The words here that were found there, and what was found.
    shared: Vec<String>,
    found: Vec<String>,
}

impl Coverage {
    fn of(these: &Reading, those: &Reading) -> Self {
        let mut coverage = Self::default();
        for unit in &these.units {
            let content = unit.is_content(&these.words);
            let weight = if content { 1.0 } else { 0.3 };
            coverage.weight += weight;
            coverage.content += usize::from(content);
            let Some((how, there)) = found(these, unit, those) else {
                coverage.covered += weight * partly(these, unit, those);
                continue;
            };
            coverage.covered += weight;
            coverage.covered_content += usize::from(content);
            coverage.sum += weight * how.quality();
            coverage.certain += weight;
            let here = typed(&these.words[unit.words.clone()]);
            coverage.shared.push(here.clone());
            coverage.found.push(there.clone());
            if coverage.worst.as_ref().is_none_or(|(worst, ..)| how > *worst) {
                coverage.worst = Some((how, here, there));
            }
        }
        coverage
    }

    fn quality(&self) -> f64 {
        if self.certain > 0.0 { self.sum / self.certain } else { 1.0 }
    }

    fn share(&self) -> f64 {
        self.covered / self.weight
    }

    fn all_content(&self) -> bool {
        self.content > 0 && self.covered_content == self.content
    }

    fn complete(&self) -> bool {
        (self.weight - self.covered).abs() < 1e-9
    }
}

/// The reason of a whole match: what was found least surely, seen from whichever side was less sure.
fn worst(there: &Coverage, back: &Coverage) -> Reason {
    let how = |coverage: &Coverage| coverage.worst.as_ref().map(|(how, ..)| *how);
    let (how, wrote, offers) = match (&there.worst, &back.worst) {
        (_, Some((worst, here, other))) if how(back) > how(there) => (*worst, other.clone(), here.clone()),
        (Some((worst, here, other)), _) => (*worst, here.clone(), other.clone()),
        _ => return Reason::WordForm,
    };
    match how {
        How::Same => Reason::Same,
        How::WordForm => Reason::WordForm,
        How::Alias => Reason::Alias { wrote, offers, ambiguous: false },
        How::Ambiguous => Reason::Alias { wrote, offers, ambiguous: true },
        How::Spelling => Reason::Spelling { wrote, offers },
    }
}

/// How a unit is found in another reading, and the words there. As a whole where it can; else word by word, where a phrase
/// needs all of its words, of which one must not be general.
fn found(these: &Reading, unit: &Unit, those: &Reading) -> Option<(How, String)> {
    let whole = those.units.iter().filter_map(|other| Some((units(these, unit, those, other)?, other)));
    if let Some((how, other)) = whole.min_by_key(|(how, _)| *how) {
        return Some((how, typed(&those.words[other.words.clone()])));
    }
    let mut worst = How::Same;
    let mut there: Vec<&str> = Vec::new();
    let mut says_something = false;
    for word in &these.words[unit.words.clone()] {
        let (how, other) = within(word, unit, those)?;
        worst = worst.max(how);
        says_something |= !word.general;
        there.push(&other.typed);
    }
    (says_something || (unit.meanings.is_empty() && unit.words.len() == 1)).then(|| (worst, there.join(" ")))
}

/// How a word of a unit is found within the units of another reading.
fn within<'a>(word: &Word, unit: &Unit, those: &'a Reading) -> Option<(How, &'a Word)> {
    let others = those.units.iter().filter(|other| divisible(unit, word, other, those));
    let others = others.flat_map(|other| &those.words[other.words.clone()]);
    others.filter_map(|other| Some((words(word, other)?, other))).min_by_key(|(how, _)| *how)
}

/// How much of a phrase is there that is not there as a whole: "negotiation" is half of "salary negotiation".
fn partly(these: &Reading, unit: &Unit, those: &Reading) -> f64 {
    let words = &these.words[unit.words.clone()];
    let there = words.iter().filter(|word| !word.general && within(word, unit, those).is_some()).count();
    there as f64 / words.len() as f64
}

/// Whether a word of one unit may be found within another: "speaking" in "public speaking", but not "Go" in "go-to-market".
fn divisible(unit: &Unit, word: &Word, other: &Unit, those: &Reading) -> bool {
    let name = |word: &Word| word.text.chars().count() <= 2;
    match (unit.words.len(), other.words.len()) {
        // Seen as a whole already.
        (1, 1) => false,
        (1, _) => !name(word),
        (_, 1) => !name(&those.words[other.words.start]),
        _ => true,
    }
}

/// How two units are the same, as wholes.
fn units(these: &Reading, unit: &Unit, those: &Reading, other: &Unit) -> Option<How> {
    let (here, there) = (&these.words[unit.words.clone()], &those.words[other.words.clone()]);
    let same = |part: fn(&Word) -> &str| here.len() == there.len() && here.iter().map(part).eq(there.iter().map(part));
    if same(|word| &word.text) {
        return Some(How::Same);
    }
    let shared = unit.meanings.iter().any(|meaning| other.meanings.contains(meaning));
    // Words with one stem may have different meanings: "leads" and "leading".
    let both_mean = !unit.meanings.is_empty() && !other.meanings.is_empty();
    if same(|word| &word.stem) && (shared || !both_mean) {
        return Some(How::WordForm);
    }
    if shared {
        let corrected = unit.corrected || other.corrected;
        let ambiguous = !corrected && (unit.meanings.len() > 1 || other.meanings.len() > 1);
        return Some(match (corrected, ambiguous) {
            (true, _) => How::Spelling,
            (_, true) => How::Ambiguous,
            _ if unit.phrase == other.phrase => How::WordForm,
            _ => How::Alias,
        });
    }
    match (here, there) {
        ([word], [other]) if !both_mean => words(word, other),
        _ => None,
    }
}

/// How two words are the same.
fn words(word: &Word, other: &Word) -> Option<How> {
    if word.general != other.general {
        return None;
    }
    if word.text == other.text {
        return Some(How::Same);
    }
    if word.stem == other.stem {
        return Some(How::WordForm);
    }
    let meant = |word: &Word, other: &Word| word.corrections.contains(&other.stem);
    let both = || word.corrections.iter().any(|stem| other.corrections.contains(stem));
    let unknown = || word.unknown && other.unknown && spelling::errors(&word.text, &other.text).is_some();
    (meant(word, other) || meant(other, word) || both() || unknown()).then_some(How::Spelling)
}

fn typed(words: &[Word]) -> String {
    let words: Vec<&str> = words.iter().map(|word| word.typed.as_str()).collect();
    words.join(" ")
}
