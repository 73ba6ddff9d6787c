"""The dossier as a document: described once as a tree, then written as PDF."""
