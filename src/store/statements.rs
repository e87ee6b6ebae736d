//! Every statement of the store in one list, for the test that prepares all of them on both databases.

/// Declares a file's statements as constants and collects them.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)+) => {
        $($(#[$doc])* const $name: &str = $sql;)+
        /// This file's statements, by name.
        pub(in crate::store) const STATEMENTS: &[(&str, &str)] = &[$((stringify!($name), $name)),+];
    };
}
pub(super) use statements;

/// Every statement: the file it belongs to, its name, its text.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    [
        ("agenda", super::agenda::STATEMENTS),
        ("asks", super::asks::STATEMENTS),
        ("calendars", super::calendars::STATEMENTS),
        ("settings", super::settings::STATEMENTS),
        ("agreements", super::agreements::STATEMENTS),
        ("finding", super::finding::STATEMENTS),
        ("offering", super::offering::STATEMENTS),
        ("topics", super::topics::STATEMENTS),
        ("finishes", super::finishes::STATEMENTS),
        ("history", super::history::STATEMENTS),
        ("reviews", super::reviews::STATEMENTS),
        ("holidays", super::holidays::STATEMENTS),
        ("agenda_items", super::agenda_items::STATEMENTS),
        ("calendars", super::calendars::STATEMENTS),
        ("coaching", super::coaching::STATEMENTS),
        ("contacts", super::contacts::STATEMENTS),
        ("goals", super::goals::STATEMENTS),
        ("homework", super::homework::STATEMENTS),
        ("inbox", super::inbox::STATEMENTS),
        ("kept_questions", super::kept_questions::STATEMENTS),
        ("leases", super::leases::STATEMENTS),
        ("letters", super::letters::STATEMENTS),
        ("meetings", super::meetings::STATEMENTS),
        ("migrate", super::migrate::STATEMENTS),
        ("outbox::queue", super::outbox::queue::STATEMENTS),
        ("outbox::settle", super::outbox::settle::STATEMENTS),
        ("outbox::doubt", super::outbox::doubt::STATEMENTS),
        ("outbox::counts", super::outbox::counts::STATEMENTS),
        ("outbox::together", super::outbox::together::STATEMENTS),
        ("pair_keys", super::pair_keys::STATEMENTS),
        ("pairs", super::pairs::STATEMENTS),
        ("peer_questions", super::peer_questions::STATEMENTS),
        ("people", super::people::STATEMENTS),
        ("changeover", super::changeover::STATEMENTS),
        ("pauses", super::pauses::STATEMENTS),
        ("rhythm_proposals", super::rhythm_proposals::STATEMENTS),
        ("screens", super::screens::STATEMENTS),
        ("wins", super::wins::STATEMENTS),
        ("working_times", super::working_times::STATEMENTS),
        ("directory", super::directory::STATEMENTS),
        ("held", super::held::STATEMENTS),
        ("org_chart", super::org_chart::STATEMENTS),
        ("inquiries", super::inquiries::STATEMENTS),
        ("introduction_keys", super::introduction_keys::STATEMENTS),
        ("introduction_rows", super::introduction_rows::STATEMENTS),
        ("introductions", super::introductions::STATEMENTS),
        ("profiles", super::profiles::STATEMENTS),
        ("topic_aliases", super::topic_aliases::STATEMENTS),
        ("suggestions", super::suggestions::STATEMENTS),
        ("departures", super::departures::STATEMENTS),
        ("erasing", super::erasing::STATEMENTS),
        ("erasures", super::erasures::STATEMENTS),
        ("exports", super::exports::STATEMENTS),
        ("privacy", super::privacy::STATEMENTS),
        ("introduction_threads", super::introduction_threads::STATEMENTS),
        ("outside_letters", super::outside_letters::STATEMENTS),
        ("network", super::network::STATEMENTS),
        ("person_keys", super::person_keys::STATEMENTS),
        ("who_direct", super::who_direct::STATEMENTS),
        ("who_rows", super::who_rows::STATEMENTS),
    ]
    .into_iter()
    .flat_map(|(file, list)| list.iter().map(move |(name, sql)| (file, *name, *sql)))
}
