IMAGE ?= prediction-service

.PHONY: image image-run
image: ## build the container image of the service (needs docker)
	docker build --tag "$(IMAGE)" .

image-run: ## run the image with this folder's registry on http://127.0.0.1:8000
	@mkdir -p registry logs
	docker run --rm --user "$$(id -u):$$(id -g)" --publish 127.0.0.1:8000:8000 \
	  --volume "$(CURDIR)/registry:/app/registry" --volume "$(CURDIR)/logs:/app/logs" "$(IMAGE)"
