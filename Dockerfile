# The app alone; compose.yaml starts it beside its database. docs/scale.md says how, and what was tried of it.
FROM python:3.11.14-slim-bookworm

# An index with a torch for processors only; without it pip brings one with gigabytes for graphics cards.
ARG PIP_EXTRA_INDEX_URL=""

WORKDIR /app
COPY LICENSE README.md app.py pyproject.toml requirements.lock ./
COPY assistant assistant
COPY corpus corpus
COPY embeddings embeddings
RUN pip install --no-cache-dir -c requirements.lock '.[postgres]' \
    && useradd --uid 10001 --no-create-home --home-dir /data reader \
    && install --directory --owner reader --group reader /data

# The installed program is what runs, not what lies in the folder that it is started in.
ENV ASSISTANT_HOME=/data \
    ASSISTANT_HOST=0.0.0.0 \
    PYTHONSAFEPATH=1
VOLUME /data
EXPOSE 7860
USER 10001

# The first start encodes the starter collection, which takes minutes.
HEALTHCHECK --interval=30s --timeout=10s --start-period=15m \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:7860/readyz', timeout=8)"]
CMD ["python", "-m", "assistant", "serve"]
