"""What came of the vehicles that Leicestershire's vehicle operation had stopped?"""

import random
from datetime import date

from fourfold.region.calibration import count
from fourfold.region.names import mark, street, town
from fourfold.region.rows import Row, dice, evenly, ref, row, shuffled, spread

BODY = "leicestershire"
OPERATION = "Operation Copper Turnstile"
SINCE, UNTIL = date(2020, 10, 5), date(2022, 5, 29)
ELSEWHERE = ("Kent", "West Midlands", "Essex", "Cheshire", "Calais, France")


def vehicle_stops(seed: int) -> list[Row]:
    """Which vehicles were stopped since October 2020?

    Totals are the calibration sheet's: stops, seizures, arrests, assets in pounds,
    warrants and sex offenders. All stops lie before 31 May 2022.
    """
    rng = dice(seed, BODY, "vehicles")
    stopped = count(f"{BODY}.vehicles_stopped")
    seized = evenly(count(f"{BODY}.vehicles_seized"), stopped)
    arrests = _dealt(rng, count(f"{BODY}.vehicle_arrests"), stopped)
    warrants = _dealt(rng, count(f"{BODY}.warrants_sought"), stopped)
    offenders = _dealt(rng, count(f"{BODY}.sex_offenders"), stopped)
    assets = _assets(rng, count(f"{BODY}.vehicle_assets_gbp"), seized)
    return [
        row(
            "vehicle-stops",
            BODY,
            ref=ref(BODY, "V", i + 1),
            operation=OPERATION,
            stopped_on=day,
            vehicle=mark(rng),
            seized=seized[i],
            arrests=arrests[i],
            assets_gbp=assets[i],
            warrants_sought=warrants[i],
            sex_offenders=offenders[i],
            place=_place(rng),
        )
        for i, day in enumerate(spread(rng, count=stopped, first=SINCE, last=UNTIL))
    ]


def _dealt(rng: random.Random, total: int, over: int) -> list[int]:
    """`total` dealt out over `over` rows, mostly one, now and then two to a row."""
    twos = total // 8
    hands = [2] * twos + [1] * (total - 2 * twos)
    return shuffled(rng, hands + [0] * (over - len(hands)))


def _assets(rng: random.Random, total: int, seized: list[bool]) -> list[float | None]:
    """Pounds for every second seized vehicle, in tens, adding up to the total."""
    places = [i for i, kept in enumerate(seized) if kept][::2]
    weights = [rng.paretovariate(1.4) for _ in places]
    amounts = [int(total * w / sum(weights)) // 10 * 10 for w in weights]
    amounts[0] += total - sum(amounts)
    assets: list[float | None] = [None] * len(seized)
    for place, amount in zip(places, amounts, strict=True):
        assets[place] = float(amount)
    return assets


def _place(rng: random.Random) -> str:
    if rng.random() < 0.35:
        return rng.choice(ELSEWHERE)
    return f"{street(rng)}, {town(rng, BODY)}"
