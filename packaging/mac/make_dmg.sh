#!/usr/bin/env bash
# Packs build/app/Artitec Media.app into a disk image: make_dmg.sh VERSION. Runs on a Mac.
#
# Signed where SIGN_AS names a “Developer ID Application” certificate in the keychain; notarised
# where NOTARY_PROFILE names credentials kept by “xcrun notarytool store-credentials”.
set -euo pipefail
cd "$(dirname "$0")/../.."
version=$1
app="build/app/Artitec Media.app"
image="dist/artitec-media-$version-mac-$(uname -m).dmg"

if [ -n "${SIGN_AS:-}" ]; then
  codesign --force --deep --timestamp --options runtime \
    --entitlements packaging/mac/entitlements.plist --sign "$SIGN_AS" "$app"
  codesign --verify --strict "$app"
else
  codesign --force --deep --sign - "$app" # ad hoc: starts on this Mac alone
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp -R "$app" "$folder/"
ln -s /Applications "$folder/Applications"
rm -f "$image"
hdiutil create -volname "Artitec Media" -srcfolder "$folder" -fs HFS+ -format UDZO "$image"

if [ -n "${SIGN_AS:-}" ] && [ -n "${NOTARY_PROFILE:-}" ]; then
  codesign --timestamp --sign "$SIGN_AS" "$image"
  xcrun notarytool submit "$image" --keychain-profile "$NOTARY_PROFILE" --wait
  xcrun stapler staple "$image"
fi
echo "$image"
