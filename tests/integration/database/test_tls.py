"""Encrypted connections: a certificate is trusted for a reason, or not at all."""

import shutil
import subprocess

import pytest
from sqlalchemy import text

from artitec_media_desktop.database.engine import Database, Tls
from artitec_media_desktop.domain.errors import Permanent
from tests.services.mariadb import Server


def openssl(folder, *words):
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """A CA, another CA, and the server's certificates: good, expired, and of another host."""
    if shutil.which("openssl") is None:
        pytest.skip("there is no openssl to make certificates with")
    folder = tmp_path_factory.mktemp("certificates")
    for name in ("ca", "other"):
        openssl(folder, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key",
                "-out", f"{name}.pem", "-subj", f"/CN={name}", "-days", "30")  # fmt: skip
    openssl(folder, "req", "-newkey", "rsa:2048", "-nodes", "-keyout", "server.key",
            "-out", "server.csr", "-subj", "/CN=server")  # fmt: skip
    for name, host, days in (
        ("good", "IP:127.0.0.1", "30"),
        ("expired", "IP:127.0.0.1", "-1"),
        ("elsewhere", "DNS:db.example.com", "30"),
    ):
        (folder / "names").write_text(f"subjectAltName={host}")
        openssl(folder, "x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key",
                "-CAcreateserial", "-days", days, "-extfile", "names", "-out",
                f"{name}.pem")  # fmt: skip
    return folder


@pytest.fixture(scope="module", params=["good", "expired", "elsewhere"])
def secured(request, server, certificates, tmp_path_factory):
    """A server that insists on TLS, with one of the certificates."""
    secured = Server(tmp_path_factory.mktemp("secured"))
    secured.install()
    secured.start()
    connection = secured.connect()
    with connection, connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE artitec")
        cursor.execute("CREATE OR REPLACE USER app@'127.0.0.1' IDENTIFIED BY 'gehe1m' REQUIRE SSL")
        cursor.execute("GRANT ALL ON artitec.* TO app@'127.0.0.1'")
    secured.stop()
    secured.start(f"--ssl-cert={certificates}/{request.param}.pem",
                  f"--ssl-key={certificates}/server.key")  # fmt: skip
    yield secured, request.param
    secured.stop(hard=True)


def cipher(database):
    try:
        with database.read() as tx:
            return tx.execute(text("SHOW SESSION STATUS LIKE 'Ssl_cipher'")).one()[1]
    finally:
        database.close()


def test_certificates_are_checked(secured, certificates):
    server, kind = secured
    url = server.url("artitec", "app:gehe1m")
    trusted, other = str(certificates / "ca.pem"), str(certificates / "other.pem")
    assert cipher(Database.server(url, Tls(verify=False)))
    assert cipher(Database.server(url)), "encrypted where the server offers it"
    refused = [Tls(other), Tls()]
    if kind == "good":
        assert cipher(Database.server(url, Tls(trusted)))
        assert cipher(Database.server(f"{url}&ssl_ca={trusted}"))
    else:
        refused.append(Tls(trusted))
    for tls in refused:
        with pytest.raises(Permanent, match="certificate") as caught:
            cipher(Database.server(url, tls))
        assert caught.value.code == "database_tls"
        assert "gehe1m" not in repr(caught.value)
    if kind == "expired":
        assert "expired" in caught.value.message
    if kind == "elsewhere":
        assert "127.0.0.1" in caught.value.message
