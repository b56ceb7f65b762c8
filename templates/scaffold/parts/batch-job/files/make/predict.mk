INPUT ?= data/sample.csv
OUTPUT ?= build/predictions.csv

.PHONY: predict
predict: $(VENV)/ready ## score INPUT with the champion, write OUTPUT
	$(PYTHON) -m serving.batch "$(INPUT)" "$(OUTPUT)"
