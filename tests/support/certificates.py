"""Certificates for tests: one for localhost that is its own authority."""

import subprocess
from pathlib import Path

HOST = "localhost"


def certify(certificate: Path, key: Path) -> None:
    """Write a certificate and its key, good for a day."""
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1"
    names = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
    files = ["-out", str(certificate), "-keyout", str(key)]
    subprocess.run([*command.split(), *names, *files], check=True, capture_output=True)
