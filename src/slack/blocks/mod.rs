//! Blocks within Slack's limits, on slack-morphism's types. Knows nothing of what they say.

mod elements;
mod inputs;
mod layout;
mod links;
mod markup;
mod parked;
mod people;
mod views;

pub use elements::{Button, Confirm, Style};
pub use inputs::{
    Choice, Input, checkbox_input, choice, date_input, hinted_line_input, person_input, public_channel_input,
    radio_input, select_input, text_input, time_input,
};
pub use layout::{Block, Blocks, actions, context, divider, header, plain, section, section_with, select_action};
pub use links::{LinkButton, link_buttons};
pub use markup::{DateStyle, Markup, escaped};
pub use parked::{Select, entry_input, section_with_select};
pub use people::{chosen_person_input, line_input, people_input};
pub use views::{home, message, modal, notice};
