"""The keys of a spec: its sections, and the settings of an environment beside them."""

SETTINGS = ("mode", "promotes_from", "approvals", "soak")
SECTIONS = ("metadata", "data", "training", "validation", "model", "deployment", "monitoring", "alerts", "platform")
