"""Write db/schema.sql: the whole database as the migrations make it, in one readable file."""

import asyncio
import sys
import tempfile
from pathlib import Path

from tools.generators import folder_argument
from xiaoer.plumbing import migrate, postgres, schema
from xiaoer.plumbing.postgres_config import Options


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
            target.write_text(schema.dump(url, server.binaries), encoding="utf-8")
        finally:
            server.close()
    return 0


async def build(url: str) -> None:
    """Make the database and bring it up to date."""
    await postgres.make_database(url)
    await migrate.migrate(url)


if __name__ == "__main__":
    sys.exit(main())
