//! Being forgotten: the form that says what happens, the receipt, and what stands on Home afterwards.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::domain::leaving::{Erased, FORGET_WORD};
use crate::domain::pairs::PairOfPeople;
use crate::domain::people::Person;
use crate::render::controls::forms;
use crate::render::words::{counted, mention, when};
use crate::slack::api::Outgoing;
use crate::slack::blocks::{Blocks, Input, Markup, context, home, message, modal, section, text_input};

/// What is typed so that nobody is forgotten by mistake.
pub const WORD: &str = "word";
/// Names that are listed.
const NAMED: usize = 20;

/// The form; `live` are the pairs that would end.
pub fn draw(me: &Person, live: &[PairOfPeople]) -> Value {
    let mut blocks: Blocks = vec![section(&Markup::words(
        "*Erased at once, for good:* your name, your settings and days off, your agendas, your goals, your wins, the homework that is yours, your network, and questions you have asked.",
    ))];
    if !live.is_empty() {
        let mut line = Markup::words("*These end, kindly, and they are told:* ");
        for (index, of) in live.iter().take(NAMED).enumerate() {
            line = if index == 0 { line } else { line.and(", ") };
            line = line.piece(&mention(of.other(me.id)));
        }
        blocks.push(section(&line.and(".")));
    }
    blocks.push(section(&Markup::words(
        "*The other half of a pair keeps what is theirs:* what they wrote, when you met, what you two agreed, and the words you left them at the end. Your name is gone from it: it says “somebody who left”. When they are forgotten, too, all of it is erased.",
    )));
    blocks.push(section(&Markup::words(
        "Messages you got stay in our direct messages until you delete them; I rewrite those of others that show your name where Slack lets me. You may come back at any time, and begin anew. Would you like your data first? Close this and type `/mentor export`.",
    )));
    let label = format!("Type “{FORGET_WORD}”");
    let input = Input { field: WORD, label: &label, hint: Some("This cannot be taken back."), optional: false };
    blocks.push(text_input(input, None, None));
    modal(forms::FORGET, "Forget me", Some("Forget me"), String::new(), blocks)
}

/// What was typed is not the word.
pub fn not_the_word() -> String {
    format!("Type the word {FORGET_WORD}, and nothing else. Nothing was erased.")
}

/// The last message.
pub fn receipt(erased: &Erased, at: DateTime<Utc>) -> Outgoing {
    let count = |count: i64, one, many| counted(usize::try_from(count).unwrap_or_default(), one, many);
    let mut gone = Markup::words("You are forgotten, as you asked, ")
        .piece(&when(at))
        .and(".\nErased: your name, your settings and days off");
    for (number, one, many) in [
        (erased.agendas, "agenda entry", "agenda entries"),
        (erased.homework, "piece of homework", "pieces of homework"),
        (erased.goals, "goal", "goals"),
        (erased.wins, "win", "wins"),
        (erased.pairs_erased, "pair of which nobody was left", "pairs of which nobody was left"),
    ] {
        if number > 0 {
            gone = gone.and(", ").piece(&count(number, one, many));
        }
    }
    let mut blocks: Blocks = vec![section(&gone.and("."))];
    if erased.pairs_ended > 0 {
        let line =
            count(erased.pairs_ended, "pair has ended; the other half is", "pairs have ended; the other halves are");
        blocks.push(section(&line.and(" told.")));
    }
    let kept = match erased.pairs_kept {
        0 => Markup::words("Nobody keeps anything of it."),
        kept => Markup::words("Of ")
            .piece(&count(kept, "pair", "pairs"))
            .and(", the other half keeps what they wrote, when you met, what you two agreed and the words you left them; without your name."),
    };
    blocks.push(section(&kept));
    blocks.push(context(&Markup::words("This is my last message. If you ever type `/mentor` again, we begin anew.")));
    message("You are forgotten".to_owned(), blocks)
}

/// Home of somebody who was forgotten.
pub fn empty_home() -> Value {
    home(vec![section(&Markup::words("There is nothing here about you. Open this tab again to begin anew."))])
}
