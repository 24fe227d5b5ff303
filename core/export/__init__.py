"""The folder that runs alone: a model with ONNX forms, a program, a card and a manifest."""
