//! Days off as people write them.

use chrono::{Datelike as _, NaiveDate};
use mentor::domain::off_ranges::read;
use mentor::domain::settings::OffRange;
use proptest::prelude::*;

use crate::support::date;

const TODAY: &str = "2026-11-22";

fn understood(text: &str) -> String {
    let shown = |range: OffRange| match range.first == range.last {
        true => range.first.to_string(),
        false => format!("{}..{}", range.first, range.last),
    };
    match read(text, date(TODAY), Some("en-GB")) {
        Ok(ranges) => ranges.into_iter().map(shown).collect::<Vec<_>>().join(" "),
        Err(unread) => unread.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
    }
}

#[test]
fn days_and_ranges_are_understood() {
    for (text, expected) in [
        ("", ""),
        (" \n, ,\n", ""),
        ("24 Dec – 2 Jan, 3 May", "2026-12-24..2027-01-02 2027-05-03"),
        ("24 Dec - 2 Jan\n3 May", "2026-12-24..2027-01-02 2027-05-03"),
        ("24–31 Dec", "2026-12-24..2026-12-31"),
        ("24-31 Dec", "2026-12-24..2026-12-31"),
        ("24. – 31. Dezember", "2026-12-24..2026-12-31"),
        ("from 24 December to 2 January 2027", "2026-12-24..2027-01-02"),
        ("24. Dezember bis 2. Januar", "2026-12-24..2027-01-02"),
        ("2026-12-24 - 2027-01-02", "2026-12-24..2027-01-02"),
        ("24/12/2026 – 2/1/2027", "2026-12-24..2027-01-02"),
        ("Dec 24, 2026", "2026-12-24"),
        ("Thursday, 24 December, 3 May", "2026-12-24 2027-05-03"),
        ("Thursday, 24 December", "2026-12-24"),
        ("tomorrow", "2026-11-23"),
        // Joined where they touch or overlap.
        ("3 May; 4 May; 2 May – 3 May; 6 May", "2027-05-02..2027-05-04 2027-05-06"),
        // What has begun still lasts.
        ("16 November 2026 – 27 November 2026", "2026-11-16..2026-11-27"),
        ("22 November", "2026-11-22"),
    ] {
        assert_eq!(understood(text), expected, "{text:?}");
    }
}

#[test]
fn what_is_wrong_is_told_of_each_piece() {
    for (text, expected) in [
        ("31 February", "“31 February”: there is no 31 February"),
        (
            "3 May, 31 February, soonish",
            "“31 February”: there is no 31 February; “soonish”: that is not a date I understand",
        ),
        ("1 March 2026", "“1 March 2026”: it was over on 1 March 2026"),
        ("1 March 2026 – 4 March 2026", "“1 March 2026 – 4 March 2026”: it was over on 4 March 2026"),
        ("5 May – 3 May", "“5 May – 3 May”: it ends before it begins"),
        ("5 May 2027 – 3 May 2027", "it ends before it begins"),
        ("1 December 2026 – 2 December 2027", "that is 367 days, and a year is the most"),
        ("3 May 2031", "is too far away"),
        ("3 May –", "“3 May –”: that is not a date"),
        ("– 3 May", "that is not a date"),
        ("Friday, 24 December, 3 May", "“Friday 24 December”: Thursday, 24 December 2026 is not a Friday"),
    ] {
        let told = understood(text);
        assert!(told.contains(expected), "{text:?}: {told}");
    }
    let many = (0..41).map(|number| (date("2027-01-01") + chrono::TimeDelta::days(2 * number)).to_string());
    assert!(understood(&many.collect::<Vec<_>>().join("\n")).contains("40 entries are the most"));
}

#[test]
fn a_month_in_figures_goes_by_the_writers_language() {
    let first = |locale| read("3/12", date(TODAY), locale).map(|ranges| ranges[0].first.to_string());
    assert_eq!(first(Some("en-GB")).unwrap(), "2026-12-03");
    assert_eq!(first(Some("en-US")).unwrap(), "2027-03-12");
    let both = first(None).unwrap_err()[0].to_string();
    assert!(both.contains("3 December 2026") && both.contains("12 March 2027"), "{both}");
}

proptest! {
    #[test]
    fn what_the_form_shows_is_read_back(begin in 0..500_i64, length in 0..366_i64, gap in 2..300_i64) {
        let day = |number: i64| date(TODAY) + chrono::TimeDelta::days(number);
        let ranges = [(begin - 20, length), (begin - 20 + length + gap, 0)]
            .map(|(from, length)| OffRange { first: day(from), last: day(from + length) });
        let shown: Vec<OffRange> = ranges.into_iter().filter(|range| range.last >= date(TODAY)).collect();
        // Nothing farther than two years is taken.
        let latest = NaiveDate::from_ymd_opt(date(TODAY).year() + 2, 11, 22).unwrap();
        prop_assume!(shown.iter().all(|range| range.last <= latest));
        let text: Vec<String> = shown.iter().map(|range| mentor::render::settings_form::written(*range)).collect();
        prop_assert_eq!(read(&text.join("\n"), date(TODAY), None), Ok(shown));
    }

    #[test]
    fn no_text_breaks_it(text in "\\PC{0,60}") {
        let _ = read(&text, date(TODAY), None);
    }

    #[test]
    fn what_is_read_is_in_order_and_not_over(pieces in proptest::collection::vec("[0-9]{1,2}[ .–-]{1,3}([0-9]{1,2} )?(Jan|Feb|May|Dec|Aug)", 0..6)) {
        if let Ok(ranges) = read(&pieces.join(", "), date(TODAY), Some("en-GB")) {
            for range in &ranges {
                prop_assert!(range.first <= range.last && range.last >= date(TODAY));
            }
            prop_assert!(ranges.windows(2).all(|two| two[0].last.succ_opt().unwrap() < two[1].first));
        }
    }
}
