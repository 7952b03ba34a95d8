"""Address ranges, such as `10.0.0.0/8`: the few lines of `ipaddress` that are needed, without its 10 ms."""

from compiler.records import NamedTuple


class Network(NamedTuple):
    """A range of addresses: how many bits an address has, the first address, how many bits are fixed."""

    bits: int
    address: int
    prefix: int

    def contains(self, other: "Network") -> bool:
        """Tell whether every address of other is one of this range."""
        shift = self.bits - self.prefix
        is_narrower = self.bits == other.bits and self.prefix <= other.prefix
        return is_narrower and self.address >> shift == other.address >> shift


def parse_network(text: str) -> Network | None:
    """Return the network that text names, or None; the bits after the prefix have to be zero."""
    host, slash, length = text.partition("/")
    bits = 128 if ":" in host else 32
    address = _ipv6(host) if bits == 128 else _ipv4(host)
    if address is None or not slash or not _is_number(length, bits):
        return None
    prefix = int(length)
    return None if address & ((1 << (bits - prefix)) - 1) else Network(bits, address, prefix)


def _ipv4(text: str) -> int | None:
    parts = text.split(".")
    if len(parts) != 4 or not all(_is_number(part, 255) for part in parts):
        return None
    return int.from_bytes(bytes(map(int, parts)), "big")


def _ipv6(text: str) -> int | None:
    head, gap, tail = text.partition("::")
    front, back = (part.split(":") if part else [] for part in (head, tail))
    missing = 8 - len(front) - len(back)
    if (missing < 1) if gap else (missing != 0):
        return None
    value = 0
    for group in (*front, *["0"] * missing, *back):
        if not 0 < len(group) <= 4 or not all(char in "0123456789abcdefABCDEF" for char in group):
            return None
        value = value << 16 | int(group, 16)
    return value


def _is_number(text: str, most: int) -> bool:
    return text.isascii() and text.isdigit() and str(int(text)) == text and int(text) <= most
