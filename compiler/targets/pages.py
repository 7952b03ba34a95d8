"""Pages of the codes that targets answer with."""

from collections.abc import Mapping

PAGES: Mapping[str, str] = {
    "targets/unsupported": """A target refuses what its tool cannot say.

Nothing is dropped in silence: a rollout that a serving tool cannot do, a strategy that a version
ignores, a limit that a controller does not know is an error at the line that asked for it. The
help names the way out: another setting, another mode, another tool.""",
    "targets/not-rendered": """What a target does not render yet is said, never dropped in silence.

The rest of the project works without it; `--strict` turns the warning into a refusal.

    triggers: {on_data: true}    # warned about: no event source starts the pipeline yet
    triggers: {schedule: "0 3 * * *"}""",
}
