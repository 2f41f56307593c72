from fourfold.inspect.blocks import Block, blocks_of
from fourfold.inspect.contents import without_contents
from fourfold.inspect.documents import Document, Line

BODY = [
    "Introduction",
    "We looked at one region.",
    "Regional findings",
    "There are some gaps in how the region measures itself",
    "Text.",
    "Kent Police",
    "Kent Police is good at tackling serious and organised crime.",
]
ENTRIES = [
    "Introduction",
    "Regional findings",
    "There are some gaps in how the region measures itself",
    "Kent Police",
]


def left(lines: list[str]) -> list[str]:
    made = tuple(Line(line) for line in lines)
    blocks: list[Block] = without_contents(blocks_of(Document("m", "text", made)))
    return [block.text for block in blocks]


def test_a_numbered_list_of_contents_is_left_out():
    listed = [f"  {n}. {entry}" for n, entry in enumerate(ENTRIES, start=1)]
    assert left(["Title", "Contents", *listed, *BODY]) == ["Title", *BODY]


def test_a_bare_list_of_contents_is_left_out():
    assert left(["Title", "Contents", *ENTRIES, *BODY]) == ["Title", *BODY]


def test_a_list_of_contents_with_dots_and_pages_is_left_out():
    listed = [f"{entry} ........ {n}" for n, entry in enumerate(ENTRIES, start=3)]
    assert left(["Title", "Contents", *listed, *BODY]) == ["Title", *BODY]


def test_a_list_of_contents_without_its_title_is_left_out():
    listed = [f"  • {entry}" for entry in ENTRIES]
    assert left(["Title", *listed, *BODY]) == ["Title", *BODY]


def test_a_list_in_the_text_is_kept():
    bullets = ["  • plan;", "  • act;", "  • check;", "  • learn."]
    assert left([*BODY, *bullets]) == [*BODY, "plan;", "act;", "check;", "learn."]


def test_a_bare_list_that_repeats_its_sections_is_left_out():
    listed = ["Introduction", "Kent Police", "Resources", "Essex Police", "Resources"]
    body = ["Introduction", "Text.", "Kent Police", "Resources", "Essex Police"]
    body += ["Resources", "Text."]
    assert left(["Title", "Contents", *listed, *body]) == ["Title", *body]
