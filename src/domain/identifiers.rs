//! Identifiers of the things the rules speak of, one type each, so that they cannot be mixed up.
//!
//! Owns: the newtypes and the words of enums as text. Must not: make identifiers (see `ids`).

/// Declares an opaque identifier type over a UUID.
macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub uuid::Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "{}", self.0.simple())
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                uuid::Uuid::parse_str(text).map(Self)
            }
        }
    };
}

/// Declares an enum whose variants have one word each, the same in code, tables and buttons.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$variant_doc])* $variant),+ }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word that stands for this value in tables and identifiers.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The value a word stands for.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

pub(crate) use words;

identifier!(
    /// A person the app knows.
    PersonId
);
identifier!(
    /// A mentoring relationship of two people.
    PairId
);
identifier!(
    /// One occurrence of a pair's rhythm.
    MeetingId
);
identifier!(
    /// Something to look into before the next meeting.
    HomeworkId
);
identifier!(
    /// An entry on an agenda.
    AgendaItemId
);
identifier!(
    /// A question kept for the moment.
    KeptQuestionId
);
identifier!(
    /// What a mentee works towards.
    GoalId
);
identifier!(
    /// Whether two shall become peers.
    PeerQuestionId
);
identifier!(
    /// Something to celebrate, as one pair sees it.
    WinId
);
identifier!(
    /// One version of what two people agree.
    AgreementId
);
identifier!(
    /// A time at which two people look back.
    ReviewId
);
identifier!(
    /// What a mentor asks before answering a proposal.
    InquiryId
);
identifier!(
    /// A request to a manager to suggest a mentor.
    ManagerRequestId
);
identifier!(
    /// An ask: "who can I talk to about …?"
    IntroductionId
);
identifier!(
    /// Somebody who is asked to name somebody.
    IntroductionRequestId
);
identifier!(
    /// Somebody who was named.
    NominationId
);
identifier!(
    /// A group of words that mean the same, which a coordinator added.
    TopicAliasId
);
identifier!(
    /// Somebody a mentor is willing to introduce others to.
    NetworkEntryId
);
