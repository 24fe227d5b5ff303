"""The current model as a folder that runs without Chartmark, verified before it gets its name."""
