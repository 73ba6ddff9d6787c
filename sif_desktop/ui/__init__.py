"""The windows: the only package that knows Qt. Pages show and send edits, and decide nothing."""
