"""What every picture is drawn with: fonts and widths, colours, boxes and words as SVG, how it is laid out and set."""
