//! The bank of coaching questions, and its rotation within a pair.

use std::collections::{BTreeMap, BTreeSet};

use mentor::domain::agenda::Part;
use mentor::domain::coaching::{BANK, by_id, next};
use proptest::prelude::*;

#[test]
fn the_bank_is_large_enough_and_says_nothing_twice() {
    assert!(BANK.len() >= 40);
    for part in Part::ALL {
        assert!(BANK.iter().filter(|question| question.part == *part).count() >= 8, "{part:?}");
    }
    let ids: BTreeSet<_> = BANK.iter().map(|question| question.id).collect();
    let words: BTreeSet<_> = BANK.iter().map(|question| question.words).collect();
    assert_eq!((ids.len(), words.len()), (BANK.len(), BANK.len()));
    for question in BANK {
        assert!(question.words.ends_with('?'), "{}", question.words);
        assert!(question.id.starts_with(question.part.word()), "{}", question.id);
        assert_eq!(by_id(question.id), Some(question));
        // Open: not to be answered with yes or no.
        let first = question.words.split([' ', ',']).next().unwrap_or_default();
        let closed = ["Do", "Did", "Is", "Are", "Can", "Could", "Will", "Would", "Have", "Has", "Should"];
        assert!(!closed.contains(&first), "{}", question.words);
    }
}

proptest! {
    /// Whatever is picked and however the parts take turns: within a part nothing repeats before everything of the part
    /// has been used, in every round, and the latest never follows itself.
    #[test]
    fn nothing_repeats_before_all_are_used(turns in prop::collection::vec((0_usize..5, any::<usize>()), 0..200)) {
        let mut asked: BTreeMap<Part, Vec<String>> = BTreeMap::new();
        for (part, pick) in turns {
            let part = Part::ALL[part];
            let before = asked.entry(part).or_default();
            let question = next(part, before, |below| pick % below);
            prop_assert_eq!(question.part, part);
            prop_assert_ne!(before.last().map(String::as_str), Some(question.id));
            before.push(question.id.to_owned());
        }
        for (part, asked) in asked {
            let size = BANK.iter().filter(|question| question.part == part).count();
            for round in asked.chunks(size) {
                prop_assert_eq!(round.iter().collect::<BTreeSet<_>>().len(), round.len());
            }
        }
    }

    /// Names that left the bank, and a pick that is too large, do no harm.
    #[test]
    fn an_old_name_does_no_harm(old in prop::collection::vec("[a-z]{1,8}-[0-9]", 0..9), pick in any::<usize>()) {
        prop_assert_eq!(next(Part::Why, &old, |_| pick).part, Part::Why);
    }
}
