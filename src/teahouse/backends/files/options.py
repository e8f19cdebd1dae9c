"""The settings of where and how bytes of files are kept, declared once."""

from typing import Annotated, Literal

from msgspec import Meta, Struct


class BlobOptions(Struct, frozen=True, kw_only=True):
    """Where the bytes of files are kept. Uploads always gather in a folder first."""

    kind: Annotated[
        Literal["local", "s3"],
        Meta(description="local: a folder; s3: an object store that speaks S3."),
    ] = "local"
    folder: Annotated[
        str,
        Meta(
            description="The folder of local; empty: `files` in the data directory. Several nodes share one: on one "
            "machine, or on a file system that all have mounted."
        ),
    ] = ""
    staging: Annotated[
        str,
        Meta(
            description="The folder in which uploads gather; empty: `uploads` in the data directory. What was begun in "
            "parts goes on at another node only if both share this folder; else affinity brings people back."
        ),
    ] = ""
    bucket: Annotated[str, Meta(description="The bucket of the object store.")] = ""
    prefix: Annotated[
        str,
        Meta(
            pattern=r"^([A-Za-z0-9._-]+/)*$",
            description="What the names of objects begin with, as in chat/. Below it nothing else may be kept: what "
            "no file is known for is deleted.",
        ),
    ] = "teahouse/"
    endpoint: Annotated[str, Meta(description="URL of the object store; empty: Amazon's of the region.")] = ""
    region: Annotated[str, Meta(description="Region of the bucket.")] = "us-east-1"
    access_key: Annotated[
        str, Meta(description="Access key; empty: from AWS_ACCESS_KEY_ID, or the role of the machine.")
    ] = ""
    secret_key: Annotated[str, Meta(description="Secret key that goes with the access key.")] = ""
    timeout_s: Annotated[int, Meta(ge=1, description="Seconds one request to the object store may take.")] = (
        30
    )
    image_pixels: Annotated[
        int, Meta(ge=10_000, description="Images with more pixels are kept, but have no thumbnail.")
    ] = 50_000_000
    thumbnail_workers: Annotated[int, Meta(ge=1, le=16, description="Thumbnails made at once.")] = 1
    thumbnail_queue: Annotated[
        int, Meta(ge=1, description="Thumbnails waiting to be made before more are refused.")
    ] = 32

    def __post_init__(self) -> None:
        if self.kind == "s3" and not self.bucket:
            raise ValueError("blobs.kind is s3, which takes a bucket: set blobs.bucket")
