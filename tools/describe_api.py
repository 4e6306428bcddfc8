"""Write docs/api/: what the server says and takes, for programs: openapi.json and events.json."""

import inspect
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from tools.generators import events_of, folder_argument, modules
from xiaoer.identity.rules import rights
from xiaoer.main import ROUTES
from xiaoer.plumbing import openapi
from xiaoer.plumbing.events import Event
from xiaoer.plumbing.http import Route

FAMILIES = {
    "/public/v1/": "Buyers, visitors and oneself",
    "/api/v1/": "Shops",
    "/platform/v1/": "The marketplace",
    "": "Operation",
}
HEAD = """\
# The API

Written from `main.ROUTES` and `identity/rights.toml` by `make types`; `docs/api/openapi.json` says the same
to programs, with every field. Amounts are integers in the smallest unit of their currency, times are RFC 3339
in UTC, ids are UUIDs. Unknown fields and parameters are refused, so that a misspelt one is noticed.

**Who asks.** Pages use the cookie of a session and send `X-Xiaoer: 1` with everything that changes something.
Programs send `Authorization: Bearer xo_…`, a token an administrator made: it has scopes, perhaps a list of
shops, and an end. The widget sends the token that `POST /public/v1/identify` gave it.

**Lists** take `limit` and `starting_after` and answer `{{data, has_more, next_cursor}}`.

**Every refusal** looks alike; `message` is a sentence in the language of the caller (his own, or
`Accept-Language`), `code` is for programs, `row` names the rule that said no:

```json
{{"error": {{"kind": "not_now", "code": "conversations.closed", "message": "…", "row": null, "facts": {{}}}}}}
```

| status | means |
|---|---|
{statuses}

In the tables below a role's reach stands in brackets: *own* things, the *team*'s shop; without brackets the
whole marketplace.
"""


def main() -> int:
    """Write the descriptions; returns the exit code."""
    folder = folder_argument() / "docs" / "api"
    folder.mkdir(parents=True, exist_ok=True)
    events = [one for _, module in modules("events") for one in events_of(module)]
    write(folder / "events.json", describe_events(events))
    write(folder / "openapi.json", openapi.document(ROUTES))
    (folder.parent / "api.md").write_text(page(), encoding="utf-8")
    return 0


def page() -> str:
    """Write docs/api.md: every door in a table a person can read."""
    statuses = "\n".join(f"| {status} | {said} |" for status, said in openapi.REFUSALS.items())
    parts = [HEAD.format(statuses=statuses)]
    for prefix, title in FAMILIES.items():
        rows = [row(one) for one in ROUTES if isinstance(one, Route) and family(one.path) == prefix]
        parts.append(f"\n## {title}\n\n| door | does | deed | who may |\n|---|---|---|---|\n" + "".join(rows))
    return "".join(parts)


def family(path: str) -> str:
    """Name the family of addresses a path belongs to."""
    return next((prefix for prefix in FAMILIES if prefix and path.startswith(prefix)), "")


def row(route: Route) -> str:
    """Write one door as a row of the table."""
    does = " ".join((inspect.getdoc(route.handler) or "").partition("\n\n")[0].split())
    table = rights()
    may: Mapping[str, str] = table.deeds[route.deed] if route.deed else {}
    who = ", ".join(
        f"{role} ({reach})" if reach != "all" else role
        for role, reach in may.items()
        if reach != "none"
        and any(route.path.startswith(door) and role in roles for door, roles in table.doors)
    )
    deed = f"`{route.deed}`" if route.deed else ""
    return f"| `{route.method} {route.path}` | {does} | {deed} | {who or 'everybody'} |\n"


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
