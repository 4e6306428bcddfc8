"""Pages to print: a Typst text and its facts become a PDF, in a process of its own.

That process gives its memory back. Facts go in as JSON and come out as plain strings, so nothing a stranger
wrote is ever read as markup. The font has the letters of Chinese, Japanese and Korean.
"""

import asyncio
import sys
from typing import Final

import msgspec

SECONDS: Final = 60.0


async def pdf(source: str, facts: bytes) -> bytes:
    """The page. Raises OSError when it cannot be made in time."""
    asked = msgspec.json.encode((source, facts.decode()))
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "xiaoer.plumbing.typeset",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(SECONDS):
            page, complaint = await process.communicate(asked)
    except TimeoutError:
        process.kill()
        await process.wait()
        raise OSError("the page was not made in time") from None
    if process.returncode:
        raise OSError(f"the page could not be made: {complaint.decode(errors='replace')[-500:]}")
    return page


def compiled(source: str, facts: str) -> bytes:
    """The page, made here and now; the same facts always give the same bytes."""
    import noto_cjk_sans_otc  # noqa: PLC0415  # pyright: ignore[reportMissingTypeStubs]
    import typst  # noqa: PLC0415

    fonts = typst.Fonts(
        include_system_fonts=False, font_paths=[str(noto_cjk_sans_otc.FONT_PATH).rpartition("/")[0]]
    )
    made = typst.compile(
        source.encode(),
        font_paths=fonts,
        sys_inputs={"data": facts},
        format="pdf",
    )
    return bytes(made[0] if isinstance(made, list) else made or b"")


def main() -> None:
    """Read one question from standard input, write the page to standard output."""
    source, facts = msgspec.json.decode(sys.stdin.buffer.read(), type=tuple[str, str])
    sys.stdout.buffer.write(compiled(source, facts))


if __name__ == "__main__":
    main()
