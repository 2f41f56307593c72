"""In which forms do reports print numbers?"""

import re
from dataclasses import dataclass

from fourfold.base import rules
from fourfold.inspect.wording import NUMBER_WORDS


@dataclass(frozen=True)
class Counted:
    """A row of the sheet: nouns that reports count."""

    key: str
    says: str
    nouns: tuple[str, ...]
    source: str


COUNTED = rules.load(Counted, "fourfold.inspect", "counted")
NOUN = r"(?:" + "|".join(n for row in COUNTED for n in row.nouns) + r")\b"

WORK = r"(?:" + "|".join(n for r in COUNTED[:2] for n in r.nouns) + r")\b"

DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
SCALE = r"(?:\s?(?P<scale>million|billion|thousand|bn|mn?|k)\b)?"
MONEY = re.compile(rf"£\s?(?P<n>{DIGITS}){SCALE}", re.I)
PERCENT = re.compile(
    rf"(?<![\w.,])(?P<n>{DIGITS}|{NUMBER_WORDS})\s?(?:%|per\s?cent\b|percent\b|pc\b)",
    re.I,
)
LOWER = re.compile(
    rf"\b(?:between|from) (?P<a>{DIGITS}|{NUMBER_WORDS})(?: and| to|-)\s*$",
    re.IGNORECASE,
)
TIME = re.compile(
    rf"(?<![\w.,£])(?P<n>{DIGITS}|{NUMBER_WORDS})(?P<half>[\s-]and[\s-]a[\s-]half)?"
    r"[\s-]*(?P<unit>working day|second"
    r"|minute|hour|day|week|month|year)s?\b",
    re.I,
)
TIME_LOWER = re.compile(
    rf"(?<![\w.,£])(?P<a>{DIGITS}|{NUMBER_WORDS})(?:\s?-\s?| (?:to|or) )$", re.I
)
AND_LOWER = re.compile(
    rf"\bbetween (?P<a>{DIGITS}|{NUMBER_WORDS}) and $", re.IGNORECASE
)
STRONG = re.compile(rf"(?<![\w.,£])(?P<n>{DIGITS}|{NUMBER_WORDS})(?=-strong\b)", re.I)
NUMBER = re.compile(
    rf"(?<![A-Z\d.,/:_#@£&-])(?P<n>{DIGITS}){SCALE}"
    r"(?!(?:st|nd|rd|th|am|pm|x)\b|[A-Z]|[\d/:%]|[,.]\d|-[a-zA-Z\d])"
)
RANGE = re.compile(rf"(?<![\w.,/-])(?P<a>{DIGITS})\s?-\s?(?P<b>{DIGITS})(?![\w/-])")
BETWEEN = re.compile(
    rf"\bbetween (?P<a>{DIGITS}|{NUMBER_WORDS}) and (?P<b>{DIGITS}|{NUMBER_WORDS})"
    r"(?! ?(?:%|per|million|m\b|[\w-]* ?(?:day|week|month|year)))",
    re.I,
)
WORDS = re.compile(rf"(?<![\w-])(?P<n>{NUMBER_WORDS})(?![\w]|-(?!\w+-?time))", re.I)
FRACTION = re.compile(
    r"\b(?:(?P<part>two[- ]thirds|three[- ]quarters|two[- ]fifths|three[- ]fifths"
    r"|four[- ]fifths|five[- ]sixths|three[- ]eighths"
    r"|one[- ](?:half|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth))\b"
    r"(?! (?:of a mile|party|sector))"
    r"|(?P<some>an? (?:third|quarter|fifth|sixth|seventh|eighth|ninth|tenth))"
    r"(?=\s*(?:$|[.,;:()\"'-])|\s+(?:of|in|on|to|from|at|by|since|over|than|compared|who"
    r"|were|was|had|have|has|are|is|said|told|did|do|don't|didn't|could|couldn't|weren't"
    r"|wasn't|hadn't|haven't|felt|knew|came|more|less|fewer|higher|lower|went|and|or)\b)"
    r"|(?P<half>(?<=by )half\b|half(?= (?:of|the|its|their|our|all)\b)))",
    re.I,
)
RATIO = re.compile(
    rf"(?<![\w-])(?P<a>\d{{1,2}}|{NUMBER_WORDS}) (?:in|(?P<out>out of))"
    rf" (?:every )?"
    rf"(?P<b>\d{{1,2}}|{NUMBER_WORDS})\b"
    r"(?! (?:the|our|its))",
    re.I,
)
TIMES_AS = re.compile(
    rf"(?<![\w.,])(?P<n>{DIGITS}|{NUMBER_WORDS})(?:-?fold\b| times (?=(?:as|more|less"
    r"|higher|lower|greater|larger|the (?:number|amount|rate|average|level))\b))",
    re.I,
)
SINGLE = re.compile(
    r"\b(?:more|less|over|under|just|within|nearly|almost|about)(?: than)? an? "
    r"(?P<unit>year|month|week|day)\b(?! (?:ago|later|earlier|before|on\b))",
    re.I,
)
NO_ONES = re.compile(
    r"\b(?<!or )none(?= of (?:the|its|their|these|those|them|our|which|whom)\b"
    r"| (?:was|were|had)\b)",
    re.I,
)
EVERY_ONE = re.compile(
    r"\b(?:all|every (?:single )?one|each(?: and every)? one) of"
    r"(?= (?:which\b|whom\b|(?:the|its|their|our) (?:\d|{N})))".replace(
        "{N}", NUMBER_WORDS
    ),
    re.I,
)
TIMES = re.compile(
    r"\b(?P<word>doubled|tripled|trebled|quadrupled|halved|double|treble|triple|twice"
    r"|two-?fold|three-?fold|ten-?fold)\b(?! (?:check|count|role|hat))",
    re.I,
)
JOINS = r"(?:of|for|to|in|that|by|with|from|on|real|longer|more|doubt|such)"
NONE = re.compile(
    rf"\b(?:no|zero)\s+(?P<list>(?:(?!{JOINS}\b)[\w-]+(?:, | and | or |\s)){{0,6}}?)"
    rf"(?P<noun>(?:(?=[\w-]+s\b|staff|people|children|personnel){NOUN}))",
    re.I,
)
ALL = re.compile(
    rf"\ball(?: of)? (?:the |its |their |these |those )?(?P<noun>(?:[\w-]+ ){{0,2}}"
    rf"{WORK})(?= (?:\w+ ){{0,3}}?(?:was|were)\b)",
    re.I,
)
RANK = re.compile(
    r"\b(?:the )?(?P<nth>second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
    r"|joint)[- ](?:joint[- ])?"
    r"(?P<way>highest|lowest|largest|smallest|best|worst|most|fewest)\b",
    re.I,
)
EXTREME = re.compile(
    r"\bthe (?P<way>highest|lowest|largest|smallest|greatest|fewest)"
    r"(?= (?:number|proportion|rate|share|total|amount|volume|percentage|level)s?\b"
    r"[^.;]{0,80}?\b(?:nationally|in the (?:region|country)|of any|across"
    r" (?:all|England)|any \w+|in England|of all|among|compared))",
    re.I,
)
NTHS = [
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"),
    *("ninth", "tenth"),
]
PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6}
PARTS |= {"seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10}
FACTORS: dict[str, float] = {"doubl": 2, "twice": 2, "two": 2, "tripl": 3}
FACTORS |= {"trebl": 3, "three": 3, "quadrupl": 4, "halv": 0.5, "ten": 10}
YEAR = re.compile(r"(?:19|20)\d\d")
BEFORE_YEAR = re.compile(
    r"\b(?:in|since|the|our|its|until|for|during|from|between|by|before|after"
    r"|late|early|mid|spring|summer|autumn|winter)\s*$|\($",
    re.I,
)
ONE_COUNTS = re.compile(rf"\s+(?:[a-z-]+[ ]){{0,2}}{NOUN}", re.I)
OWN = ("between", "only", "just", "some")
FOUR_PS = r"(?:pursue|prevent|protect|prepare)"
