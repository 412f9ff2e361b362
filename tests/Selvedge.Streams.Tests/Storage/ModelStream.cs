using System.Text;
using Selvedge.Streams.Protocol;
using Selvedge.Streams.Storage;

namespace Selvedge.Streams.Tests.Storage;

/// <summary>A stream as the specification has it: a string and what was said of it.</summary>
internal sealed record ModelStream(string Content, bool IsClosed, long Epoch, long LastSequence, int Incarnation)
{
    /// <summary>Where it was forked from, null for one that was not. Its content repeats its source's up to the fork point.</summary>
    public string? Source { get; init; }

    /// <summary>Deleted, and kept for its forks.</summary>
    public bool IsGone { get; init; }

    /// <summary>When it ends by itself.</summary>
    public Lifetime Lifetime { get; init; }

    /// <summary>When it was made or last written, Unix milliseconds.</summary>
    public long LastWrite { get; init; }

    /// <summary>The producer whose append closed it.</summary>
    public ProducerClaim? ClosedBy { get; init; }

    /// <summary>Whether an append says again what was said before.</summary>
    public bool IsRepeatedBy(string content, ProducerClaim? claim)
    {
        if (claim is not { } producer)
            return IsClosed && content.Length == 0;
        if (producer.Epoch < Epoch)
            return false;
        return IsClosed ? ClosedBy == claim : producer.Epoch == Epoch && producer.Sequence <= LastSequence;
    }

    /// <summary>What the stream looks like from outside.</summary>
    public override string ToString() => IsGone ? "gone" : $"{Brief(Content)}|{IsClosed}|{Epoch}:{LastSequence}";

    /// <summary>Content as its length and checksum, so that a failure can be read.</summary>
    public static string Brief(string content) => $"{content.Length}#{Checksum.Of(Encoding.UTF8.GetBytes(content)):x8}";
}
