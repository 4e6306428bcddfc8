"""A home for a while: for tests, measurements, pictures and generated files."""

import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def passing_home() -> Generator[Path]:
    """A folder the database's own user may enter, so that the database is kept in it; nothing is left of it.

    Whoever is root has PostgreSQL run as somebody else; where that user cannot enter, the database would be
    kept outside the home, and stay.
    """
    folder = Path(tempfile.mkdtemp(prefix="xiaoer-", dir="/tmp"))
    try:
        folder.chmod(0o755)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
