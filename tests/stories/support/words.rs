//! Words on screens that chance chooses.

use mentor::domain::coaching::BANK;

/// A screen with the coaching questions, which chance chooses, taken out.
pub(crate) fn without_questions(screen: &str) -> String {
    BANK.iter().fold(screen.to_owned(), |screen, question| screen.replace(question.words, "[question]"))
}
