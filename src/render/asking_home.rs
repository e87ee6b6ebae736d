//! What Home says about finding a mentor, and the section *Settings*.

use crate::domain::overview::Overview;
use crate::render::controls::{GUIDE, MY_PROFILE, NETWORK};
use crate::render::profile_form;
use crate::slack::blocks::{Blocks, actions, section_with};

/// The settings: what holds, and where it is changed.
pub fn settings(overview: &Overview) -> Blocks {
    let most_a_month = overview.introducing.most_a_month;
    let line = match &overview.asking.profile {
        Some(profile) => profile_form::standing(profile, most_a_month),
        None => profile_form::nothing_said(most_a_month),
    };
    vec![section_with(&line, MY_PROFILE.on("")), actions([NETWORK.on(""), GUIDE.on("")])]
}
