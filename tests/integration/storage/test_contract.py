"""The contract over a real S3 server, with keys and a bucket policy in force."""

from tests.contracts.storage import *  # noqa: F403
