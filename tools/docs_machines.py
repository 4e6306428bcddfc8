"""Write docs/machines/: every state machine drawn from the code, one page a domain."""

import shutil
import sys
from enum import StrEnum
from typing import cast

from tools.generators import folder_argument, modules
from xiaoer.kernel.machine import Machine

Drawn = Machine[StrEnum, StrEnum]
HEAD = "Drawn from the code by `make draw`. A step marked with a clock is taken when that clock rings.\n"


def main() -> int:
    """Draw every machine; returns the exit code."""
    folder = folder_argument() / "docs" / "machines"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for domain, machines in found().items():
        drawings = [
            f"\n## {name}\n\n```mermaid\n{one.mermaid()}```\n" for name, one in sorted(machines.items())
        ]
        text = f"# State machines of {domain}\n\n{HEAD}{''.join(drawings)}"
        (folder / f"{domain}.md").write_text(text, encoding="utf-8")
    return 0


def found() -> dict[str, dict[str, Drawn]]:
    """Collect the machines by domain and name."""
    machines: dict[str, dict[str, Drawn]] = {}
    for domain, module in modules("machine"):
        for one in vars(module).values():
            if isinstance(one, Machine):
                drawn = cast("Drawn", one)
                machines.setdefault(domain, {})[drawn.name] = drawn
    return machines


if __name__ == "__main__":
    sys.exit(main())
