"""The architecture picture of a plan: one graph, written as DOT and Mermaid and drawn as SVG and PNG."""

from templates.architecture.export import DRAWN, SUFFIXES, export

__all__ = ["DRAWN", "SUFFIXES", "export"]
