"""Text as people write it: the gate for text, strict YAML, numbers, and problems with file, line and mend.

The lowest floor. Knows no canvas, no workshop and no method.
"""
