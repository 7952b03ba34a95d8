"""Evaluation: the metrics of the language, over all rows, over slices, over groups of people."""
