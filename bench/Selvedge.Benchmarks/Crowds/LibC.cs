using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Selvedge.Benchmarks.Crowds;

/// <summary>The calls of Linux that an origin needs for connections, without what a <c>Socket</c> does beside each of them.</summary>
internal static partial class LibC
{
    /// <summary>There is nothing to read or accept, or no room to write.</summary>
    public const int WouldBlock = 11;

    private const int NonBlocking = 0x800;
    private const int NoSignal = 0x4000;

    /// <summary>Takes the next connection; it does not block.</summary>
    /// <returns>Its descriptor; -1 if there is none.</returns>
    public static int Accept(int listener)
    {
        var descriptor = Accept(listener, 0, 0, NonBlocking);
        return descriptor < 0 && Error is not WouldBlock ? throw new Win32Exception(Error) : descriptor;
    }

    /// <summary>Reads what is there.</summary>
    /// <returns>How many bytes; 0 at the end, -1 if <see cref="Error"/> says why not.</returns>
    public static int Receive(int descriptor, Span<byte> buffer) => (int)Receive(descriptor, buffer, buffer.Length, 0);

    /// <summary>Sends what there is room for.</summary>
    /// <returns>How many bytes; -1 if <see cref="Error"/> says why not.</returns>
    public static int Send(int descriptor, ReadOnlySpan<byte> bytes) => (int)Send(descriptor, bytes, bytes.Length, NoSignal);

    /// <summary>Why the last call failed.</summary>
    public static int Error => Marshal.GetLastPInvokeError();

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "accept4", SetLastError = true)]
    private static partial int Accept(int listener, nint address, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Receive(int descriptor, Span<byte> buffer, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(int descriptor, ReadOnlySpan<byte> bytes, nint length, int flags);
}
