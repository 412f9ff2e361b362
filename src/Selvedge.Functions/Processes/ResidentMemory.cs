using System.Buffers.Text;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Selvedge.Functions.Processes;

/// <summary>Reads how much memory a process holds, with those that it started: what a limit of the heap does not see, buffers for one.</summary>
internal static class ResidentMemory
{
    /// <summary>A process's children are looked for this deep: a sandbox, the host, what the function starts, what that starts.</summary>
    private const int MaxDepth = 4;

    /// <summary>Bytes that are resident; 0 if the process is gone. Pages that processes share count for each.</summary>
    public static long Of(int processId) => OperatingSystem.IsLinux() ? OnLinux(processId, MaxDepth) : Elsewhere(processId);

    // proc(5): statm counts pages, and children lists those that the main thread started.
    private static long OnLinux(int processId, int depth)
    {
        Span<byte> buffer = stackalloc byte[1024];
        var id = processId.ToString(CultureInfo.InvariantCulture);
        var statm = Read($"/proc/{id}/statm", buffer);
        var pages = Utf8Parser.TryParse(statm[(statm.IndexOf((byte)' ') + 1)..], out long resident, out _) ? resident : 0;
        var bytes = pages * Environment.SystemPageSize;
        if (depth == 0)
        {
            return bytes;
        }

        var children = Read($"/proc/{id}/task/{id}/children", buffer);
        while (Utf8Parser.TryParse(children, out int child, out var length))
        {
            bytes += OnLinux(child, depth - 1);
            children = children[length..].TrimStart((byte)' ');
        }

        return bytes;
    }

    private static ReadOnlySpan<byte> Read(string path, Span<byte> buffer)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            return buffer[..file.Read(buffer)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static long Elsewhere(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.WorkingSet64;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return 0;
        }
    }
}
