"""Which wallets of crypto currency does a text name, their check sums right?"""

import hashlib
import re
from collections.abc import Iterator

from fourfold.picture.messages.mentions.keccak import keccak_256
from fourfold.picture.messages.mentions.mention import Mention, Written, mention

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_OLD = re.compile(rf"(?<!\w)[13LMDTX9A][{_BASE58}]{{24,34}}(?!\w)")
_NEW = re.compile(rf"(?<!\w)(bc|ltc)1[{_BECH32}]{{38,87}}(?!\w)", re.IGNORECASE)
_ETHER = re.compile(r"(?<!\w)0x[0-9a-fA-F]{40}(?!\w)")
_VERSIONS = {
    0x00: "Bitcoin",
    0x05: "Bitcoin",
    0x30: "Litecoin",
    0x32: "Litecoin",
    0x1E: "Dogecoin",
    0x16: "Dogecoin",
    0x41: "Tron",
    0x4C: "Dash",
}
_BECH32_SUM, _BECH32M_SUM = 1, 0x2BC830A3
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def wallets(written: Written) -> Iterator[Mention]:
    """Which wallets? The note names the currency; a wrong check sum is no wallet.

    Source:
        Bitcoin Base58Check; BIP 173 and 350; EIP-55.
    """
    for found in _OLD.finditer(written.text):
        currency = base58_currency(found[0])
        if currency:
            yield mention("wallet", found, found[0], currency)
    for found in _NEW.finditer(written.text):
        if bech32_holds(found[0]):
            currency = "Bitcoin" if found[1].lower() == "bc" else "Litecoin"
            yield mention("wallet", found, found[0].lower(), currency)
    for found in _ETHER.finditer(written.text):
        note = ether_note(found[0])
        if note:
            yield mention("wallet", found, found[0].lower(), note)


def base58_currency(address: str) -> str:
    """Whose address is this, by its version byte? "" when its check sum is wrong."""
    number = 0
    for sign in address:
        number = number * 58 + _BASE58.index(sign)
    zeros = len(address) - len(address.lstrip("1"))
    body = number.to_bytes((number.bit_length() + 7) // 8, "big")
    content = bytes(zeros) + body
    if len(content) != 25:
        return ""
    check = hashlib.sha256(hashlib.sha256(content[:-4]).digest()).digest()[:4]
    return _VERSIONS.get(content[0], "") if check == content[-4:] else ""


def bech32_holds(address: str) -> bool:
    """Is the check sum of a segregated-witness address right?"""
    if address not in (address.lower(), address.upper()):
        return False
    prefix, _, data = address.lower().rpartition("1")
    values = [ord(sign) >> 5 for sign in prefix] + [0]
    values += [ord(sign) & 31 for sign in prefix]
    values += [_BECH32.index(sign) for sign in data]
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATORS):
            check ^= generator if (top >> bit) & 1 else 0
    version = _BECH32.index(data[0])
    return check == (_BECH32_SUM if version == 0 else _BECH32M_SUM)


def ether_note(address: str) -> str:
    """What is known of an Ethereum address? "" when its check sum is wrong."""
    digits = address[2:]
    if digits in (digits.lower(), digits.upper()):
        return "Ethereum; written without a check sum"
    digest = keccak_256(digits.lower().encode()).hex()
    right = all(
        sign == (sign.upper() if int(digest[n], 16) >= 8 else sign.lower())
        for n, sign in enumerate(digits)
    )
    return "Ethereum" if right else ""
