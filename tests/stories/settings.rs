//! What people set for themselves: what holds, what is refused, and that nothing typed is lost.

use std::sync::Arc;

use insta::assert_snapshot;
use serde_json::json;
use slack_sandbox::SubmitOutcome;

use crate::support::{World, story};

fn problems(outcome: SubmitOutcome) -> String {
    let SubmitOutcome::Errors(errors) = outcome else { panic!("problems at the fields, not {outcome:?}") };
    errors.iter().map(|(field, words)| format!("{field}: {words}")).collect::<Vec<_>>().join("\n")
}

story!(settings_are_seen_changed_and_kept, |world: Arc<World>| async move {
    let (ada, _grace) = world.ada_and_grace().await;
    let form = ada.types_and_sees("/mentor settings").await;
    assert_snapshot!(form, @"
    # My settings
    Working days: [x] Monday  [x] Tuesday  [x] Wednesday  [x] Thursday  [x] Friday  [ ] Saturday  [ ] Sunday
    From: 09:00
    Until: 17:00
    Hours are on your own clock (Europe/London), which Slack tells me.
    Days off (optional): ____
      (A day or a range a line, such as 24 December – 2 January. Only you see them; your meetings move.)
    Ask me for the agenda: As usual here: 2 working days ahead, 5 for mentors from outside
    Show me the agenda: As usual here: 1 working day ahead
      (When you are the mentor.)
    Tell me that a meeting starts soon: As usual here: never
    [Cancel] [Save]
    ");
    for day in ["Friday", "Saturday"] {
        ada.chooses("Working days", day).await;
    }
    ada.chooses("From", "08:30").await;
    ada.chooses("Until", "12:30").await;
    ada.fills("Days off", "24 Dec – 2 Jan, 3/5\nnext Friday").await;
    ada.chooses("Ask me for the agenda", "3 working days ahead").await;
    ada.chooses("Tell me that a meeting starts soon", "10 minutes before").await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    assert_snapshot!(ada.home().await, @"
    What waits for me
    Nothing. Enjoy your day.
    ---
    Asks and introductions
    [Who can I talk to about…]
    ---
    My mentors, mentees and peers
    Nobody yet. Somebody outside your team, with whom nothing is at stake, is best.
    [Find a mentor] [Ask somebody to mentor me] [Ask my manager to suggest someone] [Add an outside mentor]
    ---
    Settings
    You work Mon, Tue, Wed, Thu, Sat, 08:30–12:30 (Europe/London). Off: 13 Mar, 3 May, 24 Dec – 2 Jan 2027.
    You are asked for an agenda 3 working days ahead. You hear 10 minutes before a meeting starts.
    [My settings]
    [Who sees what]
    You are not listed; who knows you may ask you. Introductions: off.
    [My profile]
    [My network] [Mentor or manager?]
    ");
    // From Home the same form, with what holds now.
    ada.clicks_on_home("My settings").await;
    assert_snapshot!(ada.modal().await, @"
    # My settings
    Working days: [x] Monday  [x] Tuesday  [x] Wednesday  [x] Thursday  [ ] Friday  [x] Saturday  [ ] Sunday
    From: 08:30
    Until: 12:30
    Hours are on your own clock (Europe/London), which Slack tells me.
    Days off (optional): 13 March 2026
    3 May 2026
    24 December 2026 – 2 January 2027
      (A day or a range a line, such as 24 December – 2 January. Only you see them; your meetings move.)
    Ask me for the agenda: 3 working days ahead
    Show me the agenda: As usual here: 1 working day ahead
      (When you are the mentor.)
    Tell me that a meeting starts soon: 10 minutes before
    [Cancel] [Save]
    ");
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    assert!(ada.home().await.contains("Off: 13 Mar, 3 May, 24 Dec – 2 Jan 2027."), "saving it again changes nothing");
    for typed in ["hours", "away", "days off", "holiday", "my settings please", "working hours"] {
        ada.types_and_sees(&format!("/mentor {typed}")).await;
        ada.closes().await;
    }
});

story!(settings_that_cannot_be_are_refused_each_at_its_field, |world: Arc<World>| async move {
    let (ada, _grace) = world.ada_and_grace().await;
    ada.types_and_sees("/mentor settings").await;
    ada.chooses("From", "17:00").await;
    ada.chooses("Until", "09:00").await;
    let secret = world.secret("when I marry");
    ada.fills("Days off", &format!("31 February, 3 May, {secret}, 1 March 2026\n5 May – 3 May")).await;
    let told = problems(ada.submits().await);
    assert_snapshot!(told.replace(&secret, "…"), @"
    Days off: “31 February”: there is no 31 February. “…”: that is not a date I understand; write it like “12 March”, “next Friday”, “in 3 weeks” or 2027-03-12. “1 March 2026”: it was over on 1 March 2026. “5 May – 3 May”: it ends before it begins; if you mean next year, write the year.
    Until: The end must come after the beginning: 09:00 is not after 17:00.
    ");
    let form = ada.modal().await;
    assert!(form.contains(&secret) && form.contains("31 February"), "nothing is lost: {form}");
    ada.fills("Days off", "3 May").await;
    ada.chooses("Until", "18:00").await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    assert_snapshot!(ada.home().await.lines().skip_while(|line| !line.contains("Settings")).collect::<Vec<_>>().join("\n"), @"
    Settings
    You work Mon–Fri, 17:00–18:00 (Europe/London). Off: 3 May.
    You are asked for an agenda 2 working days ahead.
    [My settings]
    [Who sees what]
    You are not listed; who knows you may ask you. Introductions: off.
    [My profile]
    [My network] [Mentor or manager?]
    ");

    // What Slack's own client would not send.
    let before = ada.home().await;
    for (days, from, until, lead) in [
        (json!([]), "09:00", "17:00", "2"),
        (json!([{ "value": "Mon" }]), "25:00", "17:00", "2"),
        (json!([{ "value": "Mon" }]), "09:00", "09:00", "2"),
        (json!([{ "value": "Someday" }]), "09:00", "17:00", "2"),
        (json!([{ "value": "Mon" }]), "09:00", "17:00", "900"),
    ] {
        let select = |value: &str| json!({ "type": "static_select", "selected_option": { "value": value } });
        let time = |value: &str| json!({ "type": "timepicker", "selected_time": value });
        let submission = json!({ "type": "view_submission", "view": {
            "id": format!("Vforged{from}{lead}{days}"), "type": "modal", "callback_id": "my_settings", "private_metadata": "", "hash": "1.a",
            "state": { "values": {
                "working_days": { "working_days": { "type": "checkboxes", "selected_options": days } },
                "works_from": { "works_from": time(from) },
                "works_until": { "works_until": time(until) },
                "days_off": { "days_off": { "type": "plain_text_input", "value": null } },
                "agenda_days": { "agenda_days": select(lead) },
                "notice_days": { "notice_days": select("usual") },
                "starting_soon": { "starting_soon": select("usual") },
            } } } });
        let answer = world.during(ada.hands.forges(submission)).await.unwrap();
        assert_eq!(answer["response_action"], "errors", "{days} {from} {until} {lead}: {answer}");
    }
    assert_eq!(ada.home().await, before);
});
