"""What people see: one thin page per step, the board and header components, and the web routes beside them."""
