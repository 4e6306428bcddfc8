"""Write db/schema.sql: the whole database as the migrations make it, in one readable file."""

import asyncio
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.generators import folder_argument
from xiaoer.plumbing import migrate, postgres
from xiaoer.plumbing.postgres_config import Options

HEAD = """\
-- The whole database as db/migrations makes it. Written by `make schema`; to change it, add a migration.

"""
DUMP = ("--schema-only", "--no-owner", "--no-privileges", "--no-tablespaces", "--no-comments")
NOISE = re.compile(
    r"^(?:--.*|SET .*;|SELECT pg_catalog\.set_config.*;|\\(?:un)?restrict .*)$", flags=re.MULTILINE
)


def main() -> int:
    """Migrate a database of our own and write down what came of it; returns the exit code."""
    target = folder_argument() / "db" / "schema.sql"
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="xiaoer-schema-") as home:
        Path(home).chmod(0o755)  # the server's own user must be able to enter
        server = postgres.start(Path(home), options=Options(durable=False), say=lambda _: None)
        try:
            url = server.url("xiaoer_schema")
            asyncio.run(build(url))
            program = server.binaries.program("pg_dump")
            dump = subprocess.run([program, *DUMP, url], capture_output=True, text=True, check=False)
        finally:
            server.close()
    if dump.returncode:
        print(dump.stderr, file=sys.stderr)
        return 1
    target.write_text(HEAD + tidy(dump.stdout), encoding="utf-8")
    return 0


async def build(url: str) -> None:
    """Make the database and bring it up to date."""
    await postgres.make_database(url)
    await migrate.migrate(url)


def tidy(dump: str) -> str:
    """Leave only the statements, a blank line between them."""
    return re.sub(r"\n{3,}", "\n\n", NOISE.sub("", dump)).strip() + "\n"


if __name__ == "__main__":
    sys.exit(main())
