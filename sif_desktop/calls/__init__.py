"""Calls as data: a folder of `forms/` read into a typed, frozen `Call`."""
