"""Objects in a bucket of an S3 server: MinIO, SeaweedFS, AWS. boto3 is loaded by the first call."""

from .settings import S3Settings
from .store import S3Store

__all__ = ["S3Settings", "S3Store"]
