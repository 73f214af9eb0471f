"""A bucket's set-up: who may read what without a key, and which pages may show it."""

import json
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from typing import Any, Final

from ...domain.entities import ENTITY_FOLDERS
from ...domain.errors import NotFound, Permanent, Transient
from ...domain.keys import PRIVATE_PREFIX
from .client import Client
from .faults import fault_of

#: Our own statement and rule; those of others are left as they are.
_OURS: Final = "ArtitecMediaPublicRead"
_CORS: Final = "artitec-media"

Policy = dict[str, Any]


def public_statement(bucket: str) -> Policy:
    """The statement that lets anyone read what lies in the entity folders, and nothing else."""
    return {
        "Sid": _OURS,
        "Effect": "Allow",
        "Principal": {"AWS": ["*"]},
        "Action": ["s3:GetObject"],
        "Resource": [f"arn:aws:s3:::{bucket}/{each}/*" for each in ENTITY_FOLDERS.values()],
    }


def with_public_read(policy: Policy | None, bucket: str) -> Policy:
    """The policy with our statement in it, once, and all others as they were."""
    others = [each for each in _statements(policy) if each.get("Sid") != _OURS]
    before = policy or {"Version": "2012-10-17"}
    return {**before, "Statement": [*others, public_statement(bucket)]}


def opens(policy: Policy | None, bucket: str, key: str) -> bool:
    """Whether a policy lets anyone read the object, as far as a policy alone can tell.

    Conditions are not weighed: a statement that has one counts as if it were met.
    """
    name = f"arn:aws:s3:::{bucket}/{key}"
    allowed = False
    for each in _statements(policy):
        if not (_anyone(each) and _reads(each) and _names(each, name)):
            continue
        if each.get("Effect") == "Deny" and not each.get("Condition"):
            return False
        allowed |= each.get("Effect") == "Allow"
    return allowed


def _statements(policy: Policy | None) -> list[Policy]:
    found = (policy or {}).get("Statement", [])
    return [found] if isinstance(found, dict) else list(found)


def _words(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [str(each) for each in value or ()]


def _anyone(statement: Policy) -> bool:
    principal = statement.get("Principal")
    if isinstance(principal, dict):
        return "*" in _words(principal.get("AWS"))
    return principal == "*"


def _reads(statement: Policy) -> bool:
    if "NotAction" in statement:
        return not any(fnmatchcase("s3:GetObject", each) for each in _words(statement["NotAction"]))
    return any(
        fnmatchcase("s3:getobject", each.lower()) for each in _words(statement.get("Action"))
    )


def _names(statement: Policy, name: str) -> bool:
    if "NotResource" in statement:
        return not any(fnmatchcase(name, each) for each in _words(statement["NotResource"]))
    return any(fnmatchcase(name, each) for each in _words(statement.get("Resource")))


class Bucket:
    """Makes a bucket ready; needs a key with more rights than the application's daily one."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def set_up(self, origins: Sequence[str] = ()) -> list[str]:
        """Create the bucket if there is none, open the entity folders, allow web pages to read.

        Returns a sentence for each thing that was changed, or that the server can't do; doing it
        again changes nothing. Raises Permanent ``private_open``, with the policy as it was, where
        a statement of somebody else opens the private area.
        """
        done = []
        if self.create():
            done.append(f"The bucket “{self._client.bucket}” was created.")
        if self.open_entity_folders():
            done.append("Anyone may read the entity folders; the private area stays closed.")
        if origins:
            try:
                if self.allow_origins(origins):
                    done.append(f"Pages of {', '.join(origins)} may show the media.")
            except Permanent as fault:
                if fault.code != "not_supported":
                    raise
                done.append("The server has no CORS rules of buckets; set them on the server.")
        return done

    def exists(self) -> bool:
        """Whether the bucket is there. Raises Permanent where the key may not even ask."""
        try:
            self._client.call("list_objects_v2", MaxKeys=1)
        except Permanent as fault:
            if fault.code == "no_bucket":
                return False
            raise
        return True

    def create(self) -> bool:
        """Create the bucket; False where it was there."""
        if self.exists():
            return False
        region = self._client.settings.region
        where: dict[str, Any] = {}
        if region != "us-east-1":
            where["CreateBucketConfiguration"] = {"LocationConstraint": region}
        self._client.call("create_bucket", **where)
        return True

    def policy(self) -> Policy | None:
        """The bucket's policy; None where it has none."""
        text = self._read("get_bucket_policy", "Policy")
        return None if text is None else dict(json.loads(text))

    def open_entity_folders(self) -> bool:
        """Put our statement into the policy; False where it was in force."""
        bucket, private = self._client.bucket, f"{PRIVATE_PREFIX}users/photo.jpg"
        before = self.policy()
        after = with_public_read(before, bucket)
        if opens(after, bucket, private):
            raise Permanent(
                "private_open",
                f"The policy of the bucket “{bucket}” lets anyone read all of it, the private area "
                f"too. Take “{PRIVATE_PREFIX}*” out of that statement, then set it up again.",
            )
        if all(opens(before, bucket, f"{each}/x") for each in ENTITY_FOLDERS.values()):
            return False
        self._client.call("put_bucket_policy", Policy=json.dumps(after))
        return True

    def allow_origins(self, origins: Sequence[str]) -> bool:
        """Let web pages of these origins read; rules of others stay. False where all may."""
        rules = list(self._read("get_bucket_cors", "CORSRules") or ())
        if all(_shown(rules, each) for each in origins):
            return False
        ours = {
            "ID": _CORS,
            "AllowedMethods": ["GET", "HEAD"],
            "AllowedOrigins": list(origins),
            "AllowedHeaders": ["*"],
            "ExposeHeaders": ["ETag", "Content-Length", "Content-Range"],
            "MaxAgeSeconds": 3600,
        }
        others = [each for each in rules if each.get("ID") != _CORS]
        self._client.call("put_bucket_cors", CORSConfiguration={"CORSRules": [*others, ours]})
        return True

    def readable_by_anyone(self, key: str, anywhere: bool = False) -> bool:
        """Whether the object's public address gives it to somebody without a key.

        With ``anywhere``, whether that or any other address of the bucket does. Raises Transient
        and Permanent where the address does not lead to a server at all.
        """
        addresses = self._client.settings.addresses(key)
        return any(self._gives(each) for each in (addresses if anywhere else addresses[:1]))

    def _gives(self, address: str) -> bool:
        import ssl
        import urllib.error
        import urllib.request
        from http.client import HTTPException

        settings = self._client.settings
        if not address.startswith(("http://", "https://")):
            raise Permanent(
                "bad_public_url", "The public address has to begin with https:// or http://."
            )
        trust = ssl.create_default_context(cafile=settings.ca_file)
        request = urllib.request.Request(address, headers={"Range": "bytes=0-0"})  # noqa: S310
        try:
            with urllib.request.urlopen(  # noqa: S310
                request, timeout=settings.read_timeout, context=trust
            ) as answer:
                return bool(200 <= answer.status < 300)
        except urllib.error.HTTPError as error:
            error.close()
            if error.code >= 500:
                raise Transient("busy", f"{address} is busy. Trying again.") from None
            return error.code == 416  # an empty object
        except OSError as error:
            raise (fault_of(error, settings) or _no_page(address)) from None
        except HTTPException:  # what answers there does not speak HTTP
            raise _no_page(address) from None

    def _read(self, operation: str, name: str) -> Any:
        """A part of the set-up; None where there is none."""
        try:
            return self._client.call(operation)[name]
        except NotFound:
            return None


def _shown(rules: Iterable[dict[str, Any]], origin: str) -> bool:
    return any(
        "GET" in each["AllowedMethods"]
        and any(fnmatchcase(origin, allowed) for allowed in each["AllowedOrigins"])
        for each in rules
    )


def _no_page(address: str) -> Permanent:
    return Permanent(
        "bad_public_url", f"The public address {address} can't be reached. Check the profile."
    )
