"""What the server, or the way to it, says in faults; as one of ours, with a sentence.

Nothing of an original error's text is passed on: it may quote addresses and signatures.
"""

import errno
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from ...domain.errors import MediaError, NotFound, Permanent, Transient, Unusable
from ..base import exists, not_in_storage
from .settings import S3Settings

#: The server's codes (and statuses, where it sends no code), and what we make of them.
#: Source: Amazon S3 API Reference, "Error responses"; MinIO's own begin with XMinio.
_ANSWERS: Final[tuple[tuple[str, type[Transient] | type[Permanent], str, str], ...]] = (
    (
        "NoSuchBucket",
        Unusable,
        "no_bucket",
        "There is no bucket “{bucket}” on {host}. Check its name, or create it in the settings.",
    ),
    (
        "NoSuchBucketPolicy NoSuchCORSConfiguration",
        NotFound,
        "not_set",
        "The bucket “{bucket}” has no such rules.",
    ),
    (
        "NoSuchUpload",
        Transient,
        "no_upload",
        "{host} has dropped the parts that were sent. Trying again.",
    ),
    (
        "InvalidAccessKeyId",
        Unusable,
        "bad_access_key",
        "{host} does not know the access key. Check it.",
    ),
    (
        "SignatureDoesNotMatch",
        Unusable,
        "bad_secret_key",
        "The secret key does not belong to the access key on {host}. Check it.",
    ),
    (
        "ExpiredToken InvalidToken TokenRefreshRequired",
        Unusable,
        "expired_key",
        "The access key for {host} has expired. Enter a new one.",
    ),
    (
        "AccessDenied AllAccessDisabled AccountProblem 401 403",
        Unusable,
        "storage_denied",
        "The access key may not do that with {what} on {host}. Ask whoever runs it for the rights.",
    ),
    (
        "PermanentRedirect TemporaryRedirect AuthorizationHeaderMalformed IncorrectEndpoint "
        "IllegalLocationConstraintException 301 307",
        Unusable,
        "wrong_region",
        "The bucket “{bucket}” is not in the region “{region}”. Correct the region or the "
        "endpoint.",
    ),
    ("InvalidBucketName", Unusable, "bad_bucket", "“{bucket}” can't be the name of a bucket."),
    (
        "NotImplemented MethodNotAllowed 405 501",
        Unusable,
        "not_supported",
        "{host} can't do that: its software lacks it.",
    ),
    (
        "EntityTooLarge 413",
        Permanent,
        "too_large_for_storage",
        "{host} does not take files of that size.",
    ),
    (
        "XMinioStorageFull XMinioAdminBucketQuotaExceeded QuotaExceeded InsufficientStorage 507",
        Transient,
        "disk_full",
        "The storage is full. Free some space; adding goes on then.",
    ),
    (
        "BadDigest InvalidDigest XAmzContentSHA256Mismatch XAmzContentChecksumMismatch "
        "IncompleteBody",
        Transient,
        "damaged",
        "What was sent to {host} arrived damaged. Trying again.",
    ),
    (
        "SlowDown SlowDownRead SlowDownWrite Throttling ThrottlingException RequestLimitExceeded "
        "TooManyRequests BandwidthLimitExceeded ServiceUnavailable InternalError RequestTimeout "
        "OperationAborted ConditionalRequestConflict XMinioServerNotInitialized 408 429",
        Transient,
        "busy",
        "{host} is busy. Trying again.",
    ),
)
_BY_ANSWER: Final = {
    word: (kind, code, sentence)
    for words, kind, code, sentence in _ANSWERS
    for word in words.split()
}
_PLAIN_CODE: Final = re.compile(r"[A-Za-z0-9]{1,60}")


def fault_of(error: Exception, settings: S3Settings, key: str | None = None) -> MediaError | None:
    """The fault behind an exception of boto3 or of the connection; None when it is neither."""
    import ssl

    from botocore import exceptions as boto  # type: ignore[import-untyped]

    if isinstance(error, boto.ClientError):
        return _refusal(error.response, settings, key)
    for each in _causes(error):
        if isinstance(each, ssl.SSLError | boto.SSLError):
            if (problem := _tls_problem(error, settings)) is not None:
                return problem
        elif isinstance(each, boto.ReadTimeoutError | boto.ConnectTimeoutError | TimeoutError):
            return no_answer(settings)
    if isinstance(error, boto.ProxyConnectionError):
        return Transient("offline", "The proxy of this computer does not answer. Trying again.")
    if isinstance(error, boto.EndpointConnectionError):
        return _unreachable(error, settings)
    cut = boto.HTTPClientError | boto.IncompleteReadError | boto.SSLError | ConnectionError
    if isinstance(error, cut):
        return Transient("cut_off", f"The connection to {settings.host} was cut off. Trying again.")
    if isinstance(error, boto.BotoCoreError | ValueError):
        return Unusable(
            "bad_settings", f"The settings for {settings.host} can't be used. Check the profile."
        )
    return None


def no_answer(settings: S3Settings) -> Transient:
    """What is said of a server that lets one wait."""
    return Transient(
        "no_answer",
        f"{settings.host} did not answer within {settings.read_timeout:.0f} seconds. Trying again.",
    )


def _refusal(response: Any, settings: S3Settings, key: str | None) -> MediaError:
    """An answer that is an error."""
    said = str(response.get("Error", {}).get("Code", ""))
    status = int(response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
    if said in ("RequestTimeTooSkewed", "RequestExpired"):
        return _clock(response, settings.host)
    found = _BY_ANSWER.get(said)
    if found is None and key is not None and status in (404, 412):
        return not_in_storage(key) if status == 404 else exists(key)
    found = (
        found or _BY_ANSWER.get(str(status)) or (_BY_ANSWER["SlowDown"] if status >= 500 else None)
    )
    if found is None:
        word = said if _PLAIN_CODE.fullmatch(said) else f"status {status}"
        return Unusable("storage_refused", f"{settings.host} refused ({word}). Check the settings.")
    kind, code, sentence = found
    return kind(
        code,
        sentence.format(
            host=settings.host,
            bucket=settings.bucket,
            region=settings.region,
            what=f"“{key}”" if key else f"the bucket “{settings.bucket}”",
        ),
    )


def _clock(response: Any, host: str) -> Permanent:
    from email.utils import parsedate_to_datetime

    headers = response.get("ResponseMetadata", {}).get("HTTPHeaders", {})
    off = ""
    try:
        there = parsedate_to_datetime(headers["date"])
        minutes = round((datetime.now(UTC) - there).total_seconds() / 60)
        off = f" by {abs(minutes)} minutes ({'fast' if minutes > 0 else 'slow'})" if minutes else ""
    except (KeyError, TypeError, ValueError):
        pass
    return Unusable(
        "clock_skew", f"This computer's clock differs from that of {host}{off}. Set the clock."
    )


def _tls_problem(error: BaseException, settings: S3Settings) -> Permanent | None:
    """What about the certificate is wrong; None for a handshake that was merely cut off."""
    text = " ".join(str(each) for each in _causes(error)).lower()
    for words, why in (
        ("certificate has expired", "has expired"),
        ("not yet valid", "is not valid yet (or this computer's clock is slow)"),
        ("hostname mismatch", "is for another name"),
        ("ip address mismatch", "is for another name"),
        ("doesn't match", "is for another name"),
        ("certificate verify failed", "is from somebody this computer does not trust"),
    ):
        if words in text:
            return Unusable(
                "bad_certificate",
                f"The certificate of {settings.host} {why}. Ask whoever runs the server, or choose "
                "its certificate file (CA) in the profile.",
            )
    if "wrong version number" in text or "record layer failure" in text:
        return Unusable(
            "no_tls", f"{settings.host} does not speak TLS. Write its address with http://."
        )
    if "no certificate or crl found" in text or "pem lib" in text:
        return Unusable(
            "no_ca_file", f"{settings.ca_file} holds no certificate. Choose a file in PEM format."
        )
    return None


def _unreachable(error: Exception, settings: S3Settings) -> Transient:
    text = " ".join(str(each) for each in _causes(error)).lower()
    if any(each in text for each in ("name or service", "getaddrinfo", "resolve", "nodename")):
        return Transient(
            "unknown_host",
            f"{settings.host} can't be found. Check the network, or the address in the profile.",
        )
    if f"errno {errno.ECONNREFUSED}" in text or "refused" in text:
        return Transient(
            "refused", f"No storage answers at {settings.host}: is it running? Trying again."
        )
    return Transient("offline", f"{settings.host} can't be reached. Check the network.")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and all that it was made of."""
    seen: set[int] = set()
    waiting: list[Any] = [error]
    while waiting:
        each = waiting.pop()
        if isinstance(each, BaseException) and id(each) not in seen:
            seen.add(id(each))
            yield each
            inner = getattr(each, "kwargs", {}).get("error")
            waiting += [each.__cause__, each.__context__, inner, *each.args]
