"""LightGBM: boosted trees, plain and with dropout.

Its random forests are left out: they convert to ONNX and answer differently there.
"""

from functools import partial

from compiler.kinds.framework_checks import Algorithms, check_algorithm, words
from compiler.kinds.interface import FrameworkKind

_TREES = words("colsample_bytree learning_rate max_depth min_child_samples min_child_weight min_split_gain "
               "n_estimators num_leaves reg_alpha reg_lambda subsample subsample_for_bin subsample_freq")
_CLASSES = _TREES | words("class_weight")

ALGORITHMS: Algorithms = {
    "classification": {"dart": _CLASSES, "gradient-boosting": _CLASSES},
    "regression": {"dart": _TREES, "gradient-boosting": _TREES},
    "ranking": {"gradient-boosting": _TREES},
}

KIND = FrameworkKind("lightgbm", ALGORITHMS, partial(check_algorithm, ALGORITHMS))
