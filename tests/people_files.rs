//! Tables of people and of pairs as they come: whatever is wrong is told with its line, and the rest lands.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::Write as _;

use chrono::{NaiveDate, Weekday};
use chrono_tz::Tz;
use mentor::directory::csv_file::CannotRead;
use mentor::directory::pairs_file::{self, Name};
use mentor::directory::people_file::{self, PeopleFile};
use mentor::domain::pairs::PairKind;
use mentor::domain::rhythm::Frequency;
use mentor::domain::rhythm_words;
use tempfile::NamedTempFile;

fn file(bytes: &[u8]) -> NamedTempFile {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    file
}

fn people(bytes: &[u8]) -> Result<PeopleFile, CannotRead> {
    people_file::read(file(bytes).path())
}

/// Each as "who>manager@department", then each bad line.
fn read(bytes: &[u8]) -> (Vec<String>, Vec<String>) {
    let found = people(bytes).unwrap();
    let shown = found.snapshot.entries.iter().map(|entry| {
        let (manager, department) =
            (entry.manager.as_deref().unwrap_or("-"), entry.department.as_deref().unwrap_or("-"));
        format!("{}>{manager} {department}", entry.key)
    });
    let bad = found.bad.first.iter().map(|row| format!("{}: {}", row.line, row.reason));
    (shown.collect(), bad.collect())
}

#[test]
fn columns_may_stand_in_any_order_and_be_called_what_people_call_them() {
    let plain = b"email,manager_email,department\nada@x.org,bob@x.org,Sales\nbob@x.org,,Sales\n";
    let expected = vec!["ada@x.org>bob@x.org Sales".to_owned(), "bob@x.org>- Sales".to_owned()];
    let others: [&[u8]; 5] = [
        b"Department;Manager E-Mail;Name;E-Mail\nSales;bob@x.org;Ada;ada@x.org\nSales;;Bob;BOB@x.org\n",
        b"\xef\xbb\xbfemail,manager_email,department\r\nada@x.org,bob@x.org,Sales\r\n\r\n,,\r\nbob@x.org,,Sales\r\n",
        b"EMAIL\tMANAGER\tDEPT\nada@x.org\tbob@x.org\tSales\nbob@x.org\t\tSales",
        b"\"email\",\"manager_email\",\"department\"\n\"ada@x.org\",\"bob@x.org\",\"Sales\"\n\"bob@x.org\",\"\",\"Sales\"\n",
        b"email,slack_id,manager_id,manager_email,department\nada@x.org,,,bob@x.org,Sales\nbob@x.org,,,,Sales\n",
    ];
    for bytes in [plain.as_slice()].into_iter().chain(others) {
        let (found, bad) = read(bytes);
        assert_eq!((&found, bad), (&expected, Vec::new()), "{}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn managers_are_found_by_whatever_they_are_called() {
    let (found, bad) = read(
        b"user_id,email,manager\nU0ADA0000,ada@x.org,bob@x.org\nU0BOB0000,bob@x.org,cleo@x.org\n,dora@x.org,U0BOB0000\n",
    );
    assert_eq!(found, ["U0ADA0000>U0BOB0000 -", "U0BOB0000>cleo@x.org -", "dora@x.org>U0BOB0000 -"]);
    assert_eq!(bad, Vec::<String>::new(), "a manager without a line is no mistake of this line");
}

#[test]
fn bad_lines_are_told_and_the_rest_lands() {
    let (found, bad) = read(
        b"email,manager_email,department\nada@x.org,bob@x.org,Sales\nno address,bob@x.org,Sales\nADA@X.ORG,cleo@x.org,Sales\n\
          bob@x.org,bob@x.org,Sales\n,cleo@x.org,Sales\ncleo@x.org,nobody,Sales\ndora@x.org,bob@x.org\nemil@x.org,bob@x.org,A,B\n\
          fritz@x.org,,\"a \"\"quoted\"\" one, with a comma\"\n",
    );
    assert_eq!(
        found,
        ["ada@x.org>bob@x.org Sales", "bob@x.org>- Sales", "fritz@x.org>- a \"quoted\" one, with a comma"]
    );
    assert_eq!(
        bad,
        [
            "3: not an e-mail address (name@example.com) nor a Slack user id (U…)",
            "4: the same person as number 2; the first counts",
            "6: neither an e-mail address nor a Slack user id",
            "7: the manager: not an e-mail address (name@example.com) nor a Slack user id (U…)",
            "8: 2 columns where the first line has 3",
            "9: 4 columns where the first line has 3",
            "5: reports to themselves; taken as reporting to nobody",
        ]
    );
}

#[test]
fn other_character_sets_are_read_or_told() {
    let found = people(b"email,manager_email,department\nm\xfcller@x.org,,B\xfcro \x96 S\xfcd\n").unwrap();
    assert_eq!(found.character_set, Some("Western European (Latin-1)"));
    assert_eq!(&*found.snapshot.entries[0].key, "müller@x.org");
    assert_eq!(found.snapshot.entries[0].department.as_deref(), Some("Büro – Süd"));
    let utf_8 = people("email,manager_email,department\nmüller@x.org,,Büro\n".as_bytes()).unwrap();
    assert_eq!(utf_8.character_set, None);
    // A letter that lies across the border of two readings.
    let long = format!("email,manager_email,department\nada@x.org,,{}\n", "ü".repeat(100_000));
    assert_eq!(
        people(long.as_bytes()).unwrap().bad.first[0].reason,
        "the line is far too long: perhaps a quotation mark is never closed"
    );
    let utf_16: Vec<u8> = "email,manager_email\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for no_text in [utf_16.as_slice(), b"PK\x03\x04\x00\x00spreadsheet"] {
        assert!(people(no_text).unwrap_err().to_string().contains("no text file"), "{no_text:?}");
    }
}

#[test]
fn a_file_that_is_something_else_says_what_is_missing() {
    let problem = |bytes: &[u8]| people(bytes).unwrap_err().to_string();
    assert_eq!(problem(b""), "the file is empty");
    assert_eq!(
        problem(b"name,phone\nAda,1\n"),
        "the first line must name the columns (email, user_id, manager_email, manager_user_id, department); it has: name, phone"
    );
    assert!(problem(b"email,department\na@x.org,b\n").contains("manager_email or manager_user_id"));
    assert!(problem(b"manager_email,department\na@x.org,b\n").contains("email or user_id"));
    assert!(problem(b"email,mail,manager_email\n").contains("two columns are called email"));
    let nowhere = people_file::read(std::path::Path::new("/nowhere/people.csv")).unwrap_err();
    assert!(nowhere.to_string().starts_with("the file cannot be read"));
    let quote = b"email,manager_email\nada@x.org,\"bob@x.org\nbob@x.org,\n";
    assert_eq!(
        people(quote).unwrap().snapshot.entries.len(),
        0,
        "a quotation mark that is never closed takes the rest"
    );
    assert_eq!(people(b"email,manager_email\n").unwrap().snapshot.entries.len(), 0);
}

#[test]
fn columns_nobody_asked_for_are_named() {
    let found = people(b"email,phone,manager_email,Salary\nada@x.org,1,,2\n").unwrap();
    assert_eq!(found.ignored, ["phone", "salary"]);
}

#[test]
fn a_hundred_thousand_lines_are_read() {
    let mut file = std::io::BufWriter::new(NamedTempFile::new().unwrap());
    writeln!(file, "email,manager_email,department").unwrap();
    for number in 0..100_000_u32 {
        let line = if number % 10_000 == 7 { "not an address,," } else { "" };
        if line.is_empty() {
            writeln!(file, "p{number}@example.com,p{}@example.com,d{}", number / 8, number % 50).unwrap();
        } else {
            writeln!(file, "{line}").unwrap();
        }
    }
    let file = file.into_inner().unwrap();
    let found = people_file::read(file.path()).unwrap();
    assert_eq!(found.snapshot.entries.len(), 99_990);
    // Number 0 reports to itself.
    assert_eq!(found.bad.count, 11);
    assert_eq!(found.snapshot.in_circles(), 0);
}

#[test]
fn pairs_are_read_with_what_is_wrong_about_them() {
    let found = pairs_file::read(
        file(
            b"Mentor,Mentee,Kind,Rhythm,Start date\nU0GRACE00,ada@x.org,,every two weeks Thursday 10:00,2026-03-05\n\
              grace@x.org,ada@x.org,peer,,\ngrace@x.org,ada@x.org,external,,\ngrace@x.org,,,,\nGrace,ada@x.org,,,\n\
              grace@x.org,ada@x.org,,,5.3.2026\ngrace@x.org,ada@x.org,boss,,\n",
        )
        .path(),
    )
    .unwrap();
    assert_eq!(found.pairs.len(), 2);
    assert_eq!(found.pairs[0].mentor, Name::User("U0GRACE00".into()));
    assert_eq!(found.pairs[0].start, NaiveDate::from_ymd_opt(2026, 3, 5));
    assert_eq!(found.pairs[1].kind, PairKind::Peer);
    let bad: Vec<String> = found.bad.first.iter().map(|row| format!("{}: {}", row.line, row.reason)).collect();
    assert_eq!(
        bad,
        [
            "4: a mentor from outside cannot be brought in from a list",
            "5: no mentee",
            "6: the mentor is neither an e-mail address nor a Slack user id",
            "7: the start must be a day such as 2026-03-02",
            "8: the kind must be in_org or peer",
        ]
    );
}

#[test]
fn rhythms_are_understood_in_words() {
    let day = NaiveDate::from_ymd_opt(2026, 3, 3).unwrap();
    let read = |text: &str| {
        let rhythm = rhythm_words::read(text, PairKind::InOrg, day, Tz::UTC)?;
        let regular = rhythm.as_regular().unwrap();
        Ok::<_, String>((
            regular.frequency,
            regular.day,
            regular.time.format("%H:%M").to_string(),
            rhythm.length_minutes,
        ))
    };
    let expected = |frequency, day, time: &str, minutes| Ok((frequency, day, time.to_owned(), minutes));
    use mentor::domain::rhythm::WeekOfMonth::{First, Second};
    assert_eq!(read(""), expected(Frequency::Weekly, Weekday::Tue, "10:00", 30));
    assert_eq!(read("weekly Thursday 9:30 45"), expected(Frequency::Weekly, Weekday::Thu, "09:30", 45));
    assert_eq!(
        read("every two weeks, on Mondays at 14:00, 45 minutes"),
        expected(Frequency::EveryTwoWeeks, Weekday::Mon, "14:00", 45)
    );
    assert_eq!(read("Fri every other week"), expected(Frequency::EveryTwoWeeks, Weekday::Fri, "10:00", 30));
    assert_eq!(read("Fortnightly"), expected(Frequency::EveryTwoWeeks, Weekday::Tue, "10:00", 30));
    assert_eq!(read("monthly, first Tuesday 9:30"), expected(Frequency::Monthly(First), Weekday::Tue, "09:30", 30));
    assert_eq!(read("every month second wed"), expected(Frequency::Monthly(Second), Weekday::Wed, "10:00", 30));
    assert_eq!(read("every two months"), expected(Frequency::EveryTwoMonths(First), Weekday::Tue, "10:00", 30));
    assert_eq!(read("0 10 * * Thu"), expected(Frequency::Weekly, Weekday::Thu, "10:00", 30));
    assert!(read("weekly 90 minutes").unwrap_err().contains("between 1 and 60"));
    assert!(read("now and then").unwrap_err().contains("“now” is no rhythm I know"));
    assert!(read("* * * * *").unwrap_err().contains("more than once a day"));
}
