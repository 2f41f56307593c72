"""In which words do reports, press texts and articles give a grade?"""

import re

Q = r"[\"']{0,2}"
GRADE = (
    rf"{Q}(?P<grade>outstanding|good|(?<!in)adequate|inadequate"
    rf"|requir(?:es?|ing|ed){Q} (?:for )?{Q}improvements?"
    rf"|need(?:s|ing)? {Q}improvement)\b{Q}"
)
SOC = r"(?:serious(?: and|,)? organi[sz]ed crime|SOC\b|organi[sz]ed crime)"
VERB = (
    r"(?:graded|rated|judged|assessed|deemed|ranked|branded|labell?ed|classed|scored"
    r"|marked|classified|found|given|awarded|handed|received|achieved|declared|dubbed"
    r"|described|considered|grading|rating|judging|assessing|finding|giving|get|got|gets|receives|earned)"
)
LINK = (
    r"(?:\s+(?:it|them|him)?\s*(?:as|to be|as being|overall|both|all|each|only|again"
    r"|now|currently|just|an?|the|overall|a grade of|a rating of|a judge?ment of|being"
    r"|grade of|rating of|grading of|with|at)\b)*"
)
BE = r"(?:is|are|was|were|be|being|been|remains?|remained)"
FIXED = re.compile(
    rf"(?:\b{BE}\b(?:\s+(?:also|now|both|all|each|overall|still))*\s+{GRADE}"
    rf"|(?P<ri>\brequires? improvement))"
    rf"\s+(?:at|in|for)\s+(?P<about>(?:how (?:it|well it)\s+)?tackl\w+\s+{SOC})",
    re.IGNORECASE,
)
PRESS = re.compile(
    rf"\b{VERB}\b{LINK}\s*:?\s*{GRADE}(?!\s+(?:and|or|to)\s+\w*adequate)"
    r"(?:\s+(?:in|at|for)\s+(?P<about>[^,.;\"]{4,80}))?",
    re.IGNORECASE,
)
OBJECT = re.compile(
    rf"\b{VERB}\b(?P<object>\s+[^.;]{{3,200}}?)\s+"
    rf"(?:(?:as|was|were|is|are|to be)\s+|(?=[\"'])){GRADE}",
    re.IGNORECASE,
)
QUOTED = re.compile(
    rf"\b{BE}\b(?:\s+\w+)?\s+(?=[\"']){GRADE}"
    r"(?:\s+(?:in|at|for)\s+(?P<about>[^,.;\"]{4,80}))?",
    re.IGNORECASE,
)
HEADLINE = re.compile(
    rf"(?<!\w)(?=[\"']|inadequate|outstanding){GRADE}\s+(?:at|in|for)\s+"
    rf"(?P<about>[^,.;]{{0,40}}?{SOC})",
    re.IGNORECASE,
)
ENDS = (
    r"(?=\s*(?:$|[.,;:!]|at\b|in (?:how|the way|its|tackl)|for (?:its|tackl)|overall"
    r"|while|but|and))"
)
NEEDS = re.compile(
    rf"(?<!not )\b(?P<grade>{Q}requires?{Q} {Q}improvement){Q}"
    rf"{ENDS}",
    re.IGNORECASE,
)
RATING = re.compile(
    rf"\b(?:received|given|handed|awarded|got|gets?|earned|achieved|with"
    r"|there (?:was|is|were)|was|is)\s+(?:an?|the)?\s*"
    rf"(?:overall\s+)?{GRADE}\s+(?:overall\s+)?"
    r"(?:rating|grade|grading|judge?ment|verdict)",
    re.IGNORECASE,
)
RESPONSE = re.compile(
    r"(?:'s? (?:\w+ ){0,3}(?:response|approach|performance|handling|efforts?|work"
    r"|record)\b[^.;]{0,60}?)\b(?:is|was|are|were)\s+"
    r"(?P<grade>inadequate|outstanding|adequate)\b"
    rf"{ENDS}",
    re.IGNORECASE,
)
PLAIN = re.compile(
    r"\b(?:is|was|are|were)\s+(?:both\s+|all\s+|also\s+)?"
    r"(?P<grade>inadequate|outstanding|adequate)\b"
    rf"{ENDS}",
    re.IGNORECASE,
)
PAIR = re.compile(
    rf"^(?P<left>[^:|.]{{3,90}}?)\s*(?:[:|]|\s-|-\s)\s*{GRADE}[\s.;]*$", re.IGNORECASE
)
TOPIC = re.compile(
    r"(?:how (?:well|effective)|(?:preventing|protecting|investigating|tackling"
    r"|responding|treat\w*|building|supporting|managing|recording|developing|leadership|strategic"
    r"|operating|disrupting|providing)\b)",
    re.IGNORECASE,
)
LIST = re.compile(rf"^{GRADE}\s*(?:[:|]|\s-)\s*(?P<right>.+)$", re.IGNORECASE)
ALONE = re.compile(
    rf"^(?:(?:overall )?(?:grade|judge?ment|rating)\s*:?\s*)?{GRADE}[.]?$", re.I
)
EARLIER = re.compile(
    r"\b(?:previous(?:ly)?|earlier|last (?:inspection|time|year)|had been"
    r" (?:graded|rated)|formerly|in (?:our |its |the |an? )?20[01]\d(?! and)\b"
    r"|at our \d{4})",
    re.IGNORECASE,
)
DENIED = re.compile(
    r"\b(?:not (?:be )?(?:given|graded|rated|receive)|isn'?t given|no (?:grade|graded)"
    r"|would (?:be|have)|could be|doesn'?t mean|does not mean|being found|if "
    r"|ranged? from)\b",
    re.IGNORECASE,
)
PRONOUN = re.compile(
    r"\b(?:it|its|they|their|the (?:force|constabulary|service|unit|ROCU)(?:'s)?|which"
    r"|that)\b",
    re.IGNORECASE,
)
BARE = re.compile(
    r"\W*(?:is|was|has been|requires?|rated|graded|judged)\b", re.IGNORECASE
)
GLUE = re.compile(
    r"^\s*(?:'s?\s+[\w ]{0,25}?|\([^)]*\)|,|and|&|as well as|plus|both|the|along with|"
    r"police|forces?|constabular(?:y|ies)|[\s,'\"()-])*$",
    re.IGNORECASE,
)
COVERS = re.compile(
    r"\b(?:unit|ROCU)\b[^.,;]{0,40}\b(?:covers|covering|serves|serving|includes|including)"
    r"\b[^.,;]{0,60}$",
    re.IGNORECASE,
)
BOTH = re.compile(
    r"^\W*(?:both|all (?:two|three|four|five)|the (?:two|three|four|five)|they)\b",
    re.IGNORECASE,
)
ALL_FORCES = re.compile(
    r"\b(?:all|each|both)(?: of)?(?: the| its)?(?: (?:two|three|four|five|six|seven))?"
    r"(?: (?:constituent|regional|individual|police|local))* forces\b",
    re.IGNORECASE,
)

# "X is good at preventing crime", right behind the body's name.
AT = re.compile(
    rf"\b(?:is|are|was|were)\s+{GRADE}\s+at\s+(?P<about>[^,.;\"]{{4,80}})",
    re.IGNORECASE,
)
# In a report with boxes only these count: its prose uses the same words loosely.
FORMAL = (FIXED, PRESS, RATING, QUOTED, AT)
# In this order: a place once read is not read again.
SENTENCES = (FIXED, PRESS, RATING, OBJECT, QUOTED, NEEDS, RESPONSE, PLAIN, AT, HEADLINE)
