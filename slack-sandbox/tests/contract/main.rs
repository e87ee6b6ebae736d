//! Contract tests by a raw client: what Slack accepts, refuses, sends and shows.

#[cfg(test)]
mod clock;
#[cfg(test)]
mod common;
#[cfg(test)]
mod echoes;
#[cfg(test)]
mod file_inputs;
#[cfg(test)]
mod groups;
#[cfg(test)]
mod hands;
#[cfg(test)]
mod manifest;
#[cfg(test)]
mod page;
#[cfg(test)]
mod people_list;
#[cfg(test)]
mod profiles;
#[cfg(test)]
mod program;
#[cfg(test)]
mod screens;
#[cfg(test)]
mod shortcuts;
#[cfg(test)]
mod socket_mode;
#[cfg(test)]
mod submissions;
#[cfg(test)]
mod suggestions;
#[cfg(test)]
mod talking;
#[cfg(test)]
mod troubles;
#[cfg(test)]
mod typing;
#[cfg(test)]
mod values;
#[cfg(test)]
mod views;
#[cfg(test)]
mod web_api;
