"""Where logs are kept: SQL, who may come in, backup and export, how processes tell each other, looking back."""
