#!/usr/bin/env python3
"""Plays the story of the first pair, from the first question to the second agenda, against local-slack.

local-slack is a pretend Slack that others wrote. The app runs as it is, as a process of its own; people type, click and
fill in through local-slack's control HTTP and through the WebSocket of its browser page. One line a step: PASS with
what was seen, SKIP with why it cannot be seen there, FAIL with the reason; the exit code is 0 if nothing failed.

The app's clock is moved by a library that is loaded before it, so that days pass at once.

Run it with `scripts/check-local-slack`, which fetches local-slack and keeps it away from the network.
"""

import argparse
import fcntl
import functools
import json
import pathlib
import re
import secrets
import shutil
import socket
import struct
import sys
import tempfile
import time
import traceback

from local_slack_stage import ADA, BOT, GRACE, MALLORY, Failed, Someone, Stage, check, must_say, one_line, read

NOT_YOURS = "That is not here, or not yours."
PARTS = (
    "Learn the why",
    "Biggest challenge since last time",
    "Upcoming work",
    "A topic I'm curious about",
    "Homework I'm returning",
)


class Story:
    """What happens, and what must be seen of it."""

    def __init__(self, stage):
        self.stage, self.page = stage, stage.page
        self.ada, self.grace, self.mallory = (Someone(stage, user) for user in (ADA, GRACE, MALLORY))
        self.private = {}
        self.now = "start"

    def play(self):
        self.starts()
        self.commands()
        self.asks()
        self.is_asked()
        self.accepts()
        self.stands()
        self.prepares()
        self.mentor_reads()
        self.meets()
        self.second_agenda()
        self.keeps_it_private()
        self.complains_of_nothing()
        self.ends()
        self.what_cannot_be_seen()

    def step(self, name):
        self.now = name

    def saw(self, screen, *pieces):
        """The step is passed: the screen says all of this."""
        must_say(screen, *pieces)
        for text, marked in self.private.items():
            screen = screen.replace(marked, f"[{text}]")
        print(f"PASS {self.now}: {one_line(screen)}", flush=True)

    def hears(self, someone, count, *pieces):
        """The step is passed: the latest of so many direct messages says all of this."""
        message = someone.waits_for_message(count, *pieces)
        self.saw(read(message["blocks"]))
        return message

    def skipped(self, name, because):
        print(f"SKIP {name} because {because}", flush=True)

    def secret(self, text):
        """Private text that is easy to find wherever it must not be."""
        self.private[text] = f"{text} canary-{secrets.token_hex(4)}"
        return self.private[text]

    def refused(self, someone, again, field, fields=None, as_page=False):
        """Submits a form that must stay open with an error at one field.

        When local-slack hands the form to several connections, it takes the first acknowledgement of them, which may be
        that of a repetition: the form closes, and the person opens it `again`.
        """
        for _ in range(10 if self.stage.connections > 1 else 1):
            errors = someone.submits(fields, as_page)
            if errors != "closed":
                break
            again()
        check(isinstance(errors, dict) and list(errors) == [field], f"no error at the field {field} alone: {errors}")
        self.saw(f"it stays open and says {errors}")

    def called(self):
        return ", ".join(sorted({entry["summary"] for entry in self.page.logged("from_bot", "web_api")}))

    def starts(self):
        self.stage.set_clock("2026-03-02T14:00:00+00:00")
        self.step("mentor check")
        code, said = self.stage.run_app("check")
        check(code == 0, said or "it failed")
        self.saw(said, "ok    bot token", "ok    scope users:read", "ok    app token and Socket Mode", "in order")
        self.step("mentor serve")
        self.stage.start_app()
        check("2026-03-02" in self.stage.logged_by_app(), "the app's clock cannot be moved: is it linked statically?")
        must_say(self.stage.logged_by_app(), "learnt who is here people=4")
        connections = f"{self.stage.connections} connection(s) said hello"
        self.saw(f"{connections}; called {self.called()}; learnt 3 people and the app itself", "users.list")

    def commands(self):
        for name, typed, pieces in (
            ("/mentor of somebody new", "/mentor", ["You have no mentor yet.", "`/mentor ask @name`"]),
            ("/mentor help", "/mentor help", ["What you can type", "/mentor agenda", "/mentor homework"]),
            ("an unknown command", "/mentor agneda", ["I don't know “agneda”", "/mentor agenda", "/mentor help"]),
            ("a name that is no mention", "/mentor ask @grace", ["I can't tell who @grace is."]),
            ("/mentor agenda without a mentor", "/mentor agenda", ["You have no meeting to prepare."]),
            ("asking the app", f"/mentor ask <@{BOT}>", ["is an app, not a person"]),
        ):
            self.step(name)
            self.saw(self.ada.types_and_reads(typed), *pieces)

    def asks(self):
        self.step("/mentor ask @grace")
        opens = functools.partial(self.ada.types_and_sees, f"/mentor ask <@{GRACE}|grace>")
        self.saw(
            opens(),
            "# Ask for mentoring",
            "You ask @grace to be your mentor.",
            "What I want to work on: ____",
            "[Send]",
        )
        self.step("the form sent empty")
        self.refused(self.ada, opens, "aim")
        self.step("the form sent")
        sent = self.ada.submits({"What I want to work on": self.secret("running my first project")})
        if sent == "closed" and self.stage.connections > 1:
            self.skipped(self.now, "local-slack took the acknowledgement of the repetition, which only closes the form")
        else:
            self.saw(sent, "# Sent", "I am asking @grace. You will hear by Thu 5 Mar 2026, 14:0")
            self.ada.closes()
        self.step("asked twice")
        self.saw(self.ada.types_and_reads(f"/mentor ask <@{GRACE}>"), "You have asked grace already")
        self.asks_on_home()

    def asks_on_home(self):
        self.step("asking on Home")
        self.ada.opens_home()
        opens = functools.partial(self.ada.sees, lambda: self.ada.clicks_on_home("Ask somebody to mentor me"))
        self.saw(opens(), "# Ask for mentoring", "Whom I ask: ____", "What I want to work on: ____", "[Send]")
        no_picker = "local-slack's page shows an empty list of people in a form; the people below come from here"
        self.skipped("choosing a person on the browser page", no_picker)
        for name, user in (("herself", ADA), ("the app", BOT), ("Grace again", GRACE)):
            self.step(f"asking {name} on Home")
            fields = {"Whom I ask": user, "What I want to work on": self.private["running my first project"]}
            self.refused(self.ada, opens, "mentor", fields)
        self.ada.closes()

    def is_asked(self):
        self.step("Grace is asked")
        message = self.hears(self.grace, 1, "@ada would like you as a mentor.", "[Accept] [Not now] [Read the request]")
        must_say(message["text"], "ada would like you as a mentor")
        self.step("Read the request")
        request = self.grace.clicks_and_sees(message, "Read the request")
        self.saw(request, "# The request", self.private["running my first project"])
        self.grace.closes()
        self.step("somebody else clicks Accept")
        self.saw(self.mallory.clicks_and_is_told(message, "Accept"), NOT_YOURS)

    def accepts(self):
        self.step("Accept")
        proposal = self.grace.direct_messages()[-1]
        opens = functools.partial(self.grace.clicks_and_sees, proposal, "Accept")
        zones = "On your clock (America/New_York). @ada is on Europe/London time."
        self.saw(opens(), "# Accept", "Weekday: Tuesday", "Time: 10:00", "Length: 45 minutes", zones)
        self.step("Accept without a time")
        self.refused(self.grace, opens, "time", {"How often": "Every week", "Weekday": "Thursday", "Length": "30 minutes"}, as_page=True)
        no_picker = "local-slack's page draws no time picker and sends null for it; the time below comes from here"
        self.skipped("choosing the time on the browser page", no_picker)
        self.step("Accept with weekday, time and length")
        self.grace.saves({"How often": "Every week", "Weekday": "Thursday", "Time": "10:00", "Length": "30 minutes"})
        outcome = self.hears(
            self.grace, 1, "You said yes: you mentor @ada, every week, 30 minutes.", "Thu 5 Mar 2026, 15:00 UTC"
        )
        check("[Accept]" not in read(outcome["blocks"]), "the buttons are still there")
        self.step("Ada hears")
        self.hears(
            self.ada, 1, "Good news: @grace mentors you from now on", "Your next meeting: Thu 5 Mar 2026, 15:00 UTC."
        )
        for label in ("Accept", "Not now"):
            self.step(f"the old button {label}")
            self.saw(
                self.grace.clicks_and_is_told(proposal, label), "You said yes to @ada already. Nothing was changed."
            )

    def stands(self):
        self.step("/mentor of the pair")
        self.saw(self.ada.types_and_reads("/mentor"), "@grace mentors you. Next meeting: Thu 5 Mar 2026", "[Prepare]")
        self.step("Ada's Home")
        home = self.ada.opens_home()
        self.saw(
            home, "What waits for me", "with @grace", "No agenda yet", "[Prepare]", "@grace mentors you · every week"
        )
        self.step("Grace's Home")
        home = self.grace.opens_home()
        self.saw(
            home, "Nothing. Enjoy your day.", "with @ada", "[Open agenda]", "You mentor @ada · every week, 30 minutes"
        )
        self.step("Mallory's Home")
        self.saw(self.mallory.opens_home(), "Nobody yet.", "[Ask somebody to mentor me]")

    def prepares(self):
        self.step("shortly before two working days before")
        self.stage.set_clock("2026-03-03T14:58:00+00:00")
        time.sleep(1.5)
        self.ada.waits_for_message(1)
        self.grace.waits_for_message(1)
        self.saw("nobody hears anything")
        self.step("two working days before")
        self.stage.set_clock("2026-03-03T15:00:00+00:00")
        request = self.hears(self.ada, 2, "*Prepare your agenda* for @grace, Thu 5 Mar 2026, 15:00 UTC", "[Prepare]")
        for name, opens in (
            ("Prepare on Home", lambda: self.ada.sees(lambda: self.ada.clicks_on_home("Prepare"))),
            ("Prepare in the message", lambda: self.ada.clicks_and_sees(request, "Prepare")),
            ("/mentor agenda", lambda: self.ada.types_and_sees("/mentor agenda")),
        ):
            self.step(name)
            self.saw(opens(), "# Your agenda", "For @grace", *(f"{part} (optional): ____" for part in PARTS), "[Save]")
            if name != "/mentor agenda":
                self.ada.closes()
        self.step("four parts saved")
        texts = (
            "why do we freeze releases in December",
            "the flaky deploy",
            "move the billing job",
            "how do we price things",
        )
        self.ada.saves({part: self.secret(text) for part, text in zip(PARTS, texts)})
        message = self.hears(self.ada, 2, "Your agenda for @grace is ready: 4 parts.", "[Edit agenda]")
        self.step("Edit agenda")
        form = self.ada.clicks_and_sees(message, "Edit agenda")
        self.saw(form, *(f"{part} (optional): {self.private[text]}" for part, text in zip(PARTS, texts)))
        self.ada.closes()
        self.step("both Homes follow")
        self.ada.waits_for_home("Nothing. Enjoy your day.", "Agenda: 4 parts", "[Edit agenda]")
        self.saw(
            self.grace.waits_for_home("The agenda with @ada, Thu 5 Mar 2026, 15:00 UTC, is ready.", "Agenda: 4 parts")
        )

    def mentor_reads(self):
        everything = ["# Agenda", "With @ada", *list(self.private.values())[1:], "A question to ask: "]
        self.step("/mentor agenda of the mentor")
        agenda = self.grace.types_and_sees("/mentor agenda")
        check(agenda.count("A question to ask: ") == 4, "not one question for each part")
        self.saw(agenda, *everything)
        self.grace.closes()
        self.step("Open agenda on Home")
        self.saw(self.grace.sees(lambda: self.grace.clicks_on_home("Open agenda")), *everything)
        self.grace.closes()
        self.step("one working day before")
        self.stage.set_clock("2026-03-04T15:00:00+00:00")
        notice = self.hears(self.grace, 2, "The agenda with @ada is ready: 4 parts.", "[Open agenda]")
        check(len(self.ada.direct_messages()) == 2, "Ada was nudged though her agenda is ready")
        self.step("Open agenda in the message")
        self.saw(self.grace.clicks_and_sees(notice, "Open agenda"), *everything)
        self.grace.closes()
        self.step("somebody else clicks Open agenda")
        self.saw(self.mallory.clicks_and_is_told(notice, "Open agenda"), NOT_YOURS)

    def meets(self):
        self.step("a quarter of an hour after the meeting")
        self.stage.set_clock("2026-03-05T15:45:00+00:00")
        question = self.hears(self.ada, 3, "Did you meet @grace?", "[We met] [Not yet] [Skipped]")
        self.step("We met")
        opens = functools.partial(self.ada.clicks_and_sees, question, "We met")
        self.saw(
            opens(), "# You met", "Homework (optional)", "Who looks into it: ada", "Due (optional)", "A win (optional)"
        )
        self.step("a due day that is over")
        task = self.secret("read the post-mortem")
        self.refused(self.ada, opens, "due", {"Homework": task, "Due": "2026-03-01"})
        self.step("what came of it")
        useful, win = self.secret("hearing how she plans"), self.secret("first green week")
        self.ada.saves({"Homework": task, "What was most useful?": useful, "A win": win})
        self.hears(self.ada, 3, "You met @grace, Thu 5 Mar 2026, 15:00 UTC.", "1 homework item")
        self.step("the old button Skipped")
        self.saw(self.ada.clicks_and_is_told(question, "Skipped"), "You said already that you met @grace.")
        self.step("/mentor homework")
        self.saw(self.ada.types_and_sees("/mentor homework"), "# Homework", task, "@ada · open")
        self.ada.closes()

    def second_agenda(self):
        task, win = self.private["read the post-mortem"], self.private["first green week"]
        self.step("two working days before the second meeting")
        # New York changes its clocks in between, London does not: 10:00 in New York is 14:00 UTC now.
        self.stage.set_clock("2026-03-10T14:00:00+00:00")
        request = self.hears(self.ada, 4, "Thu 12 Mar 2026, 14:00 UTC", "Coming back: 1 homework item", "[Prepare]")
        self.step("homework comes back")
        form = self.ada.clicks_and_sees(request, "Prepare")
        must_say(form, "Open homework", task, "Coming back this time (optional)")
        findings = self.secret("it was a full disk")
        self.ada.saves({"Coming back this time": task, "Homework I'm returning": findings})
        self.hears(self.ada, 4, "Your agenda for @grace is ready: 1 part, 1 homework item.")
        self.step("the mentor's second agenda")
        self.stage.set_clock("2026-03-11T14:00:00+00:00")
        # The win that Ada noted down came before it.
        notice = self.grace.waits_for_message(4, "The agenda with @ada is ready: 1 part, 1 homework item.")
        self.saw(self.grace.clicks_and_sees(notice, "Open agenda"), task, findings, "@ada · returned")
        self.grace.closes()
        self.step("Homes at the end")
        self.ada.waits_for_home(task, win)
        self.saw(self.grace.waits_for_home("[Open agenda]", task, win))

    def keeps_it_private(self):
        self.step("private text")
        messages = [message for channel in self.page.messages.values() for message in channel]
        said = json.dumps(messages, ensure_ascii=False)
        kept = b"".join(path.read_bytes() for path in self.stage.folder.glob("mentor.db*"))
        logged = self.stage.logged_by_app()
        for text, marked in self.private.items():
            mark = marked.split()[-1]
            check(mark not in said, f"“{text}” stands in a message")
            check(mark not in logged, f"“{text}” stands in the app's log")
            check(mark.encode() not in kept, f"“{text}” stands readable in the database")
        places = f"the {len(messages)} messages, the app's log and the database's files"
        self.saw(f"none of {len(self.private)} texts stands in {places}")

    def complains_of_nothing(self):
        self.step("what local-slack complains of")
        complaints = [entry["summary"] for entry in self.page.logged("internal", "web_api", "socket", "files")]
        # `mentor check` asks to delete a message that is not there, to see whether it might.
        complaints = [summary for summary in complaints if summary != "chat.delete -> message_not_found"]
        check(not complaints, "; ".join(complaints))
        self.saw(f"nothing; the app called {self.called()}")
        self.step("what the app complains of")
        warned = [line for line in self.stage.logged_by_app().splitlines() if re.search(r"\b(WARN|ERROR)\b", line)]
        told_to_wait = [line for line in warned if "Slack limits apps.connections.open for 3600 s" in line]
        unclear = [line for line in warned if "response_url" in line and "the answer made no sense" in line]
        others = [line for line in warned if line not in told_to_wait and line not in unclear]
        check(not others, f"{len(others)} line(s), such as: {others[0] if others else ''}")
        check(len(told_to_wait) <= 1, f"told to wait for an hour, it asked {len(told_to_wait)} times")
        self.saw("nothing" + ", but that it must wait with a second connection" * len(told_to_wait))
        if unclear:
            self.skipped(
                "knowing that an answer at a response_url arrived",
                "local-slack answers there with an empty body of no content type, which the app takes for an answer "
                f"that makes no sense; the {len(unclear)} answers it warns of did arrive",
            )

    def ends(self):
        self.step("one modal for each click")
        triggers = [
            entry["detail"]["trigger_id"]
            for entry in self.page.logged("from_bot", "web_api")
            if entry["summary"] == "views.open"
        ]
        modals, twice = len(set(triggers)), len(triggers) - len(set(triggers))
        broadcast = "local-slack hands every envelope to each connection, Slack to one"
        if self.stage.connections == 1:
            check(not twice, f"{twice} of {modals} modals were opened again")
            self.saw(f"{modals} modals, each opened once")
            self.skipped("two connections", f"{broadcast}: the app was told to wait with the second")
        else:
            done = "what changes something was done once, as the steps above show"
            self.skipped(self.now, f"{broadcast}: {twice} of {modals} modals were opened again; {done}")
        self.step("the app stops")
        code = self.stage.stop_app()
        check(code == 0, f"exit code {code}")
        self.saw("on SIGTERM, with exit code 0")

    def what_cannot_be_seen(self):
        for name, because in (
            ("a second delivery of an event", "local-slack repeats nothing that was not acknowledged"),
            ("a message whose answer was lost", "local-slack keeps no metadata, by which the app would find it again"),
            ("being told to wait with a message", "local-slack limits no rates"),
            ("a trigger that is too old or used", "local-slack takes one for half an hour, as often as it comes"),
            ("a lost update of Home", "local-slack does not look at the hash of views.publish"),
            ("wrong tokens and missing scopes", "local-slack takes every token for that of its first app"),
            ("two people with modals at the same time", "local-slack has one stack of modals for everybody"),
            ("that nobody else reads a private answer", "local-slack marks it, and shows it to the whole channel"),
            ("shortcuts and group direct messages", "local-slack has none"),
        ):
            self.skipped(name, because)


def is_up(interface):
    with socket.socket() as any_socket:
        flags = fcntl.ioctl(any_socket, 0x8913, struct.pack("16s16x", interface.encode()))  # SIOCGIFFLAGS
    return bool(struct.unpack_from("H", flags, 16)[0] & 1)  # IFF_UP


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--peer", type=pathlib.Path, required=True, help="local-slack's program")
    options.add_argument("--app", type=pathlib.Path, required=True, help="the app's program")
    options.add_argument("--connections", type=int, choices=(1, 2), default=1, help="connections the app may open")
    options.add_argument("--keep", action="store_true", help="keep the folder with logs and database")
    chosen = options.parse_args()

    outward = [name for _, name in socket.if_nameindex() if name != "lo" and is_up(name)]
    if outward:
        sys.exit(f"local-slack would listen on {', '.join(outward)}, too: use scripts/check-local-slack")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="mentor-local-slack."))
    stage, story, code = Stage(folder, chosen.app.resolve(), chosen.connections), None, 1
    try:
        stage.start_peer(chosen.peer.resolve())
        story = Story(stage)
        story.play()
        code = 0
    except Exception as failure:
        reason = failure if isinstance(failure, Failed) else repr(failure)
        print(f"FAIL {story.now if story else 'local-slack starts'}: {reason}", flush=True)
        if not isinstance(failure, Failed):
            traceback.print_exc()
        for log in ("app.log", "peer.log"):
            lines = (folder / log).read_text(errors="replace").splitlines()[-15:] if (folder / log).exists() else []
            print("\n".join(f"  {log}: {line}" for line in lines), file=sys.stderr)
    finally:
        stage.end()
        if chosen.keep:
            print(f"kept {folder}", file=sys.stderr)
        else:
            shutil.rmtree(folder, ignore_errors=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
