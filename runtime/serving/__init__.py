"""The model server: Open Inference Protocol V2 over REST and gRPC, V1 over REST, Prometheus metrics.

One process, one event loop. A request is parsed, answered and written in one call where the model is
quick and the body small; everything else goes to threads. What is imported here is what the serve
image has: no pandas, no scikit-learn, no MLflow.
"""
