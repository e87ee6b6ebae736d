//! Who is who: from the sources that know into the people the rules speak of.

pub mod slack_people;
