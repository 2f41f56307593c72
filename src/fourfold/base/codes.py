"""What may a coded field say, and what does each value mean?"""

import tomllib
from dataclasses import dataclass
from importlib import resources

from fourfold.base.errors import SheetFault, UnknownCode


@dataclass(frozen=True)
class CodeList:
    """A list of values that a field may take, with where the list comes from."""

    name: str
    says: str
    basis: str
    source: str
    values: dict[str, str]

    def label(self, key: str) -> str:
        """What do officers call the value `key`? An unknown key is shown as it is."""
        return self.values.get(key, key)

    def check(self, key: str) -> str:
        """Is `key` in the list?

        Raises:
            UnknownCode: it is not.
        """
        if key not in self.values:
            known = ", ".join(self.values)
            raise UnknownCode(value=key, codes=self.name, known=known)
        return key

    def choices(self) -> list[tuple[str, str]]:
        """Which pairs of value and label does a form offer, in the sheet's order?"""
        return list(self.values.items())


def _load() -> dict[str, CodeList]:
    path = resources.files("fourfold.base") / "rules" / "codes.toml"
    sheet = tomllib.loads(path.read_text(encoding="utf-8"))
    keys = {"says", "basis", "source", "values"}
    lists = {}
    for name, row in sheet.items():
        if set(row) != keys:
            odd = ", ".join(sorted(set(row) ^ keys))
            raise SheetFault(sheet="codes", row=name, fault=f"odd keys: {odd}")
        lists[name] = CodeList(name=name, **row)
    return lists


CODES = _load()
