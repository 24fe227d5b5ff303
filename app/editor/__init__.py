"""The record's text with its labels and suggestions: drawn, selected, found, read along."""
