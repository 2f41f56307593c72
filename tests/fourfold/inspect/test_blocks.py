from fourfold.inspect.blocks import Block, blocks_of
from fourfold.inspect.documents import Document, Line


def blocks(text: str) -> list[tuple[str, str, int]]:
    lines = tuple(Line(line) for line in text.splitlines())
    found = blocks_of(Document("made.txt", "text", lines))
    return [(b.mark, b.text, b.line) for b in found]


def test_each_mark_of_a_list_is_told_from_its_words():
    text = "  • one\n - two\n* three\n  4. four\n– five\nsix - seven"
    assert [(mark, words) for mark, words, _ in blocks(text)] == [
        ("•", "one"),
        ("-", "two"),
        ("*", "three"),
        ("4.", "four"),
        ("–", "five"),
        ("", "six - seven"),
    ]


def test_bullets_run_on_in_one_line_are_taken_apart():
    assert blocks("x\n\nThe force should:• plan;• act.") == [
        ("", "x", 1),
        ("", "The force should:", 3),
        ("•", "plan;", 3),
        ("•", "act.", 3),
    ]


WRAPPED = """Areas for improvement

The force should improve how it records what it does to
tackle serious and organised crime on the national
database

In the 12 months to 31 May 2022, the force recorded 113
disruptions on the national database. All of them were
recorded as pursue activity, and none of them was put
down as prevent, protect or prepare.
"""


def test_wrapped_lines_are_joined_and_each_word_keeps_its_line():
    lines = tuple(Line(line) for line in WRAPPED.splitlines())
    label, heading, text = blocks_of(Document("made.txt", "text", lines))
    assert label.text == "Areas for improvement"
    assert heading.text.endswith("crime on the national database")
    assert text.line == 7
    assert text.line_at(text.text.index("prepare")) == 10


def test_lines_that_are_paragraphs_are_not_joined():
    assert len(blocks("Surrey Police\nKent Police\nEssex Police\n")) == 3


def test_a_text_without_words_has_no_blocks():
    assert blocks("\n \n") == []


def test_a_block_is_known_again_whatever_its_quotes_and_case():
    ours, theirs = "The force’s  plan.", "the Force's plan"
    assert Block(ours, ((0, 1),)).key == Block(theirs, ((0, 9),)).key
