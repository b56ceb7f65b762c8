"""Where a workshop stands, on one page for somebody who was not in the room: every sentence worked out, none typed."""
