"""What is said when a cluster or its client is not there."""


class LiveError(Exception):
    """The cluster cannot be asked; `help` says what to do about it."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.help = help


MISSING = ("the client of the cluster is not installed", "install it with `pip install 'mlproject-compiler[cluster]'`")
