//! The guided tour of the demo's page: a few steps that anybody can follow or ignore.

use slack_sandbox::TourStep;

/// The steps, in order.
pub(super) fn steps() -> anyhow::Result<Vec<TourStep>> {
    Ok(serde_json::from_str(include_str!("tour.json"))?)
}
