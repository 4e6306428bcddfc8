"""The database as text: what pg_dump writes, without what differs from machine to machine."""

import re
import subprocess
from typing import Final

from xiaoer.plumbing.faults import DatabaseFault
from xiaoer.plumbing.postgres_place import Binaries, clean_environment

HEAD: Final = """-- The whole database as the migrations make it, for reading and for reviewing a change.
-- Written by `make schema`; never edited, never applied.
-- Rights every table has by default are left out: both roles may select, insert, update, delete.
"""
_DROPPED: Final = re.compile(
    r"^(?:--.*|SET .*;|SELECT pg_catalog\.set_config\(.*;|\\(?:un)?restrict .*|ALTER DEFAULT PRIVILEGES .*;"
    r"|GRANT USAGE ON SCHEMA \S+ TO xiaoer_(?:app|system);"
    r"|GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE \S+ TO xiaoer_(?:app|system);"
    r"|GRANT SELECT,USAGE ON SEQUENCE \S+ TO xiaoer_(?:app|system);"
    r"|(?:GRANT|REVOKE) ALL ON FUNCTION .* (?:TO|FROM) (?:xiaoer_(?:app|system)|PUBLIC);)$"
)


def dump(url: str, binaries: Binaries) -> str:
    """The schema of this database. Raises DatabaseFault."""
    done = subprocess.run(
        [binaries.program("pg_dump"), "--schema-only", "--no-owner", "--no-tablespaces", url],
        capture_output=True,
        text=True,
        check=False,
        env=clean_environment(),
    )
    if done.returncode != 0:
        raise DatabaseFault(f"pg_dump failed: {done.stderr.strip()}")
    return tidy(done.stdout)


def tidy(text: str) -> str:
    """Without comments, settings and rights that go without saying; at most one empty line in a row."""
    kept: list[str] = []
    inside = False  # the body of a function is left as it is
    for line in text.splitlines():
        if inside or not _DROPPED.match(line):
            kept.append(line.rstrip())
        if len(re.findall(r"\$_*\$", line)) % 2:
            inside = not inside
    return HEAD + "\n" + re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip() + "\n"
