"""The architecture picture of a plan: one graph, written as DOT and Mermaid and drawn as SVG and PNG."""
