; A per-user installer by Inno Setup 6: iscc /DVersion=1.2.3 packaging\windows\artitec-media.iss
; No rights of an administrator, no file associations; the uninstaller leaves library and settings.
#ifndef Version
  #error Say the version: /DVersion=1.2.3
#endif

[Setup]
AppId={{6F0C6E0A-9B0B-4E0C-8E64-3A5C1B7A2D41}
AppName=Artitec Media
AppVersion={#Version}
AppVerName=Artitec Media {#Version}
AppPublisher=Artitec
VersionInfoVersion={#Version}
DefaultDirName={localappdata}\Programs\Artitec Media
DisableDirPage=auto
DefaultGroupName=Artitec Media
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
SourceDir=..\..
OutputDir=dist
OutputBaseFilename=artitec-media-{#Version}-windows-x64-setup
SetupIconFile=build\icons\artitec-media.ico
UninstallDisplayIcon={app}\Artitec Media.exe
Compression=lzma2/ultra64
SolidCompression=yes
WizardStyle=modern
ChangesAssociations=no
CloseApplications=yes
; SignTool=... goes here once there is a certificate; see packaging/README.md.

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked

[InstallDelete]
; Files of an older version that this one does not have.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "build\app\artitec-media\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{autoprograms}\Artitec Media"; Filename: "{app}\Artitec Media.exe"
Name: "{autodesktop}\Artitec Media"; Filename: "{app}\Artitec Media.exe"; Tasks: desktopicon

[Run]
Filename: "{app}\Artitec Media.exe"; Description: "{cm:LaunchProgram,Artitec Media}"; Flags: nowait postinstall skipifsilent
