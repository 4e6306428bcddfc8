"""Is a pack what was sealed? Needs nothing but the pack; names the first thing that was altered.

Order: the signed list, then every part in it (a changed message is looked for by its own hash), then what was
sealed, then the days' roots, last the container itself. docs/evidence.md says the same in words.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

import msgspec
from cryptography.x509 import Certificate

from xiaoer.evidence.model import (
    FORMAT,
    DayStatement,
    EvidenceStatement,
    Fault,
    Proof,
    Report,
    SealedLine,
    SealedName,
    StampSeen,
)
from xiaoer.evidence.rules import container, merkle, seal, sign, stamp
from xiaoer.evidence.rules import pack as parts
from xiaoer.evidence.rules.pack import Manifest

T = TypeVar("T")
_WHY: Final = {
    "statement": "was changed after it was signed",
    "signature": "is not the signature that was made",
}


class _Found(Exception):
    def __init__(self, part: str, why: str, message: int | None = None) -> None:
        super().__init__(part)
        self.fault: Final = Fault(part, why, message)


def verify(data: bytes, *, key: bytes | None = None, roots: Sequence[Certificate] = ()) -> Report:
    """Check a pack.

    `key` is the marketplace's public key as published, `roots` are those of the time stamp authorities that
    the reader trusts, when he has them.
    """
    checked = _Check(roots)
    fault: Fault | None = None
    try:
        checked.run(data)
        if key is not None and checked.keys - {key.hex()}:
            raise _Found(parts.KEY, "it was signed with another key than the one that was given")
    except _Found as found:
        fault = found.fault
    public = checked.key
    return Report(
        right=fault is None,
        number=checked.number,
        messages=checked.messages,
        erased=checked.erased,
        attachments=checked.attachments,
        attachments_missing=checked.missing,
        days=checked.days,
        stamps=tuple(checked.stamps),
        key=public,
        key_fingerprint=sign.fingerprint(bytes.fromhex(public)) if public else "",
        key_known=None if key is None else fault is None or fault.part != parts.KEY,
        fault=fault,
    )


class _Check:
    """One check: what it has counted so far."""

    def __init__(self, roots: Sequence[Certificate]) -> None:
        self.roots: Final = roots
        self.stamps: list[StampSeen] = []
        self.number = ""
        self.key = ""
        self.keys: set[str] = set()
        self.messages = self.erased = self.attachments = self.missing = self.days = 0

    def run(self, data: bytes) -> None:
        try:
            files = container.read(data)
        except container.Broken as broken:
            raise _Found("container", f"the container is broken at byte {broken.place}") from None
        manifest = self._manifest(files)
        self._parts(files, manifest)
        statement = self._sealed(files)
        if manifest.number != statement.number:
            raise _Found(parts.MANIFEST, "it belongs to another number")
        lines = self._lines(files, statement)
        self._names(files, statement)
        self._attached(files, statement, manifest)
        self._proved(files, lines)
        place = container.first_difference(data, files)
        if place is not None:
            raise _Found("container", f"byte {place} of the container is not as it was written")

    def _manifest(self, files: Mapping[str, bytes]) -> Manifest:
        self._signed(files, parts.MANIFEST, parts.MANIFEST_SIGNATURE)
        self.key = sign.key_of(files[parts.MANIFEST_SIGNATURE])
        manifest = _decoded(files[parts.MANIFEST], Manifest, parts.MANIFEST)
        if manifest.format != FORMAT:
            raise _Found(parts.MANIFEST, f"this program does not know the format {manifest.format!r}")
        self.number = manifest.number
        return manifest

    def _signed(self, files: Mapping[str, bytes], name: str, signature: str) -> None:
        for one in (name, signature):
            if one not in files:
                raise _Found(one, "it is missing")
        found = sign.check(files[name], files[signature])
        if found != "right":
            raise _Found(name if found == "statement" else signature, _WHY[found])
        self.keys.add(sign.key_of(files[signature]))

    def _parts(self, files: Mapping[str, bytes], manifest: Manifest) -> None:
        listed = {part.name: part for part in manifest.parts}
        expected = [*listed, parts.MANIFEST, parts.MANIFEST_SIGNATURE]
        for name in expected:
            if name not in files:
                raise _Found(name, "it is missing")
        for name in files:
            if name not in expected:
                raise _Found(name, "it is no part of the pack")
        for name, part in listed.items():
            if sha256(files[name]).hexdigest() != part.sha256 or len(files[name]) != part.size_bytes:
                if name == seal.MESSAGES:
                    self._lines(files, self._sealed(files))
                raise _Found(name, "it is not what was packed")

    def _sealed(self, files: Mapping[str, bytes]) -> EvidenceStatement:
        self._signed(files, parts.SEAL, parts.SEAL_SIGNATURE)
        return _decoded(files[parts.SEAL], EvidenceStatement, parts.SEAL)

    def _lines(self, files: Mapping[str, bytes], statement: EvidenceStatement) -> list[SealedLine]:
        lines: list[SealedLine] = []
        for version, text in enumerate(files[seal.MESSAGES].split(b"\n")[:-1], statement.first):
            try:
                line = msgspec.json.decode(text, type=SealedLine)
            except (msgspec.MsgspecError, UnicodeDecodeError):
                raise _Found(seal.MESSAGES, f"message {version} cannot be read", version) from None
            if sign.encode(line) != text:
                raise _Found(seal.MESSAGES, f"message {version} is not spelt as it was packed", version)
            lines.append(line)
        inners = files.get(seal.INNERS, b"")
        if fault := seal.first_fault(statement, inners, lines):
            raise _Found(fault.part, fault.why, fault.message)
        self.messages, self.erased = len(lines), sum(line.erased for line in lines)
        return lines

    def _names(self, files: Mapping[str, bytes], statement: EvidenceStatement) -> None:
        names = _decoded(files.get(parts.PEOPLE, b""), list[SealedName], parts.PEOPLE)
        if fault := seal.name_fault(statement, names):
            raise _Found(fault.part, fault.why)

    def _attached(self, files: Mapping[str, bytes], statement: EvidenceStatement, manifest: Manifest) -> None:
        missing = set(manifest.missing)
        for one in statement.attachments:
            name = parts.file_name(one)
            if name not in files:
                if one.id not in missing:
                    raise _Found(name, "the attachment is missing", one.version)
                self.missing += 1
            elif sha256(files[name]).hexdigest() != one.sha256:
                raise _Found(name, "the attachment is not the one that was sealed", one.version)
            else:
                self.attachments += 1

    def _proved(self, files: Mapping[str, bytes], lines: list[SealedLine]) -> None:
        hashes = {line.version: line for line in lines}
        for proof in _decoded(files.get(parts.PROOFS, b""), list[Proof], parts.PROOFS):
            name = f"days/{proof.day}.json"
            self._signed(files, name, f"days/{proof.day}.sig")
            day = _decoded(files[name], DayStatement, name)
            line = hashes.get(proof.version)
            if line is None or day.day != proof.day or not _is_on(line, day):
                raise _Found(parts.PROOFS, f"the proof of {proof.day} is for another message", proof.version)
            reached = _root(proof, line, day)
            if reached != day.root:
                raise _Found(
                    parts.PROOFS, f"the proof does not lead to the root of {proof.day}", proof.version
                )
            self._stamped(files, day)
            self.days += 1

    def _stamped(self, files: Mapping[str, bytes], day: DayStatement) -> None:
        name = parts.stamp_name(day.day)
        if name not in files:
            return
        try:
            said = stamp.read(files[name], files[f"days/{day.day}.json"], self.roots)
        except stamp.NoStamp as fault:
            raise _Found(name, str(fault)) from None
        self.stamps.append(StampSeen(day.day, said.at, said.authority, True if self.roots else None))


def _is_on(line: SealedLine, day: DayStatement) -> bool:
    """Whether a message belongs to a day; an erased one no longer says when it was."""
    at: datetime | None = line.at
    return at is None or at.astimezone(UTC).astimezone(ZoneInfo(day.time_zone)).date() == day.day


def _root(proof: Proof, line: SealedLine, day: DayStatement) -> str | None:
    """The root a proof leads to, in hexadecimal."""
    try:
        path = [bytes.fromhex(one) for one in proof.path]
        found = merkle.climb(bytes.fromhex(line.hash), proof.place, day.messages, path)
    except ValueError:
        return None
    return None if found is None else found.hex()


def _decoded(data: bytes, type: type[T], part: str) -> T:
    try:
        return msgspec.json.decode(data, type=type)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise _Found(part, "it cannot be read") from None
