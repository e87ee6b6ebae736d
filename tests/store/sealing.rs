//! Sealed text opens where it was sealed and nowhere else, whatever somebody with the database in hand does to it.

use std::sync::Arc;

use chrono::TimeDelta;
use mentor::domain::agenda::{Agenda, Part};
use mentor::domain::meetings::Meeting;
use mentor::domain::pairs::Role;
use mentor::store::db::Db;
use mentor::store::failure::StoreFailure;
use mentor::store::migrate::{self, CannotMigrate};
use mentor::store::{agenda, homework, meetings, pairs, wins};
use uuid::Uuid;

use crate::support::{Couple, KEY, Place, Store, both, both_empty, now, text, vault_of};

fn sealed<T>(result: Result<T, StoreFailure>, table: &str) {
    assert!(matches!(&result, Err(StoreFailure::Sealed(found)) if *found == table), "{:?}", result.err());
}

/// Everything private that two people can write, twice, each text another.
struct Written {
    couple: Couple,
    meetings: Vec<Meeting>,
    homework: Vec<Uuid>,
    wins: Vec<Uuid>,
}

async fn written(store: &Store) -> Written {
    let couple = store.couple().await;
    let mut written = Written { couple, meetings: Vec::new(), homework: Vec::new(), wins: Vec::new() };
    let pair = &written.couple.pair;
    for number in 0..2 {
        let meeting = store.meeting(pair, now() + TimeDelta::days(number)).await;
        let mut tx = store.begin().await;
        let say = |what: &str| text(&format!("{what} {number} of {}", pair.id));
        let parts = [(Part::Why, say("why")), (Part::Topic, say("topic"))];
        agenda::set(&mut tx, &meeting, Role::Mentee, &Agenda { parts: parts.into() }, now()).await.unwrap();
        let meeting = meeting.held(Some(say("useful")), now() + TimeDelta::days(9)).unwrap();
        meetings::report(&mut tx, &meeting, now()).await.unwrap();
        let task = store.task(pair, &format!("task {number}"));
        homework::insert(&mut tx, &task).await.unwrap();
        written.homework.push(task.id.0);
        homework::set_findings(&mut tx, &task.returned(Some(say("findings"))), meeting.id).await.unwrap();
        let win = store.ids.opaque();
        wins::insert(&mut tx, win, pair.id, pair.mentee, &say("win"), now()).await.unwrap();
        tx.commit().await.unwrap();
        written.meetings.push(meeting);
        written.wins.push(win);
    }
    written
}

/// Reads everything of a pair; the first that does not open.
async fn opens(store: &Store, of: &Written) -> Result<(), StoreFailure> {
    let mut tx = store.read().await;
    pairs::find(&mut tx, of.couple.pair.id).await?;
    for meeting in &of.meetings {
        agenda::get(&mut tx, meeting, Role::Mentee).await?;
        meetings::find(&mut tx, meeting.id).await?;
    }
    homework::carried(&mut tx, of.couple.pair.id).await?;
    wins::latest(&mut tx, of.couple.pair.id, 10).await?;
    Ok(())
}

/// Does something to the raw rows; what the store says then. Puts everything back.
async fn after(store: &Store, of: &Written, changes: &[(&str, &[Uuid])]) -> Result<(), StoreFailure> {
    let mut raw = store.raw().await;
    let tables = ["pairs", "pair_keys", "meetings", "agenda_parts", "homework", "wins"];
    for table in tables {
        raw.script(&format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}")).await;
    }
    for (sql, ids) in changes {
        raw.change_one(sql, ids).await;
    }
    let said = opens(store, of).await;
    for (table, column, key) in [
        ("pairs", "aim", "k.id = pairs.id"),
        ("pair_keys", "wrapped", "k.pair_id = pair_keys.pair_id"),
        ("meetings", "most_useful", "k.id = meetings.id"),
        ("agenda_parts", "body", "k.meeting_id = agenda_parts.meeting_id AND k.part = agenda_parts.part"),
        ("homework", "task", "k.id = homework.id"),
        ("homework", "findings", "k.id = homework.id"),
        ("wins", "body", "k.id = wins.id"),
    ] {
        let sql = format!("UPDATE {table} SET {column} = (SELECT k.{column} FROM kept_{table} k WHERE {key})");
        raw.change(&sql, &[]).await.unwrap();
    }
    for table in tables {
        raw.script(&format!("DROP TABLE kept_{table}")).await;
    }
    opens(store, of).await.unwrap();
    said
}

both!(moved_to_another_row, |store: Arc<Store>| async move {
    let of = written(&store).await;
    opens(&store, &of).await.unwrap();
    let [first, second] = [of.meetings[0].id.0, of.meetings[1].id.0];
    let body =
        "UPDATE agenda_parts SET body = (SELECT b.body FROM agenda_parts b WHERE b.meeting_id = $1 AND b.part = 'why')
        WHERE meeting_id = $2 AND part = 'why'";
    sealed(after(&store, &of, &[(body, &[first, second])]).await, "agenda_parts");
    let useful =
        "UPDATE meetings SET most_useful = (SELECT m.most_useful FROM meetings m WHERE m.id = $1) WHERE id = $2";
    sealed(after(&store, &of, &[(useful, &[first, second])]).await, "meetings");
    let [first, second] = [of.homework[0], of.homework[1]];
    for column in ["task", "findings"] {
        let sql =
            format!("UPDATE homework SET {column} = (SELECT h.{column} FROM homework h WHERE h.id = $1) WHERE id = $2");
        sealed(after(&store, &of, &[(&sql, &[first, second])]).await, "homework");
    }
    let body = "UPDATE wins SET body = (SELECT w.body FROM wins w WHERE w.id = $1) WHERE id = $2";
    sealed(after(&store, &of, &[(body, &of.wins)]).await, "wins");
});

both!(moved_to_another_column_table_or_part, |store: Arc<Store>| async move {
    let of = written(&store).await;
    let (homework, win, meeting, pair) = (of.homework[0], of.wins[0], of.meetings[0].id.0, of.couple.pair.id.0);
    let columns = "UPDATE homework SET task = findings WHERE id = $1";
    sealed(after(&store, &of, &[(columns, &[homework])]).await, "homework");
    let tables = "UPDATE wins SET body = (SELECT h.task FROM homework h WHERE h.id = $1) WHERE id = $2";
    sealed(after(&store, &of, &[(tables, &[homework, win])]).await, "wins");
    let tables = "UPDATE pairs SET aim = (SELECT w.body FROM wins w WHERE w.id = $1) WHERE id = $2";
    sealed(after(&store, &of, &[(tables, &[win, pair])]).await, "pairs");
    let parts = "UPDATE agenda_parts SET body = (SELECT b.body FROM agenda_parts b WHERE b.meeting_id = $1 AND b.part = 'topic')
        WHERE meeting_id = $1 AND part = 'why'";
    sealed(after(&store, &of, &[(parts, &[meeting])]).await, "agenda_parts");
    let renamed = "UPDATE agenda_parts SET part = 'upcoming' WHERE meeting_id = $1 AND part = 'why'";
    let back = "UPDATE agenda_parts SET part = 'why' WHERE meeting_id = $1 AND part = 'upcoming'";
    store.raw().await.change_one(renamed, &[meeting]).await;
    sealed(opens(&store, &of).await, "agenda_parts");
    store.raw().await.change_one(back, &[meeting]).await;
    opens(&store, &of).await.unwrap();
});

both!(moved_to_another_pair, |store: Arc<Store>| async move {
    let (mine, theirs) = (written(&store).await, written(&store).await);
    let [mine_id, their_id] = [mine.couple.pair.id.0, theirs.couple.pair.id.0];
    let aim = "UPDATE pairs SET aim = (SELECT p.aim FROM pairs p WHERE p.id = $1) WHERE id = $2";
    sealed(after(&store, &theirs, &[(aim, &[mine_id, their_id])]).await, "pairs");
    // Their key with our text, or our key with our text: a key opens for its own pair alone.
    let key =
        "UPDATE pair_keys SET wrapped = (SELECT k.wrapped FROM pair_keys k WHERE k.pair_id = $1) WHERE pair_id = $2";
    sealed(after(&store, &theirs, &[(key, &[mine_id, their_id])]).await, "pair_keys");
    sealed(after(&store, &theirs, &[(key, &[mine_id, their_id]), (aim, &[mine_id, their_id])]).await, "pair_keys");
    // A whole row handed to the other pair.
    for (table, id) in [("wins", mine.wins[0]), ("homework", mine.homework[0])] {
        let given = format!("UPDATE {table} SET pair_id = $1 WHERE id = $2");
        store.raw().await.change_one(&given, &[their_id, id]).await;
        sealed(opens(&store, &theirs).await, table);
        store.raw().await.change_one(&given, &[mine_id, id]).await;
    }
    opens(&store, &theirs).await.unwrap();
    opens(&store, &mine).await.unwrap();
});

both!(damaged_or_cut_short, |store: Arc<Store>| async move {
    let of = written(&store).await;
    let id = of.wins[0];
    for (from, length) in [(1, 0), (1, 23), (1, 24), (1, 30), (2, 1_000)] {
        let cut = format!("UPDATE wins SET body = substr(body, {from}, {length}) WHERE id = $1");
        sealed(after(&store, &of, &[(&cut, &[id])]).await, "wins");
    }
});

both!(without_its_key_nothing_of_a_pair_can_be_read, |store: Arc<Store>| async move {
    let of = written(&store).await;
    store.raw().await.change_one("DELETE FROM pair_keys WHERE pair_id = $1", &[of.couple.pair.id.0]).await;
    assert!(opens(&store, &of).await.is_err());
});

both!(the_same_words_never_look_the_same, |store: Arc<Store>| async move {
    let of = written(&store).await;
    let mut tx = store.begin().await;
    for _ in 0..2 {
        let same = text("the same words");
        wins::insert(&mut tx, store.ids.opaque(), of.couple.pair.id, of.couple.mentee.id, &same, now()).await.unwrap();
    }
    tx.commit().await.unwrap();
    let count = "SELECT CAST(COUNT(DISTINCT body) AS TEXT) FROM wins";
    assert_eq!(store.raw().await.one(count, &[]).await, "4");
});

both_empty!(another_master_key_is_refused_at_the_start, |place: Arc<Place>| async move {
    let store = Store::ready(place.clone()).await;
    let of = written(&store).await;
    store.db.close().await;
    drop(store.db);
    let mut other = KEY;
    other[31] ^= 1;
    for (name, key) in [("otherkey", &other), ("testkey1", &other), ("otherkey", &KEY)] {
        let db = Db::open(&place.url(), vault_of(name, key)).await.unwrap();
        let refused = migrate::make_ready(&db, now()).await.unwrap_err();
        let CannotMigrate::WrongKey { kept, given } = &refused else { panic!("{refused}") };
        assert_eq!((kept.as_str(), given.as_str()), ("testkey1", name));
        assert!(refused.to_string().contains("MENTOR_KEY_FILE"), "{refused}");
        db.close().await;
    }
    let again = Store::ready(place).await;
    opens(&again, &of).await.unwrap();
    again.db.close().await;
});
