"""Words, offsets, tags and encodings: what can be said of text without a store or a model."""
