//! The agreement: what two people agree at the start, who has signed it, and how it is changed.
//!
//! Owns: versions, signatures, and how long a change waits for an answer. Must not: know how it is shown or kept.

use chrono::{DateTime, NaiveDate, Utc};

use super::identifiers::{AgreementId, PairId, PersonId, words};
use super::pairs::{PairOfPeople, Role};
use super::private_text::PrivateText;

/// Working days after which somebody who has not signed is reminded, once.
pub const SIGN_REMINDER_AFTER: u32 = 2;
/// Working days after which the agenda form says that the agreement is not signed.
pub const SIGN_WITHIN: u32 = 3;

words!(
    /// Where one version of an agreement stands.
    AgreementState {
        /// Not signed by both.
        Draft = "draft",
        /// Signed by both: it holds.
        Agreed = "agreed",
        /// A change that the other has not signed; what was agreed holds until then.
        Proposed = "proposed",
        /// Another version has taken its place.
        Replaced = "replaced",
        /// A change that was not signed in time.
        Lapsed = "lapsed",
    }
);

/// One version of what two people agree. How often and how long they meet stands with the pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// Its identifier.
    pub id: AgreementId,
    /// Whose it is.
    pub pair: PairId,
    /// Where it stands.
    pub state: AgreementState,
    /// What it says.
    pub says: Says,
    /// Who wrote it; `None` for what every pair begins with.
    pub written_by: Option<PersonId>,
    /// When.
    pub written_at: DateTime<Utc>,
    /// When the mentee signed.
    pub mentee_signed_at: Option<DateTime<Utc>>,
    /// When the mentor signed.
    pub mentor_signed_at: Option<DateTime<Utc>>,
    /// Of a change: until when the other may sign it.
    pub answer_by: Option<DateTime<Utc>>,
    /// Of a change: when the other would rather not. Looks like silence to whoever proposed it.
    pub declined_at: Option<DateTime<Utc>>,
}

/// What can be written into an agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Says {
    /// What they want to reach.
    pub goals: Option<PrivateText>,
    /// Anything else they agree.
    pub more: Option<PrivateText>,
    /// When they look back for the first time.
    pub review_on: NaiveDate,
}

/// Why a signature comes to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotSign {
    /// This person has signed it.
    Already,
    /// This version does not stand any more.
    Over,
}

impl Agreement {
    /// What every pair begins with.
    pub fn begin(id: AgreementId, pair: PairId, review_on: NaiveDate, now: DateTime<Utc>) -> Self {
        Self {
            id,
            pair,
            state: AgreementState::Draft,
            says: Says { goals: None, more: None, review_on },
            written_by: None,
            written_at: now,
            mentee_signed_at: None,
            mentor_signed_at: None,
            answer_by: None,
            declined_at: None,
        }
    }

    /// When this half signed.
    pub fn signed_at(&self, role: Role) -> Option<DateTime<Utc>> {
        match role {
            Role::Mentee => self.mentee_signed_at,
            Role::Mentor => self.mentor_signed_at,
        }
    }

    /// Whether this half may sign it now.
    pub fn awaits(&self, role: Role) -> bool {
        matches!(self.state, AgreementState::Draft | AgreementState::Proposed) && self.signed_at(role).is_none()
    }

    fn with_signature(mut self, role: Role, at: Option<DateTime<Utc>>) -> Self {
        match role {
            Role::Mentee => self.mentee_signed_at = at,
            Role::Mentor => self.mentor_signed_at = at,
        }
        self
    }

    /// One half signs; with the second signature it holds.
    ///
    /// # Errors
    /// [`CannotSign`] when this half has signed, or another version has taken its place.
    pub fn sign(self, role: Role, now: DateTime<Utc>) -> Result<Self, CannotSign> {
        if !matches!(self.state, AgreementState::Draft | AgreementState::Proposed) {
            return Err(if self.signed_at(role).is_some() { CannotSign::Already } else { CannotSign::Over });
        }
        if self.signed_at(role).is_some() {
            return Err(CannotSign::Already);
        }
        let mut signed = self.with_signature(role, Some(now));
        if signed.mentee_signed_at.is_some() && signed.mentor_signed_at.is_some() {
            signed.state = AgreementState::Agreed;
        }
        Ok(signed)
    }

    /// It holds with the signature it has: of a mentor outside, who cannot sign here, none is waited for.
    #[must_use]
    pub fn holds_alone(mut self) -> Self {
        if self.mentee_signed_at.is_some() {
            self.state = AgreementState::Agreed;
            self.answer_by = None;
        }
        self
    }

    /// The next version: of a draft, another draft without the other's signature; of what was agreed, a change that the
    /// writer has signed and the other may sign until `answer_by`. `None` when it would say the same, or when this version
    /// does not stand.
    pub fn rewritten(
        &self,
        id: AgreementId,
        says: Says,
        by: (PersonId, Role),
        answer_by: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Option<Self> {
        if says == self.says {
            return None;
        }
        let next = Self { says, written_by: Some(by.0), ..Self::begin(id, self.pair, self.says.review_on, now) };
        match self.state {
            AgreementState::Draft => Some(next.with_signature(by.1, self.signed_at(by.1))),
            AgreementState::Agreed => {
                let change = Self { state: AgreementState::Proposed, answer_by: Some(answer_by), ..next };
                Some(change.with_signature(by.1, Some(now)))
            }
            AgreementState::Proposed | AgreementState::Replaced | AgreementState::Lapsed => None,
        }
    }
}

/// A version together with the pair whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreementOfPair {
    /// The version.
    pub agreement: Agreement,
    /// Whose it is.
    pub of: PairOfPeople,
}
