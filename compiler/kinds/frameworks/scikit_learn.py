"""scikit-learn: the algorithms that leave it as ONNX and answer there as they do here.

Each was converted and compared on held-out rows: the same labels, probabilities to 1e-5.  Left out is
what converts with another answer (linear discriminant analysis) or not at all (elliptic envelope),
and every parameter that is no plain value, belongs to the platform (`n_jobs`) or is `training.seed`.
"""

from functools import partial

from compiler.kinds.framework_checks import Algorithms, check_algorithm, words
from compiler.kinds.interface import FrameworkKind

_TREE = words("ccp_alpha max_depth max_features max_leaf_nodes min_impurity_decrease min_samples_leaf "
              "min_samples_split min_weight_fraction_leaf")
_FOREST = _TREE | words("bootstrap criterion max_samples n_estimators")
_BOOSTING = _TREE | words("criterion learning_rate loss n_estimators n_iter_no_change subsample tol "
                          "validation_fraction")
_HISTOGRAM = words("early_stopping l2_regularization learning_rate loss max_bins max_depth max_features max_iter "
                   "max_leaf_nodes min_samples_leaf n_iter_no_change tol validation_fraction")
_VECTORS = words("C cache_size coef0 degree gamma kernel max_iter shrinking tol")
_LAYERS = words("activation alpha batch_size beta_1 beta_2 early_stopping epsilon hidden_layer_sizes learning_rate "
                "learning_rate_init max_fun max_iter momentum n_iter_no_change nesterovs_momentum power_t shuffle "
                "solver tol validation_fraction")
_NEIGHBOURS = words("algorithm leaf_size metric n_neighbors p weights")
_LINEAR = words("fit_intercept max_iter tol")
_WEIGHTED = words("class_weight")

ALGORITHMS: Algorithms = {
    "classification": {
        "ada-boost": words("learning_rate n_estimators"),
        "decision-tree": _TREE | _WEIGHTED | words("criterion splitter"),
        "extra-trees": _FOREST | _WEIGHTED,
        "gradient-boosting": _BOOSTING,
        "hist-gradient-boosting": _HISTOGRAM | _WEIGHTED,
        "k-nearest-neighbours": _NEIGHBOURS,
        "logistic-regression": _LINEAR | _WEIGHTED | words("C dual intercept_scaling l1_ratio penalty solver"),
        "mlp": _LAYERS,
        "naive-bayes": words("var_smoothing"),
        "random-forest": _FOREST | _WEIGHTED,
        "svc": _VECTORS | _WEIGHTED,
    },
    "regression": {
        "ada-boost": words("learning_rate loss n_estimators"),
        "decision-tree": _TREE | words("criterion splitter"),
        "elastic-net": _LINEAR | words("alpha l1_ratio positive selection"),
        "extra-trees": _FOREST,
        "gradient-boosting": _BOOSTING | words("alpha"),
        "hist-gradient-boosting": _HISTOGRAM | words("quantile"),
        "huber": _LINEAR | words("alpha epsilon"),
        "k-nearest-neighbours": _NEIGHBOURS,
        "lasso": _LINEAR | words("alpha positive selection"),
        "linear-regression": words("fit_intercept positive"),
        "mlp": _LAYERS,
        "poisson": _LINEAR | words("alpha solver"),
        "random-forest": _FOREST,
        "ridge": _LINEAR | words("alpha positive solver"),
        "svr": _VECTORS | words("epsilon"),
    },
    "anomaly-detection": {
        "isolation-forest": words("bootstrap contamination max_features max_samples n_estimators"),
        "local-outlier-factor": words("algorithm contamination leaf_size metric n_neighbors p"),
        "one-class-svm": words("cache_size coef0 degree gamma kernel max_iter nu shrinking tol"),
    },
}

KIND = FrameworkKind("scikit-learn", ALGORITHMS, partial(check_algorithm, ALGORITHMS))
