"""Search for a recipe: which hyperparameters suit a project, and whether they beat chance."""
