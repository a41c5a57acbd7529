# Builds the program and sets $annals to it. Sourced by the benches, in the project's root.
profile=${PROFILE:-release}
if [ -z "${ANNALS:-}" ]; then
    cargo build --quiet --profile "$profile"
    folder=$profile
    [ "$profile" = dev ] && folder=debug
    ANNALS=${CARGO_TARGET_DIR:-target}/$folder/annals
fi
annals=$(realpath "$ANNALS")
