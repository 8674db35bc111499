"""Drills: runs that are killed at random moments, again and again, and then what is found is counted."""
