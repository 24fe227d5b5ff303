"""The dialogs, each opened by a function of its own and loaded when first used."""
