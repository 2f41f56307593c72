"""What are the made-up people, groups, operations, streets and vehicles called?

Every name is put together from lists of our own. None is taken from a record.
"""

import random
from datetime import date

from fourfold.region.rows import day_between

FIRST = (
    "Aaron Abbie Adeel Alan Alice Amrit Andrew Anita Barry Beth Bilal Carl Carol "
    "Chloe Colin Craig Daisy Dale Danuta Darren Dean Debra Duncan Eleanor Elliot "
    "Emeka Fay Fergus Gail Gareth Gemma Glen Grace Hamish Harpreet Hazel Helen Ian "
    "Imran Iris Jade Janek Jason Joan Jodie Karl Kate Keith Kelvin Kirsty Lance Leah "
    "Leroy Lorna Luke Mandy Marcus Marek Mehmet Mina Moira Naomi Neil Niamh Noel "
    "Olga Omar Paula Perry Petra Priya Ralph Rana Reece Rhona Rory Ruth Sadie Samir "
    "Scott Selina Shane Sian Stella Tariq Tess Tobias Trevor Una Vera Vijay Wanda "
    "Wayne Winston Yasmin Zara Zoë Renée"
).split()
LAST = (
    "Abney Ackerby Aldwark Ashgrove Aspley Barlborough Barrowden Beckhythe Birchover "
    "Blackwold Bramcroft Brindle Calverstone Cawthwell Chellaby Clipstock Copthorne "
    "Cranwick Crossfell Dalderby Danthorpe Dunholt Eastnoor Edlington Elmsworth Eyam "
    "Farndish Fenwold Flintham Foxley Garthwaite Gedling Glaston Goadby Gretwell "
    "Haddock Hallamby Harthill Hexgreave Holdgate Hucknell Ingarsby Islip Jubb "
    "Kedlow Kelham Kettlow Kilworth Kniveton Langwith Laxton Leverby Lockwell "
    "Lubbesthorpe Maplebeck Markfield Melbury Mickley Nailstone Narbrook Newbold "
    "Oakover Orston Osgathorpe Owmby Pasture Pilsgate Quorndale Ragnall Rampton "
    "Ravensdale Rempstone Rolleston Rushcliff Sawtry Scarcliff Sibthorne Skegby "
    "Snarford Stathern Sutterby Swinethorpe Tansley Thorney Tilton Tugby Upton "
    "Wadenhoe Walesby Wartnaby Welbeck Whissen Wigsley Willoughby Wymesold Yaxham"
).split()
COLOURS = (
    "Amber Ash Bronze Cobalt Copper Coral Crimson Ebony Ember Flint Garnet Hazel "
    "Indigo Ivory Jasper Linen Marble Ochre Onyx Pewter Quartz Russet Sable Saffron "
    "Slate Sorrel Steel Topaz Umber Walnut"
).split()
THINGS = (
    "Anvil Badger Barrel Bracken Bramble Causeway Chisel Compass Cradle Drover Falcon "
    "Fathom Furrow Gable Gantry Harrow Heron Hurdle Keel Kestrel Lantern Lattice "
    "Mallet Marten Millrace Osprey Paddock Plover Quarry Rafter Rudder Saddle Shingle "
    "Sickle Spindle Thicket Thistle Trellis Trowel Turnstile Warbler Weir Whinchat"
).split()
STREETS = (
    "Albion Beacon Canal Chandler Cobden Factory Foundry Gasworks Granary Hosiery "
    "Ironmonger Lace Lime Maltings Meadow Orchard Railway Ropewalk Station Tanyard "
    "Victoria Water Wharf Windmill"
).split()
STREET_ENDS = ("Street", "Road", "Lane", "Close", "Terrace", "Way")
PLACES = {
    "emsou": "the region",
    "derbyshire": "Derby Chesterfield Ilkeston Glossop Swadlincote Ripley Buxton",
    "leicestershire": "Leicester Loughborough Hinckley Coalville Oakham Wigston",
    "lincolnshire": "Lincoln Boston Grantham Gainsborough Skegness Spalding Sleaford",
    "northamptonshire": "Northampton Kettering Corby Wellingborough Daventry Rushden",
    "nottinghamshire": "Nottingham Mansfield Worksop Newark Arnold Beeston Hucknall",
}
USED_IN_REAL_REPORTS = frozenset({"Orbis Linea", "Reacher", "Pintail"})
MARK_LETTERS = "ABCDEFGHJKLMNPRSTUVWXY"


def person(rng: random.Random) -> str:
    """What is a made-up person called?"""
    return f"{rng.choice(FIRST)} {rng.choice(LAST)}"


def officer(rng: random.Random) -> str:
    """What is a made-up officer called, surname first?"""
    return f"{rng.choice(LAST)}, {rng.choice(FIRST)[0]}."


def code_names(rng: random.Random) -> list[str]:
    """Which two-word names may groups and operations take, each once?"""
    names = [f"{a} {b}" for a in COLOURS for b in THINGS]
    rng.shuffle(names)
    return [name for name in names if name not in USED_IN_REAL_REPORTS]


def town(rng: random.Random, body: str) -> str:
    """In which town of the body's area? EMSOU's lies anywhere in the region."""
    if body == "emsou":
        body = rng.choice(sorted(set(PLACES) - {"emsou"}))
    return rng.choice(PLACES[body].split())


def street(rng: random.Random) -> str:
    """In which made-up street?"""
    return f"{rng.choice(STREETS)} {rng.choice(STREET_ENDS)}"


def born(rng: random.Random) -> date:
    """When was a made-up adult born?"""
    return day_between(rng, date(1958, 1, 1), date(2003, 12, 31))


def mark(rng: random.Random) -> str:
    """Which registration mark does a made-up vehicle carry?

    It begins with Q and a letter, which the current format does not issue.
    """
    letters = "".join(rng.choice(MARK_LETTERS) for _ in range(3))
    return f"Q{rng.choice(MARK_LETTERS)}{rng.randint(53, 70)} {letters}"
