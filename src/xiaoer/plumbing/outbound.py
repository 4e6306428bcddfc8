"""Requests that leave the house for an address somebody has typed in: never to a place inside it.

An address of a marketplace's settings may name this machine, the database's network or a cloud's metadata;
so the name is resolved first, every answer must be public, and the request goes to the one that was checked.
A developer's own machine may be asked where a setting allows it.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from ipaddress import IPv6Address, ip_address
from typing import Final
from urllib.parse import urlsplit

from xiaoer.kernel.refusal import Refusal, Refused

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
PORTS: Final = {"http": 80, "https": 443}


async def resolved(host: str, port: int) -> Sequence[str]:
    """The addresses a name stands for. Raises OSError."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(one[4][0]) for one in found]


async def public_address(url: str, resolve: Resolve = resolved, *, local: bool = False) -> str:
    """The public address behind a URL, to connect to; its name may mean another a moment later.

    `local` allows this machine too, but no network behind it.

    Raises Refusal `plumbing.address_forbidden` for anything but http and https, for a user in the URL, for a
    name that nobody knows and for one that leads inside: this machine, a private or reserved network.
    """
    refused = Refusal(Refused("refused", "plumbing.address_forbidden"))
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        raise refused from None
    if parts.scheme not in PORTS or not parts.hostname or parts.username is not None:
        raise refused
    try:
        addresses = await resolve(parts.hostname, port)
    except OSError:
        raise refused from None
    if not addresses or not all(is_public(one) or (local and is_this_machine(one)) for one in addresses):
        raise refused
    return addresses[0]


def is_public(text: str) -> bool:
    """Whether an address lies in the open network, whatever form it is written in."""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is not None:
            address = inner
    return address.is_global and not address.is_multicast


def is_this_machine(text: str) -> bool:
    """Whether an address is that of this machine to itself."""
    try:
        return ip_address(text.partition("%")[0]).is_loopback
    except ValueError:
        return False


def pinned(url: str, address: str) -> tuple[str, str]:
    """The URL with the checked address in the place of its name, and the value of its Host header.

    For HTTPS the caller names the host in the handshake as well (`sni_hostname` of httpx).
    """
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port else ""
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    literal = f"[{address}]" if ":" in address else address
    return parts._replace(netloc=f"{literal}{port}").geturl(), f"{host}{port}"
