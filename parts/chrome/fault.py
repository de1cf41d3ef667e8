"""What a reader is told of a fault of ours."""

import traceback

from incidents.table.errors import TableError


def tell_fault(error: BaseException) -> TableError:
    """A sentence for the reader; the fault itself goes to the log."""
    traceback.print_exception(error)
    return TableError(
        "This table could not be handled, and that is a fault of this program. Please tell "
        "whoever runs it."
    )
