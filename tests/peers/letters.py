"""Posts letters by a real mail server with TLS and a password, and reads them with Python's email and icalendar.

`letters.py POST`: POST is the test program of tests/letters.rs, which posts one letter as its environment says.
"""

import email
import email.policy
import logging
import os
import pathlib
import socket
import ssl
import subprocess
import sys
import tempfile
import warnings
from email.header import decode_header, make_header

import icalendar
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

USER, PASSWORD = "mentor", "a password, with @ and :"


class Handler:
    """Takes letters, or does what its mood says."""

    def __init__(self):
        self.letters, self.mood = [], "takes"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.mood == "refuses":
            return "550 5.1.1 no such mailbox"
        if self.mood == "greylists":
            return "451 4.7.1 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.mood == "vanishes":
            server.transport.abort()
            return "421 gone"
        self.letters.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 OK"


def authenticator(server, session, envelope, mechanism, data):
    fits = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=fits, handled=False)


def certificate(folder: pathlib.Path) -> tuple[pathlib.Path, pathlib.Path]:
    key, cert = folder / "key.pem", folder / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
         "-keyout", key, "-out", cert, "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
         "-addext", "basicConstraints=critical,CA:FALSE"],
        check=True, capture_output=True,
    )
    return key, cert


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def post(program: str, url: str, cert: pathlib.Path, kind: str) -> str:
    environment = os.environ | {"MENTOR_TEST_POST": url, "MENTOR_TEST_LETTER": kind, "SSL_CERT_FILE": str(cert)}
    done = subprocess.run(
        [program, "posts_as_told", "--exact", "--nocapture"], env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return next(line.split("OUTCOME ")[1] for line in done.stdout.splitlines() if "OUTCOME " in line)


def read(letter) -> dict:
    sender, recipients, content = letter
    assert (sender, recipients) == ("mentor@example.org", ["jane@example.org"]), letter[:2]
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert message.defects == [], message.defects
    for part in message.walk():
        assert part.defects == [], part.defects
    assert str(message["Reply-To"].addresses[0]) .endswith("<ada@example.com>"), message["Reply-To"]
    assert message["Reply-To"].addresses[0].display_name == "Ada Lövelace Bcc: eve@example.org"
    # The newer reader keeps the white space between two encoded words, which RFC 2047 takes away.
    sender = str(make_header(decode_header(email.message_from_bytes(content)["From"])))
    assert sender == "Ada Lövelace Bcc: eve@example.org (via Mentor) <mentor@example.org>", sender
    assert message["Bcc"] is None and message["X-Evil"] is None
    assert message["List-Unsubscribe"] == "<https://mentor.example.org/stop/0123456789abcdef0123456789abcdef>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Message-ID"].endswith("@example.org>") and message["Date"] is not None
    assert "\n" not in message["Subject"]
    text = message.get_body(("plain",)).get_content()
    assert "Grüße" in text and len(text) > 1_000_000, len(text)
    assert max(len(line) for line in content.split(b"\r\n")) <= 998
    files = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    assert len(files) == 2 and files[0].get_content() == files[1].get_content()
    calendar = icalendar.Calendar.from_ical(files[0].get_content())
    method = str(calendar["METHOD"])
    assert files[0].get_param("method") == method
    event = calendar.walk("VEVENT")[0]
    assert calendar.errors == [] and event.errors == []
    assert str(event["ORGANIZER"]) == "mailto:ada@example.com" and str(event["ATTENDEE"]) == "mailto:jane@example.org"
    return {"method": method, "uid": str(event["UID"]), "sequence": int(event["SEQUENCE"]), "status": str(event["STATUS"])}


def main(program: str) -> None:
    # What goes wrong on purpose is no news.
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    checks = 0
    with tempfile.TemporaryDirectory() as name:
        key, cert = certificate(pathlib.Path(name))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(cert, key)
        handler = Handler()
        common = dict(
            hostname="127.0.0.1", authenticator=authenticator, auth_required=True, data_size_limit=50_000_000,
            decode_data=False,
        )
        inside = Controller(handler, port=free_port(), ssl_context=context, auth_require_tls=False, server_hostname="localhost", **common)
        starts = Controller(handler, port=free_port(), tls_context=context, require_starttls=True, **common)
        for controller in (inside, starts):
            # The controller's own look at itself does not trust the certificate.
            controller._trigger_server = lambda port=controller.port: socket.create_connection(("127.0.0.1", port)).close()
            controller.start()
        try:
            who = "mentor:a%20password%2C%20with%20%40%20and%20%3A"
            urls = [f"smtps://{who}@localhost:{inside.port}", f"smtp://{who}@localhost:{starts.port}?tls=required"]
            for url in urls:
                handler.letters.clear()
                for kind in ("invite", "move", "cancel"):
                    assert post(program, url, cert, kind) == "taken"
                found = [read(letter) for letter in handler.letters]
                assert len({one["uid"] for one in found}) == 1, found
                assert [one["method"] for one in found] == ["REQUEST", "REQUEST", "CANCEL"], found
                assert [one["sequence"] for one in found] == sorted({one["sequence"] for one in found}), found
                assert [one["status"] for one in found] == ["CONFIRMED", "CONFIRMED", "CANCELLED"], found
                checks += 3
                for mood, outcome in (
                    ("refuses", "refused 550"), ("greylists", "not taken 451"), ("vanishes", "uncertain"),
                ):
                    handler.mood, before = mood, len(handler.letters)
                    assert post(program, url, cert, "invite") == outcome, mood
                    assert len(handler.letters) == before
                    checks += 1
                handler.mood = "takes"
                wrong = url.replace("password", "pasword")
                outcome = post(program, wrong, cert, "invite")
                assert outcome == "not taken 535", outcome
                # Without the certificate nobody is trusted, and nothing is said.
                assert post(program, url, pathlib.Path("/dev/null"), "invite") == "not taken"
                checks += 2
        finally:
            for controller in (inside, starts):
                controller.stop(no_assert=True)
    print(f"letters: {checks} checks, all well")


if __name__ == "__main__":
    main(sys.argv[1])
