"""Drives a running slack-sandbox with slack_bolt, unchanged, and its people over /control.

    python check.py [--url http://127.0.0.1:3900]      (or SLACK_SANDBOX_URL)

The sandbox may have been started with `--manifest tests/bolt/manifest.yml`: then some more is checked.

Prints a PASS line for every fact and exits with 1 at the first that fails.
"""

import argparse
import json
import os
import sys
import time
import urllib.error
import urllib.request

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--url", default=os.environ.get("SLACK_SANDBOX_URL", "http://127.0.0.1:3900"))
base = parser.parse_args().url.rstrip("/")


def control(path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(base + "/control/" + path, data, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        return json.load(error)


def check(name, truth, detail=""):
    print(("PASS " if truth else "FAIL ") + name + ("" if truth else f": {detail}"), flush=True)
    if not truth:
        sys.exit(1)


def wait(look, seconds=3.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.02)
    return None


facts = control("state")
client = WebClient(token=facts["bot_token"], base_url=base + "/api/")
app = App(token=facts["bot_token"], client=client)
heard = []


def form(complaint=None):
    return {
        "type": "modal",
        "callback_id": "form",
        "title": {"type": "plain_text", "text": "A form"},
        "submit": {"type": "plain_text", "text": "Send"},
        "blocks": [
            {
                "type": "input",
                "block_id": "why",
                "label": {"type": "plain_text", "text": "Why"},
                "element": {"type": "plain_text_input", "action_id": "text"},
            }
        ],
    }


@app.command("/hello")
def hello(ack, command):
    heard.append(command)
    ack(text=f"Hello <@{command['user_id']}>")


@app.command("/form")
def offer(ack, respond):
    ack()
    respond(
        text="A form",
        blocks=[
            {
                "type": "actions",
                "elements": [
                    {"type": "button", "action_id": "open", "text": {"type": "plain_text", "text": "Open"}, "value": "1"}
                ],
            }
        ],
    )


@app.action("open")
def open_form(ack, body, client):
    ack()
    client.views_open(trigger_id=body["trigger_id"], view=form())


@app.view("form")
def submitted(ack, view, body, client):
    text = view["state"]["values"]["why"]["text"]["value"]
    if len(text) < 5:
        ack(response_action="errors", errors={"why": "Say more"})
        return
    ack()
    client.chat_postMessage(channel=body["user"]["id"], text=f"Thank you: {text}")


@app.event("app_home_opened")
def home(event, client):
    section = {"type": "section", "text": {"type": "mrkdwn", "text": f"Welcome *<@{event['user']}>*"}}
    client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [section]})


def option(text):
    return {"text": {"type": "plain_text", "text": text}, "value": text.lower()}


@app.shortcut("note")
def note(ack, shortcut, client):
    ack()
    element = {"type": "external_select", "action_id": "pick", "min_query_length": 2}
    element["placeholder"] = {"type": "plain_text", "text": "Search"}
    blocks = [
        {"type": "input", "block_id": "town", "label": {"type": "plain_text", "text": "Town"}, "element": element},
        {
            "type": "input",
            "block_id": "plan",
            "label": {"type": "plain_text", "text": "Plan"},
            "element": {"type": "file_input", "action_id": "file", "filetypes": ["csv"], "max_files": 1},
        },
    ]
    client.views_open(trigger_id=shortcut["trigger_id"], view={**form(), "callback_id": "noted", "blocks": blocks})


@app.options("pick")
def towns(ack, options):
    found = [town for town in ("Leipzig", "Lisbon", "Lagos") if town.startswith(options["value"])]
    ack(options=[option(town) for town in found])


@app.view("noted")
def noted(ack, view, client, body):
    ack()
    values = view["state"]["values"]
    file = values["plan"]["file"]["files"][0]
    request = urllib.request.Request(file["url_private_download"])
    request.add_header("Authorization", "Bearer " + client.token)
    with urllib.request.urlopen(request, timeout=10) as answer:
        content = answer.read().decode()
    town = values["town"]["pick"]["selected_option"]["value"]
    client.chat_postMessage(channel=body["user"]["id"], text=f"Noted: {town}, {file['name']}, {content}")


@app.shortcut("carry")
def carry(ack, shortcut, respond):
    ack()
    respond(text=f"Carried: {shortcut['message']['text']}", replace_original=False)


@app.event("app_mention")
def mention(event, say):
    say(text="You called?", thread_ts=event["ts"])


@app.event("message")
def message(event, say):
    heard.append(event)
    if event["channel_type"] == "im":
        say(f"You said: {event['text']}")


handler = SocketModeHandler(app, facts["app_token"])
handler.client.web_client = WebClient(token=facts["app_token"], base_url=base + "/api/")
handler.connect()
check("Socket Mode connects", wait(lambda: control("state")["connections"] >= 1))

seen = control("types", {"person": "ada", "text": "/hello & greet @grace"})
check("a command is answered in its acknowledgement", seen["seen"][0]["shown"] == "Hello @ada", seen)
check("the command's text is encoded", heard[-1]["text"].startswith("&amp; greet <@"), heard[-1]["text"])

control("types", {"person": "ada", "text": "/form"})
ephemeral = wait(lambda: [m for m in control("seen?person=ada")["ephemerals"] if m["text"] == "A form"])
check("response_url makes an ephemeral message", ephemeral, control("seen?person=ada"))
check("a button can be clicked", control("clicks", {"person": "ada", "label": "Open"}) == {})
modal = wait(lambda: control("seen?person=ada")["modal"])
check("a modal opens", modal and modal["title"] == "A form", modal)
refused = control("submits", {"person": "ada"})
check("an empty required input is not submitted", "required" in refused.get("error", ""), refused)
control("fills", {"person": "ada", "label": "Why", "text": "so"})
outcome = control("submits", {"person": "ada"})
check("errors stay in the modal", outcome == {"outcome": "errors", "errors": {"Why": "Say more"}}, outcome)
control("fills", {"person": "ada", "label": "Why", "text": "to learn"})
outcome = control("submits", {"person": "ada"})
check("a good submission closes the modal", outcome == {"outcome": "closed"}, outcome)
thanks = wait(lambda: [m for m in control("seen?person=ada")["dms"] if m["shown"] == "Thank you: to learn"])
check("a direct message arrives", thanks, control("seen?person=ada")["dms"])

opened = control("opens_home", {"person": "ada"})
check("Home is published", opened.get("home", {}).get("shown") == "Welcome @ada", opened)

control("types", {"person": "ada", "text": "good morning"})
echo = wait(lambda: [m for m in control("seen?person=ada")["dms"] if m["shown"] == "You said: good morning"])
check("a message event is answered", echo, control("seen?person=ada")["dms"])

check("a global shortcut is used", control("uses_shortcut", {"person": "ada", "label": "note"}) == {})
modal = wait(lambda: control("seen?person=ada")["modal"])
check("its modal opens", modal and "Town" in modal["shown"], modal)
asked = control("suggestions", {"person": "ada", "label": "Town", "text": "Li"})
check("an external select is asked", asked == {"options": ["Lisbon"]}, asked)
chosen = control("chooses", {"person": "ada", "label": "Town", "option": "Lisbon"})
check("a suggested option is chosen", chosen == {}, chosen)
refused = control("attaches", {"person": "ada", "label": "Plan", "filename": "plan.pdf", "text": "x"})
check("a file of another type is refused", "types" in refused.get("error", ""), refused)
attached = control("attaches", {"person": "ada", "label": "Plan", "filename": "plan.csv", "text": "a,b"})
check("a file is attached", attached == {}, attached)
outcome = control("submits", {"person": "ada"})
check("both are submitted", outcome == {"outcome": "closed"}, outcome)
told = wait(lambda: [m for m in control("seen?person=ada")["dms"] if m["text"] == "Noted: lisbon, plan.csv, a,b"])
check("the option arrives and the file is downloaded", told, control("seen?person=ada")["dms"])

carried = {"person": "ada", "label": "carry", "channel": told[0]["channel"], "ts": told[0]["ts"]}
check("a message shortcut is used", control("uses_shortcut", carried) == {})
answer = wait(lambda: [m for m in control("seen?person=ada")["ephemerals"] if m["text"].startswith("Carried: Noted")])
check("it is answered through response_url", answer, control("seen?person=ada")["ephemerals"])

town = control("channels", {"name": "town", "people": ["ada", "grace"]})["channel"]
unheard = len(heard)
control("says_in", {"person": "ada", "channel": town, "text": "anybody here?"})
client.conversations_join(channel=town)
said = control("says_in", {"person": "ada", "channel": town, "text": "and now?"})["ts"]
check("only messages where the app is are heard", wait(lambda: len(heard) > unheard) and heard[unheard]["ts"] == said)
control("says_in", {"person": "grace", "channel": town, "text": "yes", "thread_ts": said})
check("a reply says in which thread", wait(lambda: heard[-1].get("thread_ts") == said), heard[-1])
bot = client.auth_test()["user"]
control("says_in", {"person": "grace", "channel": town, "text": f"@{bot} come"})
called = wait(lambda: [m for m in control("reads", {"person": "ada", "channel": town})["seen"] if m["text"] == "You called?"])
check("a mention is answered in its thread", called and called[0]["thread_ts"], called)
seen = control("types_in", {"person": "ada", "channel": town, "text": "/hello"})["seen"]
check("a command in a channel is answered there", seen[0]["channel"] == town and seen[0]["ephemeral"], seen)
check("it says which channel", heard[-1].get("channel_name") == "town", heard[-1])
pair = control("meets", {"person": "ada", "people": ["grace"]})["channel"]
try:
    client.conversations_history(channel=pair)
    check("people meet without the app", False, "it reads along")
except SlackApiError as error:
    check("people meet without the app", error.response["error"] == "channel_not_found", error.response)

if client.bots_info()["bot"]["name"] == "Bolt Check":

    def own():
        sent = [sent for sent in control("envelopes") if sent["payload"].get("event", {}).get("channel") == town]
        return [sent for sent in sent if "second" in json.dumps(sent["payload"]) and sent["acknowledged_after"]]

    before = len(heard)
    posted = client.chat_postMessage(channel=town, text="first")
    client.chat_update(channel=town, ts=posted["ts"], text="second")
    edit = wait(own)
    check("an own edit comes back", edit and edit[0]["payload"]["event"]["subtype"] == "message_changed", edit)
    check("Bolt knows its own messages and keeps them from the app", len(heard) == before, heard[before:])
    refused = control("types", {"person": "ada", "text": "/unknown"})
    check("an unknown command is refused", refused == {"error": "/unknown is not a valid command"}, refused)

try:
    client.chat_postMessage(channel="U0ADA0000", text="x", blocks=[{"type": "section"}])
    check("bad blocks are refused", False, "they were posted")
except SlackApiError as error:
    check("bad blocks are refused", error.response["error"] == "invalid_blocks", error.response)

ids = [person["id"] for person in control("people") if person["name"] in ("ada", "grace")]
group = client.conversations_open(users=ids)["channel"]["id"]
client.chat_postMessage(channel=group, text="hi", metadata={"event_type": "greeting", "event_payload": {"n": 1}})
history = client.conversations_history(channel=group, include_all_metadata=True)
check("metadata comes back", history["messages"][0]["metadata"]["event_payload"] == {"n": 1}, history.data)
first = history["messages"][0]["ts"]
client.chat_postMessage(channel=group, thread_ts=first, text="later", metadata={"event_type": "greeting", "event_payload": {"n": 2}})
control("says_in", {"person": "grace", "channel": group, "text": "gladly", "thread_ts": first})
replies = client.conversations_replies(channel=group, ts=first, include_all_metadata=True)["messages"]
check("a thread in a group comes back", [reply["text"] for reply in replies] == ["hi", "later", "gladly"], replies)
check("so does what travels with a reply", replies[1]["metadata"]["event_payload"] == {"n": 2}, replies[1])
check("the same people are the same group", client.conversations_open(users=ids[::-1])["channel"]["id"] == group, ids)
pages = list(client.users_list(limit=2))
check("users.list pages", len(pages) > 1 and all(len(page["members"]) <= 2 for page in pages), len(pages))
uploaded = client.files_upload_v2(channel=group, content="a,b", filename="plan.csv", title="The plan")
check("a file is uploaded and shared", uploaded["ok"], uploaded.data)

def only(name, *rules):
    violations = control("violations")
    check(name, {violation["rule"] for violation in violations} <= set(rules), violations)


only("only the planted violations are there", "invalid_blocks")

# Last, because what reaches the client on a connection that it is leaving may be answered late.
control("disconnect", {"reason": "warning", "which": "all"})
time.sleep(0.5)
answered = wait(lambda: "seen" in control("types", {"person": "grace", "text": "/hello again"}), 15)
check("after a warning commands still work", answered)
only("and nothing but a late answer came of it", "invalid_blocks", "ack_within_3s")
handler.close()
os._exit(0)
