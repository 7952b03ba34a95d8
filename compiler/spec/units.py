"""Units: durations, CPU, memory and digests as numbers."""

_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
DURATION_MILLISECONDS = {"ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000}
MEMORY_BYTES = {"Ki": 2**10, "Mi": 2**20, "Gi": 2**30, "Ti": 2**40, "k": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}


def milliseconds(duration: str) -> int:
    """Return a duration such as `20ms` or `14d` in milliseconds."""
    number, unit = _split(duration)
    return number * DURATION_MILLISECONDS[unit]


def seconds(duration: str) -> int:
    """Return a duration in whole seconds, rounded up."""
    return -(-milliseconds(duration) // 1000)


def memory_bytes(memory: str) -> int:
    """Return an amount of memory such as `512Mi` in bytes."""
    number, unit = _split(memory)
    return number * MEMORY_BYTES[unit]


def cpu_millis(cpu: str | float) -> int:
    """Return an amount of CPU such as 2, 0.5 or `500m` in thousandths of a core, rounded up."""
    if isinstance(cpu, str) and cpu.endswith("m"):
        return int(cpu[:-1])
    return -int(-float(cpu) * 1000 // 1)


def _split(text: str) -> tuple[int, str]:
    number = text.rstrip(_LETTERS)
    if not number.isdecimal() or number == text:
        raise ValueError("a unit was parsed before it was validated")
    return int(number), text[len(number):]
