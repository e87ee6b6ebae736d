//! "Mentor or manager?": which matter to take to whom, why, and what to do next.
//!
//! Owns: the table and how words find a line of it. What must go to a manager or HR at once comes first, in the list and among
//! words. Must not: keep or log what anybody looked up.

use super::identifiers::words;

words!(
    /// Whom a matter belongs to.
    TakeTo {
        /// A manager or HR, at once.
        AtOnce = "at_once",
        /// A mentor.
        Mentor = "mentor",
        /// A manager, or the team.
        Manager = "manager",
        /// A mentor first, then the manager.
        Both = "both",
    }
);

/// One matter and where it belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Situation {
    /// What stands for it on buttons.
    pub word: &'static str,
    /// As it stands in the list, at most 75 characters.
    pub title: &'static str,
    /// Whom to take it to.
    pub to: TakeTo,
    /// The same in words.
    pub to_whom: &'static str,
    /// Why.
    pub why: &'static str,
    /// What to do next.
    pub next: &'static str,
    /// Beginnings of words that people use for it, in lower case; several words with spaces must all follow each other.
    aliases: &'static [&'static str],
}

/// The least a typed word shares with an alias to count despite a typing error, 0 to 1.
const LIKE: f64 = 0.84;
/// Shorter words must be typed right.
const SHORTEST_LIKE: usize = 6;
/// Words looked at.
const WORDS_READ: usize = 40;

/// Every matter, the urgent one first.
pub const SITUATIONS: &[Situation] = &[
    Situation {
        word: "urgent",
        title: "I am harassed, something is not safe, or against the law",
        to: TakeTo::AtOnce,
        to_whom: "Your manager or HR, at once. If it is about your manager: another manager, or HR.",
        why: "They have a duty to act and the means to. A mentor has neither, and must not be the one who knows and waits.",
        next: "Tell them today, in person or by phone if you can, and write down what happened and when. In danger, call the emergency services first. Afterwards a mentor may help you through it.",
        aliases: &[
            "harass",
            "harras",
            "harasm",
            "bull",
            "mobbing",
            "unsaf",
            "not safe",
            "safety",
            "danger",
            "injur",
            "accident",
            "threat",
            "violen",
            "assault",
            "abus",
            "sexis",
            "sexual",
            "racis",
            "discriminat",
            "illegal",
            "unlawful",
            "against the law",
            "law",
            "legal",
            "crime",
            "criminal",
            "fraud",
            "brib",
            "corrupt",
            "theft",
            "stole",
            "stalk",
            "whistle",
            "retaliat",
            "hr",
            "grope",
            "touched me",
        ],
    },
    Situation {
        word: "promotion_ready",
        title: "I want a promotion: is it time, and what is missing?",
        to: TakeTo::Mentor,
        to_whom: "A mentor first, to prepare.",
        why: "A mentor decides nothing about you, so you can say what you are unsure of. They ask until you see it yourself.",
        next: "Bring the skills the next level needs, your strongest and your weakest, and one example of each.",
        aliases: &["promot", "next level", "senior", "level up", "ready"],
    },
    Situation {
        word: "promotion_decision",
        title: "I want a promotion: the decision",
        to: TakeTo::Manager,
        to_whom: "Your manager.",
        why: "Only they can put you forward, and tell you why or why not.",
        next: "Ask for half an hour on this alone, say that you would like to be put forward, and ask what they still need to see.",
        aliases: &[
            "promot",
            "promotion decision",
            "decid",
            "put me forward",
            "put forward",
            "pass over",
            "passed over",
        ],
    },
    Situation {
        word: "salary",
        title: "A salary talk or an interview is coming up",
        to: TakeTo::Mentor,
        to_whom: "A mentor, to practise.",
        why: "They gain and lose nothing by the outcome. The talk itself is with your manager, or with who interviews you.",
        next: "Bring what you want to ask for and why, and say it aloud once before it counts.",
        aliases: &["salar", "pay", "rais", "compensation", "bonus", "negotiat", "interview", "money"],
    },
    Situation {
        word: "manager",
        title: "It is difficult with my manager",
        to: TakeTo::Mentor,
        to_whom: "A mentor outside your reporting line.",
        why: "You need somebody who is no part of it, and who does not report to the same people.",
        next: "Bring one thing that happened: what you expected, what was said, what you would like instead.",
        aliases: &["difficult manager", "bad manager", "my boss", "boss", "micromanag", "my lead", "manager"],
    },
    Situation {
        word: "colleague",
        title: "A colleague gets on my nerves",
        to: TakeTo::Both,
        to_whom: "A mentor first; your manager if it grows.",
        why: "Said in confidence it often shrinks, or you find the words for it. What holds up the work is your manager's to mend.",
        next: "Bring one situation and what you have tried. If it turns into harassment, it goes to your manager or HR at once.",
        aliases: &[
            "colleague",
            "coworker",
            "co-worker",
            "teammate",
            "annoy",
            "irritat",
            "nerves",
            "conflict",
            "argu",
            "rude",
        ],
    },
    Situation {
        word: "career",
        title: "Where is my career going, here or elsewhere? I may be moving",
        to: TakeTo::Both,
        to_whom: "A mentor; your manager once you have decided.",
        why: "It is safe to think aloud with a mentor, also about leaving. A manager has to plan with what you tell them.",
        next: "Bring two or three directions, what draws you to each, and what keeps you.",
        aliases: &[
            "career",
            "direction",
            "leaving",
            "leave the",
            "leave my",
            "quit",
            "resign",
            "another job",
            "new job",
            "other company",
            "moving",
            "relocat",
            "move abroad",
            "partner",
            "future",
            "change job",
        ],
    },
    Situation {
        word: "daily",
        title: "A tricky ticket, a deadline, tools, leave",
        to: TakeTo::Manager,
        to_whom: "Your manager or your team.",
        why: "Day-to-day work needs short, direct answers from people who know it. A mentor is not a search engine.",
        next: "Ask where your team asks such things. If you learnt something from it, it makes a good agenda for your mentor.",
        aliases: &[
            "ticket",
            "deadline",
            "tool",
            "leave",
            "vacation",
            "holiday",
            "leave request",
            "sick",
            "day off",
            "days off",
            "bug",
            "access",
            "laptop",
            "overtime",
            "workload",
            "expens",
            "annual leave",
            "parental leave",
        ],
    },
    Situation {
        word: "why",
        title: "Why do we do it this way?",
        to: TakeTo::Mentor,
        to_whom: "A mentor.",
        why: "They can give you reasons, where others give you steps.",
        next: "Put it under “Learn the why”: the rule or the task, and what you think it is for.",
        aliases: &["why", "reason", "process", "rule", "policy", "this way"],
    },
    Situation {
        word: "plan",
        title: "How do I plan this piece of work?",
        to: TakeTo::Both,
        to_whom: "A mentor to test the plan, your manager to agree to it.",
        why: "You defend your reasoning once before it counts.",
        next: "Put it under “Upcoming work”: what you intend to do, and what would make you change your mind.",
        aliases: &["plan", "project", "estimat", "approach", "roadmap", "upcoming"],
    },
    Situation {
        word: "whom",
        title: "I don't know anybody who knows about something",
        to: TakeTo::Mentor,
        to_whom: "A mentor: “who can I talk to about …?”",
        why: "Introductions are what mentors are best at.",
        next: "Say what you want to know, what for, and what you could give back.",
        aliases: &["who can", "who know", "introduc", "network", "contact", "know anybody", "know anyone", "expert"],
    },
    Situation {
        word: "win",
        title: "Something went well",
        to: TakeTo::Both,
        to_whom: "A mentor, whatever its size; your manager for milestones.",
        why: "Mentors celebrate small wins too, and managers need to know the large ones.",
        next: "Log it as a win: `/mentor win`. Say it to your manager when it reaches a milestone.",
        aliases: &["went well", "win", "success", "celebrat", "proud", "achiev", "praise", "milestone"],
    },
];

/// What tells the two apart, a line each.
pub const DIFFERENCES: &[&str] = &[
    "A mentor asks questions; a manager gives answers.",
    "A mentor offers options; a manager delegates.",
    "A mentor has no say in reviews, pay or promotion; a manager decides them.",
    "A mentor has no business motive; a manager is bound by the company's policy.",
];

impl Situation {
    /// The matter a word stands for.
    pub fn of_word(word: &str) -> Option<&'static Self> {
        SITUATIONS.iter().find(|situation| situation.word == word)
    }

    /// Whether a mentor is of any help with it.
    pub const fn is_for_a_mentor(&self) -> bool {
        matches!(self.to, TakeTo::Mentor | TakeTo::Both)
    }

    /// How many of its aliases are in these words, each counted by how many words it has.
    fn fits(&self, words: &[String]) -> usize {
        self.aliases.iter().map(|alias| said(words, alias)).sum()
    }
}

/// The matter that fits typed words best; the urgent one whenever it fits at all. `None` when no word is known.
pub fn by_words(typed: &str) -> Option<&'static Situation> {
    let words: Vec<String> = typed
        .split(|mark: char| !(mark.is_alphanumeric() || mark == '-' || mark == '\'' || mark == '’'))
        .filter(|word| !word.is_empty())
        .take(WORDS_READ)
        .map(str::to_lowercase)
        .collect();
    let urgent = SITUATIONS.iter().find(|situation| situation.to == TakeTo::AtOnce && situation.fits(&words) > 0);
    // Of equals the first.
    let best = || SITUATIONS.iter().rev().max_by_key(|situation| situation.fits(&words));
    urgent.or_else(best).filter(|situation| situation.fits(&words) > 0)
}

/// How many words of an alias stand next to each other in what was typed: all of them, or none.
fn said(words: &[String], alias: &str) -> usize {
    let parts: Vec<&str> = alias.split(' ').collect();
    let found = words.windows(parts.len()).any(|run| run.iter().zip(&parts).all(|(word, part)| begins(word, part)));
    if found { parts.len() } else { 0 }
}

/// Whether a word begins as an alias does, or nearly so. The shortest must be the word itself: "hr" is not in "three".
fn begins(word: &str, alias: &str) -> bool {
    if alias.chars().count() <= 3 {
        return word == alias;
    }
    let beginning: String = word.chars().take(alias.chars().count()).collect();
    word.starts_with(alias)
        || (alias.chars().count() >= SHORTEST_LIKE
            && (strsim::normalized_damerau_levenshtein(&beginning, alias) >= LIKE
                || strsim::normalized_damerau_levenshtein(word, alias) >= LIKE))
}
