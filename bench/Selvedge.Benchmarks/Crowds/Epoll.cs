using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Selvedge.Benchmarks.Crowds;

/// <summary>Waits on one thread until one of many sockets can be read or written. Linux only.</summary>
/// <remarks>What measures a crowd may cost little: one system call says which of five thousand sockets have something.</remarks>
internal sealed partial class Epoll : IDisposable
{
    private const int Capacity = 512;
    private const int AddOperation = 1;
    private const int ModifyOperation = 3;
    private const uint ReadableEvent = 0x001;
    private const uint WritableEvent = 0x004;
    private const int Interrupted = 4;

    // struct epoll_event is packed on x64 only.
    private static readonly int TokenAt = RuntimeInformation.ProcessArchitecture is Architecture.X64 ? 4 : 8;
    private static readonly int EventSize = TokenAt + 8;

    private readonly int _descriptor = Check(Create(0));
    private readonly byte[] _events = new byte[Capacity * EventSize];

    /// <summary>Watches a socket for something to read.</summary>
    /// <param name="socket">Its descriptor.</param>
    /// <param name="token">What <see cref="Wait(int)"/> calls it.</param>
    public void Add(int socket, int token) => Control(AddOperation, socket, token, ReadableEvent);

    /// <summary>Watches a socket for room to write, or no longer.</summary>
    public void WatchRoom(int socket, int token, bool watched) =>
        Control(ModifyOperation, socket, token, watched ? ReadableEvent | WritableEvent : ReadableEvent);

    /// <summary>Waits for sockets to be ready; those that are closed are, too.</summary>
    /// <param name="timeout">In milliseconds; -1 for ever.</param>
    /// <returns>How many are; <see cref="TokenOf"/> says which.</returns>
    public int Wait(int timeout)
    {
        var count = Wait(_descriptor, _events, Capacity, timeout);
        return count < 0 && Marshal.GetLastPInvokeError() == Interrupted ? 0 : Check(count);
    }

    /// <summary>One of those that <see cref="Wait(int)"/> found ready.</summary>
    public int TokenOf(int index) => BinaryPrimitives.ReadInt32LittleEndian(_events.AsSpan((index * EventSize) + TokenAt));

    public void Dispose() => _ = LibC.Close(_descriptor);

    private void Control(int operation, int socket, int token, uint events)
    {
        Span<byte> wanted = stackalloc byte[EventSize];
        wanted.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(wanted, events);
        BinaryPrimitives.WriteInt32LittleEndian(wanted[TokenAt..], token);
        Check(Control(_descriptor, operation, socket, wanted));
    }

    private static int Check(int result) => result < 0 ? throw new Win32Exception(Marshal.GetLastPInvokeError()) : result;

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int Control(int epoll, int operation, int descriptor, ReadOnlySpan<byte> wanted);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    private static partial int Wait(int epoll, Span<byte> events, int capacity, int timeout);
}
