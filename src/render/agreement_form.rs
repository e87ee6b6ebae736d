//! The agreement as it is read and signed, and the form in which it is written.

use chrono::NaiveDate;
use serde_json::Value;

use crate::domain::agreements::{Agreement, AgreementState, Says};
use crate::domain::goals::Goal;
use crate::domain::pairs::{PairKind, PairOfPeople, PairState, Role};
use crate::domain::people::Person;
use crate::domain::private_text::PrivateText;
use crate::domain::reviews::{MONTHS, Review, months_after};
use crate::render::controls::{CHANGE_AGREEMENT, EDIT_AGREEMENT, FINISH, KEEP_AGREEMENT, PAUSE, RESUME, forms};
use crate::render::homework_forms::about;
use crate::render::words::{mention, rhythm, when};
use crate::slack::blocks::{
    Block, Blocks, Choice, DateStyle, Input, Markup, actions, choice, context, date_input, divider, modal, plain,
    section, select_input, text_input,
};

/// What they want to reach.
pub const GOALS: &str = "agreement_goals";
/// Anything else.
pub const MORE: &str = "agreement_more";
/// So many months to the review, or a date.
pub const REVIEW: &str = "review_in";
/// The date.
pub const REVIEW_ON: &str = "review_on";
/// The choice that means the date.
pub const ON_A_DATE: &str = "date";

/// Goals of the pair's list shown beside the agreement.
const GOALS_SHOWN: usize = 6;

/// "Wed 2 Sep 2026".
pub fn day(day: NaiveDate) -> String {
    day.format("%a %-d %b %Y").to_string()
}

/// Everything that is on the screen with an agreement.
#[derive(Clone, Copy, Debug)]
pub struct OnAgreement<'a> {
    /// The version that stands.
    pub standing: &'a Agreement,
    /// A change that waits for a signature.
    pub change: Option<&'a Agreement>,
    /// The review to come.
    pub review: Option<&'a Review>,
    /// The goals the pair works towards.
    pub goals: &'a [Goal],
}

/// The agreement for reading; whoever may sign it, signs it here. `note` is said first.
pub fn read(of: &PairOfPeople, on: OnAgreement<'_>, me: &Person, note: Option<&Markup>) -> Value {
    let role = of.pair.role_of(me.id).unwrap_or(Role::Mentee);
    let mut blocks: Blocks = note.into_iter().map(section).collect();
    blocks.extend(text(of, on));
    blocks.push(signatures(of, on.standing));
    blocks.push(context(&Markup::words("Only the two of you will ever see this.")));
    let mut signs = Some(on.standing).filter(|version| version.awaits(role));
    match on.change {
        Some(change) => {
            blocks.push(divider());
            blocks.extend(changed(of, change, role));
            signs = Some(change).filter(|change| change.awaits(role) && change.declined_at.is_none());
        }
        None if on.standing.state == AgreementState::Draft => {
            blocks.push(actions([EDIT_AGREEMENT.on(on.standing.id)]));
        }
        None => blocks.push(actions([CHANGE_AGREEMENT.on(on.standing.id)])),
    }
    if of.pair.kind == PairKind::External {
        // Who is outside has neither commands nor Home: this is where they pause and finish.
        let pause = if of.pair.state == PairState::Paused { RESUME } else { PAUSE };
        blocks.push(divider());
        blocks.push(actions([pause.on(of.pair.id), FINISH.on(of.pair.id)]));
    }
    let submit =
        signs.map(
            |version| if on.change.is_some_and(|change| change.id == version.id) { "Sign the change" } else { "Sign" },
        );
    let id = signs.unwrap_or(on.standing).id;
    modal(forms::SIGN_AGREEMENT, "Our agreement", submit, id.to_string(), blocks)
}

/// What the two agree, in words.
pub fn text(of: &PairOfPeople, on: OnAgreement<'_>) -> Blocks {
    let mut blocks = Blocks::new();
    let between = Markup::words("Between ").piece(&mention(&of.mentee)).and(" and ").piece(&mention(&of.mentor));
    blocks.push(section(&between));
    if let Some(chosen) = &of.pair.rhythm {
        blocks.push(section(&Markup::words("*We meet:* ").piece(&rhythm(chosen)).and(".")));
    }
    blocks.extend(written(&on.standing.says, on.goals));
    blocks.push(section(&Markup::words(CONFIDENTIAL)));
    let mut review = Markup::words("*First review:* ").text(&day(on.standing.says.review_on));
    if let Some(next) = on.review.filter(|next| next.review_on != on.standing.says.review_on) {
        review = review.and("; the next one is on ").text(&day(next.review_on));
    }
    blocks.push(section(&review.and(". Then we ask ourselves: carry on, change something, or finish well?")));
    blocks.push(section(&Markup::words(
        "*The way out:* Either of us may stop at any time, without giving a reason. Nobody asks why.",
    )));
    blocks
}

const CONFIDENTIAL: &str = "*What stays between us:* What is said here stays between the two of us. The limits: when somebody may come to harm, or the law demands it.";

fn written(says: &Says, goals: &[Goal]) -> Blocks {
    let mut blocks: Blocks = vec![section(&Markup::words("*What we want to reach*"))];
    if says.goals.is_none() && goals.is_empty() {
        blocks.push(context(&Markup::words("Nothing is written yet.")));
    }
    blocks.extend(says.goals.iter().flat_map(|text| plain(text.reveal())));
    blocks.extend(goals.iter().take(GOALS_SHOWN).flat_map(|goal| plain(&format!("• {}", goal.goal.reveal()))));
    if let Some(more) = goals.len().checked_sub(GOALS_SHOWN).filter(|more| *more > 0) {
        blocks.push(context(&Markup::words("… and ").number(more).and(" more goals.")));
    }
    if let Some(more) = &says.more {
        blocks.push(section(&Markup::words("*Anything else we agree*")));
        blocks.extend(plain(more.reveal()));
    }
    blocks
}

fn signatures(of: &PairOfPeople, version: &Agreement) -> Block {
    let one = |person: &Person, role| match version.signed_at(role) {
        Some(at) => mention(person).and(" signed on ").date(at, DateStyle::LongDay),
        None if person.is_contact() => {
            mention(person).and(" cannot sign here; your signature is enough. Talk it through when you meet")
        }
        None => mention(person).and(" has not signed yet"),
    };
    let line = one(&of.mentee, Role::Mentee).and(" · ").piece(&one(&of.mentor, Role::Mentor));
    context(&line)
}

/// A change beside what holds.
fn changed(of: &PairOfPeople, change: &Agreement, role: Role) -> Blocks {
    let writer = change.written_by.map_or(&of.mentee, |person| of.half(person));
    let line = Markup::words("*A change that ")
        .piece(&mention(writer))
        .and(" proposes.* Until both have signed it, what stands above holds.");
    let mut blocks: Blocks = vec![section(&line)];
    blocks.extend(written(&change.says, &[]));
    blocks.push(section(&Markup::words("*First review:* ").text(&day(change.says.review_on)).and(".")));
    let by = |words: &'static str| change.answer_by.map(|at| context(&Markup::words(words).piece(&when(at)).and(".")));
    if change.signed_at(role).is_some() {
        blocks.extend(by("It waits for an answer until "));
    } else if change.declined_at.is_some() {
        blocks.push(context(&Markup::words(
            "You answered “not now”. They will hear that it did not work out, as they would have without an answer.",
        )));
    } else {
        blocks.push(actions([KEEP_AGREEMENT.on(change.id)]));
        blocks.extend(by("“Not now” needs no reason, and reads the same as no answer. Please answer by "));
    }
    blocks
}

/// The form in which the agreement, or a change of it, is written. `start` is the day from which months are counted.
pub fn edit(of: &PairOfPeople, version: &Agreement, me: &Person, start: NaiveDate, below: Option<&str>) -> Value {
    let is_draft = version.state == AgreementState::Draft;
    let other = mention(of.other(me.id));
    let line = if of.other(me.id).is_contact() {
        Markup::words("What you change holds at once: ")
            .piece(&other)
            .and(" cannot sign here. Talk it through with them.")
    } else if is_draft {
        Markup::words("What you change takes back ")
            .piece(&other)
            .and("’s signature, if it is there already; they are told.")
    } else {
        Markup::words("What you change holds as soon as ")
            .piece(&other)
            .and(" signs it, too. Until then what you agreed holds.")
    };
    let input = |field, label, hint| Input { field, label, hint, optional: true };
    let says = &version.says;
    let mut blocks: Blocks = vec![
        section(&line),
        text_input(input(GOALS, "What we want to reach", None), None, says.goals.as_ref().map(PrivateText::reveal)),
        text_input(
            input(
                MORE,
                "Anything else we agree",
                Some("Such as what else stays between you, or how you reach each other."),
            ),
            None,
            says.more.as_ref().map(PrivateText::reveal),
        ),
    ];
    blocks.extend(review_inputs("First review", "after the start", start, says.review_on));
    blocks.push(context(&Markup::words(
        "That everything stays between the two of you, with its limits, and that either may stop, always holds. How often you meet is not written here. Only the two of you will ever see this.",
    )));
    let (title, submit) = if is_draft { ("Our agreement", "Save") } else { ("Change our agreement", "Propose") };
    modal(forms::AGREEMENT, title, Some(submit), about(version.id, below), blocks)
}

/// The two inputs for a review date: so many months from a day, or a date.
pub fn review_inputs(label: &'static str, after: &str, from: NaiveDate, chosen: NaiveDate) -> [Block; 2] {
    let mut choices: Vec<Choice> = MONTHS
        .iter()
        .map(|months| {
            let on = day(months_after(from, *months));
            choice(format!("{months} months {after}: {on}"), months.to_string())
        })
        .collect();
    choices.push(choice("On this date", ON_A_DATE));
    let months = MONTHS.iter().find(|months| months_after(from, **months) == chosen);
    let initial = months.map_or_else(|| ON_A_DATE.to_owned(), ToString::to_string);
    let select = Input { field: REVIEW, label, hint: None, optional: false };
    let date = Input { field: REVIEW_ON, label: "Date", hint: Some("Only for “On this date”."), optional: true };
    [select_input(select, &choices, &initial), date_input(date, months.is_none().then_some(chosen))]
}
