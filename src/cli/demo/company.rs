//! The pretend people of the demo: a small company in six time zones, who leads whom, and what one can ask them about.

use slack_sandbox::{NewPerson, Sandbox};

/// Lets everybody move in, and opens their channels.
pub(super) fn move_in(sandbox: &Sandbox) {
    for person in everybody() {
        sandbox.add_person(person);
    }
    // Everybody who works here is in one channel; the engineers have one of their own.
    sandbox.add_channel("general", false, &["ada", "grace", "katherine", "lise", "chien", "mary", "rosalind", "hedy"]);
    sandbox.add_channel("engineering", false, &["ada", "grace", "lise", "chien"]);
}

/// Lets somebody's own people move in, all of them into one channel: somewhere to type.
pub(super) fn moves_in(sandbox: &Sandbox, people: Vec<NewPerson>) {
    let handles: Vec<String> = people.iter().map(|person| person.handle.clone()).collect();
    people.into_iter().for_each(|person| drop(sandbox.add_person(person)));
    let handles: Vec<&str> = handles.iter().map(String::as_str).collect();
    sandbox.add_channel("general", false, &handles);
}

fn everybody() -> Vec<NewPerson> {
    vec![
        NewPerson::member("rosalind", "Rosalind Franklin", "Europe/London")
            .titled("Managing director")
            .asked_about("strategy, hiring, saying no"),
        NewPerson::member("grace", "Grace Hopper", "America/New_York")
            .titled("Head of engineering")
            .managed_by("rosalind")
            .asked_about("compilers, leading engineers, explaining hard things"),
        NewPerson::member("katherine", "Katherine Johnson", "America/Chicago")
            .titled("Head of analysis")
            .managed_by("rosalind")
            .asked_about("statistics, presenting to a board"),
        NewPerson::member("chien", "Chien-Shiung Wu", "Asia/Shanghai")
            .titled("Head of the laboratory")
            .managed_by("rosalind")
            .asked_about("experiments, reviewing designs, leading experts"),
        NewPerson::member("ada", "Ada Lovelace", "Europe/London")
            .titled("Engineer")
            .managed_by("chien")
            .asked_about("algorithms, writing"),
        NewPerson::member("lise", "Lise Meitner", "Europe/Berlin")
            .titled("Physicist")
            .managed_by("chien")
            .asked_about("radiation, working across borders"),
        NewPerson::member("mary", "Mary Jackson", "America/Los_Angeles")
            .titled("Aerospace engineer")
            .managed_by("katherine")
            .asked_about("wind tunnels, changing departments"),
        NewPerson::guest("hedy", "Hedy Lamarr", "Europe/Vienna"),
        NewPerson::deactivated("emmy", "Emmy Noether", "Europe/Berlin"),
        NewPerson::bot("polly", "Polly"),
    ]
}
