# wcep_pages FOLDER: the whole archive as pages in FOLDER/pages, out of FOLDER/yaml. Sourced by the benches, in the project's
# root; needs ../shared/data beside it and PyYAML.
wcep_pages() {
    local data root
    data=$(cd ../shared/data && pwd)
    mkdir "$1/yaml"
    tar xzf "$data/wcep-yaml.tar.gz" -C "$1/yaml"
    root=$(dirname "$(dirname "$(dirname "$(find "$1/yaml" -name '*.yaml' | head -n 1)")")")
    python3 "$data/tools/wcep_to_offstream.py" "$root" "$1/pages" >/dev/null
}
