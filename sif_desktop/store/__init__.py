"""The draft file `.sif`: a journal of changes, snapshots and attachments that survive a crash."""
