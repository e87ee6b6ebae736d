//! Letters and words: what a person typed, as words to compare.
//!
//! Owns: folding (case, accents, ligatures) and where a word begins and ends. Must not: know what a word means.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// A word as typed, and folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// As it stood there.
    pub(super) typed: String,
    /// Folded; only letters, numbers and the few signs that belong to names (`c++`, `c#`, `.net`, `r&d`).
    pub(super) text: String,
    /// It follows the one before after a hyphen.
    pub(super) hyphened: bool,
}

/// Without case and accents.
pub(super) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase) {
        match letter {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            '’' | '‘' | 'ʼ' | '`' => folded.push('\''),
            '‐'..='―' | '−' => folded.push('-'),
            other if is_combining_mark(other) => {}
            other => folded.push(other),
        }
    }
    folded
}

/// The words of a text, in order.
pub(super) fn words(text: &str) -> Vec<Token> {
    let text: String = text.nfkc().collect();
    let mut found: Vec<Token> = Vec::new();
    for chunk in text.split(|letter: char| letter.is_whitespace() || "()[]{}<>\",;:!?|*_=~".contains(letter)) {
        if chunk == "&" {
            // "R & D": a name of single letters.
            join_next(&mut found);
            continue;
        }
        divide(chunk, &mut found);
    }
    settle(found)
}

const JOIN: &str = "&";

fn join_next(found: &mut Vec<Token>) {
    if found.last().is_some_and(|last| single(&last.text)) {
        found.push(Token { typed: JOIN.to_owned(), text: JOIN.to_owned(), hyphened: false });
    }
}

/// Makes "r", "&", "d" one word, and drops an "&" that joins nothing.
fn settle(found: Vec<Token>) -> Vec<Token> {
    let mut settled: Vec<Token> = Vec::with_capacity(found.len());
    let mut joining = false;
    for token in found {
        if token.text == JOIN {
            joining = true;
            continue;
        }
        match settled.last_mut().filter(|_| joining && single(&token.text)) {
            Some(last) => {
                last.typed = format!("{} & {}", last.typed, token.typed);
                last.text = format!("{}&{}", last.text, token.text);
            }
            None => settled.push(token),
        }
        joining = false;
    }
    settled
}

fn single(text: &str) -> bool {
    text.chars().count() == 1
}

/// The words of a text without blanks: divided at hyphens, slashes and other signs, unless they hold a name together.
fn divide(chunk: &str, found: &mut Vec<Token>) {
    let parts: Vec<&str> = chunk.split(['&', '/']).map(|part| part.trim_matches('.')).collect();
    let held = parts.len() > 1 && parts.iter().all(|part| single(part) && part.chars().all(char::is_alphanumeric));
    if held {
        let sign = if chunk.contains('&') { "&" } else { "/" };
        let typed = parts.join(sign);
        found.push(Token { text: folded(&typed), typed, hyphened: false });
        return;
    }
    // DE&I, D&IB: letters around an ampersand.
    if chunk.contains('&') && parts.len() > 1 && parts.iter().all(|part| (1..=2).contains(&part.chars().count())) {
        let text = folded(chunk);
        found.push(Token { text: only_name_signs(&text), typed: chunk.trim_matches('.').to_owned(), hyphened: false });
        return;
    }
    for piece in pieces(chunk) {
        let mut hyphened = false;
        for part in piece.split(['-', '‐', '‑', '‒', '–', '—', '―', '−']) {
            let text = cleaned(part);
            if text.is_empty() {
                continue;
            }
            found.push(Token { typed: part.trim_matches(['\'', '.', '’']).to_owned(), text, hyphened });
            hyphened = true;
        }
    }
}

/// Divides at signs, but `c++`, `c#` and `f#` keep what makes them other languages than `c` and `f`.
fn pieces(chunk: &str) -> Vec<String> {
    let (mut found, mut piece) = (Vec::new(), String::new());
    let mut end = |piece: &mut String, signs: &str| found.push(std::mem::take(piece) + signs);
    let mut rest = chunk.chars().peekable();
    while let Some(letter) = rest.next() {
        let named = single(&piece) && (letter == '#' || (letter == '+' && rest.peek() == Some(&'+')));
        match letter {
            '#' if named => end(&mut piece, "#"),
            '+' if named => {
                rest.next();
                end(&mut piece, "++");
            }
            '&' | '/' | '\\' | '+' | '#' => end(&mut piece, ""),
            other => piece.push(other),
        }
    }
    end(&mut piece, "");
    found
}

/// Folded, without the signs of a sentence: `people's` is `people`, `node.js` is `nodejs`, `.net` stays.
fn cleaned(part: &str) -> String {
    let text = folded(part);
    let text = text.trim_matches('\'');
    let text = text.strip_suffix("'s").unwrap_or(text).trim_end_matches('.');
    let text = if text.starts_with(".n") { text } else { text.trim_start_matches('.') };
    only_name_signs(text)
}

fn only_name_signs(text: &str) -> String {
    let belongs =
        |at: usize, letter: char| letter.is_alphanumeric() || "+#&/".contains(letter) || (at == 0 && letter == '.');
    let kept: String =
        text.char_indices().filter(|(at, letter)| belongs(*at, *letter)).map(|(_, letter)| letter).collect();
    if kept.chars().any(char::is_alphanumeric) { kept } else { String::new() }
}
