"""The model at work: an HTTP service that answers from the registry's champion."""
