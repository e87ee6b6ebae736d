//! What somebody's Home shows about finding a mentor, beside their pairs.
//!
//! Owns: which of it is open. Must not: know how it is shown.

use chrono::{DateTime, Utc};

use super::inquiry::InquiryOfPair;
use super::profile::Profile;
use super::suggestion::ManagerRequest;

/// What somebody has said about themselves, was asked, and has asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asking {
    /// What they say about themselves, if anything.
    pub profile: Option<Profile>,
    /// What mentors would like to know from them first, open or not.
    pub inquiries: Vec<InquiryOfPair>,
    /// Their latest request to a manager, whatever became of it.
    pub requested: Option<ManagerRequest>,
    /// Requests to them as a manager, unanswered.
    pub to_suggest: Vec<ManagerRequest>,
}

impl Asking {
    /// Questions of mentors they can answer.
    pub fn open_inquiries(&self, now: DateTime<Utc>) -> impl Iterator<Item = &InquiryOfPair> {
        self.inquiries.iter().filter(move |inquiry| inquiry.is_open(now))
    }

    /// Their request to a manager, as far as they can tell unanswered.
    pub fn open_request(&self, now: DateTime<Utc>) -> Option<&ManagerRequest> {
        self.requested.as_ref().filter(|request| request.looks_open_to_asker(now))
    }
}
