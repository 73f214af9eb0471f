"""The rights that a role's own account of the database and key of the storage need, as text."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from ..database import mysql, rights
from ..domain.entities import ENTITY_FOLDERS
from ..domain.keys import PRIVATE_PREFIX
from ..domain.media import StorageType
from ..domain.profiles import Profile
from ..storage.base import LONGEST_READ
from ..storage.s3.bucket import public_statement

# To find the parts of an interrupted put again, and to sweep those that a crash left.
_PARTS: Final = ("s3:AbortMultipartUpload", "s3:ListMultipartUploadParts")
_READS: Final = ("s3:GetObject", "s3:PutObject", *_PARTS)
_LISTS: Final = ("s3:ListBucket", "s3:ListBucketMultipartUploads")
_SET_UP: Final = ("s3:GetBucketPolicy", "s3:PutBucketPolicy")


class GrantRole(StrEnum):
    """Whose account and key; a migrator has no key and is used for “migrate” only."""

    UPLOADER = "uploader"
    MODERATOR = "moderator"
    ADMIN = "admin"
    MIGRATOR = "migrator"


@dataclass(frozen=True, slots=True)
class Grants:
    """SQL, a statement each; the policy of the key, as IAM writes it; what to know besides."""

    sql: list[str]
    policy: dict[str, Any] | None
    notes: list[str] = field(default_factory=list)
    #: The bucket's own policy, once a bucket; printed for admins.
    public_policy: dict[str, Any] | None = None


def grants(role: GrantRole, schema: str, bucket: str | None, account: str = "") -> Grants:
    """What a role needs; ``bucket`` is None for a shared folder. Nothing is connected to."""
    account = account or f"artitec_{role}"
    keyed = bucket is not None and role is not GrantRole.MIGRATOR
    return Grants(
        rights.statements(role, schema, account),
        _policy(role, bucket) if keyed and bucket is not None else None,
        _notes(role, schema, account, keyed),
        _public(bucket) if role is GrantRole.ADMIN and bucket is not None else None,
    )


def places_of(profile: Profile) -> tuple[str, str | None]:
    """The schema and the bucket of a profile; words to be replaced for the embedded library."""
    if profile.is_embedded:
        return "DATABASE", "BUCKET"
    url, _ = mysql.address(profile.database_url)
    return url.database or "DATABASE", profile.bucket if profile.storage is StorageType.S3 else None


def _policy(role: GrantRole, bucket: str) -> dict[str, Any]:
    whole = f"arn:aws:s3:::{bucket}"
    folders = list(ENTITY_FOLDERS.values())
    objects = [f"{whole}/{area}{each}/*" for area in ("", PRIVATE_PREFIX) for each in folders]
    deletes = () if role is GrantRole.UPLOADER else ("s3:DeleteObject",)
    set_up = _SET_UP if role is GrantRole.ADMIN else ()
    return {
        "Version": "2012-10-17",
        "Statement": [
            _statement("Objects", "Allow", [*_READS, *deletes], objects),
            _statement("Bucket", "Allow", [*_LISTS, *set_up], [whole]),
            _statement(
                "ShortSignatures",
                "Deny",
                ["s3:*"],
                [f"{whole}/*"],
                {"NumericGreaterThan": {"s3:signatureAge": str(LONGEST_READ * 1000)}},
            ),
            _statement(
                "EncryptedOnly",
                "Deny",
                ["s3:*"],
                [whole, f"{whole}/*"],
                {"Bool": {"aws:SecureTransport": "false"}},
            ),
        ],
    }


def _statement(
    name: str,
    effect: str,
    actions: list[str],
    resources: list[str],
    condition: dict[str, Any] | None = None,
) -> dict[str, Any]:
    made = {"Sid": name, "Effect": effect, "Action": actions, "Resource": resources}
    return made if condition is None else {**made, "Condition": condition}


def _public(bucket: str) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": [public_statement(bucket)]}


def _notes(role: GrantRole, schema: str, account: str, keyed: bool) -> list[str]:
    found = [
        f"The account is locked until it has a password: {rights.unlock(account)}",
        "Write “name@host” as the account to let it in from one address or network only.",
    ]
    if role is GrantRole.MIGRATOR:
        return [*found, "Only for “artitec-media migrate”; lock the account when it is done."]
    found.append(
        "The tables have to be migrated first, by an account of its own (--role migrator)."
    )
    found.append(
        f"Where there is a table posts, besides: {rights.of_posts(schema, account)}",
    )
    if keyed:
        found.append(
            "The policy is for the user that the key belongs to, as AWS IAM and MinIO have them; "
            "leave out EncryptedOnly where TLS ends before the storage."
        )
        found.append(
            f"Signed addresses are good for at most {LONGEST_READ // 60} minutes; a server "
            "that does not know s3:signatureAge takes them for as long as they say."
        )
    else:
        found.append("A shared folder has no keys: give its rights to the role's group of users.")
    if role is GrantRole.UPLOADER:
        found.append(
            "What an uploader cancels stays in the storage, since its key may not delete; "
            "“artitec-media check” names it."
        )
    return found
