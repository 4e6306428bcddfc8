"""The page of figures: how they are measured, and the last ones."""

from collections.abc import Mapping, Sequence
from typing import Final

from bench.figures import Figure, markdown

METHOD: Final = """\
# Performance

Written by `python -m bench --write docs/performance.md`; `make bench` prints the same tables. Absolute
figures belong to the machine below; what travels is the ratio to the floor, measured in the same minutes on
the same database, and the processor time of a message.

## How it is measured

- One temporary home with its own embedded PostgreSQL, `fsync` on. The product runs as `xiaoer serve` does,
  in one process with its jobs; the generator is a process of its own; all of them share one machine and talk
  over loopback. Only the budgets against too many requests are out of the way.
- A **message is complete** when its sender has been told that it is kept and the other party has it on his
  open socket. On the way it is checked for rights, reviewed by the guard, sealed into the chain of hashes,
  kept with an fsync, starts or stops the reply clock, and leaves its row for the reactions. Buyer and agent
  take turns; each conversation has one message on its way. `n in flight` are n conversations, each saying the
  next message when the last one is complete. At a fixed rate messages are due at fixed moments, and what is
  late is counted from the moment it was due.
- The **floor** of the messages is a bare chat on the same web server, driver and database, spoken to by the
  same generator: socket or POST in, one scan for 5,000 terms, one commit for as many rows as wait, answer,
  push. It knows no people, rights, rules, chains, clocks or reactions.
- **Processor time** is read from `/proc` over the same seconds: the server's process, and every process of
  PostgreSQL. The generator's own is shown beside it and not counted.
- **Connected buyers** are signed in and greeted and say nothing; the figure is the growth of the server's
  resident memory, and again after others have talked meanwhile.
- **History** is written into the same tables by statements over sets and marked as such; words are cut and
  indexed as the product does. The floor of a page or a search is its bare statement on the same rows.
- **Clocks** fall due at the rate of 100,000 a minute; the time runs until the agent's socket has heard of it.
- Every message that is refused or lost ends the run without figures.

`python -m bench --quick` takes two to three minutes and shows the direction; `--only talk` measures one part;
`--json FILE` keeps the figures for programs.
"""


def page(figures: Sequence[Figure], about: Mapping[str, str]) -> str:
    """The whole page."""
    machine = "\n".join(f"- {name}: {value}" for name, value in about.items())
    return f"{METHOD}\n## The last figures\n\n{machine}\n\n{markdown(figures)}".rstrip() + "\n"
