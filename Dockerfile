# Build with BuildKit: docker build -t mentor .

FROM rust:1.95-slim-bookworm AS build
WORKDIR /source
COPY . .
# The caches outlive the build, so that only what changed is compiled; the program is moved out of them.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/source/target \
    cargo build --release --locked --bin mentor \
    && install -D target/release/mentor /out/mentor \
    && mkdir /out/data

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 mentor
COPY --from=build /out/mentor /usr/local/bin/mentor
# A volume takes the owner of the folder it covers.
COPY --from=build --chown=mentor:mentor /out/data /data
WORKDIR /data
VOLUME /data
ENV DATABASE_URL=sqlite:/data/mentor.db \
    MENTOR_KEY_FILE=/data/mentor.key \
    MENTOR_HEALTH_ADDRESS=127.0.0.1:8080
USER mentor
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["mentor", "health"]
ENTRYPOINT ["mentor"]
CMD ["serve"]
