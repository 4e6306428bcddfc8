"""Write docs/api/: what the server says and takes, for programs. events.json, and openapi.json."""

import importlib
import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from tools.generators import events_of, folder_argument, modules
from xiaoer.plumbing.events import Event

REFERENCE = "#/components/schemas/{name}"


def main() -> int:
    """Write the descriptions; returns the exit code."""
    folder = folder_argument() / "docs" / "api"
    folder.mkdir(parents=True, exist_ok=True)
    write(
        folder / "events.json",
        describe_events([one for _, module in modules("events") for one in events_of(module)]),
    )
    if importlib.util.find_spec("xiaoer.main"):
        openapi = importlib.import_module("xiaoer.plumbing.openapi")
        routes = importlib.import_module("xiaoer.main").ROUTES
        write(folder / "openapi.json", openapi.document(routes))
    return 0


def write(path: Path, description: object) -> None:
    """Write JSON for people to read as well."""
    text = msgspec.json.format(msgspec.json.encode(description, order="sorted"), indent=2)
    path.write_bytes(text + b"\n")


def describe_events(events: Sequence[type[Event]]) -> dict[str, object]:
    """Name the events that reach an audience, with their topics, and give the schema of each body."""
    told = sorted((one for one in events if one.topic), key=lambda one: one.name)
    found, schemas = msgspec.json.schema_components(told, schema_hook=anything, ref_template=REFERENCE)
    for schema in schemas.values():
        if "properties" in schema:
            schema["required"] = list(schema["properties"])  # what has a default is said all the same
    listed = {
        event.name: {"schema": schema["$ref"].rpartition("/")[2], "topic": event.topic, "kept": event.kept}
        for event, schema in zip(told, found, strict=True)
    }
    return {"events": listed, "schemas": schemas}


def anything(kind: type) -> dict[str, object]:
    """Describe what may be any JSON; raises NotImplementedError for other types unknown to msgspec."""
    if kind is object:
        return {"description": "Any JSON."}
    raise NotImplementedError(kind)


if __name__ == "__main__":
    sys.exit(main())
