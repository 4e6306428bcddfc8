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
- After a start the server makes good what it missed (days are closed, long talks inspected); the measuring
  waits until that is done.
- **Connected buyers** are signed in and greeted and say nothing; the figure is the growth of the server's
  resident memory, and again after others have talked meanwhile.
- **History** is written into the same tables by statements over sets and marked as such; words are cut and
  indexed as the product does. The floor of a page or a search is its bare statement on the same rows.
- **Clocks** fall due at the rate of 100,000 a minute; the time runs until the agent's socket has heard of it.
- Every message that is refused or lost ends the run without figures.

`python -m bench --quick` takes two to three minutes and shows the direction; `--only talk` measures one part;
`--json FILE` keeps the figures for programs.

## What a message costs

Of the processor time of a complete message with 64 in flight, about two thirds are the server's and one
third PostgreSQL's. In the server, by samples: a fifth is the loop itself and its system calls; a fifth the
driver, which turns rows into Python and back; a tenth the guard; a seventh the other rules (standing,
clock, chain); a tenth the batch around them (events, frames, answers); a seventh frames coming in and going
out; a tenth the reactions, most of it the words for the search. In PostgreSQL (busy machine), for one of
forty in a batch: 30 µs to carry, lock, note and commit, 18 for the entry with its four indexes, 20 for the
reply clock, 15 for the outbox and the news; a batch costs about 1.2 ms whatever its size, so a message
alone costs most. The words for the search add a sixth to that, afterwards. See decision
[0016](decisions/0016-texts-without-tasks.md).
"""


def page(figures: Sequence[Figure], about: Mapping[str, str]) -> str:
    """The whole page."""
    machine = "\n".join(f"- {name}: {value}" for name, value in about.items())
    return f"{METHOD}\n## The last figures\n\n{machine}\n\n{markdown(figures)}".rstrip() + "\n"
