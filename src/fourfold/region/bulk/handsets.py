"""What would the handsets, chat, mailbox and cameras of an invented drug line hold?

Nobody in it is real. Telephone numbers lie in the range kept for drama, 07700 900101 to
900139; the number plate and the postcode are of series that are not issued. The same
seed gives the same bytes.
"""

from pathlib import Path
from random import Random

from fourfold.region.bulk.handset_pictures import draw_pictures
from fourfold.region.bulk.handset_report import write_report
from fourfold.region.bulk.handset_words import CHAT, LETTERS

SEED = 20_231
REPORT, CHAT_FILE = "galaxy-holder.ufdr", "WhatsApp Chat with Mags.txt"
MAILBOX, PICTURES = "holder.mbox", "pictures"


def write_handsets(out: Path, seed: int = SEED) -> dict[str, Path]:
    """Write a UFDR report, a WhatsApp export, a mailbox and a folder of pictures.

    Args:
        out: folder to write into; made if absent.
        seed: of what is left to chance, such as the order of customers.

    Returns:
        Where each lies: `report`, `chat`, `mailbox`, `pictures`.
    """
    out.mkdir(parents=True, exist_ok=True)
    pictures = out / PICTURES
    drawn = draw_pictures(pictures, seed)
    written = {
        "report": out / REPORT,
        "chat": out / CHAT_FILE,
        "mailbox": out / MAILBOX,
        "pictures": pictures,
    }
    chance = Random(seed)  # noqa: S311 (nothing secret hangs on it)
    write_report(written["report"], drawn, chance)
    written["chat"].write_text(CHAT, encoding="utf-8", newline="\n")
    written["mailbox"].write_text("".join(LETTERS), encoding="utf-8", newline="\n")
    return written
