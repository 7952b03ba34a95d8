package mlproject.lib.stage

import rego.v1

# What an environment is for is its mode; its name is only a name.
is_production if input.environment.mode == "production"

is_development if input.environment.mode == "development"
