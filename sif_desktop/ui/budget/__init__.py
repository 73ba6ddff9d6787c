"""The budget page: a grid of lines, its sums, and gauges against the call's ceilings."""
