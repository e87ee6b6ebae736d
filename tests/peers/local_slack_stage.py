"""What it takes to play a story against local-slack: its process, its browser page without the browser, the app with a
clock that can be moved, and people who type, click, fill in and read.
"""

import base64
import datetime
import http.client
import http.server
import json
import os
import pathlib
import re
import secrets
import socket
import struct
import subprocess
import threading
import time
import urllib.request

TEAM, BOT, CHANNEL = "T0MENTOR", "U0MENTORBOT", "C0GENERAL"
ADA, GRACE, MALLORY = "U0ADA", "U0GRACE", "U0MALLORY"
PEER_PORT, HEALTH_PORT, DOOR_PORT = 3000, 3001, 3002

WORKSPACE = {
    "workspace": {"name": "Analytical Engines", "domain": "analytical-engines", "teamId": TEAM},
    "apps": [
        {
            "appId": "A0MENTOR",
            "botUserId": BOT,
            "botName": "mentor",
            "botToken": "xoxb-local-slack",
            "appToken": "xapp-local-slack",
            "mode": "socket",
        }
    ],
    "users": [
        {"id": ADA, "name": "ada", "real_name": "Ada Lovelace", "tz": "Europe/London"},
        {"id": GRACE, "name": "grace", "real_name": "Grace Hopper", "tz": "America/New_York"},
        {"id": MALLORY, "name": "mallory", "real_name": "Mallory", "tz": "Europe/London"},
    ],
    "channels": [{"id": CHANNEL, "name": "general", "members": [BOT, ADA, GRACE, MALLORY]}],
}


class Failed(Exception):
    """What was seen is not what should have been seen."""


def check(holds, reason):
    if not holds:
        raise Failed(reason)


def wait(holds, reason, seconds=10):
    until = time.monotonic() + seconds
    while not holds():
        check(time.monotonic() < until, f"{reason()} (after {seconds} s)")
        time.sleep(0.05)


def must_say(shown, *pieces):
    for piece in pieces:
        check(piece in shown, f"“{piece}” is missing in: {one_line(shown)}")
    return shown


def one_line(text):
    return " / ".join(line.strip() for line in text.splitlines() if line.strip())


# What is on a screen.


def words(text):
    """The text of a text object, mentions and dates as a reader sees them (dates by their fallback)."""
    if text is None:
        return ""
    text = text if isinstance(text, str) else text.get("text", "")
    names = {user["id"]: user["name"] for user in WORKSPACE["users"]}
    text = re.sub(r"<@([A-Z0-9]+)>", lambda found: "@" + names.get(found[1], found[1]), text)
    text = re.sub(r"<!date\^[^|]*\|([^>]*)>", lambda found: " ".join(found[1].split()), text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def buttons(blocks):
    """Every button with the id of its block; local-slack's page numbers blocks without one."""
    for number, block in enumerate(blocks or []):
        for element in [*block.get("elements", []), block.get("accessory") or {}]:
            if element.get("type") == "button":
                yield block.get("block_id", f"b{number}"), element


def press(blocks, label):
    """What a click on the button with this label says, as the browser page has it."""
    for block_id, button in buttons(blocks):
        if words(button["text"]) == label:
            said = {name: button[name] for name in ("value", "text") if name in button}
            return {"type": "button", "action_id": button["action_id"], "block_id": block_id, **said}
    raise Failed(f"no button “{label}” in: {one_line(read(blocks))}")


def read(blocks):
    """Blocks as lines of text."""
    lines = []
    for block in blocks or []:
        kind = block["type"]
        if kind == "input":
            optional = " (optional)" if block.get("optional") else ""
            lines.append(f"{words(block['label'])}{optional}: {initial(block['element']) or '____'}")
        elif kind == "divider":
            lines.append("---")
        elif kind == "context":
            lines += [words(element) for element in block["elements"]]
        elif kind != "actions":
            lines.append(words(block.get("text")))
        labels = [f"[{words(button['text'])}]" for _, button in buttons([block])]
        if labels:
            lines.append(" ".join(labels))
    return "\n".join(lines)


def initial(element):
    """What an input holds before anybody touches it, in words."""
    for name in ("initial_value", "initial_time", "initial_date"):
        if name in element:
            return element[name]
    chosen = [element["initial_option"]] if "initial_option" in element else element.get("initial_options", [])
    return ", ".join(words(option["text"]) for option in chosen)


def untouched(element):
    """What an input that nobody touched says in a submission, as Slack has it."""
    kind = element["type"]
    for given, said in (
        ("initial_value", "value"),
        ("initial_option", "selected_option"),
        ("initial_options", "selected_options"),
        ("initial_date", "selected_date"),
        ("initial_time", "selected_time"),
    ):
        if given in element:
            return {"type": kind, said: element[given]}
    return None


def filled(element, value):
    """What an input says once somebody has filled it in."""
    kind = element["type"]
    if kind == "plain_text_input":
        return {"type": kind, "value": value}
    if kind == "timepicker":
        return {"type": kind, "selected_time": value}
    if kind == "datepicker":
        return {"type": kind, "selected_date": value}
    if kind == "users_select":
        return {"type": kind, "selected_user": value}
    chosen = [option for option in element["options"] if words(option["text"]) == value]
    check(chosen, f"there is no choice “{value}”")
    return (
        {"type": kind, "selected_options": chosen}
        if kind == "checkboxes"
        else {"type": kind, "selected_option": chosen[0]}
    )


# local-slack and the app.


class Page:
    """local-slack's browser page without the browser: what it is told, and what it can say."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port))
        key = base64.b64encode(secrets.token_bytes(16)).decode()
        self.socket.sendall(
            f"GET /ui HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        self.stream = self.socket.makefile("rb")
        check(b" 101 " in self.stream.readline(), "local-slack's page does not open its WebSocket")
        while self.stream.readline().strip():
            pass
        self.changed = threading.Condition()
        self.messages, self.homes, self.stack, self.log = {}, {}, [], []
        self.errors, self.answers = None, 0
        threading.Thread(target=self.listen, daemon=True).start()

    def frame(self):
        head, length = self.stream.read(2)
        length &= 0x7F
        if length >= 126:
            length = int.from_bytes(self.stream.read(2 if length == 126 else 8), "big")
        return head & 0x80, head & 0x0F, self.stream.read(length)

    def send_frame(self, opcode, data):
        mask = secrets.token_bytes(4)
        size = len(data)
        head = (
            struct.pack("!BB", 0x80 | opcode, 0x80 | size)
            if size < 126
            else struct.pack("!BBH", 0x80 | opcode, 0xFE, size)
        )
        self.socket.sendall(head + mask + bytes(byte ^ mask[place % 4] for place, byte in enumerate(data)))

    def say(self, kind, **what):
        self.send_frame(1, json.dumps({"t": kind, **what}).encode())

    def listen(self):
        text = b""
        try:
            while True:
                final, opcode, data = self.frame()
                if opcode == 9:
                    self.send_frame(10, data)
                elif opcode in (0, 1):
                    text += data
                    if final:
                        self.told(json.loads(text))
                        text = b""
        except (OSError, ValueError):
            pass  # The page is closed.

    def told(self, what):
        kind = what["t"]
        with self.changed:
            if kind == "init":
                state = what["state"]
                self.messages, self.log, self.stack = state["messages"], state["log"], state["modalStack"]
                self.homes = {user: next(iter(views.values()), None) for user, views in state["homeViews"].items()}
            elif kind == "message":
                self.messages.setdefault(what["message"]["channel"], []).append(what["message"])
            elif kind == "message_update":
                channel = self.messages[what["message"]["channel"]]
                place = [message["ts"] for message in channel].index(what["message"]["ts"])
                channel[place] = what["message"]
            elif kind == "view":
                self.stack, self.errors = what["stack"], None
                self.answers += 1
            elif kind == "view_errors":
                self.errors = what["errors"]
                self.answers += 1
            elif kind == "home":
                self.homes[what["user"]] = what["view"]
            elif kind == "log":
                self.log.append(what["entry"])
            self.changed.notify_all()

    def until(self, seen, what, seconds=10):
        with self.changed:
            check(self.changed.wait_for(seen, seconds), f"not within {seconds} s: {what}")
            return seen()

    def logged(self, direction, *kinds):
        return [entry for entry in list(self.log) if entry["direction"] == direction and entry["kind"] in kinds]


class Door(http.server.BaseHTTPRequestHandler):
    """Hands calls of the Web API on to local-slack, but lets only so many connections in: the next is told to wait.

    Slack gives an envelope to one of the app's connections, local-slack to all of them. With one connection that is the
    same.
    """

    protocol_version = "HTTP/1.1"
    left = None

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path.endswith("/apps.connections.open") and Door.left is not None:
            if Door.left == 0:
                return self.answer(
                    429, b'{"ok":false,"error":"ratelimited"}', "application/json", ("Retry-After", "3600")
                )
            Door.left -= 1
        behind = http.client.HTTPConnection("127.0.0.1", PEER_PORT, timeout=10)
        headers = {name: self.headers[name] for name in ("Authorization", "Content-Type") if name in self.headers}
        behind.request(self.command, self.path, body, headers)
        answer = behind.getresponse()
        self.answer(answer.status, answer.read(), answer.headers.get("Content-Type"))
        behind.close()

    do_GET = do_POST

    def answer(self, status, body, content_type, *more):
        self.send_response(status)
        for name, value in (("Content-Type", content_type), ("Content-Length", str(len(body))), *more):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *what):
        pass


class Stage:
    """local-slack, its page, the app and its clock."""

    def __init__(self, folder, app, connections):
        self.folder, self.app_program, self.allowed = folder, app, connections
        self.page, self.connections, self.processes = None, 0, []
        self.clock_file, self.app_log = folder / "clock", folder / "app.log"
        self.environment = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "HOME": str(folder),
            "TMPDIR": str(folder),
            "SLACK_API_URL": f"http://127.0.0.1:{DOOR_PORT}/api",
            "SLACK_APP_TOKEN": WORKSPACE["apps"][0]["appToken"],
            "SLACK_BOT_TOKEN": WORKSPACE["apps"][0]["botToken"],
            "DATABASE_URL": f"sqlite:{folder}/mentor.db",
            "MENTOR_KEY_FILE": f"{folder}/mentor.key",
            "MENTOR_HEALTH_ADDRESS": f"127.0.0.1:{HEALTH_PORT}",
            "CLOCK_AHEAD_FILE": str(self.clock_file),
        }

    def start_peer(self, program):
        config = self.folder / "workspace.json"
        config.write_text(json.dumps(WORKSPACE))
        options = f"--config {config} --port {PEER_PORT} --base-host 127.0.0.1 --files-dir {self.folder}/files".split()
        self.start("local-slack", PEER_PORT, [program, *options], "peer.log")
        self.page = Page(PEER_PORT)
        door = http.server.ThreadingHTTPServer(("127.0.0.1", DOOR_PORT), Door)
        threading.Thread(target=door.serve_forever, daemon=True).start()
        self.environment["LD_PRELOAD"] = str(self.build_clock())

    def start(self, name, port, command, log):
        """Starts a process and waits until it listens."""
        with open(self.folder / log, "ab") as log:
            process = subprocess.Popen(command, env=self.environment, cwd=self.folder, stdout=log, stderr=log)
        self.processes.append(process)

        def listens():
            check(process.poll() is None, f"{name} ended by itself")
            with socket.socket() as client:
                return client.connect_ex(("127.0.0.1", port)) == 0

        wait(listens, lambda: f"{name} does not listen", 20)

    def build_clock(self):
        library = self.folder / "clock.so"
        source = pathlib.Path(__file__).with_name("clock.c")
        compiler = os.environ.get("CC", "cc")
        try:
            subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, source], check=True)
        except (OSError, subprocess.CalledProcessError) as failure:
            raise Failed(f"the clock needs a C compiler ({compiler}): {failure}") from failure
        return library

    def set_clock(self, moment):
        """From now on the app takes this for the time; the clock goes on from there."""
        ahead = datetime.datetime.fromisoformat(moment).timestamp() - time.time()
        new = self.clock_file.with_suffix(".new")
        new.write_text(str(int(ahead) + 1))
        new.replace(self.clock_file)

    def run_app(self, command):
        with open(self.app_log, "ab") as log:
            program = [self.app_program, command]
            run = subprocess.run(
                program,
                check=False,
                env=self.environment,
                cwd=self.folder,
                stdout=subprocess.PIPE,
                stderr=log,
                timeout=60,
            )
        return run.returncode, run.stdout.decode()

    def start_app(self):
        Door.left = self.allowed
        self.start("the app", HEALTH_PORT, [self.app_program, "serve"], self.app_log.name)
        wait(lambda: "learnt who is here" in self.logged_by_app(), lambda: "the app does not learn who is here")
        self.connections = self.allowed
        wait(
            lambda: self.metric("slack_connections") == self.allowed,
            lambda: f"{self.metric('slack_connections')} connections, and {self.allowed} were allowed",
        )
        self.settle()

    def metric(self, name):
        with urllib.request.urlopen(f"http://127.0.0.1:{HEALTH_PORT}/metrics", timeout=5) as answer:
            found = re.search(rf"^mentor_{name} (\d+)$", answer.read().decode(), re.MULTILINE)
        check(found, f"the app has no metric mentor_{name}")
        return int(found[1])

    def settle(self, quiet=0.4):
        """Waits until every envelope is acknowledged on every connection, and nobody calls anybody any more."""
        envelopes = len(self.page.logged("to_bot", "events_api", "slash_commands", "interactive")) * self.connections

        def acknowledged():
            return self.metric("slack_acknowledged_total")

        wait(lambda: acknowledged() >= envelopes, lambda: f"{acknowledged()} of {envelopes} envelopes acknowledged")
        while True:
            calls = len(self.page.log)
            time.sleep(quiet)
            if len(self.page.log) == calls:
                return

    def control(self, path, **what):
        request = urllib.request.Request(
            f"http://127.0.0.1:{PEER_PORT}/_control/{path}",
            json.dumps(what).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            check(json.load(answer).get("ok"), f"local-slack's control refuses {path}")

    def logged_by_app(self):
        return re.sub(r"\x1b\[[0-9;]*m", "", self.app_log.read_text())

    def stop_app(self):
        app = self.processes.pop()
        app.terminate()
        return app.wait(30)

    def end(self):
        for process in reversed(self.processes):
            process.kill()
            process.wait()


class Someone:
    """A person in front of local-slack."""

    def __init__(self, stage, user):
        self.stage, self.page, self.user = stage, stage.page, user

    def conversation(self):
        """The direct messages with the app: local-slack names the channel after the person."""
        with urllib.request.urlopen(f"http://127.0.0.1:{PEER_PORT}/_control/state", timeout=5) as answer:
            channels = json.load(answer)["channels"]
        return next((channel["id"] for channel in channels if channel["name"] == f"dm-{self.user}"), None)

    def direct_messages(self):
        return [
            message
            for message in self.page.messages.get(self.conversation(), [])
            if message.get("subtype") != "ephemeral"
        ]

    def waits_for_message(self, count, *pieces):
        """The latest of so many direct messages, once it says all of this."""

        def says():
            messages = self.direct_messages()
            return len(messages) == count and all(piece in read(messages[-1]["blocks"]) for piece in pieces)

        def reason():
            messages = [one_line(read(message["blocks"])) for message in self.direct_messages()]
            return f"{self.user} should have {count} direct messages, the last with {pieces}, and has {messages}"

        wait(says, reason)
        self.stage.settle()
        check(says(), reason())
        return self.direct_messages()[-1]

    def private_answers(self, act):
        """What only this person is told because of `act`."""

        def ephemeral():
            every = [message for channel in list(self.page.messages.values()) for message in list(channel)]
            return [message for message in every if message.get("ephemeral_to") == self.user]

        before = len(ephemeral())
        act()
        wait(lambda: len(ephemeral()) > before, lambda: f"no private answer to {self.user}")
        self.stage.settle()
        return ephemeral()[before:]

    def types(self, text):
        command, _, rest = text.partition(" ")
        self.stage.control("command", channel=CHANNEL, user=self.user, command=command, text=rest)

    def types_and_reads(self, text):
        """The one private answer to a command."""
        answers = self.private_answers(lambda: self.types(text))
        check(len(answers) == 1, f"{len(answers)} answers to {text}")
        return read(answers[0]["blocks"])

    def types_and_sees(self, text):
        """The modal that a command opens."""
        return self.sees(lambda: self.types(text))

    def sees(self, act):
        check(not self.page.stack, "a modal is still open")
        act()
        self.page.until(lambda: self.page.stack, "a modal")
        self.stage.settle()
        return self.modal()

    def modal(self):
        view = self.page.stack[-1]
        feet = [f"[{words(view[name])}]" for name in ("close", "submit") if view.get(name)]
        return "\n".join(["# " + words(view["title"]), read(view["blocks"]), " ".join(feet)])

    def closes(self):
        self.page.say("view_close", user=self.user)
        self.page.until(lambda: not self.page.stack, "the modal closed")

    def click(self, message, label):
        """Clicks a button of a message."""
        where = {"channel": message["channel"], "messageTs": message["ts"]}
        self.stage.control("interact", **where, user=self.user, action=press(message["blocks"], label))

    def clicks_and_sees(self, message, label):
        return self.sees(lambda: self.click(message, label))

    def clicks_and_is_told(self, message, label):
        """The private answer to a click that opens nothing.

        One, or the same one for each connection, since local-slack hands an envelope to all of them.
        """
        answers = self.private_answers(lambda: self.click(message, label))
        said = {read(answer["blocks"]) for answer in answers}
        check(len(said) == 1, f"different answers, or none: {said}")
        check(len(answers) <= self.stage.connections, f"{len(answers)} times: {one_line(read(answers[0]['blocks']))}")
        check(not self.page.stack, "a modal opened")
        return said.pop()

    def clicks_on_home(self, label):
        # The browser page names neither channel nor message then, which the control HTTP insists on.
        what = press(self.page.homes[self.user]["blocks"], label)
        self.page.say("block_action", channel="", messageTs="", user=self.user, action=what, appId="A0MENTOR")

    def submits(self, fields=None, as_page=False):
        """Submits the modal: `closed`, the modal that follows, or the errors.

        Inputs left alone say what they held at first, as in Slack; with `as_page` they say nothing, as with
        local-slack's page.
        """
        fields, values = dict(fields or {}), {}
        for block in self.page.stack[-1]["blocks"]:
            if block["type"] != "input":
                continue
            element, label = block["element"], words(block["label"])
            said = filled(element, fields.pop(label)) if label in fields else None if as_page else untouched(element)
            if said:
                values[block["block_id"]] = {element["action_id"]: said}
        check(not fields, f"no such input: {', '.join(fields)}")
        before = self.page.answers
        self.page.say("view_submit", user=self.user, values=values)
        self.page.until(lambda: self.page.answers > before, "an answer to the form")
        self.stage.settle()
        if self.page.errors:
            return self.page.errors
        return self.modal() if self.page.stack else "closed"

    def saves(self, fields):
        """Submits the modal, which must close."""
        done = self.submits(fields)
        check(done == "closed", f"the form did not close: {done}")

    def opens_home(self):
        self.stage.control("open-home", user=self.user)
        self.page.until(lambda: self.page.homes.get(self.user), "Home")
        self.stage.settle()
        return self.home()

    def home(self):
        return read(self.page.homes[self.user]["blocks"])

    def waits_for_home(self, *pieces):
        """Home, once it says all of this."""
        wait(lambda: all(piece in self.home() for piece in pieces), lambda: f"not {pieces} in: {one_line(self.home())}")
        return self.home()
