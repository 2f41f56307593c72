"""What is the Keccak-256 of some bytes, by which Ethereum checks its addresses?

The standard library has SHA3-256, which pads otherwise and gives other digests.
"""

_MASK = (1 << 64) - 1
_RATE = 136
_ROUNDS = 24
_LANES = [(x, y) for y in range(5) for x in range(5)]


def keccak_256(message: bytes) -> bytes:
    """The 32 bytes of the digest.

    Source:
        Bertoni, Daemen, Peeters and Van Assche, The Keccak reference 3.0 (2011).
    """
    padded = bytearray(message) + b"\x01"
    padded += bytes(-len(padded) % _RATE)
    padded[-1] |= 0x80
    state = [[0] * 5 for _ in range(5)]
    for block in range(0, len(padded), _RATE):
        for lane in range(_RATE // 8):
            at = block + 8 * lane
            word = int.from_bytes(padded[at : at + 8], "little")
            state[lane % 5][lane // 5] ^= word
        state = _permuted(state)
    out = b"".join(state[x][y].to_bytes(8, "little") for x, y in _LANES)
    return out[:32]


def _permuted(state: list[list[int]]) -> list[list[int]]:
    register = 1
    for _ in range(_ROUNDS):
        state = _mixed(state)
        for bit in range(7):
            register = ((register << 1) ^ ((register >> 7) * 0x71)) % 256
            if register & 2:
                state[0][0] ^= 1 << ((1 << bit) - 1)
    return state


def _mixed(a: list[list[int]]) -> list[list[int]]:
    columns = [a[x][0] ^ a[x][1] ^ a[x][2] ^ a[x][3] ^ a[x][4] for x in range(5)]
    shift = [columns[x - 1] ^ _turned(columns[(x + 1) % 5], 1) for x in range(5)]
    a = [[a[x][y] ^ shift[x] for y in range(5)] for x in range(5)]
    x, y, held = 1, 0, a[1][0]
    for step in range(24):
        x, y = y, (2 * x + 3 * y) % 5
        held, a[x][y] = a[x][y], _turned(held, (step + 1) * (step + 2) // 2)
    return [
        [a[x][y] ^ (~a[(x + 1) % 5][y] & a[(x + 2) % 5][y]) for y in range(5)]
        for x in range(5)
    ]


def _turned(word: int, by: int) -> int:
    by %= 64
    return ((word << by) | (word >> (64 - by))) & _MASK
