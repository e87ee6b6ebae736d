//! Looking back on a finished pair: which pages there are.
//!
//! Owns: the chapters and how much of each stands on a page, so that a page fits Slack's hundred blocks.
//! Must not: know how a page is drawn.

/// What a page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chapter {
    /// What the two agreed, and the words they left each other.
    Agreement,
    /// The meetings, each with a way to its agenda.
    Meetings,
    /// The goals.
    Goals,
    /// The wins.
    Wins,
    /// The homework.
    Homework,
}

/// How much a pair wrote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Meetings, whatever became of them.
    pub meetings: i64,
    /// Goals.
    pub goals: i64,
    /// Wins.
    pub wins: i64,
    /// Pieces of homework.
    pub homework: i64,
}

impl Chapter {
    /// How many entries stand on one page: a goal takes up to nine blocks, a piece of homework five, a win three.
    pub const fn on_a_page(self) -> i64 {
        match self {
            Self::Agreement => 1,
            Self::Meetings => 40,
            Self::Goals => 10,
            Self::Wins => 30,
            Self::Homework => 18,
        }
    }
}

/// Every page: its chapter, and how many entries of that come before it.
pub fn pages(counts: Counts) -> Vec<(Chapter, i64)> {
    let chapters = [
        (Chapter::Agreement, 1),
        (Chapter::Meetings, counts.meetings),
        (Chapter::Goals, counts.goals),
        (Chapter::Wins, counts.wins),
        (Chapter::Homework, counts.homework),
    ];
    let mut pages = Vec::new();
    for (chapter, entries) in chapters {
        let mut before = 0;
        while before < entries {
            pages.push((chapter, before));
            before += chapter.on_a_page();
        }
    }
    pages
}
