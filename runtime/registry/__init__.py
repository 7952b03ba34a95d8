"""The model registry: MLflow, with everything that anyone may ask later beside the version itself."""
