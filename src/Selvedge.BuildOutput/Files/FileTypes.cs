using System.Runtime.InteropServices;

namespace Selvedge.BuildOutput.Files;

/// <summary>Tells files from what only looks like one.</summary>
/// <remarks>
/// .NET does not say whether a path is a pipe, a socket or a device, and opening a pipe waits for somebody to write to it. So a
/// file of an output is asked for its type before it is opened.
/// </remarks>
internal static partial class FileTypes
{
    private const int CurrentDirectory = -100;
    private const int DoNotFollowLinks = 0x100;
    private const uint TypeOnly = 0x1;
    private const int TypeBits = 0xF000;
    private const int RegularFile = 0x8000;

    /// <summary>
    /// Whether a path is a regular file and no link; false too if the system does not let us look. Where the type cannot be asked
    /// for (not Linux), whether it is no directory.
    /// </summary>
    public static bool IsRegular(string path)
    {
        try
        {
            var attributes = File.GetAttributes(path);
            if (attributes.HasFlag(FileAttributes.Directory) || attributes.HasFlag(FileAttributes.ReparsePoint))
                return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }

        return !OperatingSystem.IsLinux() || !TryGetMode(path, out var mode) || (mode & TypeBits) == RegularFile;
    }

    private static bool TryGetMode(string path, out int mode)
    {
        mode = 0;
        try
        {
            var error = Stat(CurrentDirectory, path, DoNotFollowLinks, TypeOnly, out var status);
            mode = status.Mode;
            return error == 0;
        }
        catch (TypeLoadException)
        {
            // A C library from before statx.
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Stat(int directory, string path, int flags, uint mask, out FileStatus status);

    // The head of struct statx, which is the same on every architecture.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct FileStatus
    {
        [FieldOffset(28)]
        public ushort Mode;
    }
}
