"""The parameters of trial i: a function of the seed, the space and i alone.

Trials run on machines that do not see each other, in any order, and some twice. So no trial learns
from another: Optuna's quasi-random sampler covers the space evenly (Bergstra and Bengio, 2012, on
why chance beats a grid), and every trial recomputes the sequence up to its own place.
"""

import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from runtime.outcome import Refused

if TYPE_CHECKING:
    from optuna.distributions import BaseDistribution
    from optuna.samplers import BaseSampler


def parameters_of(trial: int, tuning: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters that a trial tries."""
    if not 0 <= trial < tuning["trials"]:
        raise Refused(f"there is no trial {trial}, the search has {tuning['trials']}")
    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    space = {name: _distribution(choice) for name, choice in sorted(tuning["space"].items())}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
        study = optuna.create_study(sampler=_sampler(tuning["seed"]))
        # The sampler learns what it covers from the first trial that ended; the values of this one are of no account.
        study.add_trial(optuna.trial.create_trial(
            params={name: _any_of(distribution) for name, distribution in space.items()}, distributions=space,
            value=0.0))
        for _ in range(trial):
            study.ask(space)
        return dict(study.ask(space).params)


def _sampler(seed: int) -> "BaseSampler":
    from optuna.samplers import QMCSampler, RandomSampler

    # Choices have no order that could be covered evenly: they are drawn by the other one.
    return QMCSampler(qmc_type="sobol", scramble=True, seed=seed, independent_sampler=RandomSampler(seed=seed),
                      warn_asynchronous_seeding=False, warn_independent_sampling=False)


def _distribution(choice: Mapping[str, Any]) -> "BaseDistribution":
    from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution

    if "choices" in choice:
        return CategoricalDistribution(choice["choices"])
    if choice["integer"]:
        return IntDistribution(int(choice["minimum"]), int(choice["maximum"]), log=choice["log"])
    return FloatDistribution(float(choice["minimum"]), float(choice["maximum"]), log=choice["log"])


def _any_of(distribution: "BaseDistribution") -> Any:
    return distribution.to_external_repr(0) if hasattr(distribution, "choices") else distribution.low  # type: ignore[attr-defined]
