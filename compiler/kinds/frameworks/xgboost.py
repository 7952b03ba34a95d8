"""XGBoost: boosted trees.

Boosting with dropout and random forests are left out: the first does not convert to ONNX, the second
answers differently there when there are more than two classes.
"""

from functools import partial

from compiler.kinds.framework_checks import Algorithms, check_algorithm, words
from compiler.kinds.interface import FrameworkKind

_TREES = words("colsample_bylevel colsample_bynode colsample_bytree early_stopping_rounds gamma grow_policy "
               "learning_rate max_bin max_delta_step max_depth max_leaves min_child_weight n_estimators reg_alpha "
               "reg_lambda subsample tree_method")

ALGORITHMS: Algorithms = {
    "classification": {"gradient-boosting": _TREES | words("scale_pos_weight")},
    "regression": {"gradient-boosting": _TREES},
    "ranking": {"gradient-boosting": _TREES},
}

KIND = FrameworkKind("xgboost", ALGORITHMS, partial(check_algorithm, ALGORITHMS))
