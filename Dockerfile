# The page, for a site that puts its own sign-in and encryption in front. Keeps nothing; runs as nobody on a read-only root:
#   docker build -t spinesteps . && docker run --rm --read-only --tmpfs /tmp -p 127.0.0.1:8000:8000 spinesteps
FROM python:3.13.9-slim-bookworm AS build
WORKDIR /build
COPY requirements-build.lock requirements.lock ./
RUN python -m venv /build/tools \
 && /build/tools/bin/python -m pip install --no-cache-dir --require-hashes -r requirements-build.lock \
 && python -m venv /app \
 && /app/bin/python -m pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY src ./src
RUN /build/tools/bin/python -m hatchling build -t wheel \
 && /app/bin/python -m pip install --no-cache-dir --no-deps dist/*.whl

FROM python:3.13.9-slim-bookworm
COPY --from=build /app /app
ENV PATH=/app/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
WORKDIR /
USER 65534:65534
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health', timeout=4).read()"]
ENTRYPOINT ["spinesteps"]
CMD ["serve", "--host", "0.0.0.0", "--no-browser"]
