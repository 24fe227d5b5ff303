"""How Chartmark looks: one table of tokens, and the theme and icons made from it."""
