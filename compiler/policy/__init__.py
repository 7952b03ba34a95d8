"""The OPA engines behind one interface, and what they may do."""
