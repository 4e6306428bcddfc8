"""A process that uses our own PostgreSQL: says where it is, stays until its input ends, leaves properly."""

import sys
from pathlib import Path

from xiaoer.plumbing import postgres
from xiaoer.plumbing.postgres_place import ServerFault


def main() -> int:
    home, system_folder = Path(sys.argv[1]), Path(sys.argv[2])
    try:
        server = postgres.start(home, say=lambda _: None, system_folder=system_folder)
    except ServerFault as fault:
        print(f"refused {fault}", flush=True)
        return 1
    print(f"ready {server.url('postgres')} {server.binaries.folder} {server.place.data}", flush=True)
    sys.stdin.read()
    server.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
