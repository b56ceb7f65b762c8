IMAGE ?= answer-service

.PHONY: image image-run
image: ## build the container image of the service (needs docker)
	docker build --tag "$(IMAGE)" .

image-run: ## run the image on http://127.0.0.1:8000, with MODEL_API_KEY of this shell
	@mkdir -p logs
	docker run --rm --user "$$(id -u):$$(id -g)" --publish 127.0.0.1:8000:8000 --env MODEL_API_KEY \
	  --volume "$(CURDIR)/logs:/app/logs" "$(IMAGE)"
