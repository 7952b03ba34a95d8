"""A load test: requests of the Open Inference Protocol, as many at once as asked for, and what they cost."""
