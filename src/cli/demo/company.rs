//! The pretend people of the demo: a small company in six time zones, who leads whom, and what one can ask them about.

use slack_sandbox::{NewPerson, Sandbox};

/// Lets everybody move in, and opens their channels.
pub(super) fn move_in(sandbox: &Sandbox) {
    for person in everybody() {
        sandbox.add_person(person);
    }
    sandbox.add_channel("general", false, &["ada", "grace", "katherine", "lise", "chien", "mary", "rosalind", "hedy"]);
    sandbox.add_channel("engineering", false, &["ada", "grace", "lise", "chien"]);
}

fn everybody() -> Vec<NewPerson> {
    vec![
        NewPerson::member("ada", "Ada Lovelace", "Europe/London"),
        NewPerson::member("grace", "Grace Hopper", "America/New_York"),
        NewPerson::member("katherine", "Katherine Johnson", "America/Chicago"),
        NewPerson::member("lise", "Lise Meitner", "Europe/Berlin"),
        NewPerson::member("chien", "Chien-Shiung Wu", "Asia/Shanghai"),
        NewPerson::member("mary", "Mary Jackson", "America/Los_Angeles"),
        NewPerson::member("rosalind", "Rosalind Franklin", "Europe/London"),
        NewPerson::guest("hedy", "Hedy Lamarr", "Europe/Vienna"),
        NewPerson::deactivated("emmy", "Emmy Noether", "Europe/Berlin"),
        NewPerson::bot("polly", "Polly"),
    ]
}
