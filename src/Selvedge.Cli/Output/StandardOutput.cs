using Microsoft.Win32.SafeHandles;

namespace Selvedge.Cli.Output;

/// <summary>Opens standard output for bytes.</summary>
internal static class StandardOutput
{
    private const int BrokenPipe = 32;

    /// <summary>Opens it; every write goes out at once.</summary>
    public static Stream Open()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
        {
            return Console.OpenStandardOutput();
        }

        // The console's stream swallows the news that nobody reads a pipe any more, and `… | head` would never end. For files it is
        // the better one: it moves the offset that commands writing to the same file share.
        var pipe = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        if (!pipe.CanSeek)
        {
            return pipe;
        }

        pipe.Dispose();
        return Console.OpenStandardOutput();
    }

    /// <summary>Whether a write failed because whoever read has gone, which is no fault: they have what they wanted.</summary>
    public static bool IsReaderGone(IOException exception) => exception.HResult == BrokenPipe;
}
