//! The pretend people of the demo.

use slack_sandbox::{NewPerson, Sandbox};

/// Lets everybody move in.
pub(super) fn move_in(sandbox: &Sandbox) {
    for person in [
        NewPerson::member("ada", "Ada Lovelace", "Europe/London"),
        NewPerson::member("grace", "Grace Hopper", "America/New_York"),
        NewPerson::member("katherine", "Katherine Johnson", "America/Chicago"),
        NewPerson::member("lise", "Lise Meitner", "Europe/Berlin"),
        NewPerson::member("chien", "Chien-Shiung Wu", "Asia/Shanghai"),
        NewPerson::guest("hedy", "Hedy Lamarr", "Europe/Vienna"),
        NewPerson::deactivated("emmy", "Emmy Noether", "Europe/Berlin"),
        NewPerson::bot("polly", "Polly"),
    ] {
        sandbox.add_person(person);
    }
}
