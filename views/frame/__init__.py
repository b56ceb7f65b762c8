"""What is around every page: the header, the list of steps, leading, inviting."""
