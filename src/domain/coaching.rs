//! Coaching questions: one open question for each part of an agenda, so that a mentor asks instead of answering.
//!
//! Owns: the bank, and which question comes next. Must not: know how they are shown or kept.

use super::agenda::Part;

/// An open question for a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// Its name in the tables; never changes and is never given to another.
    pub id: &'static str,
    /// The part it is for.
    pub part: Part,
    /// The words.
    pub words: &'static str,
}

const fn ask(id: &'static str, part: Part, words: &'static str) -> Question {
    Question { id, part, words }
}

/// Every question there is.
pub const BANK: &[Question] = &[
    // Why: reasons, not steps.
    ask("why-1", Part::Why, "What do you think would go wrong if nobody did this?"),
    ask("why-2", Part::Why, "Whom does this protect, and from what?"),
    ask("why-3", Part::Why, "What would have to change for this to become unnecessary?"),
    ask("why-4", Part::Why, "If you had to explain the reason to somebody new, where would you begin?"),
    ask("why-5", Part::Why, "When this was introduced, what do you imagine had just happened?"),
    ask("why-6", Part::Why, "Which part of it makes sense to you, and which does not?"),
    ask("why-7", Part::Why, "Whom could you ask about its history, and what would you ask them first?"),
    ask("why-8", Part::Why, "What would be a lighter way to get the same effect?"),
    ask("why-9", Part::Why, "How would you notice that it works?"),
    ask("why-10", Part::Why, "What does it tell you about what matters here?"),
    // Challenge: expectation, event, difference, next time.
    ask("challenge-1", Part::Challenge, "What surprised you most, and what does it tell you?"),
    ask("challenge-2", Part::Challenge, "What did you expect at the start, and where did it part from what happened?"),
    ask("challenge-3", Part::Challenge, "What did you try first, and what made you let go of it?"),
    ask("challenge-4", Part::Challenge, "At which moment could you have known?"),
    ask("challenge-5", Part::Challenge, "What would you do the same way again?"),
    ask("challenge-6", Part::Challenge, "What took longer than it should have, and what would halve it?"),
    ask("challenge-7", Part::Challenge, "Who else was affected, and how did they see it?"),
    ask("challenge-8", Part::Challenge, "What did you learn about how you work under pressure?"),
    ask("challenge-9", Part::Challenge, "What is still open about it for you?"),
    ask("challenge-10", Part::Challenge, "What would you tell a colleague who meets the same thing next week?"),
    // Upcoming: goal, reality, options, will.
    ask("upcoming-1", Part::Upcoming, "What would make you change this plan?"),
    ask("upcoming-2", Part::Upcoming, "What would a good outcome look like, and for whom?"),
    ask("upcoming-3", Part::Upcoming, "Which step worries you most, and why that one?"),
    ask("upcoming-4", Part::Upcoming, "What else could you do, if this way were closed?"),
    ask("upcoming-5", Part::Upcoming, "How would you do it with half the time?"),
    ask("upcoming-6", Part::Upcoming, "Who needs to agree before you begin, and what do they care about?"),
    ask("upcoming-7", Part::Upcoming, "What will you have done by this time next week?"),
    ask("upcoming-8", Part::Upcoming, "What could stop you, and how would you see it coming?"),
    ask("upcoming-9", Part::Upcoming, "What are you assuming that you have not checked?"),
    ask("upcoming-10", Part::Upcoming, "What is the smallest piece that would already teach you something?"),
    // Topic: curiosity.
    ask("topic-1", Part::Topic, "What have you seen so far, and what would you do if it were yours to decide?"),
    ask("topic-2", Part::Topic, "What made you curious about this now?"),
    ask("topic-3", Part::Topic, "What do you know already, and how sure are you of it?"),
    ask("topic-4", Part::Topic, "Where have you seen it done well, and what made the difference?"),
    ask("topic-5", Part::Topic, "What would you do with the answer?"),
    ask("topic-6", Part::Topic, "Who sees this quite differently from you, and what do they see?"),
    ask("topic-7", Part::Topic, "What would you try if nobody could say no?"),
    ask("topic-8", Part::Topic, "Which question behind this question matters more to you?"),
    ask("topic-9", Part::Topic, "What would surprise you about it?"),
    ask("topic-10", Part::Topic, "How will you find out more, and from whom?"),
    // Homework: what was learnt.
    ask("homework-1", Part::Homework, "What did you learn that you did not expect?"),
    ask("homework-2", Part::Homework, "What changed in how you see it?"),
    ask("homework-3", Part::Homework, "What was harder than it looked, and what helped?"),
    ask("homework-4", Part::Homework, "What would you look into next, if there were time?"),
    ask("homework-5", Part::Homework, "Where could you use this in the coming weeks?"),
    ask("homework-6", Part::Homework, "What contradicted what you believed before?"),
    ask("homework-7", Part::Homework, "Who else should know about this?"),
    ask("homework-8", Part::Homework, "What got in the way, and what does that say about the task?"),
    ask("homework-9", Part::Homework, "How would you explain what you found in one sentence?"),
    ask("homework-10", Part::Homework, "What will you do differently because of it?"),
];

/// The question with this name, unless it left the bank.
pub fn by_id(id: &str) -> Option<&'static Question> {
    BANK.iter().find(|question| question.id == id)
}

/// The next question of a part for a pair. `asked` names what the pair was asked before, the oldest first; `pick` chooses
/// a number below the one it is given. Nothing comes again before everything of its part has been asked as often, and the
/// latest never follows itself.
pub fn next(part: Part, asked: &[String], pick: impl FnOnce(usize) -> usize) -> &'static Question {
    let times = |question: &Question| asked.iter().filter(|id| *id == question.id).count();
    let of_part = || BANK.iter().filter(move |question| question.part == part);
    let fewest = of_part().map(times).min().unwrap_or_default();
    let mut open: Vec<&'static Question> = of_part().filter(|question| times(question) == fewest).collect();
    let latest = asked.iter().rev().find(|id| of_part().any(|question| question.id == **id));
    if open.len() > 1 {
        open.retain(|question| latest.is_none_or(|latest| latest != question.id));
    }
    open[pick(open.len()) % open.len()]
}
