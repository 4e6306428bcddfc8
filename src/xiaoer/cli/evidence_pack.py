"""Making a pack of evidence on the machine of the installation."""

import asyncio

import click

from xiaoer.cli.database import database, told
from xiaoer.evidence.actions.open import take_as_operator
from xiaoer.evidence.actions.pack import make_pack
from xiaoer.evidence.rules.sign import Signer
from xiaoer.identity import queries as identity
from xiaoer.kernel.refusal import Refusal
from xiaoer.plumbing.clock import new_id, now
from xiaoer.plumbing.db import Database
from xiaoer.plumbing.files import FileStore
from xiaoer.plumbing.language import Catalogue
from xiaoer.plumbing.settings import Settings


def made(marketplace: str | None, number: str) -> bytes:
    """The pack of a number. Raises ClickException."""
    with told():
        settings = Settings.load()
        with database(settings) as url:
            return asyncio.run(_made(settings, url, marketplace, number))


async def _made(settings: Settings, url: str, slug: str | None, number: str) -> bytes:
    opened = await Database.open(url, application="xiaoer evidence")
    try:
        async with opened.system() as tx:
            tenant = (await identity.marketplace_named(tx, slug)).tenant
        at, fresh = now(), new_id()
        seal = await opened.run(tenant, lambda tx: take_as_operator(tx, number, id=fresh, now=at))
        signer = Signer(settings.key(f"evidence:{tenant}"))
        return await make_pack(opened, FileStore.open(settings), tenant, seal, signer, now=at)
    except Refusal as refusal:
        raise click.ClickException(Catalogue.shipped().sentence(refusal.refused, "en")) from refusal
    finally:
        await opened.close()
