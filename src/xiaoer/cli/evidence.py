"""`xiaoer evidence`: is a pack what was sealed (no server, no database, no network), and making a pack."""

import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

import click
import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from cryptography.x509 import Certificate

from xiaoer.evidence.model import Report
from xiaoer.evidence.rules.stamp import roots_of
from xiaoer.evidence.rules.verify import verify as check


@click.group()
def command() -> None:
    """Check a pack of evidence, or make one from its number."""


@command.command()
@click.argument("pack", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=None,
              help="The public key as the marketplace publishes it (PEM or hexadecimal).")  # fmt: skip
@click.option("--stamp-root", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=None,
              help="Root certificates of the time stamp authorities you trust (PEM).")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON object.")
def verify(pack: Path, key: Path | None, stamp_root: Path | None, as_json: bool) -> None:
    """Check a pack; ends with exit code 1 and names the first thing that was altered."""
    report = check(
        pack.read_bytes(),
        key=None if key is None else public_key(key.read_bytes()),
        roots=() if stamp_root is None else root_certificates(stamp_root.read_bytes()),
    )
    if as_json:
        click.echo(msgspec.json.encode(report).decode())
    else:
        _show(report)
    sys.exit(0 if report.right else 1)


def public_key(text: bytes) -> bytes:
    """The 32 bytes of a public key in a file. Raises ClickException."""
    try:
        if text.lstrip().startswith(b"-----"):
            found = load_pem_public_key(text)
            if isinstance(found, Ed25519PublicKey):
                return found.public_bytes_raw()
        elif len(raw := bytes.fromhex(text.decode().strip())) == 32:
            return raw
    except ValueError:
        pass
    raise click.ClickException("The key is no Ed25519 public key: PEM or 64 hexadecimal digits.")


def root_certificates(text: bytes) -> Sequence[Certificate]:
    """The root certificates in a file. Raises ClickException."""
    try:
        return roots_of(text)
    except ValueError:
        raise click.ClickException("The file holds no certificates in PEM.") from None


def _show(report: Report) -> None:
    if report.fault is not None:
        click.echo(f"ALTERED  {report.fault.part}: {report.fault.why}")
        return
    click.echo(f"RIGHT    {report.number}: nothing was altered")
    click.echo(f"  {report.messages} messages, {report.erased} of them erased")
    click.echo(f"  {report.attachments} attachments, {report.attachments_missing} missing")
    click.echo(f"  {report.days} daily roots hold them")
    for one in report.stamps:
        trust = "under the root you gave" if one.trusted else "compare its root with --stamp-root"
        click.echo(
            f"  {one.day} was stamped at {one.at.isoformat()} by {one.authority or 'nobody named'} ({trust})"
        )
    compared = "the key you gave" if report.key_known else "compare it with the marketplace's public key"
    click.echo(f"  signed by {report.key_fingerprint} ({compared})")


@command.command()
@click.argument("number")
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), default=None,
              help="Where to write it; NUMBER.zip by default.")  # fmt: skip
@click.option("--marketplace", default=None, help="Short name of the marketplace; the only one by default.")
def pack(number: str, output: Path | None, marketplace: str | None) -> None:
    """Make the pack of a number, on the machine of the installation; the opening is written down."""
    made = importlib.import_module("xiaoer.cli.evidence_pack").made  # a check must need none of that
    data: bytes = made(marketplace, number)
    file = output or Path(f"{number}.zip")
    file.write_bytes(data)
    click.echo(f"{file}: {len(data)} bytes")
