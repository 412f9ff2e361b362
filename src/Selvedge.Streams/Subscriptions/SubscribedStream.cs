using System.Runtime.InteropServices;

namespace Selvedge.Streams.Subscriptions;

/// <summary>A followed stream as subscribers are told of it.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SubscribedStream(string Path, bool IsExplicit, long Acked, long Tail)
{
    /// <summary>There is something the subscriber has not done yet.</summary>
    public bool HasPending => Tail > Math.Max(Acked, 0);
}
