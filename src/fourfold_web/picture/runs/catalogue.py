"""Which questions can be asked? Read when somebody first needs them.

Reading all of them takes seconds, which a command of the terminal and a page about
threats need not wait for.
"""

from collections.abc import Mapping
from functools import cache

from fourfold.base.analysis import Analysis


@cache
def catalogue() -> Mapping[str, Analysis]:
    """Every question, by its key, in the order in which they are offered."""
    from fourfold.picture.analyses import (  # noqa: PLC0415 takes seconds
        ANALYSES,
    )

    return ANALYSES
