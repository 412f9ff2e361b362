namespace Selvedge.Streams.Protocol;

/// <summary>The header names of the protocol.</summary>
public static class StreamHeaders
{
    public const string NextOffset = "Stream-Next-Offset";
    public const string UpToDate = "Stream-Up-To-Date";
    public const string Closed = "Stream-Closed";
    public const string Cursor = "Stream-Cursor";
    public const string Sequence = "Stream-Seq";
    public const string Ttl = "Stream-TTL";
    public const string ExpiresAt = "Stream-Expires-At";
    public const string ForkedFrom = "Stream-Forked-From";
    public const string ForkOffset = "Stream-Fork-Offset";
    public const string ForkSubOffset = "Stream-Fork-Sub-Offset";
    public const string SseDataEncoding = "Stream-SSE-Data-Encoding";
    public const string ProducerId = "Producer-Id";
    public const string ProducerEpoch = "Producer-Epoch";
    public const string ProducerSequence = "Producer-Seq";
    public const string ProducerExpectedSequence = "Producer-Expected-Seq";
    public const string ProducerReceivedSequence = "Producer-Received-Seq";

    /// <summary>This server's own: what makes the URLs of a private stream unguessable, as their parameter <c>rk</c>.</summary>
    public const string ReaderKey = "Stream-Reader-Key";

    /// <summary>Only <c>true</c> counts, in any case; every other value is as if the header were absent.</summary>
    public static bool IsTrue(string? value) =>
        value is not null && value.AsSpan().Trim().Equals("true", StringComparison.OrdinalIgnoreCase);
}
