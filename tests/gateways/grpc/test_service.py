"""gRPC with the library's own client, against a whole server in this process."""

import pytest

pytestmark = pytest.mark.service
