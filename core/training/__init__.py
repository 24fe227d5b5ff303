"""Fine-tuning: from labelled documents to a model folder and a report."""
