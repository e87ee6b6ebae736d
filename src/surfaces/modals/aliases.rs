//! A coordinator adds words that mean the same: all lines, or none while one of them is not right.

use crate::ctx::Ctx;
use crate::domain::identifiers::TopicAliasId;
use crate::domain::permissions::{Permit, RunProgramme};
use crate::domain::topic_aliases::{MOST_GROUPS, TopicAlias, read};
use crate::render::alias_form::{self, ALIASES};
use crate::slack::inbound::FormState;
use crate::store::db::Tx;
use crate::store::topic_aliases;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Adds them.
pub struct AddAliases;

impl Handler for AddAliases {
    type Action = RunProgramme;
    type Input = FormState;
    const CHANGES: bool = true;
    const CHANGES_WORDS: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, _permit: Permit<RunProgramme>, form: FormState) -> Result<Answer, Failure> {
        let groups = match read(form.text(ALIASES).unwrap_or_default()) {
            Ok(groups) if groups.is_empty() => return Ok(Answer::error(ALIASES, "Write at least one line.")),
            Ok(groups) => groups,
            Err(bad) => return Ok(Answer::error(ALIASES, alias_form::bad(&bad))),
        };
        let before = topic_aliases::count(tx).await?;
        if before + groups.len() > MOST_GROUPS {
            return Ok(Answer::error(ALIASES, alias_form::too_many(before)));
        }
        let (mut added, mut known) = (Vec::new(), 0);
        let now = ctx.now();
        for words in groups {
            let group = TopicAlias { id: TopicAliasId(ctx.ids.ordered(now)), words };
            if topic_aliases::keep(tx, &group, now).await? {
                added.push(group.words);
            } else {
                known += 1;
            }
        }
        Ok(Answer::Modal(alias_form::added(&added, known)))
    }
}
