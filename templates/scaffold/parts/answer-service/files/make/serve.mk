.PHONY: serve
serve: $(VENV)/ready ## answer questions on http://127.0.0.1:8000 (PORT=9000 for another port)
	$(PYTHON) -m serving
