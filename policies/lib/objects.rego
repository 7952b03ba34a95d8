package mlproject.lib.objects

import rego.v1

namespace(body) := object.get(object.get(body, "metadata", {}), "namespace", "")

label(body, name) := object.get(object.get(body, ["metadata", "labels"], {}), name, "")
