"""The steps: `<name>.py` with `run(context) -> Outcome` each, the name being that of the contract."""
