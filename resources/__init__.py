"""Icons, translations and the sample project: data, no code."""
