"""Kubernetes quantities, such as `500m` and `2Gi`, as integers that compare exactly."""

from typing import Final

_SUFFIXES: Final = {
    "n": 1, "u": 10**3, "m": 10**6, "": 10**9, "k": 10**12, "M": 10**15, "G": 10**18, "T": 10**21, "P": 10**24,
    "E": 10**27, "Ki": 2**10 * 10**9, "Mi": 2**20 * 10**9, "Gi": 2**30 * 10**9, "Ti": 2**40 * 10**9,
    "Pi": 2**50 * 10**9, "Ei": 2**60 * 10**9,
}


def nano(quantity: int | str) -> int | None:
    """Return a quantity in billionths, or None when Kubernetes would refuse it."""
    text = str(quantity)
    digits = text.rstrip("nukmKMGTPEi")
    suffix = text[len(digits):]
    factor = _SUFFIXES.get(suffix)
    exponent = digits.replace("E", "e").partition("e")
    if exponent[1] and suffix == "":
        return _scaled(exponent[0], exponent[2])
    return None if factor is None else _times(digits, factor)


def _scaled(digits: str, exponent: str) -> int | None:
    power = exponent.removeprefix("+")
    if not power.removeprefix("-").isdigit() or abs(int(power)) > 30:
        return None
    if power.startswith("-"):
        whole = _times(digits, 10**9)
        return None if whole is None else whole // _ten_to(-int(power))
    return _times(digits, _ten_to(9 + int(power)))


def _ten_to(power: int) -> int:
    return int(10**power)


def _times(digits: str, factor: int) -> int | None:
    sign = -1 if digits.startswith("-") else 1
    whole, _, fraction = digits.lstrip("+-").partition(".")
    if len(digits) - len(digits.lstrip("+-")) > 1 or not (whole + fraction).isdigit() or not digits.isascii():
        return None
    return sign * int(whole + fraction) * factor // _ten_to(len(fraction))
