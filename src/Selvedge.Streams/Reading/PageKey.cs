using System.Runtime.InteropServices;

namespace Selvedge.Streams.Reading;

/// <summary>What makes two reads the same: incarnation, position, size, and where the stream ended when they were asked for.</summary>
/// <param name="StreamId">The incarnation.</param>
/// <param name="From">Where the page begins.</param>
/// <param name="PageBytes">How long it may be.</param>
/// <param name="Tail">
/// The tail the reader had seen. In the key, it keeps a reader who knows of a write from getting a page that was read before it.
/// </param>
/// <param name="IsClosed">Whether the reader had seen the stream closed.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PageKey(ulong StreamId, long From, int PageBytes, long Tail, bool IsClosed);
