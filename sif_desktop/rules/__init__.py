"""The rules: `check(proposal, call)` gives findings. Pure, and without any words."""
