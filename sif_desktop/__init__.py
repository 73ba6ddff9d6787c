"""SIF Desktop: prepare a proposal offline, check it, sign it, and verify what others signed.

A proposal is a tree of values; every change to it is an edit; everything else is a reading of it.
"""

__version__ = "0.1.0"
