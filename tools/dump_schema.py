"""Write db/schema.sql from the migrations, by a server of its own, whatever database the machine has."""

import asyncio
import sys

from tools.generators import folder_argument
from tools.passing import passing_home
from xiaoer.plumbing import migrate, postgres, schema
from xiaoer.plumbing.postgres_config import Options


def main() -> int:
    """Migrate a fresh database and write down what came of it; returns the exit code."""
    target = folder_argument() / "db" / "schema.sql"
    target.parent.mkdir(parents=True, exist_ok=True)
    with passing_home() as home:
        server = postgres.start(home, options=Options(durable=False), say=lambda _: None)
        try:
            url = server.url("xiaoer_schema")
            asyncio.run(build(url))
            text = schema.dump(url, server.binaries)
        finally:
            server.close()
    target.write_text(text, encoding="utf-8")
    return 0


async def build(url: str) -> None:
    """Make the database and bring it up to date."""
    await postgres.make_database(url)
    await migrate.migrate(url)


if __name__ == "__main__":
    sys.exit(main())
