"""Plug-ins of this room: steps of the training pipeline, and the jobs beside it."""

STEP_ORDER = ("ingest", "validate", "profile", "features", "tune", "train", "evaluate", "gates", "export", "sign",
              "register", "promote")
"""Steps of a training pipeline, each after those it reads from."""
AT_EXIT = "notify"
"""The step that runs however a pipeline ended."""
INGEST = "ingest"
"""The step that reads the data, for training as for what watches production."""
WATCH = "drift"
"""The step of the scheduled measurement of drift."""
BATCH = "batch-predict"
"""The step of scheduled prediction."""
