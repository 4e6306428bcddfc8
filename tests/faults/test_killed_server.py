"""The server is killed without a word while both sides write: it loses, doubles and swaps nothing."""

from tests.faults.installation import Installation, Process
from tests.faults.stage import Load, Stage

WORDS = 30


async def test_a_killed_server_loses_and_doubles_nothing(
    installation: Installation, server: Process, stage: Stage
):
    load = Load(stage)
    everything = WORDS * len(load.writers)
    async with load.going(WORDS):
        for third in (1, 2):
            await load.reach(everything * third // 4)
            assert load.acknowledged < everything, "killed while words are on their way"
            server.kill()
            server = await installation.start("run", "--no-demo")
    assert load.acknowledged == everything
    assert sum(writer.tries for writer in load.writers) > everything, "some had to ask again"
    assert all(reader.sockets > 2 for reader in load.readers)


async def test_asked_to_end_it_finishes_what_it_has_in_hand(
    installation: Installation, server: Process, stage: Stage
):
    load = Load(stage)
    everything = WORDS * len(load.writers)
    async with load.going(WORDS):
        await load.reach(everything // 3)
        server.ask_to_end()
        assert await server.ended() == 0
        await installation.start("run", "--no-demo")
    assert load.acknowledged == everything
