import ssl
import subprocess
from pathlib import Path

import pytest

from .instance import Instance

RELOAD = "systemctl --no-block try-reload-or-restart nginx.service"


@pytest.fixture
def pem(installed: Instance, scripts: Path) -> Path:
    """Return the file of key and certificate, just made by the real openssl."""
    installed.run(scripts / "make-certificate")
    return installed.run_folder / "tls.pem"


def openssl(pem: Path, *arguments: str) -> str:
    """Return what openssl says of the certificate."""
    return subprocess.run(["openssl", "x509", "-in", pem, "-noout", *arguments], capture_output=True, text=True, check=True).stdout


def test_a_missing_certificate_is_made(installed: Instance, pem: Path) -> None:
    """An EC P-256 pair that belongs together, for root alone, the terminator reloads, and nothing else is left in the folder."""
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(pem)
    text = openssl(pem, "-text")
    assert "prime256v1" in text
    assert "CN = switchyard" in text
    assert pem.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in installed.run_folder.iterdir()] == ["tls.pem"]
    assert installed.calls == [RELOAD]


def test_a_certificate_that_lasts_is_kept(installed: Instance, scripts: Path, pem: Path) -> None:
    """The daily look changes nothing and reloads nothing."""
    before = pem.read_bytes()
    installed.forget()
    installed.run(scripts / "make-certificate")
    assert pem.read_bytes() == before
    assert installed.calls == []


@pytest.mark.parametrize("days", [29, 31])
def test_a_certificate_is_renewed_thirty_days_before_its_end(installed: Instance, scripts: Path, pem: Path, days: int) -> None:
    """29 days are too few, 31 are enough; the renewed one lasts 90."""
    key = installed.folder / "key"
    subprocess.run(["openssl", "pkey", "-in", pem, "-out", key], check=True)
    request = ["openssl", "req", "-x509", "-new", "-key", str(key), "-subj", "/CN=old", "-days", str(days)]
    certificate = subprocess.run(request, capture_output=True, text=True, check=True).stdout
    pem.write_text(key.read_text() + certificate)
    installed.forget()
    installed.run(scripts / "make-certificate")
    renewed = days < 30
    assert ("switchyard" in openssl(pem, "-subject")) == renewed
    assert installed.calls == ([RELOAD] if renewed else [])
    still = subprocess.run(["openssl", "x509", "-in", pem, "-noout", "-checkend", str(89 * 86400)], capture_output=True, check=False)
    assert (still.returncode == 0) == renewed
