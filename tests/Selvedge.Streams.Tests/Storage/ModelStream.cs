using System.Text;
using Selvedge.Streams.Storage;

namespace Selvedge.Streams.Tests.Storage;

/// <summary>A stream as the specification has it: a string and what was said of it.</summary>
internal sealed record ModelStream(string Content, bool IsClosed, long Epoch, long LastSequence, int Incarnation)
{
    /// <summary>Where it was forked from, null for one that was not. Its content repeats its source's up to the fork point.</summary>
    public string? Source { get; init; }

    /// <summary>Deleted, and kept for its forks.</summary>
    public bool IsGone { get; init; }

    /// <summary>What the stream looks like from outside.</summary>
    public override string ToString() => IsGone ? "gone" : $"{Brief(Content)}|{IsClosed}|{Epoch}:{LastSequence}";

    /// <summary>Content as its length and checksum, so that a failure can be read.</summary>
    public static string Brief(string content) => $"{content.Length}#{Checksum.Of(Encoding.UTF8.GetBytes(content)):x8}";
}
