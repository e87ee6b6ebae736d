"""Reads the org chart from a SCIM 2.0 server that others wrote (scim2-server), with 5,000 people, through a proxy that can fail.

`scim.py --mentor PROGRAM --sandbox PROGRAM --server PROGRAM`
"""

import argparse
import contextlib
import http.client
import json
import os
import pathlib
import re
import socket
import subprocess
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PEOPLE = 5_000
# Everybody but the head reports to one of these.
MANAGERS = 500
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
TOKEN = "a-token-for-this-check"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Proxy:
    """Between the app and the server: counts pages, and fails when it is told to."""

    def __init__(self, port: int) -> None:
        self.pages, self.fails_after, self.busy = 0, None, 0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.pages += 1
                if outer.busy:
                    outer.busy -= 1
                    self.send_response(429)
                    self.send_header("Retry-After", "1")
                    self.send_header("Content-Length", "0")
                    return self.end_headers()
                if outer.fails_after is not None and outer.pages > outer.fails_after:
                    self.send_response(500)
                    self.send_header("Content-Length", "0")
                    return self.end_headers()
                upstream = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
                upstream.request("GET", self.path, headers={name: value for name, value in self.headers.items() if name != "Host"})
                answer = upstream.getresponse()
                body = answer.read()
                self.send_response(answer.status)
                for name in ("Content-Type", "ETag"):
                    if answer.headers[name]:
                        self.send_header(name, answer.headers[name])
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/v2"


class Scim:
    """The server itself, to fill and to change."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, method: str, path: str, body: object = None) -> dict:
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/scim+json"}
        self.connection.request(method, f"/v2{path}", body and json.dumps(body), headers)
        answer = self.connection.getresponse()
        text = answer.read()
        assert answer.status < 300, f"{method} {path}: {answer.status} {text[:300]!r}"
        return json.loads(text) if text else {}

    def add(self, number: int, manager: str | None) -> str:
        extension = {"department": f"Department {number % 40}"}
        if manager:
            extension["manager"] = {"value": manager}
        user = {
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", ENTERPRISE],
            "userName": f"p{number}@example.com",
            "externalId": f"e{number}",
            "emails": [{"value": f"P{number}@Example.com", "primary": True}],
            "active": True,
            ENTERPRISE: extension,
        }
        return self.ask("POST", "/Users", user)["id"]


def start(stack: contextlib.ExitStack, *command: str, **how: object) -> subprocess.Popen:
    process = subprocess.Popen(command, **how)
    stack.callback(process.wait)
    stack.callback(process.terminate)
    return process


def wait_for(port: int) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise SystemExit("the SCIM server does not start")


def main() -> None:
    arguments = argparse.ArgumentParser()
    for name in ("mentor", "sandbox", "server"):
        arguments.add_argument(f"--{name}", required=True)
    given = arguments.parse_args()
    with contextlib.ExitStack() as stack:
        scratch = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
        port = free_port()
        start(stack, given.server, "--port", str(port), "--bearer-token", TOKEN, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        people = [{"handle": f"p{number}", "name": f"Person {number}", "email": f"p{number}@example.com"} for number in (0, 1, 2, 700, 4999)]
        (scratch / "people.json").write_text(json.dumps(people))
        sandbox = start(stack, given.sandbox, "--port", "0", "--people", str(scratch / "people.json"), stdout=subprocess.PIPE, text=True)
        tokens, users = {}, {}
        for line in sandbox.stdout:
            words = line.split()
            if words[0] == "person":
                users[words[2]] = words[1]
            elif len(words) == 2:
                tokens[words[0]] = words[1]
            if words[0] == "channel":
                break
        wait_for(port)
        scim = Scim(port)
        began = time.monotonic()
        ids = [scim.add(0, None)]
        for number in range(1, PEOPLE):
            ids.append(scim.add(number, ids[(number - 1) // 10 if number <= MANAGERS else number % MANAGERS]))
        print(f"   {PEOPLE} people in scim2-server after {time.monotonic() - began:.0f} s")
        proxy = Proxy(port)
        environment = {
            **os.environ,
            "SLACK_APP_TOKEN": tokens["app_token"],
            "SLACK_BOT_TOKEN": tokens["bot_token"],
            "SLACK_API_URL": tokens["api_url"],
            "DATABASE_URL": f"sqlite:{scratch}/mentor.db",
            "MENTOR_KEY_FILE": f"{scratch}/mentor.key",
            "MENTOR_SCIM_URL": proxy.url,
            "MENTOR_SCIM_TOKEN": TOKEN,
            "RUST_LOG": "error",
        }

        def mentor(*words: str, succeeds: bool = True) -> str:
            proxy.pages = 0
            began = time.monotonic()
            done = subprocess.run([given.mentor, *words], env=environment, capture_output=True, text=True, timeout=120)
            said = done.stdout + done.stderr
            assert (done.returncode == 0) == succeeds, f"mentor {' '.join(words)}: {done.returncode}\n{said}"
            assert TOKEN not in said
            shown = [line for line in said.splitlines() if "scim" in line.lower()]
            print(f"   mentor {' '.join(words)}: {proxy.pages} page(s), {time.monotonic() - began:.1f} s")
            for line in shown:
                print(f"      {line}")
            return said

        said = mentor("sync")
        assert f"scim: {PEOPLE} people (0 before)" in said and "5 of them are known in Slack" in said, said
        pages = proxy.pages
        assert pages >= PEOPLE // 200, f"only {pages} pages"
        managers = re.search(r"(\d+) managers", said)[1]
        assert "as it was" in mentor("sync")
        # p700 reports to p200, who reports to p19, who reports to p1.
        explained = mentor("check", "--people", users["p700"], "p1@example.com")
        assert "they may not; a mentor is never the boss" in explained and "who reports to" in explained, explained
        print("      " + explained.splitlines()[1])
        assert "they may." in mentor("check", "--people", users["p2"], users["p700"])

        proxy.busy = 2
        assert "as it was" in mentor("sync"), "a server that is busy is asked again"
        proxy.fails_after = pages // 2
        scim.ask("DELETE", f"/Users/{ids[-2]}")
        said = mentor("sync", succeeds=False)
        assert "the server answers 500" in said and "The chart as it was counts" in said, said
        proxy.fails_after = None
        assert f"org chart (scim): the server answers 500 Internal Server Error. What was read before counts: {PEOPLE} people" in mentor(
            "check", succeeds=False
        )
        assert f"scim: {PEOPLE - 1} people ({PEOPLE} before)" in mentor("sync")

        # A third of the managers lose everybody who reports to them.
        begun = time.monotonic()
        body = {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [{"op": "remove", "path": f"{ENTERPRISE}:manager"}]}
        for number in range(1, PEOPLE - 2):
            manager = (number - 1) // 10 if number <= MANAGERS else number % MANAGERS
            if manager % 3 == 0:
                scim.ask("PATCH", f"/Users/{ids[number]}", body)
        print(f"   a third of the managers taken away after {time.monotonic() - begun:.0f} s")
        said = mentor("sync", succeeds=False)
        assert f"of {managers} managers would be gone" in said and "--accept" in said, said
        assert "would be gone" in mentor("check", succeeds=False)
        assert "scim: " in mentor("sync", "--accept")
    print("ok: the org chart of scim2-server")


main()
