"""A certificate for a server's name, by an authority of the test's own."""

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.postgres_server import Server


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _signed(
    subject: str, key: ec.EllipticCurvePrivateKey, issuer: str, by: ec.EllipticCurvePrivateKey, *, authority: bool
) -> x509.Certificate:
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(_name(subject)).issuer_name(_name(issuer)).public_key(key.public_key())
    made = (
        made.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(days=1))
    )
    made = made.add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    if not authority:
        made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(subject)]), critical=False)
    return made.sign(by, hashes.SHA256())


def give_certificate(server: Server, name: str, roots: Path) -> None:
    """Let the server prove that it is `name` from now on; the authority's certificate goes to `roots`."""
    authority, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root = _signed("tests", authority, "tests", authority, authority=True)
    own = _signed(name, key, "tests", authority, authority=False)
    plain = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    for file, content in (("server.crt", own.public_bytes(serialization.Encoding.PEM)), ("server.key", plain)):
        path = server.folder / "data" / file
        path.write_bytes(content)
        path.chmod(0o600)
        if os.geteuid() == 0:
            shutil.chown(path, "nobody")
    roots.write_bytes(root.public_bytes(serialization.Encoding.PEM))
    with server.connect() as owner:
        owner.execute("ALTER SYSTEM SET ssl = on")
        owner.execute("SELECT pg_reload_conf()")
