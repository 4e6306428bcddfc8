"""A second set of pools on a database, whose connections write down what they are asked."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from xiaoer.plumbing.db import Database
from xiaoer.plumbing.driver import APP, SYSTEM, Connection, Role, connect
from xiaoer.plumbing.pool import Pool


@asynccontextmanager
async def watched(database_url: str, asked: list[str], size: int) -> AsyncIterator[Database]:
    """So many connections in each pool; `asked` gets the first line of each statement, as it is sent."""

    def pool(role: Role) -> Pool:
        async def opened() -> Connection:
            connection: Any = await connect(database_url, role)
            connection.add_query_logger(lambda one: asked.append(one.query.split("\n", 1)[0]))
            return connection

        return Pool(opened, size)

    second = Database(database_url, writers=pool(APP), readers=pool(APP), system=pool(SYSTEM))
    yield second
    await second.close()
