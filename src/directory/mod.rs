//! Who is who: from the sources that know into the people the rules speak of.

pub mod assemble;
pub mod csv_file;
pub mod pairs_file;
pub mod people_file;
pub mod scim;
pub mod settings;
pub mod slack_people;
