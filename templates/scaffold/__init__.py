"""The project a team takes home: parts chosen by the plan, rendered, and written as a folder or a zip file."""
