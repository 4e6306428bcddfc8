"""A time stamp authority (RFC 3161) for tests: a key, a certificate under a root, answers over HTTP.

It can fail like real ones: refuse, answer for another statement or another question, say nothing of use, or
belong to nobody one trusts.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Literal

from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

Mood = Literal["well", "refuse", "other_statement", "other_question", "nonsense", "error", "endless"]
NAME = "Clock of the town"


class Authority:
    """A root, a certificate for stamping, and what it answers at a moment."""

    def __init__(self) -> None:
        root_key = ec.generate_private_key(ec.SECP256R1())
        self.root = _certificate("Root of time", root_key, None, root_key)
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._leaf = _certificate(NAME, self._key, self.root, root_key)
        self.at = datetime(2026, 11, 12, 16, 20, tzinfo=UTC)
        self.mood: Mood = "well"
        self.asked = 0

    def answer(self, question: bytes) -> bytes:
        """The answer to a question, both DER."""
        self.asked += 1
        match self.mood:
            case "refuse":
                token = self._token(tsp.TimeStampReq.load(question))
                return tsp.TimeStampResp(
                    {"status": {"status": "rejection"}, "time_stamp_token": token}
                ).dump()
            case "nonsense":
                return b"<html>please pay</html>"
            case "endless":
                return b"\x30" * 1_000_000
            case _:
                asked = tsp.TimeStampReq.load(question)
                if self.mood == "other_statement":
                    asked["message_imprint"]["hashed_message"] = sha256(b"another").digest()
                if self.mood == "other_question":
                    asked["nonce"] = 1
                granted = {"status": {"status": "granted"}, "time_stamp_token": self._token(asked)}
                return tsp.TimeStampResp(granted).dump()

    def root_pem(self) -> bytes:
        """Its root as a reader keeps it."""
        return self.root.public_bytes(Encoding.PEM)

    def _token(self, asked: Any) -> Any:
        leaf = asn1.Certificate.load(self._leaf.public_bytes(Encoding.DER))
        said = tsp.TSTInfo(
            {
                "version": "v1",
                "policy": "1.2.3.4.1",
                "message_imprint": asked["message_imprint"],
                "serial_number": self.asked,
                "gen_time": self.at,
                "nonce": asked["nonce"],
            }
        ).dump()
        attributes = cms.CMSAttributes(
            [
                {"type": "content_type", "values": ["tst_info"]},
                {"type": "message_digest", "values": [sha256(said).digest()]},
                {
                    "type": "signing_certificate_v2",
                    "values": [{"certs": [{"cert_hash": sha256(leaf.dump()).digest()}]}],
                },
            ]
        )
        signer = {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                {"issuer_and_serial_number": {"issuer": leaf.issuer, "serial_number": leaf.serial_number}}
            ),
            "digest_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
            "signed_attrs": attributes,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
            "signature": self._key.sign(attributes.dump(), ec.ECDSA(hashes.SHA256())),
        }
        signed = cms.SignedData(
            {
                "version": "v3",
                "digest_algorithms": [{"algorithm": "sha256"}],
                "encap_content_info": {"content_type": "tst_info", "content": core.ParsableOctetString(said)},
                "certificates": [leaf],
                "signer_infos": [signer],
            }
        )
        return cms.ContentInfo({"content_type": "signed_data", "content": signed})


def _certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: x509.Certificate | None,
    issuer_key: ec.EllipticCurvePrivateKey,
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2050, 1, 1, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
    )
    if issuer is not None:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        made = made.add_extension(usage, critical=True)
    return made.sign(issuer_key, hashes.SHA256())


@contextmanager
def open_to_all(authority: Authority) -> Iterator[str]:
    """The authority on a port of this machine; its address."""

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer = authority.answer(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(503 if authority.mood == "error" else 200)
            self.send_header("content-type", "application/timestamp-reply")
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Desk) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/tsr"
        server.shutdown()
        thread.join()
