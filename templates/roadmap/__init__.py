"""The roadmap written down: Markdown to read, CSV for a spreadsheet, issues for a tracker."""
