"""Reads the calendar files that the tests have drawn with Python's icalendar, and compares what it finds."""

import json
import pathlib
import sys
from datetime import datetime

import icalendar


def check(file: pathlib.Path) -> None:
    raw = file.read_bytes()
    expected = json.loads(file.with_suffix(".json").read_text())
    for line in raw.split(b"\r\n"):
        assert len(line) <= 75, f"{file.name}: a line of {len(line)} octets"
        assert b"\n" not in line and b"\r" not in line, f"{file.name}: a line end of another kind"
    calendars = icalendar.Calendar.from_ical(raw, multiple=True)
    assert len(calendars) == 1, file.name
    calendar = calendars[0]
    assert calendar.errors == [], f"{file.name}: {calendar.errors}"
    events = calendar.walk("VEVENT")
    assert len(events) == 1 and events[0].errors == [], f"{file.name}: {[event.errors for event in events]}"
    event = events[0]
    attendees = event.get("ATTENDEE", [])
    attendees = attendees if isinstance(attendees, list) else [attendees]
    found = {
        "method": str(calendar["METHOD"]),
        "uid": str(event["UID"]),
        "sequence": int(event["SEQUENCE"]),
        "summary": str(event["SUMMARY"]),
        "start": event.decoded("DTSTART"),
        "end": event.decoded("DTEND"),
        "stamp": event.decoded("DTSTAMP"),
        "changed": event.decoded("LAST-MODIFIED"),
        "status": str(event["STATUS"]),
        "attendees": [str(attendee).removeprefix("mailto:") for attendee in attendees],
    }
    for moment in ("start", "end", "stamp", "changed"):
        expected[moment] = datetime.fromisoformat(expected[moment])
        assert found[moment].utcoffset().total_seconds() == 0, f"{file.name}: {moment} has no zone"
    assert found == expected, f"{file.name}:\n{found}\nis not\n{expected}"
    allowed = {"UID", "SEQUENCE", "SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "LAST-MODIFIED", "STATUS", "ORGANIZER", "ATTENDEE"}
    assert set(event) <= allowed, f"{file.name}: {set(event) - allowed}"


def check_series(folder: pathlib.Path) -> int:
    """Applies files in order, as a calendar does: by UID, the highest SEQUENCE wins, what is cancelled is gone."""
    shown: dict[str, tuple[int, datetime, str]] = {}
    files = sorted(folder.glob("*.ics"))
    for file in files:
        raw = file.read_bytes()
        assert all(len(line) <= 75 for line in raw.split(b"\r\n")), file.name
        calendar = icalendar.Calendar.from_ical(raw)
        assert calendar.errors == [] and str(calendar["METHOD"]) == "PUBLISH", f"{file.name}: {calendar.errors}"
        for event in calendar.walk("VEVENT"):
            assert event.errors == [] and "DESCRIPTION" not in event, f"{file.name}: {event}"
            uid, sequence = str(event["UID"]), int(event["SEQUENCE"])
            start = event.decoded("DTSTART")
            assert start.utcoffset().total_seconds() == 0, f"{file.name}: {start}"
            if uid not in shown or shown[uid][0] < sequence:
                shown[uid] = (sequence, start, str(event["STATUS"]))
    found = {uid: start for uid, (_, start, status) in shown.items() if status != "CANCELLED"}
    expected = {uid: datetime.fromisoformat(at) for uid, at in json.loads((folder / "shows.json").read_text()).items()}
    assert found == expected, f"the calendar shows\n{found}\nnot\n{expected}"
    assert len(files) >= 8, f"only {len(files)} files in {folder}"
    return len(files)


files = sorted(pathlib.Path(sys.argv[1]).glob("*.ics"))
assert len(files) >= 8, f"only {len(files)} files in {sys.argv[1]}"
for one in files:
    check(one)
series = check_series(pathlib.Path(sys.argv[1]) / "series")
print(f"ok: {len(files)} calendar files, and {series} applied in order")
