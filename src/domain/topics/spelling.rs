//! Typing errors: whether a word may be another one, typed wrongly.
//!
//! Owns: how many errors a word's length allows, and the keys by which such words meet. Must not: know which words exist.

/// A word's letters, one bit for each kind, so that most comparisons end here.
pub(super) fn letters(word: &str) -> u64 {
    word.chars().fold(0, |bits, letter| bits | 1 << (u32::from(letter) % 64))
}

/// How many errors make one word of the other; `None` when they are two words. A word of up to three letters allows none,
/// one of four only a swap, up to seven one, longer words two; an error in the first letter counts twice.
pub(super) fn errors(first: &str, second: &str) -> Option<usize> {
    let (one, other) = (first.chars().count(), second.chars().count());
    let shorter = one.min(other);
    let first_differs = first.chars().next() != second.chars().next();
    let allowed = allowed(shorter).saturating_sub(usize::from(first_differs));
    if allowed == 0 || one.abs_diff(other) > allowed {
        return None;
    }
    let (these, those) = (letters(first), letters(second));
    if (these ^ those).count_ones() as usize > 2 * allowed || (shorter == 4 && (these != those || one != other)) {
        return None;
    }
    let numbers = |word: &str| word.chars().any(char::is_numeric);
    if numbers(first) || numbers(second) {
        return None;
    }
    let errors = strsim::damerau_levenshtein(first, second);
    (errors <= allowed).then(|| errors + usize::from(first_differs))
}

/// How many errors a word of so many letters may have.
pub(super) fn allowed(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// How many letters of a word the keys look at.
const PREFIX: usize = 8;

/// The beginning of a word without as many letters as it may have errors, in all ways. Two words of which one may be the
/// other have one of these in common: what was inserted in one is left out there, what was changed or swapped in both.
pub(super) fn deletions(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let allowed = allowed(letters.len());
    if allowed == 0 {
        return Vec::new();
    }
    let start: Vec<char> = letters.into_iter().take(PREFIX).collect();
    let mut found: Vec<Vec<char>> = vec![start];
    let mut from = 0;
    for _ in 0..allowed {
        let to = found.len();
        for at in from..to {
            for skipped in 0..found[at].len() {
                let mut shorter = found[at].clone();
                shorter.remove(skipped);
                if !found.contains(&shorter) {
                    found.push(shorter);
                }
            }
        }
        from = to;
    }
    found.into_iter().map(String::from_iter).collect()
}
