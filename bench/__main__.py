"""`python -m bench`: prints what the product does beside its floors, and what is asked for."""

import argparse
import asyncio
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import uvloop

from bench import figures, usage
from bench.page import TITLE, page
from bench.place import prepared
from bench.run import FULL, PARTS, QUICK, measure
from xiaoer.plumbing import log


def main() -> None:
    """Measure, print, and write what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, short runs: within three minutes")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=[], metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures as JSON")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the figures into this page")
    options = parser.parse_args()
    log.configure(level="warning", json=None)
    about = usage.machine() | {
        "measured": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC" + (", quick run" if options.quick else "")
    }
    started, withheld = time.monotonic(), usage.withheld_seconds()

    def say(sentence: str) -> None:
        print(f"{time.monotonic() - started:6.1f} s  {sentence}", file=sys.stderr, flush=True)

    with prepared(say) as place, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        found = runner.run(measure(place, QUICK if options.quick else FULL, options.only))
    took, withheld = time.monotonic() - started, usage.withheld_seconds() - withheld
    about["took"] = f"{took:.0f} s"
    about["withheld by the host"] = f"{withheld:.0f} s of processors' time"
    for name, value in about.items():
        print(f"{name}: {value}")
    print()
    print(figures.plain(found))
    if options.json:
        options.json.write_bytes(figures.as_json(found, about))
    if options.write:
        before = options.write.read_text("utf-8") if options.write.exists() else TITLE
        options.write.write_text(page(found, about, before), "utf-8")


if __name__ == "__main__":
    main()
