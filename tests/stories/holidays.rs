//! Holidays: nobody is spoken to on one, and a calendar that is down does not make them forgotten.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::IntoResponse as _;
use axum::routing::get;
use chrono::TimeDelta;
use mentor::ctx::Ctx;
use mentor::jobs::holiday_source::{HolidaySource, LARGEST};
use mentor::jobs::holidays;
use slack_sandbox::NewPerson;
use tokio::net::TcpListener;

use crate::support::{World, story};

/// A web server with one calendar, which answers as it is told.
struct CalendarServer {
    source: HolidaySource,
    says: Arc<Mutex<Says>>,
}

struct Says {
    status: StatusCode,
    body: String,
    asked: usize,
}

impl CalendarServer {
    /// At an address that nobody else should see.
    async fn start(world: &World) -> Self {
        let says = Arc::new(Mutex::new(Says { status: StatusCode::OK, body: String::new(), asked: 0 }));
        let answer = |State(says): State<Arc<Mutex<Says>>>| async move {
            let mut says = says.lock().unwrap();
            says.asked += 1;
            let answer = (says.status, says.body.clone()).into_response();
            if !says.status.is_redirection() {
                return answer;
            }
            (says.status, [(LOCATION, says.body.clone())]).into_response()
        };
        let around = |State(says): State<Arc<Mutex<Says>>>| async move {
            says.lock().unwrap().asked += 1;
            (StatusCode::FOUND, [(LOCATION, "/a.ics")])
        };
        let router = Router::new()
            .route("/a.ics", get(answer))
            .route("/moved", get(around))
            .route("/circle", get(|| async { (StatusCode::FOUND, [(LOCATION, "/circle")]) }))
            .with_state(says.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        let key = world.secret("key").replace(' ', "-");
        let source = HolidaySource::parse(&format!("http://{address}/a.ics?{key}")).unwrap();
        Self { source, says }
    }

    fn says(&self, status: StatusCode, body: &str) {
        let mut says = self.says.lock().unwrap();
        says.status = status;
        says.body = body.to_owned();
    }

    fn asked(&self) -> usize {
        self.says.lock().unwrap().asked
    }

    fn at(&self, path: &str) -> HolidaySource {
        let HolidaySource::Web(url) = &self.source else { panic!("an address") };
        HolidaySource::Web(url.join(path).unwrap())
    }
}

fn calendar(days: &[&str]) -> String {
    let events: String = days
        .iter()
        .map(|day| {
            format!("BEGIN:VEVENT\r\nUID:{day}\r\nSUMMARY:A day off\r\nDTSTART;VALUE=DATE:{day}\r\nEND:VEVENT\r\n")
        })
        .collect();
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n{events}END:VCALENDAR\r\n")
}

fn days_off(ctx: &Ctx) -> String {
    ctx.programme().days_off.iter().map(|day| day.to_string()).collect::<Vec<_>>().join(" ")
}

story!(a_holiday_on_the_day_a_reminder_is_due_moves_it, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    // Ada would be asked on Tuesday at three. The company has that day off, as it turns out on Monday.
    let server = CalendarServer::start(&world).await;
    server.says(StatusCode::OK, &calendar(&["20260303"]));
    let ctx = world.app.speaker.ctx.clone();
    assert!(holidays::tick(&ctx, std::slice::from_ref(&server.source)).await.unwrap());
    world.advance_to("2026-03-02T14:59:00Z".parse().unwrap()).await;
    assert_eq!(ada.reads(), Vec::<String>::new());
    world.advance(TimeDelta::minutes(1)).await;
    assert!(ada.reads_one().starts_with("Prepare your agenda for @grace, Thursday, March 5th"));
    world.advance_to("2026-03-04T14:59:00Z".parse().unwrap()).await;
    assert_eq!(ada.reads(), Vec::<String>::new(), "nobody is spoken to on a holiday");
    // Grace hears on Wednesday, which is a working day.
    assert_eq!(grace.reads(), Vec::<String>::new());
    world.advance(TimeDelta::minutes(1)).await;
    assert!(grace.reads_one().starts_with("No agenda"));
    assert!(ada.reads_one().contains("agenda"));
});

story!(a_holiday_after_a_meeting_puts_the_question_off, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    // They are meeting already: it is too late to put the meeting elsewhere.
    world.advance_to("2026-03-05T15:10:00Z".parse().unwrap()).await;
    ada.reads();
    grace.reads();
    // A calendar of two days: the day of the meeting itself, of which nobody told in time, and the day after it.
    let server = CalendarServer::start(&world).await;
    server.says(StatusCode::OK, &calendar(&["20260305", "20260306"]));
    assert!(holidays::tick(&world.app.speaker.ctx, std::slice::from_ref(&server.source)).await.unwrap());
    world.advance_to("2026-03-09T08:59:00Z".parse().unwrap()).await;
    assert_eq!(ada.reads(), Vec::<String>::new());
    world.advance(TimeDelta::minutes(1)).await;
    assert!(ada.reads_one().starts_with("Did you meet @grace?"));
    world.advance(TimeDelta::hours(1)).await;
});

story!(what_waits_for_the_morning_waits_on_when_that_becomes_a_holiday, |world: Arc<World>| async move {
    let mei = world.joins(NewPerson::member("mei", "Mei Tanaka", "Asia/Tokyo")).await;
    let grace = world.joins(NewPerson::member("grace", "Grace Hopper", "America/New_York")).await;
    mei.asks(&grace, &world.secret("to listen")).await;
    // Grace's time is over on Thursday, late in Mei's evening. Then Mei's Friday becomes a holiday.
    world.advance_to("2026-03-05T16:00:00Z".parse().unwrap()).await;
    grace.reads();
    assert_eq!(mei.reads(), Vec::<String>::new());
    let server = CalendarServer::start(&world).await;
    server.says(StatusCode::OK, &calendar(&["20260306"]));
    assert!(holidays::tick(&world.app.speaker.ctx, std::slice::from_ref(&server.source)).await.unwrap());
    world.advance_to("2026-03-08T23:59:00Z".parse().unwrap()).await;
    assert_eq!(mei.reads(), Vec::<String>::new());
    world.advance(TimeDelta::minutes(1)).await;
    mei.reads_one();
});

story!(a_calendar_that_fails_leaves_the_days_that_are_known, |world: Arc<World>| async move {
    let ctx = world.app.speaker.ctx.clone();
    let server = CalendarServer::start(&world).await;
    let sources = [server.source.clone()];
    let tick = async || holidays::tick(&ctx, &sources).await.unwrap();
    server.says(StatusCode::OK, &calendar(&["20260403", "20260406"]));
    assert!(tick().await);
    assert_eq!(days_off(&ctx), "2026-04-03 2026-04-06");

    // Read once a day.
    world.clock.set(world.now() + TimeDelta::hours(23));
    assert!(!tick().await);
    assert_eq!(server.asked(), 1);

    let huge = format!("{}{}", calendar(&[]), " ".repeat(3_000_000));
    let good = calendar(&["20260403", "20260406", "20261225"]);
    let failures = [
        (StatusCode::INTERNAL_SERVER_ERROR, good.as_str()),
        (StatusCode::NOT_FOUND, good.as_str()),
        (StatusCode::OK, "<html>Please sign in</html>"),
        (StatusCode::OK, &good[..good.len() / 2]),
        (StatusCode::OK, huge.as_str()),
    ];
    let mut asked = 1;
    for (status, body) in failures {
        server.says(status, body);
        world.clock.set(world.now() + TimeDelta::hours(1));
        assert!(!tick().await, "{status}");
        assert!(!tick().await, "not asked again at once");
        asked += 1;
        assert_eq!(server.asked(), asked);
        assert_eq!(days_off(&ctx), "2026-04-03 2026-04-06");
    }

    // Well again, an hour later: with effect at once.
    server.says(StatusCode::OK, &good);
    world.clock.set(world.now() + TimeDelta::hours(1));
    assert!(tick().await);
    assert_eq!(days_off(&ctx), "2026-04-03 2026-04-06 2026-12-25");
    // A day taken out of the calendar is a working day again.
    server.says(StatusCode::OK, &calendar(&["20260403"]));
    world.clock.set(world.now() + TimeDelta::hours(24));
    assert!(tick().await);
    assert_eq!(days_off(&ctx), "2026-04-03");
    // So is every day of a calendar that is not set any more.
    assert!(holidays::heed(&ctx, &[]).await.unwrap());
    assert_eq!(days_off(&ctx), "");
});

story!(a_calendar_that_has_moved_is_followed, |world: Arc<World>| async move {
    let today = world.now().date_naive();
    let server = CalendarServer::start(&world).await;
    server.says(StatusCode::OK, &calendar(&["20260403"]));
    assert_eq!(holidays::read(&server.at("/moved"), today).await.unwrap().len(), 1);
    let refused = |source| async move { holidays::read(&source, today).await.unwrap_err().to_string() };
    assert!(refused(server.at("/circle")).await.contains("points elsewhere"));
    server.says(StatusCode::FOUND, "file:///etc/passwd");
    assert!(refused(server.source.clone()).await.contains("points elsewhere"));
    assert_eq!(refused(server.at("/nowhere")).await, "the address answers 404 Not Found");
    let nobody = HolidaySource::parse("http://127.0.0.1:1/a.ics").unwrap();
    assert!(refused(nobody).await.starts_with("the address cannot be reached: Connection refused"));
});

story!(a_calendar_may_be_a_file, |world: Arc<World>| async move {
    let ctx = world.app.speaker.ctx.clone();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("days off.ics");
    let source = HolidaySource::parse(path.to_str().unwrap()).unwrap();
    let today = world.now().date_naive();
    assert!(holidays::read(&source, today).await.unwrap_err().to_string().starts_with("the file cannot be read"));
    std::fs::write(&path, " ".repeat(LARGEST + 1)).unwrap();
    assert!(holidays::read(&source, today).await.unwrap_err().to_string().contains("larger than 2 MB"));
    std::fs::write(&path, calendar(&["20260403"])).unwrap();
    assert!(holidays::tick(&ctx, &[source]).await.unwrap());
    assert_eq!(days_off(&ctx), "2026-04-03");
});
