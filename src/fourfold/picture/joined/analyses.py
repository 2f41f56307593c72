"""Which questions can be asked about all kinds of evidence together?"""

from fourfold.base.analysis import Analysis, Parameter
from fourfold.picture.joined.asked import (
    run_gaps,
    run_links,
    run_timeline,
    run_together,
)
from fourfold.picture.joined.moments import KINDS

MAY_TAKE = (*KINDS, "cells")
PEOPLE = Parameter("people", "Only these people of the list; empty: all.", "texts", ())
MOST = Parameter("most_rows", "Most rows to show.", "whole", 5_000, least=1)
LIMITS = (
    "A phone, a car or an account is not a person: who used it is an attribution, and"
    " each row says which.",
    "A phone used a cell: where in the cell's reach it was is not known.",
    "A picture and a handset say what they were set to say.",
    "What was not handed over is not here: silence is not absence.",
)
JOIN = (
    "Each kind of evidence is asked for the identifiers that the list of who is who"
    " attributes to the people, between the days for which it does so. Events outside"
    " those days are not used, and are counted. "
)

ANALYSES: tuple[Analysis, ...] = (
    Analysis(
        key="joined.timeline",
        question="What did these people's phones, cars and accounts do, in order?",
        method=JOIN + "The events stand in order of time, each with its file and line.",
        takes=("identifiers",),
        may_take=MAY_TAKE,
        run=run_timeline,
        parameters=(PEOPLE, MOST),
        limits=LIMITS,
        source="own method",
    ),
    Analysis(
        key="joined.where-together",
        question="When were two of these people at one place at about the same time?",
        method=JOIN + "Events of two people within the minutes are compared: one cell"
        " or camera, or places within the metres. How often two events of the pair"
        " share a spot by chance is worked out from how often each used each spot.",
        takes=("identifiers",),
        may_take=MAY_TAKE,
        run=run_together,
        parameters=(
            PEOPLE,
            Parameter("minutes", "How far apart in time.", "number", 30.0, "minutes",
                      least=1, most=1440),
            Parameter("metres", "How far apart on the ground.", "number", 500.0,
                      "metres", least=0, most=50_000),
            MOST,
        ),
        limits=(
            *LIMITS,
            "The place of a cell is its mast: phones on one cell may be miles apart.",
        ),
        source="own method; 30 minutes and one cell as officers ask (chosen)",
    ),
    Analysis(
        key="joined.links",
        question="Who is tied to whom, by which kinds of evidence?",
        method=JOIN + "Calls, messages and payments between identifiers of two people"
        " are counted by kind, with the first and the last.",
        takes=("identifiers",),
        may_take=MAY_TAKE,
        run=run_links,
        parameters=(PEOPLE,),
        limits=LIMITS,
        source="own method",
    ),
    Analysis(
        key="joined.gaps",
        question="For which times is nothing known of a person?",
        method=JOIN + "Times between two events that are longer than the hours set, and"
        " how long the person's usual time between events is.",
        takes=("identifiers",),
        may_take=MAY_TAKE,
        run=run_gaps,
        parameters=(
            PEOPLE,
            Parameter("hours", "Shortest time to list.", "number", 24.0, "hours",
                      least=0.1, most=8760),
            MOST,
        ),
        limits=LIMITS,
        source="own method",
    ),
)  # fmt: skip
