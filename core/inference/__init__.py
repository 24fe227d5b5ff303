"""From a model folder and a document to spans with confidence: the one decoding path."""
