//! Days on which nobody is spoken to although the week says otherwise: the programme's holidays, a person's days off.
//!
//! Owns: a set of dates that is cheap to hand around. Must not: know whose days they are or where they come from.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;

/// A set of dates. Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DaysOff(Arc<BTreeSet<NaiveDate>>);

impl DaysOff {
    /// Whether this date is one of them.
    pub fn contains(&self, date: NaiveDate) -> bool {
        self.0.contains(&date)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first that is not before a date.
    pub fn first_from(&self, date: NaiveDate) -> Option<NaiveDate> {
        self.0.range(date..).next().copied()
    }

    /// In their order.
    pub fn iter(&self) -> impl Iterator<Item = NaiveDate> + '_ {
        self.0.iter().copied()
    }

    /// These and others.
    #[must_use]
    pub fn and(&self, others: &Self) -> Self {
        if others.is_empty() {
            return self.clone();
        }
        if self.is_empty() {
            return others.clone();
        }
        self.iter().chain(others.iter()).collect()
    }
}

/// A day off of the whole programme.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holiday {
    /// The day.
    pub day: NaiveDate,
    /// What it is called.
    pub name: String,
}

impl FromIterator<NaiveDate> for DaysOff {
    fn from_iter<T: IntoIterator<Item = NaiveDate>>(dates: T) -> Self {
        Self(Arc::new(dates.into_iter().collect()))
    }
}
