"""Whether an upload may begin, whatever files are kept in: the rule of F1 as a pure function."""

from teahouse.model.errors import Code, Problem
from teahouse.model.files import Allowance


def refusal(allowance: Allowance, uploads: int, used: int, wanted: int) -> Problem | None:
    """Why somebody with so many unfinished uploads and so many bytes cannot begin one of `wanted` bytes."""
    if uploads >= allowance.uploads:
        return Problem(
            Code.CONFLICT,
            f"you have {uploads} unfinished uploads, which is the most: finish or cancel one of them first",
        )
    if used + wanted > allowance.total_bytes:
        return Problem(
            Code.CONFLICT,
            f"your files would have more than {allowance.total_bytes} bytes together: delete some first",
        )
    return None
