//! A message's text as people read it.

use std::collections::BTreeMap;

use mentor::slack::readable::{mentioned, text};

#[test]
fn marks_become_words() {
    let names = BTreeMap::from([("U1".to_owned(), "Ada".to_owned())]);
    let read = |said: &str| text(said, &names);
    assert_eq!(read("<@U1> and <@U2|grace> and <@U3>"), "@Ada and @grace and @somebody");
    let link = "see <https://a.example/?a=1&amp;b|the plan> in <#C1|general>";
    assert_eq!(read(link), "see the plan (https://a.example/?a=1&b) in #general");
    assert_eq!(read("<https://a.example> <!here> <!subteam^S1|@team>"), "https://a.example @here @team");
    assert_eq!(read("1 &lt; 2 &amp;&amp; <unfinished"), "1 < 2 && <unfinished");
    assert_eq!(mentioned("<@U1> <@U1|a> <@U2>"), ["U1", "U2"]);
}
