"""The engine that runs an audit project: from recommendations and evidence to scorecards."""

__version__ = "0.1.0"
