"""The assistant at work, over HTTP."""
