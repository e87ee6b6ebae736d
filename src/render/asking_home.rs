//! What Home says about finding a mentor, and the section *Settings*.

use crate::domain::overview::Overview;
use crate::render::controls::{GUIDE, MY_PROFILE, NETWORK};
use crate::render::profile_form;
use crate::slack::blocks::{Blocks, actions, section_with};

/// The settings: what holds, and where it is changed.
pub fn settings(overview: &Overview) -> Blocks {
    let line = overview.asking.profile.as_ref().map_or_else(profile_form::nothing_said, profile_form::standing);
    vec![section_with(&line, MY_PROFILE.on("")), actions([NETWORK.on(""), GUIDE.on("")])]
}
