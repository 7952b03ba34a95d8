"""Notices: what people are told when a pipeline ends other than well, and the channels that carry it."""
