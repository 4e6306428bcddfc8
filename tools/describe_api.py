"""Write docs/api/: what the server says and takes, for programs: openapi.json and events.json."""

import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from tools.generators import events_of, folder_argument, modules
from xiaoer.main import ROUTES
from xiaoer.plumbing import openapi
from xiaoer.plumbing.events import Event


def main() -> int:
    """Write the descriptions; returns the exit code."""
    folder = folder_argument() / "docs" / "api"
    folder.mkdir(parents=True, exist_ok=True)
    events = [one for _, module in modules("events") for one in events_of(module)]
    write(folder / "events.json", describe_events(events))
    write(folder / "openapi.json", openapi.document(ROUTES))
    return 0


def write(path: Path, description: object) -> None:
    """Write JSON for people to read as well."""
    text = msgspec.json.format(msgspec.json.encode(description, order="sorted"), indent=2)
    path.write_bytes(text + b"\n")


def describe_events(events: Sequence[type[Event]]) -> dict[str, object]:
    """Name the events that reach an audience, with their topics, and give the schema of each body."""
    told = sorted((one for one in events if one.topic), key=lambda one: one.name)
    _, found, schemas = openapi.describe([], told)
    listed = {
        event.name: {"schema": schema["$ref"].rpartition("/")[2], "topic": event.topic, "kept": event.kept}
        for event, schema in zip(told, found, strict=True)
    }
    return {"events": listed, "schemas": schemas}


if __name__ == "__main__":
    sys.exit(main())
