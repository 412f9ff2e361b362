using System.Runtime.InteropServices;

namespace Selvedge.BuildOutput.Staging;

/// <summary>Gives a file a second name.</summary>
internal static partial class HardLink
{
    /// <summary>Makes the hard link, or a copy where there can be none: across file systems, and where it is not allowed.</summary>
    /// <param name="source">The file, absolute and without links.</param>
    /// <param name="destination">The new name; nothing may be there.</param>
    /// <exception cref="IOException">Neither can be made.</exception>
    public static void CreateOrCopy(string source, string destination)
    {
        // Why a link cannot be made does not matter: what keeps a copy from being made as well is reported by the copy.
        if (OperatingSystem.IsWindows() || Link(source, destination) != 0)
            File.Copy(source, destination);
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string existing, string added);
}
