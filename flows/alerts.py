"""Alerts: word of runs that failed or crashed, set up by one command on the Prefect server.

python flows/alerts.py --webhook [URL] | --email ADDRESS | --off

What is needed to reach somebody stays in a block of Prefect, encrypted. Asked for again, the same is set up again.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import timedelta
from getpass import getpass
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit
from uuid import UUID

# Prefect reads these when it is imported: the first stops the server's calls home, the second the client's.
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")

from prefect.blocks.notifications import CustomWebhookNotificationBlock, SlackWebhook
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState, SendNotification
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from prefect.events.schemas.events import ResourceSpecification
from prefect.settings import PREFECT_API_URL
from prefect.types import SecretDict
from pydantic import SecretStr

from scaudit.errors import ProjectError, ScauditError
from scaudit.mailroom import Delivery
from scaudit.project import find_project

BLOCK = "scaudit-alerts"
TELL, WATCH = "scaudit: tell of runs that failed or crashed", "scaudit: a run without a sign of life has crashed"
FLOWS = ["audit", "distribute"]
SIGN_OF_LIFE = 30  # seconds from one to the next; Prefect allows no less
LOST_AFTER = timedelta(minutes=5)  # more than a restart of the server takes
SUBJECT = "scaudit: {{ flow_run.name }} {{ flow_run.state.name | lower }}"
BODY = """\
{{ flow_run.state.message }}
Flow {{ flow.name }}, run {{ flow_run.name }}, due {{ flow_run.expected_start_time }}.
"""
GONE = "The process of this run is gone; results and editions stay as they were."
Channel = CustomWebhookNotificationBlock | SlackWebhook
TRIAL = "This is a trial: from now on a run that failed or crashed is told here."

_RUNS = ResourceSpecification({"prefect.resource.id": "prefect.flow-run.*"})
_OURS = ResourceSpecification({"prefect.resource.role": "flow", "prefect.resource.name": FLOWS})


def tell(channel: Channel) -> None:
    """Have every run that failed or crashed told through this channel; a trial goes out at once."""
    with channel.raise_on_failure():
        channel.notify(TRIAL, "scaudit: trial")
    block = UUID(str(channel.save(BLOCK, overwrite=True)))
    trigger = EventTrigger(
        posture=Posture.Reactive,  # an update that leaves it out is refused
        expect={"prefect.flow-run.Failed", "prefect.flow-run.Crashed"},
        match=_RUNS,
        match_related=_OURS,
    )
    action = SendNotification(block_document_id=block, subject=SUBJECT, body=BODY)
    _set(AutomationCore(name=TELL, trigger=trigger, actions=[action]))


def watch(lost_after: timedelta = LOST_AFTER) -> None:
    """Have a run count as crashed once its signs of life stay away: a killed process says nothing, for ever."""
    trigger = EventTrigger(
        posture=Posture.Proactive,
        after={f"prefect.flow-run.{sign}" for sign in ("Pending", "Running", "heartbeat")},  # may die before the first
        expect={"prefect.flow-run.*"},  # the next sign, or any end
        for_each={"prefect.resource.id"},
        within=lost_after,
        match=_RUNS,
        match_related=_OURS,
    )
    action = ChangeFlowRunState(name="Crashed", state=StateType.CRASHED, message=GONE, force=False)
    _set(AutomationCore(name=WATCH, trigger=trigger, actions=[action]))


def silence() -> None:
    """Tell nobody any more; what the block knew goes too."""
    with get_client(sync_client=True) as client:
        for found in client.read_automations_by_name(TELL):
            client.delete_automation(found.id)
        for document in client.read_block_documents():
            if document.name == BLOCK:
                client.delete_block_document(document.id)


def webhook(address: str) -> Channel:
    """A channel that posts JSON to an address, which may itself be a secret: the block keeps it among its secrets."""
    if urlsplit(address).scheme not in {"http", "https"} or not urlsplit(address).hostname:
        raise ProjectError("A webhook is an address that begins with https:// or http://.")
    return CustomWebhookNotificationBlock(
        name=BLOCK,
        url="{{address}}",
        json_data={"text": "{{subject}}\n{{body}}", "subject": "{{subject}}", "body": "{{body}}"},
        headers=None,
        cookies=None,
        secrets=SecretDict({"address": address}),
    )


def email(to: str, delivery: Delivery) -> Channel:
    """A channel that mails through the mail server of the project's deliveries.

    Prefect has no block of its own for a mail server. The one for Slack hands addresses that are not Slack's to
    Apprise, which knows mail.
    """
    server = delivery.smtp
    if server is None or not delivery.sender:
        raise ProjectError("scaudit.toml names no mail server; fill in sender and [delivery.smtp], or use --webhook.")
    password = os.environ.get(server.password_env, "") if server.user else ""
    if server.user and not password:
        raise ProjectError(f"The variable {server.password_env} with the password of the mail server is not set.")
    login = f"{quote(server.user, safe='')}:{quote(password, safe='')}@" if server.user else ""
    scheme = "mailto" if server.security == "none" else "mailtos"
    mode = {} if server.security == "none" else {"mode": "ssl" if server.security == "tls" else "starttls"}
    asked = urlencode({"from": delivery.sender, "to": to, "smtp": server.host, "format": "text", **mode})
    return SlackWebhook(url=SecretStr(f"{scheme}://{login}{server.host}:{server.door}?{asked}"))


def _set(wanted: AutomationCore) -> None:
    with get_client(sync_client=True) as client:
        first, *others = [*client.read_automations_by_name(wanted.name), None]
        if first is None:
            client.create_automation(wanted)
        else:
            client.update_automation(first.id, wanted)
        for another in others:
            if another is not None:
                client.delete_automation(another.id)


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Tell somebody of runs that failed or crashed.")
    way = parser.add_mutually_exclusive_group(required=True)
    way.add_argument("--webhook", nargs="?", const="", metavar="URL", help="post JSON there; asked for if not given")
    way.add_argument("--email", metavar="ADDRESS", help="mail there, by the mail server in scaudit.toml")
    way.add_argument("--off", action="store_true", help="tell nobody any more")
    given = parser.parse_args(arguments)
    if not PREFECT_API_URL.value():
        sys.exit("Set PREFECT_API_URL to the server that keeps the schedule, such as http://127.0.0.1:4200/api.")
    try:
        _main(given)
    except ScauditError as error:
        sys.exit(f"alerts: {error}")


def _main(given: argparse.Namespace) -> None:
    if given.off:
        silence()
        print("Nobody is told any more.")
        return
    if given.email:
        channel = email(given.email, find_project(Path(__file__)).settings.delivery)
    else:
        channel = webhook(given.webhook or getpass("Address of the webhook: "))
    watch()
    tell(channel)
    print("Set up; a trial went out. Runs that fail or crash are told there from now on.")


if __name__ == "__main__":
    main()
