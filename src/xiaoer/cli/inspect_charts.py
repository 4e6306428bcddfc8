"""Charts as inline SVG: bars, columns and stacked bars that print."""

from collections.abc import Sequence
from html import escape
from typing import Final

_WIDTH: Final = 640
_ROW: Final = 24
_LABEL: Final = 210
_TALL: Final = 160
_SHADES: Final = ("good", "fair", "bad", "none")


def bars(rows: Sequence[tuple[str, float | int | None]], *, full: float | None = None) -> str:
    """Lying bars with their numbers; `full` is the length of the whole, else the longest."""
    values = [value or 0 for _, value in rows]
    top = full or max(values, default=0) or 1
    height = _ROW * len(rows)
    drawn = "".join(
        f'<text x="{_LABEL - 8}" y="{place * _ROW + 16}" class="label">{escape(label)}</text>'
        f'<rect x="{_LABEL}" y="{place * _ROW + 4}" width="{_long(value, top)}" height="16"/>'
        f'<text x="{_LABEL + _long(value, top) + 6}" y="{place * _ROW + 16}">{_number(value)}</text>'
        for place, (label, value) in enumerate(rows)
    )
    return f'<svg viewBox="0 0 {_WIDTH} {height}" role="img">{drawn}</svg>' if rows else ""


def columns_of(labels: Sequence[str], values: Sequence[int]) -> str:
    """Standing columns with their numbers above and labels below."""
    top = max(values, default=0) or 1
    step = _WIDTH / max(len(values), 1)
    drawn = "".join(
        f'<rect x="{place * step + 3:.1f}" y="{_TALL - value * (_TALL - 20) / top:.1f}" '
        f'width="{step - 6:.1f}" height="{value * (_TALL - 20) / top:.1f}"/>'
        f'<text x="{place * step + step / 2:.1f}" y="{_TALL - value * (_TALL - 20) / top - 4:.1f}" '
        f'class="middle">{value or ""}</text>'
        f'<text x="{place * step + step / 2:.1f}" y="{_TALL + 16}" class="middle">{escape(label)}</text>'
        for place, (label, value) in enumerate(zip(labels, values, strict=True))
    )
    return f'<svg viewBox="0 0 {_WIDTH} {_TALL + 24}" role="img">{drawn}</svg>'


def stacked(rows: Sequence[tuple[str, Sequence[int]]], legend: Sequence[str]) -> str:
    """Lying bars of shares, one shade for each part, with a legend."""
    drawn: list[str] = []
    for place, (label, parts) in enumerate(rows):
        y, x, whole = place * _ROW, float(_LABEL), sum(parts) or 1
        drawn.append(f'<text x="{_LABEL - 8}" y="{y + 16}" class="label">{escape(label)}</text>')
        for shade, part in zip(_SHADES, parts, strict=False):
            width = (_WIDTH - _LABEL - 10) * part / whole
            drawn.append(f'<rect x="{x:.1f}" y="{y + 4}" width="{width:.1f}" height="16" class="{shade}"/>')
            if width > 30:
                drawn.append(
                    f'<text x="{x + width / 2:.1f}" y="{y + 16}" class="middle on {shade}">'
                    f"{100 * part / whole:.0f}%</text>"
                )
            x += width
    marks = "".join(
        f'<span class="key {shade}">{escape(name)}</span>'
        for shade, name in zip(_SHADES, legend, strict=False)
    )
    height = _ROW * len(rows)
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img">{"".join(drawn)}</svg><p class="keys">{marks}</p>'
    )


def _long(value: float | int | None, top: float) -> int:
    return round((_WIDTH - _LABEL - 70) * (value or 0) / top)


def _number(value: float | int | None) -> str:
    return "–" if value is None else f"{value:,}"
