"""What one has to know to reach a bucket."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlsplit

from ...domain.errors import Unusable
from ..address import is_address, key_if_good, key_of_address

#: Source: Amazon S3 User Guide, "Bucket naming rules"; older MinIO buckets may be longer-lived
#: than the rules, so capitals and underscores are let through.
_BUCKET: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class S3Settings:
    """A bucket, the key that opens it, and how long to wait for it.

    ``endpoint`` is a URL, or a host whose scheme ``secure`` decides; empty for AWS itself.
    ``public_url`` and ``cdn_url`` are what the platform calls S3_PUBLIC_BASE_URL and CDN_URL.
    ``ca_file`` holds the certificates to trust (PEM) in place of the usual ones. Timeouts are in
    seconds: to connect or to send a block, and to wait for an answer.
    """

    bucket: str
    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)
    endpoint: str = ""
    region: str = "us-east-1"
    secure: bool = True
    public_url: str = ""
    cdn_url: str = ""
    ca_file: Path | None = None
    connect_timeout: float = 10
    read_timeout: float = 10
    #: How often a call is tried before a passing fault is handed on.
    attempts: int = 3
    #: Keys a page of a listing; the server's own bound is 1000.
    page_size: int = 1000

    @property
    def endpoint_url(self) -> str:
        """With its scheme, and without a slash at the end."""
        if not self.endpoint:
            return f"https://s3.{self.region}.amazonaws.com"
        given = self.endpoint.strip()
        if "://" not in given:
            given = f"{'https' if self.secure else 'http'}://{given}"
        return given.rstrip("/")

    @property
    def host(self) -> str:
        """Host and port, as sentences name the server."""
        try:
            parts = urlsplit(self.endpoint_url)
        except ValueError:
            return self.endpoint
        return parts.netloc.rpartition("@")[2] or self.endpoint

    def address(self, key: str) -> str:
        """The lasting public address of an object: by CDN_URL, S3_PUBLIC_BASE_URL or endpoint."""
        return self.addresses(key)[0]

    def addresses(self, key: str) -> list[str]:
        """Every address by which pages may ask for an object, the lasting one first."""
        bases = (self.cdn_url, self.public_url, f"{self.endpoint_url}/{self.bucket}")
        return [f"{each.rstrip('/')}/{quote(key)}" for each in bases if each]

    def key_of(self, url: str) -> str | None:
        """The key that an address names, if it is one of this bucket; see ObjectStore.key_of."""
        return key_of_address(url, self._bases()) if is_address(url) else key_if_good(url)

    def _bases(self) -> Iterator[str]:
        """Every address that objects of this bucket have been given out by, our own first."""
        yield from filter(None, (self.cdn_url, self.public_url))
        hosts = [self.endpoint_url]
        if not self.endpoint:
            hosts.append("https://s3.amazonaws.com")  # as older rows have it, without a region
        for each in hosts:
            yield f"{each}/{self.bucket}"
            scheme, _, host = each.partition("://")
            yield f"{scheme}://{self.bucket}.{host}"

    def check(self) -> None:
        """Raise Unusable where no server could be reached by these settings."""
        try:
            parts = urlsplit(self.endpoint_url)
            good = bool(parts.scheme in ("http", "https") and parts.hostname and parts.port != 0)
        except ValueError:
            good = False
        if not good or parts.username is not None or parts.query or parts.fragment:
            raise Unusable(
                "bad_endpoint",
                f"“{self.host}” is no address of an object storage. Write it like "
                "https://storage.example.com:9000, without a user name.",
            )
        if not _BUCKET.fullmatch(self.bucket):
            raise Unusable("bad_bucket", f"“{self.bucket}” can't be the name of a bucket.")
        if not (self.access_key and self.secret_key):
            raise Unusable(
                "no_key",
                f"The access key or the secret key for {self.host} is missing. Enter both.",
            )
        if self.ca_file is not None and not self.ca_file.is_file():
            raise Unusable(
                "no_ca_file", f"The certificate file {self.ca_file} is not there. Choose it again."
            )
