//! Dates as people write them, on Monday 2 March 2026 unless said otherwise.

use chrono::{Datelike as _, NaiveDate, TimeDelta, Weekday};
use mentor::domain::dates::{DateRefused, read};
use proptest::prelude::*;
use proptest::sample::select;

use crate::support::date;

const TODAY: &str = "2026-03-02";
const GB: Option<&str> = Some("en-GB");
const US: Option<&str> = Some("en-US");
const DE: Option<&str> = Some("de-DE");
const FR: Option<&str> = Some("fr-FR");
const ES: Option<&str> = Some("es-ES");

/// What people write, where they are from, and what they mean.
const MEANT: &[(&str, Option<&str>, &str)] = &[
    ("today", GB, "2026-03-02"),
    ("Tomorrow", GB, "2026-03-03"),
    (" tomorrow. ", None, "2026-03-03"),
    ("the day after tomorrow", GB, "2026-03-04"),
    ("tuesday", GB, "2026-03-03"),
    ("Sunday", GB, "2026-03-08"),
    ("monday", GB, "2026-03-09"),
    ("on Mon", GB, "2026-03-09"),
    ("this monday", GB, "2026-03-02"),
    ("this Friday", GB, "2026-03-06"),
    ("friday", GB, "2026-03-06"),
    ("coming friday", GB, "2026-03-06"),
    ("next friday", GB, "2026-03-13"),
    ("next monday", GB, "2026-03-09"),
    ("friday week", GB, "2026-03-13"),
    ("until next Wednesday!", GB, "2026-03-11"),
    ("in 3 weeks", GB, "2026-03-23"),
    ("3 weeks", GB, "2026-03-23"),
    ("in three weeks", GB, "2026-03-23"),
    ("a week", GB, "2026-03-09"),
    ("in a week", GB, "2026-03-09"),
    ("in a couple of weeks", GB, "2026-03-16"),
    ("2 weeks from now", GB, "2026-03-16"),
    ("in 10 days", GB, "2026-03-12"),
    ("in 2 months", GB, "2026-05-02"),
    ("in a year", GB, "2027-03-02"),
    ("in 1 day", GB, "2026-03-03"),
    ("next week", GB, "2026-03-09"),
    ("next month", GB, "2026-04-01"),
    ("next year", GB, "2027-01-01"),
    ("end of month", GB, "2026-03-31"),
    ("the end of the month", GB, "2026-03-31"),
    ("until the end of the month", GB, "2026-03-31"),
    ("eom", GB, "2026-03-31"),
    ("end of next month", GB, "2026-04-30"),
    ("end of February", GB, "2027-02-28"),
    ("end of march", GB, "2026-03-31"),
    ("end of june 2027", GB, "2027-06-30"),
    ("end of the week", GB, "2026-03-06"),
    ("end of next week", GB, "2026-03-13"),
    ("end of the year", GB, "2026-12-31"),
    ("beginning of May", GB, "2026-05-01"),
    ("May", GB, "2026-05-01"),
    ("in May", GB, "2026-05-01"),
    ("June 2027", GB, "2027-06-01"),
    ("12 March", GB, "2026-03-12"),
    ("March 12", US, "2026-03-12"),
    ("march 12th", US, "2026-03-12"),
    ("the 12th of March", GB, "2026-03-12"),
    ("12th", GB, ""),
    ("1st Apr", GB, "2026-04-01"),
    ("2nd of april", GB, "2026-04-02"),
    ("3rd May", GB, "2026-05-03"),
    ("12 March 2027", GB, "2027-03-12"),
    ("March 12, 2027", US, "2027-03-12"),
    ("Mar 12th, 2027", US, "2027-03-12"),
    ("12-Mar-2027", GB, "2027-03-12"),
    ("12 Mar 27", GB, "2027-03-12"),
    ("Thursday, March 12th, 2026", US, "2026-03-12"),
    ("Thu 12 March", GB, "2026-03-12"),
    ("Sept. 1", US, "2026-09-01"),
    ("1 March", GB, "2027-03-01"),
    ("2 March", GB, "2026-03-02"),
    ("29 February 2028", GB, "2028-02-29"),
    ("29 February", GB, "2028-02-29"),
    ("2027-03-12", GB, "2027-03-12"),
    ("2027-03-12", US, "2027-03-12"),
    ("2027/3/12", US, "2027-03-12"),
    ("20270312", None, "2027-03-12"),
    ("12.3.", DE, "2026-03-12"),
    ("12.3.", US, "2026-03-12"),
    ("12. 3. 2027", DE, "2027-03-12"),
    ("12.03.2027", DE, "2027-03-12"),
    ("12.03.27", None, "2027-03-12"),
    ("3/12/2027", US, "2027-03-12"),
    ("12/3/2027", GB, "2027-03-12"),
    ("3/12", US, "2026-03-12"),
    ("12/3", GB, "2026-03-12"),
    ("12-3-2027", FR, "2027-03-12"),
    ("12/3/2027", Some("xx"), "2027-03-12"),
    ("3/4", GB, "2026-04-03"),
    ("3/4", US, "2026-03-04"),
    ("3/4", Some("en_US"), "2026-03-04"),
    ("4/13", GB, "2026-04-13"),
    ("13/4", US, "2026-04-13"),
    ("13/4", None, "2026-04-13"),
    ("5/5", None, "2026-05-05"),
    ("Thu 12/3", GB, "2026-03-12"),
    ("morgen", DE, "2026-03-03"),
    ("übermorgen", DE, "2026-03-04"),
    ("Montag", DE, "2026-03-09"),
    ("am Freitag", DE, "2026-03-06"),
    ("nächsten Freitag", DE, "2026-03-13"),
    ("nächste Woche", DE, "2026-03-09"),
    ("kommenden Freitag", DE, "2026-03-06"),
    ("in drei Wochen", DE, "2026-03-23"),
    ("in einem Monat", DE, "2026-04-02"),
    ("12. März", DE, "2026-03-12"),
    ("bis zum 12. März 2027", DE, "2027-03-12"),
    ("12. Ma\u{308}rz", DE, "2026-03-12"),
    ("Do 12.3.", DE, "2026-03-12"),
    ("Mo., 1. Juni", DE, "2026-06-01"),
    ("Donnerstag, den 12. März", DE, "2026-03-12"),
    ("Ende des Monats", DE, "2026-03-31"),
    ("Monatsende", DE, "2026-03-31"),
    ("Ende Mai", DE, "2026-05-31"),
    ("demain", FR, "2026-03-03"),
    ("après-demain", FR, "2026-03-04"),
    ("lundi", FR, "2026-03-09"),
    ("vendredi prochain", FR, "2026-03-06"),
    ("dans 3 semaines", FR, "2026-03-23"),
    ("le 12 mars", FR, "2026-03-12"),
    ("jusqu’au 1er avril", FR, "2026-04-01"),
    ("jeudi 12 mars 2026", FR, "2026-03-12"),
    ("fin du mois", FR, "2026-03-31"),
    ("fin d'avril", FR, "2026-04-30"),
    ("le mois prochain", FR, "2026-04-01"),
    ("15 août", FR, "2026-08-15"),
    ("mañana", ES, "2026-03-03"),
    ("pasado mañana", ES, "2026-03-04"),
    ("el viernes", ES, "2026-03-06"),
    ("el miércoles que viene", ES, "2026-03-04"),
    ("en 3 semanas", ES, "2026-03-23"),
    ("dentro de dos meses", ES, "2026-05-02"),
    ("12 de marzo de 2027", ES, "2027-03-12"),
    ("hasta el 12 de marzo", ES, "2026-03-12"),
    ("a fin de mes", ES, "2026-03-31"),
    ("la semana que viene", ES, "2026-03-09"),
];

#[test]
fn what_people_write_is_what_they_mean() {
    let mut wrong = Vec::new();
    for (text, locale, meant) in MEANT {
        let found = read(text, date(TODAY), *locale);
        let expected = if meant.is_empty() { Err(DateRefused::NotADate) } else { Ok(date(meant)) };
        if found != expected {
            wrong.push(format!("{text:?} ({locale:?}) is {found:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_cannot_be_used_is_refused_with_what_was_understood() {
    let told = |text: &str, locale| read(text, date(TODAY), locale).unwrap_err().to_string();
    let expected = [
        ("31 February", GB, "there is no 31 February"),
        ("31.2.2027", DE, "there is no 31 February 2027"),
        ("2/31/2027", US, "there is no 31 February 2027"),
        ("29 February 2027", GB, "there is no 29 February 2027"),
        ("April 31st", US, "there is no 31 April"),
        ("0.3.", DE, "there is no 0 March"),
        ("12/13/2027", GB, ""),
        ("14/13/2027", GB, "there is no month 14"),
        ("2027-13-01", GB, "there is no month 13"),
        ("yesterday", GB, "Sunday, 1 March 2026 is past"),
        ("gestern", DE, "Sunday, 1 March 2026 is past"),
        ("3 days ago", GB, "Friday, 27 February 2026 is past"),
        ("vor 2 Wochen", DE, "Monday, 16 February 2026 is past"),
        ("il y a 3 jours", FR, "Friday, 27 February 2026 is past"),
        ("last friday", GB, "Friday, 27 February 2026 is past"),
        ("last week", GB, "Monday, 23 February 2026 is past"),
        ("1 March 2026", GB, "Sunday, 1 March 2026 is past"),
        ("2026-03-01", GB, "Sunday, 1 March 2026 is past"),
        ("2028-03-03", GB, "Friday, 3 March 2028 is too far away; the latest is Thursday, 2 March 2028"),
        ("in 3 years", GB, "Friday, 2 March 2029 is too far away; the latest is Thursday, 2 March 2028"),
        ("12 March 2035", GB, "Monday, 12 March 2035 is too far away; the latest is Thursday, 2 March 2028"),
        ("3/4", None, "that could be Friday, 3 April 2026 or Wednesday, 4 March 2026; write the month in letters"),
        ("Friday 12 March", GB, "Thursday, 12 March 2026 is not a Friday"),
        ("Fri 12/3/2026", GB, "Thursday, 12 March 2026 is not a Friday"),
    ];
    for (text, locale, refusal) in expected {
        if refusal.is_empty() {
            // Only one reading makes a date.
            assert_eq!(read(text, date(TODAY), locale), Ok(date("2027-12-13")));
        } else {
            assert_eq!(told(text, locale), refusal, "{text}");
        }
    }
    assert_eq!(
        read("12/3", date(TODAY), Some(" ")),
        Err(DateRefused::Ambiguous { day_first: date("2026-03-12"), month_first: date("2026-12-03") })
    );
}

#[test]
fn what_is_no_date_is_said_to_be_none() {
    let long = "tomorrow ".repeat(50);
    for text in [
        "",
        " ",
        "...",
        "soon",
        "when I am back",
        "12",
        "12 3",
        "3",
        "2027",
        "week",
        "this month",
        "month",
        "12:30",
        "12/3/027",
        "1/2/3/4",
        "--",
        "12..3",
        "march march",
        "12 12 March",
        "next",
        "end of",
        "in weeks",
        "99999 days",
        "in ten",
        "٣ مارس",
        "１２ March",
        "12 Mars Bars",
        "!",
        "-3 weeks",
        "12.3.2027.",
        "0x12/3",
        "the",
        "a",
        "de",
        "13/13/13/13",
        "friday friday",
        "next next friday",
        long.as_str(),
    ] {
        assert_eq!(read(text, date(TODAY), GB), Err(DateRefused::NotADate), "{text:?}");
    }
}

#[test]
fn days_count_from_where_the_week_is() {
    let on = |today: &str, text: &str| read(text, date(today), GB).unwrap().to_string();
    // Saturday, and Sunday, the last day of a week.
    assert_eq!(on("2026-03-07", "next friday"), "2026-03-13");
    assert_eq!(on("2026-03-08", "next monday"), "2026-03-09");
    assert_eq!(on("2026-03-08", "monday"), "2026-03-09");
    assert_eq!(on("2026-03-08", "sunday"), "2026-03-15");
    assert_eq!(on("2026-03-06", "next friday"), "2026-03-13");
    // At the end of a month, and of a year.
    assert_eq!(on("2026-01-31", "in a month"), "2026-02-28");
    assert_eq!(on("2026-01-31", "next month"), "2026-02-01");
    assert_eq!(on("2026-01-31", "end of month"), "2026-01-31");
    assert_eq!(on("2026-12-31", "tomorrow"), "2027-01-01");
    assert_eq!(on("2026-12-31", "1 January"), "2027-01-01");
    assert_eq!(on("2026-12-31", "31/12"), "2026-12-31");
    assert_eq!(on("2026-12-31", "next week"), "2027-01-04");
    // A 29 February that is too far away is named.
    assert_eq!(
        read("29 February", date("2024-03-01"), GB),
        Err(DateRefused::TooFar { date: date("2028-02-29"), latest: date("2026-03-01") })
    );
}

/// How dates are written, and by whom.
const WAYS: [(&str, Option<&str>); 22] = [
    ("%Y-%m-%d", None),
    ("%Y-%m-%d", US),
    ("%Y/%m/%d", GB),
    ("%Y%m%d", None),
    ("%d.%m.%Y", DE),
    ("%-d.%-m.%Y", None),
    ("%-d. %-m. %Y", DE),
    ("%d.%m.%y", DE),
    ("%d/%m/%Y", GB),
    ("%-d/%-m/%y", FR),
    ("%m/%d/%Y", US),
    ("%-m/%-d/%y", US),
    ("%d-%m-%Y", ES),
    ("%-d %B %Y", GB),
    ("%-d %b %Y", None),
    ("%B %-d, %Y", US),
    ("%b %-d %Y", US),
    ("%A, %-d %B %Y", GB),
    ("%a, %B %-dth, %Y", US),
    ("the %-dst of %B %Y", GB),
    ("%d-%b-%Y", GB),
    ("until %a %-d %b %Y", GB),
];

const MONTHS: [[&str; 12]; 3] = [
    [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
];

const PIECES: [&str; 40] = [
    "12",
    "3",
    "2027",
    "31",
    "0",
    "99",
    "4294967296",
    ".",
    "/",
    "-",
    "march",
    "März",
    "mar",
    "monday",
    "mardi",
    "next",
    "prochain",
    "que",
    "viene",
    "in",
    "a",
    "an",
    "en",
    "of",
    "end",
    "fin",
    "ende",
    "week",
    "mois",
    "años",
    "ago",
    "vor",
    "hace",
    "dentro",
    "de",
    "th",
    "º",
    "'27",
    "il y a",
    "\u{301}",
];

fn todays() -> impl Strategy<Value = NaiveDate> {
    (0..4_000_i64).prop_map(|days| date("2020-01-01") + TimeDelta::days(days))
}

proptest! {
    #[test]
    fn whatever_is_written_panics_nowhere(text in "\\PC{0,40}", today in todays(), locale in select(vec![None, US, DE])) {
        if let Ok(found) = read(&text, today, locale) {
            prop_assert!(found >= today);
        }
    }

    #[test]
    fn dates_in_pieces_panic_nowhere(
        pieces in proptest::collection::vec(select(PIECES.as_slice()), 0..6), glue in select(vec!["", " ", "."]),
        today in prop_oneof![todays(), Just(NaiveDate::MIN), Just(NaiveDate::MAX)],
    ) {
        match read(&pieces.join(glue), today, None) {
            Ok(found) => prop_assert!(found >= today),
            Err(refused) => prop_assert!(!refused.to_string().is_empty()),
        }
    }

    #[test]
    fn a_date_written_in_each_way_reads_back(today in todays(), ahead in 0..730_i64) {
        let date = today + TimeDelta::days(ahead);
        for (way, locale) in WAYS {
            let text = date.format(way).to_string();
            prop_assert_eq!(read(&text, today, locale), Ok(date), "{}", text);
        }
        for months in MONTHS {
            let month = months[date.month0() as usize];
            for text in [
                format!("{} {month} {}", date.day(), date.year()),
                format!("{}. {} {}", date.day(), month.to_uppercase(), date.year()),
                format!("el {} de {month} de {}", date.day(), date.year()),
            ] {
                prop_assert_eq!(read(&text, today, None), Ok(date), "{}", text);
            }
        }
    }

    #[test]
    fn a_date_without_its_year_is_the_next_one(today in todays(), ahead in 0..365_i64) {
        let date = today + TimeDelta::days(ahead);
        for (way, locale) in [("%-d %B", GB), ("%B %-d", US), ("%d/%m", GB), ("%m/%d", US), ("%-d.%-m.", None)] {
            let text = date.format(way).to_string();
            prop_assert_eq!(read(&text, today, locale), Ok(date), "{}", text);
        }
    }

    #[test]
    fn stretches_add_up(today in todays(), count in 1..100_i64) {
        for text in [format!("in {count} days"), format!("{count} Tage"), format!("dans {count} jours")] {
            prop_assert_eq!(read(&text, today, None), Ok(today + TimeDelta::days(count)));
        }
        prop_assert_eq!(read(&format!("{count} weeks from now"), today, None), Ok(today + TimeDelta::weeks(count)));
    }

    #[test]
    fn named_days_are_those_days(today in todays(), index in 0..7_usize) {
        let day = crate::support::WEEK[index];
        let found = |text: String| read(&text, today, None).unwrap();
        let (plain, this, next) = (found(format!("{day}")), found(format!("this {day}")), found(format!("next {day}")));
        for date in [plain, this, next] {
            prop_assert_eq!(date.weekday(), day);
        }
        prop_assert!(plain > today && plain <= today + TimeDelta::days(7));
        prop_assert!(this >= today && this < today + TimeDelta::days(7));
        prop_assert_eq!(next.week(Weekday::Mon).first_day(), today.week(Weekday::Mon).first_day() + TimeDelta::days(7));
    }
}
