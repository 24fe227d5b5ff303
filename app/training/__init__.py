"""The training strip: retrain, live figures, reports and model versions; it owns the worker."""
