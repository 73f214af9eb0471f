#!/bin/sh
# Puts Artitec Media into your home folder, or takes it out again; asks for no password.
#
#   ./install.sh              installs, over an older version too
#   ./install.sh --uninstall  removes the program; your library and settings stay
set -eu
cd "$(dirname "$0")"
here=$(pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
app=$HOME/.local/opt/artitec-media
bin=$HOME/.local/bin/artitec-media

uninstall() {
  rm -rf "$app"
  rm -f "$bin" "$data/applications/artitec-media.desktop" \
    "$data/metainfo/artitec-media.metainfo.xml" \
    "$data"/icons/hicolor/*/apps/artitec-media.png \
    "$data/icons/hicolor/scalable/apps/artitec-media.svg"
  # What was made for it alone and is empty now.
  for folder in "$data"/icons/hicolor/*/apps "$data"/icons/hicolor/* "$data/icons/hicolor" \
    "$data/icons" "$data/applications" "$data/metainfo" "$HOME/.local/opt" "$HOME/.local/bin"; do
    rmdir "$folder" 2>/dev/null || true
  done
  refresh
}

refresh() {
  if command -v update-desktop-database >/dev/null && [ -d "$data/applications" ]; then
    update-desktop-database -q "$data/applications" || true
  fi
}

# Prints the shared libraries that this system lacks, one a line.
missing() {
  command -v ldd >/dev/null || return 0
  for each in "$here/app/artitec-media" "$here"/app/_internal/PySide6/Qt/lib/libQt6Widgets.so.6 \
    "$here"/app/_internal/PySide6/Qt/plugins/platforms/libqxcb.so; do
    LD_LIBRARY_PATH=$here/app/_internal:$here/app/_internal/PySide6/Qt/lib ldd "$each" 2>/dev/null |
      sed -n 's/^[[:space:]]*\([^ ]*\) => not found.*/\1/p'
  done | sort -u
}

if [ "${1:-}" = --uninstall ]; then
  uninstall
  echo "Artitec Media is removed. Your library and settings stay in $data/Artitec Media."
  exit 0
fi
if [ -n "${1:-}" ]; then
  echo "usage: ./install.sh [--uninstall]" >&2
  exit 2
fi

lacking=$(missing)
if [ -n "$lacking" ]; then
  echo "This system lacks:" >&2
  echo "$lacking" >&2
  echo "On Debian and Ubuntu they come with:" >&2
  echo "    sudo apt-get install @DEPENDS@" >&2
  exit 1
fi

# Beside the old one first, so that an interrupted copy leaves that as it was.
mkdir -p "$HOME/.local/opt" "$HOME/.local/bin"
rm -rf "$app.new"
cp -R "$here/app" "$app.new"
rm -rf "$app"
mv "$app.new" "$app"
ln -sf "$app/artitec-media" "$bin"
(cd "$here/share" && find . -type f) | while read -r file; do
  mkdir -p "$data/$(dirname "$file")"
  cp "$here/share/$file" "$data/$file"
done
# The desktop may know nothing of ~/.local/bin.
sed -i -e "s|^Exec=artitec-media|Exec=\"$app/artitec-media\"|" -e "s|^TryExec=.*|TryExec=$app/artitec-media|" \
  "$data/applications/artitec-media.desktop"
refresh
echo "Artitec Media is installed. Start it from the menu, or by: $bin"
case ":$PATH:" in
*":$HOME/.local/bin:"*) ;;
*) echo "To start it by its name in a terminal, add ~/.local/bin to your PATH." ;;
esac
