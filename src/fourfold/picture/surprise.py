"""How surprising is it that something happened so often, if chance alone ruled?"""

from typing import Any

import numpy as np
from scipy.special import gammainc, gammaln

SMALLEST = 1e-280
"""Below this a probability is summed by its logarithm: numbers end near 1e-308."""
LEAST_EXPECTED = 1e-6


def surprise(times: Any, expected: Any) -> Any:
    """Minus the logarithm to base ten of the probability of so many times or more.

    Args:
        times: how often it happened, a number or an array, 1 or more.
        expected: how often it happens by chance; less than a millionth counts as that.

    Returns:
        0 where nothing is surprising, 3 where it happens once in a thousand; always
        finite. The events are taken to come one by one (Poisson).
    """
    t = np.asarray(times, dtype=float)
    mean = np.maximum(np.asarray(expected, dtype=float), LEAST_EXPECTED)
    chance = gammainc(t, mean)
    # Of the tail the first probability is nearly all; what follows shrinks by the mean
    # over the count each time.
    first = t * np.log(mean) - mean - gammaln(t + 1)
    tail = first - np.log1p(-np.minimum(mean / (t + 1), 0.5))
    logarithm = np.where(chance > SMALLEST, np.log(np.maximum(chance, SMALLEST)), tail)
    return -logarithm / np.log(10) + 0.0
