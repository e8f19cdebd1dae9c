"""What schemathesis cannot know by itself. Named to it by test_openapi.py."""

import schemathesis

schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")
