"""The zip of a pack, of which there is exactly one spelling: plain, uncompressed, no times, no attributes.

Any tool opens it. Because the same files always give the same bytes, a verifier writes it again and compares:
no byte of it can hide a change.
"""

import struct
import zlib
from collections.abc import Iterator, Mapping
from typing import Final

_LOCAL: Final = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL: Final = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END: Final = struct.Struct("<4sHHHHIIH")
_LOCAL_MARK: Final = b"PK\x03\x04"
_CENTRAL_MARK: Final = b"PK\x01\x02"
_END_MARK: Final = b"PK\x05\x06"
_VERSION: Final = 20
_DAY: Final = 0x21  # 1 January 1980: the first day zip knows


class Broken(ValueError):
    """This is no container of ours; `place` is the byte where that shows."""

    def __init__(self, place: int) -> None:
        super().__init__(f"byte {place}")
        self.place: Final = place


def written(files: Mapping[str, bytes]) -> bytes:
    """The container with these files, in their order; names are ASCII."""
    out = bytearray()
    directory = bytearray()
    for name, data in files.items():
        label, check = name.encode("ascii"), zlib.crc32(data)
        common = (0, 0, 0, _DAY, check, len(data), len(data), len(label), 0)
        directory += _CENTRAL.pack(
            _CENTRAL_MARK, _VERSION, _VERSION, *common, 0, 0, 0, 0, len(out)
        ) + label  # fmt: skip
        out += _LOCAL.pack(_LOCAL_MARK, _VERSION, *common) + label + data
    end = _END.pack(_END_MARK, 0, 0, len(files), len(files), len(directory), len(out), 0)
    return bytes(out + directory + end)


def read(data: bytes) -> dict[str, bytes]:
    """The files of a container, in their order, whatever they hold. Raises Broken."""
    return dict(_files(data))


def _files(data: bytes) -> Iterator[tuple[str, bytes]]:
    place = 0
    seen: set[str] = set()
    while data[place : place + 4] == _LOCAL_MARK:
        head = data[place : place + _LOCAL.size]
        if len(head) < _LOCAL.size:
            raise Broken(place)
        size, label_size = _LOCAL.unpack(head)[8:10]
        begins = place + _LOCAL.size + label_size
        label = data[place + _LOCAL.size : begins]
        if begins + size > len(data) or not label.isascii() or label.decode("ascii") in seen:
            raise Broken(place)
        name = label.decode("ascii")
        seen.add(name)
        yield name, data[begins : begins + size]
        place = begins + size
    if data[place : place + 4] not in {_CENTRAL_MARK, _END_MARK}:
        raise Broken(place)


def first_difference(data: bytes, files: Mapping[str, bytes]) -> int | None:
    """The first byte that is not as these files are written; None when all are."""
    again = written(files)
    if again == data:
        return None
    for place, (one, other) in enumerate(zip(data, again, strict=False)):
        if one != other:
            return place
    return min(len(data), len(again))
