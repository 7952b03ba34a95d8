"""Features: one code that makes them, in training and in serving. numpy and the standard library only.

Rules, the same everywhere:

- A missing number becomes the median of the training rows, as it stands after the transforms; a
  `fill` says otherwise. An infinite number is a missing one.
- A missing class, and a class that training never saw, has no feature set; ordinal makes it -1.
  Where `maximum_categories` made rare classes one, an unseen class is one of the rare ones.
- A time without a zone is UTC, and parts of a date are taken in UTC.
- Columns that no transform names: numbers as they are, booleans as 0 and 1, classes one-hot, dates
  as month, day, weekday (and hour, for a timestamp). Protected columns and the target never.
"""

from runtime.features.columns import ColumnError
from runtime.features.transform import FittedTransform, load_transform

__all__ = ["ColumnError", "FittedTransform", "load_transform"]
